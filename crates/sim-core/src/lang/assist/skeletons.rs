//! What is put in for a word: often more than the word, with the place to go on at.

use crate::lang::words::Place;

/// What is put in for a word of the language.
pub(super) fn skeleton(place: Place, word: &str) -> String {
    let more = match (place, word) {
        (Place::Declaration, word) => match word {
            "scenario" => " \"$0\"",
            "param" => " $0: int = 1 in 1..10",
            "let" => " $0 = ",
            "var" => " $0 = 0",
            "semaphore" => " $0 (permits: 1)",
            "condition" => " $0 (lock: )",
            "group" => " $0 (from: )",
            "link" => " $0 -> ",
            "limiter" => " $0 (rate: 10/s)",
            "database" => " $0 {\n  \n}",
            "service" => " $0 {\n  on call(x) { }\n}",
            "process" => " $0 {\n  \n}",
            "routine" => " $0() {\n  \n}",
            "on" => " $0(x) {\n  \n}",
            "table" => " $0 = { 1: 0 }",
            "run" | "explore" => " ($0)",
            "chart" => " \"$0\" ",
            "schedule" => " \"$0\" { }",
            _ => " $0",
        },
        (Place::Verb, word) => match word {
            "break" | "continue" | "stop" | "abort" => "",
            "let" => " $0 = ",
            "if" | "while" | "repeat" | "with" | "within" | "transaction" => " $0 {\n  \n}",
            "for" => " $0 in 1..n {\n  \n}",
            "match" => " $0 {\n  \n}",
            "atomic" => " { $0 }",
            "retry" => " (attempts: 3) {\n  $0\n}",
            "try" => " {\n  $0\n}\ncatch { }",
            "together" => " { $0 } and { }",
            "choose" => " { $0 } or { }",
            "saga" => " {\n  step \"$0\" { } undo { }\n}",
            "step" => " \"$0\" { } undo { }",
            "send" => " $0 to ",
            "update" => " $0 set ",
            "insert" => " $0 = ",
            "receive" => " $0 as m {\n  \n}",
            "follow" => " $0 from 1 as e {\n  \n}",
            "note" => " \"$0\"",
            _ => " $0",
        },
        (Place::Option, _) => ": $0",
        (Place::Function, _) => "($0)",
        (Place::Quantifier, _) => " $0 in 1..n: ",
        (Place::Clause, "else" | "undo" | "catch") => " { $0 }",
        _ => "",
    };
    format!("{word}{more}")
}
