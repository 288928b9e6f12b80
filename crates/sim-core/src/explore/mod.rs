//! Every schedule: verdicts, shortest failures, exact counts, outcomes.
//!
//! ```text
//! search (breadth first over fingerprints)
//!   0. some schedules at random                      -> what goes wrong in many
//!   1. leaving out orders that make no difference    -> the verdict
//!   2. every state, interchangeable processes alike  -> counts, shortest ways
//!   3. the same with all counters, where they differ -> the table of outcomes
//! ```
//!
//! | file | idea |
//! | --- | --- |
//! | `begin` | where it begins: at the start, or at a moment of a run |
//! | `probe` | some schedules at random, first of all |
//! | `options` | how a search is done, and when it stops |
//! | `bounds` | what it lets happen |
//! | `search`, `room`, `packed` | from state to state |
//! | `remembered` | steps taken before |
//! | `table`, `keys` | states told apart by 128 bits |
//! | `symmetry` | processes that are interchangeable |
//! | `reduce`, `footprints`, `rounds`, `constants` | steps that make no difference |
//! | `graph` | what is kept: states, steps, ends |
//! | `knots` | circles |
//! | `verdict` | what is wrong in a graph |
//! | `shortest` | the shortest way to it |
//! | `round` | once round a circle |
//! | `count`, `ways` | how many schedules |
//! | `estimate` | about how many, beforehand |

mod begin;
mod bounds;
mod constants;
mod count;
mod estimate;
mod explorer;
mod footprints;
mod graph;
mod keys;
mod knots;
mod options;
mod packed;
mod probe;
mod reduce;
mod remembered;
mod report;
mod room;
mod round;
mod rounds;
mod search;
mod shortest;
mod symmetry;
mod table;
mod verdict;
mod ways;

pub use begin::After;
pub use estimate::estimate;
pub use explorer::{Explorer, explore};
pub use options::{Limits, Options};
pub use report::{
    Bound, Broken, Ceiling, Count, Early, Found, Outcome, Phase, Progress, Report, Verdict,
};

use crate::machine::{State, Stay, Watch, promise_bit};
use crate::program::{Op, Pc, Program};
use crate::trace::{Fact, ProcessId};

/// Where a search begins.
#[derive(Clone, Debug, Default)]
struct Start {
    state: State,
    /// `assert`s that do not hold on the way there, as bits of promises.
    broken: u64,
}

/// Hears which asserts do not hold.
struct Asserts(u64);

impl Watch for Asserts {
    fn fact(&mut self, _: ProcessId, fact: Fact) {
        if let Fact::AssertBroke { promise } = fact {
            self.0 |= promise_bit(promise as usize);
        }
    }
    fn passes(&mut self, _: ProcessId, _: Pc) {}
    fn stands(&mut self, _: ProcessId, _: Pc, _: Stay, _: crate::machine::Pace) {}
}

/// False if no run of a program can come back to where it was: no way through its code leads back.
fn circles_possible(program: &Program) -> bool {
    let backwards = |pc: Pc| {
        let op: &Op = &program.code[pc as usize];
        let landing = program.landings.get(&pc).map(|(to, _)| *to);
        let strikes = program.strikes.get(&pc).into_iter().flatten().map(|strike| strike.to);
        let counted = program.counted.contains(&pc);
        !counted && op.follows(pc).chain(landing).chain(strikes).any(|to| to <= pc)
    };
    program.classes.iter().any(|class| class.code.clone().any(backwards))
}
