//! How long it takes until something comes: gaps between arrivals, pauses, waits between tries.

use super::calendar::Due;
use super::clock::{Clock, OPEN_ARRIVALS};
use super::entry::Entry;
use super::messages::is_on;
use super::outcome::{instance_of, place_of};
use super::spend::{Wait, drawn};
use crate::base::Draw;
use crate::machine::{Machine, Pace, State, Stay};
use crate::program::{FaultKind, Gap, Pc, Start, WHOLE, When, Whom};
use crate::trace::ProcessId;

impl Clock {
    /// An instance of a class has come, or the run begins: when does the next one come?
    pub(super) fn next_arrival(&mut self, machine: &Machine, state: &State, class: u32) {
        let program = machine.program();
        let Start::Every { gap, times, until, span } = &program.classes[class as usize].start
        else {
            return;
        };
        let came = state.get(machine.layout().came[class as usize] as usize) as u64;
        if times.is_some_and(|times| came >= times) {
            return;
        }
        let gap = match gap {
            Gap::Fixed(time) => (*time).max(0) as u64,
            Gap::Drawn(distribution, parameters) => {
                let draw =
                    Draw::at(self.seed, place_of(span), instance_of(machine, class, 0), came);
                drawn(draw, *distribution, *parameters)
            }
        };
        let at = self.now.saturating_add(self.surging(machine, class, gap));
        let open = times.is_none() && self.length.is_none();
        let end = until.map(|until| until.max(0) as u64).or(open.then_some(OPEN_ARRIVALS));
        if end.is_none_or(|end| at <= end) {
            self.arrivals[class as usize] = Some(at);
            let due = Due::Arrive(class);
            let entry = match u32::try_from(came) {
                Ok(came) => Entry::undrawn(at, due, came),
                Err(_) => Entry::new(at, self.tie_of(place_of(span), 0, came), due, 0),
            };
            self.add(machine, entry);
        }
    }

    /// A gap between arrivals, shorter while more of them come.
    fn surging(&self, machine: &Machine, class: u32, gap: u64) -> u64 {
        machine.program().faults.iter().fold(gap, |gap, fault| match fault.kind {
            FaultKind::Surge(by)
                if fault.victim.is_class(class) && is_on(fault.when, fault.lasts, self.now) =>
            {
                let by = u128::try_from(by).unwrap_or(1).max(1);
                u64::try_from(u128::from(gap) * WHOLE as u128 / by).unwrap_or(u64::MAX)
            }
            _ => gap,
        })
    }

    #[inline(never)]
    pub(super) fn stay(
        &mut self,
        machine: &Machine,
        process: ProcessId,
        pc: Pc,
        stay: Stay,
    ) -> u64 {
        match stay {
            Stay::None => return 0,
            Stay::Fixed(time) => return time.max(0) as u64,
            Stay::Drawn(..) | Stay::Backoff { .. } => {}
        }
        let place = place_of(&machine.program().places[pc as usize].span);
        let instance = self.instance_now(machine, process);
        let seed = self.seed;
        let own = self.own.get_mut(process as usize);
        let mut draw = || {
            let nth = own.draws.count(place);
            Draw::at(seed, place, instance, u64::from(nth))
        };
        match stay {
            Stay::None => 0,
            Stay::Fixed(time) => time.max(0) as u64,
            Stay::Drawn(distribution, parameters) => drawn(draw(), distribution, parameters),
            Stay::Backoff { slot, strategy, delay, factor, cap } => {
                let wait = Wait {
                    strategy,
                    delay: delay.max(0) as u64,
                    factor: factor.max(0) as u64,
                    cap: cap.map_or(u64::MAX, |cap| cap.max(0) as u64),
                };
                let draw = draw();
                if own.retries.len() <= slot as usize {
                    own.retries.resize(slot as usize + 1, (0, 0));
                }
                let (failures, last) = &mut own.retries[slot as usize];
                *failures += 1;
                *last = wait.after(*failures, *last, draw);
                *last
            }
        }
    }

    /// A process's number among its kind: where instances come by themselves, as it was told.
    pub(super) fn number_of(&self, machine: &Machine, process: ProcessId) -> u64 {
        let slot = machine.layout().processes[process as usize];
        let told = self.own.get(process as usize).number;
        u64::from(if slot.number_at == 0 { slot.number } else { told })
    }

    /// How many millionths of its time something takes a process now.
    pub(super) fn slowed(&self, machine: &Machine, process: ProcessId, pace: Pace) -> i64 {
        let slot = machine.layout().processes[process as usize];
        let own = self.number_of(machine, process);
        let faults = machine.program().faults.iter().filter_map(|fault| {
            let FaultKind::Slow(by) = fault.kind else { return None };
            let now = match fault.when {
                When::Always | When::Anytime => true,
                When::At(at) => self.now >= at.max(0) as u64,
                When::From(from, to) => (from.max(0) as u64..to.max(0) as u64).contains(&self.now),
            };
            let is =
                |found: u64| fault.victim.number.is_none_or(|number| u64::from(number) == found);
            let meant = match (fault.victim.whom, pace) {
                (Whom::Class(class), _) => class == slot.class && is(own),
                (Whom::Service(service), Pace::Served(replica)) => {
                    service == replica.shared && is(u64::from(replica.element) + 1)
                }
                _ => false,
            };
            (now && meant).then_some(by)
        });
        faults.fold(WHOLE, |all, by| (i128::from(all) * i128::from(by) / i128::from(WHOLE)) as i64)
    }
}
