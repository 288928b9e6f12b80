//! Shapes of pictures, as plain data: from a moment to rows, dots and bars. No page, no colours.

pub mod timeline;
