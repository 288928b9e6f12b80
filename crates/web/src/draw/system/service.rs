//! Where a service's requests stand in its box: those that wait at the left, the next one nearest
//! to the workers, and those that have a worker at the right.

use sim_core::session::{Inside, ReplicaView, SystemNode};

use super::{
    layout::{ELEMENTS, HEAD, LINE, Place},
    tokens::STEP,
};

/// So many that wait are drawn.
pub const QUEUE: usize = 4;
/// So many workers are drawn.
pub const WORKERS: usize = 6;
/// Room at the left for a replica's number, and between queue and workers.
const LEFT: f64 = 26.0;
const BETWEEN: f64 = 20.0;

/// How many workers of a replica are drawn: where there is no bound, as many as there is room for.
#[must_use]
pub fn slots(replica: &ReplicaView) -> usize {
    replica.workers.map_or(WORKERS, |workers| (workers as usize).min(WORKERS))
}

/// The replicas that are drawn.
#[must_use]
pub fn replicas(node: &SystemNode) -> &[ReplicaView] {
    match &node.inside {
        Inside::Replicas { shown, .. } => &shown[..shown.len().min(ELEMENTS as usize)],
        _ => &[],
    }
}

/// How wide and high the box is. It does not depend on the moment.
#[must_use]
pub fn size(node: &SystemNode) -> (f64, f64) {
    let shown = replicas(node);
    let widest = shown.iter().map(slots).max().unwrap_or(1).max(2);
    let more = if node.count as usize > shown.len() { 18.0 } else { 0.0 };
    let wide = LEFT + (QUEUE + widest) as f64 * STEP + BETWEEN + 6.0;
    (wide.max(206.0), HEAD + shown.len().max(1) as f64 * LINE + more + 4.0)
}

/// The middle of a replica's line.
#[must_use]
pub fn line_y(place: &Place, at: usize) -> f64 {
    place.y + HEAD + (at as f64 + 0.5) * LINE - 3.0
}

/// The middle of a worker's place, from the left.
#[must_use]
pub fn worker_x(place: &Place, slots: usize, slot: usize) -> f64 {
    place.x + place.w - 20.0 - (slots - 1 - slot.min(slots - 1)) as f64 * STEP
}

/// The middle of a waiting request's place; the first is the next to get a worker.
#[must_use]
pub fn queue_x(place: &Place, slots: usize, slot: usize) -> f64 {
    worker_x(place, slots, 0) - BETWEEN - STEP * (slot as f64 + 0.75)
}
