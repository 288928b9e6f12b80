//! A link as a code that phones read.

use qrcodegen::{QrCode, QrCodeEcc};

use crate::protocol::Code;

/// The code of a text; nothing if it is too long for one.
pub(super) fn code(text: &str) -> Option<Code> {
    let code = QrCode::encode_text(text, QrCodeEcc::Low).ok()?;
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let from = x;
            while x < code.size() && code.get_module(x, y) {
                x += 1;
            }
            if x > from {
                path.push_str(&format!("M{from} {y}h{}v1h-{}z", x - from, x - from));
            }
            x += 1;
        }
    }
    Some(Code { side: code.size() as u32, path })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_becomes_a_square_of_the_size_it_needs() {
        let sides = [20, 200, 2_000].map(|length| code(&"a".repeat(length)).map(|code| code.side));
        assert_eq!(sides, [Some(25), Some(53), Some(149)]);
        assert_eq!(code(&"a".repeat(3_000)), None);
    }

    #[test]
    fn its_squares_are_those_of_the_corner_marks() {
        let code = code("lockstep").expect("it is short");
        assert!(code.path.starts_with("M0 0h7v1h-7z"), "{}", code.path);
        assert_eq!(code.side, 21);
    }
}
