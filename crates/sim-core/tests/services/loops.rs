//! Event loops: one core, steps that reach to the next wait.

use super::calls::agrees;
use super::measured::{Run, spread};
use super::support::{counts, holds, outcomes, report};

#[test]
fn what_lies_between_two_waits_is_one_step() {
    // In threads two requests may read before either writes.
    let body = |mode: &str| {
        format!(
            "var v = 0\nservice s (mode: {mode}) {{ on h() {{ v = v + 1 }} }}\nprocess p * 2 {{ call s.h() }}\nfinally v == 2"
        )
    };
    assert_ne!(report(&body("threads")).failing.number, "0");
    // leave; then all of it: two steps a caller.
    holds(&body("event_loop"), 6);
}

#[test]
fn a_wait_lets_others_in_between() {
    let found = report(
        "var v = 0\nservice s (mode: event_loop) { on h() { let seen = v; sleep 1ms; v = seen + 1 } }\nprocess p * 2 { call s.h() }\nfinally v == 2",
    );
    // leave, read, write, three a caller: 20 in all; right where one's write comes before the
    // other's read: its leaving lies before any of the first three or right behind them, 4 each.
    assert_eq!(counts(&found), (20, 12));
    assert_eq!(outcomes(&found), ["v=1: 12", "v=2: 8"]);
}

#[test]
fn who_computes_keeps_all_others_waiting() {
    let latency = |body: &str| {
        let run = Run::to_the_end(
            &format!(
                "service s (mode: event_loop) {{ on h(n) {{ {body} }} }}\nprocess p * 10 {{ call s.h(self) }}"
            ),
            1,
        );
        let view = run.view();
        let row = spread(&view, "p.latency");
        (row.least, row.max)
    };
    assert_eq!(latency("sleep 50ms"), (50_000_000, 50_000_000));
    assert_eq!(latency("work 50ms"), (50_000_000, 500_000_000));
    // The one who computes for long keeps those waiting whose wait is over.
    assert_eq!(latency("if n == 1 { work 1s } else { sleep 10ms }").1, 1_010_000_000);
}

#[test]
fn chances_on_the_way_are_outcomes_of_the_one_step() {
    let found = report(
        "var v = 0\nservice s (mode: event_loop) { on h() { if chance(50%) { v = v + 1 }; if chance(50%) { v = v + 2 } } }\nprocess p { call s.h() }\nalways v < 4",
    );
    assert_eq!(counts(&found), (4, 0));
}

#[test]
fn programs_with_loops_agree_with_walking_every_schedule() {
    for body in [
        "var v = 0\nservice s (mode: event_loop) { on h() { let seen = v; sleep 1ms; v = seen + 1; work 1ms; v = v + 1 } }\nprocess p * 2 { call s.h() }\nfinally v == 4",
        "var v = 0\nservice a (mode: event_loop) { on h() { try { call b.h() } catch broken { v = v + 1 }; v = v + 1 } }\nservice b { on h() { if chance(50%) { fail broken } } }\nprocess p * 2 { call a.h() }",
        "lock m\nvar v = 0\nservice s (mode: event_loop) { on h() { with m { v = v + 1; sleep 1ms; v = v + 1 } } }\nprocess p * 2 { call s.h() }",
        "var v = 0\nservice s (mode: event_loop, cancel: true) { on h() { v = v + 1; sleep 1ms; v = v + 1 } }\nprocess p { try { call s.h() within 1s } catch timeout { } }",
    ] {
        agrees(body);
    }
}
