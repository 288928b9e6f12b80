//! Messages by the clock: how long one is under way, whether it is lost or doubled, when one that was
//! not answered is seen again.

use super::calendar::Due;
use super::clock::Clock;
use super::entry::Entry;
use super::outcome::{instance_of, place_of};
use super::spend::{Wait, drawn};
use crate::base::Draw;
use crate::machine::{Machine, Position, State};
use crate::program::{FaultKind, Gap, Pc, SharedId, WHOLE, When};
use crate::trace::{Fact, ProcessId, Target, Traffic};
use std::collections::{BTreeMap, BTreeSet};

/// Draws of what becomes of a message are told from that of its latency by these bits.
const LOSS: u64 = 2 << 48;
const DOUBLE: u64 = 3 << 48;
const COPY: u64 = 1 << 52;

/// Lines of senders are told from those of receivers by this bit.
pub(super) const SENDERS: u32 = 1 << 31;

/// What the clock knows of messages.
#[derive(Clone, Debug, Default)]
pub(super) struct Travels {
    /// When each message on a link comes to its end, and whether it is lost.
    pub(super) on_links: BTreeMap<u32, Travel>,
    /// The last arrival on a link that keeps order, for each element of its end.
    pub(super) last: BTreeMap<(SharedId, u32), u64>,
    /// When each message that waits apart is due.
    ready: BTreeMap<u32, u64>,
    /// When messages were sent, where somebody asks for their age.
    sent: BTreeMap<u32, u64>,
    /// When parts of groups are shared out anew.
    shared_out: BTreeMap<SharedId, u64>,
    /// When members of groups crashed.
    gone: BTreeMap<ProcessId, u64>,
    /// Waits before redeliveries, for strategies that look at the one before.
    waits: BTreeMap<u32, u64>,
    /// The copy that this step makes: it is not doubled again.
    copy: u32,
    /// Messages that are to be doubled.
    to_double: BTreeSet<u32>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Travel {
    pub(super) at: u64,
    pub(super) lost: bool,
}

impl Clock {
    /// When a message on a link comes to its end, nanoseconds.
    #[must_use]
    pub fn arrives_at(&self, message: u32) -> Option<u64> {
        self.travels.on_links.get(&message).map(|travel| travel.at)
    }

    /// When a message in flight is seen again unless it is answered, nanoseconds.
    #[must_use]
    pub fn visible_at(&self, process: ProcessId, slot: u16) -> Option<u64> {
        self.hidden.at(process, slot)
    }

    /// When a message that waits apart is due, nanoseconds.
    #[must_use]
    pub fn ready_at(&self, message: u32) -> Option<u64> {
        self.travels.ready.get(&message).copied()
    }

    /// How long ago a message was sent, nanoseconds.
    pub(super) fn age_of(&self, message: u32) -> i64 {
        let sent = self.travels.sent.get(&message).copied().unwrap_or(self.now);
        i64::try_from(self.now.saturating_sub(sent)).unwrap_or(i64::MAX)
    }

    /// Something happened to messages.
    #[inline(always)]
    pub(super) fn hear_of_messages(&mut self, machine: &Machine, process: ProcessId, fact: &Fact) {
        let senders = |target: Target| Target { shared: target.shared | SENDERS, ..target };
        match *fact {
            Fact::Sent { message, .. } => {
                if self.ages {
                    self.travels.sent.insert(message, self.now);
                }
            }
            Fact::Doubled { copy, message, .. } => {
                self.travels.copy = copy;
                self.travels.to_double.remove(&message);
                if self.ages
                    && let Some(&sent) = self.travels.sent.get(&message)
                {
                    self.travels.sent.insert(copy, sent);
                }
            }
            Fact::OnLink { link, target, message } => {
                self.goes_on_link(machine, process, link, target, message);
            }
            Fact::Arrived { message, .. } | Fact::Lost { message, .. } => {
                self.travels.on_links.remove(&message);
            }
            Fact::Accepted { target, message } => {
                self.stir(target);
                self.maybe_stored_twice(machine, process, target, message);
            }
            Fact::Returned { target, .. } => self.stir(target),
            Fact::Readied { target, message } => {
                self.travels.ready.remove(&message);
                self.stir(target);
                if self.travels.to_double.contains(&message) {
                    let due = Due::Double(target.shared, target.element, message);
                    self.add(machine, Entry::new(self.now, u64::from(message), due, 0));
                }
            }
            Fact::Dropped { target, .. } => self.stir(senders(target)),
            Fact::Delivered { target, message: _, slot, .. } => {
                // Who stands behind may have one, too, and a sender its room.
                self.stir(target);
                self.stir(senders(target));
                let queue = machine.program().queue(target.shared);
                if let Some(slot) = slot
                    && let Some(time) = queue.and_then(|queue| queue.visibility)
                {
                    self.hides(machine, (process, slot), time);
                }
            }
            Fact::Delayed { target, message, time, attempts } => {
                self.waits_apart(machine, process, target, message, time, attempts);
            }
            Fact::Acked { message, .. } | Fact::Dead { message, .. } => {
                self.travels.to_double.remove(&message);
                self.travels.sent.remove(&message);
                self.travels.waits.remove(&message);
            }
            Fact::Crashed => {
                if !machine.groups().is_empty() {
                    self.travels.gone.insert(process, self.now);
                }
                return;
            }
            Fact::Appended { .. }
            | Fact::Nacked { .. }
            | Fact::Reappeared { .. }
            | Fact::Committed { .. }
            | Fact::Rebalanced { .. }
            | Fact::LinkCut { .. }
            | Fact::LinkHealed { .. } => {}
            _ => return,
        }
        self.written = true;
    }

