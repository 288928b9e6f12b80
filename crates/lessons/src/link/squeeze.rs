//! Texts and bytes in links: compressed, and spelled with letters that need no escaping (base64url).

use miniz_oxide::{deflate::compress_to_vec, inflate::decompress_to_vec_with_limit};

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// A text unpacked is at most this long: as long as a scenario may be, so a link cannot fill the
/// memory.
pub const UNPACKED_BYTES: usize = 64 * 1024;

/// A text for a link.
#[must_use]
pub fn pack(text: &str) -> String {
    squeeze(text.as_bytes())
}

/// A text from a link, unless it is none or too long.
#[must_use]
pub fn unpack(packed: &str) -> Option<String> {
    String::from_utf8(release(packed, UNPACKED_BYTES)?).ok()
}

/// Bytes for a link.
pub(super) fn squeeze(bytes: &[u8]) -> String {
    let mut packed = String::new();
    for chunk in compress_to_vec(bytes, 9).chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..=chunk.len() {
            packed.push(char::from(LETTERS[(bits >> (18 - 6 * at) & 63) as usize]));
        }
    }
    packed
}

/// Bytes from a link, unless there are more than `most` of them.
pub(super) fn release(packed: &str, most: usize) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    for chunk in packed.as_bytes().chunks(4) {
        let mut bits = 0;
        for at in 0..4 {
            let letter = chunk.get(at).copied().unwrap_or(b'A');
            bits = bits << 6 | LETTERS.iter().position(|each| *each == letter)? as u32;
        }
        let three = bits.to_be_bytes();
        bytes.extend_from_slice(&three[1..chunk.len().max(1)]);
    }
    decompress_to_vec_with_limit(&bytes, most).ok()
}
