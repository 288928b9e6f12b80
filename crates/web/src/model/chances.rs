//! How likely a failure is from the moment shown, and along its line, by a third worker.
//!
//! What is asked about is the moment shown. As soon as that changes, nothing more is tried; what
//! is known of the line stays as long as the line does.

use std::rc::Rc;

use sim_core::{
    chance::Tally,
    session::{Frame, Point},
};

use super::{Bench, Command, Handed, State, state::Asked};
use crate::{
    i18n,
    protocol::{Answer, Ask, Likely, Opening, Reply, Request},
};

/// How many continuations the moment asked about has.
pub const CONTINUATIONS: u32 = 200;

/// Something about chances.
#[derive(Clone, Debug, PartialEq)]
pub enum ChanceAction {
    /// How likely is a failure from the moment shown?
    Ask,
    /// Try no more.
    Cancel,
    /// The worker answered.
    Answered(Handed<Answer>),
    /// The worker broke down.
    Fault(String),
}

/// How far the trying has got.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Trying {
    /// Nothing was asked.
    #[default]
    None,
    /// Under way.
    Running,
    /// All is known.
    Done,
    /// Stopped, by hand or by a change of the moment.
    Stopped,
}

/// How likely a failure is, where that was asked.
#[derive(Clone, Debug, Default)]
pub struct Chances {
    /// How far it has got.
    pub trying: Trying,
    /// What is known.
    pub known: Rc<Likely>,
    /// The ticket of what was asked last.
    ticket: u32,
    /// What stood in the editor then.
    text: String,
    /// Which run it was asked of.
    since: u32,
    /// The picks of the line it was asked of, as far as they still are those of the line shown.
    line: Vec<u32>,
    /// The moment that was asked about.
    position: u32,
    /// The moment that was shown when this was last looked at.
    seen: Option<Rc<Frame>>,
}

impl Chances {
    /// What is known of a moment of the line shown: what was asked of it, or its place on the curve.
    #[must_use]
    pub fn at(&self, position: u32) -> Option<&Tally> {
        if self.trying == Trying::None {
            return None;
        }
        let asked = (position == self.position).then_some(&self.known.here);
        let points = self.known.points.iter().filter(|point| point.step == position);
        let tallies = asked.into_iter().chain(points.map(|point| &point.tally));
        tallies.max_by_key(|tally| tally.continuations).filter(|tally| tally.continuations > 0)
    }

    /// What is known along the line shown, by step.
    #[must_use]
    pub fn points(&self) -> &[Point] {
        if self.trying == Trying::None { &[] } else { &self.known.points }
    }

    fn stop(&mut self) -> Vec<Command> {
        if self.trying != Trying::Running {
            return Vec::new();
        }
        self.trying = Trying::Stopped;
        vec![Command::StopTrying]
    }
}

pub(super) fn act(state: &mut State, action: ChanceAction) -> Vec<Command> {
    match action {
        ChanceAction::Ask => ask(state),
        ChanceAction::Cancel => state.chance.stop(),
        ChanceAction::Answered(answer) => {
            answer.take().map_or_else(Vec::new, |answer| answered(state, answer))
        }
        ChanceAction::Fault(text) => {
            state.chance.trying = Trying::Stopped;
            state.notice = Some(super::state::Notice::StudyFault(text));
            vec![Command::StopTrying]
        }
    }
}

fn ask(state: &mut State) -> Vec<Command> {
    let ticket = state.ticket();
    let Some(bench) = &state.bench else { return Vec::new() };
    let Some(frame) = &bench.frame else { return Vec::new() };
    // While a step is on its way the moment shown is about to change.
    if is_moving(bench) {
        return Vec::new();
    }
    let mut commands = state.chance.stop();
    state.chance = Chances {
        trying: Trying::Running,
        known: Rc::default(),
        ticket,
        text: bench.text.clone(),
        since: bench.since,
        line: bench.picks(),
        position: frame.position,
        seen: Some(Rc::clone(frame)),
    };
    let opening = Opening {
        text: bench.run_text.clone(),
        settings: bench.settings.clone(),
        seed: bench.seed,
        picks: bench.picks(),
        position: frame.position,
    };
    let request = Request::Likely { opening, continuations: CONTINUATIONS };
    commands.push(Command::Try(Ask { ticket, request }));
    commands
}

fn answered(state: &mut State, answer: Answer) -> Vec<Command> {
    if answer.ticket != state.chance.ticket || state.chance.trying != Trying::Running {
        return Vec::new();
    }
    match answer.reply {
        Reply::Likely(likely) => {
            if likely.done {
                state.chance.trying = Trying::Done;
                state.spoken = i18n::likely_line(&likely, state.lang);
            }
            state.chance.known = Rc::new(likely);
            Vec::new()
        }
        Reply::Fault(text) => act(state, ChanceAction::Fault(text)),
        _ => Vec::new(),
    }
}

fn is_moving(bench: &Bench) -> bool {
    bench.asked.iter().any(|(_, asked)| *asked != Asked::Show)
}

/// After every change: what is no longer true of the moment shown goes.
pub(super) fn follow(state: &mut State) -> Vec<Command> {
    let chance = &mut state.chance;
    if chance.trying == Trying::None {
        return Vec::new();
    }
    let bench = state.bench.as_ref().filter(|bench| bench.since == chance.since);
    let Some((bench, frame)) = bench.and_then(|bench| Some((bench, bench.frame.as_ref()?))) else {
        let commands = chance.stop();
        *chance = Chances::default();
        return commands;
    };
    let mut commands = Vec::new();
    if is_moving(bench) || chance.trying == Trying::Running && bench.text != chance.text {
        commands = chance.stop();
    }
    if chance.seen.as_ref().is_some_and(|seen| Rc::ptr_eq(seen, frame)) {
        return commands;
    }
    chance.seen = Some(Rc::clone(frame));
    let same = chance.line.iter().zip(&bench.line).take_while(|(one, other)| one == other).count();
    if same < chance.line.len() {
        // Another road was taken: up to where it parts all stays as it was.
        chance.line.truncate(same);
        let known = Rc::make_mut(&mut chance.known);
        known.points.retain(|point| point.step as usize <= same);
        if chance.position as usize > same {
            known.here = Tally::default();
        }
    }
    if frame.position != chance.position {
        commands.extend(chance.stop());
    }
    commands
}
