//! Expressions, and what may stand right of `=` and `return`.

use super::{Parsed, Parser};
use crate::{
    lang::{
        limits,
        token::TokenKind,
        tree::{Expr, ExprKind, Name, Over, Quantifier, Sign},
        words,
    },
    program::Span,
    say::diagnostics::{Ceiling, Expected, Hint, Message},
};

impl Parser<'_> {
    /// What stands right of `=`, `+=`, `-=` or `return`: a value, or an operation that may wait.
    pub(super) fn right(&mut self) -> Expr {
        let word = self.word();
        let operation = words::is_operation(word)
            && !self.routines.contains(word)
            && (matches!(
                self.ahead(1).kind,
                TokenKind::Word
                    | TokenKind::Int(_)
                    | TokenKind::Duration(_)
                    | TokenKind::Percent(_)
                    | TokenKind::Rate(_)
                    | TokenKind::Text(_)
            ) || self.sign_ahead(1, "{")
                || self.sign_ahead(1, "("));
        if operation && words::is_verb(word) {
            return self.operation(word);
        }
        if operation {
            let span = self.token().span.clone();
            let _: Parsed<()> = self.not_built(span.clone(), word);
            self.skip_statement(false);
            return Expr { kind: ExprKind::Wrong, span, depth: 1 };
        }
        let expr = self.expr_or_skip();
        if self.at_for_update() { self.locked(expr) } else { expr }
    }

    pub(super) fn expr(&mut self) -> Parsed<Expr> {
        self.enter()?;
        let result = self.disjunction();
        self.leave();
        result
    }

    fn disjunction(&mut self) -> Parsed<Expr> {
        let mut left = self.conjunction()?;
        // `or {` opens a block, it never continues a value.
        while self.word() == "or" && !self.sign_ahead(1, "{") {
            self.take();
            let right = self.conjunction()?;
            left = self.join(left, right, ExprKind::Or)?;
        }
        Ok(left)
    }

    fn conjunction(&mut self) -> Parsed<Expr> {
        let mut left = self.negation()?;
        while self.word() == "and" && !self.sign_ahead(1, "{") {
            self.take();
            let right = self.negation()?;
            left = self.join(left, right, ExprKind::And)?;
        }
        Ok(left)
    }

    fn negation(&mut self) -> Parsed<Expr> {
        let start = self.start();
        if self.take_word("not") {
            self.enter()?;
            let inner = self.negation();
            self.leave();
            let inner = inner?;
            let depth = inner.depth;
            return self.make(ExprKind::Not(Box::new(inner)), start, depth);
        }
        if self.at_prefix() {
            return self.prefix();
        }
        let left = self.sum()?;
        let Some(sign) = self.comparison() else { return Ok(left) };
        self.take();
        let right = if self.at_prefix() { self.prefix()? } else { self.sum()? };
        if self.comparison().is_some() {
            return self.expected(Expected::ConditionEnd, Some(Hint::Chained));
        }
        self.join(left, right, |left, right| ExprKind::Binary(sign, left, right))
    }

    fn comparison(&self) -> Option<Sign> {
        let TokenKind::Sign(sign) = self.kind() else { return None };
        [Sign::Equal, Sign::Differ, Sign::Less, Sign::AtMost, Sign::More, Sign::AtLeast]
            .into_iter()
            .find(|candidate| candidate.text() == *sign)
    }

    fn at_prefix(&self) -> bool {
        let word = self.word();
        word == "if"
            || (words::is_quantifier(word)
                && !self.word_ahead(1).is_empty()
                && self.word_ahead(2) == "in")
    }

    fn prefix(&mut self) -> Parsed<Expr> {
        let start = self.start();
        self.enter()?;
        let result = if self.word() == "if" { self.choice(start) } else { self.quantifier(start) };
        self.leave();
        result
    }

    fn choice(&mut self, start: u32) -> Parsed<Expr> {
        self.take();
        let condition = self.expr()?;
        self.want_word("then", None)?;
        let yes = self.expr()?;
        self.want_word("else", None)?;
        let no = self.expr()?;
        let depth = condition.depth.max(yes.depth).max(no.depth);
        self.make(ExprKind::If(Box::new(condition), Box::new(yes), Box::new(no)), start, depth)
    }

    fn quantifier(&mut self, start: u32) -> Parsed<Expr> {
        let over = match self.word() {
            "all" => Over::All,
            "any" => Over::Any,
            "sum" => Over::Sum,
            "min" => Over::Min,
            "max" => Over::Max,
            _ => Over::Count,
        };
        self.take();
        let name = self.want_name()?;
        self.want_word("in", None)?;
        let (least, greatest) = self.range()?;
        self.want_sign(":")?;
        let body = self.expr()?;
        let depth = body.depth.max(least.depth).max(greatest.depth);
        let quantifier = Quantifier { over, name, least, greatest, body };
        self.make(ExprKind::Quantifier(Box::new(quantifier)), start, depth)
    }

    /// `a..b`
    pub(super) fn range(&mut self) -> Parsed<(Expr, Expr)> {
        let least = self.sum()?;
        self.want_sign("..")?;
        let greatest = self.sum()?;
        Ok((least, greatest))
    }

    pub(super) fn sum(&mut self) -> Parsed<Expr> {
        let mut left = self.product()?;
        loop {
            let sign = match self.kind() {
                TokenKind::Sign("+") => Sign::Add,
                TokenKind::Sign("-") => Sign::Subtract,
                _ => return Ok(left),
            };
            self.take();
            let right = self.product()?;
            left = self.join(left, right, |left, right| ExprKind::Binary(sign, left, right))?;
        }
    }

    fn product(&mut self) -> Parsed<Expr> {
        let mut left = self.unary()?;
        loop {
            let sign = match self.kind() {
                TokenKind::Sign("*") => Sign::Multiply,
                TokenKind::Sign("/") => Sign::Divide,
                TokenKind::Word if self.word() == "mod" => Sign::Modulo,
                _ => return Ok(left),
            };
            self.take();
            let right = self.unary()?;
            left = self.join(left, right, |left, right| ExprKind::Binary(sign, left, right))?;
        }
    }

    fn unary(&mut self) -> Parsed<Expr> {
        let start = self.start();
        if !self.take_sign("-") {
            return self.primary();
        }
        self.enter()?;
        let inner = self.unary();
        self.leave();
        let inner = inner?;
        let depth = inner.depth;
        self.make(ExprKind::Negate(Box::new(inner)), start, depth)
    }

    fn primary(&mut self) -> Parsed<Expr> {
        let start = self.start();
        let kind = match self.kind().clone() {
            TokenKind::Int(value) => ExprKind::Int(value),
            TokenKind::Duration(value) => ExprKind::Duration(value),
            TokenKind::Percent(value) => ExprKind::Percent(value),
            TokenKind::Rate(value) => ExprKind::Rate(value),
            TokenKind::Text(words) => ExprKind::Text(words),
            TokenKind::Wrong(message) => {
                let span = self.take();
                let value = !matches!(message, Message::UnknownSign { .. });
                self.report(span, message);
                return if value {
                    self.make(ExprKind::Wrong, start, 0)
                } else {
                    Err(super::Reported)
                };
            }
            TokenKind::Sign("(") => {
                self.take();
                let inner = self.expr()?;
                if self.is_sign("=") {
                    return self.expected(Expected::Sign(")"), Some(Hint::EqualSign));
                }
                self.want_sign(")")?;
                return Ok(Expr { span: self.span_from(start), ..inner });
            }
            TokenKind::Sign("{") if self.at_record() => return self.record(),
            TokenKind::Word => match self.word() {
                "true" => ExprKind::Bool(true),
                "false" => ExprKind::Bool(false),
                "self" => ExprKind::SelfNumber,
                "none" => ExprKind::Name("none".to_owned()),
                // A line that begins like a statement: the one above was not ended.
                word if words::is_reserved(word)
                    || (self.token().first && words::is_verb(word)) =>
                {
                    return self.expected(Expected::Value, None);
                }
                _ => return self.place_or_call(),
            },
            _ => return self.expected(Expected::Value, None),
        };
        self.take();
        self.make(kind, start, 0)
    }

    /// True for `{ a: …` and `{ }`, which are records where a value must start.
    fn at_record(&self) -> bool {
        self.sign_ahead(1, "}")
            || (matches!(
                self.ahead(1).kind,
                TokenKind::Word | TokenKind::Int(_) | TokenKind::Text(_)
            ) && self.sign_ahead(2, ":"))
    }

    /// A name, an element of an array, or a call.
    pub(super) fn place_or_call(&mut self) -> Parsed<Expr> {
        let start = self.start();
        let later = words::is_later_function(self.word())
            && !self.routines.contains(self.word())
            && self.sign_ahead(1, "(");
        let name = self.want_name()?;
        if later {
            self.skip_brackets();
            let _: Parsed<()> = self.not_built(name.span, &name.text);
            return self.make(ExprKind::Wrong, start, 0);
        }
        if self.is_sign("(") {
            let is_draw = ["chance", "any"].contains(&name.text.as_str())
                && !self.routines.contains(name.text.as_str());
            if let Some(over) = self.aggregates(&name.text) {
                return self.aggregate(name, over);
            }
            return if is_draw { self.draw(&name) } else { self.call(name) };
        }
        let (name, index) = self.element(name)?;
        if self.is_sign(".") && !self.word_ahead(1).is_empty() {
            self.take();
            let field = self.want_label(Expected::Name)?;
            if self.is_sign(".") || self.is_sign("(") {
                return self.path(name, index, field);
            }
            let depth = index.as_ref().map_or(0, |index| index.depth);
            return self.make(ExprKind::Field(name, index.map(Box::new), field), start, depth);
        }
        match index {
            Some(index) => {
                let depth = index.depth;
                self.make(ExprKind::Index(name, Box::new(index)), start, depth)
            }
            None => self.make(ExprKind::Name(name.text), start, 0),
        }
    }

    /// What may follow a name that stands for a place: `[index]`.
    pub(super) fn element(&mut self, name: Name) -> Parsed<(Name, Option<Expr>)> {
        let mut index = None;
        if self.take_sign("[") {
            index = Some(self.expr()?);
            self.want_sign("]")?;
        }
        if self.is_sign("[") {
            let span = self.token().span.clone();
            return self.not_built(span, "[ ][ ]");
        }
        Ok((name, index))
    }

    /// Reports a dot that nothing built has here.
    pub(super) fn no_field<T>(&mut self) -> Parsed<T> {
        let start = self.start();
        self.take();
        let end = self.ahead(0).span.end.max(start);
        let what = format!(".{}", self.word());
        if !self.word().is_empty() {
            self.take();
        }
        self.not_built(start..end, &what)
    }

    /// `chance(p)` and `any(a..b)`.
    fn draw(&mut self, name: &Name) -> Parsed<Expr> {
        let start = name.span.start;
        self.want_sign("(")?;
        let (kind, depth) = if name.text == "chance" {
            let share = self.expr()?;
            let depth = share.depth;
            (ExprKind::Chance(Box::new(share)), depth)
        } else {
            let (least, greatest) = self.range()?;
            let depth = least.depth.max(greatest.depth);
            (ExprKind::AnyOf(Box::new(least), Box::new(greatest)), depth)
        };
        self.want_sign(")")?;
        self.make(kind, start, depth)
    }

    /// Values in brackets.
    pub(super) fn arguments(&mut self) -> Parsed<Vec<Expr>> {
        self.want_sign("(")?;
        let mut values = Vec::new();
        while !self.is_sign(")") {
            values.push(self.expr()?);
            if !self.take_sign(",") {
                break;
            }
        }
        self.want_sign(")")?;
        Ok(values)
    }

    fn call(&mut self, name: Name) -> Parsed<Expr> {
        let start = name.span.start;
        let values = self.arguments()?;
        let depth = values.iter().map(|value| value.depth).max().unwrap_or(0);
        self.make(ExprKind::Call(name, values), start, depth)
    }

    fn join(
        &mut self,
        left: Expr,
        right: Expr,
        kind: impl FnOnce(Box<Expr>, Box<Expr>) -> ExprKind,
    ) -> Parsed<Expr> {
        let start = left.span.start;
        let depth = left.depth.max(right.depth);
        self.make(kind(Box::new(left), Box::new(right)), start, depth)
    }

    /// An expression from `start` to here over parts of some depth.
    pub(super) fn make(&mut self, kind: ExprKind, start: u32, depth_below: u32) -> Parsed<Expr> {
        let span: Span = self.span_from(start);
        let depth = depth_below + 1;
        if depth > limits::EXPRESSION_DEPTH {
            let most = u64::from(limits::EXPRESSION_DEPTH);
            self.give_up(span, Ceiling::ExpressionDepth, most);
            return Err(super::Reported);
        }
        Ok(Expr { kind, span, depth })
    }
}
