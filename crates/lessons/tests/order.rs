//! What the lesson on order by key says is true.

mod support;

use lessons::Unmet;
use support::{bench, shared};

const ID: &str = "order-by-key";
const KEY: (&str, &str) = ("key", "parcel");
const CRASH: (&str, &str) = ("crash", "true");
const BEFORE: (&str, &str) = ("commit", "before");
const ENDS: &str = "every page ends with delivered";
const MISSED: &str = "nobody misses a text";
const TWICE: &str = "nobody gets a text twice";

#[test]
fn the_numbers_of_the_debrief_are_right() {
    let lesson = bench(ID);
    assert_eq!(lesson.counts(&[]), "23456 of 43125");
    assert_eq!(lesson.counts(&[("partitions", "1")]), "0 of 140");
    assert_eq!(lesson.counts(&[KEY]), "0 of 19800");
    assert_eq!(lesson.counts(&[KEY, CRASH]), "25922196 of 31182422");
    assert_eq!(lesson.counts(&[KEY, CRASH, BEFORE]), "299361 of 4794953");
}

#[test]
fn each_gap_fails_in_its_own_way() {
    let lesson = bench(ID);
    assert_eq!(lesson.broken(&[]), [ENDS]);
    assert_eq!(lesson.broken(&[("readers", "1")]), [ENDS]);
    assert_eq!(lesson.broken(&[KEY, CRASH]), [ENDS, TWICE]);
    assert_eq!(lesson.broken(&[KEY, CRASH, BEFORE]), [ENDS, MISSED]);
    assert_eq!(lesson.broken(&[KEY, BEFORE]), [""; 0]);
}

#[test]
fn the_stops_show_what_they_say() {
    let lesson = bench(ID);
    let of = |id: &str, parcel: u32| {
        let frame = lesson.stop(id);
        ["page", "texts"].map(|name| shared(&frame, &format!("{name}[{parcel}]")))
    };
    assert_eq!(of("apart", 1), ["0", "0"]);
    assert_eq!(of("delivered-first", 1), ["2", "1"]);
    assert_eq!(of("left-again", 1), ["1", "2"]);
    assert_eq!(of("not-committed", 1), ["1", "1"]);
    assert_eq!(of("told-again", 1), ["1", "2"]);
    assert_eq!(of("committed-too-early", 1), ["0", "0"]);
}

#[test]
fn the_order_is_broken_by_hand() {
    let lesson = bench(ID);
    let session = lesson.play("the second first", &[]);
    let mut session = session;
    while session.clock() {}
    assert!(lesson.is_broken("break-the-order", &session.frame()));
}

#[test]
fn fixes_are_graded_by_every_schedule() {
    let lesson = bench(ID);
    assert_eq!(lesson.grade_own("keep-the-order", &[]), Ok(Some(Unmet::Fails)));
    assert_eq!(lesson.grade_own("keep-the-order", &[KEY]), Ok(None));
    assert_eq!(lesson.grade_own("keep-the-order", &[KEY, BEFORE]), Ok(None));
    assert_eq!(lesson.grade_own("tell-once", &[KEY]), Ok(Some(Unmet::Fails)));
}

#[test]
fn a_page_knows_what_it_has_seen() {
    let lesson = bench(ID);
    let tell = "  page[event.p] = event.stage\n  texts[event.p] += 1\n";
    let once = "  if event.stage > page[event.p] {
    page[event.p] = event.stage
    texts[event.p] += 1
  }
";
    let text = lesson.with(tell, &format!("  atomic {{\n{once}  }}\n"));
    assert_eq!(lesson.grade("tell-once", &text, &[KEY]), Ok(None));
    // Between looking and writing, the partition may have got another reader.
    let apart = lesson.with(tell, once);
    assert_eq!(lesson.grade("tell-once", &apart, &[KEY]), Ok(Some(Unmet::Fails)));
}

#[test]
fn tricks_are_no_fixes() {
    let lesson = bench(ID);
    let mute = lesson.with("  texts[event.p] += 1\n", "");
    assert_eq!(lesson.grade("tell-once", &mute, &[KEY]), Ok(Some(Unmet::Fails)));
}
