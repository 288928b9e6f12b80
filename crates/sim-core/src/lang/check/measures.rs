//! What is counted and measured, where it stands outside goals and charts: counts in promises,
//! gauges everywhere.

use super::{Area, Checker, look};
use crate::{
    lang::{
        names::{Kind, Symbol},
        tree::{Expr, Name, Path, StartTree},
        words::{self, Place},
    },
    program::{Quantity, Span, Subject, Tallied},
    say::diagnostics::Message,
};

impl Checker<'_> {
    /// Whether a field is a count of a shared thing; reports one that stands where nobody may count.
    pub(super) fn counted(
        &mut self,
        at: usize,
        index: Option<&Expr>,
        name: &Name,
        field: &Name,
    ) -> bool {
        let shared = &self.tree.shared[at];
        let is_count = count(shared.kind.word(), &field.text)
            && (shared.kind.carries() || Tallied::named(shared.kind.made(), &field.text).is_some());
        if !is_count {
            return false;
        }
        let text = name.text.clone();
        match (self.is_array(at), index) {
            (true, None) => self.error(&name.span, Message::NeedsIndex { name: text.clone() }),
            (false, Some(_)) => self.error(&name.span, Message::NotAnArray { name: text.clone() }),
            _ => {}
        }
        self.count_stands(&format!("{text}.{}", field.text), &(name.span.start..field.span.end));
        true
    }

    /// Whether this is how many of a process ended well, which promises may ask where it runs once
    /// and its outcome has no other name.
    pub(super) fn ended_well(&mut self, symbol: Symbol, name: &Name, field: &Name) -> bool {
        let Symbol::Process(at) = symbol else { return false };
        let once = matches!(self.tree.processes[at].start, StartTree::Once);
        let counted = once && field.text == "ok" && self.names.outcomes.is_empty();
        if counted {
            let span = name.span.start..field.span.end;
            self.count_stands(&format!("{}.ok", name.text), &span);
        }
        counted
    }

    /// Reports a count where nobody may count.
    fn count_stands(&mut self, name: &str, span: &Span) {
        let name = name.to_owned();
        match self.context.area {
            Area::Promise | Area::Said | Area::Goal => {}
            Area::Process | Area::Until => self.error(span, Message::CountHere { name }),
            Area::Plain | Area::Constant => self.error(span, Message::NotConstant { name }),
        }
    }

    /// A longer way to something that is measured.
    pub(super) fn path(&mut self, path: &Path, span: &Span) -> Kind {
        if self.context.area == Area::Goal {
            return self.measure(
                &path.name,
                path.index.as_ref(),
                &path.fields,
                path.bound.as_ref(),
            );
        }
        if self.outside_row(span) {
            return Kind::Unknown;
        }
        if self.window(path, span) {
            return Kind::Int;
        }
        let looked =
            look(self.tree, self.names, (&path.name, path.index.as_ref()), &path.fields, None);
        let name = self.text[crate::lang::lexer::range(span)].to_owned();
        match looked {
            // The counts of a link, which have a longer name.
            Ok(looked)
                if matches!(looked.subject, Subject::Shared(..))
                    && matches!(looked.quantity, Quantity::Count(_))
                    && looked.statistic.is_none()
                    && path.fields.len() == 3 =>
            {
                self.count_stands(&name, span);
                Kind::Int
            }
            Ok(_) => {
                self.error(span, Message::MeasureHere { name });
                Kind::Unknown
            }
            Err((at, message)) => {
                // A bound was not looked at here; whatever else is wrong is told.
                let bounded = path.bound.is_some();
                if bounded {
                    self.error(span, Message::MeasureHere { name });
                } else {
                    self.error(&at, message);
                }
                Kind::Unknown
            }
        }
    }

    /// Reports a field that is measured, where it may not stand; false for any other.
    pub(super) fn measured_here(&mut self, owner: &str, name: &Name, field: &Name) -> bool {
        let places = [Place::Spread, Place::Gauge, Place::Count];
        // What is counted of processes will stand in promises too.
        let few = if owner == "process" { &places[..2] } else { &places };
        let measured = few.iter().any(|&place| {
            words::at(place)
                .any(|row| row.built && row.word == field.text && row.of.contains(&owner))
        });
        if measured {
            let name = format!("{}.{}", name.text, field.text);
            self.error(&field.span, Message::MeasureHere { name });
        }
        measured
    }
}

/// Whether something is counted of a kind of thing.
pub(in crate::lang) fn count(owner: &str, word: &str) -> bool {
    words::at(Place::Count).any(|row| row.built && row.word == word && row.of.contains(&owner))
}
