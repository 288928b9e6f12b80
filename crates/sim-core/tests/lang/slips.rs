//! Slips of people who are used to other languages: each is told how it is written here.

use crate::corpus::said;

#[test]
fn a_slip_is_told_how_it_is_written() {
    let first = |text: &str| said(text).into_iter().next().unwrap_or_default();
    let found = first("Scenario \"x\"\nvar a = 1\nprocess p { a = 2 }");
    assert_eq!(found, "1:1: expected `scenario`, found `Scenario` (did you mean `scenario`?)");
    let found = first("scenario \"x\"\nprocess p { sleep 5 }");
    assert_eq!(found, "2:19: expected a duration, found an int (a time has a unit: `5ms`, `2s`)");
    let found = first("scenario \"x\"\nvar a = 1\nprocess p { a = 2 }\nalways a = 1");
    assert!(found.contains("`==` compares"), "{found}");
    let found = first("scenario \"x\"\nvar a = 1\nProcess p { a = 2 }");
    assert!(found.contains("did you mean `process`?"), "{found}");
    let twice = "scenario \"x\"\nvar a = 1\nprocess p { a = 2 }\nschedule \"s\" { p }\nschedule \"s\" { p }";
    let found = first(twice);
    assert!(
        found.starts_with("5:1: `schedule \"s\"` is declared twice: first on line 4"),
        "{found}"
    );
}
