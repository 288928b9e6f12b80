//! What happens to messages by itself: on links, when visibility ends, when they are due; and what
//! happens to links and groups.

use super::execute::Execution;
use super::looks::is_like_before;
use super::messages::{DELAYED, LATE, WAITING};
use super::{Applied, Machine, State, Watch};
use crate::program::{Count, FaultKind, SharedId, SharedKind};
use crate::trace::{Choice, Fact, ProcessId, Target, Traffic};

impl Machine {
    /// Messages that may arrive, be lost or come twice.
    pub(super) fn message_choices(
        &self,
        state: &State,
        any: &mut bool,
        each: &mut impl FnMut(Choice),
    ) {
        for &link in &self.links {
            *any |= self.on_link(state, link, each);
        }
        let going_on = *any;
        for &queue in &self.doubling {
            if !going_on {
                break;
            }
            for element in 0..self.layout.shared[queue as usize].length {
                let at = Target { shared: queue, element };
                let list = self.list(at, WAITING);
                for nth in 0..state.count_in(list) {
                    if self.has_room(state, at) && !is_like_before(state, list, nth) {
                        each(Choice::Traffic(Traffic::Double { at, message: nth as u32 }));
                    }
                }
            }
        }
    }

    fn on_link(&self, state: &State, link: SharedId, each: &mut impl FnMut(Choice)) -> bool {
        let Some(settings) = self.program.link(link) else { return false };
        let at = Target { shared: link, element: 0 };
        let list = self.list(at, 0);
        let cut = self.is_cut(state, link);
        let count = state.count_in(list);
        for nth in 0..count {
            if !settings.fifo && is_like_before(state, list, nth) {
                continue;
            }
            let message = nth as u32;
            let to = state.message(list, nth).to;
            let waits_its_turn =
                settings.fifo && (0..nth).any(|before| state.message(list, before).to == to);
            if !cut && !waits_its_turn {
                each(Choice::Traffic(Traffic::Deliver { link, message }));
            }
            if cut || settings.loss > 0 {
                each(Choice::Traffic(Traffic::Lose { link, message }));
            }
            if !cut && settings.duplicates > 0 && count + 1 < list.room {
                each(Choice::Traffic(Traffic::Double { at, message }));
            }
        }
        count > 0
    }

    /// What ends by itself: visibility, delays, a group's session.
    pub(super) fn message_timers(&self, state: &State, each: &mut impl FnMut(Choice)) -> bool {
        let mut any = false;
        if self.hides {
            for process in 0..self.layout.processes.len() as ProcessId {
                let class = self.layout.processes[process as usize].class;
                for (slot, flight) in self.layout.flights[class as usize].iter().enumerate() {
                    let hides = self
                        .program
                        .queue(flight.from)
                        .is_some_and(|queue| queue.visibility.is_some());
                    if hides && state.get(self.flight(process, slot as u16).0) > 0 {
                        any = true;
                        each(Choice::Traffic(Traffic::Reappear { process, slot: slot as u16 }));
                    }
                }
            }
        }
        for &queue in &self.delaying {
            for element in 0..self.layout.shared[queue as usize].length {
                let target = Target { shared: queue, element };
                let list = self.list(target, DELAYED);
                for nth in 0..state.count_in(list) {
                    if !is_like_before(state, list, nth) {
                        any = true;
                        each(Choice::Traffic(Traffic::Ready {
                            queue: target,
                            message: nth as u32,
                        }));
                    }
                }
            }
        }
        for &group in &self.groups {
            if self.may_rebalance(state, group) {
                any = true;
                each(Choice::Traffic(Traffic::Rebalance { group }));
            }
        }
        any
    }

    /// Links that may be cut, or become whole again.
    pub(super) fn cuts(&self, state: &State, any: bool, each: &mut impl FnMut(Choice)) {
        for &fault in &self.cutting {
            if any && self.cuts_now(state, fault) {
                each(Choice::Traffic(Traffic::Cut { fault }));
            }
        }
        for &fault in &self.cutting {
            if self.may_heal(state, fault) {
                each(Choice::Traffic(Traffic::Heal { fault }));
            }
        }
    }

