//! Replicas that crash, stand still, are slow, and services that a fault lets fail.

use super::calls::agrees;
use super::measured::{Run, count, spread};
use super::support::{outcomes, report};

#[test]
fn a_crash_tells_the_callers_and_undoes_nothing() {
    let found = report(
        "service s { on h() { v = 1; sleep 1s; v = 2 } }\nvar v = 0\ncounter gone, done\nprocess p { try { call s.h(); done += 1 } catch unavailable { gone += 1 } }\nfault crash s anytime\nfinally done == 1 or gone == 1",
    );
    assert_eq!(found.failing.number, "0", "{found:?}");
    let rows = outcomes(&found);
    assert!(rows.iter().any(|row| row.starts_with("v=1 gone=1 done=0")), "{rows:?}");
}

#[test]
fn a_crash_keeps_what_is_declared_at_the_top_and_a_plain_lock_taken() {
    let found = report(
        "service s { on h() { with m { sleep 1s } } }\nlock m\nprocess p { try { call s.h() } catch unavailable { }; with m { } }\nfault crash s anytime",
    );
    assert!(found.stuck.is_some(), "{found:?}");
}

#[test]
fn programs_with_faults_agree_with_walking_every_schedule() {
    for body in [
        "service s { on h() { v = v + 1 } }\nvar v = 0\nprocess p { try { call s.h() } catch unavailable { } }\nfault crash s anytime for 1s",
        "service s (workers: 1) { on h() { v = v + 1 } }\nvar v = 0\nprocess p * 2 { try { call s.h() } catch unavailable { } }\nfault crash s anytime",
        "service s (workers: 1) { on h() { v = v + 1 } }\nvar v = 0\nprocess p * 2 { call s.h() }\nfault pause s anytime for 1s",
        "service s (replicas: 2) { on h() { sleep 1ms } }\nprocess p { try { call s.h() } catch unavailable { } }\nfault crash s[1] anytime",
        "service s { on h() { n += 1 } }\nlink p <-> s (latency: 1ms)\ncounter n\nprocess p { try { call s.h() within 1s } catch timeout, unavailable { } }\nfault crash s anytime for 1s",
        "service s { on h() { n += 1 } }\nlink p <-> s (latency: 1ms)\ncounter n\nprocess p { try { call s.h() within 1s } catch timeout { } }\nfault partition p s anytime for 1s",
        "service s { on h() { n += 1 } }\ncounter n\nprocess p { try { call s.h() } catch unavailable { } }\nfault fail s 50%",
        "service s (replicas: 2, balance: random) { on h() { n += 1 } }\ncounter n\nprocess p * 2 { try { call s.h() } catch unavailable { } }\nfault fail s[2] 50%",
    ] {
        agrees(body);
    }
}

#[test]
fn a_pause_keeps_everybody_waiting_by_the_clock() {
    let run = Run::to_the_end(
        "service s (workers: 1) { on h() { work 10ms } }\nprocess p every 1s times 5 { call s.h() }\nfault pause s at 2500ms for 2s",
        1,
    );
    let view = run.view();
    // The third call, at 3 s, waits until 4.5 s; the fourth, at 4 s, for 500 ms and the one before.
    assert_eq!(spread(&view, "p.latency").max, 1_510_000_000);
    assert_eq!(count(&view, "p.ok"), 5);
}

#[test]
fn a_slow_replica_takes_so_many_times_as_long_waiting_or_working() {
    let run = Run::to_the_end(
        "service s (replicas: 2) { on h() { work 10ms; sleep 5ms } }\nprocess p every 1s times 4 { call s.h() }\nfault slow s[2] by 3",
        1,
    );
    let view = run.view();
    assert_eq!(spread(&view, "p.latency").max, 45_000_000);
    assert_eq!(spread(&view, "p.latency").p50, 15_000_000);
}

#[test]
fn half_of_the_calls_fail_while_a_fault_says_so() {
    let run = Run::to_the_end(
        "service s { on h() { } }\nprocess p every 1ms times 2000 { call s.h() }\nfault fail s 50% from 1s to 2s",
        7,
    );
    let failed = count(&run.view(), "p.unavailable");
    assert!((400..600).contains(&failed), "{failed}");
}

#[test]
fn a_replica_that_fails_lets_the_others_answer() {
    let text = |fault: &str| {
        format!(
            "service s (replicas: 3, balance: round_robin) {{ on h() {{ work 1ms }} }}\nprocess p every 1s times 9 {{ call s.h() }}\n{fault}"
        )
    };
    for (fault, lost) in [
        ("fault fail s[3] 100%", 3),
        ("fault fail s 100%", 9),
        ("fault fail s[3] 100% from 3s to 5s", 1),
        ("fault fail s[2] 100%\nfault fail s[3] 100%", 6),
        ("fault fail s[4] 100%", 0),
    ] {
        let run = Run::to_the_end(&text(fault), 1);
        assert_eq!(count(&run.view(), "p.ok"), 9 - lost, "{fault}");
    }
}

#[test]
fn a_queue_has_no_replica_that_could_fail() {
    let text = "scenario \"x\"\nqueue q\nprocess p { send 1 to q }\nfault fail q[2] 50%\n";
    assert!(sim_core::lang::check(text).scenario.is_none());
}
