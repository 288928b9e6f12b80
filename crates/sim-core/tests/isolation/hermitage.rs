//! Hermitage's interleavings (<https://github.com/ept/hermitage>), with the outcome at each level.

use super::support::{LEVELS, play};

const NONE: [&str; 0] = [];

#[test]
fn dirty_write() {
    let text = include_str!("g0.lockstep");
    let played = play(text, "read_committed", &[]);
    assert_eq!((played.rows().as_str(), &played.errors[..]), ("12 22", &[][..]));
    for level in ["repeatable_read", "serializable"] {
        let played = play(text, level, &[]);
        assert_eq!((played.rows().as_str(), played.errors), ("11 21", vec!["T2: conflict".into()]));
    }
}

#[test]
fn aborted_and_intermediate_reads() {
    for level in LEVELS {
        let played = play(include_str!("g1a.lockstep"), level, &[]);
        assert_eq!(played.values(&["first", "second", "test[1]"]), "10 10 10", "{level}");
        assert_eq!(played.errors, NONE);
        let played = play(include_str!("g1b.lockstep"), level, &[]);
        let second = if level == "read_committed" { "10 11" } else { "10 10" };
        assert_eq!(played.values(&["first", "second"]), second, "{level}");
        assert_eq!(played.errors, NONE);
    }
}

#[test]
fn circular_information_flow() {
    let text = include_str!("g1c.lockstep");
    for level in LEVELS {
        let played = play(text, level, &[]);
        assert_eq!(played.values(&["of_two", "of_one"]), "20 10", "{level}");
        match level {
            "serializable" => {
                assert_eq!(played.errors, ["T2: conflict"]);
                assert_eq!(played.rows(), "11 20");
            }
            _ => {
                assert_eq!(played.errors, NONE);
                assert_eq!(played.rows(), "11 22");
            }
        }
    }
}

#[test]
fn observed_transaction_vanishes() {
    let text = include_str!("otv.lockstep");
    let played = play(text, "read_committed", &[]);
    assert_eq!(played.values(&["a", "b", "c", "d"]), "11 19 18 12");
    assert_eq!(played.errors, NONE);
    for level in ["repeatable_read", "serializable"] {
        let played = play(text, level, &[]);
        assert_eq!(played.values(&["a", "b", "c", "d"]), "11 19 19 11", "{level}");
        assert_eq!(played.errors, ["T2: conflict"]);
    }
}

#[test]
fn predicate_read_twice() {
    for level in LEVELS {
        let played = play(include_str!("pmp.lockstep"), level, &[]);
        let seen = if level == "read_committed" { "0 1" } else { "0 0" };
        assert_eq!(played.values(&["before", "after"]), seen, "{level}");
        assert_eq!(played.values(&["test[3]"]), "30");
        assert_eq!(played.errors, NONE);
    }
}

#[test]
fn lost_update() {
    for level in LEVELS {
        let played = play(include_str!("p4.lockstep"), level, &[]);
        assert_eq!(played.values(&["test[1]"]), "11");
        let (wrote, errors) = match level {
            "read_committed" => ("2", vec![]),
            _ => ("1", vec!["T[2]: conflict".to_owned()]),
        };
        assert_eq!((played.values(&["wrote"]).as_str(), played.errors), (wrote, errors), "{level}");
    }
}

#[test]
fn read_skew() {
    for level in LEVELS {
        let weak = level == "read_committed";
        let played = play(include_str!("gsingle.lockstep"), level, &[]);
        assert_eq!(played.values(&["one", "two"]), if weak { "10 18" } else { "10 20" });
        assert_eq!((played.rows().as_str(), &played.errors[..]), ("12 18", &[][..]));

        let played = play(include_str!("gsingle-predicate.lockstep"), level, &[]);
        assert_eq!(played.values(&["fives", "threes"]), if weak { "2 1" } else { "2 0" });
        assert_eq!((played.rows().as_str(), &played.errors[..]), ("12 20", &[][..]));

        let played = play(include_str!("gsingle-write.lockstep"), level, &[]);
        assert_eq!(played.values(&["one", "deleted"]), "10 0");
        assert_eq!(played.rows(), "12 18");
        let errors = if weak { vec![] } else { vec!["T1: conflict".to_owned()] };
        assert_eq!(played.errors, errors, "{level}");
    }
}

#[test]
fn write_skew() {
    for level in LEVELS {
        let strong = level == "serializable";
        let errors = if strong { vec!["T2: conflict".to_owned()] } else { vec![] };
        let played = play(include_str!("g2item.lockstep"), level, &[]);
        assert_eq!(played.rows(), if strong { "11 20" } else { "11 21" });
        assert_eq!(played.errors, errors, "{level}");

        let played = play(include_str!("g2.lockstep"), level, &[]);
        let rows = played.values(&["test[3]", "test[4]"]);
        assert_eq!(rows, if strong { "30 -" } else { "30 42" });
        assert_eq!(played.errors, errors, "{level}");
    }
}
