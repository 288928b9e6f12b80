//! Small programs made at random, of every construct.

use proptest::prelude::*;
use proptest::strategy::Union;

/// What stands before the processes of every program made.
const DECLARED: &str = "\
var x = 0, y = 1
var cell[2] = 1
var under[] = 0
counter hits, sum
lock m
lock n[2]
lock file (lease: 5s)
rwlock page
semaphore pool (permits: 1)
semaphore door (permits: 1, when_full: reject)
semaphore desk (permits: 1, max_wait: 1s)
condition c (lock: m)
routine copy() { let a = x; y = a + 1 }
routine add(by) { let before = x; x = before + by }
routine lose() { fail lost }
routine early() { if x > 0 { return }; x = 1 }
routine guarded() { with m { return x } }
routine give_up() { fail gone \"with {x}\" }
";

const SIMPLE: &[&str] = &[
    "x = y",
    "x += 1",
    "y = self",
    "copy()",
    "cell[self] = x",
    "x = cell[y]",
    "hits += 1",
    "sum += x",
    "work 1ms",
    "sleep exp(2ms)",
    "stop",
    "add(2)",
    "outcome fine",
    "note \"x is {x}\"",
    "record size = x",
    "under[self] = x",
    "y = under[1]",
    "under[1] += 1",
    "assert x < 2 \"x is {x}\"",
    "assert file.mine",
    "x = m.busy",
    "y = m.waiting + pool.busy",
    "fail lost",
    "lose()",
    "give_up()",
    "early()",
    "x = 2 / x",
    "while true { if x > 1 { break }; x += 1; if y == 0 { continue }; y -= 1 }",
    "match y { 0 => x = 1; 1 => { x += y }; else => stop }",
    "if all i in 1..2: cell[i] > 0 { hits += 1 }",
];

const WAITING: &[&str] = &[
    "acquire m",
    "release m",
    "y = guarded()",
    "acquire n[y]",
    "release n[self]",
    "acquire page.read",
    "release page.read",
    "acquire page.write",
    "release page.write",
    "acquire pool",
    "release pool",
    "acquire door",
    "release desk",
    "if true { acquire file as late#; x = late# }",
    "wait c",
    "notify c",
    "notify all c",
    "with m { wait c }",
    "with m { while y == 0 { wait c } }",
    "with m { y = 0; notify c }",
    "wait until x > 0",
    "wait until y == 1 or pool.busy == 0",
    "atomic { wait until y > 0; y -= 1 }",
    "atomic { wait until x < 2; x += 1; if chance(50%) { stop } }",
];

const DRAWING: &[&str] = &[
    "x = any(1..2)",
    "if true { let d# = any(1..3); y = d# }",
    "if chance(50%) { x += 1 }",
    "if chance(0%) { x = 9 }",
    "choose { y = 0 } or { }",
    "choose { fail lost } or { x = 2 } or { }",
    "atomic { choose { x = 1 } or { y = 2; let d# = any(1..2); x = d# } }",
    "atomic { notify c; x += 1 }",
    "spawn copy()",
    "spawn add(self)",
    "spawn lose()",
];

const IN_ONE_STEP: &[&str] = &[
    "atomic { x += 1; y -= 1 }",
    "atomic { if x > y { stop } }",
    "atomic { }",
    "atomic if y == 1 { x += 1 }",
    "atomic { try { x = 3; fail lost } catch lost { y = 3 } }",
    "atomic { x = 1; fail gone }",
];

/// Blocks with a body.
const AROUND: &[(&str, &str)] = &[
    ("with m {", "}"),
    ("with n[self] {", "}"),
    ("with m, n[1] {", "}"),
    ("with n[1], n[2] {", "}"),
    ("with n[2], n[1] {", "}"),
    ("with n[self], n[3 - self] {", "}"),
    ("with n[self], m, n[3 - self] {", "}"),
    ("with n[2] if x == 0, m {", "}"),
    ("with page.read {", "}"),
    ("with page.write {", "}"),
    ("with pool {", "}"),
    ("with door {", "}"),
    ("with desk {", "}"),
    ("with file as token# {\nx = token#", "}"),
    ("with file {\nlet mine# = file.mine\nassert mine#", "}"),
    ("with file as token# if y == 1 {\nif token# == 2 { y = 2 }", "}"),
    ("try {", "} catch lost { y = 0 }"),
    ("try {", "} catch rejected, timeout { x += 1 }"),
    ("try {", "} catch gone { hits += 1 } catch as e {\nif e == lost { y = 2 }\nfail e\n}"),
    ("try {", "} catch { y = 3 }"),
    ("retry (attempts: 2) {", "}"),
    ("retry (attempts: 2, on: lost, rejected, backoff: full) {", "}"),
    ("retry (attempts: 3, on: timeout) {", "fail timeout }"),
    ("within 1s {", "}"),
    ("within 1s if x == 0 {", "}"),
    ("try { within 1s {", "} } catch timeout { y = 4 }"),
    ("within 2s { try { within 1s {", "} } catch timeout { hits += 1 } }"),
    ("choose {", "} or { y = 0 }"),
    ("if chance(50%) {", "}"),
    ("if x > y {", "}"),
    ("if y == 1 or x == 0 {", "} else { x = 2 }"),
    ("repeat 2 {", "}"),
    ("for i# in 1..2 {\ncell[i#] = x", "}"),
    ("while x < 1 {", "}"),
];

const COMING: &[&str] = &[
    "process p",
    "process p * 2",
    "process p every 1s times 2",
    "process p every 1s",
    "process p every 1s times 1",
    "process p again after 1s times 2",
    "process p * 2 again after 1s times 1",
    "process p again after 1s",
    "process p forever",
];

const BESIDE: &[&str] = &[
    "process q",
    "process q",
    "process q",
    "process q * 2",
    "process q forever",
    "process q every 1s times 1",
    "process q again after 1s",
];

const GOING_WRONG: &[&str] = &[
    "",
    "",
    "",
    "",
    "fault crash p anytime",
    "fault crash q anytime for 1s",
    "fault crash p anytime for 1s at most 2",
    "fault crash p[1] at 3s",
    "fault pause q anytime for 1s",
    "fault pause p from 1s to 2s",
    "fault crash p anytime for 1s\nfault pause p anytime for 1s",
];

const PROMISED: &[&str] = &[
    "always x < 3 \"small\"",
    "finally x + y >= hits",
    "finally cell[1] == 1",
    "always pool.busy + page.busy <= 1",
    "always m.waiting < 1",
    "always n[2].busy == 0 or m.busy == 0",
    "finally under[1] == 0 and sum < 2",
    "finally y / x < 2",
];

fn one_of(list: &'static [&'static str]) -> BoxedStrategy<String> {
    prop::sample::select(list).prop_map(str::to_owned).boxed()
}

