//! What the lesson on the race says is true: its numbers, its stops, its challenges.

use lessons::{Kind, Lesson, Refusal, Unmet};
use sim_core::{
    explore::{Verdict, explore},
    lang::{self, Scenario, Values},
    program::Program,
    session::{PromiseState, Session},
};

fn lesson() -> &'static Lesson {
    lessons::find("race-on-a-balance").expect("the lesson is there")
}

fn scenario(text: &str) -> Scenario {
    lang::check(text).scenario.expect("the text is right")
}

fn values(scenario: &Scenario, settings: &[(&str, &str)]) -> Values {
    let mut values = Values::default();
    for (name, value) in settings {
        values.set(scenario.params(), name, value).expect("the parameter takes it");
    }
    values
}

fn bind(settings: &[(&str, &str)]) -> Program {
    let scenario = scenario(lesson().scenario);
    scenario.bind(&values(&scenario, settings)).expect("it can run")
}

fn counts(settings: &[(&str, &str)]) -> (String, String) {
    let report = explore(&bind(settings));
    assert!(report.complete && report.schedules.exact && report.failing.exact);
    (report.failing.number, report.schedules.number)
}

fn told(failing: &str, all: &str) -> (String, String) {
    (failing.to_owned(), all.to_owned())
}

#[test]
fn the_numbers_of_the_debrief_are_right() {
    assert_eq!(counts(&[]), told("4", "6"));
    assert_eq!(counts(&[("guard", "lock")]), told("0", "2"));
    assert_eq!(counts(&[("guard", "atomic")]), told("0", "2"));
    assert_eq!(counts(&[("guard", "compare_and_set")]), told("0", "6"));
}

#[test]
fn two_clients_are_enough_and_needed() {
    assert_eq!(counts(&[("clients", "1")]), told("0", "1"));
    assert_eq!(counts(&[("clients", "3")]), told("60", "66"));
    // Where the account could pay both, an update is lost all the same.
    assert_eq!(counts(&[("amount", "40")]), told("4", "6"));
}

#[test]
fn only_the_money_shows_the_failure() {
    let report = explore(&bind(&[]));
    let broken: Vec<u32> = report.broken.iter().map(|broken| broken.promise).collect();
    assert_eq!(broken, [1], "only the second promise breaks");
    assert_eq!(report.broken[0].found.shortest.len(), 4, "in four steps");
    let bad = report.outcomes.iter().find(|outcome| outcome.failing.number != "0");
    let bad = bad.expect("some schedules fail");
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(bad.values, [pair("balance", "20"), pair("dispensed", "160")]);
}

#[test]
fn the_stops_show_what_they_say() {
    let at = |id: &str| {
        let stop = lesson().stops.iter().find(|stop| stop.id == id).expect("the stop is there");
        let program = bind(stop.settings);
        let index = program.schedules.iter().position(|one| one.name == stop.schedule);
        let mut session = Session::new(program, lesson().scenario, 1);
        assert!(session.play_schedule(index.expect("the schedule is there")));
        session.seek(stop.step);
        session.frame()
    };
    let shared = |frame: &sim_core::session::Frame| {
        let value = |name: &str| {
            let found = frame.shared.iter().find(|shared| shared.place == name);
            found.expect("it is shared").value.clone()
        };
        (value("balance"), value("dispensed"))
    };
    let both = at("both-have-read");
    assert!(both.skipped.is_empty());
    let seen = both.lanes.iter().map(|lane| lane.locals[0].value.as_str()).collect::<Vec<_>>();
    assert_eq!(seen, ["100", "100"]);
    assert_eq!(shared(&at("paid-once")), ("20".to_owned(), "80".to_owned()));
    let twice = at("paid-twice");
    assert_eq!(shared(&twice), ("20".to_owned(), "160".to_owned()));
    assert_eq!(twice.promises[0].state, PromiseState::Holds);
    assert_eq!(twice.promises[1].state, PromiseState::Broken { step: 4 });
}

/// What a fix still lacks in its first case that lacks something, for a text and settings.
fn grade(id: &str, text: &str, settings: &[(&str, &str)]) -> Result<Option<Unmet>, Refusal> {
    let challenge = lesson().challenges.iter().find(|one| one.id == id).expect("it is there");
    assert_eq!(challenge.kind, Kind::Fix);
    let spell = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    let settings: Vec<_> = settings.iter().map(spell).collect();
    let cases = challenge.grade(text, &settings, |_, program| explore(program))?;
    for case in &cases {
        let report = case.report.as_ref().expect("it can run");
        assert_ne!(report.verdict, Verdict::Undecided);
    }
    Ok(cases.into_iter().find_map(|case| case.lacks))
}

#[test]
fn fixes_are_graded_by_every_schedule() {
    let text = lesson().scenario;
    assert_eq!(grade("fix-it", text, &[]), Ok(Some(Unmet::Fails)));
    for guard in ["lock", "atomic", "compare_and_set"] {
        assert_eq!(grade("fix-it", text, &[("guard", guard)]), Ok(None));
    }
    for guard in ["atomic", "compare_and_set"] {
        assert_eq!(grade("fix-it-without-a-lock", text, &[("guard", guard)]), Ok(None));
    }
    let locked = grade("fix-it-without-a-lock", text, &[("guard", "lock")]);
    assert!(matches!(locked, Ok(Some(Unmet::Condition(_)))));
}

#[test]
fn tricks_are_no_fixes() {
    let text = lesson().scenario;
    // A lock under another name.
    let hidden =
        text.replace("none            => withdraw()", "none => with account { withdraw() }");
    assert_ne!(hidden, text);
    assert_eq!(grade("fix-it", &hidden, &[]), Ok(None));
    let found = grade("fix-it-without-a-lock", &hidden, &[]);
    assert!(matches!(found, Ok(Some(Unmet::Condition(_)))));
    // A semaphore with one permit is a lock by another name.
    let permit = text.replace("lock account ", "semaphore account (permits: 1) ");
    let permit =
        permit.replace("none            => withdraw()", "none => with account { withdraw() }");
    assert_eq!(grade("fix-it", &permit, &[]), Ok(None));
    let found = grade("fix-it-without-a-lock", &permit, &[]);
    assert!(matches!(found, Ok(Some(Unmet::Condition(_)))));
    // A bank that pays nobody keeps its promises.
    let closed = text.replace("seen >= amount", "seen > 1000");
    assert_ne!(closed, text);
    let found = grade("fix-it", &closed, &[]);
    assert_eq!(found, Ok(Some(Unmet::Ends { name: "dispensed", value: "80" })));
    // A promise that is gone cannot break.
    let gone = text.replace("finally dispensed + balance == 100", "finally true");
    assert_ne!(gone, text);
    let refused = Err(Refusal::PromiseGone("dispensed + balance == 100"));
    assert_eq!(grade("fix-it", &gone, &[("guard", "lock")]), refused);
}

#[test]
fn a_promise_made_weaker_is_a_promise_gone() {
    let text = lesson().scenario.replace("always balance >= 0", "finally balance >= 0");
    assert_ne!(text, lesson().scenario);
    let refused = grade("fix-it", &text, &[("guard", "lock")]);
    assert_eq!(refused, Err(Refusal::PromiseGone("balance >= 0")));
    assert_eq!(grade("fix-it", lesson().scenario, &[("guard", "lock")]), Ok(None));
}
