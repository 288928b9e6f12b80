//! What stands along the scrubber: all that matters of the whole line, thinned where it crowds.

use sim_core::session::{Action, Frame, LaneState, MarkKind};

use super::timeline::breaks;

/// The line is divided into so many parts, each with one mark at most.
const PARTS: u64 = 240;

/// How a mark is drawn, most important first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sign {
    /// A promise was broken.
    Broke,
    /// A process failed.
    Failed,
    /// Something went wrong from outside.
    Fault,
    /// A lease ran out.
    Expired,
    /// A time ran out.
    TimedOut,
    /// It said something.
    Note,
}

/// The sign of a mark.
#[must_use]
pub fn sign(kind: &MarkKind) -> Sign {
    match kind {
        MarkKind::Broke(_) => Sign::Broke,
        MarkKind::Failed(_) => Sign::Failed,
        MarkKind::Fault => Sign::Fault,
        MarkKind::Expired => Sign::Expired,
        MarkKind::TimedOut => Sign::TimedOut,
        MarkKind::Note(_) => Sign::Note,
    }
}

/// The sign of a step, by what came of it.
#[must_use]
pub fn sign_of(frame: &Frame, number: u32) -> Option<Sign> {
    let step = frame.step(number)?;
    if breaks(frame, number) {
        return Some(Sign::Broke);
    }
    if matches!(step.finished, Some(LaneState::Failed(_) | LaneState::Endless)) {
        return Some(Sign::Failed);
    }
    match step.action {
        Action::Crash | Action::Pause => Some(Sign::Fault),
        Action::Expire { .. } => Some(Sign::Expired),
        Action::TimeOut => Some(Sign::TimedOut),
        _ if !step.notes.is_empty() => Some(Sign::Note),
        _ => None,
    }
}

/// Every mark of the line, by step.
fn all(frame: &Frame) -> Vec<(u32, Sign)> {
    let marks = frame.marks.iter().map(|mark| (mark.step, sign(&mark.kind)));
    let mut found: Vec<(u32, Sign)> = marks.collect();
    if frame.position > 0 && breaks(frame, frame.position) {
        found.push((frame.position, Sign::Broke));
    }
    // What only the end of the run breaks is no mark of a step; the line is known to be bad.
    let bad = frame.branches.iter().any(|branch| branch.current && branch.bad);
    let told = |(_, sign): &(u32, Sign)| matches!(sign, Sign::Broke | Sign::Failed);
    if bad && frame.length > 0 && !found.iter().any(told) {
        found.push((frame.length, Sign::Broke));
    }
    sim_core::base::order::sort_by_key(&mut found, |mark| *mark);
    found
}

/// The marks to draw, by step: of those that would lie on one another the most important.
#[must_use]
pub fn marks(frame: &Frame) -> Vec<(u32, Sign)> {
    let found = all(frame);
    let length = u64::from(frame.length.max(1));
    let part = |step: u32| u64::from(step) * PARTS / length;
    let mut shown: Vec<(u32, Sign)> = Vec::new();
    for (step, sign) in found {
        match shown.last_mut() {
            Some(last) if length > PARTS && part(last.0) == part(step) || last.0 == step => {
                if sign < last.1 {
                    *last = (step, sign);
                }
            }
            _ => shown.push((step, sign)),
        }
    }
    shown
}

/// The nearest mark behind or before a step.
#[must_use]
pub fn neighbour(frame: &Frame, step: u32, next: bool) -> Option<u32> {
    let steps = all(frame).into_iter().map(|(step, _)| step);
    if next { steps.filter(|at| *at > step).min() } else { steps.filter(|at| *at < step).max() }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{frame, read};
    use super::*;
    use sim_core::session::{Branch, Mark};

    fn mark(step: u32, kind: MarkKind) -> Mark {
        Mark { step, lane: None, kind }
    }

    #[test]
    fn on_a_long_line_the_worst_of_a_crowd_is_shown() {
        let mut moment = frame(vec![read(0)]);
        moment.length = 24_000;
        moment.marks = vec![
            mark(101, MarkKind::Note("hello".to_owned())),
            mark(120, MarkKind::Broke(0)),
            mark(130, MarkKind::TimedOut),
            mark(900, MarkKind::Fault),
        ];
        assert_eq!(marks(&moment), [(120, Sign::Broke), (900, Sign::Fault)]);
    }

    #[test]
    fn on_a_short_line_every_step_keeps_its_mark() {
        let mut moment = frame((0..4).map(|_| read(0)).collect());
        moment.steps[3].broke = vec![0];
        moment.marks = vec![mark(2, MarkKind::TimedOut), mark(3, MarkKind::Expired)];
        let found = marks(&moment);
        assert_eq!(found, [(2, Sign::TimedOut), (3, Sign::Expired), (4, Sign::Broke)]);
    }

    #[test]
    fn one_jumps_from_mark_to_mark() {
        let mut moment = frame((0..12).map(|_| read(0)).collect());
        moment.marks = vec![mark(2, MarkKind::Fault), mark(9, MarkKind::TimedOut)];
        assert_eq!(neighbour(&moment, 2, true), Some(9));
        assert_eq!(neighbour(&moment, 2, false), None);
        assert_eq!(neighbour(&moment, 40, false), Some(9));
    }

    #[test]
    fn a_line_that_ends_badly_is_marked_at_its_end_from_anywhere() {
        let mut moment = frame((0..4).map(|_| read(0)).collect());
        moment.position = 1;
        let branch =
            Branch { id: 0, length: 4, shared: 4, current: true, bad: true, lanes: vec![] };
        moment.branches = vec![branch];
        assert_eq!(marks(&moment), [(4, Sign::Broke)]);
        assert_eq!(neighbour(&moment, 1, true), Some(4));
    }
}
