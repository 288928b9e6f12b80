//! Ceilings that a run meets without coming to its end.

use super::{code, err, out, with_input};
use serde_json::Value;

const ARRIVALS: &str = "scenario \"More come than it can do\"\nservice shop (workers: 1) { on buy() { work 1s } }\nprocess customer every 1ms until 20s { call shop.buy() }\nrun (for: 20s)\n";
const REQUESTS: &str = "scenario \"Nobody hears that nobody waits\"\nservice shop (workers: 1) { on buy() { work 1s } }\nprocess customer * 4000 { repeat 4 { try { call shop.buy() within 10ms } catch timeout { } } }\nrun (for: 20s)\n";
const TASKS: &str = "scenario \"Tasks without end\"\nroutine ask() { sleep 1h }\nprocess p { repeat 1200 { spawn ask(); sleep 1ms } }\nrun (for: 20s)\n";

#[test]
fn who_had_to_wait_outside_is_told_and_the_run_shows_nothing() {
    let output = with_input(&["run", "-"], ARRIVALS.as_bytes());
    assert_eq!(code(&output), 3, "{}", err(&output));
    let said = out(&output);
    assert!(said.contains("10000 of `customer` were there at once"), "{said}");
    assert!(said.contains("`workers` and `backlog`"), "{said}");
    let output = with_input(&["run", "-", "--lang", "es"], ARRIVALS.as_bytes());
    assert!(out(&output).contains("Había 10000 de `customer` a la vez"), "{}", out(&output));
}

#[test]
fn who_called_once_more_than_there_is_room_for_is_told_in_json_too() {
    let output = with_input(&["run", "-", "--json"], REQUESTS.as_bytes());
    assert_eq!(code(&output), 3, "{}", err(&output));
    let run: Value = serde_json::from_slice(&output.stdout).expect("it writes JSON");
    let met = &run["ceilings"][0];
    assert_eq!((&met["of"], &met["name"]), (&"requests".into(), &"shop.buy".into()), "{met}");
    assert_eq!(met["most"], 10_000);
    assert_eq!(run["verdict"], "undecided");
    let said = out(&with_input(&["run", "-"], REQUESTS.as_bytes()));
    assert!(said.contains("Give `shop` a `backlog`"), "{said}");
}

#[test]
fn tasks_have_a_ceiling_and_many_seeds_tell_it_once() {
    let text = TASKS.replace("for: 20s", "for: 20s, seeds: 2");
    let output = with_input(&["run", "-"], text.as_bytes());
    assert_eq!(code(&output), 3, "{}", err(&output));
    let said = out(&output);
    assert_eq!(said.matches("1000 tasks of `ask` ran at once").count(), 1, "{said}");
}

#[test]
fn a_missed_goal_is_missed_all_the_same() {
    let text = format!("{ARRIVALS}goal customer.ok >= 99% * customer.started\n");
    assert_eq!(code(&with_input(&["run", "-"], text.as_bytes())), 1);
}

#[test]
fn a_run_that_meets_no_ceiling_says_nothing_of_them() {
    let text = ARRIVALS.replace("(workers: 1)", "(workers: 1, backlog: 10)");
    let text = text.replace("call shop.buy()", "try { call shop.buy() } catch rejected { }");
    let output = with_input(&["run", "-", "--json"], text.as_bytes());
    assert_eq!(code(&output), 0, "{}", out(&output));
    assert!(!out(&output).contains("\"ceilings\""));
}
