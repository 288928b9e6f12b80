//! How a moment fills a room: which processes stand on the stage, beside or above one another, how
//! large their letters may be, and how much of a long text is cut away around where they stand.
//!
//! Lengths are known before anything is drawn, since the letters of a text are all equally wide.

use std::cmp::Reverse;

use sim_core::session::{CodeLine, Frame, Lane, LaneState};

/// No more processes stand on the stage.
const LANES: usize = 6;
/// The largest letters, and the smallest that the last row may have to read.
pub const LARGEST: u32 = 44;
/// Below it nothing is made smaller; the stage scrolls.
pub const SMALLEST: u32 = 13;
/// How wide a letter is, as a part of its size.
const LETTER: f64 = 0.605;
/// How high a line is, as a part of that size.
const LINE: f64 = 1.4;
/// Beside others a process so narrow has how it stands below its name.
const NARROW: f64 = 400.0;
/// What stands left and right of a line, in letters.
const BESIDE: f64 = 4.4;
/// Between two processes, and around their text, in pixels.
const GAP: f64 = 16.0;
const EDGE: f64 = 16.0;
/// How high the values are at least where they stand above the processes, in a room with space.
const ABOVE: f64 = 92.0;
/// What the last row can still read.
pub const READABLE: u32 = 20;
/// What of it is smaller is not read at all.
const UNREAD: u32 = 17;
/// Letters of at least this size are worth cutting, or breaking, lines for.
const GOOD: u32 = 26;

/// Where everything stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// So many processes stand side by side.
    pub columns: usize,
    /// The size of their letters, in pixels.
    pub size: u32,
    /// Of each process so many lines around where it stands; all, where there is none.
    pub cut: Option<usize>,
    /// The values stand beside the processes, not above them.
    pub beside: bool,
    /// How much room is left for values above them, in pixels.
    pub left: u32,
}

/// What is shown of a process: how many letters each word of each line has.
pub type Lines = Vec<Vec<usize>>;

/// The processes on the stage: all of a few; else those that move in the line shown, nearest to
/// the moment first, so that the picture does not change from step to step.
#[must_use]
pub fn lanes(frame: &Frame) -> Vec<&Lane> {
    if frame.lanes.len() <= LANES {
        return frame.lanes.iter().collect();
    }
    let at = frame.position as usize;
    let far = |step: usize| (step + 1).abs_diff(at);
    let mut near: Vec<(usize, u32)> = Vec::new();
    for (index, step) in frame.steps.iter().enumerate() {
        let distance = far(frame.first as usize + index);
        match near.iter_mut().find(|(_, lane)| *lane == step.lane) {
            Some(known) => known.0 = known.0.min(distance),
            None => near.push((distance, step.lane)),
        }
    }
    sim_core::base::order::sort_by_key(&mut near, |one| *one);
    let goes_on = |lane: &&Lane| lane.state != LaneState::Ended;
    let rest = frame.lanes.iter().filter(goes_on).map(|lane| lane.id);
    let mut shown: Vec<u32> = Vec::new();
    for lane in near.into_iter().map(|(_, lane)| lane).chain(rest) {
        // Who has only waited fills a stage that would be empty, no more.
        let enough = if shown.len() >= 3 { frame.steps.is_empty() } else { false };
        if frame.lane(lane).is_some() && !shown.contains(&lane) && shown.len() < LANES && !enough {
            shown.push(lane);
        }
    }
    frame.lanes.iter().filter(|lane| shown.contains(&lane.id)).collect()
}

/// Of those on the stage so many: who has just moved and who moves next, then who moves most often
/// along the line, so that the others seldom change.
#[must_use]
pub fn fewer<'a>(frame: &Frame, shown: &[&'a Lane], most: usize) -> Vec<&'a Lane> {
    let moves = |lane: u32| frame.steps.iter().filter(|step| step.lane == lane).count();
    let now = [frame.position, frame.position + 1];
    let moves_now =
        |lane: u32| now.iter().any(|at| frame.step(*at).is_some_and(|step| step.lane == lane));
    let mut ranked: Vec<u32> = shown.iter().map(|lane| lane.id).collect();
    sim_core::base::order::sort_by_key(&mut ranked, |lane| {
        (!moves_now(*lane), usize::MAX - moves(*lane), *lane)
    });
    ranked.truncate(most);
    shown.iter().copied().filter(|lane| ranked.contains(&lane.id)).collect()
}

/// There is hardly any code: a few lines in all the texts of those on the stage.
#[must_use]
pub fn is_thin(frame: &Frame) -> bool {
    let mut seen: Vec<(&str, usize)> = Vec::new();
    for lane in lanes(frame) {
        if seen.iter().all(|(class, _)| *class != lane.class) {
            seen.push((&lane.class, lane.code.len()));
        }
    }
    seen.iter().map(|(_, lines)| lines).sum::<usize>() <= 3
}

