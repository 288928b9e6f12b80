//! `together`: branches counted by hand, their errors, what they are given, and who abandons them.

use super::support::{agrees, counts, explored, mistakes, run, shown};
use sim_core::explore::Verdict;

fn holds(body: &str, schedules: u64) {
    assert_eq!(counts(&explored(body, &[])), (schedules, 0), "{body}");
    agrees(body);
}

#[test]
fn branches_go_in_any_order_and_joining_is_a_step() {
    // Two branches of two steps: C(4, 2); then the join.
    holds("var x = 0, y = 0\nprocess p { together { x = 1; x = 2 } and { y = 1; y = 2 } }", 6);
    // Three of one: 3!. Another process's one step among the four: 4 places before, between, behind.
    holds("var x = 0\nprocess p { together { x = 1 } and { x = 2 } and { x = 3 } }", 6);
    holds(
        "var x = 0\nprocess p { together { x = 1 } and { x = 2 } and { x = 3 } }\nprocess q { x = 4 }",
        30,
    );
    // Without a step in them there is the join alone.
    holds("process p { together { } and { } }", 1);
}

/// Each adds in two branches of two steps and joins: 6 orders of its five steps, twice; and C(10, 5)
/// of the two processes.
#[test]
fn a_branch_has_the_values_of_the_locals_it_uses() {
    let body = "var a = 0, b = 0\nprocess p * 2 { let n = self; let r = { k: n, v: n * 10 }; \
        together { a += r.v } and { b += n + self }; n = 9 }\nfinally a >= 10 and b >= 2";
    holds(body, 6 * 6 * 252);
}

#[test]
fn the_first_error_in_text_order_goes_on_when_all_have_ended() {
    let body = "var done = 0\ncounter first, second\nprocess p {\n\
        try { together { done += 1; fail late } and { fail early } and { done += 10 } }\n\
        catch late { if done == 11 { first += 1 } } catch early { second += 1 } }\n\
        finally first == 1 and second == 0";
    let report = explored(body, &[]);
    assert_eq!(report.verdict, Verdict::Broken, "an unlucky order loses an update: {report:?}");
    let body = body.replace("done += 10", "let z = 0").replace("11", "1");
    assert_eq!(counts(&explored(&body, &[])), (1, 0));
}

#[test]
fn who_runs_out_of_time_leaves_its_branches_to_themselves() {
    let body = "var late = 0\nprocess p { try { within 1s { together { sleep 5s; late += 1 } and { sleep 100ms } } } \
        catch timeout { note \"gone on\" } }\nfinally late == 1";
    assert_eq!(explored(body, &[]).verdict, Verdict::Holds);
    assert_eq!(shown(&mut run(body, &[], 1), "late"), "1");
    agrees(body);
}

#[test]
fn a_crash_takes_the_branches_with_it() {
    let body = "var x = 0\nprocess p { together { sleep 2s; x = 1 } and { sleep 3s } }\nfault crash p at 1s";
    assert_eq!(shown(&mut run(body, &[], 1), "x"), "0");
    let body = "var x = 0\nprocess p { together { sleep 2s; x = 1 } and { sleep 3s } ; x += 5 }\n\
        fault crash p at 1s for 5s";
    assert_eq!(shown(&mut run(body, &[], 1), "x"), "6");
}

#[test]
fn branches_that_wait_for_what_the_process_holds_are_a_deadlock() {
    let report = explored("lock m\nprocess p { with m { together { with m { } } and { } } }", &[]);
    assert!(report.deadlocks.is_some(), "{report:?}");
}

/// Three calls at the same time take as long as the longest.
#[test]
fn calls_go_on_together_by_the_clock() {
    let body = "service users { on get(k) { sleep 10ms; return k } }\n\
        service search { on find(k) { sleep 80ms; return k + 1 } }\nvar found[] = none\nvar took = 0\n\
        process p * 3 { together { let u = call users.get(self); found[self] = u } \
        and { let s = call search.find(self); found[self + 3] = s } and { sleep 30ms }; took = 1 }";
    let mut session = run(body, &[], 3);
    assert_eq!(session.frame().now, 80_000_000, "as long as the longest");
    for key in 1..=3 {
        assert_eq!(shown(&mut session, &format!("found[{key}]")), key.to_string());
        assert_eq!(shown(&mut session, &format!("found[{}]", key + 3)), (key + 1).to_string());
    }
}

#[test]
fn what_would_leave_a_branch_is_refused() {
    for (line, code) in [
        ("return", "E0732"),
        ("stop", "E0732"),
        ("break", "E0404"),
        ("n = 2", "E0733"),
        ("n += 2", "E0733"),
        ("nack m", "E0733"),
    ] {
        let body = format!(
            "queue q\nprocess s {{ send 1 to q }}\nprocess p {{ let n = 1; let m = receive q; while n < 2 {{ together {{ {line} }} and {{ }} }}; ack m; n = 2 }}"
        );
        let found = mistakes(&body);
        assert_eq!(found, [code], "{line}");
    }
}
