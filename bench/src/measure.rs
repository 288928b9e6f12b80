//! CPU seconds of the whole process, medians of some runs.

use cpu_time::ProcessTime;
use lockstep_bench::rows::Done;

/// What is shorter than this is done several times in a row and divided.
const SHORTEST: f64 = 0.05;

/// What one engine needs for one piece of work.
#[derive(Clone, Debug)]
pub(crate) struct Measured {
    /// CPU seconds.
    pub(crate) seconds: f64,
    /// States or events.
    pub(crate) amount: u64,
    /// What must be known beside that.
    pub(crate) note: Option<String>,
}

/// Measured, or why it could not be.
pub(crate) type Cell = Result<Measured, String>;

impl Measured {
    /// States or events in a CPU second.
    pub(crate) fn rate(&self) -> f64 {
        self.amount as f64 / self.seconds
    }
}

/// Does the work several times, or once when it should be quick.
pub(crate) fn measure(quick: bool, work: impl Fn() -> Result<Done, String>) -> Cell {
    let (first, done) = timed(1, &work)?;
    let repeats = (SHORTEST / first).ceil().max(1.0) as u32;
    let (runs, mut seconds) = match first {
        _ if quick && repeats == 1 => (0, vec![first]),
        _ if quick => (1, vec![]),
        // The first run finds cold caches, which does not matter where it is long.
        long if long > 1.0 => (2, vec![long]),
        long if long > 0.2 => (5, vec![]),
        _ => (7, vec![]),
    };
    for _ in 0..runs {
        seconds.push(timed(repeats, &work)?.0);
    }
    seconds.sort_by(f64::total_cmp);
    let seconds = seconds[seconds.len() / 2];
    Ok(Measured { seconds, amount: done.amount, note: done.note })
}

fn timed(repeats: u32, work: &impl Fn() -> Result<Done, String>) -> Result<(f64, Done), String> {
    let start = ProcessTime::now();
    let mut done = work()?;
    for _ in 1..repeats {
        done = work()?;
    }
    Ok((start.elapsed().as_secs_f64() / f64::from(repeats), done))
}
