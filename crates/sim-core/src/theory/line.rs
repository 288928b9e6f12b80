//! A line in whole numbers: what is asked, and what is told.

use super::{Bounded, Fixed, Known, Open};

/// A line before servers, all times in nanoseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// How many servers.
    pub servers: u32,
    /// How many may be there at once; `None`: as many as come.
    pub room: Option<u32>,
    /// Work always takes the same time; else it is drawn from an exponential distribution.
    pub fixed: bool,
    /// The mean time of a service.
    pub service: i64,
    /// The mean time between two who come, which is exponential.
    pub gap: i64,
}

/// What is known of a line: times in nanoseconds, shares and numbers in millionths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// The mean wait of those who get in.
    pub wait: i64,
    /// Their wait that 99 % do not exceed.
    pub wait_p99: Option<i64>,
    /// The mean time from coming to being done.
    pub latency: i64,
    /// The time that 99 % do not exceed.
    pub latency_p99: Option<i64>,
    /// The share of the servers that is busy.
    pub utilization: i64,
    /// How many wait on average.
    pub queued: i64,
    /// The share of those who come that is turned away.
    pub rejected: i64,
}

/// Why nothing is told of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Untold {
    /// It grows for ever.
    Grows,
    /// There is no formula for it.
    NoFormula,
}

/// More room than this is as good as any.
const MUCH_ROOM: u32 = 100_000;

impl Line {
    /// Its name in D. G. Kendall's notation: `M/M/4/20`.
    #[must_use]
    pub fn name(self) -> String {
        let work = if self.fixed { "D" } else { "M" };
        let room = self.room.map_or_else(String::new, |room| format!("/{room}"));
        format!("M/{work}/{}{room}", self.servers)
    }

    /// What is known of it.
    ///
    /// # Errors
    /// Where nothing is, with the reason.
    pub fn told(self) -> Result<Told, Untold> {
        let load = self.service as f64 / self.gap.max(1) as f64;
        let servers = self.servers;
        let known = match (self.fixed, self.room) {
            (true, None) if servers == 1 => Fixed { load }.known().ok_or(Untold::Grows)?,
            (true, _) => return Err(Untold::NoFormula),
            (false, Some(room)) if room > MUCH_ROOM => return Err(Untold::NoFormula),
            (false, Some(room)) => Bounded { servers, room: room.max(servers), load }.known(),
            (false, None) => Open { servers, load }.known().ok_or(Untold::Grows)?,
        };
        Ok(self.round(known))
    }

    fn round(self, known: Known) -> Told {
        let time = |services: f64| libm::round(services * self.service as f64) as i64;
        let millionths = |share: f64| libm::round(share * 1e6) as i64;
        Told {
            wait: time(known.wait),
            wait_p99: known.wait_p99.map(time),
            latency: time(known.latency),
            latency_p99: known.latency_p99.map(time),
            utilization: millionths(known.utilization),
            queued: millionths(known.queued),
            rejected: millionths(known.rejected),
        }
    }
}
