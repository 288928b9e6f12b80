//! M/M/c/K: who finds no room is turned away.

use super::{Known, p99};

/// One line with an end, and several servers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounded {
    /// How many servers.
    pub servers: u32,
    /// How many may be there at once, waiting or served; at least as many as servers.
    pub room: u32,
    /// How many come in the mean time of a service.
    pub load: f64,
}

impl Bounded {
    /// How likely each number of those there is, from none to all the room.
    fn shares(self) -> Vec<f64> {
        let mut weights = vec![1.0];
        for there in 1..=self.room {
            let last: f64 = weights[there as usize - 1];
            let next = last * self.load / f64::from(there.min(self.servers));
            // A line that is nearly always full has weights beyond what a float holds.
            if next > 1e200 {
                weights.iter_mut().for_each(|weight| *weight /= next);
                weights.push(1.0);
            } else {
                weights.push(next);
            }
        }
        let all: f64 = weights.iter().sum();
        weights.iter().map(|weight| weight / all).collect()
    }

    /// What is known of it.
    #[must_use]
    pub fn known(self) -> Known {
        let shares = self.shares();
        let rejected = shares[self.room as usize];
        let comes = self.load * (1.0 - rejected);
        let servers = f64::from(self.servers);
        let waiting = shares.iter().enumerate().skip(self.servers as usize);
        let queued: f64 = waiting.map(|(there, share)| (there as f64 - servers) * share).sum();
        let wait = if comes > 0.0 { queued / comes } else { 0.0 };
        // Whoever gets in and finds all servers busy waits for as many of them to be done as wait
        // before it, and one more.
        let wait_over = |time: f64| {
            let rate = servers * time;
            let (mut term, mut at_most, mut over) = (libm::exp(-rate), 0.0, 0.0);
            for (before, share) in
                shares[self.servers as usize..self.room as usize].iter().enumerate()
            {
                if before > 0 {
                    term *= rate / before as f64;
                }
                at_most += term;
                over += share * at_most;
            }
            over / (1.0 - rejected)
        };
        // With more room the first term is too small for a float.
        let within = self.room <= 300;
        Known {
            wait,
            wait_p99: within.then(|| p99(wait_over)),
            latency: wait + 1.0,
            latency_p99: None,
            utilization: comes / servers,
            queued,
            rejected,
        }
    }
}
