//! Views of one moment: which of them are shown, two at a time where the page has room.

use sim_core::session::Frame;

use super::{Tab, viewing::Viewing};
use crate::draw::system::has_messages;

/// A view of the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pane {
    /// The processes with their code.
    Code,
    /// What happened, step by step.
    Timeline,
    /// What exists and what talks to what.
    System,
    /// What is measured.
    Charts,
    /// Sagas, step by step.
    Sagas,
    /// The moment and the run told in words.
    Words,
}

/// How many views stand side by side, or one above the other.
const AT_ONCE: usize = 2;

impl Pane {
    /// All of them.
    pub const ALL: [Pane; 6] =
        [Pane::Code, Pane::Timeline, Pane::System, Pane::Charts, Pane::Sagas, Pane::Words];

    /// Whether there is something for it to show; before the first answer that is not known.
    #[must_use]
    pub fn applies(self, frame: Option<&Frame>) -> bool {
        self != Pane::Sagas || frame.is_some_and(|frame| !frame.sagas.is_empty())
    }

    /// Its name in links.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Pane::Code => "code",
            Pane::Timeline => "timeline",
            Pane::System => "system",
            Pane::Charts => "charts",
            Pane::Sagas => "sagas",
            Pane::Words => "words",
        }
    }

    /// A phone shows it under this tab.
    #[must_use]
    pub fn tab(self) -> Tab {
        match self {
            Pane::Code => Tab::Code,
            Pane::Timeline => Tab::Timeline,
            Pane::System => Tab::System,
            Pane::Charts => Tab::Charts,
            Pane::Sagas => Tab::Sagas,
            Pane::Words => Tab::Words,
        }
    }
}

impl Viewing {
    /// The views shown, the one chosen last at the end: by choice, else the code and what shows
    /// the scenario best; before the first answer that is not known, and the code stands alone.
    #[must_use]
    pub fn panes(&self, frame: Option<&Frame>) -> Vec<Pane> {
        let chosen = self.panes.iter().copied();
        let chosen: Vec<Pane> = chosen.filter(|pane| pane.applies(frame)).collect();
        if !chosen.is_empty() {
            return chosen;
        }
        let Some(frame) = frame else { return vec![Pane::Code] };
        let sends = has_messages(&frame.system) && !self.shows_waits(frame);
        let best = match sends {
            _ if Pane::Sagas.applies(Some(frame)) => Pane::Sagas,
            true => Pane::System,
            false => Pane::Timeline,
        };
        vec![Pane::Code, best]
    }

    /// Shows a view, in place of the one chosen longest ago; or no longer, unless it is the last.
    pub(super) fn toggle_pane(&mut self, pane: Pane, frame: Option<&Frame>) {
        let mut panes = self.panes(frame);
        if let Some(at) = panes.iter().position(|one| *one == pane) {
            if panes.len() == 1 {
                return;
            }
            panes.remove(at);
        } else {
            if panes.len() >= AT_ONCE {
                panes.remove(0);
            }
            panes.push(pane);
        }
        self.panes = panes;
    }
}

#[cfg(test)]
mod tests {
    use sim_core::session::{SagaState, SagaView};

    use super::*;

    #[test]
    fn two_views_at_most_and_never_none() {
        let mut view = Viewing { panes: vec![Pane::Code, Pane::Timeline], ..Viewing::default() };
        view.toggle_pane(Pane::System, None);
        assert_eq!(view.panes(None), [Pane::Timeline, Pane::System]);
        view.toggle_pane(Pane::Timeline, None);
        view.toggle_pane(Pane::System, None);
        assert_eq!(view.panes(None), [Pane::System]);
        view.toggle_pane(Pane::Code, None);
        assert_eq!(view.panes(None), [Pane::System, Pane::Code]);
    }

    #[test]
    fn sagas_are_shown_first_where_the_text_has_one_and_else_not_at_all() {
        let mut view = Viewing::default();
        let mut frame = Frame::default();
        assert_eq!(view.panes(Some(&frame)), [Pane::Code, Pane::Timeline]);
        frame.sagas.push(SagaView {
            lane: 0,
            name: String::new(),
            id: None,
            line: 1,
            state: SagaState::Waiting,
            error: None,
            steps: vec![],
            notes: vec![],
            resumed: vec![],
            from: 0,
            to: None,
        });
        assert_eq!(view.panes(Some(&frame)), [Pane::Code, Pane::Sagas]);
        view.toggle_pane(Pane::Code, Some(&frame));
        assert_eq!(view.panes(Some(&frame)), [Pane::Sagas]);
        frame.sagas.clear();
        assert_eq!(view.panes(Some(&frame)), [Pane::Code, Pane::Timeline]);
    }

    #[test]
    fn a_view_chosen_before_the_first_answer_is_shown_whatever_would_have_been() {
        for pane in [Pane::Timeline, Pane::System, Pane::Charts] {
            let mut view = Viewing::default();
            view.toggle_pane(pane, None);
            assert_eq!(view.panes(None), [Pane::Code, pane]);
        }
        let mut view = Viewing::default();
        view.toggle_pane(Pane::Code, None);
        assert!(view.panes.is_empty(), "the code alone is no choice");
    }
}
