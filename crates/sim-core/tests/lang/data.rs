//! Databases: texts that must be taken, and what becomes of a few transactions.

use super::corpus::{all_values, said, texts, whole};
use sim_core::{
    lang::{Values, check, format},
    program::{Op, Program, listing},
};
use std::{fs, path::Path};

#[test]
fn texts_on_data_become_programs_under_all_parameters() {
    let texts = texts("data");
    assert!(texts.len() >= 20);
    for (name, text) in texts {
        assert_eq!(said(&text), [""; 0], "{name}");
        let scenario = check(&text).scenario.expect("without diagnostics there is a scenario");
        for values in all_values(&scenario) {
            let program = scenario.bind(&values).unwrap_or_else(|e| panic!("{name}: {e:?}"));
            whole(&program, &text);
            statements_find_their_rows_apart(&program);
        }
        let laid_out = format(&text).expect("its brackets pair");
        assert_eq!(format(&laid_out).as_ref(), Ok(&laid_out), "{name}");
        assert!(check(&laid_out).scenario.is_some(), "{name}");
    }
}

/// Where `where` and `set` find a row, nothing that is in use lies.
fn statements_find_their_rows_apart(program: &Program) {
    for op in &program.code {
        let Op::Query { query, first, values, key, .. } = *op else { continue };
        let statement = &program.queries[query as usize];
        let row = statement.row..statement.row + 1 + program.columns(statement.table);
        for glance in statement.glances() {
            assert!(glance.registers >= row.end, "{op:?}");
            assert!(glance.result < glance.registers);
            for pc in glance.code.clone() {
                let read = &program.code[pc as usize];
                assert!(read.sets().all(|register| register >= row.end), "{read:?} of {op:?}");
                assert!(!read.is_touch(), "{read:?} of {op:?}");
            }
            let given = (first..first + values).chain(key);
            assert!(given.into_iter().all(|register| !row.contains(&register)), "{op:?}");
            assert!(program.uses(op).iter().all(|register| !row.contains(register)), "{op:?}");
        }
    }
}

#[test]
fn transactions_become_these_instructions() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/listings");
    for (name, text) in texts("listings") {
        let Some(stem) = name.strip_suffix(".lockstep") else { continue };
        assert_eq!(said(&text), [""; 0], "{name}");
        let scenario = check(&text).scenario.expect("without diagnostics there is a scenario");
        let program = scenario.bind(&Values::default()).expect("it binds with its defaults");
        whole(&program, &text);
        let found = listing(&program);
        let golden = folder.join(format!("{stem}.txt"));
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&golden, &found).expect("the listing can be written");
            continue;
        }
        let expected = fs::read_to_string(&golden).unwrap_or_default();
        assert!(found == expected, "{name} becomes\n{found}");
    }
}

#[test]
fn what_only_a_parameter_makes_wrong_is_told_when_it_is_chosen() {
    let text = "scenario \"x\"\nparam from: choice = leader of leader, replica\n\
                database bank (replicas: 1) { table t = { 1: 1 } }\n\
                process p { transaction bank (on: from) { write() } }\n\
                routine write() { update t set value = 2 }\n";
    let scenario = check(text).scenario.expect("nothing is wrong with it as it is");
    let mut values = Values::default();
    values.set(scenario.params(), "from", "replica").expect("it is one of its values");
    let wrong = scenario.bind(&values).expect_err("a replica only answers reads");
    let codes: Vec<_> = wrong.iter().map(|one| one.code.to_string()).collect();
    assert_eq!(codes, ["E0766"]);
}
