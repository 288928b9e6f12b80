//! Routines that goals name, measured where they are called.

use super::support::{Run, count, gauge, spread};

#[test]
fn a_call_of_a_routine_is_measured_from_its_beginning_to_its_end() {
    let run = Run::to_the_end(
        "process p every 1s times 4 { let a = visit(self) }\nroutine visit(n) { sleep 10ms; if n > 2 { return 1 }; sleep 20ms; return 2 }\ngoal visit.latency.mean < 1s and visit.started == 4",
        1,
    );
    let view = run.view();
    assert_eq!(count(&view, "visit.ok"), 4);
    let latency = spread(&view, "visit.latency");
    assert_eq!((latency.max, latency.p50, latency.count), (30_000_000, 10_000_000, 4));
    assert_eq!(gauge(&view, "visit.running").2, 1);
}

#[test]
fn an_error_a_timeout_and_a_crash_end_it_too() {
    let run = Run::to_the_end(
        "process p every 1s times 4 { try { within 15ms { visit(self) } } catch broken, timeout { } }\nroutine visit(n) { sleep 10ms; if n == 1 { fail broken }; if n == 2 { sleep 1s } }\nprocess q { slow() }\nroutine slow() { sleep 10s }\nfault crash q at 5s\nchart \"it\" visit.latency.p99, slow.running",
        1,
    );
    let view = run.view();
    assert_eq!((count(&view, "visit.ok"), count(&view, "visit.failed")), (2, 2));
    assert_eq!(spread(&view, "visit.latency").max, 15_000_000);
    assert_eq!((count(&view, "slow.started"), count(&view, "slow.unfinished")), (1, 1));
    assert_eq!(gauge(&view, "slow.running").0, 0);
}

#[test]
fn a_routine_in_another_and_in_a_handler_is_measured_alike() {
    let run = Run::to_the_end(
        "service s { on h() { inner() } }\nprocess p { outer() }\nroutine outer() { inner(); call s.h(); inner() }\nroutine inner() { sleep 5ms }\ngoal outer.latency.max == 15ms and inner.started == 3",
        1,
    );
    let view = run.view();
    assert_eq!(spread(&view, "outer.latency").max, 15_000_000);
    assert_eq!(count(&view, "inner.ok"), 3);
}
