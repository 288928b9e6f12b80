//! A run of which nothing is kept goes as a session of the same seed goes.

#[path = "every_schedule/made.rs"]
#[allow(dead_code, reason = "shared with another test")]
mod made;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use sim_core::drive::Runner;
use sim_core::lang::{Values, check};
use sim_core::machine::{Follow, Machine, NoWatch, State, Stay, Watch};
use sim_core::program::{Pc, Program};
use sim_core::session::{Frame, PromiseState, PromiseView, Session, Whole};
use sim_core::trace::{Choice, Fact, ProcessId};
use std::path::Path;

/// Programs made at random, always the same ones.
const MADE: u32 = 150;
const STEPS: usize = 1_000;
/// Long enough for many lessons to come to their end; the longest go on for millions of steps.
const WHOLE: u64 = 3_000;
/// The same for a scenario in which hundreds may move at once.
const WHOLE_OF_MANY: u64 = 300;

/// Hears all facts that a session keeps, too.
#[derive(Default)]
struct Heard(Vec<(ProcessId, Fact)>);

impl Watch for &mut Heard {
    fn fact(&mut self, process: ProcessId, fact: Fact) {
        if !matches!(fact, Fact::Local { .. }) {
            self.0.push((process, fact));
        }
    }
    fn passes(&mut self, _: ProcessId, _: Pc) {}
    fn stands(&mut self, _: ProcessId, _: Pc, _: Stay, _: sim_core::machine::Pace) {}
}

impl Follow for Heard {
    type Ear<'a> = &'a mut Heard;
    fn moves(&mut self, _: u64) {}
    fn ear<'a>(&'a mut self, _: &'a Machine) -> &'a mut Heard {
        self
    }
    fn settle(&mut self, _: &Machine, _: &State) {}
}

/// What happened at which time, and what was heard.
type Step = (Choice, u64, Vec<(ProcessId, Fact)>);

fn kept(mut session: Session) -> Vec<Step> {
    while session.clock() {}
    session.events().into_iter().map(|event| (event.choice, event.at, event.facts)).collect()
}

fn forgotten(machine: &Machine, seed: u64) -> Vec<Step> {
    let mut runner = Runner::new(machine, seed, &mut Heard::default());
    let mut steps = Vec::new();
    while let Some(choice) = runner.next(machine)
        && steps.len() < STEPS
    {
        let mut heard = Heard::default();
        runner.take(machine, choice, &mut heard);
        steps.push((choice, runner.clock().now(), heard.0));
    }
    steps
}

/// How many steps were compared.
fn compare(text: &str) -> usize {
    let checked = check(text);
    let scenario = checked.scenario.unwrap_or_else(|| panic!("{text}\n{:?}", checked.diagnostics));
    let program = scenario.bind(&Values::defaults(scenario.params())).expect("it binds");
    let machine = Machine::new(program.clone());
    let compared = [1, 99].map(|seed| {
        let session = Session::new(program.clone(), text, seed).of_at_most(STEPS);
        let (kept, forgotten) = (kept(session), forgotten(&machine, seed));
        for (nth, (one, other)) in kept.iter().zip(&forgotten).enumerate() {
            // A session keeps only so many facts of one step.
            assert_eq!((one.0, one.1), (other.0, other.1), "step {} of {text}", nth + 1);
            assert!(one.2.len() >= 300 || one.2 == other.2, "step {} of {text}", nth + 1);
        }
        assert_eq!(kept.len(), forgotten.len(), "{text}");
        kept.len()
    });
    compared.into_iter().sum()
}

