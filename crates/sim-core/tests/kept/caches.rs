//! Caches: counted by hand, against theory, and the texts that lessons begin with.

use super::measured::{Run, count};
use super::support::{agrees, counts, explored, mistakes, run, shown};
use sim_core::{
    explore::Verdict,
    lang::{self, Values},
    machine::Machine,
};

const RACE: &str = "\
param way: choice = delete_after of delete_before, delete_after, write_through, locked
var price = 1
cache prices
lock filling
process reader {
  let seen = prices[1]
  if seen == none {
    with filling if way == locked {
      let fresh = price
      prices[1] = fresh
    }
  }
}
process writer {
  with filling if way == locked {
    match way {
      delete_before => { delete prices[1]; price = 2 }
      write_through => { price = 2; prices[1] = 2 }
      else          => { price = 2; delete prices[1] }
    }
  }
}
finally prices[1] == none or prices[1] == price
explore (depth: 40)";

/// Reader: look, read, keep; writer: two steps. C(5, 2) orders in all.
#[test]
fn an_old_price_comes_back_but_under_a_lock() {
    for (way, failing) in [("delete_before", 6), ("delete_after", 1), ("write_through", 1)] {
        assert_eq!(counts(&explored(RACE, &[("way", way)])), (10, failing), "{way}");
    }
    assert_eq!(explored(RACE, &[("way", "locked")]).verdict, Verdict::Holds);
}

/// Who looks second may do so before the first has read, before it has filled in (both times it
/// waits and goes on in that step), or behind that.
#[test]
fn one_fills_in_and_the_other_gets_the_same() {
    let body = "var x = 7\ncounter got\ncache c (single_flight: true)\n\
        process p * 2 { let v = lookup c[1] { return x }; got += v }\nfinally got == 14 and c[1] == 7";
    assert_eq!(counts(&explored(body, &[])), (6, 0));
    agrees(body);
    // Without, each that misses does it all by itself: look, read, fill in. Of the C(6, 3) orders
    // those in which one looks behind the other's filling in are shorter: 1 each.
    let body = body.replace(" (single_flight: true)", "");
    assert_eq!(counts(&explored(&body, &[])), (20, 0));
    agrees(&body);
}

#[test]
fn one_fails_and_the_other_gets_the_same_error() {
    let body = "var x = 7\ncounter lost\ncache c (single_flight: true)\n\
        process p * 2 { try { let v = lookup c[1] { let y = x; fail gone_out } } catch gone_out { lost += 1 } }\n\
        finally lost == 2 and c[1] == none";
    assert_eq!(counts(&explored(body, &[])), (6, 0));
    agrees(body);
}

#[test]
fn who_waits_looks_again_where_the_first_stops_or_crashes() {
    let body = "var x = 7\ncounter got\ncache c (single_flight: true)\n\
        process p { let v = lookup c[1] { if x == 7 { stop }; return 1 } }\n\
        process q { let v = lookup c[1] { return x }; got += v }\nfinally got == 7 and c[1] == 7";
    // In one order q finds it being filled in, looks again and fills it in.
    assert_eq!(counts(&explored(body, &[])), (6, 0));
    agrees(body);
    let body = "var x = 7\ncounter got\ncache c (single_flight: true)\n\
        process p { let v = lookup c[1] { let y = x; return y } }\n\
        process q { let v = lookup c[1] { return x }; got += v }\n\
        fault crash p anytime\nfinally got == 7 and c[1] == 7";
    assert_eq!(explored(body, &[]).verdict, Verdict::Holds);
    agrees(body);
}

/// The first has a second, the other as long as it takes: the first's running out is both's error.
#[test]
fn whose_time_runs_out_passes_that_on() {
    let body = "counter late\ncache c (single_flight: true)\nroutine find() { let v = lookup c[1] { sleep 5s; return 1 } }\n\
        process p { try { within 1s { find() } } catch timeout { late += 1 } }\n\
        process q { sleep 10ms; try { find() } catch timeout { late += 1 } }";
    let mut session = run(body, &[], 5);
    assert_eq!(shown(&mut session, "late"), "2");
    assert_eq!(session.frame().now, 1_000_000_000);
}

#[test]
fn that_a_time_is_over_is_an_outcome_of_reading() {
    // Kept and read: two outcomes where there is a time, one where there is none.
    let body = "cache c (ttl: 1s)\nprocess p { c[1] = 5; let v = c[1] }";
    assert_eq!(counts(&explored(body, &[])), (2, 0));
    agrees(body);
    assert_eq!(counts(&explored(&body.replace(" (ttl: 1s)", ""), &[])), (1, 0));
    // By the clock it is over when that time has passed since it was kept, read or not.
    let with = |nap: &str| {
        let body = format!(
            "var seen = 0\ncache c (ttl: 1s)\nprocess p {{ c[1] = 5; sleep 600ms; let a = c[1]; sleep {nap}; \
             atomic {{ let v = c[1]; if v != none {{ seen = v }} }} }}"
        );
        shown(&mut run(&body, &[], 1), "seen")
    };
    assert_eq!((with("399ms").as_str(), with("400ms").as_str()), ("5", "0"));
}

