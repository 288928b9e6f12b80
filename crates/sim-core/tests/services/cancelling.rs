//! Services that hear when their callers have given up.

use super::calls::agrees;
use super::measured::{Run, count};
use super::support::report;

/// Works for a second after a caller gave up at 10 ms; `hears` says whether the service knows.
fn wasted(hears: bool) -> i64 {
    let run = Run::to_the_end(
        &format!(
            "var worked = 0\nservice s (workers: 1, cancel: {hears}) {{ on h() {{ sleep 50ms; worked = worked + 1 }} }}\nprocess p every 100ms times 10 {{ try {{ call s.h() within 10ms }} catch timeout {{ }} }}"
        ),
        1,
    );
    assert_eq!(count(&run.view(), "p.ok"), 10);
    run.state.words()[run.machine.layout().shared[0].element(0)]
}

#[test]
fn work_that_nobody_waits_for_is_left() {
    assert_eq!(wasted(false), 10);
    assert_eq!(wasted(true), 0);
}

#[test]
fn what_is_held_is_let_go_on_the_way_out() {
    let found = report(
        "lock m\ncounter caught\nservice s (cancel: true) { on h() { with m { try { sleep 1s } catch { caught += 1 } } } }\nprocess p { try { call s.h() within 1s } catch timeout { }; with m { } }\nalways caught == 0\nexplore (timeouts: 1)",
    );
    assert_eq!(found.failing.number, "0", "{found:?}");
    assert!(found.stuck.is_none() && found.deadlocks.is_none());
}

#[test]
fn who_waits_for_a_worker_makes_room() {
    let run = Run::to_the_end(
        "service s (workers: 1, backlog: 1, cancel: true) { on h() { sleep 100ms } }\nprocess p every 1ms times 3 { sleep 1ms; try { call s.h() within 5ms } catch timeout { outcome gone } }\nprocess late { sleep 50ms; call s.h() }",
        1,
    );
    let view = run.view();
    // The first has the worker, the second waits, the third is refused; all room is free at 50 ms.
    assert_eq!(count(&view, "p.gone"), 2);
    assert_eq!(count(&view, "p.rejected"), 1);
    assert_eq!(count(&view, "late.ok"), 1);
}

#[test]
fn programs_that_cancel_agree_with_walking_every_schedule() {
    for body in [
        "service s (cancel: true) { on h() { n += 1; sleep 1ms; n += 1 } }\ncounter n\nprocess p { try { call s.h() within 1s } catch timeout { } }\nfinally n >= 0",
        "service s (cancel: true, workers: 1) { on h() { v = v + 1 } }\nvar v = 0\nprocess p * 2 { try { call s.h() within 1s } catch timeout { } }\nexplore (timeouts: 1)",
        "lock m\nservice s (cancel: true) { on h() { with m { sleep 1s } } }\nprocess p { try { call s.h() within 1s } catch timeout { } }",
    ] {
        agrees(body);
    }
}
