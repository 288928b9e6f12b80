//! What is seen of logs and sagas: who has read how far, what is kept of it, what was begun.

use sim_core::lang::{Values, check};
use sim_core::session::{Frame, LogView, ReaderView, SagaState, SagaStepState, Session};

fn open(text: &str) -> Session {
    let checked = check(text);
    let scenario = checked.scenario.unwrap_or_else(|| panic!("{:?}", checked.diagnostics));
    let values = Values::defaults(scenario.params());
    Session::new(scenario.bind(&values).expect("it binds"), text, 1)
}

/// Lets the process of this name take a step, or the first thing that happens to it.
fn step(session: &mut Session, name: &str) {
    let frame = session.frame();
    let offer = frame.offers.iter().find(|offer| offer.name == name && offer.pick.is_some());
    let offer = offer.unwrap_or_else(|| panic!("{name} cannot move: {:?}", frame.offers));
    assert!(session.pick(offer.pick.expect("it was looked for")));
}

/// Lets a fault strike, or what it did be over.
fn fault(session: &mut Session) {
    let frame = session.frame();
    let offer = frame
        .offers
        .iter()
        .find(|offer| offer.kind == sim_core::session::OfferKind::Fault && offer.pick.is_some());
    assert!(session.pick(offer.and_then(|offer| offer.pick).expect("a fault")));
}

fn log(frame: &Frame) -> &LogView {
    &frame.logs[0]
}

fn far(reader: &ReaderView) -> (Option<i64>, Option<i64>, Option<u32>) {
    (reader.next, reader.committed, reader.behind)
}

const FOLLOWED: &str = r#"scenario "Events first"
log events
database views {
  table total = { 1: 0 }
  table position = { 1: 0 }
}
process client {
  send { delta: 10 } to events
  send { delta: 10 } to events
}
process projector {
  follow events from position[1] + 1 as e {
    update total[1] set value = value + e.delta
    position[1] = offset(e)
  }
}
process looker { follow events from 1 as e { note "seen" } }
fault crash projector anytime for 1s at most 1
"#;

#[test]
fn a_follower_is_where_it_reads_next_and_nobody_knows_where_it_starts_again() {
    let mut session = open(FOLLOWED);
    let readers = |session: &mut Session| -> Vec<_> {
        session.frame().logs[0].readers.iter().map(far).collect()
    };
    // One still has to look where to begin.
    assert_eq!(readers(&mut session), [(None, None, None), (Some(1), None, Some(0))]);
    step(&mut session, "client");
    step(&mut session, "client");
    step(&mut session, "projector");
    assert_eq!(readers(&mut session)[0], (Some(1), None, Some(2)));
    step(&mut session, "projector");
    assert_eq!(readers(&mut session)[0], (Some(2), None, Some(1)), "read, and in its hands");
    let frame = session.frame();
    let [model] = log(&frame).models.as_slice() else { panic!("one of both keeps its place") };
    assert_eq!(
        (model.by.as_str(), model.things.as_slice()),
        ("projector", &["total".to_owned(), "position".to_owned()][..])
    );
    let kept = |frame: &Frame| {
        let kept = &log(frame).models[0].kept[0];
        (kept.place.clone(), kept.upto, kept.behind)
    };
    assert_eq!(kept(&frame), ("position[1]".to_owned(), 0, 2));
    step(&mut session, "projector");
    step(&mut session, "projector");
    assert_eq!(kept(&session.frame()), ("position[1]".to_owned(), 1, 1));
    assert_eq!(readers(&mut session)[0], (Some(2), None, Some(1)));
    fault(&mut session);
    assert_eq!(readers(&mut session)[0], (None, None, None));
    assert_eq!(kept(&session.frame()), ("position[1]".to_owned(), 1, 1), "that outlives it");
    assert_eq!(readers(&mut session)[1], (Some(1), None, Some(2)), "the other one has not moved");
}

#[test]
fn offsets_are_found_where_they_are_written_with_something_added() {
    let model = |keep: &str, body: &str| {
        let text = format!(
            "scenario \"s\"\nlog l\n{keep}\nprocess w {{ send {{ n: 1 }} to l }}\n\
             process r {{ follow l from 1 as e {{ {body} }} }}\n"
        );
        let mut session = open(&text);
        step(&mut session, "w");
        step(&mut session, "r");
        step(&mut session, "r");
        let frame = session.frame();
        let kept = log(&frame).models.iter().flat_map(|model| &model.kept);
        kept.map(|kept| (kept.place.clone(), kept.upto, kept.behind)).collect::<Vec<_>>()
    };
    assert_eq!(model("var next = 1", "next = offset(e) + 1"), [("next".to_owned(), 1, 0)]);
    assert_eq!(
        model("var done[] = none", "done[self] = offset(e)"),
        [("done[1]".to_owned(), 1, 0)]
    );
    assert_eq!(
        model(
            "database d { table p = { 1: { sum: 0, at: 0 } } }",
            "update p[1] set sum = sum + e.n, at = offset(e)"
        ),
        [("p[1]".to_owned(), 1, 0)]
    );
    assert_eq!(model("var sum = 0", "sum = sum + e.n"), [], "no offset");
}

#[test]
fn a_group_is_behind_by_what_it_has_not_committed_and_starts_again_there() {
    let mut session = open(
        r#"scenario "A group"
log events
group readers (from: events, session: 1s)
process writer { send 1 to events
  send 2 to events }
process reader receive readers as e { work 1ms }
fault crash reader anytime for 1s at most 1
"#,
    );
    step(&mut session, "writer");
    step(&mut session, "writer");
    step(&mut session, "reader");
    let frame = session.frame();
    let reader = &log(&frame).readers[0];
    assert_eq!(reader.group.as_deref(), Some("readers"));
    assert_eq!(far(reader), (Some(2), Some(1), Some(2)), "taken, and not done");
    fault(&mut session);
    assert_eq!(far(&session.frame().logs[0].readers[0]), (Some(1), Some(1), Some(2)));
}

#[test]
fn a_saga_is_seen_before_it_begins_and_a_crash_leaves_its_call_without_an_answer() {
    let mut session = open(
        r#"scenario "A saga"
var paid = 0
service payment { on charge() { paid += 1 } }
process checkout {
  saga (durable: true) {
    step "charge" { call payment.charge() } undo { paid = 0 }
    step "tell"   { paid = 2 }
  }
}
fault crash checkout anytime for 1s at most 1
"#,
    );
    let frame = session.frame();
    let [saga] = frame.sagas.as_slice() else { panic!("as it stands in the text") };
    assert_eq!((saga.state, saga.steps.len()), (SagaState::Waiting, 2));
    assert!(saga.steps.iter().all(|step| step.state == SagaStepState::Waiting));
    assert_eq!(
        saga.steps.iter().map(|step| step.back.is_some()).collect::<Vec<_>>(),
        [true, false]
    );
    step(&mut session, "checkout");
    step(&mut session, "checkout");
    fault(&mut session);
    let frame = session.frame();
    let [saga] = frame.sagas.as_slice() else { panic!("the same one") };
    assert_eq!(saga.state, SagaState::Stopped);
    let calls = &saga.steps[0].forth.calls;
    assert_eq!(calls.len(), 1);
    assert_eq!((calls[0].to, &calls[0].error), (None, &None), "nobody hears the answer");
}
