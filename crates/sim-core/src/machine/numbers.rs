//! The numbers of choices along a run of very many processes, where counting through all of them at
//! each step would take as long as there are steps times processes.
//!
//! What a process may do next nearly always follows from where it stands. Those that stand at one
//! place, before one replica, wait for the same: one of them is asked for all. Only of the rest each
//! is asked each time.

use super::{Machine, Pace, Position, State, Stay, Watch};
use crate::program::{Balance, Op, Pc};
use crate::trace::{Choice, Fact, ProcessId, Target};
use std::collections::{BTreeMap, BTreeSet};

/// Who stands where, so that the number of a choice is found fast.
#[derive(Clone, Debug)]
pub struct Numbers {
    /// What those may do who depend on nothing but themselves: steps, and what runs out.
    own: [Sums; 2],
    alike: BTreeMap<Place, Alike>,
    /// Whoever must be asked each time.
    others: BTreeSet<ProcessId>,
    kinds: Vec<Kind>,
}

/// An instruction, and a replica (0: none, or no matter which).
type Place = (Pc, u32);

#[derive(Clone, Debug)]
struct Alike {
    who: BTreeSet<ProcessId>,
    sums: Sums,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// So many steps, so many timers.
    Own([u32; 2]),
    Alike(Place),
    Other,
}

impl Numbers {
    /// Of a state; `None` for a program in which more than that decides: pauses, and the age of
    /// messages, which no state knows.
    #[must_use]
    pub fn new(machine: &Machine, state: &State) -> Option<Numbers> {
        let asks = machine.program.code.iter().any(|op| matches!(op, Op::Age { .. }));
        if machine.pauses || asks {
            return None;
        }
        let count = machine.layout.processes.len();
        let mut numbers = Numbers {
            own: [Sums::new(count), Sums::new(count)],
            alike: BTreeMap::new(),
            others: BTreeSet::new(),
            kinds: vec![Kind::Own([0; 2]); count],
        };
        (0..count as ProcessId).for_each(|process| numbers.moved(machine, state, process));
        Some(numbers)
    }

    /// Takes a step that is known to be possible.
    pub fn take(&mut self, machine: &Machine, state: &mut State, choice: Choice) {
        let mut touched = Touched::default();
        machine.apply(state, choice, &mut touched);
        touched.0.into_iter().for_each(|process| self.moved(machine, state, process));
    }

    /// The number of a choice that is possible, from 1. `None` for one behind those of processes,
    /// arrivals and messages.
    #[must_use]
    pub fn of(&self, machine: &Machine, state: &State, choice: Choice) -> Option<u32> {
        let all = machine.layout.processes.len() as ProcessId;
        match choice {
            Choice::Step { process, outcome } => {
                Some(self.before(machine, state, process, 0) + outcome + 1)
            }
            Choice::Arrive { class } => {
                let mut before = self.before(machine, state, all, 0);
                for &other in machine.arriving.iter().take_while(|&&other| other != class) {
                    before += u32::from(machine.may_arrive(state, other));
                }
                Some(before + 1)
            }
            Choice::TimeOut { process, .. } | Choice::WaitOver { process } => {
                let mut before = self.before(machine, state, all, 0);
                let arriving = machine.arriving.iter();
                before +=
                    arriving.filter(|&&class| machine.may_arrive(state, class)).count() as u32;
                if !machine.links.is_empty() || !machine.doubling.is_empty() {
                    machine.message_choices(state, &mut false, &mut |_| before += 1);
                }
                before += self.before(machine, state, process, 1);
                let mut found = None;
                machine.timers_of(state, process, &mut |other| {
                    before += u32::from(found.is_none());
                    found = found.or((other == choice).then_some(before));
                });
                found
            }
            _ => None,
        }
    }

    /// How many steps (0) or timers (1) those before a process have.
    fn before(&self, machine: &Machine, state: &State, process: ProcessId, which: usize) -> u32 {
        let mut sum = self.own[which].before(process);
        for alike in self.alike.values() {
            let count = alike.sums.before(process);
            if let Some(&one) = alike.who.first().filter(|_| count > 0) {
                sum += count * machine.ways_of(state, one)[which];
            }
        }
        let others = self.others.range(..process);
        sum + others.map(|&other| machine.ways_of(state, other)[which]).sum::<u32>()
    }

