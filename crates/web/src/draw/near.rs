//! Which lines of a long text are drawn in their colours: those near what is seen. A link may bring
//! thousands, and every piece of a line is an element.

use std::ops::Range;

/// Up to so many lines all are drawn in colours.
const ALL: u32 = 200;
/// So many are, above and below what is seen: more than can be scrolled before that is told.
const AROUND: u32 = 40;
/// Before the browser has told it, so many lines are taken to be seen.
const SEEN: u32 = 60;

/// What is seen of something that scrolls, in pixels: where that begins, how high it is, and how
/// high all is.
pub type Sight = (u32, u32, u32);

/// Part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A line in its colours (from 1).
    Near(u32),
    /// Lines as plain letters: the first and the last of them.
    Far(u32, u32),
}

/// The parts of a text of so many lines, from top to bottom; some lines are always near.
#[must_use]
pub fn parts(lines: u32, sight: Option<Sight>, always: &[u32]) -> Vec<Part> {
    let near = near(lines, sight);
    let mut parts = Vec::new();
    for line in 1..=lines {
        if near.contains(&line) || always.contains(&line) {
            parts.push(Part::Near(line));
        } else if let Some(Part::Far(_, last)) = parts.last_mut() {
            *last = line;
        } else {
            parts.push(Part::Far(line, line));
        }
    }
    parts
}

fn near(lines: u32, sight: Option<Sight>) -> Range<u32> {
    if lines <= ALL {
        return 1..lines + 1;
    }
    let (first, last) = match sight {
        Some((top, high, all)) if all > 0 => {
            let line = |at: u32| (u64::from(at) * u64::from(lines) / u64::from(all)) as u32;
            (line(top), line(top.saturating_add(high)).min(lines))
        }
        _ => (0, SEEN),
    };
    first.saturating_sub(AROUND)..last + AROUND
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coloured(parts: &[Part]) -> usize {
        parts.iter().filter(|part| matches!(part, Part::Near(_))).count()
    }

    #[test]
    fn a_text_that_somebody_writes_is_all_in_colours() {
        assert_eq!(coloured(&parts(200, None, &[])), 200);
        assert_eq!(parts(0, None, &[]), []);
    }

    #[test]
    fn of_a_giant_text_only_what_is_near_is_and_each_line_is_there_once() {
        for sight in [
            None,
            Some((0, 400, 189_000)),
            Some((94_500, 400, 189_000)),
            Some((u32::MAX, u32::MAX, 1)),
        ] {
            let parts = parts(9_000, sight, &[4_000]);
            assert!(coloured(&parts) <= 120, "{sight:?}: {}", coloured(&parts));
            assert!(parts.contains(&Part::Near(4_000)), "{sight:?}");
            let mut next = 1;
            for part in parts {
                let (first, last) = match part {
                    Part::Near(line) => (line, line),
                    Part::Far(first, last) => (first, last),
                };
                assert_eq!(first, next, "{sight:?}");
                assert!(last >= first, "{sight:?}");
                next = last + 1;
            }
            assert_eq!(next, 9_001);
        }
    }

    #[test]
    fn what_is_seen_is_near() {
        // 9000 lines of 21 pixels, 20 of them seen from line 4501 on.
        let parts = parts(9_000, Some((94_500, 420, 189_000)), &[]);
        assert!((4_480..4_540).all(|line| parts.contains(&Part::Near(line))));
    }
}
