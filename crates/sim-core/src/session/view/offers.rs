//! What may happen next, and what may not with its reason.

use crate::machine::{Blocked, Standing, Stay, Watch};
use crate::program::{FaultKind, Op, Pc};
use crate::session::data;
use crate::session::describe::{happened, held_name, intended, key_name, place_name, step};
use crate::session::frame::{Action, Offer, OfferKind, Reason};
use crate::session::letters::message_of;
use crate::session::undone::explain;
use crate::session::{OFFERS_MAX, Session};
use crate::trace::{Choice, Fact, ProcessId, Traffic};

impl Session {
    pub(super) fn offers(&self) -> (Vec<Offer>, u32) {
        let (mut offers, mut left_out) = (Vec::new(), 0);
        let mut trial = self.moment.state.clone();
        trial.begin_trial();
        let mut picks = self.machine.choices(&self.moment.state);
        self.machine.each_hold(&self.moment.state, &mut |choice| picks.push(choice));
        let mut choices = picks.into_iter().zip(1..).peekable();
        for standing in self.machine.standing(&self.moment.state) {
            let first = offers.len();
            while let Some(&(choice, pick)) = choices.peek() {
                let Choice::Step { process, .. } = choice else { break };
                if process != standing.process {
                    break;
                }
                choices.next();
                if offers.len() >= OFFERS_MAX {
                    left_out += 1;
                    continue;
                }
                let mut facts = Facts::default();
                self.machine.apply(&mut trial, choice, &mut facts);
                trial.take_back();
                let action = self.action_tried(&standing, &facts);
                offers.push(self.offer(choice, pick, standing.pc, action));
            }
            let of = (offers.len() - first) as u32;
            for (at, offer) in offers[first..].iter_mut().enumerate() {
                offer.outcome = (at as u32 + 1, of);
            }
            if let Some(blocked) = standing.blocked {
                if offers.len() >= OFFERS_MAX {
                    left_out += 1;
                } else {
                    offers.push(self.hindered(&standing, blocked));
                }
            }
        }
        for (choice, pick) in choices {
            if offers.len() >= OFFERS_MAX {
                left_out += 1;
                continue;
            }
            let Some(process) = self.machine.actor(&self.moment.state, choice) else { continue };
            let pc = self.machine.standing_of(&self.moment.state, process);
            let mut message = None;
            let action = match choice {
                Choice::Arrive { .. } => Action::Arrive,
                Choice::TimeOut { process, timer } if self.machine.is_cancel(process, timer) => {
                    Action::Cancel
                }
                Choice::TimeOut { .. } | Choice::WaitOver { .. } => Action::TimeOut,
                Choice::Expire { lock } => {
                    Action::Expire { place: place_name(self.program(), lock) }
                }
                Choice::Strike { fault, .. } => match self.program().faults[fault as usize].kind {
                    FaultKind::Pause => Action::Pause,
                    _ => Action::Crash,
                },
                Choice::Traffic(_) | Choice::Outage(_) | Choice::Replicate { .. } => {
                    let mut facts = Facts::default();
                    self.machine.apply(&mut trial, choice, &mut facts);
                    trial.take_back();
                    let mut facts = facts.0;
                    self.tell_until(choice, &mut facts);
                    message = facts.iter().find_map(|(_, fact)| message_of(fact));
                    let known = self.moment.letters.known(self.program(), &facts);
                    happened(self.program(), process, &facts, &known)
                }
                Choice::Lift { .. } if pc.is_some() => Action::Resume,
                Choice::Lift { .. } | Choice::Step { .. } => Action::Restart,
            };
            let pc = pc.map_or(0, |standing| standing.pc);
            offers.push(Offer { message, ..self.offer(choice, pick, pc, action) });
        }
        (offers, left_out)
    }

    /// Until when a message would be held back, which only the clock knows.
    fn tell_until(&self, choice: Choice, facts: &mut [(ProcessId, Fact)]) {
        let Choice::Traffic(Traffic::Hold { link, message: place }) = choice else { return };
        let (machine, state) = (&self.machine, &self.moment.state);
        for (_, fact) in facts {
            if let Fact::HeldBack { until, .. } = fact {
                *until = self.moment.clock.held_until(machine, state, link, place);
            }
        }
    }

