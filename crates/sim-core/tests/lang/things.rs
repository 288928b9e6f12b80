//! What becomes of what is held, waited for, asked and said.

use crate::listings::{becomes, program};
use sim_core::{
    lang::{Values, check},
    program::{Details, PromiseKind, TextPart, Type, listing},
};

#[test]
fn with_takes_in_order_and_lets_go_from_the_inside() {
    becomes(
        "rwlock page\nsemaphore pool (permits: 2)\nprocess p { with page.read, pool { } }",
        &["* acquire page.read", "* acquire pool", "* release pool", "* release page.read", "end"],
    );
}

#[test]
fn a_condition_lets_go_sleeps_and_takes_again() {
    becomes(
        "lock m\ncondition c (lock: m)\nprocess p { wait c; notify c; notify all c }",
        &[
            "* wait c letting go m",
            "* asleep c",
            "* acquire m",
            "* notify c",
            "* notify all c",
            "end",
        ],
    );
}

#[test]
fn each_condition_of_an_array_has_the_lock_of_its_number() {
    becomes(
        "lock m[2]\ncondition c[2] (lock: m)\nprocess p { wait c[2] }",
        &["r0 = 2", "* wait c[r0] letting go m[r0]", "* asleep c[r0]", "* acquire m[r0]", "end"],
    );
}

#[test]
fn a_grant_has_a_number_and_mine_is_a_step() {
    becomes(
        "lock m (lease: 5s)\nvar x = 0\nprocess p { with m as token { if m.mine { x = token } } }",
        &[
            "* acquire m as r0",
            "* r1 = m.mine",
            "if r1 go 3 else 4",
            "* x = r0",
            "* release m",
            "end",
        ],
    );
}

#[test]
fn what_is_not_taken_is_not_let_go() {
    becomes(
        "lock m\nvar x = 0\nprocess p { with m if x > 0 { x = 1 } }",
        &[
            "* r0 = x",
            "r1 = 0",
            "r0 = r1 < r0",
            "if r0 go 4 else 5",
            "* acquire m",
            "r1 = 1",
            "* x = r1",
            "if r0 go 8 else 9",
            "* release m",
            "end",
        ],
    );
}

#[test]
fn a_suffix_that_the_parameters_decide_leaves_nothing_behind() {
    let body = "lock m (lease: 1s)\nparam careful: bool = false\nvar x = 0\n\
                process p { with m as token if careful { atomic if careful { x = token } } }";
    becomes(body, &["r0 = none", "* x = r0", "end"]);
}

#[test]
fn waiting_until_is_one_step_and_leads_an_atomic() {
    let body = "var x = 0, y = 0\nprocess p {\nlet a = 1\nwait until x > a\n\
                atomic { wait until y == 0 and x > 0; y = a }\n}";
    becomes(
        body,
        &[
            "r0 = 1",
            "* wait until x > a",
            "* atomic when y == 0 and x > 0",
            "* y = r0",
            "end of atomic",
            "end",
        ],
    );
    let program = program(body);
    let [first, second] = program.conditions.as_slice() else { panic!("{:?}", program.conditions) };
    assert_eq!((first.reads.as_slice(), second.reads.as_slice()), (&[0][..], &[1, 0][..]));
    // `a` is the process's; what the glance needs besides lies above it.
    assert_eq!(first.glance.registers, 2);
    assert!(
        listing(&program).contains("until x > a, result r1\n   6 * r1 = x\n"),
        "{}",
        listing(&program)
    );
}

#[test]
fn maps_are_read_and_written_by_key() {
    let body = "var seen[] = none, who[] = 0\nprocess p { seen[1] = 5ms; who[\"a\"] += self }";
    becomes(
        body,
        &[
            "r0 = 1",
            "r1 = 5000000",
            "* seen[r0] = r1",
            "r0 = 0",
            "* r1 = who[r0]",
            "r2 = self",
            "r1 = r1 + r2",
            "* who[r0] = r1",
            "end",
        ],
    );
    let program = program(body);
    let [seen, who] = program.shared.as_slice() else { panic!("{:?}", program.shared) };
    assert_eq!(
        (seen.value, seen.details),
        (Type::Duration, Details::Map { key: Type::Int, form: 0 })
    );
    assert_eq!((who.value, who.details), (Type::Int, Details::Map { key: Type::Text, form: 1 }));
    assert_eq!(seen.initial, [sim_core::program::NONE]);
    assert_eq!(program.labels, ["a"]);
}

#[test]
fn one_assert_is_one_promise_and_each_copy_shows_its_own_values() {
    let body = "var x = 0\nalways x >= 0\nprocess p {\nf(1)\nlet a = 5\nf(a)\n}\n\
                routine f(n) { let seen = x; assert seen < n \"{seen} of {n}\" }\nfinally x == 0";
    let program = program(body);
    let kinds: Vec<_> = program.promises.iter().map(|promise| promise.kind).collect();
    assert_eq!(kinds, [PromiseKind::Always, PromiseKind::Assert, PromiseKind::Finally]);
    assert_eq!(program.why(&program.promises[1]).as_deref(), Some("… of …"));
    let asserts: Vec<_> = program
        .code
        .iter()
        .filter_map(|op| match op {
            sim_core::program::Op::Assert { promise, text, .. } => {
                Some((*promise, text.unwrap_or(99)))
            }
            _ => None,
        })
        .collect();
    assert_eq!(asserts.iter().map(|(promise, _)| *promise).collect::<Vec<_>>(), [1, 1]);
    let shown = |text: u32| {
        let parts = program.texts[text as usize].parts.iter();
        parts
            .filter_map(|part| match part {
                TextPart::Value(glance, _) => Some(glance.result),
                TextPart::Words(_) => None,
            })
            .collect::<Vec<_>>()
    };
    assert_ne!(shown(asserts[0].1), shown(asserts[1].1), "registers of their own");
}

