//! Values of variables and counters that a goal or a chart looks at.

use super::tracks::LastTrack;
use crate::program::{Measure, Program, Quantity, Subject};
use crate::trace::Target;

#[derive(Clone, Debug)]
struct Element {
    target: Target,
    value: i64,
    track: LastTrack,
}

/// What is known of them.
#[derive(Clone, Debug, Default)]
pub(super) struct LastValues {
    /// By target.
    elements: Vec<Element>,
}

impl LastValues {
    pub(super) fn new(program: &Program) -> LastValues {
        let mut elements: Vec<Element> = Vec::new();
        each_measure(program, &mut |measure| {
            if let (Subject::Shared(shared, _), Quantity::Value) =
                (&measure.subject, &measure.quantity)
            {
                let initial = &program.shared[*shared as usize].initial;
                for (element, &value) in initial.iter().enumerate() {
                    let target = Target { shared: *shared, element: element as u32 };
                    elements.push(Element { target, value, track: LastTrack(vec![Some(value)]) });
                }
            }
        });
        elements.sort_by_key(|element| element.target);
        elements.dedup_by_key(|element| element.target);
        LastValues { elements }
    }

    pub(super) fn set(&mut self, target: Target, value: i64, stretch: usize) {
        if self.elements.is_empty() {
            return;
        }
        let at = self.elements.binary_search_by_key(&target, |element| element.target);
        if let Ok(at) = at {
            self.elements[at].value = value;
            self.elements[at].track.set(stretch, value);
        }
    }

    pub(super) fn halve(&mut self) {
        self.elements.iter_mut().for_each(|element| element.track.halve());
    }

    fn of<'a>(&'a self, subject: &'a Subject) -> impl Iterator<Item = &'a Element> + 'a {
        self.elements.iter().filter(move |known| match subject {
            Subject::Shared(shared, element) => {
                known.target.shared == *shared
                    && element.is_none_or(|element| element == known.target.element)
            }
            _ => false,
        })
    }

    /// The value now; of several elements their sum.
    pub(super) fn value(&self, subject: &Subject) -> Option<i64> {
        let values = self.of(subject).map(|element| element.value);
        values.reduce(i64::saturating_add)
    }

    /// The value at the end of a stretch.
    pub(super) fn value_in(&self, subject: &Subject, stretch: usize) -> Option<i64> {
        let values = self.of(subject).map(|element| {
            let until = element.track.0.iter().take(stretch + 1);
            until.rev().find_map(|value| *value).unwrap_or(0)
        });
        values.reduce(i64::saturating_add)
    }
}

/// Tells of every measure that a goal or chart names.
pub(super) fn each_measure(program: &Program, each: &mut impl FnMut(&Measure)) {
    for goal in &program.goals {
        goal.visit_measures(each);
    }
    for line in program.charts.iter().flat_map(|chart| &chart.lines) {
        line.formula.visit_measures(each);
    }
}
