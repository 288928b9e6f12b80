//! Processes that come by themselves, faults, bounds, what a search lowers, and schedules of it all.

use crate::listings::{becomes, program};
use sim_core::{
    lang::{Value, Values, check, parse_picks},
    program::{
        Bounds, FaultKind, Gap, PickTarget, PickVerb, RunOptions, Start, Victim, When, Whom,
    },
};

const SECOND: i64 = 1_000_000_000;

#[test]
fn those_who_arrive_are_numbered_and_go_through_their_body_once() {
    let program = program("var a = 1\nprocess p every 2s times 3 until 1min { a = 2; return }");
    let class = &program.classes[0];
    assert_eq!((class.instances, class.numbered, class.forever), (0, true, false));
    let Start::Every { gap, times, until, .. } = class.start else { panic!("{:?}", class.start) };
    assert_eq!((gap, times, until), (Gap::Fixed(2 * SECOND), Some(3), Some(60 * SECOND)));
    becomes(
        "var a = 1\nprocess p every 2s { a = 2; if a == 1 { return }; a = 3 }",
        &[
            "r0 = 2",
            "* a = r0",
            "* r0 = a",
            "r1 = 1",
            "r0 = r0 == r1",
            "if r0 go 6 else 7",
            "go 9",
            "r0 = 3",
            "* a = r0",
            "end",
        ],
    );
}

#[test]
fn who_comes_again_may_leave_instead() {
    becomes(
        "var a = 1\nprocess p again after 1s { a = 2; return; a = 3 }",
        &[
            "r0 = 2",
            "* a = r0",
            "go 5",
            "r0 = 3",
            "* a = r0",
            "end of pass",
            "r0 = 1000000000",
            "* think r0 or leave to 9",
            "go 0",
            "end",
        ],
    );
}

#[test]
fn so_many_passes_need_no_choice_to_leave() {
    becomes(
        "var a = 1\nprocess p * 2 again after 1s times 3 until 5s { a = 2 }",
        &[
            "r0 = 3",
            "r1 = 2",
            "* a = r1",
            "end of pass",
            "r1 = 1",
            "r0 = r0 - r1",
            "r1 = r1 <= r0",
            "if r1 go 8 else 11",
            "r1 = 1000000000",
            "* think r1",
            "go 1",
            "end",
        ],
    );
    let program = program("var a = 1\nprocess p * 2 again after 1s times 3 until 5s { a = 2 }");
    assert_eq!(program.classes[0].start, Start::Again { until: Some(5 * SECOND) });
}

#[test]
fn for_ever_goes_round_and_return_ends_a_pass() {
    becomes(
        "var a = 1\nprocess p forever { if a == 1 { return }; if a == 2 { stop }; a = 2 }",
        &[
            "* r0 = a",
            "r1 = 1",
            "r0 = r0 == r1",
            "if r0 go 4 else 5",
            "go 12",
            "* r0 = a",
            "r1 = 2",
            "r0 = r0 == r1",
            "if r0 go 9 else 10",
            "go 14",
            "r0 = 2",
            "* a = r0",
            "end of pass",
            "go 0",
            "end",
        ],
    );
    assert!(program("process p forever { sleep 1s }").classes[0].forever);
}

#[test]
fn a_process_may_not_exist() {
    let program = program(
        "param on: bool = false\nvar a = 1\nprocess p if on { a = 2 }\nprocess q * 2 { a = 3 }\n\
         fault crash p anytime\nfault crash q[2] anytime\nfault crash q[3] anytime\n\
         schedule \"s\" { q[1] p }",
    );
    let names: Vec<_> = program.classes.iter().map(|class| class.name.as_str()).collect();
    assert_eq!(names, ["q"]);
    let victims: Vec<_> = program.faults.iter().map(|fault| fault.victim).collect();
    assert_eq!(victims, [Victim { whom: Whom::Class(0), number: Some(2) }]);
    assert_eq!(program.schedules[0].picks, Err("p".to_owned()));
}

#[test]
fn faults_say_what_when_how_long_and_how_often() {
    let program = program(
        "process p * 2 { work 1s }\nfault crash p at 3s for 2s\nfault pause p[1] from 1s to 2s\n\
         fault slow p by 10\nfault crash p anytime at most 2 if 1 == 1\nfault pause p anytime if 1 == 2",
    );
    let faults: Vec<_> =
        program.faults.iter().map(|f| (f.kind, f.victim.number, f.when, f.lasts, f.most)).collect();
    assert_eq!(
        faults,
        [
            (FaultKind::Crash, None, When::At(3 * SECOND), Some(2 * SECOND), 1),
            (FaultKind::Pause, Some(1), When::From(SECOND, 2 * SECOND), Some(SECOND), 1),
            (FaultKind::Slow(10_000_000), None, When::Always, None, 1),
            (FaultKind::Crash, None, When::Anytime, None, 2),
        ]
    );
}

