//! Where each message of a moment is drawn: on its way, in a queue, at who works on it, in a log.

use std::collections::BTreeSet;

use sim_core::session::{EdgeKind, Frame, Inside, Letter, ReplicaView, RequestView, Ring};

use super::{
    FLOW,
    layout::{self, CELL, ELEMENTS, HEAD, LINE, PART, Picture, Place, ROW, ROWS},
    service,
};

/// Messages of a queue that are drawn side by side.
pub const SLOTS: usize = 6;
/// From message to message.
pub const STEP: f64 = 26.0;
/// Of a log's partition so many entries are drawn.
pub const ENTRIES: usize = 6;

/// A message as it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// Names it as long as it is drawn, wherever.
    pub key: String,
    /// The message.
    pub letter: Letter,
    /// Its middle.
    pub at: (f64, f64),
    /// Where it is.
    pub of: Of,
    /// What runs out for it, and how much is left, in thousandths.
    pub ring: Option<(Ring, u32)>,
    /// It is an answer on its way back.
    pub answer: bool,
}

/// Where a message is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Of {
    /// On a link: the index of the edge.
    Way(usize),
    /// It waits in a queue.
    Queue(String),
    /// It will wait there later.
    Later(String),
    /// A process holds it.
    Lane(u32),
    /// An entry of a log.
    Log(String),
    /// It is a request, or its answer: its lane.
    Request(u32),
}

/// The messages of a moment. Their places are a function of frame and picture alone.
#[must_use]
pub fn tokens(frame: &Frame, picture: &Picture) -> Vec<Token> {
    let mut made = Made { frame, tokens: Vec::new(), keys: BTreeSet::new() };
    for (edge, curve) in picture.edges.iter().enumerate() {
        if !frame.system.edges.get(edge).is_some_and(|edge| picture.joins(edge)) {
            continue;
        }
        let link = frame.system.edges.get(edge).and_then(|edge| edge.link.as_ref());
        if link.is_none_or(|link| link.under_way > FLOW) {
            continue;
        }
        let all = frame.system.moving.iter().filter(|moving| moving.edge as usize == edge);
        let all = all.map(|moving| (moving.gone(frame.now), moving.letter.id, &moving.letter));
        for (share, letter) in spread(all.collect()) {
            // What is due, or overdue, stands just before the end until it arrives.
            made.add(letter, curve.at(0.06 + share.min(1.0) * 0.86), Of::Way(edge));
        }
        let calls = frame.system.calls.iter().filter(|call| call.edge as usize == edge);
        let calls = calls.map(|call| (call.gone(frame.now), call.request.number, call));
        for (share, call) in spread(calls.collect()) {
            made.request(&call.request, curve.at(0.08 + share.min(1.0) * 0.82), call.answer);
        }
    }
    for (at, (node, place)) in frame.system.nodes.iter().zip(&picture.nodes).enumerate() {
        if !picture.shows(at) {
            continue;
        }
        match &node.inside {
            Inside::Queues { shown, .. } => {
                for (at, queue) in shown.iter().take(ELEMENTS as usize).enumerate() {
                    let y = place.y + HEAD + (at as f64 + 0.5) * LINE - 4.0;
                    for (slot, letter) in queue.waiting.iter().take(SLOTS).enumerate() {
                        let at = (slot_x(place, slot), y);
                        made.add(letter, at, Of::Queue(queue.place.clone()));
                    }
                    let taken = queue.waiting.len().min(SLOTS);
                    let room = SLOTS - taken;
                    for (slot, letter) in queue.delayed.iter().take(room).enumerate() {
                        // They come in from the far end.
                        let at = (slot_x(place, SLOTS - 1 - slot), y);
                        made.add(letter, at, Of::Later(queue.place.clone()));
                    }
                }
            }
            Inside::Partitions(partitions) => {
                for (at, part) in partitions.iter().take(layout::VALUES as usize).enumerate() {
                    let y = place.y + HEAD + (at as f64 + 0.5) * PART;
                    let skip = part.entries.len().saturating_sub(ENTRIES);
                    for (slot, letter) in part.entries[skip..].iter().enumerate() {
                        let x = place.x + 46.0 + slot as f64 * STEP;
                        made.entry(letter, (x, y), Of::Log(node.name.clone()));
                    }
                }
            }
            Inside::Workers { shown, .. } => {
                let spots = workers(node.count, place);
                for (worker, spot) in shown.iter().zip(spots) {
                    for (at, letter) in worker.holds.iter().take(3).enumerate() {
                        let by = at as f64 * if spot.roomy { STEP } else { 8.0 };
                        let from = if spot.roomy { (54.0, 0.0) } else { (9.0, 7.0) };
                        let at = (spot.at.0 + from.0 + by, spot.at.1 + from.1);
                        made.add(letter, at, Of::Lane(worker.lane));
                    }
                }
            }
            Inside::Replicas { .. } => {
                for (at, replica) in service::replicas(node).iter().enumerate() {
                    let (slots, y) = (service::slots(replica), service::line_y(place, at));
                    for (slot, one) in replica.waiting.iter().take(service::QUEUE).enumerate() {
                        made.request(one, (service::queue_x(place, slots, slot), y), false);
                    }
                    for (one, slot) in replica.working.iter().zip(worker_slots(replica, slots)) {
                        made.request(one, (service::worker_x(place, slots, slot), y), false);
                    }
                }
            }
            Inside::Members(_) | Inside::Places(_) | Inside::Nothing => {}
        }
    }
    made.tokens
}

