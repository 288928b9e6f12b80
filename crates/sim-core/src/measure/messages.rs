//! Messages: what queues, topics, logs, groups and links did with them.
//!
//! A message is known by its number while it is somewhere: on its way, waiting, in flight. What is
//! kept of it is where it is, when it was sent, and since when it is there.

use super::key::{Key, Subject, What, Whom};
use super::numbered::Numbered;
use super::store::{CountId, GaugeId, SpreadId, Store};
use super::{ELEMENTS, Spread};
use crate::program::{Count, Program, SharedKind};
use crate::trace::{Fact, ProcessId, Target};
use std::collections::VecDeque;

const NOWHERE: u32 = u32::MAX;

/// Where a message is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Phase {
    /// Sent, and nowhere yet.
    #[default]
    Sent,
    /// A copy that a link made.
    Copy,
    OnLink,
    Waiting,
    /// It waits apart until it is due.
    Delayed,
    Flying,
    /// An entry of a log.
    Logged,
}

#[derive(Clone, Copy, Debug, Default)]
struct Message {
    phase: Phase,
    place: u32,
    sent: u64,
    /// Since when its queue or log has it.
    accepted: u64,
    /// Since when it is where it is.
    since: u64,
    /// The groups that were given it, as bits.
    given: u64,
}

/// What is told of a channel or an element of it.
#[derive(Clone, Debug)]
struct Place {
    subject: u32,
    kind: SharedKind,
    counts: [CountId; Count::COUNT],
    /// Its own, where elements are few, and that of all elements.
    length: [Option<GaugeId>; 2],
    inflight: [Option<GaugeId>; 2],
    oldest: Option<GaugeId>,
    lag: Option<GaugeId>,
    /// The first offset that the first part of a log keeps, and the next it will have.
    reach: Option<(GaugeId, GaugeId)>,
    /// From acceptance to delivery; of a link from its one end to the other.
    wait: Option<SpreadId>,
    trip: Option<SpreadId>,
    /// Messages in the order they came, those that went included until they are first.
    order: VecDeque<u32>,
    /// How many of them are there.
    there: usize,
    /// Where failed messages go.
    has_dead_letter: bool,
    /// How many entries a part of a log keeps.
    keep: Option<u32>,
    /// For each part of a log its entries; of a group how many are committed.
    entries: Vec<VecDeque<u32>>,
    committed: Vec<i64>,
    /// The groups of a log; the bit of a group.
    groups: Vec<u32>,
    bit: u32,
}

/// What is measured of messages.
#[derive(Clone, Debug)]
pub(super) struct Messages {
    /// For each shared thing its first place, if it has any.
    first: Vec<u32>,
    places: Vec<Place>,
    messages: Numbered<Message>,
    /// Sent within this step: who is nowhere when it ends is gone.
    fresh: Vec<u32>,
    /// The topic that is giving its copies, and whether all took theirs.
    topic: Option<(u32, bool)>,
    /// What processes have taken from groups.
    flying: Vec<(ProcessId, u32, u32)>,
}

impl Messages {
    pub(super) fn new(program: &Program, store: &mut Store) -> Messages {
        let mut places: Vec<Place> = Vec::new();
        let mut first = Vec::new();
        for (shared, declared) in program.shared.iter().enumerate() {
            if !declared.kind.is_channel() {
                first.push(NOWHERE);
                continue;
            }
            first.push(places.len() as u32);
            let whom = Whom::Shared(shared as u32);
            let elements = declared.initial.len().max(1) as u32;
            let all = store.subject(Subject { whom, element: None });
            let few = declared.array && elements <= ELEMENTS;
            let whole = Place::new(program, store, all, shared, few);
            for element in 0..elements {
                let mut place = whole.clone();
                if few {
                    let subject = store.subject(Subject { whom, element: Some(element) });
                    place = Place::new(program, store, subject, shared, false);
                    place.length[1] = whole.length[0];
                    place.inflight[1] = whole.inflight[0];
                }
                places.push(place);
            }
        }
        let mut bit = 0;
        for at in 0..program.shared.len() {
            if let Some(group) = program.group(at as u32) {
                places[first[at] as usize].bit = bit;
                bit = (bit + 1).min(63);
                let log = first[group.log as usize];
                places[log as usize].groups.push(first[at]);
            }
        }
        Messages {
            first,
            places,
            messages: Numbered::new(),
            fresh: Vec::new(),
            topic: None,
            flying: Vec::new(),
        }
    }

    fn at(&self, target: Target) -> u32 {
        self.first[target.shared as usize] + target.element
    }