    fn goes_on_link(
        &mut self,
        machine: &Machine,
        sender: ProcessId,
        link: SharedId,
        target: Target,
        message: u32,
    ) {
        let program = machine.program();
        let Some(settings) = program.link(link) else { return };
        let place = place_of(&program.shared[link as usize].span);
        let instance = self.instance_now(machine, sender);
        // A copy's draws are told from those of what was sent: it shifts none of them.
        let is_copy = std::mem::take(&mut self.travels.copy) == message;
        let place = if is_copy { place | COPY } else { place };
        let nth = u64::from(self.own.get_mut(sender as usize).draws.count(place));
        let seed = self.seed;
        let draw = |kind: u64| Draw::at(seed, place | kind, instance, nth);
        let latency = match settings.latency {
            Gap::Fixed(time) => time.max(0) as u64,
            Gap::Drawn(distribution, parameters) => drawn(draw(0), distribution, parameters),
        };
        let millionths = |share: i64| share.clamp(0, WHOLE) as u32;
        let lost = draw(LOSS).chance(millionths(settings.loss));
        let doubled = !is_copy && draw(DOUBLE).chance(millionths(settings.duplicates));
        let mut at = self.now.saturating_add(latency);
        if settings.fifo {
            let last = self.travels.last.entry((link, target.element)).or_default();
            at = at.max(*last);
            *last = at;
        }
        self.travels.on_links.insert(message, Travel { at, lost });
        // What left first arrives first of what is due at one instant, on a link that keeps order.
        let tie = if settings.fifo { u64::from(message) } else { draw(1 << 40).order() };
        self.add(machine, Entry::new(at, tie, Due::Travel(link, message), 0));
        if doubled {
            self.travels.to_double.insert(message);
            self.add(machine, Entry::new(self.now, tie, Due::Double(link, 0, message), 0));
        }
    }

    fn maybe_stored_twice(
        &mut self,
        machine: &Machine,
        sender: ProcessId,
        target: Target,
        message: u32,
    ) {
        let program = machine.program();
        let is_copy = self.travels.copy == message;
        if is_copy {
            self.travels.copy = 0;
        }
        let Some(queue) = program.queue(target.shared) else { return };
        if queue.duplicates <= 0 || (is_copy && self.doubling) {
            return;
        }
        let place = place_of(&program.shared[target.shared as usize].span);
        let instance = self.instance_now(machine, sender);
        let nth = u64::from(self.own.get_mut(sender as usize).draws.count(place));
        let share = queue.duplicates.clamp(0, WHOLE) as u32;
        if Draw::at(self.seed, place | DOUBLE, instance, nth).chance(share) {
            let due = Due::Double(target.shared, target.element, message);
            self.travels.to_double.insert(message);
            self.add(machine, Entry::new(self.now, u64::from(message), due, 0));
        }
    }

