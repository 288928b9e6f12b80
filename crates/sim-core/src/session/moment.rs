//! One moment of a run with everything a view needs to know of the past, and how a step leads to
//! the next moment.

use super::health::is_wait;
use super::ledger::Ledger;
use super::letters::Letters;
pub(super) use super::memory::{Memory, Shadow, Source};
use super::met::{brought, changed, is_of_nobody, met_at};
use super::tales::Tales;
use crate::base::{Fingerprint, Kept, Paged};
use crate::drive::Clock;
use crate::machine::{Machine, Pace, Position, State, Stay, Watch, promise_bit};
use crate::measure::Meter;
use crate::program::{Op, Pc, PromiseKind};
use crate::trace::{
    Cause, Choice, Event, Fact, Outage, ProcessId, ServiceFact, StepNumber, Target, Traffic,
};
use std::collections::BTreeMap;

/// A moment of a run.
#[derive(Clone, Debug)]
pub(super) struct Moment {
    pub(super) state: State,
    pub(super) clock: Clock,
    pub(super) memory: Paged<Memory>,
    /// Who last wrote an element, and in which step.
    pub(super) writers: BTreeMap<Target, (ProcessId, StepNumber)>,
    /// For each `always` and `assert`, the step that broke it first.
    pub(super) broken: Vec<Option<StepNumber>>,
    pub(super) letters: Letters,
    pub(super) ledger: Ledger,
    pub(super) tales: Tales,
    pub(super) step: StepNumber,
    pub(super) fingerprint: Fingerprint,
    /// Who came to stand before something in the last step.
    pub(super) before: Vec<ProcessId>,
}

/// A moment put away: it shares what has not changed with the one put away before.
#[derive(Clone, Debug)]
pub(super) struct Snapshot {
    words: Kept,
    clock: Clock,
    memory: Paged<Memory>,
    writers: BTreeMap<Target, (ProcessId, StepNumber)>,
    broken: Vec<Option<StepNumber>>,
    letters: Letters,
    ledger: Ledger,
    tales: Tales,
    step: StepNumber,
    fingerprint: Fingerprint,
}

/// The version of what goes into a run's fingerprint.
const FINGERPRINT_FORMAT: u32 = 2;

impl Snapshot {
    /// After how many steps it was taken.
    pub(super) fn step(&self) -> StepNumber {
        self.step
    }
}

impl Moment {
    /// The start of a run.
    pub(super) fn start(machine: &Machine, text: &str, seed: u64) -> Moment {
        let fingerprint = first_fingerprint(machine, text, seed);
        let mut moment = Moment {
            state: State::default(),
            clock: Clock::new(machine, seed),
            memory: Paged::new(&Memory::default(), machine.layout().processes.len()),
            writers: BTreeMap::new(),
            broken: vec![None; machine.program().promises.len()],
            letters: Letters::default(),
            ledger: Ledger::default(),
            tales: Tales::default(),
            step: 0,
            fingerprint,
            before: Vec::new(),
        };
        let mut recorder = Recorder::new(machine, &mut moment.memory, &mut moment.clock, 0);
        moment.state = machine.start(&mut recorder);
        let facts = recorder.facts;
        moment.clock.begin(machine, &moment.state);
        moment.ledger.take(machine.program(), &facts, 0);
        moment.tell_sagas(machine, &facts);
        for (process, fact) in &facts {
            fingerprint_fact(&mut moment.fingerprint, *process, fact);
        }
        let asserts = facts.iter().filter_map(|(_, fact)| match fact {
            Fact::AssertBroke { promise } => Some(promise_bit(*promise as usize)),
            _ => None,
        });
        moment.judge(machine, u64::MAX, asserts.fold(0, |all, bit| all | bit));
        moment
    }

