//! Small programs with messages made at random: every schedule walked, and all numbers compared with
//! what the explorer finds.
//!
//! `MESSAGES=20000 cargo test -p sim-core --test messages made` tries so many, new ones each time.

use super::compare;
use super::walk::{self, Kind, Walked};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use sim_core::explore::{Ceiling, Explorer, Options};
use sim_core::lang::{Values, check};
use std::cell::{Cell, RefCell};

/// Kinds of findings that some walk must have met.
const MET: &[&str] = &[
    "nothing fails",
    "some fail and some do not",
    "a broken promise",
    "stuck",
    "a circle that can be left",
    "timeouts",
    "a hundred schedules",
];

const QUEUES: &[&str] = &[
    "visibility: none",
    "visibility: 5s",
    "visibility: 5s, max_attempts: 1",
    "visibility: 5s, max_attempts: 2, dead_letter: dead",
    "visibility: none, max_attempts: 2, dead_letter: dead",
    "capacity: 1, when_full: reject",
    "capacity: 1, when_full: block",
    "capacity: 1, when_full: drop_newest",
    "capacity: 1, when_full: drop_oldest, visibility: none",
    "delivery: at_most_once",
    "visibility: none, duplicates: 10%",
    "visibility: none, backoff: fixed, delay: 1s",
    "from: t, visibility: none",
    "from: t, capacity: 1, when_full: block, visibility: none",
];

const LINKS: &[&str] = &[
    "",
    "",
    "link s -> q (latency: 1ms)",
    "link s -> q (latency: 1ms, fifo: true)",
    "link s -> q (loss: 10%)",
    "link s -> l (duplicates: 10%)",
    "link s -> t (loss: 10%)",
];

const FAULTS: &[&str] = &[
    "",
    "",
    "fault crash w anytime at most 1",
    "fault crash w anytime for 1s at most 1",
    "fault crash s anytime for 1s at most 1",
    "fault pause w anytime for 1s at most 1",
    "fault fail q 50%",
    "fault crash g1 anytime for 1s at most 1",
];

const SENDS: &[&str] = &[
    "send 1 to q",
    "send self to q",
    "send 2 to t",
    "send 3 to l",
    "send 1 to l key 1",
    "send 2 to l key 2",
    "send 5 to r",
    "let o# = send 6 to k",
    "try { send 2 to q } catch rejected { x += 1 }",
    "try { send 2 to t } catch rejected, unavailable { x = 5 }",
    "atomic { send 1 to r; send 2 to r }",
    "send 9 to r after 1s",
    "x = q.length",
    "x = k.next",
    "x = g.lag",
];

const WORKS: &[&str] = &[
    "x = m",
    "x += m",
    "hits += 1",
    "if m == 1 { fail odd }",
    "if m == 2 { stop }",
    "if m == 2 { return }",
    "assert attempt(m) < 2",
    "fail poison",
    "send m to r",
    "work 1ms",
    "with lone { x = m }",
    "try { fail inner } catch inner { hits += 1 }",
    "if chance(50%) { fail unlucky }",
];

const OTHERS: &[&str] = &[
    "process v { let m = receive q; x = m; ack m }",
    "process v { let m = receive r; nack m; let n = receive r within 1s; ack n }",
    "process v { try { let m = receive r within 1s; x = m; ack m; ack m } catch timeout { hits += 1 } }",
    "process v { receive r as m { x = m; if m == 5 { fail five } } }",
    "process v { follow k from 1 as e { x = e; if e == 6 { stop } } }",
    "process v { try { follow k from k.next as e { hits += e } } catch gone { x = 8 } }",
    "process v receive r as m { hits += m }",
    "process v { let m = receive q }",
];

const PROMISES: &[&str] = &[
    "always q.accepted == q.acked + q.dead + q.dropped + q.length + q.inflight",
    "finally q.length == 0",
    "finally x != 5",
    "finally hits < 2",
    "finally q.delivered >= q.acked and q.late_acks == 0",
    "always x < 3",
    "finally g.lag == 0",
];

const GROUPS: &[&str] = &[
    "",
    "",
    "process g1 receive g as e { x = e }",
    "process g1 * 2 receive g as e { hits += e }",
    "process g1 receive g as e { if e == 2 { fail two }; hits += 1 }",
];

fn one_of(from: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    proptest::sample::select(from)
}

fn some_of(from: &'static [&'static str], most: usize) -> impl Strategy<Value = Vec<&'static str>> {
    proptest::collection::vec(one_of(from), 0..=most)
}

