//! What a scenario becomes once its parameters are chosen: instructions and names as plain data.
//!
//! A program knows nothing of text (it carries places as byte ranges), of time or of randomness,
//! and it never runs anything: `lang` makes it, `machine` executes it, everybody may read it.
//!
//! Parameters are constants here. Routines are not recursive, so each call is a copy of its
//! routine's instructions: a position in the code is a place in the text *and* the chain of calls
//! that led there, as the language's rule on state identity asks.

mod layout;
mod listing;
mod liveness;
mod op;

pub use layout::{Layout, ProcessSlot, SharedSlot};
pub use listing::listing;
pub use liveness::dead_registers;
pub use op::{Binary, CounterChange, Footprint, Op, Pc, Reg, SharedId};

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::Range;

/// A range of bytes in the scenario's text.
pub type Span = Range<u32>;

/// A scenario bound to parameters, ready to run.
#[derive(Clone, Debug, PartialEq)]
pub struct Program {
    /// The words behind `scenario`.
    pub title: String,
    /// Each parameter with the value chosen, as the scenario would spell it, in text order.
    pub settings: Vec<(String, String)>,
    /// Variables, locks and counters, in text order.
    pub shared: Vec<Shared>,
    /// Process declarations that exist under these parameters, in text order.
    pub classes: Vec<Class>,
    /// All instructions, class after class, then those of the promises.
    pub code: Vec<Op>,
    /// Where each instruction comes from; as long as `code`.
    pub places: Vec<Place>,
    /// Where an error raised by an instruction leads, if anything must be let go before the
    /// process fails: the first instruction of the way out, and the register that gets the error.
    pub landings: BTreeMap<Pc, (Pc, Reg)>,
    /// `always` and `finally`, in text order.
    pub promises: Vec<Promise>,
    /// Named schedules, in text order.
    pub schedules: Vec<Schedule>,
    /// Names of choice values; a choice is stored as its index here.
    pub labels: Vec<String>,
}

/// Something that several processes may touch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shared {
    /// Its name in the text.
    pub name: String,
    /// What it is.
    pub kind: SharedKind,
    /// What its values mean; `Type::Int` for counters and locks.
    pub value: Type,
    /// True when it was declared with `[n]`, even for n = 1.
    pub array: bool,
    /// First values, one an element. A lock is 0 when free.
    pub initial: Vec<i64>,
    /// Where its name stands in its declaration.
    pub span: Span,
}

/// The kinds of shared things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SharedKind {
    /// `var`: each read and each write is a step.
    Var,
    /// `lock`: holds the number of its holder's process plus one, or 0.
    Lock,
    /// `counter`: observes; changing it is never a step.
    Counter,
}

/// The types a value can have. A value is always one 64-bit word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Type {
    /// A whole number.
    Int,
    /// 0 or 1.
    Bool,
    /// Whole nanoseconds.
    Duration,
    /// An index into [`Program::labels`].
    Choice,
}

/// One `process` declaration.
#[derive(Clone, Debug, PartialEq)]
pub struct Class {
    /// Its name in the text.
    pub name: String,
    /// How many instances; their numbers run from 1.
    pub instances: u32,
    /// True when the text says `* n`: instances are then called `client[1]`, else `client`.
    pub numbered: bool,
    /// First instruction.
    pub entry: Pc,
    /// Its instructions.
    pub code: Range<Pc>,
    /// How many registers an instance needs.
    pub registers: Reg,
    /// Named locals, for those who look.
    pub locals: Vec<Local>,
    /// What to show of the text for an instance: the process's body, then each routine it may
    /// call under these parameters, in the order of first call.
    pub regions: Vec<Region>,
    /// Parts of those regions that these parameters leave out (arms of a `match` not taken).
    pub hidden: Vec<Span>,
    /// Where its name stands in its declaration.
    pub span: Span,
}

/// A named local of a process or of a routine it calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Local {
    /// Its name in the text.
    pub name: String,
    /// Where its value is while the process stands inside `scope`.
    pub register: Reg,
    /// What its value means.
    pub value: Type,
    /// The instructions for which the name is in scope.
    pub scope: Range<Pc>,
}

/// A part of the text shown for a process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// The routine's name, or `None` for the process's own body.
    pub routine: Option<String>,
    /// From behind its `{` to its `}`.
    pub body: Span,
}

