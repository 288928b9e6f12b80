//! What exploring finds in every lesson is as committed.

#[test]
fn verdicts_and_counts_are_as_committed() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/goldens/goldens.txt");
    let now = lessons::goldens();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, &now).expect("the golden file can be written");
    }
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    let differs = now.lines().zip(committed.lines()).find(|(now, then)| now != then);
    assert!(
        now == committed,
        "lessons behave otherwise than goldens/goldens.txt tells, first in {differs:?}. If that \
         is meant, change what the lessons say and bless with `UPDATE=1 cargo test -p lessons`"
    );
}

#[test]
fn every_lesson_can_be_explored_whatever_is_chosen() {
    for line in include_str!("../goldens/goldens.txt").lines() {
        let undecided = ["Undecided", "not complete", "cannot run", "has mistakes"];
        assert!(!undecided.iter().any(|words| line.contains(words)), "{line}");
    }
}
