//! Code that only looks: conditions of `wait until` and values in texts.
//!
//! It is written aside while a class or promise is, and put behind it when that is whole: so it
//! stands outside the class's own code, where no process walks into it.

use super::{Compiler, code::Code, ways::Scope};
use crate::{
    lang::{lexer::range, tree::Expr},
    program::{Condition, Glance, Op, Pc, Place, Reg, SharedId, TextPart},
};

/// Instructions whose places count from the first of them.
#[derive(Debug, Default)]
pub(super) struct Aside {
    pub(super) ops: Vec<Op>,
    places: Vec<Place>,
}

/// What to come back to behind a glance.
pub(super) struct Outer {
    scopes: Vec<Scope>,
    ops: Vec<Op>,
    places: Vec<Place>,
    glancing: bool,
    next: Reg,
    most: Reg,
}

impl Code<'_> {
    /// Begins code that only looks, perhaps within other such code. It sets no register that is in
    /// use here, and nothing around this place is left by it.
    pub(super) fn begin_glance(&mut self) -> Outer {
        let outer = Outer {
            scopes: std::mem::take(&mut self.scopes),
            ops: std::mem::take(&mut self.ops),
            places: std::mem::take(&mut self.places),
            glancing: std::mem::replace(&mut self.glancing, true),
            next: self.next,
            most: self.most,
        };
        self.beneath += outer.ops.len();
        self.most = self.next;
        outer
    }

    /// Ends it; its place counts from the first instruction written aside.
    pub(super) fn end_glance(&mut self, outer: Outer, result: Reg) -> Glance {
        let base = self.aside.ops.len() as Pc;
        let end = self.here();
        let labels = &self.labels;
        let position = |label: Pc| {
            base + labels.get(label as usize).and_then(|label| label.position).unwrap_or(end)
        };
        for op in &mut self.ops {
            move_jumps(op, position);
        }
        self.aside.ops.append(&mut self.ops);
        self.aside.places.append(&mut self.places);
        let glance = Glance { code: base..base + end, result, registers: self.most };
        self.beneath -= outer.ops.len();
        self.ops = outer.ops;
        self.places = outer.places;
        self.glancing = outer.glancing;
        self.scopes = outer.scopes;
        self.next = outer.next;
        self.most = outer.most;
        glance
    }

    /// Puts all that was written aside here, and tells where that is.
    fn put_asides(&mut self) -> Pc {
        let base = self.here();
        for mut op in std::mem::take(&mut self.aside.ops) {
            move_jumps(&mut op, |to| base + to);
            self.ops.push(op);
        }
        self.places.append(&mut self.aside.places);
        base
    }
}

fn move_jumps(op: &mut Op, to_where: impl Fn(Pc) -> Pc) {
    match op {
        Op::Jump { to } => *to = to_where(*to),
        Op::Branch { yes, no, .. } => {
            *yes = to_where(*yes);
            *no = to_where(*no);
        }
        _ => {}
    }
}

impl Compiler<'_> {
    /// The condition of a `wait until`: an index into the program's.
    pub(super) fn glance_at(&mut self, expr: &Expr) -> u32 {
        let outer = self.code.begin_glance();
        let operand = self.operand(expr, None);
        let result = self.loaded(operand, &expr.span);
        let reads = self.reads(&self.code.ops);
        let glance = self.code.end_glance(outer, result);
        let words = self.text[range(&expr.span)].to_owned();
        self.conditions.push(Condition { glance, reads, words });
        self.conditions.len() as u32 - 1
    }

    /// Behind a class or promise: puts what it only looks at there.
    pub(super) fn settle(&mut self) {
        let base = self.code.put_asides();
        let shift = |glance: &mut Glance| {
            glance.code = glance.code.start + base..glance.code.end + base;
        };
        let (texts, conditions, queries) = self.settled;
        for part in self.texts[texts..].iter_mut().flat_map(|text| &mut text.parts) {
            if let TextPart::Value(glance, _) = part {
                shift(glance);
            }
        }
        for condition in &mut self.conditions[conditions..] {
            shift(&mut condition.glance);
        }
        for query in &mut self.queries[queries..] {
            query.glances_mut().for_each(shift);
        }
        self.settled = (self.texts.len(), self.conditions.len(), self.queries.len());
    }

    /// The shared things that code looks at, each once.
    pub(super) fn reads(&self, code: &[Op]) -> Vec<SharedId> {
        let mut reads = Vec::new();
        for op in code {
            let from = match *op {
                Op::Read { from, .. } | Op::ReadKey { from, .. } | Op::Gauge { of: from, .. } => {
                    from
                }
                Op::Query { query, .. } => self.queries[query as usize].table,
                _ => continue,
            };
            if !reads.contains(&from) {
                reads.push(from);
            }
        }
        reads
    }
}
