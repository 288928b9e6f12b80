//! What a run was measured by, and what its goals came to.

use std::fmt::Write as _;

use sim_core::{
    measure::{Figure, GoalState, GoalView, MeasuresView, SpreadRow, SubjectView, Unit},
    say::Lang,
};

use crate::{Exit, json, words::measures as words};

/// Every number under its dotted name.
pub(super) fn pairs(view: &MeasuresView) -> json::Pairs {
    let figures = view.figures().into_iter();
    json::Pairs(figures.map(|(name, figure)| (name, figure.value.to_string())).collect())
}

/// The same as lines of CSV.
pub(super) fn csv(view: &MeasuresView) -> String {
    let mut out = "measure,value,unit\n".to_owned();
    for (name, Figure { value, unit }) in view.figures() {
        let _ = writeln!(out, "{name},{value},{}", unit.word());
    }
    out
}

/// What the goals make of a verdict; a run that was cut is not judged by them.
pub(super) fn judge(exit: Exit, goals: &[GoalView], is_over: bool) -> Exit {
    let any = |state| is_over && goals.iter().any(|goal| goal.state == state);
    match exit {
        Exit::Holds if any(GoalState::Missed) => Exit::Broken,
        Exit::Holds if any(GoalState::Undecided) => Exit::Undecided,
        exit => exit,
    }
}

fn state(goal: &GoalView, is_over: bool) -> &'static str {
    match goal.state {
        _ if !is_over => "open",
        GoalState::Held => "held",
        GoalState::Missed => "missed",
        GoalState::Undecided => "open",
    }
}

pub(super) fn goals(view: &MeasuresView, is_over: bool) -> Vec<json::Goal> {
    view.goals.iter().map(|goal| self::goal(goal, is_over)).collect()
}

/// A goal and what it came to.
pub(crate) fn goal(goal: &GoalView, is_over: bool) -> json::Goal {
    let value = |figure: Option<Figure>| figure.map(|figure| figure.value.to_string());
    json::Goal {
        condition: goal.words.clone(),
        why: goal.why.clone(),
        now: goal.now.clone(),
        line: goal.line,
        state: state(goal, is_over),
        sides: goal
            .sides
            .iter()
            .map(|side| json::Side {
                left: side.left.clone(),
                sign: side.sign.clone(),
                right: side.right.clone(),
                left_value: value(side.left_value),
                right_value: value(side.right_value),
            })
            .collect(),
        unmeasured: goal.unmeasured.clone(),
    }
}

/// The goals, each with what its sides came to.
pub(super) fn goals_text(view: &MeasuresView, is_over: bool, lang: Lang) -> String {
    let mut out = String::new();
    for goal in &view.goals {
        let _ = writeln!(out, "{}", words::goal(goal, state(goal, is_over), lang));
        for side in &goal.sides {
            let [left, right] = [(&side.left, side.left_value), (&side.right, side.right_value)]
                .map(|(words, value)| words::side(words, value));
            let _ = writeln!(out, "  {left} {} {right}", side.sign);
        }
        if !goal.unmeasured.is_empty() {
            let _ = writeln!(out, "  {}", words::unmeasured(&goal.unmeasured, lang));
        }
    }
    out
}

/// What was measured, a block for each thing. Nothing where no time has passed.
pub(super) fn table(view: &MeasuresView, lang: Lang) -> String {
    if view.until == 0 {
        return String::new();
    }
    let until = Figure { value: i64::try_from(view.until).unwrap_or(i64::MAX), unit: Unit::Time };
    let mut blocks = String::new();
    let wide = view.subjects.iter().map(|subject| subject.name.chars().count()).max();
    for (at, subject) in view.subjects.iter().enumerate() {
        let lines = lines(view, at as u32, subject);
        for (nth, line) in lines.iter().enumerate() {
            let name = if nth == 0 { subject.name.as_str() } else { "" };
            let _ = writeln!(blocks, "  {name:<wide$}  {line}", wide = wide.unwrap_or_default());
        }
    }
    if blocks.is_empty() {
        return blocks;
    }
    format!("\n{}\n{blocks}\n", words::heading(&until.spell(), lang))
}

/// What there is to say of one thing: counts, then gauges, then a line for each spread.
fn lines(view: &MeasuresView, at: u32, subject: &SubjectView) -> Vec<String> {
    let mut lines = Vec::new();
    let word = |name: &str| {
        name.strip_prefix(&subject.name).unwrap_or(name).trim_start_matches('.').to_owned()
    };
    let counts = view.counts.iter().filter(|row| row.subject == at && row.value > 0);
    let counts: Vec<String> = counts
        .map(|row| {
            let rate = row.rate.map(|value| Figure { value, unit: Unit::Rate }.spell());
            let rate = rate.map(|rate| format!(" ({rate})")).unwrap_or_default();
            format!("{} {}{rate}", word(&row.name), row.value)
        })
        .collect();
    if counts.is_empty() {
        return lines;
    }
    lines.push(counts.join(", "));
    let gauges = view.gauges.iter().filter(|row| row.subject == at && row.max > 0);
    let gauges: Vec<String> = gauges
        .map(|row| {
            let mean_unit = if row.unit == Unit::Number { Unit::Fraction } else { row.unit };
            let mean = Figure { value: row.mean.unwrap_or_default(), unit: mean_unit }.spell();
            let max = Figure { value: row.max, unit: row.unit }.spell();
            let share = row.utilization.map(|value| Figure { value, unit: Unit::Share }.spell());
            let share = share.map(|share| format!(" ({share})")).unwrap_or_default();
            format!("{} mean {mean} max {max}{share}", word(&row.name))
        })
        .collect();
    if !gauges.is_empty() {
        lines.push(gauges.join(", "));
    }
    lines.extend(view.spreads.iter().filter(|row| row.subject == at && row.max != 0).map(|row| {
        let name = word(&row.name);
        if name.is_empty() { spread(row) } else { format!("{name} {}", spread(row)) }
    }));
    lines
}

fn spread(row: &SpreadRow) -> String {
    let of = |value: i64| Figure { value, unit: row.unit }.spell();
    let mean_unit = if row.unit == Unit::Number { Unit::Fraction } else { row.unit };
    let mean = Figure { value: row.mean, unit: mean_unit }.spell();
    format!(
        "mean {mean} p50 {} p95 {} p99 {} max {}",
        of(row.p50),
        of(row.p95),
        of(row.p99),
        of(row.max)
    )
}
