//! What the lesson on a task in the background says is true.

mod support;

use lessons::{Condition, Unmet};
use support::{bench, shared};

const ID: &str = "background-task";
const THANKED: &str = "who is thanked gets the mail";
const ONCE: &str = "nobody gets it twice";
const QUEUE: (&str, &str) = ("path", "queue");
const SPAWN: (&str, &str) = ("path", "spawn");
const AT_ONCE: (&str, &str) = ("path", "at_once");
const CALM: (&str, &str) = ("crash", "false");

#[test]
fn the_numbers_of_the_debrief_are_right() {
    let lesson = bench(ID);
    assert_eq!(lesson.counts(&[AT_ONCE]), "0 of at least 108");
    assert_eq!(lesson.counts(&[SPAWN]), "12 of at least 108");
    assert_eq!(lesson.counts(&[QUEUE]), "140 of at least 758");
    for path in [AT_ONCE, SPAWN, QUEUE] {
        assert!(lesson.broken(&[path, CALM]).is_empty());
    }
}

#[test]
fn each_way_fails_in_its_own_way() {
    let lesson = bench(ID);
    assert_eq!(lesson.broken(&[]), [THANKED]);
    assert_eq!(lesson.shortest(&[("orders", "1")], THANKED), 2);
    assert_eq!(lesson.broken(&[QUEUE]), [ONCE]);
}

#[test]
fn the_stops_show_what_they_say() {
    let lesson = bench(ID);
    let of = |id: &str| {
        let frame = lesson.stop(id);
        ["thanked", "mailed"].map(|name| shared(&frame, name))
    };
    assert_eq!(of("thanked"), ["1", "0"]);
    assert_eq!(of("gone"), ["1", "0"]);
    assert!(lesson.stop("gone").ending.is_some());
    assert_eq!(of("still-there"), ["1", "0"]);
    assert_eq!(of("sent-after-all"), ["1", "1"]);
    assert_eq!(of("one-too-many"), ["1", "2"]);
}

#[test]
fn breaks_are_done_by_hand() {
    let lesson = bench(ID);
    let one = ("orders", "1");
    let lost = lesson.play("the task dies", &[SPAWN, one]).frame();
    assert!(lesson.is_broken("lose-a-mail", &lost));
    let twice = lesson.play("one too many", &[QUEUE, one]).frame();
    assert!(lesson.is_broken("send-two", &twice));
}

#[test]
fn fixes_are_graded_by_every_schedule() {
    let lesson = bench(ID);
    assert_eq!(lesson.grade_own("fix-it", &[SPAWN]), Ok(Some(Unmet::Fails)));
    assert_eq!(lesson.grade_own("fix-it", &[QUEUE]), Ok(None));
    let waits = lesson.grade_own("fix-it", &[AT_ONCE]);
    assert!(matches!(waits, Ok(Some(Unmet::Condition(Condition::IsNot { .. })))));
    assert_eq!(lesson.grade_own("no-second-mail", &[QUEUE]), Ok(Some(Unmet::Fails)));
}

#[test]
fn a_mail_server_that_knows_numbers_sends_no_second_one() {
    let lesson = bench(ID);
    let mailer = "  mail()\n}\n\nroutine mail() {\n";
    let knows = "  work 50ms\n  atomic { if not sent[order.order] { sent[order.order] = true; mailed += 1 } }\n}\n\nvar sent[] = false\nroutine mail() {\n";
    let text = lesson.with(mailer, knows);
    assert_eq!(lesson.grade("no-second-mail", &text, &[QUEUE]), Ok(None));
    // Noting first loses mails again.
    let first = text.replacen("  work 50ms\n  atomic { if not sent[order.order] { sent[order.order] = true; mailed += 1 } }\n", "  if not sent[order.order] {\n sent[order.order] = true\n mail()\n}\n", 1);
    assert_ne!(first, text);
    assert_eq!(lesson.grade("no-second-mail", &first, &[QUEUE]), Ok(Some(Unmet::Fails)));
}

#[test]
fn tricks_are_no_fixes() {
    let lesson = bench(ID);
    let rude = lesson.with("  thanked += 1 ", "  // thanked += 1 ");
    let never = Unmet::Reaches { name: "thanked", value: "2" };
    assert_eq!(lesson.grade("fix-it", &rude, &[SPAWN]), Ok(Some(never)));
}
