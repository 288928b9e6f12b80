//! Records as arguments, answers and locals, and in maps, where they are written in one step.

use super::support::{agrees, counts, explored, mistakes, run, shown};
use sim_core::explore::Verdict;

/// An idempotent payment; one that keeps its record in two steps; one that keeps none.
const PAY: &str = "\
param memory: choice = one_step of no_key, two_steps, one_step
counter charged, paid, gave_up
var answers[] = none
service bank (workers: 4) {
  on pay(key, amount) {
    if memory == no_key {
      charged += 1
      return { charged: amount }
    }
    atomic if memory == one_step {
      let known = answers[key]
      if known != none { return known }
      charged += 1
      answers[key] = { charged: amount }
    }
    return answers[key]
  }
}
link client -> bank (latency: exp(20ms))
link bank -> client (latency: exp(20ms), loss: 30%)
process client {
  try {
    retry (attempts: 3, backoff: full, delay: 100ms, cap: 2s, on: timeout) {
      let answer = call bank.pay(7, 80) within 200ms
      if answer.charged == 80 { paid += 1 }
    }
  }
  catch timeout { gave_up += 1 }
}
always charged <= 1
finally paid + gave_up == 1
explore (losses: 1, timeouts: 2, depth: 120)";

#[test]
fn a_record_kept_in_one_step_pays_once() {
    assert_eq!(explored(PAY, &[("memory", "one_step")]).verdict, Verdict::Holds);
    for memory in ["no_key", "two_steps"] {
        let report = explored(PAY, &[("memory", memory)]);
        assert_eq!(report.verdict, Verdict::Broken, "{memory}");
        let broken: Vec<_> = report.broken.iter().map(|one| one.promise).collect();
        assert_eq!(broken, [0], "{memory}: only what must always hold");
    }
}

#[test]
fn records_go_where_values_go() {
    let body = "\
var kept[] = none
var ok = 0
routine pair(a, b) { return { small: a, great: b } }
routine double(p) { return { great: p.great * 2, small: p.small * 2 } }
service bank {
  on pay(order) {
    let known = kept[order.id]
    if known != none { return known }
    let made = { charged: order.amount, id: order.id }
    kept[order.id] = { id: made.id, charged: made.charged }
    return kept[order.id]
  }
  on twice(n) {
    if n == 0 { return none }
    return pair(n, n * 2)
  }
}
routine later(r) { if r.great == 9 { ok += 1 } }
process client {
  let a = call bank.pay({ id: 3, amount: 80 })
  if a.charged == 80 and a.id == 3 { ok += 1 }
  let o = { amount: 20, id: 3 }
  a = call bank.pay(o)
  if a.charged == 80 { ok += 1 }
  let c = call bank.twice(0)
  if c == none { ok += 1 }
  c = call bank.twice(4)
  if c != none and c.small == 4 and kept[3].charged == 80 { ok += 1 }
  let e = none
  if e == none { ok += 1 }
  e = pair(1, 2)
  e = { great: e.small, small: e.great }
  let f = double(e)
  if f.great == 2 and f.small == 4 { ok += 1 }
  spawn later({ great: 9, small: 0 })
  bare()
}
routine bare() { call bank.twice(1); pair(1, 1) }
finally ok == 7
finally kept[3] != none and kept[3].charged == 80
finally kept[9] == none";
    let report = explored(body, &[]);
    assert_eq!(report.verdict, Verdict::Holds, "{report:?}");
    let mut session = run(body, &[], 1);
    assert_eq!(shown(&mut session, "kept[3]"), "{ id: 3, charged: 80 }");
    assert_eq!(shown(&mut session, "ok"), "7");
}

#[test]
fn a_record_of_nothing_but_none_is_still_a_record() {
    let body = "var kept[] = none\nprocess p { kept[1] = { a: 5 }; kept[1] = { a: none }; kept[2] = { a: 1 }; kept[2] = none }\n\
        finally kept[1] != none and kept[2] == none and kept[3] == none and kept[1].a == none";
    assert_eq!(counts(&explored(body, &[])), (1, 0));
}

/// Two write a record of two equal fields, one reads it: the fields it sees are one writer's.
#[test]
fn a_record_is_written_and_read_in_one_step() {
    let body = "var m[] = none\nprocess w * 2 { m[1] = { a: self, b: self } }\n\
        process r { let x = m[1]; if x != none { assert x.a == x.b } }";
    assert_eq!(counts(&explored(body, &[])), (6, 0));
    agrees(body);
}

/// Both write the record and answer what they read then; the first one's is what both answer where
/// its write comes between the other's write and read: C(5, 2) orders before it, C(4, 2) behind.
#[test]
fn what_two_requests_keep_is_counted_by_hand() {
    let body = "var m[] = none\ncounter c\n\
        service s { on h(x) { m[x.k] = { k: x.k, v: x.v }; return m[1] } }\n\
        process p * 2 { let y = call s.h({ v: self, k: 1 }); if y.v == 1 { c += 1 } }\n\
        finally c < 2";
    assert_eq!(counts(&explored(body, &[])), (252, 60));
}

#[test]
fn what_is_no_value_is_refused() {
    let with = |line: &str| {
        format!(
            "var m[] = none\nvar v = none\nprocess p {{ m[1] = {{ a: 1 }}; let r = m[1]; {line} }}"
        )
    };
    assert!(mistakes(&with("let s = r.a")).is_empty());
    for (line, code) in [
        ("if r == m[2] { }", "E0731"),
        ("if r == r { }", "E0731"),
        ("if r < r { }", "E0731"),
        ("match r { else => { } }", "E0731"),
        ("v = r", "E0730"),
        ("v = { a: 1 }", "E0730"),
        ("let s = if true then r else none", "E0730"),
        ("m[2] = { b: 1 }", "E0301"),
        ("m[2] = 3", "E0301"),
    ] {
        assert_eq!(mistakes(&with(line)), [code], "{line}");
    }
}
