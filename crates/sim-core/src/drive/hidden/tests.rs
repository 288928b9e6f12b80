//! Deliveries, and what of them comes up in the calendar.

use crate::drive::Runner;
use crate::lang::{Values, check};
use crate::machine::{Machine, NoWatch};
use crate::trace::{Choice, Traffic};

fn machine(text: &str) -> Machine {
    let scenario = check(text).scenario.expect("the text is right");
    Machine::new(scenario.bind(&Values::defaults(scenario.params())).expect("it binds"))
}

#[test]
fn what_is_answered_in_time_does_not_fill_the_calendar() {
    let machine = machine(
        "scenario \"s\"\nqueue q\nprocess source every 1ms times 3000 { send self to q }\n\
         process worker receive q as m { sleep 500us }",
    );
    let mut runner = Runner::new(&machine, 1, &mut NoWatch);
    let mut most = 0;
    while runner.step(&machine, &mut NoWatch).is_some() {
        most = most.max(runner.clock().calendar.len());
    }
    assert!(runner.steps() > 9_000, "{} steps", runner.steps());
    assert!(most < 10, "{most} entries");
}

#[test]
fn what_is_not_answered_is_seen_again_in_its_own_time() {
    let machine = machine(
        "scenario \"s\"\nqueue q\nprocess source every 10s times 3 { send self to q }\n\
         process worker receive q as m { if m == 3 { sleep 50s } }",
    );
    let mut runner = Runner::new(&machine, 1, &mut NoWatch);
    let mut again = Vec::new();
    while let Some(choice) = runner.next(&machine)
        && runner.clock().now() < 80_000_000_000
    {
        runner.take(&machine, choice, &mut NoWatch);
        if let Choice::Traffic(Traffic::Reappear { .. }) = choice {
            again.push(runner.clock().now());
        }
    }
    // The entry of the first message came up at 40 s.
    assert_eq!(again.first(), Some(&60_000_000_000));
}
