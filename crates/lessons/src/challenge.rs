//! When a challenge counts as done. The exploring itself is the caller's: it may take a while, and
//! the page does it in slices.

use sim_core::{
    explore::{Outcome, Report, Verdict},
    lang::{Diagnostic, Scenario, Values, same_value},
    program::{Bounds, Mode, Op, Program, PromiseKind, SharedId},
    session::{Frame, PromiseState},
};
use std::collections::BTreeSet;

use crate::{Challenge, Condition, Kind, Tool};

/// Why a text cannot be judged for a challenge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It has mistakes.
    Mistakes(Vec<Diagnostic>),
    /// A parameter that the challenge varies is gone, or does not take a value.
    Parameter(Box<Diagnostic>),
    /// A promise that counts is gone; its condition.
    PromiseGone(&'static str),
    /// A goal that counts is gone; its condition.
    GoalGone(&'static str),
}

/// What a challenge still lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unmet {
    /// A condition does not hold.
    Condition(&'static Condition),
    /// Some schedule fails.
    Fails,
    /// Some schedule does not end with this value.
    Ends {
        /// The variable or counter.
        name: &'static str,
        /// The value it should have.
        value: &'static str,
    },
    /// No schedule ends with this value.
    Reaches {
        /// The variable or counter.
        name: &'static str,
        /// The value it should be able to have.
        value: &'static str,
    },
    /// Some run by the clock does not meet this goal; which, its runs tell.
    Misses(&'static str),
    /// The search, or a run, met a ceiling before it could tell.
    Undecided,
    /// The text does not run under these settings.
    DoesNotRun,
}

impl Challenge {
    /// The settings to explore or to run, given those of the student: all combinations of what
    /// varies. A break has one case, the student's own.
    ///
    /// # Errors
    /// When the student's text no longer has what the challenge needs.
    pub fn cases(&self, scenario: &Scenario, chosen: &Values) -> Result<Vec<Values>, Refusal> {
        let mut cases = vec![chosen.clone()];
        for varied in self.vary {
            let mut next = Vec::new();
            for case in &cases {
                for value in varied.values {
                    let mut case = case.clone();
                    case.set(scenario.params(), varied.param, value).map_err(|message| {
                        let (code, span) = (message.code(), 0..0);
                        let severity = sim_core::lang::Severity::Error;
                        Refusal::Parameter(Box::new(Diagnostic { code, severity, span, message }))
                    })?;
                    next.push(case);
                }
            }
            cases = next;
        }
        Ok(cases)
    }

    /// Whether a program still makes the promises that count.
    ///
    /// # Errors
    /// The first promise that is gone.
    pub fn keeps_promises(&self, program: &Program) -> Result<(), Refusal> {
        let gone = self.promises.iter().find(|condition| {
            let asked = self.own_kind(condition);
            !program.promises.iter().any(|promise| {
                // What holds always holds at the end too, but not the other way round.
                let strong =
                    promise.kind == PromiseKind::Always || asked != Some(PromiseKind::Always);
                strong && same(&promise.condition, condition)
            })
        });
        gone.map_or(Ok(()), |condition| Err(Refusal::PromiseGone(condition)))
    }

    /// When the lesson's own text makes this promise.
    fn own_kind(&self, condition: &str) -> Option<PromiseKind> {
        let scenario = self.own_scenario()?;
        let program = scenario.bind(&Values::defaults(scenario.params())).ok()?;
        program.promises.iter().find(|one| same(&one.condition, condition)).map(|one| one.kind)
    }

    /// The text of the lesson whose challenge it is.
    pub(crate) fn own_scenario(&self) -> Option<Scenario> {
        let mut lessons = crate::all().iter();
        let lesson =
            lessons.find(|lesson| lesson.challenges.iter().any(|one| std::ptr::eq(one, self)))?;
        sim_core::lang::check(lesson.scenario).scenario
    }

    /// The program of a case, as it is searched: lowered as the text's `explore` says. That may
    /// make a search smaller, but not leave out what the challenge is about: what the challenge
    /// varies is lowered as the lesson's own text lowers it, and bounds are no lower than there.
    pub(crate) fn program(&self, scenario: &Scenario, case: &Values) -> Option<Program> {
        let mut values = scenario.exploring(case).ok()?;
        let own = self.own_scenario()?;
        let mut own_case = Values::default();
        for varied in self.vary {
            own_case.insert(varied.param, case.get(varied.param)?.clone());
        }
        let own_case = own.exploring(&own_case).ok()?;
        for varied in self.vary {
            values.insert(varied.param, own_case.get(varied.param)?.clone());
        }
        let mut program = scenario.bind(&values).ok()?;
        let least = own.bind(&own_case).ok()?.bounds;
        let given = &program.bounds;
        program.bounds = Bounds {
            arrivals: given.arrivals.max(least.arrivals),
            timeouts: given.timeouts.max(least.timeouts),
            losses: given.losses.max(least.losses),
            duplicates: given.duplicates.max(least.duplicates),
            crashes: given.crashes.max(least.crashes),
            depth: given.depth.max(least.depth),
        };
        self.leave_out_the_rest(&mut program);
        Some(program)
    }

    /// What a fix does not ask for may break: wishes may contradict one another. A promise left out
    /// keeps its place, as one that no process comes by.
    fn leave_out_the_rest(&self, program: &mut Program) {
        if self.kind == Kind::Break || self.promises.is_empty() {
            return;
        }
        for promise in &mut program.promises {
            if !self.counts(&promise.condition) {
                promise.kind = PromiseKind::Assert;
            }
        }
    }

    /// The first condition that a program does not meet, if any.
    #[must_use]
    pub fn unmet(&'static self, program: &Program) -> Option<Unmet> {
        let setting = |param: &str| {
            program.settings.iter().find(|(name, _)| name == param).map(|(_, value)| value.as_str())
        };
        let holds = |condition: &&Condition| match condition {
            Condition::Is { param, value } => is(setting(param), value),
            Condition::IsNot { param, value } => !is(setting(param), value),
            Condition::AtMost { tool, most } => used(program, *tool) <= *most as usize,
        };
        self.conditions.iter().find(|condition| !holds(condition)).map(Unmet::Condition)
    }

    /// For a break: whether a moment shows it done, a promise that counts being broken and the
    /// run having ended as asked. Who moved, and under which settings, is the caller's to know.
    #[must_use]
    pub fn is_broken_in(&self, frame: &Frame) -> bool {
        let broken = frame.promises.iter().any(|promise| {
            matches!(promise.state, PromiseState::Broken { .. }) && self.counts(&promise.condition)
        });
        let ends_so = self.ends.iter().all(|(name, value)| {
            frame
                .shared
                .iter()
                .any(|shared| shared.place == *name && same_value(&shared.value, value))
        });
        let has_ended = self.ends.is_empty() || frame.ending.is_some();
        self.kind == Kind::Break && broken && ends_so && has_ended
    }

    /// Whether a promise, by its condition, counts.
    #[must_use]
    pub fn counts(&self, condition: &str) -> bool {
        self.promises.is_empty() || self.promises.iter().any(|one| same(one, condition))
    }

    /// For a fix: what a case still lacks, by what exploring its program found. For a break:
    /// never done by exploring, only by hand.
    #[must_use]
    pub fn judge(&'static self, program: &Program, report: &Report) -> Option<Unmet> {
        if let Some(unmet) = self.unmet(program) {
            return Some(unmet);
        }
        match report.verdict {
            Verdict::Broken => return Some(Unmet::Fails),
            Verdict::Undecided => return Some(Unmet::Undecided),
            Verdict::Holds if self.kind == Kind::Break => return Some(Unmet::Fails),
            Verdict::Holds => {}
        }
        let shows = |outcome: &Outcome, name: &str, value: &str| {
            outcome.values.iter().any(|(one, other)| one == name && same_value(other, value))
        };
        let outcomes = &report.outcomes;
        let differs = self
            .ends
            .iter()
            .find(|(name, value)| !outcomes.iter().all(|outcome| shows(outcome, name, value)));
        let misses = self
            .reaches
            .iter()
            .find(|(name, value)| !outcomes.iter().any(|outcome| shows(outcome, name, value)));
        let differs = differs.map(|(name, value)| Unmet::Ends { name, value });
        differs.or(misses.map(|(name, value)| Unmet::Reaches { name, value }))
    }
}

/// How many of something the processes of a program use.
fn used(program: &Program, tool: Tool) -> usize {
    let code = program.code.iter();
    match tool {
        Tool::Lock => taken(program, |_| true),
        Tool::RwLock => taken(program, |mode| matches!(mode, Mode::Read | Mode::Write)),
        Tool::Semaphore => taken(program, |mode| mode == Mode::Permit),
        Tool::Atomic => code.filter(|op| matches!(op, Op::Atomic { .. })).count(),
        Tool::Retry => code.filter(|op| matches!(op, Op::RetryBegan { again: false, .. })).count(),
    }
}

/// How many different things are taken in such a way.
fn taken(program: &Program, counts: impl Fn(Mode) -> bool) -> usize {
    let taken = program.code.iter().filter_map(|op| match op {
        Op::Acquire { lock, mode, .. } if counts(*mode) => Some(*lock),
        _ => None,
    });
    let taken: BTreeSet<SharedId> = taken.collect();
    taken.iter().map(|lock| program.shared[*lock as usize].initial.len()).sum()
}

/// True if a parameter has a value, however that is spelled.
pub(crate) fn is(setting: Option<&str>, value: &str) -> bool {
    setting.is_some_and(|setting| same_value(setting, value))
}

/// Conditions are the same when they differ in blanks only.
pub(crate) fn same(one: &str, other: &str) -> bool {
    one.split_whitespace().eq(other.split_whitespace())
}

#[cfg(test)]
mod tests {
    use super::is;

    #[test]
    fn a_condition_asks_for_a_value_and_not_for_its_spelling() {
        assert!(is(Some("1s"), "1000ms") && is(Some("0s"), "0ms") && is(Some("50%"), "0.5"));
        assert!(!is(Some("2s"), "1000ms") && !is(None, "0ms"));
    }
}
