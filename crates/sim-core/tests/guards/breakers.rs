//! Each rule of a breaker, by the clock and by the hand.

use super::support::program;
use super::timed::{Run, count, gauge, spread};
use sim_core::drive::Clock;
use sim_core::machine::{Machine, Pace, State, Stay, Watch};
use sim_core::program::{Guarding, Judged, Pc, Tally};
use sim_core::trace::{Choice, Fact, ProcessId, Target};

const MS: u64 = 1_000_000;
const B: Target = Target { shared: 0, element: 0 };

/// What happens at breakers and limiters, and when.
#[derive(Default)]
struct Told {
    now: u64,
    facts: Vec<(u64, ProcessId, Fact)>,
}

/// A run whose steps anybody may pick.
struct Driven {
    machine: Machine,
    state: State,
    clock: Clock,
    told: Told,
}

impl Driven {
    fn start(body: &str) -> Driven {
        let machine = Machine::new(program(body, &[]));
        let mut clock = Clock::new(&machine, 1);
        let mut told = Told::default();
        let state = machine.start(&mut (clock.ear(&machine), Ears(&mut told)));
        clock.begin(&machine, &state);
        Driven { machine, state, clock, told }
    }

    fn take(&mut self, choice: Choice) {
        let Driven { machine, state, clock, told } = self;
        clock.moves(machine, state, choice);
        told.now = clock.now();
        machine.apply(state, choice, &mut (clock.ear(machine), Ears(told)));
        clock.settle(machine, state);
        clock.happened(machine, state, choice);
    }

    fn by_the_clock(&mut self) -> bool {
        let Some(choice) = self.clock.next(&self.machine, &self.state) else { return false };
        self.take(choice);
        true
    }

    fn to_the_end(body: &str) -> Driven {
        let mut driven = Driven::start(body);
        while driven.by_the_clock() {}
        driven
    }

    fn guarding(&self) -> Guarding {
        self.machine.guarding(&self.state, B)
    }

    fn tally(&self) -> (u32, u32, u32) {
        let Tally { calls, failed, slow } = self.machine.tally(&self.state, B);
        (calls, failed, slow)
    }

    /// When the breaker went from where to where, in milliseconds.
    fn switches(&self) -> Vec<(u64, Guarding, Guarding)> {
        let switch = |(at, _, fact): &(u64, ProcessId, Fact)| match fact {
            Fact::Switched { from, to, .. } => Some((at / MS, *from, *to)),
            _ => None,
        };
        self.told.facts.iter().filter_map(switch).collect()
    }

    /// Of each who asked whether it was let in, in order.
    fn asked(&self) -> Vec<bool> {
        let asked = |(_, _, fact): &(u64, ProcessId, Fact)| match fact {
            Fact::LetIn { .. } => Some(true),
            Fact::KeptOut { .. } => Some(false),
            _ => None,
        };
        self.told.facts.iter().filter_map(asked).collect()
    }

    /// Of each result what it was, and whether it counted.
    fn results(&self) -> Vec<(Judged, bool)> {
        let result = |(_, _, fact): &(u64, ProcessId, Fact)| match fact {
            Fact::Settled { judged, counts, .. } => Some((*judged, *counts)),
            _ => None,
        };
        self.told.facts.iter().filter_map(result).collect()
    }
}

struct Ears<'a>(&'a mut Told);

impl Watch for Ears<'_> {
    fn fact(&mut self, process: ProcessId, fact: Fact) {
        self.0.facts.push((self.0.now, process, fact));
    }
    fn passes(&mut self, _: ProcessId, _: Pc) {}
    fn stands(&mut self, _: ProcessId, _: Pc, _: Stay, _: Pace) {}
}

/// A process that makes calls one after another: `F` fails, `S` goes well, `G` fails by what may be
/// ignored, `.` waits a second.
fn calls(script: &str) -> String {
    let call = |what: char| match what {
        'F' => "  try { with b { fail bad } } catch { }\n",
        'S' => "  try { with b { } } catch { }\n",
        'G' => "  try { with b { fail odd } } catch { }\n",
        _ => "  sleep 1s\n",
    };
    let body: String = script.chars().map(call).collect();
    format!("process p {{\n{body}}}")
}

fn after(options: &str, script: &str) -> Driven {
    Driven::to_the_end(&format!("breaker b ({options})\n{}", calls(script)))
}

const TEN: &str = "window: 10, failures: 50%, minimum: 5, open: 60s, probes: 3";

