//! Looking at all schedules, and grading, in the second worker.

use std::rc::Rc;

use lessons::{Kind, shortest_failure};
use sim_core::lang::same_value;

use super::{
    Action, Bench, Command, State, Timer, answers, meeting, moments, rhythm,
    state::{Grading, passes_all},
    study::{Ahead, LOOK_PAUSE, Study},
    update::{explore_later, open},
    veil,
};
use crate::protocol::{Answer, Ask, Explored, NotExplored, Opening, Reply, Request};

pub(super) fn update(state: &mut State, action: Action) -> Vec<Command> {
    match action {
        Action::Explore => explore(state),
        Action::ExploreHere => explore_here(state),
        Action::FromStart => from_start(state),
        Action::LookAtStudy => look(state),
        Action::CancelStudy => {
            if let Some(bench) = &mut state.bench {
                stopped(bench);
            }
            vec![Command::RestartStudent]
        }
        Action::Prove(challenge) => prove(state, challenge),
        Action::ShowCase(challenge, case) => show_case(state, challenge, case),
        Action::Studied(answer) => {
            answer.take().map_or_else(Vec::new, |answer| answered(state, answer))
        }
        _ => Vec::new(),
    }
}

/// What was under way has been stopped.
pub(super) fn stopped(bench: &mut Bench) {
    bench.study.stop();
    if let Some(ahead) = &mut bench.ahead {
        ahead.study.stop();
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
    (ticket, if busy { vec![Command::RestartStudent] } else { Vec::new() })
}

/// A proof under way comes first; what was to be looked at is looked at when it is done.
pub(super) fn wait_for_proof(bench: &mut Bench) -> Vec<Command> {
    bench.study = Study::Cancelled(None);
    Vec::new()
}

/// Whether a proof is under way of the text and the settings of now: it may have been asked for
/// before a run of them was opened.
pub(super) fn proves_this(bench: &Bench) -> bool {
    let (text, settings) = &bench.proof_of;
    let asked = |(name, value): &(String, String)| {
        let mut all = settings.iter().chain(bench.defaults.iter());
        all.find(|(one, _)| one == name).is_some_and(|(_, asked)| same_value(asked, value))
    };
    bench.is_proving() && *text == bench.text && bench.settings.iter().all(asked)
}

fn explore(state: &mut State) -> Vec<Command> {
    if state.bench.as_ref().is_none_or(|bench| bench.frame.is_none()) {
        return Vec::new();
    }
    if let Some(bench) = &mut state.bench
        && bench.is_proving()
    {
        return wait_for_proof(bench);
    }
    let (ticket, mut commands) = free(state);
    let Some(bench) = &mut state.bench else { return commands };
    bench.study_hint = None;
    bench.study_lowered = Default::default();
    bench.study = Study::begun(state.clock);
    let (text, settings) = (bench.run_text.clone(), bench.settings.clone());
    let request = Request::Explore { text, settings, from: None };
    commands.push(Command::Study(Ask { ticket, request }));
    commands.push(look_later());
    commands
}

/// Everything that may happen from the moment shown on.
fn explore_here(state: &mut State) -> Vec<Command> {
    let Some(bench) = &state.bench else { return Vec::new() };
    // A proof under way comes first.
    if bench.frame.is_none() || bench.is_proving() {
        return Vec::new();
    }
    let (ticket, mut commands) = free(state);
    let Some(bench) = &mut state.bench else { return commands };
    let mut from = bench.picks();
    from.truncate(bench.position() as usize);
    bench.ahead = Some(Ahead { from: from.clone(), study: Study::begun(state.clock) });
    let (text, settings) = (bench.run_text.clone(), bench.settings.clone());
    let request = Request::Explore { text, settings, from: Some(from) };
    commands.push(Command::Study(Ask { ticket, request }));
    commands.push(look_later());
    commands
}

/// The question is again what may happen from the start on.
fn from_start(state: &mut State) -> Vec<Command> {
    let Some(bench) = &mut state.bench else { return Vec::new() };
    let Some(ahead) = bench.ahead.take() else { return Vec::new() };
    let mut commands = Vec::new();
    if ahead.study.is_running() {
        commands.push(Command::RestartStudent);
    }
    // What was given up for the other question is taken up again.
    if matches!(bench.study, Study::None | Study::Cancelled(_)) {
        commands.extend(explore(state));
    }
    commands
}

fn look_later() -> Command {
    Command::After(Timer::Study, LOOK_PAUSE, Box::new(Action::LookAtStudy))
}

/// Shows how far the search under way has got, and looks again later.
fn look(state: &mut State) -> Vec<Command> {
    let now = state.clock;
    let Some(Study::Running(running)) = state.bench.as_mut().and_then(under_way) else {
        return Vec::new();
    };
    running.look(now);
    vec![look_later()]
}

/// The search that the worker is at, if it is at one.
fn under_way(bench: &mut Bench) -> Option<&mut Study> {
    let ahead = bench.ahead.as_mut().map(|ahead| &mut ahead.study);
    [ahead, Some(&mut bench.study)].into_iter().flatten().find(|study| study.is_running())
}

fn prove(state: &mut State, challenge: usize) -> Vec<Command> {
    let (ticket, mut commands) = free(state);
    let Some(bench) = &mut state.bench else { return commands };
    let Some(place) = bench.grades.get_mut(challenge) else { return commands };
    let asked = &bench.course.challenges()[challenge];
    let all = match asked.kind {
        Kind::Meet => asked.runs(),
        _ => asked.vary.iter().map(|varied| varied.values.len() as u32).product(),
    };
    *place = Some(Grading::Running(0, all));
    let (text, settings) = (bench.text.clone(), bench.settings.clone());
    bench.proof_of = (text.clone(), settings.clone());
    let (lesson, challenge) = (bench.course.id.to_owned(), challenge as u32);
    let request = Request::Grade { text, lesson, challenge, settings };
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

/// Opens a failure that grading found, at its end; a run that misses a goal goes on to it.
fn show_case(state: &mut State, challenge: usize, case: usize) -> Vec<Command> {
    let Some(bench) = &mut state.bench else { return Vec::new() };
    let Some(Some(Grading::Done(grade))) = bench.grades.get(challenge) else { return Vec::new() };
    let Some(case) = grade.cases.get(case) else { return Vec::new() };
    let missed = meeting::first_missed(case).map(|(seed, _)| seed);
    let picks = case.report.as_ref().and_then(shortest_failure).unwrap_or_default();
    let opening = Opening {
        text: bench.text.clone(),
        settings: case.settings.clone(),
        seed: missed.unwrap_or(bench.seed),
        position: picks.len() as u32,
        picks,
    };
    bench.run_text.clone_from(&bench.text);
    bench.seed = opening.seed;
    let mut commands = moments::pause(bench);
    commands.extend(open(state, opening));
    if let Some(bench) = &mut state.bench {
        bench.charts.running = missed.is_some();
    }
    commands
}

fn answered(state: &mut State, answer: Answer) -> Vec<Command> {
    let Some(bench) = &mut state.bench else { return Vec::new() };
    if answer.ticket != bench.study_ticket {
        return Vec::new();
    }
    let running = bench.grades.iter().position(|g| matches!(g, Some(Grading::Running(..))));
    match (answer.reply, running) {
        (Reply::Progress { case, .. } | Reply::Measuring(case), Some(at)) => {
            if let Some(Grading::Running(now, _)) = &mut bench.grades[at] {
                *now = case;
            }
            Vec::new()
        }
        (Reply::Progress { progress, .. }, None) => {
            let Some(Study::Running(running)) = under_way(bench) else { return Vec::new() };
            let knows = running.hear(progress, state.clock) && running.is_long();
            // Who has waited hears the answer, once.
            let early = running.early().filter(|_| knows).cloned();
            if let (Some(early), Some(bench)) = (early, &state.bench)
                && !veil::is_veiled(state, bench)
            {
                state.spoken = answers::early_line(bench, &early, state.lang);
            }
            Vec::new()
        }
        (Reply::Large(hint), _) => {
            bench.study_hint = Some(hint);
            Vec::new()
        }
        (Reply::Explored(found), _) => {
            explored(state, found);
            rhythm::explored(state)
        }
        (Reply::Graded(grade), Some(at)) => {
            let passed = passes_all(&grade);
            state.spoken = match bench.course.challenges()[at].kind {
                Kind::Meet => meeting::line(bench, &grade, state.lang),
                _ => answers::proved_line(bench, at, passed, state.lang),
            };
            bench.grades[at] = Some(Grading::Done(Rc::new(grade)));
            let mut commands = Vec::new();
            if state.bench.as_ref().is_some_and(|bench| matches!(bench.study, Study::Cancelled(_)))
                && let Some(bench) = &mut state.bench
            {
                let grades = bench.grades.clone();
                commands.extend(explore_later(bench));
                bench.grades = grades;
            }
            if passed {
                commands.extend(moments::mark_done(state, at));
            }
            commands.push(Command::Reveal(rhythm::proof_id(at)));
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

/// A search is over.
fn explored(state: &mut State, found: Result<Explored, NotExplored>) {
    let Some(bench) = &mut state.bench else { return };
    let step = bench.ahead.as_ref().filter(|ahead| ahead.study.is_running()).map(Ahead::step);
    if let (None, Ok(found)) = (step, &found) {
        bench.study_lowered = (found.lowered.clone(), found.settings.clone());
    }
    let Some(study) = under_way(bench) else { return };
    let waited = matches!(study, Study::Running(running) if running.is_long());
    *study = match found {
        Ok(found) => Study::Done(Rc::new(found)),
        Err(NotExplored::DoesNotRun) => Study::None,
        Err(why) => Study::Impossible(why),
    };
    // Who has asked or waited hears the answer.
    if waited || step.is_some() {
        let study = study.clone();
        let veiled = state.bench.as_ref().is_some_and(|bench| veil::is_veiled(state, bench));
        state.spoken = match veiled {
            true => veil::words(state, &study),
            false => answers::answer_line(&study, step, state.lang),
        };
    }
}
