//! What exploring all schedules found out. Numbers of any size are decimal strings.

use serde::{Deserialize, Serialize};

/// The result of exploring every schedule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The answer.
    pub verdict: Verdict,
    /// True when the verdict is about every schedule within the bounds. So it may be where counting
    /// was stopped: to find out whether anything fails, orders that make no difference are left out.
    pub complete: bool,
    /// The ceiling that stopped the search, or the counting, if one did.
    pub stopped: Option<Ceiling>,
    /// The bounds that kept something from happening somewhere: what holds, holds up to these.
    pub bounds: Vec<Bound>,
    /// Distinct states seen.
    pub states: u64,
    /// Those of them that were really looked at: of states that differ only in which of several
    /// interchangeable processes is where, one is.
    pub followed: u64,
    /// States looked at to find the verdict alone, without orders that make no difference; 0 where
    /// that was no separate search.
    pub reduced: u64,
    /// States are told apart by 128 bits. The chance that two were taken for one is less than 10
    /// to the power of minus this.
    pub certainty: u32,
    /// Steps between them seen.
    pub transitions: u64,
    /// The longest of the shortest ways from the start to a state, in steps.
    pub depth: u32,
    /// All schedules: maximal sequences of steps.
    pub schedules: Count,
    /// Those that break a promise, get stuck or never end.
    pub failing: Count,
    /// True when every schedule within the bounds was counted for itself: then numbers that are not
    /// exact are short only of what the bounds withheld.
    pub counted: bool,
    /// The promises that some schedule breaks, in text order.
    pub broken: Vec<Broken>,
    /// Ends with a circle of processes each waiting for what the next holds.
    pub deadlocks: Option<Found>,
    /// Other ends with a process left waiting.
    pub stuck: Option<Found>,
    /// Circles without progress that cannot be left.
    pub never_ends: Option<Found>,
    /// Circles that can be left (a remark, not a failure).
    pub circles: u64,
    /// How the schedules end, most frequent first. Empty when the search did not see every state.
    pub outcomes: Vec<Outcome>,
    /// True when counters change inside a circle, and so are left out of `outcomes`.
    pub counters_left_out: bool,
}

/// The answer to "can this go wrong?".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// No schedule fails.
    Holds,
    /// Some schedule fails.
    Broken,
    /// No failure was seen, but not everything was looked at.
    Undecided,
}

/// A bound of the text's `explore`, with how much it allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Bound {
    /// So many arrivals of each class, or passes of each process that comes again.
    Arrivals(u32),
    /// So many `within`s, leases and waits that run out.
    Timeouts(u32),
    /// So many messages lost.
    Losses(u32),
    /// So many messages doubled.
    Duplicates(u32),
    /// So many crashes, pauses and cuts.
    Crashes(u32),
    /// So many steps.
    Depth(u32),
}

impl Bound {
    /// As the text's `explore` spells it: `timeouts: 2`.
    #[must_use]
    pub fn words(self) -> String {
        let (name, most) = self.parts();
        format!("{name}: {most}")
    }

    /// Its name and how much it allows.
    #[must_use]
    pub fn parts(self) -> (&'static str, u32) {
        match self {
            Bound::Arrivals(most) => ("arrivals", most),
            Bound::Timeouts(most) => ("timeouts", most),
            Bound::Losses(most) => ("losses", most),
            Bound::Duplicates(most) => ("duplicates", most),
            Bound::Crashes(most) => ("crashes", most),
            Bound::Depth(most) => ("depth", most),
        }
    }
}

/// A ceiling met by a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ceiling {
    /// So many states.
    States(u64),
    /// So many bytes of memory for states.
    Memory(u64),
    /// A process's own work in one step took so many instructions.
    OwnWork(u64),
    /// There was no room for all keys of a map, tasks or outcomes of a step that a process wanted.
    Room,
    /// A process asks how old a message is, and a search knows no time.
    Age,
}

/// A number of schedules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// In decimal digits.
    pub number: String,
    /// False: there are at least so many (circles pass as one point, or the search was stopped).
    pub exact: bool,
}

/// A promise that some schedule breaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Broken {
    /// Index into the program's promises.
    pub promise: u32,
    /// How often, and the shortest way.
    pub found: Found,
}

/// A kind of failure that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// How many schedules show it.
    pub schedules: Count,
    /// The picks (from 1) of the shortest way there: fewest steps, then fewest switches.
    pub shortest: Vec<u32>,
    /// Where the failure is a circle: the picks that lead from its entry once round, as far as a
    /// short one was found.
    pub circle: Vec<u32>,
    /// True when no way is shorter. False where there was no room to look for that: then it is the
    /// shortest that was found.
    pub least: bool,
}

impl Found {
    /// The way there, and where it is a circle once round it: what shows the failure.
    #[must_use]
    pub fn whole(&self) -> Vec<u32> {
        [self.shortest.as_slice(), &self.circle].concat()
    }
}

/// What is known once the verdict is, before schedules are counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Early {
    /// The answer.
    pub verdict: Verdict,
    /// The promises that some schedule breaks, in text order.
    pub broken: Vec<u32>,
    /// True if some schedule ends in a deadlock.
    pub deadlocks: bool,
    /// True if some other leaves a process waiting.
    pub stuck: bool,
    /// True if some never ends.
    pub never_ends: bool,
    /// The bounds that kept something from happening somewhere: what holds, holds up to these.
    pub bounds: Vec<Bound>,
    /// States looked at.
    pub states: u64,
}

/// One way for schedules to end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Variables and counters with their final values, as the text spells them.
    pub values: Vec<(String, String)>,
    /// How many schedules end so.
    pub schedules: Count,
    /// How many of them fail.
    pub failing: Count,
    /// True when processes were left waiting.
    pub stuck: bool,
    /// The picks of a shortest schedule that ends so.
    pub example: Vec<u32>,
}

/// How far a search has got.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// What it is doing.
    pub phase: Phase,
    /// Distinct states seen.
    pub states: u64,
    /// Those that were really looked at.
    pub followed: u64,
    /// Steps between them seen.
    pub transitions: u64,
    /// States seen but not yet followed.
    pub waiting: u64,
    /// How deep it has got, in steps.
    pub depth: u32,
    /// What is known already.
    pub early: Option<Early>,
}

/// What a search is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    /// Finding out whether anything fails.
    #[default]
    Verdict,
    /// Seeing every state, so that schedules can be counted.
    Counting,
    /// Seeing every state once more with counters, for the table of outcomes.
    Outcomes,
}
