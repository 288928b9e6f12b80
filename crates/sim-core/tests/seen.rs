//! What is seen of messages: the system, words of steps, what may happen, and why something did.

use sim_core::explore::{Explorer, Options};
use sim_core::lang::{Values, check};
use sim_core::say::{Lang, Tense, action, plain};
use sim_core::session::{
    EdgeKind, Frame, How, Inside, NodeKind, OfferKind, RingKind, Session, WorkerState, broken, why,
};

const SHOP: &str = r#"scenario "A shop"
queue dead
queue jobs (max_attempts: 2, dead_letter: dead, visibility: 5s)
process shop * 2 { send { order: self, amount: 80 } to jobs }
link shop -> jobs (latency: 20ms, loss: 1%)
process worker * 2 receive jobs as m {
  work 10ms
  if m.order == 2 { fail poison }
}
process repair receive dead as m { note "order {m.order}" }
fault partition shop jobs anytime for 1s
"#;

fn open(text: &str) -> Session {
    let checked = check(text);
    let scenario = checked.scenario.unwrap_or_else(|| panic!("{:?}", checked.diagnostics));
    let values = Values::defaults(scenario.params());
    Session::new(scenario.bind(&values).expect("it binds"), text, 1)
}

fn words(frame: &Frame) -> Vec<String> {
    let said = |at: &sim_core::session::StepView| {
        plain(&action(&at.action, Tense::Done, |lane| lane.to_string(), Lang::En))
    };
    frame.steps.iter().map(said).collect()
}

/// Lets the first offer happen whose words begin so.
fn pick(session: &mut Session, begins: &str) {
    let frame = session.frame();
    let said = |offer: &sim_core::session::Offer| {
        let words = plain(&action(&offer.action, Tense::Next, |lane| lane.to_string(), Lang::En));
        if offer.action.is_of_nobody() { words } else { format!("{} {words}", offer.name) }
    };
    let all: Vec<String> = frame.offers.iter().map(said).collect();
    let at = all.iter().position(|words| words.starts_with(begins));
    let at = at.unwrap_or_else(|| panic!("no {begins} in {all:?}"));
    let number = frame.offers[at].pick.unwrap_or_else(|| panic!("{begins} is blocked"));
    assert!(session.pick(number));
}

#[test]
fn the_system_is_there_before_the_first_step_and_does_not_change() {
    let mut session = open(SHOP);
    let start = session.frame().system;
    let names: Vec<(&str, NodeKind)> =
        start.nodes.iter().map(|node| (node.name.as_str(), node.kind)).collect();
    assert_eq!(
        names,
        [
            ("shop", NodeKind::Process),
            ("worker", NodeKind::Process),
            ("repair", NodeKind::Process),
            ("dead", NodeKind::Queue),
            ("jobs", NodeKind::Queue),
        ]
    );
    let edges: Vec<(u32, u32, EdgeKind)> =
        start.edges.iter().map(|edge| (edge.from, edge.to, edge.kind)).collect();
    assert_eq!(
        edges,
        [
            (0, 4, EdgeKind::Sends),
            (4, 1, EdgeKind::Receives),
            (3, 2, EdgeKind::Receives),
            (4, 3, EdgeKind::DeadLetters),
        ]
    );
    let link = start.edges[0].link.as_ref().expect("a link is declared");
    assert_eq!((link.name.as_str(), link.latency.as_deref()), ("shop -> jobs", Some("20ms")));
    assert_eq!((link.loss.as_deref(), link.can_cut), (Some("1%"), true));
    while session.clock() {}
    let end = session.frame().system;
    let shape = |view: &sim_core::session::SystemView| {
        let nodes: Vec<_> = view.nodes.iter().map(|node| (node.name.clone(), node.count)).collect();
        let edges: Vec<_> = view.edges.iter().map(|edge| (edge.from, edge.to)).collect();
        (nodes, edges)
    };
    assert_eq!(shape(&start), shape(&end));
}

