//! What the clock decides: draws that are each their own, pauses, lines, and what runs out.

use sim_core::lang::{Values, check};
use sim_core::session::Session;

fn open(text: &str, seed: u64) -> Session {
    let checked = check(text);
    let scenario = checked.scenario.unwrap_or_else(|| panic!("{:?}", checked.diagnostics));
    let program = scenario.bind(&Values::default()).expect("it binds");
    Session::new(program, text, seed)
}

fn run(text: &str, seed: u64) -> Session {
    let mut session = open(text, seed);
    while session.clock() {}
    session
}

fn value(session: &mut Session, name: &str) -> i64 {
    let frame = session.frame();
    let shared = frame.shared.iter().find(|shared| shared.place == name);
    shared.expect("it is shown").value.parse().expect("a number")
}

#[test]
fn two_calls_of_one_routine_draw_anew() {
    let text = "scenario \"s\"\nvar a = 0\nvar b = 0\nroutine roll() { return any(1..1000) }\n\
        process p { a = roll()\nb = roll() }";
    let differ = |seed| {
        let mut session = run(text, seed);
        value(&mut session, "a") != value(&mut session, "b")
    };
    assert!((0..20).filter(|seed| differ(*seed)).count() >= 18);
    let text = "scenario \"s\"\nroutine nap() { sleep uniform(0s, 1000s) }\nvar a = 0\nvar b = 0\n\
        process p { nap()\na = 1\nnap()\nb = 1 }";
    for seed in 0..5 {
        let steps = run(text, seed).all_steps();
        let first = steps.iter().find(|step| step.at > 0).expect("it slept").at;
        let last = steps.last().expect("it stepped").at;
        assert_ne!(last, 2 * first, "two naps of one length");
    }
}

#[test]
fn who_starts_again_draws_on() {
    let text = "scenario \"s\"\nvar first = 0\nvar second = 0\n\
        process p { let x = any(1..1000)\nif first == 0 { first = x } else { second = x }\nsleep 10s }\n\
        fault crash p at 1s for 1s";
    let differ = |seed| {
        let mut session = run(text, seed);
        assert!(value(&mut session, "second") > 0);
        value(&mut session, "first") != value(&mut session, "second")
    };
    assert!((0..20).filter(|seed| differ(*seed)).count() >= 18);
}

#[test]
fn a_class_that_is_left_out_shifts_no_draws() {
    let drawn = |only: &str| {
        let text = format!(
            "scenario \"s\"\nvar x = 0\nprocess other if {only} {{ x = 0 }}\n\
             process p {{ let y = any(1..1000000)\nsleep 1s\nx = y }}"
        );
        value(&mut run(&text, 3), "x")
    };
    assert_eq!(drawn("1 == 1"), drawn("1 == 2"));
}

/// What a process does in its 3 s after being paused until 6 s.
fn late(body: &str) -> (i64, i64) {
    let text = format!(
        "scenario \"s\"\ncounter done, late\n\
         process p {{ try {{ within 3s {{ {body} }}\ndone += 1 }} catch {{ late += 1 }} }}\n\
         fault pause p at 1s for 5s"
    );
    let mut session = run(&text, 1);
    (value(&mut session, "done"), value(&mut session, "late"))
}

#[test]
fn a_pause_puts_no_deadline_off() {
    assert_eq!(late("sleep 4s"), (0, 1), "its time was over before its sleep");
    assert_eq!(late("sleep 2s"), (1, 0), "its sleep was over in time");
    assert_eq!(late("sleep 3s"), (1, 0), "who is done at the last moment is done in time");
    assert_eq!(late("sleep 10s"), (0, 1));
}

#[test]
fn a_pause_keeps_a_place_in_line() {
    let text = "scenario \"s\"\nlock m\nvar first = 0\n\
        process holder { with m { sleep 10s } }\n\
        process a { sleep 1s\nwith m { if first == 0 { first = 1 } } }\n\
        process b { sleep 2s\nwith m { if first == 0 { first = 2 } } }\n\
        fault pause a at 3s for 1s";
    for seed in 0..10 {
        assert_eq!(value(&mut run(text, seed), "first"), 1);
    }
}

#[test]
fn a_pause_does_not_put_off_the_longest_wait() {
    let text = "scenario \"s\"\nsemaphore m (permits: 1, max_wait: 5s)\ncounter away\n\
        process holder { with m { sleep 100s } }\n\
        process a { sleep 1s\ntry { with m { sleep 1s } } catch { away += 1 } }\n\
        fault pause a at 5s for 500ms";
    let steps = run(text, 1).all_steps();
    let times: Vec<u64> = steps.iter().map(|step| step.at).collect();
    assert!(times.contains(&6_000_000_000), "{times:?}");
}

