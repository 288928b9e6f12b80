//! Goals to be met: what runs by the clock come to, seed by seed.

use sim_core::{
    lang::{Scenario, Values, line_column},
    machine::{End, Machine},
    measure::{GoalState, GoalView, Meter},
    program::Program,
    session::Whole,
};

use crate::{Case, Challenge, Kind, Measured, Refusal, Unmet, challenge::same};

/// A run that takes more steps is not decided: many times what any lesson's run takes.
pub const STEPS_MEASURED: u64 = 10_000_000;

/// A run by the clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// What the clock draws from.
    pub seed: u64,
    /// Why it does not count as one that meets the goals; nothing when it does.
    pub lacks: Option<Miss>,
}

/// Why a run does not meet the goals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Miss {
    /// It misses this goal, or nothing happened by which it could be judged. The first of them.
    Goal(Box<GoalView>),
    /// It met a ceiling, so nobody can tell.
    Ceiling,
}

impl Challenge {
    /// How many runs by the clock grading takes.
    #[must_use]
    pub fn runs(&self) -> u32 {
        let values = self.vary.iter().map(|varied| varied.values.len() as u32);
        values.product::<u32>() * self.seeds
    }

    /// Grades a text by its goals: what each case came to. Before each run it tells how many there
    /// were.
    ///
    /// # Errors
    /// Why the text cannot be judged.
    pub fn measure(
        &'static self,
        text: &str,
        settings: &[(String, String)],
        tell: impl FnMut(u32),
    ) -> Result<Vec<Case>, Refusal> {
        self.measure_within(text, settings, STEPS_MEASURED, tell)
    }

    /// The same with another ceiling of steps.
    ///
    /// # Errors
    /// Why the text cannot be judged.
    pub fn measure_within(
        &'static self,
        text: &str,
        settings: &[(String, String)],
        most: u64,
        mut tell: impl FnMut(u32),
    ) -> Result<Vec<Case>, Refusal> {
        let own = self.own_scenario();
        self.each_case(text, settings, |at, scenario, values, case| {
            let Some(program) = timed(scenario, own.as_ref(), values) else { return Ok(()) };
            case.settings.clone_from(&program.settings);
            let places = self.places(&program)?;
            case.lacks = self.unmet(&program);
            if case.lacks.is_some() {
                return Ok(());
            }
            let machine = Machine::new(program);
            for seed in 1..=self.seeds {
                tell(at * self.seeds + seed - 1);
                case.runs.push(run(&machine, text, u64::from(seed), &places, most));
            }
            case.lacks = self.judge_runs(&case.runs);
            Ok(())
        })
    }

    /// Whether a program still has the goals that count.
    ///
    /// # Errors
    /// The first goal that is gone.
    pub fn keeps_goals(&self, program: &Program) -> Result<(), Refusal> {
        self.places(program).map(|_| ())
    }

    /// Where the goals that count stand among those of a program.
    fn places(&self, program: &Program) -> Result<Vec<usize>, Refusal> {
        let place = |condition: &&'static str| {
            let found = program.goals.iter().position(|goal| same(&goal.words, condition));
            found.ok_or(Refusal::GoalGone(condition))
        };
        self.goals.iter().map(place).collect()
    }

    /// What a case still lacks, by its runs: a goal that is missed is certain, whatever others are.
    fn judge_runs(&self, runs: &[Run]) -> Option<Unmet> {
        let missed = runs.iter().find_map(|run| match &run.lacks {
            Some(Miss::Goal(goal)) => self.goals.iter().find(|one| same(one, &goal.words)),
            _ => None,
        });
        let open = runs.iter().any(|run| run.lacks == Some(Miss::Ceiling));
        missed.copied().map(Unmet::Misses).or(open.then_some(Unmet::Undecided))
    }
}

impl Measured {
    /// What a text's runs come to under settings, by seed; nothing if it does not run, or has no
    /// such goal.
    #[must_use]
    pub fn runs(&self, text: &str, settings: &[(&str, &str)]) -> Option<Vec<Run>> {
        let scenario = sim_core::lang::check(text).scenario?;
        let mut values = Values::default();
        for (name, value) in settings {
            values.set(scenario.params(), name, value).ok()?;
        }
        let machine = Machine::new(scenario.bind(&values).ok()?);
        let goals = &machine.program().goals;
        let place = goals.iter().position(|goal| same(&goal.words, self.goal))?;
        let run = |seed| run(&machine, text, u64::from(seed), &[place], STEPS_MEASURED);
        Some((1..=self.seeds).map(run).collect())
    }
}

/// The program of a case as it is measured: for as long as the lesson's own text is, so that a
/// shorter run is no way to meet a goal.
fn timed(scenario: &Scenario, own: Option<&Scenario>, case: &Values) -> Option<Program> {
    let mut program = scenario.bind(case).ok()?;
    let Some(own) = own else { return Some(program) };
    let mut own_case = Values::default();
    for (name, value) in case.iter() {
        // What the lesson's text does not take has its default there.
        let _ = own_case.set(own.params(), name, &value.to_string());
    }
    program.run = own.bind(&own_case).ok()?.run;
    Some(program)
}

/// A run to its end, and the first of some goals that it does not meet.
fn run(machine: &Machine, text: &str, seed: u64, goals: &[usize], most: u64) -> Run {
    let program = machine.program();
    let mut meter = Meter::new(machine);
    let whole = Whole::run(machine, None, seed, most, &mut meter);
    if let Some(length) = program.run.length.filter(|_| whole.cut) {
        meter.ends_at(length.max(0) as u64);
    }
    let is_over = match whole.end {
        Some(End::Endless(_) | End::Full(_)) => false,
        Some(_) => true,
        None => whole.clock_over,
    };
    if !is_over {
        return Run { seed, lacks: Some(Miss::Ceiling) };
    }
    let line = |byte: u32| line_column(text, byte).0;
    let judged = meter.view(program, &line).goals;
    let mut judged = goals.iter().filter_map(|at| judged.get(*at));
    let missed = judged.find(|goal| goal.state != GoalState::Held);
    Run { seed, lacks: missed.map(|goal| Miss::Goal(Box::new(goal.clone()))) }
}

impl Kind {
    /// True for what grading a text decides, not a run by hand.
    #[must_use]
    pub fn is_of_text(self) -> bool {
        matches!(self, Kind::Fix | Kind::Meet)
    }
}
