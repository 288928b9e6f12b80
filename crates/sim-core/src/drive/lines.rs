//! Who stands in line for what, the longest waiter first.

use crate::trace::{ProcessId, Target};
use std::collections::VecDeque;

/// Lines that are empty are kept as long as there are no more than so many lines in all: who takes
/// and lets go needs no new one each time.
const FEW: usize = 32;

/// The lines before all that can be taken, in the order of what they stand before.
#[derive(Clone, Debug, Default)]
pub(super) struct Lines(Vec<(Target, VecDeque<ProcessId>)>);

impl Lines {
    fn find(&self, target: Target) -> Result<usize, usize> {
        self.0.binary_search_by_key(&target, |(at, _)| *at)
    }

    /// The line before something, if anybody stands there.
    pub(super) fn at(&self, target: Target) -> Option<&VecDeque<ProcessId>> {
        self.find(target).ok().map(|at| &self.0[at].1)
    }

    /// True if anybody stands before something.
    pub(super) fn is_any(&self, target: Target) -> bool {
        self.at(target).is_some_and(|line| !line.is_empty())
    }

    /// Somebody joins a line at its end.
    pub(super) fn join(&mut self, target: Target, process: ProcessId) {
        let at = self.find(target).unwrap_or_else(|at| {
            self.0.insert(at, (target, VecDeque::new()));
            at
        });
        self.0[at].1.push_back(process);
    }

    /// Somebody leaves a line.
    pub(super) fn leave(&mut self, target: Target, process: ProcessId) {
        let Ok(at) = self.find(target) else { return };
        let line = &mut self.0[at].1;
        if line.front() == Some(&process) {
            line.pop_front();
        } else {
            line.retain(|&other| other != process);
        }
        if line.is_empty() && self.0.len() > FEW {
            self.0.remove(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_came_first_stands_first_and_anybody_may_leave() {
        let mut lines = Lines::default();
        let target = |shared| Target { shared, element: 0 };
        for process in [3, 1, 2] {
            lines.join(target(5), process);
            lines.join(target(4), process + 10);
        }
        lines.leave(target(5), 1);
        lines.leave(target(4), 13);
        lines.leave(target(9), 1);
        let stand = |at| lines.at(target(at)).map(|line| line.iter().copied().collect());
        assert_eq!((stand(5), stand(4)), (Some(vec![3, 2]), Some(vec![11, 12])));
        assert_eq!(stand(3), None::<Vec<ProcessId>>);
    }

    #[test]
    fn empty_lines_go_where_there_are_many() {
        let mut lines = Lines::default();
        for shared in 0..1000 {
            lines.join(Target { shared, element: 0 }, 1);
            lines.leave(Target { shared, element: 0 }, 1);
        }
        assert!(lines.0.len() <= FEW + 1, "{}", lines.0.len());
    }
}
