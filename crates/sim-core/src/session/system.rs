//! What exists and what talks to what, as plain data: nodes and edges come from the program alone,
//! what is inside them from the moment.

use crate::program::SharedKind;
use serde::{Deserialize, Serialize};

/// The whole system at a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SystemView {
    /// What exists, in text order: processes first, then what they touch. Which ones there are
    /// does not depend on the moment.
    pub nodes: Vec<SystemNode>,
    /// What talks to what; does not depend on the moment either, but for what is under way.
    pub edges: Vec<SystemEdge>,
    /// Messages under way on links, in the order of the links; at most [`super::MOVING_MAX`].
    pub moving: Vec<Moving>,
    /// Requests and answers under way, by request; at most [`super::MOVING_MAX`].
    pub calls: Vec<Travelling>,
}

/// Something that exists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SystemNode {
    /// Its name in the text.
    pub name: String,
    /// What it is.
    pub kind: NodeKind,
    /// How many there are: elements of an array, or instances declared (0: they come by
    /// themselves).
    pub count: u32,
    /// True when the text numbers them.
    pub numbered: bool,
    /// What is inside at this moment.
    pub inside: Inside,
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NodeKind {
    /// A class of processes.
    Process,
    /// A broker's queue.
    Queue,
    /// A topic.
    Topic,
    /// A log.
    Log,
    /// A group of consumers of a log.
    Group,
    /// A service.
    Service,
    /// Another shared thing.
    Thing(SharedKind),
}

/// What is inside a node at a moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Inside {
    /// Processes: those that are there.
    Workers {
        /// At most [`super::WORKERS_MAX`], by number.
        shown: Vec<Worker>,
        /// How many more there are.
        more: u32,
        /// How many of all of them are in each state.
        tally: Tally,
    },
    /// Elements of a queue.
    Queues {
        /// At most [`super::ELEMENTS_MAX`].
        shown: Vec<QueueView>,
        /// How many more there are.
        more: u32,
    },
    /// Replicas of a service, with the requests that are there.
    Replicas {
        /// At most [`super::ELEMENTS_MAX`].
        shown: Vec<ReplicaView>,
        /// How many more there are.
        more: u32,
    },
    /// Partitions of a log.
    Partitions(Vec<PartitionView>),
    /// What a group makes of each partition.
    Members(Vec<MemberView>),
    /// The places of the elements, which [`super::Frame::shared`] tells of; at most
    /// [`super::ELEMENTS_MAX`].
    Places(Vec<String>),
    /// Nothing.
    Nothing,
}

/// How many processes of a class are in each state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Have something to do.
    pub busy: u32,
    /// Wait for work.
    pub idle: u32,
    /// Wait for something else.
    pub waiting: u32,
    /// Crashed or paused.
    pub stopped: u32,
    /// Came to an end.
    pub ended: u32,
    /// Failed.
    pub failed: u32,
}

/// One process.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Worker {
    /// Its lane.
    pub lane: u32,
    /// Its number.
    pub number: Option<u32>,
    /// How it stands.
    pub state: WorkerState,
    /// Messages in flight that it holds.
    pub holds: Vec<Letter>,
    /// What runs out for it.
    pub rings: Vec<Ring>,
}

/// How a process stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum WorkerState {
    /// Has something to do.
    Busy,
    /// Waits for work.
    Idle,
    /// Waits for something else.
    Waiting,
    /// A fault has stopped it for a while.
    Paused,
    /// Crashed; whether it may start again.
    Crashed(bool),
    /// Came to its end.
    Ended,
    /// An error ended it.
    Failed,
}

