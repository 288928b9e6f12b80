//! A place to draw on that keeps what is drawn as plain data: the page draws it again as large as
//! it likes, in its own colours.
//!
//! What a thing is stands in its colour: nobody ever sees these colours.

use std::convert::Infallible;

use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};

use crate::protocol::Plot;

/// Room for the labels at the left and at the bottom.
pub(super) const LABELS: u32 = 100;
/// Blue is the number of the line.
pub(super) const LINE: u8 = 1;
/// The labels along the bottom.
pub(super) const ACROSS: u8 = 2;
/// The labels along the side.
pub(super) const UP: u8 = 3;
/// What is not kept.
pub(super) const NOTHING: u8 = 4;

/// What was drawn.
#[derive(Debug, Default)]
pub(super) struct Record {
    /// Labels along the bottom, with their places from the left.
    pub(super) across: Vec<(i64, u16)>,
    /// Labels along the side, with their places from the top.
    pub(super) up: Vec<(i64, u16)>,
    /// Paths, each with the number of its line.
    pub(super) paths: Vec<(u8, Vec<(u16, u16)>)>,
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

/// A place within the picture; what lies outside is brought to its edge.
fn inside(place: i32) -> u16 {
    place.clamp(0, i32::from(Plot::WHOLE)) as u16
}

fn corner((x, y): BackendCoord) -> (u16, u16) {
    (inside(x - LABELS as i32), inside(y))
}

impl DrawingBackend for &mut Record {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        let whole = u32::from(Plot::WHOLE) + 1;
        (whole + LABELS, whole + LABELS)
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, _: BackendCoord, _: BackendColor) -> Drawn {
        Ok(())
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        if let (LINE, _, line) = style.color().rgb {
            self.paths.push((line, path.into_iter().map(corner).collect()));
        }
        Ok(())
    }

    fn draw_text<T: BackendTextStyle>(&mut self, text: &str, style: &T, at: BackendCoord) -> Drawn {
        let Ok(value) = text.parse() else { return Ok(()) };
        let (x, y) = corner(at);
        match style.color().rgb.0 {
            ACROSS => self.across.push((value, x)),
            UP => self.up.push((value, y)),
            _ => {}
        }
        Ok(())
    }

    /// The page writes the labels, in its own type: here they take no room.
    fn estimate_text_size<T: BackendTextStyle>(
        &self,
        _: &str,
        _: &T,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        Ok((1, 1))
    }
}
