//! `lockstep run`: one run, by the clock, after what is to be replayed.

use std::fmt::Write as _;

use sim_core::{
    measure::MeasuresView,
    program::{Program, SharedKind},
    say,
    session::{Ending, Finished, Frame, PromiseState, STEPS_MAX, Session},
};

use crate::{Done, Exit, args::Options, input, json, replay, show, words};

mod chance;
mod many;
pub(crate) mod measured;
mod theory;

pub(crate) fn run(options: &Options) -> Done {
    let (source, program) = match input::program(options) {
        Ok(found) => found,
        Err(done) => return done,
    };
    let seed = options.seed.or(program.run.seed).unwrap_or(1);
    let replays = options.picks.is_some() || options.schedule.is_some();
    let one = options.seed.is_some() || options.chance.is_some() || replays;
    match program.run.seeds {
        Some(seeds) if seeds > 1 && !one => {
            return many::run(&source, &program, seed, seeds, options);
        }
        _ => {}
    }
    // What nobody is shown need not be kept; a curve is drawn of what was.
    let keeps_all = options.json || replays || options.chance.is_some();
    let kept = if keeps_all { STEPS_MAX } else { show::STEPS_SHOWN };
    let mut session = Session::new(program, &source.text, seed).of_at_most(kept);
    let skipped = match replay::replay(&mut session, &source, options) {
        Ok(skipped) => skipped,
        Err(done) => return *done,
    };
    let likely = options.chance.map(|wanted| chance::Likely::here(&session, wanted));
    while session.clock() {}
    let likely = likely.map(|likely| likely.along(&session));
    let program = session.program().clone();
    let Finished { frame, measures, picks, steps } = session.finish(options.most_steps());
    let is_over = frame.ending.is_some() || frame.clock_over;
    let exit = measured::judge(verdict(&frame), &measures.goals, is_over);
    let exit = undecided_if(!frame.crowds.is_empty(), exit);
    let (program, frame) = (&program, &frame);
    let run = Ran { program, seed, frame, steps, measures, is_over, picks, skipped, exit, likely };
    if options.csv {
        return Done::said(measured::csv(&run.measures), exit);
    }
    if options.json {
        return Done::said(json::text(&to_json(&run, options)), exit);
    }
    Done::said(to_text(&run, options), exit)
}

/// A run with the steps that were kept.
struct Ran<'a> {
    program: &'a Program,
    seed: u64,
    frame: &'a Frame,
    /// How many steps it took, kept or not.
    steps: u64,
    measures: MeasuresView,
    /// It came to its end, or to that of its time.
    is_over: bool,
    picks: Vec<u32>,
    skipped: Vec<String>,
    exit: Exit,
    likely: Option<chance::Likely>,
}

/// What a whole run says about the promises.
fn verdict(frame: &Frame) -> Exit {
    let is_broken =
        frame.promises.iter().any(|promise| matches!(promise.state, PromiseState::Broken { .. }));
    match frame.ending {
        _ if is_broken => Exit::Broken,
        Some(Ending::Complete | Ending::Idle) => Exit::Holds,
        Some(Ending::Deadlock(_) | Ending::Stuck(_)) => Exit::Broken,
        // A ceiling was met: of the own work of a process, or of steps.
        // Where the clock's time is over, what was to hold all along has held.
        None if frame.clock_over => Exit::Holds,
        Some(Ending::Endless(_) | Ending::Full(_)) | None => Exit::Undecided,
    }
}

/// What met a ceiling has shown nothing, unless it failed all the same.
fn undecided_if(met: bool, exit: Exit) -> Exit {
    if met && exit == Exit::Holds { Exit::Undecided } else { exit }
}

/// The word for a verdict.
fn verdict_word(exit: Exit) -> &'static str {
    match exit {
        Exit::Holds => "holds",
        Exit::Undecided => "undecided",
        _ => "broken",
    }
}

/// The word for how a run ended, and the processes left waiting or circling.
fn ending(frame: &Frame) -> (&'static str, Vec<u32>) {
    match &frame.ending {
        Some(Ending::Complete) => ("complete", Vec::new()),
        Some(Ending::Idle) => ("idle", Vec::new()),
        Some(Ending::Deadlock(lanes)) => ("deadlock", lanes.clone()),
        Some(Ending::Stuck(lanes)) => ("stuck", lanes.clone()),
        Some(Ending::Endless(lane)) => ("endless", vec![*lane]),
        Some(Ending::Full(lane)) => ("full", vec![*lane]),
        None if frame.clock_over => ("over", Vec::new()),
        None => ("cut", Vec::new()),
    }
}