#[test]
fn what_the_parameters_decide_is_spelled_in_texts() {
    let program = program(
        "param n: int = 3 in 1..4\nparam share: percent = 12.5% in 0%..100%\nvar x = 0\n\
         always x < n \"{n} and {share} and {40/s} and \\{x}\"",
    );
    assert_eq!(program.why(&program.promises[0]).as_deref(), Some("3 and 12.5% and 40/s and {x}"));
}

#[test]
fn promises_exist_where_their_suffix_holds() {
    let text =
        "scenario \"x\"\nparam on: bool = true\nvar x = 0\nalways x == 0 if on\nalways x >= 0";
    let scenario = check(text).scenario.expect("it is right");
    let promises = |on: &str| {
        let mut values = Values::default();
        values.set(scenario.params(), "on", on).expect("a value");
        scenario.bind(&values).expect("it binds").promises.len()
    };
    assert_eq!((promises("true"), promises("false")), (2, 1));
}

#[test]
fn units_are_folded_and_computed() {
    becomes(
        "param load: rate = 40/s in 1/s..50/s\nvar g = 1 / load, n = load * 3s, q = 1ms / 4ms, r = 3 / 1s\n\
         process p { g = 10 / r; n = n * q; n = q * n; n = r * g; q = g / 1s; r = r * 50% }",
        &[
            "* r0 = r",
            "r1 = 10",
            "r0 = r1 per r0",
            "* g = r0",
            "* r0 = n",
            "* r1 = q",
            "r0 = r0 times percent r1",
            "* n = r0",
            "* r0 = q",
            "* r1 = n",
            "r0 = r1 times percent r0",
            "* n = r0",
            "* r0 = r",
            "* r1 = g",
            "r0 = r0 events in r1",
            "* n = r0",
            "* r0 = g",
            "r1 = 1000000000",
            "r0 = r0 as percent of r1",
            "* q = r0",
            "* r0 = r",
            "r1 = 500000",
            "r0 = r0 times percent r1",
            "* r = r0",
            "end",
        ],
    );
    let program = program(
        "param load: rate = 40/s in 1/s..50/s\nvar g = 1 / load, n = load * 3s, q = 1ms / 4ms\n\
         process p { stop }",
    );
    let first: Vec<_> = program.shared.iter().map(|shared| shared.initial[0]).collect();
    assert_eq!(first, [25_000_000, 120, 250_000]);
}

#[test]
fn a_rate_where_time_is_spent_means_its_gap() {
    becomes(
        "param load: rate = 40/s in 1/s..50/s\nvar r = 1/s\n\
         process p { sleep load; sleep exp(load); work erlang(2, r); sleep pareto(1ms, 2) }",
        &[
            "r0 = 25000000",
            "* sleep r0",
            "r0 = 25000000",
            "* sleep exponential r0",
            "r0 = 2",
            "* r2 = r",
            "r3 = 1",
            "r3 = r3 per r2",
            "r1 = r3",
            "* work erlang r0",
            "r0 = 1000000",
            "r1 = 2000000",
            "* sleep pareto r0",
            "end",
        ],
    );
}

#[test]
fn quantifiers_in_a_process_read_in_steps_and_stop_early() {
    becomes(
        "var a[3] = 0\nprocess p { if any i in 1..2: a[i] > 0 { stop } }",
        &[
            "r1 = 1",
            "* r1 = a[r1]",
            "r2 = 0",
            "r0 = r2 < r1",
            "if r0 go 10 else 5",
            "r2 = 2",
            "* r2 = a[r2]",
            "r3 = 0",
            "r0 = r3 < r2",
            "if r0 go 10 else 10",
            "if r0 go 11 else 12",
            "go 12",
            "end",
        ],
    );
}

#[test]
fn gauges_are_steps_in_a_process_and_looked_at_in_promises() {
    let body = "semaphore pool (permits: 2)\nlock m[2]\nprocess p { if pool.busy + m[1].waiting > 0 { stop } }\n\
                always pool.busy <= 2";
    let listed = listing(&program(body));
    assert!(
        listed.contains("* r0 = pool.busy\n") && listed.contains("= m[r1].waiting\n"),
        "{listed}"
    );
    assert_eq!(program(body).promises[0].reads, [0]);
}

#[test]
fn comparing_with_a_part_of_a_number_rounds_nothing() {
    becomes(
        "var n = 5, bad = 1\nprocess p { if bad <= 10% * n { stop } }",
        &[
            "* r0 = bad",
            "* r1 = n",
            "r2 = 100000",
            "r3 = r2 * r1",
            "r4 = 1000000",
            "r5 = r0 * r4",
            "r0 = r5 <= r3",
            "if r0 go 8 else 9",
            "go 9",
            "end",
        ],
    );
    let body = "param n: int = 5 in 1..9\nvar x = 0\nprocess p { if 1 > 10% * n { x = 1 } }";
    becomes(body, &["r0 = 1", "* x = r0", "end"]);
}
