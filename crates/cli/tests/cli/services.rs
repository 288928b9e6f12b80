//! Requests and tasks as the terminal tells of them.

use super::{code, json, lockstep, out, with_input};

const PAY: &str = "lessons/19-pay-once/scenario.lockstep";

/// Two services whose workers wait for one another.
const CIRCLE: &str = r#"scenario "A circle"
service shop (workers: 1) {
  on buy() { return call bank.pay() }
  on stock() { return 1 }
}
service bank (workers: 1) {
  on pay() { return call shop.stock() }
}
process client { call shop.buy() }
"#;

/// Tasks whose rooms are used again: the tenth task is the tenth, wherever it lies.
const TASKS: &str = r#"scenario "Tasks"
service s (workers: 1) { on h() { work 1ms } }
routine mail(k) { call s.h() }
process p every 1s times 10 { spawn mail(1) }
"#;

fn said(args: &[&str], text: &str) -> String {
    out(&with_input(args, text.as_bytes()))
}

#[test]
fn every_step_of_a_run_has_the_name_of_who_took_it() {
    let said = out(&lockstep(&["run", PAY]));
    assert!(said.contains("  1  client[1]    called bank.pay(1)\n"), "{said}");
    assert!(said.contains("  2  bank.pay[1]  took a worker of bank\n"), "{said}");
    let run = json(&["run", PAY, "--json"]);
    let names: Vec<&str> = run["steps"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|step| step["process"].as_str())
        .collect();
    assert_eq!(names[..3], ["client[1]", "bank.pay[1]", "bank.pay[1]"]);
}

#[test]
fn a_failing_way_names_each_request_as_it_was_called_then() {
    let found = json(&["explore", PAY, "--json"]);
    let steps = found["broken"][0]["steps"].as_array().expect("a way is told");
    assert_eq!(steps[0], "client[1] called bank.pay(1)");
    assert_eq!(steps[4], "bank.pay[1] took a worker of bank");
    assert_eq!(steps[6], "bank.pay[2] took a worker of bank");
}

#[test]
fn tasks_keep_their_numbers_where_rooms_are_used_again() {
    let said = said(&["run", "-"], TASKS);
    for number in 1..=10 {
        assert!(said.contains(&format!("mail[{number}] ")), "{number}: {said}");
        assert!(said.contains(&format!("s.h[{number}] ")), "{number}: {said}");
    }
    assert!(said.contains("worked for 1ms"), "{said}");
}

#[test]
fn a_circle_through_services_is_a_deadlock_and_says_who_waits_for_whom() {
    let output = with_input(&["run", "-"], CIRCLE.as_bytes());
    assert_eq!(code(&output), 1);
    let said = out(&output);
    for line in [
        "Deadlock: each waits for what the next holds: shop.buy[1], bank.pay[1], shop.stock[1].",
        "  bank.pay[1] waits for the answer of shop.stock[1]",
        "  shop.stock[1] waits for a worker of shop, taken by shop.buy[1]",
    ] {
        assert!(said.contains(line), "{said}");
    }
    let output = out(&with_input(&["explore", "-", "--lang", "es"], CIRCLE.as_bytes()));
    let line = "shop.stock[1]: espera un trabajador de shop, ocupado por shop.buy[1]";
    assert!(output.contains(line), "{output}");
}

#[test]
fn an_answer_with_an_error_says_the_error_once() {
    let text = "scenario \"No\"\nservice s { on h() { fail broken } }\nprocess p { try { call s.h() } catch broken { } }\n";
    let said = said(&["run", "-"], text);
    assert!(said.contains("answered with the error broken\n"), "{said}");
}
