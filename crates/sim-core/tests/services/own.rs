//! What each replica of a service has for itself: its variables, locks, breakers, limiters, caches.

use super::calls::agrees;
use super::measured::{Run, count, gauge};
use super::support::{outcomes, report};
use sim_core::lang::check;

fn mistakes(body: &str) -> Vec<&'static str> {
    let text = format!("scenario \"own\"\n{body}\n");
    check(&text).diagnostics.iter().map(|one| one.message.code().0).collect()
}

/// Nothing fails, and everything was seen.
fn holds(body: &str) {
    let found = report(body);
    assert!(found.complete, "{found:?}");
    assert_eq!(found.failing.number, "0", "{body}\n{:?}", outcomes(&found));
}

#[test]
fn each_replica_counts_its_own_calls() {
    holds(
        "service s (replicas: 2) { var n = 0; on h() { n = n + 1; return n } }\ncounter sum\nprocess p { let a = call s.h(); let b = call s.h(); let c = call s.h(); sum += a * 100 + b * 10 + c }\nfinally sum == 112 and s[1].n == 2 and s[2].n == 1",
    );
}

#[test]
fn what_a_replica_has_several_of_is_its_own_too() {
    holds(
        "service s (replicas: 2) { var n[3] = 0; on h(i) { n[i] = n[i] + replica; return n[i] } }\ncounter sum\nprocess p { let a = call s.h(3); let b = call s.h(3); let c = call s.h(3); let d = call s.h(2); sum += a * 1000 + b * 100 + c * 10 + d }\nfinally sum == 1222",
    );
}

#[test]
fn an_index_beyond_a_replicas_own_part_is_an_error() {
    let found = report(
        "service s (replicas: 2) { var n[3] = 0; on h(i) { n[i] = 1 } }\ncounter wrong\nvar at = 4\nprocess p { try { call s.h(at) } catch internal { wrong += 1 } }\nfinally wrong == 1",
    );
    assert_eq!(found.failing.number, "0", "{:?}", outcomes(&found));
}

#[test]
fn a_crash_takes_a_replicas_own_things_with_it() {
    holds(
        "service s (replicas: 2) { var n = 5; on h() { n = n + 1; return n } }\nprocess p { try { call s[1].h() } catch unavailable { }; try { call s[2].h() } catch unavailable { } }\nfault crash s[1] at 1s for 1s\nfinally (s[1].n == 5 or s[1].n == 6) and s[2].n == 6",
    );
    let found = report(
        "service s { var n = 5; on h() { n = n + 1 } }\nprocess p { try { call s.h() } catch unavailable { } }\nfault crash s anytime\nfinally s[1].n == 6",
    );
    assert!(found.failing.number != "0", "a crash after the call leaves 5");
}

#[test]
fn a_lock_of_its_own_is_free_after_a_crash() {
    holds(
        "service s { lock m; on h() { with m { sleep 1s } } }\nprocess p { try { call s.h() } catch unavailable { }; try { call s.h() } catch unavailable { } }\nfault crash s anytime for 1s at most 1",
    );
    holds(
        "service s { semaphore m (permits: 1); on h() { with m { sleep 1s } } }\nprocess p { try { call s.h() } catch unavailable { }; try { call s.h() } catch unavailable { } }\nfault crash s anytime for 1s at most 1",
    );
}

#[test]
fn requests_of_one_replica_wait_for_its_lock_only() {
    // Two replicas: both may be inside at once; one of them: never.
    let body = |replicas: u32| {
        format!(
            "var inside = 0\nvar most = 0\nservice s (replicas: {replicas}) {{ lock m; on h() {{ with m {{ atomic {{ inside += 1; most = max(most, inside) }}; atomic {{ inside -= 1 }} }} }} }}\nprocess p * 2 {{ call s.h() }}\nfinally most <= 1"
        )
    };
    holds(&body(1));
    assert!(report(&body(2)).failing.number != "0");
}

#[test]
fn maps_and_caches_of_replicas_keep_apart() {
    holds(
        "service s (replicas: 2) { var rows[] = none; on h(k) { let row = rows[k]; if row == none { rows[k] = k; return 1 }; return 0 } }\ncounter misses\nprocess p { for i in 1..4 { let miss = call s.h(7); misses += miss } }\nfinally misses == 2",
    );
    holds(
        "service s (replicas: 2) { cache rows; on h(k) { let row = lookup rows[k] { return k + replica }; return row } }\ncounter sum\nprocess p { let a = call s.h(1); let b = call s.h(1); let c = call s.h(1); let d = call s.h(1); sum += a * 1000 + b * 100 + c * 10 + d }\nfinally sum == 2323",
    );
}

