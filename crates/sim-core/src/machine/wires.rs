//! The network between callers and services: what becomes of a request or an answer on its way.

use super::requests::Calling;
use super::{Machine, Position, State};
use crate::program::{Gap, NONE, Op, Party, Pc, SharedId, Start, WHOLE, Wire};
use crate::trace::ProcessId;

/// Something that goes wrong on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mishap {
    /// It never arrives, or is refused by a fault.
    Lost,
    /// It arrives twice.
    Twice,
}

/// The replica that a request arrives at, if one lives, with the request that goes for it; and whether
/// it arrives twice.
type Arriving = (Option<(u32, Option<ProcessId>)>, bool);

impl Machine {
    pub(super) fn party_of(&self, process: ProcessId) -> Party {
        self.program.party(self.layout.processes[process as usize].class)
    }

    /// The way a request took, where it took one.
    pub(super) fn way_there(&self, state: &State, request: ProcessId) -> Option<(SharedId, &Wire)> {
        let slot = self.layout.processes[request as usize];
        let from = self.program.party(self.class_of_caller(state, request)?);
        self.program.wire(from, self.program.party(slot.class))
    }

    /// Of which class the caller of a request is; while it is under way, also of one that is gone.
    pub(crate) fn class_of_caller(&self, state: &State, request: ProcessId) -> Option<u32> {
        match self.caller_of(state, request) {
            Some(caller) => Some(self.layout.processes[caller as usize].class),
            None => {
                let word = state.get(self.layout.processes[request as usize].caller_at as usize);
                u32::try_from(-1 - word).ok()
            }
        }
    }

    /// What stands in a request's word for its caller when that one is gone: nothing, or of which
    /// class it was while the request is under way, since its wire goes by that.
    pub(super) fn word_of_gone(&self, state: &State, request: ProcessId, caller: ProcessId) -> i64 {
        match state.position(&self.layout, request) {
            Position::At(pc) if matches!(self.program.code[pc as usize], Op::Arrive { .. }) => {
                -1 - i64::from(self.layout.processes[caller as usize].class)
            }
            _ => 0,
        }
    }

    /// The way its answer takes, where it takes one.
    pub(super) fn way_back(&self, state: &State, request: ProcessId) -> Option<(SharedId, &Wire)> {
        let from = self.party_of(request);
        let caller = self.caller_of(state, request)?;
        self.program.wire(from, self.party_of(caller))
    }

    /// How long a way over a wire takes.
    pub(crate) fn latency(wire: &Wire) -> super::Stay {
        match wire.latency {
            Gap::Fixed(time) => super::Stay::Fixed(time.max(0)),
            Gap::Drawn(distribution, parameters) => super::Stay::Drawn(distribution, parameters),
        }
    }

    /// The outcomes of a call that arrives at once, or of a request's arriving, each with its
    /// weight: for each replica that it arrives; then likewise, and twice; then that it is lost.
    #[must_use]
    pub fn call_weights(&self, state: &State, process: ProcessId, pc: Pc) -> Vec<u64> {
        let registers = state.registers(&self.layout, process);
        match self.program.code[pc as usize] {
            Op::Call { service, replica, handler, first, count } => {
                let calling = Calling { service, replica, handler, first, count };
                if self.program.wire(self.party_of(process), Party::Service(service)).is_some() {
                    return vec![1];
                }
                let Some(declared) = self.program.service(service) else { return vec![1] };
                let key = if calling.count > 0 { registers[first as usize] } else { NONE };
                let at = replica.map(|register| registers[register as usize]);
                let fixed = at.map(|_| self.place(state, Some(process), service, at));
                let Ok(fixed) = fixed.transpose() else { return vec![1] };
                let ways = self.ways_in(state, declared, key, fixed);
                if ways.is_empty() {
                    return vec![1];
                }
                ways.into_iter().map(|way| way.weight).collect()
            }
            Op::Arrive { service } => {
                let (loss, twice) = self.way_there(state, process).map_or((0, 0), |(id, wire)| {
                    match self.wire_is_cut(state, id) {
                        true => (WHOLE, 0),
                        false => (wire.loss.clamp(0, WHOLE), wire.duplicates.clamp(0, WHOLE)),
                    }
                });
                let Some(declared) = self.program.service(service) else { return vec![1] };
                let key = registers.first().copied().unwrap_or(NONE);
                let fixed = self.replica_of(state, process);
                let ways = self.ways_in(state, declared, key, fixed);
                let replicas: Vec<u64> = ways.into_iter().map(|way| way.weight).collect();
                let replicas = if replicas.is_empty() { vec![1] } else { replicas };
                let sum: u64 = replicas.iter().sum();
                let (loss, twice, whole) = (loss as u64, twice as u64, WHOLE as u64);
                let mut weights = Vec::new();
                if loss < whole {
                    let arrives = whole - loss;
                    let ways = |share: u64| replicas.iter().map(move |way| way * arrives * share);
                    if twice < whole {
                        weights.extend(ways(whole - twice));
                    }
                    if twice > 0 {
                        weights.extend(ways(twice));
                    }
                }
                if loss > 0 {
                    weights.push(sum * loss * whole);
                }
                weights
            }
            Op::Back { .. } => match self.way_back(state, process) {
                Some((id, _)) if self.wire_is_cut(state, id) => vec![1],
                Some((_, wire)) if wire.loss > 0 && wire.loss < WHOLE => {
                    vec![(WHOLE - wire.loss) as u64, wire.loss as u64]
                }
                _ => vec![1],
            },
            _ => vec![1],
        }
    }