    fn waits_apart(
        &mut self,
        machine: &Machine,
        process: ProcessId,
        target: Target,
        message: u32,
        time: Option<i64>,
        attempts: u32,
    ) {
        let program = machine.program();
        let place = place_of(&program.shared[target.shared as usize].span);
        let wait = match (time, program.queue(target.shared)) {
            (Some(time), _) => time.max(0) as u64,
            (None, Some(queue)) => {
                let backoff = queue.backoff;
                let wait = Wait {
                    strategy: backoff.strategy,
                    delay: backoff.delay.max(0) as u64,
                    factor: backoff.factor.max(0) as u64,
                    cap: backoff.cap.map_or(u64::MAX, |cap| cap.max(0) as u64),
                };
                let last = self.travels.waits.get(&message).copied().unwrap_or(0);
                let instance = self.instance_now(machine, process);
                let nth = u64::from(self.own.get_mut(process as usize).draws.count(place));
                let wait = wait.after(attempts, last, Draw::at(self.seed, place, instance, nth));
                self.travels.waits.insert(message, wait);
                wait
            }
            (None, None) => 0,
        };
        let at = self.now.saturating_add(wait);
        self.travels.ready.insert(message, at);
        let tie = self.tie_of(place, u64::from(message), self.taken);
        let due = Due::Ready(target.shared, target.element, message);
        self.add(machine, Entry::new(at, tie, due, 0));
    }

    pub(super) fn instance_now(&self, machine: &Machine, process: ProcessId) -> u64 {
        let class = machine.layout().processes[process as usize].class;
        match self.own.get(process as usize).origin {
            0 => instance_of(machine, class, self.number_of(machine, process)),
            origin => origin,
        }
    }

    /// When something may happen to messages, nanoseconds.
    pub(super) fn message_due(&self, machine: &Machine, state: &State, traffic: Traffic) -> u64 {
        let least = |numbers: Vec<u32>, of: &BTreeMap<u32, u64>| {
            numbers.iter().filter_map(|number| of.get(number)).min().copied().unwrap_or(0)
        };
        match traffic {
            Traffic::Deliver { link, message } | Traffic::Lose { link, message } => {
                let numbers = machine.alike_on_link(state, link, message);
                let travels = numbers.iter().filter_map(|it| self.travels.on_links.get(it));
                travels.map(|travel| travel.at).min().unwrap_or(0)
            }
            Traffic::Ready { queue, message } => {
                least(machine.alike_delayed(state, queue, message), &self.travels.ready)
            }
            Traffic::Reappear { process, slot } => self.visible_at(process, slot).unwrap_or(0),
            Traffic::Rebalance { group } => self.session_over(machine, state, group).unwrap_or(0),
            Traffic::Cut { fault } => match machine.program().faults[fault as usize].when {
                When::At(at) | When::From(at, _) => at.max(0) as u64,
                When::Anytime | When::Always => 0,
            },
            Traffic::Heal { fault } => self.heals.get(&fault).copied().unwrap_or(0),
            Traffic::Double { .. } | Traffic::Hold { .. } => 0,
        }
    }

    /// Of messages that are alike the one that is due first goes first, whichever the choice names: the
    /// others keep the times that are left.
    pub(super) fn keep_times_of_like(
        &mut self,
        machine: &Machine,
        state: &State,
        traffic: Traffic,
    ) {
        match traffic {
            Traffic::Deliver { link, message } | Traffic::Lose { link, message } => {
                let numbers = machine.alike_on_link(state, link, message);
                let Some(&named) = numbers.first() else { return };
                let on_links = &self.travels.on_links;
                let first = numbers.iter().filter(|it| on_links.contains_key(it));
                // What is lost is the one that was to be lost, of those due at one instant.
                let loses = matches!(traffic, Traffic::Lose { .. });
                let due = |it: &&u32| (on_links[*it].at, on_links[*it].lost != loses);
                let Some(&first) = first.min_by_key(due) else { return };
                if first == named {
                    return;
                }
                if let Some(travel) = self.travels.on_links.get(&named).copied() {
                    self.travels.on_links.insert(first, travel);
                    self.add(
                        machine,
                        Entry::new(travel.at, u64::from(first), Due::Travel(link, first), 0),
                    );
                }
            }
            Traffic::Hold { link, message } => self.hold_back(machine, state, link, message),
            Traffic::Ready { queue, message } => {
                let numbers = machine.alike_delayed(state, queue, message);
                let Some(&named) = numbers.first() else { return };
                let ready = &self.travels.ready;
                let first = numbers.iter().filter(|it| ready.contains_key(it));
                let Some(&first) = first.min_by_key(|it| ready[it]) else { return };
                if first == named {
                    return;
                }
                if let Some(at) = self.travels.ready.get(&named).copied() {
                    self.travels.ready.insert(first, at);
                    let due = Due::Ready(queue.shared, queue.element, first);
                    self.add(machine, Entry::new(at, u64::from(first), due, 0));
                }
            }
            _ => {}
        }
    }

