//! One moment of a run with everything a view needs to know of the past, and how a step leads to
//! the next moment.

use crate::base::Fingerprint;
use crate::drive::Timing;
use crate::machine::{Choice, Machine, State, Watch, promise_bit};
use crate::program::{Op, Pc, PromiseKind};
use crate::trace::{Cause, Event, Fact, ProcessId, StepNumber, Target};
use std::collections::BTreeMap;

/// Where a register's value was read, if it is a plain copy of something shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Source {
    pub(super) target: Target,
    pub(super) value: i64,
    pub(super) step: StepNumber,
}

/// The last value of a register, kept for display after the machine has cleared it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shadow {
    pub(super) value: i64,
    pub(super) set_at: Pc,
    pub(super) source: Option<Source>,
}

/// What is remembered of one process.
#[derive(Clone, Debug, Default)]
pub(super) struct Memory {
    pub(super) shadows: Vec<Option<Shadow>>,
    /// For each instruction it has passed, its last step there (0: before its first).
    pub(super) passed: BTreeMap<Pc, StepNumber>,
    /// Its last step.
    pub(super) last: StepNumber,
    /// The last instruction it passed.
    pub(super) last_pc: Pc,
}

/// A moment: cheap enough to copy now and then.
#[derive(Clone, Debug)]
pub(super) struct Moment {
    pub(super) state: State,
    pub(super) timing: Timing,
    pub(super) memory: Vec<Memory>,
    /// Who last wrote an element, and in which step.
    pub(super) writers: BTreeMap<Target, (ProcessId, StepNumber)>,
    /// For each `always`, the step that broke it.
    pub(super) broken: Vec<Option<StepNumber>>,
    pub(super) step: StepNumber,
    pub(super) fingerprint: Fingerprint,
}

/// The version of what goes into a run's fingerprint.
const FINGERPRINT_FORMAT: u32 = 1;

impl Moment {
    /// The start of a run.
    pub(super) fn start(machine: &Machine, text: &str, seed: u64) -> Moment {
        let processes = &machine.layout().processes;
        let mut memory: Vec<Memory> = processes
            .iter()
            .map(|slot| Memory {
                shadows: vec![None; slot.registers as usize],
                ..Memory::default()
            })
            .collect();
        let mut fingerprint = Fingerprint::new(FINGERPRINT_FORMAT);
        fingerprint.text(&text.replace("\r\n", "\n"));
        for (name, value) in &machine.program().settings {
            fingerprint.text(name).text(value);
        }
        fingerprint.number(seed as i64);
        let mut timing = Timing::new(processes.len());
        let mut recorder =
            Recorder { machine, memory: &mut memory, timing: &mut timing, step: 0, facts: vec![] };
        let state = machine.start(&mut recorder);
        let facts = std::mem::take(&mut recorder.facts);
        let broken = vec![None; machine.program().promises.len()];
        let writers = BTreeMap::new();
        let mut moment = Moment { state, timing, memory, writers, broken, step: 0, fingerprint };
        for (process, fact) in &facts {
            fingerprint_fact(&mut moment.fingerprint, *process, fact);
        }
        moment.judge(machine, u64::MAX);
        moment
    }

    /// Takes one step; gives what happened and the promises it broke.
    pub(super) fn apply(
        &mut self,
        machine: &Machine,
        choice: Choice,
        pick: u32,
    ) -> (Event, Vec<u32>) {
        self.step += 1;
        let process = choice.process;
        self.timing.moves(process);
        let own = self.memory[process as usize].last;
        let pc = match self.state.position(machine.layout(), process) {
            crate::machine::Position::At(pc) => pc,
            other => unreachable!("a process that moves stands somewhere, not at {other:?}"),
        };
        let mut recorder = Recorder {
            machine,
            memory: &mut self.memory,
            timing: &mut self.timing,
            step: self.step,
            facts: vec![],
        };
        let applied = machine.apply(&mut self.state, choice, &mut recorder);
        let facts: Vec<Fact> = recorder.facts.into_iter().map(|(_, fact)| fact).collect();
        self.memory[process as usize].last = self.step;
        let cause = Cause { own, other: self.met(process, &facts) };
        self.remember_writes(process, &facts);
        self.fingerprint.number(i64::from(pick)).number(self.timing.now() as i64);
        for fact in &facts {
            fingerprint_fact(&mut self.fingerprint, process, fact);
        }
        let broke = self.judge(machine, applied.judge);
        (Event { process, pick, at: self.timing.now(), pc, cause, facts }, broke)
    }

