//! The worker's side of the protocol: hosts the simulator and answers the page.
//!
//! Knows nothing of the browser, so all of it is tested natively. `browser::worker_host` feeds it.

use crate::protocol::{Reply, Request};

/// Everything one worker holds between two messages.
#[derive(Debug, Default)]
pub struct Host {}

impl Host {
    /// Answers one request, with as many replies as it takes, each sent as soon as it is known.
    pub fn handle(&mut self, request: Request, mut reply: impl FnMut(Reply)) {
        match request {
            Request::Hello => reply(Reply::Hello { version: crate::VERSION.to_owned() }),
            Request::GoldenDraws => reply(Reply::GoldenDraws(golden_draws())),
            Request::Panic => panic!("asked to by a test"),
        }
    }
}

/// The golden draws as this build computes them.
#[must_use]
pub fn golden_draws() -> String {
    sim_core::base::golden_draws()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hello_is_answered_with_the_version() {
        let mut replies = Vec::new();
        Host::default().handle(Request::Hello, |reply| replies.push(reply));
        assert_eq!(replies, [Reply::Hello { version: crate::VERSION.to_owned() }]);
    }
}