/// What is told of a whole run is what a session tells at its end.
fn compare_whole(text: &str) {
    let scenario = check(text).scenario.expect("the text is right");
    let program = scenario.bind(&Values::defaults(scenario.params())).expect("it binds");
    let machine = Machine::new(program.clone());
    let steps = if machine.layout().processes.len() > 300 { WHOLE_OF_MANY } else { WHOLE };
    for seed in [1, 99] {
        let mut session = Session::new(program.clone(), text, seed).of_at_most(steps as usize);
        while session.clock() {}
        let frame = session.frame();
        let whole = Whole::run(&machine, Some(text), seed, steps, &mut NoWatch);
        assert_eq!(whole.fingerprint, Some(frame.fingerprint), "{text}");
        assert_eq!((whole.steps, whole.now), (u64::from(frame.length), frame.now), "{text}");
        let is_broken =
            |promise: &PromiseView| matches!(promise.state, PromiseState::Broken { .. });
        assert_eq!(whole.broken, frame.promises.iter().any(is_broken), "{text}");
        assert_eq!(whole.end.is_some(), frame.ending.is_some(), "{text}");
        assert_eq!(whole.clock_over, frame.clock_over, "{text}");
        let unnamed = Whole::run(&machine, None, seed, steps, &mut NoWatch);
        assert_eq!(unnamed.fingerprint, None);
        goes_on_forgetting(text, &program, seed, steps);
    }
}

/// A session that keeps few steps ends as one that keeps them all, and is measured alike.
fn goes_on_forgetting(text: &str, program: &Program, seed: u64, steps: u64) {
    let kept = Session::new(program.clone(), text, seed).of_at_most(steps as usize);
    let all = kept.finish(steps);
    for few in [0, 7] {
        let session = Session::new(program.clone(), text, seed).of_at_most(few);
        let forgotten = session.finish(steps);
        let (one, other) = (&all.frame, &forgotten.frame);
        assert_eq!(one.fingerprint, other.fingerprint, "{few} of {text}");
        assert_eq!((all.steps, one.now), (forgotten.steps, other.now), "{few} of {text}");
        assert_eq!(one.ending, other.ending, "{few} of {text}");
        assert_eq!((one.clock_over, one.full), (other.clock_over, other.full), "{text}");
        assert_eq!(one.promises, other.promises, "{few} of {text}");
        let values = |frame: &Frame| -> Vec<(String, String)> {
            frame.shared.iter().map(|one| (one.place.clone(), one.value.clone())).collect()
        };
        assert_eq!(values(one), values(other), "{few} of {text}");
        assert_eq!(all.measures, forgotten.measures, "{few} of {text}");
        assert!(other.steps.len() <= few && forgotten.picks.len() <= few);
    }
    let cut = Session::new(program.clone(), text, seed).of_at_most(7).finish(9);
    assert!(cut.steps <= 9 && (cut.frame.full || cut.frame.clock_over), "{text}");
}

fn texts_under(folder: &Path, texts: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        if path.is_dir() {
            texts_under(&path, texts);
        } else if path.extension().is_some_and(|end| end == "lockstep") {
            texts.push(std::fs::read_to_string(path).expect("it can be read"));
        }
    }
}

#[test]
fn lessons_and_goldens_go_the_same_way() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut texts = Vec::new();
    texts_under(&here.join("goldens"), &mut texts);
    texts_under(&here.join("../../lessons"), &mut texts);
    assert!(texts.len() > 10, "{} texts", texts.len());
    assert!(texts.iter().map(|text| compare(text)).sum::<usize>() > 300);
    texts.iter().for_each(|text| compare_whole(text));
}

#[test]
fn made_programs_go_the_same_way() {
    let config = Config { failure_persistence: None, ..Config::default() };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let made = made::text();
    let steps = (0..MADE).map(|_| compare(&made.new_tree(&mut runner).expect("made").current()));
    assert!(steps.sum::<usize>() > 2_000);
}

#[test]
fn many_at_one_instant_go_the_same_way() {
    for text in [
        "scenario \"s\"\nvar x = 0\nprocess p * 60 { x += 1\nx += 1\nsleep 1s\nx += 1 }",
        "scenario \"s\"\nsemaphore s (permits: 3, max_wait: 2s)\ncounter turned_away\n\
         process p * 30 again after exp(1s) until 60s {\n\
         try { with s { sleep exp(1s) } } catch { turned_away += 1 } }",
        "scenario \"s\"\nvar x = 0\nprocess w * 30 { wait until x > 3 }\n\
         process i * 10 { sleep 1s\nx += 1 }\nprocess c every 50ms times 90 { x += 1\nwork 1s }\n\
         fault pause i at 500ms for 2s\nfault slow c by 300% from 1s to 2s",
    ] {
        assert!(compare(text) > 150);
    }
}
