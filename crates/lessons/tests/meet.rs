//! Goals by the clock: how challenges that ask for them are graded, and that every lesson's runs
//! come to what it says of them.

use lessons::{Case, Challenge, Condition, Kind, Measured, Miss, Refusal, Run, Unmet, Varied};
use sim_core::measure::GoalState;

const TILL: &str = r#"scenario "A till"
param clerks: int = 1 in 1..3
param closed: bool = false
semaphore clerk (permits: clerks)
process customer every 10ms times 40 {
  if closed { sleep 10s }
  with clerk { sleep exp(8ms) }
}
run (for: 5s)
goal customer.latency.p95 < 40ms "nobody waits long"
goal customer.ok == 40
"#;
const QUICK: &str = "customer.latency.p95 < 40ms";
const SERVED: &str = "customer.ok == 40";

static CHALLENGE: Challenge = Challenge {
    id: "be-quick",
    kind: Kind::Meet,
    promises: &[],
    goals: &["customer.latency.p95  <  40ms", SERVED],
    conditions: &[],
    vary: &[],
    ends: &[],
    reaches: &[],
    seeds: 3,
};
/// The same with one clerk and with two.
static VARIED: Challenge = Challenge {
    vary: &[Varied { param: "clerks", values: &["1", "2"] }],
    conditions: &[Condition::Is { param: "closed", value: "false" }],
    ..with_goals(&[QUICK])
};

const fn with_goals(goals: &'static [&'static str]) -> Challenge {
    let (promises, conditions, vary, ends, reaches) = (&[], &[], &[], &[], &[]);
    Challenge {
        id: "one",
        kind: Kind::Meet,
        promises,
        goals,
        conditions,
        vary,
        ends,
        reaches,
        seeds: 3,
    }
}

fn grade(challenge: &'static Challenge, text: &str, settings: &[(&str, &str)]) -> Vec<Case> {
    let spell = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    let settings: Vec<_> = settings.iter().map(spell).collect();
    challenge.measure(text, &settings, |_| {}).expect("it can be judged")
}

/// The goal that a run misses first, and how.
fn missed(run: &Run) -> Option<(&str, GoalState)> {
    match run.lacks.as_ref()? {
        Miss::Goal(goal) => Some((&goal.words, goal.state)),
        Miss::Ceiling => panic!("seed {} met a ceiling", run.seed),
    }
}

const MISSED: Option<(&str, GoalState)> = Some((QUICK, GoalState::Missed));

#[test]
fn every_run_counts() {
    let cases = grade(&CHALLENGE, TILL, &[]);
    assert_eq!(cases.len(), 1);
    let found: Vec<_> = cases[0].runs.iter().map(|run| (run.seed, missed(run))).collect();
    assert_eq!(found, [(1, MISSED), (2, None), (3, MISSED)]);
    assert_eq!(cases[0].lacks, Some(Unmet::Misses(CHALLENGE.goals[0])));
    let Some(Miss::Goal(goal)) = &cases[0].runs[0].lacks else { panic!("it is missed") };
    assert_eq!((goal.line, goal.why.as_deref()), (10, Some("nobody waits long")));
    assert!(goal.sides[0].left_value.is_some(), "with its figures");
    let cases = grade(&CHALLENGE, TILL, &[("clerks", "2")]);
    assert!(cases[0].runs.iter().all(|run| run.lacks.is_none()));
    assert_eq!((cases[0].runs.len(), cases[0].lacks), (3, None));
}

#[test]
fn every_case_counts() {
    let mut told = Vec::new();
    let cases = VARIED.measure(TILL, &[], |run| told.push(run)).expect("it can be judged");
    assert_eq!((told, VARIED.runs()), (vec![0, 1, 2, 3, 4, 5], 6));
    let lacks: Vec<_> = cases.iter().map(|case| case.lacks).collect();
    assert_eq!(lacks, [Some(Unmet::Misses(QUICK)), None]);
    assert_eq!(cases[1].varied, [("clerks".to_owned(), "2".to_owned())]);
    // A condition that does not hold needs no run.
    let cases = grade(&VARIED, TILL, &[("closed", "true")]);
    assert_eq!(cases[0].lacks, Some(Unmet::Condition(&VARIED.conditions[0])));
    assert_eq!(cases[0].runs, []);
}

#[test]
fn what_nobody_could_measure_is_not_met() {
    let never = TILL.replace("every 10ms times 40", "every 10s times 40");
    let cases = grade(&CHALLENGE, &never, &[]);
    assert_eq!(missed(&cases[0].runs[0]), Some((QUICK, GoalState::Undecided)));
    assert_eq!(cases[0].lacks, Some(Unmet::Misses(CHALLENGE.goals[0])));
}

