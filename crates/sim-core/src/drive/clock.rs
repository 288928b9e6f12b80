//! The clock: picks by virtual time, and among what is ready at one instant by the seed.

use crate::base::Draw;
use crate::machine::{Choice, Machine, Position, State};
use crate::program::{Op, Pc};
use crate::trace::{ProcessId, Target};

/// Virtual time, whole nanoseconds, and when each process's next step is due. No part of the
/// state's identity, and no affair of the machine.
#[derive(Clone, Debug)]
pub struct Timing {
    now: u64,
    due: Vec<u64>,
    /// After how many steps of the run each process came to stand where it stands. All stand
    /// equally long at the start, so that there the seed decides.
    since: Vec<u64>,
    /// How many steps each process has taken.
    steps: Vec<u64>,
    taken: u64,
}

impl Timing {
    /// Time 0, with so many processes.
    #[must_use]
    pub fn new(processes: usize) -> Timing {
        let zeros = || vec![0; processes];
        Timing { now: 0, due: zeros(), since: zeros(), steps: zeros(), taken: 0 }
    }

    /// Virtual time, nanoseconds.
    #[must_use]
    pub fn now(&self) -> u64 {
        self.now
    }

    /// A process is about to move, by whoever's pick: time goes on to when that step was due, or
    /// stays where it is if the step is overdue.
    pub fn moves(&mut self, process: ProcessId) {
        let process = process as usize;
        self.now = self.now.max(self.due[process]);
        self.steps[process] += 1;
        self.taken += 1;
    }

    /// A process came to stand; its next step takes `time` nanoseconds.
    pub fn stands(&mut self, process: ProcessId, time: i64) {
        let process = process as usize;
        self.due[process] = self.now.saturating_add(time.max(0) as u64);
        self.since[process] = self.taken;
    }
}

/// The pick of the clock, from 0 in the list of choices; `None` when nothing can happen.
///
/// Where several wait for the same lock, whoever has waited longest is the candidate. Among the
/// candidates of one instant the least draw wins: a pure function of seed, place, process and how
/// often it has moved, so neither storage order nor other processes' draws decide.
#[must_use]
pub fn clock_pick(machine: &Machine, state: &State, timing: &Timing, seed: u64) -> Option<usize> {
    let choices: Vec<Choice> = machine.choices(state).collect();
    let at = |choice: &Choice| timing.now.max(timing.due[choice.process as usize]);
    let earliest = choices.iter().map(at).min()?;
    let ready = choices.iter().enumerate().filter(|(_, choice)| at(choice) == earliest);
    ready
        .filter(|(_, choice)| is_first_in_line(machine, state, timing, &choices, choice.process))
        .min_by_key(|(index, choice)| (draw(machine, state, timing, seed, choice.process), *index))
        .map(|(index, _)| index)
}

fn is_first_in_line(
    machine: &Machine,
    state: &State,
    timing: &Timing,
    choices: &[Choice],
    process: ProcessId,
) -> bool {
    let Some(lock) = wanted_lock(machine, state, process) else { return true };
    let since = |process: ProcessId| timing.since[process as usize];
    !choices.iter().any(|other| {
        since(other.process) < since(process)
            && wanted_lock(machine, state, other.process) == Some(lock)
    })
}

fn standing_at(machine: &Machine, state: &State, process: ProcessId) -> Option<Pc> {
    match state.position(machine.layout(), process) {
        Position::At(pc) => Some(pc),
        _ => None,
    }
}

fn wanted_lock(machine: &Machine, state: &State, process: ProcessId) -> Option<Target> {
    let pc = standing_at(machine, state, process)?;
    match machine.program().code[pc as usize] {
        Op::Acquire { .. } => machine.target(state, process, pc),
        _ => None,
    }
}

fn draw(machine: &Machine, state: &State, timing: &Timing, seed: u64, process: ProcessId) -> u64 {
    let slot = machine.layout().processes[process as usize];
    let place = standing_at(machine, state, process)
        .map_or(0, |pc| machine.program().places[pc as usize].span.start);
    let instance = u64::from(slot.class) << 32 | u64::from(slot.number);
    Draw::at(seed, u64::from(place), instance, timing.steps[process as usize]).below(u64::MAX)
}