#[test]
fn a_message_is_seen_on_its_link_in_its_queue_and_at_its_worker() {
    let mut session = open(SHOP);
    pick(&mut session, "shop[1] sends order 1, amount 80 to jobs: it is under way");
    let frame = session.frame();
    let moving = &frame.system.moving[0];
    assert_eq!(
        (moving.letter.words.as_str(), moving.letter.label.as_str()),
        ("order 1, amount 80", "1")
    );
    assert_eq!((moving.sent, moving.due, moving.gone(10_000_000)), (0, 20_000_000, 500));
    let about: Vec<OfferKind> = frame
        .offers
        .iter()
        .filter(|offer| offer.message == Some(moving.letter.alike))
        .map(|offer| offer.kind)
        .collect();
    assert_eq!(about, [OfferKind::Message; 3], "it may arrive, be lost or be held back");

    pick(&mut session, "order 1, amount 80 arrives at jobs");
    let frame = session.frame();
    let Inside::Queues { shown, .. } = &frame.system.nodes[4].inside else { panic!("a queue") };
    assert_eq!((shown[0].length, shown[0].waiting[0].label.as_str()), (1, "1"));
    let Inside::Workers { shown, .. } = &frame.system.nodes[1].inside else { panic!("workers") };
    assert!(shown.iter().all(|worker| worker.state == WorkerState::Busy), "both may take it");

    pick(&mut session, "worker[2] receives order 1, amount 80 from jobs");
    let frame = session.frame();
    let Inside::Workers { shown, .. } = &frame.system.nodes[1].inside else { panic!("workers") };
    assert_eq!(shown[0].state, WorkerState::Idle);
    let held = &shown[1].holds[0];
    let ring = held.ring.expect("it is seen again after a time");
    assert_eq!((ring.kind, ring.left(frame.now)), (RingKind::Visibility, 1000));
    let Inside::Queues { shown, .. } = &frame.system.nodes[4].inside else { panic!("a queue") };
    assert_eq!((shown[0].length, shown[0].in_flight), (0, 1));
}

#[test]
fn a_message_held_back_arrives_later_and_that_is_a_pick_like_any_other() {
    let mut session = open(SHOP);
    pick(&mut session, "shop[1] sends");
    let choices = session.frame().offers.iter().filter_map(|offer| offer.pick).max();
    pick(&mut session, "order 1, amount 80 is held back until 40ms");
    let frame = session.frame();
    assert_eq!(words(&frame)[1], "order 1, amount 80 was held back until 40ms");
    assert_eq!((frame.system.moving[0].due, frame.now), (40_000_000, 0));
    // It stands behind all choices, so that no other pick means anything else.
    assert_eq!(Some(session.picks()[1]), choices);
    pick(&mut session, "order 1, amount 80 is held back until 60ms");

    let mut again = open(SHOP);
    assert_eq!(again.follow(&session.picks()), 3);
    assert_eq!(again.frame().fingerprint, session.frame().fingerprint);
    again.seek(1);
    assert_eq!(again.frame().system.moving[0].due, 20_000_000, "undone");

    while session.frame().system.moving.iter().any(|moving| moving.letter.label == "1") {
        assert!(session.clock());
    }
    assert_eq!(session.now(), 60_000_000, "the clock keeps to it");
}

#[test]
fn on_a_link_that_keeps_order_those_behind_wait_for_what_is_held_back() {
    let text = "scenario \"In order\"\nqueue q\nprocess a { send 1 to q; send 2 to q }\nlink a -> q (fifo: true)\n";
    let mut session = open(text);
    pick(&mut session, "a sends 1");
    pick(&mut session, "a sends 2");
    // The link takes no time: it is held back for a second.
    pick(&mut session, "1 is held back until 1s");
    let due: Vec<u64> = session.frame().system.moving.iter().map(|one| one.due).collect();
    assert_eq!(due, [1_000_000_000; 2]);
    assert!(session.clock() && session.clock());
    assert_eq!(words(&session.frame())[3..], ["1 arrived at q", "2 arrived at q"]);
}

#[test]
fn a_search_knows_nothing_of_what_is_held_back() {
    let text = "scenario \"One\"\nqueue q\nprocess a { send 1 to q; send 2 to q }\nlink a -> q (latency: 5ms)\n";
    let mut session = open(text);
    pick(&mut session, "a sends 1");
    let before = session.picks();
    pick(&mut session, "1 is held back");
    let report = |picks: &[u32]| {
        let mut explorer =
            Explorer::after(session.program(), picks, Options::default()).expect("they fit");
        while !explorer.advance(usize::MAX) {}
        explorer.report()
    };
    assert_eq!(report(&before), report(&session.picks()));
}