#[test]
fn it_judges_after_every_result_once_there_are_enough() {
    for (script, guarding) in [
        ("FFFF", Guarding::Closed),
        ("SSSFF", Guarding::Closed),
        ("SSSFFF", Guarding::Open),
        ("FFFS", Guarding::Closed),
        // A success that makes the count reach the minimum opens it.
        ("FFFSS", Guarding::Open),
        ("FFSSS", Guarding::Closed),
        ("FFFFSSSSSS", Guarding::Open),
    ] {
        assert_eq!(after(TEN, script).guarding(), guarding, "{script}");
    }
    let opened = after(TEN, "FFFFSSSSSS");
    assert_eq!(opened.results().len(), 5, "the other five were refused");
    assert_eq!(opened.asked()[5..], [false; 5]);
}

#[test]
fn old_results_go_out_of_the_window() {
    let options = "window: 4, failures: 75%, minimum: 4";
    assert_eq!(after(options, "FSSF").tally(), (4, 2, 0));
    assert_eq!(after(options, "FSSFS").tally(), (4, 1, 0));
    assert_eq!(after(options, "FSSFSSFS").tally(), (4, 1, 0));
    assert_eq!(after(options, "FSSFF").guarding(), Guarding::Closed);
    assert_eq!(after(options, "FSSFFF").guarding(), Guarding::Open);
    // More than fit into one word, and into two.
    let options = "window: 70, failures: 100%, minimum: 70";
    let script = "F".repeat(69) + "S" + &"F".repeat(40);
    assert_eq!(after(options, &script).tally(), (70, 69, 0));
    assert_eq!(after(options, &(script.clone() + &"F".repeat(29))).tally(), (70, 69, 0));
    assert_eq!(after(options, &(script + &"F".repeat(30))).guarding(), Guarding::Open);
}

#[test]
fn the_minimum_is_never_more_than_the_window_holds() {
    let options = "window: 3, failures: 100%, minimum: 100";
    assert_eq!(after(options, "FF").guarding(), Guarding::Closed);
    assert_eq!(after(options, "FFF").guarding(), Guarding::Open);
}

#[test]
fn the_wait_is_over_only_after_it() {
    let text = |more: &str| {
        format!(
            "breaker b (window: 1, minimum: 1, open: 2s, probes: 1)
             process p {{
               try {{ with b {{ fail bad }} }} catch {{ }}
               sleep 2s
               {more}
               try {{ with b {{ }} }} catch {{ }}
             }}"
        )
    };
    let exactly = Driven::to_the_end(&text(""));
    assert_eq!((exactly.asked(), exactly.guarding()), (vec![true, false], Guarding::Open));
    let after = Driven::to_the_end(&text("sleep 1ns"));
    assert_eq!((after.asked(), after.guarding()), (vec![true, true], Guarding::Closed));
    // Nobody comes, nothing changes.
    let quiet = Driven::to_the_end(&text("sleep 1min; stop"));
    assert_eq!(quiet.guarding(), Guarding::Open);
}

#[test]
fn half_open_it_lets_so_many_in_and_no_more() {
    let text = |minimum: u32| {
        format!(
            "breaker b (window: 10, failures: 50%, minimum: {minimum}, open: 1s, probes: 3)
             process first {{ repeat {minimum} {{ try {{ with b {{ fail bad }} }} catch {{ }} }} }}
             process late * 5 {{ sleep 2s; try {{ with b {{ sleep 1s }} }} catch {{ }} }}
             process later {{ sleep 2500ms; try {{ with b {{ }} }} catch {{ }} }}"
        )
    };
    let three = Driven::to_the_end(&text(5));
    assert_eq!(three.asked()[5..], [true, true, true, false, false, false]);
    let (closed, open, half) = (Guarding::Closed, Guarding::Open, Guarding::HalfOpen);
    assert_eq!(three.switches(), [(0, closed, open), (2_000, open, half), (3_000, half, closed)]);
    // With a smaller minimum two results are enough, and the third comes too late.
    let two = Driven::to_the_end(&text(2));
    assert_eq!(two.switches().last(), Some(&(3_000, half, closed)));
    let late = two.results().iter().filter(|(_, counts)| !counts).count();
    assert_eq!((late, two.tally()), (1, (0, 0, 0)));
}

#[test]
fn a_probe_that_fails_opens_it_for_another_wait() {
    let text = "breaker b (window: 2, failures: 100%, minimum: 2, open: 1s, probes: 2)
        process p {
          repeat 2 { try { with b { fail bad } } catch { } }
          sleep 1500ms
          repeat 2 { try { with b { fail bad } } catch { } }
          sleep 900ms
          try { with b { } } catch { }
          sleep 200ms
          repeat 2 { try { with b { } } catch { } }
        }";
    let (closed, open, half) = (Guarding::Closed, Guarding::Open, Guarding::HalfOpen);
    let driven = Driven::to_the_end(text);
    assert_eq!(
        driven.switches(),
        [
            (0, closed, open),
            (1_500, open, half),
            (1_500, half, open),
            (2_600, open, half),
            (2_600, half, closed)
        ]
    );
}

