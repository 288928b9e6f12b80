//! In which order steps are done and undone.

use crate::support::{counts, report};

/// A saga of some steps of which one fails (0: none). Each leaves its digit, each undo a digit more
/// than that by 4.
fn steps(many: usize, fails: usize, error: &str) -> String {
    let step = |at: usize| {
        let fail = if at == fails { format!("; fail {error}") } else { String::new() };
        format!(
            "step \"{at}\" {{ atomic {{ way = way * 10 + {at} }}{fail} }} undo {{ atomic {{ way = way * 10 + {} }} }}\n",
            at + 4
        )
    };
    let steps: String = (1..=many).map(step).collect();
    format!(
        "var way = 0\nroutine never() {{ fail full }}\nprocess p {{ try {{ saga {{\n{steps}}} }} catch {error} {{ way = way * 10 + 9 }} }}"
    )
}

/// The digits that it must leave: `unknown` where the step that fails is undone as well.
fn way(many: usize, fails: usize, unknown: bool) -> String {
    let forth = if fails == 0 { many } else { fails };
    let mut way: String = (1..=forth).map(|at| at.to_string()).collect();
    if fails > 0 {
        let last = if unknown { fails } else { fails - 1 };
        way.extend((1..=last).rev().map(|at| (at + 4).to_string()));
        way.push('9');
    }
    way
}

#[test]
fn what_was_done_is_undone_in_reverse_and_the_failing_step_only_where_nobody_knows() {
    for many in 1..=4 {
        for fails in 0..=many {
            for (error, unknown) in [
                ("full", false),
                ("timeout", true),
                ("unavailable", true),
                ("internal", true),
                ("rejected", false),
            ] {
                let body = steps(many, fails, error);
                let ends = format!("{body}\nfinally way == {}", way(many, fails, unknown));
                let report = report(&ends);
                assert_eq!(counts(&report), (1, 0), "{ends}\n{report:?}");
            }
        }
    }
}

#[test]
fn an_undo_is_tried_until_it_succeeds() {
    let body = |undo: &str| {
        format!(
            "var a = 0\nvar left = 2\nprocess p {{ try {{ saga {{\nstep \"a\" {{ a = 1 }} undo {{ {undo}; a = 0 }}\nstep \"b\" {{ fail full }}\n}} }} catch full {{ }} }}\nfinally a == 0"
        )
    };
    let twice = report(&body("if left > 0 { left -= 1; fail busy }"));
    assert_eq!(counts(&twice).1, 0, "{twice:?}");
    let never = report(&body("fail busy"));
    assert!(never.never_ends.is_some(), "{never:?}");
}

#[test]
fn a_saga_of_one_step_in_a_routine_is_undone_by_the_one_around_it() {
    let body = "var way = 0\nroutine inner() { saga {\nstep \"x\" { atomic { way = way * 10 + 1 } } undo { atomic { way = way * 10 + 5 } }\nstep \"y\" { atomic { way = way * 10 + 2 } } undo { atomic { way = way * 10 + 6 } }\n} }\nprocess p { try { saga {\nstep \"a\" { inner() } undo { atomic { way = way * 10 + 7 } }\nstep \"b\" { inner(); fail full } undo { atomic { way = way * 10 + 8 } }\n} } catch full { } }\nfinally way == 12127";
    assert_eq!(counts(&report(body)), (1, 0));
    // The inner one is undone by itself, and then the steps before it.
    let fails = body
        .replace(
            "atomic { way = way * 10 + 2 } }",
            "atomic { way = way * 10 + 2 }; if way > 100 { fail full } }",
        )
        .replace("inner(); fail full", "inner()")
        .replace("12127", "121257");
    let found = report(&fails);
    assert_eq!(counts(&found), (1, 0), "{found:?}");
}

#[test]
fn time_that_runs_out_around_it_undoes_it_and_does_not_stop_the_undoing() {
    let body = "var way = 0\nvar late = 0\nprocess p { try { within 1s { saga {\nstep \"a\" { atomic { way = way * 10 + 1 } } undo { sleep 5s; atomic { way = way * 10 + 5 } }\nstep \"b\" { sleep 10s; atomic { way = way * 10 + 2 } } undo { sleep 5s; atomic { way = way * 10 + 6 } }\n} } } catch timeout { late = 1 } }";
    // It strikes before the first step, in it or in the second one, or not at all.
    for (ends, holds) in [
        (
            "late == 1 and (way == 5 or way == 15 or way == 165 or way == 1265) or late == 0 and way == 12",
            true,
        ),
        ("way == 12", false),
        ("way != 1265 or late == 0", true),
    ] {
        let found = report(&format!("{body}\nfinally {ends}"));
        assert_eq!(counts(&found).1 == 0, holds, "{ends}: {found:?}");
    }
}

#[test]
fn who_catches_nothing_fails_behind_the_undoing_by_the_error_that_was_first() {
    let body = "var a = 0\nvar why = \"none\"\nprocess p { try { go() } catch as e { if e == full { why = \"full\" } } }\nroutine go() { saga {\nstep \"a\" { a = 1 } undo { a = 0 }\nstep \"b\" { fail full } undo { }\n} }\nfinally a == 0 and why == \"full\"";
    assert_eq!(counts(&report(body)), (1, 0));
}