#[test]
fn a_condition_on_who_waits_is_seen() {
    let text = "scenario \"s\"\nlock m\ncounter seen\n\
        process holder { with m { sleep 10s } }\n\
        process looker { sleep 1s\nwait until m.waiting == 1\nseen += 1 }\n\
        process waiter { sleep 2s\nwith m { sleep 1s } }\nrun (for: 5s)";
    assert_eq!(value(&mut run(text, 1), "seen"), 1);
}

/// With an entry for each of its steps in the calendar this would take minutes.
#[test]
fn a_long_time_limit_costs_its_steps_nothing() {
    let text = "scenario \"s\"\nvar x = 0\nprocess p { within 1h { repeat 40000 { x = 1 } } }";
    assert_eq!(run(text, 1).frame().length, 40_000);
}

#[test]
fn who_finds_no_room_waits_at_the_door() {
    let text = "scenario \"s\"\ncounter here, gone\n\
        process request every 10us times 10005 { here += 1\nsleep 1s\ngone += 1 }";
    let mut session = run(text, 1);
    assert_eq!((value(&mut session, "here"), value(&mut session, "gone")), (10_005, 10_005));
}

#[test]
fn a_fault_that_slows_one_means_its_number() {
    let text = |number: u32| {
        format!(
            "scenario \"s\"\nvar x = 0\nprocess request every 1s times 4 {{ work 100ms\nx = 1 }}\n\
             fault slow request[{number}] by 5"
        )
    };
    for number in [1, 3] {
        let steps = run(&text(number), 1).all_steps();
        let slow = u64::from(number) * 1_000_000_000 + 500_000_000;
        assert!(steps.iter().any(|step| step.at == slow), "{number}");
    }
}

fn codes(text: &str) -> Vec<&'static str> {
    let checked = check(text);
    let binds = checked.scenario.map(|scenario| scenario.bind(&Values::default()));
    let more = binds.and_then(Result::err).unwrap_or_default();
    checked.diagnostics.iter().chain(&more).map(|one| one.code.0).collect()
}

#[test]
fn a_fault_from_a_time_to_another_ends_then() {
    let text = |fault: &str| {
        format!("scenario \"s\"\ncounter begun\nprocess p {{ begun += 1\nsleep 10s }}\n{fault}")
    };
    let mut session = run(&text("fault crash p from 2s to 5s"), 1);
    assert_eq!((value(&mut session, "begun"), session.frame().now), (2, 15_000_000_000));
    assert_eq!(codes(&text("fault pause p at 2s")), ["E0510"]);
    assert!(codes(&text("fault pause p anytime")).is_empty());
    assert!(codes(&text("fault pause p from 2s to 5s")).is_empty());
    assert!(codes(&text("fault pause p at 2s for 1s")).is_empty());
}

#[test]
fn a_task_that_crashed_stays_down() {
    let text = |fault: &str| {
        format!(
            "scenario \"s\"\ncounter done\nprocess p {{ sleep 1s\nspawn f(2) }}\nroutine f(x) {{ sleep 1s\ndone += x }}\nroutine g() {{ return }}\n{fault}"
        )
    };
    let mut session = run(&text("fault crash f at 1500ms"), 1);
    assert_eq!(value(&mut session, "done"), 0);
    let mut session = run(&text("fault crash f at 2500ms"), 1);
    assert_eq!(value(&mut session, "done"), 2);
    assert_eq!(codes(&text("fault crash f at 1s for 1s")), ["E0901"]);
    assert_eq!(codes(&text("fault crash f from 1s to 2s")), ["E0901"]);
    // Nobody spawns it.
    assert_eq!(codes(&text("fault crash g anytime")), ["E0303"]);
}

#[test]
fn a_time_has_no_more_stages_than_it_needs() {
    let text = |stages: &str| {
        format!("scenario \"s\"\nvar n = 1000000000\nprocess p {{ sleep erlang({stages}, 1s) }}")
    };
    assert_eq!(codes(&text("1001")), ["E0509"]);
    let now = run(&text("n"), 1).frame().now;
    assert!((500_000_000..2_000_000_000).contains(&now), "{now}");
}

#[test]
fn nobody_waits_longer_than_is_said_though_permits_come_free_meanwhile() {
    let text = "scenario \"s\"\nsemaphore s (permits: 1, max_wait: 2s)\ncounter let_in, turned_away\n\
        process p * 20 { try { with s { work 1500ms }\nlet_in += 1 } catch { turned_away += 1 } }";
    for seed in 0..5 {
        let mut session = run(text, seed);
        assert_eq!((value(&mut session, "let_in"), value(&mut session, "turned_away")), (2, 18));
        assert_eq!(session.frame().now, 3_000_000_000);
    }
}
