//! Goals and charts under parameters: formulas over measures.

use super::{Binding, Compiler, Slot, expression::operation};
use crate::{
    lang::{
        check::{Looked, look, result_kind},
        lexer::range,
        names::{Kind, Symbol},
        own::behind_service,
        tree::{Expr, ExprKind, Name, Over, Quantifier, Words, WordsPart},
    },
    program::{
        Binary, Chart, Formula, Goal, GoalWords, Line, Measure, Party, Quantity, SharedId, Span,
        Statistic, Subject, Type,
    },
    say::diagnostics::Message,
};

impl Compiler<'_> {
    /// The goals that exist under these parameters, in text order; `classes` tells which processes
    /// do.
    pub(super) fn goals(&mut self, classes: &[Option<u32>]) -> Vec<Goal> {
        let tree = self.tree;
        let mut all = Vec::new();
        for goal in &tree.goals {
            let exists = goal.suffix.as_ref().is_none_or(|suffix| self.constant(suffix) != 0);
            if !exists {
                continue;
            }
            let span = goal.condition.span.clone();
            let words = self.text[range(&span)].to_owned();
            let why = goal.why.as_ref().map(|why| self.goal_words(why, classes));
            let why = why.unwrap_or_default();
            let (formula, _) = self.formula(&goal.condition, None, classes);
            all.push(Goal { formula, words, why, span });
        }
        all
    }

    /// The words behind a goal; what a run comes to is looked at where it ends.
    fn goal_words(&mut self, why: &Words, classes: &[Option<u32>]) -> Vec<GoalWords> {
        let mut pieces = Vec::new();
        for part in &why.parts {
            pieces.push(match part {
                WordsPart::Plain(words) => GoalWords::Plain(words.clone()),
                WordsPart::Value(value) => {
                    let (formula, kind) = self.formula(value, None, classes);
                    let spelled = match formula {
                        Formula::Number(number, _) => self.spelled(number, kind),
                        _ => None,
                    };
                    spelled.map_or(GoalWords::Value(formula), GoalWords::Plain)
                }
            });
        }
        pieces
    }

    /// What to draw.
    pub(super) fn charts(&mut self, classes: &[Option<u32>]) -> Vec<Chart> {
        let tree = self.tree;
        let mut all = Vec::new();
        for chart in &tree.charts {
            let mut lines = Vec::new();
            for line in &chart.lines {
                let words = self.text[range(&line.span)].to_owned();
                let (formula, kind) = self.formula(line, None, classes);
                lines.push(Line { formula, words, value: kind.stored() });
            }
            all.push(Chart { title: chart.title.clone(), lines, span: chart.span.clone() });
        }
        all
    }

    fn formula(
        &mut self,
        expr: &Expr,
        expected: Option<Kind>,
        classes: &[Option<u32>],
    ) -> (Formula, Kind) {
        if let Some(seen) = behind_service(self.tree, self.names, expr) {
            return self.formula(&seen, expected, classes);
        }
        if !self.is_measured(expr) {
            let operand = self.operand(expr, expected);
            let value = operand.constant().unwrap_or_default();
            return (Formula::Number(value, operand.kind.stored()), operand.kind);
        }
        let both = |it: &mut Self, left: &Expr, right: &Expr| {
            let left = Box::new(it.formula(left, None, classes).0);
            (left, Box::new(it.formula(right, None, classes).0))
        };
        match &expr.kind {
            ExprKind::Field(name, index, field) => {
                let fields = std::slice::from_ref(field);
                self.measure((name, index.as_deref()), fields, None, classes)
            }
            ExprKind::Path(path) => {
                let of = (&path.name, path.index.as_ref());
                self.measure(of, &path.fields, path.bound.as_ref(), classes)
            }
            ExprKind::Name(name) => self.shared_value(name, None),
            ExprKind::Index(name, index) => self.shared_value(&name.text, Some((name, index))),
            ExprKind::Negate(inner) => {
                let (inner, kind) = self.formula(inner, None, classes);
                (Formula::Negate(Box::new(inner)), kind)
            }
            ExprKind::Not(inner) => {
                let (inner, _) = self.formula(inner, None, classes);
                (Formula::Not(Box::new(inner)), Kind::Bool)
            }
            ExprKind::And(left, right) => {
                let (left, right) = both(self, left, right);
                (Formula::And(left, right), Kind::Bool)
            }
            ExprKind::Or(left, right) => {
                let (left, right) = both(self, left, right);
                (Formula::Or(left, right), Kind::Bool)
            }
            ExprKind::Binary(sign, left, right) => {
                let (a, left_kind) = self.formula(left, None, classes);
                let (b, right_kind) = self.formula(right, Some(left_kind), classes);
                let kind = result_kind(*sign, left_kind, right_kind);
                let (what, swapped) = operation(*sign, left_kind, right_kind);
                let (a, b) = if swapped { (b, a) } else { (a, b) };
                (Formula::Compute(what, Box::new(a), Box::new(b)), kind)
            }
            ExprKind::If(condition, yes, no) => {
                let holds = self.constant(condition) != 0;
                self.formula(if holds { yes } else { no }, expected, classes)
            }
            ExprKind::Quantifier(quantifier) => self.unrolled(quantifier, &expr.span, classes),
            _ => (Formula::Number(0, Type::Int), Kind::Unknown),
        }
    }

    /// Whether anything in it is only known when a run is over.
    fn is_measured(&self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Field(..) | ExprKind::Path(_) | ExprKind::Index(..) => true,
            ExprKind::Name(name) => {
                self.local(name).is_none()
                    && matches!(self.names.find(name), Some(Symbol::Shared(_)))
            }
            ExprKind::Negate(inner) | ExprKind::Not(inner) => self.is_measured(inner),
            ExprKind::And(left, right)
            | ExprKind::Or(left, right)
            | ExprKind::Binary(_, left, right) => self.is_measured(left) || self.is_measured(right),
            ExprKind::If(_, yes, no) => self.is_measured(yes) || self.is_measured(no),
            // Written out in any case.
            ExprKind::Quantifier(_) => true,
            _ => false,
        }
    }

    fn measure(
        &mut self,
        (name, index): (&Name, Option<&Expr>),
        fields: &[Name],
        bound: Option<&Expr>,
        classes: &[Option<u32>],
    ) -> (Formula, Kind) {
        let looked = look(self.tree, self.names, (name, index), fields, bound);
        let Ok(Looked { subject, quantity, statistic, kind }) = looked else {
            return (Formula::Number(0, Type::Int), Kind::Unknown);
        };
        let declared = self.tree.shared.len();
        let nobody = || Subject::Nobody(name.text.clone());
        let subject = match subject {
            Subject::Process(at, _) => match classes.get(at as usize).copied().flatten() {
                Some(class) => {
                    let number = index.map(|index| self.fixed_number(index, 1));
                    let number = number.map(|number| u32::try_from(number).unwrap_or(u32::MAX));
                    Subject::Process(class, number)
                }
                None => nobody(),
            },
            Subject::Shared(at, _) if at as usize >= declared => {
                match self.links.get(&(at as usize - declared)) {
                    Some((.., id)) => Subject::Shared(*id, None),
                    None => match self.wire_of(at as usize - declared) {
                        Some(id) => Subject::Shared(id, None),
                        None => nobody(),
                    },
                }
            }
            Subject::Caller(Party::Class(at), to) => {
                match classes.get(at as usize).copied().flatten() {
                    Some(class) => Subject::Caller(Party::Class(class), to),
                    None => nobody(),
                }
            }
            Subject::Shared(at, _) => {
                Subject::Shared(at, index.map(|index| self.element_of(at as usize, name, index)))
            }
            other => other,
        };
        let statistic = match (statistic, bound) {
            (Some(Statistic::Over(_)), Some(bound)) => Some(Statistic::Over(self.constant(bound))),
            (other, _) => other,
        };
        let value = kind.stored();
        (Formula::Measure(Measure { subject, quantity, statistic, value }), kind)
    }

    /// A wire by the place of its link; behind all of them those for the way back.
    fn wire_of(&self, at: usize) -> Option<SharedId> {
        let links = &self.tree.links;
        let back = usize::from(at >= links.len());
        let link = links.get(at - back * links.len())?;
        self.wires_at.get(&link.span.start)?.get(back).copied()
    }

    fn element_of(&mut self, at: usize, name: &Name, index: &Expr) -> u32 {
        let found = self.constant(index);
        let length = self.length_of(at);
        if found < 1 || found as u64 > length {
            let name = name.text.clone();
            self.code.error(&index.span, Message::IndexOutside { name, index: found, length });
        }
        u32::try_from(found - 1).unwrap_or_default()
    }

    /// A variable or counter as it is at the end.
    fn shared_value(&mut self, name: &str, index: Option<(&Name, &Expr)>) -> (Formula, Kind) {
        let Some(Symbol::Shared(at)) = self.names.find(name) else {
            return (Formula::Number(0, Type::Int), Kind::Unknown);
        };
        let kind = self.names.shared[at];
        let element = index.map(|(name, index)| self.element_of(at, name, index));
        let subject = Subject::Shared(at as u32, element);
        let (quantity, value) = (Quantity::Value, kind.stored());
        (Formula::Measure(Measure { subject, quantity, statistic: None, value }), kind)
    }

    /// A quantifier, value by value.
    fn unrolled(
        &mut self,
        quantifier: &Quantifier,
        span: &Span,
        classes: &[Option<u32>],
    ) -> (Formula, Kind) {
        let (least, greatest) =
            (self.constant(&quantifier.least), self.constant(&quantifier.greatest));
        let over = quantifier.over;
        let mut all: Option<Formula> = None;
        let mut kind = Kind::Bool;
        for value in least..=greatest {
            if !self.code.may_go_on(span) {
                break;
            }
            let slot = Slot::Constant(value);
            let name = quantifier.name.text.clone();
            self.locals.push(Binding { name, kind: Kind::Int, slot, shown: 0..0 });
            let (one, found) = self.formula(&quantifier.body, None, classes);
            self.locals.pop();
            kind = found;
            all = Some(match all {
                None => one,
                Some(before) => {
                    let (before, one) = (Box::new(before), Box::new(one));
                    match over {
                        Over::All => Formula::And(before, one),
                        Over::Any => Formula::Or(before, one),
                        Over::Min => Formula::Compute(Binary::Least, before, one),
                        Over::Max => Formula::Compute(Binary::Greatest, before, one),
                        Over::Sum | Over::Count => Formula::Compute(Binary::Add, before, one),
                    }
                }
            });
        }
        let bool_value = |holds: bool| Formula::Number(i64::from(holds), Type::Bool);
        match (over, all) {
            (Over::Count, Some(all)) => (all, Kind::Int),
            (_, Some(all)) => (all, kind),
            (Over::All | Over::Any, None) => (bool_value(over == Over::All), Kind::Bool),
            (Over::Min | Over::Max, None) => {
                self.code.error(span, Message::NothingToCompare);
                (Formula::Number(0, Type::Int), Kind::Int)
            }
            (Over::Sum | Over::Count, None) => (Formula::Number(0, Type::Int), Kind::Int),
        }
    }
}
