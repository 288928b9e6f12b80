//! Moments made by hand for the tests of the pictures.

use sim_core::{
    program::SharedKind,
    session::{
        Action, EdgeKind, Frame, Inside, Lane, LaneState, Letter, LinkView, NodeKind, QueueView,
        SharedView, StepView, SystemEdge, SystemNode, SystemView,
    },
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
        guard: None,
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
        sagas: vec![],
        notes: vec![],
        started: vec![],
        own: 0,
        passages: vec![],
        called: vec![],
        ended: vec![],
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

pub(super) fn system(nodes: Vec<SystemNode>, edges: Vec<SystemEdge>) -> SystemView {
    SystemView { nodes, edges, ..SystemView::default() }
}

pub(super) fn node(name: &str, kind: NodeKind, count: u32) -> SystemNode {
    SystemNode { name: name.to_owned(), kind, count, numbered: count != 1, inside: Inside::Nothing }
}

pub(super) fn edge(from: u32, to: u32, kind: EdgeKind) -> SystemEdge {
    SystemEdge { from, to, kind, link: None }
}

pub(super) fn link(name: &str) -> LinkView {
    LinkView {
        name: name.to_owned(),
        latency: Some("20ms".to_owned()),
        loss: None,
        duplicates: None,
        fifo: false,
        cut: false,
        can_cut: false,
        under_way: 2,
        flow: (0, 0),
    }
}

pub(super) fn letter(id: u32) -> Letter {
    Letter {
        id,
        sender: Some(0),
        label: id.to_string(),
        words: format!("order {id}"),
        alike: id,
        deliveries: 0,
        ring: None,
    }
}

pub(super) fn queue(place: &str, waiting: &[u32]) -> Inside {
    let view = QueueView {
        place: place.to_owned(),
        capacity: None,
        waiting: waiting.iter().map(|id| letter(*id)).collect(),
        length: waiting.len() as u32,
        delayed: vec![],
        later: 0,
        in_flight: 0,
    };
    Inside::Queues { shown: vec![view], more: 0 }
}
