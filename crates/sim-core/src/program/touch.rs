//! What an instruction reads, sets, touches and leads to: one table, read by the machine, by
//! liveness and by searches. No `_` where an instruction could be forgotten.

use super::{CounterChange, Op, Outcomes, Pc, Program, RECEIVED, Reg, SharedId, SharedKind};
use std::ops::Range;

/// What one instruction may touch of the shared state, as ranges of elements.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Footprint {
    /// Read: shared things and their elements (from 0).
    pub reads: Vec<(SharedId, Range<u32>)>,
    /// Written: shared things and their elements (from 0).
    pub writes: Vec<(SharedId, Range<u32>)>,
}

impl Op {
    /// True when a process may stand here: the instruction begins a step.
    #[must_use]
    pub fn is_touch(&self) -> bool {
        match self {
            Op::Read { .. }
            | Op::Write { .. }
            | Op::ReadKey { .. }
            | Op::WriteKey { .. }
            | Op::Gauge { .. }
            | Op::Mine { .. }
            | Op::Acquire { .. }
            | Op::Release { .. }
            | Op::CondWait { .. }
            | Op::Asleep { .. }
            | Op::Notify { .. }
            | Op::Until { .. }
            | Op::Pause { .. }
            | Op::Backoff { .. }
            | Op::Think { .. }
            | Op::Send { .. }
            | Op::Receive { .. }
            | Op::Follow { .. }
            | Op::Ack { .. }
            | Op::Nack { .. }
            | Op::Call { .. }
            | Op::Answer { .. }
            | Op::Arrive { .. }
            | Op::Enter { .. }
            | Op::Core { .. }
            | Op::Reply { .. }
            | Op::Back { .. }
            | Op::Abandon { .. }
            | Op::Join { .. }
            | Op::Admit { .. }
            | Op::Report { .. }
            | Op::Token { .. }
            | Op::Scale { .. }
            | Op::CacheRead { .. }
            | Op::CacheWrite { .. }
            | Op::CacheDrop { .. }
            | Op::Lookup { .. }
            | Op::Flight { .. }
            | Op::Fill { .. }
            | Op::Unfill { .. }
            | Op::Draw { .. }
            | Op::Commit { .. }
            | Op::Abort { .. }
            | Op::Query { .. }
            | Op::Atomic { .. } => true,
            Op::Const { .. }
            | Op::Copy { .. }
            | Op::Number { .. }
            | Op::Replica { .. }
            | Op::Compute { .. }
            | Op::Negate { .. }
            | Op::Not { .. }
            | Op::Jump { .. }
            | Op::Branch { .. }
            | Op::Count { .. }
            | Op::Raise { .. }
            | Op::Assert { .. }
            | Op::Note { .. }
            | Op::Outcome { .. }
            | Op::Record { .. }
            | Op::Arm { .. }
            | Op::RetryBegan { .. }
            | Op::Spawn { .. }
            | Op::Fork { .. }
            | Op::PassEnd
            | Op::RoutineBegan { .. }
            | Op::RoutineEnded { .. }
            | Op::Saga { .. }
            | Op::Earn { .. }
            | Op::Age { .. }
            | Op::PassFail { .. }
            | Op::Begin { .. }
            | Op::Rollback { .. }
            | Op::AtomicEnd
            | Op::End
            | Op::Fail { .. } => false,
        }
    }

    /// True where a process waits, or may have to: for time, an answer, a message, or what others
    /// hold. What time decides at a breaker or limiter is a step of its own, too.
    #[must_use]
    pub fn waits(&self, program: &Program) -> bool {
        match *self {
            Op::Pause { .. }
            | Op::Backoff { .. }
            | Op::Think { .. }
            | Op::Acquire { .. }
            | Op::Asleep { .. }
            | Op::Receive { .. }
            | Op::Follow { .. }
            | Op::Until { .. }
            | Op::Answer { .. }
            | Op::Join { .. }
            | Op::Flight { .. }
            | Op::Arrive { .. }
            | Op::Enter { .. }
            | Op::Back { .. }
            | Op::Admit { .. }
            | Op::Report { .. }
            | Op::Token { .. }
            | Op::Commit { .. }
            | Op::Abort { .. }
            | Op::Query { .. }
            | Op::Atomic { guard: Some(_) } => true,
            Op::Call { service, .. } => program
                .service(service)
                .is_some_and(|service| service.when_full == super::WhenFull::Block),
            Op::Send { to, .. } => match program.queue(to) {
                Some(queue) => {
                    queue.when_full == super::WhenFull::Block && queue.capacity.is_some()
                }
                None => program.topic(to).is_some(),
            },
            _ => false,
        }
    }