/// Who works where: whoever has a worker keeps its place as long as that can be told.
fn worker_slots(replica: &ReplicaView, slots: usize) -> Vec<usize> {
    let mut taken = vec![false; slots];
    let mut places = vec![None; replica.working.len().min(slots)];
    for (place, one) in places.iter_mut().zip(&replica.working) {
        let wished = one.number as usize % slots.max(1);
        if !taken[wished] {
            taken[wished] = true;
            *place = Some(wished);
        }
    }
    let mut free = (0..slots).filter(|slot| !taken[*slot]).collect::<Vec<_>>().into_iter();
    places.into_iter().filter_map(|place| place.or_else(|| free.next())).collect()
}

/// The one that has come farthest first; those after it stand at least a little behind.
fn spread<T>(mut all: Vec<(u32, u32, T)>) -> Vec<(f64, T)> {
    sim_core::base::order::sort_by_key(&mut all, |one| (std::cmp::Reverse(one.0), one.1));
    let apart = (0.9 / all.len().max(1) as f64).min(0.16);
    let mut all: Vec<(f64, T)> =
        all.into_iter().map(|(gone, _, one)| (f64::from(gone) / 1000.0, one)).collect();
    for at in 1..all.len() {
        all[at].0 = all[at].0.min(all[at - 1].0 - apart);
    }
    // Where the last would stand before the beginning, those before it make room.
    let mut least = 0.0;
    for (share, _) in all.iter_mut().rev() {
        *share = share.max(least);
        least = *share + apart;
    }
    all
}

/// The middle of a queue's slot; the next to be delivered is at the right.
#[must_use]
pub fn slot_x(place: &Place, slot: usize) -> f64 {
    place.x + place.w - 20.0 - slot as f64 * STEP
}

/// Where a process of a node is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// Its middle.
    pub at: (f64, f64),
    /// There is room for words beside it.
    pub roomy: bool,
}

/// Where the processes of a node are drawn, as many as have a place.
#[must_use]
pub fn workers(count: u32, place: &Place) -> Vec<Spot> {
    if (1..=ROWS).contains(&count) {
        let row = |at: u32| (place.x + 22.0, place.y + HEAD + (f64::from(at) + 0.5) * ROW);
        return (0..count).map(|at| Spot { at: row(at), roomy: true }).collect();
    }
    let cell = |at: u32| {
        let (across, down) = (at % layout::ACROSS, at / layout::ACROSS);
        (
            place.x + 7.0 + (f64::from(across) + 0.5) * CELL.0,
            place.y + HEAD + (f64::from(down) + 0.5) * CELL.1 - 3.0,
        )
    };
    (0..layout::cells(count)).map(|at| Spot { at: cell(at), roomy: false }).collect()
}

/// Links that have too many messages under way to draw each.
#[must_use]
pub fn flows(frame: &Frame) -> Vec<usize> {
    let edges = frame.system.edges.iter().enumerate().filter(|(_, edge)| {
        edge.kind == EdgeKind::Sends && edge.link.as_ref().is_some_and(|link| link.under_way > FLOW)
    });
    edges.map(|(at, _)| at).collect()
}

struct Made<'a> {
    frame: &'a Frame,
    tokens: Vec<Token>,
    keys: BTreeSet<String>,
}

