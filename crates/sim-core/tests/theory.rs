//! Queues against theory, by load: within 1 % up to half load, 2 % at 0.8, 3 % at 0.9.
//!
//! The seeds are fixed, so each test always says the same. That it passes is no luck all the same: each run
//! also tells, by batch means, how far off its figures may be by chance. The run is cut into
//! `BATCHES` stretches of time, each far longer than what a queue remembers; their figures are
//! nearly independent, and so their scatter over the square root of their number is the standard
//! error of the whole. A figure must be within its tolerance *and* within `ERRORS` standard errors
//! of what theory says, and the standard error must be at most half the tolerance. So a run too
//! short to tell fails, and so does an engine that is off by more than the tolerance and half of it
//! again, whatever the seed (but once in several hundred).
//!
//! How many jobs that takes follows from theory. The mean wait of M/M/1 over n jobs has the
//! standard error sqrt(r (2 + 5r - 4r^2 + r^3)) / (1 - r)^2 / sqrt(n) (D. J. Daley, 1968): 0.5 % of the wait asks
//! for 1.2 million jobs at a load r of 0.5, 1 % for 1.2 million at 0.8, and 1.5 % for 2.0 million at 0.9.

#[path = "measure/support.rs"]
#[allow(dead_code, reason = "shared with another test")]
mod support;

#[path = "theory/backoff.rs"]
mod backoff;
#[path = "theory/batches.rs"]
mod batches;
#[path = "theory/closed.rs"]
mod closed;
#[path = "theory/formulas.rs"]
mod formulas;
#[path = "theory/lines.rs"]
mod lines;
#[path = "theory/services.rs"]
mod services;
