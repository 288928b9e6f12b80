//! A saga as a ladder: which sign each rung has, going up and coming down, and what was written down
//! beside it.

use sim_core::{
    base::order,
    session::{
        Frame, SagaCall, SagaNoteKind, SagaPart, SagaState, SagaStepState, SagaStepView, SagaView,
    },
};

/// The sign of a rung's side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// Nothing has happened there.
    Open,
    /// Nothing has happened there, and nothing will: the saga turned before.
    Never,
    /// It goes on.
    Busy,
    /// It went well.
    Done,
    /// It did not happen.
    Failed,
    /// Nobody knows.
    Unknown,
    /// What was done is undone.
    Undone,
}

/// The side of a rung that undoes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Back {
    /// Nothing in the text does.
    Never,
    /// It would, if it had to.
    Ready,
    /// It will: the saga is on its way down.
    Due,
    /// There is nothing to undo.
    Idle,
    /// The saga is completed.
    NotNeeded,
    /// It does.
    Busy,
    /// It has.
    Done,
}

/// What came of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    /// It was sent, and no answer is expected.
    Sent,
    /// An answer.
    Answer,
    /// An answer that is an error.
    Refusal,
    /// Nothing yet.
    Waits,
    /// Nobody heard the answer, if there was one.
    Lost,
}

/// A line of what was written down, with the step of the run that wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// A note.
    Note(SagaNoteKind),
    /// Behind what stands above it the saga went on after a restart.
    Resumed,
}

/// The saga that is shown: the one asked for, else the one that moved last.
#[must_use]
pub fn chosen(frame: &Frame, asked: Option<(u32, u32)>) -> Option<&SagaView> {
    let wanted = frame.sagas.iter().find(|saga| asked == Some((saga.lane, saga.from)));
    wanted.or_else(|| frame.sagas.first())
}

/// All of them in an order that stays.
#[must_use]
pub fn all(frame: &Frame) -> Vec<&SagaView> {
    let mut all: Vec<&SagaView> = frame.sagas.iter().collect();
    order::sort_by_key(&mut all, |saga| (saga.from, saga.lane, saga.line));
    all
}

/// True for errors after which nobody knows what became of it.
fn hides(error: &str) -> bool {
    matches!(error, "timeout" | "unavailable")
}

/// The side that does.
#[must_use]
pub fn forth(saga: &SagaView, step: &SagaStepView) -> Sign {
    match step.state {
        SagaStepState::Waiting if saga.error.is_some() => Sign::Never,
        SagaStepState::Waiting => Sign::Open,
        SagaStepState::Running => Sign::Busy,
        SagaStepState::Failed => Sign::Failed,
        SagaStepState::Unknown => Sign::Unknown,
        // Undone is also what nobody knew to be done.
        SagaStepState::Undoing | SagaStepState::Undone if step.forth.error.is_some() => {
            Sign::Unknown
        }
        SagaStepState::Done | SagaStepState::Undoing | SagaStepState::Undone => Sign::Done,
    }
}

/// The side that undoes.
#[must_use]
pub fn back(saga: &SagaView, step: &SagaStepView) -> Back {
    if step.back.is_none() {
        return Back::Never;
    }
    match (step.state, saga.state, &saga.error) {
        (SagaStepState::Undoing, ..) => Back::Busy,
        (SagaStepState::Undone, ..) => Back::Done,
        (_, SagaState::Completed, _) => Back::NotNeeded,
        (SagaStepState::Failed, ..) | (SagaStepState::Waiting, _, Some(_)) => Back::Idle,
        (SagaStepState::Done | SagaStepState::Unknown, _, Some(_)) => Back::Due,
        _ => Back::Ready,
    }
}

/// What came of a call of this part, the `at`-th.
#[must_use]
pub fn came(saga: &SagaView, part: &SagaPart, at: usize, call: &SagaCall) -> Came {
    let last = at + 1 == part.calls.len();
    let goes_on = matches!(saga.state, SagaState::Running | SagaState::Undoing);
    match (&call.error, call.to) {
        _ if call.sent => Came::Sent,
        (Some(error), _) if hides(error) => Came::Lost,
        (Some(_), _) => Came::Refusal,
        (None, Some(_)) => Came::Answer,
        (None, None) if last && goes_on && part.to.is_none() => Came::Waits,
        (None, None) => Came::Lost,
    }
}

/// What was written down, with where it went on after a restart.
#[must_use]
pub fn written(saga: &SagaView) -> Vec<(u32, Line)> {
    let notes = saga.notes.iter().map(|note| (note.at, Line::Note(note.kind)));
    let resumed = saga.resumed.iter().map(|step| (*step, Line::Resumed));
    let mut lines: Vec<(u32, Line)> = notes.chain(resumed).collect();
    order::sort_by_key(&mut lines, |(step, _)| *step);
    lines
}

#[cfg(test)]
mod tests {
    use sim_core::session::SagaNote;

    use super::*;

    fn part(error: Option<&str>) -> SagaPart {
        SagaPart {
            from: Some(1),
            to: None,
            tries: 1,
            error: error.map(str::to_owned),
            calls: vec![],
        }
    }

