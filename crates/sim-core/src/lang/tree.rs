//! What a text says, as a tree: every node with its place, nothing looked up yet.

use super::rows::{RowsTree, TableTree, TransactionTree};
use super::sagas::SagaTree;
use crate::program::{PickVerb, PromiseKind, SharedKind, Span};

pub(super) use super::expr::{Expr, ExprKind, Over, Path, Quantifier, Sign};
pub(super) use super::patterns::{Arm, Pattern, PatternKind};

/// A word that names something.
#[derive(Clone, Debug)]
pub(super) struct Name {
    pub(super) text: String,
    pub(super) span: Span,
}

/// A whole scenario.
#[derive(Clone, Debug, Default)]
pub(super) struct Tree {
    /// Services that a `scale` names.
    pub(super) scaled: std::collections::BTreeSet<String>,
    pub(super) title: String,
    pub(super) params: Vec<ParamTree>,
    pub(super) constants: Vec<(Name, Expr)>,
    pub(super) shared: Vec<SharedTree>,
    pub(super) processes: Vec<ProcessTree>,
    pub(super) routines: Vec<RoutineTree>,
    pub(super) services: Vec<ServiceTree>,
    pub(super) links: Vec<LinkTree>,
    pub(super) promises: Vec<PromiseTree>,
    pub(super) goals: Vec<GoalTree>,
    pub(super) charts: Vec<ChartTree>,
    pub(super) schedules: Vec<ScheduleTree>,
    pub(super) faults: Vec<FaultTree>,
    /// Each `run` and `explore`; more than one is a mistake.
    pub(super) run: Vec<SettingsTree>,
    pub(super) explore: Vec<SettingsTree>,
    /// Names whose declarations are not built yet or went wrong. Their use is no second mistake.
    pub(super) foreign: Vec<Name>,
}

#[derive(Clone, Debug)]
pub(super) struct ParamTree {
    pub(super) name: Name,
    pub(super) label: Option<String>,
    pub(super) kind: ParamTreeKind,
}

#[derive(Clone, Debug)]
pub(super) enum ParamTreeKind {
    Int { default: Expr, least: Expr, greatest: Expr },
    Duration { default: Expr, least: Expr, greatest: Expr },
    Rate { default: Expr, least: Expr, greatest: Expr },
    Percent { default: Expr, least: Expr, greatest: Expr },
    Bool { default: Expr },
    Choice { default: Name, labels: Vec<Name> },
}

#[derive(Clone, Debug)]
pub(super) enum SharedTreeKind {
    Var(Expr),
    /// `var x[] = E`
    Map(Expr),
    Counter,
    Lock,
    RwLock,
    Semaphore,
    Condition,
    Queue,
    Topic,
    Log,
    Group,
    Service,
    Breaker,
    Limiter,
    Cache,
    Database,
    Table(Box<TableTree>),
}

impl SharedTreeKind {
    /// Whether messages lie in it or pass through it.
    pub(super) fn carries(&self) -> bool {
        matches!(
            self,
            SharedTreeKind::Queue
                | SharedTreeKind::Topic
                | SharedTreeKind::Log
                | SharedTreeKind::Group
        )
    }

    /// The word that declares it.
    pub(super) fn word(&self) -> &'static str {
        self.made().word()
    }

    /// What a program makes of it.
    pub(super) fn made(&self) -> SharedKind {
        match self {
            SharedTreeKind::Var(_) => SharedKind::Var,
            SharedTreeKind::Map(_) => SharedKind::Map,
            SharedTreeKind::Counter => SharedKind::Counter,
            SharedTreeKind::Lock => SharedKind::Lock,
            SharedTreeKind::RwLock => SharedKind::RwLock,
            SharedTreeKind::Semaphore => SharedKind::Semaphore,
            SharedTreeKind::Condition => SharedKind::Condition,
            SharedTreeKind::Queue => SharedKind::Queue,
            SharedTreeKind::Topic => SharedKind::Topic,
            SharedTreeKind::Log => SharedKind::Log,
            SharedTreeKind::Group => SharedKind::Group,
            SharedTreeKind::Service => SharedKind::Service,
            SharedTreeKind::Breaker => SharedKind::Breaker,
            SharedTreeKind::Limiter => SharedKind::Limiter,
            SharedTreeKind::Cache => SharedKind::Cache,
            SharedTreeKind::Database => SharedKind::Database,
            SharedTreeKind::Table(_) => SharedKind::Table,
        }
    }

    /// Whether processes send to it.
    pub(super) fn is_sent_to(&self) -> bool {
        matches!(self, SharedTreeKind::Queue | SharedTreeKind::Topic | SharedTreeKind::Log)
    }
}

