//! By which name a durable saga goes, and what may not leave one.

use crate::support::{counts, program, report};
use sim_core::lang::check;
use sim_core::session::Session;

/// The codes of what is wrong with a scenario, also with these parameters.
fn wrong(body: &str) -> Vec<String> {
    let text = format!("scenario \"small\"\n{body}\n");
    let checked = check(&text);
    let found = match checked.scenario {
        Some(scenario) => {
            let values = sim_core::lang::Values::defaults(scenario.params());
            scenario.bind(&values).err().unwrap_or_default()
        }
        None => checked.diagnostics,
    };
    found.iter().map(|one| one.code.to_string()).collect()
}

#[test]
fn who_could_not_tell_its_sagas_apart_must_say_whose_they_are() {
    let saga = "saga (durable: true) { step \"a\" { made += 1 } }";
    for inside in [
        format!("process p {{ together {{ {saga} }} and {{ sleep 1s }} }}"),
        format!(
            "process p * 2 {{ repeat 2 {{ together {{ go() }} and {{ sleep 1s }} }} }}\nroutine go() {{ {saga} }}"
        ),
        format!("process p {{ retry {{ {saga} }} }}"),
        format!("process p {{ spawn go() }}\nroutine go() {{ {saga} }}"),
        format!("service s {{ on h() {{ {saga} }} }}\nprocess p {{ call s.h() }}"),
        format!("process p {{ repeat 2 {{ go() }} }}\nroutine go() {{ {saga} }}"),
        format!("process p again after 1s times 2 {{ {saga} }}"),
    ] {
        assert_eq!(wrong(&format!("var made = 0\n{inside}")), ["E0784"], "{inside}");
        let named = inside.replace("durable: true", "durable: true, id: 1");
        assert!(wrong(&format!("var made = 0\n{named}")).is_empty(), "{named}");
    }
}

#[test]
fn each_call_of_a_routine_has_a_saga_of_its_own() {
    let body = "var made = 0\nprocess p { go(); go() }\nroutine go() { saga (durable: true) {\nstep \"a\" { made += 1 }\n} }\nfinally made == 2";
    assert_eq!(counts(&report(body)), (1, 0));
}

#[test]
fn copies_of_a_routine_that_keep_other_things_keep_them_apart() {
    let body = "var after = 0\nroutine go(id, x) {\nlet kept = x\nsaga (durable: true, id: id) {\nstep \"a\" { kept = x }\nstep \"b\" { atomic { after += 1 } }\n}\n}\nprocess p { go(1, 5) }\nprocess q { go(2, true) }\nfault crash p anytime for 1s at most 1\nfinally after >= 2";
    let found = report(body);
    assert_eq!(found.failing.number, "0", "{found:?}");
}

#[test]
fn nothing_leaves_a_saga_without_undoing_it() {
    let steps = |inside: &str| format!("saga {{ step \"a\" {{ {inside} }} }}");
    for body in [
        format!("process p {{ {} }}\nroutine go() {{ stop }}", steps("go()")),
        format!(
            "process p {{ {} }}\nroutine go() {{ deeper() }}\nroutine deeper() {{ stop }}",
            steps("go()")
        ),
        format!(
            "cache c\nprocess p {{ let x = lookup c[1] {{ {}; return 2 }} }}",
            steps("return 1")
        ),
        format!("process p {{ repeat 2 {{ {} }} }}", steps("break")),
    ] {
        assert_eq!(wrong(&body), ["E0782"], "{body}");
    }
    let task = format!("process p {{ {} }}\nroutine go() {{ stop }}", steps("spawn go()"));
    assert!(wrong(&task).is_empty(), "a task stops by itself");
}

#[test]
fn a_long_run_keeps_the_notes_of_thousands() {
    let body = "var made = 0\nprocess p every 1ms times 3000 { saga (durable: true) {\nstep \"a\" { atomic { made += 1 } } undo { }\nstep \"b\" { }\n} }\nfinally made == 3000";
    let mut session = Session::new(program(body, &[]), "", 1);
    while session.clock() {}
    let frame = session.frame();
    let made = frame.shared.iter().find(|shared| shared.place == "made");
    assert_eq!(made.map(|made| made.value.as_str()), Some("3000"));
}
