//! Writing instructions: places, labels, registers, and the ways out of `with` and `atomic`.
//!
//! While a class is written, jumps name labels; when it is whole, labels become positions.
//!
//! A way out is the place left and where the process is bound: two `return`s in one `with` share
//! its release. So each `with` keeps one exit for each destination asked for inside it, and writes
//! them behind its body:
//!
//! Once all places are known, ways out that go on at the same place become one.
//!
//! ```text
//! acquire a · body · release a · jump on
//! exit to L:    release a · leave for L (perhaps by an exit of the `with` around)
//! exit to FAIL: release a · …
//! ```

use crate::{
    lang::{diagnostic::Diagnostics, limits},
    program::{Error, Local, Mode, Op, Pc, Place, Reg, Region, SharedId, Span, Type},
    say::diagnostics::{Ceiling, Message},
};
use std::collections::BTreeMap;

/// A point in the code that is not known yet; jumps carry its number until `finish`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Label(pub(super) Pc);

/// Where a process goes by an error that nobody catches.
pub(super) const FAIL: Label = Label(0);
/// Where a process goes to end.
pub(super) const STOP: Label = Label(1);

/// Stands for the register of the error on the way out, until all others are counted.
const ERROR_REGISTER: Reg = Reg::MAX;

/// Something that must be ended on the way out of it.
#[derive(Clone, Copy, Debug)]
enum Scope {
    Atomic {
        word: u32,
    },
    /// A place in `Code::held`.
    With(usize),
}

/// An index known beforehand, or the register that keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Index {
    None,
    Constant(i64),
    Register(Reg),
}

/// A lock taken by a `with`.
#[derive(Clone, Debug)]
struct Held {
    lock: SharedId,
    index: Index,
    place: Place,
    /// Where letting it go begins when its body ends.
    end: Pc,
    /// Destinations of those who leave it early, each with where its way out begins.
    exits: Vec<(Label, Label)>,
}

#[derive(Clone, Debug)]
struct LabelState {
    position: Option<Pc>,
    /// How many scopes are around it.
    scopes: usize,
}

