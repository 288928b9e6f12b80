//! Services that have no room for one more call.

use super::calls::agrees;
use super::measured::{Run, count, gauge, spread};
use super::support::{outcomes, report};

fn holds(body: &str) {
    let found = report(body);
    assert!(found.complete, "{found:?}");
    assert_eq!(found.failing.number, "0", "{body}\n{:?}", outcomes(&found));
}

#[test]
fn a_call_waits_outside_until_there_is_room() {
    holds(
        "service s (workers: 1, backlog: 0, when_full: block) { on h() { v = v + 1 } }\nvar v = 0\nprocess p * 3 { call s.h() }\nfinally v == 3 and s.calls == 3 and s.rejected == 0",
    );
    let run = Run::to_the_end(
        "service s (workers: 1, backlog: 1, when_full: block) { on h() { work 10ms } }\nprocess p every 1ms times 5 { call s.h() }",
        1,
    );
    let view = run.view();
    assert_eq!((count(&view, "p.ok"), count(&view, "s.rejected")), (5, 0));
    // One that waits, and one let in as the worker is given back.
    assert_eq!(gauge(&view, "s.queued").2, 2);
    // The last comes 4 ms behind the first and is done 50 ms after it came.
    assert_eq!(spread(&view, "p.latency").max, 46_000_000);
    let run = Run::to_the_end(
        "service s (workers: 1, backlog: 0, when_full: block) { on h() { work 10ms } }\nlink p <-> s (latency: 1ms)\nprocess p * 3 { call s.h() }",
        1,
    );
    assert_eq!(spread(&run.view(), "p.latency").max, 32_000_000);
}

#[test]
fn who_waits_outside_hears_of_a_crash_and_gives_up_in_time() {
    holds(
        "service s (workers: 1, backlog: 0, when_full: block) { on h() { sleep 1s } }\ncounter told\nprocess p * 2 { try { call s.h(); told += 1 } catch unavailable { told += 1 } }\nfault crash s anytime\nfinally told == 2",
    );
    let run = Run::to_the_end(
        "service s (workers: 1, backlog: 0, when_full: block) { on h() { work 1s } }\nprocess p * 2 { try { call s.h() within 100ms } catch timeout { } }",
        1,
    );
    let view = run.view();
    // One was let in and waited for its answer, the other never was.
    assert_eq!((count(&view, "s.calls"), count(&view, "s.timeouts")), (1, 1));
}

#[test]
fn with_several_replicas_one_that_has_room_is_taken() {
    let run = Run::to_the_end(
        "service s (replicas: 2, workers: 1, backlog: 0, when_full: block) { on h(k) { work if replica == 1 then 100ms else 10ms } }\nprocess p every 1ms times 6 { call s.h(self) }",
        1,
    );
    assert_eq!(count(&run.view(), "s[2].calls"), 5);
}

#[test]
fn the_oldest_one_that_waits_goes_for_a_new_one() {
    let run = Run::to_the_end(
        "service s (workers: 1, backlog: 1, when_full: drop_oldest) { on h() { work 10ms } }\nprocess p every 1ms times 4 { call s.h() }",
        1,
    );
    let view = run.view();
    assert_eq!((count(&view, "p.ok"), count(&view, "p.rejected")), (2, 2));
    // The fourth takes the place of the third, as the third did of the second.
    assert_eq!(spread(&view, "p.latency").max, 17_000_000);
    assert_eq!((count(&view, "s.calls"), count(&view, "s.rejected")), (4, 2));
    holds(
        "service s (workers: 1, backlog: 1, when_full: drop_oldest) { on h() { v = v + 1 } }\nvar v = 0\nprocess p * 3 { try { call s.h() } catch rejected { } }\nfinally v + s.rejected == 3 and s.rejected <= 1",
    );
    holds(
        "service s (workers: 1, backlog: 0, when_full: drop_oldest) { on h() { } }\nprocess p * 2 { try { call s.h() } catch rejected { } }\nfinally s.ok + s.rejected == 2",
    );
}

#[test]
fn full_services_agree_with_walking_every_schedule() {
    for body in [
        "service s (workers: 1, backlog: 0, when_full: block) { on h() { v = v + 1 } }\nvar v = 0\nprocess p * 2 { call s.h() }",
        "service s (workers: 1, backlog: 1, when_full: drop_oldest) { on h() { v = v + 1 } }\nvar v = 0\nprocess p * 3 { try { call s.h() } catch rejected { } }",
        "service s (workers: 1, backlog: 0, when_full: block) { on h() { n += 1 } }\ncounter n\nlink p <-> s (latency: 1ms, loss: 1%)\nprocess p * 2 { try { call s.h() within 1s } catch timeout { } }",
        "service s (replicas: 2, workers: 1, backlog: 0, when_full: block, balance: random) { on h() { n += 1 } }\ncounter n\nprocess p * 3 { call s.h() }",
    ] {
        agrees(body);
    }
}
