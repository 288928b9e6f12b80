//! What becomes of `try`, `within`, `retry`, `choose`, draws and `spawn`.

use crate::listings::becomes;

#[test]
fn a_catch_takes_its_errors_and_passes_others_on() {
    becomes(
        "var a = 1\nprocess p { try { fail x } catch y, overflow { a = 2 } }\nprocess q { fail y }",
        &[
            "r0 = 18",
            "raise r0 | error: r1, 3",
            "go 14",
            "r0 = 19",
            "r0 = r1 == r0",
            "if r0 go 10 else 6",
            "r0 = 0",
            "r0 = r1 == r0",
            "if r0 go 10 else 9",
            "go 13",
            "r0 = 2",
            "* a = r0",
            "go 14",
            "pass on r1",
            "end",
        ],
    );
}

#[test]
fn an_error_in_a_try_lets_go_before_its_catch() {
    becomes(
        "lock m\nvar a = 1\nprocess p { try { with m { fail x } } catch { a = 2 } }",
        &[
            "* acquire m",
            "r0 = 18",
            "raise r0 | error: r1, 5",
            "* release m",
            "go 7",
            "* release m",
            "go 8",
            "go 10",
            "r0 = 2",
            "* a = r0",
            "end",
        ],
    );
}

#[test]
fn a_within_leads_out_of_what_it_waits_in() {
    becomes(
        "lock m\nvar a = 1\nprocess p { within 1s { with m { a = 2 } } }",
        &[
            "r0 = 1000000000",
            "within 0: r0",
            "* acquire m | timer 0: r1, 10",
            "r0 = 2",
            "* a = r0 | timer 0: r1, 7",
            "* release m",
            "go 9",
            "* release m",
            "go 10",
            "go 11",
            "pass on r1",
            "end",
        ],
    );
}

#[test]
fn a_retry_counts_its_tries_and_waits_between_them() {
    becomes(
        "var a = 1\nprocess p { retry (on: timeout, backoff: full, delay: 20ms) { within 1s { a = 2 } } }",
        &[
            "retry 0",
            "r0 = 3",
            "r1 = 1000000000",
            "within 0: r1 | error: r5, 9",
            "r1 = 2",
            "* a = r1 | timer 0: r5, 7",
            "go 8",
            "pass on r5 | error: r5, 9",
            "go 24",
            "r1 = 7",
            "r1 = r5 == r1",
            "if r1 go 13 else 12",
            "go 23",
            "r1 = 1",
            "r0 = r0 - r1",
            "r1 = r1 <= r0",
            "if r1 go 17 else 23",
            "r1 = 5",
            "r2 = 20000000",
            "r3 = 2000000",
            "r4 = none",
            "* wait before try 0, r1..",
            "go 2",
            "pass on r5",
            "end",
        ],
    );
}

#[test]
fn a_retry_without_a_bound_keeps_no_count() {
    becomes(
        "var a = 1\nprocess p { retry (attempts: unlimited) { if a == 1 { fail x } } }",
        &[
            "retry 0",
            "* r0 = a",
            "r1 = 1",
            "r0 = r0 == r1",
            "if r0 go 5 else 7",
            "r0 = 18",
            "raise r0 | error: r2, 8",
            "go 11",
            "retry 0 again",
            "go 1",
            "pass on r2",
            "end",
        ],
    );
}

#[test]
fn choices_and_draws_are_steps() {
    becomes(
        "var a = 1\nprocess p { choose { a = 2 } or { a = any(1..3) } or { stop } }",
        &[
            "* r0 = one of 3",
            "r1 = 0",
            "r1 = r0 == r1",
            "if r1 go 4 else 7",
            "r1 = 2",
            "* a = r1",
            "go 17",
            "r1 = 1",
            "r1 = r0 == r1",
            "if r1 go 10 else 15",
            "r1 = 1",
            "r2 = 3",
            "* r1 = any(r1..r2)",
            "* a = r1",
            "go 17",
            "go 17",
            "go 17",
            "end",
        ],
    );
}