#[derive(Clone, Debug)]
pub(super) struct SharedTree {
    pub(super) name: Name,
    pub(super) size: Option<Expr>,
    pub(super) kind: SharedTreeKind,
    pub(super) options: Option<Options>,
    /// The service of which each replica has its own: its place among the shared things. The name
    /// is `service.name` then.
    pub(super) owner: Option<usize>,
}

#[derive(Clone, Debug)]
pub(super) struct ProcessTree {
    pub(super) name: Name,
    pub(super) instances: Option<Expr>,
    pub(super) start: StartTree,
    /// It exists only where this holds.
    pub(super) only: Option<Expr>,
    pub(super) body: Block,
}

/// How processes come to be.
#[derive(Clone, Debug)]
pub(super) enum StartTree {
    Once,
    Every {
        gap: Expr,
        times: Option<Expr>,
        until: Option<Expr>,
    },
    Again {
        pause: Expr,
        times: Option<Expr>,
        until: Option<Expr>,
    },
    Forever,
    /// `receive PLACE as NAME`
    Receive {
        from: Target,
        name: Name,
    },
}

impl ProcessTree {
    /// Whether its instances are called by their numbers.
    pub(super) fn numbered(&self) -> bool {
        self.instances.is_some() || matches!(self.start, StartTree::Every { .. })
    }
}

/// `service s { on h(x) { } }`: its thing, and its handlers, each a routine called `s.h`.
#[derive(Clone, Debug)]
pub(super) struct ServiceTree {
    /// Its place among the shared things.
    pub(super) shared: usize,
    /// Their names, and their places among the routines.
    pub(super) handlers: Vec<(Name, usize)>,
    /// The names of what each replica has for itself, and their places among the shared things.
    pub(super) owned: Vec<(String, usize)>,
}

/// `call s.h(x) within d`
#[derive(Clone, Debug)]
pub(super) struct CallTree {
    pub(super) service: Target,
    pub(super) handler: Name,
    pub(super) values: Vec<Expr>,
    pub(super) within: Option<Expr>,
}

/// `lookup c[k] { return … }`
#[derive(Clone, Debug)]
pub(super) struct LookupTree {
    pub(super) what: Target,
    pub(super) body: Block,
}

/// `link a -> b (…)`
#[derive(Clone, Debug)]
pub(super) struct LinkTree {
    pub(super) from: Name,
    pub(super) to: Name,
    /// `<->`: the same the other way.
    pub(super) both: bool,
    pub(super) options: Options,
    /// From its word to its second end.
    pub(super) span: Span,
}

