//! Writing instructions: places, labels and registers. The ways out stand in `ways`.
//!
//! While a class is written, jumps name labels; when it is whole, labels become positions.

use super::{
    glance::Aside,
    ways::{Around, Scope},
};
use crate::{
    lang::{diagnostic::Diagnostics, limits},
    program::{
        CounterChange, Error, Filling, Local, Op, Pc, Place, Reg, Region, SharedId, Span, Strike,
        Type,
    },
    say::diagnostics::{Ceiling, Message},
};
use std::collections::{BTreeMap, BTreeSet};

/// A point in the code that is not known yet; jumps carry its number until `finish`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Label(pub(super) Pc);

/// Where a process goes by an error that nobody catches.
pub(super) const FAIL: Label = Label(0);
/// Where a process goes to end.
pub(super) const STOP: Label = Label(1);

/// Stands for the register of the error on the way out, until all others are counted.
pub(super) const ERROR: Reg = Reg::MAX;

/// An index known beforehand, or the register that keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Index {
    None,
    Constant(i64),
    Register(Reg),
}

#[derive(Clone, Debug)]
pub(super) struct LabelState {
    pub(super) position: Option<Pc>,
    /// How many scopes are around it.
    pub(super) scopes: usize,
    /// Only errors lead there.
    pub(super) fails: bool,
}

/// Instructions being written.
pub(super) struct Code<'a> {
    pub(super) ops: Vec<Op>,
    pub(super) places: Vec<Place>,
    pub(super) landings: BTreeMap<Pc, (Pc, Reg)>,
    pub(super) strikes: BTreeMap<Pc, Vec<Strike>>,
    /// Where a process fills in what others may wait for.
    pub(super) fills: Vec<Filling>,
    /// Jumps back that a hidden counter bounds.
    pub(super) counted: BTreeSet<Pc>,
    pub(super) diagnostics: &'a mut Diagnostics,
    /// The statement at hand.
    pub(super) statement: Span,
    /// Set at a ceiling: nothing more is written.
    pub(super) full: bool,
    /// Set while what only looks is written.
    pub(super) glancing: bool,
    /// Set while the end of a scope is written.
    pub(super) ending: bool,
    /// How many instructions wait while one that only looks is written.
    pub(super) beneath: usize,
    work: usize,
    pub(super) first: Pc,
    pub(super) labels: Vec<LabelState>,
    pub(super) scopes: Vec<Scope>,
    /// What is to be ended on the way out of scopes, those of the class that are over included.
    pub(super) around: Vec<Around>,
    pub(super) next: Reg,
    pub(super) most: Reg,
    /// What only looks, written aside until the class is whole.
    pub(super) aside: Aside,
    pub(super) locals: Vec<Local>,
    pub(super) regions: Vec<Region>,
    pub(super) hidden: Vec<Span>,
}

/// What `Code::finish` gives for a class.
pub(super) struct Written {
    pub(super) code: std::ops::Range<Pc>,
    pub(super) registers: Reg,
    pub(super) locals: Vec<Local>,
    pub(super) regions: Vec<Region>,
    pub(super) hidden: Vec<Span>,
}

