//! Services and calls.

use super::{Parsed, Parser, Reported, options::Others};
use crate::{
    lang::{
        tree::{
            CallTree, Expr, ExprKind, Name, RoutineTree, ServiceTree, SharedTree, SharedTreeKind,
            Target,
        },
        words,
    },
    say::diagnostics::Expected,
};

impl Parser<'_> {
    /// `service NAME (…) { on HANDLER(x) { } }`
    pub(super) fn service(&mut self) -> Parsed<()> {
        let name = self.want_name()?;
        if self.is_sign("[") {
            let span = self.token().span.clone();
            return self.not_built(span, "service[ ]");
        }
        let options = self.options("service", Others::Refused)?;
        if !self.is_sign("{") {
            return self.expected(Expected::Sign("{"), None);
        }
        let shared = self.tree.shared.len();
        let service = name.text.clone();
        self.tree.shared.push(SharedTree {
            name,
            size: None,
            kind: SharedTreeKind::Service,
            options,
            owner: None,
        });
        self.enter()?;
        let open = self.take();
        let (mut handlers, mut owned) = (Vec::new(), Vec::new());
        loop {
            self.skip_ends();
            let own = words::OWNED.contains(&self.word()) || self.word() == "process";
            if self.at_text_end() || self.starts_declaration() {
                self.not_closed(&open);
                break;
            }
            if self.is_sign("}") {
                break;
            }
            if own {
                if self.owned(shared, &mut owned).is_err() {
                    self.skip_statement(false);
                }
                self.want_statement_end(false);
                continue;
            }
            match self.handler(&service) {
                Ok(handler) => handlers.extend(handler),
                Err(Reported) => self.skip_statement(false),
            }
            self.want_statement_end(false);
        }
        self.leave();
        self.take_sign("}");
        self.tree.services.push(ServiceTree { shared, handlers, owned });
        Ok(())
    }

    /// What each replica has for itself: a declaration as at the top.
    fn owned(&mut self, service: usize, owned: &mut Vec<(String, usize)>) -> Parsed<()> {
        let word = self.word();
        if word == "process" {
            let span = self.token().span.clone();
            return self.not_built(span, "service { process }");
        }
        let first = self.tree.shared.len();
        self.take();
        let result = self.held_or_kept(word);
        let name = self.tree.shared[service].name.text.clone();
        for (at, shared) in self.tree.shared.iter_mut().enumerate().skip(first) {
            shared.owner = Some(service);
            owned.push((shared.name.text.clone(), at));
            shared.name.text = format!("{name}.{}", shared.name.text);
        }
        result
    }

    /// `on HANDLER(x) { }`: a routine of the service.
    fn handler(&mut self, service: &str) -> Parsed<Option<(Name, usize)>> {
        let word = self.word();
        if word != "on" {
            let known = ["on"].into_iter().chain(words::OWNED).map(str::to_owned).collect();
            return self.expected(Expected::OneOf(known), None);
        }
        self.take();
        let name = self.want_label(Expected::Name)?;
        self.want_sign("(")?;
        let mut params = Vec::new();
        while !self.is_sign(")") {
            params.push(self.want_name()?);
            if !self.take_sign(",") {
                break;
            }
        }
        self.want_sign(")")?;
        let body = self.block(Expected::Sign("{"))?;
        let routine = self.tree.routines.len();
        let full = Name { text: format!("{service}.{}", name.text), span: name.span.clone() };
        self.tree.routines.push(RoutineTree { name: full, params, body });
        Ok(Some((name, routine)))
    }

    /// What stands behind `call`.
    pub(super) fn calling(&mut self) -> Parsed<CallTree> {
        let name = self.want_name()?;
        let start = name.span.start;
        let (name, index) = self.element(name)?;
        let service = Target { name, index, span: self.span_from(start) };
        self.want_sign(".")?;
        let handler = self.want_label(Expected::Name)?;
        self.want_sign("(")?;
        let mut values = Vec::new();
        while !self.is_sign(")") {
            values.push(self.expr()?);
            if !self.take_sign(",") {
                break;
            }
        }
        self.want_sign(")")?;
        let within = if self.take_word("within") { Some(self.expr()?) } else { None };
        Ok(CallTree { service, handler, values, within })
    }

    /// `call` right of `=` or `return`.
    pub(super) fn called_value(&mut self) -> Parsed<ExprKind> {
        self.calling().map(|call| ExprKind::CallService(Box::new(call)))
    }
}

impl CallTree {
    /// The name of the routine that is its handler.
    pub(in crate::lang) fn routine(&self) -> String {
        format!("{}.{}", self.service.name.text, self.handler.text)
    }

    /// All values in it.
    pub(in crate::lang) fn parts(&self) -> impl Iterator<Item = &Expr> {
        self.service.index.iter().chain(&self.values).chain(&self.within)
    }
}
