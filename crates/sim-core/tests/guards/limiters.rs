//! Limiters and retry budgets by the clock and by the hand.

use super::support::program;
use super::timed::{Run, count, gauge, spread};
use sim_core::drive::Clock;
use sim_core::machine::{Machine, NoWatch};

const MS: i64 = 1_000_000;

/// A run to its end: a counter.
fn counted(run: &Run, name: &str) -> i64 {
    let program = run.machine.program();
    let at = program.shared.iter().position(|shared| shared.name == name).expect("it is declared");
    run.state.elements(run.machine.layout(), at as u32)[0]
}

/// Who asks every so often, so many at once: how many pass within the first second.
fn within_a_second(options: &str, at_once: u32) -> i64 {
    let text = format!(
        "limiter l ({options})
         counter passed
         process p {{
           for i in 0..1000 {{
             repeat {at_once} {{ try {{ with l {{ passed += 1 }} }} catch rejected {{ }} }}
             sleep 1ms
           }}
         }}"
    );
    counted(&Run::to_the_end(&text, 1), "passed")
}

#[test]
fn a_bucket_lets_a_burst_through_and_then_its_rate() {
    assert_eq!(within_a_second("rate: 10/s, burst: 5", 3), 15);
    assert_eq!(within_a_second("rate: 10/s", 3), 11);
    assert_eq!(within_a_second("rate: 10/s, burst: 0", 3), 0);
}

#[test]
fn windows_let_through_what_the_rate_says_for_a_second() {
    // The second 0, and the first instant of the second 1.
    assert_eq!(within_a_second("rate: 10/s, kind: fixed", 30), 20);
    assert_eq!(within_a_second("rate: 10/s, kind: sliding", 30), 20);
    assert_eq!(within_a_second("rate: 30/min, kind: sliding", 1), 30);
}

#[test]
fn around_the_end_of_a_fixed_window_twice_as_many_come_through() {
    let text = |kind: &str| {
        format!(
            "limiter l (rate: 2/s, kind: {kind})
             counter passed, refused
             process p {{
               sleep 900ms
               repeat 4 {{ try {{ with l {{ passed += 1 }} }} catch rejected {{ refused += 1 }}; sleep 50ms }}
             }}"
        )
    };
    let run = Run::to_the_end(&text("fixed"), 1);
    assert_eq!((counted(&run, "passed"), counted(&run, "refused")), (4, 0));
    let run = Run::to_the_end(&text("sliding"), 1);
    assert_eq!((counted(&run, "passed"), counted(&run, "refused")), (2, 2));
}

#[test]
fn who_waits_is_served_in_turn_and_not_for_ever() {
    let text = "limiter l (rate: 2/s, kind: fixed, when_empty: wait, max_wait: 1500ms)
        counter first, refused
        process p * 5 {
          sleep self * 1us
          try { with l { record at = self } } catch rejected { refused += 1 }
        }
        chart \"x\" at.max";
    let run = Run::to_the_end(text, 3);
    let view = run.view();
    assert_eq!(counted(&run, "refused"), 1);
    assert_eq!(spread(&view, "at").max, 4, "the last to come is the one turned away");
    let wait = spread(&view, "l.wait");
    assert_eq!((wait.count, wait.max), (5, 1500 * MS));
    assert_eq!(wait.p50, 1000 * MS - 4_000);
    assert_eq!(
        (count(&view, "l.asked"), count(&view, "l.admitted"), count(&view, "l.rejected")),
        (5, 4, 1)
    );
    assert_eq!(gauge(&view, "l.waiting").2, 3);
}

#[test]
fn who_goes_away_leaves_its_turn_to_the_next() {
    let text = "limiter l (rate: 10/s, burst: 1, when_empty: wait)
        counter gone
        process p * 4 {
          sleep self * 1us
          if self == 2 {
            try { within 50ms { with l { } } } catch timeout { gone += 1 }
          } else { with l { record at = self } }
        }";
    let run = Run::to_the_end(text, 1);
    assert_eq!(counted(&run, "gone"), 1);
    // At the beginning, after 100 ms and after 200 ms: nobody waits for the one that left.
    let now = i64::try_from(run.clock.now()).expect("a small number");
    assert_eq!(now, 200 * MS + 1_000);
}