    #[inline(always)]
    pub(super) fn hear(&mut self, store: &mut Store, process: ProcessId, fact: &Fact) {
        let now = store.now;
        match *fact {
            Fact::Sent { target, message } => {
                self.topic_is_done(store);
                let place = self.at(target);
                self.count(store, place, Count::Sent);
                let sent = Message {
                    phase: Phase::Sent,
                    place,
                    sent: now,
                    accepted: now,
                    since: now,
                    given: 0,
                };
                self.messages.insert(message, sent);
                self.comes_to(place, message);
            }
            Fact::OnLink { link, message, .. } => {
                let place = self.at(Target { shared: link, element: 0 });
                if let Some(on) = self.messages.get_mut(message) {
                    let copied = on.phase == Phase::Copy;
                    (on.phase, on.place, on.since) = (Phase::OnLink, place, now);
                    if !copied {
                        self.count(store, place, Count::Sent);
                    }
                    self.flies(store, place, 1);
                }
            }
            Fact::Arrived { link, target, message } => {
                self.topic_is_done(store);
                self.leaves_link(store, link, message);
                self.comes_to(self.at(target), message);
            }
            Fact::Lost { link, message } => {
                let place = self.at(Target { shared: link, element: 0 });
                self.count(store, place, Count::Lost);
                self.flies(store, place, -1);
                self.messages.remove(message);
            }
            Fact::Doubled { target, message, copy } => self.doubled(store, target, message, copy),
            Fact::Accepted { target, message } => self.accepted(store, self.at(target), message),
            Fact::Appended { target, message, partition, .. } => {
                self.appended(store, self.at(target), message, partition as usize);
            }
            Fact::Refused { target, message } => {
                self.count(store, self.at(target), Count::Rejected);
                self.messages.remove(message);
                if let Some((_, all)) = &mut self.topic {
                    *all = false;
                }
            }
            Fact::Dropped { target, message } => {
                let place = self.at(target);
                self.count(store, place, Count::Dropped);
                if self.messages.remove(message).is_some() {
                    self.waits(store, place, -1);
                }
            }
            Fact::Delivered { target, message, attempt, .. } => {
                self.delivered(store, process, self.at(target), (message, attempt));
            }
            Fact::Acked { target, message } => self.acked(store, process, self.at(target), message),
            Fact::Nacked { target, message } => {
                let place = self.at(target);
                self.count(store, place, Count::Nacked);
                self.lands(store, process, place, message);
            }
            Fact::LateAck { target, message } => {
                let place = self.at(target);
                self.count(store, place, Count::LateAcks);
                self.lands(store, process, place, message);
            }
            Fact::Reappeared { target, .. } => self.count(store, self.at(target), Count::Expired),
            Fact::Returned { target, message } => {
                self.comes_back(store, self.at(target), message, Phase::Waiting);
            }
            Fact::Delayed { target, message, .. } => {
                self.comes_back(store, self.at(target), message, Phase::Delayed);
            }
            Fact::Readied { message, .. } => {
                if let Some(known) = self.messages.get_mut(message) {
                    (known.phase, known.since) = (Phase::Waiting, now);
                }
            }
            Fact::Dead { target, message } => {
                let place = self.at(target);
                self.count(store, place, Count::Dead);
                self.flies(store, place, -1);
                if self.places[place as usize].has_dead_letter {
                    self.comes_to(place, message);
                } else {
                    self.messages.remove(message);
                }
            }
            Fact::Committed { target, partition, offset } => {
                self.committed(store, self.at(target), partition as usize, offset);
            }
            Fact::Rebalanced { target } => self.count(store, self.at(target), Count::Rebalances),
            Fact::Crashed => {
                while let Some(at) = self.flying.iter().position(|(own, ..)| *own == process) {
                    let (_, place, _) = self.flying.swap_remove(at);
                    self.flies(store, place, -1);
                }
            }
            _ => {}
        }
    }

    /// A step is over.
    #[inline(always)]
    pub(super) fn settle(&mut self, store: &mut Store) {
        self.topic_is_done(store);
        if !self.fresh.is_empty() {
            self.settle_fresh();
        }
    }

    #[inline(never)]
    fn settle_fresh(&mut self) {
        while let Some(message) = self.fresh.pop() {
            if self.messages.get(message).is_some_and(|known| known.phase == Phase::Sent) {
                self.messages.remove(message);
            }
        }
    }

    #[inline(always)]
    fn count(&self, store: &mut Store, place: u32, count: Count) {
        let id = self.places[place as usize].counts[count as usize];
        if id != NOWHERE {
            store.count(id);
        }
    }

    /// A message comes to a channel, and is nowhere until the channel says what becomes of it.
    fn comes_to(&mut self, place: u32, message: u32) {
        if let Some(known) = self.messages.get_mut(message) {
            known.phase = Phase::Sent;
        }
        self.fresh.push(message);
        if self.places[place as usize].kind == SharedKind::Topic {
            self.topic = Some((place, true));
        }
    }

