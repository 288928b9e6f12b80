//! What a setting shifts and what it does not: a request meets the same, whoever is before it.

use super::measured::Run;
use sim_core::machine::{Pace, Stay, Watch};
use sim_core::program::Pc;
use sim_core::trace::{Fact, ProcessId, ServiceFact};
use std::collections::BTreeMap;

/// Who calls (class and number), and for which time in its life.
type Caller = (u32, u32, u32);

#[derive(Debug, Default)]
struct Seen {
    /// By request, as long as it lives: whose it is, when it took a worker.
    alive: BTreeMap<ProcessId, (Caller, u64)>,
    calls: BTreeMap<(u32, u32), u32>,
    /// How long workers needed for each.
    times: BTreeMap<Caller, u64>,
}

/// How long the handler worked on each call of a caller.
fn times(body: &str, seed: u64) -> BTreeMap<Caller, u64> {
    let mut run = Run::start(body, seed);
    let mut seen = Seen::default();
    loop {
        let before = run.state.clone();
        let Some(choice) = run.clock.next(&run.machine, &run.state) else { break };
        let Run { machine, state, clock, .. } = &mut run;
        clock.moves(machine, state, choice);
        let now = clock.now();
        let mut facts = Facts(Vec::new());
        machine.apply(state, choice, &mut (clock.ear(machine), &mut facts));
        clock.settle(machine, state);
        clock.happened(machine, state, choice);
        for (process, fact) in facts.0 {
            match fact {
                Fact::Service(ServiceFact::Called { request, .. }) => {
                    let class = machine.layout().processes[process as usize].class;
                    let number = before.number(machine.layout(), process);
                    let nth = seen.calls.entry((class, number)).or_default();
                    *nth += 1;
                    seen.alive.insert(request, ((class, number, *nth), 0));
                }
                Fact::Service(ServiceFact::Entered { .. }) => {
                    if let Some(own) = seen.alive.get_mut(&process) {
                        own.1 = now;
                    }
                }
                Fact::Service(ServiceFact::Replied { .. }) => {
                    if let Some((caller, began)) = seen.alive.remove(&process) {
                        seen.times.insert(caller, now - began);
                    }
                }
                _ => {}
            }
        }
    }
    seen.times
}

struct Facts(Vec<(ProcessId, Fact)>);

impl Watch for &mut Facts {
    fn fact(&mut self, process: ProcessId, fact: Fact) {
        self.0.push((process, fact));
    }

    fn passes(&mut self, _: ProcessId, _: Pc) {}

    fn stands(&mut self, _: ProcessId, _: Pc, _: Stay, _: Pace) {}
}

fn scenario(workers: u32, rest: &str) -> String {
    format!(
        "service bank (workers: {workers}) {{ on pay() {{ sleep exp(1s) }}\non look() {{ sleep exp(3s) }} }}\n\
         process client every exp(1s) times 60 {{ sleep exp(2s)\ncall bank.pay()\nsleep exp(1s)\ncall bank.look() }}\n\
         process user * 5 again after exp(2s) until 60s {{ call bank.pay() }}\n{rest}"
    )
}

/// Two settings meet the same work, request by request, though in another order.
#[test]
fn a_number_of_workers_shifts_no_time() {
    for seed in 1..=5 {
        let (few, many) = (times(&scenario(2, ""), seed), times(&scenario(9, ""), seed));
        let both = few.iter().filter_map(|(caller, time)| Some((*time, *many.get(caller)?)));
        let both: Vec<(u64, u64)> = both.collect();
        assert!(both.len() >= 120, "{} {}", few.len(), many.len());
        assert!(both.iter().all(|(one, other)| one == other), "seed {seed}");
        // They are draws of their own all the same.
        let mut all: Vec<u64> = few.values().copied().collect();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), few.len());
    }
}

/// Nor does who else calls.
#[test]
fn another_caller_shifts_no_time() {
    let other = "process other every exp(700ms) times 50 { call bank.pay() }";
    let (alone, beside) = (times(&scenario(3, ""), 7), times(&scenario(3, other), 7));
    let of_clients = |times: &BTreeMap<Caller, u64>| -> Vec<(Caller, u64)> {
        times.iter().filter(|((class, ..), _)| *class == 0).map(|(a, b)| (*a, *b)).collect()
    };
    assert_eq!(of_clients(&alone).len(), 120);
    assert_eq!(of_clients(&alone), of_clients(&beside));
}