#[test]
fn a_broken_promise_names_the_steps_that_changed_what_it_speaks_of() {
    let text = "scenario \"Race\"\nvar x = 0\nvar y = 0\nprocess p * 2 { let seen = x; x = seen + 1; y = y + 1 }\nfinally x == 2\n";
    let mut session = open(text);
    session.follow(&[1, 2, 1, 1]);
    assert_eq!(broken(&session.frame()), [], "it is judged at the end");
    while session.frame().ending.is_none() {
        assert!(session.pick(1));
    }
    let frame = session.frame();
    let told = broken(&frame);
    assert_eq!((told.len(), told[0].promise, told[0].step), (1, 0, frame.length));
    let changed: Vec<String> =
        told[0].changes.iter().map(|at| words(&frame)[*at as usize - 1].clone()).collect();
    assert!(changed.iter().all(|words| words.starts_with("wrote x")), "{changed:?}");
    assert_eq!(changed.len(), 2);
}

#[test]
fn a_broken_promise_names_what_went_wrong_where_no_step_did_what_it_misses() {
    let text = "scenario \"Crash\"\nvar mailed = 0\nservice shop { on buy() { sleep 1s; mailed = 1 } }\nprocess a { try { call shop.buy() } catch { } }\nfault crash shop anytime for 1s at most 1\nfinally mailed == 1\n";
    let mut session = open(text);
    pick(&mut session, "a calls");
    pick(&mut session, "shop crashes");
    while session.frame().ending.is_none() {
        assert!(session.pick(1));
    }
    let frame = session.frame();
    let told = broken(&frame);
    assert_eq!(told[0].changes, [0; 0], "nothing changed it");
    assert!(told[0].mishaps.contains(&2), "{:?} of {:?}", told[0].mishaps, words(&frame));
    // What comes back is told by what took it down, and by nothing that a client did.
    let back = words(&frame).iter().position(|words| words.contains("calls again"));
    let back = back.unwrap_or_else(|| panic!("it comes back: {:?}", words(&frame)));
    let told = why(&frame, back as u32 + 1);
    assert_eq!((told.chain[0].step, &told.chain[0].how), (2, &How::Fell("shop".to_owned())));
}

#[test]
fn rows_change_for_a_promise_when_they_are_committed() {
    let text = "scenario \"Skew\"\ndatabase d (isolation: repeatable_read) { table rows = { 1: 1, 2: 1 } }\nprocess p * 2 { transaction d { let n = sum(rows); if n > 1 { rows[self] = 0 } } }\nfinally sum(rows) > 0\n";
    let mut session = open(text);
    while session.frame().ending.is_none() {
        let offers = session.frame().offers.len() as u32;
        assert!(session.pick(if session.position() % 2 == 1 { offers } else { 1 }));
    }
    let frame = session.frame();
    let told = broken(&frame);
    let said = words(&frame);
    let changed: Vec<&String> = told[0].changes.iter().map(|at| &said[*at as usize - 1]).collect();
    assert!(changed.len() == 2 && changed.iter().all(|one| one.contains("commit")), "{changed:?}");
}

#[test]
fn a_cut_link_is_told_and_loses_what_is_on_it() {
    let mut session = open(SHOP);
    pick(&mut session, "shop[2] sends");
    pick(&mut session, "shop -> jobs is cut");
    assert!(session.frame().system.edges[0].link.as_ref().is_some_and(|link| link.cut));
    pick(&mut session, "order 2, amount 80 is lost on shop -> jobs");
    pick(&mut session, "shop -> jobs works again");
    let frame = session.frame();
    assert!(frame.system.moving.is_empty());
    let told = why(&frame, 3);
    assert_eq!(told.chain[0].step, 1);
    assert_eq!(told.chain[0].how, How::Sent("order 2, amount 80".to_owned()));
}

