//! The Lockstep page: what the window shows and what its workers run.
//!
//! `worker` hosts the simulator, `protocol` is what page and worker say to each other, `model` is
//! what the page knows and how that changes, `draw` turns a moment into shapes, `views` show it
//! with the widgets of `components` in the words of `i18n`; `browser` is the only door to the
//! browser, `app` is where everything is put together,
//! and `keeping` what it keeps on the device.

pub mod app;
pub mod browser;
pub mod components;
pub mod draw;
pub mod i18n;
mod keeping;
pub mod model;
pub mod protocol;
pub mod views;
pub mod worker;

/// The version of Lockstep this page was built as.
pub const VERSION: &str = env!("LOCKSTEP_VERSION");
/// The commit this page was built from, or `unknown`.
pub const COMMIT: &str = env!("LOCKSTEP_COMMIT");
