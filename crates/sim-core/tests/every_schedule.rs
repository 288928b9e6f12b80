//! The explorer against plain enumeration: small programs made at random, every schedule walked
//! one by one with nothing merged, and all numbers compared.

use proptest::prelude::*;
use sim_core::explore::{Report, explore};
use sim_core::lang::{Values, check};
use sim_core::machine::{End, Machine, NoWatch, State};
use sim_core::program::{Program, PromiseKind, Shape};
use std::collections::BTreeMap;

/// More schedules than this are not walked.
const WALKED_MAX: u64 = 20_000;

#[derive(Default, Debug)]
struct Walked {
    schedules: u64,
    failing: u64,
    broken: Vec<u64>,
    /// For each promise the steps of the shortest way to break it.
    nearest: Vec<Option<u32>>,
    deadlocked: u64,
    stuck: u64,
    outcomes: BTreeMap<Vec<String>, u64>,
}

struct Walk<'a> {
    machine: &'a Machine,
    seen: Walked,
}

impl Walk<'_> {
    /// False when there are too many schedules.
    fn from(&mut self, state: &State, depth: u32, broken: &[bool]) -> bool {
        let program = self.machine.program();
        let mut broken = broken.to_vec();
        for (index, promise) in program.promises.iter().enumerate() {
            if promise.kind == PromiseKind::Always && self.machine.judge(index, state) != Ok(true) {
                broken[index] = true;
                self.note(index, depth);
            }
        }
        let choices: Vec<_> = self.machine.choices(state);
        for &choice in &choices {
            let mut next = state.clone();
            self.machine.apply(&mut next, choice, &mut NoWatch);
            if !self.from(&next, depth + 1, &broken) {
                return false;
            }
        }
        if choices.is_empty() {
            self.end(state, depth, broken);
        }
        self.seen.schedules <= WALKED_MAX
    }

    fn note(&mut self, promise: usize, depth: u32) {
        let nearest = &mut self.seen.nearest[promise];
        *nearest = Some(nearest.map_or(depth, |known| known.min(depth)));
    }

    fn end(&mut self, state: &State, depth: u32, mut broken: Vec<bool>) {
        let program = self.machine.program();
        for (index, promise) in program.promises.iter().enumerate() {
            if promise.kind == PromiseKind::Finally && self.machine.judge(index, state) != Ok(true)
            {
                broken[index] = true;
                self.note(index, depth);
            }
        }
        let end = self.machine.end(state).expect("nothing can happen");
        let seen = &mut self.seen;
        seen.schedules += 1;
        seen.deadlocked += u64::from(matches!(end, End::Deadlock(_)));
        seen.stuck += u64::from(matches!(end, End::Stuck(_)));
        seen.failing += u64::from(broken.contains(&true) || end != End::Complete);
        for (count, broken) in seen.broken.iter_mut().zip(broken) {
            *count += u64::from(broken);
        }
        let mut row = Vec::new();
        for (id, shared) in program.shared.iter().enumerate() {
            if shared.kind.word() != "lock" {
                let values = state.elements(self.machine.layout(), id as u32);
                row.extend(values.iter().map(i64::to_string));
            }
        }
        row.push((end != End::Complete).to_string());
        *seen.outcomes.entry(row).or_default() += 1;
    }
}

fn walk(program: &Program) -> Option<Walked> {
    let machine = Machine::with_shape(program.clone(), Shape { all_counters: true, bounded: true });
    let promises = program.promises.len();
    let seen =
        Walked { broken: vec![0; promises], nearest: vec![None; promises], ..Walked::default() };
    let mut walk = Walk { machine: &machine, seen };
    let start = machine.start(&mut NoWatch);
    walk.from(&start, 0, &vec![false; promises]).then_some(walk.seen)
}

fn number(text: &str) -> u64 {
    text.parse().expect("a small number")
}

