//! Tiny programs whose numbers of schedules are proved by hand.

use super::support::{counts, holds, outcomes, report};
use sim_core::explore::Report;

/// Schedules and failing ones where bounds left some out.
fn at_least(report: &Report) -> (&str, &str) {
    (&report.schedules.number, &report.failing.number)
}

#[test]
fn a_message_is_sent_received_and_acked() {
    holds("queue q (visibility: none)\nprocess s { send 1 to q }\nprocess w receive q as m { }", 1);
}

#[test]
fn a_receiver_waits_for_a_message() {
    // The first event is a sending; the other sending lies before the second receiving: before the
    // first receiving, behind it, or behind its ack. Twice, for who sends first.
    holds(
        "queue q (visibility: none)\nprocess s * 2 { send self to q }\nprocess w receive q as m { }\nfinally q.length == 0",
        6,
    );
}

#[test]
fn a_queue_keeps_order() {
    holds(
        "queue q (visibility: none)\nvar last = 0\nprocess s { send 1 to q; send 2 to q }\nprocess w receive q as m { assert m > last; last = m }",
        // s s w w w w.. with (receive, read, write, ack) twice: the second send lies before the second
        // receive, in one of 5 places.
        5,
    );
}

#[test]
fn visibility_may_end_once_before_or_behind_the_work() {
    // send; receive; then the worker's ack, or visibility ends first: a late ack, and it is
    // received once more. Behind the end of visibility: late ack, receive, ack (the bound is met).
    let found = report(
        "queue q (visibility: 5s)\ncounter done\nprocess s { send 1 to q }\nprocess w receive q as m { done += 1 }\nfinally done == 1\nexplore (timeouts: 1)",
    );
    assert_eq!(at_least(&found), ("2", "1"));
    assert_eq!(outcomes(&found), ["done=1: 1", "done=2: 1"]);
}

#[test]
fn a_crash_gives_back_what_was_in_flight() {
    // Crash before receiving, between receiving and ack, behind the ack (only while something else
    // may happen): for good, so what is given back stays in the queue.
    let found = report(
        "queue q (visibility: none)\nprocess s { send 1 to q }\nprocess w receive q as m { }\nfault crash w anytime at most 1\nfinally q.length == 0",
    );
    // Crash first, then the sending; sending, crash; sending, receiving, crash; no crash.
    assert_eq!(counts(&found), (4, 3));
}

#[test]
fn who_is_full_keeps_its_sender_waiting() {
    // Two messages, room for one: the second sending waits for the first receiving.
    holds(
        "queue q (capacity: 1, when_full: block, visibility: none)\nprocess s { send 1 to q; send 2 to q }\nprocess w receive q as m { }",
        // s r then s and ack in either order (2), then r a.
        2,
    );
}

#[test]
fn who_is_full_turns_away() {
    let found = report(
        "queue q (capacity: 1, visibility: none)\ncounter refused\nprocess s { send 1 to q; try { send 2 to q } catch rejected { refused += 1 } }\nprocess w receive q as m { }\nfinally refused == 0",
    );
    // s r s a r a, s r a s r a: taken. s s r a: turned away.
    assert_eq!(counts(&found), (3, 1));
    assert_eq!(outcomes(&found), ["refused=0: 2", "refused=1: 1"]);
}

#[test]
fn the_oldest_or_the_newest_is_dropped() {
    for (way, left) in [("drop_oldest", 2), ("drop_newest", 1)] {
        holds(
            &format!(
                "queue q (capacity: 1, when_full: {way}, visibility: none)\nvar got = 0\nprocess s {{ send 1 to q; send 2 to q; let m = receive q; got = m; ack m }}\nfinally got == {left} and q.dropped == 1"
            ),
            1,
        );
    }
}

#[test]
fn a_message_on_a_link_arrives_is_lost_or_comes_twice() {
    // Two messages overtake one another on the way: 2 arrivals in any order, and the second sending
    // before or behind the first arrival: s s (2 orders), s d s d.
    let body = "queue q\nprocess s { send 1 to q; send 2 to q }\nlink s -> q (latency: 1ms)";
    holds(&body.replace("1ms)", "1ms, fifo: false)"), 3);
    holds(body, 2);
    // Lost or not, once at most.
    let lossy =
        "queue q\nprocess s { send 1 to q }\nlink s -> q (loss: 10%)\nfinally q.length == 1";
    assert_eq!(at_least(&report(lossy)), ("2", "1"));
    // Arrives; or is doubled and both, alike, arrive.
    let doubling =
        "queue q\nprocess s { send 1 to q }\nlink s -> q (duplicates: 10%)\nfinally q.length == 1";
    assert_eq!(at_least(&report(doubling)), ("2", "1"));
}

