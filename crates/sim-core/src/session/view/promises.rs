//! Promises at a moment.

use crate::program::{Promise, PromiseKind, TextPart};
use crate::session::Session;
use crate::session::describe::said;
use crate::session::frame::{PromiseState, PromiseView};

impl Session {
    pub(super) fn promise_views(&self, ended: bool) -> Vec<PromiseView> {
        let promises = self.program().promises.iter().enumerate();
        let views = promises.map(|(index, promise)| {
            let now = || self.machine.judge(index, &self.moment.state) == Ok(true);
            let state = match (promise.kind, self.moment.broken[index]) {
                (PromiseKind::Always | PromiseKind::Assert, Some(step)) => {
                    PromiseState::Broken { step }
                }
                (PromiseKind::Always | PromiseKind::Assert, None) => PromiseState::Holds,
                (PromiseKind::Finally, _) if !ended => PromiseState::Open { now: now() },
                (PromiseKind::Finally, _) if now() => PromiseState::Holds,
                (PromiseKind::Finally, _) => PromiseState::Broken { step: self.moment.step },
            };
            PromiseView {
                kind: promise.kind,
                condition: promise.condition.clone(),
                why: self.program().why(promise),
                now: self.why_now(promise),
                state,
                line: self.line_number_at(&promise.span),
            }
        });
        views.collect()
    }

    /// The words behind a promise with the values of this moment, if it has any.
    fn why_now(&self, promise: &Promise) -> Option<String> {
        let text = promise.why.filter(|_| promise.kind != PromiseKind::Assert)?;
        let parts = &self.program().texts[text as usize].parts;
        let values = parts.iter().filter_map(|part| match part {
            TextPart::Value(glance, _) => {
                Some(self.machine.glance(glance, &self.moment.state, None).ok())
            }
            TextPart::Words(_) => None,
        });
        let values: Vec<Option<i64>> = values.collect();
        (!values.is_empty()).then(|| said(self.program(), text, &mut values.into_iter()))
    }
}
