//! What is known of all schedules, from the start or from a later moment: the answer first, then
//! how many there are.

use std::rc::Rc;

use sim_core::explore::{Early, Phase, Progress};

use crate::protocol::{Explored, NotExplored};

/// Milliseconds between two looks at how far a search has got: figures that change faster cannot
/// be read.
pub const LOOK_PAUSE: u32 = 500;

/// From so many seconds on a search is one that is waited for.
const LONG_SECONDS: u64 = 3;

/// What is known of all schedules.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Study {
    /// Nothing yet.
    #[default]
    None,
    /// Being looked at.
    Running(Box<Running>),
    /// Looked at.
    Done(Rc<Explored>),
    /// Stopped by hand, with what was known.
    Cancelled(Option<Early>),
    /// Not to be looked at; why.
    Impossible(NotExplored),
}

impl Study {
    /// A search that has just been asked for.
    #[must_use]
    pub fn begun(now: u64) -> Study {
        let figures = Figures::default();
        let progress = Progress::default();
        Study::Running(Box::new(Running { progress, figures, began: now, turned: now }))
    }

    /// Whether a search is under way.
    #[must_use]
    pub fn is_running(&self) -> bool {
        matches!(self, Study::Running(_))
    }

    /// Stops what is under way; what was known stays known.
    pub fn stop(&mut self) {
        if let Study::Running(running) = self {
            *self = Study::Cancelled(running.progress.early.take());
        }
    }
}

/// A search under way.
#[derive(Clone, Debug, PartialEq)]
pub struct Running {
    /// What it told last.
    pub progress: Progress,
    /// What is shown of how far it has got.
    pub figures: Figures,
    /// When it began, milliseconds by the page's clock.
    began: u64,
    /// When its present part began.
    turned: u64,
}

/// How far a search has got, as it is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// States seen.
    pub states: u64,
    /// States a second.
    pub rate: u64,
    /// Whole seconds since it began.
    pub seconds: u64,
    /// Set once there was time to look.
    pub known: bool,
}

impl Running {
    /// The search told how far it has got. True when it has just come to know the answer.
    pub fn hear(&mut self, progress: Progress, now: u64) -> bool {
        if progress.phase != self.progress.phase {
            self.turned = now;
        }
        let is_new = self.progress.early.is_none() && progress.early.is_some();
        self.progress = progress;
        is_new
    }

    /// Time to show how far it has got.
    pub fn look(&mut self, now: u64) {
        let spent = now.saturating_sub(self.turned);
        let states = self.progress.states;
        // In a moment's time there is no rate yet; the one before is better than a wild one.
        let rate = if spent < u64::from(LOOK_PAUSE) / 2 {
            self.figures.rate
        } else {
            states.saturating_mul(1_000) / spent
        };
        let seconds = now.saturating_sub(self.began) / 1_000;
        self.figures = Figures { states, rate, seconds, known: true };
    }

    /// Whether somebody who waits should be told of the end: most searches end unnoticed, and
    /// what else is said meanwhile must not be lost.
    #[must_use]
    pub fn is_long(&self) -> bool {
        self.figures.seconds >= LONG_SECONDS
    }

    /// What is known before all is counted.
    #[must_use]
    pub fn early(&self) -> Option<&Early> {
        self.progress.early.as_ref()
    }

    /// Which part of its work it is at.
    #[must_use]
    pub fn phase(&self) -> Phase {
        self.progress.phase
    }
}

/// All that may happen from a moment of the line on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ahead {
    /// The picks up to that moment.
    pub from: Vec<u32>,
    /// What is known.
    pub study: Study,
}

impl Ahead {
    /// How many steps lead to that moment.
    #[must_use]
    pub fn step(&self) -> u32 {
        self.from.len() as u32
    }
}