    #[inline(always)]
    fn topic_is_done(&mut self, store: &mut Store) {
        if self.topic.is_some() {
            self.counts_topic(store);
        }
    }

    #[inline(never)]
    fn counts_topic(&mut self, store: &mut Store) {
        if let Some((place, all)) = self.topic.take() {
            self.count(store, place, if all { Count::Accepted } else { Count::Rejected });
        }
    }

    fn leaves_link(&mut self, store: &mut Store, link: u32, message: u32) {
        let place = self.at(Target { shared: link, element: 0 });
        let Some(known) = self.messages.get(message) else { return };
        let since = known.since;
        self.flies(store, place, -1);
        if let Some(spread) = self.places[place as usize].wait {
            store.add(spread, since, store.since(since));
        }
    }

    fn doubled(&mut self, store: &mut Store, target: Target, message: u32, copy: u32) {
        let place = self.at(target);
        let Some(known) = self.messages.get(message).copied() else { return };
        let phase = match self.places[place as usize].kind {
            SharedKind::Link => {
                self.count(store, place, Count::Doubled);
                Phase::Copy
            }
            _ => Phase::Sent,
        };
        self.messages.insert(copy, Message { phase, given: 0, ..known });
        self.fresh.push(copy);
    }

    fn accepted(&mut self, store: &mut Store, place: u32, message: u32) {
        self.count(store, place, Count::Accepted);
        let now = store.now;
        let Some(known) = self.messages.get_mut(message) else { return };
        (known.phase, known.place) = (Phase::Waiting, place);
        (known.accepted, known.since) = (now, now);
        self.places[place as usize].order.push_back(message);
        self.waits(store, place, 1);
    }

    fn appended(&mut self, store: &mut Store, place: u32, message: u32, part: usize) {
        self.count(store, place, Count::Accepted);
        let now = store.now;
        if let Some(known) = self.messages.get_mut(message) {
            (known.phase, known.place) = (Phase::Logged, place);
            (known.accepted, known.since) = (now, now);
        }
        let log = &mut self.places[place as usize];
        let entries = &mut log.entries[part];
        entries.push_back(message);
        let over = log.keep.is_some_and(|keep| entries.len() > keep.max(1) as usize);
        let gone = if over { entries.pop_front() } else { None };
        if let Some((first, next)) = log.reach
            && part == 0
        {
            store.change(next, 1);
            store.change(first, i64::from(over));
        }
        if let Some(gone) = gone {
            self.messages.remove(gone);
        }
        for at in 0..self.places[place as usize].groups.len() {
            let group = self.places[place as usize].groups[at];
            if let Some(lag) = self.places[group as usize].lag {
                store.change(lag, 1);
            }
        }
    }

    fn delivered(
        &mut self,
        store: &mut Store,
        process: ProcessId,
        place: u32,
        (message, attempt): (u32, u32),
    ) {
        self.count(store, place, Count::Delivered);
        let own = &self.places[place as usize];
        let (is_group, bit, wait) = (own.kind == SharedKind::Group, 1 << own.bit, own.wait);
        let now = store.now;
        let mut again = attempt > 1;
        if let Some(known) = self.messages.get_mut(message) {
            let since = known.since;
            if is_group {
                again = known.given & bit != 0;
                known.given |= bit;
            } else {
                (known.phase, known.since) = (Phase::Flying, now);
            }
            if let Some(wait) = wait {
                store.add(wait, since, store.since(since));
            }
        }
        if again {
            self.count(store, place, Count::Redelivered);
        }
        self.flies(store, place, 1);
        if is_group {
            self.flying.push((process, place, message));
        } else {
            self.waits(store, place, -1);
        }
    }

    fn acked(&mut self, store: &mut Store, process: ProcessId, place: u32, message: u32) {
        self.count(store, place, Count::Acked);
        if let (Some(known), Some(trip)) =
            (self.messages.get(message), self.places[place as usize].trip)
        {
            store.add(trip, known.sent, store.since(known.sent));
        }
        if self.places[place as usize].kind == SharedKind::Group {
            self.lands(store, process, place, message);
        } else {
            self.flies(store, place, -1);
            self.messages.remove(message);
        }
    }

    /// A record that a process took from a group is no longer in its hands.
    fn lands(&mut self, store: &mut Store, process: ProcessId, place: u32, message: u32) {
        let taken = (process, place, message);
        if let Some(at) = self.flying.iter().position(|one| *one == taken) {
            self.flying.swap_remove(at);
            self.flies(store, place, -1);
        }
    }

    /// A message waits again, or apart.
    fn comes_back(&mut self, store: &mut Store, place: u32, message: u32, phase: Phase) {
        let now = store.now;
        let Some(known) = self.messages.get_mut(message) else { return };
        let flew = known.phase == Phase::Flying;
        (known.phase, known.since) = (phase, now);
        if flew {
            self.places[place as usize].order.push_front(message);
            self.flies(store, place, -1);
            self.waits(store, place, 1);
        }
    }

