//! Schedules that name requests, replicas and what is on its way to and from services.

use sim_core::lang::{Values, check};
use sim_core::session::Session;

/// How many steps of a schedule were taken, and where its counters end.
fn played(body: &str) -> (u32, Vec<(String, String)>) {
    let text = format!("scenario \"picks\"\n{body}\n");
    let checked = check(&text);
    let scenario = checked.scenario.unwrap_or_else(|| panic!("{:?}", checked.diagnostics));
    let values = Values::defaults(scenario.params());
    let program = scenario.bind(&values).unwrap_or_else(|errors| panic!("{errors:?}"));
    let mut session = Session::new(program, &text, 1);
    session.play_schedule(0);
    let frame = session.frame();
    let shared = frame.shared.iter().map(|it| (it.place.clone(), it.value.clone()));
    (frame.position, shared.collect())
}

fn value<'a>(of: &'a (u32, Vec<(String, String)>), name: &str) -> &'a str {
    &of.1.iter().find(|(known, _)| known == name).expect("it is shown").1
}

#[test]
fn a_request_goes_by_its_service_and_handler() {
    let end = played(
        "var v = 0\nservice bank { on pay(x) { v = x } }\nprocess p { call bank.pay(7) }\nschedule \"it\" { p bank.pay[1] * 2 }",
    );
    assert_eq!(end.0, 3);
    assert_eq!(value(&end, "v"), "7");
}

#[test]
fn a_replica_crashes_and_comes_back_by_name() {
    let end = played(
        "counter gone\nservice bank { on pay() { sleep 1s } }\nprocess p { try { call bank.pay() } catch unavailable { gone += 1 }; sleep 1s }\nfault crash bank anytime for 1s\nschedule \"it\" { p bank.pay[1] crash bank restart bank }",
    );
    assert_eq!(end.0, 4);
    assert_eq!(value(&end, "gone"), "1");
}

#[test]
fn what_is_on_its_way_is_lost_by_name() {
    let end = played(
        "var v = 0\nservice bank { on pay() { v = 1 } }\nlink p <-> bank (latency: 1ms, loss: 10%)\nprocess p { try { call bank.pay() within 1s } catch timeout { } }\nschedule \"it\" { p deliver p -> bank bank.pay[1] * 3 lose bank -> p timeout p }",
    );
    assert_eq!(end.0, 7);
    assert_eq!(value(&end, "v"), "1");
}
