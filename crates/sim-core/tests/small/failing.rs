//! Errors, time limits, retries and chance: who sees what, and what is let go on the way.

use super::support::{counts, holds, outcomes, report};

#[test]
fn the_first_catch_that_names_an_error_takes_it() {
    holds(
        "counter seen\nprocess p {\ntry { fail lost } catch gone { seen = 1 } catch lost { seen = 2 }\n\
         catch { seen = 3 }\n}\nfinally seen == 2",
        1,
    );
}

#[test]
fn what_a_catch_does_not_name_goes_on_and_may_be_passed_on() {
    holds(
        "counter seen\nprocess p { try {\ntry { try { fail lost } catch gone { seen = 9 } }\n\
         catch as e { if e == lost { seen = 1 }; fail e }\n} catch lost { seen += 10 } }\n\
         finally seen == 11",
        1,
    );
}

#[test]
fn a_lock_is_let_go_before_the_catch() {
    // Were it still taken, taking it again would be stuck.
    holds(
        "lock m\ncounter ok\nprocess p { try { with m { fail lost } } catch { with m { ok += 1 } } }\n\
         finally ok == 1",
        1,
    );
}

#[test]
fn a_catch_inside_an_atomic_stays_in_its_step() {
    // One step each: two orders. Were they two, as for a plain `+=`, one could be lost.
    holds(
        "var a = 0\nprocess p * 2 { atomic { try { fail lost } catch { a += 1 } } }\nfinally a == 2",
        2,
    );
}

#[test]
fn an_error_that_leaves_an_atomic_ends_it_and_undoes_nothing() {
    // Two steps each, in any order: 4! / (2! 2!).
    holds(
        "var a = 0\nprocess p * 2 { try { atomic { a += 1; fail lost } } catch { atomic { a += 10 } } }\n\
         finally a == 22",
        6,
    );
}

/// Counts of a body whose counters a promise names, with the bound on what runs out.
fn tries(body: &str, timeouts: u32) -> Vec<String> {
    outcomes(&report(&format!(
        "counter tries, gave_up\n{body}\nfinally tries + gave_up >= 0\nexplore (timeouts: {timeouts})"
    )))
}

#[test]
fn with_the_limit_inside_each_try_has_its_own() {
    // Sleeping through it, after none, one or two that ran out; or three that did.
    for backoff in ["none", "fixed", "full"] {
        let body = format!(
            "process p {{ try {{ retry (attempts: 3, backoff: {backoff}) {{\n\
             tries += 1\nwithin 1s {{ sleep 1ms }}\n}} }} catch timeout {{ gave_up += 1 }} }}"
        );
        assert_eq!(
            tries(&body, 3),
            [
                "tries=1 gave_up=0: 1",
                "tries=2 gave_up=0: 1",
                "tries=3 gave_up=0: 1",
                "tries=3 gave_up=1: 1",
            ],
            "{backoff}"
        );
    }
}

#[test]
fn with_the_limit_outside_no_retry_sees_it() {
    // It may run out in the first or second sleep; else both tries fail.
    let body = "process p { try { within 1s { retry (attempts: 2) {\n\
                tries += 1\nsleep 1ms\nfail lost\n} } } catch timeout { gave_up += 1 } catch lost { } }";
    assert_eq!(
        tries(body, 2),
        ["tries=1 gave_up=1: 1", "tries=2 gave_up=0: 1", "tries=2 gave_up=1: 1"]
    );
}

#[test]
fn other_errors_are_not_tried_again() {
    let body = "process p { try { retry (attempts: unlimited, on: lost) {\n\
                tries += 1\nif tries_so_far == 2 { fail gone }\ntries_so_far += 1\nfail lost\n} }\n\
                catch gone { gave_up += 1 } }\nvar tries_so_far = 0";
    assert_eq!(tries(body, 2), ["tries=3 gave_up=1 tries_so_far=2: 1"]);
}

#[test]
fn the_outer_of_two_limits_passes_through_the_inner_try() {
    let body = "process p { try { within 2s {\ntry { within 1s { sleep 1ms } } catch timeout { tries += 1 }\n\
                } } catch timeout { gave_up += 1 } }";
    assert_eq!(
        tries(body, 2),
        ["tries=0 gave_up=0: 1", "tries=0 gave_up=1: 1", "tries=1 gave_up=0: 1"]
    );
}

#[test]
fn who_runs_out_of_time_lets_go_of_what_it_took() {
    // The other takes the lock, works, lets go. This one runs out before it has the lock (before,
    // between or behind those three steps: 4), or takes it before or behind them and sleeps in time
    // (2) or too late (2). Were it not let go, the other would be stuck. Once it only lets go,
    // nothing strikes: nobody both slept and gave up.
    holds(
        "lock m\ncounter slept, gave_up\nprocess other { with m { work 1ms } }\n\
         process p { try { within 1s { with m { sleep 1ms; slept += 1 } } } catch timeout { gave_up += 1 } }\n\
         finally slept + gave_up == 1",
        8,
    );
}

#[test]
fn a_choice_of_three_has_an_outcome_for_each() {
    // Two coins in two orders, nine outcomes each.
    let report = report(
        "counter heads\nprocess coin * 2 { choose { heads += 1 } or { } or { } }\nfinally heads < 2",
    );
    assert_eq!(counts(&report), (18, 2));
    assert_eq!(outcomes(&report), ["heads=0: 8", "heads=1: 8", "heads=2: 2"]);
}

#[test]
fn any_number_of_a_range() {
    let report = report("counter sum\nprocess p { let x = any(1..3); sum += x }\nfinally sum < 3");
    assert_eq!(counts(&report), (3, 1));
}
