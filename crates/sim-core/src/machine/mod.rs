//! What may happen next, and what it does. One machine for every driver: it never knows who picks.
//!
//! A state is one flat array of words. A process always stands at a touch of something shared (or
//! at a pause); a step performs that touch and then the process's own work up to its next one.
//!
//! | file | idea |
//! | --- | --- |
//! | `state` | the array, and the one door for every write |
//! | `choices` | what may happen, and what may not with its reason |
//! | `execute` | one step: a touch, then own work |
//! | `perform` | what each instruction does |
//! | `hold` | locks, rwlocks, semaphores, leases |
//! | `guards` | breakers and limiters |
//! | `keys` | maps |
//! | `caches` | what keeps values for a time, and who fills it in |
//! | `branches` | the branches of a `together` |
//! | `wake` | conditions |
//! | `messages` | sending, receiving, and what becomes of a message |
//! | `logs` | logs and the groups that read them |
//! | `travel` | what happens to messages by itself: links, visibility, delays |
//! | `lists` | messages in the array |
//! | `looks` | messages, for those who look |
//! | `happen` | arrivals, what runs out, what goes wrong |
//! | `outcomes` | steps that may end in several ways |
//! | `glance` | what an observer computes |
//! | `ending` | how a run came to its end |

mod answers;
mod balance;
mod branches;
mod caches;
mod check;
mod choices;
mod data;
mod ending;
mod execute;
mod glance;
mod guards;
mod happen;
mod hold;
mod keys;
mod lists;
mod logs;
mod looks;
mod loops;
mod messages;
mod meters;
mod numbers;
mod outages;
mod outcomes;
mod own;
mod perform;
mod requests;
mod services;
mod state;
mod tally;
mod travel;
mod wake;
mod watch;
mod wires;

pub use choices::{Blocked, Standing};
pub use data::{
    ChangeKind, ChangeLook, CopyLook, DependLook, RowLook, TransactionLook, VersionLook,
};
pub use ending::End;
pub use execute::OWN_WORK_MAX;
pub use guards::Leaving;
pub use lists::FIELDS_MAX;
pub use logs::Partition;
pub use looks::Look;
pub use numbers::Numbers;
pub(crate) use outages::NO_REPLICA;
pub use outcomes::OUTCOMES_MAX;
pub use state::{Position, State};
pub use watch::{Follow, NoWatch, Pace, Stay, Watch};
pub use wires::Mishap;

use crate::program::{
    Channel, Details, FaultKind, Gauge, Layout, Op, Pc, Program, PromiseKind, Queue, Reg, Shape,
    SharedId, Start, dead_registers,
};
use crate::trace::{Choice, ProcessId, Target};
use execute::Execution;

/// A program made ready to run.
#[derive(Clone, Debug)]
pub struct Machine {
    program: Program,
    layout: Layout,
    dead: Vec<Vec<Reg>>,
    /// For each shared thing, the promises that read it, as bits; promises from the 63rd on share
    /// the last bit.
    judged_by: Vec<u64>,
    /// Promises that read what may change without a write: judged after every step.
    judged_always: u64,
    /// Locks that may run out, every element.
    leases: Vec<Target>,
    /// Classes whose instances arrive.
    arriving: Vec<u32>,
    /// Faults that are choices.
    striking: Vec<u32>,
    /// True if something may run out for a process that stands somewhere.
    has_timers: bool,
    /// For each `atomic`, whether something in it has several outcomes.
    drawing: Vec<bool>,
    /// For each instruction, whether performing it takes an outcome of several.
    draws: Vec<bool>,
    /// The same for each instruction at which a step begins.
    chosen: Vec<bool>,
    /// For each instruction, whether a process may have to wait there; whether it never does and
    /// nothing runs out there.
    waits: Vec<bool>,
    plain: Vec<bool>,
    /// Replicas may be started.
    scales: bool,
    /// For each instruction whether it belongs to requests that share a loop.
    loops: Vec<bool>,
    /// True if a fault may stop a process where it stands.
    pauses: bool,
    /// What carries messages, by what it may do by itself: links; queues that store a message
    /// twice; queues whose messages may wait apart; groups.
    links: Vec<SharedId>,
    doubling: Vec<SharedId>,
    delaying: Vec<SharedId>,
    groups: Vec<SharedId>,
    /// For each shared thing, whether a promise reads what is counted of it.
    tallied: Vec<bool>,
    /// True if a promise reads what is counted of something else.
    counting: bool,
    /// Faults that cut links.
    cutting: Vec<u32>,
    /// True if visibility may end.
    hides: bool,
    /// Classes of requests.
    called: Vec<u32>,
    /// For each class of requests where a refusal goes back, and the register of its error.
    refusals: Vec<(Pc, Reg)>,
    /// For each database, the processes that may have a transaction there.
    data_users: Vec<Vec<ProcessId>>,
    /// A request may arrive twice.
    doubles_calls: bool,
    checking: bool,
    /// True if locals outlive their last use.
    keeping: bool,
}

