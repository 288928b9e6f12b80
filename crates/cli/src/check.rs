//! `lockstep check`: a scenario's mistakes, or that it has none.

use sim_core::lang::{Param, ParamKind};
use sim_core::program::{spell_duration, spell_percent, spell_rate};

use crate::{Done, Exit, args::Options, input, json, words};

pub(crate) fn check(options: &Options) -> Done {
    let source = match input::source(options) {
        Ok(source) => source,
        Err(done) => return done,
    };
    let scenario = match input::scenario(&source) {
        Ok(scenario) => scenario,
        Err(mistakes) => return input::refused(&source, &mistakes, options),
    };
    if let Err(mistakes) = input::bind(&scenario, options) {
        return input::refused(&source, &mistakes, options);
    }
    if options.json {
        let valid = json::Valid {
            lockstep: json::VERSION,
            verdict: "valid",
            title: scenario.title().to_owned(),
            parameters: scenario.params().iter().map(json::parameter).collect(),
            diagnostics: Vec::new(),
        };
        return Done::said(json::text(&valid), Exit::Holds);
    }
    let mut out = format!("{}: {}\n", scenario.title(), words::is_right(options.lang));
    for param in scenario.params() {
        out.push_str(&format!("  {}\n", describe(param)));
    }
    Done::said(out, Exit::Holds)
}

fn describe(param: &Param) -> String {
    let name = &param.name;
    match &param.kind {
        ParamKind::Int { default, least, greatest } => {
            format!("{name} = {default} in {least}..{greatest}")
        }
        ParamKind::Duration { default, least, greatest } => {
            let [default, least, greatest] = [*default, *least, *greatest].map(spell_duration);
            format!("{name} = {default} in {least}..{greatest}")
        }
        ParamKind::Rate { default, least, greatest } => {
            let [default, least, greatest] = [*default, *least, *greatest].map(spell_rate);
            format!("{name} = {default} in {least}..{greatest}")
        }
        ParamKind::Percent { default, least, greatest } => {
            let [default, least, greatest] = [*default, *least, *greatest].map(spell_percent);
            format!("{name} = {default} in {least}..{greatest}")
        }
        ParamKind::Bool { default } => format!("{name} = {default}"),
        ParamKind::Choice { labels, default } => {
            format!("{name} = {} of {}", labels[*default], labels.join(", "))
        }
    }
}
