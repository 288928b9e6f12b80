//! The same run by many seeds, summed up.

use std::fmt::Write as _;

use sim_core::{
    lang::line_column,
    measure::{GoalState, Meter},
    program::Program,
    session::Session,
};

use super::{ending, measured, verdict, verdict_word};
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
    for seed in (0..u64::from(seeds)).map(|at| first.wrapping_add(at)) {
        let mut session = Session::new(program.clone(), &source.text, seed);
        while session.clock() {}
        while !session.measure(1_000_000) {}
        let frame = session.frame();
        is_over &= frame.ending.is_some() || frame.clock_over;
        match &mut all {
            None => all = Some(session.meter().clone()),
            Some(all) => all.merge(session.meter()),
        }
        let one = verdict(&frame);
        exit = match (exit, one) {
            (Exit::Broken, _) | (_, Exit::Broken) => Exit::Broken,
            (Exit::Undecided, _) | (_, Exit::Undecided) => Exit::Undecided,
            _ => Exit::Holds,
        };
        runs.push(json::SeedRun {
            seed: seed.to_string(),
            verdict: verdict_word(one),
            ending: ending(&frame).0,
            steps: frame.length,
            now: frame.now.to_string(),
            fingerprint: frame.fingerprint,
        });
    }
    let line = |byte: u32| line_column(&source.text, byte).0;
    let measures = all.map(|all| all.view(program, &line)).unwrap_or_default();
    exit = measured::judge(exit, &measures.goals, is_over);
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
    out.push_str(&measured::goals_text(&measures, is_over, lang));
    out.push_str(&measured::table(&measures, lang));
    let _ = writeln!(out, "{}", words::verdict(exit, lang));
    Done::said(out, exit)
}
