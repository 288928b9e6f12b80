//! Any text at all ends in diagnostics or in a program within limits, and never in a fault.

use crate::corpus::{texts, whole};
use proptest::prelude::*;
use sim_core::lang::{check, limits};

/// Reads a text in every way there is.
fn survive(text: &str) {
    if let Some(program) = crate::survive::survive(text) {
        whole(&program, text);
    }
}

/// Words and signs that make up scenarios, to build nearly right texts of.
const PIECES: &[&str] = &[
    "scenario \"x\"\n",
    "process p",
    "routine f(x)",
    "var a = 1\n",
    "counter c\n",
    "lock m\n",
    "param n: int = 2 in 1..4\n",
    "let",
    "if",
    "else",
    "match",
    "while",
    "repeat",
    "for",
    "in",
    "atomic",
    "with",
    "acquire",
    "release",
    "break",
    "continue",
    "return",
    "stop",
    "work",
    "sleep",
    "always",
    "finally",
    "schedule",
    "a",
    "m",
    "n",
    "x",
    "f",
    "p",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "=>",
    "=",
    "==",
    "+=",
    "-",
    "+",
    "*",
    "/",
    "mod",
    "..",
    ",",
    ":",
    ".",
    ";",
    "\n",
    "1",
    "5ms",
    "50%",
    "1.5",
    "\"text\"",
    "\"",
    "true",
    "none",
    "self",
    "not",
    "and",
    "or",
    "then",
    "all",
    "// remark\n",
    "lock l (lease: 5s)\n",
    "semaphore s (permits: 2)\n",
    "condition c (lock: m)\n",
    "rwlock w\n",
    "var k[] = none\n",
    "wait",
    "until",
    "notify",
    "assert",
    "note",
    "record",
    "outcome",
    "as",
    "w.read",
    "s.busy",
    "l.mine",
    "k[1]",
    "c",
    "exp(",
    "\"{a} and {\"",
    "40/s",
    "queue",
    "try",
    "catch",
    "catch x as e {",
    "within 5ms",
    "retry (attempts: 2, backoff: full)",
    "choose {",
    "or {",
    "spawn f(1)",
    "fail",
    "any(1..2)",
    "chance(50%)",
    "every 1s",
    "again after 1ms times 2",
    "forever",
    "fault crash p anytime\n",
    "explore (depth: 3, n: 2)\n",
    "call",
    "99999999999999999999",
    "é",
    "&&",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        survive(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn any_words(picks in prop::collection::vec(prop::sample::select(PIECES), 0..120)) {
        survive(&picks.join(" "));
        survive(&format!("scenario \"x\"\nvar a = 1\nlock m\nprocess p {{\n{}\n}}", picks.join(" ")));
    }

    #[test]
    fn good_texts_with_parts_exchanged(
        which in any::<prop::sample::Index>(),
        cuts in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..12, 0..PIECES.len()), 1..5),
    ) {
        let texts = texts("ok");
        let mut text = which.get(&texts).1.clone();
        for (at, length, piece) in cuts {
            let from = text.floor_char_boundary(at.index(text.len()));
            let to = text.floor_char_boundary((from + length).min(text.len()));
            text.replace_range(from..to, PIECES[piece]);
        }
        survive(&text);
    }
}

#[test]
fn every_beginning_of_a_good_text() {
    for (_, text) in texts("ok") {
        for end in (0..=text.len()).filter(|&end| text.is_char_boundary(end)) {
            survive(&text[..end]);
        }
    }
}

/// The browser gives WebAssembly a stack of one megabyte.
fn with_the_browsers_stack(what: fn()) {
    let builder = std::thread::Builder::new().stack_size(1024 * 1024);
    builder.spawn(what).expect("a thread starts").join().expect("it ends well");
}

#[test]
fn brackets_and_chains_as_long_as_a_text_may_be() {
    with_the_browsers_stack(brackets_and_chains);
}

#[test]
fn calls_as_deep_as_they_may_be() {
    with_the_browsers_stack(|| {
        for (blocks, routines) in [(1, 200), (3, 40), (8, 15), (60, 2), (20, 6)] {
            let (open, close) = ("if a == 1 { ".repeat(blocks), " }".repeat(blocks));
            let sum = "a + ".repeat(150);
            let mut text = "scenario \"x\"\nvar a = 1\nprocess p { f0() }\n".to_owned();
            for at in 0..routines {
                text += &format!("routine f{at}() {{ {open} f{}() {close} }}\n", at + 1);
            }
            text += &format!("routine f{routines}() {{ a = {sum} 1 }}\n");
            survive(&text);
        }
    });
}

fn brackets_and_chains() {
    let most = limits::TEXT_BYTES - 200;
    let process = |body: &str| format!("scenario \"x\"\nvar a = 1\nprocess p {{ {body} }}");
    for piece in [
        "(",
        "[",
        "{",
        "-",
        "not ",
        "1 + ",
        "if a == 1 { ",
        "a[",
        "f(",
        "if true then ",
        "else ",
        "- 1",
        "a and ",
        "\"",
        "match a { 1 => ",
        "all i in 1..2: ",
        "x x\n",
        "}",
        ")",
        "if a == 1 { } else ",
    ] {
        let many = piece.repeat(most / piece.len());
        survive(&many);
        survive(&process(&format!("let x = {many}")));
        survive(&process(&many));
        survive(&format!("scenario \"x\"\nalways {many}"));
    }
}

#[test]
fn routines_that_double_stop_at_the_ceiling() {
    for body in ["", "a = 1"] {
        let mut text = "scenario \"x\"\nvar a = 1\nprocess p { f0() }\n".to_owned();
        for at in 0..60 {
            text += &format!("routine f{at}() {{ f{}(); f{}() }}\n", at + 1, at + 1);
        }
        text += &format!("routine f60() {{ {body} }}\n");
        survive(&text);
        let codes: Vec<_> = check(&text).diagnostics.iter().map(|d| d.code.0).collect();
        assert_eq!(codes, ["E0606"]);
    }
}

#[test]
fn ranges_that_never_end_stop_at_the_ceiling() {
    let text = "scenario \"x\"\nvar a = 1\nprocess p { stop }\n\
                always all i in 1..1000000000000: all j in 1..1000000000000: i + j > a\n\
                finally (sum i in 1..9000000000000000000: 0) == 0";
    survive(text);
    assert!(!check(text).diagnostics.is_empty());
}

#[test]
fn kinds_of_arguments_that_double_stop_at_the_ceiling() {
    let mut text = "scenario \"x\"\nprocess p { f0() }\n".to_owned();
    for at in 0..40 {
        let names: Vec<String> = (0..at).map(|i| format!("x{i}")).collect();
        let with = |last: &str| {
            let mut values = names.clone();
            values.push(last.to_owned());
            values.join(", ")
        };
        let (names, next) = (names.join(", "), at + 1);
        text += &format!(
            "routine f{at}({names}) {{ f{next}({}); f{next}({}) }}\n",
            with("1"),
            with("true")
        );
    }
    let names: Vec<String> = (0..40).map(|i| format!("x{i}")).collect();
    text += &format!("routine f40({}) {{ }}\n", names.join(", "));
    survive(&text);
    assert!(check(&text).diagnostics.iter().any(|d| d.code.0 == "E0605"));
}

#[test]
fn more_promises_than_can_be_judged_are_refused() {
    let text = format!("scenario \"x\"\nvar x = 0\n{}", "always x == 0\n".repeat(61));
    let checked = sim_core::lang::check(&text);
    assert!(checked.scenario.is_none());
    assert_eq!(checked.diagnostics[0].code.0, "E0612");
}
