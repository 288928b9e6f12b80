//! The bank transfer and the crash in its middle.

use lessons::Unmet;
use sim_core::session::PromiseState;

use crate::{
    rows,
    support::{bench, shared},
};

const ID: &str = "bank-transfer";
const TRANSACTION: (&str, &str) = ("guard", "transaction");
const AUDIT: (&str, &str) = ("audit", "true");
const RESTART: (&str, &str) = ("restart", "true");

#[test]
fn the_numbers_of_the_debrief_are_right() {
    let lesson = bench(ID);
    assert_eq!(lesson.counts(&[]), "1 of 4");
    assert_eq!(lesson.counts(&[("guard", "credit_first")]), "1 of 4");
    assert_eq!(lesson.counts(&[TRANSACTION]), "0 of 5");
    assert_eq!(lesson.counts(&[AUDIT]), "5 of 13");
    assert_eq!(lesson.counts(&[TRANSACTION, AUDIT]), "0 of 19");
    assert_eq!(lesson.counts(&[TRANSACTION, RESTART]), "1 of 5");
    assert_eq!(lesson.broken(&[TRANSACTION, RESTART]), ["the receipt is right"]);
}

#[test]
fn one_auditor_is_wrong_without_any_crash() {
    let report = bench(ID).report(&[AUDIT]);
    let calm = report.outcomes.iter().filter(|outcome| {
        let ends = |name: &str, value: &str| {
            outcome.values.iter().any(|(one, other)| one == name && other == value)
        };
        ends("receipt", "true") && ends("mismatches", "1")
    });
    let schedules: Vec<_> = calm.map(|outcome| outcome.schedules.number.as_str()).collect();
    assert_eq!(schedules, ["1"]);
}

#[test]
fn the_stops_show_what_they_say() {
    let lesson = bench(ID);
    let accounts = |id| rows(&lesson.stop(id), "accounts");
    assert_eq!(accounts("debited"), "1: 70, 2: 100");
    assert_eq!(accounts("thirty-are-gone"), "1: 70, 2: 100");
    assert_eq!(accounts("thirty-too-many"), "1: 100, 2: 130");
    assert_eq!(accounts("never-happened"), "1: 100, 2: 100");
    let moved = lesson.stop("no-receipt");
    assert_eq!(rows(&moved, "accounts"), "1: 70, 2: 130");
    assert_eq!(shared(&moved, "receipt"), "false");
    let gone = lesson.play("a crash half-way", &[]).frame();
    assert_eq!(gone.promises[0].state, PromiseState::Broken { step: 2 });
    assert!(lesson.is_broken("lose-it", &gone));
}

#[test]
fn started_again_without_a_transaction_it_takes_the_money_once_more() {
    let lesson = bench(ID);
    let mut session = lesson.play("a crash half-way", &[RESTART]);
    while session.clock() {}
    assert_eq!(rows(&session.frame(), "accounts"), "1: 40, 2: 130");
}

#[test]
fn fixes_are_graded_by_every_schedule() {
    let lesson = bench(ID);
    for guard in ["none", "credit_first"] {
        assert_eq!(lesson.grade_own("fix-it", &[("guard", guard)]), Ok(Some(Unmet::Fails)));
    }
    assert_eq!(lesson.grade_own("fix-it", &[TRANSACTION]), Ok(None));
    assert_eq!(lesson.grade_own("move-it-once", &[TRANSACTION]), Ok(Some(Unmet::Fails)));
    // A bank that never moves anything loses nothing.
    let idle = lesson
        .with("transaction  => transaction bank { debit(); credit() }", "transaction => stop");
    let unmoved = Unmet::Reaches { name: "receipt", value: "true" };
    assert_eq!(lesson.grade("fix-it", &idle, &[TRANSACTION]), Ok(Some(unmoved)));
}

#[test]
fn a_note_in_the_same_transaction_moves_it_once() {
    let lesson = bench(ID);
    let noted = |inside: &str| {
        lesson
            .with("2: 100 }\n", "2: 100 }\n  table moves\n")
            .replace("transaction  => transaction bank { debit(); credit() }", inside)
    };
    let together = noted(
        "transaction => {
      try { transaction bank { insert moves[1] = amount; debit(); credit() } }
      catch duplicate { }
    }",
    );
    assert_eq!(lesson.grade("move-it-once", &together, &[TRANSACTION]), Ok(None));
    // Noted before, in a transaction of its own, it may be noted and not moved.
    let before = noted(
        "transaction => {
      try {
        insert moves[1] = amount
        transaction bank { debit(); credit() }
      }
      catch duplicate { }
    }",
    );
    assert_eq!(lesson.grade("fix-it", &before, &[TRANSACTION]), Ok(None), "no money is lost");
    let found = lesson.grade("move-it-once", &before, &[TRANSACTION]);
    assert_eq!(found, Ok(Some(Unmet::Fails)), "a receipt for nothing");
}
