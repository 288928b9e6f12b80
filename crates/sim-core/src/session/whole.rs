//! A run by the clock from its start to its end, of which nothing is kept but how it went; and a
//! session's run that goes on so.

use super::crowds::{Crowd, crowds};
use super::frame::{Frame, PromiseState};
use super::moment::{
    STEP_FACTS_MAX, fingerprint_choice, fingerprint_fact, first_fingerprint, is_many,
};
use super::{STEPS_MAX, Session};
use crate::base::Fingerprint;
use crate::drive::Runner;
use crate::machine::{End, Follow, Machine, State, Stay, Watch, promise_bit};
use crate::measure::MeasuresView;
use crate::program::{Pc, PromiseKind};
use crate::trace::{Choice, Fact, ProcessId, StepNumber};

/// How many steps a run takes of which nothing is kept, unless it is asked for more or less: some
/// million messages, and some minutes for a run that never ends.
pub const RUN_STEPS: u64 = 200_000_000;
/// How many it may be asked for.
pub const RUN_STEPS_MAX: u64 = 1_000_000_000;

/// How a run went: as a session of the same seed goes, in less time and room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whole {
    /// A promise was broken.
    pub broken: bool,
    /// How it ended, if it did.
    pub end: Option<End>,
    /// Nothing was due any more, or not in time; else it met the ceiling of steps.
    pub clock_over: bool,
    /// Something would still have been due had the text's `run` not set an end.
    pub cut: bool,
    /// Ceilings that it met.
    pub crowds: Vec<Crowd>,
    /// How many steps it took.
    pub steps: u64,
    /// Virtual time at its end, nanoseconds.
    pub now: u64,
    /// Its name, if that was asked for.
    pub fingerprint: Option<String>,
}

impl Whole {
    /// Runs to the end, or for so many steps, while somebody follows. With the scenario's text it
    /// is named, too.
    pub fn run(
        machine: &Machine,
        text: Option<&str>,
        seed: u64,
        most: u64,
        follows: &mut impl Follow,
    ) -> Whole {
        let promises = &machine.program().promises;
        let mut broken = vec![None; promises.len()];
        let mut hearer = Hearer {
            follows,
            broke: 0,
            choice: None,
            name: text.map(|text| Name {
                fingerprint: first_fingerprint(machine, text, seed),
                facts: Vec::new(),
            }),
        };
        let mut runner = Runner::new(machine, seed, &mut hearer);
        judge(machine, runner.state(), (u64::MAX, hearer.broke), 0, &mut broken);
        let clock_over = go_on(machine, &mut runner, &mut hearer, (0, most), &mut broken);
        let end = runner.end(machine);
        let finally = promises.iter().enumerate().any(|(index, promise)| {
            promise.kind == PromiseKind::Finally && machine.judge(index, runner.state()) != Ok(true)
        });
        Whole {
            broken: broken.iter().any(Option::is_some) || end.is_some() && finally,
            end,
            clock_over,
            cut: clock_over && runner.is_cut(machine),
            crowds: crowds(machine, runner.state(), runner.clock()),
            steps: runner.steps(),
            now: runner.clock().now(),
            fingerprint: hearer.name.map(|name| name.fingerprint.finish()),
        }
    }
}

/// A session's run at its end.
#[derive(Clone, Debug)]
pub struct Finished {
    /// Its last moment; with the steps that were kept, all of them.
    pub frame: Frame,
    /// What was measured all along.
    pub measures: MeasuresView,
    /// The picks of the steps that were kept.
    pub picks: Vec<u32>,
    /// How many steps it took, kept or not.
    pub steps: u64,
}

impl Session {
    /// Goes on by the clock to the end of the run. Behind as many steps as the session keeps it
    /// goes on without keeping any, until so many were taken in all.
    #[must_use]
    pub fn finish(mut self, most: u64) -> Finished {
        while self.clock() {}
        while !self.measure(STEPS_MAX) {}
        let picks = self.picks();
        let mut kept = self.all_steps();
        for (step, &pick) in kept.iter_mut().zip(&picks) {
            step.pick = pick;
        }
        let mut steps = kept.len() as u64;
        let is_cut_short = self.is_full() && self.moment.step == self.length();
        if is_cut_short && !self.moment.clock.is_over(&self.machine, &self.moment.state) {
            steps = self.go_on_forgetting(steps, most);
        }
        let clock_over = self.moment.clock.is_over(&self.machine, &self.moment.state);
        let measures = MeasuresView {
            step: StepNumber::try_from(steps).unwrap_or(StepNumber::MAX),
            ..self.measures()
        };
        let mut frame = self.frame();
        frame.first = 0;
        frame.steps = kept;
        frame.full = !clock_over;
        for promise in &mut frame.promises {
            if let (PromiseKind::Finally, PromiseState::Broken { step }) =
                (promise.kind, &mut promise.state)
            {
                *step = measures.step;
            }
        }
        Finished { frame, measures, picks, steps }
    }