#[test]
fn a_result_counts_only_in_the_period_that_let_it_in() {
    let text = "breaker b (window: 4, failures: 50%, minimum: 2, open: 1s, probes: 2)
        process old * 3 { try { with b { sleep 3s; fail bad } } catch { } }
        process p {
          sleep 1ms
          repeat 2 { try { with b { fail bad } } catch { } }
          sleep 1500ms
          repeat 2 { try { with b { } } catch { } }
          with b { }
        }";
    let driven = Driven::to_the_end(text);
    // Three old failures would open it again: they do not count.
    assert_eq!((driven.guarding(), driven.tally()), (Guarding::Closed, (1, 0, 0)));
    let late: Vec<_> = driven.results().into_iter().filter(|(_, counts)| !counts).collect();
    assert_eq!(late, [(Judged::Failed, false); 3]);
}

#[test]
fn errors_may_be_ignored_or_count_as_ok() {
    let ignoring = after("window: 4, failures: 50%, minimum: 2, ignore: odd", "GGGGF");
    assert_eq!((ignoring.guarding(), ignoring.tally()), (Guarding::Closed, (1, 1, 0)));
    let only = after("window: 4, failures: 50%, minimum: 2, on: bad", "GGF");
    assert_eq!((only.guarding(), only.tally()), (Guarding::Closed, (3, 1, 0)));
    // A probe that is ignored leaves its place to another.
    let probing =
        after("window: 1, failures: 100%, minimum: 1, open: 1s, probes: 1, ignore: odd", "F..GGS");
    assert_eq!((probing.asked(), probing.guarding()), (vec![true; 4], Guarding::Closed));
}

#[test]
fn leaving_early_is_going_well() {
    let text = "breaker b (window: 10, minimum: 1, failures: 10%)
        routine back() { with b { return } }
        process p {
          while true { with b { break } }
          repeat 1 { with b { continue } }
          back()
          with b { stop }
        }";
    let driven = Driven::to_the_end(text);
    assert_eq!(driven.results(), [(Judged::Ok, true); 4]);
}

#[test]
fn running_out_of_time_is_a_failure_and_being_refused_is_none() {
    let text = "breaker b (window: 2, minimum: 2, failures: 100%)
        process p {
          repeat 3 { try { within 5ms { with b { sleep 1s } } } catch timeout { } catch open { } }
        }";
    let driven = Driven::to_the_end(text);
    assert_eq!(driven.results(), [(Judged::Failed, true); 2]);
    assert_eq!(driven.asked(), [true, true, false]);
}

#[test]
fn a_call_is_slow_that_takes_longer() {
    let text = |time: &str| {
        format!(
            "breaker b (window: 4, minimum: 2, failures: 100%, slow: 50%, slow_after: 10ms)
             process p {{ with b {{ }}; with b {{ sleep {time} }} }}"
        )
    };
    let exactly = Driven::to_the_end(&text("10ms"));
    assert_eq!((exactly.guarding(), exactly.tally()), (Guarding::Closed, (2, 0, 0)));
    let longer = Driven::to_the_end(&text("10ms + 1ns"));
    assert_eq!(longer.guarding(), Guarding::Open);
}

#[test]
fn a_window_of_time_is_of_whole_seconds() {
    let text = |wait: &str| {
        format!(
            "breaker b (window: 2s, failures: 100%, minimum: 2, open: 1s)
             process p {{
               sleep 900ms
               try {{ with b {{ fail bad }} }} catch {{ }}
               sleep {wait}
               try {{ with b {{ fail bad }} }} catch {{ }}
             }}"
        )
    };
    // The second 0 and the second 1 are looked at in the second 1, whatever part of them is over.
    assert_eq!(Driven::to_the_end(&text("1099ms")).guarding(), Guarding::Open);
    let over = Driven::to_the_end(&text("1100ms"));
    assert_eq!((over.guarding(), over.tally()), (Guarding::Closed, (1, 1, 0)));
    // Whole seconds go, one after another.
    let text = "breaker b (window: 3s, failures: 100%, minimum: 100)
        process p { repeat 6 { try { with b { fail bad } } catch { }; sleep 500ms } }";
    assert_eq!(Driven::to_the_end(text).tally(), (6, 6, 0));
    let text = text.replace("repeat 6", "repeat 9");
    assert_eq!(Driven::to_the_end(&text).tally(), (5, 5, 0));
}

#[test]
fn half_open_a_window_of_time_counts_its_probes() {
    let text = "breaker b (window: 10s, failures: 50%, minimum: 4, open: 1s, probes: 2)
        process p {
          repeat 4 { try { with b { fail bad } } catch { } }
          sleep 1s + 1ns
          with b { }
          sleep 20s
          try { with b { fail bad } } catch { }
        }";
    let driven = Driven::to_the_end(text);
    assert_eq!(driven.switches().last(), Some(&(21_000, Guarding::HalfOpen, Guarding::Open)));
}

