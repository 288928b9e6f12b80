//! Whole scenarios: those that must be taken and those that must be refused, and how.

use sim_core::{
    lang::{ParamKind, Value, Values, check, line_column},
    program::listing,
    say::Lang,
};
use std::{fs, path::Path};

/// The scenarios of a folder of the corpus, with their names.
pub(crate) fn texts(folder: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(folder);
    let mut texts: Vec<_> = fs::read_dir(folder)
        .expect("the corpus is there")
        .map(|entry| {
            let path = entry.expect("its entries can be read").path();
            let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
            (name, fs::read_to_string(&path).expect("a text is UTF-8"))
        })
        .collect();
    texts.sort();
    texts
}

/// All diagnostics of a text as `line:column: message (help)`.
pub(crate) fn said(text: &str) -> Vec<String> {
    let checked = check(text);
    assert_eq!(checked.scenario.is_none(), !checked.diagnostics.is_empty(), "{text}");
    let say = |diagnostic: &sim_core::lang::Diagnostic| {
        let (line, column) = line_column(text, diagnostic.span.start);
        let said = diagnostic.say(Lang::En);
        let help = said.help.map_or_else(String::new, |help| format!(" ({help})"));
        format!("{line}:{column}: {}{help}", said.message)
    };
    checked.diagnostics.iter().map(say).collect()
}

/// All combinations of the least, default and greatest value of each parameter.
pub(crate) fn all_values(scenario: &sim_core::lang::Scenario) -> Vec<Values> {
    let mut all = vec![Values::default()];
    for param in scenario.params() {
        let choices: Vec<Value> = match &param.kind {
            ParamKind::Int { default, least, greatest } => {
                [default, least, greatest].map(|value| Value::Int(*value)).to_vec()
            }
            ParamKind::Duration { default, least, greatest } => {
                [default, least, greatest].map(|value| Value::Duration(*value)).to_vec()
            }
            ParamKind::Rate { default, least, greatest } => {
                [default, least, greatest].map(|value| Value::Rate(*value)).to_vec()
            }
            ParamKind::Percent { default, least, greatest } => {
                [default, least, greatest].map(|value| Value::Percent(*value)).to_vec()
            }
            ParamKind::Bool { .. } => vec![Value::Bool(false), Value::Bool(true)],
            ParamKind::Choice { labels, .. } => labels.iter().cloned().map(Value::Choice).collect(),
        };
        all = all
            .iter()
            .flat_map(|values| {
                choices.iter().map(|choice| {
                    let mut values = values.clone();
                    values.insert(&param.name, choice.clone());
                    values
                })
            })
            .collect();
    }
    all
}

#[test]
fn good_texts_become_programs_under_all_parameters() {
    for (name, text) in texts("ok") {
        let checked = check(&text);
        assert_eq!(said(&text), [""; 0], "{name}");
        let scenario = checked.scenario.expect("without diagnostics there is a scenario");
        for values in all_values(&scenario) {
            let program = scenario.bind(&values).unwrap_or_else(|e| panic!("{name}: {e:?}"));
            whole(&program, &text);
            if std::env::var("SHOW").is_ok_and(|show| name.contains(&show)) {
                println!("{values:?}\n{}", listing(&program));
            }
        }
    }
}

#[test]
fn wrong_texts_are_refused_at_the_place_and_for_the_reason_they_name() {
    for (name, text) in texts("err") {
        let expected: Vec<&str> =
            text.lines().map_while(|line| line.strip_prefix("// expect ")).collect();
        assert_eq!(said(&text), expected, "{name}");
    }
}

/// What holds of every program: jumps stay inside, places fit the text, registers are there.
pub(crate) fn whole(program: &sim_core::program::Program, text: &str) {
    use sim_core::program::{Op, TextPart};
    assert_eq!(program.code.len(), program.places.len());
    let parts =
        program.classes.iter().map(|class| (class.code.clone(), class.registers, true)).chain(
            program.promises.iter().map(|p| (p.glance.code.clone(), p.glance.registers, false)),
        );
    for (code, registers, is_class) in parts {
        if is_class {
            assert_eq!(program.code[code.end as usize - 1], Op::End, "a class ends in `End`");
        }
        for pc in code.clone() {
            let op = &program.code[pc as usize];
            let last = if is_class { code.end - 1 } else { code.end };
            assert!(op.follows(pc).all(|to| code.start <= to && to <= last), "{op:?} at {pc}");
            assert!(op.uses().chain(op.sets()).all(|register| register < registers), "{op:?}");
            let place = &program.places[pc as usize];
            for span in [&place.span, &place.statement] {
                let range = span.start as usize..span.end as usize;
                assert!(text.get(range).is_some_and(|words| !words.is_empty()), "{op:?} {span:?}");
            }
            if let Some((to, register)) = program.landings.get(&pc) {
                assert!(code.contains(to) && *register < registers);
            }
        }
    }
    let shown = program.texts.iter().flat_map(|text| &text.parts).filter_map(|part| match part {
        TextPart::Value(glance, _) => Some(glance),
        TextPart::Words(_) => None,
    });
    for glance in program.conditions.iter().map(|condition| &condition.glance).chain(shown) {
        for pc in glance.code.clone() {
            let op = &program.code[pc as usize];
            assert!(op.follows(pc).all(|to| glance.code.start <= to && to <= glance.code.end));
            assert!(op.uses().chain(op.sets()).all(|register| register < glance.registers));
            assert!(program.classes.iter().all(|class| !class.code.contains(&pc)));
        }
        let result_is_there = glance.result < glance.registers;
        assert!(result_is_there, "{glance:?}");
    }
    for class in &program.classes {
        for local in &class.locals {
            assert!(local.register < class.registers && local.scope.start <= local.scope.end);
        }
        for hidden in &class.hidden {
            assert!(text.get(hidden.start as usize..hidden.end as usize).is_some());
        }
    }
}
