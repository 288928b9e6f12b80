//! What was graded, as a table and as JSON.

use std::fmt::Write as _;

use lessons::{
    Case, Challenge, Condition, Kind, Lesson, Miss, Refusal, Run, Unmet, shortest_failure,
};
use sim_core::say::Lang;

use super::{Graded, Mark, Standing, Trouble, Why, hand_ins::HandIn, standing, worst};
use crate::{input::Mistake, json, run::measured, words::grade as words};

/// Everything that was graded.
pub(super) struct All {
    pub(super) lesson: &'static Lesson,
    /// Each with its number from 1.
    pub(super) challenges: Vec<(usize, &'static Challenge)>,
    pub(super) graded: Vec<Graded>,
    pub(super) lang: Lang,
}

impl All {
    pub(super) fn standing(&self) -> Standing {
        worst(self.graded.iter().map(Graded::standing))
    }

    fn done(&self) -> usize {
        self.graded.iter().filter(|one| one.standing() == Standing::Done).count()
    }

    pub(super) fn text(&self) -> String {
        let lang = self.lang;
        let mut heads = vec![words::hand_in(lang).to_owned()];
        heads.extend(self.challenges.iter().map(|(number, one)| format!("{number} {}", one.id)));
        if self.standing() != Standing::Done {
            heads.push(words::why_not(lang).to_owned());
        }
        let mut rows = vec![heads];
        rows.extend(self.graded.iter().map(|one| self.row(one)));
        let title = self.lesson.text(lang).title;
        let mut out = format!("{title} ({})\n\n", self.lesson.id);
        out.push_str(&aligned(&rows));
        let _ = writeln!(out, "\n{}", words::summary(self.done(), self.graded.len(), lang));
        out
    }

    /// The name, how each challenge stands, and the first reason why one is not done.
    fn row(&self, graded: &Graded) -> Vec<String> {
        let mut row = vec![one_line(&graded.handed_in.name)];
        let standings = graded.marks.iter().map(|mark| words::standing(mark.standing, self.lang));
        row.extend(standings.map(str::to_owned));
        let worst = graded.standing();
        let mut marks = self.challenges.iter().zip(&graded.marks);
        let first = marks.find(|(_, mark)| mark.standing == worst);
        let why = first.and_then(|((number, _), mark)| {
            let why = mark.why(&graded.handed_in, self.lang)?;
            let is_alone = self.challenges.len() == 1 || mark.is_of_all();
            Some(if is_alone { why } else { format!("{number}: {why}") })
        });
        row.extend(why.map(|why| one_line(&why)));
        row
    }

    pub(super) fn json(&self) -> json::Graded {
        let challenges = self.challenges.iter().map(|(number, one)| json::Challenge {
            number: *number,
            id: one.id,
            kind: match one.kind {
                Kind::Fix => "fix",
                Kind::Break => "break",
                Kind::Meet => "meet",
            },
        });
        json::Graded {
            lockstep: json::VERSION,
            lesson: self.lesson.id,
            verdict: word(self.standing()),
            done: self.done(),
            challenges: challenges.collect(),
            hand_ins: self.graded.iter().map(|one| self.hand_in(one)).collect(),
        }
    }

    fn hand_in(&self, graded: &Graded) -> json::HandIn {
        let (handed_in, lang) = (&graded.handed_in, self.lang);
        let marks = graded.marks.iter().map(|mark| json::Mark {
            id: mark.challenge.id,
            verdict: word(mark.standing),
            reason: mark.reason(handed_in),
            why: mark.why(handed_in, lang),
            schedule: mark.shown.as_ref().map(|shown| json::Shown {
                name: shown.schedule.clone(),
                parameters: json::Pairs(shown.settings.clone()),
                picks: shown.picks.clone(),
            }),
            cases: mark.cases.iter().map(case).collect(),
        });
        let mistakes = graded.marks.iter().find_map(|mark| match &mark.why {
            Some(Why::Refused(Refusal::Mistakes(wrong))) => Some(wrong),
            _ => None,
        });
        let diagnostics = match (&handed_in.text, mistakes) {
            (Ok(source), Some(wrong)) => {
                let wrong: Vec<Mistake> = wrong.iter().cloned().map(Mistake::in_text).collect();
                json::diagnostics(source, &wrong, lang)
            }
            _ => Vec::new(),
        };
        json::HandIn {
            name: handed_in.name.clone(),
            verdict: word(graded.standing()),
            challenges: marks.collect(),
            diagnostics,
        }
    }
}

fn case(case: &Case) -> json::Case {
    let report = case.report.as_ref();
    json::Case {
        parameters: json::Pairs(case.settings.clone()),
        verdict: word(standing(case.lacks)),
        reason: case.lacks.map(lacking),
        schedules: report.map(|report| json::number(&report.schedules)),
        failing: report.map(|report| json::number(&report.failing)),
        picks: report.and_then(shortest_failure),
        runs: case.runs.iter().map(run).collect(),
    }
}

fn run(run: &Run) -> json::CaseRun {
    let (verdict, goal) = match &run.lacks {
        None => (Standing::Done, None),
        Some(Miss::Goal(goal)) => (Standing::NotDone, Some(measured::goal(goal, true))),
        Some(Miss::Ceiling) => (Standing::Undecided, None),
    };
    json::CaseRun { seed: run.seed.to_string(), verdict: word(verdict), goal }
}

impl Mark {
    /// Whether what is lacking is the same for all challenges.
    fn is_of_all(&self) -> bool {
        matches!(self.why, Some(Why::Trouble | Why::Refused(Refusal::Mistakes(_))))
    }

