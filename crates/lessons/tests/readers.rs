//! What the lesson on readers and writers says is true.

mod support;

use lessons::{Condition, Refusal, Tool, Unmet};
use sim_core::session::PromiseState;
use support::{bench, lacks, shared};

const ID: &str = "readers-and-writers";

/// In how many schedules some reader meets another.
fn together(guard: &str) -> u64 {
    let report = bench(ID).report(&[("guard", guard)]);
    let meets = |values: &[(String, String)]| {
        values.iter().any(|(name, value)| name == "together" && value != "0")
    };
    let rows = report.outcomes.iter().filter(|outcome| meets(&outcome.values));
    rows.map(|row| row.schedules.number.parse::<u64>().expect("a small number")).sum()
}

#[test]
fn the_numbers_of_the_debrief_are_right() {
    let lesson = bench(ID);
    assert_eq!(lesson.counts(&[]), "19176 of 34650");
    assert_eq!(lesson.counts(&[("guard", "lock")]), "0 of 6");
    assert_eq!(together("lock"), 0);
    assert_eq!(lesson.counts(&[("guard", "rwlock")]), "0 of 1850");
    assert_eq!(together("rwlock"), 1700);
}

#[test]
fn two_writers_lose_an_edition_where_nothing_guards_it() {
    let lesson = bench(ID);
    let both = ["every reader sees a whole page", "no edition is lost"];
    assert_eq!(lesson.broken(&[("writers", "2")]), both);
    assert_eq!(lesson.broken(&[]), both[..1]);
    for guard in ["lock", "rwlock", "by_hand"] {
        let counts = lesson.counts(&[("writers", "2"), ("guard", guard)]);
        assert!(counts.starts_with("0 of "), "{guard}: {counts}");
    }
}

#[test]
fn the_stops_show_what_they_say() {
    let lesson = bench(ID);
    let half = lesson.stop("half-a-page");
    assert_eq!((shared(&half, "left"), shared(&half, "right")), ("1".into(), "0".into()));
    let torn = lesson.stop("torn");
    assert_eq!(torn.promises[0].state, PromiseState::Broken { step: 5 });
    let inside = lesson.stop("two-inside");
    let page = inside.shared.iter().find(|shared| shared.place == "page").expect("it is there");
    assert_eq!(page.holders.len(), 2);
    let writer = inside.offers.iter().find(|offer| offer.name.starts_with("writer"));
    assert_eq!(writer.expect("it waits").pick, None);
}

#[test]
fn fixes_are_graded_by_every_schedule() {
    let lesson = bench(ID);
    assert_eq!(lesson.grade_own("fix-it", &[]), Ok(Some(Unmet::Fails)));
    for guard in ["lock", "rwlock", "by_hand"] {
        assert_eq!(lesson.grade_own("fix-it", &[("guard", guard)]), Ok(None));
    }
    let harder = "fix-it-together";
    assert_eq!(lesson.grade_own(harder, &[("guard", "by_hand")]), Ok(None));
    let ready_made = lesson.grade_own(harder, &[("guard", "rwlock")]);
    assert_eq!(ready_made, lacks(&Condition::AtMost { tool: Tool::RwLock, most: 0 }));
    let apart = Unmet::Reaches { name: "together", value: "1" };
    assert_eq!(lesson.grade_own(harder, &[("guard", "lock")]), Ok(Some(apart)));
}

#[test]
fn breaks_are_done_by_hand() {
    let lesson = bench(ID);
    let half = lesson.play("half a page", &[]).frame();
    assert!(lesson.is_broken("break-it", &half));
    assert!(!lesson.breaks("break-it", &[], &[3, 3, 3, 3]));
}

#[test]
fn tricks_are_no_fixes() {
    let lesson = bench(ID);
    // A room that is a lock: the last reader out cannot let go of what another took.
    let locked = lesson.with("semaphore room (permits: 1)", "lock room");
    let found = lesson.grade("fix-it", &locked, &[("guard", "by_hand")]);
    assert_eq!(found, Ok(Some(Unmet::Fails)));
    let silent = lesson.with("  left += 1\n  right += 1\n", "  work 1ms\n");
    assert_eq!(lesson.grade("fix-it", &silent, &[]), Ok(Some(Unmet::Fails)));
    let late = lesson.with("always torn == 0", "finally torn == 0");
    let refused = lesson.grade("fix-it", &late, &[("guard", "rwlock")]);
    assert_eq!(refused, Err(Refusal::PromiseGone("torn == 0")));
}