impl<'a> Code<'a> {
    pub(super) fn new(diagnostics: &'a mut Diagnostics) -> Code<'a> {
        Code {
            ops: Vec::new(),
            places: Vec::new(),
            landings: BTreeMap::new(),
            counted: BTreeSet::new(),
            fills: Vec::new(),
            strikes: BTreeMap::new(),
            diagnostics,
            statement: 0..0,
            full: false,
            glancing: false,
            ending: false,
            beneath: 0,
            work: 0,
            first: 0,
            labels: Vec::new(),
            scopes: Vec::new(),
            around: Vec::new(),
            next: 0,
            most: 0,
            aside: Aside::default(),
            locals: Vec::new(),
            regions: Vec::new(),
            hidden: Vec::new(),
        }
    }

    /// Begins the code of a class or of a promise.
    pub(super) fn begin(&mut self) {
        self.first = self.here();
        self.labels.clear();
        self.scopes.clear();
        self.around.clear();
        self.next = 0;
        self.most = 0;
        for expected in [FAIL, STOP] {
            let label = self.label();
            debug_assert_eq!(label, expected);
        }
        self.labels[FAIL.0 as usize].fails = true;
    }

    /// Ends it: labels become positions, and the register for errors gets its number.
    pub(super) fn finish(&mut self) -> Written {
        self.join_ways_out();
        let registers = self.most;
        let code = self.first..self.here();
        let mut error_used = false;
        // At a ceiling some labels have no place any more; nobody runs that code.
        let end = code.end;
        let labels = &self.labels;
        let position =
            |label: Pc| labels.get(label as usize).and_then(|l| l.position).unwrap_or(end);
        let mut error = |register: &mut Reg| {
            if *register == ERROR {
                *register = registers;
                error_used = true;
            }
        };
        for op in &mut self.ops[code.start as usize..] {
            match op {
                Op::Jump { to } => *to = position(*to),
                Op::Branch { yes, no, .. } => {
                    *yes = position(*yes);
                    *no = position(*no);
                }
                Op::Think { leave: Some(to), .. } => *to = position(*to),
                Op::Lookup { miss, .. } => *miss = position(*miss),
                Op::Fail { error: register }
                | Op::PassFail { error: register }
                | Op::Raise { error: register, .. }
                | Op::Reply { error: Some(register), .. }
                | Op::Back { error: Some(register), .. }
                | Op::Report { error: Some(register), .. }
                | Op::Unfill { error: Some(register), .. }
                | Op::RoutineEnded { error: Some(register), .. }
                | Op::Saga { error: Some(register), .. }
                | Op::Compute { left: register, .. } => error(register),
                Op::Copy { to, from } => {
                    error(to);
                    error(from);
                }
                _ => {}
            }
        }
        for (_, (to, register)) in self.landings.range_mut(code.clone()) {
            *to = position(*to);
            error(register);
        }
        for strike in self.strikes.range_mut(code.clone()).flat_map(|(_, strikes)| strikes) {
            strike.to = position(strike.to);
            error(&mut strike.error);
        }
        Written {
            code,
            registers: registers + Reg::from(error_used),
            locals: std::mem::take(&mut self.locals),
            regions: std::mem::take(&mut self.regions),
            hidden: std::mem::take(&mut self.hidden),
        }
    }

    // Instructions.

    pub(super) fn here(&self) -> Pc {
        self.ops.len() as Pc
    }

    /// Writes an instruction that belongs to some words of the statement at hand.
    pub(super) fn emit(&mut self, op: Op, span: &Span) {
        let place = Place { span: span.clone(), statement: self.statement.clone() };
        self.emit_at(op, place);
    }

    pub(super) fn emit_at(&mut self, op: Op, place: Place) {
        if self.ops.len() + self.aside.ops.len() + self.beneath >= limits::INSTRUCTIONS {
            self.too_large(&place.span);
        }
        if !self.full {
            // Ending a `with` or a message is what running out of time would do, too.
            if op.is_touch() && !self.ending {
                self.note_strikes();
            }
            self.ops.push(op);
            self.places.push(place);
        }
    }

    /// Counts a piece of work that may write nothing; false when there was too much of it.
    pub(super) fn may_go_on(&mut self, span: &Span) -> bool {
        self.work += 1;
        if self.work > limits::COMPILE_WORK {
            self.too_large(span);
        }
        !self.full
    }

    fn too_large(&mut self, span: &Span) {
        self.refuse(span, Ceiling::Instructions, limits::INSTRUCTIONS as u64);
    }

    pub(super) fn refuse(&mut self, span: &Span, what: Ceiling, most: u64) {
        if !self.full {
            self.full = true;
            self.diagnostics.error(span.clone(), Message::TooMuch { what, most });
        }
    }

    pub(super) fn error(&mut self, span: &Span, message: Message) {
        self.diagnostics.error(span.clone(), message);
    }

    /// Reports arithmetic on constants that cannot be done.
    pub(super) fn constant_error(&mut self, span: &Span, error: Error) {
        self.error(span, Message::ConstantError { error });
    }

    // Labels.

    /// A new label for a place with as many scopes around it as here.
    pub(super) fn label(&mut self) -> Label {
        self.labels.push(LabelState { position: None, scopes: self.scopes.len(), fails: false });
        Label(self.labels.len() as Pc - 1)
    }

    pub(super) fn place(&mut self, label: Label) {
        self.labels[label.0 as usize].position = Some(self.here());
    }

    pub(super) fn jump(&mut self, to: Label, span: &Span) {
        self.emit(Op::Jump { to: to.0 }, span);
    }

    /// Back to where a round begins, of which a hidden counter allows only so many.
    pub(super) fn jump_counted(&mut self, to: Label, span: &Span) {
        self.counted.insert(self.here());
        self.jump(to, span);
    }

    // Registers: locals below, intermediate values above, each given back in turn.

    /// Takes the next register.
    pub(super) fn take(&mut self) -> Reg {
        let register = self.next;
        if register >= limits::REGISTERS {
            let span = self.statement.clone();
            self.refuse(&span, Ceiling::Registers, u64::from(limits::REGISTERS));
            return register;
        }
        self.next += 1;
        self.most = self.most.max(self.next);
        register
    }

    /// How far registers are taken, to give them back with `release_registers`.
    pub(super) fn mark(&self) -> Reg {
        self.next
    }

    pub(super) fn give_back(&mut self, mark: Reg) {
        self.next = mark;
    }

    /// Writes the ends of a process: where it stops, and where it fails if something leads there.
    /// `ok` counts those that stop.
    pub(super) fn ends(&mut self, span: &Span, ok: Option<SharedId>) {
        self.place(STOP);
        if let Some(counter) = ok {
            let by = self.take();
            self.emit(Op::Const { to: by, value: 1 }, span);
            let change = CounterChange::Add;
            self.emit(Op::Count { counter, index: None, change, by }, span);
            self.give_back(by);
        }
        self.emit(Op::End, span);
        if self.leads_to(FAIL) {
            self.place(FAIL);
            self.emit(Op::Fail { error: ERROR }, span);
            // A class ends in `End`, whatever comes before.
            self.emit(Op::End, span);
        }
    }

    /// Notes a named local for those who look: it has its value from here on.
    pub(super) fn name_local(&mut self, name: &str, register: Reg, value: Type) -> usize {
        let here = self.here();
        self.locals.push(Local { name: name.to_owned(), register, value, scope: here..here });
        self.locals.len() - 1
    }

    /// Ends a named local's scope here.
    pub(super) fn forget_local(&mut self, local: usize) {
        let here = self.here();
        self.locals[local].scope.end = here;
    }
}