    fn step(state: SagaStepState, error: Option<&str>, undone: bool) -> SagaStepView {
        let back = undone.then(|| part(None));
        SagaStepView { name: "pay".to_owned(), line: 1, state, forth: part(error), back }
    }

    fn saga(state: SagaState, error: Option<&str>, steps: Vec<SagaStepView>) -> SagaView {
        SagaView {
            lane: 0,
            name: "checkout".to_owned(),
            id: None,
            line: 1,
            state,
            error: error.map(str::to_owned),
            steps,
            notes: vec![],
            resumed: vec![],
            from: 1,
            to: None,
        }
    }

    #[test]
    fn each_rung_has_a_sign_for_both_ways() {
        use SagaStepState::{Done, Failed, Running, Undoing, Undone, Unknown, Waiting};
        let running = saga(SagaState::Running, None, vec![]);
        let up = |state, error| forth(&running, &step(state, error, true));
        assert_eq!(
            [Waiting, Running, Done, Undoing, Undone].map(|state| up(state, None)),
            [Sign::Open, Sign::Busy, Sign::Done, Sign::Done, Sign::Done]
        );
        assert_eq!(
            [Failed, Unknown, Undone].map(|state| up(state, Some("timeout"))),
            [Sign::Failed, Sign::Unknown, Sign::Unknown]
        );
        let turned = saga(SagaState::Compensated, Some("sold_out"), vec![]);
        assert_eq!(forth(&turned, &step(Waiting, None, true)), Sign::Never);
        let down = |saga_state, error, state, undone| {
            let steps = vec![step(state, None, undone)];
            let saga = saga(saga_state, error, steps);
            back(&saga, &saga.steps[0])
        };
        assert_eq!(down(SagaState::Running, None, Done, false), Back::Never);
        assert_eq!(down(SagaState::Running, None, Done, true), Back::Ready);
        assert_eq!(down(SagaState::Completed, None, Done, true), Back::NotNeeded);
        let turned = |state| down(SagaState::Undoing, Some("sold_out"), state, true);
        assert_eq!(
            [Done, Unknown, Failed, Waiting, Undoing, Undone].map(turned),
            [Back::Due, Back::Due, Back::Idle, Back::Idle, Back::Busy, Back::Done]
        );
    }

    #[test]
    fn an_answer_that_nobody_heard_is_not_one() {
        let call = |to, error: Option<&str>| SagaCall {
            what: "payment.charge".to_owned(),
            sent: false,
            from: 3,
            to,
            error: error.map(str::to_owned),
        };
        let open = SagaPart { calls: vec![call(None, None); 2], ..part(None) };
        let running = saga(SagaState::Running, None, vec![]);
        assert_eq!(came(&running, &open, 1, &open.calls[1]), Came::Waits);
        assert_eq!(came(&running, &open, 0, &open.calls[0]), Came::Lost, "of before the crash");
        let stopped = saga(SagaState::Stopped, None, vec![]);
        assert_eq!(came(&stopped, &open, 1, &open.calls[1]), Came::Lost);
        for (error, what) in [
            (None, Came::Answer),
            (Some("sold_out"), Came::Refusal),
            (Some("internal"), Came::Refusal),
            (Some("timeout"), Came::Lost),
            (Some("unavailable"), Came::Lost),
        ] {
            assert_eq!(came(&running, &open, 0, &call(Some(5), error)), what, "{error:?}");
        }
        assert_eq!(
            came(&running, &open, 0, &SagaCall { sent: true, ..call(None, None) }),
            Came::Sent
        );
    }

    #[test]
    fn what_was_written_down_stands_in_order_with_the_restarts() {
        let mut saga = saga(SagaState::Running, None, vec![]);
        let note = |at, step| SagaNote { at, kind: SagaNoteKind::Done(step) };
        saga.notes = vec![note(4, 0), note(12, 1)];
        saga.resumed = vec![8];
        let steps: Vec<u32> = written(&saga).iter().map(|(step, _)| *step).collect();
        assert_eq!(steps, [4, 8, 12]);
        assert_eq!(written(&saga)[1].1, Line::Resumed);
    }

    #[test]
    fn the_saga_asked_for_is_shown_as_long_as_it_is_there() {
        let at = |lane, from| SagaView { lane, from, ..saga(SagaState::Running, None, vec![]) };
        let mut frame = Frame { sagas: vec![at(2, 9), at(1, 1)], ..Frame::default() };
        let shown = |frame: &Frame, asked| chosen(frame, asked).map(|saga| saga.lane);
        assert_eq!(shown(&frame, None), Some(2));
        assert_eq!(shown(&frame, Some((1, 1))), Some(1));
        assert_eq!(shown(&frame, Some((3, 1))), Some(2));
        assert_eq!(all(&frame).iter().map(|saga| saga.lane).collect::<Vec<_>>(), [1, 2]);
        frame.sagas.clear();
        assert_eq!(shown(&frame, None), None);
    }
}
