//! Promises: code that only reads, and quantifiers written out value by value.

use super::{
    Binding, Compiler, Slot,
    expression::{Operand, Target, Value},
};
use crate::{
    lang::{
        lexer::range,
        names::Kind,
        tree::{Over, PromiseTree, Quantifier, Sign},
    },
    program::{Glance, Op, Promise, SharedId, Span, Text, TextId, TextPart},
    say::diagnostics::Message,
};

impl Compiler<'_> {
    pub(super) fn promise(&mut self, tree: &PromiseTree) -> Promise {
        let span = tree.condition.span.clone();
        self.code.begin();
        self.code.statement = span.clone();
        self.locals.clear();
        self.floor = 0;
        let operand = self.operand(&tree.condition, None);
        let result = self.loaded(operand, &span);
        let written = self.code.finish();
        let mut reads: Vec<SharedId> = Vec::new();
        for op in &self.code.ops[written.code.start as usize..written.code.end as usize] {
            if let Op::Read { from, .. } = op
                && !reads.contains(from)
            {
                reads.push(*from);
            }
        }
        Promise {
            kind: tree.kind,
            glance: Glance { code: written.code, result, registers: written.registers },
            reads,
            condition: self.text[range(&span)].to_owned(),
            why: tree.why.as_ref().map(|words| self.plain_text(words)),
            span,
        }
    }

    pub(super) fn plain_text(&mut self, words: &str) -> TextId {
        self.texts.push(Text { parts: vec![TextPart::Words(words.to_owned())] });
        self.texts.len() as TextId - 1
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
            self.locals.push(Binding { name, kind: Kind::Int, slot, shown: None });
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
