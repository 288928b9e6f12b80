//! A run by the clock from its start to its end, of which nothing is kept but how it went.

use super::STEPS_MAX;
use super::moment::{
    STEP_FACTS_MAX, fingerprint_choice, fingerprint_fact, first_fingerprint, is_many,
};
use crate::base::Fingerprint;
use crate::drive::Runner;
use crate::machine::{End, Follow, Machine, State, Stay, Watch, promise_bit};
use crate::program::{Pc, PromiseKind};
use crate::trace::{Choice, Fact, ProcessId};

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
    /// How many steps it took.
    pub steps: u64,
    /// Virtual time at its end, nanoseconds.
    pub now: u64,
    /// Its name, if that was asked for.
    pub fingerprint: Option<String>,
}

impl Whole {
    /// Runs to the end while somebody follows. With the scenario's text it is named, too.
    pub fn run(
        machine: &Machine,
        text: Option<&str>,
        seed: u64,
        follows: &mut impl Follow,
    ) -> Whole {
        let promises = &machine.program().promises;
        let breaks = |kind: PromiseKind, bits: u64, state: &State| {
            promises.iter().enumerate().any(|(index, promise)| {
                promise.kind == kind
                    && bits & promise_bit(index) != 0
                    && machine.judge(index, state) != Ok(true)
            })
        };
        let name = text.map(|text| Name {
            fingerprint: first_fingerprint(machine, text, seed),
            facts: Vec::new(),
        });
        let mut hearer = Hearer { follows, broke: false, choice: None, name };
        let mut runner = Runner::new(machine, seed, &mut hearer);
        let mut broken = breaks(PromiseKind::Always, u64::MAX, runner.state());
        let mut clock_over = false;
        while runner.steps() < STEPS_MAX as u64 {
            let Some(choice) = runner.next(machine) else {
                clock_over = true;
                break;
            };
            hearer.choice = Some(choice);
            let applied = runner.take(machine, choice, &mut hearer);
            if applied.judge != 0 && !broken {
                broken = breaks(PromiseKind::Always, applied.judge, runner.state());
            }
        }
        let end = runner.end(machine);
        broken |= hearer.broke;
        broken |= end.is_some() && breaks(PromiseKind::Finally, u64::MAX, runner.state());
        Whole {
            broken,
            end,
            clock_over,
            cut: clock_over && runner.is_cut(machine),
            steps: runner.steps(),
            now: runner.clock().now(),
            fingerprint: hearer.name.map(|name| name.fingerprint.finish()),
        }
    }
}

/// Hears `assert`s that do not hold and what names a run, and lets somebody else hear.
struct Hearer<'f, F> {
    follows: &'f mut F,
    broke: bool,
    choice: Option<Choice>,
    name: Option<Name>,
}

struct Name {
    fingerprint: Fingerprint,
    facts: Vec<(ProcessId, Fact)>,
}

struct HearerEar<'a> {
    broke: &'a mut bool,
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
        *self.broke |= matches!(fact, Fact::AssertBroke { .. });
        if let Some(facts) = &mut self.facts
            && !matches!(fact, Fact::Local { .. })
            && (facts.len() < STEP_FACTS_MAX || !is_many(&fact))
        {
            facts.push((process, fact));
        }
    }

    fn passes(&mut self, _: ProcessId, _: Pc) {}

    fn stands(&mut self, _: ProcessId, _: Pc, _: Stay, _: bool) {}
}