    fn offer(&self, choice: Choice, pick: u32, pc: Pc, action: Action) -> Offer {
        let state = &self.moment.state;
        let lane = self.machine.actor(state, choice).unwrap_or(0);
        let name = match choice {
            Choice::Arrive { class } => {
                let came = state.get(self.machine.layout().came[class as usize] as usize);
                self.program().process_name(class as usize, came as u32 + 1)
            }
            _ => self.name(lane),
        };
        let kind = match choice {
            Choice::Step { .. } => OfferKind::Step,
            Choice::Arrive { .. } => OfferKind::Arrival,
            Choice::TimeOut { .. }
            | Choice::WaitOver { .. }
            | Choice::Expire { .. }
            | Choice::Traffic(
                Traffic::Reappear { .. } | Traffic::Ready { .. } | Traffic::Rebalance { .. },
            ) => OfferKind::Timer,
            Choice::Traffic(
                Traffic::Deliver { .. }
                | Traffic::Lose { .. }
                | Traffic::Hold { .. }
                | Traffic::Double { .. },
            )
            | Choice::Replicate { .. } => OfferKind::Message,
            Choice::Strike { .. }
            | Choice::Lift { .. }
            | Choice::Outage(_)
            | Choice::Traffic(Traffic::Cut { .. } | Traffic::Heal { .. }) => OfferKind::Fault,
        };
        Offer {
            lane,
            name,
            kind,
            outcome: (1, 1),
            action,
            pick: Some(pick),
            blocked: None,
            line: self.line_number(pc),
            message: None,
        }
    }

    fn hindered(&self, standing: &Standing, blocked: Blocked) -> Offer {
        let program = self.program();
        let op = program.code[standing.pc as usize];
        let action = match blocked {
            Blocked::Held { target, mode } => {
                Action::Take { place: held_name(program, target, mode), token: None }
            }
            Blocked::Row { table, key, .. }
                if let Some(action) = data::intended_row(program, op, table, key) =>
            {
                action
            }
            _ => self.timed(intended(program, op), standing.process),
        };
        Offer {
            lane: standing.process,
            name: self.name(standing.process),
            kind: OfferKind::Step,
            outcome: (1, 1),
            action,
            pick: None,
            blocked: Some(self.reason(standing.process, blocked)),
            line: self.line_number(standing.pc),
            message: None,
        }
    }

    pub(super) fn reason(&self, process: ProcessId, blocked: Blocked) -> Reason {
        let program = self.program();
        match blocked {
            Blocked::Held { target, mode } => {
                let place = held_name(program, target, mode);
                let holders: Vec<ProcessId> =
                    self.machine.holders(&self.moment.state, target).collect();
                if holders == [process] {
                    Reason::HeldBySelf { place }
                } else {
                    Reason::Held { place, holders }
                }
            }
            Blocked::Asleep { condition } => {
                Reason::Asleep { place: place_name(program, condition) }
            }
            Blocked::Until { condition } => {
                Reason::Until { words: program.conditions[condition as usize].words.clone() }
            }
            Blocked::Empty { channel } => Reason::Empty { place: place_name(program, channel) },
            Blocked::NoRoom { channel } => Reason::NoRoom { place: place_name(program, channel) },
            Blocked::Unanswered => {
                Reason::Unanswered { request: self.machine.callee_of(&self.moment.state, process) }
            }
            Blocked::Filling { target, key } => {
                let by = self.machine.filler(&self.moment.state, target, key);
                Reason::Filling { place: key_name(program, target, key), by }
            }
            Blocked::Row { table, key, holder } => {
                Reason::Held { place: key_name(program, table, key), holders: vec![holder] }
            }
            Blocked::Joining => {
                Reason::Joining { branches: self.machine.branches_of(&self.moment.state, process) }
            }
            Blocked::AllBusy { replica, cores } => {
                let holders = self.machine.at_work(&self.moment.state, replica, cores);
                Reason::AllBusy { place: place_name(program, replica), cores, holders }
            }
            Blocked::Stopped { .. } => Reason::Paused,
        }
    }

    /// What a step would do, from what it did when it was tried on a copy.
    fn action_tried(&self, standing: &Standing, facts: &Facts) -> Action {
        let program = self.program();
        let process = standing.process;
        if facts.0.is_empty() {
            return self.timed(intended(program, program.code[standing.pc as usize]), process);
        }
        let time = match program.code[standing.pc as usize] {
            Op::Pause { .. } | Op::Think { .. } | Op::Backoff { .. } => self.stay_of(process),
            _ => String::new(),
        };
        let known = self.moment.letters.known(program, &facts.0);
        let mut action = step(program, standing.pc, process, &facts.0, &known, &time);
        explain(program, &mut action, process, &facts.0, self.past());
        action
    }

    fn timed(&self, action: Action, process: ProcessId) -> Action {
        let time = || self.stay_of(process);
        match action {
            Action::Work { .. } => Action::Work { time: time() },
            Action::Sleep { .. } => Action::Sleep { time: time() },
            Action::Backoff { .. } => Action::Backoff { time: time() },
            Action::Think { leaves, .. } => Action::Think { time: time(), leaves },
            other => other,
        }
    }
}

#[derive(Default)]
struct Facts(Vec<(ProcessId, Fact)>);

impl Watch for Facts {
    fn fact(&mut self, process: ProcessId, fact: Fact) {
        if !matches!(fact, Fact::Local { .. }) && self.0.len() < 100 {
            self.0.push((process, fact));
        }
    }
    fn passes(&mut self, _: ProcessId, _: Pc) {}
    fn stands(&mut self, _: ProcessId, _: Pc, _: Stay, _: crate::machine::Pace) {}
}
