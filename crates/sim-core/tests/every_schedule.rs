//! The explorer against plain enumeration: small programs made at random, every schedule walked
//! one by one with nothing merged, and all numbers compared.
//!
//! `EVERY_SCHEDULE=50000 cargo test -p sim-core --test every_schedule` tries so many programs, new
//! ones each time.

#[path = "every_schedule/circles.rs"]
mod circles;
#[path = "every_schedule/compare.rs"]
mod compare;
#[path = "every_schedule/made.rs"]
mod made;
#[path = "every_schedule/rows.rs"]
mod rows;
#[path = "every_schedule/walk.rs"]
mod walk;

use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use sim_core::explore::{Explorer, Options, Report};
use sim_core::lang::{Values, check};
use std::cell::{Cell, RefCell};
use walk::Walked;

/// The programs tried each time, always the same ones.
const CASES: u32 = 700;
/// Programs whose schedules have more steps than this in all are not walked.
const STEPS_MAX: u32 = 4_000;
const STEPS_MAX_AT_LENGTH: u32 = 3_000;

#[test]
fn the_explorer_agrees_with_walking_every_schedule() {
    let cases = std::env::var("EVERY_SCHEDULE").ok().and_then(|cases| cases.parse().ok());
    let steps_max = if cases.is_some() { STEPS_MAX_AT_LENGTH } else { STEPS_MAX };
    let config =
        Config { cases: cases.unwrap_or(CASES), failure_persistence: None, ..Config::default() };
    let mut runner = match cases {
        Some(_) => TestRunner::new(config),
        None => TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha)),
    };
    let missing = RefCell::new(made::pieces());
    let unmet = RefCell::new(Walked::KINDS.to_vec());
    let (tried, walked) = (Cell::new(0), Cell::new(0));
    let (merged, reduced) = (Cell::new(0), Cell::new(0));
    let result = runner.run(&made::text(), |text| {
        tried.set(tried.get() + 1);
        if tried.get() % 1000 == 0 {
            println!("walked {} of {}", walked.get(), tried.get());
        }
        let found = compared(&text, steps_max)
            .map_err(|why| TestCaseError::fail(format!("{why}\n{text}")))?;
        if let Some(found) = found {
            walked.set(walked.get() + 1);
            missing.borrow_mut().retain(|piece| !text.contains(piece));
            unmet.borrow_mut().retain(|(_, is_met)| !is_met(&found.walked));
            merged.set(merged.get() + u32::from(found.merged));
            reduced.set(reduced.get() + u32::from(found.reduced));
        }
        Ok(())
    });
    if let Err(difference) = result {
        panic!("{difference}");
    }
    println!("walked {} of {}", walked.get(), tried.get());
    println!("states were merged in {}, steps left out in {}", merged.get(), reduced.get());
    assert_eq!(*missing.borrow(), Vec::<String>::new(), "these were in no program walked");
    let unmet: Vec<&str> = unmet.borrow().iter().map(|(kind, _)| *kind).collect();
    assert_eq!(unmet, Vec::<&str>::new(), "nothing of these kinds was walked");
    assert!(merged.get() > 20 && reduced.get() > 20, "{} {}", merged.get(), reduced.get());
    assert!(2 * walked.get() > tried.get(), "walked {} of {}", walked.get(), tried.get());
}

/// Programs with rows and transactions tried each time, the same ones.
const ROWS: u64 = 150;

#[test]
fn the_explorer_agrees_with_walking_where_there_are_rows() {
    let cases = std::env::var("EVERY_SCHEDULE").ok().and_then(|cases| cases.parse().ok());
    let (mut walked, mut merged) = (0, 0);
    for number in 0..cases.unwrap_or(ROWS) {
        let text = rows::text(number);
        match compared(&text, STEPS_MAX) {
            Ok(Some(found)) => {
                walked += 1;
                merged += u32::from(found.merged);
            }
            Ok(None) => {}
            Err(why) => panic!("program {number}: {why}\n{text}"),
        }
    }
    println!("walked {walked}, of which {merged} with processes not told apart");
    assert!(walked > 60 && merged > 0, "{walked} {merged}");
}

/// A program that was walked, and all else agrees with that.
struct Agreed {
    walked: Walked,
    /// States were taken for one because they differ only in which process is where.
    merged: bool,
    /// Steps were left out as making no difference.
    reduced: bool,
}

/// What walking found, if the program could be walked, and every way of searching agrees with it.
fn compared(text: &str, steps_max: u32) -> Result<Option<Agreed>, String> {
    let checked = check(text);
    let scenario = checked.scenario.ok_or_else(|| format!("{:?}", checked.diagnostics))?;
    let program =
        scenario.bind(&Values::defaults(scenario.params())).map_err(|why| format!("{why:?}"))?;
    let Some(walked) = walk::walk(&program, steps_max) else { return Ok(None) };
    let report = |options: Options| -> Report {
        let mut explorer = Explorer::with(&program, options);
        while !explorer.advance(usize::MAX) {}
        explorer.report()
    };
    let (mut merged, mut reduced) = (false, false);
    for (symmetry, reduction) in [(true, true), (true, false), (false, true), (false, false)] {
        let options = Options { symmetry, reduction, ..Options::default() };
        let told = |why| format!("{options:?}: {why}");
        let found = report(options);
        if !found.complete {
            return Err(told(format!("the search stopped: {:?}", found.stopped)));
        }
        compare::differ(&found, &walked).map_err(told)?;
        if symmetry && reduction {
            compare::follow(&program, text, &found).map_err(told)?;
            compare::from_moments(&program, &found).map_err(told)?;
        }
        merged |= found.followed < found.states;
        reduced |= reduction && found.reduced > 0 && found.reduced < found.followed;
        if reduction {
            let verdict = report(Options { count: false, ..options });
            compare::same_verdict(&verdict, &found).map_err(told)?;
        }
    }
    Ok(Some(Agreed { walked, merged, reduced }))
}