/// How many letters the words of a process have; a routine's name is a line too.
#[must_use]
pub fn lines(lane: &Lane) -> Lines {
    let mut lines = Vec::new();
    for (at, line) in lane.code.iter().enumerate() {
        if at > 0 && lane.code[at - 1].routine != line.routine {
            lines.push(vec![0]);
        }
        lines.push(line.text.split(' ').map(|word| word.chars().count()).collect());
    }
    lines
}

/// How many letters a line has.
fn letters(line: &[usize]) -> usize {
    line.iter().sum::<usize>() + line.len().saturating_sub(1)
}

/// How many rows a line takes up where so many letters have room in one: it is broken between two
/// words, and a word only where it is longer than a row. What is broken is set in by two letters.
fn rows(line: &[usize], room: f64) -> usize {
    let room = room as usize;
    let (mut rows, mut used) = (1, 0);
    for (at, word) in line.iter().enumerate() {
        let before = usize::from(at > 0);
        if used + before + word <= room {
            used += before + word;
            continue;
        }
        let inner = room.saturating_sub(2).max(1);
        rows += word.div_ceil(inner).max(1);
        used = 2 + word.saturating_sub(1) % inner + 1;
    }
    rows
}

/// What stands above and below the lines of a process: its name, and how it stands; what it holds
/// and waits for, and its own values: two rows at times, so that there is a place for more than one.
fn frame(size: f64, narrow: bool) -> f64 {
    let (head, foot) = ((0.66 * size).clamp(16.0, 24.0), (0.66 * size).clamp(16.0, 26.0));
    // How it stands is a button beside its name, or below it.
    let chip = 1.6 * (0.86 * head).max(16.0);
    let names = 0.4 * head + if narrow { 1.7 * head + chip } else { chip };
    names + 1.0 + 1.5 * (1.6 * foot + 1.0) + 5.0
}

/// The lines of a process that are shown, where not all are.
#[must_use]
pub fn window(code: &[CodeLine], most: usize) -> std::ops::Range<usize> {
    let last = |line: &CodeLine| line.done.unwrap_or_default();
    let next = code.iter().position(|line| line.next.is_some());
    let done = (0..code.len()).filter(|at| code[*at].done.is_some());
    let here = next.or_else(|| done.max_by_key(|at| last(&code[*at]))).unwrap_or_default();
    let start = here.saturating_sub(most / 2).min(code.len().saturating_sub(most));
    start..(start + most).min(code.len())
}

/// The arrangement with the largest letters. `aside` is how wide the values would be beside the
/// processes; without values, nothing.
#[must_use]
pub fn plan(lanes: &[Lines], aside: u32, room: (u32, u32)) -> Plan {
    let (wide, tall) = (f64::from(room.0), f64::from(room.1));
    let mut best =
        (0, Plan { columns: 1, size: SMALLEST, cut: None, beside: wide > 700.0, left: 0 });
    // What has to be cut, or broken, counts as if its letters were smaller.
    for (cut, price) in [
        (None, 0),
        (Some(14), 4),
        (Some(11), 5),
        (Some(9), 6),
        (Some(7), 7),
        (Some(5), 9),
        (Some(3), 11),
    ] {
        for (breaks, also) in [(false, 0), (true, 3)] {
            for columns in 1..=lanes.len().max(1) {
                for beside in [true, false] {
                    if aside == 0 && !beside || beside && aside > 0 && wide < 700.0 {
                        continue;
                    }
                    let room = match (aside, beside) {
                        (0, _) => (wide, tall),
                        (_, true) => (wide - f64::from(aside) - GAP, tall),
                        (_, false) => (wide, tall - ABOVE.min(tall / 4.0) - GAP),
                    };
                    let ceiling = if cut.is_some() || breaks { GOOD + 2 } else { LARGEST };
                    let sizes = (SMALLEST..=ceiling).rev();
                    let mut fitting = sizes.filter_map(|size| {
                        let high = height(lanes, columns, cut, breaks, f64::from(size), room.0)?;
                        (high <= room.1).then_some((size, high))
                    });
                    let Some((size, high)) = fitting.next() else { continue };
                    let worth = worth(size).saturating_sub(price + also);
                    if worth > best.0 {
                        let left = (tall - high - GAP).max(0.0) as u32;
                        best = (worth, Plan { columns, size, cut, beside, left });
                    }
                }
            }
        }
    }
    best.1
}

/// What letters of a size are worth: those that the last row cannot read, little.
fn worth(size: u32) -> u32 {
    let (lost, unread) = (READABLE.saturating_sub(size), UNREAD.saturating_sub(size));
    (size + 100).saturating_sub(2 * lost + 4 * unread)
}

