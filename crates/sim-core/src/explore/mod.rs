//! Every schedule: verdicts, shortest failures, exact counts, outcomes.

mod report;

pub use report::{Broken, Ceiling, Count, Found, Outcome, Progress, Report, Verdict};
