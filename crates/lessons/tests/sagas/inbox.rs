//! The inbox: a message that comes twice and counts once.

use lessons::Unmet;
use sim_core::{explore::explore, lang};

use crate::support::{bench, rows};

const ID: &str = "inbox";
const BOOKED: &str = "the payment is booked";
const ONCE: &str = "it is booked only once";

fn set<'a>(note: &'a str, trouble: &'a str) -> [(&'a str, &'a str); 2] {
    [("note", note), ("trouble", trouble)]
}

#[test]
fn the_numbers_of_the_debrief_are_right() {
    let lesson = bench(ID);
    let crash = |note| lesson.counts(&set(note, "crash"));
    assert_eq!(crash("never"), "80 of 434");
    assert_eq!(crash("after"), "154 of 1144");
    assert_eq!(crash("before"), "80 of 698");
    assert_eq!(crash("elsewhere"), "170 of 1020");
    assert_eq!(crash("together"), "0 of 1144");
    assert_eq!(lesson.counts(&set("after", "slow")), "3600 of at least 4432");
    assert!(lesson.broken(&set("together", "slow")).is_empty());
    assert_eq!(lesson.counts(&set("together", "sent_twice")), "0 of 11748");
    let delivery = [("note", "together"), ("trouble", "sent_twice"), ("number", "delivery")];
    assert_eq!(lesson.counts(&delivery), "31788 of 31824");
    assert_eq!(lesson.counts(&set("together", "clean_up")), "4890 of at least 22896");
}

#[test]
fn each_gap_fails_in_its_own_way() {
    let lesson = bench(ID);
    for note in ["never", "after"] {
        assert_eq!(lesson.broken(&set(note, "crash")), [ONCE], "{note}");
    }
    for note in ["before", "elsewhere"] {
        assert_eq!(lesson.broken(&set(note, "crash")), [BOOKED], "{note}");
        assert!(lesson.broken(&set(note, "slow")).is_empty(), "{note}");
    }
    for note in ["never", "after", "before", "elsewhere", "together"] {
        assert!(lesson.broken(&set(note, "nothing")).is_empty(), "{note}");
    }
}

#[test]
fn a_janitor_who_waits_for_an_empty_queue_still_forgets_too_soon() {
    let lesson = bench(ID);
    let waits = "wait until marked and payments.length == 0 and payments.inflight == 0";
    let janitor = format!("{{\n  {waits}\n  delete inbox\n}}");
    let text = lesson.with("{ delete inbox }", &janitor);
    let scenario = lang::check(&text).scenario.expect("the text is right");
    let mut values = lang::Values::default();
    for (name, value) in set("together", "clean_up") {
        values.set(scenario.params(), name, value).expect("the parameter takes it");
    }
    let report = explore(&scenario.bind(&values).expect("it can run"));
    assert!(report.complete);
    let broken: Vec<u32> = report.broken.iter().map(|broken| broken.promise).collect();
    assert_eq!(broken, [1]);
}

#[test]
fn the_stops_show_what_they_say() {
    let lesson = bench(ID);
    let of = |id| {
        let frame = lesson.stop(id);
        ["account", "inbox", "seen"].map(|table| rows(&frame, table))
    };
    let are = |account: &str, inbox: &str, seen: &str| [account, inbox, seen].map(str::to_owned);
    assert_eq!(of("booked"), are("1: 50", "", ""));
    assert_eq!(of("not-noted"), are("1: 50", "", ""));
    assert_eq!(of("note-stays"), are("1: 0", "", "7: 1"));
    assert_eq!(of("nothing-stays"), are("1: 0", "", ""));
    assert_eq!(of("waits"), are("1: 0", "", ""));
    assert_eq!(of("known"), are("1: 50", "7: 1", ""));
}

#[test]
fn breaks_are_done_by_hand() {
    let lesson = bench(ID);
    let played = |note| {
        let mut session = lesson.play("a crash", &set(note, "crash"));
        while session.clock() {}
        session.frame()
    };
    assert!(lesson.is_broken("book-twice", &played("after")));
    assert!(lesson.is_broken("book-never", &played("elsewhere")));
    let delivery = [("note", "together"), ("trouble", "sent_twice"), ("number", "delivery")];
    let again = [1, 1, 4, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1];
    assert!(lesson.breaks("wrong-number", &delivery, &again));
    let late = [1, 1, 1, 1, 1, 1, 1, 2, 2, 1, 1, 1, 1, 1, 1];
    assert!(lesson.breaks("forgotten", &set("together", "clean_up"), &late));
}

const LOOKS: &str = "        if inbox[n] == none { book(); insert inbox[n] = 1 }
";

#[test]
fn fixes_are_graded_by_every_schedule() {
    let lesson = bench(ID);
    for note in ["never", "after", "before", "elsewhere"] {
        assert_eq!(lesson.grade_own("fix-it", &[("note", note)]), Ok(Some(Unmet::Fails)), "{note}");
    }
    let together = [("note", "together")];
    assert_eq!(lesson.grade_own("fix-it", &together), Ok(None));
    let delivery = [("note", "together"), ("number", "delivery")];
    assert_eq!(lesson.grade_own("fix-it", &delivery), Ok(Some(Unmet::Fails)));
}

#[test]
fn inside_the_transaction_the_order_makes_no_difference() {
    let lesson = bench(ID);
    let after = [("note", "after")];
    for inside in [
        "book(); insert inbox[n] = 1",
        "insert inbox[n] = 1; book()",
        "if inbox[n] == none { book(); insert inbox[n] = 1 }",
    ] {
        let text = lesson.with(LOOKS, &format!("        transaction bank {{ {inside} }}\n"));
        assert_eq!(lesson.grade("fix-it-yourself", &text, &after), Ok(None), "{inside}");
    }
    // The look alone, in a transaction of its own, is what it was.
    let apart = "        let is_new = true
        transaction bank { is_new = inbox[n] == none }
        if is_new { book(); insert inbox[n] = 1 }
";
    let text = lesson.with(LOOKS, apart);
    assert_eq!(lesson.grade("fix-it-yourself", &text, &after), Ok(Some(Unmet::Fails)));
}
