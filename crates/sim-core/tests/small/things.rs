//! Rwlocks, semaphores, conditions, leases, maps: numbers by hand.

use super::support::{counts, holds, outcomes, report};

#[test]
fn two_permits_for_three_leave_54_of_90() {
    // 6!/2!^3 orders of taking and letting go, without the 3!*3! in which all three take first.
    holds("semaphore s (permits: 2)\nprocess p * 3 { with s { } }", 90 - 36);
    holds("semaphore s (permits: 1)\nprocess p * 3 { with s { } }", 6);
}

#[test]
fn a_full_semaphore_may_turn_away() {
    // Who comes while the other is inside fails at once: two orders more than one after another.
    holds("semaphore s (permits: 1, when_full: reject)\nprocess p * 2 { with s { } }", 4);
    holds("semaphore s (permits: 1, max_wait: 1s)\nprocess p * 2 { with s { } }", 4);
}

#[test]
fn readers_share_and_a_writer_is_alone() {
    holds("rwlock w\nprocess p * 2 { with w.read { } }", 6);
    holds("rwlock w\nprocess p * 2 { with w.write { } }", 2);
    // 6 orders of the readers; 2 of them leave a gap between the readers, all before and behind.
    holds(
        "rwlock w\nprocess p * 2 { with w.read { } }\nprocess q { with w.write { } }",
        4 * 2 + 2 * 3,
    );
}

#[test]
fn a_torn_page_is_seen_in_2_of_6() {
    let text = "var title = 0, body = 0\nprocess reader { let t = title; let b = body; assert t == b \"{t} and {b}\" }\n\
                process writer { title = 1; body = 1 }";
    // Torn where both writes fall between the reads, or both reads between the writes.
    assert_eq!(counts(&report(text)), (6, 2));
    holds(
        "var title = 0, body = 0\nrwlock page\n\
         process reader { with page.read { let t = title; let b = body; assert t == b } }\n\
         process writer { with page.write { title = 1; body = 1 } }",
        2,
    );
}

const PRODUCER: &str = "var ready = 0\nlock m\ncondition c (lock: m)\n\
                        process producer { with m { ready = 1; notify c } }\n";

#[test]
fn a_signal_before_the_wait_is_lost_in_2_of_6() {
    // The look comes behind the write (3 places), or the wait in time (1), or in vain (2).
    let report = report(&format!(
        "{PRODUCER}process consumer {{ if ready == 0 {{ with m {{ wait c }} }} }}"
    ));
    assert_eq!(counts(&report), (6, 2));
    assert!(report.stuck.is_some());
}

#[test]
fn looking_again_under_the_lock_loses_none() {
    holds(
        &format!("{PRODUCER}process consumer {{ with m {{ while ready == 0 {{ wait c }} }} }}"),
        2,
    );
}

#[test]
fn one_signal_wakes_one_of_two() {
    let body = |notify: &str| {
        format!(
            "lock m\ncondition c (lock: m)\nprocess p * 2 {{ with m {{ wait c }} }}\n\
             process q {{ wait until c.waiting == 2; with m {{ {notify} c }} }}"
        )
    };
    // Two orders of falling asleep, two of waking.
    assert_eq!(counts(&report(&body("notify"))), (4, 4));
    holds(&body("notify all"), 4);
}

#[test]
fn waiting_without_the_lock_fails_the_process() {
    holds("lock m\ncondition c (lock: m)\nprocess p { wait c }", 1);
}

#[test]
fn taking_turns_leaves_one_schedule() {
    holds("var turn = 1\nprocess p * 2 { wait until turn == self; turn = 3 - self }", 1);
}

#[test]
fn a_guarded_step_happens_only_where_its_guard_holds() {
    let guarded = |n: u32| {
        format!("var left = 2\nprocess p * {n} {{ atomic {{ wait until left > 0; left -= 1 }} }}")
    };
    holds(&guarded(2), 2);
    let three = report(&guarded(3));
    assert_eq!(counts(&three), (6, 6));
    assert_eq!(outcomes(&three), ["left=0 waiting: 6"]);
}

#[test]
fn keys_of_a_map_are_places_of_their_own() {
    holds("var seen[] = 0\nprocess p * 2 { seen[self] += 1 }\nfinally seen[1] + seen[2] == 2", 6);
    let one = report("var seen[] = 0\nprocess p * 2 { seen[1] += 1 }\nfinally seen[1] == 2");
    assert_eq!(counts(&one), (6, 4));
    holds(
        "var seen[] = none\nprocess p { seen[\"a\"] = 1 }\nfinally seen[\"a\"] == 1 and seen[\"b\"] == none",
        1,
    );
}

#[test]
fn a_lease_may_run_out_at_any_step_it_is_held() {
    // Taken and let go, or taken, run out, and let go of no more.
    holds("lock m (lease: 1s)\nprocess p { with m { } }", 2);
    // `mine` is a step too; the lease runs out before it, behind it or not at all.
    let asked = report("lock m (lease: 1s)\nprocess p { with m { assert m.mine } }");
    assert_eq!(counts(&asked), (3, 1));
}

#[test]
fn tokens_count_the_grants() {
    let body = "lock m (lease: 1s)\nvar last = 0\n\
                process p * 2 { with m as token { last = token } }\nfinally last == 2";
    // A plain recursion over positions, holder and grants counts the same.
    let report = report(body);
    assert_eq!(counts(&report), (114, 24));
    assert_eq!(outcomes(&report), ["last=1: 24", "last=2: 90"]);
}

#[test]
fn a_gauge_is_a_step_of_its_own() {
    holds(
        "lock m\nprocess p * 2 { with m { let n = m.busy; assert n == 1 } }\nalways m.busy <= 1",
        2,
    );
}

#[test]
fn a_with_that_is_left_out_takes_nothing() {
    let body = "param on: bool = false\nvar x = 0\nlock m\nprocess p * 2 { with m if on { x += 1 } }\nfinally x == 2";
    assert_eq!(counts(&report(body)), (6, 4));
    holds(&body.replace("= false", "= true"), 2);
    // Decided while running: the first to look goes without the lock.
    let late = "var x = 0\nlock m\nprocess p { with m if x == 0 { x = 1 } }";
    holds(late, 1);
}