#[test]
fn who_crashes_takes_its_place_along() {
    let text = "breaker b (window: 1, minimum: 1, failures: 100%, open: 1s, probes: 1)
        process first { try { with b { fail bad } } catch { } }
        process probe { sleep 2s; with b { sleep 1s } }
        process late { sleep 4s; try { with b { } } catch { } }
        fault crash probe at 2500ms";
    let driven = Driven::to_the_end(text);
    assert_eq!((driven.asked(), driven.guarding()), (vec![true, true, false], Guarding::HalfOpen));
}

#[test]
fn one_behind_another_each_judge() {
    let text = "breaker b (window: 2, minimum: 2, failures: 100%)
        breaker c (window: 1, minimum: 1, failures: 100%)
        process p { repeat 2 { try { with b, c { fail bad } } catch { } } }";
    // What the inner one refuses has failed for the outer one.
    let driven = Driven::to_the_end(text);
    assert_eq!(driven.guarding(), Guarding::Open);
    assert_eq!(driven.asked(), [true, true, true, false]);
}

#[test]
fn each_of_an_array_is_on_its_own() {
    let text = "breaker b[2] (window: 1, minimum: 1, failures: 100%)
        process p * 2 { repeat 2 { try { with b[self] { if self == 2 { fail bad } } } catch { } } }";
    let driven = Driven::to_the_end(text);
    let other = Target { element: 1, ..B };
    assert_eq!(driven.guarding(), Guarding::Closed);
    assert_eq!(driven.machine.guarding(&driven.state, other), Guarding::Open);
}

#[test]
fn the_hand_may_say_that_the_wait_is_over_and_time_goes_on_to_then() {
    let text = "breaker b (window: 1, minimum: 1, failures: 100%, open: 5s, probes: 1)
        process p { try { with b { fail bad } } catch { }; with b { } }";
    let mut driven = Driven::start(text);
    assert!(driven.by_the_clock() && driven.by_the_clock());
    let choices = driven.machine.choices(&driven.state);
    assert_eq!(choices.len(), 2, "it still waits, or that is over");
    assert_eq!(driven.clock.next(&driven.machine, &driven.state), Some(choices[0]));
    driven.take(choices[1]);
    assert_eq!(driven.clock.now(), 5_000_000_001);
    assert_eq!(driven.guarding(), Guarding::HalfOpen);
}

#[test]
fn the_hand_may_say_that_a_call_was_slow() {
    let text = "breaker b (window: 2, minimum: 2, slow: 50%, slow_after: 3s)
        process p { with b { } }";
    let mut driven = Driven::start(text);
    assert!(driven.by_the_clock());
    let choices = driven.machine.choices(&driven.state);
    assert_eq!(choices.len(), 2);
    driven.take(choices[1]);
    assert_eq!((driven.clock.now(), driven.tally()), (3_000_000_001, (1, 0, 1)));
}

#[test]
fn processes_and_promises_may_ask_how_it_stands() {
    let text = "breaker b (window: 4, minimum: 4, failures: 50%, open: 1s)
        var seen = 0
        process p {
          repeat 3 { try { with b { fail bad } } catch { } }
          seen = b.window.calls * 10 + b.window.failures
          assert b.state == closed
          with b { }
          match b.state {
            open => { }
            closed, half_open => { assert false }
          }
          wait until b.state != closed
        }
        finally b.state == open and seen == 33 and b.window.calls == 0";
    let driven = Driven::to_the_end(text);
    let facts = &driven.told.facts;
    assert!(!facts.iter().any(|(.., fact)| matches!(fact, Fact::AssertBroke { .. })));
    assert_eq!(
        driven.machine.judge(driven.machine.program().promises.len() - 1, &driven.state),
        Ok(true)
    );
}

#[test]
fn it_is_measured() {
    let text = "breaker b (window: 4, minimum: 4, failures: 50%, open: 1s, probes: 1, ignore: odd, slow: 100%, slow_after: 20ms)
        process p {
          with b { sleep 10ms }
          with b { sleep 30ms }
          try { with b { fail odd } } catch { }
          repeat 3 { try { with b { fail bad } } catch { } }
          sleep 2s
          with b { }
        }";
    let run = Run::to_the_end(text, 1);
    let view = run.view();
    let counts = ["calls", "ok", "failed", "slow", "refused", "opened", "probed"];
    let counts = counts.map(|word| count(&view, &format!("b.{word}")));
    assert_eq!(counts, [7, 3, 2, 1, 1, 1, 1]);
    let latency = spread(&view, "b.latency");
    assert_eq!((latency.count, latency.max), (6, 30_000_000));
    assert_eq!((gauge(&view, "b.window.calls").2, gauge(&view, "b.window.failures").2), (3, 1));
}