    fn committed(&mut self, store: &mut Store, place: u32, part: usize, offset: i64) {
        let own = &mut self.places[place as usize];
        let done = std::mem::replace(&mut own.committed[part], offset);
        let (count, lag) = (own.counts[Count::Committed as usize], own.lag);
        (done..offset).for_each(|_| store.count(count));
        if let Some(lag) = lag {
            store.change(lag, done - offset);
        }
    }

    fn flies(&self, store: &mut Store, place: u32, by: i64) {
        store.change_both(self.places[place as usize].inflight, by);
    }

    /// One more waits in a queue, or one less.
    fn waits(&mut self, store: &mut Store, place: u32, by: i64) {
        let Messages { messages, places, .. } = self;
        let own = &mut places[place as usize];
        store.change_both(own.length, by);
        own.there = own.there.saturating_add_signed(by as isize);
        let waits = |message: &u32| {
            messages.get(*message).is_some_and(|known| {
                known.place == place && matches!(known.phase, Phase::Waiting | Phase::Delayed)
            })
        };
        while own.order.front().is_some_and(|first| !waits(first)) {
            own.order.pop_front();
        }
        if own.order.len() > 64 + 2 * own.there {
            own.order.retain(waits);
        }
        if let Some(oldest) = own.oldest {
            let first = own.order.front().and_then(|first| messages.get(*first));
            store.rises(oldest, first.map(|first| first.accepted));
        }
    }

    /// How long those have waited, or been on their way, or not been done, that still are not.
    pub(super) fn open(&self, store: &Store, subject: u32, word: &str) -> Spread {
        let mut open = Spread::default();
        let is_of = |place: u32| self.places[place as usize].subject == subject;
        for message in self.messages.values().filter(|message| is_of(message.place)) {
            let began = match (word, message.phase) {
                ("wait", Phase::Waiting | Phase::Delayed) | ("latency", Phase::OnLink) => {
                    message.since
                }
                ("trip", Phase::Waiting | Phase::Delayed | Phase::Flying) => message.sent,
                _ => continue,
            };
            if began >= store.warmup {
                open.add(store.age(began));
            }
        }
        open
    }

    /// No message is anywhere any more.
    pub(super) fn forget(&mut self) {
        self.messages.clear();
    }
}

impl Place {
    /// What is told of a channel. Of the whole of a small array that is only what its elements do
    /// not add up to.
    fn new(
        program: &Program,
        store: &mut Store,
        subject: u32,
        shared: usize,
        whole: bool,
    ) -> Place {
        let kind = program.shared[shared].kind;
        let key = |word| Key { subject, what: What::Word(word) };
        let mut counts = [NOWHERE; Count::COUNT];
        if !whole {
            for count in Count::of_kind(kind) {
                counts[count as usize] = store.new_count(key(count.word()));
            }
        }
        let is = |kinds: &[SharedKind]| kinds.contains(&kind);
        let mut gauge = |word, so: bool| so.then(|| store.new_gauge(key(word)));
        let length = gauge("length", is(&[SharedKind::Queue]));
        let inflight = gauge("inflight", is(&[SharedKind::Queue, SharedKind::Link]));
        let log = is(&[SharedKind::Log]) && !whole;
        let reach = gauge("first", log).zip(gauge("next", log));
        let oldest = gauge("oldest", is(&[SharedKind::Queue]) && !whole);
        let lag = gauge("lag", is(&[SharedKind::Group]));
        if let Some(length) = length {
            store.track_gauge(length);
        }
        if let Some((first, next)) = reach {
            store.set(first, 1);
            store.set(next, 1);
        }
        let mut spread = |word, so: bool| (so && !whole).then(|| store.new_spread(key(word)));
        let taken = is(&[SharedKind::Queue, SharedKind::Group]);
        let link = is(&[SharedKind::Link]);
        let wait = spread("wait", taken).or_else(|| spread("latency", link));
        let parts = |log: u32| program.log(log).map_or(0, |log| log.partitions as usize);
        let id = shared as u32;
        Place {
            subject,
            kind,
            counts,
            length: [length, None],
            inflight: [inflight, None],
            oldest,
            lag,
            reach,
            wait,
            trip: spread("trip", taken),
            order: VecDeque::new(),
            there: 0,
            has_dead_letter: program.queue(id).is_some_and(|queue| queue.dead_letter.is_some()),
            keep: program.log(id).and_then(|log| log.keep),
            entries: vec![VecDeque::new(); parts(id)],
            committed: vec![1; program.group(id).map_or(0, |group| parts(group.log))],
            groups: Vec::new(),
            bit: 0,
        }
    }
}
