//! What a device keeps of the course: under which names, how it is spelled, and how two pages that
//! lie open keep it together.

use std::collections::BTreeSet;

/// Under which name the challenges done are kept: a line each, `lesson/challenge`.
pub const DONE: &str = "lockstep.done";

/// Under which name is kept how far lessons have come besides: a line each, `lesson/step`.
pub const WALKED: &str = "lockstep.walked";

/// Under which name answers are kept: a line each, `lesson=answer`.
pub const ANSWERS: &str = "lockstep.answers";

/// Whether what is kept under this name is progress: lines that are added and never taken back.
#[must_use]
pub fn is_progress(name: &str) -> bool {
    [DONE, WALKED, ANSWERS].contains(&name)
}

/// What is kept as lines.
#[must_use]
pub fn read_lines(text: &str) -> BTreeSet<String> {
    sim_core::base::order::set(text.lines().map(str::to_owned))
}

/// Lines as they are to be kept.
#[must_use]
pub fn spell_lines(lines: &BTreeSet<String>) -> String {
    lines.iter().map(String::as_str).collect::<Vec<_>>().join("\n")
}

/// The answers that are kept. A line that is none is passed over.
#[must_use]
pub fn read_answers(text: &str) -> Vec<(String, String)> {
    let pairs = text.lines().filter_map(|line| line.split_once('='));
    pairs.map(|(lesson, answer)| (lesson.to_owned(), answer.to_owned())).collect()
}

/// The answers as they are to be kept.
#[must_use]
pub fn spell_answers(answers: &[(String, String)]) -> String {
    let lines = answers.iter().map(|(lesson, answer)| format!("{lesson}={answer}"));
    lines.collect::<Vec<_>>().join("\n")
}

/// Progress as this page has it, with the lines that another page has added meanwhile. Of two
/// answers to one question ours counts: it is the later one.
#[must_use]
pub fn together(ours: &str, theirs: &str) -> String {
    let of = |line: &str| line.split('=').next().map(str::to_owned);
    let is_new = |line: &&str| !ours.lines().any(|other| of(other) == of(line));
    let lines = ours.lines().chain(theirs.lines().filter(is_new));
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_come_back_as_they_were_kept() {
        let answers = read_answers("race-on-a-balance=yes\nnonsense\ntwo-locks=no");
        assert_eq!(answers.len(), 2);
        assert_eq!(read_answers(&spell_answers(&answers)), answers);
    }

    #[test]
    fn what_two_pages_have_done_is_kept_together() {
        assert_eq!(together("", ""), "");
        assert_eq!(together("", "a/fix"), "a/fix");
        assert_eq!(together("a/break\nb/fix", "a/fix\nb/fix"), "a/break\nb/fix\na/fix");
        assert_eq!(together("a=yes\nb=no", "a=no\nc=yes"), "a=yes\nb=no\nc=yes");
    }
}
