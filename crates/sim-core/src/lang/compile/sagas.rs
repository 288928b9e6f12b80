//! `saga`: steps one after another, and what undoes them in reverse.
//!
//! ```text
//! step 0 · note · step 1 · note · … · completed, jump on
//! step k failed: may it have been done? → turn(k + 1) : turn(k)
//! turn(j):  note · jump undo(j)
//! undo(j):  undo step j - 1, again and again until it succeeds · note      (falls through to undo(j - 1))
//! undo(0):  the error goes on to where it was bound
//! ```
//!
//! Notes stand only in a durable saga, which begins by reading its last one. Each is one step.

use super::{
    Compiler, Slot,
    code::{ERROR, FAIL, Label},
    ways::Scope,
};
use crate::{
    lang::{
        check::nested,
        names::Kind,
        sagas::{SagaStepTree, SagaTree},
        tree::{Block, StartTree, StatementKind},
    },
    program::{
        Binary, Details, Error, Form, NONE, Op, Reg, Saga, SagaLog, SagaMark, SagaStep, Shared,
        SharedId, SharedKind, Span, Strategy, Type, WHOLE,
    },
    say::diagnostics::{Message, SagaMistake},
};

/// How long is waited before an undo is tried again: the first time, and the longest.
const DELAY: i64 = 100_000_000;
const CAP: i64 = 10_000_000_000;

/// Errors after which nobody knows whether what was asked for was done.
const UNKNOWN: [Error; 3] = [Error::Timeout, Error::Unavailable, Error::Internal];

/// A local from outside that the steps assign to: a note keeps it.
struct Kept {
    first: Reg,
    count: u16,
}

/// Where notes are written.
struct Notes {
    log: SharedId,
    key: Reg,
    kept: Vec<Kept>,
    /// How many words a note has.
    count: u16,
}

/// A saga that is being written.
struct Writing<'t> {
    tree: &'t SagaTree,
    saga: u32,
    word: Span,
    /// The error that it is undone by.
    cause: Reg,
    /// Where that error was bound: a place in `destinations`.
    bound: Reg,
    destinations: Vec<Label>,
    /// Where the undoing of so many steps is decided.
    turns: Vec<Label>,
    /// Where the undoing of so many steps begins.
    undos: Vec<Label>,
    notes: Option<Notes>,
}

