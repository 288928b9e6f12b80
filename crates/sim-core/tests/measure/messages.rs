//! Messages, on programs whose numbers one can count by hand, and the identity of rule 13.

use super::support::{Run, count, gauge, spread};
use sim_core::measure::{GoalState, MeasuresView};
use sim_core::program::{Gauge, SharedKind};
use sim_core::trace::Target;

const MS: i64 = 1_000_000;

/// These counts of a queue.
fn counts<const N: usize>(view: &MeasuresView, queue: &str, words: [&str; N]) -> [u64; N] {
    words.map(|word| count(view, &format!("{queue}.{word}")))
}

#[test]
fn a_queue_tells_how_long_messages_wait_and_travel() {
    let body = "queue q\nprocess p { send 1 to q\nsend 2 to q\nsend 3 to q }\n\
        process w receive q as m { sleep 2ms }";
    let view = Run::to_the_end(body, 1).view();
    assert_eq!(counts(&view, "q", ["sent", "accepted", "delivered", "acked"]), [3; 4]);
    assert_eq!(counts(&view, "q", ["rejected", "dropped", "dead", "nacked"]), [0; 4]);
    let (wait, trip) = (spread(&view, "q.wait"), spread(&view, "q.trip"));
    assert_eq!((wait.least, wait.p50, wait.max), (0, 2 * MS, 4 * MS));
    assert_eq!((trip.least, trip.p50, trip.max), (2 * MS, 4 * MS, 6 * MS));
    // Two wait for 2 ms, one for 2 more; the first is taken before the third comes.
    assert_eq!((view.until, gauge(&view, "q.length")), (6_000_000, (0, Some(1_000_000), 2)));
    assert_eq!(gauge(&view, "q.inflight"), (0, Some(1_000_000), 1));
    // The oldest is 0 to 4 ms old and then none is there: 8 ms * ms over 6 ms.
    assert_eq!(gauge(&view, "q.oldest"), (0, Some(8 * MS / 6), 4 * MS));
    // Each message is an instance, from its delivery to its ack.
    assert_eq!(counts(&view, "w", ["started", "ok", "unfinished"]), [3, 3, 0]);
    assert_eq!(
        (spread(&view, "w.latency").least, spread(&view, "w.latency").max),
        (2 * MS, 2 * MS)
    );
    assert_eq!(gauge(&view, "w.running"), (0, Some(1_000_000), 1));
    assert!(view.series.iter().any(|series| series.name == "q.length"));
}

#[test]
fn failures_are_counted_until_a_message_is_dead() {
    let body = "queue dead\nqueue q (max_attempts: 3, dead_letter: dead)\n\
        process p { send 1 to q }\nprocess w receive q as m { sleep 1ms\nfail bad }";
    let view = Run::to_the_end(body, 1).view();
    let words = ["accepted", "delivered", "redelivered", "nacked", "dead", "acked"];
    assert_eq!(counts(&view, "q", words), [1, 3, 2, 3, 1, 0]);
    assert_eq!(counts(&view, "dead", ["accepted", "delivered"]), [1, 0]);
    assert_eq!(gauge(&view, "dead.length").0, 1);
    assert_eq!(counts(&view, "w", ["started", "failed", "bad"]), [3, 3, 3]);
}

#[test]
fn what_is_late_comes_again_and_its_ack_is_ignored() {
    let body = "queue q (visibility: 5ms)\nprocess p { send 1 to q }\nvar slow = 1\n\
        process w * 2 receive q as m { if slow == 1 { slow = 0\nsleep 8ms } else { sleep 1ms } }";
    let view = Run::to_the_end(body, 1).view();
    let words = ["delivered", "redelivered", "expired", "acked", "late_acks"];
    assert_eq!(counts(&view, "q", words), [2, 1, 1, 1, 1]);
    assert_eq!(spread(&view, "q.trip").max, 6 * MS);
    assert_eq!((gauge(&view, "q.inflight").0, gauge(&view, "q.length").0), (0, 0));
}

