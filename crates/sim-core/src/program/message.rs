//! What carries messages: queues, topics, logs, the groups that read them, and links.
//!
//! A message is a row of fields, a word each. Whoever may give something to somebody else (a topic
//! to its queues, a queue to its dead letters, a log to its groups) has fields of the same shape.

use super::{Gap, SharedId, SharedKind, Strategy, Type};

/// The registers that receiving sets before the fields: handle, attempt, key, offset, number.
pub const RECEIVED: u16 = 5;

/// What carries messages, by what it is.
#[derive(Clone, Debug, PartialEq)]
pub enum Channel {
    /// `queue`
    Queue(Queue),
    /// `topic`
    Topic(Topic),
    /// `log`
    Log(Log),
    /// `group`
    Group(Group),
    /// `link`
    Link(Link),
}

/// What messages are made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MessageShape {
    /// Its fields in order; a plain value is one field without a name.
    pub fields: Vec<(String, Type)>,
}

/// A broker's queue.
#[derive(Clone, Debug, PartialEq)]
pub struct Queue {
    /// What lies in it.
    pub shape: MessageShape,
    /// How many may wait.
    pub capacity: Option<u32>,
    /// What happens to one more.
    pub when_full: WhenFull,
    /// How long a delivered message stays out of sight, nanoseconds; `None`: until its receiver
    /// gives an answer or crashes.
    pub visibility: Option<i64>,
    /// The delivery whose failure is the last one.
    pub max_attempts: Option<u32>,
    /// Where messages go that failed so often.
    pub dead_letter: Option<SharedId>,
    /// Delivered counts as done: nothing comes again.
    pub at_most_once: bool,
    /// How likely the broker stores an accepted message twice, millionths.
    pub duplicates: i64,
    /// How the wait before a redelivery grows.
    pub backoff: Backoff,
    /// Deliveries belong to a state's identity: somebody asks for them, or they are bounded.
    pub counts_attempts: bool,
    /// Keys belong to messages: somebody sends with one.
    pub keyed: bool,
    /// Messages may wait apart until they are due.
    pub delays: bool,
    /// Numbers of messages belong to a state's identity: a process asks for them.
    pub numbered: bool,
    /// Counters that promises read, for each [`Count`].
    pub counts: Counts,
}

/// The wait before a redelivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backoff {
    /// How it grows.
    pub strategy: Strategy,
    /// Nanoseconds.
    pub delay: i64,
    /// Millionths.
    pub factor: i64,
    /// Nanoseconds.
    pub cap: Option<i64>,
}

/// What happens to a message for which a queue has no room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhenFull {
    /// Its sender gets `rejected`.
    Reject,
    /// Its sender waits for room.
    Block,
    /// It is thrown away.
    DropNewest,
    /// The one that has waited longest is thrown away for it.
    DropOldest,
}

/// Publish and subscribe: every subscriber gets a copy.
#[derive(Clone, Debug, PartialEq)]
pub struct Topic {
    /// What is published.
    pub shape: MessageShape,
    /// Its queues, in text order.
    pub subscribers: Vec<SharedId>,
    /// As for a [`Queue`].
    pub keyed: bool,
    /// As for a [`Queue`].
    pub counts: Counts,
}

/// A log that is only appended to.
#[derive(Clone, Debug, PartialEq)]
pub struct Log {
    /// What lies in it.
    pub shape: MessageShape,
    /// How many parts keep an order of their own.
    pub partitions: u32,
    /// How many entries each part keeps; `None`: all.
    pub keep: Option<u32>,
    /// As for a [`Queue`].
    pub keyed: bool,
    /// As for a [`Queue`].
    pub numbered: bool,
    /// As for a [`Queue`].
    pub counts: Counts,
}

/// Consumers that share a log.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// The log.
    pub log: SharedId,
    /// A record counts as done when it is delivered, not when it is acked.
    pub commits_before: bool,
    /// After how long a member that has crashed loses its parts, nanoseconds.
    pub session: i64,
    /// Classes whose instances receive from it.
    pub members: Vec<u32>,
    /// As for a [`Queue`].
    pub counts: Counts,
}

/// A way over the network, in one direction.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The class whose processes send over it.
    pub from: u32,
    /// Where it ends: a queue, a topic or a log.
    pub to: SharedId,
    /// How long a message takes.
    pub latency: Gap,
    /// How likely one is lost, millionths.
    pub loss: i64,
    /// How likely one arrives twice, millionths.
    pub duplicates: i64,
    /// Whether messages to the same end arrive in the order they left.
    pub fifo: bool,
    /// As for a [`Queue`].
    pub counts: Counts,
}

/// What is counted of a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Count {
    /// Messages sent to it.
    Sent,
    /// Of those (and copies a broker made) how many it took.
    Accepted,
    /// How many it had no room for and refused.
    Rejected,
    /// How many it threw away for want of room.
    Dropped,
    /// Deliveries.
    Delivered,
    /// Deliveries of what had been delivered before.
    Redelivered,
    /// Messages done.
    Acked,
    /// Deliveries given back.
    Nacked,
    /// Deliveries whose visibility ran out.
    Expired,
    /// Messages that failed too often.
    Dead,
    /// Acks that came too late.
    LateAcks,
    /// Messages a link lost.
    Lost,
    /// Messages a link doubled.
    Doubled,
    /// Records a group has done.
    Committed,
    /// How often a group's parts were shared out anew.
    Rebalances,
}

