//! Where messages lie in the flat state: lists of entries.
//!
//! ```text
//! in the identity, for each element of a channel:
//!   [extra words][list][list]...      a list: [how many][head][entry][entry]...
//! outside it, for each entry: its number, how often it was delivered, who sent it
//! ```
//! In a layout for searching the first entry of a list is the first in order; where a run is stepped
//! lists are rings, for they may be long.
//!
//! What a process has taken and not done lies in its own block: it goes where the process goes.

use super::{Channel, Earlier, Op, Program, Shape, SharedId, Strategy, WhenFull};

/// Entries of a list in a search, besides what was there and what may come back.
pub const ENTRIES_SEARCHED: u32 = 16;
/// Entries of a list when a run is stepped.
pub const ENTRIES: u32 = 10_000;
/// Words that all lists together take at most, if that leaves room for [`ENTRIES_LEAST`].
const WORDS: u32 = 400_000;
/// Entries for which there is always room when a run is stepped.
const ENTRIES_LEAST: u32 = 64;
/// Messages that a process may have taken in one place and not done, where it says itself when.
const BY_HAND: u32 = 4;
/// Words of an entry outside the identity: number, deliveries, sender plus one.
pub const META: u32 = 3;

/// What an entry is made of; a word each, in this order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// For which element of a link's end it is, from 0.
    pub to: bool,
    /// How often it was delivered.
    pub attempt: bool,
    /// Whether it was delivered before, where nobody counts how often.
    pub again: bool,
    /// Its key.
    pub key: bool,
    /// Its number.
    pub number: bool,
    /// Its fields.
    pub fields: u32,
}

impl Entry {
    /// How many words it has.
    #[must_use]
    pub fn width(self) -> u32 {
        let words = [self.to, self.attempt, self.again, self.key, self.number];
        words.iter().map(|has| u32::from(*has)).sum::<u32>() + self.fields
    }
}

/// The lists of one channel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lists {
    /// The first word of its first element.
    pub at: u32,
    /// How many words an element has.
    pub stride: u32,
    /// Words before an element's lists: for a log the first offset of each part, for a link which
    /// fault has cut it (plus one), for a group committed, position and owner of each part.
    pub extra: u32,
    /// How many lists an element has: waiting and delayed of a queue, the parts of a log.
    pub lists: u32,
    /// How many entries fit into a list.
    pub room: u32,
    /// How many of them are kept for what comes back.
    pub kept: u32,
    /// What an entry is made of.
    pub entry: Entry,
    /// Lists are rings: they have a word for their head.
    pub ring: bool,
    /// Where the words outside the identity begin.
    pub meta: u32,
}

/// One list of one element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct List {
    /// The word that says how many entries it has.
    pub count: usize,
    /// The word that says which place is the first, if it is a ring.
    pub head: Option<usize>,
    /// The first word of its first place.
    pub entries: usize,
    /// The same outside the identity.
    pub meta: usize,
    /// Places.
    pub room: usize,
    /// What an entry is made of.
    pub entry: Entry,
}

impl Lists {
    /// A list of an element.
    #[must_use]
    pub fn list(&self, element: u32, nth: u32) -> List {
        let before = 1 + u32::from(self.ring);
        let words = before + self.room * self.entry.width();
        let at = self.at + element * self.stride + self.extra + nth * words;
        let meta = self.meta + (element * self.lists + nth) * self.room * META;
        List {
            count: at as usize,
            head: self.ring.then_some(at as usize + 1),
            entries: (at + before) as usize,
            meta: meta as usize,
            room: self.room as usize,
            entry: self.entry,
        }
    }

    /// The extra words of an element.
    #[must_use]
    pub fn extra(&self, element: u32) -> usize {
        (self.at + element * self.stride) as usize
    }

    /// Words outside the identity that an element has.
    pub(super) fn meta_words(&self) -> u32 {
        self.lists * self.room * META
    }
}

/// A place in a process's block for a message it has taken: its element plus one, then the entry;
/// for a record of a group the element plus one, its part and its offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flight {
    /// The queue or group.
    pub from: SharedId,
    /// Its first word, counted from the first of all flights.
    pub offset: u32,
}

/// What an entry of a channel is made of.
pub(super) fn entry(program: &Program, channel: &Channel) -> Entry {
    let fields = |id: SharedId| program.shape(id).fields.len() as u32;
    match channel {
        Channel::Queue(queue) => Entry {
            to: false,
            attempt: queue.counts_attempts,
            // What comes again goes to the head, what is new to the end: in a list of what waits
            // apart that tells one from the other.
            again: !queue.counts_attempts && queue.backoff.strategy != Strategy::None,
            key: queue.keyed,
            number: queue.numbered,
            fields: queue.shape.fields.len() as u32,
        },
        Channel::Log(log) => Entry {
            to: false,
            attempt: false,
            again: false,
            key: log.keyed,
            number: log.numbered,
            fields: log.shape.fields.len() as u32,
        },
        Channel::Link(link) => {
            let (key, number) = match program.channel(link.to) {
                Some(Channel::Queue(queue)) => (queue.keyed, queue.numbered),
                Some(Channel::Log(log)) => (log.keyed, log.numbered),
                Some(Channel::Topic(topic)) => (topic.keyed, false),
                _ => (false, false),
            };
            Entry { to: true, attempt: false, again: false, key, number, fields: fields(link.to) }
        }
        Channel::Topic(_) | Channel::Group(_) => Entry::default(),
    }
}

