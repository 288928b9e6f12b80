//! What is seen of a run as a whole and of services: its health along the line, and requests.

use sim_core::lang::{Values, check};
use sim_core::session::{
    EdgeKind, Frame, Health, Inside, LaneState, NodeKind, Reason, ReplicaView, Session,
};

fn open(text: &str) -> Session {
    let checked = check(text);
    let scenario = checked.scenario.unwrap_or_else(|| panic!("{:?}", checked.diagnostics));
    let values = Values::defaults(scenario.params());
    Session::new(scenario.bind(&values).expect("it binds"), text, 1)
}

fn run(session: &mut Session) -> Frame {
    while session.clock() {}
    session.frame()
}

fn told(frame: &Frame) -> Vec<(u64, u64, Health)> {
    let unit = if frame.health.by_time { 1_000_000 } else { 1 };
    let told = |one: &sim_core::session::Stretch| (one.from / unit, one.to / unit, one.state);
    frame.health.stretches.iter().map(told).collect()
}

const SLOW: &str = r#"scenario "Slow"
lock page
process quick * 2 { work 10ms; sleep 10ms; with page { work 10ms } }
process slow { sleep 5ms; with page { sleep 200ms } }
process late { sleep 300ms; fail gone }
"#;

#[test]
fn a_wait_is_long_from_five_times_the_usual_work_on() {
    let frame = run(&mut open(SLOW));
    assert!(frame.health.by_time);
    assert_eq!((frame.health.long, frame.health.whole), (50_000_000, 300_000_000));
    // Both stand before the lock from 20 ms on; one takes it at 205 ms, the other 10 ms later.
    assert_eq!(told(&frame), [(70, 215, Health::Strained), (300, 300, Health::Errors)]);
    let stretch = frame.health.stretches[0];
    assert!(frame.step(stretch.first).is_some_and(|step| step.at <= 70_000_000));
    assert_eq!(frame.step(stretch.last).map(|step| step.at), Some(215_000_000));
}

#[test]
fn a_broken_promise_is_the_worst_and_a_bad_end_is_its_last_part() {
    let text = "scenario \"Broken\"\nvar x = 0\nprocess p * 2 { x += 1 }\nalways x < 2\n";
    assert_eq!(told(&run(&mut open(text))), [(4, 4, Health::Broken)]);
    let text =
        "scenario \"Stuck\"\nlock page\nprocess p { with page { with page { work 1ms } } }\n";
    let frame = run(&mut open(text));
    assert_eq!(told(&frame), [(u64::from(frame.length), u64::from(frame.length), Health::Broken)]);
}

#[test]
fn a_line_that_parts_keeps_what_is_its_own_and_not_the_rest() {
    let mut session = open(SLOW);
    let whole = run(&mut session);
    session.seek(2);
    // The other of the two that are quick goes first.
    let taken = session.frame().step(3).map(|step| step.lane).expect("a third step");
    let offers = session.frame().offers;
    let other = offers.iter().find(|offer| offer.lane < 2 && offer.lane != taken);
    assert!(session.pick(other.and_then(|offer| offer.pick).expect("a pick")));
    assert_eq!(told(&session.frame()), [], "the errors were another line's");
    // The same from there on, whether it was come to by stepping back or straight.
    let parted = run(&mut session);
    let picks = session.picks();
    let mut straight = open(SLOW);
    assert_eq!(straight.follow(&picks), picks.len());
    assert_eq!(straight.frame().health, parted.health);
    session.show_branch(0);
    assert_eq!(session.frame().health, whole.health);
}

#[test]
fn what_is_kept_of_a_long_line_is_little_and_tells_the_same_time() {
    let text = "scenario \"Long\"\nprocess p * 3 forever { work 7ms }\nprocess q { sleep 9s; fail gone }\nrun (for: 20s)\n";
    let mut session = open(text);
    let frame = run(&mut session);
    assert!(frame.length > 5_000);
    assert!(frame.health.knots.len() <= 256, "{}", frame.health.knots.len());
    let errors = frame.health.stretches;
    assert_eq!(errors.len(), 1);
    assert!(errors[0].from <= 9_000_000_000 && errors[0].to >= 9_000_000_000, "{errors:?}");
    assert!(errors[0].to - errors[0].from < 200_000_000, "{errors:?}");
    let last = frame.health.knots.last();
    assert_eq!(last, Some(&(frame.length, frame.health.whole)));
}

const BANK: &str = r#"scenario "A bank"
service bank (workers: 2) { on pay(amount) { work 10ms; return amount } }
link client -> bank (latency: 20ms)
process client * 3 { call bank.pay(80) within 200ms }
"#;

fn bank(frame: &Frame) -> &ReplicaView {
    let node = frame.system.nodes.iter().find(|node| node.kind == NodeKind::Service);
    match &node.expect("a service").inside {
        Inside::Replicas { shown, .. } => &shown[0],
        other => panic!("{other:?}"),
    }
}

#[test]
fn requests_are_seen_on_their_way_in_line_and_at_work() {
    let mut session = open(BANK);
    let frame = session.frame();
    let names: Vec<&str> = frame.system.nodes.iter().map(|node| node.name.as_str()).collect();
    assert_eq!(names, ["client", "bank"], "requests are no node of their own");
    assert_eq!(frame.system.edges.len(), 1);
    assert_eq!(frame.system.edges[0].kind, EdgeKind::Calls);
    for _ in 0..3 {
        assert!(session.clock());
    }
    let frame = session.frame();
    assert_eq!(frame.system.calls.len(), 3);
    let first = &frame.system.calls[0];
    assert_eq!((first.sent, first.due, first.answer), (0, 20_000_000, false));
    assert_eq!(first.request.words, "bank.pay(80)");
    assert!(matches!(
        frame.lane(first.request.caller.expect("a caller")).map(|lane| &lane.state),
        Some(LaneState::Blocked(Reason::Unanswered { request: Some(_) }))
    ));
    while session.frame().now < 20_000_000 || session.frame().system.calls.len() > 0 {
        assert!(session.clock());
    }
    while bank(&session.frame()).busy < 2 {
        assert!(session.clock());
    }
    let frame = session.frame();
    let here = bank(&frame);
    assert_eq!((here.workers, here.busy, here.queued), (Some(2), 2, 1));
    assert_eq!((here.working.len(), here.waiting.len()), (2, 1));
    let end = run(&mut session);
    assert_eq!((bank(&end).busy, bank(&end).queued), (0, 0));
    assert_eq!(end.now, 40_000_000);
}

#[test]
fn answers_have_a_way_of_their_own_where_a_wire_is_declared() {
    let text = BANK.replace("process client", "link bank -> client (latency: 5ms)\nprocess client");
    let mut session = open(&text);
    let kinds: Vec<EdgeKind> = session.frame().system.edges.iter().map(|edge| edge.kind).collect();
    assert_eq!(kinds, [EdgeKind::Calls, EdgeKind::Answers]);
    while !session.frame().system.calls.iter().any(|call| call.answer) {
        assert!(session.clock());
    }
    let frame = session.frame();
    let back = frame.system.calls.iter().find(|call| call.answer).expect("an answer");
    assert_eq!((back.edge, back.due - back.sent), (1, 5_000_000));
}
