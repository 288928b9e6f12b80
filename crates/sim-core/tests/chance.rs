//! How likely a failure is from a moment, and where along a run it became so.

use sim_core::chance::{Chance, MILLION, Tally};
use sim_core::lang::{Values, check};
use sim_core::session::{CURVE_CONTINUATIONS, CURVE_POINTS, Curve, Session, rise};

fn open(text: &str, seed: u64) -> Session {
    let checked = check(text);
    let scenario = checked.scenario.unwrap_or_else(|| panic!("{:?}", checked.diagnostics));
    let program = scenario.bind(&Values::default()).expect("it binds");
    Session::new(program, text, seed)
}

fn done(mut chance: Chance) -> Tally {
    while !chance.advance(1_000) {}
    chance.tally().clone()
}

/// One in four ends broken, decided by the second of its four steps.
const ONE_IN_FOUR: &str = "scenario \"s\"\nvar x = 0\nvar y = 0\nalways x == 0 \"x stays\"\n\
    process p { y = 1\nlet bad = chance(25%)\ny = 2\nif bad { x = 1 } else { y = 3 } }";

#[test]
fn a_known_chance_is_found_and_is_certain_once_drawn() {
    let mut session = open(ONE_IN_FOUR, 1);
    let tally = done(session.chance(400));
    assert_eq!((tally.continuations, tally.not_ended), (400, 0));
    let (low, high) = tally.interval();
    assert!(low <= MILLION / 4 && MILLION / 4 <= high, "{low} to {high}");
    assert_eq!(tally.promises, [tally.broken]);
    // What was drawn is no matter of luck any more.
    let mut seen = [false; 2];
    for seed in 0..20 {
        session = open(ONE_IN_FOUR, seed);
        while session.frame().position < 2 {
            assert!(session.clock());
        }
        let mut end = session.clone();
        while end.clock() {}
        let x = end.frame().shared.iter().find(|one| one.place == "x").expect("x").value.clone();
        let tally = done(session.chance(30));
        assert_eq!(tally.broken, if x == "1" { 30 } else { 0 }, "seed {seed}");
        assert_eq!(tally.already, [0; 0]);
        seen[usize::from(x == "1")] = true;
    }
    assert_eq!(seen, [true; 2]);
}

#[test]
fn what_is_broken_already_is_told_apart() {
    let text = "scenario \"s\"\nvar x = 0\nvar y = 0\nalways y == 0\nalways x == 0\n\
        process p { x = 1\nx = 0\nx = 0 }";
    let mut session = open(text, 1);
    assert!(done(session.chance(10)).already.is_empty());
    assert!(session.clock());
    let tally = done(session.chance(10));
    assert_eq!(tally.already, [1]);
    assert_eq!((tally.broken, tally.promises), (10, vec![0, 10]));
}

#[test]
fn continuations_end_as_a_run_is_judged() {
    let circle = "scenario \"s\"\nlock a\nlock b\n\
        process p { acquire a\nwork 1ms\nacquire b\nrelease b\nrelease a }\n\
        process q { acquire b\nwork 1ms\nacquire a\nrelease a\nrelease b }";
    let tally = done(open(circle, 1).chance(10));
    assert_eq!((tally.broken, tally.deadlocks, tally.stuck), (10, 10, 0));
    let waits = "scenario \"s\"\nvar x = 0\nprocess p { wait until x == 1 }";
    let tally = done(open(waits, 1).chance(10));
    assert_eq!((tally.broken, tally.deadlocks, tally.stuck), (10, 0, 10));
    let at_end = "scenario \"s\"\nvar x = 0\nfinally x == 2\nprocess p { x = 1 }";
    let tally = done(open(at_end, 1).chance(10));
    assert_eq!((tally.broken, tally.promises), (10, vec![10]));
    let fine = "scenario \"s\"\nvar x = 0\nfinally x == 1\nprocess p { x = 1 }";
    assert_eq!(done(open(fine, 1).chance(10)).broken, 0);
}

/// Each continuation is the run that the session itself takes when it is opened with that seed.
#[test]
fn from_the_start_a_continuation_is_a_run_of_its_seed() {
    let text = include_str!("../goldens/race.lockstep");
    let tally = done(open(text, 5).chance(60));
    let broken = (1..=60).filter(|seed| {
        let mut run = open(text, *seed);
        while run.clock() {}
        run.frame().branches.iter().any(|line| line.current && line.bad)
    });
    assert_eq!(tally.broken as usize, broken.count());
    assert!(tally.broken > 0);
}

#[test]
fn what_meets_the_ceiling_or_the_end_of_own_work_has_not_ended() {
    let text = "scenario \"s\"\nvar x = 0\nalways x < 5\nprocess p { while true { x = 1\nx = 0 } }";
    let tally = done(open(text, 1).chance(10).of_at_most(50));
    assert_eq!((tally.continuations, tally.broken, tally.not_ended), (10, 0, 10));
    assert_eq!(tally.share(), 0);
    assert_eq!(tally.interval(), (0, MILLION));
    let endless =
        "scenario \"s\"\nvar x = 0\nprocess p { x = 1\nlet i = 0\nwhile i < 1 { i = 0 } }";
    assert_eq!(done(open(endless, 1).chance(3)).not_ended, 3);
    // Where the text says how long it runs, that is an end.
    let timed = format!("{text}\nrun (for: 1s)");
    let timed = timed.replace("x = 0 }", "x = 0\nsleep 100ms }");
    let tally = done(open(&timed, 1).chance(10));
    assert_eq!((tally.broken, tally.not_ended), (0, 0));
}

