//! Sagas: steps, and what undoes them.

use super::{Parsed, Parser, Reported, options::Others};
use crate::{
    lang::{
        sagas::{SagaStepTree, SagaTree},
        tree::StatementKind,
    },
    program::Span,
    say::diagnostics::{Expected, Message, SagaMistake},
};

impl Parser<'_> {
    /// `saga (…) { step "…" { } undo { } }`
    pub(super) fn saga(&mut self, start: u32, header: &mut Option<Span>) -> Parsed<StatementKind> {
        let options = self.options("saga", Others::Refused)?.unwrap_or_default();
        *header = Some(self.span_from(start));
        if !self.is_sign("{") {
            return self.expected(Expected::Sign("{"), None);
        }
        self.enter()?;
        let open = self.take();
        let mut steps: Vec<SagaStepTree> = Vec::new();
        let mut tried = false;
        loop {
            self.skip_ends();
            if self.at_text_end() || self.starts_declaration() {
                self.not_closed(&open);
                break;
            }
            if self.is_sign("}") {
                break;
            }
            tried = true;
            match self.saga_step() {
                Ok(step) => {
                    if steps.iter().any(|other| other.name == step.name) {
                        let name = step.name.clone();
                        self.report(
                            step.header.clone(),
                            Message::Saga(SagaMistake::StepTwice { name }),
                        );
                    }
                    steps.push(step);
                }
                Err(Reported) => self.skip_statement(false),
            }
            self.want_statement_end(false);
        }
        self.leave();
        if steps.is_empty() && !tried && !self.at_text_end() {
            let none = self.expected(Expected::Sign("step"), None);
            self.take_sign("}");
            return none;
        }
        self.take_sign("}");
        Ok(StatementKind::Saga(Box::new(SagaTree { options, steps })))
    }

    fn saga_step(&mut self) -> Parsed<SagaStepTree> {
        let start = self.want_word("step", None)?.start;
        let name = self.want_text()?;
        let header = self.span_from(start);
        let body = self.block(Expected::Sign("{"))?;
        let mut undo = None;
        if self.word_ahead(self.ends_ahead()) == "undo" {
            self.skip_ends();
            let word = self.take();
            undo = Some((self.block(Expected::Sign("{"))?, word));
        }
        Ok(SagaStepTree { name, body, undo, header })
    }

    /// A `step` where no saga is.
    pub(super) fn step_alone(&mut self) -> Parsed<StatementKind> {
        let word = self.token().span.clone();
        self.report(word, Message::Saga(SagaMistake::StepAlone));
        Err(Reported)
    }
}
