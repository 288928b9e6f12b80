//! Where steps from one state are tried and taken back.

use super::bounds::{Allowed, Cut, allow};
use super::graph::{Did, Followed, Graph, Terminal};
use super::keys::{Change, Sums};
use super::remembered::{Known, Outcome, Remembered};
use super::table::Print;
use crate::machine::{Applied, End, Machine, NoWatch, Position, State};
use crate::program::Pc;
use crate::trace::{Choice, ProcessId};

/// A step that was tried and taken back.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tried {
    pub(super) pick: u32,
    /// Whose step it is, where it is a process's.
    pub(super) process: ProcessId,
    pub(super) print: Print,
    /// Where its writes begin and end among all that were written, or all that is remembered.
    pub(super) written: (u32, u32),
    pub(super) remembered: bool,
    /// Promises to judge again, as bits.
    pub(super) judge: u64,
    pub(super) broke: u64,
    pub(super) did: Did,
}

/// A state whose steps were tried.
#[derive(Clone, Copy, Debug)]
pub(super) struct Trying {
    pub(super) followed: Followed,
    /// Where its steps end among those tried.
    pub(super) steps: usize,
    /// How many states it stands for.
    pub(super) ways: u64,
}

/// What is reused from state to state.
#[derive(Clone, Debug, Default)]
pub(super) struct Room {
    /// The state that steps are tried from.
    pub(super) state: State,
    pub(super) sums: Sums,
    pub(super) judging: State,
    pub(super) tried: Vec<Tried>,
    pub(super) trying: Vec<Trying>,
    /// Words written by steps that were tried: where and what.
    pub(super) written: Vec<(u32, i64)>,
    pub(super) found: Vec<u32>,
    change: Change,
    allowed: Allowed,
}

impl Room {
    /// Tries everything that may happen within the bounds; true if something was withheld that
    /// would go on by itself.
    pub(super) fn take_all(&mut self, graph: &mut Graph, judged: u64) -> bool {
        let mut allowed = std::mem::take(&mut self.allowed);
        allow(&graph.machine, &self.state, &mut graph.withheld, &mut allowed);
        self.state.begin_trial();
        for &(pick, choice) in &allowed.choices {
            self.take(graph, judged, pick, choice);
        }
        self.state.end_trial();
        let cut = allowed.cut.timers || allowed.cut.arrivals;
        self.allowed = allowed;
        cut
    }

    /// As [`Room::take_all`], where nothing happens but steps, most of which were taken before.
    pub(super) fn take_steps(&mut self, graph: &Graph, judged: u64, remembered: &mut Remembered) {
        let machine = &graph.machine;
        let mut pick = 0;
        for process in 0..machine.layout().processes.len() as ProcessId {
            let Position::At(pc) = self.state.position(machine.layout(), process) else { continue };
            let known = match remembered.find(machine, &self.state, process, pc) {
                Known::Outcomes(outcomes) => outcomes,
                Known::New => {
                    let first = remembered.next_outcome();
                    self.take_new(graph, judged, process, pc, remembered);
                    remembered.close(first);
                    first..remembered.next_outcome()
                }
                Known::Never => {
                    self.state.begin_trial();
                    for outcome in 0..possible(machine, &self.state, process, pc) {
                        pick += 1;
                        self.take(graph, judged, pick, Choice::Step { process, outcome });
                    }
                    self.state.end_trial();
                    continue;
                }
            };
            if machine.is_checking() {
                self.hold_to(graph, process, pc, remembered, known.clone());
            }
            for outcome in known {
                let Outcome { writes, change, judge, broke, did } = remembered.outcome(outcome);
                pick += 1;
                self.tried.push(Tried {
                    pick,
                    process,
                    print: graph.keys.print_after(&self.sums, change),
                    written: (writes.start, writes.end),
                    remembered: true,
                    judge: *judge,
                    broke: *broke,
                    did: *did,
                });
            }
        }
    }

    /// Keeps of the steps tried, from one on, only those of some processes (as bits).
    pub(super) fn keep(&mut self, from: usize, processes: u64) {
        let mut kept = from;
        for at in from..self.tried.len() {
            if processes >> self.tried[at].process & 1 == 1 {
                self.tried[kept] = self.tried[at];
                kept += 1;
            }
        }
        self.tried.truncate(kept);
    }

    /// How the run ends, nothing being possible.
    pub(super) fn terminal(&mut self, graph: &mut Graph) -> Terminal {
        allow(&graph.machine, &self.state, &mut graph.withheld, &mut self.allowed);
        terminal_of(&graph.machine, &self.state, self.allowed.cut)
    }

