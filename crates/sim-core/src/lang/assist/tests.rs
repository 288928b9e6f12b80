//! What is offered, told and folded, by example. The cursor is the `|`.

use super::{Suggestion, SuggestionKind, complete, folds, hover};

const TEXT: &str = "scenario \"x\"
param guard: choice = none of none, lock_it, atomically
param clients: int = 2 in 1..4 // how many
var balance = 100, other[3] = 0
counter dispensed
lock account
lock door

process client * clients {
  let seen = balance
  match guard {
    none => withdraw(seen)
    |
  }
}

routine withdraw(amount) { balance -= amount }
";

fn at(text: &str) -> (String, u32) {
    let at = text.find('|').expect("a cursor");
    (text.replacen('|', "", 1), at as u32)
}

fn offered(text: &str) -> Vec<Suggestion> {
    let (text, at) = at(text);
    complete(&text, at)
}

fn words(text: &str) -> Vec<String> {
    offered(text).into_iter().map(|one| one.word).collect()
}

/// The text with something else where its cursor is.
fn with(piece: &str) -> String {
    TEXT.replace("    |\n  }", &format!("  }}\n  {piece}"))
}

#[test]
fn the_beginning_of_a_declaration() {
    let found = offered("scenario \"x\"\nsem|");
    assert_eq!(found[0].word, "semaphore");
    assert_eq!(found[0].insert, "semaphore $0 (permits: 1)");
    assert_eq!(found[0].replaces, 13..16);
    assert_eq!(found[0].kind, SuggestionKind::Word);
    assert_eq!(words("|"), ["scenario"]);
    let all = words("scenario \"x\"\n|");
    assert!(all.contains(&"process".to_owned()) && !all.contains(&"scenario".to_owned()));
    assert!(!all.contains(&"sleep".to_owned()));
}

#[test]
fn the_beginning_of_a_statement() {
    let found = words(&with("|"));
    for word in ["seen", "balance", "dispensed", "withdraw", "let", "with", "sleep"] {
        assert!(found.contains(&word.to_owned()), "{word} of {found:?}");
    }
    assert_eq!(words(&with("wi|"))[0], "withdraw");
    assert_eq!(words(&with("whlie|"))[0], "while", "what is near");
    assert_eq!(words(&with("if seen == 1 { stop }\n  |"))[0], "else");
}

#[test]
fn what_goes_with_messages() {
    let text = "scenario \"x\"\nqueue jobs\nlog events\nlock m\nprocess shop { send { order: self, paid: true } to jobs }\n";
    let at = |piece: &str| words(&format!("{text}{piece}"));
    assert_eq!(at("process w receive |"), ["jobs"]);
    assert_eq!(at("process w { send 1 to |"), ["jobs", "events"]);
    assert_eq!(at("process w { follow |"), ["events"]);
    assert_eq!(at("process w receive jobs as m { note \"x\"; let y = m.|"), ["order", "paid"]);
    let found = at("goal jobs.|");
    assert!(found.contains(&"trip".to_owned()) && found.contains(&"accepted".to_owned()));
    assert!(!found.contains(&"lag".to_owned()), "{found:?}");
    assert!(at("goal jobs.trip.|").contains(&"p99".to_owned()));
    let options = at("queue q (|");
    assert!(options.contains(&"dead_letter".to_owned()), "{options:?}");
    assert_eq!(at("queue q (dead_letter: d|"), [""; 0], "no queue begins so");
    assert_eq!(at("queue q (dead_letter: j|"), ["jobs"]);
    let told = hover(&format!("{text}goal jobs.trip.p99 < 1s"), (text.len() + 10) as u32);
    assert_eq!(told.expect("a measure").says[0], "From sending to ack.");
}

#[test]
fn names_of_the_right_kind() {
    assert_eq!(words(&with("with |")), ["account", "door"]);
    assert_eq!(words(&with("with account, d|")), ["door"]);
    assert_eq!(words(&with("acquire a|c")), ["account"]);
    let kinds = offered(&with("release |"));
    assert_eq!(kinds[0].kind, SuggestionKind::Name("lock"));
    assert_eq!(kinds[0].form, "lock account");
    assert_eq!(words(&format!("{}schedule \"s\" {{ cl| }}", with("stop"))), ["client"]);
    assert_eq!(words(&with("let |")), [""; 0]);
}

#[test]
fn values_of_a_choice() {
    let found = offered(TEXT);
    let labels: Vec<_> = found.iter().map(|one| one.word.as_str()).collect();
    assert_eq!(labels, ["none", "lock_it", "atomically", "else"]);
    assert_eq!(found[0].kind, SuggestionKind::Label);
    assert_eq!(words(&with("if guard == |"))[..3], ["none", "lock_it", "atomically"]);
}

#[test]
fn values_parameters_and_locals() {
    let found = words(&with("balance = |"));
    assert!(found.contains(&"seen".to_owned()) && found.contains(&"clients".to_owned()));
    assert!(!found.contains(&"dispensed".to_owned()), "counters are not read");
    let amount = words(&with("stop").replace("balance -= amount", "balance -= am|"));
    assert_eq!(amount, ["amount"]);
    assert!(!words(&with("balance = am|")).contains(&"amount".to_owned()), "another block's");
    assert!(words(&format!("{}always dis|", with("stop"))).contains(&"dispensed".to_owned()));
}