fn curve(text: &str, seed: u64, slice: usize) -> Curve {
    let mut session = open(text, seed);
    while session.clock() {}
    let mut curve = session.curve(CURVE_POINTS, CURVE_CONTINUATIONS);
    while !curve.advance(slice) {}
    curve
}

#[test]
fn slices_give_the_same_as_one_go() {
    let text = include_str!("../goldens/race.lockstep");
    let mut session = open(text, 3);
    for _ in 0..3 {
        session.clock();
    }
    let whole = done(session.chance(50));
    let mut sliced = session.chance(50);
    let mut slices = 1;
    while !sliced.advance(3) {
        slices += 1;
    }
    assert!(slices > 50);
    assert_eq!(*sliced.tally(), whole);
    assert_eq!(done(session.chance(50)), whole);
    assert_eq!(curve(text, 3, 1).points(), curve(text, 3, usize::MAX).points());
    // Also where the steps are used up on the way.
    let mut session = open(text, 3);
    while session.clock() {}
    let cut = |slice: usize| {
        let mut curve = session.curve(CURVE_POINTS, CURVE_CONTINUATIONS).of_at_most(1_500);
        while !curve.advance(slice) {}
        assert!(curve.is_cut(), "{:?}", curve.points().len());
        curve.points()
    };
    assert_eq!(cut(7), cut(100_000));
}

#[test]
fn a_curve_names_the_step_that_made_failure_likely() {
    let curve = curve(ONE_IN_FOUR, first_bad(ONE_IN_FOUR), 1_000);
    let points = curve.points();
    assert_eq!(points.iter().map(|point| point.step).collect::<Vec<_>>(), [0, 1, 2, 3, 4]);
    assert!(points.iter().all(|point| point.tally.continuations == CURVE_CONTINUATIONS));
    let rise = rise(&points).expect("it became certain");
    assert_eq!((rise.before, rise.after, rise.to), (1, 2, MILLION));
    assert!((MILLION / 10..MILLION / 2).contains(&rise.from), "{rise:?}");
    assert!(!curve.is_cut());
}

/// One in four ends broken, decided by step 301.
const LATE: &str = "scenario \"s\"\nvar x = 0\nvar y = 0\nalways x == 0\n\
    process p { for i in 1..300 { y = i }\nlet bad = chance(25%)\n\
    for i in 1..200 { y = i }\nif bad { x = 1 } }";

/// The first seed by which a text ends with an x of 1.
fn first_bad(text: &str) -> u64 {
    let is_bad = |seed: &u64| {
        let mut session = open(text, *seed);
        while session.clock() {}
        session.frame().shared.iter().any(|one| one.place == "x" && one.value == "1")
    };
    (0..100).find(is_bad).expect("one in four")
}

#[test]
fn of_a_long_run_the_very_step_is_looked_for() {
    let points = curve(LATE, first_bad(LATE), 100_000).points();
    assert!(points.len() > CURVE_POINTS as usize && points.len() < 80, "{}", points.len());
    assert!(points.windows(2).all(|pair| pair[0].step < pair[1].step));
    let rise = rise(&points).expect("it became certain");
    assert_eq!((rise.before, rise.after), (300, 301));
}

/// The steps do not suffice for all continuations, but some are kept for the search.
#[test]
fn of_a_run_too_long_for_all_the_step_is_looked_for_all_the_same() {
    let mut session = open(LATE, first_bad(LATE));
    while session.clock() {}
    let cut = |slice: usize| {
        let curve = session.curve(CURVE_POINTS, CURVE_CONTINUATIONS);
        let mut curve = curve.of_at_most(400_000);
        while !curve.advance(slice) {
            assert!(!curve.is_cut());
        }
        assert!(curve.is_cut());
        curve.points()
    };
    let points = cut(1_000_000);
    assert!(points.iter().any(|point| point.tally.continuations < CURVE_CONTINUATIONS));
    let rise = rise(&points).expect("it became certain");
    assert_eq!((rise.before, rise.after), (300, 301));
    assert_eq!(cut(997), points);
}

#[test]
fn a_rise_that_luck_explains_is_none() {
    let text = "scenario \"s\"\nvar x = 0\nvar y = 0\nfinally x == 0\n\
        process p { for i in 1..30 { y = i }\nif chance(50%) { x = 1 } }";
    let mut session = open(text, 1);
    while session.frame().position < 30 {
        session.clock();
    }
    let mut curve = session.curve(CURVE_POINTS, CURVE_CONTINUATIONS);
    while !curve.advance(1_000) {}
    assert_eq!(rise(&curve.points()), None);
    // Under the same luck the same comes out: nothing that matters happens on the way.
    let shares: Vec<u32> = curve.points().iter().map(|point| point.tally.share()).collect();
    assert!(shares.iter().all(|share| *share == shares[0]), "{shares:?}");
}
