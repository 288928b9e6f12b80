//! Sagas at a moment.

use crate::program::{Error, SagaStep, SharedId, Span, Type};
use crate::session::Session;
use crate::session::saga_frame::{
    SagaCall, SagaPart, SagaState, SagaStepState, SagaStepView, SagaView,
};
use crate::session::tales::{Tale, TaleCall, TalePart, ToWhom};

/// How many sagas a frame shows: those that moved last, and behind them those of which none has begun.
pub(in crate::session) const SAGAS_MAX: usize = 12;

impl Session {
    pub(super) fn sagas(&self) -> Vec<SagaView> {
        let latest = self.moment.tales.latest();
        let begun = |saga: u32| latest.iter().any(|tale| tale.saga == saga);
        let others = (0..self.program().sagas.len() as u32).filter(|saga| !begun(*saga));
        let told = latest.iter().take(SAGAS_MAX).map(|tale| self.saga(tale));
        told.chain(others.take(SAGAS_MAX).map(|saga| self.not_begun(saga))).collect()
    }

    /// A saga as it stands in the text.
    fn not_begun(&self, saga: u32) -> SagaView {
        let declared = &self.program().sagas[saga as usize];
        let none = TalePart::default();
        let steps = declared.steps.iter();
        let steps = steps.map(|step| self.saga_step(step, SagaStepState::Waiting, [&none; 2]));
        SagaView {
            lane: 0,
            name: String::new(),
            id: None,
            line: self.line_of(&declared.span),
            state: SagaState::Waiting,
            error: None,
            steps: steps.collect(),
            notes: vec![],
            resumed: vec![],
            from: 0,
            to: None,
        }
    }

    fn saga_step(
        &self,
        declared: &SagaStep,
        state: SagaStepState,
        [forth, back]: [&TalePart; 2],
    ) -> SagaStepView {
        SagaStepView {
            name: declared.name.clone(),
            line: self.line_of(&declared.span),
            state,
            forth: self.saga_part(forth),
            back: declared.undone.then(|| self.saga_part(back)),
        }
    }

    fn saga(&self, tale: &Tale) -> SagaView {
        let program = self.program();
        let declared = &program.sagas[tale.saga as usize];
        let class = self.machine.layout().processes[tale.process as usize].class;
        let steps = declared.steps.iter().zip(&tale.steps);
        let steps = steps.map(|(declared, step)| {
            self.saga_step(declared, step.state, [&step.forth, &step.back])
        });
        SagaView {
            lane: tale.process,
            name: program.process_name(class as usize, tale.number),
            id: tale.log.map(|(_, id)| id.to_string()),
            line: self.line_of(&declared.span),
            state: tale.state,
            error: tale.error.map(|error| self.error_word(error)),
            steps: steps.collect(),
            notes: tale.notes.clone(),
            resumed: tale.resumed.clone(),
            from: tale.from,
            to: tale.to,
        }
    }

    fn saga_part(&self, part: &TalePart) -> SagaPart {
        SagaPart {
            from: part.from,
            to: part.to,
            tries: part.tries,
            error: part.error.map(|error| self.error_word(error)),
            calls: part.calls.iter().map(|call| self.saga_call(call)).collect(),
        }
    }

    fn saga_call(&self, call: &TaleCall) -> SagaCall {
        let program = self.program();
        let name = |shared: SharedId| program.shared[shared as usize].name.clone();
        let (what, sent) = match call.to_whom {
            ToWhom::Channel(channel) => (name(channel), true),
            ToWhom::Handler(service, handler) => {
                let declared = program.service(service);
                let handler = declared.and_then(|it| it.handlers.get(usize::from(handler)));
                let handler = handler.map_or(String::new(), |handler| handler.name.clone());
                (format!("{}.{handler}", name(service)), false)
            }
        };
        let error = call.error.map(|error| self.error_word(error));
        SagaCall { what, sent, from: call.from, to: call.to, error }
    }

    fn error_word(&self, error: Error) -> String {
        self.program().spell(error.code(), Type::Error)
    }

    fn line_of(&self, span: &Span) -> u32 {
        self.line_starts.partition_point(|start| *start <= span.start) as u32
    }
}
