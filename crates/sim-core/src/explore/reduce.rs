//! Which steps can be left out because they make no difference: persistent sets.
//!
//! From a state, some processes are enough if nothing that the others may ever do touches what
//! their next steps touch: then the order of the two makes no difference, and the others' steps
//! are still there afterwards. Three things keep that honest. What a promise reads may not be
//! written by such a step. Where processes go round, there is a place on every circle at which a
//! state is followed in full, lest others be left out for ever. And wherever arrivals, timeouts,
//! leases or faults may come in between, nothing is left out at all.
//!
//! P. Godefroid, "Partial-order methods for the verification of concurrent systems", LNCS 1032
//! (1996), chapter 4; A. Valmari, "Stubborn sets for reduced state space generation" (1991); that
//! letting go of a held lock needs no company is R. Lipton's, CACM 18 (1975). The condition on
//! circles is that of R. Kurshan, V. Levin, M. Minea, D. Peled and H. Yenigun, "Static partial
//! order reduction", TACAS 1998.

use super::circles_possible;
use super::footprints::{Ahead, Footprints, too_many_kinds};
use crate::machine::{Machine, Position, State};
use crate::program::{Details, FaultKind, Gauge, Mode, Op, Program, PromiseKind, Start};
use crate::trace::ProcessId;

/// Processes beyond which nothing is left out: a set of them is one word.
const PROCESSES_MAX: usize = 64;

/// Chooses among the steps from a state.
#[derive(Clone, Debug)]
pub(super) struct Reducer {
    footprints: Footprints,
    /// What promises read, as bits of cells: who writes it is not left to himself.
    seen: u64,
    /// What is reused: for each process that stands, what lies ahead of it.
    standing: Vec<Option<(Ahead, bool)>>,
    /// For each process those that may get in the way of its next step.
    in_the_way: Vec<u64>,
}

impl Reducer {
    /// A reducer, if for such a program steps may be left out.
    pub(super) fn new(machine: &Machine) -> Option<Reducer> {
        let program = machine.program();
        let large = machine.layout().processes.len() > PROCESSES_MAX;
        if large || !is_plain(program) || too_many_kinds(machine) {
            return None;
        }
        let footprints = Footprints::new(machine);
        let kinds = |kind| match kind {
            PromiseKind::Always => true,
            // Only ends and circles show whether these hold.
            PromiseKind::Finally => circles_possible(program),
            PromiseKind::Assert => false,
        };
        let promises = program.promises.iter().filter(|promise| kinds(promise.kind));
        let seen = promises.flat_map(|promise| &promise.reads);
        let seen = seen.fold(0, |cells, &shared| cells | footprints.cells_of(shared));
        Some(Reducer { footprints, seen, standing: Vec::new(), in_the_way: Vec::new() })
    }

    /// Of the processes that can move (as bits), fewer that are enough.
    pub(super) fn choose(&mut self, machine: &Machine, state: &State, able: u64) -> Option<u64> {
        if able.count_ones() < 2 {
            return None;
        }
        self.look(machine, state);
        self.fewest(able)
    }

    /// Finds out who may get in whose way.
    fn look(&mut self, machine: &Machine, state: &State) {
        let layout = machine.layout();
        let processes = layout.processes.len();
        self.standing.clear();
        for process in 0..processes as ProcessId {
            let Position::At(pc) = state.position(layout, process) else {
                self.standing.push(None);
                continue;
            };
            let ahead = self.footprints.ahead(process, pc);
            let lets_go = self.footprints.exact && lets_go(machine, state, process, pc);
            self.standing.push(Some((ahead, lets_go)));
        }
        self.in_the_way.clear();
        for (process, standing) in self.standing.iter().enumerate() {
            let Some((next, lets_go)) = standing else {
                self.in_the_way.push(0);
                continue;
            };
            // Nobody can take what is held, so only who does something else with it matters.
            let (held, rest) =
                if *lets_go { (next.own, next.touches & !next.own) } else { (0, next.touches) };
            let writes = next.writes & !held;
            let mut others = 0;
            for (other, standing) in self.standing.iter().enumerate() {
                if let Some((other_ahead, _)) = standing
                    && other != process
                    && (rest & other_ahead.will_write
                        | writes & other_ahead.will_touch
                        | held & other_ahead.will_meddle)
                        != 0
                {
                    others |= 1 << other;
                }
            }
            self.in_the_way.push(others);
        }
    }