/// How high all processes are, so many side by side; nothing where a line would be too long.
fn height(
    lanes: &[Lines],
    columns: usize,
    cut: Option<usize>,
    breaks: bool,
    size: f64,
    wide: f64,
) -> Option<f64> {
    let across = (wide - GAP * (columns - 1) as f64) / columns as f64 - EDGE;
    let room = across / (size * LETTER) - BESIDE;
    if room < 8.0 {
        return None;
    }
    let frame = frame(size, across < NARROW);
    let mut high = 0.0;
    for row in lanes.chunks(columns) {
        let mut most = 0;
        for lane in row {
            let mut lines: Vec<&[usize]> = lane.iter().map(Vec::as_slice).collect();
            if let Some(cut) = cut.filter(|cut| *cut < lines.len()) {
                sim_core::base::order::sort_by_key(&mut lines, |line| Reverse(letters(line)));
                lines.truncate(cut);
                // A sign that there is more, above and below.
                lines.extend([&[][..], &[][..]]);
            }
            if !breaks && lines.iter().any(|line| letters(line) as f64 > room) {
                return None;
            }
            most = most.max(lines.iter().map(|line| rows(line, room)).sum());
        }
        high += size * most as f64 * LINE + frame + GAP;
    }
    Some(high - GAP)
}

/// The size of values: as large as the longest of them leaves room for, in a column so wide and
/// tall.
#[must_use]
pub fn values(longest: usize, count: usize, (wide, tall): (u32, u32)) -> u32 {
    let across = f64::from(wide) / (LETTER * longest.max(2) as f64);
    // Its name stands above each, what it was beside or, in a column, below it.
    let down = f64::from(tall) / (count.max(1) as f64) - 34.0;
    (across.min(down / if count > 1 { 1.5 } else { 1.25 }) as u32).clamp(17, 84)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: (u32, u32) = (1_212, 460);

    /// A line of so many letters, most of its words of four.
    fn words(letters: usize) -> Vec<usize> {
        let mut words = vec![4; letters / 5];
        words.push(letters % 5);
        words
    }

    #[test]
    fn a_line_is_broken_between_words_and_set_in() {
        assert_eq!(letters(&[4, 4, 3]), 13);
        assert_eq!(rows(&[4, 4, 3], 13.0), 1);
        assert_eq!(rows(&[4, 4, 3], 12.9), 2);
        // Two of four letters have room behind the two by which they are set in.
        assert_eq!(rows(&[4, 4, 4, 4], 11.0), 2);
        assert_eq!(rows(&[4, 4, 4, 4], 10.0), 3);
        // A word longer than a row is broken itself.
        assert_eq!(rows(&[3, 20], 12.0), 3);
        assert_eq!(rows(&[], 12.0), 1);
    }

    #[test]
    fn a_few_short_lines_fill_the_room() {
        let two = vec![vec![vec![13]; 3]; 2];
        let plan = plan(&two, 250, ROOM);
        assert!(plan.size >= 40, "{plan:?}");
        assert_eq!((plan.columns, plan.cut), (2, None));
    }

    #[test]
    fn long_lines_stand_one_above_the_other() {
        let two = vec![vec![vec![17, 18, 17]; 5]; 2];
        let plan = plan(&two, 250, ROOM);
        assert_eq!((plan.columns, plan.cut), (1, None));
        assert!(plan.size >= READABLE, "{plan:?}");
    }

    #[test]
    fn of_long_texts_the_lines_around_the_moment_are_shown() {
        let two = vec![vec![words(57); 21]; 2];
        let plan = plan(&two, 250, ROOM);
        assert!(plan.cut.is_some() && plan.size >= 17, "{plan:?}");
    }

    #[test]
    fn nothing_is_planned_that_does_not_fit() {
        for count in 1..=6 {
            for lines in [1, 3, 8, 14] {
                for letters in [10, 30, 57] {
                    let lanes = vec![vec![words(letters); lines]; count];
                    let Plan { columns, size, cut, beside, left } = plan(&lanes, 250, ROOM);
                    let (wide, tall) = if beside { (946.0, 460.0) } else { (1_212.0, 352.0) };
                    let high = height(&lanes, columns, cut, true, f64::from(size), wide);
                    let high = high.expect("lines may be broken");
                    let told = format!("{count} of {lines} lines of {letters} letters");
                    assert!(high <= tall || size == SMALLEST, "{told}");
                    assert!(f64::from(left) + high <= 460.0 || size == SMALLEST, "{told}");
                }
            }
        }
    }

    #[test]
    fn values_are_as_large_as_the_longest_lets_them_be() {
        assert_eq!(values(3, 2, (250, 460)), 84);
        assert!(values(16, 2, (250, 460)) < 30);
        assert!(values(2, 9, (250, 460)) >= 17);
    }

    fn line(number: u32, next: bool) -> CodeLine {
        let next = next.then_some((0, 1));
        CodeLine { routine: None, number, text: String::new(), done: None, did: vec![], next }
    }

    #[test]
    fn the_window_stands_around_the_next_line_and_inside_the_text() {
        let code: Vec<CodeLine> = (0..20).map(|at| line(at, at == 18)).collect();
        assert_eq!(window(&code, 8), 12..20);
        let code: Vec<CodeLine> = (0..20).map(|at| line(at, at == 9)).collect();
        assert_eq!(window(&code, 8), 5..13);
        let code: Vec<CodeLine> = (0..3).map(|at| line(at, at == 1)).collect();
        assert_eq!(window(&code, 8), 0..3);
    }
}