    pub(super) fn put_away(&self, before: Option<&Snapshot>) -> Snapshot {
        Snapshot {
            words: Kept::new(self.state.words(), before.map(|before| &before.words)),
            clock: self.clock.clone(),
            memory: self.memory.clone(),
            writers: self.writers.clone(),
            broken: self.broken.clone(),
            letters: self.letters.clone(),
            ledger: self.ledger.clone(),
            tales: self.tales.clone(),
            step: self.step,
            fingerprint: self.fingerprint.clone(),
        }
    }

    pub(super) fn take_out(kept: &Snapshot) -> Moment {
        Moment {
            state: State::from_words(kept.words.words()),
            clock: kept.clock.clone(),
            memory: kept.memory.clone(),
            writers: kept.writers.clone(),
            broken: kept.broken.clone(),
            letters: kept.letters.clone(),
            ledger: kept.ledger.clone(),
            tales: kept.tales.clone(),
            step: kept.step,
            fingerprint: kept.fingerprint.clone(),
            before: Vec::new(),
        }
    }

    /// Takes one step, measured by a meter if there is one; gives what happened and the promises it
    /// broke.
    pub(super) fn apply(
        &mut self,
        machine: &Machine,
        choice: Choice,
        pick: u32,
        mut meter: Option<&mut Meter>,
    ) -> (Event, Vec<u32>) {
        self.step += 1;
        let process = machine.actor(&self.state, choice).unwrap_or(0);
        self.clock.moves(machine, &self.state, choice);
        let memory = self.memory.get(process as usize);
        let (own, stay) = (memory.last, memory.stay);
        let pc = match self.state.position(machine.layout(), process) {
            Position::At(pc) => Some(pc),
            _ => None,
        };
        if let Some(meter) = &mut meter {
            meter.moves(self.clock.now());
        }
        let mut recorder = Recorder::new(machine, &mut self.memory, &mut self.clock, self.step);
        recorder.meter = meter.as_deref_mut();
        recorder.before = std::mem::take(&mut self.before);
        recorder.before.clear();
        let applied = machine.apply(&mut self.state, choice, &mut recorder);
        let Recorder { facts, before, .. } = recorder;
        self.before = before;
        if let Some(meter) = meter {
            meter.settle(machine, &self.state);
        }
        self.clock.settle(machine, &self.state);
        self.clock.happened(machine, &self.state, choice);
        let letters = self.letters.known(machine.program(), &facts);
        let own = if is_of_nobody(choice) {
            0
        } else {
            self.memory.get_mut(process as usize).last = self.step;
            own
        };
        let brought = brought(&letters, &facts).filter(|&step| step != own);
        let cause = Cause { own, other: brought.or_else(|| self.met(process, &facts)) };
        self.remember_writes(process, &facts);
        let at = self.clock.now();
        self.letters.take(&letters, &facts, self.step, at);
        self.ledger.take(machine.program(), &facts, self.step);
        self.tell_sagas(machine, &facts);
        fingerprint_choice(&mut self.fingerprint, choice);
        self.fingerprint.number(at as i64);
        for (process, fact) in &facts {
            fingerprint_fact(&mut self.fingerprint, *process, fact);
        }
        let broke = self.judge(machine, applied.judge, applied.broke);
        let number = self.state.number(machine.layout(), process);
        let event = Event { choice, process, number, pick, at, pc, stay, cause, facts, letters };
        (event, broke)
    }

    fn tell_sagas(&mut self, machine: &Machine, facts: &[(ProcessId, Fact)]) {
        let state = &self.state;
        let number = |process| state.number(machine.layout(), process);
        self.tales.take(machine.program(), facts, self.step, &number);
    }

    /// The last step of another process whose effect these facts met.
    fn met(&self, process: ProcessId, facts: &[(ProcessId, Fact)]) -> Option<StepNumber> {
        facts
            .iter()
            .filter_map(|(_, fact)| met_at(fact).and_then(|target| self.writers.get(&target)))
            .filter(|(writer, _)| *writer != process)
            .map(|(_, step)| *step)
            .max()
            .max(self.ledger.met(process, facts))
    }

    fn remember_writes(&mut self, process: ProcessId, facts: &[(ProcessId, Fact)]) {
        for (_, fact) in facts {
            if let Some(target) = changed(fact) {
                self.writers.insert(target, (process, self.step));
            }
        }
    }

