//! What happens to processes: arrivals, what runs out, what goes wrong and right again.

use super::execute::Execution;
use super::{Applied, Machine, Position, State, Watch};
use crate::program::{Error, FaultKind, Op};
use crate::trace::{Fact, ProcessId, Target};

impl Machine {
    pub(super) fn arrive(&self, state: &mut State, class: u32, watch: &mut impl Watch) -> Applied {
        let process = self.room_in(state, class).expect("an arrival that is a choice has room");
        let came = self.layout.came[class as usize] as usize;
        let nth = state.get(came) + 1;
        let number = nth + self.layout.gone(class);
        state.set(came, nth);
        state.set(self.layout.processes[process as usize].number_at as usize, number);
        watch.fact(process, Fact::Began { number: number as u32 });
        let entry = self.program.classes[class as usize].entry;
        let mut execution = Execution::new(self, state, watch, process);
        execution.begin(entry);
        execution.applied()
    }

    /// A process is stopped where there is no room for all that may happen to it.
    pub(super) fn stop_full(
        &self,
        state: &mut State,
        process: ProcessId,
        watch: &mut impl Watch,
    ) -> Applied {
        let mut execution = Execution::new(self, state, watch, process);
        execution.finish(Position::Full, Fact::Full);
        execution.applied()
    }

    pub(super) fn time_out(
        &self,
        state: &mut State,
        process: ProcessId,
        timer: u16,
        watch: &mut impl Watch,
    ) -> Applied {
        let Position::At(pc) = state.position(&self.layout, process) else {
            panic!("process {process} stands nowhere and cannot run out of time")
        };
        let strikes = self.program.strikes.get(&pc).into_iter().flatten();
        let strike = strikes.copied().find(|strike| strike.timer == timer);
        let strike = strike.expect("a timer that is a choice is armed");
        let cancelled = self.is_cancel(process, timer);
        if !cancelled {
            ran_out(self, state);
        }
        let mut execution = Execution::new(self, state, watch, process);
        if !cancelled {
            execution.tell_aside(process, Fact::TimedOut);
        }
        if cancelled {
            execution.hears_cancel(pc);
        }
        execution.leaves_place(pc);
        execution.set_register(strike.error, Error::Timeout.code());
        execution.own_work(strike.to);
        execution.applied()
    }

    pub(super) fn wait_over(
        &self,
        state: &mut State,
        process: ProcessId,
        watch: &mut impl Watch,
    ) -> Applied {
        let Position::At(pc) = state.position(&self.layout, process) else {
            panic!("process {process} stands nowhere and cannot wait")
        };
        ran_out(self, state);
        if let Op::Enter { .. } = self.program.code[pc as usize] {
            let mut execution = Execution::new(self, state, watch, process);
            let next = execution.give_up_waiting(Error::Rejected);
            execution.own_work(next);
            return execution.applied();
        }
        let target = self.target(state, process, pc);
        let mut execution = Execution::new(self, state, watch, process);
        if let Some(target) = target {
            execution.tell_aside(process, Fact::TurnedAway { target });
        }
        execution.tell(process, Fact::Raised { error: Error::Rejected });
        execution.land(pc, Error::Rejected);
        execution.applied()
    }

    pub(super) fn expire(
        &self,
        state: &mut State,
        lock: Target,
        watch: &mut impl Watch,
    ) -> Applied {
        ran_out(self, state);
        let holder = (state.element(&self.layout, lock) - 1) as ProcessId;
        let mut execution = Execution::new(self, state, watch, holder);
        execution.write(lock, 0);
        execution.watch.fact(holder, Fact::Expired { target: lock });
        execution.applied()
    }

    pub(super) fn strike(
        &self,
        state: &mut State,
        fault: u32,
        process: ProcessId,
        watch: &mut impl Watch,
    ) -> Applied {
        let declared = &self.program.faults[fault as usize];
        for counter in [self.layout.struck[fault as usize], self.layout.crashes] {
            state.set(counter as usize, state.get(counter as usize) + 1);
        }
        let slot = self.layout.processes[process as usize];
        if declared.kind == FaultKind::Pause {
            state.set(slot.stopped_at as usize, i64::from(fault) + 1);
            watch.fact(process, Fact::Stopped);
            return Applied::default();
        }
        if slot.stopped_at != 0 {
            state.set(slot.stopped_at as usize, 0);
        }
        let position =
            if declared.lasts.is_some() { Position::Down(fault) } else { Position::Crashed };
        let stood = state.position(&self.layout, process);
        let mut execution = Execution::new(self, state, watch, process);
        // What it is doing at the same time ends with it.
        execution.crash_branches_of(process);
        if let Position::At(pc) = stood {
            execution.abandon_fills(pc);
            execution.leaves_place(pc);
        }
        execution.finish(position, Fact::Crashed);
        execution.crash_gives_back();
        execution.applied()
    }

    pub(super) fn lift(
        &self,
        state: &mut State,
        process: ProcessId,
        watch: &mut impl Watch,
    ) -> Applied {
        let slot = self.layout.processes[process as usize];
        if let Position::Down(_) = state.position(&self.layout, process) {
            let number = state.number(&self.layout, process);
            watch.fact(process, Fact::Began { number });
            let entry = self.program.classes[slot.class as usize].entry;
            let mut execution = Execution::new(self, state, watch, process);
            execution.begin(entry);
            execution.rejoin_groups();
            return execution.applied();
        }
        state.set(slot.stopped_at as usize, 0);
        watch.fact(process, Fact::Resumed);
        let mut execution = Execution::new(self, state, watch, process);
        execution.resume_branches_of(process);
        execution.applied()
    }
}

fn ran_out(machine: &Machine, state: &mut State) {
    let at = machine.layout.timeouts as usize;
    state.set(at, state.get(at) + 1);
}