/// How many words a flight has.
pub(super) fn flight_width(program: &Program, from: SharedId) -> u32 {
    match program.channel(from) {
        Some(channel @ Channel::Queue(_)) => 1 + entry(program, channel).width(),
        _ => 3,
    }
}

/// The flights of a class.
pub(super) fn flights(program: &Program, class: usize) -> Vec<Flight> {
    let mut flights = Vec::new();
    let mut offset = 0;
    for pc in program.classes[class].code.clone() {
        let Op::Receive { from, by_hand, .. } = program.code[pc as usize] else { continue };
        if program.queue(from).is_some_and(|queue| queue.at_most_once) {
            continue;
        }
        for _ in 0..if by_hand { BY_HAND } else { 1 } {
            flights.push(Flight { from, offset });
            offset += flight_width(program, from);
        }
    }
    flights
}

/// The lists of a channel, without their places.
pub(super) fn lists(
    program: &Program,
    id: SharedId,
    shape: Shape,
    earlier: &Earlier,
) -> Option<Lists> {
    let channel = program.channel(id)?;
    let mut lists =
        Lists { entry: entry(program, channel), ring: !shape.bounded, ..Lists::default() };
    let mut capacity = u32::MAX;
    match channel {
        Channel::Queue(queue) => {
            lists.lists = 1 + u32::from(queue.delays);
            // A broker that stores a message twice does not ask for room.
            let copies = 1 + u32::from(queue.duplicates > 0);
            // What blocks its senders takes more from those who cannot wait: dead letters, links.
            capacity = match queue.when_full {
                WhenFull::Block => u32::MAX,
                _ => queue.capacity.unwrap_or(u32::MAX).saturating_mul(copies),
            };
        }
        Channel::Log(log) => {
            lists.lists = log.partitions;
            lists.extra = log.partitions;
            capacity = log.keep.unwrap_or(u32::MAX);
        }
        Channel::Link(_) => {
            lists.lists = 1;
            lists.extra = 1;
        }
        Channel::Group(group) => {
            let parts = program.log(group.log).map_or(1, |log| log.partitions);
            lists.extra = 3 * parts;
        }
        Channel::Topic(_) => {}
    }
    lists.kept = 2 + taken_at_once(program, id);
    if shape.bounded {
        lists.kept = lists.kept.min(ENTRIES_SEARCHED);
    }
    let there = earlier.keys.get(id as usize).copied().unwrap_or(0);
    lists.room = if lists.lists == 0 {
        0
    } else if shape.bounded {
        ENTRIES_SEARCHED.min(capacity.max(1)).saturating_add(there) + lists.kept
    } else {
        let fit = WORDS / words_of_all(program).max(1);
        fit.clamp(ENTRIES_LEAST, ENTRIES).min(capacity.max(1)).saturating_add(lists.kept)
    };
    let list = 1 + u32::from(lists.ring) + lists.room * lists.entry.width();
    lists.stride = lists.extra + lists.lists * list;
    Some(lists)
}

/// How many messages of a queue all processes together may have taken and not done.
fn taken_at_once(program: &Program, id: SharedId) -> u32 {
    let classes = program.classes.iter().enumerate();
    let taken = classes.map(|(class, declared)| {
        let flights = flights(program, class).iter().filter(|one| one.from == id).count() as u32;
        flights.saturating_mul(declared.instances.clamp(1, ENTRIES))
    });
    taken.fold(0, u32::saturating_add).min(ENTRIES)
}

/// How many words one entry in every list takes.
fn words_of_all(program: &Program) -> u32 {
    let ids = 0..program.shared.len() as SharedId;
    ids.filter_map(|id| {
        let channel = program.channel(id)?;
        let lists = match channel {
            Channel::Queue(queue) => 1 + u32::from(queue.delays),
            Channel::Log(log) => log.partitions,
            Channel::Link(_) => 1,
            Channel::Topic(_) | Channel::Group(_) => 0,
        };
        let elements = program.shared[id as usize].initial.len() as u32;
        Some(lists * elements * (entry(program, channel).width() + META))
    })
    .sum()
}

/// True for a channel whose messages' numbers belong to a state's identity.
pub(super) fn is_numbered(channel: &Channel) -> bool {
    match channel {
        Channel::Queue(queue) => queue.numbered,
        Channel::Log(log) => log.numbered,
        Channel::Topic(_) | Channel::Group(_) | Channel::Link(_) => false,
    }
}
