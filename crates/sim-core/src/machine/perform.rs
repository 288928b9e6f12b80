//! What each instruction does. No `_`: an instruction forgotten here does not compile.

use super::execute::Execution;
use super::messages::{Sending, Taken};
use super::requests::Calling;
use super::{Position, Watch};
use crate::program::{
    CounterChange, Error, NONE, Op, Outcomes, Pc, Reg, SharedId, Spend, TextPart, WHOLE, compute,
    negate,
};
use crate::trace::{Fact, ProcessId, Target};

impl<W: Watch> Execution<'_, W> {
    /// Performs one instruction and says where to go on.
    pub(super) fn perform_unchecked(&mut self, pc: Pc) -> Result<Pc, Error> {
        let next = pc + 1;
        match self.machine.program.code[pc as usize] {
            Op::Begin { database, level, replica } => self.begin_data(database, level, replica),
            Op::Commit { database } => self.commit_data(database)?,
            Op::Rollback { database } => self.roll_back(database),
            Op::Abort { database } => self.abort_data(database),
            Op::Query { query, key, first, values, to, count } => {
                let given = super::data::Given { query, key, first, values };
                return self.statement(pc, given, (to, count));
            }
            Op::Const { to, value } => self.set_local(pc, to, value),
            Op::Copy { to, from } => self.set_local(pc, to, self.register(from)),
            Op::Replica { to } => {
                let replica = self.machine.replica_of(self.state, self.process);
                let number = replica.map_or(0, |replica| i64::from(replica.element) + 1);
                self.set_local(pc, to, number);
            }
            Op::Number { to } => {
                let number = self.state.number(&self.machine.layout, self.process);
                self.set_local(pc, to, i64::from(number));
            }
            Op::Compute { what, to, left, right } => {
                let value = compute(what, self.register(left), self.register(right))?;
                self.set_local(pc, to, value);
            }
            Op::Negate { to, from } => {
                let value = negate(self.register(from))?;
                self.set_local(pc, to, value);
            }
            Op::Not { to, from } => self.set_local(pc, to, 1 - self.register(from)),
            Op::Jump { to } => return Ok(to),
            Op::Branch { when, yes, no } => {
                return Ok(if self.register(when) == 0 { no } else { yes });
            }
            Op::Count { counter, index, change, by } => self.count(counter, index, change, by)?,
            Op::Raise { error, text, quiet } => {
                let error = Error::from_code(self.register(error));
                if let Some(text) = text {
                    self.say(text, true);
                }
                if !quiet {
                    self.tell(self.process, Fact::Raised { error });
                }
                return Err(error);
            }
            Op::Assert { promise, holds, text } => {
                if self.register(holds) == 0 {
                    self.result.broke |= super::promise_bit(promise as usize);
                    self.tell(self.process, Fact::AssertBroke { promise });
                    if let Some(text) = text {
                        self.say(text, true);
                    }
                }
            }
            Op::Note { text } => self.say(text, false),
            Op::Outcome { label } => {
                self.result.progressed = true;
                self.tell(self.process, Fact::Outcome { label });
            }
            Op::Record { measure, value } => {
                let value = self.register(value);
                self.tell(self.process, Fact::Recorded { measure, value });
            }
            Op::Arm { timer, time } => {
                let time = self.register(time);
                if time < 0 {
                    return Err(Error::NegativeTime);
                }
                self.watch.arms(self.process, timer, time);
            }
            Op::RetryBegan { again: true, .. } => self.watch.tries_again(self.process),
            Op::RetryBegan { slot, .. } => self.watch.retries(self.process, slot),
            Op::Spawn { class, first, count } => {
                self.spawn(class, first, count)?;
            }
            Op::Fork { class, first, count, outcome } => {
                self.fork(class, (first, count), outcome)?;
            }
            Op::Join { first, count } => self.join(first, count)?,
            Op::CacheRead { cache, key, to, count } => {
                self.read_cache(pc, cache, key, (to, count));
            }
            Op::CacheWrite { cache, key, from, count } => {
                let key = self.register(key);
                self.keep(cache, key, (from, count))?;
            }
            Op::CacheDrop { cache, key } => self.drop_kept(cache, key),
            Op::Lookup { cache, key, to, count, miss, single } => {
                return self.look_up(pc, (cache, key), (to, count), miss, single);
            }
            Op::Flight { .. } => unreachable!("who waits for another to fill in does not move"),
            Op::Fill { cache, key, from, count, single } => {
                self.fill(cache, key, (from, count), single)?;
            }
            Op::Unfill { cache, key, error } => self.unfill(cache, key, error),
            Op::PassEnd => self.end_pass(),
            Op::RoutineBegan { routine } => self.tell(self.process, Fact::RoutineBegan { routine }),
            Op::Saga { saga, mark, step, error } => {
                let error = error.map(|register| Error::from_code(self.register(register)));
                self.tell(self.process, Fact::Saga { saga, mark, step, error });
            }
            Op::RoutineEnded { routine, error } => {
                let error = error.map(|error| Error::from_code(self.register(error)));
                self.tell(self.process, Fact::RoutineEnded { routine, error });
            }
            Op::Read { to, from, index } => {
                let target = self.element(from, index)?;
                let value = self.read(target);
                self.tell(self.process, Fact::Read { target, value });
                self.set_local(pc, to, value);
            }
            Op::Write { to, index, from } => {
                let target = self.element(to, index)?;
                let new = self.register(from);
                let old = self.write(target, new);
                self.tell(self.process, Fact::Wrote { target, old, new });
            }
            Op::ReadKey { to, from, key, count } => self.read_key(pc, (to, count), from, key),
            Op::WriteKey { to, key, from, count } => self.write_key(to, key, (from, count))?,
            Op::Gauge { to, of, index, gauge } => {
                let target = self.gauged(of, index)?;
                let value = self.machine.gauge(self.state, target, gauge);
                self.tell(self.process, Fact::Gauged { target, gauge, value });
                self.set_local(pc, to, value);
            }
            Op::Mine { to, lock, index } => {
                let target = self.element(lock, index)?;
                let mine = self.read(target) == i64::from(self.process) + 1;
                self.tell(self.process, Fact::AskedMine { target, mine });
                self.set_local(pc, to, i64::from(mine));
            }
            Op::Acquire { lock, index, mode, token } => {
                self.acquire(pc, lock, index, mode, token)?;
            }
            Op::Release { lock, index, mode, lenient } => {
                self.release(lock, index, mode, lenient)?;
            }
            Op::CondWait { condition, index, lock, lock_index } => {
                self.fall_asleep(condition, index, lock, lock_index)?;
            }
            Op::Asleep { .. } => unreachable!("a sleeper does not move by itself"),
            Op::Notify { condition, index, all } => self.notify(condition, index, all)?,
            Op::Until { condition } => {
                self.passes_guard(condition)?;
                self.tell(self.process, Fact::Passed { condition });
            }
            Op::Pause { time, busy } => {
                let time = self.time_spent(time)?;
                if busy {
                    self.give_core();
                }
                self.tell(self.process, Fact::Paused { time, busy });
            }
            Op::Backoff { first, .. } => {
                if self.register(first + 1) < 0 {
                    return Err(Error::NegativeTime);
                }
                self.tell(self.process, Fact::BackedOff);
            }
            Op::Think { time, leave } => {
                self.time_spent(time)?;
                let ways = 1 + u32::from(leave.is_some());
                let leaves = leave.filter(|_| self.outcome(ways) == 1);
                let leaving = leaves.is_some();
                self.tell(self.process, Fact::Thought { leaves: leaving });
                if let Some(end) = leaves {
                    self.note_leaving();
                    return Ok(end);
                }
                self.count_pass();
            }
            Op::Draw { to, what } => {
                let value = self.draw(what)?;
                let chance = matches!(what, Outcomes::Chance(_));
                self.tell(self.process, Fact::Drew { value, chance });
                self.set_local(pc, to, value);
            }
            Op::Send { to, index, via, first, fields, key, after, offset } => {
                let sending = Sending { to, index, via, first, fields, key, after };
                let at = self.send(&sending)?;
                if let Some(register) = offset {
                    self.set_local(pc, register, at.unwrap_or(NONE));
                }
            }
            Op::Receive { from, index, to, fields, .. } => {
                let target = self.element(from, index)?;
                let taken = match self.machine.program().queue(from) {
                    Some(queue) => self.take_message(target, queue, fields)?,
                    None => self.take_record(target, fields)?,
                };
                self.set_received(pc, to, fields, &taken);
            }
            Op::Follow { log, index, at, to, fields } => {
                let target = self.element(log, index)?;
                let taken = self.read_entry(target, self.register(at), fields)?;
                self.set_received(pc, to, fields, &taken);
            }
            Op::Ack { from, handle } => self.answer(from, handle, true),
            Op::Nack { from, handle } => self.answer(from, handle, false),
            Op::Call { service, replica, handler, first, count } => {
                self.call(&Calling { service, replica, handler, first, count })?;
            }
            Op::Answer { .. } => unreachable!("who waits for an answer does not move by itself"),
            Op::Arrive { service } => return Ok(self.arrive_call(pc, service)),
            Op::Enter { .. } => return Ok(self.enter(pc)),
            Op::Core { .. } => self.take_core(),
            Op::Reply { first, count, error, .. } => {
                return Ok(self.reply(pc, first, count, error));
            }
            Op::Abandon { .. } => self.abandon(),
            Op::Scale { service, to } => self.scale(service, self.register(to))?,
            Op::Back { first, count, error, .. } => {
                return Ok(self.come_back(pc, first, count, error));
            }
            Op::Admit { breaker, index } => self.admit(breaker, index)?,
            Op::Report { breaker, index, error } => self.report(breaker, index, error)?,
            Op::Token { limiter, index, got } => self.token(pc, limiter, index, got)?,
            Op::Earn { limiter } => {
                let target = self.element(limiter, None)?;
                self.tell(self.process, Fact::Earned { target });
            }
            // A search knows no time; who asks for it goes no further there.
            Op::Age { .. } if self.machine.layout.shape.bounded => return Err(Error::TooMany),
            Op::Age { to, number } => {
                let number = self.register(number);
                let age = self.watch.age(number as u32);
                self.set_local(pc, to, age);
            }
            Op::PassFail { error } => {
                let error = Error::from_code(self.register(error));
                self.result.progressed = true;
                self.tell(self.process, Fact::PassFailed { error });
            }
            // One inside another adds nothing.
            Op::Atomic { .. } | Op::AtomicEnd => {}
            Op::End | Op::Fail { .. } => unreachable!("the end is handled where work goes on"),
        }
        Ok(next)
    }

    pub(super) fn end_pass(&mut self) {
        let class = self.machine.layout.processes[self.process as usize].class;
        self.result.progressed |= self.machine.program.classes[class as usize].receives;
        self.tell(self.process, Fact::PassEnded);
    }

    /// The registers of what was received.
    fn set_received(&mut self, pc: Pc, to: Reg, fields: u16, taken: &Taken) {
        let message = &taken.message;
        let head = [taken.handle, message.deliveries, message.key, taken.offset, message.number];
        let fields = message.fields[..fields as usize].iter();
        for (at, &value) in head.iter().chain(fields).enumerate() {
            self.set_local(pc, to + at as Reg, value);
        }
    }

    fn time_spent(&mut self, time: Spend) -> Result<Option<i64>, Error> {
        match time {
            Spend::Fixed(register) => match self.register(register) {
                NONE => Err(Error::NoValue),
                time if time < 0 => Err(Error::NegativeTime),
                time => Ok(Some(time)),
            },
            Spend::Drawn(_, first) if self.register(first) < 0 => Err(Error::NegativeTime),
            Spend::Drawn(..) => Ok(None),
        }
    }

    fn count_pass(&mut self) {
        let at = self.machine.layout.processes[self.process as usize].passes_at as usize;
        if at != 0 {
            self.state.set(at, self.state.get(at) + 1);
        }
    }

    /// Who leaves for good is told from who has ended: the count of passes becomes negative.
    fn note_leaving(&mut self) {
        let at = self.machine.layout.processes[self.process as usize].passes_at as usize;
        if at != 0 {
            self.state.set(at, -1);
        }
    }

    fn draw(&mut self, what: Outcomes) -> Result<i64, Error> {
        match what {
            Outcomes::Chance(share) => {
                let share = self.register(share);
                if share == NONE {
                    return Err(Error::NoValue);
                }
                if share <= 0 || share >= WHOLE {
                    self.outcome(1);
                    return Ok(i64::from(share > 0));
                }
                let weights = [share as u64, (WHOLE - share) as u64];
                Ok(i64::from(self.outcome_of(&weights) == 0))
            }
            Outcomes::Any(least, greatest) => {
                let (least, greatest) = (self.register(least), self.register(greatest));
                let ways = super::outcomes::ways_between(least, greatest)?;
                Ok(least + i64::from(self.outcome(ways)))
            }
            Outcomes::Ways(ways) => Ok(i64::from(self.outcome(ways))),
        }
    }

    /// Raises what the condition of a `wait until` raises. That it holds is known: the step was
    /// possible.
    pub(super) fn passes_guard(&mut self, condition: u32) -> Result<(), Error> {
        let condition = &self.machine.program.conditions[condition as usize];
        self.machine.glance(&condition.glance, self.state, Some(self.process))?;
        for &shared in &condition.reads {
            for element in 0..self.machine.layout.shared[shared as usize].length {
                self.note_read(Target { shared, element });
            }
        }
        Ok(())
    }

    fn say(&mut self, text: u32, failing: bool) {
        self.tell(self.process, Fact::Said { text, failing });
        for part in &self.machine.program.texts[text as usize].parts {
            if let TextPart::Value(glance, _) = part {
                let value = self.machine.glance(glance, self.state, Some(self.process)).ok();
                self.tell(self.process, Fact::Hole { value });
            }
        }
    }

    fn count(
        &mut self,
        counter: SharedId,
        index: Option<Reg>,
        change: CounterChange,
        by: Reg,
    ) -> Result<(), Error> {
        let target = self.element(counter, index)?;
        let by = self.register(by);
        if by == NONE {
            return Err(Error::NoValue);
        }
        let most = i64::MAX;
        let new = match change {
            CounterChange::Set => by,
            // A watcher must not change what it watches: at the ends of 64 bits it stops, where
            // a variable's overflow would end the process.
            CounterChange::Add => self.read(target).saturating_add(by).clamp(-most, most),
            CounterChange::Subtract => self.read(target).saturating_sub(by).clamp(-most, most),
        };
        let old = self.write(target, new);
        self.result.counted |= old != new;
        self.result.counted_on |= old != new && change != CounterChange::Set;
        self.tell(self.process, Fact::Counted { target, old, new });
        Ok(())
    }

    pub(super) fn spawn(&mut self, class: u32, first: Reg, count: u16) -> Result<ProcessId, Error> {
        let process = self.machine.room_in(self.state, class).ok_or(Error::TooMany)?;
        let layout = &self.machine.layout;
        let came = layout.came[class as usize] as usize;
        let nth = self.state.get(came) + 1;
        let number = nth + layout.gone(class);
        self.state.set(came, nth);
        let slot = layout.processes[process as usize];
        self.state.set(slot.number_at as usize, number);
        for register in 0..count {
            let value = self.register(first + register);
            self.state.set((slot.at + 1) as usize + register as usize, value);
        }
        // It stands at its entry until its own work is done, so that nobody else takes the room.
        let entry = self.machine.program.classes[class as usize].entry;
        self.state.set(slot.at as usize, Position::At(entry).word());
        self.started.insert(0, process);
        self.tell(self.process, Fact::Spawned { process });
        Ok(process)
    }
}
