//! What is seen of a run as a whole and of services: its health along the line, and requests.

use sim_core::lang::{Values, check};
use sim_core::session::{
    EdgeKind, Frame, Health, Inside, LaneState, Life, NodeKind, PartKind, Reason, ReplicaView,
    Scope, Session, SpanFate, life,
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
    while session.frame().now < 20_000_000 || !session.frame().system.calls.is_empty() {
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

const CHAIN: &str = r#"scenario "A chain"
service bank (workers: 1) { on pay(amount) { work 10ms; return amount } }
service shop (workers: 2) { on order(amount) { work 5ms; call bank.pay(amount) } }
link shop -> bank (latency: 20ms)
link bank -> shop (latency: 20ms)
process client * 2 { call shop.order(80) }
"#;

/// How deep each span is, and its milliseconds.
fn spans(life: &Life) -> Vec<(u32, u64, Option<u64>)> {
    let told = life.spans.iter();
    told.map(|span| (span.depth, span.from / 1_000_000, span.to.map(|to| to / 1_000_000))).collect()
}

#[test]
fn one_request_is_told_from_its_caller_to_the_last_answer() {
    let mut session = open(CHAIN);
    let end = run(&mut session);
    let paid = |step: &sim_core::session::StepView| step.name.starts_with("bank.pay[");
    let last = end.steps.iter().rposition(paid).expect("it paid");
    let told = life(&end, last as u32 + 1).expect("a life");
    let root = told.spans[0].lane;
    let times = [(0, 0, Some(65)), (1, 0, Some(65)), (2, 5, Some(65))];
    assert_eq!(spans(&told), times);
    assert!(told.spans[1].name.starts_with("shop.order["));
    assert_eq!(told.spans[1].words, "shop.order(80)");
    assert!(told.spans[0].name.starts_with("client["));
    let parts: Vec<(PartKind, u64, u64)> = told.spans[2]
        .parts
        .iter()
        .map(|part| (part.kind, part.from / 1_000_000, part.to.unwrap_or(0) / 1_000_000))
        .collect();
    let kinds = [
        (PartKind::Way, 5, 25),
        (PartKind::Waits, 25, 35),
        (PartKind::Works, 35, 45),
        (PartKind::Back, 45, 65),
    ];
    assert_eq!(parts, kinds, "one worker: the second waits for the first");
    assert_eq!((told.calls, told.is_cut), (2, false));
    // From any of its steps it is the same life; the other client's is another.
    let first = end.steps.iter().position(|step| step.lane == root).expect("its call") as u32;
    assert_eq!(life(&end, first + 1).as_ref(), Some(&told));
    let other = end.steps.iter().position(paid).expect("it paid");
    assert_ne!(life(&end, other as u32 + 1).map(|life| life.spans[0].lane), Some(root));
}

#[test]
fn whoever_gives_up_has_asked_again_and_the_first_request_works_for_nobody() {
    let text = r#"scenario "Again"
service bank (workers: 1) { on pay() { work 30ms } }
process client { retry (attempts: 2, backoff: fixed, delay: 5ms) { call bank.pay() within 10ms } }
"#;
    let end = run(&mut open(text));
    let told = life(&end, 1).expect("a life");
    let fates: Vec<&SpanFate> = told.spans.iter().map(|span| &span.fate).collect();
    assert_eq!(told.calls, 2);
    assert!(matches!(fates[0], SpanFate::Failed(_)), "{fates:?}");
    assert_eq!(fates[1..], [&SpanFate::GivenUp, &SpanFate::GivenUp]);
    let sleeps = told.spans[0].parts.iter().find(|part| part.kind == PartKind::Sleeps);
    assert_eq!(sleeps.map(|part| (part.from, part.to)), Some((10_000_000, Some(15_000_000))));
}

#[test]
fn a_trace_goes_on_with_the_message_that_a_request_sent() {
    let text = r#"scenario "By message"
queue jobs
service shop { on order() { send { number: 7 } to jobs } }
process client { call shop.order() }
process worker receive jobs as job { work 10ms }
"#;
    let end = run(&mut open(text));
    let told = life(&end, 1).expect("a life");
    let names: Vec<(u32, &str)> =
        told.spans.iter().map(|span| (span.depth, span.name.as_str())).collect();
    assert_eq!(names, [(0, "client"), (1, "shop.order[1]"), (2, "jobs"), (3, "worker")]);
    assert_eq!(told.spans[2].to, Some(10_000_000));
    let mut session = open(text);
    run(&mut session);
    let slow = session.served_at("worker", 990).expect("a message");
    assert_eq!(slow.took, 10_000_000, "of the message, and not of the wait for it");
    let worked = end.steps.iter().position(|step| step.name == "worker").expect("it worked");
    assert_eq!(life(&end, worked as u32 + 1), Some(told));
}

#[test]
fn the_request_that_is_as_slow_as_a_percentile_is_found() {
    let mut session = open(CHAIN);
    assert_eq!(session.served_at("bank", 990), None, "nothing has ended");
    let end = run(&mut session);
    let took = |name: &str, share: u32| {
        session.served_at(name, share).map(|served| served.took / 1_000_000)
    };
    assert_eq!([500, 510, 990].map(|share| took("bank", share)), [Some(50), Some(60), Some(60)]);
    assert_eq!([500, 990].map(|share| took("bank.pay", share)), [Some(50), Some(60)]);
    assert_eq!([500, 990].map(|share| took("client", share)), [Some(55), Some(65)]);
    assert_eq!(took("bank.none", 500), None);
    let of_callers = ["shop.to.bank", "client.to.shop", "client.to.bank"];
    assert_eq!(of_callers.map(|name| took(name, 500)), [Some(50), Some(55), None]);
    let slow = session.served_at("bank", 990).expect("a call");
    let told = life(&end, slow.to).expect("a life");
    assert_eq!(spans(&told)[0].2, Some(65));
}

/// One slow request, and many thousand steps of others before, in the middle of it and after.
#[test]
fn a_request_is_told_whole_however_far_it_reaches_from_the_moment_shown() {
    let text = r#"scenario "One slow among many"
run (for: 40s)
service bank { on pay() { sleep 10s } }
process other every 4ms { sleep 1ms; sleep 1ms }
process client { sleep 9s; call bank.pay(); sleep 1s }
"#;
    let mut session = open(text);
    while session.clock() {}
    assert!(session.length() > 4 * sim_core::session::WINDOW, "{}", session.length());
    let slow = session.served_at("bank", 990).expect("a call");
    let scope = Scope { life: Some(slow.to), ..Scope::default() };
    for at in [slow.to, slow.from, 1, session.length()] {
        session.seek(at);
        let frame = session.frame_of(&scope);
        let near = life(&frame, slow.to);
        assert!(near.is_none_or(|near| !near.is_whole()), "the steps around tell too little");
        let told = frame.life.expect("a life");
        assert!(told.is_whole(), "{told:?}");
        assert_eq!(spans(&told), [(0, 9_000, Some(20_000)), (1, 9_000, Some(19_000))]);
    }
}
