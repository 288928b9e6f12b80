//! What somebody has done of a lesson, from what is kept on the device.

use lessons::{Kind, Listed};

use crate::model::state::Kept;

/// What was done of a lesson.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// The question was answered.
    pub predicted: bool,
    /// Everything that was to be broken is broken.
    pub broken: bool,
    /// Something was mended, and every schedule or run agrees.
    pub fixed: bool,
    /// Everything that was to be mended is.
    pub proved: bool,
    /// Challenges done, and how many there are.
    pub done: (usize, usize),
}

impl Marks {
    /// What was done of a lesson.
    #[must_use]
    pub fn of(lesson: &Listed, kept: &Kept) -> Self {
        let (mut broken, mut mended) = ((0, 0), (0, 0));
        for (challenge, kind) in lesson.challenges {
            let count = if *kind == Kind::Break { &mut broken } else { &mut mended };
            count.0 += usize::from(kept.has_done(lesson.id, challenge));
            count.1 += 1;
        }
        Self {
            predicted: kept.answers.iter().any(|(id, _)| id == lesson.id),
            broken: broken.0 > 0 && broken.0 == broken.1,
            fixed: mended.0 > 0,
            proved: mended.0 > 0 && mended.0 == mended.1,
            done: (broken.0 + mended.0, broken.1 + mended.1),
        }
    }

    /// All of it.
    #[must_use]
    pub fn is_whole(self) -> bool {
        self.done.0 == self.done.1
    }

    /// Nothing of it.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.done.0 == 0 && !self.predicted
    }
}

/// Where to go on: the first lesson behind what was done last that is not whole; at first the first.
#[must_use]
pub fn next(kept: &Kept) -> Option<&'static Listed> {
    let all = lessons::listed();
    let last = all.iter().rposition(|lesson| !Marks::of(lesson, kept).is_empty());
    let from = last.unwrap_or_default();
    let (before, behind) = all.split_at(from);
    let open = |lesson: &&Listed| !Marks::of(lesson, kept).is_whole();
    behind.iter().find(open).or_else(|| before.iter().find(open))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(done: &[&str]) -> Kept {
        Kept { done: done.iter().map(|one| (*one).to_owned()).collect(), ..Kept::default() }
    }

    fn race() -> &'static Listed {
        lessons::listed().iter().find(|one| one.id == "race-on-a-balance").expect("it is there")
    }

    #[test]
    fn what_was_done_is_told_by_its_kind() {
        let none = Marks::of(race(), &kept(&[]));
        assert_eq!(none, Marks { done: (0, 3), ..Marks::default() });
        assert!(none.is_empty());
        let broken = Marks::of(race(), &kept(&["race-on-a-balance/break-it"]));
        assert_eq!((broken.broken, broken.fixed, broken.done), (true, false, (1, 3)));
        let fixed =
            kept(&["race-on-a-balance/break-it", "race-on-a-balance/fix-it", "other/fix-it"]);
        let fixed = Marks::of(race(), &fixed);
        assert_eq!((fixed.fixed, fixed.proved, fixed.is_whole()), (true, false, false));
        let all = ["break-it", "fix-it", "fix-it-without-a-lock"];
        let all: Vec<String> = all.map(|one| format!("race-on-a-balance/{one}")).to_vec();
        let all = Marks::of(race(), &kept(&all.iter().map(String::as_str).collect::<Vec<_>>()));
        assert!(all.broken && all.fixed && all.proved && all.is_whole() && !all.predicted);
    }

    #[test]
    fn an_answer_alone_is_a_beginning() {
        let answers = vec![("race-on-a-balance".to_owned(), "yes".to_owned())];
        let marks = Marks::of(race(), &Kept { answers, ..Kept::default() });
        assert!(marks.predicted && !marks.is_empty());
    }

    #[test]
    fn one_goes_on_behind_what_one_did_last() {
        let id = |kept: &Kept| next(kept).map(|lesson| lesson.id);
        let listed = lessons::listed();
        assert_eq!(id(&kept(&[])), Some(listed[0].id));
        assert_eq!(id(&kept(&["race-on-a-balance/break-it"])), Some("race-on-a-balance"));
        let whole = |lesson: &Listed| {
            lesson.challenges.iter().map(|(one, _)| format!("{}/{one}", lesson.id)).collect()
        };
        let third: Vec<String> = whole(&listed[2]);
        let third = kept(&third.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(id(&third), Some(listed[3].id));
        let all: Vec<String> =
            listed.iter().flat_map(|one| -> Vec<String> { whole(one) }).collect();
        assert_eq!(id(&kept(&all.iter().map(String::as_str).collect::<Vec<_>>())), None);
    }
}