    /// Groups whose parts are to be shared out anew are, when the session of who is gone is over: at
    /// once for who has ended.
    pub(super) fn share_out(&mut self, machine: &Machine, state: &State) {
        for &group in machine.groups() {
            if !machine.rebalances(state, group) {
                continue;
            }
            let over = self.session_over(machine, state, group).unwrap_or(0);
            let at = self.now.max(over);
            if self.travels.shared_out.insert(group, at) != Some(at) {
                let place = place_of(&machine.program().shared[group as usize].span);
                let tie = self.tie_of(place, 0, self.taken);
                self.add(machine, Entry::new(at, tie, Due::Rebalance(group), 0));
            }
        }
    }

    /// When the session of a group's member that is gone is over.
    fn session_over(&self, machine: &Machine, state: &State, group: SharedId) -> Option<u64> {
        let session = machine.program().group(group)?.session.max(0) as u64;
        let owners = machine.partitions(state, group).into_iter().filter_map(|part| part.owner);
        let gone = owners
            .filter(|&owner| !matches!(state.position(machine.layout(), owner), Position::At(_)));
        gone.map(|owner| {
            let gone = self.travels.gone.get(&owner).copied();
            let crashed = matches!(
                state.position(machine.layout(), owner),
                Position::Crashed | Position::Down(_)
            );
            gone.filter(|_| crashed).map_or(0, |gone| gone.saturating_add(session))
        })
        .min()
    }

    /// What an entry of the calendar about messages stands for, if it still does.
    pub(super) fn traffic_of(
        &self,
        machine: &Machine,
        state: &State,
        due: Due,
        at: u64,
    ) -> Option<Traffic> {
        match due {
            Due::Travel(link, message) => {
                let travel = *self.travels.on_links.get(&message)?;
                if travel.at != at {
                    return None;
                }
                let place = machine.place_on_link(state, link, message)?;
                Some(if travel.lost || machine.is_cut(state, link) {
                    Traffic::Lose { link, message: place }
                } else {
                    Traffic::Deliver { link, message: place }
                })
            }
            Due::Double(shared, element, message) => {
                if !self.travels.to_double.contains(&message) {
                    return None;
                }
                let at = Target { shared, element };
                let place = machine.place_to_double(state, at, message)?;
                Some(Traffic::Double { at, message: place })
            }
            Due::Ready(shared, element, message) => {
                if self.travels.ready.get(&message) != Some(&at) {
                    return None;
                }
                let queue = Target { shared, element };
                let place = machine.place_delayed(state, queue, message)?;
                Some(Traffic::Ready { queue, message: place })
            }
            Due::Reappear(process, slot) => {
                let so = self.visible_at(process, slot) == Some(at)
                    && machine.has_in_flight(state, process, slot);
                so.then_some(Traffic::Reappear { process, slot })
            }
            Due::Rebalance(group) => {
                let over = self.session_over(machine, state, group).is_none_or(|over| over <= at);
                let so = over && machine.rebalances(state, group);
                so.then_some(Traffic::Rebalance { group })
            }
            Due::Heal(fault) => {
                let so = self.heals.get(&fault) == Some(&at) && machine.heals(state, fault);
                so.then_some(Traffic::Heal { fault })
            }
            _ => None,
        }
    }

    /// A process waits for a message, or for room for one: in line before a queue (`side` tells
    /// senders from receivers), otherwise until something changes.
    pub(super) fn await_messages(
        &mut self,
        machine: &Machine,
        state: &State,
        (process, pc): (ProcessId, Pc),
        side: u32,
        in_line: bool,
    ) {
        let target = machine.target(state, process, pc).filter(|_| in_line);
        let Some(target) = target else {
            self.untils.insert(process);
            self.queue_if_free(machine, state, process);
            return;
        };
        let target = Target { shared: target.shared | side, ..target };
        if self.own.get(process as usize).line.is_none() {
            self.lines.join(target, process);
            self.own.get_mut(process as usize).line = Some(target);
        }
        self.stir(target);
    }

    /// Whether what is sent to a channel may fail at a time, as faults have it.
    pub(super) fn fails_at(machine: &Machine, fault: u32, at: u64) -> bool {
        let declared = &machine.program().faults[fault as usize];
        debug_assert!(matches!(declared.kind, FaultKind::Fail { .. }));
        is_on(declared.when, declared.lasts, at)
    }
}

/// Whether a fault without choices is on at a time.
pub(super) fn is_on(when: When, lasts: Option<i64>, at: u64) -> bool {
    match when {
        When::Always | When::Anytime => true,
        When::At(from) => {
            let from = from.max(0) as u64;
            at >= from && lasts.is_none_or(|time| at < from.saturating_add(time.max(0) as u64))
        }
        When::From(from, to) => (from.max(0) as u64..to.max(0) as u64).contains(&at),
    }
}
