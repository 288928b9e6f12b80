//! What queueing theory says, in units of the mean time of a service: one line, one or several
//! servers, work that is drawn from an exponential distribution or always takes the same time.
//!
//! The formulas are those of the textbooks (L. Kleinrock, "Queueing Systems", 1975; for waits in
//! M/D/1 G. J. Franx, "A simple solution for the M/D/c waiting time distribution", 2001). Sums are of
//! positive numbers only, so that nothing cancels. What comes out is rounded to whole numbers by
//! whoever asks: floats go no further than this folder.

mod assumed;
mod bounded;
mod fixed;
mod line;
mod open;

pub use assumed::WhyNot;
pub use bounded::Bounded;
pub use fixed::Fixed;
pub use line::{Line, Told, Untold};
pub use open::Open;

/// What is known of a line and its servers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Known {
    /// The mean wait for a server of those who get in.
    pub wait: f64,
    /// Their wait that 99 % do not exceed.
    pub wait_p99: Option<f64>,
    /// The mean time from coming to being done.
    pub latency: f64,
    /// The time that 99 % do not exceed.
    pub latency_p99: Option<f64>,
    /// Which share of the servers is busy.
    pub utilization: f64,
    /// How many wait on average.
    pub queued: f64,
    /// Which share of those who come is turned away.
    pub rejected: f64,
}

/// Erlang's B: the share turned away by `servers` without a line, `load` of which would be busy if
/// there were enough.
#[must_use]
pub fn erlang_b(servers: u32, load: f64) -> f64 {
    (1..=servers).fold(1.0, |b, k| load * b / (f64::from(k) + load * b))
}

/// Erlang's C: the share that has to wait for one of `servers`, all of which would be busy at
/// `load == servers`.
#[must_use]
pub fn erlang_c(servers: u32, load: f64) -> f64 {
    let blocked = erlang_b(servers, load);
    blocked / (1.0 - load / f64::from(servers) * (1.0 - blocked))
}

/// The least time at which a share that falls with time is down to one in a hundred.
fn p99(over: impl Fn(f64) -> f64) -> f64 {
    if over(0.0) <= 0.01 {
        return 0.0;
    }
    let (mut low, mut high) = (0.0, 1.0);
    while over(high) > 0.01 && high < 1e9 {
        (low, high) = (high, 2.0 * high);
    }
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        if over(middle) > 0.01 {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, table: f64) {
        assert!((found - table).abs() < 1e-4, "{found}, in the table {table}");
    }

    #[test]
    fn erlangs_formulas() {
        near(erlang_b(10, 7.0), 0.078_741);
        near(erlang_b(100, 90.0), 0.026_957);
        near(erlang_c(4, 3.6), 0.787_753);
        near(erlang_c(10, 9.9), 0.963_738);
    }

    #[test]
    fn one_line_and_several_servers() {
        for (servers, load, wait, wait_p99, latency_p99) in [
            (1, 0.9, 9.0, 44.9981, 46.0517),
            (1, 0.5, 1.0, 7.8240, 9.2103),
            (4, 3.6, 1.969_383, 10.9165, 12.1932),
            (2, 1.0, 0.333_333, 3.5066, 5.6660),
            (10, 5.0, 0.007_221, 0.2568, 4.6142),
        ] {
            let known = Open { servers, load }.known().expect("it is stable");
            near(known.wait, wait);
            near(known.latency, wait + 1.0);
            near(known.wait_p99.expect("it is known"), wait_p99);
            near(known.latency_p99.expect("it is known"), latency_p99);
            near(known.utilization, load / f64::from(servers));
        }
        assert_eq!(Open { servers: 2, load: 2.0 }.known(), None);
    }

    #[test]
    fn a_line_with_an_end() {
        for (servers, room, load, rejected, latency, wait, used) in [
            (1, 10, 2.0, 0.500_244, 9.009_775, 8.009_775, 0.999_511),
            (4, 20, 3.6, 0.016_805, 2.195_000, 1.195_000, 0.884_876),
            (10, 10, 8.0, 0.121_661, 1.0, 0.0, 0.702_671),
            (1, 1, 0.8, 0.444_444, 1.0, 0.0, 0.444_444),
        ] {
            let known = Bounded { servers, room, load }.known();
            near(known.rejected, rejected);
            near(known.latency, latency);
            near(known.wait, wait);
            near(known.utilization, used);
        }
        // With much room it is as if there were no end.
        let (much, open) =
            (Bounded { servers: 4, room: 250, load: 3.2 }, Open { servers: 4, load: 3.2 });
        let (much, open) = (much.known(), open.known().expect("it is stable"));
        near(much.wait, open.wait);
        near(much.wait_p99.expect("it is known"), open.wait_p99.expect("it is known"));
    }

    #[test]
    fn work_that_always_takes_the_same_time() {
        for (load, wait, p99) in
            [(0.5, 0.5, 3.3363), (0.8, 2.0, 10.3559), (0.9, 4.5, 21.8982), (0.95, 9.5, 44.9378)]
        {
            let known = Fixed { load }.known().expect("it is stable");
            near(known.wait, wait);
            near(known.wait_p99.expect("it is known"), p99);
            near(known.latency_p99.expect("it is known"), p99 + 1.0);
        }
        assert_eq!(Fixed { load: 1.0 }.known(), None);
    }
}
