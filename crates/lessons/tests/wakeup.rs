//! What the lesson on the lost wake-up says is true.

mod support;

use lessons::{Condition, Refusal, Tool, Unmet};
use sim_core::session::{Ending, PromiseState};
use support::{bench, lacks, shared};

const ID: &str = "lost-wakeup";

#[test]
fn the_numbers_of_the_debrief_are_right() {
    let lesson = bench(ID);
    assert_eq!(lesson.counts(&[]), "3 of 7");
    assert_eq!(lesson.counts(&[("look", "once")]), "0 of 2");
    assert_eq!(lesson.counts(&[("look", "once"), ("waiters", "2")]), "2 of 30");
    assert_eq!(lesson.counts(&[("look", "loop"), ("waiters", "2")]), "0 of 30");
}

#[test]
fn each_way_to_look_fails_in_its_own_way() {
    let lesson = bench(ID);
    let report = lesson.report(&[]);
    assert_eq!(report.stuck.map(|found| found.schedules.number), Some(report.failing.number));
    assert_eq!(lesson.broken(&[]), ["every plate is served"]);
    let once = [("look", "once"), ("waiters", "2")];
    assert_eq!(lesson.broken(&once), ["nobody takes a plate that is not there"]);
    assert_eq!(lesson.report(&once).stuck, None);
}

#[test]
fn the_stops_show_what_they_say() {
    let lesson = bench(ID);
    let asleep = lesson.stop("asleep-in-time");
    assert_eq!(shared(&asleep, "pass"), "", "nobody holds it");
    assert_eq!(shared(&lesson.stop("looked"), "plates"), "0");
    let unheard = lesson.stop("nobody-heard");
    assert_eq!((shared(&unheard, "plates"), unheard.ending.is_none()), ("1".into(), true));
    let stuck = lesson.stop("asleep-for-ever");
    assert!(matches!(stuck.ending, Some(Ending::Stuck(_))), "{:?}", stuck.ending);
    assert_eq!(shared(&lesson.stop("woken-in-vain"), "plates"), "0");
    let minus = lesson.stop("minus-one");
    assert_eq!(shared(&minus, "plates"), "-1");
    assert!(matches!(minus.promises[0].state, PromiseState::Broken { .. }));
}

#[test]
fn fixes_are_graded_by_every_schedule() {
    let lesson = bench(ID);
    for look in ["outside", "once"] {
        assert_eq!(lesson.grade_own("fix-it", &[("look", look)]), Ok(Some(Unmet::Fails)));
    }
    assert_eq!(lesson.grade_own("fix-it", &[("look", "loop")]), Ok(None));
    let no_lock = &Condition::AtMost { tool: Tool::Lock, most: 0 };
    assert_eq!(lesson.grade_own("fix-it-without-a-bell", &[("look", "loop")]), lacks(no_lock));
}

#[test]
fn waiting_for_the_state_needs_no_bell() {
    let lesson = bench(ID);
    let cook = "with pass {\n      plates += 1\n      notify bell          // wakes one, if one sleeps\n    }";
    let looks = "outside => {\n      if plates == 0 {\n        with pass { wait bell }\n      }\n      with pass { take() }\n    }";
    let text = lesson.with(cook, "atomic { plates += 1 }");
    assert!(text.contains(looks));
    let text = text.replace(
        looks,
        "outside => {\n atomic { wait until plates > 0\n plates -= 1 }\n served += 1\n }",
    );
    assert_eq!(lesson.grade("fix-it-without-a-bell", &text, &[]), Ok(None));
    assert_eq!(lesson.grade("fix-it", &text, &[]), Ok(None));
    // Looking in one step and taking in another is the old fault.
    let apart = text
        .replace("wait until plates > 0\n plates -= 1 }", "wait until plates > 0 }\n plates -= 1");
    assert_ne!(apart, text);
    assert_eq!(lesson.grade("fix-it-without-a-bell", &apart, &[]), Ok(Some(Unmet::Fails)));
}

#[test]
fn tricks_are_no_fixes() {
    let lesson = bench(ID);
    let fed = lesson.with("var plates = 0 ", "var plates = 9 ");
    let left = Unmet::Ends { name: "plates", value: "0" };
    assert_eq!(lesson.grade("fix-it", &fed, &[("look", "loop")]), Ok(Some(left)));
    let idle = lesson.with("repeat waiters {", "repeat 0 {");
    assert_eq!(lesson.grade("fix-it", &idle, &[("look", "loop")]), Ok(Some(Unmet::Fails)));
    let weaker = lesson.with("finally served == waiters", "finally served <= waiters");
    let refused = lesson.grade("fix-it", &weaker, &[("look", "loop")]);
    assert_eq!(refused, Err(Refusal::PromiseGone("served == waiters")));
}
