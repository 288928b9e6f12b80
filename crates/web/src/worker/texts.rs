//! From a text and values to a program, with all that a page wants to know on the way.

use sim_core::{
    lang::{self, Diagnostic, Param, ParamKind, Values, line_column},
    program::Program,
    say::Lang,
};

use crate::protocol::{Control, ControlKind, Opened, Problem, Settings};

/// What is wrong with a text.
pub(super) fn problems(text: &str) -> Vec<Problem> {
    lang::check(text).diagnostics.iter().map(|diagnostic| problem(text, diagnostic)).collect()
}

/// The program of a text, and what to tell of it. Values that do not fit give way to defaults.
pub(super) fn bind(text: &str, settings: &Settings) -> (Option<Program>, Opened) {
    let checked = lang::check(text);
    let mut opened = Opened {
        problems: checked.diagnostics.iter().map(|found| problem(text, found)).collect(),
        ..Opened::default()
    };
    let Some(scenario) = checked.scenario else { return (None, opened) };
    let mut values = Values::defaults(scenario.params());
    for (name, value) in settings {
        if values.set(scenario.params(), name, value).is_err() {
            opened.dropped.push(name.clone());
        }
    }
    opened.title = scenario.title().to_owned();
    opened.controls = scenario.params().iter().map(control).collect();
    opened.settings = scenario
        .params()
        .iter()
        .filter_map(|param| Some((param.name.clone(), values.get(&param.name)?.to_string())))
        .collect();
    opened.defaults = scenario
        .params()
        .iter()
        .map(|param| (param.name.clone(), param.default_value().to_string()))
        .collect();
    match scenario.bind(&values) {
        Ok(program) => {
            opened.goals = !program.goals.is_empty();
            (Some(program), opened)
        }
        Err(diagnostics) => {
            opened.problems.extend(diagnostics.iter().map(|found| problem(text, found)));
            (None, opened)
        }
    }
}

fn problem(text: &str, diagnostic: &Diagnostic) -> Problem {
    let (line, column) = line_column(text, diagnostic.span.start);
    let said = Lang::ALL.map(|lang| {
        let said = diagnostic.say(lang);
        (said.message, said.help)
    });
    Problem {
        code: diagnostic.code.to_string(),
        start: diagnostic.span.start,
        end: diagnostic.span.end,
        line,
        column,
        said: said.to_vec(),
    }
}

fn control(param: &Param) -> Control {
    let kind = match &param.kind {
        ParamKind::Int { least, greatest, .. } => {
            ControlKind::Int { least: *least, greatest: *greatest }
        }
        ParamKind::Duration { least, greatest, .. } => {
            ControlKind::Duration { least: *least, greatest: *greatest }
        }
        ParamKind::Rate { least, greatest, .. } => {
            ControlKind::Rate { least: *least, greatest: *greatest }
        }
        ParamKind::Percent { least, greatest, .. } => {
            ControlKind::Percent { least: *least, greatest: *greatest }
        }
        ParamKind::Bool { .. } => ControlKind::Bool,
        ParamKind::Choice { labels, .. } => ControlKind::Choice(labels.clone()),
    };
    Control { name: param.name.clone(), label: param.label.clone(), kind }
}