    fn judge(&mut self, machine: &Machine, bits: u64, asserts: u64) -> Vec<u32> {
        let mut broke = Vec::new();
        if bits == 0 && asserts == 0 {
            return broke;
        }
        for (index, promise) in machine.program().promises.iter().enumerate() {
            let breaks = match promise.kind {
                _ if self.broken[index].is_some() => false,
                PromiseKind::Assert => asserts & promise_bit(index) != 0,
                PromiseKind::Always => {
                    bits & promise_bit(index) != 0 && machine.judge(index, &self.state) != Ok(true)
                }
                PromiseKind::Finally => false,
            };
            if breaks {
                self.broken[index] = Some(self.step);
                broke.push(index as u32);
            }
        }
        broke
    }
}

/// How many facts of one step are kept: an `atomic` step may touch things a hundred thousand times,
/// and nobody reads that.
pub(super) const STEP_FACTS_MAX: usize = 300;

/// Facts of which a step can have any number.
pub(super) fn is_many(fact: &Fact) -> bool {
    !matches!(
        fact,
        Fact::Ended | Fact::Failed { .. } | Fact::Endless | Fact::Full | Fact::AssertBroke { .. }
    )
}

pub(super) struct Recorder<'a> {
    machine: &'a Machine,
    memory: &'a mut Paged<Memory>,
    clock: &'a mut Clock,
    step: StepNumber,
    meter: Option<&'a mut Meter>,
    pub(super) facts: Vec<(ProcessId, Fact)>,
    before: Vec<ProcessId>,
}

impl<'a> Recorder<'a> {
    fn new(
        machine: &'a Machine,
        memory: &'a mut Paged<Memory>,
        clock: &'a mut Clock,
        step: StepNumber,
    ) -> Self {
        let (facts, before) = (Vec::new(), Vec::new());
        Recorder { machine, memory, clock, step, meter: None, facts, before }
    }

    fn source(&self, process: ProcessId, pc: Pc) -> Option<Source> {
        match self.machine.program().code[pc as usize] {
            Op::Read { .. } => match self.facts.last()? {
                (_, Fact::Read { target, value }) => {
                    Some(Source { target: *target, value: *value, step: self.step })
                }
                _ => None,
            },
            Op::Copy { from, .. } => {
                let shadows = &self.memory.get(process as usize).shadows;
                shadows.get(from as usize).copied().flatten().and_then(|from| from.source)
            }
            _ => None,
        }
    }
}

