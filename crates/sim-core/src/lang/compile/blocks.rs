//! `try`, `fail`, `within`, `retry`, `choose` and `spawn`.

use super::{
    Compiler,
    branches::Later,
    code::{ERROR, Label},
    options::Chosen,
};
use crate::{
    lang::{
        names::{Kind, Symbol},
        tree::{Block, CatchTree, Expr, ExprKind, Name, Options},
    },
    program::{Binary, Error, NONE, Op, Outcomes, Reg, SharedId, Span, Strategy, TextId, WHOLE},
    say::diagnostics::Message,
};

/// What a `retry` does without being told: the defaults of its options.
const ATTEMPTS: i64 = 3;
const DELAY: i64 = 100_000_000;
const FACTOR: i64 = 2 * WHOLE;

impl Compiler<'_> {
    /// A block whose header ends in `if E`: bare where E is false.
    pub(super) fn only_if(
        &mut self,
        only: Option<&Expr>,
        body: &Block,
        header: &Span,
        whole: impl FnOnce(&mut Self),
    ) {
        self.only_if_else(only, body, header, whole, |it| it.block(body));
    }

    /// The same, with what is written in its place where E is false.
    pub(super) fn only_if_else(
        &mut self,
        only: Option<&Expr>,
        body: &Block,
        header: &Span,
        whole: impl FnOnce(&mut Self),
        bare: impl FnOnce(&mut Self),
    ) {
        let Some(only) = only else { return whole(self) };
        let [yes, no, end] = [self.code.label(), self.code.label(), self.code.label()];
        match self.branch(only, yes, no) {
            Some(true) => whole(self),
            Some(false) => {
                self.hide(header.start..body.inner.start);
                self.hide(body.inner.end..body.inner.end + 1);
                bare(self);
            }
            None => {
                self.code.place(yes);
                whole(self);
                self.code.statement = header.clone();
                self.code.jump(end, header);
                self.code.place(no);
                bare(self);
                self.code.place(end);
            }
        }
    }

    pub(super) fn trying(&mut self, body: &Block, catches: &[CatchTree], header: &Span) {
        let [handler, end] = [self.code.label(), self.code.label()];
        self.code.begin_handled(handler);
        self.block(body);
        self.code.end_scope();
        if !self.code.leads_to(handler) {
            return;
        }
        self.code.statement = header.clone();
        self.code.jump(end, header);
        self.code.place(handler);
        let mut all = false;
        for catch in catches {
            self.code.statement = catch.header.clone();
            let next = self.code.label();
            if catch.errors.is_empty() {
                all = true;
            } else {
                let body = self.code.label();
                for error in &catch.errors {
                    let other = self.code.label();
                    let when = self.is_error(error);
                    self.code.emit(Op::Branch { when, yes: body.0, no: other.0 }, &error.span);
                    self.code.give_back(when);
                    self.code.place(other);
                }
                self.code.jump(next, &catch.header);
                self.code.place(body);
            }
            let outer = self.locals.len();
            let mark = self.code.mark();
            if let Some(name) = &catch.name {
                let to = self.code.take();
                self.code.emit(Op::Copy { to, from: ERROR }, &name.span);
                self.declare(name, to, Kind::Error);
            }
            self.block(&catch.body);
            self.forget_locals(outer);
            self.code.give_back(mark);
            self.code.statement = catch.header.clone();
            if all {
                break;
            }
            self.code.jump(end, &catch.header);
            self.code.place(next);
        }
        if !all {
            self.code.statement = header.clone();
            self.pass_on(header);
        }
        self.code.place(end);
    }

    /// Whether the error that travels is this one: the next register, with 1 or 0.
    fn is_error(&mut self, error: &Name) -> Reg {
        let value = self.names.error_code(&error.text).unwrap_or_default();
        let to = self.code.take();
        self.code.emit(Op::Const { to, value }, &error.span);
        let op = Op::Compute { what: Binary::Equal, to, left: ERROR, right: to };
        self.code.emit(op, &error.span);
        to
    }

    /// The error that travels goes on.
    fn pass_on(&mut self, span: &Span) {
        self.code.emit_raising(Op::Raise { error: ERROR, text: None, quiet: true }, span);
    }

    pub(super) fn fail(&mut self, error: &Name, text: Option<TextId>, span: &Span) {
        let local = self.local(&error.text).filter(|(_, kind)| *kind == Kind::Error);
        let register = if let Some((super::Slot::Register(register), _)) = local {
            register
        } else {
            let to = self.code.take();
            let value = self.names.error_code(&error.text).unwrap_or_default();
            self.code.emit(Op::Const { to, value }, &error.span);
            to
        };
        self.code.emit_raising(Op::Raise { error: register, text, quiet: false }, span);
    }

    pub(super) fn within(&mut self, time: &Expr, body: &Block, header: &Span) {
        let (struck, end) = self.begin_within(time, header);
        self.block(body);
        self.end_within(struck, end, header);
    }

    /// From here on there is only so much time: where it leads when it is over, and where it ends.
    pub(super) fn begin_within(&mut self, time: &Expr, header: &Span) -> (Label, Label) {
        let mark = self.code.mark();
        let operand = self.time(time);
        let register = self.loaded(operand, &time.span);
        let timer = self.code.withins();
        self.code.emit_raising(Op::Arm { timer, time: register }, header);
        self.code.give_back(mark);
        let [struck, end] = [self.code.label(), self.code.label()];
        self.code.begin_within(struck);
        (struck, end)
    }

    pub(super) fn end_within(&mut self, struck: Label, end: Label, header: &Span) {
        self.code.end_scope();
        if !self.code.strikes_at(struck) {
            return;
        }
        self.code.statement = header.clone();
        self.code.jump(end, header);
        self.code.place(struck);
        self.pass_on(header);
        self.code.place(end);
    }

    pub(super) fn retry(&mut self, options: &Options, body: &Block, header: &Span) {
        let word = header.start..header.start + "retry".len() as u32;
        let attempts = match self.chosen(options, "attempts", &["unlimited"]) {
            None => Some(ATTEMPTS),
            Some(Chosen::Word(_)) => None,
            Some(Chosen::Value(found)) => {
                if found < 1
                    && let Some(option) = options.get("attempts")
                {
                    let message = Message::TooSmall { found, least: 1 };
                    self.code.error(&option.value().span, message);
                }
                Some(found.max(1))
            }
        };
        let waits = self.waits(options);
        let budget = self.budget(options);
        let mark = self.code.mark();
        let slot = self.code.begin_retry();
        self.code.emit(Op::RetryBegan { slot, again: false }, &word);
        if let Some(limiter) = budget
            && self.earns(limiter)
        {
            self.code.emit(Op::Earn { limiter }, &word);
        }
        let left = attempts.filter(|&attempts| attempts > 1).map(|value| {
            let to = self.code.take();
            self.code.emit(Op::Const { to, value }, &word);
            to
        });
        let [again, handler] = [self.code.label(), self.code.label()];
        let [pass_on, end] = [self.code.label(), self.code.label()];
        self.code.place(again);
        self.code.begin_handled(handler);
        self.rounds += 1;
        self.block(body);
        self.rounds -= 1;
        self.code.end_scope();
        if self.code.leads_to(handler) {
            self.code.statement = header.clone();
            self.code.jump(end, header);
            self.code.place(handler);
            if attempts != Some(1) {
                self.leave_others(options, pass_on, &word);
                if let Some(left) = left {
                    self.count_down(left, pass_on, &word);
                }
                if let Some(limiter) = budget {
                    self.take_from_budget(limiter, pass_on, &word);
                }
                match waits {
                    Some(values) => self.back_off(slot, values, &word),
                    None => self.code.emit(Op::RetryBegan { slot, again: true }, &word),
                }
                if left.is_some() {
                    self.code.jump_counted(again, &word);
                } else {
                    self.code.jump(again, &word);
                }
            }
            self.code.place(pass_on);
            self.pass_on(&word);
        }
        self.code.end_scope();
        self.code.place(end);
        self.code.give_back(mark);
    }

    /// Errors that are not to be tried again go on.
    fn leave_others(&mut self, options: &Options, pass_on: super::code::Label, word: &Span) {
        let Some(option) = options.get("on") else { return };
        let yes = self.code.label();
        for error in &option.values {
            let ExprKind::Name(text) = &error.kind else { continue };
            if text == "all" && self.names.error_code(text).is_none() {
                return;
            }
            let other = self.code.label();
            let when = self.is_error(&Name { text: text.clone(), span: error.span.clone() });
            self.code.emit(Op::Branch { when, yes: yes.0, no: other.0 }, &error.span);
            self.code.give_back(when);
            self.code.place(other);
        }
        self.code.jump(pass_on, word);
        self.code.place(yes);
    }

    /// One try less; without any left the error goes on.
    fn count_down(&mut self, left: Reg, pass_on: super::code::Label, word: &Span) {
        let to = self.code.take();
        self.code.emit(Op::Const { to, value: 1 }, word);
        // Above zero, so this raises nothing.
        let op = Op::Compute { what: Binary::Subtract, to: left, left, right: to };
        self.code.emit(op, word);
        let op = Op::Compute { what: Binary::AtMost, to, left: to, right: left };
        self.code.emit(op, word);
        let more = self.code.label();
        self.code.emit(Op::Branch { when: to, yes: more.0, no: pass_on.0 }, word);
        self.code.place(more);
        self.code.give_back(to);
    }

    /// A further try needs a token; without one the error goes on.
    fn take_from_budget(&mut self, limiter: SharedId, pass_on: Label, word: &Span) {
        let got = self.code.take();
        self.code.emit(Op::Token { limiter, index: None, got: Some(got) }, word);
        let more = self.code.label();
        self.code.emit(Op::Branch { when: got, yes: more.0, no: pass_on.0 }, word);
        self.code.place(more);
        self.code.give_back(got);
    }

    /// Strategy, delay, factor and cap, if anything is waited between two tries.
    pub(super) fn waits(&mut self, options: &Options) -> Option<[i64; 4]> {
        let words: Vec<&str> = Strategy::ALL.iter().map(|strategy| strategy.word()).collect();
        let Some(Chosen::Word(word)) = self.chosen(options, "backoff", &words) else { return None };
        let code = words.iter().position(|known| *known == word).unwrap_or_default();
        let mut number = |name: &str, default: i64| match self.chosen(options, name, &["none"]) {
            None => default,
            Some(Chosen::Word(_)) => NONE,
            Some(Chosen::Value(value)) => {
                let span = options.get(name).map(|option| option.value().span.clone());
                if value < 0
                    && let Some(span) = span
                {
                    self.code.constant_error(&span, Error::NegativeTime);
                }
                value
            }
        };
        let (delay, cap) = (number("delay", DELAY), number("cap", NONE));
        let factor = options.get("factor").map(|factor| self.fixed_factor(factor.value()));
        let values = [code as i64, delay, factor.unwrap_or(FACTOR), cap];
        (Strategy::ALL[code] != Strategy::None).then_some(values)
    }

    pub(super) fn back_off(&mut self, slot: u16, values: [i64; 4], word: &Span) {
        let first = self.code.mark();
        for value in values {
            let to = self.code.take();
            self.code.emit(Op::Const { to, value }, word);
        }
        self.code.emit(Op::Backoff { slot, first }, word);
        self.code.give_back(first);
    }

    pub(super) fn choose(&mut self, ways: &[Block], header: &Span) {
        let end = self.code.label();
        let mark = self.code.mark();
        let to = self.code.take();
        let what = Outcomes::Ways(ways.len() as u32);
        self.code.emit(Op::Draw { to, what }, header);
        for (at, way) in (0_i64..).zip(ways) {
            let next = self.code.label();
            if at as usize + 1 < ways.len() {
                let this = self.code.label();
                let when = self.code.take();
                self.code.emit(Op::Const { to: when, value: at }, header);
                let op = Op::Compute { what: Binary::Equal, to: when, left: to, right: when };
                self.code.emit(op, header);
                self.code.emit(Op::Branch { when, yes: this.0, no: next.0 }, header);
                self.code.give_back(when);
                self.code.place(this);
            }
            self.block(way);
            self.code.statement = header.clone();
            self.code.jump(end, header);
            self.code.place(next);
        }
        self.code.place(end);
        self.code.give_back(mark);
    }

    pub(super) fn spawn(&mut self, name: &Name, values: &[Expr], span: &Span) {
        let Some(Symbol::Routine(at)) = self.names.find(&name.text) else { return };
        let first = self.code.mark();
        let kinds = self.names.spawned.get(&at).cloned().unwrap_or_default();
        for (value, kind) in values.iter().zip(kinds) {
            self.put_given(value, kind);
        }
        let count = self.code.mark() - first;
        let known = self.spawned.iter().position(|known| known.is_routine(at));
        let place = known.unwrap_or_else(|| {
            self.spawned.push(Later::Routine(at));
            self.spawned.len() - 1
        });
        let class = (self.declared + place) as u32;
        self.code.emit_raising(Op::Spawn { class, first, count }, span);
        self.code.give_back(first);
    }
}
