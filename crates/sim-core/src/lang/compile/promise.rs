//! Promises: code that only reads, and quantifiers written out value by value.

use super::{
    Binding, Compiler, Slot,
    expression::{Operand, Target, Value},
};
use crate::{
    lang::{
        check::nested,
        lexer::range,
        limits,
        names::Kind,
        tree::{Block, Expr, Over, PromiseTree, Quantifier, Sign, StatementKind, Words},
    },
    program::{Glance, Op, Promise, PromiseKind, Span},
    say::diagnostics::{Ceiling, Message},
};

/// A promise of the text.
#[derive(Clone, Copy, Debug)]
pub(super) enum Promised<'a> {
    /// `always` or `finally`.
    Kept(&'a PromiseTree),
    /// `assert`.
    Assert { condition: &'a Expr, why: Option<&'a Words> },
}

impl Promised<'_> {
    fn span(&self) -> &Span {
        match self {
            Promised::Kept(tree) => &tree.condition.span,
            Promised::Assert { condition, .. } => &condition.span,
        }
    }
}

impl<'a> Compiler<'a> {
    /// The promises that exist under these parameters, in text order. One `assert` is one promise,
    /// however many copies of its routine there are.
    pub(super) fn promised(&mut self) -> Vec<Promised<'a>> {
        let tree = self.tree;
        let mut all = Vec::new();
        for promise in &tree.promises {
            let exists = promise.suffix.as_ref().is_none_or(|suffix| self.constant(suffix) != 0);
            if exists {
                all.push(Promised::Kept(promise));
            }
        }
        for body in tree.bodies() {
            asserts(body, &mut all);
        }
        all.sort_by_key(|promise| promise.span().start);
        for (at, promise) in all.iter().enumerate() {
            if let Promised::Assert { condition, .. } = promise {
                self.asserts.insert(condition.span.start, at as u32);
            }
        }
        if let Some(over) = all.get(limits::PROMISES) {
            let most = limits::PROMISES as u64;
            self.code.refuse(over.span(), Ceiling::Promises, most);
        }
        all
    }

    pub(super) fn promise(&mut self, promised: Promised) -> Promise {
        let span = promised.span().clone();
        let condition = self.text[range(&span)].to_owned();
        let tree = match promised {
            Promised::Kept(tree) => tree,
            Promised::Assert { why, .. } => {
                let why = why.map(|words| self.plain_words(words));
                let glance = Glance { code: 0..0, result: 0, registers: 0 };
                let kind = PromiseKind::Assert;
                return Promise { kind, glance, reads: Vec::new(), condition, why, span };
            }
        };
        self.code.begin();
        self.code.statement = span.clone();
        self.locals.clear();
        self.floor = 0;
        self.code.glancing = true;
        let operand = self.operand(&tree.condition, None);
        let result = self.loaded(operand, &span);
        self.code.glancing = false;
        self.code.give_back(0);
        let why = tree.why.as_ref().map(|words| self.words(words));
        let written = self.code.finish();
        self.settle();
        let code = written.code.start as usize..written.code.end as usize;
        Promise {
            kind: tree.kind,
            reads: self.reads(&self.code.ops[code]),
            glance: Glance { code: written.code, result, registers: written.registers },
            condition,
            why,
            span,
        }
    }

    /// A quantifier over a constant range. `all` and `any` stop early, as `and` and `or` do.
    pub(super) fn quantifier(&mut self, quantifier: &Quantifier, span: &Span) -> Operand {
        let least = self.constant(&quantifier.least);
        let greatest = self.constant(&quantifier.greatest);
        let over = quantifier.over;
        if least > greatest {
            if matches!(over, Over::Min | Over::Max) {
                self.code.error(span, Message::NothingToCompare);
            }
            let kind = if matches!(over, Over::All | Over::Any) { Kind::Bool } else { Kind::Int };
            let value = Value::Constant(i64::from(over == Over::All));
            return Operand { value, kind };
        }
        let register = self.code.take();
        let end = self.code.label();
        let mut kind = Kind::Bool;
        let mut first = true;
        for value in least..=greatest {
            if !self.code.may_go_on(span) {
                break;
            }
            let slot = Slot::Constant(value);
            let name = quantifier.name.text.clone();
            self.locals.push(Binding { name, kind: Kind::Int, slot, shown: 0..0 });
            let mark = self.code.mark();
            let target = if first { register } else { self.code.take() };
            let target = Target { register: target, fresh: true };
            match over {
                Over::All | Over::Any => {
                    let target = Target { register, fresh: true };
                    self.into(&quantifier.body, target, None);
                    let open = self.code.label();
                    let (yes, no) = if over == Over::All { (open, end) } else { (end, open) };
                    self.code.emit(Op::Branch { when: register, yes: yes.0, no: no.0 }, span);
                    self.code.place(open);
                }
                _ => {
                    kind = self.into(&quantifier.body, target, None);
                    let sign = match over {
                        Over::Min => Sign::Least,
                        Over::Max => Sign::Greatest,
                        _ => Sign::Add,
                    };
                    if !first {
                        self.compute(sign, register, [register, target.register], span);
                    }
                }
            }
            first = false;
            self.code.give_back(mark);
            self.locals.pop();
        }
        self.code.place(end);
        if over == Over::Count {
            kind = Kind::Int;
        }
        Operand { value: Value::Register(register), kind }
    }
}

/// The `assert`s of a block and the blocks in it.
fn asserts<'a>(block: &'a Block, found: &mut Vec<Promised<'a>>) {
    for statement in &block.statements {
        if let StatementKind::Assert { condition, why } = &statement.kind {
            found.push(Promised::Assert { condition, why: why.as_ref() });
        }
        nested(statement, |block| asserts(block, found));
    }
}
