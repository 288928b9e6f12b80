//! Queues, topics, logs, groups and links of the system view.

use crate::machine::Look;
use crate::program::{
    Channel, Distribution, Gap, Program, SharedId, spell_duration, spell_percent,
};
use crate::session::describe::place_name;
use crate::session::messages::{label_of, link_name, words_of};
use crate::session::system::{
    EdgeKind, Inside, Letter, LinkView, MemberView, Moving, PartitionView, QueueView, Ring,
    RingKind, SystemEdge, SystemView,
};
use crate::session::{ELEMENTS_MAX, LETTERS_MAX, MOVING_MAX, Session};
use crate::trace::{Fact, ProcessId, Target};
use std::collections::BTreeMap;

/// Over this much virtual time the flow over a link is told, nanoseconds.
pub(super) const FLOW_TIME: u64 = 1_000_000_000;

/// A link, still empty.
pub(super) fn link_of(program: &Program, link: SharedId) -> Option<LinkView> {
    let settings = program.link(link)?;
    let latency = latency(settings.latency);
    let share = |share: i64| (share > 0).then(|| spell_percent(share));
    Some(LinkView {
        name: link_name(program, link),
        latency,
        loss: share(settings.loss),
        duplicates: share(settings.duplicates),
        fifo: settings.fifo,
        cut: false,
        can_cut: program.faults.iter().any(|fault| fault.links.contains(&link)),
        under_way: 0,
        flow: (0, FLOW_TIME),
    })
}

/// How long a way takes, as it might stand in a text; nothing for no time at all.
pub(super) fn latency(gap: Gap) -> Option<String> {
    match gap {
        Gap::Fixed(0) => None,
        Gap::Fixed(time) => Some(spell_duration(time)),
        // Erlang's first number is how many stages it has.
        Gap::Drawn(distribution @ Distribution::Erlang, [_, mean])
        | Gap::Drawn(distribution, [mean, _]) => {
            Some(format!("{}({})", distribution.word(), spell_duration(mean)))
        }
    }
}

/// The edges between channels; `at` gives a shared thing's node.
pub(super) fn feeds(program: &Program, at: &BTreeMap<SharedId, u32>) -> Vec<SystemEdge> {
    let mut edges = Vec::new();
    let mut join = |from: SharedId, to: SharedId, kind: EdgeKind| {
        if let (Some(&from), Some(&to)) = (at.get(&from), at.get(&to)) {
            edges.push(SystemEdge { from, to, kind, link: None });
        }
    };
    for id in 0..program.shared.len() as SharedId {
        match program.channel(id) {
            Some(Channel::Topic(topic)) => {
                for &queue in &topic.subscribers {
                    join(id, queue, EdgeKind::Feeds);
                }
            }
            Some(Channel::Queue(queue)) => {
                if let Some(dead) = queue.dead_letter {
                    join(id, dead, EdgeKind::DeadLetters);
                }
            }
            Some(Channel::Group(group)) => join(group.log, id, EdgeKind::Feeds),
            Some(Channel::Log(_) | Channel::Link(_)) | None => {}
        }
    }
    edges
}

impl Session {
    /// What is inside a channel.
    pub(super) fn channel_inside(&self, id: SharedId, channel: &Channel) -> Inside {
        match channel {
            Channel::Queue(_) => {
                let length = self.program().shared[id as usize].initial.len() as u32;
                let elements = (0..length).take(ELEMENTS_MAX);
                let shown = elements.map(|element| self.queue_view(Target { shared: id, element }));
                Inside::Queues {
                    shown: shown.collect(),
                    more: length.saturating_sub(ELEMENTS_MAX as u32),
                }
            }
            Channel::Log(log) => {
                let parts = (0..log.partitions).map(|part| self.partition_view(id, part));
                Inside::Partitions(parts.take(ELEMENTS_MAX).collect())
            }
            Channel::Group(group) => {
                let parts = self.machine.partitions(&self.moment.state, id);
                let views = parts.iter().zip(0..).take(ELEMENTS_MAX).map(|(part, number)| {
                    let (first, entries) =
                        self.machine.entries(&self.moment.state, group.log, number);
                    let next = first + entries.len() as i64;
                    MemberView {
                        partition: number + 1,
                        owner: part.owner,
                        committed: part.committed - 1,
                        position: part.position,
                        lag: (next - part.committed).max(0),
                    }
                });
                Inside::Members(views.collect())
            }
            Channel::Topic(_) | Channel::Link(_) => Inside::Nothing,
        }
    }