    pub(super) fn may_heal(&self, state: &State, fault: u32) -> bool {
        let declared = &self.program.faults[fault as usize];
        declared.lasts.is_some()
            && declared
                .links
                .iter()
                .any(|&link| state.get(self.cut_word(link)) == i64::from(fault) + 1)
    }

    /// Who a choice about messages is about: who sent it, who has it, who is gone.
    pub(super) fn actor_of_message(&self, state: &State, traffic: Traffic) -> Option<ProcessId> {
        let sender = |at: Target, nth: u32, message: u32| {
            let list = self.list(at, nth);
            ProcessId::try_from(state.message(list, message as usize).sender - 1).ok()
        };
        let first = |class: u32| self.layout.classes[class as usize].clone().next();
        match traffic {
            Traffic::Deliver { link, message }
            | Traffic::Lose { link, message }
            | Traffic::Hold { link, message } => {
                let known = sender(Target { shared: link, element: 0 }, 0, message);
                known.or_else(|| first(self.program.link(link)?.from))
            }
            Traffic::Double { at, message } => sender(at, 0, message).or(Some(0)),
            Traffic::Ready { queue, message } => sender(queue, DELAYED, message).or(Some(0)),
            Traffic::Reappear { process, .. } => Some(process),
            Traffic::Rebalance { group } => {
                let parts = self.partitions(state, group);
                let gone = parts.iter().filter_map(|part| part.owner);
                let gone = gone.into_iter().find(|&owner| {
                    !matches!(state.position(&self.layout, owner), super::Position::At(_))
                });
                gone.or_else(|| first(*self.program.group(group)?.members.first()?))
            }
            Traffic::Cut { fault } | Traffic::Heal { fault } => {
                let links = &self.program.faults[fault as usize].links;
                let link = *links.first()?;
                match self.program.link(link) {
                    Some(link) => first(link.from),
                    None => Some(0),
                }
            }
        }
    }

    /// Lets something happen to messages.
    pub(super) fn travel(
        &self,
        state: &mut State,
        traffic: Traffic,
        watch: &mut impl Watch,
    ) -> Applied {
        let actor = self.actor_of_message(state, traffic).unwrap_or(0);
        let mut execution = Execution::new(self, state, watch, actor);
        match traffic {
            Traffic::Deliver { link, message } => execution.deliver(link, message),
            Traffic::Lose { link, message } => execution.lose(link, message),
            Traffic::Hold { link, message } => execution.hold_back(link, message),
            Traffic::Double { at, message } => execution.double(at, message),
            Traffic::Reappear { slot, .. } => execution.reappear(slot),
            Traffic::Ready { queue, message } => execution.ready(queue, message),
            Traffic::Rebalance { group } => {
                execution.add_to(self.layout.timeouts, 1);
                execution.rebalance(group, false);
            }
            Traffic::Cut { fault } => execution.cut(fault, true),
            Traffic::Heal { fault } => execution.cut(fault, false),
        }
        execution.applied()
    }
}

impl Machine {
    /// Messages that a hand may hold back. Behind all that is on the list of choices: no pick of a run
    /// means anything else for them.
    pub fn each_hold(&self, state: &State, each: &mut impl FnMut(Choice)) {
        for &link in &self.links {
            let fifo = self.program.link(link).is_some_and(|link| link.fifo);
            let list = self.list(Target { shared: link, element: 0 }, 0);
            for nth in 0..state.count_in(list) {
                if fifo || !is_like_before(state, list, nth) {
                    each(Choice::Traffic(Traffic::Hold { link, message: nth as u32 }));
                }
            }
        }
    }

    /// What a hand may pick, in the order that gives picks their numbers: all choices, then what may be
    /// held back.
    pub fn each_pick(&self, state: &State, each: &mut impl FnMut(Choice)) {
        self.each_choice(state, each);
        self.each_hold(state, each);
    }
}