/// The last values of variables and counters.
fn last_values(frame: &Frame) -> Vec<(String, String)> {
    let shown = frame.shared.iter().filter(|shared| {
        matches!(shared.kind, SharedKind::Var | SharedKind::Map | SharedKind::Counter)
    });
    shown.map(|shared| (shared.place.clone(), shared.value.clone())).collect()
}

fn to_json(run: &Ran<'_>, options: &Options) -> json::Run {
    let (program, frame, exit) = (run.program, run.frame, run.exit);
    let (ending, waiting) = ending(frame);
    let promises = frame.promises.iter().map(|promise| {
        let (state, step) = match promise.state {
            PromiseState::Holds => ("holds", None),
            PromiseState::Open { .. } => ("open", None),
            PromiseState::Broken { step } => ("broken", Some(step)),
        };
        json::Promise {
            kind: json::promise_kind(promise.kind),
            condition: promise.condition.clone(),
            why: promise.why.clone(),
            line: promise.line,
            state,
            step,
        }
    });
    let steps = frame.steps.iter().take(frame.position as usize).enumerate();
    let steps = steps.map(|(index, step)| json::Step {
        step: index as u32 + 1,
        process: show::who(step).to_owned(),
        pick: step.pick,
        line: step.line,
        at: step.at.to_string(),
        action: show::step(frame, index as u32 + 1, step, options.lang),
    });
    json::Run {
        lockstep: json::VERSION,
        title: program.title.clone(),
        parameters: json::Pairs(program.settings.clone()),
        seed: run.seed.to_string(),
        verdict: verdict_word(exit),
        ending,
        waiting: waiting.into_iter().map(|lane| frame.name(lane)).collect(),
        promises: promises.collect(),
        picks: run.picks.clone(),
        steps: steps.collect(),
        steps_taken: run.steps,
        skipped: run.skipped.clone(),
        last: json::Pairs(last_values(frame)),
        goals: measured::goals(&run.measures, run.is_over),
        measured_until: run.measures.until.to_string(),
        measures: measured::pairs(&run.measures),
        ceilings: json::ceilings(&frame.crowds),
        theory: theory::rows(&run.measures),
        fingerprint: frame.fingerprint.clone(),
        chance: run.likely.as_ref().map(chance::Likely::to_json),
        diagnostics: Vec::new(),
    }
}

fn to_text(run: &Ran<'_>, options: &Options) -> String {
    let (program, frame, exit, lang) = (run.program, run.frame, run.exit, options.lang);
    let mut out = words::heading(program);
    if !run.skipped.is_empty() {
        let _ = writeln!(out, "{}\n", words::skipped(&run.skipped, lang));
    }
    out.push_str(&show::steps(frame, run.steps, "  ", lang));
    out.push('\n');
    let (_, waiting) = ending(frame);
    let names: Vec<String> = waiting.iter().map(|&lane| frame.name(lane)).collect();
    let _ = writeln!(out, "{}", words::ending(frame, &names, lang));
    for (&lane, name) in waiting.iter().zip(&names) {
        if let Some(why) = words::waiting(frame, lane, lang) {
            let _ = writeln!(out, "  {name} {why}");
        }
    }
    for crowd in &frame.crowds {
        let _ = writeln!(out, "{}", say::crowd(crowd, lang));
    }
    for line in words::failed(frame, lang) {
        let _ = writeln!(out, "{line}");
    }
    let values = last_values(frame);
    if !values.is_empty() {
        let values: Vec<String> =
            values.iter().map(|(name, value)| format!("{name} = {value}")).collect();
        let _ = writeln!(out, "{}", values.join(", "));
    }
    for promise in &frame.promises {
        let _ = writeln!(out, "{}", words::promise(promise, lang));
    }
    out.push_str(&measured::goals_text(&run.measures, run.is_over, lang));
    out.push_str(&measured::table(&run.measures, lang));
    out.push_str(&theory::table(&run.measures, lang));
    if let Some(likely) = &run.likely {
        out.push_str(&likely.to_text(program, lang));
    }
    let picks: Vec<String> = run.picks.iter().map(u32::to_string).collect();
    if picks.len() <= 200 {
        let _ = writeln!(out, "picks {}", picks.join(","));
    }
    let _ = writeln!(out, "{} {}", words::fingerprint(lang), frame.fingerprint);
    let _ = writeln!(out, "{}", words::verdict(exit, lang));
    out
}