/// What a step did that a driver must know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// Promises to judge again, as bits: something they read was written.
    pub judge: u64,
    /// `assert`s that did not hold, as bits of promises.
    pub broke: u64,
    /// True when a counter changed.
    pub counted: bool,
    /// True when a counter changed by `+=` or `-=`: it may go on doing so for ever.
    pub counted_on: bool,
    /// True when an outcome was reached, or a process moved that is meant to go on for ever.
    pub progressed: bool,
}

impl Machine {
    /// Makes a program ready to run.
    #[must_use]
    pub fn new(program: Program) -> Machine {
        Machine::with_shape(program, Shape::default())
    }

    /// As [`Machine::new`], with states of another shape.
    #[must_use]
    pub fn with_shape(program: Program, shape: Shape) -> Machine {
        let layout = Layout::new(&program, shape);
        Machine::with_layout(program, layout)
    }

    /// As [`Machine::new`], with states laid out in a certain way.
    #[must_use]
    pub fn with_layout(program: Program, layout: Layout) -> Machine {
        let dead = dead_registers(&program);
        let readers = |test: &dyn Fn(&crate::program::Promise) -> bool| {
            let promises = program.promises.iter().enumerate();
            promises
                .filter(|(_, promise)| test(promise))
                .fold(0, |bits, (index, _)| bits | promise_bit(index))
        };
        let judged_by = (0..program.shared.len() as u32)
            .map(|id| readers(&|promise| promise.reads.contains(&id)))
            .collect();
        let judged_always = readers(&|promise| {
            promise.kind != PromiseKind::Assert
                && promise.glance.code.clone().any(|pc| {
                    let op = program.code[pc as usize];
                    matches!(op, Op::Gauge { gauge: Gauge::Waiting | Gauge::InFlight, .. })
                })
        });
        let leases = (0..program.shared.len() as u32)
            .filter(|&id| matches!(program.shared[id as usize].details, Details::Lease(_)))
            .flat_map(|shared| {
                let length = layout.shared[shared as usize].length;
                (0..length).map(move |element| Target { shared, element })
            })
            .collect();
        let classes = 0..program.classes.len() as u32;
        let arriving = classes
            .filter(|&class| matches!(program.classes[class as usize].start, Start::Every { .. }))
            .collect();
        let faults = 0..program.faults.len() as u32;
        let striking = faults
            .filter(|&fault| {
                let kind = program.faults[fault as usize].kind;
                matches!(kind, FaultKind::Crash | FaultKind::Pause)
            })
            .collect();
        let waits = program
            .shared
            .iter()
            .any(|shared| matches!(shared.details, Details::Semaphore { max_wait: Some(_), .. }));
        let waits = waits || program.limiters.iter().any(|limiter| limiter.max_wait.is_some());
        let patient = program.services.iter().any(|service| service.patience.is_some());
        let has_timers = waits || patient || !program.strikes.is_empty();
        let drawing = outcomes::drawing_steps(&program);
        let mut loops = vec![false; program.code.len()];
        for (class, declared) in (0..).zip(&program.classes) {
            if program.loops(class) {
                declared.code.clone().for_each(|pc| loops[pc as usize] = true);
            }
        }
        let ids = 0..program.shared.len() as SharedId;
        let channels = |is: &dyn Fn(&Channel) -> bool| -> Vec<SharedId> {
            ids.clone().filter(|&id| program.channel(id).is_some_and(is)).collect()
        };
        let links = channels(&|channel| matches!(channel, Channel::Link(_)));
        let groups = channels(&|channel| matches!(channel, Channel::Group(_)));
        let queues = |is: &dyn Fn(&Queue) -> bool| {
            channels(&|channel| matches!(channel, Channel::Queue(queue) if is(queue)))
        };
        let (doubling, delaying) = (queues(&|q| q.duplicates > 0), queues(&|q| q.delays));
        let hides = !queues(&|queue| queue.visibility.is_some()).is_empty();
        let tallied = ids
            .clone()
            .map(|id| program.channel(id).is_some_and(|it| it.counts().all().next().is_some()))
            .collect();
        let cutting = (0..program.faults.len() as u32)
            .filter(|&fault| program.faults[fault as usize].kind == FaultKind::Partition)
            .collect();
        let classes = 0..program.classes.len() as u32;
        let called = classes
            .filter(|&class| matches!(program.classes[class as usize].start, Start::Called { .. }));
        let called: Vec<u32> = called.collect();
        let refusals = program.classes.iter().map(|class| refusal(&program, class)).collect();
        let users = |database: u32| -> Vec<ProcessId> {
            let uses = |process: &ProcessId| {
                let class = layout.processes[*process as usize].class as usize;
                layout.transactions[class].iter().any(|room| room.database == database)
            };
            (0..layout.processes.len() as ProcessId).filter(uses).collect()
        };
        let mut machine = Machine {
            data_users: (0..program.databases.len() as u32).map(users).collect(),
            called,
            refusals,
            doubles_calls: program.wires.iter().any(|wire| wire.duplicates > 0),
            links,
            doubling,
            delaying,
            groups,
            cutting,
            hides,
            tallied,
            counting: !program.tallied.is_empty(),
            layout,
            dead,
            judged_by,
            judged_always,
            leases,
            arriving,
            striking,
            has_timers,
            drawing,
            draws: Vec::new(),
            chosen: Vec::new(),
            waits: Vec::new(),
            plain: Vec::new(),
            loops,
            scales: program.code.iter().any(|op| matches!(op, Op::Scale { .. })),
            pauses: program.faults.iter().any(|fault| fault.kind == FaultKind::Pause),
            checking: cfg!(debug_assertions),
            keeping: false,
            program,
        };
        let code = 0..machine.program.code.len() as Pc;
        machine.draws = code.clone().map(|pc| machine.find_draws(pc)).collect();
        machine.chosen = code.clone().map(|pc| machine.find_chosen(pc)).collect();
        machine.waits = code.clone().map(|pc| machine.find_waits(pc)).collect();
        let strikes = &machine.program.strikes;
        machine.plain =
            code.map(|pc| !machine.waits[pc as usize] && !strikes.contains_key(&pc)).collect();
        machine
    }