impl Watch for Recorder<'_> {
    fn fact(&mut self, process: ProcessId, fact: Fact) {
        if let Fact::Local { register, value, pc } = fact {
            let source = self.source(process, pc);
            let slot = self.machine.layout().processes[process as usize];
            let memory = self.memory.get_mut(process as usize);
            if memory.shadows.is_empty() {
                memory.shadows = vec![None; slot.registers as usize];
            }
            memory.shadows[register as usize] = Some(Shadow { value, set_at: pc, source });
            return;
        }
        let mut fact = fact;
        if let Fact::HeldBack { message, until, .. } = &mut fact {
            *until = self.clock.arrives_at(*message).unwrap_or(0);
        }
        self.clock.ear(self.machine).fact(process, fact);
        if let Some(meter) = &mut self.meter {
            meter.hear(process, &fact);
        }
        if let Fact::Began { .. } = fact {
            *self.memory.get_mut(process as usize) = Memory::default();
        }
        if self.facts.len() < STEP_FACTS_MAX || !is_many(&fact) {
            self.facts.push((process, fact));
        }
    }

    fn passes(&mut self, process: ProcessId, pc: Pc) {
        self.clock.ear(self.machine).passes(process, pc);
        let class = self.machine.layout().processes[process as usize].class;
        let code = &self.machine.program().classes[class as usize].code;
        let memory = self.memory.get_mut(process as usize);
        if memory.passed.is_empty() {
            memory.passed = vec![0; code.len()];
        }
        memory.passed[(pc - code.start) as usize] = self.step + 1;
        memory.last_pc = pc;
    }

    fn stands(&mut self, process: ProcessId, pc: Pc, stay: Stay, pace: Pace) {
        self.clock.ear(self.machine).stands(process, pc, stay, pace);
        if let Some(meter) = &mut self.meter {
            meter.stands(self.machine.program(), process, pc);
        }
        let stay = self.clock.due(process) - self.clock.now();
        let waits = is_wait(&self.machine.program().code[pc as usize]);
        let waits = waits.then(|| (self.clock.now(), self.step));
        if waits.is_some() {
            self.before.push(process);
        }
        let memory = self.memory.get(process as usize);
        if memory.stay != stay || memory.waits != waits {
            let memory = self.memory.get_mut(process as usize);
            (memory.stay, memory.waits) = (stay, waits);
        }
    }

    fn arms(&mut self, process: ProcessId, timer: u16, time: i64) {
        self.clock.ear(self.machine).arms(process, timer, time);
        let armed = &mut self.memory.get_mut(process as usize).armed;
        armed.truncate(timer as usize);
        armed.resize(timer as usize, 0);
        armed.push(time.max(0) as u64);
    }

    fn retries(&mut self, process: ProcessId, slot: u16) {
        self.clock.ear(self.machine).retries(process, slot);
    }

    fn tries_again(&mut self, process: ProcessId) {
        if let Some(meter) = &mut self.meter {
            meter.tries_again(process);
        }
    }
}

/// A run's name before it begins.
pub(super) fn first_fingerprint(machine: &Machine, text: &str, seed: u64) -> Fingerprint {
    let mut fingerprint = Fingerprint::new(FINGERPRINT_FORMAT);
    fingerprint.text(&text.replace("\r\n", "\n"));
    for (name, value) in &machine.program().settings {
        fingerprint.text(name).text(value);
    }
    fingerprint.number(seed as i64);
    fingerprint
}

/// Takes what was picked into a run's name.
pub(super) fn fingerprint_choice(fingerprint: &mut Fingerprint, choice: Choice) {
    let [kind, one, two] = match choice {
        Choice::Step { process, outcome } => [1, process, outcome],
        Choice::Arrive { class } => [2, class, 0],
        Choice::TimeOut { process, timer } => [3, process, u32::from(timer)],
        Choice::WaitOver { process } => [4, process, 0],
        Choice::Expire { lock } => [5, lock.shared, lock.element],
        Choice::Strike { fault, process } => [6, fault, process],
        Choice::Lift { process } => [7, process, 0],
        Choice::Traffic(Traffic::Deliver { link, message }) => [8, link, message],
        Choice::Traffic(Traffic::Lose { link, message }) => [9, link, message],
        Choice::Traffic(Traffic::Double { at, message }) => {
            [10, at.shared << 16 | at.element, message]
        }
        Choice::Traffic(Traffic::Reappear { process, slot }) => [11, process, u32::from(slot)],
        Choice::Traffic(Traffic::Ready { queue, message }) => {
            [12, queue.shared << 16 | queue.element, message]
        }
        Choice::Traffic(Traffic::Rebalance { group }) => [13, group, 0],
        Choice::Traffic(Traffic::Cut { fault }) => [14, fault, 0],
        Choice::Traffic(Traffic::Heal { fault }) => [15, fault, 0],
        Choice::Traffic(Traffic::Hold { link, message }) => [16, link, message],
        Choice::Outage(Outage::Strike { fault, replica }) => {
            [17, fault, replica.shared << 16 | replica.element]
        }
        Choice::Outage(Outage::Lift { replica }) => [18, replica.shared, replica.element],
        Choice::Outage(Outage::Ready { replica }) => [19, replica.shared, replica.element],
        Choice::Replicate { database, copy } => [20, database, copy],
    };
    for number in [kind, one, two] {
        fingerprint.number(i64::from(number));
    }
}