impl Compiler<'_> {
    pub(super) fn saga(&mut self, tree: &SagaTree, header: &Span) {
        let word = header.start..header.start + "saga".len() as u32;
        let mark = self.code.mark();
        let saga = self.saga_at(tree, header);
        let [cause, bound] = [self.code.take(), self.code.take()];
        let notes = self.notes(tree, saga, &word);
        let steps = tree.steps.len();
        let mut writing = Writing {
            tree,
            saga,
            word,
            cause,
            bound,
            // Where errors that nobody here catches go.
            destinations: vec![self.code.handler()],
            turns: (0..=steps).map(|_| self.code.label()).collect(),
            undos: (0..=steps).map(|_| self.code.label()).collect(),
            notes,
        };
        let entries: Vec<Label> = (0..=steps).map(|_| self.code.label()).collect();
        let end = self.code.label();
        self.look_up_note(&mut writing, &entries, header);
        self.saga_mark(&writing, SagaMark::Began, 0, None);
        let mut failed = Vec::new();
        for (at, step) in tree.steps.iter().enumerate() {
            self.code.place(entries[at]);
            failed.push(self.saga_step(&mut writing, at, step));
        }
        self.code.statement = header.clone();
        self.code.place(entries[steps]);
        self.saga_mark(&writing, SagaMark::Completed, steps, None);
        self.code.jump(end, header);
        for (at, ways) in failed.into_iter().enumerate() {
            self.saga_failed(&mut writing, at, ways);
        }
        self.undo_steps(&writing, header);
        self.saga_goes_on(&writing, header);
        self.code.place(end);
        self.code.give_back(mark);
    }

    /// The place of a saga of the text; copies of its routine share it.
    fn saga_at(&mut self, tree: &SagaTree, header: &Span) -> u32 {
        let known = self.sagas.iter().position(|saga| saga.span == *header);
        let at = known.unwrap_or_else(|| {
            let step = |step: &SagaStepTree| SagaStep {
                name: step.name.clone(),
                undone: step.undo.is_some(),
                span: step.header.clone(),
            };
            let steps = tree.steps.iter().map(step).collect();
            self.sagas.push(Saga { steps, span: header.clone() });
            self.sagas.len() - 1
        });
        at as u32
    }

    fn saga_mark(&mut self, writing: &Writing, mark: SagaMark, step: usize, error: Option<Reg>) {
        let op = Op::Saga { saga: writing.saga, mark, step: step as u16, error };
        let span = writing.word.clone();
        self.code.emit(op, &span);
    }

    /// A step; tells the ways out of it, and of the note behind it, each with where it is bound.
    fn saga_step(
        &mut self,
        writing: &mut Writing,
        at: usize,
        step: &SagaStepTree,
    ) -> [Vec<(Label, Label)>; 2] {
        self.code.statement = step.header.clone();
        self.saga_mark(writing, SagaMark::StepBegan, at, None);
        self.code.begin_step(&step.header);
        self.block(&step.body);
        let failed = self.code.end_step();
        self.code.statement = step.header.clone();
        self.saga_mark(writing, SagaMark::StepDone, at, None);
        if writing.notes.is_none() {
            return [failed, Vec::new()];
        }
        self.code.begin_step(&step.header);
        self.write_note(writing, at + 1, false, &step.header);
        [failed, self.code.end_step()]
    }

    /// Where a step failed, and where its note was not written.
    fn saga_failed(&mut self, writing: &mut Writing, at: usize, ways: [Vec<(Label, Label)>; 2]) {
        let header = writing.tree.steps[at].header.clone();
        self.code.statement = header.clone();
        let [failed, unwritten] = ways;
        let decide = self.code.label();
        let decided = self.saga_left(writing, failed, decide, &header);
        if decided {
            self.code.place(decide);
            self.saga_mark(writing, SagaMark::StepFailed, at, Some(writing.cause));
            let mark = self.code.mark();
            let when = self.code.take();
            for error in UNKNOWN {
                let other = self.code.label();
                self.code.emit(Op::Const { to: when, value: error.code() }, &header);
                let (left, right) = (writing.cause, when);
                let op = Op::Compute { what: Binary::Equal, to: when, left, right };
                self.code.emit(op, &header);
                let yes = writing.turns[at + 1].0;
                self.code.emit(Op::Branch { when, yes, no: other.0 }, &header);
                self.code.place(other);
            }
            self.code.give_back(mark);
            self.code.jump(writing.turns[at], &header);
        }
        // Then the step is done all the same.
        let done = writing.turns[at + 1];
        self.saga_left(writing, unwritten, done, &header);
    }

    /// Ways out of a step: an error goes on to where the saga turns, who stops just goes.
    fn saga_left(
        &mut self,
        writing: &mut Writing,
        ways: Vec<(Label, Label)>,
        on: Label,
        header: &Span,
    ) -> bool {
        let mut any = false;
        for (destination, exit) in ways {
            self.code.place(exit);
            if !self.code.only_fails(destination) {
                self.saga_mark(writing, SagaMark::Left, 0, None);
                self.code.leave_for(destination, header);
                continue;
            }
            any = true;
            let known = writing.destinations.iter().position(|known| *known == destination);
            let bound = known.unwrap_or_else(|| {
                writing.destinations.push(destination);
                writing.destinations.len() - 1
            });
            self.code.emit(Op::Copy { to: writing.cause, from: ERROR }, header);
            self.code.emit(Op::Const { to: writing.bound, value: bound as i64 }, header);
            self.code.jump(on, header);
        }
        any
    }

    /// Where it is decided how many steps are undone, and where they are. Nothing that runs out
    /// strikes here.
    fn undo_steps(&mut self, writing: &Writing, header: &Span) {
        for (many, turn) in writing.turns.iter().enumerate() {
            self.code.statement = header.clone();
            self.code.place(*turn);
            self.saga_mark(writing, SagaMark::Turned, many, Some(writing.cause));
            self.code.shield();
            self.write_note(writing, many, true, header);
            self.code.end_scope();
            self.code.jump(writing.undos[many], header);
        }
        for (at, step) in writing.tree.steps.iter().enumerate().rev() {
            self.code.place(writing.undos[at + 1]);
            if let Some((undo, word)) = &step.undo {
                self.undo_step(writing, at, undo, word);
            }
        }
        self.code.place(writing.undos[0]);
    }

    fn undo_step(&mut self, writing: &Writing, at: usize, undo: &Block, word: &Span) {
        self.code.statement = word.clone();
        self.code.shield();
        let slot = self.code.begin_retry();
        self.code.emit(Op::RetryBegan { slot, again: false }, word);
        let [again, failed, done] = [self.code.label(), self.code.label(), self.code.label()];
        self.code.place(again);
        self.saga_mark(writing, SagaMark::UndoBegan, at, None);
        self.code.begin_handled(failed);
        self.rounds += 1;
        self.block(undo);
        self.rounds -= 1;
        self.code.end_scope();
        self.code.statement = word.clone();
        if self.code.leads_to(failed) {
            self.code.jump(done, word);
            self.code.place(failed);
            self.saga_mark(writing, SagaMark::UndoFailed, at, Some(ERROR));
            let waits = [Strategy::Exponential as i64, DELAY, 2 * WHOLE, CAP];
            self.back_off(slot, waits, word);
            self.code.jump(again, word);
        }
        self.code.end_scope();
        self.code.place(done);
        self.saga_mark(writing, SagaMark::Undone, at, None);
        self.write_note(writing, at, true, word);
        self.code.end_scope();
    }

    /// All is undone: the error goes on to where it was bound.
    fn saga_goes_on(&mut self, writing: &Writing, header: &Span) {
        self.code.statement = header.clone();
        self.saga_mark(writing, SagaMark::Compensated, 0, Some(writing.cause));
        let mark = self.code.mark();
        for (at, destination) in writing.destinations.iter().enumerate().skip(1) {
            let [this, other] = [self.code.label(), self.code.label()];
            let when = self.code.take();
            self.code.emit(Op::Const { to: when, value: at as i64 }, header);
            let (left, right) = (writing.bound, when);
            let op = Op::Compute { what: Binary::Equal, to: when, left, right };
            self.code.emit(op, header);
            self.code.emit(Op::Branch { when, yes: this.0, no: other.0 }, header);
            self.code.give_back(mark);
            self.code.place(this);
            self.code.emit(Op::Copy { to: ERROR, from: writing.cause }, header);
            self.code.leave_for(*destination, header);
            self.code.place(other);
        }
        self.code.emit_raising(Op::Raise { error: writing.cause, text: None, quiet: true }, header);
    }

    // Notes.

    /// Where a durable saga writes down how far it is.
    fn notes(&mut self, tree: &SagaTree, saga: u32, word: &Span) -> Option<Notes> {
        let durable = tree.options.get("durable")?;
        if self.constant(durable.value()) == 0 {
            return None;
        }
        let id = tree.options.get("id").map(|option| option.value());
        let comes_once = self.process.is_some_and(|at| {
            let start = &self.tree.processes[at].start;
            self.service.is_none()
                && self.rounds == 0
                && matches!(start, StartTree::Once | StartTree::Every { .. })
        });
        if id.is_none() && !comes_once {
            self.code.error(word, Message::Saga(SagaMistake::NeedsId));
        }
        let key = self.code.take();
        match id {
            Some(id) => {
                let to = super::expression::Target { register: key, fresh: true };
                self.into(id, to, Some(Kind::Int));
            }
            None => self.code.emit(Op::Number { to: key }, word),
        }
        let mut names = Vec::new();
        for block in tree.blocks() {
            assigned(block, &mut names);
        }
        let mut fields = vec![
            ("done".to_owned(), Type::Int),
            ("undoing".to_owned(), Type::Bool),
            ("error".to_owned(), Type::Error),
        ];
        let mut kept = Vec::new();
        for name in names {
            let Some((Slot::Register(first), kind)) = self.local(&name) else { continue };
            let shown = self.shown_fields(&name, first, kind);
            fields.extend(shown.into_iter().map(|(name, _, kind)| (name, kind.stored())));
            kept.push(Kept { first, count: self.width(kind) });
            let words: u16 = kept.iter().map(|kept| kept.count).sum();
            // A record's own last word says whether there is one.
            fields.resize(usize::from(3 + words), (format!("{name} is there"), Type::Bool));
        }
        let words: u16 = kept.iter().map(|kept| kept.count).sum();
        // By the process's number each copy of the text has a log of its own; by a name all have one
        // whose notes are of the same form.
        let form = Form::Record(fields.clone());
        let known = self.saga_logs.iter().find(|log| {
            let of = self.forms.get(log.form as usize);
            id.is_some() && log.saga == saga && log.named && of == Some(&form)
        });
        let log = match known.map(|log| log.notes) {
            Some(log) => log,
            None => {
                let notes = self.saga_log(fields, word);
                let form = self.forms.len() as u32 - 1;
                self.saga_logs.push(SagaLog { saga, notes, named: id.is_some(), form });
                notes
            }
        };
        Some(Notes { log, key, kept, count: 3 + words + 1 })
    }

    fn saga_log(&mut self, fields: Vec<(String, Type)>, word: &Span) -> SharedId {
        self.forms.push(Form::Record(fields));
        let form = self.forms.len() as u32 - 1;
        let many = self.saga_logs.len();
        let number = if many == 0 { String::new() } else { (many + 1).to_string() };
        self.implicit(Shared {
            name: format!("{}.saga{number}", self.name),
            kind: SharedKind::Map,
            value: Type::Int,
            array: false,
            initial: vec![NONE],
            details: Details::Map { key: Type::Int, form },
            owner: None,
            span: word.clone(),
        })
    }

    /// Goes on behind the last note, if there is one.
    fn look_up_note(&mut self, writing: &mut Writing, entries: &[Label], header: &Span) {
        let Some(notes) = &writing.notes else { return };
        let mark = self.code.mark();
        let first = self.take_run(notes.count);
        let op = Op::ReadKey { to: first, from: notes.log, key: notes.key, count: notes.count };
        self.code.shield();
        self.code.emit(op, header);
        self.code.end_scope();
        let [resume, fresh, undoing, done] =
            [self.code.label(), self.code.label(), self.code.label(), self.code.label()];
        let when = first + notes.count - 1;
        self.code.emit(Op::Branch { when, yes: resume.0, no: fresh.0 }, header);
        self.code.place(resume);
        let mut from = first + 3;
        for kept in &notes.kept {
            self.copy_run(kept.first, from, kept.count, header);
            from += kept.count;
        }
        self.code.emit(Op::Copy { to: writing.cause, from: first + 2 }, header);
        self.code.emit(Op::Const { to: writing.bound, value: 0 }, header);
        self.code.emit(Op::Branch { when: first + 1, yes: undoing.0, no: done.0 }, header);
        for (label, to, error) in
            [(done, entries, None), (undoing, &writing.undos[..], Some(writing.cause))]
        {
            self.code.place(label);
            self.saga_behind(writing, first, to, error, header);
        }
        self.code.place(fresh);
        self.code.give_back(mark);
    }

    /// Goes to where so many steps lead.
    fn saga_behind(
        &mut self,
        writing: &Writing,
        many: Reg,
        to: &[Label],
        error: Option<Reg>,
        header: &Span,
    ) {
        for (at, label) in to.iter().enumerate() {
            let [this, other] = [self.code.label(), self.code.label()];
            let when = self.code.take();
            self.code.emit(Op::Const { to: when, value: at as i64 }, header);
            let op = Op::Compute { what: Binary::Equal, to: when, left: many, right: when };
            self.code.emit(op, header);
            self.code.emit(Op::Branch { when, yes: this.0, no: other.0 }, header);
            self.code.give_back(when);
            self.code.place(this);
            self.saga_mark(writing, SagaMark::Resumed, at, error);
            self.code.jump(*label, header);
            self.code.place(other);
        }
        // A note has no other number.
        self.code.jump(to[0], header);
    }

    /// Writes down how many steps are done, or left to undo.
    fn write_note(&mut self, writing: &Writing, many: usize, undoing: bool, span: &Span) {
        let Some(notes) = &writing.notes else { return };
        let mark = self.code.mark();
        let first = self.take_run(notes.count);
        self.code.emit(Op::Const { to: first, value: many as i64 }, span);
        self.code.emit(Op::Const { to: first + 1, value: i64::from(undoing) }, span);
        if undoing {
            self.code.emit(Op::Copy { to: first + 2, from: writing.cause }, span);
        } else {
            self.code.emit(Op::Const { to: first + 2, value: NONE }, span);
        }
        let mut to = first + 3;
        for kept in &notes.kept {
            self.copy_run(to, kept.first, kept.count, span);
            to += kept.count;
        }
        self.code.emit(Op::Const { to, value: 1 }, span);
        let op = Op::WriteKey { to: notes.log, key: notes.key, from: first, count: notes.count };
        self.code.emit_raising(op, span);
        self.code.give_back(mark);
    }
}

impl super::code::Code<'_> {
    /// Where an error raised here leads: the innermost handler, or the end of the process.
    pub(super) fn handler(&self) -> Label {
        let handler = self.scopes.iter().rev().find_map(|scope| match scope {
            Scope::Handler(label) => Some(*label),
            _ => None,
        });
        handler.unwrap_or(FAIL)
    }

    /// Whether only errors lead to a label.
    fn only_fails(&self, label: Label) -> bool {
        self.labels[label.0 as usize].fails
    }

    /// From here on no `within` around strikes, until `end_scope`.
    fn shield(&mut self) {
        self.scopes.push(Scope::Shield);
    }
}

/// The names that a block assigns to.
fn assigned(block: &Block, names: &mut Vec<String>) {
    for statement in &block.statements {
        if let StatementKind::Assign { to, .. } = &statement.kind
            && to.index.is_none()
            && !names.contains(&to.name.text)
        {
            names.push(to.name.text.clone());
        }
        nested(statement, |block| assigned(block, names));
    }
}