impl Count {
    /// Every count: its word behind the dot, and of what it is counted. The one list of them.
    const TABLE: [(Count, &'static str, &'static [SharedKind]); 15] = {
        use SharedKind::{Group, Link, Log, Queue, Topic};
        [
            (Count::Sent, "sent", &[Queue, Topic, Log, Link]),
            (Count::Accepted, "accepted", &[Queue, Topic, Log]),
            (Count::Rejected, "rejected", &[Queue, Topic]),
            (Count::Dropped, "dropped", &[Queue]),
            (Count::Delivered, "delivered", &[Queue, Group]),
            (Count::Redelivered, "redelivered", &[Queue, Group]),
            (Count::Acked, "acked", &[Queue, Group]),
            (Count::Nacked, "nacked", &[Queue, Group]),
            (Count::Expired, "expired", &[Queue]),
            (Count::Dead, "dead", &[Queue]),
            (Count::LateAcks, "late_acks", &[Queue, Group]),
            (Count::Lost, "lost", &[Link]),
            (Count::Doubled, "doubled", &[Link]),
            (Count::Committed, "committed", &[Group]),
            (Count::Rebalances, "rebalances", &[Group]),
        ]
    };

    /// How many there are; each has the place of its number in [`Counts`].
    pub const COUNT: usize = Count::TABLE.len();

    /// The count of a word.
    #[must_use]
    pub fn named(word: &str) -> Option<Count> {
        Count::TABLE.iter().find(|(_, own, _)| *own == word).map(|(count, ..)| *count)
    }

    /// What is counted of a kind of channel.
    pub fn of_kind(kind: SharedKind) -> impl Iterator<Item = Count> {
        let of = Count::TABLE.iter().filter(move |(.., kinds)| kinds.contains(&kind));
        of.map(|(count, ..)| *count)
    }

    /// Its word behind the dot.
    #[must_use]
    pub fn word(self) -> &'static str {
        Count::TABLE[self as usize].1
    }
}

/// For each [`Count`] the counter in which a promise reads it, if one does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts(pub [Option<SharedId>; Count::COUNT]);

impl Counts {
    /// The counter of a count.
    #[must_use]
    pub fn of(&self, count: Count) -> Option<SharedId> {
        self.0[count as usize]
    }

    /// All counters.
    pub fn all(&self) -> impl Iterator<Item = SharedId> + '_ {
        self.0.iter().flatten().copied()
    }
}

impl Channel {
    /// The counters that promises read.
    #[must_use]
    pub fn counts(&self) -> &Counts {
        match self {
            Channel::Queue(queue) => &queue.counts,
            Channel::Topic(topic) => &topic.counts,
            Channel::Log(log) => &log.counts,
            Channel::Group(group) => &group.counts,
            Channel::Link(link) => &link.counts,
        }
    }

    /// The same, to be set.
    pub fn counts_mut(&mut self) -> &mut Counts {
        match self {
            Channel::Queue(queue) => &mut queue.counts,
            Channel::Topic(topic) => &mut topic.counts,
            Channel::Log(log) => &mut log.counts,
            Channel::Group(group) => &mut group.counts,
            Channel::Link(link) => &mut link.counts,
        }
    }
}

impl super::Program {
    /// What carries messages under this name, if it does.
    #[must_use]
    pub fn channel(&self, shared: SharedId) -> Option<&Channel> {
        match self.shared[shared as usize].details {
            super::Details::Channel(at) => self.channels.get(at as usize),
            _ => None,
        }
    }

    /// The settings of a queue.
    #[must_use]
    pub fn queue(&self, shared: SharedId) -> Option<&Queue> {
        match self.channel(shared)? {
            Channel::Queue(queue) => Some(queue),
            _ => None,
        }
    }

    /// The settings of a topic.
    #[must_use]
    pub fn topic(&self, shared: SharedId) -> Option<&Topic> {
        match self.channel(shared)? {
            Channel::Topic(topic) => Some(topic),
            _ => None,
        }
    }

    /// The settings of a log.
    #[must_use]
    pub fn log(&self, shared: SharedId) -> Option<&Log> {
        match self.channel(shared)? {
            Channel::Log(log) => Some(log),
            _ => None,
        }
    }

    /// The settings of a group.
    #[must_use]
    pub fn group(&self, shared: SharedId) -> Option<&Group> {
        match self.channel(shared)? {
            Channel::Group(group) => Some(group),
            _ => None,
        }
    }

    /// The settings of a link.
    #[must_use]
    pub fn link(&self, shared: SharedId) -> Option<&Link> {
        match self.channel(shared)? {
            Channel::Link(link) => Some(link),
            _ => None,
        }
    }

    /// What lies in a channel, or travels over it.
    #[must_use]
    pub fn shape(&self, shared: SharedId) -> &MessageShape {
        static NOTHING: MessageShape = MessageShape { fields: Vec::new() };
        match self.channel(shared) {
            Some(Channel::Queue(queue)) => &queue.shape,
            Some(Channel::Topic(topic)) => &topic.shape,
            Some(Channel::Log(log)) => &log.shape,
            Some(Channel::Group(group)) => self.shape(group.log),
            Some(Channel::Link(link)) => self.shape(link.to),
            None => &NOTHING,
        }
    }
}
