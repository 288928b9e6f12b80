//! Circles of waiters.

use super::support::{agrees, explored, program, run, shown};
use sim_core::explore::Verdict;
use sim_core::session::Session;

const CROSSED: &str = "database bank { table t = { 1: 0, 2: 0 } }\ncounter first_fell, second_fell, moved\n\
    process first { sleep SLEEP; try { transaction bank { t[1] = 1; sleep 10ms; t[2] = 1 }; moved += 1 } catch deadlock { first_fell += 1 } }\n\
    process second { try { transaction bank { t[2] = 2; sleep 20ms; t[1] = 2 }; moved += 1 } catch deadlock { second_fell += 1 } }\n";

/// Either may be chosen, never both, and one always gets through.
#[test]
fn one_of_a_circle_ends_and_the_other_goes_on() {
    let body = CROSSED
        .replace("sleep SLEEP; ", "")
        .replace("sleep 10ms; ", "")
        .replace("sleep 20ms; ", "");
    let held = format!(
        "{body}finally moved >= 1 and first_fell + second_fell + moved == 2 and t[1] == t[2]"
    );
    let found = explored(&held, &[]);
    assert_eq!(found.verdict, Verdict::Holds, "{found:?}");
    agrees(&held);
    for never in ["first_fell == 0", "second_fell == 0"] {
        let found = explored(&format!("{body}finally {never}"), &[]);
        assert_eq!(found.verdict, Verdict::Broken, "{never}");
    }
}

/// By the clock whoever began to wait first looks first, a second after it did.
#[test]
fn the_clock_takes_who_has_waited_longest() {
    let mut session = run(&CROSSED.replace("SLEEP", "1ms"), &[], 3);
    let seen = ["first_fell", "second_fell", "moved"].map(|place| shown(&mut session, place));
    assert_eq!(seen, ["1", "0", "1"]);
    // It began to wait at 11 ms.
    assert_eq!(session.frame().now, 1_011_000_000);
}

/// Who has looked before there was a circle never looks again: then the one that closed it ends.
#[test]
fn who_looked_too_early_is_not_chosen() {
    let body = "database bank { table t = { 1: 0, 2: 0 } }\ncounter first_fell, second_fell\n\
        process first { try { transaction bank { t[1] = 1; sleep 10ms; t[2] = 1 } } catch deadlock { first_fell += 1 } }\n\
        process second { try { transaction bank { t[2] = 2; sleep 3s; t[1] = 2 } } catch deadlock { second_fell += 1 } }";
    let mut session = run(body, &[], 3);
    assert_eq!(["first_fell", "second_fell"].map(|place| shown(&mut session, place)), ["0", "1"]);
    assert_eq!(session.frame().now, 4_000_000_000);
}

/// By hand, too, a second goes by; and going on after another's commit takes none.
#[test]
fn waiting_for_a_row_takes_no_longer_than_its_holder() {
    let body = "database bank { table t = { 1: 0 } }\n\
        process first { transaction bank { t[1] = 1 } }\nprocess second { t[1] = 2 }";
    let text = format!("scenario \"kept\"\n{body}\n");
    let mut session = Session::new(program(body, &[]), &text, 1);
    // first writes, second waits, first commits, second goes on.
    assert_eq!(session.follow(&[1, 2, 1, 1]), 4);
    assert_eq!(session.frame().now, 0);
}

/// Three in a circle.
#[test]
fn a_circle_of_three_is_broken() {
    let body = "database bank { table t = { 1: 0, 2: 0, 3: 0 } }\ncounter fell, moved\n\
        process p * 3 { try { transaction bank { t[self] = 1; t[self mod 3 + 1] = 1 }; moved += 1 } catch deadlock { fell += 1 } }\n\
        finally fell + moved == 3 and moved >= 2";
    let found = explored(body, &[]);
    assert_eq!(found.verdict, Verdict::Holds, "{found:?}");
    assert!(found.complete);
}