    /// The registers it reads itself; [`Program::uses`] adds those of its condition or text.
    pub fn uses(&self) -> impl Iterator<Item = Reg> {
        let mut more = [None; 2];
        let one = |register: Reg| (register..register + 1, None);
        let maybe = |register: Option<Reg>| (register.map_or(0..0, |r| r..r + 1), None);
        let (range, other) = match *self {
            Op::Copy { from, .. } | Op::Negate { from, .. } | Op::Not { from, .. } => one(from),
            Op::Compute { left, right, .. } => (left..left + 1, Some(right)),
            Op::Branch { when, .. } => one(when),
            Op::Count { index, by, .. } => (by..by + 1, index),
            Op::Raise { error, .. } | Op::Fail { error } => one(error),
            Op::Assert { holds, .. } => one(holds),
            Op::Record { value, .. } => one(value),
            Op::Scale { to, .. } => one(to),
            Op::Arm { time, .. } => one(time),
            Op::Spawn { first, count, .. }
            | Op::Fork { first, count, .. }
            | Op::Join { first, count } => (first..first + count, None),
            Op::Read { index, .. }
            | Op::Gauge { index, .. }
            | Op::Mine { index, .. }
            | Op::Acquire { index, .. }
            | Op::Release { index, .. }
            | Op::Asleep { index, .. }
            | Op::Notify { index, .. } => maybe(index),
            Op::Write { index, from, .. } => (from..from + 1, index),
            Op::ReadKey { key, .. }
            | Op::CacheRead { key, .. }
            | Op::CacheDrop { key, .. }
            | Op::Lookup { key, .. }
            | Op::Flight { key, .. } => one(key),
            Op::CacheWrite { key, from, count, .. } | Op::Fill { key, from, count, .. } => {
                (from..from + count, Some(key))
            }
            Op::Unfill { key, error, .. } => (key..key + 1, error),
            Op::WriteKey { key, from, count, .. } => (from..from + count, Some(key)),
            Op::CondWait { index, lock_index, .. } => {
                (index.map_or(0..0, |r| r..r + 1), lock_index)
            }
            Op::Pause { time, .. } | Op::Think { time, .. } => (time.registers(), None),
            Op::Send { index, first, fields, key, after, .. } => {
                more = [key, after];
                (first..first + fields, index)
            }
            Op::Receive { index, .. } => maybe(index),
            Op::Follow { index, at, .. } => (at..at + 1, index),
            Op::Ack { handle, .. } | Op::Nack { handle, .. } => one(handle),
            Op::Call { replica, first, count, .. } => (first..first + count, replica),
            Op::Reply { first, count, error, .. } | Op::Back { first, count, error, .. } => {
                (first..first + count, error)
            }
            Op::Admit { index, .. } | Op::Token { index, .. } => maybe(index),
            Op::Report { index, error, .. } => (index.map_or(0..0, |r| r..r + 1), error),
            Op::Age { number, .. } => one(number),
            Op::PassFail { error } => one(error),
            Op::RoutineEnded { error, .. } | Op::Saga { error, .. } => maybe(error),
            Op::Begin { replica, .. } => maybe(replica),
            Op::Query { key, first, values, .. } => (first..first + values, key),
            Op::Backoff { first, .. } => (first..first + 4, None),
            Op::Draw { what, .. } => match what {
                Outcomes::Chance(share) => one(share),
                Outcomes::Any(least, greatest) => (least..least + 1, Some(greatest)),
                Outcomes::Ways(_) => (0..0, None),
            },
            Op::Const { .. }
            | Op::Number { .. }
            | Op::Replica { .. }
            | Op::Jump { .. }
            | Op::Note { .. }
            | Op::Outcome { .. }
            | Op::RetryBegan { .. }
            | Op::PassEnd
            | Op::RoutineBegan { .. }
            | Op::Earn { .. }
            | Op::Until { .. }
            | Op::Answer { .. }
            | Op::Arrive { .. }
            | Op::Enter { .. }
            | Op::Core { .. }
            | Op::Abandon { .. }
            | Op::Commit { .. }
            | Op::Rollback { .. }
            | Op::Abort { .. }
            | Op::Atomic { .. }
            | Op::AtomicEnd
            | Op::End => (0..0, None),
        };
        range.chain(other).chain(more.into_iter().flatten())
    }