/// Takes a fact into a run's name. Each kind has its number; they may only be added to.
pub(super) fn fingerprint_fact(fingerprint: &mut Fingerprint, process: ProcessId, fact: &Fact) {
    let nothing = Target { shared: 0, element: 0 };
    let whole = |shared| Target { shared, element: 0 };
    let (kind, target, values): (i64, Target, [i64; 3]) = match *fact {
        Fact::Local { .. } => return,
        Fact::Read { target, value } => (1, target, [value, 0, 0]),
        Fact::Wrote { target, old, new } => (2, target, [old, new, 0]),
        Fact::Took { target, mode, token } => (3, target, [mode as i64, token.unwrap_or(0), 0]),
        Fact::LetGo { target, mode } => (4, target, [mode as i64, 0, 0]),
        Fact::Paused { time, busy } => (5, nothing, [time.unwrap_or(-1), i64::from(busy), 0]),
        Fact::Counted { target, old, new } => (6, target, [old, new, 0]),
        Fact::AtomicBegan => (7, nothing, [0; 3]),
        Fact::Ended => (8, nothing, [0; 3]),
        Fact::Failed { error } => (9, nothing, [error.code(), 0, 0]),
        Fact::Endless => (10, nothing, [0; 3]),
        Fact::TurnedAway { target } => (11, target, [0; 3]),
        Fact::LetGoLate { target } => (12, target, [0; 3]),
        Fact::FellAsleep { condition } => (13, condition, [0; 3]),
        Fact::Signalled { condition } => (14, condition, [0; 3]),
        Fact::Woke { process } => (15, nothing, [i64::from(process), 0, 0]),
        Fact::Passed { condition } => (16, nothing, [i64::from(condition), 0, 0]),
        Fact::ReadKey { target, key, value } => (17, target, [key, value, 0]),
        Fact::WroteKey { target, key, old, new } => (18, target, [key, old, new]),
        Fact::Gauged { target, gauge, value } => (19, target, [gauge as i64, value, 0]),
        Fact::AskedMine { target, mine } => (20, target, [i64::from(mine), 0, 0]),
        Fact::Drew { value, .. } => (21, nothing, [value, 0, 0]),
        Fact::Thought { leaves } => (22, nothing, [i64::from(leaves), 0, 0]),
        Fact::BackedOff => (23, nothing, [0; 3]),
        Fact::Raised { error } => (24, nothing, [error.code(), 0, 0]),
        Fact::Said { text, .. } => (25, nothing, [i64::from(text), 0, 0]),
        Fact::Hole { value } => (26, nothing, [i64::from(value.is_some()), value.unwrap_or(0), 0]),
        Fact::AssertBroke { promise } => (27, nothing, [i64::from(promise), 0, 0]),
        Fact::Outcome { label } => (28, nothing, [i64::from(label), 0, 0]),
        Fact::Recorded { measure, value } => (29, nothing, [i64::from(measure), value, 0]),
        Fact::Spawned { process } => (30, nothing, [i64::from(process), 0, 0]),
        Fact::Began { number } => (31, nothing, [i64::from(number), 0, 0]),
        Fact::PassEnded => (32, nothing, [0; 3]),
        Fact::TimedOut => (33, nothing, [0; 3]),
        Fact::Expired { target } => (34, target, [0; 3]),
        Fact::Crashed => (35, nothing, [0; 3]),
        Fact::Stopped => (36, nothing, [0; 3]),
        Fact::Resumed => (37, nothing, [0; 3]),
        Fact::Full => (38, nothing, [0; 3]),
        Fact::Sent { target, message } => (39, target, [i64::from(message), 0, 0]),
        Fact::Field { value } => (40, nothing, [value, 0, 0]),
        Fact::OnLink { link, target, message } => {
            (41, target, [i64::from(message), i64::from(link), 0])
        }
        Fact::Arrived { link, target, message } => {
            (42, target, [i64::from(message), i64::from(link), 0])
        }
        Fact::Lost { link, message } => (43, whole(link), [i64::from(message), 0, 0]),
        Fact::Doubled { target, message, copy } => {
            (44, target, [i64::from(message), i64::from(copy), 0])
        }
        Fact::Accepted { target, message } => (45, target, [i64::from(message), 0, 0]),
        Fact::Appended { target, message, partition, offset } => {
            (46, target, [i64::from(message), i64::from(partition), offset])
        }
        Fact::Refused { target, message } => (47, target, [i64::from(message), 0, 0]),
        Fact::Dropped { target, message } => (48, target, [i64::from(message), 0, 0]),
        Fact::Delivered { target, message, attempt, slot } => {
            let slot = slot.map_or(-1, i64::from);
            (49, target, [i64::from(message), i64::from(attempt), slot])
        }
        Fact::Followed { target, message, offset } => (50, target, [i64::from(message), offset, 0]),
        Fact::Acked { target, message } => (51, target, [i64::from(message), 0, 0]),
        Fact::LateAck { target, message } => (52, target, [i64::from(message), 0, 0]),
        Fact::Nacked { target, message } => (53, target, [i64::from(message), 0, 0]),
        Fact::Reappeared { target, message } => (54, target, [i64::from(message), 0, 0]),
        Fact::Returned { target, message } => (55, target, [i64::from(message), 0, 0]),
        Fact::Delayed { target, message, time, attempts } => {
            (56, target, [i64::from(message), time.unwrap_or(-1), i64::from(attempts)])
        }
        Fact::Readied { target, message } => (57, target, [i64::from(message), 0, 0]),
        Fact::Dead { target, message } => (58, target, [i64::from(message), 0, 0]),
        Fact::Committed { target, partition, offset } => {
            (59, target, [i64::from(partition), offset, 0])
        }
        Fact::Rebalanced { target } => (60, target, [0; 3]),
        Fact::PassFailed { error } => (61, nothing, [error.code(), 0, 0]),
        Fact::LinkCut { link } => (62, whole(link), [0; 3]),
        Fact::LinkHealed { link } => (63, whole(link), [0; 3]),
        Fact::Unreachable { target } => (64, target, [0; 3]),
        Fact::HeldBack { link, message, until } => {
            (65, whole(link), [i64::from(message), until as i64, 0])
        }
        Fact::Service(ServiceFact::Called { target, request, handler, travels }) => {
            (66, target, [i64::from(request), i64::from(handler), i64::from(travels)])
        }
        Fact::Service(ServiceFact::CallArrived { target }) => (67, target, [0; 3]),
        Fact::Service(ServiceFact::CallLost { target }) => (68, target, [0; 3]),
        Fact::Service(ServiceFact::CallDoubled { request }) => {
            (69, nothing, [i64::from(request), 0, 0])
        }
        Fact::Service(ServiceFact::NotLetIn { target, error }) => {
            (70, target, [error.code(), 0, 0])
        }
        Fact::Service(ServiceFact::Entered { target }) => (71, target, [0; 3]),
        Fact::Service(ServiceFact::Computes { target }) => (72, target, [0; 3]),
        Fact::Service(ServiceFact::Computed { target }) => (73, target, [0; 3]),
        Fact::Service(ServiceFact::Replied { target, error }) => {
            (74, target, [error.map_or(-1, |error| error.code()), 0, 0])
        }
        Fact::Service(ServiceFact::Answered { target, caller }) => {
            (75, target, [i64::from(caller), 0, 0])
        }
        Fact::Service(ServiceFact::AnsweredLate { target }) => (76, target, [0; 3]),
        Fact::Service(ServiceFact::AnswerLost { target }) => (77, target, [0; 3]),
        Fact::Service(ServiceFact::ReplicaCrashed { target }) => (100, target, [0; 3]),
        Fact::Service(ServiceFact::ReplicaBack { target }) => (101, target, [0; 3]),
        Fact::Service(ServiceFact::ReplicaStopped { target }) => (102, target, [0; 3]),
        Fact::Service(ServiceFact::ReplicaResumed { target }) => (103, target, [0; 3]),
        Fact::Service(ServiceFact::Cancelled { target }) => (104, target, [0; 3]),
        Fact::Service(ServiceFact::Forgotten { target }) => (105, target, [0; 3]),
        Fact::Service(ServiceFact::Abandoned { target }) => (106, target, [0; 3]),
        Fact::BranchEnded { parent } => (90, nothing, [i64::from(parent), 0, 0]),
        Fact::Joined => (91, nothing, [0; 3]),
        Fact::LetIn { target, probe } => (80, target, [i64::from(probe), 0, 0]),
        Fact::KeptOut { target } => (81, target, [0; 3]),
        Fact::Settled { target, judged, slow, counts, .. } => {
            (82, target, [judged as i64, i64::from(slow), i64::from(counts)])
        }
        Fact::Switched { target, from, to, .. } => (83, target, [from.code(), to.code(), 0]),
        Fact::GotToken { target, further } => (84, target, [i64::from(further), 0, 0]),
        Fact::NoToken { target } => (85, target, [0; 3]),
        Fact::Earned { target } => (86, target, [0; 3]),
        Fact::Service(ServiceFact::ReplicaStarting { target }) => (107, target, [0; 3]),
        Fact::Service(ServiceFact::ReplicaLeaves { target }) => (108, target, [0; 3]),
        Fact::Service(ServiceFact::Scaled { target, to }) => (109, target, [to, 0, 0]),
        Fact::Service(ServiceFact::Anew { target }) => (110, target, [0; 3]),
        Fact::Data(fact) => super::data::fingerprint(fact),
        Fact::RoutineBegan { routine } => (111, nothing, [i64::from(routine), 0, 0]),
        Fact::Saga { saga, mark, step, error } => {
            let error = error.map_or(-1, |error| error.code());
            (113, nothing, [i64::from(saga), mark as i64 * 0x1_0000 + i64::from(step), error])
        }
        Fact::RoutineEnded { routine, error } => {
            (112, nothing, [i64::from(routine), error.map_or(-1, |error| error.code()), 0])
        }
        Fact::Looked { target, key, value, hit, over } => {
            (92, target, [key, value, i64::from(hit) + 2 * i64::from(over)])
        }
        Fact::Kept { target, key, new, is_new } => (93, target, [key, new, i64::from(is_new)]),
        Fact::Uncached { target, key, was } => (94, target, [key, i64::from(was), 0]),
        Fact::Evicted { target, key } => (95, target, [key, 0, 0]),
        Fact::FillBegan { target, key } => (96, target, [key, 0, 0]),
        Fact::FillEnded { target, key, error } => {
            (97, target, [key, error.map_or(-1, |error| error.code()), 0])
        }
        Fact::AwaitsFill { target, key } => (98, target, [key, 0, 0]),
        Fact::Shared { target, key } => (99, target, [key, 0, 0]),
    };
    fingerprint
        .number(kind)
        .number(i64::from(process))
        .number(i64::from(target.shared))
        .number(i64::from(target.element));
    for value in values {
        fingerprint.number(value);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    /// Two kinds with one number would let different runs have one name.
    #[test]
    fn every_kind_of_fact_has_a_number_of_its_own() {
        let source = include_str!("moment.rs");
        let (_, table) = source.split_once("fn fingerprint_fact(").expect("it is in this file");
        let (table, _) = table.split_once("\n    };").expect("its table ends");
        let numbers = table.split('(').filter_map(|part| {
            let (number, rest) = part.split_once(", ")?;
            let of_kind = ["target", "nothing", "condition", "whole"];
            of_kind.iter().any(|word| rest.starts_with(word)).then(|| number.parse::<u32>().ok())?
        });
        let numbers: Vec<u32> = numbers.collect();
        let different: BTreeSet<u32> = numbers.iter().copied().collect();
        assert!(numbers.len() > 60, "the table was read: {numbers:?}");
        assert_eq!(numbers.len(), different.len(), "{numbers:?}");
    }
}