    /// Takes steps by the clock that no line has, and gives how many there are then. Only what a
    /// last look needs is right then: the state, the clock, what broke, the name.
    fn go_on_forgetting(&mut self, kept: u64, most: u64) -> u64 {
        let Session { machine, moment, measuring, .. } = self;
        let facts = Vec::new();
        let mut hearer = Hearer {
            follows: &mut measuring.meter,
            broke: 0,
            choice: None,
            name: Some(Name { fingerprint: moment.fingerprint.clone(), facts }),
        };
        let mut runner = Runner::from(moment.state.clone(), moment.clock.clone());
        go_on(machine, &mut runner, &mut hearer, (kept, most), &mut moment.broken);
        if let Some(name) = hearer.name {
            moment.fingerprint = name.fingerprint;
        }
        let taken = runner.steps();
        (moment.state, moment.clock) = runner.into_parts();
        if moment.clock.is_over(machine, &moment.state) {
            self.measured_to_the_end();
        }
        kept + taken
    }
}

/// Takes steps until nothing is due (true then) or so many were taken, `before` included.
fn go_on<F: Follow>(
    machine: &Machine,
    runner: &mut Runner,
    hearer: &mut Hearer<'_, F>,
    (before, most): (u64, u64),
    broken: &mut [Option<StepNumber>],
) -> bool {
    let left = most.saturating_sub(before);
    let already = runner.steps();
    while runner.steps() - already < left {
        let Some(choice) = runner.next(machine) else { return true };
        hearer.choice = Some(choice);
        let applied = runner.take(machine, choice, hearer);
        if applied.judge != 0 || hearer.broke != 0 {
            let step = before + runner.steps() - already;
            judge(machine, runner.state(), (applied.judge, hearer.broke), step, broken);
            hearer.broke = 0;
        }
    }
    false
}

/// Notes which promises a step broke first: of those it may have, and the `assert`s that it did.
fn judge(
    machine: &Machine,
    state: &State,
    (always, asserts): (u64, u64),
    step: u64,
    broken: &mut [Option<StepNumber>],
) {
    for (index, promise) in machine.program().promises.iter().enumerate() {
        let breaks = match promise.kind {
            _ if broken[index].is_some() => false,
            PromiseKind::Assert => asserts & promise_bit(index) != 0,
            PromiseKind::Always => {
                always & promise_bit(index) != 0 && machine.judge(index, state) != Ok(true)
            }
            PromiseKind::Finally => false,
        };
        if breaks {
            broken[index] = Some(StepNumber::try_from(step).unwrap_or(StepNumber::MAX));
        }
    }
}

/// Hears `assert`s that do not hold and what names a run, and lets somebody else hear.
struct Hearer<'f, F> {
    follows: &'f mut F,
    /// The `assert`s that broke in the step, as bits.
    broke: u64,
    choice: Option<Choice>,
    name: Option<Name>,
}

struct Name {
    fingerprint: Fingerprint,
    facts: Vec<(ProcessId, Fact)>,
}

struct HearerEar<'a> {
    broke: &'a mut u64,
    facts: Option<&'a mut Vec<(ProcessId, Fact)>>,
}

impl<F: Follow> Follow for Hearer<'_, F> {
    type Ear<'a>
        = (HearerEar<'a>, F::Ear<'a>)
    where
        Self: 'a;

    fn moves(&mut self, now: u64) {
        self.follows.moves(now);
        if let (Some(name), Some(choice)) = (&mut self.name, self.choice) {
            fingerprint_choice(&mut name.fingerprint, choice);
            name.fingerprint.number(now as i64);
        }
    }

    fn ear<'a>(&'a mut self, machine: &'a Machine) -> Self::Ear<'a> {
        let facts = self.name.as_mut().map(|name| &mut name.facts);
        (HearerEar { broke: &mut self.broke, facts }, self.follows.ear(machine))
    }

    fn settle(&mut self, machine: &Machine, state: &State) {
        self.follows.settle(machine, state);
        if let Some(Name { fingerprint, facts }) = &mut self.name {
            for (process, fact) in facts.drain(..) {
                fingerprint_fact(fingerprint, process, &fact);
            }
        }
    }
}

impl Watch for HearerEar<'_> {
    #[inline]
    fn fact(&mut self, process: ProcessId, fact: Fact) {
        if let Fact::AssertBroke { promise } = fact {
            *self.broke |= promise_bit(promise as usize);
        }
        if let Some(facts) = &mut self.facts
            && !matches!(fact, Fact::Local { .. })
            && (facts.len() < STEP_FACTS_MAX || !is_many(&fact))
        {
            facts.push((process, fact));
        }
    }

    fn passes(&mut self, _: ProcessId, _: Pc) {}

    fn stands(&mut self, _: ProcessId, _: Pc, _: Stay, _: crate::machine::Pace) {}
}