#[test]
fn programs_with_things_of_replicas_agree_with_walking_every_schedule() {
    for body in [
        "service s (replicas: 2) { var n = 0; on h() { n = n + 1 } }\nprocess p * 2 { call s.h() }\nfinally s[1].n == 1",
        "service s { var n = 0; on h() { n = n + 1 } }\nprocess p * 2 { try { call s.h() } catch unavailable { } }\nfault crash s anytime for 1s\nfinally s[1].n <= 2",
        "service s { lock m; on h() { with m { v = v + 1 } } }\nvar v = 0\nprocess p * 2 { try { call s.h() } catch unavailable { } }\nfault crash s anytime for 1s",
        "service s (replicas: 2) { cache c (ttl: 1s); on h() { c[1] = replica; let a = c[1]; return a } }\nprocess p * 2 { call s.h() }",
        "service s { cache c (single_flight: true); on h() { let a = lookup c[1] { sleep 1ms; return 1 }; return a } }\nprocess p * 2 { try { call s.h() } catch unavailable { } }\nfault crash s anytime for 1s",
        "service t { on h() { fail no } }\nservice s (replicas: 2) { breaker b (window: 1, minimum: 1, failures: 50%, open: 1s, probes: 1); on h() { with b { call t.h() } } }\nprocess p * 2 { try { call s.h() } catch no, open { } catch { } }",
    ] {
        agrees(body);
    }
}

#[test]
fn each_replica_has_a_breaker_of_its_own() {
    let run = Run::to_the_end(
        "service back { on get() { fail no } }\nservice web (replicas: 2) { breaker guard (window: 2, minimum: 2, failures: 50%, open: 1h)\n on get() { try { with guard { call back.get() } } catch open { fail shut } } }\nprocess p every 1s times 10 { try { call web.get() } catch no, shut { } }\ngoal web.guard.refused == 6 and web[1].guard.opened == 1 and web[2].guard.opened == 1 and back.calls == 4",
        1,
    );
    let view = run.view();
    assert_eq!(count(&view, "back.calls"), 4);
    assert_eq!(count(&view, "web.guard.refused"), 6);
    assert_eq!(count(&view, "web[2].guard.refused"), 3);
}

#[test]
fn a_breaker_limiter_and_cache_begin_anew_with_their_replica() {
    let run = Run::to_the_end(
        "service back { on get() { fail no } }\nservice web { breaker guard (window: 2, minimum: 2, failures: 50%, open: 1h)\n on get() { try { with guard { call back.get() } } catch open { fail shut } } }\nprocess p every 1s times 10 { try { call web.get() } catch no, shut, unavailable { } }\nfault crash web at 5500ms for 100ms",
        1,
    );
    let view = run.view();
    // Calls at 0 s to 9 s: two reach it before the crash and two after.
    assert_eq!(count(&view, "back.calls"), 4);
    assert_eq!(count(&view, "web.guard.opened"), 2);
    let run = Run::to_the_end(
        "service web { limiter api (rate: 1/h, burst: 2)\n on get() { with api { } } }\nprocess p every 1s times 10 { try { call web.get() } catch internal, unavailable { } }\nfault crash web at 5500ms for 100ms",
        1,
    );
    assert_eq!(count(&run.view(), "web.api.admitted"), 4);
    let run = Run::to_the_end(
        "service web (replicas: 2, balance: least_busy) { cache rows\n on get() { let row = lookup rows[1] { return 1 }; return row } }\nprocess p every 1s times 10 { try { call web[1].get() } catch unavailable { } }\nfault crash web[1] at 5500ms for 100ms",
        1,
    );
    let view = run.view();
    assert_eq!(count(&view, "web[1].rows.misses"), 2);
    assert_eq!(gauge(&view, "web.rows.size").2, 1);
}

#[test]
fn a_replica_that_comes_and_goes_takes_its_things_with_it() {
    let run = Run::to_the_end(
        "service s (replicas: 2) { var n = 0; on h() { n = n + 1; return n } }\nprocess p { for i in 1..4 { call s.h() }; scale s to 1; scale s to 2; sleep 1s; let n = call s[2].h(); record left = n }\ngoal left.max == 1 and s[1].n == 2",
        1,
    );
    assert_eq!(count(&run.view(), "p.ok"), 1);
    holds(
        "service s (replicas: 2) { var n = 0; on h() { n = n + 1 } }\nprocess p { call s.h(); call s.h(); scale s to 1 }\nfinally s[1].n == 1 and s[2].n == 0",
    );
}

#[test]
fn only_handlers_reach_what_is_a_replicas_own() {
    let service = "service s { var n = 0; lock m; on h() { n = n + 1 } }\n";
    for (body, code) in [
        ("process p { let a = n; call s.h() }", "E0201"),
        ("process p { let a = s[1].n; call s.h() }", "E0742"),
        ("process p { wait until s[1].n == 1 }", "E0742"),
        ("process p { call s.h() }\nalways s.n == 0", "E0308"),
        ("process p { f(); call s.h() }\nroutine f() { n = 1 }", "E0201"),
        ("process p { let a = replica }", "E0201"),
    ] {
        assert_eq!(mistakes(&format!("{service}{body}")), [code], "{body}");
    }
    assert_eq!(
        mistakes("service s { var n = 0, n = 1; on h() { } }\nprocess p { call s.h() }"),
        ["E0202"]
    );
    assert_eq!(
        mistakes("service s { counter n; on h() { } }\nprocess p { call s.h() }"),
        ["E0110"]
    );
}