fn compare(report: &Report, walked: &Walked) {
    assert_eq!(number(&report.schedules.number), walked.schedules);
    assert_eq!(number(&report.failing.number), walked.failing);
    for (promise, &count) in walked.broken.iter().enumerate() {
        let found = report.broken.iter().find(|broken| broken.promise as usize == promise);
        assert_eq!(found.map_or(0, |broken| number(&broken.found.schedules.number)), count);
        let steps = found.map(|broken| broken.found.shortest.len() as u32);
        assert_eq!(steps, walked.nearest[promise], "the shortest way to break promise {promise}");
    }
    let count = |found: &Option<sim_core::explore::Found>| {
        found.as_ref().map_or(0, |f| number(&f.schedules.number))
    };
    assert_eq!(count(&report.deadlocks), walked.deadlocked);
    assert_eq!(count(&report.stuck), walked.stuck);
    let rows: BTreeMap<Vec<String>, u64> = report
        .outcomes
        .iter()
        .map(|row| {
            let mut values: Vec<String> = row.values.iter().map(|(_, v)| v.clone()).collect();
            values.push(row.stuck.to_string());
            (values, number(&row.schedules.number))
        })
        .collect();
    assert_eq!(rows, walked.outcomes);
}

fn statement(depth: u32) -> BoxedStrategy<String> {
    let simple = prop_oneof![
        Just("x = y".to_owned()),
        Just("x += 1".to_owned()),
        Just("y = self".to_owned()),
        Just("copy()".to_owned()),
        Just("cell[self] = x".to_owned()),
        Just("x = cell[y]".to_owned()),
        Just("hits += 1".to_owned()),
        Just("seen += x".to_owned()),
        Just("work 1ms".to_owned()),
        Just("acquire m".to_owned()),
        Just("release m".to_owned()),
        Just("stop".to_owned()),
        Just("add(2)".to_owned()),
        Just("atomic { x += 1; y -= 1 }".to_owned()),
        Just("atomic { if x > y { stop } }".to_owned()),
    ];
    if depth == 0 {
        return simple.boxed();
    }
    let block = || prop::collection::vec(statement(depth - 1), 0..3).prop_map(|all| all.join("\n"));
    prop_oneof![
        6 => simple,
        1 => block().prop_map(|body| format!("with m {{\n{body}\n}}")),
        1 => block().prop_map(|body| format!("with n[self] {{\n{body}\n}}")),
        1 => block().prop_map(|body| format!("if x > y {{\n{body}\n}}")),
        1 => (block(), block())
            .prop_map(|(yes, no)| format!("if y == 1 or x == 0 {{\n{yes}\n}} else {{\n{no}\n}}")),
        1 => block().prop_map(|body| format!("repeat 2 {{\n{body}\n}}")),
    ]
    .boxed()
}

fn text() -> impl Strategy<Value = String> {
    let body = || prop::collection::vec(statement(2), 1..4).prop_map(|all| all.join("\n"));
    (body(), body(), 1u32..3).prop_map(|(one, other, count)| {
        format!(
            "scenario \"made\"\nvar x = 0, y = 1\nvar cell[2] = 1\ncounter hits, seen\nlock m\n\
             lock n[2]\nprocess p * {count} {{\n{one}\n}}\nprocess q {{\n{other}\n}}\n\
             routine copy() {{\nlet a = x\ny = a + 1\n}}\nroutine add(by) {{\nlet before = x\nx = before + by\n}}\n\
             always x < 3 \"small\"\nfinally x + y >= hits\nfinally cell[1] == 1\n"
        )
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_explorer_agrees_with_walking_every_schedule(text in text()) {
        let checked = check(&text);
        let scenario = checked.scenario.unwrap_or_else(|| panic!("{text}\n{:?}", checked.diagnostics));
        let program = scenario.bind(&Values::defaults(scenario.params())).expect("it binds");
        if let Some(walked) = walk(&program) {
            let report = explore(&program);
            prop_assert!(report.complete && report.schedules.exact, "{text}");
            compare(&report, &walked);
        }
    }
}
