//! Each anomaly is found at exactly the levels that allow it, and proved away at the others.

use super::support::{LEVELS, holds_only_at, searched};
use sim_core::explore::Verdict;

const FROM_SNAPSHOTS_ON: &[&str] = &["repeatable_read", "serializable"];
const SERIALIZABLE: &[&str] = &["serializable"];

#[test]
fn what_no_level_allows() {
    for text in [
        include_str!("g0.lockstep"),
        include_str!("g1a.lockstep"),
        include_str!("g1b.lockstep"),
        include_str!("g1c.lockstep"),
        include_str!("otv.lockstep"),
    ] {
        holds_only_at(text, &LEVELS, &[]);
    }
}

#[test]
fn what_a_snapshot_prevents() {
    for text in [
        include_str!("pmp.lockstep"),
        include_str!("p4.lockstep"),
        include_str!("gsingle.lockstep"),
        include_str!("gsingle-predicate.lockstep"),
        include_str!("gsingle-write.lockstep"),
    ] {
        holds_only_at(text, FROM_SNAPSHOTS_ON, &[]);
    }
}

#[test]
fn what_only_serializable_prevents() {
    holds_only_at(include_str!("g2item.lockstep"), SERIALIZABLE, &[]);
    holds_only_at(include_str!("g2.lockstep"), SERIALIZABLE, &[]);
}

#[test]
fn what_the_remedies_prevent() {
    let add = include_str!("add.lockstep");
    holds_only_at(add, FROM_SNAPSHOTS_ON, &[("way", "read_then_write")]);
    for way in ["atomic_update", "for_update"] {
        holds_only_at(add, &LEVELS, &[("way", way)]);
        holds_only_at(add, &LEVELS, &[("way", way), ("tries", "2")]);
    }
    holds_only_at(include_str!("add-version.lockstep"), &LEVELS, &[]);
    holds_only_at(include_str!("lock-only.lockstep"), &LEVELS, &[]);
    let skew = include_str!("skew.lockstep");
    holds_only_at(skew, SERIALIZABLE, &[("way", "none")]);
    holds_only_at(skew, &LEVELS, &[("way", "for_update")]);
    let phantom = include_str!("phantom.lockstep");
    holds_only_at(phantom, SERIALIZABLE, &[("way", "none")]);
    holds_only_at(phantom, SERIALIZABLE, &[("way", "for_update")]);
    for first in ["commits", "rolls_back"] {
        holds_only_at(include_str!("twice.lockstep"), &LEVELS, &[("first", first)]);
    }
}

#[test]
fn of_two_in_a_circle_one_is_the_victim() {
    for level in LEVELS {
        let report = searched(include_str!("deadlock.lockstep"), level, &[]);
        assert_eq!(report.verdict, Verdict::Holds, "{level}");
        // Nobody is left waiting.
        assert!(report.deadlocks.is_none() && report.stuck.is_none(), "{level}");
        let victims: Vec<&str> = report
            .outcomes
            .iter()
            .flat_map(|row| row.values.iter().filter(|(name, _)| name == "victims"))
            .map(|(_, value)| value.as_str())
            .collect();
        assert!(victims.contains(&"0") && victims.contains(&"1"), "{level}: {victims:?}");
    }
}
