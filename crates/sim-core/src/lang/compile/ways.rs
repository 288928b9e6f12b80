//! The ways out of `with`, `receive`, `atomic`, `try`, `retry` and `within`.
//!
//! A way out is the place left and where the process is bound: two `return`s in one `with` share
//! its release. So each scope that has something to end keeps one exit for each destination asked
//! for inside it, and writes them behind its body:
//!
//! ```text
//! acquire a · body · release a · jump on
//! exit to L:    release a · leave for L (perhaps by an exit of the `with` around)
//! exit to FAIL: release a · …
//! ```
//!
//! Once all places are known, ways out of a `with` that go on at the same place become one. An
//! error is bound for the handler of the innermost `try` or `retry`, else for FAIL; a `within` that
//! runs out is bound for a place just outside it, where its error is raised.

use super::code::{Code, ERROR, FAIL, Index, Label};
use crate::program::{Filling, Mode, Op, Pc, Place, Reg, SharedId, Span, Strike};

/// What surrounds the instruction at hand, outermost first.
#[derive(Clone, Copy, Debug)]
pub(super) enum Scope {
    /// Something to end on the way out: a place in `Code::around`.
    Around(usize),
    /// A `try` or the tries of a `retry`: errors go to its handler.
    Handler(Label),
    /// A `retry` around its tries; only its depth counts.
    Retry,
    /// A `within`: where it leads when it runs out.
    Within(Label),
    /// From here inwards no `within` around it strikes: what undoes a saga's steps is not given up.
    Shield,
}

/// A scope that must be ended on the way out of it.
#[derive(Clone, Debug)]
pub(super) struct Around {
    what: Ended,
    place: Place,
    /// Where its own end begins when its body ends.
    end: Pc,
    /// Destinations of those who leave it early, each with where its way out begins.
    exits: Vec<(Label, Label)>,
}

/// What a `with` takes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Taken {
    pub(super) lock: SharedId,
    pub(super) index: Index,
    pub(super) mode: Mode,
    /// Gets the number of the grant.
    pub(super) token: Option<Reg>,
    /// Is 1 where it is taken; without one it always is.
    pub(super) when: Option<Reg>,
    /// Taking it may be refused.
    pub(super) refuses: bool,
    pub(super) how: How,
}

/// In which way something is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// It is held until it is let go.
    Held,
    /// A breaker, which is told how it went.
    Passed,
    /// A limiter, of which a token is used up.
    Counted,
}

/// What ending a scope does.
#[derive(Clone, Copy, Debug)]
enum Ended {
    /// The end of an `atomic`.
    Atomic,
    /// Letting go.
    With(Taken),
    /// The answer for a message: which thing it came from, and the register of its handle.
    Message(SharedId, Reg),
    /// What was found for a cache.
    Fill(Filled),
    /// The end of a routine that is measured.
    Routine(u32),
    /// A step of a saga, which says itself where its ways out go on.
    Step,
    /// Committing, or undoing; an `abort` has done so already and is bound for the label.
    Transaction(SharedId, Label),
}

/// What a `lookup` fills in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Filled {
    pub(super) cache: SharedId,
    pub(super) key: Reg,
    /// Where the value is.
    pub(super) from: Reg,
    pub(super) count: u16,
    /// Where its block begins.
    pub(super) start: Pc,
}

