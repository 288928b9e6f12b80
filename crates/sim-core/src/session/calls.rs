//! What happens to requests and answers, in the scenario's own names.

use super::describe::place_name;
use super::frame::{Action, Answer};
use crate::program::{Error, Program, Start, Type};
use crate::trace::ReplicaTurn;
use crate::trace::{Fact, ServiceFact, Target};

/// The next part of what a step did, if it has to do with calls, and how many facts tell of it.
pub(super) fn part(program: &Program, class: u32, facts: &[&Fact]) -> Option<(Action, usize)> {
    let place = |target: Target| place_name(program, target);
    let named = |error: Option<Error>| {
        error.map_or_else(String::new, |error| error.name(program).to_owned())
    };
    let mut taken = 1;
    let action = match *facts[0] {
        Fact::Service(ServiceFact::Called { target, handler, travels, .. }) => {
            let fields = fields(facts);
            taken += fields.len();
            let what = called(program, target, handler, Some(&fields));
            Action::Call { what, travels, refused: String::new() }
        }
        Fact::Service(ServiceFact::NotLetIn { target, error }) => {
            let is_request = program
                .classes
                .get(class as usize)
                .is_some_and(|class| matches!(class.start, Start::Called { .. }));
            let asks = facts.iter().any(|fact| matches!(fact, Fact::Raised { .. }));
            if is_request && !asks {
                Action::Come { place: place(target), refused: named(Some(error)), twice: false }
            } else {
                Action::Call { what: place(target), travels: false, refused: named(Some(error)) }
            }
        }
        Fact::Service(ServiceFact::CallDoubled { .. }) => {
            let (inner, more) = part(program, class, facts.get(1..).filter(|it| !it.is_empty())?)?;
            taken += more;
            match inner {
                Action::Come { place, refused, .. } => Action::Come { place, refused, twice: true },
                other => other,
            }
        }
        Fact::Service(ServiceFact::CallArrived { target }) => {
            Action::Come { place: place(target), refused: String::new(), twice: false }
        }
        Fact::Service(ServiceFact::CallLost { target }) => {
            Action::LoseCall { place: place(target), answer: false }
        }
        Fact::Service(ServiceFact::AnswerLost { target }) => {
            Action::LoseCall { place: place(target), answer: true }
        }
        Fact::Service(ServiceFact::Entered { target }) => Action::Enter { place: place(target) },
        Fact::Service(ServiceFact::Computes { target }) => Action::Core { place: place(target) },
        Fact::Service(ServiceFact::Replied { error, .. }) => {
            let fields = fields(facts);
            taken += fields.len();
            let heard = facts[taken..].first();
            let fate = match heard {
                Some(Fact::Service(ServiceFact::Answered { .. })) => Answer::Heard,
                Some(Fact::Service(ServiceFact::AnsweredLate { .. })) => Answer::Late,
                _ => Answer::Way,
            };
            taken += usize::from(fate != Answer::Way);
            let words = match program.handler_of(class) {
                Some((_, handler)) if error.is_none() => words(program, &handler.answers, &fields),
                _ => String::new(),
            };
            Action::Reply { words, error: named(error), fate }
        }
        Fact::Service(ServiceFact::ReplicaCrashed { target }) => {
            replica(place(target), ReplicaTurn::Crash)
        }
        Fact::Service(ServiceFact::ReplicaStopped { target }) => {
            replica(place(target), ReplicaTurn::Pause)
        }
        Fact::Service(ServiceFact::ReplicaResumed { target }) => {
            replica(place(target), ReplicaTurn::Resume)
        }
        Fact::Service(ServiceFact::ReplicaBack { target }) => {
            replica(place(target), ReplicaTurn::Back)
        }
        Fact::Service(ServiceFact::Scaled { target, to }) => {
            Action::Scale { place: program.shared[target.shared as usize].name.clone(), to }
        }
        Fact::Service(ServiceFact::Cancelled { .. }) => Action::Cancel,
        Fact::Service(ServiceFact::Abandoned { target }) => {
            Action::Abandon { place: place(target) }
        }
        Fact::Service(ServiceFact::Answered { .. }) => Action::Back { fate: Answer::Heard },
        Fact::Service(ServiceFact::AnsweredLate { .. }) => Action::Back { fate: Answer::Late },
        _ => return None,
    };
    Some((action, taken))
}

fn replica(place: String, turn: ReplicaTurn) -> Action {
    Action::Replica { place, turn }
}

/// The values behind a fact.
pub(super) fn fields(facts: &[&Fact]) -> Vec<i64> {
    let values = facts[1..].iter().map_while(|fact| match fact {
        Fact::Field { value } => Some(*value),
        _ => None,
    });
    values.collect()
}

/// A handler's name with what it is given: `bank.pay(1, 80)`.
pub(super) fn called(
    program: &Program,
    target: Target,
    handler: u16,
    given: Option<&[i64]>,
) -> String {
    let service = program.service(target.shared);
    let handler = service.and_then(|service| service.handlers.get(handler as usize));
    let name = &program.shared[target.shared as usize].name;
    let Some(handler) = handler else { return name.clone() };
    let given = given.map_or_else(
        || if handler.parameters.is_empty() { String::new() } else { "..".to_owned() },
        |given| {
            let mut rest = given;
            let values = handler.parameters.iter().map(|(_, form)| {
                let (own, others) = rest.split_at(rest.len().min(usize::from(form.width())));
                rest = others;
                program.spell_form(form, own)
            });
            values.collect::<Vec<_>>().join(", ")
        },
    );
    format!("{name}.{}({given})", handler.name)
}

/// Values by their names: `order 3, amount 80`.
fn words(program: &Program, shape: &[(String, Type)], values: &[i64]) -> String {
    // A record's last word tells whether there is one.
    if values.get(shape.len()) == Some(&0) {
        return "none".to_owned();
    }
    let parts = shape.iter().zip(values).map(|((name, kind), value)| {
        let value = program.spell(*value, *kind);
        if name.is_empty() { value } else { format!("{name} {value}") }
    });
    parts.collect::<Vec<_>>().join(", ")
}
