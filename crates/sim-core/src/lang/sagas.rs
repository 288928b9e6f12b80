//! What a text says of sagas, as a tree.

use super::tree::{Block, Options};
use crate::program::Span;

/// `saga (…) { step "…" { } undo { } }`
#[derive(Clone, Debug)]
pub(super) struct SagaTree {
    pub(super) options: Options,
    /// In order; at least one.
    pub(super) steps: Vec<SagaStepTree>,
}

/// `step "…" { } undo { }`
#[derive(Clone, Debug)]
pub(super) struct SagaStepTree {
    pub(super) name: String,
    pub(super) body: Block,
    /// What undoes it, and where its word stands.
    pub(super) undo: Option<(Block, Span)>,
    /// From its word to before its `{`.
    pub(super) header: Span,
}

impl SagaTree {
    /// The blocks of all steps, and of what undoes them.
    pub(super) fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.steps.iter().flat_map(|step| {
            std::iter::once(&step.body).chain(step.undo.as_ref().map(|(block, _)| block))
        })
    }
}
