//! What promises count of services, breakers, limiters, locks and caches: the numbers that runs
//! by the clock are measured by.

use super::calls::agrees;
use super::measured::{Run, count};
use super::support::report;
use sim_core::lang::check;

/// A promise of these counts holds in every schedule.
fn holds(body: &str) {
    let found = report(body);
    assert!(found.complete && found.failing.number == "0", "{body}\n{found:?}");
}

#[test]
fn calls_of_a_service_are_counted_in_every_schedule() {
    holds(
        "service s (workers: 1, backlog: 0) { on h(x) { if x == 1 { fail no } } }\nprocess p * 3 { try { call s.h(self) } catch no, rejected { } }\nfinally s.calls == 3 and s.ok + s.failed + s.rejected == 3 and s.failed <= 1\nalways s.ok <= 2",
    );
    holds(
        "service s { on h() { } }\nlink p <-> s (latency: 1ms, loss: 1%)\nprocess p { try { call s.h() within 1s } catch timeout { } }\nfinally s.calls == s.ok and s.late <= s.timeouts and s.late <= s.ok and s.lost <= 1",
    );
    holds(
        "service s { on h() { sleep 1ms } }\nprocess p { try { call s.h() } catch unavailable { } }\nfault crash s anytime\nfinally s.calls == 1 and s.ok + s.failed == 1",
    );
}

#[test]
fn breakers_limiters_locks_and_caches_are_counted() {
    holds(
        "service s { on h() { fail no } }\nbreaker b (window: 2, minimum: 2, failures: 50%, open: 1h, probes: 1)\nprocess p { repeat 4 { try { with b { call s.h() } } catch no, open { } } }\nfinally b.calls == 4 and b.failed + b.refused == 4 and b.opened >= 1 and b.probed <= 2 and b.ok == 0",
    );
    holds(
        "limiter api (rate: 1/s, burst: 1)\nprocess p * 2 { try { with api { } } catch rejected { } }\nfinally api.admitted + api.rejected == 2",
    );
    holds(
        "semaphore pool (permits: 1, when_full: reject)\nlock m\nprocess p * 2 { try { with pool { with m { } } } catch rejected { } }\nfinally pool.admitted + pool.rejected == 2 and m.admitted == pool.admitted",
    );
    holds(
        "cache c (single_flight: true)\nprocess p * 3 { let a = lookup c[1] { sleep 1ms; return 1 } }\nfinally c.hits + c.misses == 3 and c.loads == 1 and c.misses == c.loads + c.shared",
    );
    holds(
        "service s (replicas: 2) { cache c (capacity: 1); on h(k) { c[k] = k } }\nprocess p { for k in 1..4 { call s.h(k) } }\nfinally s[1].c.evicted == 1 and s[2].c.evicted == 1",
    );
}

#[test]
fn programs_that_count_agree_with_walking_every_schedule() {
    for body in [
        "service s (workers: 1, backlog: 0) { on h() { } }\nprocess p * 2 { try { call s.h() } catch rejected { } }\nfinally s.rejected == 0",
        "service t { on h() { fail no } }\nbreaker b (window: 1, minimum: 1, failures: 50%, open: 1s, probes: 1)\nprocess p * 2 { try { with b { call t.h() } } catch no, open { } }\nalways b.opened <= 1",
        "lock m\nvar v = 0\nprocess p * 2 { with m { v = v + 1 } }\nalways m.admitted <= 1",
        "cache c (ttl: 1s)\nprocess p * 2 { let a = c[1]; c[1] = 2 }\nfinally c.hits == 1",
    ] {
        agrees(body);
    }
}

#[test]
fn promises_and_measures_count_the_same() {
    let body = "service s (workers: 1, backlog: 1, patience: 15ms) { on h() { work 10ms; if chance(30%) { fail no } } }\nlink p <-> s (latency: 1ms, loss: 5%)\nbreaker b (window: 5, minimum: 5, failures: 50%, open: 20ms, probes: 1, slow_after: 12ms)\nprocess p every exp(150/s) times 300 { try { with b { call s.h() within 25ms } } catch { } }\nfault crash s at 1s for 50ms";
    let words = [
        ("s", &["calls", "ok", "failed", "rejected", "late", "lost", "timeouts"][..]),
        ("b", &["calls", "ok", "failed", "refused", "opened", "probed"][..]),
    ];
    let mut counted = String::from(body);
    for (thing, words) in words {
        for word in words {
            counted.push_str(&format!("\nfinally {thing}.{word} >= 0"));
        }
    }
    for seed in 1..6 {
        let run = Run::to_the_end(&counted, seed);
        let (program, view) = (run.machine.program(), run.view());
        for (thing, words) in words {
            for word in words {
                let name = format!("{thing}.{word}");
                let of = |at: &usize| program.shared[*at].name == name;
                let at = (0..program.shared.len()).find(of).expect("it is counted");
                let found = run.state.elements(run.machine.layout(), at as u32)[0];
                assert_eq!(found as u64, count(&view, &name), "{name}, seed {seed}");
            }
        }
    }
}

#[test]
fn counts_stand_where_nobody_acts_on_them() {
    let mistakes = |body: &str| -> Vec<&'static str> {
        let text = format!("scenario \"counts\"\n{body}\n");
        check(&text).diagnostics.iter().map(|one| one.message.code().0).collect()
    };
    let service = "service s { on h() { } }\n";
    for (body, code) in [
        ("process p { call s.h(); let a = s.calls }", "E0710"),
        ("process p { call s.h(); wait until s.calls == 1 }", "E0710"),
        ("process p { call s.h() }\nalways s.unfinished == 0", "E0711"),
        ("process p { call s.h() }\nalways s.latency == 0", "E0711"),
    ] {
        assert_eq!(mistakes(&format!("{service}{body}")), [code], "{body}");
    }
}