    /// The stable name of what is lacking.
    fn reason(&self, handed_in: &HandIn) -> Option<&'static str> {
        Some(match self.why.as_ref()? {
            Why::Trouble => match handed_in.text.as_ref().err()? {
                Trouble::Unreadable(_) => "unreadable",
                Trouble::NotUtf8 => "not_utf8",
                Trouble::TooLarge => "too_large",
            },
            Why::Refused(Refusal::Mistakes(_)) => "mistakes",
            Why::Refused(Refusal::Parameter(_)) => "parameter",
            Why::Refused(Refusal::PromiseGone(_)) => "promise_gone",
            Why::Refused(Refusal::GoalGone(_)) => "goal_gone",
            Why::NotShown => "no_schedule",
            Why::Case(_, unmet) => lacking(*unmet),
        })
    }

    /// What is lacking, in words.
    fn why(&self, handed_in: &HandIn, lang: Lang) -> Option<String> {
        Some(match self.why.as_ref()? {
            Why::Trouble => words::trouble(handed_in.text.as_ref().err()?, lang),
            Why::Refused(refusal) => {
                let text = handed_in.text.as_ref().map_or("", |source| &source.text);
                words::refusal(refusal, text, lang)
            }
            Why::NotShown => words::not_shown(lang).to_owned(),
            Why::Case(at, unmet) => {
                let case = &self.cases[*at];
                let why = words::unmet(unmet, case, lang);
                // A parameter with one value only is no difference between the cases.
                let differs = |(name, _): &&(String, String)| {
                    self.challenge.vary.iter().any(|one| one.param == name && one.values.len() > 1)
                };
                let varied = case.varied.iter().filter(differs);
                let varied: Vec<String> =
                    varied.map(|(name, value)| format!("{name} = {value}")).collect();
                // What is asked of every case needs no case.
                let is_of_one = !varied.is_empty() && !matches!(unmet, Unmet::Condition(_));
                if is_of_one { format!("{why} ({})", varied.join(", ")) } else { why }
            }
        })
    }
}

/// The stable name of what a case lacks.
fn lacking(unmet: Unmet) -> &'static str {
    match unmet {
        Unmet::Condition(Condition::Is { .. }) => "is",
        Unmet::Condition(Condition::IsNot { .. }) => "is_not",
        Unmet::Condition(Condition::AtMost { .. }) => "at_most",
        Unmet::Fails => "fails",
        Unmet::Ends { .. } => "ends",
        Unmet::Reaches { .. } => "reaches",
        Unmet::Misses(_) => "misses",
        Unmet::Undecided => "undecided",
        Unmet::DoesNotRun => "does_not_run",
    }
}

fn word(standing: Standing) -> &'static str {
    match standing {
        Standing::Done => "done",
        Standing::Undecided => "undecided",
        Standing::NotDone => "not_done",
    }
}

/// A table whose columns are aligned; the last one ends where it ends.
pub(crate) fn aligned(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let widest = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or_default()
    };
    let widths: Vec<usize> = (0..columns).map(widest).collect();
    let mut out = String::new();
    for row in rows {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        let line = cells.collect::<Vec<_>>().join("  ");
        let _ = writeln!(out, "{}", line.trim_end());
    }
    out
}

/// A text that stays in its row: names of files may have anything in them.
pub(crate) fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '?' } else { c }).collect()
}
