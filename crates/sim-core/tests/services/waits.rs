//! Who waits for whom through services, and how those are called.

use super::support::{program, report};
use sim_core::explore::Verdict;
use sim_core::session::{Ending, LaneState, Reason, Session};

const CIRCLE: &str = "service shop (workers: 1) { on buy() { return call bank.pay() }\n on stock() { return 1 } }\nservice bank (workers: 1) { on pay() { return call shop.stock() } }\nprocess client { call shop.buy() }";

#[test]
fn a_circle_of_requests_and_workers_is_a_deadlock() {
    let found = report(CIRCLE);
    assert_eq!(found.verdict, Verdict::Broken);
    assert!(found.deadlocks.is_some() && found.stuck.is_none(), "{found:?}");
}

#[test]
fn who_waits_for_an_answer_that_nobody_brings_is_stuck() {
    let found = report(
        "service s (workers: 1) { on h() { wait until v == 1 } }\nvar v = 0\nprocess p * 2 { call s.h() }",
    );
    assert!(found.stuck.is_some() && found.deadlocks.is_none(), "{found:?}");
}

#[test]
fn each_on_the_circle_says_for_whom_it_waits() {
    let program = program(CIRCLE, &[]);
    let mut session = Session::new(program, CIRCLE, 1);
    while session.clock() {}
    let frame = session.frame();
    let Some(Ending::Deadlock(circle)) = &frame.ending else { panic!("{:?}", frame.ending) };
    let names: Vec<String> = circle.iter().map(|lane| frame.name(*lane)).collect();
    assert_eq!(names, ["shop.buy[1]", "bank.pay[1]", "shop.stock[1]"]);
    for (lane, next) in circle.iter().zip(circle.iter().cycle().skip(1)) {
        let LaneState::Blocked(reason) = &frame.lane(*lane).expect("it is shown").state else {
            panic!("it waits")
        };
        assert_eq!(reason.lanes(), [*next], "{reason:?}");
    }
}

#[test]
fn who_fills_in_what_another_waits_for_is_named() {
    let body = "cache c (single_flight: true)\nservice s { on h() { wait until v == 1; return 1 } }\nvar v = 0\nprocess p * 2 { let it = lookup c[1] { return call s.h() } }";
    let mut session = Session::new(program(body, &[]), body, 1);
    while session.clock() {}
    let frame = session.frame();
    let reasons = frame.lanes.iter().filter_map(|lane| match &lane.state {
        LaneState::Blocked(Reason::Filling { by, .. }) => {
            by.map(|by| (lane.name(), frame.name(by)))
        }
        _ => None,
    });
    let mut pair: Vec<String> = reasons.flat_map(|(who, by)| [who, by]).collect();
    pair.sort();
    assert_eq!(pair, ["p[1]", "p[2]"]);
}

#[test]
fn who_is_not_shown_has_a_name_all_the_same() {
    let body = "lock m\nvar v = 0\nprocess p * 300 { with m { wait until v == 1 } }";
    let mut session = Session::new(program(body, &[]), body, 1);
    while session.clock() {}
    let frame = session.frame();
    assert!(frame.lanes_left_out > 0);
    let Some(Ending::Stuck(stuck)) = &frame.ending else { panic!("{:?}", frame.ending) };
    assert_eq!(stuck.len(), 300);
    for lane in stuck {
        assert_eq!(frame.name(*lane), format!("p[{}]", lane + 1));
    }
}
