//! A saga that one process leads: order, payment, inventory.

use lessons::Unmet;
use sim_core::session::{Frame, PromiseState};

use crate::support::{bench, shared};

const ID: &str = "saga";
const PAID: &str = "paid is what is sold";
const THANKED: &str = "only buyers are thanked";

/// Thanks go out once the order is settled.
fn patient<'a>(refund: &'a str, lost: &'a str) -> [(&'a str, &'a str); 3] {
    [("refund", refund), ("lost", lost), ("hasty", "false")]
}

#[test]
fn the_numbers_of_the_debrief_are_right() {
    let lesson = bench(ID);
    assert_eq!(lesson.counts(&patient("nothing", "false")), "104 of 149");
    assert_eq!(lesson.broken(&patient("nothing", "false")), [PAID]);
    for refund in ["subtract", "zero", "close"] {
        assert_eq!(lesson.counts(&patient(refund, "false")), "0 of 159");
    }
    assert_eq!(lesson.counts(&patient("subtract", "true")), "97 of at least 157126");
    assert_eq!(lesson.counts(&patient("zero", "true")), "16533 of at least 157126");
    assert_eq!(lesson.counts(&patient("close", "true")), "0 of at least 141867");
    assert_eq!(lesson.counts(&[("refund", "close")]), "708 of 816");
    assert_eq!(lesson.broken(&[("refund", "close")]), [THANKED]);
}

#[test]
fn each_refund_is_wrong_by_ten_in_its_own_way() {
    let lesson = bench(ID);
    let wrong = |refund, lost| {
        let report = lesson.report(&patient(refund, lost));
        let failing = report.outcomes.iter().filter(|outcome| outcome.failing.number != "0");
        let paid = failing.map(|outcome| {
            let of = |name: &str| {
                let value = outcome.values.iter().find(|(one, _)| one == name);
                value.expect("it is in the table").1.clone()
            };
            assert_eq!(of("status"), "\"no\"");
            assert_eq!(of("shelf"), "0", "the lamp is gone in every one of them");
            of("paid")
        });
        paid.collect::<Vec<_>>()
    };
    assert_eq!(wrong("nothing", "false"), ["10"]);
    assert_eq!(wrong("subtract", "true"), ["-10"]);
    assert_eq!(wrong("zero", "true"), ["10"]);
}

#[test]
fn the_stops_show_what_they_say() {
    let lesson = bench(ID);
    let of = |id, name| shared(&lesson.stop(id), name);
    assert_eq!(of("ordered", "status"), "\"pending\"");
    assert_eq!([of("charged", "paid"), of("charged", "thanked")], ["10", "0"]);
    assert_eq!(of("seen", "thanked"), "1");
    assert_eq!([of("refused", "shelf"), of("refused", "paid")], ["0", "10"]);
    assert_eq!(of("turned", "status"), "\"pending\"");
    assert_eq!(of("nobody-knows", "paid"), "0");
    assert_eq!([of("undone", "status"), of("undone", "paid")], ["\"no\"", "0"]);
    assert_eq!([of("too-late", "status"), of("too-late", "paid")], ["\"no\"", "10"]);
}

#[test]
fn a_refund_that_fails_is_asked_for_again() {
    let lesson = bench(ID);
    let settings = [("refund", "subtract"), ("lost", "true")];
    let mut session = lesson.play("sold out", &settings);
    assert!(session.pick(2), "the refund may be refused");
    let undo = |frame: &Frame| frame.sagas[0].steps[1].back.clone().expect("it has an undo");
    assert_eq!(
        [shared(&session.frame(), "paid"), undo(&session.frame()).tries.to_string()],
        ["10", "1"]
    );
    assert_eq!(undo(&session.frame()).error.as_deref(), Some("unavailable"));
    while session.clock() {}
    let frame = session.frame();
    assert_eq!([shared(&frame, "paid"), shared(&frame, "status")], ["0", "\"no\""]);
    assert_eq!(undo(&frame).tries, 2);
}

#[test]
fn breaks_are_done_by_hand() {
    let lesson = bench(ID);
    let played = |schedule: &str, refund, lost| {
        let mut session = lesson.play(schedule, &[("refund", refund), ("lost", lost)]);
        while session.clock() {}
        session.frame()
    };
    let kept = played("sold out", "nothing", "false");
    assert!(lesson.is_broken("keep-the-money", &kept));
    let thanked = played("sold out", "close", "false");
    assert!(!matches!(thanked.promises[0].state, PromiseState::Broken { .. }));
    assert!(lesson.is_broken("thanks-for-nothing", &thanked));
    assert!(lesson.is_broken("charged-after-all", &played("overtaken", "zero", "true")));
    let lost = [("refund", "subtract"), ("lost", "true")];
    assert!(lesson.breaks("money-from-nothing", &lost, &[1, 1, 3, 1, 1, 1, 1, 1, 1]));
}

#[test]
fn fixes_are_graded_by_every_schedule() {
    let lesson = bench(ID);
    let fails = Ok(Some(Unmet::Fails));
    for refund in ["nothing", "subtract", "zero"] {
        assert_eq!(lesson.grade_own("fix-it", &patient(refund, "false")), fails);
    }
    assert_eq!(lesson.grade_own("fix-it", &[("refund", "close")]), fails);
    assert_eq!(lesson.grade_own("fix-it", &patient("close", "false")), Ok(None));
}

#[test]
fn a_refund_has_to_leave_a_mark() {
    let lesson = bench(ID);
    let subtract = [("refund", "subtract")];
    let with = |branch: &str| lesson.with("subtract => atomic { paid -= 10 }", branch);
    let grade = |text: &str| lesson.grade("fix-the-refund", text, &subtract);
    assert_eq!(grade(&with("subtract => atomic { paid = 0; closed = true }")), Ok(None));
    // To see first whether anything was taken is not enough.
    let looks = with("subtract => atomic { if paid > 0 { paid -= 10 } }");
    assert_eq!(grade(&looks), Ok(Some(Unmet::Fails)));
    // Two steps leave a gap for the charge.
    let apart = with("subtract => { paid = 0; closed = true }");
    assert_eq!(grade(&apart), Ok(Some(Unmet::Fails)));
    // Who sells nothing takes no money.
    // Who sells nothing keeps no money, and is no shop.
    let never = lesson.with("\"approval\" { status = \"yes\" }", "\"approval\" { fail sold_out }");
    let closes = patient("close", "false");
    let nothing = Unmet::Reaches { name: "thanked", value: "1" };
    assert_eq!(lesson.grade("fix-it", &never, &closes), Ok(Some(nothing)));
}

#[test]
fn thanks_belong_behind_what_can_refuse() {
    let lesson = bench(ID);
    let hasty = [("refund", "close"), ("hasty", "true")];
    let late = lesson
        .with("topic payment_authorized", "topic payment_authorized; topic order_approved")
        .replacen("(from: payment_authorized", "(from: order_approved", 1)
        .replacen("status = \"yes\" }", "status = \"yes\"; send 1 to order_approved }", 1);
    assert_eq!(lesson.grade("fix-the-thanks", &late, &hasty), Ok(None));
    assert_eq!(lesson.grade_own("fix-the-thanks", &hasty), Ok(Some(Unmet::Fails)));
    // Who thanks nobody does not thank buyers either.
    let mute = lesson.with("thanked += 1", "");
    assert_eq!(lesson.grade("fix-the-thanks", &mute, &hasty), Ok(Some(Unmet::Fails)));
}