#[test]
fn a_full_queue_refuses_or_drops() {
    let of = |when: &str| {
        let body = format!(
            "queue q (capacity: 2, when_full: {when})\n\
             process p * 5 {{ try {{ send self to q }} catch rejected {{ }} }}"
        );
        let view = Run::to_the_end(&body, 1).view();
        let length = gauge(&view, "q.length");
        (counts(&view, "q", ["accepted", "rejected", "dropped"]), length.0, length.2)
    };
    assert_eq!(of("reject"), ([2, 3, 0], 2, 2));
    assert_eq!(of("drop_newest"), ([5, 0, 3], 2, 2));
    assert_eq!(of("drop_oldest"), ([5, 0, 3], 2, 2));
}

#[test]
fn links_lose_and_take_their_time() {
    let body = "queue q\nlink p -> q (latency: 3ms, loss: 20%)\n\
        process p every 1ms times 1000 { send self to q }\nprocess w receive q as m { }";
    let view = Run::to_the_end(body, 1).view();
    let [sent, lost] = ["sent", "lost"].map(|word| count(&view, &format!("p.link.q.{word}")));
    assert!(sent == 1000 && (150..250).contains(&lost), "{sent} {lost}");
    assert_eq!(counts(&view, "q", ["sent", "accepted", "acked"]), [1000, 1000 - lost, 1000 - lost]);
    let latency = spread(&view, "p.link.q.latency");
    assert_eq!((latency.least, latency.max, latency.count), (3 * MS, 3 * MS, 1000 - lost));
    assert_eq!(spread(&view, "q.trip").least, 3 * MS, "from sending");
    assert_eq!(gauge(&view, "p.link.q.inflight").0, 0);
}

#[test]
fn topics_logs_and_groups() {
    let body = "topic t\nqueue a (from: t)\nqueue b (from: t, capacity: 1)\n\
        process p { try { send 1 to t\nsend 2 to t } catch rejected { } }";
    let view = Run::to_the_end(body, 1).view();
    assert_eq!(counts(&view, "t", ["sent", "accepted", "rejected"]), [2, 1, 1]);
    assert_eq!(counts(&view, "a", ["accepted", "rejected"]), [2, 0]);
    assert_eq!(counts(&view, "b", ["accepted", "rejected"]), [1, 1]);
    let body = "log l (partitions: 2)\ngroup g (from: l)\n\
        process p { for i in 1..6 { send i to l key i } }\n\
        process w * 2 receive g as m { sleep 1ms }";
    let view = Run::to_the_end(body, 1).view();
    assert_eq!(counts(&view, "l", ["sent", "accepted"]), [6, 6]);
    assert_eq!(counts(&view, "g", ["delivered", "acked", "committed"]), [6; 3]);
    assert_eq!((gauge(&view, "g.lag").0, gauge(&view, "g.lag").2), (0, 6));
    assert_eq!((spread(&view, "g.wait").max, spread(&view, "g.trip").max), (2 * MS, 3 * MS));
    assert_eq!(gauge(&view, "l.next").0, 4);
}

#[test]
fn goals_are_judged_with_both_sides() {
    let body = "queue q (capacity: 5)\nqueue idle\n\
        process p every 1ms times 100 { try { send self to q } catch rejected { outcome shed } }\n\
        process w receive q as m { sleep 2ms }\n\
        chart \"Waiting\" q.length, p.shed.rate\n\
        goal q.trip.p99 <= 12ms \"fresh\"\n\
        goal q.rejected <= 5% * q.sent\n\
        goal q.wait.over(1ms) < 50% or p.ok == p.started\n\
        goal idle.trip.mean < 1s";
    let view = Run::to_the_end(body, 1).view();
    let states: Vec<GoalState> = view.goals.iter().map(|goal| goal.state).collect();
    let [held, missed, open] = [GoalState::Held, GoalState::Missed, GoalState::Undecided];
    assert_eq!(states, [held, missed, missed, open], "{:?}", view.goals);
    assert_eq!(view.goals[0].why.as_deref(), Some("fresh"));
    let side = &view.goals[1].sides[0];
    let rejected = count(&view, "q.rejected");
    assert_eq!((side.left.as_str(), side.sign.as_str()), ("q.rejected", "<="));
    assert_eq!(side.left_value.map(|value| value.value as u64), Some(rejected));
    assert_eq!(side.right_value.map(|value| value.spell()).as_deref(), Some("5"));
    assert_eq!(view.goals[3].unmeasured, ["idle.trip.mean"]);
    let lines = &view.charts[0].lines;
    assert_eq!((lines.len(), lines[1].name.as_str()), (2, "p.shed.rate"));
    assert!(lines[0].points.iter().flatten().any(|&point| point > 4_000_000), "{lines:?}");
    assert_eq!(view.find("q.rejected").map(|figure| figure.value as u64), Some(rejected));
    assert_eq!(
        view.find("q.trip.p99").map(|figure| figure.value),
        Some(spread(&view, "q.trip").p99)
    );
}

