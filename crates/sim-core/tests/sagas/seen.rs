//! What a session tells of sagas.

use sim_core::lang::check;
use sim_core::say::{Lang, saga};
use sim_core::session::{SagaNoteKind, SagaState, SagaStepState, Session};

fn session(body: &str) -> Session {
    let text = format!("scenario \"small\"\n{body}\n");
    let checked = check(&text);
    let scenario = checked.scenario.unwrap_or_else(|| panic!("{:?}", checked.diagnostics));
    let values = sim_core::lang::Values::defaults(scenario.params());
    let program = scenario.bind(&values).unwrap_or_else(|errors| panic!("{errors:?}"));
    Session::new(program, &text, 1)
}

const SHOP: &str = "service pay { on charge() { } ; on refund() { } }
var stock = 0
process shop {
  try {
    saga (durable: true) {
      step \"charge\" { call pay.charge() } undo { call pay.refund() }
      step \"take\" { if stock == 0 { fail sold_out } } undo { stock = 1 }
      step \"ship\" { sleep 1s }
    }
  }
  catch sold_out { }
}
fault crash shop anytime for 1s at most 1";

#[test]
fn what_a_crash_left_is_told_until_it_goes_on() {
    let mut session = session(&SHOP.replace(" ; on", "\n  on"));
    let states = |session: &mut Session| {
        let frame = session.frame();
        let one = &frame.sagas[0];
        (one.state, one.steps.iter().map(|step| step.state).collect::<Vec<_>>(), one.notes.len())
    };
    use SagaStepState::{Done, Failed, Running, Undone, Waiting};
    // The look for a note, then the call, who serves it, its end, the note.
    while session.frame().sagas.first().is_none_or(|one| one.notes.is_empty()) {
        assert!(session.pick(1));
    }
    assert_eq!(states(&mut session), (SagaState::Running, vec![Done, Running, Waiting], 1));
    let crash = session.frame().offers.len();
    let words = |session: &mut Session| {
        let frame = session.frame();
        let step = frame.step(frame.position).expect("it was taken");
        step.sagas.iter().map(|told| saga(told, Lang::En)).collect::<Vec<_>>()
    };
    assert!(session.pick(crash as u32));
    assert_eq!(states(&mut session).0, SagaState::Stopped);
    assert!(session.pick(1), "it starts again");
    assert!(session.pick(1), "it looks for its note");
    assert_eq!(words(&mut session), ["the saga goes on behind its last note: “charge” is done"]);
    assert_eq!(session.frame().sagas[0].resumed.len(), 1);
    assert_eq!(session.frame().sagas.len(), 1, "it is the same saga");
    while session.frame().ending.is_none() {
        assert!(session.pick(1));
    }
    assert_eq!(states(&mut session), (SagaState::Compensated, vec![Undone, Failed, Waiting], 3));
    let frame = session.frame();
    let kinds: Vec<SagaNoteKind> = frame.sagas[0].notes.iter().map(|note| note.kind).collect();
    assert_eq!(kinds, [SagaNoteKind::Done(0), SagaNoteKind::Turned, SagaNoteKind::Undone(0)]);
    let charge = &frame.sagas[0].steps[0];
    assert_eq!(charge.forth.calls[0].what, "pay.charge");
    let refund = &charge.back.as_ref().expect("it is undone").calls[0];
    assert!(refund.what == "pay.refund" && refund.to.is_some() && refund.error.is_none());
    assert_eq!(frame.sagas[0].error.as_deref(), Some("sold_out"));
    // Back and forth it is the same.
    session.seek(0);
    let before = session.frame();
    assert_eq!(before.sagas.len(), 1);
    assert_eq!((before.sagas[0].state, before.sagas[0].name.as_str()), (SagaState::Waiting, ""));
    session.seek(frame.length);
    assert_eq!(session.frame().sagas, frame.sagas);
}
