//! M/D/1: one server, whose work always takes the same time.

use super::{Known, p99};

/// One line, one server.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fixed {
    /// How many come in the time of a service.
    pub load: f64,
}

/// How long a line is looked at: at 99 % load one in a million lines is longer.
const LONGEST: usize = 1_000;

impl Fixed {
    /// How likely each number of those there is. Each number is reached from below only by as many
    /// coming during a service: all terms of the sum are positive (V. Ramaswami, 1988).
    fn shares(self) -> Vec<f64> {
        let mut comes = libm::exp(-self.load);
        let none = comes;
        // More than so many come during a service.
        let mut more = vec![1.0 - comes];
        for count in 1..=LONGEST {
            comes *= self.load / count as f64;
            more.push((more[count - 1] - comes).max(0.0));
        }
        let mut shares = vec![1.0 - self.load];
        for there in 1..=LONGEST {
            let from = |below: usize| shares[below] * more[there - below.max(1)];
            let sum: f64 = (0..there).map(from).sum();
            shares.push(sum / none);
        }
        shares
    }

    /// What is known of it; `None` where the line would grow for ever.
    #[must_use]
    pub fn known(self) -> Option<Known> {
        let load = self.load;
        if load <= 0.0 || load >= 1.0 {
            return None;
        }
        let wait = load / 2.0 / (1.0 - load);
        let mut most_waiting = Vec::with_capacity(LONGEST);
        let mut sum = 0.0;
        for (there, share) in self.shares().iter().enumerate() {
            sum += share;
            if there > 0 {
                most_waiting.push(sum);
            }
        }
        let wait_over = |time: f64| {
            let services = libm::floor(time) as usize + 1;
            if services > most_waiting.len() {
                return 0.0;
            }
            let rate = load * (services as f64 - time);
            let mut term = libm::exp(-rate);
            let mut within = 0.0;
            for come in 0..services {
                if come > 0 {
                    term *= rate / come as f64;
                }
                within += most_waiting[services - come - 1] * term;
            }
            1.0 - within
        };
        // A line too long to be looked at is told nothing of but its mean.
        let wait_p99 = (load <= 0.985).then(|| p99(wait_over));
        Some(Known {
            wait,
            wait_p99,
            latency: wait + 1.0,
            latency_p99: wait_p99.map(|wait| wait + 1.0),
            utilization: load,
            queued: load * wait,
            rejected: 0.0,
        })
    }
}
