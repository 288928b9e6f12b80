//! One way to lay a text out, whatever it says.
//!
//! Works on tokens, not on the tree: so it keeps remarks, and lays out what is not built yet as
//! well. Line breaks stay where the author put them, as far as blocks allow; blanks, indentation
//! and blank lines are made alike. It never changes what a text says: its tokens are the same
//! before and after, but for line ends that mean nothing.
//!
//! ```text
//! text ─ parts ─► tokens and remarks, each with what stood before it
//!      ─ breaks ─► which of them begin a line
//!      ─ lines ─► where anchors (`=>`, `{`) and remarks of neighbouring lines stand
//! ```

mod align;
mod breaks;
mod lines;
mod parts;
mod spaces;
#[cfg(test)]
mod tests;

use super::{diagnostic::Diagnostic, limits};
use crate::say::diagnostics::{Ceiling, Message};

/// The longest line that a block is kept on.
const WIDTH: usize = 100;
/// The step of indentation.
const STEP: usize = 2;
/// What a line is set in by that goes on with the one before.
const HANGING: usize = 4;
/// Up to here a line's parts are set in to stand under one another. A bound keeps the result's
/// length in proportion to the text's.
const ALIGNED: usize = 100;

/// Lays a text out.
///
/// # Errors
/// What is no token, brackets that do not pair, and ceilings of [`limits`]: such a text is left
/// alone, for its blocks are not known.
pub fn format(text: &str) -> Result<String, Vec<Diagnostic>> {
    if text.len() > limits::TEXT_BYTES {
        let most = limits::TEXT_BYTES as u64;
        let message = Message::TooMuch { what: Ceiling::TextBytes, most };
        return Err(vec![Diagnostic::error(0..0, message)]);
    }
    let mut parts = parts::parts(text)?;
    breaks::drop_semicolons(&mut parts);
    spaces::set(&mut parts);
    breaks::set(&mut parts);
    let lines = lines::lines(&mut parts);
    Ok(align::join(&lines))
}