impl<W: Watch> Execution<'_, W> {
    /// Only the clock knows what that means: when a message arrives is no part of a state.
    fn hold_back(&mut self, link: SharedId, nth: u32) {
        let on = Target { shared: link, element: 0 };
        let message = self.state.message(self.machine.list(on, 0), nth as usize).number as u32;
        self.tell(self.process, Fact::HeldBack { link, message, until: 0 });
    }

    fn deliver(&mut self, link: SharedId, nth: u32) {
        let machine = self.machine;
        let on = Target { shared: link, element: 0 };
        let message = self.state.remove(machine.list(on, 0), nth as usize);
        self.note_write(on);
        let shared = machine.program.link(link).map_or(link, |link| link.to);
        let target = Target { shared, element: message.to as u32 };
        self.tell(self.process, Fact::Arrived { link, target, message: message.number as u32 });
        // Its sender is far away and hears of nothing.
        let _ = self.give(target, &message, 0);
    }

    fn lose(&mut self, link: SharedId, nth: u32) {
        let machine = self.machine;
        let on = Target { shared: link, element: 0 };
        let message = self.state.remove(machine.list(on, 0), nth as usize);
        self.note_write(on);
        if !machine.is_cut(self.state, link) {
            self.add_to(machine.layout.losses, 1);
        }
        self.tell(self.process, Fact::Lost { link, message: message.number as u32 });
        self.tally(on, Count::Lost, 1);
    }

    fn double(&mut self, at: Target, nth: u32) {
        let machine = self.machine;
        self.add_to(machine.layout.duplicates, 1);
        let list = machine.list(at, 0);
        let mut message = self.state.message(list, nth as usize);
        let first = message.number;
        message.number = self.new_number();
        message.deliveries = 0;
        self.note_write(at);
        let copy = message.number as u32;
        self.tell(self.process, Fact::Doubled { target: at, message: first as u32, copy });
        if machine.program.shared[at.shared as usize].kind == SharedKind::Link {
            let link = at.shared;
            let settings = machine.program.link(link);
            if settings.is_some_and(|link| link.fifo) {
                self.state.insert(list, nth as usize + 1, &message);
            } else {
                self.state.insert_in_order(list, &message);
            }
            let shared = settings.map_or(link, |link| link.to);
            let target = Target { shared, element: message.to as u32 };
            self.tell(self.process, Fact::OnLink { link, target, message: copy });
            self.tally(at, Count::Doubled, 1);
        } else {
            self.state.insert(list, nth as usize + 1, &message);
            self.tell(self.process, Fact::Accepted { target: at, message: copy });
            self.tally(at, Count::Accepted, 1);
        }
    }

    fn reappear(&mut self, slot: u16) {
        let machine = self.machine;
        self.add_to(machine.layout.timeouts, 1);
        let class = machine.layout.processes[self.process as usize].class;
        let shared = machine.layout.flights[class as usize][slot as usize].from;
        let (at, _) = machine.flight(self.process, slot);
        let target = Target { shared, element: (self.state.get(at) - 1) as u32 };
        let message = self.land_flight(slot);
        self.state.set(at, LATE);
        self.note_write(target);
        self.tell(self.process, Fact::Reappeared { target, message: message.number as u32 });
        self.tally(target, Count::Expired, 1);
        self.failed_delivery(target, &message);
    }

    fn ready(&mut self, target: Target, nth: u32) {
        let machine = self.machine;
        let message = self.state.remove(machine.list(target, DELAYED), nth as usize);
        self.note_write(target);
        self.tell(self.process, Fact::Readied { target, message: message.number as u32 });
        // What comes again goes to the head, what is new to the end.
        let list = machine.list(target, WAITING);
        if message.deliveries > 0 {
            self.state.insert(list, 0, &message);
        } else {
            self.state.push(list, &message);
        }
    }

    fn cut(&mut self, fault: u32, cuts: bool) {
        let machine = self.machine;
        let declared = &machine.program.faults[fault as usize];
        debug_assert_eq!(declared.kind, FaultKind::Partition);
        if cuts {
            self.add_to(machine.layout.struck[fault as usize], 1);
            self.add_to(machine.layout.crashes, 1);
        }
        for &link in &declared.links {
            let at = machine.cut_word(link);
            let mark = i64::from(fault) + 1;
            let now = self.state.get(at);
            self.note_write(Target { shared: link, element: 0 });
            if cuts && now == 0 {
                self.state.set(at, mark);
                self.tell(self.process, Fact::LinkCut { link });
            } else if !cuts && now == mark {
                self.state.set(at, 0);
                self.tell(self.process, Fact::LinkHealed { link });
            }
        }
    }
}
