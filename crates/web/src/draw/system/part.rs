//! The part of a system that a room can read: all of it where that is possible; else what messages
//! flow through before what is shared, and of both what acts nearest to the moment.

use sim_core::session::{Frame, NodeKind, SystemView};

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
    let mut picture = Picture::filling(system, &vec![true; count], room);
    if picture.scale(room) >= READABLE {
        return picture;
    }
    let near = near(frame);
    let is_thing = |at: &usize| matches!(system.nodes[*at].kind, NodeKind::Thing(_));
    // What is left out first stands last: what processes share is told beside their code.
    let mut order: Vec<usize> = near.iter().copied().filter(|at| !is_thing(at)).collect();
    let mut fewest = LEAST.min(order.len()).max(2);
    order.extend(near.iter().copied().filter(is_thing));
    // Between what can be read, or is shown in any case, and what cannot: halved, since to lay out
    // many parts takes long.
    let mut too_many = count;
    picture = part(system, &order, fewest, room);
    while too_many - fewest > 1 {
        let tried = fewest + (too_many - fewest) / 2;
        let larger = part(system, &order, tried, room);
        if larger.scale(room) >= READABLE {
            (fewest, picture) = (tried, larger);
        } else {
            too_many = tried;
        }
    }
    picture
}

/// The first so many.
fn part(system: &SystemView, order: &[usize], count: usize, room: (u32, u32)) -> Picture {
    let mut kept = vec![false; system.nodes.len()];
    for at in order.iter().take(count) {
        kept[*at] = true;
    }
    Picture::filling(system, &kept, room)
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
        far.iter().map(|far| if *far == usize::MAX { *far } else { 0 }).collect();
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

#[cfg(test)]
mod tests {
    use sim_core::session::EdgeKind;

    use super::*;
    use crate::draw::sample::{edge, frame, node, system};

    /// Processes that each send to the next, after the first step.
    fn chain(count: u32) -> Frame {
        let nodes = (0..count).map(|at| node(&format!("p{at}"), NodeKind::Process, 1)).collect();
        let edges = (1..count).map(|to| edge(to - 1, to, EdgeKind::Sends)).collect();
        Frame { system: system(nodes, edges), ..frame(vec![]) }
    }

    #[test]
    fn of_a_long_chain_the_first_that_can_be_read_are_shown() {
        let room = (1_220, 370);
        for count in [3, 17, 100] {
            let picture = readable(&chain(count), room);
            assert!(picture.scale(room) >= READABLE, "{count}: {}", picture.scale(room));
            let shown = count as usize - picture.left_out();
            assert!(shown == 3 || (5..20).contains(&shown), "{count}: {shown}");
            assert!((0..shown).all(|at| picture.shows(at)), "{count}: the first {shown}");
            // One more could not be read.
            let more = part(&chain(count).system, &near(&chain(count)), shown + 1, room);
            assert!(count == 3 || more.scale(room) < READABLE, "{count}: {shown}");
        }
    }
}
