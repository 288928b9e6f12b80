//! What a search lets happen: the machine lists everything, and the text's `explore` bounds what
//! may come in any number. What is withheld keeps its place in the list, so that a pick means the
//! same in a search and in a run.

use super::report::Bound;
use crate::machine::{Machine, Mishap, Position, State};
use crate::program::{Op, Start};
use crate::trace::{Choice, Outage, Traffic};

/// Which bounds kept something from happening.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Withheld {
    arrivals: bool,
    timeouts: bool,
    losses: bool,
    duplicates: bool,
    crashes: bool,
    pub(super) depth: bool,
}

impl Withheld {
    pub(super) fn bounds(self, machine: &Machine) -> Vec<Bound> {
        let bounds = &machine.program().bounds;
        let all = [
            (self.arrivals, Bound::Arrivals(bounds.arrivals)),
            (self.timeouts, Bound::Timeouts(bounds.timeouts)),
            (self.losses, Bound::Losses(bounds.losses)),
            (self.duplicates, Bound::Duplicates(bounds.duplicates)),
            (self.crashes, Bound::Crashes(bounds.crashes)),
            (self.depth, Bound::Depth(bounds.depth)),
        ];
        all.into_iter().filter(|(met, _)| *met).map(|(_, bound)| bound).collect()
    }

    fn add(&mut self, other: Withheld) {
        self.arrivals |= other.arrivals;
        self.timeouts |= other.timeouts;
        self.losses |= other.losses;
        self.duplicates |= other.duplicates;
        self.crashes |= other.crashes;
        self.depth |= other.depth;
    }
}

/// What a search follows from a state.
#[derive(Clone, Debug, Default)]
pub(super) struct Allowed {
    /// Choices with their picks, from 1.
    pub(super) choices: Vec<(u32, Choice)>,
    /// What was withheld here that would go on by itself.
    pub(super) cut: Cut,
}

/// What bounds withheld in one state.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cut {
    /// Something that would run out.
    pub(super) timers: bool,
    /// Something that would arrive, or somebody who would come again.
    pub(super) arrivals: bool,
}

/// Fills in what may happen from a state within the bounds.
pub(super) fn allow(machine: &Machine, state: &State, met: &mut Withheld, allowed: &mut Allowed) {
    allowed.choices.clear();
    let mut pick = 0;
    let mut here = Withheld::default();
    machine.each_choice(state, &mut |choice| {
        pick += 1;
        if within(machine, state, choice, &mut here) {
            allowed.choices.push((pick, choice));
        }
    });
    // Faults strike only while something else may happen, and copies are made.
    let is_fault = |choice: &Choice| match choice {
        Choice::Strike { .. }
        | Choice::Outage(Outage::Strike { .. })
        | Choice::Traffic(Traffic::Cut { .. }) => true,
        Choice::Traffic(Traffic::Double { at, .. }) => machine.program().queue(at.shared).is_some(),
        _ => false,
    };
    if allowed.choices.iter().all(|(_, choice)| is_fault(choice)) {
        allowed.choices.clear();
    }
    let gone = || somebody_left(machine, state);
    allowed.cut = Cut { timers: here.timeouts, arrivals: here.arrivals || gone() };
    met.add(here);
}

/// True if a process has gone for good that comes again as often as it likes.
fn somebody_left(machine: &Machine, state: &State) -> bool {
    let mut counts = machine.layout().processes.iter().map(|slot| slot.passes_at);
    counts.any(|at| at != 0 && counted(state, at) < 0)
}

fn counted(state: &State, at: u32) -> i64 {
    state.get(at as usize)
}

fn within(machine: &Machine, state: &State, choice: Choice, here: &mut Withheld) -> bool {
    let (program, layout) = (machine.program(), machine.layout());
    let counted = |at: u32| counted(state, at);
    match choice {
        Choice::Step { process, outcome } => {
            let Position::At(pc) = state.position(layout, process) else { return false };
            if let Op::Think { leave: Some(_), .. } = program.code[pc as usize] {
                let again = state.passes(layout, process) + 1 < i64::from(program.bounds.arrivals);
                here.arrivals |= !again;
                return again == (outcome == 0);
            }
            match machine.mishap(state, process, pc, outcome) {
                None => true,
                Some(Mishap::Lost) => {
                    let more = counted(layout.losses) < i64::from(program.bounds.losses);
                    here.losses |= !more;
                    more
                }
                Some(Mishap::Twice) => {
                    let more = counted(layout.duplicates) < i64::from(program.bounds.duplicates);
                    here.duplicates |= !more;
                    more
                }
            }
        }
        Choice::Arrive { class } => {
            let bounded =
                matches!(program.classes[class as usize].start, Start::Every { times: None, .. });
            let came = counted(layout.came[class as usize]) - layout.here(class);
            let more = !bounded || came < i64::from(program.bounds.arrivals);
            here.arrivals |= !more;
            more && machine.room_in(state, class).is_some()
        }
        Choice::Replicate { .. } => true,
        Choice::TimeOut { process, timer } if machine.is_cancel(process, timer) => true,
        Choice::TimeOut { .. }
        | Choice::WaitOver { .. }
        | Choice::Expire { .. }
        | Choice::Traffic(Traffic::Reappear { .. } | Traffic::Rebalance { .. }) => {
            let more = counted(layout.timeouts) < i64::from(program.bounds.timeouts);
            here.timeouts |= !more;
            more
        }
        // No part of a state, and never on the list.
        Choice::Traffic(Traffic::Hold { .. }) => false,
        Choice::Traffic(Traffic::Lose { link, .. }) => {
            // Nothing else can become of what is on a link that is cut.
            let more = machine.is_cut(state, link)
                || counted(layout.losses) < i64::from(program.bounds.losses);
            here.losses |= !more;
            more
        }
        Choice::Traffic(Traffic::Double { .. }) => {
            let more = counted(layout.duplicates) < i64::from(program.bounds.duplicates);
            here.duplicates |= !more;
            more
        }
        Choice::Strike { .. }
        | Choice::Outage(Outage::Strike { .. })
        | Choice::Traffic(Traffic::Cut { .. }) => {
            let more = counted(layout.crashes) < i64::from(program.bounds.crashes);
            here.crashes |= !more;
            more
        }
        Choice::Lift { .. }
        | Choice::Outage(Outage::Lift { .. } | Outage::Ready { .. })
        | Choice::Traffic(Traffic::Deliver { .. } | Traffic::Ready { .. } | Traffic::Heal { .. }) => {
            true
        }
    }
}
