//! The same run by many seeds, summed up.

use std::fmt::Write as _;

use sim_core::{program::Program, session::Session};

use super::{ending, verdict, verdict_word};
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
    for seed in (0..u64::from(seeds)).map(|at| first.wrapping_add(at)) {
        let mut session = Session::new(program.clone(), &source.text, seed);
        while session.clock() {}
        let frame = session.frame();
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
    if options.json {
        let all = json::Runs {
            lockstep: json::VERSION,
            title: program.title.clone(),
            parameters: json::Pairs(program.settings.clone()),
            verdict: verdict_word(exit),
            runs,
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
    let _ = writeln!(out, "{}", words::verdict(exit, lang));
    Done::said(out, exit)
}