#[test]
fn tokens_come_back_between_steps() {
    let text = "limiter l (rate: 10/s, burst: 2)
        process p { repeat 2 { with l { } }; sleep 1s }";
    let run = Run::to_the_end(text, 1);
    // None for 100 ms, one for another 100 ms, then two: 1.7 in the mean over a second.
    assert_eq!(gauge(&run.view(), "l.tokens"), (2, Some(1_700_000), 2));
}

#[test]
fn each_of_an_array_has_tokens_of_its_own() {
    let text = "limiter l[2] (rate: 1/s, burst: 3)
        counter passed[2]
        process p * 2 { repeat 5 { try { with l[self] { passed[self] += 1 } } catch { } } }";
    let run = Run::to_the_end(text, 1);
    let at = run.machine.program().shared.iter().position(|it| it.name == "passed");
    let at = at.expect("it is declared") as u32;
    assert_eq!(run.state.elements(run.machine.layout(), at), [3, 3]);
    let view = run.view();
    assert_eq!((count(&view, "l[1].admitted"), count(&view, "l.rejected")), (3, 4));
}

#[test]
fn a_further_try_takes_a_token_or_is_not_made() {
    let text = |retry: &str, limiter: &str| {
        format!(
            "limiter b ({limiter})
             counter tries, bad
             process p {{
               repeat 10 {{
                 try {{ retry ({retry}, budget: b) {{ tries += 1; fail broken }} }}
                 catch broken {{ bad += 1 }}
               }}
             }}"
        )
    };
    let run = Run::to_the_end(&text("attempts: 3", "rate: 1/h, burst: 4"), 1);
    assert_eq!((counted(&run, "tries"), counted(&run, "bad")), (14, 10));
    let view = run.view();
    assert_eq!((count(&view, "b.admitted"), count(&view, "p.retries")), (4, 4));
    assert_eq!(count(&view, "b.rejected"), 10 - 4 / 2);
    // It never waits for a token, whatever the limiter does with others.
    let text =
        text("attempts: 3, backoff: fixed, delay: 10ms", "rate: 1/h, burst: 4, when_empty: wait");
    let run = Run::to_the_end(&text, 1);
    assert_eq!(counted(&run, "tries"), 14);
    assert_eq!(run.clock.now(), 40 * MS as u64);
}

#[test]
fn a_budget_may_be_earned_by_first_tries() {
    let text = "limiter b (earn: 25%, burst: 2)
        counter tries
        process p every 1s times 12 {
          try { retry (attempts: 2, budget: b) { tries += 1; fail broken } } catch { }
        }";
    let run = Run::to_the_end(text, 1);
    // It is full at first: what the first two earn is lost or used. The first two try again (the
    // first earns nothing, the second a quarter); twelve earn less than three, of which two are whole.
    assert_eq!(counted(&run, "tries"), 12 + 2 + 2);
}

#[test]
fn a_budget_of_none_is_none() {
    let text = "param use: bool = false
        limiter b (rate: 1/h, burst: 0)
        counter tries
        process p {
          try { retry (attempts: 4, budget: if use then b else none) { tries += 1; fail broken } } catch { }
        }";
    assert_eq!(counted(&Run::to_the_end(text, 1), "tries"), 4);
}

#[test]
fn the_hand_may_give_a_token_and_time_goes_on_to_then() {
    let text = "limiter l (rate: 1/s, burst: 1)\nprocess p { with l { }; with l { } }";
    let machine = Machine::new(program(text, &[]));
    let mut clock = Clock::new(&machine, 1);
    let mut state = machine.start(&mut (clock.ear(&machine), NoWatch));
    clock.begin(&machine, &state);
    for (expected, now) in [(0, 0), (0, 1_000_000_000)] {
        let choices = machine.choices(&state);
        assert_eq!(choices.len(), 2, "there is a token, or none");
        let choice = choices[expected];
        clock.moves(&machine, &state, choice);
        machine.apply(&mut state, choice, &mut clock.ear(&machine));
        clock.settle(&machine, &state);
        clock.happened(&machine, &state, choice);
        assert_eq!(clock.now(), now);
    }
}

#[test]
fn no_token_ever_comes_from_nothing() {
    let text = "limiter l (earn: 10%, burst: 0, when_empty: wait)\nprocess p { with l { } }";
    let run = Run::to_the_end(text, 1);
    assert_eq!(run.clock.now(), 0, "it waits for ever");
    assert!(run.machine.standing(&run.state).next().is_some());
}