#[test]
fn what_comes_while_a_link_is_cut_is_lost() {
    let found = report(
        "queue q\nprocess s { send 1 to q }\nlink s -> q (latency: 1ms)\nfault partition s q at 1s for 1s\nfinally q.length == 1",
    );
    // Cut, heal around sending and arriving: c h s d, c s l h, c s h d, s c l h, s c h d, c s l (then
    // heal) is the second; s d without a cut (nothing else may happen then).
    assert_eq!(counts(&found).1, 2);
}

#[test]
fn a_late_message_is_due_when_it_likes() {
    // send after, ready, receive, ack; the other sender's message before or behind it.
    holds(
        "queue q (visibility: none)\nprocess s { send 1 to q after 5s; send 2 to q }\nprocess w { let m = receive q; ack m }\nfinally q.length == 1",
        // s s then {ready, r, a}: ready before r (1 or 2 received), between r and a, behind a: 3; and
        // s ready s: r before s2? s rd r s a, s rd r a s, s rd s r a: 3.
        6,
    );
}

#[test]
fn a_topic_gives_everybody_a_copy() {
    holds(
        "topic t\nqueue a (from: t, visibility: none)\nqueue b (from: t, visibility: none)\nprocess s { send 1 to t }\nprocess v receive a as m { }\nprocess w receive b as m { }\nfinally a.length + b.length == 0",
        6,
    );
}

#[test]
fn a_log_is_followed_from_anywhere_and_forgets() {
    holds(
        "log l\nvar sum = 0\nprocess s { send 5 to l; send 7 to l }\nprocess f { follow l from 1 as e { let old = sum; sum = old + e } }\nfinally sum == 12",
        // f: follow, read, write, follow, read, write; the second send lies before the second follow.
        4,
    );
    let gone = report(
        "log l (keep: 1)\ncounter missed\nprocess s { send 5 to l; send 7 to l }\nprocess f { try { follow l from 1 as e { stop } } catch gone { missed += 1 } }\nfinally missed == 0",
    );
    // s f s, s s f: only the latter finds the first entry gone.
    assert_eq!(counts(&gone), (2, 1));
}

#[test]
fn a_group_shares_a_log_and_commits() {
    for commit in ["after", "before"] {
        holds(
            &format!(
                "log l (partitions: 2)\ngroup g (from: l, commit: {commit})\ncounter got[2]\nprocess s {{ send 1 to l key 1; send 2 to l key 2 }}\nprocess w * 2 receive g as e {{ got[self] += e }}\nfinally got[1] == 1 and got[2] == 2 and g.lag == 0"
            ),
            // s1 before r1 k1; s2 before r2 k2; s1 before s2: s1 first, then s2 r2 k2 with r1 k1: 10.
            10,
        );
    }
}

#[test]
fn a_crash_between_effect_and_commit_does_it_twice_or_never() {
    let body = |commit: &str| {
        format!(
            "log l\ngroup g (from: l, commit: {commit}, session: 1s)\ncounter got\nvar noted = 0\nprocess s {{ send 1 to l }}\nprocess w receive g as e {{ noted = 1; got += 1 }}\nfault crash w anytime for 1s at most 1\nfinally got == 1"
        )
    };
    let after = outcomes(&report(&body("after")));
    assert!(after.iter().any(|row| row.contains("got=2")), "{after:?}");
    assert!(!after.iter().any(|row| row.contains("got=0")), "{after:?}");
    let before = outcomes(&report(&body("before")));
    assert!(before.iter().any(|row| row.contains("got=0")), "{before:?}");
    assert!(!before.iter().any(|row| row.contains("got=2")), "{before:?}");
}

#[test]
fn an_idle_consumer_is_no_failure_and_one_at_a_lock_is() {
    holds("queue q\nprocess w receive q as m { }", 1);
    let stuck = report(
        "queue q (visibility: none)\nlock m\nprocess s { send 1 to q }\nprocess h { acquire m }\nprocess w receive q as e { with m { } }",
    );
    assert!(counts(&stuck).1 > 0, "{stuck:?}");
}
