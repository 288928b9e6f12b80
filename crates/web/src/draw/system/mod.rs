//! What exists and what talks to what, as a picture: [`layout`] says where by the program alone,
//! [`tokens`] where each message is at a moment.

pub mod layout;
pub mod menu;
pub mod part;
pub mod service;
pub mod tokens;

pub use layout::{Curve, Picture, Place};
pub use menu::{About, Entry, Never, menu};
pub use tokens::{Of, Token, tokens};

use sim_core::session::{EdgeKind, Frame, SystemView};

/// From so many messages under way on, a link shows how many there are and not each.
pub const FLOW: u32 = 100;

/// Whether any message is sent in this system: without, its picture is of processes and what they
/// share.
#[must_use]
pub fn has_messages(system: &SystemView) -> bool {
    let sends = |kind: EdgeKind| {
        matches!(kind, EdgeKind::Sends | EdgeKind::Receives | EdgeKind::Feeds | EdgeKind::Calls)
    };
    system.edges.iter().any(|edge| sends(edge.kind))
}

/// The edges along which the last step went, with the lane whose step it was.
#[must_use]
pub fn lit(frame: &Frame) -> Vec<(usize, u32)> {
    let Some(step) = frame.step(frame.position) else { return Vec::new() };
    let system = &frame.system;
    let class = step.name.split('[').next().unwrap_or_default();
    let Some(from) = system.class(class) else { return Vec::new() };
    let touched = super::touch::places(&step.action);
    let nodes: Vec<usize> = touched.iter().filter_map(|(place, _)| system.place(place)).collect();
    let joins = |from: u32, to: u32| [from, to].iter().any(|end| nodes.contains(&(*end as usize)));
    let edges = system.edges.iter().enumerate().filter(|(_, edge)| {
        (edge.from as usize == from || edge.to as usize == from) && joins(edge.from, edge.to)
    });
    edges.map(|(at, _)| (at, step.lane)).collect()
}