fn text() -> impl Strategy<Value = String> {
    let things = (
        one_of(QUEUES),
        one_of(LINKS),
        one_of(FAULTS),
        one_of(OTHERS),
        one_of(GROUPS),
        one_of(&["after", "before"]),
        one_of(&["partitions: 1", "partitions: 2", "partitions: 2, keep: 1"]),
    );
    let bodies = (some_of(SENDS, 3), some_of(WORKS, 2), some_of(PROMISES, 2));
    let counts = (1..=2_u32, 1..=2_u32, 0..=1_u32, 0..=1_u32, 0..=1_u32, any::<bool>());
    (things, bodies, counts).prop_map(|(things, bodies, counts)| {
        let (queue, link, fault, other, group, commit, log) = things;
        let (sends, works, promises) = bodies;
        let (senders, workers, timeouts, losses, duplicates, other_too) = counts;
        let fault = if group.is_empty() && fault.contains("g1") { "" } else { fault };
        let other = if other_too { other } else { "" };
        let end = link.split(" -> ").nth(1).and_then(|end| end.split(' ').next());
        let used = |end: &str| sends.iter().any(|send| send.contains(&format!("to {end}")));
        let link = if end.is_some_and(|end| end != "q" && !used(end)) { "" } else { link };
        let works = works.join("\n");
        let works = if works.is_empty() { "work 1ms".to_owned() } else { works };
        let mut sends = sends.join("\n");
        while let Some(at) = sends.find('#') {
            sends.replace_range(at..=at, &at.to_string());
        }
        let promises = promises.join("\n");
        format!(
            "scenario \"made\"\nparam extra: bool = false\nvar x = 0\ncounter hits\nlock lone\ntopic t\nqueue dead\nqueue q ({queue})\nqueue r (visibility: none)\nqueue u (from: t, visibility: none)\nlog l ({log})\nlog k (keep: 1)\ngroup g (from: l, commit: {commit}, session: 1s)\nprocess s * {senders} {{ {sends}\nsend 1 to q\n}}\nprocess w * {workers} receive q as m {{ {works}\n}}\nprocess first if extra {{ send 0 to r; send 0 to k; send 0 to l; send 0 to t; send 0 to dead }}\n{other}\n{group}\n{link}\n{fault}\n{promises}\nexplore (timeouts: {timeouts}, losses: {losses}, duplicates: {duplicates}, crashes: 1)\n"
        )
    })
}

#[test]
fn the_explorer_agrees_with_walking_every_schedule() {
    let cases: Option<u32> = std::env::var("MESSAGES").ok().and_then(|cases| cases.parse().ok());
    let config =
        Config { cases: cases.unwrap_or(400), failure_persistence: None, ..Config::default() };
    let mut runner = match cases {
        Some(_) => TestRunner::new(config),
        None => TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha)),
    };
    let (tried, walked) = (Cell::new(0), Cell::new(0));
    let mut pieces: Vec<&str> = Vec::new();
    for list in [QUEUES, LINKS, FAULTS, WORKS, OTHERS, PROMISES, GROUPS] {
        pieces.extend(list.iter().filter(|piece| !piece.is_empty()));
    }
    let missing = RefCell::new(pieces);
    // Deadlocks, depth and arrivals are not made here.
    let kinds = Walked::KINDS.iter().copied().filter(|(kind, _)| MET.contains(kind));
    let unmet = RefCell::new(kinds.collect::<Vec<Kind>>());
    let result = runner.run(&text(), |text| {
        tried.set(tried.get() + 1);
        let found = compared(&text).map_err(|why| TestCaseError::fail(format!("{why}\n{text}")))?;
        if let Some(found) = found {
            unmet.borrow_mut().retain(|(_, is_met)| !is_met(&found));
            walked.set(walked.get() + 1);
            missing.borrow_mut().retain(|piece| !text.contains(piece));
        }
        Ok(())
    });
    if let Err(difference) = result {
        panic!("{difference}");
    }
    println!("walked {} of {}", walked.get(), tried.get());
    assert_eq!(*missing.borrow(), Vec::<&str>::new(), "these were in no program walked");
    let unmet: Vec<&str> = unmet.borrow().iter().map(|(kind, _)| *kind).collect();
    assert_eq!(unmet, Vec::<&str>::new(), "nothing of these kinds was walked");
    assert!(8 * walked.get() > tried.get(), "walked {} of {}", walked.get(), tried.get());
}

/// What walking found, where a program was small enough to be walked.
fn compared(text: &str) -> Result<Option<Walked>, String> {
    let checked = check(text);
    let scenario = checked.scenario.ok_or_else(|| format!("{:?}", checked.diagnostics))?;
    let program =
        scenario.bind(&Values::defaults(scenario.params())).map_err(|why| format!("{why:?}"))?;
    let Some(walked) = walk::walk(&program, 6_000) else { return Ok(None) };
    for symmetry in [true, false] {
        let mut explorer = Explorer::with(
            &program,
            Options { symmetry, reduction: symmetry, ..Options::default() },
        );
        while !explorer.advance(usize::MAX) {}
        let found = explorer.report();
        if !found.complete {
            // What sends for ever meets the ceiling of a queue.
            return match found.stopped {
                Some(Ceiling::Room) => Ok(None),
                stopped => Err(format!("the search stopped: {stopped:?}")),
            };
        }
        let told = |why| format!("symmetry {symmetry}: {why}");
        compare::differ(&found, &walked).map_err(told)?;
        if symmetry {
            compare::follow(&program, text, &found).map_err(told)?;
            compare::from_moments(&program, &found).map_err(told)?;
            let options = Options { count: false, ..Options::default() };
            let mut explorer = Explorer::with(&program, options);
            while !explorer.advance(usize::MAX) {}
            compare::same_verdict(&explorer.report(), &found).map_err(told)?;
        }
    }
    Ok(Some(walked))
}
