//! CAP: two box offices, and a line that may be cut.

use lessons::Unmet;
use sim_core::session::Session;

use crate::support::{bench, shared};

const ID: &str = "cap";
const TWICE: &str = "no seat is sold twice";
const ANSWER: &str = "everybody gets an answer";
const BOOK: &str = "in the end the book is right";

fn set<'a>(alone: &'a str, cut: &'a str) -> [(&'a str, &'a str); 2] {
    [("alone", alone), ("cut", cut)]
}

#[test]
fn the_numbers_of_the_debrief_are_right() {
    let lesson = bench(ID);
    let counts = |alone, cut| lesson.counts(&set(alone, cut));
    assert_eq!(counts("refuse", "true"), "2170 of 2710");
    assert_eq!(counts("sell", "true"), "21190 of 40547");
    assert_eq!(counts("refuse", "false"), "76 of 104");
    assert_eq!(counts("sell", "false"), "446 of 899");
    for cut in ["false", "true"] {
        assert_eq!(lesson.broken(&set("refuse", cut)), [ANSWER, BOOK]);
        assert_eq!(lesson.broken(&set("sell", cut)), [TWICE, BOOK]);
    }
    let number = |alone, promise| {
        let report = lesson.report(&set(alone, "true"));
        let broken = report.broken.iter().find(|broken| broken.promise == promise);
        broken.expect("some schedule breaks it").found.schedules.number.clone()
    };
    assert_eq!(number("refuse", 1), "2170");
    assert_eq!(number("refuse", 2), "845");
    assert_eq!(number("sell", 0), "21190");
}

/// What a counter comes to by the seeds 1 to 5, the least first.
fn by_the_clock(counter: &str, alone: &str, cut: &str, seats: &str) -> Vec<u32> {
    let lesson = bench(ID);
    let settings =
        [("alone", alone), ("cut", cut), ("seats", seats), ("buyers", "60"), ("settle", "true")];
    let one = |seed| {
        let mut session = Session::new(lesson.bind(&settings), lesson.0.scenario, seed);
        while session.clock() {}
        shared(&session.frame(), counter).parse::<u32>().expect("a number")
    };
    let mut all: Vec<u32> = (1..=5).map(one).collect();
    all.sort_unstable();
    all
}

#[test]
fn the_clock_shows_the_price() {
    let none = [0; 5];
    for alone in ["refuse", "sell"] {
        for counter in ["refused", "sorry"] {
            assert_eq!(by_the_clock(counter, alone, "false", "60"), none, "{alone} {counter}");
        }
    }
    let away = [15, 18, 19, 21, 38];
    assert_eq!(by_the_clock("refused", "refuse", "true", "60"), away);
    assert_eq!(by_the_clock("sorry", "refuse", "true", "60"), none);
    assert_eq!(by_the_clock("refused", "sell", "true", "60"), none);
    assert_eq!(by_the_clock("sorry", "sell", "true", "60"), [9, 13, 13, 20, 22]);
    assert_eq!(by_the_clock("sorry", "sell", "true", "120"), none);
    assert_eq!(by_the_clock("refused", "refuse", "true", "120"), away);
}

#[test]
fn the_stops_show_what_they_say() {
    let lesson = bench(ID);
    let of = |id| {
        let frame = lesson.stop(id);
        ["left", "copy", "tickets", "refused"].map(|name| shared(&frame, name))
    };
    assert_eq!(of("no-answer"), ["1", "1", "0", "0"]);
    assert_eq!(of("sold-twice"), ["0", "0", "2", "0"]);
    assert_eq!(of("sold"), ["0", "1", "0", "0"]);
    assert_eq!(of("refused"), ["0", "1", "0", "1"]);
    assert_eq!(of("empty-seat"), ["0", "1", "0", "1"]);
    assert_eq!(shared(&lesson.stop("sold"), "book[1]"), "\"sold\"");
}

#[test]
fn breaks_are_done_by_hand() {
    let lesson = bench(ID);
    let played = |schedule, settings: &[(&str, &str)]| {
        let mut session = lesson.play(schedule, settings);
        while session.clock() {}
        session.frame()
    };
    let refused = played("too late", &set("refuse", "true"));
    assert!(lesson.is_broken("not-available", &refused));
    let twice = played("a cut", &set("sell", "true"));
    assert!(lesson.is_broken("not-consistent", &twice));
    let uncut = set("sell", "false");
    let slow = lesson.report(&uncut).broken[0].found.shortest.clone();
    assert!(lesson.breaks("uncut", &uncut, &slow));
}

#[test]
fn either_promise_can_be_kept_and_the_book_with_it() {
    let lesson = bench(ID);
    let grade = |id, alone, settle| lesson.grade_own(id, &[("alone", alone), ("settle", settle)]);
    assert_eq!(grade("fix-consistent", "refuse", "true"), Ok(None));
    assert_eq!(grade("fix-consistent", "sell", "true"), Ok(Some(Unmet::Fails)));
    assert_eq!(grade("fix-available", "sell", "true"), Ok(None));
    assert_eq!(grade("fix-available", "refuse", "true"), Ok(Some(Unmet::Fails)));
    for (id, alone) in [("fix-consistent", "refuse"), ("fix-available", "sell")] {
        assert_eq!(grade(id, alone, "false"), Ok(Some(Unmet::Fails)), "{id}");
    }
}

#[test]
fn settling_twice_must_count_once() {
    let lesson = bench(ID);
    let text = lesson.with("book[buyer] == \"nothing\" and has", "book[buyer] != \"sold\" and has");
    let sells = [("alone", "sell"), ("settle", "true")];
    assert_eq!(lesson.grade("fix-available", &text, &sells), Ok(Some(Unmet::Fails)));
}

/// The lesson's text, where Madrid asks nobody.
fn asks_nobody(lima: &str, madrid: &str) -> String {
    let lesson = bench(ID);
    let text = lesson.with("if left > 0 { left -= 1; tickets += 1 }", lima);
    let (before, rest) = text.split_once("  try {\n    let said").expect("Madrid asks");
    let (_, after) = rest.split_once("fault partition").expect("the line may be cut");
    let text = format!("{before}  atomic {{ {madrid} }}\n}}\nfault partition{after}");
    // Schedules name what Madrid does no more.
    let (text, _) = text.split_once("schedule ").expect("there are schedules");
    text.to_owned()
}

#[test]
fn who_has_a_share_need_not_ask() {
    let lesson = bench(ID);
    for alone in ["refuse", "sell"] {
        let found = lesson.grade_own("shares", &[("alone", alone)]);
        assert_eq!(found, Ok(Some(Unmet::Fails)), "{alone}");
    }
    let own = "if copy > 1 { copy -= 1; tickets += 1 }";
    let shares = asks_nobody("if left > 1 { left -= 1; tickets += 1 }", own);
    assert_eq!(lesson.grade("shares", &shares, &[]), Ok(None));
    let all = asks_nobody("if left > 0 { left -= 1; tickets += 1 }", own);
    assert_eq!(lesson.grade("shares", &all, &[]), Ok(Some(Unmet::Fails)));
}

#[test]
fn with_plenty_of_seats_an_own_answer_costs_nothing() {
    let lesson = bench(ID);
    let text = lesson.0.scenario;
    let seats = |alone, seats| [("alone", alone), ("seats", seats), ("settle", "true")];
    assert!(!lesson.meets("plenty", text, &seats("sell", "60")));
    assert!(!lesson.meets("plenty", text, &seats("refuse", "200")));
    assert!(lesson.meets("plenty", text, &seats("sell", "120")));
}
