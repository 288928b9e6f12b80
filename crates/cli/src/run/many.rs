//! The same run by many seeds, summed up.

use std::fmt::Write as _;

use sim_core::{
    lang::line_column,
    machine::{End, Machine},
    measure::{GoalState, Meter},
    program::Program,
    say,
    session::{Crowd, Whole},
};

use super::{measured, theory, undecided_if, verdict_word};
use crate::{Done, Exit, args::Options, input::Source, json, words};

pub(super) fn run(
    source: &Source,
    program: &Program,
    first: u64,
    seeds: u32,
    options: &Options,
) -> Done {
    let mut runs = Vec::new();
    let mut exit = Exit::Holds;
    let mut all: Option<Meter> = None;
    let mut is_over = true;
    let mut crowds: Vec<Crowd> = Vec::new();
    let machine = Machine::new(program.clone());
    let text = options.json.then_some(source.text.as_str());
    for seed in (0..u64::from(seeds)).map(|at| first.wrapping_add(at)) {
        let mut meter = Meter::new(&machine);
        let whole = Whole::run(&machine, text, seed, options.most_steps(), &mut meter);
        if let Some(length) = program.run.length.filter(|_| whole.cut) {
            meter.ends_at(length.max(0) as u64);
        }
        is_over &= whole.end.is_some() || whole.clock_over;
        match &mut all {
            None => all = Some(meter),
            Some(all) => all.merge(&meter),
        }
        let one = verdict(&whole);
        exit = match (exit, one) {
            (Exit::Broken, _) | (_, Exit::Broken) => Exit::Broken,
            (Exit::Undecided, _) | (_, Exit::Undecided) => Exit::Undecided,
            _ => Exit::Holds,
        };
        let one = undecided_if(!whole.crowds.is_empty(), one);
        for crowd in &whole.crowds {
            if !crowds.contains(crowd) {
                crowds.push(crowd.clone());
            }
        }
        runs.push(json::SeedRun {
            seed: seed.to_string(),
            verdict: verdict_word(one),
            ending: ending(&whole),
            steps: u32::try_from(whole.steps).unwrap_or(u32::MAX),
            now: whole.now.to_string(),
            fingerprint: whole.fingerprint.unwrap_or_default(),
        });
    }
    let line = |byte: u32| line_column(&source.text, byte).0;
    let measures = all.map(|all| all.view(program, &line)).unwrap_or_default();
    exit = measured::judge(exit, &measures.goals, is_over);
    exit = undecided_if(!crowds.is_empty(), exit);
    if options.csv {
        return Done::said(measured::csv(&measures), exit);
    }
    if options.json {
        let all = json::Runs {
            lockstep: json::VERSION,
            title: program.title.clone(),
            parameters: json::Pairs(program.settings.clone()),
            verdict: verdict_word(exit),
            goals: measured::goals(&measures, is_over),
            runs,
            measures: measured::pairs(&measures),
            ceilings: json::ceilings(&crowds),
            theory: theory::rows(&measures),
            diagnostics: Vec::new(),
        };
        return Done::said(json::text(&all), exit);
    }
    let lang = options.lang;
    let mut out = words::heading(program);
    let broken: Vec<&json::SeedRun> = runs.iter().filter(|run| run.verdict == "broken").collect();
    let _ = writeln!(out, "{}", words::seeds(broken.len(), runs.len(), lang));
    if let Some(one) = broken.first() {
        let _ = writeln!(out, "{}", words::a_broken_seed(&one.seed, lang));
    }
    let missed = measures.goals.iter().filter(|goal| goal.state == GoalState::Missed).count();
    if missed > 0 {
        let goals = measures.goals.len();
        let _ = writeln!(out, "{}", words::measures::goals_missed(missed, goals, lang));
    }
    for crowd in &crowds {
        let _ = writeln!(out, "{}", say::crowd(crowd, lang));
    }
    out.push_str(&measured::goals_text(&measures, is_over, lang));
    out.push_str(&measured::table(&measures, lang));
    out.push_str(&theory::table(&measures, lang));
    let _ = writeln!(out, "{}", words::verdict(exit, lang));
    Done::said(out, exit)
}

/// What a run says about the promises, as `run` of one seed judges it.
fn verdict(whole: &Whole) -> Exit {
    match whole.end {
        _ if whole.broken => Exit::Broken,
        Some(End::Complete | End::Idle) => Exit::Holds,
        Some(End::Deadlock(_) | End::Stuck(_)) => Exit::Broken,
        None if whole.clock_over => Exit::Holds,
        Some(End::Endless(_) | End::Full(_)) | None => Exit::Undecided,
    }
}

/// The word for how a run ended.
fn ending(whole: &Whole) -> &'static str {
    match whole.end {
        Some(End::Complete) => "complete",
        Some(End::Idle) => "idle",
        Some(End::Deadlock(_)) => "deadlock",
        Some(End::Stuck(_)) => "stuck",
        Some(End::Endless(_)) => "endless",
        Some(End::Full(_)) => "full",
        None if whole.clock_over => "over",
        None => "cut",
    }
}