    fn moved(&mut self, machine: &Machine, state: &State, process: ProcessId) {
        let now = machine.kind(state, process);
        let before = std::mem::replace(&mut self.kinds[process as usize], now);
        if before == now {
            return;
        }
        match before {
            Kind::Own(ways) => {
                for (sums, ways) in self.own.iter_mut().zip(ways) {
                    sums.add(process, ways.wrapping_neg());
                }
            }
            Kind::Alike(place) => {
                if let Some(alike) = self.alike.get_mut(&place) {
                    alike.who.remove(&process);
                    alike.sums.add(process, 1_u32.wrapping_neg());
                }
            }
            Kind::Other => {
                self.others.remove(&process);
            }
        }
        match now {
            Kind::Own(ways) => {
                for (sums, ways) in self.own.iter_mut().zip(ways) {
                    sums.add(process, ways);
                }
            }
            Kind::Alike(place) => {
                let count = self.kinds.len();
                let alike = self.alike.entry(place);
                let alike =
                    alike.or_insert_with(|| Alike { who: BTreeSet::new(), sums: Sums::new(count) });
                alike.who.insert(process);
                alike.sums.add(process, 1);
            }
            Kind::Other => {
                self.others.insert(process);
            }
        }
    }
}

impl Machine {
    /// How many steps a process may take now, and how many things may run out for it.
    fn ways_of(&self, state: &State, process: ProcessId) -> [u32; 2] {
        let Position::At(pc) = state.position(&self.layout, process) else { return [0; 2] };
        let steps = match self.blocked(state, process, pc) {
            None => self.outcomes(state, process, pc),
            Some(_) => 0,
        };
        let mut timers = 0;
        if self.has_timers {
            self.timers_of(state, process, &mut |_| timers += 1);
        }
        [steps, timers]
    }

    fn kind(&self, state: &State, process: ProcessId) -> Kind {
        let Position::At(pc) = state.position(&self.layout, process) else {
            return Kind::Own([0; 2]);
        };
        let strikes = self.program.strikes.get(&pc).into_iter().flatten();
        // Whether a request hears that nobody waits depends on who called it.
        let hears = strikes.into_iter().any(|strike| self.is_cancel(process, strike.timer));
        if hears || self.loops[pc as usize] || self.drawing[pc as usize] {
            return Kind::Other;
        }
        match self.program.code[pc as usize] {
            Op::Acquire { index: None, .. } => Kind::Alike((pc, 0)),
            Op::Enter { .. } | Op::Core { .. } => match self.replica_of(state, process) {
                Some(Target { element, .. }) => Kind::Alike((pc, element + 1)),
                None => Kind::Other,
            },
            Op::Call { service, replica: None, .. }
                if self.program.service(service).is_some_and(|it| it.balance != Balance::Ring) =>
            {
                Kind::Alike((pc, 0))
            }
            // An answer comes by another's step.
            Op::Answer { .. } | Op::Asleep { .. } | Op::Flight { .. } => {
                Kind::Own(self.ways_of(state, process))
            }
            Op::Call { .. }
            | Op::Arrive { .. }
            | Op::Back { .. }
            | Op::Admit { .. }
            | Op::Report { .. }
            | Op::Token { .. }
            | Op::CacheRead { .. }
            | Op::Lookup { .. }
            | Op::Notify { .. } => Kind::Other,
            _ if self.waits[pc as usize] => Kind::Other,
            _ => Kind::Own(self.ways_of(state, process)),
        }
    }
}

/// Numbers, one for each process, of which any first so many are added up fast.
#[derive(Clone, Debug)]
struct Sums(Vec<u32>);

impl Sums {
    fn new(count: usize) -> Sums {
        Sums(vec![0; count + 1])
    }

    fn add(&mut self, process: ProcessId, by: u32) {
        let mut at = process as usize + 1;
        while at < self.0.len() && by != 0 {
            self.0[at] = self.0[at].wrapping_add(by);
            at += at & at.wrapping_neg();
        }
    }

    fn before(&self, process: ProcessId) -> u32 {
        let mut at = process as usize;
        let mut sum = 0_u32;
        while at > 0 {
            sum = sum.wrapping_add(self.0[at]);
            at &= at - 1;
        }
        sum
    }
}

/// Whoever a step has to do with.
#[derive(Default)]
struct Touched(BTreeSet<ProcessId>);

impl Watch for Touched {
    fn fact(&mut self, process: ProcessId, fact: Fact) {
        if !matches!(fact, Fact::Local { .. }) {
            self.0.insert(process);
        }
    }

    fn passes(&mut self, process: ProcessId, _: Pc) {
        self.0.insert(process);
    }

    fn stands(&mut self, process: ProcessId, _: Pc, _: Stay, _: Pace) {
        self.0.insert(process);
    }
}