/// An element of a queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueView {
    /// As in `jobs` or `inbox[2]`.
    pub place: String,
    /// How many may wait, if that is bounded.
    pub capacity: Option<u32>,
    /// Messages that wait, the next to be delivered first; at most [`super::LETTERS_MAX`].
    pub waiting: Vec<Letter>,
    /// How many wait in all.
    pub length: u32,
    /// Messages that come later, by themselves; at most [`super::LETTERS_MAX`].
    pub delayed: Vec<Letter>,
    /// How many of these there are in all.
    pub later: u32,
    /// How many are in flight.
    pub in_flight: u32,
}

/// A replica of a service.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplicaView {
    /// As in `bank` or `bank[2]`.
    pub place: String,
    /// How many requests it works on at once, if that is bounded.
    pub workers: Option<u32>,
    /// How many may wait for a worker, if that is bounded.
    pub backlog: Option<u32>,
    /// It does not answer.
    pub down: bool,
    /// Requests that have a worker, by lane; at most [`super::WORKERS_MAX`].
    pub working: Vec<RequestView>,
    /// How many have one.
    pub busy: u32,
    /// Requests that wait for a worker, the one that has waited longest first; at most
    /// [`super::WORKERS_MAX`].
    pub waiting: Vec<RequestView>,
    /// How many wait.
    pub queued: u32,
}

/// A request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestView {
    /// Its lane.
    pub lane: u32,
    /// Its number among those of its handler, if the text numbers them.
    pub number: u32,
    /// What was asked, as in `bank.pay(80)`.
    pub words: String,
    /// Who waits for its answer: a lane.
    pub caller: Option<u32>,
    /// How it stands.
    pub state: WorkerState,
    /// What runs out for it.
    pub rings: Vec<Ring>,
}

/// A request, or its answer, under way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Travelling {
    /// On which edge: an index.
    pub edge: u32,
    /// The request.
    pub request: RequestView,
    /// It is the answer.
    pub answer: bool,
    /// When it left, nanoseconds.
    pub sent: u64,
    /// When the clock lets it arrive, nanoseconds.
    pub due: u64,
}

impl Travelling {
    /// How far it has come, in thousandths of the way.
    #[must_use]
    pub fn gone(&self, now: u64) -> u32 {
        1000 - Ring { kind: RingKind::Ready, from: self.sent, to: self.due }.left(now)
    }
}

/// A partition of a log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartitionView {
    /// Its number, from 1.
    pub number: u32,
    /// The first offset that is kept.
    pub first: i64,
    /// The offset that the next entry gets.
    pub next: i64,
    /// The last entries, in order; at most [`super::LETTERS_MAX`].
    pub entries: Vec<Letter>,
}

/// What a group makes of a partition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberView {
    /// The partition's number, from 1.
    pub partition: u32,
    /// Whose it is: a lane.
    pub owner: Option<u32>,
    /// The last offset that is committed (0: none).
    pub committed: i64,
    /// The next offset to be delivered.
    pub position: i64,
    /// How many entries are not yet committed.
    pub lag: i64,
}

/// A message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// Names it within the run.
    pub id: u32,
    /// Who sent it: a lane.
    pub sender: Option<u32>,
    /// Its first field, to be shown where there is little room.
    pub label: String,
    /// All of it, as in `order 3, amount 80`.
    pub words: String,
    /// The first of those like it there: offers name that one.
    pub alike: u32,
    /// How often it has been delivered.
    pub deliveries: u32,
    /// What runs out for it.
    pub ring: Option<Ring>,
}

/// A timer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ring {
    /// Of what.
    pub kind: RingKind,
    /// When it began, nanoseconds.
    pub from: u64,
    /// When the clock lets it run out, nanoseconds.
    pub to: u64,
}

impl Ring {
    /// How much of it is left, in thousandths.
    #[must_use]
    pub fn left(&self, now: u64) -> u32 {
        let whole = self.to.saturating_sub(self.from);
        if whole == 0 {
            return 0;
        }
        let left = u128::from(self.to.saturating_sub(now).min(whole));
        (left * 1000 / u128::from(whole)) as u32
    }
}

