//! What helps, what does not, and what it costs.

use super::support::{LEVELS, play};

const NONE: [&str; 0] = [];

/// The row, who wrote, and what was refused.
fn added(text: &str, level: &str, more: &[(&str, &str)], row: &str) -> (String, Vec<String>) {
    let played = play(text, level, more);
    (played.values(&[row, "wrote"]), played.errors)
}

#[test]
fn an_update_that_reads_for_itself_loses_nothing() {
    let text = include_str!("add.lockstep");
    let refused = || vec!["T[2]: conflict".to_owned()];
    for level in LEVELS {
        let weak = level == "read_committed";
        let all = |way| added(text, level, &[("way", way)], "test[1]");
        let plain = if weak { ("11 2".into(), vec![]) } else { ("11 1".into(), refused()) };
        assert_eq!(all("read_then_write"), plain, "{level}");
        let whole = if weak { ("12 2".into(), vec![]) } else { ("11 1".into(), refused()) };
        assert_eq!(all("atomic_update"), whole, "{level}");
        assert_eq!(all("for_update"), whole, "{level}");
    }
}

#[test]
fn a_transaction_that_is_tried_again_as_a_whole_gets_through() {
    let text = include_str!("add.lockstep");
    for level in ["repeatable_read", "serializable"] {
        for way in ["read_then_write", "atomic_update", "for_update"] {
            let more = [("way", way), ("tries", "2")];
            let (found, errors) = added(text, level, &more, "test[1]");
            assert_eq!((found.as_str(), &errors[..]), ("12 2", &["T[2]: conflict".to_owned()][..]));
        }
    }
}

#[test]
fn a_version_tells_who_was_late() {
    let text = include_str!("add-version.lockstep");
    for level in LEVELS {
        // At read committed no row is changed, which the program takes for a conflict.
        let played = play(text, level, &[]);
        assert_eq!(played.values(&["test[1]", "wrote"]), "{ value: 11, version: 2 } 1");
        assert_eq!(played.errors, ["T[2]: conflict"], "{level}");
    }
}

#[test]
fn a_row_that_was_only_locked_sends_nobody_away() {
    for level in LEVELS {
        let played = play(include_str!("lock-only.lockstep"), level, &[]);
        assert_eq!((played.rows().as_str(), &played.errors[..]), ("11 20", &[][..]), "{level}");
    }
}

#[test]
fn locking_what_was_read_prevents_write_skew() {
    let text = include_str!("skew.lockstep");
    for level in LEVELS {
        let plain = play(text, level, &[("way", "none")]);
        match level {
            "serializable" => {
                assert_eq!(plain.rows(), "-10 20");
                assert_eq!(plain.errors, ["T2: conflict"]);
            }
            _ => {
                assert_eq!(plain.rows(), "-10 0");
                assert_eq!(plain.errors, NONE);
            }
        }
        let locked = play(text, level, &[("way", "for_update")]);
        assert_eq!(locked.rows(), "-10 20");
        // Who waits sees the other's change, or is refused because of it.
        let error = if level == "read_committed" { "T2: too_little" } else { "T2: conflict" };
        assert_eq!(locked.errors, [error], "{level}");
    }
}

#[test]
fn what_does_not_exist_cannot_be_locked() {
    let text = include_str!("phantom.lockstep");
    for level in LEVELS {
        for way in ["none", "for_update"] {
            let played = play(text, level, &[("way", way)]);
            let rows = played.values(&["test[3]", "test[4]"]);
            match level {
                "serializable" => {
                    assert_eq!(rows, "30 -", "{way}");
                    assert_eq!(played.errors, ["T2: conflict"], "{way}");
                }
                _ => {
                    assert_eq!(rows, "30 42", "{level} {way}");
                    assert_eq!(played.errors, NONE, "{level} {way}");
                }
            }
        }
    }
}

#[test]
fn the_first_to_wait_is_the_victim_and_the_other_goes_on() {
    for level in LEVELS {
        let played = play(include_str!("deadlock.lockstep"), level, &[]);
        assert_eq!(played.errors, ["T1: deadlock"], "{level}");
        assert_eq!(played.rows(), "12 22", "{level}");
        assert_eq!(played.values(&["victims"]), "1");
    }
}

#[test]
fn the_second_of_a_key_waits_for_the_first() {
    let text = include_str!("twice.lockstep");
    for level in LEVELS {
        let played = play(text, level, &[("first", "commits")]);
        assert_eq!(played.rows(), "10 20");
        assert_eq!(played.errors, ["T2: duplicate"], "{level}");
        let played = play(text, level, &[("first", "rolls_back")]);
        assert_eq!(played.rows(), "10 22");
        assert_eq!(played.errors, NONE, "{level}");
    }
}