    /// The registers it sets.
    #[must_use]
    pub fn sets(&self) -> Range<Reg> {
        match *self {
            Op::Receive { to, fields, .. } | Op::Follow { to, fields, .. } => {
                to..to + RECEIVED + fields
            }
            Op::Answer { to, count, .. }
            | Op::ReadKey { to, count, .. }
            | Op::CacheRead { to, count, .. }
            | Op::Lookup { to, count, .. }
            | Op::Query { to, count, .. }
            | Op::Flight { to, count, .. } => to..to + count,
            _ => self.sets_one().map_or(0..0, |to| to..to + 1),
        }
    }

    fn sets_one(&self) -> Option<Reg> {
        match *self {
            Op::Const { to, .. }
            | Op::Copy { to, .. }
            | Op::Number { to }
            | Op::Replica { to }
            | Op::Compute { to, .. }
            | Op::Negate { to, .. }
            | Op::Not { to, .. }
            | Op::Read { to, .. }
            | Op::Gauge { to, .. }
            | Op::Mine { to, .. }
            | Op::Age { to, .. }
            | Op::Draw { to, .. }
            | Op::Answer { to, .. } => Some(to),
            Op::Acquire { token, .. } => token,
            Op::Token { got, .. } => got,
            Op::Send { offset, .. } => offset,
            Op::Fork { outcome, .. } => Some(outcome),
            Op::Receive { to, .. } | Op::Follow { to, .. } => Some(to),
            Op::ReadKey { to, .. }
            | Op::CacheRead { to, .. }
            | Op::Lookup { to, .. }
            | Op::Flight { to, .. } => Some(to),
            // What was answered cannot be answered again.
            Op::Ack { handle, .. } | Op::Nack { handle, .. } => Some(handle),
            Op::Jump { .. }
            | Op::Branch { .. }
            | Op::Count { .. }
            | Op::Raise { .. }
            | Op::Assert { .. }
            | Op::Note { .. }
            | Op::Outcome { .. }
            | Op::Record { .. }
            | Op::Arm { .. }
            | Op::RetryBegan { .. }
            | Op::Spawn { .. }
            | Op::PassEnd
            | Op::RoutineBegan { .. }
            | Op::RoutineEnded { .. }
            | Op::Saga { .. }
            | Op::Write { .. }
            | Op::WriteKey { .. }
            | Op::Release { .. }
            | Op::CondWait { .. }
            | Op::Asleep { .. }
            | Op::Notify { .. }
            | Op::Until { .. }
            | Op::Pause { .. }
            | Op::Backoff { .. }
            | Op::Think { .. }
            | Op::PassFail { .. }
            | Op::Call { .. }
            | Op::Arrive { .. }
            | Op::Enter { .. }
            | Op::Core { .. }
            | Op::Reply { .. }
            | Op::Scale { .. }
            | Op::Back { .. }
            | Op::Abandon { .. }
            | Op::Join { .. }
            | Op::Admit { .. }
            | Op::Report { .. }
            | Op::Earn { .. }
            | Op::CacheWrite { .. }
            | Op::CacheDrop { .. }
            | Op::Fill { .. }
            | Op::Unfill { .. }
            | Op::Begin { .. }
            | Op::Commit { .. }
            | Op::Rollback { .. }
            | Op::Abort { .. }
            | Op::Query { .. }
            | Op::Atomic { .. }
            | Op::AtomicEnd
            | Op::End
            | Op::Fail { .. } => None,
        }
    }

    /// The instructions that may follow, errors and strikes aside.
    pub fn follows(&self, pc: Pc) -> impl Iterator<Item = Pc> {
        let mut third = None;
        let (first, second) = match *self {
            Op::Lookup { miss, single, .. } => {
                third = single.then_some(pc + 2);
                (Some(pc + 1), Some(miss))
            }
            Op::Jump { to } => (Some(to), None),
            Op::Branch { yes, no, .. } => (Some(yes), Some(no)),
            Op::Think { leave, .. } => (Some(pc + 1), leave),
            Op::End | Op::Fail { .. } | Op::Raise { .. } => (None, None),
            _ => (Some(pc + 1), None),
        };
        first.into_iter().chain(second).chain(third)
    }

    /// What it declares to touch; a machine in checking mode holds it to that.
    ///
    /// `value` gives the value of a register, where it is known; an index that is not names the
    /// whole array.
    #[must_use]
    pub fn footprint(&self, program: &Program, value: impl Fn(Reg) -> Option<i64>) -> Footprint {
        let mut found = self.own_footprint(program, value);
        // What is counted of what it touches.
        let touches = |of: SharedId| {
            found.reads.iter().chain(&found.writes).any(|(touched, _)| *touched == of)
        };
        let counters = program.tallied.iter().filter(|count| touches(count.of));
        let counters: Vec<(SharedId, Range<u32>)> = counters
            .map(|count| {
                (count.counter, 0..program.shared[count.counter as usize].initial.len() as u32)
            })
            .collect();
        found.reads.extend(counters.iter().cloned());
        found.writes.extend(counters);
        found
    }