impl Code<'_> {
    /// Writes an instruction that may raise an error, with the way that error goes.
    pub(super) fn emit_raising(&mut self, op: Op, span: &Span) {
        let pc = self.here();
        self.emit(op, span);
        if self.full {
            return;
        }
        let handler = self.scopes.iter().rev().find_map(|scope| match scope {
            Scope::Handler(label) => Some(*label),
            _ => None,
        });
        let lets_go = |around: &Around| !matches!(around.what, Ended::Atomic);
        let any_with = self.scopes.iter().any(|scope| match scope {
            Scope::Around(at) => lets_go(&self.around[*at]),
            _ => false,
        });
        if handler.is_some() || any_with {
            let way = self.way_to(handler.unwrap_or(FAIL));
            self.landings.insert(pc, (way.0, ERROR));
        }
    }

    /// Notes for the touch that is written next where each `within` around it leads.
    pub(super) fn note_strikes(&mut self) {
        if self.in_atomic() {
            return;
        }
        let pc = self.here();
        let withins = self.scopes.iter().filter_map(|scope| match scope {
            Scope::Within(label) => Some(*label),
            _ => None,
        });
        let withins: Vec<Label> = withins.collect();
        let shielded = self.shielded();
        let strikes: Vec<Strike> = (0..)
            .zip(withins)
            .skip(shielded)
            .map(|(timer, label)| Strike { timer, to: self.way_to(label).0, error: ERROR })
            .collect();
        if !strikes.is_empty() {
            self.strikes.insert(pc, strikes);
        }
    }

    /// Where a way from here to a label further out begins: the innermost scope with something to
    /// end has an exit for it.
    fn way_to(&mut self, destination: Label) -> Label {
        let outer = self.labels[destination.0 as usize].scopes;
        let innermost = self.scopes[outer.min(self.scopes.len())..].iter().rev();
        let around = innermost.copied().find_map(|scope| match scope {
            Scope::Around(at) => Some(at),
            _ => None,
        });
        around.map_or(destination, |around| self.exit(around, destination))
    }

    /// Goes to a label further out, ending on the way whatever must be ended.
    pub(super) fn leave_for(&mut self, destination: Label, span: &Span) {
        let outer = self.labels[destination.0 as usize].scopes;
        for at in (outer..self.scopes.len()).rev() {
            let Scope::Around(around) = self.scopes[at] else { continue };
            match self.around[around].what {
                Ended::Atomic => {
                    let place = self.around[around].place.span.clone();
                    self.emit(Op::AtomicEnd, &place);
                }
                Ended::With(_)
                | Ended::Message(..)
                | Ended::Fill(_)
                | Ended::Transaction(..)
                | Ended::Step
                | Ended::Routine(_) => {
                    let exit = self.exit(around, destination);
                    return self.jump(exit, span);
                }
            }
        }
        self.jump(destination, span);
    }

    /// Where the way out of a scope to a destination begins.
    fn exit(&mut self, around: usize, destination: Label) -> Label {
        let known = self.around[around].exits.iter().find(|(known, _)| *known == destination);
        if let Some(&(_, exit)) = known {
            return exit;
        }
        let exit = self.label();
        self.around[around].exits.push((destination, exit));
        exit
    }

    /// True when an error leads to a label, at once or by the exits of scopes.
    pub(super) fn leads_to(&self, label: Label) -> bool {
        self.around.iter().any(|around| around.exits.iter().any(|(known, _)| *known == label))
            || self.landings.range(self.first..).any(|(_, (to, _))| *to == label.0)
    }

    /// True when a `within` that runs out leads to a label.
    pub(super) fn strikes_at(&self, label: Label) -> bool {
        self.around.iter().any(|around| around.exits.iter().any(|(known, _)| *known == label))
            || self.strikes.range(self.first..).any(|(_, all)| all.iter().any(|s| s.to == label.0))
    }

    // `atomic` and `with`.

    pub(super) fn in_atomic(&self) -> bool {
        self.scopes.iter().any(|scope| match scope {
            Scope::Around(at) => matches!(self.around[*at].what, Ended::Atomic),
            _ => false,
        })
    }

    /// Begins an `atomic`.
    pub(super) fn begin_atomic(&mut self, word: u32, guard: Option<u32>) {
        let span = word..word + "atomic".len() as u32;
        let op = Op::Atomic { guard };
        if guard.is_some() {
            self.emit_raising(op, &span)
        } else {
            self.emit(op, &span)
        }
        self.enclose(Ended::Atomic, &span);
    }

    /// Ends it, and writes the ways out for errors.
    pub(super) fn end_atomic(&mut self, span: &Span) {
        self.end_around(span);
    }

    /// Takes something.
    pub(super) fn acquire(&mut self, taken: Taken, span: &Span) {
        let mark = self.mark();
        let Taken { lock, index, mode, token, refuses, .. } = taken;
        let index = self.index_register(index, span);
        let (op, refuses) = match taken.how {
            How::Held => (Op::Acquire { lock, index, mode, token }, refuses),
            How::Passed => (Op::Admit { breaker: lock, index }, true),
            How::Counted => (Op::Token { limiter: lock, index, got: None }, true),
        };
        if refuses || index.is_some() {
            self.emit_raising(op, span)
        } else {
            self.emit(op, span)
        }
        self.give_back(mark);
    }

    /// From here on it is held, until `end_with`.
    pub(super) fn begin_with(&mut self, taken: Taken, span: &Span) {
        self.enclose(Ended::With(taken), span);
    }

    /// From here on a message is with the process, until `end_with`.
    pub(super) fn begin_message(&mut self, from: SharedId, handle: Reg, span: &Span) {
        self.enclose(Ended::Message(from, handle), span);
    }

    /// From here on something is filled in, until `end_with`.
    pub(super) fn begin_fill(&mut self, filled: Filled, span: &Span) {
        self.enclose(Ended::Fill(filled), span);
    }

    /// Lets the lock of the innermost `with` go, or answers for its message, and writes the ways
    /// out that were asked for.
    pub(super) fn end_with(&mut self) {
        let Some(Scope::Around(at)) = self.scopes.last().copied() else { return };
        let span = self.around[at].place.span.clone();
        self.end_around(&span);
    }

    /// From here on a routine is measured, until `end_with`.
    pub(super) fn begin_routine(&mut self, routine: u32, span: &Span) {
        self.emit(Op::RoutineBegan { routine }, span);
        self.enclose(Ended::Routine(routine), span);
    }

    /// From here on a step of a saga runs, until `end_step`.
    pub(super) fn begin_step(&mut self, span: &Span) {
        self.enclose(Ended::Step, span);
    }

    /// Ends it: those who leave it early, by where they are bound, come by these ways.
    pub(super) fn end_step(&mut self) -> Vec<(Label, Label)> {
        let Some(Scope::Around(at)) = self.scopes.pop() else { return Vec::new() };
        self.around[at].end = self.here();
        self.around[at].exits.clone()
    }

    /// How many of the outermost `within`s do not strike here.
    fn shielded(&self) -> usize {
        let Some(shield) = self.scopes.iter().rposition(|scope| matches!(scope, Scope::Shield))
        else {
            return 0;
        };
        self.scopes[..shield].iter().filter(|scope| matches!(scope, Scope::Within(_))).count()
    }

    /// From here on a transaction is open, until `end_transaction`. An `abort` leads to `out`.
    pub(super) fn begin_transaction(&mut self, database: SharedId, out: Label, end: &Span) {
        self.enclose(Ended::Transaction(database, out), end);
    }

    /// Commits at the end of the innermost transaction, and writes the ways out that were asked
    /// for: who leaves by an error undoes it, who leaves otherwise commits.
    pub(super) fn end_transaction(&mut self) {
        let Some(Scope::Around(at)) = self.scopes.last().copied() else { return };
        let Around { what: Ended::Transaction(database, out), ref place, .. } = self.around[at]
        else {
            return;
        };
        let span = place.span.clone();
        self.around[at].end = self.here();
        self.commit(at, database, &span);
        let mut on = None;
        let mut next = 0;
        // To commit may ask for further ways out.
        while let Some(&(destination, exit)) = self.around[at].exits.get(next) {
            next += 1;
            if on.is_none() {
                self.scopes.pop();
                let label = self.label();
                self.jump(label, &span);
                self.scopes.push(Scope::Around(at));
                on = Some(label);
            }
            self.place(exit);
            let fails = self.labels[destination.0 as usize].fails;
            if destination != out && !fails {
                self.commit(at, database, &span);
            }
            self.scopes.pop();
            if destination != out && fails {
                self.emit(Op::Rollback { database }, &span);
            }
            self.leave_for(destination, &span);
            self.scopes.push(Scope::Around(at));
        }
        self.scopes.pop();
        if let Some(on) = on {
            self.place(on);
        }
    }

    /// A time that runs out before a commit undoes the transaction. What the commit itself raises
    /// has undone it already.
    fn commit(&mut self, at: usize, database: SharedId, span: &Span) {
        if !self.full {
            self.note_strikes();
        }
        self.scopes.pop();
        let outer = std::mem::replace(&mut self.ending, true);
        self.emit_raising(Op::Commit { database }, span);
        self.ending = outer;
        self.scopes.push(Scope::Around(at));
    }

    fn enclose(&mut self, what: Ended, span: &Span) {
        let place = Place { span: span.clone(), statement: self.statement.clone() };
        self.around.push(Around { what, place, end: 0, exits: Vec::new() });
        self.scopes.push(Scope::Around(self.around.len() - 1));
    }

    /// Ends the innermost scope, and writes the ways out that were asked for.
    fn end_around(&mut self, end: &Span) {
        let Some(Scope::Around(at)) = self.scopes.pop() else { return };
        self.around[at].end = self.here();
        let filled = match self.around[at].what {
            Ended::Fill(filled) => Some(filled),
            _ => None,
        };
        match filled {
            Some(Filled { cache, key, from, count, .. }) => {
                let outer = std::mem::replace(&mut self.ending, true);
                self.emit(Op::Fill { cache, key, from, count, single: true }, end);
                self.ending = outer;
            }
            None => self.end_one(at, end, false),
        }
        let exits = self.around[at].exits.clone();
        if let Some(Filled { cache, key, start, .. }) = filled.filter(|_| exits.is_empty()) {
            self.fills.push(Filling { code: start..self.here(), cache, key });
        }
        if exits.is_empty() {
            return;
        }
        let span = self.around[at].place.span.clone();
        let on = self.label();
        self.jump(on, &span);
        for (destination, exit) in exits {
            self.place(exit);
            let fails = self.labels[destination.0 as usize].fails;
            self.end_one(at, &span, fails);
            self.leave_for(destination, &span);
        }
        if let Some(Filled { cache, key, start, .. }) = filled {
            self.fills.push(Filling { code: start..self.here(), cache, key });
        }
        self.place(on);
    }

    /// `fails`: on a way out that only errors go.
    fn end_one(&mut self, at: usize, end: &Span, fails: bool) {
        let outer = std::mem::replace(&mut self.ending, true);
        self.end_what(at, end, fails);
        self.ending = outer;
    }

    fn end_what(&mut self, at: usize, end: &Span, fails: bool) {
        let Around { what, place, .. } = self.around[at].clone();
        match what {
            Ended::Atomic => self.emit(Op::AtomicEnd, end),
            // Written by `end_transaction`.
            Ended::Transaction(..) | Ended::Step => {}
            Ended::Fill(Filled { cache, key, .. }) => {
                let error = fails.then_some(ERROR);
                self.emit(Op::Unfill { cache, key, error }, &place.span);
            }
            Ended::Routine(routine) => {
                let error = fails.then_some(ERROR);
                self.emit(Op::RoutineEnded { routine, error }, &place.span);
            }
            Ended::Message(from, handle) => {
                let outer = std::mem::replace(&mut self.statement, place.statement);
                let op = if fails { Op::Nack { from, handle } } else { Op::Ack { from, handle } };
                self.emit(op, &place.span);
                self.statement = outer;
            }
            Ended::With(Taken { lock, index, mode, when, how, .. }) => {
                let outer = std::mem::replace(&mut self.statement, place.statement);
                let mark = self.mark();
                let [held, on] = [self.label(), self.label()];
                if let Some(when) = when {
                    self.emit(Op::Branch { when, yes: held.0, no: on.0 }, &place.span);
                    self.place(held);
                }
                let index = self.index_register(index, &place.span);
                let op = match how {
                    How::Passed => {
                        Op::Report { breaker: lock, index, error: fails.then_some(ERROR) }
                    }
                    How::Held | How::Counted => Op::Release { lock, index, mode, lenient: true },
                };
                self.emit(op, &place.span);
                self.place(on);
                self.give_back(mark);
                self.statement = outer;
            }
        }
    }

    /// The register of an index, loading a constant one.
    pub(super) fn index_register(&mut self, index: Index, span: &Span) -> Option<Reg> {
        match index {
            Index::None => None,
            Index::Register(register) => Some(register),
            Index::Constant(value) => {
                let to = self.take();
                self.emit(Op::Const { to, value }, span);
                Some(to)
            }
        }
    }

    // `try`, `retry` and `within`.

    /// From here on errors go to a handler, until `end_scope`.
    pub(super) fn begin_handled(&mut self, handler: Label) {
        self.labels[handler.0 as usize].fails = true;
        self.scopes.push(Scope::Handler(handler));
    }

    /// A `retry` begins; tells how many are around it.
    pub(super) fn begin_retry(&mut self) -> u16 {
        let depth = self.scopes.iter().filter(|scope| matches!(scope, Scope::Retry)).count();
        self.scopes.push(Scope::Retry);
        depth as u16
    }

    /// How many `within`s are around this place.
    pub(super) fn withins(&self) -> u16 {
        self.scopes.iter().filter(|scope| matches!(scope, Scope::Within(_))).count() as u16
    }

    /// From here on a `within` counts that leads to a label when it runs out, until `end_scope`.
    pub(super) fn begin_within(&mut self, struck: Label) {
        self.labels[struck.0 as usize].fails = true;
        self.scopes.push(Scope::Within(struck));
    }

    /// Ends the innermost of these scopes.
    pub(super) fn end_scope(&mut self) {
        self.scopes.pop();
    }

    // Joining.

    /// Makes one of all ways out of a `with` that go on at the same place: a `continue` at the end
    /// of a loop's body is bound for where the body's end leads anyway. Outer ones first, for
    /// inner ones go on there.
    pub(super) fn join_ways_out(&mut self) {
        for at in 0..self.around.len() {
            let around = &self.around[at];
            if matches!(
                around.what,
                Ended::Atomic | Ended::Fill(_) | Ended::Routine(_) | Ended::Step
            ) {
                continue;
            }
            let mut known = vec![(self.onward(around.end), around.end)];
            let aborted = match around.what {
                Ended::Transaction(_, out) => Some(out),
                _ => None,
            };
            for (destination, exit) in around.exits.clone() {
                if aborted == Some(destination) {
                    continue;
                }
                let Some(start) = self.labels[exit.0 as usize].position else { continue };
                let onward = self.onward(start);
                match known.iter().find(|(other, _)| onward.is_some() && *other == onward) {
                    Some(&(_, same)) => self.labels[exit.0 as usize].position = Some(same),
                    None => known.push((onward, start)),
                }
            }
        }
    }

    /// Where a way out that begins here goes on behind its release.
    fn onward(&self, start: Pc) -> Option<(bool, Pc)> {
        // Jumps hardly ever lead to jumps to jumps; only an empty endless loop goes on for ever.
        const LONGEST: usize = 100;
        let from = self.ops.get(start as usize..)?;
        let ends = |op: &Op| {
            matches!(
                op,
                Op::Release { .. }
                    | Op::Ack { .. }
                    | Op::Nack { .. }
                    | Op::Report { .. }
                    | Op::Commit { .. }
                    | Op::Rollback { .. }
            )
        };
        let release = from.iter().position(ends)?;
        let nacks = matches!(
            from[release],
            Op::Nack { .. } | Op::Report { error: Some(_), .. } | Op::Rollback { .. }
        );
        let mut pc = start + release as Pc + 1;
        for _ in 0..LONGEST {
            match self.ops.get(pc as usize) {
                Some(Op::Jump { to }) => pc = self.labels.get(*to as usize)?.position?,
                _ => return Some((nacks, pc)),
            }
        }
        None
    }
}
