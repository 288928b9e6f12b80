//! Parameters and picks as typed by people.

use sim_core::{
    lang::{Scenario, Values, check, parse_picks},
    program::{Pick, PickTarget, PickVerb, Program},
    say::Lang,
};

fn scenario() -> Scenario {
    let text = "scenario \"x\"\nparam clients: int = 2 in 1..4 \"how many\"\n\
                param pause: duration = 5ms in 1ms..1s\nparam loud: bool = false\n\
                param guard: choice = none of none, lock\n\
                process client * clients { sleep pause }\nprocess relay { sleep pause }\n\
                schedule \"fits\" { client[2] relay * 3 client[1]:2 }\n\
                schedule \"three\" { relay client[3] }";
    check(text).scenario.expect("a good text")
}

fn set(name: &str, text: &str) -> Result<Program, String> {
    let scenario = scenario();
    let mut values = Values::default();
    values.set(scenario.params(), name, text).map_err(|message| {
        let said = message.say(Lang::En);
        said.help.map_or(said.message.clone(), |help| format!("{} ({help})", said.message))
    })?;
    Ok(scenario.bind(&values).expect("values that parse bind"))
}

#[test]
fn values_are_read_as_the_text_spells_them() {
    let settings = |name, text| set(name, text).map(|program| program.settings);
    let all = settings("clients", "3").expect("within bounds");
    let all: Vec<String> = all.iter().map(|(name, value)| format!("{name}={value}")).collect();
    assert_eq!(all, ["clients=3", "pause=5ms", "loud=false", "guard=none"]);
    assert_eq!(settings("pause", "1.5ms").expect("within bounds")[1].1, "1500us");
    assert_eq!(settings("loud", "true").expect("a bool")[2].1, "true");
    assert_eq!(settings("guard", "lock").expect("a label")[3].1, "lock");
}

#[test]
fn wrong_values_say_what_would_be_right() {
    let error = |name, text| set(name, text).expect_err("not a value");
    assert_eq!(error("clients", "5"), "expected `clients` in 1..4, found 5");
    assert_eq!(error("clients", "-1"), "expected `clients` in 1..4, found -1");
    assert_eq!(error("clients", "many"), "expected an int for `clients`, found `many`");
    assert_eq!(error("pause", "2s"), "expected `pause` in 1ms..1s, found 2s");
    assert_eq!(
        error("guard", "lokc"),
        "expected one of none, lock, found `lokc` (did you mean `lock`?)"
    );
    assert_eq!(
        error("client", "3"),
        "expected one of clients, pause, loud, guard, found `client` (did you mean `clients`?)"
    );
}

#[test]
fn a_schedule_tells_which_process_the_parameters_leave_out() {
    let program = set("clients", "2").expect("within bounds");
    let pick = |class, number, outcome, times| {
        let target = PickTarget::Process(class, number);
        Pick { verb: PickVerb::Step, target, outcome, times }
    };
    let expected = vec![pick(0, 2, 1, 1), pick(1, 1, 1, 3), pick(0, 1, 2, 1)];
    assert_eq!(program.schedules[0].picks, Ok(expected.clone()));
    assert_eq!(program.schedules[1].picks, Err("client[3]".to_owned()));
    assert_eq!(parse_picks(&program, "client[2] relay * 3\nclient[1]:2"), Ok(expected));
}

#[test]
fn wrong_picks_are_told_by_their_place() {
    let program = scenario().bind(&Values::default()).expect("the defaults bind");
    let error = |words| {
        let first = parse_picks(&program, words).expect_err("no pick").swap_remove(0);
        format!("{}: {}", first.span.start, first.say(Lang::En).message)
    };
    assert_eq!(error("relay client[3]"), "6: there is no `client[3]` under these parameters");
    assert_eq!(error("client"), "0: which `client`? there are several");
    assert_eq!(error("relay[1]"), "0: `relay` is one process, without a number");
    assert_eq!(error("rellay"), "0: no process is called `rellay`");
    assert_eq!(error("lose relay -> client"), "0: there is no link between `relay` and `client`");
    assert_eq!(error("lose relay"), "10: expected `->`, found the end of the text");
    assert_eq!(error("relay }"), "6: expected a name, found `}`");
    assert_eq!(error("relay * 0"), "8: expected a number from 1");
}
