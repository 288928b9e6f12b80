//! Queues, topics, logs, groups and links under parameters, and the counters that tell of them.

use super::{Compiler, options::Chosen};
use crate::{
    lang::{
        names::{Kind, Symbol},
        tree::{Expr, ExprKind, Options, SharedTreeKind},
    },
    program::{
        Backoff, Channel, Count, Counting, Counts, Details, Error, Gap, Group, Link, Log,
        MessageShape, NONE, Queue, Shared, SharedId, SharedKind, Strategy, Tallied, Topic, Type,
        WHOLE, WhenFull,
    },
    say::diagnostics::Message,
};

use super::super::check::{COMMIT, DELIVERY, WHEN_FULL};

/// What a queue does without being told: the defaults of its options.
const VISIBILITY: i64 = 30_000_000_000;
const SESSION: i64 = 10_000_000_000;

impl Compiler<'_> {
    /// The settings of something that carries messages.
    pub(super) fn channel(&mut self, at: usize) -> Details {
        let shared = &self.tree.shared[at];
        let options = shared.options.clone().unwrap_or_default();
        let shape = self.message_shape(at);
        let counts = Counts::default();
        let channel = match shared.kind {
            SharedTreeKind::Queue => Channel::Queue(self.queue(&options, shape)),
            SharedTreeKind::Topic => {
                Channel::Topic(Topic { shape, subscribers: Vec::new(), keyed: false, counts })
            }
            SharedTreeKind::Log => {
                let partitions = self.whole(&options, "partitions", 1).unwrap_or(1);
                let keep = self.whole(&options, "keep", 1);
                Channel::Log(Log { shape, partitions, keep, keyed: false, numbered: false, counts })
            }
            _ => {
                let log = options.get("from").and_then(|from| self.named(from.value()));
                let commit = self.chosen(&options, "commit", &COMMIT);
                let session = self.duration(&options, "session").unwrap_or(Some(SESSION));
                Channel::Group(Group {
                    log: log.unwrap_or_default(),
                    commits_before: commit == Some(Chosen::Word("before".to_owned())),
                    session: session.unwrap_or(SESSION),
                    members: Vec::new(),
                    counts,
                })
            }
        };
        self.channels.push(channel);
        Details::Channel(self.channels.len() as u32 - 1)
    }

    fn queue(&mut self, options: &Options, shape: MessageShape) -> Queue {
        let when_full = match self.chosen(options, "when_full", &WHEN_FULL) {
            Some(Chosen::Word(word)) => match word.as_str() {
                "block" => WhenFull::Block,
                "drop_newest" => WhenFull::DropNewest,
                "drop_oldest" => WhenFull::DropOldest,
                _ => WhenFull::Reject,
            },
            _ => WhenFull::Reject,
        };
        let delivery = self.chosen(options, "delivery", &DELIVERY);
        let dead_letter = options.get("dead_letter").and_then(|name| self.named(name.value()));
        let from = options.get("from").and_then(|name| self.named(name.value()));
        if let Some(topic) = from {
            self.subscribed.push((topic, self.details.len() as SharedId));
        }
        let backoff = self.backoff(options);
        Queue {
            shape,
            capacity: self.whole(options, "capacity", 1),
            when_full,
            visibility: self.duration(options, "visibility").unwrap_or(Some(VISIBILITY)),
            max_attempts: self.whole(options, "max_attempts", 1),
            dead_letter,
            at_most_once: delivery == Some(Chosen::Word("at_most_once".to_owned())),
            duplicates: self.share(options, "duplicates"),
            backoff,
            counts_attempts: false,
            keyed: false,
            delays: backoff.strategy != Strategy::None,
            numbered: false,
            counts: Counts::default(),
        }
    }

    /// A whole number, or nothing for `unlimited` and `all`.
    pub(super) fn whole(&mut self, options: &Options, name: &str, least: i64) -> Option<u32> {
        let Chosen::Value(found) = self.chosen(options, name, &["unlimited", "all"])? else {
            return None;
        };
        if found < least
            && let Some(option) = options.get(name)
        {
            self.code.error(&option.value().span, Message::TooSmall { found, least });
        }
        Some(u32::try_from(found.max(least)).unwrap_or(u32::MAX))
    }

    /// A time; `Some(None)` for `none`.
    pub(super) fn duration(&mut self, options: &Options, name: &str) -> Option<Option<i64>> {
        match self.chosen(options, name, &["none"])? {
            Chosen::Value(time) => {
                if time < 0
                    && let Some(option) = options.get(name)
                {
                    self.code.constant_error(&option.value().span, Error::NegativeTime);
                }
                Some(Some(time.max(0)))
            }
            Chosen::Word(_) => Some(None),
        }
    }

    fn share(&mut self, options: &Options, name: &str) -> i64 {
        let Some(option) = options.get(name) else { return 0 };
        self.part(option.value(), name)
    }

    /// A part of a whole: from 0% to 100%.
    pub(super) fn part(&mut self, expr: &Expr, name: &str) -> i64 {
        let found = self.constant(expr);
        if !(0..=WHOLE).contains(&found) {
            let spell = crate::program::spell_percent;
            let name = name.to_owned();
            let (least, greatest) = (spell(0), spell(WHOLE));
            let message = Message::OutsideRange { name, found: spell(found), least, greatest };
            self.code.error(&expr.span, message);
        }
        found.clamp(0, WHOLE)
    }

    fn backoff(&mut self, options: &Options) -> Backoff {
        let Some([strategy, delay, factor, cap]) = self.waits(options) else {
            return Backoff { strategy: Strategy::None, delay: 0, factor: WHOLE, cap: None };
        };
        let strategy = Strategy::ALL[strategy as usize];
        Backoff { strategy, delay, factor, cap: (cap != NONE).then_some(cap) }
    }

    /// The shared thing that an option names.
    pub(super) fn named(&mut self, expr: &Expr) -> Option<SharedId> {
        let shared = |symbol| match symbol {
            Some(Symbol::Shared(at)) => Some(at as SharedId),
            _ => None,
        };
        match &expr.kind {
            ExprKind::If(condition, yes, no) => {
                let holds = self.constant(condition) != 0;
                self.named(if holds { yes } else { no })
            }
            ExprKind::Name(name) => match self.names.find(name) {
                Some(Symbol::Param(at)) => {
                    let label = self.names.labels.get(*self.params.get(at)? as usize)?;
                    shared(self.names.find(label))
                }
                symbol => shared(symbol),
            },
            _ => None,
        }
    }

    /// What the messages of a thing are made of.
    fn message_shape(&self, at: usize) -> MessageShape {
        let fields = self.names.shape(at).map(|shape| shape.fields.clone()).unwrap_or_default();
        let fields = fields.into_iter().map(|(name, kind)| (name, kind.stored()));
        MessageShape { fields: fields.collect() }
    }

    /// The links whose processes exist; `classes` tells which do.
    pub(super) fn links(&mut self, classes: &[Option<u32>]) {
        let tree = self.tree;
        for (place, link) in tree.links.iter().enumerate() {
            if self.wires_of(link, classes) {
                continue;
            }
            let (Some(Symbol::Process(process)), Some(Symbol::Shared(to))) =
                (self.names.find(&link.from.text), self.names.find(&link.to.text))
            else {
                continue;
            };
            let options = &link.options;
            let latency = match options.get("latency") {
                Some(option) => self.gap(option.value()),
                None => Gap::Fixed(0),
            };
            let [loss, duplicates] = ["loss", "duplicates"].map(|name| self.share(options, name));
            let fifo = options.get("fifo").is_none_or(|fifo| self.constant(fifo.value()) != 0);
            let Some(from) = classes.get(process).copied().flatten() else { continue };
            let channel = Link {
                from,
                to: to as SharedId,
                latency,
                loss,
                duplicates,
                fifo,
                counts: Counts::default(),
            };
            self.channels.push(Channel::Link(channel));
            let details = Details::Channel(self.channels.len() as u32 - 1);
            let name = format!("{} -> {}", link.from.text, link.to.text);
            let id = self.implicit(Shared {
                name,
                kind: SharedKind::Link,
                value: Type::Int,
                array: false,
                initial: vec![0],
                details,
                owner: None,
                span: link.span.clone(),
            });
            self.links.insert(place, (process, to, id));
        }
    }

    /// Adds a shared thing that the text does not declare.
    pub(super) fn implicit(&mut self, shared: Shared) -> SharedId {
        let id = self.tree.shared.len() + self.implicit.len();
        self.implicit.push(shared);
        id as SharedId
    }

    /// The link between the class at hand and what it sends to.
    pub(super) fn via(&self, to: usize) -> Option<SharedId> {
        let process = self.process?;
        let found = self.links.values().find(|(from, end, _)| (*from, *end) == (process, to));
        found.map(|(.., id)| *id)
    }

    /// The counter of what is counted under a word, if that is a count.
    pub(super) fn counted(&mut self, of: SharedId, word: &str) -> Option<SharedId> {
        let shared = self.tree.shared.get(of as usize);
        let owner = shared.map_or("link", |shared| shared.kind.word());
        if super::super::check::count(owner, word) { self.counter(of, word) } else { None }
    }

    /// The counter of what is counted of something that carries no messages.
    pub(super) fn tallied(&mut self, of: SharedId, word: &str) -> Option<SharedId> {
        let shared = self.tree.shared.get(of as usize)?;
        let kind = shared.kind.made();
        let what = Tallied::named(kind, word)?;
        let known = self.tallied.iter().find(|count| (count.of, count.what) == (of, what));
        if let Some(known) = known {
            return Some(known.counter);
        }
        // Of a service all its replicas are counted together.
        let own = shared.owner.map_or(1, |service| self.lengths[service]);
        let length = match kind {
            SharedKind::Service => 1,
            _ => self.lengths.get(of as usize).copied().unwrap_or(1).saturating_mul(own),
        };
        let counter = Shared {
            name: format!("{}.{word}", shared.name.text),
            kind: SharedKind::Counter,
            value: Type::Int,
            array: shared.size.is_some() || length > 1,
            initial: vec![0; length as usize],
            details: Details::None,
            owner: None,
            span: shared.name.span.clone(),
        };
        let counter = self.implicit(counter);
        self.tallied.push(Counting { of, what, counter });
        Some(counter)
    }

    /// Makes the counters of those processes of which promises ask how many ended well.
    pub(super) fn count_ends(&mut self) {
        for (at, process) in self.tree.processes.iter().enumerate() {
            let name = format!("{}.ok", process.name.text);
            let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
            let asked = self.tree.promises.iter().any(|promise| {
                let words = &self.text[crate::lang::lexer::range(&promise.condition.span)];
                words.match_indices(&name).any(|(at, _)| {
                    !words[..at].ends_with(is_part)
                        && !words[at + name.len()..].starts_with(is_part)
                })
            });
            if !asked {
                continue;
            }
            let counter = Shared {
                name,
                kind: SharedKind::Counter,
                value: Type::Int,
                array: false,
                initial: vec![0],
                details: Details::None,
                owner: None,
                span: process.name.span.clone(),
            };
            let counter = self.implicit(counter);
            self.ended_well.insert(at, counter);
        }
    }

    /// The counter in which a count of a shared thing is kept.
    fn counter(&mut self, of: SharedId, word: &str) -> Option<SharedId> {
        let count = Count::named(word)?;
        let declared = self.tree.shared.len();
        let (details, name, array, length, span) = match self.tree.shared.get(of as usize) {
            Some(shared) => {
                let length = self.lengths.get(of as usize).copied().unwrap_or(1) as usize;
                let details = *self.details.get(of as usize)?;
                let name = shared.name.text.clone();
                (details, name, shared.size.is_some(), length, &shared.name.span)
            }
            None => {
                let shared = self.implicit.get(of as usize - declared)?;
                (shared.details, shared.name.replace(" -> ", ".link."), false, 1, &shared.span)
            }
        };
        let Details::Channel(channel) = details else { return None };
        let channel = channel as usize;
        if let Some(known) = self.channels[channel].counts().of(count) {
            return Some(known);
        }
        let counter = Shared {
            name: format!("{name}.{word}"),
            kind: SharedKind::Counter,
            value: Type::Int,
            array,
            initial: vec![0; length],
            details: Details::None,
            owner: None,
            span: span.clone(),
        };
        let id = self.implicit(counter);
        self.channels[channel].counts_mut().0[count as usize] = Some(id);
        Some(id)
    }

    /// Refuses queues of which what fails comes round to where it failed first: it could be
    /// delivered for ever.
    pub(super) fn refuse_circles_of_dead_letters(&mut self) {
        let of = |at: SharedId| match self.details.get(at as usize)? {
            Details::Channel(channel) => match &self.channels[*channel as usize] {
                Channel::Queue(queue) => queue.dead_letter,
                _ => None,
            },
            _ => None,
        };
        let mut circles = Vec::new();
        let mut told = vec![false; self.details.len()];
        for first in 0..self.details.len() as SharedId {
            let mut chain = vec![first];
            while let Some(next) = of(chain[chain.len() - 1])
                && !told[first as usize]
            {
                let came_round = next == first;
                if !came_round && chain.contains(&next) {
                    break;
                }
                chain.push(next);
                if came_round {
                    chain.iter().for_each(|&at| told[at as usize] = true);
                    circles.push(chain);
                    break;
                }
            }
        }
        for chain in circles {
            let shared = &self.tree.shared[chain[0] as usize];
            let option = shared.options.as_ref().and_then(|options| options.get("dead_letter"));
            let span = option.map_or(&shared.name.span, |option| &option.value().span).clone();
            let name = |at: &SharedId| self.tree.shared[*at as usize].name.text.clone();
            let chain = chain.iter().map(name).collect();
            self.code.error(&span, Message::DeadLetterCircle { chain });
        }
    }

    /// What is known of channels only when all code is written.
    pub(super) fn complete_channels(&mut self) {
        let families = &self.names.families;
        for (at, details) in self.details.iter().enumerate() {
            let Details::Channel(channel) = *details else { continue };
            let family = families[at];
            let [attempts, numbers] =
                [&self.asked.attempts, &self.asked.numbers].map(|set| set.contains(&family));
            let keyed = self.names.message_keys.contains_key(&family);
            match &mut self.channels[channel as usize] {
                Channel::Queue(queue) => {
                    queue.counts_attempts = attempts || queue.max_attempts.is_some();
                    queue.keyed = keyed;
                    queue.numbered = numbers;
                    let topics = self.subscribed.iter().filter(|(_, own)| *own as usize == at);
                    let mut senders = topics.map(|(topic, _)| *topic as usize).chain([at]);
                    queue.delays |= senders.any(|to| self.asked.delays.contains(&to));
                }
                Channel::Topic(topic) => {
                    topic.keyed = keyed;
                    let subscribers = self.subscribed.iter();
                    let own = subscribers.filter(|(topic, _)| *topic as usize == at);
                    topic.subscribers = own.map(|(_, queue)| *queue).collect();
                }
                Channel::Log(log) => {
                    log.keyed = keyed;
                    log.numbered = numbers;
                }
                Channel::Group(group) => {
                    let members = self.members.iter().filter(|(group, _)| *group == at);
                    group.members = members.map(|(_, class)| *class).collect();
                    group.members.sort_unstable();
                    group.members.dedup();
                }
                Channel::Link(_) => {}
            }
        }
    }

    /// How many registers a value takes.
    pub(super) fn width(&self, kind: Kind) -> u16 {
        let fields = self.names.fields(kind).map_or(0, Vec::len) as u16;
        match kind {
            Kind::Message(..) => crate::program::RECEIVED + fields,
            // The last one tells whether there is one.
            Kind::Record(_) => fields + 1,
            _ => 1,
        }
    }
}
