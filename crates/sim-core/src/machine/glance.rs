//! What an observer computes from a state: promises, conditions, the values in texts.

use super::execute::OWN_WORK_MAX;
use super::{Machine, Position, State};
use crate::program::{
    Error, Form, Gauge, Glance, NONE, Op, PromiseKind, Reg, SharedId, SharedKind, compute, negate,
};
use crate::trace::{ProcessId, Target};
use std::ops::Range;

/// Registers of most glances; more take an array of their own.
const FEW: usize = 24;

impl Machine {
    /// Judges one promise. An `assert` is judged by its process, and holds here.
    ///
    /// # Errors
    /// When its condition cannot be computed (an overflow, a division by zero, an index outside).
    /// Such a promise does not hold.
    pub fn judge(&self, promise: usize, state: &State) -> Result<bool, Error> {
        let promise = &self.program.promises[promise];
        if promise.kind == PromiseKind::Assert {
            return Ok(true);
        }
        self.glance(&promise.glance, state, None).map(|value| value != 0)
    }

    /// Computes something as an observer does, from a process's point of view or nobody's.
    ///
    /// # Errors
    /// What its arithmetic raises.
    pub fn glance(
        &self,
        glance: &Glance,
        state: &State,
        process: Option<ProcessId>,
    ) -> Result<i64, Error> {
        let own = process.map_or(&[][..], |process| state.registers(&self.layout, process));
        let count = (glance.registers as usize).max(own.len());
        let (mut few, mut many);
        let registers = if count <= FEW {
            few = [0; FEW];
            &mut few[..count]
        } else {
            many = vec![0; count];
            &mut many[..]
        };
        registers[..own.len()].copy_from_slice(own);
        self.look(glance, state, process, registers)
    }

    /// Computes something of a row, whose words lie in registers from one on.
    ///
    /// # Errors
    /// What its arithmetic raises.
    pub(super) fn glance_row(
        &self,
        glance: &Glance,
        state: &State,
        process: Option<ProcessId>,
        own: &[i64],
        (row, words): (Reg, &[i64]),
    ) -> Result<i64, Error> {
        let end = row as usize + words.len();
        let mut registers = vec![0; (glance.registers as usize).max(own.len()).max(end)];
        registers[..own.len()].copy_from_slice(own);
        registers[row as usize..end].copy_from_slice(words);
        self.look(glance, state, process, &mut registers)
    }

    fn look(
        &self,
        glance: &Glance,
        state: &State,
        process: Option<ProcessId>,
        registers: &mut [i64],
    ) -> Result<i64, Error> {
        let mut pc = glance.code.start;
        for _ in 0..OWN_WORK_MAX {
            if pc >= glance.code.end {
                return Ok(registers[glance.result as usize]);
            }
            let op = self.program.code[pc as usize];
            pc += 1;
            let at = |register: Reg| registers[register as usize];
            let (to, value) = match op {
                Op::Const { to, value } => (to, value),
                Op::Copy { to, from } => (to, at(from)),
                Op::Number { to } => {
                    let number = process.map_or(0, |p| state.number(&self.layout, p));
                    (to, i64::from(number))
                }
                Op::Replica { to } => {
                    let replica = process.and_then(|process| self.replica_of(state, process));
                    (to, replica.map_or(0, |replica| i64::from(replica.element) + 1))
                }
                Op::Compute { what, to, left, right } => (to, compute(what, at(left), at(right))?),
                Op::Negate { to, from } => (to, negate(at(from))?),
                Op::Not { to, from } => (to, 1 - at(from)),
                Op::Read { to, from, index } => {
                    let target = self.place(state, process, from, index.map(at))?;
                    (to, state.element(&self.layout, target))
                }
                Op::ReadKey { to, from, key, count } => {
                    let key = at(key);
                    let map = self.place(state, process, from, None)?;
                    for word in 0..count {
                        let value = self.word_of(state, map, key, word);
                        registers[(to + word) as usize] = value;
                    }
                    continue;
                }
                Op::Query { query, key, to, count, .. } => {
                    let asked = (query, key.map(at));
                    let found = self.glance_query(state, process, asked, registers)?;
                    for (word, value) in (to..to + count).zip(found) {
                        registers[word as usize] = value;
                    }
                    continue;
                }
                Op::Gauge { to, of, index, gauge } => {
                    let target = match index {
                        None if self.program.service(of).is_some() => Target::all(of),
                        index => self.place(state, process, of, index.map(at))?,
                    };
                    (to, self.gauge(state, target, gauge))
                }
                Op::Mine { to, lock, index } => {
                    let target = self.place(state, process, lock, index.map(at))?;
                    let holder = state.element(&self.layout, target);
                    (to, i64::from(process.is_some_and(|p| holder == i64::from(p) + 1)))
                }
                Op::Jump { to } => {
                    pc = to;
                    continue;
                }
                Op::Branch { when, yes, no } => {
                    pc = if at(when) == 0 { no } else { yes };
                    continue;
                }
                other => unreachable!("{other:?} has no place in what only looks"),
            };
            registers[to as usize] = value;
        }
        unreachable!("what only looks has no loops")
    }

