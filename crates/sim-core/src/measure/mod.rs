//! What a run is measured by: counts, gauges, spreads of values, and what changed over time.
//!
//! A [`Meter`] hears the facts of a run as it goes and keeps what is told of it in bounded room.
//! Everything kept is a whole number in base units, so that two meters of one program add up, and a
//! browser tells the same as a terminal.
//!
//! | file | idea |
//! | --- | --- |
//! | `meter` | hears a run |
//! | `store` | all that is kept, by place; `key` tells what is where |
//! | `gauge`, `spread`, `histogram` | one thing kept |
//! | `tracks` | what changed over time |
//! | `classes` | instances of processes and their outcomes |
//! | `caches` | what was found in caches |
//! | `databases` | how transactions went |
//! | `held` | locks, rwlocks, semaphores, conditions |
//! | `guards` | breakers and limiters |
//! | `last` | values of variables and counters that a goal or chart looks at |
//! | `expected`, `beside` | what theory says of services; the same beside what is measured |
//! | `used` | shares: how much of what there is is taken |
//! | `tell` | what comes of it, measure by measure, in exact `fraction`s; `merge`: of several runs |
//! | `formula`, `series` | goals; charts |
//! | `messages` | queues, topics, logs, groups, links; `numbered`: what is known of each message |
//! | `services` | calls of services; `served`: by service, replica, handler, caller, wire; `open_calls` |
//! | `view` | all of it as plain data; `report` fills it in; `figures`: each number by its name |

mod beside;
mod caches;
mod classes;
mod databases;
mod expected;
mod figures;
mod formula;
mod fraction;
mod gauge;
mod guards;
mod held;
mod histogram;
mod key;
mod last;
mod merge;
mod messages;
mod meter;
mod numbered;
mod open_calls;
mod report;
mod routines;
mod series;
mod served;
mod services;
mod spread;
mod store;
mod tell;
mod tracks;
mod used;
mod view;

pub use crate::theory::WhyNot;
pub use beside::Beside;
pub use fraction::Fraction;
pub use gauge::Gauge;
pub use meter::{Meter, MeterEar};
pub use spread::{EXACT, Spread};
pub use view::{
    ChartView, Comparison, CountRow, Figure, GaugeRow, GoalState, GoalView, MeasuresView, Series,
    SeriesKind, SpreadRow, SubjectView, TheoryFigure, TheoryRow, Unit,
};

/// Elements of an array, or processes of a kind, are measured one by one where there are at most so
/// many; else all together.
pub const ELEMENTS: u32 = 256;

/// Elements of an array are told one by one where there are at most so many.
const ELEMENTS_SHOWN: u32 = 32;
