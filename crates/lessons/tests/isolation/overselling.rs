//! A hundred buyers and ten tickets.

use lessons::{Refusal, Unmet};
use sim_core::session::PromiseState;

use crate::{
    LEVELS, rows,
    support::{bench, shared},
};

const ID: &str = "overselling";
const WAYS: [&str; 4] = ["plain", "pessimistic", "optimistic", "atomic_update"];

fn set<'a>(way: &'a str, level: &'a str, tries: &'a str) -> [(&'static str, &'a str); 3] {
    [("way", way), ("level", level), ("tries", tries)]
}

#[test]
fn only_plain_at_read_committed_oversells() {
    let lesson = bench(ID);
    let counts = |way, level| {
        lesson.counts(&[("buyers", "2"), ("tries", "2"), ("way", way), ("level", level)])
    };
    assert_eq!(LEVELS.map(|level| counts("plain", level)), ["336 of 350", "0 of 350", "0 of 350"]);
    for level in LEVELS {
        assert_eq!(counts("pessimistic", level), "0 of 66", "{level}");
        assert_eq!(counts("optimistic", level), "0 of 350", "{level}");
        assert_eq!(counts("atomic_update", level), "0 of 92", "{level}");
    }
}

/// What was sold, who gave up, the most tries, and when the last was through, in milliseconds.
fn clocked(way: &str, level: &str, tries: &str) -> [i64; 4] {
    let measured = bench(ID).measured(1, &set(way, level, tries));
    let (frame, _) = bench(ID).by_the_clock(&set(way, level, tries));
    let counted = |name: &str| shared(&frame, name).parse().expect("it is a number");
    let [tries, last] = measured.all(["buyer.attempts.max", "buyer.latency.max"]);
    [counted("sold"), counted("gave_up"), tries, last]
}

#[test]
fn by_the_clock_a_hundred_buyers_show_what_each_way_costs() {
    assert_eq!(clocked("plain", "read_committed", "3"), [53, 0, 1, 52]);
    assert_eq!(clocked("plain", "repeatable_read", "3"), [10, 18, 3, 52]);
    assert_eq!(clocked("plain", "repeatable_read", "10"), [10, 0, 5, 52]);
    assert_eq!(clocked("optimistic", "read_committed", "3"), [10, 18, 3, 52]);
    assert_eq!(clocked("optimistic", "read_committed", "10"), [10, 0, 5, 52]);
    assert_eq!(clocked("pessimistic", "read_committed", "3"), [10, 0, 1, 201]);
    assert_eq!(clocked("atomic_update", "read_committed", "3"), [10, 0, 1, 52]);
}

#[test]
fn the_stops_show_what_they_say() {
    let lesson = bench(ID);
    let sold = |id| shared(&lesson.stop(id), "sold");
    assert_eq!(
        ["both-read-one", "waits", "sold", "sold-twice"].map(sold),
        ["0", "0", "1", "2"].map(str::to_owned)
    );
    let twice = lesson.stop("sold-twice");
    assert_eq!(twice.promises[0].state, PromiseState::Broken { step: 13 });
    assert_eq!(rows(&twice, "shows"), "1: { left: 0, version: 1 }");
    assert!(lesson.is_broken("sell-it-twice", &twice));
    // Refused, and told that there were no such rows: neither has sold anything.
    for id in ["refused", "nothing-changed"] {
        let frame = lesson.stop(id);
        assert_eq!(shared(&frame, "sold"), "1", "{id}");
        assert_eq!(rows(&frame, "sales"), "1: 1", "{id}");
    }
}

#[test]
fn fixes_are_graded_by_every_schedule() {
    let lesson = bench(ID);
    for way in WAYS {
        for level in LEVELS {
            let lacks = (way, level) == ("plain", "read_committed");
            let found = lesson.grade_own("fix-it", &set(way, level, "3"));
            assert_eq!(found, Ok(lacks.then_some(Unmet::Fails)), "{way} {level}");
        }
    }
    // A shop that sells nothing oversells nothing.
    let shut = lesson.with("if row.left < 1 { fail", "if row.left < 5 { fail");
    let unsold = Unmet::Ends { name: "sold", value: "1" };
    assert_eq!(lesson.grade("fix-it", &shut, &[]), Ok(Some(unsold)));
    let silent = lesson.with("always count(sales) <= tickets", "finally count(sales) <= tickets");
    let gone = Err(Refusal::PromiseGone("count(sales) <= tickets"));
    assert_eq!(lesson.grade("fix-it", &silent, &[("way", "pessimistic")]), gone);
}

const BY_HAND: &str = "fix-it-at-read-committed";

#[test]
fn it_can_be_mended_at_read_committed() {
    let lesson = bench(ID);
    assert_eq!(lesson.grade_own(BY_HAND, &[]), Ok(Some(Unmet::Fails)));
    let locked =
        lesson.with("if way == pessimistic { shows[1] for update }", "shows[1] for update");
    assert_eq!(lesson.grade(BY_HAND, &locked, &[]), Ok(None));
    let compared = lesson.with("if way == optimistic {", "if true {");
    assert_eq!(lesson.grade(BY_HAND, &compared, &[]), Ok(None));
    // Locked too late, after it was read.
    let late = lesson.with(
        "  work 2ms                        // the program thinks\n",
        "  work 2ms\n  shows[1] for update\n",
    );
    assert_eq!(lesson.grade(BY_HAND, &late, &[]), Ok(Some(Unmet::Fails)));
    // A rule that the stock is never below nothing does not help: nobody writes less than 0.
    let checked = lesson.with("if row.left < 1 {", "if row.left - 1 < 0 {");
    assert_eq!(lesson.grade(BY_HAND, &checked, &[]), Ok(Some(Unmet::Fails)));
}

#[test]
fn ten_are_sold_quickly_without_a_line() {
    let lesson = bench(ID);
    let text = lesson.0.scenario;
    let meets = |way, level, tries| lesson.meets("sell-ten", text, &set(way, level, tries));
    assert!(!meets("plain", "read_committed", "3"));
    assert!(!meets("plain", "repeatable_read", "3"));
    assert!(meets("plain", "repeatable_read", "10"));
    assert!(meets("optimistic", "read_committed", "10"));
    assert!(!meets("pessimistic", "read_committed", "3"));
    assert!(meets("atomic_update", "read_committed", "3"));
}