    /// What an outcome of a request's arriving is: the replica and the request that goes for it,
    /// whether it arrives twice; `None` where it is lost.
    pub(super) fn arriving(
        &self,
        state: &State,
        process: ProcessId,
        outcome: u32,
    ) -> Option<Arriving> {
        let slot = self.layout.processes[process as usize];
        let Start::Called { service, .. } = self.program.classes[slot.class as usize].start else {
            return None;
        };
        let (loss, twice) = self.way_there(state, process).map_or((0, 0), |(id, wire)| match self
            .wire_is_cut(state, id)
        {
            true => (WHOLE, 0),
            false => (wire.loss.clamp(0, WHOLE), wire.duplicates.clamp(0, WHOLE)),
        });
        let declared = self.program.service(service)?;
        let key = state.registers(&self.layout, process).first().copied().unwrap_or(NONE);
        let fixed = self.replica_of(state, process);
        let replicas = match fixed {
            Some(fixed) if self.is_down(state, fixed) => vec![],
            fixed => self.ways_in(state, declared, key, fixed),
        };
        let replicas: Vec<_> = match &replicas[..] {
            [] => vec![None],
            all => all.iter().map(|way| Some((way.element, way.goes))).collect(),
        };
        let mut ways = Vec::new();
        if loss < WHOLE {
            if twice < WHOLE {
                ways.extend(replicas.iter().map(|&one| Some((one, false))));
            }
            if twice > 0 {
                ways.extend(replicas.iter().map(|&one| Some((one, true))));
            }
        }
        ways.push(None);
        ways.get(outcome as usize).copied().flatten()
    }

    /// What goes wrong in an outcome of a request's or an answer's step, as far as bounds count it.
    /// Nothing else can become of what is on a wire that is cut.
    #[must_use]
    pub fn mishap(
        &self,
        state: &State,
        process: ProcessId,
        pc: Pc,
        outcome: u32,
    ) -> Option<Mishap> {
        let cut =
            |way: Option<(SharedId, &Wire)>| way.is_some_and(|(id, _)| self.wire_is_cut(state, id));
        match self.program.code[pc as usize] {
            Op::Arrive { .. } => match self.arriving(state, process, outcome) {
                None if cut(self.way_there(state, process)) => None,
                None => Some(Mishap::Lost),
                Some((_, true)) => Some(Mishap::Twice),
                Some((_, false)) => None,
            },
            Op::Back { .. } => {
                let way = self.way_back(state, process);
                let lost = outcome == 1 || way.is_some_and(|(_, wire)| wire.loss >= WHOLE);
                (lost && !cut(way)).then_some(Mishap::Lost)
            }
            Op::Enter { .. } | Op::Send { .. } => (outcome == 1).then_some(Mishap::Lost),
            _ => None,
        }
    }

    /// The wire on which a request or its answer is under way, and what an outcome of its next step
    /// makes of it there.
    #[must_use]
    pub fn on_wire(
        &self,
        state: &State,
        process: ProcessId,
        outcome: u32,
    ) -> Option<(SharedId, Option<Mishap>)> {
        let Position::At(pc) = state.position(&self.layout, process) else { return None };
        let (wire, _) = match self.program.code[pc as usize] {
            Op::Arrive { .. } => self.way_there(state, process)?,
            Op::Back { .. } => self.way_back(state, process)?,
            _ => return None,
        };
        Some((wire, self.mishap(state, process, pc, outcome)))
    }

    /// The word of a link, or of a wire, that says which fault has cut it.
    pub(super) fn cut_word(&self, link: SharedId) -> usize {
        match self.program.shared[link as usize].details {
            crate::program::Details::Wire(_) => self.layout.shared[link as usize].element(0),
            _ => self.lists(link).extra(0),
        }
    }

    /// True while nothing gets over a wire.
    #[must_use]
    pub fn wire_is_cut(&self, state: &State, wire: SharedId) -> bool {
        state.get(self.cut_word(wire)) != 0
    }
}