    /// Holds every instruction to the reads and writes it declares, and panics where one lies.
    /// On by itself in debug builds.
    #[must_use]
    pub fn checking(mut self) -> Machine {
        self.checking = true;
        self
    }

    /// True if it holds instructions to what they declare.
    #[must_use]
    pub fn is_checking(&self) -> bool {
        self.checking
    }

    /// Leaves locals as they are after their last use, where they are cleared otherwise so that
    /// states which behave alike are one. To compare with tools that tell such states apart.
    #[must_use]
    pub fn keeping_locals(mut self) -> Machine {
        self.dead.fill(Vec::new());
        self.keeping = true;
        self
    }

    /// Rooms of all requests.
    pub(super) fn requests(&self) -> impl Iterator<Item = ProcessId> + '_ {
        self.called.iter().flat_map(|&class| self.layout.classes[class as usize].clone())
    }

    /// The program it runs.
    #[must_use]
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// Where things lie in its states.
    #[must_use]
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The state before the first step: first values, and each process come to its first touch.
    pub fn start(&self, watch: &mut impl Watch) -> State {
        let mut state = State::new(&self.program, &self.layout);
        for process in 0..self.layout.processes.len() as ProcessId {
            let slot = self.layout.processes[process as usize];
            if slot.number_at == 0 {
                let entry = self.program.classes[slot.class as usize].entry;
                Execution::new(self, &mut state, watch, process).begin(entry);
            }
        }
        for &group in self.groups.iter().filter(|_| !self.layout.processes.is_empty()) {
            Execution::new(self, &mut state, watch, 0).rebalance(group, true);
        }
        state
    }

    /// Lets something happen.
    ///
    /// # Panics
    /// When the choice is not one of [`Machine::choices`] of this state: a fault of the driver.
    pub fn apply(&self, state: &mut State, choice: Choice, watch: &mut impl Watch) -> Applied {
        let mut applied = match choice {
            Choice::Step { process, outcome } => {
                let Position::At(pc) = state.position(&self.layout, process) else {
                    panic!("process {process} has ended and cannot move")
                };
                if self.drawing[pc as usize] {
                    return self.apply_drawing(state, (process, pc), outcome, watch);
                }
                let path = [outcome];
                let mut execution = Execution::new(self, state, watch, process);
                execution.follow(&path);
                execution.step(pc);
                execution.applied()
            }
            _ => self.apply_other(state, choice, watch),
        };
        applied.judge |= self.judged_always;
        applied
    }

    /// A step that begins with an `atomic` in which something has several outcomes.
    #[inline(never)]
    fn apply_drawing(
        &self,
        state: &mut State,
        (process, pc): (ProcessId, Pc),
        outcome: u32,
        watch: &mut impl Watch,
    ) -> Applied {
        if self.overflows(state, process, pc) {
            return self.stop_full(state, process, watch);
        }
        let path = self.path_of(state, process, pc, outcome);
        let mut execution = Execution::new(self, state, watch, process);
        execution.follow(&path);
        execution.step(pc);
        let mut applied = execution.applied();
        applied.judge |= self.judged_always;
        applied
    }

    /// What is no process's own step.
    #[inline(never)]
    fn apply_other(&self, state: &mut State, choice: Choice, watch: &mut impl Watch) -> Applied {
        match choice {
            Choice::Step { .. } => unreachable!("a step is taken by its process"),
            Choice::Arrive { class } => self.arrive(state, class, watch),
            Choice::TimeOut { process, timer } => self.time_out(state, process, timer, watch),
            Choice::WaitOver { process } => self.wait_over(state, process, watch),
            Choice::Expire { lock } => self.expire(state, lock, watch),
            Choice::Strike { fault, process } => self.strike(state, fault, process, watch),
            Choice::Lift { process } => self.lift(state, process, watch),
            Choice::Traffic(traffic) => self.travel(state, traffic, watch),
            Choice::Outage(outage) => self.outage(state, outage, watch),
            Choice::Replicate { database, copy } => self.replicate(state, database, copy, watch),
        }
    }

    /// The process that a choice is about; for an arrival the one that will be, for a lease its
    /// holder. `None` for what is no choice in this state.
    #[must_use]
    pub fn actor(&self, state: &State, choice: Choice) -> Option<ProcessId> {
        match choice {
            Choice::Step { process, .. }
            | Choice::TimeOut { process, .. }
            | Choice::WaitOver { process }
            | Choice::Strike { process, .. }
            | Choice::Lift { process } => Some(process),
            Choice::Arrive { class } => self.room_in(state, class),
            Choice::Expire { lock } => {
                ProcessId::try_from(state.element(&self.layout, lock) - 1).ok()
            }
            Choice::Traffic(traffic) => self.actor_of_message(state, traffic),
            // Nobody's: the first process stands for it.
            Choice::Outage(_) | Choice::Replicate { .. } => Some(0),
        }
    }
}

/// Where a refused request goes back, and the register of its error.
fn refusal(program: &Program, class: &crate::program::Class) -> (Pc, Reg) {
    let mut backs = class.code.clone().filter_map(|pc| match program.code[pc as usize] {
        Op::Back { error: Some(error), .. } => Some((pc, error)),
        _ => None,
    });
    backs.next_back().unwrap_or((0, 0))
}

/// The bit that stands for a promise.
#[must_use]
pub fn promise_bit(index: usize) -> u64 {
    1 << index.min(63)
}