#[test]
fn the_least_recently_used_goes() {
    let body = "cache c (capacity: 2)\nprocess p { c[1] = 1; c[2] = 2; let a = c[1]; c[3] = 3 }\n\
        finally c[1] == 1 and c[2] == none and c[3] == 3 and c.size == 2";
    assert_eq!(counts(&explored(body, &[])), (1, 0));
    let body = "cache c (capacity: 2)\nprocess p { c[1] = 1; c[2] = 2; c[2] = 4; c[3] = 3; delete c[3]; delete c[9] }\n\
        finally c[1] == none and c[2] == 4 and c[3] == none and c.size == 1";
    assert_eq!(counts(&explored(body, &[])), (1, 0));
}

#[test]
fn records_and_services_go_with_caches() {
    let body = "var calls = 0\ncounter good\ncache c (ttl: 10s, capacity: 3, single_flight: true)\n\
        service s { on get(k) { calls += 1; sleep 10ms; return { key: k, twice: k * 2 } } }\n\
        service front (mode: event_loop) { on page(k) { let r = lookup c[k] { return call s.get(k) }; return r.twice } }\n\
        process p * 5 { let t = call front.page(4); if t == 8 and c[4] != none and c[4].key == 4 { good += 1 } }";
    let mut session = run(body, &[], 2);
    assert_eq!(
        (shown(&mut session, "calls"), shown(&mut session, "good")),
        ("1".into(), "5".into())
    );
    assert_eq!(shown(&mut session, "c[4]"), "{ key: 4, twice: 8 }");
}

#[test]
fn what_caches_cannot_do_is_refused() {
    for (line, code) in [
        ("let v = lookup c[1] { let y = 1 }", "E0311"),
        ("delete x", "E0303"),
        ("let v = lookup x { return 1 }", "E0303"),
        ("c[1] = true", "E0301"),
        ("let v = lookup c[1] { break }", "E0404"),
    ] {
        let body =
            format!("cache c\nvar x = 1\nprocess p {{ c[2] = 5; while x < 3 {{ {line} }} }}");
        assert!(mistakes(&body).contains(&code), "{line}: {:?}", mistakes(&body));
    }
    let waits = mistakes("cache c\nprocess p { atomic { let v = lookup c[1] { return 1 } } }");
    assert_eq!(waits, mistakes("process p { atomic { sleep 1s } }"));
}

/// What was counted of a cache in a run.
fn counted(body: &str, word: &str) -> f64 {
    let view = Run::to_the_end(body, 11).view();
    count(&view, &format!("c.{word}")) as f64
}

/// Poisson arrivals, a time T from when a value was kept, kept at once: a cycle has one miss and
/// then as many hits as come within T, so that the share of hits is rT / (1 + rT).
#[test]
fn the_share_of_hits_is_as_theory_has_it() {
    for (ttl, share) in [("500ms", 1.0 / 3.0), ("1s", 0.5), ("2s", 2.0 / 3.0), ("10s", 10.0 / 11.0)]
    {
        let body = format!(
            "cache c (ttl: {ttl})\nprocess p every exp(1/s) until 40000s {{ let v = lookup c[1] {{ return 1 }} }}"
        );
        let (hits, misses) = (counted(&body, "hits"), counted(&body, "misses"));
        let found = hits / (hits + misses);
        assert!((found - share).abs() < 0.01, "{ttl}: {found} for {share}");
    }
}

/// While one value is fetched for D, rD others come: each fetches too, or all wait for the first.
#[test]
fn fetches_for_each_expiry_are_as_theory_has_it() {
    let body = |single: bool| {
        format!(
            "cache c (ttl: 2s, single_flight: {single})\n\
             process p every exp(100/s) until 2000s {{ let v = lookup c[1] {{ sleep 200ms; return 1 }} }}"
        )
    };
    let (alone, all) = (body(true), body(false));
    // A cycle is a wait for the first (1/r), its fetch, and the time from the last fetch's end: with
    // all fetching the last begins 1/r before the first has ended.
    let cycles = 2000.0 / (0.01 + 0.2 + 2.0);
    let loads = counted(&alone, "loads");
    assert!((loads / cycles - 1.0).abs() < 0.01, "{loads} fetches in {cycles} cycles");
    assert!((counted(&alone, "shared") / loads - 20.0).abs() < 0.5);
    let cycles = 2000.0 / (0.01 + 0.2 + 0.19 + 2.0);
    let each = counted(&all, "loads") / cycles;
    assert!((each - 21.0).abs() < 0.5, "{each} fetches for each expiry");
}

/// Only what may be over is a draw: an `atomic` that reads what stays is not tried out first, on copies.
#[test]
fn what_is_kept_for_good_is_no_draw() {
    let draws = |ttl: &str, mode: &str| {
        let text = format!(
            "scenario \"t\"\ncache c{ttl}\nservice s{mode} {{ on get() {{ \
             atomic {{ if c[1] == none {{ c[1] = 2 }} }}\n}} }}\nprocess p {{ call s.get() }}"
        );
        let scenario = lang::check(&text).scenario.expect("the text is right");
        let program = scenario.bind(&Values::default()).expect("it can run");
        let machine = Machine::new(program);
        (0..machine.program().code.len() as u32).any(|pc| machine.is_drawing(pc))
    };
    for mode in ["", " (mode: event_loop)"] {
        assert!(!draws("", mode), "{mode}");
        assert!(draws(" (ttl: 1s)", mode), "{mode}");
    }
}