    fn take(&mut self, graph: &Graph, judged: u64, pick: u32, choice: Choice) {
        let begin = self.written.len() as u32;
        let applied = self.perform(graph, choice);
        let process = match choice {
            Choice::Step { process, .. } => process,
            _ => 0,
        };
        self.tried.push(Tried {
            pick,
            process,
            print: graph.keys.print_after(&self.sums, &self.change),
            written: (begin, self.written.len() as u32),
            remembered: false,
            judge: applied.judge & judged,
            broke: applied.broke,
            did: did(applied),
        });
    }

    /// Takes a step and takes it back: what it wrote goes to `written`, how it changes sums to
    /// `change`.
    fn perform(&mut self, graph: &Graph, choice: Choice) -> Applied {
        let Room { state, change, written, .. } = self;
        let identity = graph.machine.layout().identity;
        let applied = graph.machine.apply(state, choice, &mut NoWatch);
        change.clear();
        state.take_back_telling(|at, old, new| {
            graph.keys.write(change, at, old, new);
            if at < identity {
                written.push((at as u32, new));
            }
        });
        applied
    }

    /// Performs a step that was never taken before in such a situation, and remembers it.
    fn take_new(
        &mut self,
        graph: &Graph,
        judged: u64,
        process: ProcessId,
        pc: Pc,
        remembered: &mut Remembered,
    ) {
        self.state.begin_trial();
        for outcome in 0..possible(&graph.machine, &self.state, process, pc) {
            let written = self.written.len();
            let applied = self.perform(graph, Choice::Step { process, outcome });
            let begin = remembered.writes.len() as u32;
            remembered.writes.extend(self.written.drain(written..));
            remembered.add(Outcome {
                writes: begin..remembered.writes.len() as u32,
                change: self.change.clone(),
                judge: applied.judge & judged,
                broke: applied.broke,
                did: did(applied),
            });
        }
        self.state.end_trial();
    }

    /// Compares what is remembered with what really happens.
    ///
    /// # Panics
    /// Where they differ: a step depends on more than its footprint says.
    fn hold_to(
        &mut self,
        graph: &Graph,
        process: ProcessId,
        pc: Pc,
        remembered: &Remembered,
        known: std::ops::Range<u32>,
    ) {
        let machine = &graph.machine;
        let real = possible(machine, &self.state, process, pc);
        assert_eq!(known.len() as u32, real, "what is possible at {pc} depends on more");
        self.state.begin_trial();
        for (outcome, known) in known.enumerate() {
            let written = self.written.len();
            let applied = self.perform(graph, Choice::Step { process, outcome: outcome as u32 });
            let known = remembered.outcome(known);
            let writes = &remembered.writes[known.writes.start as usize..known.writes.end as usize];
            assert_eq!(&self.written[written..], writes, "what {pc} writes depends on more");
            assert_eq!(did(applied), known.did, "what {pc} does depends on more");
            self.written.truncate(written);
        }
        self.state.end_trial();
    }
}

/// How many outcomes the next step of a process has; none where it is not possible.
fn possible(machine: &Machine, state: &State, process: ProcessId, pc: Pc) -> u32 {
    match machine.standing_of(state, process) {
        Some(standing) if standing.blocked.is_none() => machine.outcomes(state, process, pc),
        _ => 0,
    }
}

fn did(applied: Applied) -> Did {
    let bits = [
        (applied.counted, Did::COUNTED),
        (applied.counted_on, Did::COUNTED_ON),
        (applied.progressed, Did::PROGRESSED),
        (applied.broke != 0, Did::BROKE),
    ];
    Did(bits.into_iter().filter(|(is, _)| *is).fold(0, |all, (_, bit)| all | bit))
}

/// How a run ends in a state where nothing is let happen.
pub(super) fn terminal_of(machine: &Machine, state: &State, cut: Cut) -> Terminal {
    match machine.end_without_choices(state) {
        End::Complete | End::Idle => Terminal::Complete,
        End::Deadlock(_) | End::Stuck(_) if cut.timers => Terminal::CutOff,
        End::Deadlock(_) => Terminal::Deadlock,
        End::Stuck(_) if cut.arrivals => Terminal::CutOff,
        End::Stuck(_) => Terminal::Stuck,
        End::Endless(_) => Terminal::Endless,
        End::Full(_) => Terminal::Full,
    }
}