/// Instructions being written.
pub(super) struct Code<'a> {
    pub(super) ops: Vec<Op>,
    pub(super) places: Vec<Place>,
    pub(super) landings: BTreeMap<Pc, (Pc, Reg)>,
    pub(super) diagnostics: &'a mut Diagnostics,
    /// The statement at hand.
    pub(super) statement: Span,
    /// Set at a ceiling: nothing more is written.
    pub(super) full: bool,
    work: usize,
    first: Pc,
    labels: Vec<LabelState>,
    scopes: Vec<Scope>,
    held: Vec<Held>,
    next: Reg,
    most: Reg,
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
            diagnostics,
            statement: 0..0,
            full: false,
            work: 0,
            first: 0,
            labels: Vec::new(),
            scopes: Vec::new(),
            held: Vec::new(),
            next: 0,
            most: 0,
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
        self.held.clear();
        self.next = 0;
        self.most = 0;
        for expected in [FAIL, STOP] {
            let label = self.label();
            debug_assert_eq!(label, expected);
        }
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
        for op in &mut self.ops[code.start as usize..] {
            match op {
                Op::Jump { to } => *to = position(*to),
                Op::Branch { yes, no, .. } => {
                    *yes = position(*yes);
                    *no = position(*no);
                }
                Op::Fail { error } => *error = registers,
                _ => {}
            }
        }
        for (_, (to, register)) in self.landings.range_mut(code.clone()) {
            *to = position(*to);
            *register = registers;
            error_used = true;
        }
        Written {
            code,
            registers: registers + Reg::from(error_used),
            locals: std::mem::take(&mut self.locals),
            regions: std::mem::take(&mut self.regions),
            hidden: std::mem::take(&mut self.hidden),
        }
    }

    /// Makes one of all ways out of a `with` that go on at the same place: a `continue` at the end
    /// of a loop's body is bound for where the body's end leads anyway. Outer ones first, for
    /// inner ones go on there.
    fn join_ways_out(&mut self) {
        for at in 0..self.held.len() {
            let held = &self.held[at];
            let mut known = vec![(self.onward(held.end), held.end)];
            for (_, exit) in held.exits.clone() {
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
    fn onward(&self, start: Pc) -> Option<Pc> {
        // Jumps hardly ever lead to jumps to jumps; only an empty endless loop goes on for ever.
        const LONGEST: usize = 100;
        let from = self.ops.get(start as usize..)?;
        let release = from.iter().position(|op| matches!(op, Op::Release { .. }))?;
        let mut pc = start + release as Pc + 1;
        for _ in 0..LONGEST {
            match self.ops.get(pc as usize) {
                Some(Op::Jump { to }) => pc = self.labels.get(*to as usize)?.position?,
                _ => return Some(pc),
            }
        }
        None
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

    fn emit_at(&mut self, op: Op, place: Place) {
        if self.ops.len() >= limits::INSTRUCTIONS {
            self.too_large(&place.span);
        }
        if !self.full {
            self.ops.push(op);
            self.places.push(place);
        }
    }

    /// Writes an instruction that may raise an error: inside a `with`, there is a way out.
    pub(super) fn emit_raising(&mut self, op: Op, span: &Span) {
        let pc = self.here();
        self.emit(op, span);
        let innermost = self.scopes.iter().rev().find_map(|scope| match scope {
            Scope::With(held) => Some(*held),
            Scope::Atomic { .. } => None,
        });
        if let Some(held) = innermost
            && !self.full
        {
            let exit = self.exit(held, FAIL);
            self.landings.insert(pc, (exit.0, ERROR_REGISTER));
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
        self.labels.push(LabelState { position: None, scopes: self.scopes.len() });
        Label(self.labels.len() as Pc - 1)
    }

    pub(super) fn place(&mut self, label: Label) {
        self.labels[label.0 as usize].position = Some(self.here());
    }

    pub(super) fn jump(&mut self, to: Label, span: &Span) {
        self.emit(Op::Jump { to: to.0 }, span);
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

    // Ways out.

    pub(super) fn in_atomic(&self) -> bool {
        matches!(self.scopes.last(), Some(Scope::Atomic { .. }))
    }

    /// Begins an `atomic`; inside another one it adds nothing.
    pub(super) fn begin_atomic(&mut self, word: u32) {
        let span = word..word + "atomic".len() as u32;
        self.emit(Op::Atomic { guard: None }, &span);
        self.scopes.push(Scope::Atomic { word });
    }

    pub(super) fn end_atomic(&mut self, span: &Span) {
        self.scopes.pop();
        self.emit(Op::AtomicEnd, span);
    }

    /// Takes a lock until `end_with`.
    pub(super) fn begin_with(&mut self, lock: SharedId, index: Index, span: &Span) {
        let mark = self.mark();
        let register = self.index_register(index, span);
        let op = Op::Acquire { lock, index: register, mode: Mode::Lock, token: None };
        if register.is_some() {
            self.emit_raising(op, span)
        } else {
            self.emit(op, span)
        }
        self.give_back(mark);
        let place = Place { span: span.clone(), statement: self.statement.clone() };
        self.held.push(Held { lock, index, place, end: 0, exits: Vec::new() });
        self.scopes.push(Scope::With(self.held.len() - 1));
    }

    /// Lets the lock of the innermost `with` go, and writes the ways out that were asked for.
    pub(super) fn end_with(&mut self) {
        let Some(Scope::With(held)) = self.scopes.pop() else { return };
        self.held[held].end = self.here();
        self.let_go(held);
        let exits = self.held[held].exits.clone();
        if exits.is_empty() {
            return;
        }
        let span = self.held[held].place.span.clone();
        let on = self.label();
        self.jump(on, &span);
        for (destination, exit) in exits {
            self.place(exit);
            self.let_go(held);
            self.leave_for(destination, &span);
        }
        self.place(on);
    }

    fn let_go(&mut self, held: usize) {
        let Held { lock, index, place, .. } = self.held[held].clone();
        let outer = std::mem::replace(&mut self.statement, place.statement);
        let mark = self.mark();
        let index = self.index_register(index, &place.span);
        self.emit(Op::Release { lock, index, mode: Mode::Lock, lenient: true }, &place.span);
        self.give_back(mark);
        self.statement = outer;
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

    /// Goes to a label further out, ending on the way whatever must be ended.
    pub(super) fn leave_for(&mut self, destination: Label, span: &Span) {
        let outer = self.labels[destination.0 as usize].scopes;
        for at in (outer..self.scopes.len()).rev() {
            match self.scopes[at] {
                Scope::Atomic { word } => {
                    let span = word..word + "atomic".len() as u32;
                    self.emit(Op::AtomicEnd, &span);
                }
                Scope::With(held) => {
                    let exit = self.exit(held, destination);
                    return self.jump(exit, span);
                }
            }
        }
        self.jump(destination, span);
    }

    /// Where the way out of a `with` to a destination begins.
    fn exit(&mut self, held: usize, destination: Label) -> Label {
        let known = self.held[held].exits.iter().find(|(known, _)| *known == destination);
        if let Some(&(_, exit)) = known {
            return exit;
        }
        let exit = self.label();
        self.held[held].exits.push((destination, exit));
        exit
    }

    /// Writes the ends of a process: where it stops, and where it fails if something leads there.
    pub(super) fn ends(&mut self, span: &Span) {
        self.place(STOP);
        self.emit(Op::End, span);
        let first = self.first;
        let here = self.here();
        let fails = self.landings.range(first..here).next().is_some();
        if fails {
            self.place(FAIL);
            self.emit(Op::Fail { error: ERROR_REGISTER }, span);
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