    fn own_footprint(&self, program: &Program, value: impl Fn(Reg) -> Option<i64>) -> Footprint {
        let part = |id: SharedId, index: Option<Reg>| {
            let length = program.shared[id as usize].initial.len() as u32;
            // Which replica works on a request, only the state says.
            if program.shared[id as usize].owner.is_some() {
                return (id, 0..length);
            }
            let at = match index {
                None => Some(1),
                Some(register) => value(register),
            };
            match at {
                Some(at) if at >= 1 && at <= i64::from(length) => (id, (at - 1) as u32..at as u32),
                _ => (id, 0..length),
            }
        };
        let both = |part: (SharedId, Range<u32>)| Footprint {
            reads: vec![part.clone()],
            writes: vec![part],
        };
        let condition = |condition: u32| Footprint {
            reads: program.conditions[condition as usize]
                .reads
                .iter()
                .map(|&id| (id, 0..program.shared[id as usize].initial.len() as u32))
                .collect(),
            writes: vec![],
        };
        match *self {
            Op::Read { from, index, .. } => {
                Footprint { reads: vec![part(from, index)], writes: vec![] }
            }
            Op::Gauge { of, index: None, .. } if program.service(of).is_some() => {
                let all = 0..program.shared[of as usize].initial.len() as u32;
                Footprint { reads: vec![(of, all)], writes: vec![] }
            }
            Op::Gauge { of, index, .. } => {
                Footprint { reads: vec![part(of, index)], writes: vec![] }
            }
            Op::Mine { lock, index, .. } => {
                Footprint { reads: vec![part(lock, index)], writes: vec![] }
            }
            Op::ReadKey { from, .. } => Footprint { reads: vec![part(from, None)], writes: vec![] },
            Op::Flight { cache, .. } => {
                Footprint { reads: vec![part(cache, None)], writes: vec![] }
            }
            // Reading counts as a use, and finds what is over.
            Op::CacheRead { cache, .. }
            | Op::CacheWrite { cache, .. }
            | Op::CacheDrop { cache, .. }
            | Op::Lookup { cache, .. }
            | Op::Fill { cache, .. }
            | Op::Unfill { cache, .. } => both(part(cache, None)),
            Op::Write { to, index, .. } => {
                Footprint { reads: vec![], writes: vec![part(to, index)] }
            }
            Op::WriteKey { to, .. } => both(part(to, None)),
            Op::Acquire { lock, index, .. } | Op::Release { lock, index, .. } => {
                both(part(lock, index))
            }
            Op::Admit { breaker: guard, index }
            | Op::Report { breaker: guard, index, .. }
            | Op::Token { limiter: guard, index, .. } => both(part(guard, index)),
            Op::Begin { database, .. }
            | Op::Commit { database }
            | Op::Rollback { database }
            | Op::Abort { database } => {
                Footprint { reads: data(program, database), writes: data(program, database) }
            }
            // A statement may find others' transactions out, or be let go on by them.
            Op::Query { query, .. } => {
                let of = data(program, program.queries[query as usize].table);
                Footprint { reads: of.clone(), writes: of }
            }
            Op::CondWait { condition, index, lock, lock_index } => {
                let parts = vec![part(lock, lock_index), part(condition, index)];
                Footprint { reads: parts.clone(), writes: parts }
            }
            Op::Asleep { condition, index } => {
                Footprint { reads: vec![part(condition, index)], writes: vec![] }
            }
            Op::Notify { condition, index, .. } => both(part(condition, index)),
            Op::Until { condition: at } | Op::Atomic { guard: Some(at) } => condition(at),
            // What happens to one request may end the wait of another's caller.
            // Who has worked in a service gives a core back.
            Op::Pause { busy: true, .. }
            | Op::Call { .. }
            | Op::Answer { .. }
            | Op::Arrive { .. }
            | Op::Enter { .. }
            | Op::Core { .. }
            | Op::Reply { .. }
            | Op::Abandon { .. }
            | Op::Scale { .. }
            | Op::Back { .. } => Footprint { reads: network(program), writes: network(program) },
            // What is sent may go on to other channels in the same step, and what fails too.
            Op::Send { .. }
            | Op::Receive { .. }
            | Op::Follow { .. }
            | Op::Ack { .. }
            | Op::Nack { .. } => Footprint { reads: channels(program), writes: channels(program) },
            Op::Count { counter, index, change, .. } => {
                let part = part(counter, index);
                let reads = if change == CounterChange::Set { vec![] } else { vec![part.clone()] };
                Footprint { reads, writes: vec![part] }
            }
            Op::Const { .. }
            | Op::Copy { .. }
            | Op::Number { .. }
            | Op::Replica { .. }
            | Op::Compute { .. }
            | Op::Negate { .. }
            | Op::Not { .. }
            | Op::Jump { .. }
            | Op::Branch { .. }
            | Op::Raise { .. }
            | Op::Assert { .. }
            | Op::Note { .. }
            | Op::Outcome { .. }
            | Op::Record { .. }
            | Op::Arm { .. }
            | Op::RetryBegan { .. }
            | Op::Spawn { .. }
            | Op::Fork { .. }
            | Op::Join { .. }
            | Op::PassEnd
            | Op::RoutineBegan { .. }
            | Op::RoutineEnded { .. }
            | Op::Saga { .. }
            | Op::Earn { .. }
            | Op::Age { .. }
            | Op::PassFail { .. }
            | Op::Pause { .. }
            | Op::Backoff { .. }
            | Op::Think { .. }
            | Op::Draw { .. }
            | Op::Atomic { guard: None }
            | Op::AtomicEnd
            | Op::End
            | Op::Fail { .. } => Footprint::default(),
        }
    }