#[test]
fn the_words_of_a_goal_show_values() {
    let body = "param most: int = 3 in 1..5\nparam way: choice = slow of slow, quick\nqueue q\nqueue idle\nvar x = 1\n\
        process p every 10ms times 4 { send self to q; x += 2 }\n\
        process w receive q as m { sleep 5ms }\n\
        goal q.acked <= most \"{q.acked} of at most {most}, {q.wait.mean} and {q.trip.max} each, x is {x}\"\n\
        goal q.acked < 2 * most \"{100% * q.acked} {p.ok / p.started} {way} {idle.wait.mean}\"\n\
        goal q.acked > 0 \"at most {most}\"";
    let view = Run::to_the_end(body, 1).view();
    let said = |at: usize| (view.goals[at].why.as_deref(), view.goals[at].now.as_deref());
    let values = "4 of at most 3, 0s and 5ms each, x is 9";
    assert_eq!(said(0), (Some("… of at most 3, … and … each, x is …"), Some(values)));
    assert_eq!(said(1).1, Some("4 1 slow …"));
    assert_eq!(said(2), (Some("at most 3"), None));
}

/// At every moment: accepted = acked + dead + dropped + waiting + in flight, and what waits and is in
/// flight is what the machine has.
fn identity_at_every_moment(body: &str, seed: u64) {
    let mut run = Run::start(body, seed);
    let mut steps = 0;
    while run.step() && steps < 3_000 {
        steps += 1;
        let view = run.view();
        let program = run.machine.program();
        for (shared, declared) in program.shared.iter().enumerate() {
            if declared.kind != SharedKind::Queue {
                continue;
            }
            let name = &declared.name;
            let [length, inflight] = ["length", "inflight"].map(|word| {
                let (now, ..) = gauge(&view, &format!("{name}.{word}"));
                now
            });
            let target = Target { shared: shared as u32, element: 0 };
            let real = [Gauge::Length, Gauge::InFlight]
                .map(|gauge| run.machine.gauge(&run.state, target, gauge));
            assert_eq!([length, inflight], real, "{name}, step {steps} of {body}");
            let [accepted, acked, dead, dropped] =
                counts(&view, name, ["accepted", "acked", "dead", "dropped"]);
            let there = (length + inflight) as u64;
            assert_eq!(accepted, acked + dead + dropped + there, "{name}, step {steps} of {body}");
        }
    }
    assert!(steps > 60, "{steps} steps of {body}");
}

#[test]
fn accepted_is_acked_dead_dropped_waiting_and_in_flight() {
    for seed in 0..12_u64 {
        let full = ["reject", "drop_newest", "drop_oldest", "block"][seed as usize % 4];
        let queue = [
            "max_attempts: 2, dead_letter: dead, visibility: 6ms",
            "max_attempts: 3, backoff: exponential, delay: 2ms",
            "duplicates: 20%, visibility: 3ms",
            "delivery: at_most_once",
        ][seed as usize / 3];
        let link = if seed % 2 == 0 {
            "link p -> q (latency: exp(2ms), loss: 10%, duplicates: 10%)"
        } else {
            ""
        };
        let crash = if seed % 3 == 0 { "fault crash w[1] at 20ms for 10ms" } else { "" };
        let body = format!(
            "queue dead (capacity: 3)\nqueue q (capacity: 4, when_full: {full}, {queue})\n{link}\n{crash}\n\
             process p every exp(2ms) times 30 {{ try {{ send self to q }} catch rejected {{ }} }}\n\
             process w * 2 receive q as m {{ sleep exp(4ms)\nif chance(20%) {{ fail odd }} }}"
        );
        identity_at_every_moment(&body, seed);
    }
}