    /// The smallest set that is enough by itself, if it is not everybody.
    fn fewest(&self, able: u64) -> Option<u64> {
        let mut best: Option<u64> = None;
        let mut seeds = able;
        while seeds != 0 {
            let seed = seeds.trailing_zeros();
            seeds &= seeds - 1;
            let mut set = 1_u64 << seed;
            let mut open = set;
            while open != 0 {
                let member = open.trailing_zeros();
                open &= open - 1;
                let more = self.in_the_way[member as usize] & !set;
                set |= more;
                open |= more;
            }
            let moving = set & able;
            if moving == able || best.is_some_and(|best| best.count_ones() <= moving.count_ones()) {
                continue;
            }
            if !self.needs_company(moving) {
                best = Some(moving);
                if moving.count_ones() == 1 {
                    break;
                }
            }
        }
        best
    }

    /// True if one of these writes what a promise reads, or stands where circles are closed.
    fn needs_company(&self, processes: u64) -> bool {
        let standing = self.standing.iter().enumerate();
        let chosen = standing.filter(|(process, _)| processes >> process & 1 == 1);
        chosen
            .filter_map(|(_, standing)| standing.as_ref())
            .any(|(next, _)| next.on_every_circle || next.writes & self.seen != 0)
    }
}

/// True where a process is about to let go of what it holds alone.
fn lets_go(machine: &Machine, state: &State, process: ProcessId, pc: u32) -> bool {
    let Op::Release { lock, mode: Mode::Lock | Mode::Write, .. } =
        machine.program().code[pc as usize]
    else {
        return false;
    };
    let target = machine.target(state, process, pc);
    let holds = |target| state.element(machine.layout(), target) == i64::from(process) + 1;
    machine.program().shared[lock as usize].details == Details::None && target.is_some_and(holds)
}

/// True if nothing happens in a program but steps of processes that are there from the start, and
/// every instruction touches what its footprint says and no more.
pub(super) fn is_plain(program: &Program) -> bool {
    let starts = |start: &Start| matches!(start, Start::AtOnce | Start::Again { .. });
    let strikes = |kind: FaultKind| matches!(kind, FaultKind::Crash | FaultKind::Pause);
    let reaches_far = |op: &Op| match op {
        Op::Spawn { .. } | Op::Fork { .. } => true,
        // Reads and changes transactions, which lie with their processes.
        Op::Query { .. } | Op::Begin { .. } => true,
        // Goes on in the step of another.
        Op::Flight { .. } => true,
        // Reads where others stand.
        Op::Gauge { gauge: Gauge::Waiting, .. } => true,
        // May be taken away, or not be waited for any longer.
        Op::Acquire { lock, .. } => matches!(
            program.shared[*lock as usize].details,
            Details::Lease(_) | Details::Semaphore { max_wait: Some(_), .. }
        ),
        // A breaker that begins another period says so to all who are inside.
        Op::Admit { .. } | Op::Report { .. } => true,
        Op::Token { limiter, .. } => {
            program.limiter(*limiter).is_some_and(|limiter| limiter.max_wait.is_some())
        }
        // Takes a permit off whoever has one.
        Op::Release { mode: Mode::Permit, lenient: false, .. } => true,
        _ => false,
    };
    program.classes.iter().all(|class| starts(&class.start))
        && !program.faults.iter().any(|fault| strikes(fault.kind))
        && program.strikes.is_empty()
        && program.channels.is_empty()
        && !program.code.iter().any(reaches_far)
}