/// Kinds of timers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum RingKind {
    /// Then a message in flight is visible again.
    Visibility,
    /// Then a message that was put off waits.
    Ready,
    /// Then a block is left.
    Within,
    /// Then a lock is free again.
    Lease,
    /// Then the next try begins.
    Backoff,
    /// Then it has slept enough.
    Sleep,
    /// Then its work is done.
    Work,
}

/// What talks to what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SystemEdge {
    /// From which node: an index.
    pub from: u32,
    /// To which node: an index.
    pub to: u32,
    /// In which way.
    pub kind: EdgeKind,
    /// The link it runs over, if one is declared.
    pub link: Option<LinkView>,
}

/// In which way nodes are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum EdgeKind {
    /// Processes send there.
    Sends,
    /// Processes receive, or follow, from there.
    Receives,
    /// A topic feeds a queue, a log a group.
    Feeds,
    /// What cannot be delivered goes there.
    DeadLetters,
    /// Processes, or handlers, call a service.
    Calls,
    /// Its answers come back over a wire.
    Answers,
    /// Processes start others.
    Starts,
    /// Processes touch it, and may change it.
    Changes,
    /// Processes only look at it.
    Reads,
}

/// A link and what is on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkView {
    /// As in `shop -> jobs`.
    pub name: String,
    /// How long it takes, as it might stand in a text; nothing for no time at all.
    pub latency: Option<String>,
    /// The share that it loses, if any, as in `1%`.
    pub loss: Option<String>,
    /// The share that it doubles, if any.
    pub duplicates: Option<String>,
    /// Messages keep their order.
    pub fifo: bool,
    /// It is cut.
    pub cut: bool,
    /// Some fault of the text can cut it.
    pub can_cut: bool,
    /// How many messages are under way.
    pub under_way: u32,
    /// How many were sent over it within the last so many nanoseconds of virtual time, where the
    /// steps shown tell.
    pub flow: (u32, u64),
}

/// A message under way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moving {
    /// On which edge: an index.
    pub edge: u32,
    /// The place it goes to.
    pub to: String,
    /// The message.
    pub letter: Letter,
    /// When it was sent, nanoseconds.
    pub sent: u64,
    /// When the clock lets it arrive, nanoseconds.
    pub due: u64,
}

impl Moving {
    /// How far it has come, in thousandths of the way.
    #[must_use]
    pub fn gone(&self, now: u64) -> u32 {
        1000 - Ring { kind: RingKind::Ready, from: self.sent, to: self.due }.left(now)
    }
}

impl SystemView {
    /// The node of a class of processes; of requests, as in `bank.pay`, that of their service.
    #[must_use]
    pub fn class(&self, name: &str) -> Option<usize> {
        let (kind, name) = match name.split_once('.') {
            Some((service, _)) => (NodeKind::Service, service),
            None => (NodeKind::Process, name),
        };
        self.nodes.iter().position(|node| node.kind == kind && node.name == name)
    }

    /// The node that a place is an element of: `inbox` for `inbox[2]` or `page.read`.
    #[must_use]
    pub fn place(&self, place: &str) -> Option<usize> {
        let end = place.find(['[', '.']).unwrap_or(place.len());
        let is = |node: &SystemNode| node.kind != NodeKind::Process && node.name == place[..end];
        // A table is inside its database.
        let has = |node: &SystemNode| match &node.inside {
            Inside::Places(places) => places.iter().any(|one| *one == place[..end]),
            _ => false,
        };
        let own = self.nodes.iter().position(is);
        own.or_else(|| self.nodes.iter().position(has))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_empties_and_stays_empty() {
        let ring = Ring { kind: RingKind::Within, from: 100, to: 300 };
        assert_eq!([0, 100, 150, 300, 900].map(|now| ring.left(now)), [1000, 1000, 750, 0, 0]);
        assert_eq!(Ring { to: 100, ..ring }.left(50), 0);
    }
}
