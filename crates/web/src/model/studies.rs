//! Looking at all schedules, and grading, in the second worker.

use std::rc::Rc;

use lessons::shortest_failure;

use super::{
    Action, Bench, Command, State, moments,
    state::{Grading, Study, passes_all},
    update::{explore_later, open},
};
use crate::{
    i18n,
    protocol::{Answer, Ask, Opening, Reply, Request},
};

pub(super) fn update(state: &mut State, action: Action) -> Vec<Command> {
    match action {
        Action::Explore => explore(state),
        Action::CancelStudy => {
            if let Some(bench) = &mut state.bench {
                stopped(bench);
            }
            vec![Command::RestartStudent]
        }
        Action::Prove(challenge) => prove(state, challenge),
        Action::ShowCase(challenge, case) => show_case(state, challenge, case),
        Action::Studied(answer) => answered(state, answer),
        _ => Vec::new(),
    }
}

/// What was under way has been stopped.
pub(super) fn stopped(bench: &mut Bench) {
    if matches!(bench.study, Study::Running(_)) {
        bench.study = Study::Cancelled;
    }
    for grade in bench.grades.iter_mut().flatten() {
        if matches!(grade, Grading::Running(..)) {
            *grade = Grading::Stopped;
        }
    }
}

/// The worker is free for something else; whatever it was doing is over.
fn free(state: &mut State) -> (u32, Vec<Command>) {
    let ticket = state.ticket();
    let Some(bench) = &mut state.bench else { return (ticket, Vec::new()) };
    let busy = bench.is_studying();
    stopped(bench);
    bench.study_ticket = ticket;
    bench.study_hint = None;
    bench.study_lowered = Default::default();
    (ticket, if busy { vec![Command::RestartStudent] } else { Vec::new() })
}

fn explore(state: &mut State) -> Vec<Command> {
    if state.bench.as_ref().is_none_or(|bench| bench.frame.is_none()) {
        return Vec::new();
    }
    if let Some(bench) = &mut state.bench
        && bench.grades.iter().flatten().any(|grade| matches!(grade, Grading::Running(..)))
    {
        // A proof under way comes first; what was to be looked at is looked at when it is done.
        bench.study = Study::Cancelled;
        return Vec::new();
    }
    let (ticket, mut commands) = free(state);
    let Some(bench) = &mut state.bench else { return commands };
    bench.study = Study::Running(sim_core::explore::Progress::default());
    let (text, settings) = (bench.run_text.clone(), bench.settings.clone());
    commands.push(Command::Study(Ask { ticket, request: Request::Explore { text, settings } }));
    commands
}

fn prove(state: &mut State, challenge: usize) -> Vec<Command> {
    let (ticket, mut commands) = free(state);
    let Some(bench) = &mut state.bench else { return commands };
    let Some(place) = bench.grades.get_mut(challenge) else { return commands };
    *place = Some(Grading::Running(
        0,
        bench.course.challenges()[challenge]
            .vary
            .iter()
            .map(|varied| varied.values.len() as u32)
            .product(),
    ));
    let request = Request::Grade {
        text: bench.text.clone(),
        lesson: bench.course.id.to_owned(),
        challenge: challenge as u32,
        settings: bench.settings.clone(),
    };
    commands.push(Command::Study(Ask { ticket, request }));
    commands
}

/// Opens a schedule that a search found, at its end, with the values it was found with.
pub(super) fn show_found(state: &mut State, picks: Vec<u32>) -> Vec<Command> {
    let Some(bench) = &mut state.bench else { return Vec::new() };
    let opening = Opening {
        text: bench.run_text.clone(),
        settings: bench.study_lowered.1.clone(),
        seed: bench.seed,
        position: picks.len() as u32,
        picks,
    };
    open(state, opening)
}

/// Opens a failure that grading found, at its end.
fn show_case(state: &mut State, challenge: usize, case: usize) -> Vec<Command> {
    let Some(bench) = &mut state.bench else { return Vec::new() };
    let Some(Some(Grading::Done(grade))) = bench.grades.get(challenge) else { return Vec::new() };
    let Some(case) = grade.cases.get(case) else { return Vec::new() };
    let picks = case.report.as_ref().and_then(shortest_failure).unwrap_or_default();
    let opening = Opening {
        text: bench.text.clone(),
        settings: case.settings.clone(),
        seed: bench.seed,
        position: picks.len() as u32,
        picks,
    };
    bench.run_text.clone_from(&bench.text);
    open(state, opening)
}

fn answered(state: &mut State, answer: Answer) -> Vec<Command> {
    let Some(bench) = &mut state.bench else { return Vec::new() };
    if answer.ticket != bench.study_ticket {
        return Vec::new();
    }
    let running = bench.grades.iter().position(|g| matches!(g, Some(Grading::Running(..))));
    match (answer.reply, running) {
        (Reply::Progress { case, .. }, Some(at)) => {
            if let Some(Grading::Running(now, _)) = &mut bench.grades[at] {
                *now = case;
            }
            Vec::new()
        }
        (Reply::Progress { progress, .. }, None) => {
            if matches!(bench.study, Study::Running(_)) {
                bench.study = Study::Running(progress);
            }
            Vec::new()
        }
        (Reply::Large(hint), _) => {
            bench.study_hint = Some(hint);
            Vec::new()
        }
        (Reply::Explored(None), _) => {
            bench.study = Study::None;
            Vec::new()
        }
        (Reply::Explored(Some(explored)), _) => {
            bench.study = Study::Done(Rc::new(explored.report));
            bench.study_lowered = (explored.lowered, explored.settings);
            Vec::new()
        }
        (Reply::Graded(grade), Some(at)) => {
            let passed = passes_all(&grade);
            bench.grades[at] = Some(Grading::Done(Rc::new(grade)));
            let texts = i18n::texts(state.lang);
            state.spoken = if passed { texts.proved } else { texts.not_proved }.to_owned();
            let mut commands = Vec::new();
            if state.bench.as_ref().is_some_and(|bench| bench.study == Study::Cancelled)
                && let Some(bench) = &mut state.bench
            {
                let grades = bench.grades.clone();
                commands.extend(explore_later(bench));
                bench.grades = grades;
            }
            if passed {
                commands.extend(moments::mark_done(state, at));
            }
            commands
        }
        (Reply::Fault(text), _) => {
            stopped(bench);
            state.notice = Some(super::state::Notice::StudyFault(text));
            Vec::new()
        }
        _ => Vec::new(),
    }
}
