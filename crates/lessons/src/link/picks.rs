//! The steps in a link: short ones to be read (`1.2x3.0x5000`), long ones packed (`z…`).

use super::squeeze::{release, squeeze};

/// So many steps may a link have. Most are the clock's: those cost a few letters together.
pub const PICKS: usize = 300_000;
/// Steps written down as short as this are not packed, whatever that would save.
const READABLE: usize = 80;
/// So many bytes may packed steps have.
const BYTES: usize = 1024 * 1024;

/// So many equal steps in a row are written as one and their number.
const ROW: u32 = 4;

/// Stretches of equal steps: the step, and how often.
fn stretches(picks: &[u32]) -> impl Iterator<Item = (u32, u32)> {
    picks.chunk_by(|one, other| one == other).map(|equal| (equal[0], equal.len() as u32))
}

/// The steps as they stand in a link; nothing if they are too many.
pub(super) fn spell(picks: &[u32]) -> Option<String> {
    if picks.len() > PICKS {
        return None;
    }
    let mut parts: Vec<String> = Vec::new();
    for (pick, times) in stretches(picks) {
        let pick = pick.to_string();
        if times >= ROW {
            parts.push(pick + "x" + &times.to_string());
        } else {
            parts.resize(parts.len() + times as usize, pick);
        }
    }
    let plain = parts.join(".");
    if plain.len() <= READABLE {
        return Some(plain);
    }
    let packed = format!("z{}", squeeze(&bytes(picks)));
    Some(if packed.len() < plain.len() { packed } else { plain })
}

/// The steps that stand in a link; nothing if they are none, or too many.
pub(super) fn read(text: &str) -> Option<Vec<u32>> {
    if let Some(packed) = text.strip_prefix('z') {
        return of_bytes(&release(packed, BYTES)?);
    }
    let mut picks = Vec::new();
    for part in text.split('.').filter(|_| !text.is_empty()) {
        let (pick, times) = part.split_once('x').unwrap_or((part, "1"));
        add(&mut picks, pick.parse().ok()?, times.parse().ok()?)?;
    }
    Some(picks)
}

fn add(picks: &mut Vec<u32>, pick: u32, times: u32) -> Option<()> {
    let length = picks.len().checked_add(times as usize)?;
    if times == 0 || length > PICKS {
        return None;
    }
    picks.resize(length, pick);
    Some(())
}

/// Numbers of seven bits a byte, the lowest first; behind each 0 stands how often.
fn bytes(picks: &[u32]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut number = |mut number: u32| {
        while number > 127 {
            bytes.push(number as u8 | 128);
            number >>= 7;
        }
        bytes.push(number as u8);
    };
    for (pick, times) in stretches(picks) {
        if pick == 0 {
            number(0);
            number(times);
        } else {
            (0..times).for_each(|_| number(pick));
        }
    }
    bytes
}

fn of_bytes(bytes: &[u8]) -> Option<Vec<u32>> {
    let mut rest = bytes.iter();
    let mut number = || {
        let (mut number, mut shift) = (0_u32, 0);
        loop {
            let byte = *rest.next()?;
            let bits = u32::from(byte & 127);
            // More than 32 bits are no number of ours.
            if shift > 28 || (shift == 28 && bits > 15) {
                return None;
            }
            number |= bits << shift;
            if byte < 128 {
                return Some((number, rest.len() == 0));
            }
            shift += 7;
        }
    };
    let mut picks = Vec::new();
    let mut is_over = bytes.is_empty();
    while !is_over {
        let (pick, over) = number()?;
        let (times, over) = if pick == 0 { number()? } else { (1, over) };
        add(&mut picks, pick, times)?;
        is_over = over;
    }
    Some(picks)
}
