//! What the lesson on leases and fencing tokens says is true.

mod support;

use lessons::{Condition, Refusal, Unmet};
use sim_core::session::{PromiseState, Session};
use support::{bench, locals, shared};

const ID: &str = "lease-and-fencing";

#[test]
fn the_numbers_of_the_debrief_are_right() {
    let lesson = bench(ID);
    assert_eq!(lesson.counts(&[]), "2260 of 3060");
    assert_eq!(lesson.counts(&[("check", "still_mine")]), "114 of 4988");
    assert_eq!(lesson.counts(&[("check", "on_write")]), "1328 of 3060");
    assert_eq!(lesson.counts(&[("check", "on_read_too")]), "0 of 3060");
}

/// Whether a run by the clock loses a change, and whether worker 1 came first in it.
fn by_the_clock(nap: &str, seed: u64) -> (bool, bool) {
    let lesson = bench(ID);
    let mut session = Session::new(lesson.bind(&[("nap", nap)]), lesson.0.scenario, seed);
    session.clock();
    let first = shared(&session.frame(), "file") == "worker[1]";
    while session.clock() {}
    let lost = matches!(session.frame().promises[0].state, PromiseState::Broken { .. });
    (lost, first)
}

#[test]
fn the_clock_shows_the_fault_where_the_one_who_sleeps_came_first() {
    let runs: Vec<(bool, bool)> = (1..=10).map(|seed| by_the_clock("true", seed)).collect();
    assert!(runs.iter().all(|(lost, first)| lost == first), "{runs:?}");
    assert!(runs[0].0, "the page starts with seed 1");
    assert!((1..=10).all(|seed| !by_the_clock("false", seed).0));
}

#[test]
fn the_stops_show_what_they_say() {
    let lesson = bench(ID);
    let of = |id: &str, names: [&str; 3]| {
        let frame = lesson.stop(id);
        names.map(|name| shared(&frame, name))
    };
    let file = ["content", "saved", "refused"];
    assert_eq!(shared(&lesson.stop("asleep"), "file"), "worker[1]");
    assert_eq!(shared(&lesson.stop("run-out"), "file"), "worker[2]");
    assert_eq!(of("run-out", file), ["0", "0", "0"]);
    // Worker 1 is about to save 1, what worker 2 will compute as well.
    assert_eq!(locals(&lesson.stop("run-out"), "value"), ["1"]);
    assert_eq!(locals(&lesson.stop("run-out"), "seen"), ["0", "0"]);
    assert_eq!(of("written-over", file), ["1", "2", "0"]);
    assert_eq!(of("refused", ["newest", "saved", "refused"]), ["2", "1", "1"]);
    assert_eq!(of("not-seen-yet", ["newest", "saved", "refused"]), ["1", "1", "0"]);
    assert_eq!(of("lost-all-the-same", file), ["1", "2", "0"]);
}

#[test]
fn breaks_are_done_by_hand() {
    let lesson = bench(ID);
    let last = lesson.play("an old write comes last", &[]).frame();
    assert!(lesson.is_broken("break-it", &last));
    let fenced = [("check", "on_write")];
    let first = lesson.play("an old write comes first", &fenced).frame();
    assert!(lesson.is_broken("break-the-fence", &first));
    let refused = lesson.play("an old write comes last", &fenced).frame();
    assert!(!lesson.is_broken("break-the-fence", &refused));
}

#[test]
fn fixes_are_graded_by_every_schedule() {
    let lesson = bench(ID);
    for check in ["none", "still_mine", "on_write"] {
        assert_eq!(lesson.grade_own("fix-it", &[("check", check)]), Ok(Some(Unmet::Fails)));
    }
    assert_eq!(lesson.grade_own("fix-it", &[("check", "on_read_too")]), Ok(None));
    let tokens = lesson.grade_own("fix-it-without-tokens", &[("check", "on_read_too")]);
    assert!(matches!(tokens, Ok(Some(Unmet::Condition(Condition::Is { .. })))));
}

/// The storage refuses what was computed from an older content.
const COMPARE: &str = "  atomic {
    if content == value - 1 {
      content = value
      saved += 1
    } else { refused += 1 }
  }
";

#[test]
fn comparing_what_was_read_needs_no_token() {
    let lesson = bench(ID);
    let text = lesson.with("  content = value\n  saved += 1\n", COMPARE);
    assert_eq!(lesson.grade("fix-it-without-tokens", &text, &[]), Ok(None));
    // In two steps it is the old fault.
    let apart = text.replace("  atomic {\n    if content", "  if true {\n    if content");
    assert_ne!(apart, text);
    let found = lesson.grade("fix-it-without-tokens", &apart, &[]);
    assert_eq!(found, Ok(Some(Unmet::Fails)));
}

#[test]
fn tricks_are_no_fixes() {
    let lesson = bench(ID);
    let nobody = lesson.with("  content = value\n  saved += 1\n", "  refused += 1\n");
    let never = Unmet::Reaches { name: "saved", value: "2" };
    assert_eq!(lesson.grade("fix-it", &nobody, &[]), Ok(Some(never)));
    let weaker = lesson.with("finally content == saved", "finally content <= saved");
    let refused = lesson.grade("fix-it", &weaker, &[]);
    assert_eq!(refused, Err(Refusal::PromiseGone("content == saved")));
}