/// Where an instruction comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The expression or word that the step belongs to.
    pub span: Span,
    /// The statement around it (its first line for a block).
    pub statement: Span,
}

/// `always` or `finally`.
#[derive(Clone, Debug, PartialEq)]
pub struct Promise {
    /// When it must hold.
    pub kind: PromiseKind,
    /// The instructions that compute it; they only read.
    pub code: Range<Pc>,
    /// The register that then holds 1 if it holds.
    pub result: Reg,
    /// How many registers the computation needs.
    pub registers: Reg,
    /// What it reads.
    pub reads: Vec<SharedId>,
    /// The condition as it stands in the text.
    pub condition: String,
    /// The words behind it, if any.
    pub why: Option<String>,
    /// Where the condition stands.
    pub span: Span,
}

/// When a promise must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PromiseKind {
    /// At the start and after every step.
    Always,
    /// When nothing can happen any more.
    Finally,
}

/// A named list of picks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// The words behind `schedule`.
    pub name: String,
    /// The picks, or the word of the first one that these parameters leave without a process.
    pub picks: Result<Vec<Pick>, String>,
    /// Where it stands.
    pub span: Span,
}

/// One entry of a schedule: a process moves, perhaps several times.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pick {
    /// Index into [`Program::classes`].
    pub class: u32,
    /// Which instance, from 1.
    pub number: u32,
    /// Which of the step's outcomes, from 1.
    pub outcome: u32,
    /// How often.
    pub times: u32,
}

/// Errors that a program's own work can raise. They end the process as failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Error {
    /// A number beyond 64 bits.
    Overflow,
    /// `/ 0` or `mod 0`.
    DivisionByZero,
    /// An index below 1 or beyond the array's length.
    OutsideArray,
    /// A `release` by somebody who does not hold the lock.
    NotHeld,
    /// A negative time for `work` or `sleep`.
    NegativeTime,
}

impl Error {
    /// All errors; an error is stored in a register as its place in this list.
    pub const ALL: [Error; 5] = [
        Error::Overflow,
        Error::DivisionByZero,
        Error::OutsideArray,
        Error::NotHeld,
        Error::NegativeTime,
    ];

    /// The name used in JSON and in a process's final position.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Error::Overflow => "overflow",
            Error::DivisionByZero => "division_by_zero",
            Error::OutsideArray => "outside_array",
            Error::NotHeld => "not_held",
            Error::NegativeTime => "negative_time",
        }
    }

    /// Its place in [`Error::ALL`].
    #[must_use]
    pub fn code(self) -> i64 {
        match self {
            Error::Overflow => 0,
            Error::DivisionByZero => 1,
            Error::OutsideArray => 2,
            Error::NotHeld => 3,
            Error::NegativeTime => 4,
        }
    }
}

impl Program {
    /// How a process is called in schedules, traces and JSON: `client[2]`, or `relay` when the
    /// text declares just one.
    #[must_use]
    pub fn process_name(&self, class: usize, number: u32) -> String {
        let class = &self.classes[class];
        if class.numbered { format!("{}[{number}]", class.name) } else { class.name.clone() }
    }

    /// A value as the text would spell it.
    #[must_use]
    pub fn spell(&self, value: i64, kind: Type) -> String {
        match kind {
            Type::Int => value.to_string(),
            Type::Bool => if value == 0 { "false" } else { "true" }.to_owned(),
            Type::Duration => spell_duration(value),
            Type::Choice => usize::try_from(value)
                .ok()
                .and_then(|index| self.labels.get(index))
                .cloned()
                .unwrap_or_else(|| "none".to_owned()),
        }
    }
}

/// A number of nanoseconds in the largest unit that keeps it whole: `1500000` is `1500us`.
#[must_use]
pub fn spell_duration(nanoseconds: i64) -> String {
    const UNITS: [(i64, &str); 6] = [
        (3_600_000_000_000, "h"),
        (60_000_000_000, "min"),
        (1_000_000_000, "s"),
        (1_000_000, "ms"),
        (1_000, "us"),
        (1, "ns"),
    ];
    if nanoseconds == 0 {
        return "0s".to_owned();
    }
    let (size, unit) =
        UNITS.into_iter().find(|(size, _)| nanoseconds % size == 0).unwrap_or((1, "ns"));
    format!("{}{unit}", nanoseconds / size)
}
