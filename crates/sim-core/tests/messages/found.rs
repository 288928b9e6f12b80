//! What a strict reader found: each was wrong once.

use super::support::{program, report};
use sim_core::drive::Clock;
use sim_core::explore::{Ceiling, Verdict};
use sim_core::machine::{Machine, State};

/// Runs a program by the clock to its end, and gives what counters and variables hold then.
fn by_the_clock(body: &str, seed: u64) -> Vec<(String, i64)> {
    let machine = Machine::new(program(body, &[]));
    let mut clock = Clock::new(&machine, seed);
    let mut state: State = machine.start(&mut clock.ear(&machine));
    clock.begin(&machine, &state);
    for _ in 0..200_000 {
        let Some(choice) = clock.next(&machine, &state) else { break };
        clock.moves(&machine, &state, choice);
        machine.apply(&mut state, choice, &mut clock.ear(&machine));
        clock.settle(&machine, &state);
        clock.happened(&machine, &state, choice);
    }
    let shared = machine.program().shared.iter().enumerate();
    let values = shared
        .filter(|(_, it)| !it.kind.is_channel())
        .map(|(id, it)| (it.name.clone(), state.elements(machine.layout(), id as u32)[0]));
    values.collect()
}

fn value(values: &[(String, i64)], name: &str) -> i64 {
    values.iter().find(|(known, _)| known == name).map_or(-1, |(_, value)| *value)
}

#[test]
fn dead_letters_overflow_nothing() {
    for sent in [8, 40] {
        let body = format!(
            "queue d (capacity: 1, when_full: block)\nqueue q (max_attempts: 1, dead_letter: d, visibility: none)\nprocess s {{ repeat {sent} {{ send 1 to q }} }}\nprocess w receive q as m {{ fail bad }}\nfinally q.dead == {sent}"
        );
        by_the_clock(&body, 1);
        report(&body);
    }
}

#[test]
fn what_becomes_due_finds_room() {
    let found = report(
        "queue q\nprocess s { repeat 16 { send 1 to q after 1s }; repeat 16 { send 2 to q } }\nexplore (timeouts: 0)",
    );
    assert_eq!(found.stopped, Some(Ceiling::Room), "{found:?}");
}

#[test]
fn a_late_ack_by_hand_acks_nothing_else() {
    let body = "queue q (visibility: 1s)\ncounter late, acked\nprocess s { send 1 to q; send 2 to q }\nprocess w { let m = receive q; sleep 2s; let n = receive q; ack m; ack m; late += 0 }\nfinally q.late_acks == 2 and q.acked == 0";
    let values = by_the_clock(body, 1);
    assert_eq!((value(&values, "q.late_acks"), value(&values, "q.acked")), (2, 0), "{values:?}");
}

#[test]
fn what_comes_again_is_told_from_what_is_new_while_it_waits_apart() {
    let body = |more: &str| {
        format!(
            "queue q (visibility: none, backoff: fixed, delay: 1s{more})\nvar order = 0\nprocess s {{ send 1 to q after 1s; send 1 to q; send 2 to q }}\nprocess w {{ let a = receive q; nack a; let b = receive q; order = b; ack b; let c = receive q; order = 10 * order + c; ack c; let d = receive q; order = 10 * order + d; ack d }}\nfinally order != 121"
        )
    };
    let (plain, counted) = (report(&body("")), report(&body(", max_attempts: 9")));
    assert_eq!(plain.verdict, counted.verdict);
    assert_eq!(plain.schedules, counted.schedules);
    assert_eq!(plain.failing, counted.failing);
}

#[test]
fn credit_counts_all_that_is_under_way() {
    let found = report(
        "queue q (capacity: 1, when_full: block)\nprocess a { send 1 to q }\nprocess b { send 2 to q }\nprocess c { send 3 to q }\nlink a -> q (latency: 1ms)\nlink b -> q (latency: 1ms)\nprocess w receive q as m { }\nalways q.length <= 1\nexplore (timeouts: 0)",
    );
    assert!(found.broken.is_empty(), "{found:?}");
}

#[test]
fn many_workers_leave_room_in_a_search() {
    let found = report(
        "queue q (visibility: none)\ncounter done\nprocess s { send 1 to q }\nprocess w * 32 receive q as m { done += 1 }\nfinally done == 1",
    );
    assert_eq!(found.verdict, Verdict::Holds, "{:?}", found.stopped);
}

#[test]
fn the_parts_of_who_has_ended_go_to_others() {
    let values = by_the_clock(
        "log l (partitions: 2)\ngroup g (from: l, session: 10s)\ncounter got\nprocess s every 1s times 10 { send 1 to l }\nprocess a receive g as e { got += 1; stop }\nprocess b receive g as e { got += 1 }\nfinally got >= 10",
        1,
    );
    assert_eq!(value(&values, "got"), 10, "{values:?}");
    let values = by_the_clock(
        "log l (partitions: 2)\ngroup g (from: l, session: 10s)\ncounter got\nprocess s every 1s times 40 { send 1 to l }\nprocess r * 2 receive g as e { got += 1 }\nfault crash r[1] at 5s\nfault crash r[2] at 6s for 14s\nfinally got >= 40",
        1,
    );
    assert_eq!(value(&values, "got"), 40, "{values:?}");
}

#[test]
fn nobody_explores_the_age_of_a_message() {
    let found = report(
        "queue q\nprocess s { send 1 to q }\nprocess w receive q as m { if age(m) > 1s { outcome old } }",
    );
    assert_eq!(found.stopped, Some(Ceiling::Age), "{found:?}");
    assert_eq!(found.verdict, Verdict::Undecided);
}

#[test]
fn sends_fail_never_always_or_both() {
    let failing = |share: &str| {
        let found = report(&format!(
            "queue q\ncounter failed\nprocess s {{ try {{ send 1 to q }} catch unavailable {{ failed += 1 }} }}\nfault fail q {share}\nfinally failed == 0"
        ));
        (found.schedules.number, found.failing.number)
    };
    assert_eq!(failing("0%"), ("1".to_owned(), "0".to_owned()));
    assert_eq!(failing("100%"), ("1".to_owned(), "1".to_owned()));
    assert_eq!(failing("50%").1, "1");
}

#[test]
fn alike_messages_are_lost_as_often_as_others_are() {
    let accepted = |what: &str| {
        let values = by_the_clock(
            &format!(
                "queue q\nprocess s {{ for i in 1..400 {{ send {what} to q }} }}\nlink s -> q (latency: 10ms, loss: 50%, fifo: false)\nfinally q.accepted == 0"
            ),
            7,
        );
        value(&values, "q.accepted")
    };
    assert_eq!(accepted("1"), accepted("i"));
}