/// Something that goes wrong.
#[derive(Clone, Debug)]
pub(super) struct FaultTree {
    pub(super) kind: FaultTreeKind,
    pub(super) victim: Target,
    /// The other end of what a `partition` cuts.
    pub(super) other: Option<Target>,
    /// How many times slower or more, or which share fails.
    pub(super) by: Option<Expr>,
    pub(super) when: WhenTree,
    pub(super) lasts: Option<Expr>,
    pub(super) most: Option<Expr>,
    pub(super) only: Option<Expr>,
    pub(super) span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FaultTreeKind {
    Crash,
    Pause,
    Slow,
    Surge,
    Fail,
    Partition,
}

#[derive(Clone, Debug)]
pub(super) enum WhenTree {
    At(Expr),
    From(Expr, Expr),
    Anytime,
    Always,
}

/// `run` or `explore`.
#[derive(Clone, Debug)]
pub(super) struct SettingsTree {
    pub(super) options: Options,
    /// Its word.
    pub(super) span: Span,
}

#[derive(Clone, Debug)]
pub(super) struct RoutineTree {
    pub(super) name: Name,
    pub(super) params: Vec<Name>,
    pub(super) body: Block,
}

#[derive(Clone, Debug)]
pub(super) struct PromiseTree {
    pub(super) kind: PromiseKind,
    pub(super) condition: Expr,
    pub(super) why: Option<Words>,
    pub(super) suffix: Option<Expr>,
}

/// `goal E "why"`
#[derive(Clone, Debug)]
pub(super) struct GoalTree {
    pub(super) condition: Expr,
    pub(super) why: Option<Words>,
    pub(super) suffix: Option<Expr>,
}

/// `chart "…" a, b`
#[derive(Clone, Debug)]
pub(super) struct ChartTree {
    pub(super) title: String,
    pub(super) lines: Vec<Expr>,
    pub(super) span: Span,
}

/// A text in quotes in which values may be shown.
#[derive(Clone, Debug)]
pub(super) struct Words {
    pub(super) parts: Vec<WordsPart>,
}

#[derive(Clone, Debug)]
pub(super) enum WordsPart {
    /// As they stand, escapes resolved.
    Plain(String),
    /// `{expr}`
    Value(Expr),
}

#[derive(Clone, Debug)]
pub(super) struct ScheduleTree {
    pub(super) name: String,
    pub(super) picks: Vec<PickTree>,
    pub(super) span: Span,
}

#[derive(Clone, Debug)]
pub(super) struct PickTree {
    pub(super) verb: PickVerb,
    pub(super) name: Name,
    /// The other end of a link.
    pub(super) to: Option<Name>,
    pub(super) number: Option<i64>,
    pub(super) outcome: i64,
    pub(super) times: i64,
    pub(super) span: Span,
}

/// What stands in brackets behind a word or name to set it.
#[derive(Clone, Debug, Default)]
pub(super) struct Options {
    pub(super) list: Vec<OptionTree>,
}

#[derive(Clone, Debug)]
pub(super) struct OptionTree {
    pub(super) name: Name,
    /// One; several only where the option takes a list.
    pub(super) values: Vec<Expr>,
}

impl Tree {
    /// The bodies of all processes and routines.
    pub(super) fn bodies(&self) -> impl Iterator<Item = &Block> {
        let processes = self.processes.iter().map(|process| &process.body);
        processes.chain(self.routines.iter().map(|routine| &routine.body))
    }
}

impl Options {
    /// The option of a name, if it is set.
    pub(super) fn get(&self, name: &str) -> Option<&OptionTree> {
        self.list.iter().find(|option| option.name.text == name)
    }
}

impl Statement {
    /// The block of a `lookup` right of `=` or `return`.
    pub(super) fn looked_up(&self) -> Option<&Block> {
        let right = match &self.kind {
            StatementKind::Lookup(lookup) => return Some(&lookup.body),
            StatementKind::Let { right, .. } | StatementKind::Assign { right, .. } => right,
            StatementKind::Return(Some(right)) => right,
            _ => return None,
        };
        match &right.kind {
            ExprKind::Lookup(lookup) => Some(&lookup.body),
            _ => None,
        }
    }
}

impl OptionTree {
    /// Its value; the first of a list.
    pub(super) fn value(&self) -> &Expr {
        &self.values[0]
    }
}

/// Statements between braces.
#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    pub(super) statements: Vec<Statement>,
    /// From behind `{` to `}`.
    pub(super) inner: Span,
}

#[derive(Clone, Debug)]
pub(super) struct Statement {
    pub(super) kind: StatementKind,
    /// All of it.
    pub(super) span: Span,
    /// The part that is shown for its steps: all of a simple statement, the header of a block.
    pub(super) header: Span,
}