#[test]
fn options_not_yet_given_and_their_values() {
    let found = words("scenario \"x\"\nsemaphore s (permits: 2, |)");
    assert!(!found.contains(&"permits".to_owned()), "{found:?}");
    let values = offered("scenario \"x\"\nsemaphore s (permits: 2, when_full: re|");
    assert_eq!((values[0].word.as_str(), values[0].kind), ("reject", SuggestionKind::Value));
    let locks = words("scenario \"x\"\nlock m\nvar x = 1\ncondition c (lock: |)");
    assert_eq!(locks, ["m"]);
}

#[test]
fn kinds_units_and_nothing_at_all() {
    assert_eq!(words("scenario \"x\"\nparam p: in|"), ["int"]);
    assert_eq!(words(&with("sleep 5m|")), ["ms", "min"]);
    assert_eq!(words(&with("sleep 5 // ba|")), [""; 0]);
    assert_eq!(words("scenario \"ba|\""), [""; 0]);
}

#[test]
fn a_word_is_told_where_it_is_one() {
    let told = |text: &str| {
        let (text, at) = at(text);
        hover(&text, at).map(|hover| hover.form)
    };
    assert_eq!(told(&with("wit|h account { }")).as_deref(), Some("with NAME, NAME { }"));
    assert_eq!(told(&with("with acc|ount { }")).as_deref(), Some("lock account"));
    assert_eq!(told(&with("|balance = 1")).as_deref(), Some("var balance = 100, other[3] = 0"));
    assert_eq!(
        told(&with("balance = cli|ents")).as_deref(),
        Some("param clients: int = 2 in 1..4")
    );
    assert_eq!(told(&with("withdraw|(seen)")).as_deref(), Some("routine withdraw(amount)"));
    assert_eq!(
        told(&with("stop").replace("amount }", "amou|nt }")).as_deref(),
        Some("routine withdraw(amount)")
    );
    assert_eq!(told(&with("if not| true { }")).as_deref(), Some("not E"));
    assert_eq!(told("scenario \"x\"\nexplore (dep|th: 3)").as_deref(), Some("depth: n [200]"));
    assert_eq!(
        told("scenario \"x\"\nsemaphore s (permits: 1, when_full: rej|ect)").as_deref(),
        Some("reject")
    );
    assert_eq!(told(&with("stop // wi|th")), None);
    assert_eq!(
        told("scenario \"x\"\nvar log = 1\nprocess p { l|og = 2 }").as_deref(),
        Some("var log = 1")
    );
}

#[test]
fn blocks_and_remarks_fold() {
    let text = "// one\n// two\nscenario \"x\"\nprocess p {\n  if a {\n    stop\n  }\n  b = 1 // three\n  // four\n}\nlock m\n";
    assert_eq!(folds(text), [(1, 2), (4, 10), (5, 7)]);
    assert_eq!(folds("process p {\n}\n"), []);
    assert_eq!(folds("a { b {\n\n\n} }"), [(1, 4)]);
    assert_eq!(folds("}{\n\n\n"), []);
}

#[test]
fn every_place_of_a_text_is_answered() {
    let text = TEXT.replace("// how many", "// cuántos") + "service s { on f(x) { fail ñ \"á\" } }";
    for at in 0..=text.len() as u32 + 2 {
        for one in complete(&text, at) {
            assert!(text.get(one.replaces.start as usize..one.replaces.end as usize).is_some());
            assert!(one.insert.contains(&one.word), "{one:?}");
        }
        let _ = hover(&text, at);
    }
}

#[test]
fn tables_their_columns_and_what_is_done_with_them() {
    let bank = |line: &str| {
        format!(
            "scenario \"x\"\ndatabase bank {{\n  table seats = {{ 1: {{ taken: false }} }}\n}}\n\
             process p {{\n  transaction bank {{\n    {line}\n  }}\n}}\n"
        )
    };
    assert_eq!(words(&bank("update |"))[..1], ["seats"]);
    assert_eq!(words(&bank("transaction |"))[..1], ["bank"]);
    let behind = words(&bank("update seats[1] |"));
    assert!(behind.contains(&"set".to_owned()) && behind.contains(&"where".to_owned()));
    let columns = words(&bank("update seats set taken = true where ta|"));
    assert_eq!(columns[0], "taken");
    assert_eq!(words(&bank("let row = seats[1] f|"))[0], "for update");
    assert!(words(&bank("let all = sum(seats.|")).contains(&"taken".to_owned()));
    assert!(words(&bank("seats[1].|")).contains(&"taken".to_owned()));
    assert_eq!(words("scenario \"x\"\ndatabase bank { ta|"), ["table"]);
    let levels = words("scenario \"x\"\ndatabase bank (isolation: |) { }");
    assert_eq!(levels[..3], ["read_committed", "repeatable_read", "serializable"]);
    let (text, at) = at(&bank("seats[1] for up|date"));
    let told = hover(&text, at).map(|hover| hover.form);
    assert_eq!(told.as_deref(), Some("TABLE[KEY] for update"));
}