    /// The index register and the shared thing it indexes, if it touches one.
    #[must_use]
    pub fn target(&self) -> Option<(SharedId, Option<Reg>)> {
        match *self {
            Op::Read { from, index, .. } => Some((from, index)),
            Op::Write { to, index, .. } => Some((to, index)),
            Op::ReadKey { from, .. } => Some((from, None)),
            Op::WriteKey { to, .. } => Some((to, None)),
            Op::Gauge { of, index, .. } => Some((of, index)),
            Op::Mine { lock, index, .. }
            | Op::Acquire { lock, index, .. }
            | Op::Release { lock, index, .. } => Some((lock, index)),
            Op::Admit { breaker: guard, index }
            | Op::Report { breaker: guard, index, .. }
            | Op::Token { limiter: guard, index, .. } => Some((guard, index)),
            Op::CondWait { condition, index, .. }
            | Op::Asleep { condition, index }
            | Op::Notify { condition, index, .. } => Some((condition, index)),
            Op::Count { counter, index, .. } => Some((counter, index)),
            Op::CacheRead { cache, .. }
            | Op::CacheWrite { cache, .. }
            | Op::CacheDrop { cache, .. }
            | Op::Lookup { cache, .. }
            | Op::Flight { cache, .. }
            | Op::Fill { cache, .. }
            | Op::Unfill { cache, .. } => Some((cache, None)),
            Op::Send { to, index, .. } => Some((to, index)),
            Op::Receive { from, index, .. } => Some((from, index)),
            Op::Follow { log, index, .. } => Some((log, index)),
            Op::Begin { database, .. }
            | Op::Commit { database }
            | Op::Rollback { database }
            | Op::Abort { database } => Some((database, None)),
            _ => None,
        }
    }
}

/// All that carries messages, and the counters that tell of it.
fn channels(program: &Program) -> Vec<(SharedId, Range<u32>)> {
    let named = program.shared.iter().enumerate();
    let named = named.filter(|(_, shared)| shared.kind.is_channel()).map(|(id, _)| id as SharedId);
    let counted = program.channels.iter().flat_map(|channel| channel.counts().all());
    named
        .chain(counted)
        .map(|id| (id, 0..program.shared[id as usize].initial.len() as u32))
        .collect()
}

/// A database, given itself or one of its tables, and all its tables.
fn data(program: &Program, of: SharedId) -> Vec<(SharedId, Range<u32>)> {
    let Some(database) = program.database(of) else { return vec![] };
    let parts = std::iter::once(database.shared).chain(database.tables.iter().copied());
    parts.map(|id| (id, 0..program.shared[id as usize].initial.len() as u32)).collect()
}

/// All services and the ways between them and those who call.
fn network(program: &Program) -> Vec<(SharedId, Range<u32>)> {
    let named = program.shared.iter().enumerate();
    // A replica that goes takes with it what is its own.
    let goes = |owner: SharedId| {
        program.service(owner).is_some_and(|service| {
            service.replicas as usize != program.shared[owner as usize].initial.len()
        })
    };
    let called = named.filter(|(_, it)| {
        matches!(it.kind, SharedKind::Service | SharedKind::Wire) || it.owner.is_some_and(goes)
    });
    called.map(|(id, shared)| (id as SharedId, 0..shared.initial.len() as u32)).collect()
}
