//! The benchmark of `bench/` compiles against this engine, and its pieces of work are what they
//! say they are. Its peers are left out here, so no test waits for them.

#[allow(dead_code, unreachable_pub, reason = "a part of another crate")]
#[path = "../../../bench/src/by_hand.rs"]
mod by_hand;
#[allow(dead_code, unreachable_pub, reason = "a part of another crate")]
#[allow(clippy::disallowed_methods, reason = "what is written by hand draws as it likes")]
#[path = "../../../bench/src/draw.rs"]
mod draw;
#[allow(dead_code, unreachable_pub, reason = "a part of another crate")]
#[path = "../../../bench/src/ours.rs"]
mod ours;
#[allow(dead_code, unreachable_pub, reason = "a part of another crate")]
#[path = "../../../bench/src/rows.rs"]
mod rows;
#[allow(dead_code, unreachable_pub, reason = "a part of another crate")]
#[path = "../../../bench/src/work/mod.rs"]
mod work;

use ours::Switches;
use rows::{Engine, Row, Work};
use sim_core::lang::check;
use work::{closed, one_server};

#[test]
fn by_hand_finds_as_many_states_as_there_are() {
    let works = [Work::Kept(5), Work::Kept(6), Work::Cleared(6), Work::Philosophers(8)];
    for work in works {
        let done = Row { engine: Engine::ByHand, work }.run().expect("it is written");
        assert_eq!(done.amount, work.states());
    }
}

#[test]
fn ours_visits_the_same_states() {
    for work in [Work::Cleared(5), Work::Cleared(6), Work::Philosophers(7)] {
        let done = Row { engine: Engine::Ours, work }.run().expect("it is built");
        assert_eq!((done.amount, done.note), (work.states(), None));
    }
}

#[test]
fn ours_counts_every_schedule_and_finds_what_is_wrong() {
    let row = |engine, work| Row { engine, work }.run().expect("it is built");
    assert_eq!(row(Engine::OursCount, Work::Cleared(5)).note, None);
    for work in [Work::Cleared(5), Work::Philosophers(5), Work::Pairs(2)] {
        assert_eq!(row(Engine::OursVerdict, work).note, None);
    }
    let three = "scenario \"s\"\nvar x = 0\nprocess p * 3 { x = 1 }";
    let found = ours::search(three, Switches::COUNT);
    assert_eq!(found.schedules.as_deref(), Some("6"));
}

#[test]
fn short_runs_come_near_to_theory() {
    for mean in [one_server::lindley(200_000), one_server::by_hand(200_000)] {
        assert!((mean - one_server::MEAN).abs() < 2.0, "{mean}");
    }
    let mean = closed::by_hand(200_000);
    assert!((mean - closed::MEAN).abs() < 2.0, "{mean}");
    let ran = ours::run(closed::TEXT, "client.latency", 400_000);
    let rate = ran.count as f64 / ran.now;
    assert!((rate - 10.0).abs() < 0.5, "{rate} served in a second, by ten servers");
    assert!((ran.mean - closed::MEAN).abs() < 2.0, "{}", ran.mean);
    let ran = ours::run(one_server::TEXT, "line.wait", 500_000);
    let rate = ran.count as f64 / ran.now;
    assert!((rate - one_server::ARRIVALS).abs() < 0.05, "{rate} served in a second");
    assert!((ran.mean - one_server::MEAN).abs() < 2.0, "{}", ran.mean);
}

#[test]
fn every_text_is_right_or_not_built_yet() {
    for row in rows::all() {
        let text = row.work.text();
        for diagnostic in check(&text).diagnostics {
            assert_eq!(diagnostic.code.0, "E0901", "{text}\n{:?}", diagnostic.message);
        }
    }
}
