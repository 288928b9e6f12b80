//! What brokers do, as their manuals have it: Amazon SQS (visibility, maxReceiveCount), `RabbitMQ`
//! (requeue, drop-head), Kafka (offsets of a group).

use super::support::{counts, holds, outcomes, report};
use sim_core::explore::Verdict;

/// Accepted = acked + dead + dropped + waiting + in flight.
const ADDS_UP: &str =
    "always q.accepted == q.acked + q.dead + q.dropped + q.length + q.inflight \"adds up\"";

#[test]
fn every_message_is_accounted_for_at_every_moment() {
    let queues = [
        "queue q (visibility: 5s)",
        "queue q (visibility: 5s, max_attempts: 1)",
        "queue dead\nqueue q (visibility: 5s, max_attempts: 2, dead_letter: dead)",
        "queue q (capacity: 1, when_full: drop_newest)",
        "queue q (capacity: 1, when_full: drop_oldest)",
        "queue q (capacity: 1, when_full: reject)",
        "queue q (capacity: 1, when_full: block)",
        "queue q (delivery: at_most_once)",
        "queue q (duplicates: 10%)",
        "queue q (backoff: fixed, delay: 1s)",
    ];
    for queue in queues {
        for fault in ["", "fault crash w anytime for 1s at most 1"] {
            let found = report(&format!(
                "{queue}\nprocess s {{ try {{ send 1 to q; send 2 to q }} catch rejected {{ }} }}\nprocess w receive q as m {{ if m == 2 {{ fail odd }} }}\n{fault}\n{ADDS_UP}\nexplore (timeouts: 1)"
            ));
            assert_ne!(found.verdict, Verdict::Broken, "{queue} {fault}: {found:?}");
        }
    }
}

#[test]
fn at_most_so_many_deliveries_and_then_dead_letters() {
    // Amazon SQS: consumers see a message at most maxReceiveCount times.
    for most in 1..=3 {
        holds(
            &format!(
                "queue dead\nqueue q (visibility: none, max_attempts: {most}, dead_letter: dead)\ncounter tries\nprocess s {{ send 7 to q }}\nprocess w receive q as m {{ tries += 1; assert attempt(m) == 1 or attempt(m) <= {most}; fail poison }}\nfinally tries == {most} and dead.accepted == 1 and q.dead == 1"
            ),
            1,
        );
    }
}

#[test]
fn what_failed_comes_back_to_the_head() {
    // RabbitMQ: "to its original position if possible, else closer to the head".
    holds(
        "queue q (visibility: none, max_attempts: 2)\nvar order = 0\nprocess s { atomic { send 1 to q; send 2 to q } }\nprocess w receive q as m { atomic { order = 10 * order + m }; if m == 1 { fail once } }\nfinally order == 112",
        1,
    );
}

#[test]
fn a_late_ack_is_ignored_and_the_effect_stands() {
    let found = report(
        "queue q (visibility: 5s)\ncounter done\nprocess s { send 1 to q }\nprocess w * 2 receive q as m { done += 1 }\nfinally q.late_acks == done - 1 and q.acked == 1\nexplore (timeouts: 1)",
    );
    assert_eq!(found.verdict, Verdict::Holds, "{:?}", outcomes(&found));
}

#[test]
fn effects_are_deliveries_unless_they_are_remembered_with_them() {
    let body = |guard: &str| {
        format!(
            "queue q (visibility: 5s)\nvar done[] = none\ncounter mailed\nprocess s {{ send 7 to q }}\nprocess w receive q as m {{ {guard} }}\nfinally mailed == 1\nexplore (timeouts: 1)"
        )
    };
    let plain = report(&body("mailed += 1; work 1ms"));
    assert_eq!(plain.verdict, Verdict::Broken);
    let safe = report(&body("atomic { if done[m] == none { mailed += 1; done[m] = true } }"));
    assert_eq!(safe.verdict, Verdict::Holds, "{safe:?}");
    let apart = report(&body("if done[m] == none { work 1ms; mailed += 1; done[m] = true }"));
    assert_eq!(apart.verdict, Verdict::Holds, "one worker alone does one thing after another");
    let two = body("if done[m] == none { work 1ms; mailed += 1; done[m] = true }")
        .replace("process w", "process w * 2");
    assert_eq!(report(&two).verdict, Verdict::Broken, "two of them check at the same time");
}

#[test]
fn a_poison_message_goes_round_for_ever() {
    let found = report(
        "queue q (visibility: none)\ncounter done\nprocess s { send 1 to q }\nprocess w receive q as m { fail poison }\nfinally q.length + q.inflight == 0",
    );
    assert_eq!(found.verdict, Verdict::Broken, "{found:?}");
}

#[test]
fn a_task_lost_in_a_crash_is_kept_by_a_broker() {
    let fault = "fault crash w anytime for 1s at most 1\nfinally mailed >= 1";
    let spawned = report(
        "counter mailed\nprocess w { spawn mail() }\nroutine mail() { work 1ms; mailed += 1 }\nfault crash mail anytime at most 1\nfinally mailed >= 1",
    );
    assert_eq!(spawned.verdict, Verdict::Broken, "{spawned:?}");
    let kept = report(&format!(
        "queue q\ncounter mailed\nprocess s {{ send 1 to q }}\nprocess w receive q as m {{ work 1ms; mailed += 1 }}\n{fault}"
    ));
    assert_eq!(kept.verdict, Verdict::Holds, "{kept:?}");
}

#[test]
fn order_by_key_is_kept_within_a_part_and_lost_across_workers() {
    let body = |process: &str, channel: &str, key: &str| {
        format!(
            "{channel}\nvar last = 0\nprocess s {{ send 1 to {key}; send 2 to {key} }}\n{process}\nalways last != 12 \"2 before 1\""
        )
    };
    let consumer = "{ atomic { if last == 2 and e == 1 { last = 12 } else { last = e } } }";
    let queue = body(
        &format!("process w * 2 receive q as e {consumer}"),
        "queue q (visibility: none)",
        "q",
    );
    assert_eq!(report(&queue).verdict, Verdict::Broken);
    let group = body(
        &format!("process w * 2 receive g as e {consumer}"),
        "log l (partitions: 2)\ngroup g (from: l)",
        "l key 1",
    );
    let found = report(&group);
    assert_eq!(found.verdict, Verdict::Holds, "{found:?}");
    assert!(counts(&found).0 > 0);
}