fn statement(depth: u32) -> BoxedStrategy<String> {
    let simple = prop_oneof![
        6 => one_of(SIMPLE), 4 => one_of(WAITING), 2 => one_of(DRAWING), 1 => one_of(IN_ONE_STEP)
    ];
    // No name may be declared twice: those within a block end in its depth.
    let numbered = move |text: &str| text.replace('#', &depth.to_string());
    let simple = simple.prop_map(move |text| numbered(&text));
    if depth == 0 {
        return simple.boxed();
    }
    let block = (prop::sample::select(AROUND), body(depth - 1, 0..3))
        .prop_map(move |((before, after), body)| format!("{}\n{body}\n{after}", numbered(before)));
    Union::new_weighted(vec![(1, simple.boxed()), (1, block.boxed())]).boxed()
}

fn body(depth: u32, length: std::ops::Range<usize>) -> BoxedStrategy<String> {
    prop::collection::vec(statement(depth), length).prop_map(|all| all.join("\n")).boxed()
}

/// How far to look: narrow, and now and then only so many steps.
fn bounds() -> impl Strategy<Value = String> {
    let depth = prop_oneof![5 => Just(200u32), 1 => 2u32..8];
    (1u32..3, 0u32..3, 0u32..3, depth).prop_map(|(arrivals, timeouts, crashes, depth)| {
        format!(
            "explore (arrivals: {arrivals}, timeouts: {timeouts}, crashes: {crashes}, depth: {depth})"
        )
    })
}

/// A scenario.
pub(crate) fn text() -> impl Strategy<Value = String> {
    prop_oneof![3 => anything(), 2 => plain()]
}

/// A scenario in which anything may happen.
fn anything() -> impl Strategy<Value = String> {
    let promises = prop::sample::subsequence(PROMISED, 1..4).prop_map(|all| all.join("\n"));
    let processes = (one_of(COMING), body(2, 1..4), one_of(BESIDE), body(2, 0..3));
    let rest = (one_of(GOING_WRONG), promises, bounds());
    (processes, rest).prop_map(|((coming, one, beside, other), (wrong, promises, bounds))| {
        let is_numbered = coming.contains('*') || coming.contains("every");
        let wrong = if is_numbered { wrong } else { wrong.replace("p[1]", "p") };
        format!(
            "scenario \"made\"\n{DECLARED}{coming} {{\n{one}\n}}\n{beside} {{\n{other}\n}}\n\
             {wrong}\n{promises}\n{bounds}\n"
        )
    })
}