#[test]
fn a_run_is_measured_up_to_its_end() {
    // What is under way when time is over counts with its age.
    let cases = grade(&CHALLENGE, TILL, &[("closed", "true")]);
    let Some(Miss::Goal(goal)) = &cases[0].runs[0].lacks else { panic!("it is missed") };
    let latency = goal.sides[0].left_value.map(|figure| figure.value / 1_000_000_000);
    assert_eq!(latency, Some(4), "almost the whole run of 5 s");
}

#[test]
fn a_run_that_meets_a_ceiling_is_not_decided() {
    let idler = TILL.to_owned() + "process idler { while true { let x = 1 } }\n";
    for (text, most) in [(TILL, 20), (&idler, 1_000)] {
        let cases = CHALLENGE.measure_within(text, &[], most, |_| {}).expect("it can be judged");
        assert!(cases[0].runs.iter().all(|run| run.lacks == Some(Miss::Ceiling)));
        assert_eq!(cases[0].lacks, Some(Unmet::Undecided));
    }
    let twice = ("clerks".to_owned(), "2".to_owned());
    let cases = CHALLENGE.measure_within(TILL, &[twice], 10_000, |_| {}).expect("it can");
    assert_eq!(cases[0].lacks, None);
}

#[test]
fn a_text_without_the_goal_is_not_judged() {
    let gone = Err(Refusal::GoalGone(SERVED));
    for instead in ["customer.ok >= 40", "customer.ok == 40 if clerks > 1"] {
        let text = TILL.replace(SERVED, instead);
        assert_eq!(CHALLENGE.measure(&text, &[], |_| {}), gone, "{instead}");
    }
    // Blanks and other words behind it do not matter.
    let text = TILL.replace(SERVED, "customer.ok  ==  40 \"all of them\"");
    assert!(CHALLENGE.measure(&text, &[], |_| {}).is_ok());
    let mistake = TILL.replace("exp(8ms)", "exp(8)");
    assert!(matches!(CHALLENGE.measure(&mistake, &[], |_| {}), Err(Refusal::Mistakes(_))));
    let fixed = TILL.replace("param clerks: int = 1 in 1..3", "");
    let fixed = fixed.replace("permits: clerks", "permits: 1");
    assert!(matches!(VARIED.measure(&fixed, &[], |_| {}), Err(Refusal::Parameter(_))));
}

#[test]
fn a_shorter_run_meets_no_goal() {
    let lesson = lessons::find("fast-and-slow").expect("it is there");
    let challenge = lesson.challenges.iter().find(|one| one.kind == Kind::Meet);
    let challenge = challenge.expect("it asks for goals");
    for run in ["run (for: 50ms)", "run (for: 500ms, warmup: 400ms)"] {
        let text = format!("{}\n{run}\n", lesson.scenario);
        let settings = [("full".to_owned(), "drop_oldest".to_owned())];
        let graded = |text: &str| challenge.measure(text, &settings, |_| {});
        assert_eq!(graded(&text), graded(lesson.scenario), "{run}");
        assert_ne!(graded(&text).expect("it can be judged")[0].lacks, None);
    }
}

#[test]
fn what_is_measured_must_differ_in_every_run() {
    let one = Measured { goal: QUICK, missed: &[], met: &[("clerks", "2")], seeds: 3 };
    assert!(one.runs(TILL, one.met).is_some_and(|runs| runs.iter().all(|run| run.lacks.is_none())));
    let missed = one.runs(TILL, one.missed).expect("it runs");
    assert_eq!(missed.iter().filter(|run| run.lacks.is_some()).count(), 2, "not in every run");
    assert_eq!(one.runs(TILL, &[("clerks", "9")]), None);
    assert_eq!(one.runs(&TILL.replace("40ms", "50ms"), &[]), None);
}

#[test]
fn lessons_measure_what_they_say() {
    let mut some = 0;
    for (lesson, measured) in lessons::all().iter().zip(lessons::measured()) {
        for one in *measured {
            let at = format!("{}/lesson.toml: measured \"{}\"", lesson.folder, one.goal);
            let runs = |settings, part: &str| {
                let runs = one.runs(lesson.scenario, settings);
                runs.unwrap_or_else(|| panic!("{at}: `{part}` does not fit the scenario"))
            };
            for run in runs(one.missed, "missed") {
                let state = missed(&run).map(|(_, state)| state);
                assert_eq!(state, Some(GoalState::Missed), "{at}: missed, seed {}", run.seed);
            }
            for run in runs(one.met, "met") {
                assert_eq!(run.lacks, None, "{at}: met, seed {}", run.seed);
            }
            some += 1;
        }
    }
    assert!(some > 0);
}