    /// The element that an index means, from a process's point of view or nobody's: a request means
    /// the part of its own replica.
    ///
    /// # Errors
    /// Where the index lies outside.
    pub(super) fn place(
        &self,
        state: &State,
        process: Option<ProcessId>,
        shared: SharedId,
        index: Option<i64>,
    ) -> Result<Target, Error> {
        let length = self.layout.shared[shared as usize].length;
        let (first, length) = match self.own_of(state, process, shared) {
            Some(own) => (own.start, own.end - own.start),
            None => (0, length),
        };
        let element = match index {
            None => first,
            Some(at) => {
                let at = u32::try_from(at).ok().filter(|at| (1..=length).contains(at));
                first + at.ok_or(Error::OutsideArray)? - 1
            }
        };
        Ok(Target { shared, element })
    }

    /// The elements of a replica's own thing that a request of it means.
    fn own_of(
        &self,
        state: &State,
        process: Option<ProcessId>,
        shared: SharedId,
    ) -> Option<Range<u32>> {
        // Most things are everybody's.
        self.program.shared[shared as usize].owner?;
        let (service, part) = self.program.own_part(shared)?;
        let replica = self.replica_of(state, process?).filter(|it| it.shared == service)?;
        Some(replica.element * part..(replica.element + 1) * part)
    }

    /// A word of the value under a key of a map.
    #[must_use]
    pub fn word_of(&self, state: &State, map: Target, key: i64, word: u16) -> i64 {
        let found = match self.program.cache(map.shared) {
            Some(_) => self.kept(state, map, key).ok_or(0),
            None => state.find_key(&self.layout, map, key),
        };
        found.map_or_else(
            |_| self.never_written(map.shared, word),
            |at| state.get(at + word as usize),
        )
    }

    /// A word of what a key never written reads as.
    fn never_written(&self, map: SharedId, word: u16) -> i64 {
        match self.program.form_in(map) {
            Some(Form::Record(fields)) if usize::from(word) == fields.len() => 0,
            Some(Form::Record(_)) => NONE,
            _ => self.program.shared[map as usize].initial.first().copied().unwrap_or(NONE),
        }
    }

    /// A gauge of something.
    #[must_use]
    pub fn gauge(&self, state: &State, target: Target, gauge: Gauge) -> i64 {
        if self.program.service(target.shared).is_some() {
            return self.service_gauge(state, target, gauge);
        }
        match gauge {
            Gauge::Busy => self.busy(state, target),
            Gauge::Waiting => self.waiting(state, target).count() as i64,
            Gauge::Length => self.waiting_in(state, target) as i64,
            Gauge::InFlight => match self.program.shared[target.shared as usize].kind {
                SharedKind::Link => self.under_way(state, target.shared).len() as i64,
                _ => self.flying(state, target),
            },
            Gauge::First => self.reach(state, target, 0).0,
            Gauge::Next => self.reach(state, target, 0).1,
            Gauge::Lag => self.lag(state, target.shared),
            Gauge::Size => state.map(&self.layout, target).len() as i64,
            Gauge::Queued | Gauge::Computing | Gauge::Replicas => 0,
            Gauge::State => {
                let guarding = self.guarding(state, target);
                let breaker = self.program.breaker(target.shared);
                breaker.map_or(NONE, |breaker| breaker.labels[guarding as usize])
            }
            Gauge::WindowCalls => i64::from(self.tally(state, target).calls),
            Gauge::WindowFailures => i64::from(self.tally(state, target).failed),
        }
    }

    fn busy(&self, state: &State, target: Target) -> i64 {
        match self.program.shared[target.shared as usize].kind {
            SharedKind::Semaphore => state.element(&self.layout, target),
            SharedKind::RwLock if state.element(&self.layout, target) == 0 => {
                state.second(&self.layout, target)
            }
            SharedKind::RwLock | SharedKind::Lock => {
                i64::from(state.element(&self.layout, target) != 0)
            }
            SharedKind::Var
            | SharedKind::Map
            | SharedKind::Counter
            | SharedKind::Condition
            | SharedKind::Queue
            | SharedKind::Topic
            | SharedKind::Log
            | SharedKind::Group
            | SharedKind::Link
            | SharedKind::Service
            | SharedKind::Cache
            | SharedKind::Wire
            | SharedKind::Breaker
            | SharedKind::Database
            | SharedKind::Table
            | SharedKind::Limiter => 0,
        }
    }

    /// Who stands before something and cannot go on, or sleeps on it, by declaration and number.
    pub fn waiting<'a>(
        &'a self,
        state: &'a State,
        target: Target,
    ) -> impl Iterator<Item = ProcessId> + 'a {
        // Only who stands at one of these is asked what hinders it: conditions of `wait until` may
        // look at this very gauge.
        (0..self.layout.processes.len() as ProcessId).filter(move |&process| {
            let Position::At(pc) = state.position(&self.layout, process) else { return false };
            match self.program.code[pc as usize] {
                Op::Acquire { .. } | Op::Asleep { .. } => {
                    self.target(state, process, pc) == Some(target)
                        && self.blocked(state, process, pc).is_some()
                }
                _ => false,
            }
        })
    }
}
