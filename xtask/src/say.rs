//! What people read while they wait: a line before each step, and the time it took after it.

use std::time::{Duration, Instant};

/// Announces a step, does it, and says how long it took if anybody could have noticed.
pub(crate) fn step<T>(what: &str, work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    println!("▸ {what}");
    let start = Instant::now();
    let result = work()?;
    let took = start.elapsed();
    if took > Duration::from_secs(1) {
        println!("  done in {}", duration(took));
    }
    Ok(result)
}

/// A duration as people say it.
pub(crate) fn duration(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    if seconds < 60.0 {
        format!("{seconds:.1} s")
    } else {
        format!("{} min {:02} s", time.as_secs() / 60, time.as_secs() % 60)
    }
}
