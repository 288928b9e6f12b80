//! How a run came to its end, when nothing can happen any more.

use super::{Blocked, Machine, Position, State};
use crate::trace::ProcessId;

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// Every process ended, or failed.
    Complete,
    /// Processes wait for one another in a circle, each for what the next holds.
    Deadlock(Vec<ProcessId>),
    /// Processes wait for what nobody will give.
    Stuck(Vec<ProcessId>),
    /// A process's own work passed its ceiling.
    Endless(ProcessId),
}

impl Machine {
    /// How the run ended, or `None` while something can still happen.
    #[must_use]
    pub fn end(&self, state: &State) -> Option<End> {
        if self.choices(state).next().is_some() {
            return None;
        }
        let waits: Vec<(ProcessId, ProcessId)> = self
            .standing(state)
            .filter_map(|standing| match standing.blocked? {
                Blocked::Held { by, .. } => Some((standing.process, by)),
            })
            .collect();
        if let Some(circle) = circle(&waits) {
            return Some(End::Deadlock(circle));
        }
        // Whoever else waits may wait for what the process that was stopped would have given.
        let mut processes = 0..self.layout.processes.len() as ProcessId;
        let endless = processes.find(|&p| state.position(&self.layout, p) == Position::Endless);
        Some(match endless {
            Some(process) => End::Endless(process),
            None if waits.is_empty() => End::Complete,
            None => End::Stuck(waits.into_iter().map(|(process, _)| process).collect()),
        })
    }
}

/// The first circle of two or more in "who waits for whom", from its least process. Waiting for
/// oneself is no circle: that process is stuck.
fn circle(waits: &[(ProcessId, ProcessId)]) -> Option<Vec<ProcessId>> {
    let next = |process| waits.iter().find(|(who, _)| *who == process).map(|(_, whom)| *whom);
    waits.iter().find_map(|&(start, _)| {
        let mut path = vec![start];
        let mut at = next(start)?;
        while at != start {
            if path.contains(&at) {
                return None;
            }
            path.push(at);
            at = next(at)?;
        }
        (path.len() > 1).then_some(path)
    })
}