/// Statements of programs in which nothing happens but steps: those in which searches leave out
/// the most. No counter is set to a value: walking does not tell counters apart, and would take the
/// first time round a circle for progress where later ones change nothing.
const PLAIN: &[&str] = &[
    "x += 1",
    "y += 1",
    "x = y",
    "z = 1",
    "z += 1",
    "cell[1] += 1",
    "cell[2] = x",
    "cell[self] += 1",
    "work 1ms",
    "sleep 1ms",
    "hits += 1",
    "sum += z",
    "assert z < 2",
    "stop",
    "fail lost",
    "outcome fine",
    "y = m.busy",
    "acquire m",
    "release m",
    "acquire n[1]",
    "acquire n[2]",
    "release n[1]",
    "wait until z > 0",
    "with m { wait c }",
    "with m { z = 1; notify c }",
    "notify all c",
    "atomic { wait until y > 0; y -= 1 }",
    "atomic { x += 1; y += 1 }",
    "if chance(50%) { x += 1 }",
    "choose { y = 0 } or { z = 2 }",
    "while y == 0 { }",
    "while z < 2 { z += 1 }",
    "while true { work 1ms; if z > 0 { break } }",
    "while true { with m { z = 1 - z } }",
    "own_# = 1",
    "own_# += 1",
    "own_# = 0",
    "atomic { own_# += 1; z += 1 }",
    "seen_# += 1",
    "while own_# < 2 { own_# += 1 }",
    "with n[2] { own_# += 1 }",
    "while true { repeat 2 { z = 1 } }",
    "while true { for i in 1..2 { if i == 2 { break }; own_# = 1 } }",
];

const PLAIN_AROUND: &[(&str, &str)] = &[
    ("with m {", "}"),
    ("with n[1] {", "}"),
    ("with n[2] {", "}"),
    ("with n[self], n[3 - self] {", "}"),
    ("with n[1], n[2] {", "}"),
    ("with page.read {", "}"),
    ("with page.write {", "}"),
    ("with pool {", "}"),
    ("with door {", "}"),
    ("try {", "} catch { z = 3 }"),
    ("if x > y {", "} else { y = 1 }"),
    ("repeat 2 {", "}"),
    ("while x < 1 {", "}"),
];

const PLAIN_COMING: &[&str] =
    &["", "", " * 2", " * 2", " * 3", " forever", " * 2 forever", " again after 1s times 2"];

const PLAIN_PROMISED: &[&str] = &[
    "",
    "always x < 3",
    "always z < 2",
    "finally x + y >= hits",
    "finally cell[1] < 3",
    "always n[2].busy == 0 or m.busy == 0",
    "always own_p + own_q < 2",
    "finally own_p <= own_r",
    "always seen_p + seen_q < 2",
];

fn plain_process(name: &'static str) -> impl Strategy<Value = String> {
    let around = (prop::sample::select(PLAIN_AROUND), prop::collection::vec(one_of(PLAIN), 0..3));
    let around = around
        .prop_map(|((before, after), body)| format!("{before}\n{}\n{after}", body.join("\n")));
    let statement = prop_oneof![3 => one_of(PLAIN), 2 => around.boxed()];
    let body = prop::collection::vec(statement, 1..4);
    (one_of(PLAIN_COMING), body).prop_map(move |(coming, body)| {
        let body = body.join("\n").replace('#', name);
        format!("process {name}{coming} {{\n{body}\n}}\n")
    })
}

fn plain() -> impl Strategy<Value = String> {
    let promises = prop::sample::subsequence(PLAIN_PROMISED, 1..3).prop_map(|all| all.join("\n"));
    let third = prop_oneof![2 => Just(String::new()), 1 => plain_process("r")];
    let depth = prop_oneof![8 => Just(200u32), 1 => 2u32..8];
    (plain_process("p"), plain_process("q"), third, promises, depth).prop_map(
        |(one, other, third, promises, depth)| {
            let declared = DECLARED.replace("y = 1\n", "y = 1, z = 0\n")
                + "var own_p = 0, own_q = 0, own_r = 0\ncounter seen_p, seen_q, seen_r\n";
            format!(
                "scenario \"made\"\n{declared}{one}{other}{third}{promises}\n\
                 explore (depth: {depth})\n"
            )
        },
    )
}

/// Every piece that programs are made of, up to a name's number, to see that each was met.
pub(crate) fn pieces() -> Vec<String> {
    let lines =
        [SIMPLE, WAITING, DRAWING, IN_ONE_STEP, PLAIN].concat().into_iter().map(str::to_owned);
    let around = AROUND.iter().map(|(before, _)| (*before).to_owned());
    let coming = [COMING, BESIDE].concat().into_iter().map(|coming| format!("{coming} {{"));
    let rest = [GOING_WRONG, PROMISED].concat().into_iter().map(|line| format!("{line}\n"));
    let all = lines.chain(around).chain(coming).chain(rest);
    all.map(|piece| piece.split('#').next().unwrap_or_default().to_owned()).collect()
}
