//! What the page knows and how that changes: pure, no browser, tested natively.
//!
//! [`update::update`] is the one way [`State`] changes; effects it wants are [`Command`]s, carried
//! out by `app`.

pub mod account;
pub mod action;
pub mod acts;
pub mod address;
pub mod answers;
pub mod assist;
pub mod chances;
pub mod charts;
pub mod command;
pub mod course;
pub mod editing;
pub mod figures;
pub mod files;
pub mod front;
pub mod handed;
pub mod json;
pub mod kept;
pub mod labels;
pub mod led;
pub mod lesson;
pub mod links;
pub mod marks;
pub mod meeting;
pub mod moments;
pub mod notches;
pub mod panes;
pub mod present;
pub mod rhythm;
pub mod share;
pub mod shelf;
pub mod speaker;
pub mod state;
pub mod studies;
pub mod study;
pub mod talk;
pub mod templates;
pub mod typing;
pub mod update;
pub mod veil;
pub mod viewing;
pub mod writing;

pub use action::Action;
pub use command::{Command, Timer};
pub use handed::Handed;
pub use notches::Notches;
pub use state::{Bench, Mode, Speed, Stage, State, Tab, Theme};
pub use update::update;

#[cfg(test)]
mod chance_tests;
#[cfg(test)]
mod links_tests;
#[cfg(test)]
mod play_tests;
#[cfg(test)]
mod room_tests;
#[cfg(test)]
mod shelf_tests;
#[cfg(test)]
mod study_tests;
#[cfg(test)]
mod tests;
