//! A session measures the line shown, however one came there.

use super::support::program;
use sim_core::measure::MeasuresView;
use sim_core::session::Session;

const BODY: &str = "run (for: 200ms)\nlock m\n\
    process p * 3 again after exp(5ms) { with m { sleep exp(3ms) }\nif chance(20%) { outcome odd } }";

fn session() -> Session {
    let text = format!("scenario \"measured\"\n{BODY}\n");
    Session::new(program(BODY), &text, 4)
}

/// What is measured in one go from the start, of the line that another session shows.
fn afresh(of: &Session) -> MeasuresView {
    let mut session = session();
    assert_eq!(session.follow(&of.line_picks()), of.length() as usize);
    session.measures()
}

#[test]
fn the_meter_runs_along_with_the_clock() {
    let mut session = session();
    while session.clock() {}
    let view = session.measures();
    assert!(view.complete && view.step == session.length() && view.step > 100, "{}", view.step);
    assert_eq!((view.until, session.measure(1)), (200_000_000, true), "to the end of `run`");
    session.seek(7);
    assert_eq!(session.measures(), view, "wherever the cursor stands");
    session.seek(7);
    while session.clock() {}
    assert_eq!(session.measures(), view, "the same line walked again");
}

#[test]
fn another_line_is_measured_again_in_slices() {
    let mut session = session();
    while session.clock() {}
    let first = session.measures();
    session.seek(60);
    let picked = (1..=2).any(|pick| session.pick(pick) && !session.measures().complete);
    assert!(picked, "some pick leads away from the line");
    while session.clock() {}
    let mut slices = 0;
    while !session.measure(13) {
        slices += 1;
    }
    assert!(slices > 5, "{slices}");
    let other = session.measures();
    assert!(other.complete && other != first);
    assert_eq!(other, afresh(&session));
    session.show_branch(0);
    assert!(!session.measures().complete);
    while !session.measure(1_000) {}
    assert_eq!(session.measures(), first);
}

#[test]
fn a_line_that_goes_on_is_caught_up_with() {
    let mut session = session();
    (0..50).for_each(|_| assert!(session.clock()));
    session.seek(20);
    session.seek(50);
    (0..50).for_each(|_| assert!(session.clock()));
    while !session.measure(7) {}
    let view = session.measures();
    assert_eq!((view.step, view.complete), (100, true));
    assert_eq!(view, afresh(&session));
}