#[derive(Clone, Debug)]
pub(super) enum StatementKind {
    /// `scale s to n`
    Scale {
        service: Name,
        to: Expr,
    },
    Let {
        name: Name,
        right: Expr,
    },
    Assign {
        to: Target,
        /// Of a row: `t[k].f = E`.
        field: Option<Name>,
        change: Change,
        right: Expr,
    },
    Call(Expr),
    CallService(CallTree),
    If {
        ways: Vec<Way>,
        otherwise: Option<Block>,
    },
    Match {
        subject: Expr,
        arms: Vec<Arm>,
    },
    While {
        condition: Expr,
        body: Block,
    },
    Repeat {
        times: Expr,
        body: Block,
    },
    For {
        name: Name,
        least: Expr,
        greatest: Expr,
        body: Block,
    },
    Break,
    Continue,
    Return(Option<Expr>),
    Stop,
    Pause {
        time: Expr,
        busy: bool,
    },
    Try {
        body: Block,
        catches: Vec<CatchTree>,
    },
    /// The name of an error, or of a local that holds one.
    Fail {
        error: Name,
        text: Option<Words>,
    },
    Within {
        time: Expr,
        only: Option<Expr>,
        body: Block,
    },
    Retry {
        options: Options,
        only: Option<Expr>,
        body: Block,
    },
    Choose(Vec<Block>),
    /// `lookup c[k] { }`
    Lookup(LookupTree),
    /// `update`, `insert`, `delete`, or `t[k] for update`.
    Rows(Box<RowsTree>),
    Transaction(Box<TransactionTree>),
    Saga(Box<SagaTree>),
    Abort,
    /// `together { } and { }`
    Together(Vec<Block>),
    Spawn {
        name: Name,
        values: Vec<Expr>,
    },
    Send(Send),
    /// `receive q as m { }`
    Receive {
        from: Target,
        name: Name,
        body: Block,
    },
    /// `follow l from n as e { }`
    Follow {
        log: Target,
        from: Expr,
        name: Name,
        body: Block,
    },
    /// `ack m`, or `nack m` where it was not done.
    Answer {
        done: bool,
        message: Name,
    },
    Atomic {
        suffix: Option<Expr>,
        body: Block,
    },
    With {
        takings: Vec<Taking>,
        body: Block,
    },
    Acquire(Taking),
    Release(Taking),
    /// `wait c`
    Wait(Target),
    /// `wait until E`
    Until(Expr),
    Notify {
        all: bool,
        condition: Target,
    },
    Assert {
        condition: Expr,
        why: Option<Words>,
    },
    Note(Words),
    Outcome(Name),
    Record {
        name: Name,
        value: Expr,
    },
    /// Reported where it was read.
    Wrong,
}

/// `send E to PLACE key E after d`
#[derive(Clone, Debug)]
pub(super) struct Send {
    pub(super) value: Expr,
    pub(super) to: Target,
    pub(super) key: Option<Expr>,
    pub(super) after: Option<Expr>,
}

/// `if` or `else if` with its block.
#[derive(Clone, Debug)]
pub(super) struct Way {
    pub(super) condition: Expr,
    pub(super) body: Block,
    /// From its `if` to its `}`.
    pub(super) span: Span,
    /// From its `if` to before its `{`.
    pub(super) header: Span,
}

#[derive(Clone, Debug)]
pub(super) struct CatchTree {
    /// Empty for one that catches all.
    pub(super) errors: Vec<Name>,
    /// What the error is called in its body.
    pub(super) name: Option<Name>,
    pub(super) body: Block,
    /// From its `catch` to before its `{`.
    pub(super) header: Span,
}

/// How an assignment changes what it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    Set,
    Add,
    Subtract,
}

/// What a `with` or `acquire` takes, or a `release` lets go.
#[derive(Clone, Debug)]
pub(super) struct Taking {
    /// Its span reaches over the side.
    pub(super) what: Target,
    /// Behind the dot: `read` or `write`.
    pub(super) side: Option<Name>,
    /// Behind `as`.
    pub(super) token: Option<Name>,
    /// Behind `if`.
    pub(super) suffix: Option<Expr>,
}

/// A place that is written or locked.
#[derive(Clone, Debug)]
pub(super) struct Target {
    pub(super) name: Name,
    pub(super) index: Option<Expr>,
    pub(super) span: Span,
}
