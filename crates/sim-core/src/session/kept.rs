//! What happens to what caches keep, in the scenario's own names.

use super::calls::fields;
use super::describe::key_name;
use super::frame::{Action, Found};
use crate::program::Program;
use crate::trace::{Fact, Target};

/// The next part of what a step did, if it has to do with caches, and how many facts tell of it.
pub(super) fn part(program: &Program, facts: &[&Fact]) -> Option<(Action, usize)> {
    let place = |target: Target, key: i64| key_name(program, target, key);
    match *facts[0] {
        Fact::Looked { target, key, value, hit, over } => {
            let (value, mut taken) = value_of(program, target, value, facts);
            let found = match facts.get(taken) {
                Some(Fact::FillBegan { .. }) => Found::Fills { over },
                Some(Fact::AwaitsFill { .. }) => Found::Waits { over },
                _ if hit => Found::Hit,
                _ => Found::Miss { over },
            };
            taken += usize::from(matches!(found, Found::Fills { .. } | Found::Waits { .. }));
            Some((Action::Look { place: place(target, key), value, found }, taken))
        }
        Fact::Evicted { target, key } => {
            let evicted = place(target, key);
            match part(program, facts.get(1..).filter(|facts| !facts.is_empty())?)? {
                (Action::Keep { place, value, .. }, taken) => {
                    Some((Action::Keep { place, value, evicted }, taken + 1))
                }
                _ => None,
            }
        }
        Fact::Kept { target, key, new, .. } => {
            let (value, mut taken) = value_of(program, target, new, facts);
            taken += usize::from(matches!(facts.get(taken), Some(Fact::FillEnded { .. })));
            let evicted = String::new();
            Some((Action::Keep { place: place(target, key), value, evicted }, taken))
        }
        Fact::Uncached { target, key, was } => {
            Some((Action::Forget { place: place(target, key), was }, 1))
        }
        Fact::FillEnded { target, key, error } => {
            let error = error.map_or_else(String::new, |error| error.name(program).to_owned());
            Some((Action::GiveUp { place: place(target, key), error }, 1))
        }
        _ => None,
    }
}

/// A value as it is spelled, and how many facts tell of it.
fn value_of(program: &Program, target: Target, value: i64, facts: &[&Fact]) -> (String, usize) {
    let Some(form) = program.form_in(target.shared) else { return (String::new(), 1) };
    if !form.is_record() {
        return (program.spell_form(form, &[value]), 1);
    }
    let words = fields(facts);
    let width = words.len().min(usize::from(form.width()));
    (program.spell_form(form, &words[..width]), 1 + width)
}
