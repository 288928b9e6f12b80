//! What the lesson on a slow subscriber says is true.

mod support;

use lessons::Unmet;
use support::{bench, met, shared, spread};

const ID: &str = "slow-subscriber";
const PACE: &str = "the shop never waits for the statistics";
const ONCE: &str = "an order is cooked once, or refused";
const FIGURES: &str = "the figures are complete";
const REJECT: (&str, &str) = ("full", "reject");
const OLDEST: (&str, &str) = ("full", "drop_oldest");
const AGAIN: (&str, &str) = ("again", "true");

#[test]
fn the_numbers_of_the_debrief_are_right() {
    let lesson = bench(ID);
    assert_eq!(lesson.counts(&[]), "9240 of 52990");
    assert_eq!(lesson.counts(&[REJECT]), "381 of 18147");
    assert_eq!(lesson.counts(&[REJECT, AGAIN]), "110290 of 128056");
    assert_eq!(lesson.counts(&[OLDEST]), "381 of 18147");
}

#[test]
fn each_way_lets_somebody_else_suffer() {
    let lesson = bench(ID);
    assert_eq!(lesson.broken(&[]), [PACE]);
    assert_eq!(lesson.broken(&[REJECT]), [ONCE, FIGURES]);
    assert_eq!(lesson.broken(&[REJECT, AGAIN]), [ONCE, FIGURES]);
    assert_eq!(lesson.broken(&[OLDEST]), [FIGURES]);
}

#[test]
fn the_clock_shows_how_long_the_shop_waits() {
    let run = |full: (&str, &str)| {
        let (end, measures) = bench(ID).by_the_clock(&[full]);
        let shop = spread(&measures, "shop.latency").1;
        (shop, shared(&end, "cooked"), shared(&end, "counted"), met(&measures))
    };
    let told = |shop, counted: &str, met| (shop, "30".to_owned(), counted.to_owned(), vec![met]);
    assert_eq!(run(("full", "block")), told(2_420, "30", false));
    assert_eq!(run(REJECT), told(600, "11", true));
    assert_eq!(run(OLDEST), told(600, "11", true));
}

#[test]
fn the_stops_show_what_they_say() {
    let lesson = bench(ID);
    let at = |id: &str| {
        let frame = lesson.stop(id);
        ["cooked", "counted", "refused", "held_up"].map(|name| shared(&frame, name))
    };
    assert_eq!(at("one-for-each"), ["0", "0", "0", "0"]);
    assert_eq!(at("half-refused"), ["0", "0", "1", "0"]);
    assert_eq!(at("twice-in-the-kitchen"), ["0", "0", "1", "0"]);
    assert_eq!(at("the-shop-stands"), ["0", "0", "0", "1"]);
    assert_eq!(at("figures-missing"), ["3", "1", "0", "0"]);
}

#[test]
fn what_was_refused_is_cooked_by_hand() {
    let lesson = bench(ID);
    let small = [REJECT, ("room", "1"), ("orders", "3")];
    let end = lesson.play("the statistics sleep", &small).frame();
    assert!(lesson.is_broken("cook-what-was-refused", &end));
}

#[test]
fn fixes_are_graded_by_every_schedule() {
    let lesson = bench(ID);
    for full in ["block", "reject"] {
        let found = lesson.grade_own("let-the-shop-go-on", &[("full", full)]);
        assert_eq!(found, Ok(Some(Unmet::Fails)), "{full}");
    }
    assert_eq!(lesson.grade_own("let-the-shop-go-on", &[OLDEST]), Ok(None));
    assert_eq!(lesson.grade_own("complete-figures", &[OLDEST]), Ok(Some(Unmet::Fails)));
}

#[test]
fn a_log_lets_everybody_go_at_their_own_pace() {
    let lesson = bench(ID);
    let text = lesson.with("topic placed\n", "topic placed\nlog book\n");
    let text = text.replacen(
        "process clerk receive figures as order {\n",
        "process clerk {\n  follow book from 1 as order {\n",
        1,
    );
    let text = text.replacen("  counted += 1\n}", "  counted += 1\n}\n}", 1);
    let text = text.replacen("queue figures (from: placed, visibility: none,\n               capacity: room, when_full: full)\n", "queue figures\n", 1);
    let text = text.replacen(
        "send { order: order } to placed\n",
        "send { order: order } to placed\n send { order: order } to book\n",
        1,
    );
    assert_eq!(lesson.grade("complete-figures", &text, &[OLDEST]), Ok(None));
    // So does a queue without an end.
    let endless = lesson.with(",\n               capacity: room, when_full: full)", ")");
    assert_eq!(lesson.grade("complete-figures", &endless, &[OLDEST]), Ok(None));
}

#[test]
fn tricks_are_no_fixes() {
    let lesson = bench(ID);
    let shut = lesson.with(
        "  for order in 1..orders {\n",
        "  for order in 1..orders {\n    refused += 1\n    continue\n",
    );
    let left = Unmet::Ends { name: "cooked", value: "2" };
    assert_eq!(lesson.grade("let-the-shop-go-on", &shut, &[OLDEST]), Ok(Some(left)));
}