#[test]
fn what_fails_too_often_goes_to_the_dead_letters_and_can_say_why() {
    let mut session = open(SHOP);
    pick(&mut session, "shop[2] sends");
    pick(&mut session, "order 2, amount 80 arrives");
    pick(&mut session, "worker[1] receives");
    pick(&mut session, "order 2, amount 80 was not acked in time");
    pick(&mut session, "worker[2] receives");
    pick(&mut session, "worker[2] works");
    pick(&mut session, "worker[2] gives order 2, amount 80 back to jobs: it has failed too often");
    pick(&mut session, "repair receives order 2, amount 80 from dead");
    let frame = session.frame();
    let said = words(&frame);
    assert_eq!(said[4], "received order 2, amount 80 from jobs (try 2)");
    assert!(said[6].ends_with("it had failed too often and went to dead"), "{}", said[6]);

    let second = why(&frame, 5);
    assert_eq!(
        second.chain[0].how,
        How::GaveBack("order 2, amount 80".to_owned(), "jobs".to_owned())
    );
    let steps: Vec<u32> = second.chain.iter().map(|one| one.step).collect();
    assert_eq!(steps, [4, 3, 2, 1], "{second:?}");
    let repair = why(&frame, 8);
    assert_eq!((repair.chain[0].step, repair.is_cut), (7, false), "{repair:?}");
}

#[test]
fn who_lost_an_update_is_told_by_what_it_overwrote_and_what_it_had_read() {
    let text = "scenario \"Race\"\nvar x = 0\nprocess p * 2 { let seen = x; x = seen + 1 }\n";
    let mut session = open(text);
    session.follow(&[1, 2, 1, 1]);
    let frame = session.frame();
    let told = why(&frame, 4);
    assert_eq!(told.chain[0].how, How::Met("x".to_owned()));
    assert_eq!((told.chain[0].step, told.before), (3, Some(2)));
    assert_eq!(why(&frame, 1).chain, []);
}

#[test]
fn a_log_shows_its_entries_and_a_group_who_reads_what() {
    let text = r#"scenario "Log"
log events (partitions: 2)
group billing (from: events)
process shop * 3 { send { order: self } to events key self }
process biller * 2 receive billing as e { work 1ms }
"#;
    let mut session = open(text);
    for number in 1..=3 {
        pick(&mut session, &format!("shop[{number}] sends order {number} to events"));
    }
    let frame = session.frame();
    let node = |name: &str| {
        let at = frame.system.place(name).unwrap_or_else(|| panic!("no {name}"));
        &frame.system.nodes[at]
    };
    let Inside::Partitions(parts) = &node("events").inside else { panic!("partitions") };
    assert_eq!(parts.iter().map(|part| part.entries.len()).sum::<usize>(), 3);
    let Inside::Members(members) = &node("billing").inside else { panic!("members") };
    assert_eq!(members.iter().map(|member| member.lag).sum::<i64>(), 3);
    let owners: Vec<Option<u32>> = members.iter().map(|member| member.owner).collect();
    assert_eq!(owners, [Some(3), Some(4)]);
}

/// What the first sender's last step is told as.
fn last_step(body: &str) -> String {
    let mut session = open(&format!("scenario \"Sending\"\n{body}\n"));
    while session.clock() {}
    words(&session.frame()).pop().expect("there is a step")
}

#[test]
fn a_send_that_comes_nowhere_tells_what_was_sent() {
    let failing = "queue jobs[2]\nfault fail jobs 100%\n\
        process shop { try { send { order: 7 } to jobs[2] } catch { } }";
    assert_eq!(last_step(failing), "sent order 7 to jobs[2], which could not be reached");
    let full = "queue jobs (capacity: 1)\n\
        process shop { send { order: 6 } to jobs; try { send { order: 7 } to jobs } catch { } }";
    assert_eq!(last_step(full), "sent order 7 to jobs, which had no room and refused it");
}

#[test]
fn who_is_dropped_for_want_of_room_is_told_rightly() {
    let full = |when_full: &str| {
        format!(
            "topic t\nqueue jobs (capacity: 1, when_full: {when_full}, from: t)\n\
             process shop {{ send 6 to WHERE; send 7 to WHERE }}"
        )
    };
    for place in ["jobs", "t"] {
        let told = |when_full| last_step(&full(when_full).replace("WHERE", place));
        assert_eq!(
            told("drop_newest"),
            format!("sent 7 to {place}, which had no room and dropped it")
        );
        assert_eq!(
            told("drop_oldest"),
            format!("sent 7 to {place}, which dropped its oldest for it")
        );
    }
}
