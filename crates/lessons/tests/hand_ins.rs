//! Whole texts, graded as the page and the terminal grade them.

mod support;

use lessons::{Case, Kind, Refusal, Settings, Shown, Unmet};
use sim_core::explore::explore;
use support::{Bench, bench};

const RACE: &str = "race-on-a-balance";
const LOCKS: &str = "two-locks";

fn fix(lesson: Bench, id: &str, text: &str) -> Result<Vec<Case>, Refusal> {
    let challenge = lesson.0.challenges.iter().find(|one| one.id == id).expect("it is there");
    assert_eq!(challenge.kind, Kind::Fix);
    challenge.grade(text, &challenge.asked(), |_, program| explore(program))
}

fn shown(lesson: Bench, id: &str, text: &str) -> Result<Option<Shown>, Refusal> {
    let challenge = lesson.0.challenges.iter().find(|one| one.id == id).expect("it is there");
    assert_eq!(challenge.kind, Kind::Break);
    challenge.shown_by(lesson.0, text)
}

fn with_schedule(lesson: Bench, schedule: &str) -> String {
    format!("{}\nschedule {schedule}\n", lesson.0.scenario)
}

fn settings(pairs: &[(&str, &str)]) -> Settings {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn a_fix_is_graded_in_every_case() {
    let lesson = bench(RACE);
    let fixed = lesson.with("none            => withdraw()", "none => atomic { withdraw() }");
    for id in ["fix-it", "fix-it-without-a-lock"] {
        let cases = fix(lesson, id, &fixed).expect("it can be judged");
        assert_eq!(cases.len(), 4);
        assert!(cases.iter().all(|case| case.lacks.is_none()), "{id}");
    }
    let cases = fix(lesson, "fix-it", lesson.0.scenario).expect("it can be judged");
    let lacks: Vec<Option<Unmet>> = cases.iter().map(|case| case.lacks).collect();
    assert_eq!(lacks, [None, Some(Unmet::Fails), Some(Unmet::Fails), Some(Unmet::Fails)]);
    assert_eq!(cases[1].varied, settings(&[("amount", "80"), ("clients", "2")]));
    let report = cases[1].report.as_ref().expect("it runs");
    assert_eq!(support::told(report), "4 of 6");
    assert_eq!(lessons::shortest_failure(report).map(|picks| picks.len()), Some(4));
}

#[test]
fn what_a_challenge_asks_for_is_set() {
    let lesson = bench("connection-pool");
    // The student's own choice stands elsewhere.
    let text = lesson.0.scenario.replacen("shape: choice = nested", "shape: choice = flat", 1);
    assert_ne!(text, lesson.0.scenario);
    let cases = fix(lesson, "size-it", &text).expect("it can be judged");
    let is = |case: &Case, value: &str| case.settings.contains(&("shape".into(), value.into()));
    assert!(cases.iter().all(|case| is(case, "nested")));
    let cases = fix(lesson, "fix-it", &text).expect("it can be judged");
    assert!(cases.iter().all(|case| is(case, "flat")));
}

#[test]
fn a_smaller_search_is_no_fix() {
    let fails = |lesson: Bench, id: &str, explore: &str| {
        let text = format!("{}\n{explore}\n", lesson.0.scenario);
        let cases = fix(lesson, id, &text).expect("it can be judged");
        cases.iter().any(|case| case.lacks == Some(Unmet::Fails))
    };
    // One client alone loses nothing, and who never sleeps too long keeps the lease.
    assert!(fails(bench(RACE), "fix-it", "explore (clients: 1)"));
    assert!(fails(bench(RACE), "fix-it", "explore (depth: 1)"));
    assert!(fails(bench("lease-and-fencing"), "fix-it", "explore (timeouts: 0)"));
    // What the challenge does not vary may be lowered, and bounds may be raised.
    let lesson = bench("connection-pool");
    let text = lesson.with("pool_size: int = 2 in 1..5", "pool_size: int = 6 in 1..7")
        + "explore (pool_size: 5, timeouts: 3)\n";
    let cases = fix(lesson, "size-it", &text).expect("it can be judged");
    let is_lowered =
        |case: &Case| case.settings.contains(&("pool_size".to_owned(), "5".to_owned()));
    assert!(cases.iter().all(|case| case.lacks.is_none() && is_lowered(case)), "{cases:?}");
}

#[test]
fn what_cannot_be_judged_says_why() {
    let lesson = bench(RACE);
    let mistake = lesson.with("dispensed += amount", "dispensd += amount");
    assert!(matches!(fix(lesson, "fix-it", &mistake), Err(Refusal::Mistakes(_))));
    assert!(matches!(shown(lesson, "break-it", &mistake), Err(Refusal::Mistakes(_))));
    let gone = lesson.with("finally dispensed + balance == 100", "finally true");
    let promise = Refusal::PromiseGone("dispensed + balance == 100");
    assert_eq!(fix(lesson, "fix-it", &gone), Err(promise));
    let fixed = lesson.0.scenario.replace("param clients: int = 2 in 1..4 \"clients\"", "");
    let fixed = fixed.replace("client * clients", "client * 2");
    assert!(matches!(fix(lesson, "fix-it", &fixed), Err(Refusal::Parameter(_))));
    let few = lesson.with("clients: int = 2 in 1..4", "clients: int = 2 in 1..2");
    assert!(matches!(fix(lesson, "fix-it", &few), Err(Refusal::Parameter(_))));
}

#[test]
fn a_schedule_by_hand_shows_a_break() {
    let lesson = bench(RACE);
    let text = with_schedule(lesson, "\"mine\" { client[2] client[1] client[2] client[1] }");
    let found = Shown {
        schedule: "mine".to_owned(),
        settings: settings(&[("clients", "2"), ("amount", "80"), ("guard", "none")]),
        picks: vec![2, 1, 2, 1],
    };
    assert_eq!(shown(lesson, "break-it", &text), Ok(Some(found)));
    for harmless in ["\"mine\" { client[2] * 2 client[1] }", "\"mine\" { client[2] client[1] }"] {
        let text = with_schedule(lesson, harmless);
        assert_eq!(shown(lesson, "break-it", &text), Ok(None), "{harmless}");
    }
}

#[test]
fn schedules_of_the_lesson_do_not_count() {
    for lesson in lessons::all() {
        for challenge in lesson.challenges.iter().filter(|one| one.kind == Kind::Break) {
            let found = challenge.shown_by(lesson, lesson.scenario);
            assert_eq!(found, Ok(None), "{}: {}", lesson.id, challenge.id);
        }
    }
    // The same moves under a name of one's own do: somebody made them.
    let lesson = bench(RACE);
    let text = lesson.0.scenario.replace("\"both read first\"", "\"mine\"");
    assert!(matches!(shown(lesson, "break-it", &text), Ok(Some(_))));
}

#[test]
fn a_break_is_shown_in_the_lessons_own_text() {
    let lesson = bench(RACE);
    let mine = "\"mine\" { client[2] client[1] client[2] client[1] }";
    // A text that is mended still shows what was broken.
    let mended = with_schedule(lesson, mine)
        .replace("none            => withdraw()", "none => with account { withdraw() }")
        .replace("guard: choice = none of", "guard: choice = lock of");
    assert!(matches!(shown(lesson, "break-it", &mended), Ok(Some(_))));
    // A text that breaks all by itself shows nothing.
    let cheat = with_schedule(lesson, "\"mine\" { client[1] }")
        .replace("none            => withdraw()", "none => balance = -7");
    assert!(sim_core::lang::check(&cheat).scenario.is_some(), "{cheat}");
    assert_eq!(shown(lesson, "break-it", &cheat), Ok(None));
    // Processes that the lesson does not have cannot move in it.
    let other = with_schedule(lesson, "\"mine\" { thief }") + "process thief { balance = 0 }\n";
    assert_eq!(shown(lesson, "break-it", &other), Ok(None));
}

#[test]
fn a_break_is_played_under_what_is_asked_for() {
    let lesson = bench(LOCKS);
    let text = with_schedule(lesson, "\"mine\" { ben * 4 auditor[1] * 4 }");
    let found = shown(lesson, "fool-the-auditor", &text).expect("it can be judged");
    let asked = settings(&[("order", "one_by_one"), ("auditors", "1")]);
    assert_eq!(found.map(|found| found.settings), Some(asked));
    assert_eq!(shown(lesson, "break-it", &text), Ok(None));
    // A break that must end in a certain way is not done by just any end.
    let lesson = bench("lost-counter");
    let any = "\"a\" { door[2] door[1] door[2] door[1] door[2] * 4 door[1] * 4 }";
    let most = "\"b\" { door[1] door[2] * 4 door[1] door[2] door[1] * 4 door[2] }";
    let text = with_schedule(lesson, any);
    assert!(matches!(shown(lesson, "break-it", &text), Ok(Some(_))));
    assert_eq!(shown(lesson, "lose-all-but-two", &text), Ok(None));
    let both = format!("{text}schedule {most}\n");
    let found = shown(lesson, "lose-all-but-two", &both).expect("it can be judged");
    assert_eq!(found.map(|found| found.schedule).as_deref(), Some("b"));
}
