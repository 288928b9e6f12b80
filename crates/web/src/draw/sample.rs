//! Moments made by hand for the tests of the pictures.

use sim_core::{
    program::SharedKind,
    session::{Action, Frame, Lane, LaneState, SharedView, StepView},
};

/// A moment at the end of these steps, with as many lanes as they name.
pub(super) fn frame(steps: Vec<StepView>) -> Frame {
    let lanes = steps.iter().map(|step| step.lane + 1).max().unwrap_or(1);
    let length = steps.len() as u32;
    Frame {
        position: length,
        length,
        steps,
        lanes: (0..lanes).map(lane).collect(),
        shared: vec![shared("x", SharedKind::Var)],
        ..Frame::default()
    }
}

pub(super) fn lane(id: u32) -> Lane {
    Lane {
        id,
        class: "p".to_owned(),
        number: Some(id + 1),
        state: LaneState::Ready,
        code: vec![],
        locals: vec![],
        timers: vec![],
        holds: vec![],
        due: 0,
    }
}

pub(super) fn shared(place: &str, kind: SharedKind) -> SharedView {
    SharedView {
        place: place.to_owned(),
        kind,
        value: "7".to_owned(),
        holders: vec![],
        writing: false,
        waiting: vec![],
        permits: None,
        token: None,
        lease_ends: None,
        before: None,
    }
}

pub(super) fn step(lane: u32, action: Action) -> StepView {
    StepView {
        lane,
        name: format!("p[{}]", lane + 1),
        pick: 1,
        action,
        at: 0,
        line: 1,
        cause: None,
        broke: vec![],
        counted: vec![],
        finished: None,
        raised: None,
        notes: vec![],
        started: vec![],
    }
}

pub(super) fn read(lane: u32) -> StepView {
    step(lane, Action::Read { place: "x".to_owned(), value: "7".to_owned() })
}

pub(super) fn write(lane: u32, old: &str, new: &str) -> StepView {
    let (old, new) = (old.to_owned(), new.to_owned());
    step(lane, Action::Write { place: "x".to_owned(), old, new })
}

pub(super) fn own(lane: u32) -> StepView {
    step(lane, Action::Work { time: "1ms".to_owned() })
}
