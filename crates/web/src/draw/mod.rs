//! Shapes of pictures, as plain data: from a moment to rows, dots and bars. No page, no colours.

pub mod axis;
pub mod chance;
pub mod charts;
pub mod columns;
pub mod flights;
pub mod ladder;
pub mod near;
pub mod scale;
pub mod scrub;
pub mod stage;
pub mod system;
pub mod timeline;
pub mod touch;
pub mod waits;

#[cfg(test)]
mod sample;
