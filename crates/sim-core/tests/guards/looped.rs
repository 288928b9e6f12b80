//! Breakers and limiters in handlers of services, event loops among them.

use super::support::{counts, outcomes, report};
use super::timed::{Run, count, spread};

/// A service before another one that fails, with a breaker and draws of its own around it.
fn guarded(mode: &str) -> String {
    format!(
        "breaker b (window: 4, failures: 75%, minimum: 4, open: 1s, probes: 1)
         service down {{ on get(id) {{ fail broken }} }}
         service gate (mode: {mode}) {{
           on get(id) {{
             if chance(50%) {{ return }}
             with b {{ call down.get(id) }}
           }}
         }}
         process user every 100ms times 60 {{ try {{ call gate.get(self) }} catch {{ }} }}"
    )
}

#[test]
fn a_loop_minds_the_time_that_a_breaker_is_open() {
    for mode in ["threads", "event_loop"] {
        let run = Run::to_the_end(&guarded(mode), 1);
        let view = run.view();
        let through = count(&view, "b.probed");
        assert_eq!(count(&view, "b.opened"), through + 1, "{mode}: each probe fails");
        assert!((4..=6).contains(&through), "{mode}: one probe a second, {through}");
        assert_eq!(count(&view, "b.failed"), 4 + through, "{mode}");
    }
}

#[test]
fn a_loop_goes_on_while_one_of_its_requests_waits_for_a_token() {
    let text = "limiter l (rate: 2/s, burst: 1, when_empty: wait)
        counter quick
        service gate (mode: event_loop) {
          on slow(id) { with l { work 1ms } }
          on fast(id) { quick += 1 }
        }
        process slow * 4 { call gate.slow(self) }
        process fast { sleep 300ms; call gate.fast(1) }";
    let run = Run::to_the_end(text, 1);
    let view = run.view();
    assert_eq!(count(&view, "l.admitted"), 4);
    assert_eq!(count(&view, "fast.ok"), 1);
    // At 0, 500 ms, 1 s and 1.5 s, each with its work.
    assert_eq!(run.clock.now(), 1_501_000_000);
}

#[test]
fn a_loop_that_is_busy_keeps_who_has_a_token_waiting_no_longer_than_that() {
    let text = "limiter l (rate: 10/s, burst: 1, when_empty: wait)
        service gate (mode: event_loop) {
          on one(id) { with l { } }
          on busy(id) { work 350ms }
        }
        process one * 3 { call gate.one(self) }
        process busy { sleep 50ms; call gate.busy(1) }
        service beside { on get(id) { } }
        process other every 450ms times 1 { call beside.get(1) }";
    let run = Run::to_the_end(text, 1);
    let view = run.view();
    assert_eq!((count(&view, "one.ok"), count(&view, "other.ok")), (3, 1));
    // The second one is late, for the loop was busy; the third waits for a token of its own.
    assert_eq!(run.clock.now(), 500_000_000);
    assert_eq!(spread(&view, "other.latency").max, 0, "nobody else is kept from what is due");
}

#[test]
fn a_breaker_before_a_call_is_searched() {
    // Let in; the request leaves and arrives, starts (fails in the same step, for its work is own),
    // and answers; left. All by one process, in one order.
    let found = report(
        "breaker b (window: 1, minimum: 1, failures: 100%)
         counter refused
         service down { on get(id) { fail broken } }
         process p { repeat 2 { try { with b { call down.get(1) } } catch open { refused += 1 } catch { } } }",
    );
    // The second time it is still open, or lets one more try.
    assert_eq!(counts(&found), (2, 0));
    assert_eq!(outcomes(&found), ["refused=0: 1", "refused=1: 1"]);
}