impl Made<'_> {
    /// One message is drawn once under its own name, so that it may glide from place to place.
    fn add(&mut self, letter: &Letter, at: (f64, f64), of: Of) {
        let key = format!("m{}", letter.id);
        self.push(key, letter, at, of);
    }

    fn entry(&mut self, letter: &Letter, at: (f64, f64), of: Of) {
        let key = format!("e{}", letter.id);
        self.push(key, letter, at, of);
    }

    /// A request stays one thing from its leaving to its answer's coming.
    fn request(&mut self, request: &RequestView, at: (f64, f64), answer: bool) {
        let ring = request.rings.iter().max_by_key(|ring| ring.kind).copied();
        let letter = Letter {
            id: u32::MAX,
            sender: request.caller,
            label: request.number.to_string(),
            words: request.words.clone(),
            alike: u32::MAX,
            deliveries: 0,
            ring: ring.filter(|_| !answer),
        };
        let key = format!("r{}.{}", request.lane, request.number);
        self.push(key, &letter, at, Of::Request(request.lane));
        if let Some(token) = self.tokens.last_mut() {
            token.answer = answer;
        }
    }

    fn push(&mut self, mut key: String, letter: &Letter, at: (f64, f64), of: Of) {
        while !self.keys.insert(key.clone()) {
            key.push('+');
        }
        let ring = letter.ring.map(|ring| (ring, ring.left(self.frame.now)));
        self.tokens.push(Token { key, letter: letter.clone(), at, of, ring, answer: false });
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::sample::{edge, frame, letter, link, node, queue, system};
    use super::*;
    use sim_core::session::{Moving, NodeKind, RingKind, Tally, Worker, WorkerState};

    fn moment() -> Frame {
        let mut moment = frame(vec![]);
        moment.system = system(
            vec![
                node("shop", NodeKind::Process, 0),
                node("worker", NodeKind::Process, 2),
                node("jobs", NodeKind::Queue, 1),
            ],
            vec![edge(0, 2, EdgeKind::Sends), edge(2, 1, EdgeKind::Receives)],
        );
        moment.system.edges[0].link = Some(link("shop -> jobs"));
        moment.system.moving = vec![
            Moving { edge: 0, to: "jobs".to_owned(), letter: letter(9), sent: 100, due: 200 },
            Moving { edge: 0, to: "jobs".to_owned(), letter: letter(8), sent: 100, due: 120 },
        ];
        moment.system.nodes[2].inside = queue("jobs", &[1, 2]);
        let mut held = letter(3);
        held.ring = Some(Ring { kind: RingKind::Visibility, from: 0, to: 200 });
        let worker = Worker {
            lane: 1,
            number: Some(1),
            state: WorkerState::Busy,
            holds: vec![held],
            rings: vec![],
        };
        moment.system.nodes[1].inside =
            Inside::Workers { shown: vec![worker], more: 0, tally: Tally::default() };
        moment.now = 150;
        moment
    }

    fn find(tokens: &[Token], id: u32) -> &Token {
        tokens.iter().find(|token| token.letter.id == id).expect("it is drawn")
    }

    #[test]
    fn a_message_moves_with_virtual_time_and_waits_at_the_end_when_overdue() {
        let mut moment = moment();
        let picture = Picture::of(&moment.system, false);
        let early = tokens(&moment, &picture);
        let on_time = find(&early, 9).at.0;
        assert!(find(&early, 8).at.0 > on_time && find(&early, 8).of == Of::Way(0));
        for moving in &mut moment.system.moving {
            (moving.sent, moving.due) = (150, 250);
        }
        let together = tokens(&moment, &picture);
        let apart = (find(&together, 9).at.0 - find(&together, 8).at.0).abs();
        assert!(apart > 10.0, "sent at once they do not lie on one another: {apart}");
        moment.system.moving[0].due = 200;
        moment.now = 1_000;
        let late = tokens(&moment, &picture);
        assert!(find(&late, 9).at.0 > on_time);
        assert!(find(&late, 9).at.0 < picture.edges[0].at(1.0).0);
    }

    #[test]
    fn the_head_of_a_queue_is_at_the_right_and_a_message_in_flight_at_its_worker() {
        let moment = moment();
        let picture = Picture::of(&moment.system, false);
        let all = tokens(&moment, &picture);
        assert!(find(&all, 1).at.0 > find(&all, 2).at.0);
        let held = find(&all, 3);
        assert_eq!((&held.of, held.ring.map(|ring| ring.1)), (&Of::Lane(1), Some(250)));
        let worker = picture.nodes[1];
        assert!(held.at.0 > worker.x && held.at.0 < worker.x + worker.w);
        assert!(held.at.1 > worker.y && held.at.1 < worker.y + worker.h);
    }

    #[test]
    fn one_message_in_two_queues_has_two_keys() {
        let mut moment = moment();
        moment.system.nodes[2].inside = queue("jobs", &[4, 4]);
        let picture = Picture::of(&moment.system, false);
        let keys: BTreeSet<String> =
            tokens(&moment, &picture).into_iter().map(|token| token.key).collect();
        assert_eq!(keys.len(), 5);
    }

    #[test]
    fn a_crowd_on_a_link_is_a_flow() {
        let mut moment = moment();
        if let Some(link) = &mut moment.system.edges[0].link {
            link.under_way = FLOW + 1;
        }
        let picture = Picture::of(&moment.system, false);
        assert!(!tokens(&moment, &picture).iter().any(|token| token.of == Of::Way(0)));
        assert_eq!(flows(&moment), [0]);
    }

    #[test]
    fn every_process_that_has_a_place_is_inside_its_box() {
        for count in [0, 1, 4, 5, 12] {
            let system = system(vec![node("p", NodeKind::Process, count)], vec![]);
            let place = Picture::of(&system, false).nodes[0];
            for spot in workers(count, &place) {
                assert!(spot.at.0 - 9.0 > place.x && spot.at.0 + 9.0 < place.x + place.w);
                assert!(spot.at.1 + 9.0 < place.y + place.h, "{count} {spot:?} {place:?}");
            }
        }
        assert!(workers(1_000, &Place::default()).is_empty());
    }
}
