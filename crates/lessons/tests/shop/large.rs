//! The large shop: two minutes of a bad day.

use lessons::Unmet;

use crate::support::{Settings, bench, rows, shared};

const ID: &str = "shop";

/// What the two sides of a goal come to, by its place in the text: the lesser one first.
fn sides(goal: usize, settings: Settings<'_>) -> [i64; 2] {
    let (_, measures) = bench(ID).by_the_clock(settings);
    let side = &measures.goals[goal].sides[0];
    let mut both = [&side.left_value, &side.right_value]
        .map(|figure| figure.as_ref().expect("it was measured").value);
    both.sort_unstable();
    both
}

#[test]
fn orders_that_nobody_hears_of_are_never_decided() {
    let owed = |outbox| {
        let [decided, accepted] = sides(1, &[("outbox", outbox)]);
        accepted - decided
    };
    assert_eq!(owed("true"), 0);
    assert!((25..=60).contains(&owed("false")), "{}", owed("false"));
}

#[test]
fn one_order_is_proved() {
    let lesson = bench(ID);
    assert_eq!(lesson.grade_own("prove-one-order", &[]), Ok(None));
    for off in ["undoes", "keys"] {
        let settings = [(off, "false")];
        assert_eq!(lesson.grade_own("prove-one-order", &settings), Ok(Some(Unmet::Fails)), "{off}");
    }
    // The explorer asked for what Inventory remembers.
    let text = lesson.with("if keys and seen == \"held\" { return }", "");
    assert_eq!(lesson.grade("prove-one-order", &text, &[]), Ok(Some(Unmet::Fails)));
}

#[test]
fn a_breaker_spares_payments() {
    let failed = |breaks| bench(ID).measured(1, &[("breaks", breaks)]).of("payments.charge.failed");
    assert!(failed("false") >= 8 * failed("true"), "{} {}", failed("false"), failed("true"));
}

#[test]
fn parcels_and_money_agree() {
    let [kept, shipped] = sides(0, &[]);
    assert_eq!(kept, shipped);
    assert!(shipped > 1800);
}

#[test]
fn it_can_be_tuned() {
    let lesson = bench(ID);
    assert!(lesson.meets("tune-it", lesson.0.scenario, &[]));
    assert!(!lesson.meets("tune-it", lesson.0.scenario, &[("tries", "2")]));
}

#[test]
fn the_stops_follow_one_order_to_where_it_is_sold_out() {
    let lesson = bench(ID);
    let at = |id: &str| {
        let frame = lesson.stop(id);
        (rows(&frame, "book"), rows(&frame, "events"), shared(&frame, "charged"))
    };
    let is = |book: &str, events: &str, charged: &str| {
        (book.to_owned(), events.to_owned(), charged.to_owned())
    };
    assert_eq!(at("written"), is("1: 1", "1: 1", "0"));
    assert_eq!(at("answered"), is("1: 1", "1: 1", "0"));
    assert_eq!(at("handed-on"), is("1: 1", "", "0"));
    assert_eq!(at("charged"), is("1: 1", "", "1"));
    assert_eq!(at("sold-out"), is("1: 1", "", "1"));
    let kept = |id: &str| {
        let frame = lesson.stop(id);
        frame.shared.iter().find(|one| one.place == "shelf[1]").map(|one| one.value.clone())
    };
    assert_ne!(kept("charged").as_deref(), Some("\"gone\""));
    assert_eq!(kept("sold-out").as_deref(), Some("\"gone\""));
}
