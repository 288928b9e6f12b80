//! M/M/c: those who come find room to wait, however many they are.

use super::{Known, erlang_c, p99};

/// One line and several servers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Open {
    /// How many servers.
    pub servers: u32,
    /// How many come in the mean time of a service.
    pub load: f64,
}

impl Open {
    /// What is known of it; `None` where the line would grow for ever.
    #[must_use]
    pub fn known(self) -> Option<Known> {
        let servers = f64::from(self.servers);
        let spare = servers - self.load;
        if spare <= 0.0 || self.load <= 0.0 {
            return None;
        }
        let waits = erlang_c(self.servers, self.load);
        let wait = waits / spare;
        let wait_over = |time: f64| waits * libm::exp(-spare * time);
        let latency_over = |time: f64| {
            let alone = libm::exp(-time);
            // Who waits is there for two times, one after the other: of rates `spare` and 1.
            let both = if (spare - 1.0).abs() < 1e-9 {
                (1.0 + time) * alone
            } else {
                (spare * alone - libm::exp(-spare * time)) / (spare - 1.0)
            };
            (1.0 - waits) * alone + waits * both
        };
        Some(Known {
            wait,
            wait_p99: Some(p99(wait_over)),
            latency: wait + 1.0,
            latency_p99: Some(p99(latency_over)),
            utilization: self.load / servers,
            queued: self.load * wait,
            rejected: 0.0,
        })
    }
}