    fn queue_view(&self, queue: Target) -> QueueView {
        let state = &self.moment.state;
        let waiting = self.machine.waiting_messages(state, queue);
        let delayed = self.machine.delayed_messages(state, queue);
        let letter = |look: &Look| Letter {
            alike: self
                .machine
                .place_to_double(state, queue, look.id)
                .and_then(|place| waiting.get(place as usize))
                .map_or(look.id, |first| first.id),
            ..self.letter(look)
        };
        let later = |look: &Look| {
            let first = self.machine.place_delayed(state, queue, look.id);
            let first = first.and_then(|place| delayed.get(place as usize));
            Letter {
                alike: first.map_or(look.id, |first| first.id),
                ring: self.moment.clock.ready_at(look.id).map(|to| Ring {
                    kind: RingKind::Ready,
                    from: self.moment.letters.since(look.id).unwrap_or(0).min(to),
                    to,
                }),
                ..self.letter(look)
            }
        };
        QueueView {
            place: place_name(self.program(), queue),
            capacity: self.program().queue(queue.shared).and_then(|queue| queue.capacity),
            waiting: waiting.iter().take(LETTERS_MAX).map(letter).collect(),
            length: waiting.len() as u32,
            delayed: delayed.iter().take(LETTERS_MAX).map(later).collect(),
            later: delayed.len() as u32,
            in_flight: self.machine.flying(state, queue).max(0) as u32,
        }
    }

    pub(super) fn partition_view(&self, log: SharedId, part: u32) -> PartitionView {
        let (first, entries) = self.machine.entries(&self.moment.state, log, part);
        let last = entries.len().saturating_sub(LETTERS_MAX);
        PartitionView {
            number: part + 1,
            first,
            next: first + entries.len() as i64,
            entries: entries[last..].iter().map(|look| self.letter(look)).collect(),
        }
    }

    /// The messages that a process has in flight.
    pub(super) fn held_letters(&self, process: ProcessId) -> Vec<Letter> {
        let held = self.machine.in_flight(&self.moment.state, process).into_iter();
        let letters = held.take(LETTERS_MAX).map(|(slot, look)| {
            let hides = self.program().queue(look.to.shared).and_then(|queue| queue.visibility);
            let ends = self.moment.clock.visible_at(process, slot);
            let ring = ends.zip(hides).map(|(to, whole)| Ring {
                kind: RingKind::Visibility,
                from: to.saturating_sub(whole.max(0) as u64),
                to,
            });
            Letter { ring, ..self.letter(&look) }
        });
        letters.collect()
    }

    fn letter(&self, look: &Look) -> Letter {
        let program = self.program();
        // Of a group's record the machine knows no more than its number.
        let known;
        let fields = if look.fields.is_empty() {
            known = self.moment.letters.fields(look.id);
            known.as_slice()
        } else {
            &look.fields
        };
        Letter {
            id: look.id,
            sender: look.sender,
            label: label_of(program, look.to.shared, fields),
            words: words_of(program, look.to.shared, fields),
            alike: look.id,
            deliveries: look.deliveries,
            ring: None,
        }
    }

    /// What is on the links.
    pub(super) fn fill_links(&self, view: &mut SystemView, links: &[Option<SharedId>]) {
        let state = &self.moment.state;
        for (at, link) in (0..).zip(links) {
            let Some(id) = link.filter(|id| self.program().link(*id).is_some()) else { continue };
            let looks = self.machine.under_way(state, id);
            let edge = &mut view.edges[at as usize];
            if let Some(link) = &mut edge.link {
                link.cut = self.machine.is_cut(state, id);
                link.under_way = looks.len() as u32;
                link.flow = (self.sent_lately(id), FLOW_TIME.min(self.moment.clock.now().max(1)));
            }
            let room = MOVING_MAX.saturating_sub(view.moving.len());
            for look in looks.iter().take(room) {
                let due = self.moment.clock.arrives_at(look.id).unwrap_or(0);
                let first = self.machine.place_on_link(state, id, look.id);
                let first = first.and_then(|place| looks.get(place as usize));
                let letter =
                    Letter { alike: first.map_or(look.id, |first| first.id), ..self.letter(look) };
                view.moving.push(Moving {
                    edge: at,
                    to: place_name(self.program(), look.to),
                    letter,
                    sent: self.moment.letters.since(look.id).unwrap_or(due).min(due),
                    due,
                });
            }
        }
    }

    /// How many messages went on a link in the last [`FLOW_TIME`], as far as the steps shown tell.
    fn sent_lately(&self, id: SharedId) -> u32 {
        let now = self.moment.clock.now();
        let upto = self.moment.step.saturating_sub(self.window.first) as usize;
        let steps = &self.window.steps[..upto.min(self.window.steps.len())];
        let late = steps.iter().rev().take_while(|(event, _)| event.at + FLOW_TIME >= now);
        let sent = late.flat_map(|(event, _)| &event.facts);
        let sent =
            sent.filter(|(_, fact)| matches!(fact, Fact::OnLink { link, .. } if *link == id));
        sent.count() as u32
    }
}
