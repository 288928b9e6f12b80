//! The part of a system that a room can read: all of it where that is possible; else what messages
//! flow through before what is shared, and of both what acts nearest to the moment.

use sim_core::session::{Frame, NodeKind};

use super::{
    super::touch,
    layout::{Picture, READABLE},
};

/// No picture is of fewer nodes.
const LEAST: usize = 4;

/// The largest part that can be read.
#[must_use]
pub fn readable(frame: &Frame, room: (u32, u32)) -> Picture {
    let system = &frame.system;
    let count = system.nodes.len();
    let mut kept = vec![true; count];
    let mut picture = Picture::filling(system, &kept, room);
    if picture.scale(room) >= READABLE {
        return picture;
    }
    let near = near(frame);
    let is_thing = |at: &usize| matches!(system.nodes[*at].kind, NodeKind::Thing(_));
    // What is left out first stands last: what processes share is told beside their code.
    let mut order: Vec<usize> = near.iter().copied().filter(|at| !is_thing(at)).collect();
    let least = LEAST.min(order.len()).max(2);
    order.extend(near.iter().copied().filter(is_thing));
    for at in order.into_iter().skip(least).rev() {
        kept[at] = false;
        picture = Picture::filling(system, &kept, room);
        if picture.scale(room) >= READABLE {
            break;
        }
    }
    picture
}

/// The nodes, those first that the steps nearest to the moment touch, then what is joined to them.
fn near(frame: &Frame) -> Vec<usize> {
    let system = &frame.system;
    let mut far = vec![usize::MAX; system.nodes.len()];
    for (at, step) in (frame.first as usize + 1..).zip(&frame.steps) {
        let class = step.name.split('[').next().unwrap_or_default();
        let places = touch::places(&step.action);
        let nodes = places.iter().filter_map(|(place, _)| system.place(place));
        for node in system.class(class).into_iter().chain(nodes) {
            far[node] = far[node].min(at.abs_diff(frame.position as usize));
        }
    }
    // Before the first step all begins with who stands first in the text.
    if far.iter().all(|far| *far == usize::MAX) && !far.is_empty() {
        far[0] = 0;
    }
    // How many edges there are between.
    let mut between: Vec<usize> =
        far.iter().map(|far| if *far == usize::MAX { far.to_owned() } else { 0 }).collect();
    for depth in 0..system.nodes.len() {
        for edge in &system.edges {
            let (from, to) = (edge.from as usize, edge.to as usize);
            for (one, other) in [(from, to), (to, from)] {
                if between[one] == depth {
                    between[other] = between[other].min(depth + 1);
                }
            }
        }
    }
    let mut order: Vec<usize> = (0..far.len()).collect();
    sim_core::base::order::sort_by_key(&mut order, |at| (far[*at], between[*at], *at));
    order
}
