//! Calls whose schedules are counted by hand, and calls walked schedule by schedule.

use super::support::{counts, holds, outcomes, program, report};
use super::{compare, walk};
use sim_core::explore::{Explorer, Options};

/// The explorer against walking every schedule, with symmetry and without.
pub(super) fn agrees(body: &str) {
    let program = program(body, &[]);
    let walked = walk::walk(&program, 400_000).unwrap_or_else(|| panic!("too many: {body}"));
    for symmetry in [true, false] {
        let options = Options { symmetry, reduction: symmetry, ..Options::default() };
        let mut explorer = Explorer::with(&program, options);
        while !explorer.advance(usize::MAX) {}
        let found = explorer.report();
        let told = compare::differ(&found, &walked);
        assert_eq!(told, Ok(()), "symmetry {symmetry}: {body}\n{found:?}");
    }
}

#[test]
fn a_call_without_a_link_leaves_and_arrives_in_one_step() {
    // leave and arrive, take a worker, answer and go on.
    holds("service s { on h() { } }\nprocess p { call s.h() }", 1);
    // Two callers: each three steps in order.
    holds("service s { on h() { } }\nprocess p * 2 { call s.h() }", 20);
}

#[test]
fn one_worker_serves_one_after_another() {
    // l e a, twice: the second's e lies behind the first's a. Say A enters first (twice that):
    // l1 l2 before e1: 2 orders; or l1 e1 l2 a1, l1 e1 a1 l2: in all l2 has 4 places around
    // l1 e1 a1 (before l1, before e1, before a1, behind), then e2 a2 follow: 4 each.
    holds("service s (workers: 1) { on h() { } }\nprocess p * 2 { call s.h() }", 8);
}

#[test]
fn an_answer_comes_back_with_its_value() {
    let found = report(
        "service s { on h(x) { return x + 1 } }\ncounter got\nprocess p { let y = call s.h(41); got += y }\nfinally got == 42",
    );
    assert_eq!(counts(&found), (1, 0));
}

#[test]
fn an_error_comes_back_by_its_name_and_a_built_in_one_as_internal() {
    let found = report(
        "service s { on h(x) { if x == 1 { fail odd }; let y = 1 / (x - 2) } }\ncounter named, inner\nprocess p { try { call s.h(1) } catch odd { named += 1 }; try { call s.h(2) } catch internal { inner += 1 } }\nfinally named == 1 and inner == 1",
    );
    assert_eq!(counts(&found), (1, 0));
}

#[test]
fn who_finds_no_room_is_refused() {
    let found = report(
        "service s (workers: 1, backlog: 0) { on h() { sleep 1ms } }\ncounter refused\nprocess p * 2 { try { call s.h() } catch rejected { refused += 1 } }\nfinally refused == 0",
    );
    // Each alone: l e s a. The second's l before the first's a meets no room. First's l, then the
    // second's l at one of three places (refused), or behind all; times two for who is first.
    assert_eq!(outcomes(&found), ["refused=0: 2", "refused=1: 6"]);
}

#[test]
fn a_refusal_is_told_over_the_network_as_it_is_without() {
    let found = report(
        "service s (workers: 1, backlog: 0) { on h() { sleep 1ms } }\nlink p <-> s (latency: 1ms)\ncounter refused, inner\nprocess p * 2 { try { call s.h() } catch rejected { refused += 1 } catch internal { inner += 1 } }\nfinally inner == 0",
    );
    assert_eq!(counts(&found).1, 0);
    assert_eq!(found.outcomes.len(), 2, "{:?}", outcomes(&found));
}

#[test]
fn a_timeout_leaves_the_request_alone() {
    let found = report(
        "service s { on h() { done += 1 } }\ncounter done, gone\nprocess p { try { call s.h() within 1s } catch timeout { gone += 1 } }\nfinally done == 1 or gone == 1\nexplore (timeouts: 1)",
    );
    assert_eq!(counts(&found).1, 0);
    let rows = outcomes(&found);
    assert!(rows.iter().any(|row| row.starts_with("done=1 gone=1")), "{rows:?}");
    assert!(
        rows.iter().any(|row| row.starts_with("done=0 gone=1")),
        "the call is not even made: {rows:?}"
    );
}

#[test]
fn programs_with_calls_agree_with_walking_every_schedule() {
    for body in [
        "service s (workers: 1) { on h(x) { v = v + x } }\nvar v = 0\nprocess p * 3 { call s.h(1) }\nfinally v == 3",
        "service s { on h(x) { let w = v; v = w + x } }\nvar v = 0\nprocess p * 2 { call s.h(1) }\nfinally v == 2",
        "service s (workers: 1, patience: 1s) { on h() { sleep 1ms } }\ncounter refused\nprocess p * 2 { try { call s.h() } catch rejected { refused += 1 } }",
        "service s (replicas: 2, balance: random) { on h() { n += 1 } }\nvar n = 0\nprocess p * 2 { call s.h() }",
        "service s (replicas: 2, workers: 1, balance: least_busy) { on h() { work 1ms } }\nprocess p * 2 { call s.h() }",
        "service s (cores: 1) { on h() { work 1ms } }\nprocess p * 2 { call s.h() }",
        "service a { on h() { call b.h() } }\nservice b (workers: 1) { on h() { n += 1 } }\nvar n = 0\nprocess p * 2 { call a.h() }\nfinally n == 2",
        "service s { on h() { n += 1 } }\nlink p -> s (latency: 1ms, duplicates: 10%)\ncounter n\nprocess p { call s.h() }\nalways n <= 1",
        "service s { on h() { n += 1 } }\nlink p <-> s (latency: 1ms, loss: 10%)\ncounter n\nprocess p { try { call s.h() within 1s } catch timeout { } }\nalways n <= 1",
        "service s { on h() { n += 1 } }\ncounter n\nprocess p { retry (attempts: 2, on: timeout) { call s.h() within 1s } }\nalways n <= 1\nexplore (timeouts: 1)",
    ] {
        agrees(body);
    }
}
