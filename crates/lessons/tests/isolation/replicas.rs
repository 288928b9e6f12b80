//! Reading what one wrote, from replicas that lag.

use lessons::Unmet;

use crate::support::{bench, shared};

const ID: &str = "replica-lag";

#[test]
fn the_numbers_of_the_debrief_are_right() {
    let lesson = bench(ID);
    assert_eq!(lesson.counts(&[]), "168 of 224");
    assert_eq!(lesson.counts(&[("copies", "1")]), "4 of 5");
    assert_eq!(lesson.counts(&[("read", "wait_first")]), "192 of 288");
    assert_eq!(lesson.counts(&[("read", "ask_again")]), "0 of at least 316");
    assert_eq!(lesson.counts(&[("read", "leader")]), "0 of 12");
    let report = lesson.report(&[]);
    let failing: Vec<&str> =
        report.broken.iter().map(|broken| broken.found.schedules.number.as_str()).collect();
    assert_eq!(failing, ["160", "8"]);
    assert_eq!(lesson.broken(&[("copies", "1")]), ["I see what I wrote"]);
}

#[test]
fn a_pause_helps_by_the_clock() {
    let lesson = bench(ID);
    let missing = |pause: &str| {
        let settings = [("authors", "100"), ("read", "wait_first"), ("pause", pause)];
        let one = |seed| {
            let mut session =
                sim_core::session::Session::new(lesson.bind(&settings), lesson.0.scenario, seed);
            while session.clock() {}
            shared(&session.frame(), "missing").parse::<u32>().expect("a number")
        };
        let all: Vec<u32> = (1..=5).map(one).collect();
        let least = all.iter().min().copied();
        (least.expect("five runs"), all.iter().max().copied().expect("five runs"))
    };
    assert_eq!(missing("0ms"), (100, 100));
    assert_eq!(missing("100ms"), (34, 43));
    assert_eq!(missing("200ms"), (10, 20));
    assert_eq!(missing("500ms"), (0, 3));
    assert_eq!(missing("1s"), (0, 0));
}

#[test]
fn breaks_are_done_by_hand() {
    let lesson = bench(ID);
    let mut session = lesson.play("too early", &[]);
    while session.clock() {}
    assert!(lesson.is_broken("miss-it", &session.frame()));
    let waits = [("read", "wait_first")];
    assert!(lesson.breaks("go-back", &waits, &[1, 1, 1, 1, 2, 1, 1, 2, 1, 1, 1]));
    let mut session = lesson.play("gone again", &[]);
    while session.clock() {}
    assert_eq!(shared(&session.frame(), "went_back"), "1");
}

#[test]
fn the_stops_show_what_they_say() {
    let lesson = bench(ID);
    assert_eq!(shared(&lesson.stop("gone"), "went_back"), "1");
    assert_eq!(shared(&lesson.stop("there"), "missing"), "0");
    for id in ["written", "not-there"] {
        assert_eq!(shared(&lesson.stop(id), "missing"), "0", "nobody has counted yet");
    }
}

/// Asks until the version is new enough.
const UNTIL: &str = "    else => {
      let seen = look_at_a_copy()
      while seen < least {
        sleep 50ms
        seen = look_at_a_copy()
      }
      return seen
    }
";

#[test]
fn fixes_are_graded_by_every_schedule() {
    let lesson = bench(ID);
    for read in ["any_copy", "wait_first"] {
        assert_eq!(lesson.grade_own("fix-it", &[("read", read)]), Ok(Some(Unmet::Fails)));
    }
    for read in ["ask_again", "leader"] {
        assert_eq!(lesson.grade_own("fix-it", &[("read", read)]), Ok(None));
    }
    let waits = [("read", "wait_first")];
    let text = lesson.with("    else => { return look_at_a_copy() }\n", UNTIL);
    assert_eq!(lesson.grade("fix-it-with-replicas", &text, &waits), Ok(None));
    let any = text.replace("seen < least", "seen < 0");
    assert_eq!(lesson.grade("fix-it-with-replicas", &any, &waits), Ok(Some(Unmet::Fails)));
}

#[test]
fn a_long_pause_meets_the_goal() {
    let lesson = bench(ID);
    let text = lesson.0.scenario;
    let pause = |pause| [("read", "wait_first"), ("pause", pause)];
    assert!(!lesson.meets("mostly", text, &pause("200ms")));
    assert!(lesson.meets("mostly", text, &pause("1s")));
}
