//! Sagas: what may stand in a step, and how a step may be left.

use super::Checker;
use crate::{
    lang::{names::Kind, sagas::SagaTree, tree::Options},
    program::Span,
    say::diagnostics::{Message, SagaMistake},
};

impl Checker<'_> {
    pub(super) fn saga(&mut self, tree: &SagaTree, span: &Span) {
        self.waits("saga", span);
        if self.context.transaction {
            let word = span.start..span.start + "saga".len() as u32;
            self.error(&word, Message::Saga(SagaMistake::InTransaction { through: None }));
        }
        self.saga_options(&tree.options);
        let loops = std::mem::take(&mut self.context.loops);
        let saga = std::mem::replace(&mut self.context.saga, true);
        let filling = std::mem::take(&mut self.context.filling);
        for block in tree.blocks() {
            self.block(block);
        }
        self.context.saga = saga;
        self.context.filling = filling;
        self.context.loops = loops;
    }

    fn saga_options(&mut self, options: &Options) {
        self.option(options, "durable", &[], Some(Kind::Bool));
        if let Some(id) = options.get("id") {
            self.expect(id.value(), Kind::Int);
            if options.get("durable").is_none() {
                let (option, other) = ("id", "durable: true".to_owned());
                self.error(&id.name.span, Message::SaysNothing { option, other, needs: true });
            }
        }
    }

    /// Reports what would leave a saga by a way on which nothing is undone; true if it did.
    pub(super) fn leaves_saga(&mut self, word: &'static str, statement: &Span) -> bool {
        let inside = self.context.saga && !(self.context.filling && word == "return");
        if inside {
            let span = statement.start..statement.start + word.len() as u32;
            self.error(&span, Message::Saga(SagaMistake::Leaves { word, through: None }));
        }
        inside
    }
}
