//! Runs of many steps and of many processes: going anywhere gives what stepping there gave, and the
//! clock agrees with theory.

use sim_core::lang::{Values, check};
use sim_core::session::{Frame, LANES_MAX, Session, WINDOW};

fn open(text: &str, seed: u64) -> Session {
    let checked = check(text);
    let scenario = checked.scenario.unwrap_or_else(|| panic!("{:?}", checked.diagnostics));
    let program = scenario.bind(&Values::default()).expect("it binds");
    Session::new(program, text, seed)
}

fn counter(frame: &Frame, name: &str) -> i64 {
    let shared = frame.shared.iter().find(|shared| shared.place == name);
    shared.expect("it is shown").value.parse().expect("a number")
}

const MIXED: &str = "scenario \"mixed\"\nvar x = 0\nlock m (lease: 40ms)\nsemaphore s (permits: 2)\n\
    condition c (lock: k)\nlock k\ncounter done\n\
    process a * 3 forever { sleep exp(10ms)\nwith m as t { x += 1\nwork uniform(1ms, 60ms) }\ndone += 1 }\n\
    process b * 2 forever { with s { let y = any(1..6)\nif y == 3 { x = y }\nwork 3ms } }\n\
    process d forever { with k { wait c }\ndone += 1 }\n\
    process e forever { sleep 7ms\nwith k { notify c } }\n\
    process f every exp(9ms) { try { within 4ms { with s { work exp(3ms) } } } catch { done += 1 } }\n\
    fault pause a[1] at 200ms for 100ms\nfault crash b[2] at 300ms for 50ms\nrun (for: 300s)";

#[test]
fn any_moment_of_a_long_run_can_be_gone_to() {
    const STEPS: u32 = 40_000;
    let mut session = open(MIXED, 5);
    let mut marks = Vec::new();
    let wanted = [0, 1, 63, 64, 65, 1_999, 2_000, 2_001, 16_384, 16_385, 29_999, 39_999, 40_000];
    for step in 0..=STEPS {
        if wanted.contains(&step) {
            marks.push((step, session.frame().fingerprint, session.frame().now));
        }
        if step < STEPS {
            assert!(session.clock(), "it goes on for ever");
        }
    }
    for (step, fingerprint, now) in marks.into_iter().rev() {
        session.seek(step);
        let frame = session.frame();
        assert_eq!((frame.position, frame.length), (step, STEPS));
        assert_eq!(
            (frame.fingerprint.as_str(), frame.now),
            (fingerprint.as_str(), now),
            "at {step}"
        );
        assert!(frame.steps.len() <= WINDOW as usize, "a window and not the whole line");
        assert!(frame.first <= step && step <= frame.first + frame.steps.len() as u32);
    }
    session.seek(30_000);
    assert!(session.clock(), "the road taken before is taken again");
    assert_eq!(session.frame().branches.len(), 1);
}

#[test]
fn ten_thousand_instances_are_there_at_once() {
    let text = "scenario \"many\"\ncounter here, gone\n\
        process request every 10us times 10000 { here += 1\nsleep 1s\ngone += 1 }\nfinally gone == 10000";
    let mut session = open(text, 1);
    let mut most = 0;
    for step in 0.. {
        if step % 1_000 == 0 {
            let frame = session.frame();
            assert!(frame.lanes.len() <= LANES_MAX);
            most = most.max(counter(&frame, "here") - counter(&frame, "gone"));
        }
        if !session.clock() {
            break;
        }
    }
    let frame = session.frame();
    assert_eq!((most, counter(&frame, "gone")), (10_000, 10_000));
    assert_eq!(frame.now, 1_100_000_000, "the last came at 100 ms and slept a second");
    session.seek(10_000);
    assert_eq!(session.frame().lanes_left_out as usize + LANES_MAX, 10_000);
}

/// A closed system whose servers are always busy serves as fast as they can: ten of them, a second
/// each, ten a second.
#[test]
fn busy_servers_serve_as_fast_as_they_can() {
    let text = "scenario \"closed\"\nsemaphore servers (permits: 10)\ncounter served\n\
        process client * 100 again after exp(1s) until 600s {\n\
        with servers { sleep exp(1s) }\nserved += 1 }";
    let mut session = open(text, 3);
    while session.clock() {}
    let frame = session.frame();
    let (served, expected) = (counter(&frame, "served"), 6_100);
    assert!((served - expected).abs() < expected / 20, "{served} served, theory says {expected}");
    assert!(frame.ending.is_some(), "everybody has left");
}

/// Open arrivals that come at random are as many as their rate says.
#[test]
fn arrivals_keep_their_rate() {
    let text =
        "scenario \"open\"\ncounter came\nprocess request every exp(40/s) until 100s { came += 1 }";
    let mut session = open(text, 11);
    while session.clock() {}
    let came = counter(&session.frame(), "came");
    assert!((came - 4_000).abs() < 200, "{came} came in 100 s at 40/s");
    let text =
        "scenario \"even\"\ncounter came\nprocess request every 100ms until 1s { came += 1 }";
    let mut session = open(text, 11);
    while session.clock() {}
    assert_eq!(
        counter(&session.frame(), "came"),
        10,
        "both ends: a gap after the start, and at 1 s"
    );
}

#[test]
fn draws_of_one_setting_do_not_shift_those_of_another() {
    let times = |patience: &str| {
        let text = format!(
            "scenario \"same demand\"\nlock m\nprocess request every exp(10ms) times 50 {{\n\
             try {{ within {patience} {{ with m {{ work 8ms }} }} }} catch {{ }} }}"
        );
        let mut session = open(&text, 2);
        while session.clock() {}
        let steps = session.all_steps();
        let arrivals = steps.iter().filter(|step| step.action == sim_core::session::Action::Arrive);
        arrivals.map(|step| step.at).collect::<Vec<u64>>()
    };
    let (short, long) = (times("5ms"), times("5s"));
    assert_eq!(short.len(), 50);
    assert_eq!(short, long, "two settings meet the same demand");
}