#[test]
fn bounds_and_runs_are_set_and_have_defaults() {
    let none = program("process p { stop }");
    assert_eq!((none.bounds, none.run), (Bounds::default(), RunOptions::default()));
    let some = program(
        "param n: int = 4 in 1..9\nprocess p { stop }\nexplore (depth: 50, crashes: n - 4, n: 2)\n\
         run (for: 60s, warmup: 5s, seeds: 30, seed: 7)",
    );
    assert_eq!(some.bounds, Bounds { depth: 50, crashes: 0, ..Bounds::default() });
    let run = RunOptions {
        length: Some(60 * SECOND),
        warmup: Some(5 * SECOND),
        seeds: Some(30),
        seed: Some(7),
    };
    assert_eq!(some.run, run);
}

#[test]
fn a_search_lowers_parameters_that_are_higher() {
    let text = "scenario \"x\"\nparam n: int = 4 in 1..9\nparam d: duration = 1s in 1s..9s\n\
                param k: int = 1 in 1..9\nprocess p { stop }\nexplore (n: k + 1, d: 5s)";
    let scenario = check(text).scenario.expect("it is right");
    let lowered = scenario.exploring(&Values::default()).expect("it can be lowered");
    assert_eq!(lowered.get("n"), Some(&Value::Int(2)));
    assert_eq!(lowered.get("d"), None, "it is lower already");
    let mut values = Values::default();
    values.insert("k", Value::Int(9));
    assert!(scenario.exploring(&values).is_err(), "n takes no 10");
    values.insert("k", Value::Int(5));
    assert_eq!(scenario.exploring(&values).expect("it can be lowered").get("n"), None);
}

#[test]
fn picks_say_what_happens_to_whom() {
    let program = program(
        "lock m[2]\nprocess p every 1s times 2 { spawn f() }\nprocess q { stop }\nroutine f() { stop }\n\
         schedule \"s\" { arrive p p[1]:2 * 3 crash p restart p[2] timeout q expire m[2] f[1] q }",
    );
    let picks = program.schedules[0].picks.as_ref().expect("it fits");
    let of = |verb, class, number| (verb, PickTarget::Process(class, number));
    let found: Vec<_> = picks.iter().map(|pick| (pick.verb, pick.target)).collect();
    assert_eq!(
        found,
        [
            of(PickVerb::Arrive, 0, 0),
            of(PickVerb::Step, 0, 1),
            of(PickVerb::Crash, 0, 0),
            of(PickVerb::Restart, 0, 2),
            of(PickVerb::Timeout, 1, 1),
            (PickVerb::Expire, PickTarget::Shared(0, 1)),
            of(PickVerb::Step, 2, 1),
            of(PickVerb::Step, 1, 1),
        ]
    );
    let said = |words: &str| parse_picks(&program, words).map_err(|all| all[0].code.0);
    assert_eq!(said("p[3]"), Err("E0411"));
    assert_eq!(said("arrive q"), Err("E0411"));
    assert_eq!(said("expire m"), Err("E0409"));
    assert_eq!(said("expire m[3]"), Err("E0411"));
    assert!(said("pause q resume q").is_ok());
}

#[test]
fn a_spawned_routine_is_a_class_of_its_own() {
    let program = program(
        "var a = 1\nprocess p { spawn f(2, 5ms) }\nroutine f(x, d) { a = x; sleep d; if a == 1 { return }; spawn g() }\n\
         routine g() { spawn f(1, 1ms) }",
    );
    let classes: Vec<_> = program
        .classes
        .iter()
        .map(|class| (class.name.as_str(), class.start.clone(), class.numbered, class.instances))
        .collect();
    assert_eq!(
        classes,
        [
            ("p", Start::AtOnce, false, 1),
            ("f", Start::Spawned, true, 0),
            ("g", Start::Spawned, true, 0),
        ]
    );
    let text = sim_core::program::listing(&program);
    assert!(text.contains("spawn f with 2 from r0"), "{text}");
    assert!(text.contains("* a = r0"), "{text}");
}
