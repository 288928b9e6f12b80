//! A saga that nobody directs: services that hear events and say the next one.

use lessons::Unmet;

use crate::support::{bench, rows};

const ID: &str = "saga-by-events";
const ENDS: &str = "the order comes to an end";
const NO: &str = "a no costs nothing";
const PAID: &str = "a yes is paid once";
const PACKED: &str = "a yes is packed once";
const ONCE_AT_MOST: &str = "at_most_once";
const ONCE_AT_LEAST: &str = "at_least_once";

fn set<'a>(
    broker: &'a str,
    again: &'a str,
    crash: &'a str,
    refuses: &'a str,
) -> [(&'a str, &'a str); 4] {
    [("broker", broker), ("again", again), ("crash", crash), ("refuses", refuses)]
}

#[test]
fn the_numbers_of_the_debrief_are_right() {
    let lesson = bench(ID);
    let counts = |broker, again, crash, refuses| lesson.counts(&set(broker, again, crash, refuses));
    for broker in [ONCE_AT_MOST, ONCE_AT_LEAST] {
        assert_eq!(counts(broker, "acts", "nobody", "inventory"), "0 of 1400");
    }
    let lost = |crash| counts(ONCE_AT_MOST, "acts", crash, "inventory");
    assert_eq!(lost("payment"), "2 of 42702");
    assert_eq!(lost("inventory"), "4 of 48164");
    assert_eq!(lost("refunds"), "1400 of 66976");
    let twice = |crash, refuses| counts(ONCE_AT_LEAST, "acts", crash, refuses);
    assert_eq!(twice("inventory", "inventory"), "23300480 of 23344300");
    assert_eq!(twice("payment", "nobody"), "522752 of 523360");
    assert_eq!(counts(ONCE_AT_LEAST, "keeps_silent", "payment", "inventory"), "1 of 316681");
    // In one of the two that leave the order pending the money is gone as well.
    let report = lesson.report(&set(ONCE_AT_MOST, "acts", "payment", "inventory"));
    let found: Vec<&str> =
        report.broken.iter().map(|broken| broken.found.schedules.number.as_str()).collect();
    assert_eq!(found, ["2", "1"]);
}

#[test]
fn each_way_fails_in_its_own_way() {
    let lesson = bench(ID);
    let broken = |broker, again, crash, refuses| lesson.broken(&set(broker, again, crash, refuses));
    assert_eq!(broken(ONCE_AT_MOST, "repeats", "payment", "nobody"), [ENDS, NO]);
    assert_eq!(broken(ONCE_AT_MOST, "repeats", "refunds", "inventory"), [NO]);
    assert_eq!(broken(ONCE_AT_LEAST, "acts", "inventory", "inventory"), [NO]);
    assert_eq!(broken(ONCE_AT_LEAST, "acts", "payment", "nobody"), [PAID, PACKED]);
    assert_eq!(broken(ONCE_AT_LEAST, "keeps_silent", "payment", "inventory"), [ENDS, NO]);
}

#[test]
fn the_stops_show_what_they_say() {
    let lesson = bench(ID);
    let bill = |id| rows(&lesson.stop(id), "bills");
    assert_eq!(bill("authorized"), "1: { paid: 80, state: \"paid\" }");
    assert_eq!(bill("refused"), "1: { paid: 80, state: \"paid\" }");
    assert_eq!(rows(&lesson.stop("refused"), "orders"), "1: \"pending\"");
    assert_eq!(bill("down"), "1: { paid: 80, state: \"paid\" }");
    assert_eq!(bill("paid-twice"), "1: { paid: 160, state: \"paid\" }");
    assert_eq!(bill("silent"), "1: { paid: 80, state: \"paid\" }");
}

#[test]
fn breaks_are_done_by_hand() {
    let lesson = bench(ID);
    let lost = set(ONCE_AT_MOST, "acts", "payment", "nobody");
    assert!(lesson.breaks("lose-it", &lost, &[1, 1, 2, 1]));
    let kept = set(ONCE_AT_MOST, "acts", "refunds", "inventory");
    assert!(lesson.breaks("no-refund", &kept, &[1, 1, 1, 1, 1, 1, 1, 1, 1, 3, 2, 1, 1, 1]));
    let played = |again| {
        let mut session = lesson.play("a crash", &set(ONCE_AT_LEAST, again, "payment", "nobody"));
        while session.clock() {}
        session.frame()
    };
    assert!(lesson.is_broken("pay-twice", &played("acts")));
    assert!(lesson.is_broken("silence", &played("keeps_silent")));
}

#[test]
fn fixes_are_graded_by_every_schedule() {
    let lesson = bench(ID);
    let grade = |broker, again| lesson.grade_own("fix-it", &[("broker", broker), ("again", again)]);
    for again in ["acts", "keeps_silent", "repeats"] {
        assert_eq!(grade(ONCE_AT_MOST, again), Ok(Some(Unmet::Fails)), "{again}");
    }
    for again in ["acts", "keeps_silent"] {
        assert_eq!(grade(ONCE_AT_LEAST, again), Ok(Some(Unmet::Fails)), "{again}");
    }
    assert_eq!(grade(ONCE_AT_LEAST, "repeats"), Ok(None));
}

#[test]
fn both_services_have_to_say_it_again() {
    let lesson = bench(ID);
    let silent = [("broker", ONCE_AT_LEAST), ("again", "keeps_silent")];
    assert_eq!(lesson.grade_own("fix-silence", &silent), Ok(Some(Unmet::Fails)));
    let asks = "if n == 1 or again == repeats {";
    let text = lesson.0.scenario;
    assert_eq!(text.matches(asks).count(), 2);
    let both = text.replace(asks, "if true {");
    assert_eq!(lesson.grade("fix-silence", &both, &silent), Ok(None));
    let one = lesson.with(asks, "if true {");
    assert_eq!(lesson.grade("fix-silence", &one, &silent), Ok(Some(Unmet::Fails)));
}
