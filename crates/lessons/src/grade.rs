//! Grading a text, the same for whoever asks: the page for the person in front of it, the terminal
//! for a folder of hand-ins.

use sim_core::{
    explore::{Found, Report},
    lang::{self, Scenario, Values},
    program::Program,
    session::{Frame, Session},
};

use crate::{Challenge, Condition, Lesson, Refusal, Run, Unmet, challenge::is};

/// Names of parameters and their values, as a text spells them.
pub type Settings = Vec<(String, String)>;

/// A case of a fix, or of goals to be met, that was graded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// The values of the parameters that the challenge varies.
    pub varied: Settings,
    /// The values of all parameters that were looked at.
    pub settings: Settings,
    /// For a fix: what exploring found; nothing when the text does not run so.
    pub report: Option<Report>,
    /// For goals: what each run by the clock came to, by seed; none where the text was not run.
    pub runs: Vec<Run>,
    /// What it still lacks; nothing when it passes.
    pub lacks: Option<Unmet>,
}

/// A schedule that shows a break.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Its name in the text.
    pub schedule: String,
    /// The values of all parameters it was played with.
    pub settings: Settings,
    /// What moved, as numbers among the possible choices.
    pub picks: Vec<u32>,
}

/// Steps of a schedule that are played: many times what any lesson's run has, and soon done.
const STEPS_PLAYED: usize = 100_000;

impl Challenge {
    /// Grades a text for a fix: what each case came to. `search` explores a case, given its place
    /// among them; it may take its time and tell how far it is.
    ///
    /// # Errors
    /// Why the text cannot be judged.
    pub fn grade(
        &'static self,
        text: &str,
        settings: &[(String, String)],
        mut search: impl FnMut(u32, &Program) -> Report,
    ) -> Result<Vec<Case>, Refusal> {
        self.each_case(text, settings, |at, scenario, values, case| {
            if let Some(program) = self.program(scenario, values) {
                case.settings.clone_from(&program.settings);
                self.keeps_promises(&program)?;
                let report = search(at, &program);
                case.lacks = self.judge(&program, &report);
                case.report = Some(report);
            }
            Ok(())
        })
    }

    /// All cases of a text, each graded, given its place and what the challenge varies. What is not
    /// graded does not run.
    pub(crate) fn each_case(
        &'static self,
        text: &str,
        settings: &[(String, String)],
        mut grade: impl FnMut(u32, &Scenario, &Values, &mut Case) -> Result<(), Refusal>,
    ) -> Result<Vec<Case>, Refusal> {
        let scenario = read(text)?;
        let mut chosen = Values::default();
        for (name, value) in settings {
            // What the text does not take has its default, as in the run shown.
            let _ = chosen.set(scenario.params(), name, value);
        }
        let mut cases = Vec::new();
        for (at, values) in self.cases(&scenario, &chosen)?.iter().enumerate() {
            let settings = spell(values);
            let varied =
                settings.iter().filter(|(name, _)| self.vary.iter().any(|one| one.param == name));
            let varied = varied.cloned().collect();
            let (report, runs, lacks) = (None, Vec::new(), Some(Unmet::DoesNotRun));
            let mut case = Case { varied, settings, report, runs, lacks };
            grade(at as u32, &scenario, values, &mut case)?;
            cases.push(case);
        }
        Ok(cases)
    }

    /// The settings that the challenge's conditions ask for by name.
    #[must_use]
    pub fn asked(&self) -> Settings {
        let conditions = self.conditions.iter();
        let asked = conditions.filter_map(|condition| match condition {
            Condition::Is { param, value } => Some(((*param).to_owned(), (*value).to_owned())),
            Condition::IsNot { .. } | Condition::AtMost { .. } => None,
        });
        asked.collect()
    }

    /// For a break: whether a moment of the lesson's own text, under settings, shows it done. That
    /// it came about by hand is the caller's to know.
    #[must_use]
    pub fn is_shown_in(&self, frame: &Frame, settings: &[(String, String)]) -> bool {
        let setting = |param: &str| {
            settings.iter().find(|(name, _)| name == param).map(|(_, value)| value.as_str())
        };
        let holds = |condition: &Condition| match condition {
            Condition::Is { param, value } => is(setting(param), value),
            Condition::IsNot { param, value } => !is(setting(param), value),
            // The lesson's own text uses what it uses.
            Condition::AtMost { .. } => true,
        };
        self.is_broken_in(frame) && self.conditions.iter().all(holds)
    }

    /// Grades a text for a break of a lesson: the first of the text's schedules that shows it. It
    /// is played in the lesson's own text, under what the challenge asks for and else the text's
    /// defaults. Schedules that the lesson itself has do not count.
    ///
    /// # Errors
    /// Why the text cannot be judged.
    pub fn shown_by(&self, lesson: &Lesson, text: &str) -> Result<Option<Shown>, Refusal> {
        let handed_in = read(text)?;
        let scenario = read(lesson.scenario)?;
        let mut values = Values::default();
        let defaults = spell(&Values::defaults(handed_in.params()));
        for (name, value) in defaults.into_iter().chain(self.asked()) {
            // What the lesson does not take has the lesson's default.
            let _ = values.set(scenario.params(), &name, &value);
        }
        let Ok(program) = scenario.bind(&values) else { return Ok(None) };
        for schedule in handed_in.schedules_for(&program) {
            let is_theirs = |one: &sim_core::program::Schedule| {
                one.name != schedule.name || one.picks != schedule.picks
            };
            let Ok(picks) = &schedule.picks else { continue };
            if !program.schedules.iter().all(is_theirs) {
                continue;
            }
            let session = Session::new(program.clone(), lesson.scenario, 1);
            let mut session = session.of_at_most(STEPS_PLAYED);
            session.play(picks);
            if self.is_shown_in(&session.frame(), &program.settings) {
                let (settings, picks) = (program.settings, session.picks());
                return Ok(Some(Shown { schedule: schedule.name, settings, picks }));
            }
        }
        Ok(None)
    }
}

/// The shortest way to any failure that a search found; once round, where that is a circle.
#[must_use]
pub fn shortest_failure(report: &Report) -> Option<Vec<u32>> {
    let promises = report.broken.iter().map(|broken| &broken.found);
    let others = [&report.deadlocks, &report.stuck, &report.never_ends];
    let all = promises.chain(others.into_iter().flatten());
    all.min_by_key(|found| found.shortest.len()).map(Found::whole)
}

fn read(text: &str) -> Result<Scenario, Refusal> {
    let checked = lang::check(text);
    checked.scenario.ok_or(Refusal::Mistakes(checked.diagnostics))
}

fn spell(values: &Values) -> Settings {
    values.iter().map(|(name, value)| (name.to_owned(), value.to_string())).collect()
}
