//! A saga whose orchestrator dies.

use lessons::Unmet;
use sim_core::{
    explore::{Verdict, explore},
    session::SagaNoteKind,
};

use crate::support::{Settings, bench, shared};

const ID: &str = "orchestrator-dies";
const SETTLED: &str = "the order is settled";
const PAID: &str = "paid is what is sold";
const TAKEN: &str = "taken is what is sold";

fn settings<'a>(crash: &'a str, notes: &'a str, memory: &'a str) -> [(&'a str, &'a str); 3] {
    [("crash", crash), ("notes", notes), ("memory", memory)]
}

#[test]
fn the_numbers_of_the_debrief_are_right() {
    let lesson = bench(ID);
    let counts = |crash, notes, memory| lesson.counts(&settings(crash, notes, memory));
    for memory in ["forget", "done", "answers"] {
        assert_eq!(counts("for_good", "false", memory), "105 of 120");
        assert_eq!(counts("for_good", "true", memory), "172 of 214");
    }
    assert_eq!(counts("returns", "false", "forget"), "33880 of 48420");
    assert_eq!(counts("returns", "true", "forget"), "45541 of 55181");
    assert_eq!(counts("returns", "false", "done"), "7770 of 45340");
    assert_eq!(counts("returns", "true", "done"), "2750 of 53676");
    assert_eq!(counts("returns", "false", "answers"), "0 of 53048");
    assert_eq!(counts("returns", "true", "answers"), "0 of 53956");
    let dies = settings("for_good", "false", "forget");
    assert_eq!(lesson.broken(&dies), [SETTLED, PAID, TAKEN]);
    let paid = &lesson.report(&dies).broken[1];
    assert_eq!(paid.found.schedules.number, "72");
}

/// How schedules that fail end, by the values of these names.
fn ends(settings: Settings<'_>, names: [&str; 4]) -> Vec<([String; 4], String)> {
    let report = bench(ID).report(settings);
    let failing = report.outcomes.iter().filter(|outcome| outcome.failing.number != "0");
    let told = failing.map(|outcome| {
        let of = |name: &str| {
            let value = outcome.values.iter().find(|(one, _)| one == name);
            value.expect("it is in the table").1.clone()
        };
        (names.map(of), outcome.failing.number.clone())
    });
    told.collect()
}

#[test]
fn what_goes_wrong_goes_wrong_in_these_ways() {
    let names = ["status", "paid", "shelf", "refunded"];
    let given_away = (["\"yes\"", "0", "0", "true"].map(str::to_owned), "6510".to_owned());
    let for_nobody =
        |many: &str| (["\"no\"", "0", "0", "true"].map(str::to_owned), many.to_owned());
    let forgets = ends(&settings("returns", "false", "done"), names);
    assert_eq!(forgets, [given_away, for_nobody("1260")]);
    let notes = ends(&settings("returns", "true", "done"), names);
    assert_eq!(notes, [for_nobody("2750")]);
}

#[test]
fn the_stops_show_what_they_say() {
    let lesson = bench(ID);
    let of = |id, name| shared(&lesson.stop(id), name);
    let note = |id| {
        let saga = lesson.stop(id).sagas.into_iter().next().expect("it has begun");
        saga.notes.iter().map(|note| note.kind).collect::<Vec<_>>()
    };
    for id in ["noted", "charged", "dead", "reads"] {
        assert_eq!(note(id), [SagaNoteKind::Done(0)]);
    }
    assert_eq!(
        [of("charged", "paid"), of("reads", "paid"), of("twice", "paid")],
        ["10", "10", "20"]
    );
    assert_eq!([of("dead", "status"), of("dead", "paid")], ["\"new\"", "10"]);
    assert_eq!([of("turned", "paid"), of("turned", "reply")], ["10", "\"no\""]);
    assert_eq!([of("forgotten", "paid"), of("forgotten", "status")], ["0", "\"new\""]);
    assert_eq!([of("restocked", "shelf"), of("restocked", "status")], ["1", "\"new\""]);
}

#[test]
fn breaks_are_done_by_hand() {
    let lesson = bench(ID);
    let dies = settings("for_good", "false", "forget");
    assert!(lesson.breaks("left-behind", &dies, &[1, 1, 2, 2, 2, 3, 1]));
    let played = |schedule: &str, notes, memory| {
        let mut session = lesson.play(schedule, &settings("returns", notes, memory));
        while session.clock() {}
        session.frame()
    };
    assert!(lesson.is_broken("paid-twice", &played("before the note", "true", "forget")));
    assert!(lesson.is_broken("given-away", &played("after the refund", "false", "done")));
    // The first command to the inventory comes last, behind the truck.
    let picks =
        [1, 1, 1, 1, 2, 2, 2, 1, 1, 3, 3, 1, 1, 3, 3, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1];
    assert!(lesson.breaks("the-old-command", &settings("returns", "true", "done"), &picks));
}

#[test]
fn fixes_are_graded_by_every_schedule() {
    let lesson = bench(ID);
    let fails = Ok(Some(Unmet::Fails));
    for notes in ["false", "true"] {
        let grade = |id, crash, memory| lesson.grade_own(id, &settings(crash, notes, memory));
        for memory in ["forget", "done"] {
            assert_eq!(grade("fix-it", "returns", memory), fails);
        }
        assert_eq!(grade("fix-it", "returns", "answers"), Ok(None));
        assert_eq!(grade("fix-it-for-good", "for_good", "answers"), fails);
    }
}

const FIRST: &str = "{ status = \"new\" } undo";
const ONCE: &str = "{ atomic { if status == \"none\" { status = \"new\" } } } undo";

#[test]
fn a_second_orchestrator_mends_it() {
    let lesson = bench(ID);
    let two = lesson.with("process orchestrator * 1 {", "process orchestrator * 2 {");
    let right = two.replacen(FIRST, ONCE, 1);
    assert_ne!(right, two);
    let dies = |memory| settings("for_good", "true", memory);
    assert_eq!(lesson.grade("fix-it-for-good", &right, &dies("answers")), Ok(None));
    assert_eq!(lesson.grade("fix-it-for-good", &right, &dies("done")), Ok(Some(Unmet::Fails)));
    // Its first step forgets what was decided.
    assert_eq!(lesson.grade("fix-it-for-good", &two, &dies("answers")), Ok(Some(Unmet::Fails)));
    // Who rejects every order has none that is not settled.
    let never = right.replacen("shelf == 0 {", "shelf < 2 {", 1);
    assert_ne!(never, right);
    let nothing = Unmet::Reaches { name: "status", value: "\"yes\"" };
    assert_eq!(lesson.grade("fix-it-for-good", &never, &dies("answers")), Ok(Some(nothing)));
}

#[test]
fn two_orchestrators_may_be_at_it_at_the_same_time() {
    let lesson = bench(ID);
    let text = lesson.with("process orchestrator * 1 {", "process orchestrator * 2 {");
    let scenario = sim_core::lang::check(&text.replacen(FIRST, ONCE, 1)).scenario;
    let scenario = scenario.expect("the text is right");
    let mut values = sim_core::lang::Values::default();
    for (name, value) in settings("for_good", "true", "answers") {
        values.set(scenario.params(), name, value).expect("the parameter takes it");
    }
    let report = explore(&scenario.bind(&values).expect("it can run"));
    assert_eq!(report.verdict, Verdict::Holds);
    assert_eq!(report.schedules.number, "14529360735922");
    assert!(report.schedules.exact);
}