    /// The last step of another process whose effect these facts met.
    fn met(&self, process: ProcessId, facts: &[Fact]) -> Option<StepNumber> {
        facts
            .iter()
            .filter_map(|fact| match fact {
                Fact::Read { target, .. } | Fact::Wrote { target, .. } | Fact::Took { target } => {
                    self.writers.get(target)
                }
                _ => None,
            })
            .filter(|(writer, _)| *writer != process)
            .map(|(_, step)| *step)
            .max()
    }

    fn remember_writes(&mut self, process: ProcessId, facts: &[Fact]) {
        for fact in facts {
            match fact {
                Fact::Wrote { target, .. } | Fact::Took { target } | Fact::LetGo { target } => {
                    self.writers.insert(*target, (process, self.step));
                }
                _ => {}
            }
        }
    }

    fn judge(&mut self, machine: &Machine, bits: u64) -> Vec<u32> {
        let mut broke = Vec::new();
        for (index, promise) in machine.program().promises.iter().enumerate() {
            if promise.kind == PromiseKind::Always
                && self.broken[index].is_none()
                && bits & promise_bit(index) != 0
                && machine.judge(index, &self.state) != Ok(true)
            {
                self.broken[index] = Some(self.step);
                broke.push(index as u32);
            }
        }
        broke
    }
}

/// How many facts of one step are kept: an `atomic` step may touch things a hundred thousand times,
/// and nobody reads that.
const STEP_FACTS_MAX: usize = 1_000;

/// Facts of which a step can have any number.
fn touches(fact: &Fact) -> bool {
    !matches!(fact, Fact::Ended | Fact::Failed { .. } | Fact::Endless)
}

struct Recorder<'a> {
    machine: &'a Machine,
    memory: &'a mut Vec<Memory>,
    timing: &'a mut Timing,
    step: StepNumber,
    facts: Vec<(ProcessId, Fact)>,
}

impl Watch for Recorder<'_> {
    fn fact(&mut self, process: ProcessId, fact: Fact) {
        if let Fact::Local { register, value, pc } = fact {
            let source = self.source(process, pc);
            self.memory[process as usize].shadows[register as usize] =
                Some(Shadow { value, set_at: pc, source });
        } else if self.facts.len() < STEP_FACTS_MAX || !touches(&fact) {
            self.facts.push((process, fact));
        }
    }

    fn passes(&mut self, process: ProcessId, pc: Pc) {
        let memory = &mut self.memory[process as usize];
        memory.passed.insert(pc, self.step);
        memory.last_pc = pc;
    }

    fn stands(&mut self, process: ProcessId, _: Pc, time: i64) {
        self.timing.stands(process, time);
    }
}

impl Recorder<'_> {
    fn source(&self, process: ProcessId, pc: Pc) -> Option<Source> {
        match self.machine.program().code[pc as usize] {
            Op::Read { .. } => match self.facts.last()? {
                (_, Fact::Read { target, value }) => {
                    Some(Source { target: *target, value: *value, step: self.step })
                }
                _ => None,
            },
            Op::Copy { from, .. } => {
                self.memory[process as usize].shadows[from as usize].and_then(|from| from.source)
            }
            _ => None,
        }
    }
}

/// Takes a fact into a run's name. Each kind has its number; they may only be added to.
fn fingerprint_fact(fingerprint: &mut Fingerprint, process: ProcessId, fact: &Fact) {
    let mut take = |kind: i64, target: Target, values: [i64; 2]| {
        fingerprint
            .number(kind)
            .number(i64::from(process))
            .number(i64::from(target.shared))
            .number(i64::from(target.element))
            .number(values[0])
            .number(values[1]);
    };
    let nothing = Target { shared: 0, element: 0 };
    match *fact {
        Fact::Read { target, value } => take(1, target, [value, 0]),
        Fact::Wrote { target, old, new } => take(2, target, [old, new]),
        Fact::Took { target } => take(3, target, [0, 0]),
        Fact::LetGo { target } => take(4, target, [0, 0]),
        Fact::Paused { time, busy } => take(5, nothing, [time, i64::from(busy)]),
        Fact::Counted { target, old, new } => take(6, target, [old, new]),
        Fact::AtomicBegan => take(7, nothing, [0, 0]),
        Fact::Ended => take(8, nothing, [0, 0]),
        Fact::Failed { error } => take(9, nothing, [error.code(), 0]),
        Fact::Endless => take(10, nothing, [0, 0]),
        Fact::Local { .. } => {}
    }
}
