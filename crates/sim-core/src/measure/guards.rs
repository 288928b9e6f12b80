//! Breakers and limiters: who asks, who is let in, and what comes of it.

use super::ELEMENTS;
use super::key::{Key, Subject, What, Whom};
use super::store::{CountId, GaugeId, SpreadId, Store};
use crate::program::{Allowance, Guarding, Judged, Limiter, Program, SharedKind};
use crate::trace::{Fact, ProcessId, ServiceFact, Target};

const NOWHERE: u32 = u32::MAX;

/// What is told of one breaker.
#[derive(Clone, Copy, Debug)]
struct Breaker {
    calls: CountId,
    ok: CountId,
    failed: CountId,
    slow: CountId,
    refused: CountId,
    opened: CountId,
    probed: CountId,
    latency: SpreadId,
}

/// What is told of one limiter.
#[derive(Clone, Copy, Debug)]
struct Bucket {
    asked: CountId,
    admitted: CountId,
    rejected: CountId,
    wait: SpreadId,
}

#[derive(Clone, Debug)]
enum Slot {
    Breaker {
        told: Breaker,
        slow_after: Option<i64>,
        /// Results in the window, and failed ones: what they were last, and where that is told.
        window: [i64; 2],
        gauges: [[Option<GaugeId>; 2]; 2],
    },
    Limiter {
        told: Bucket,
        declared: Limiter,
        allowance: Allowance,
        /// How many tokens there were last, and where that is told.
        tokens: i64,
        gauges: [Option<GaugeId>; 2],
        waiting: [Option<GaugeId>; 2],
    },
}

/// What is measured of breakers and limiters.
#[derive(Clone, Debug)]
pub(super) struct Guards {
    /// For each shared thing its first slot, if it has any.
    first: Vec<u32>,
    slots: Vec<Slot>,
    /// Limiters whose tokens come back by themselves.
    filling: Vec<u32>,
    /// Who is inside which, and since when, the inmost last.
    inside: Vec<(ProcessId, u32, u64)>,
    /// Who stands before which limiter, and since when.
    before: Vec<(ProcessId, u32, u64)>,
}

impl Guards {
    pub(super) fn new(program: &Program, store: &mut Store) -> Guards {
        let (mut first, mut slots) = (Vec::new(), Vec::new());
        for (shared, declared) in program.shared.iter().enumerate() {
            if !matches!(declared.kind, SharedKind::Breaker | SharedKind::Limiter) {
                first.push(NOWHERE);
                continue;
            }
            first.push(slots.len() as u32);
            let whom = Whom::Shared(shared as u32);
            let elements = declared.initial.len() as u32;
            let all = store.subject(Subject { whom, element: None });
            let few = declared.array && elements <= ELEMENTS;
            let mut subjects = vec![all; elements as usize];
            if few {
                let one = |element| store.subject(Subject { whom, element: Some(element) });
                subjects = (0..elements).map(one).collect();
            }
            let breaker = program.breaker(shared as u32);
            let limiter = program.limiter(shared as u32);
            let words: &[&'static str] = match breaker {
                Some(_) => &["window.calls", "window.failures"],
                None => &["tokens", "waiting"],
            };
            let gauge = |store: &mut Store, subject: u32, word: &'static str| {
                Some(store.new_gauge(Key { subject, what: What::Word(word) }))
            };
            let whole = [0, 1].map(|at: usize| gauge(store, all, words[at]));
            for &subject in &subjects {
                let own = [0, 1].map(
                    |at: usize| {
                        if few { gauge(store, subject, words[at]) } else { None }
                    },
                );
                let gauges = [0, 1].map(|at: usize| [own[at], whole[at]]);
                if let Some(breaker) = breaker {
                    slots.push(Slot::Breaker {
                        told: Breaker::new(store, subject),
                        slow_after: breaker.slow_after,
                        window: [0; 2],
                        gauges,
                    });
                } else if let Some(&declared) = limiter {
                    let allowance = declared.fresh();
                    let tokens = allowance.tokens(&declared, 0);
                    store.change_both(gauges[0], tokens);
                    slots.push(Slot::Limiter {
                        told: Bucket::new(store, subject),
                        declared,
                        allowance,
                        tokens,
                        gauges: gauges[0],
                        waiting: gauges[1],
                    });
                }
            }
        }
        Guards { first, slots, filling: Vec::new(), inside: Vec::new(), before: Vec::new() }
    }

    fn slot(&self, target: Target) -> u32 {
        self.first[target.shared as usize] + target.element
    }

    /// True for a breaker or limiter.
    pub(super) fn has(&self, target: Target) -> bool {
        self.first[target.shared as usize] != NOWHERE
    }

    /// A process stands before a limiter.
    pub(super) fn stands(&mut self, store: &mut Store, process: ProcessId, target: Target) {
        let slot = self.slot(target);
        if let Slot::Limiter { told, declared, waiting, .. } = &self.slots[slot as usize] {
            store.count(told.asked);
            if !declared.rejects {
                store.change_both(*waiting, 1);
            }
        }
        self.before.push((process, slot, store.now));
    }

    /// A process stands no longer where it stood.
    #[inline(always)]
    pub(super) fn leaves(&mut self, store: &mut Store, process: ProcessId) {
        if !self.before.is_empty() {
            self.leaves_slot(store, process, false);
        }
    }

    #[inline(never)]
    fn leaves_slot(&mut self, store: &mut Store, process: ProcessId, got: bool) {
        let known = self.before.iter().position(|(who, ..)| *who == process);
        let Some(at) = known else { return };
        let (_, slot, since) = self.before.swap_remove(at);
        if let Slot::Limiter { told, declared, waiting, .. } = &self.slots[slot as usize] {
            if !declared.rejects {
                store.change_both(*waiting, -1);
            }
            let waited = store.since(since);
            if got || waited > 0 {
                store.add(told.wait, since, waited);
            }
        }
    }

    /// Time has gone on: tokens come back.
    #[inline(always)]
    pub(super) fn fill(&mut self, store: &mut Store, now: u64) {
        if !self.filling.is_empty() {
            self.fill_those(store, now);
        }
    }

    #[inline(never)]
    fn fill_those(&mut self, store: &mut Store, now: u64) {
        let slots = &mut self.slots;
        self.filling.retain(|&slot| {
            let Slot::Limiter { declared, allowance, tokens, gauges, .. } =
                &mut slots[slot as usize]
            else {
                return false;
            };
            let full = declared.fresh().tokens(declared, now);
            while *tokens < full {
                let Some(at) = allowance.more(declared, *tokens) else { break };
                if at > now {
                    break;
                }
                let there = allowance.tokens(declared, at).max(*tokens + 1);
                store.change_at(*gauges, there - *tokens, at);
                *tokens = there;
            }
            *tokens < full
        });
    }

    pub(super) fn hear(&mut self, store: &mut Store, process: ProcessId, fact: &Fact) {
        match *fact {
            Fact::GotToken { target, further } => {
                let slot = self.slot(target);
                self.change_tokens(store, slot, |allowance, declared, now| {
                    allowance.take(declared, now);
                });
                if let Slot::Limiter { told, .. } = self.slots[slot as usize] {
                    if further {
                        store.count(told.asked);
                    }
                    store.count(told.admitted);
                }
                self.leaves_slot(store, process, true);
            }
            Fact::NoToken { target } => {
                if let Slot::Limiter { told, .. } = self.slots[self.slot(target) as usize] {
                    store.count(told.asked);
                    store.count(told.rejected);
                }
            }
            Fact::TurnedAway { target } => {
                if let Slot::Limiter { told, .. } = self.slots[self.slot(target) as usize] {
                    store.count(told.rejected);
                }
            }
            Fact::Earned { target } => {
                let slot = self.slot(target);
                self.change_tokens(store, slot, |allowance, declared, now| {
                    allowance.earn(declared, now);
                });
            }
            Fact::Service(ServiceFact::Anew { target }) => self.begins_anew(store, target),
            _ => self.hear_of_breaker(store, process, fact),
        }
    }

    /// A replica's own breaker or limiter is as it was at the start.
    fn begins_anew(&mut self, store: &mut Store, target: Target) {
        if !self.has(target) {
            return;
        }
        let slot = self.slot(target);
        match &mut self.slots[slot as usize] {
            Slot::Breaker { window, gauges, .. } => {
                for (gauges, known) in gauges.iter().zip(std::mem::take(window)) {
                    store.change_both(*gauges, -known);
                }
            }
            Slot::Limiter { declared, .. } => {
                let fresh = declared.fresh();
                self.change_tokens(store, slot, |allowance, _, _| *allowance = fresh);
            }
        }
    }

    fn change_tokens(
        &mut self,
        store: &mut Store,
        slot: u32,
        change: impl FnOnce(&mut Allowance, &Limiter, u64),
    ) {
        let now = store.now;
        let Slot::Limiter { declared, allowance, tokens, gauges, .. } =
            &mut self.slots[slot as usize]
        else {
            return;
        };
        change(allowance, declared, now);
        let left = allowance.tokens(declared, now);
        store.change_both(*gauges, left - *tokens);
        *tokens = left;
        if !self.filling.contains(&slot) {
            self.filling.push(slot);
        }
    }

    fn hear_of_breaker(&mut self, store: &mut Store, process: ProcessId, fact: &Fact) {
        let target = match *fact {
            Fact::LetIn { target, .. }
            | Fact::KeptOut { target }
            | Fact::Settled { target, .. }
            | Fact::Switched { target, .. } => target,
            _ => return,
        };
        let at = self.slot(target);
        let Slot::Breaker { told, slow_after, window, gauges } = &mut self.slots[at as usize]
        else {
            return;
        };
        let mut comes_to = |store: &mut Store, now: [i64; 2]| {
            for nth in 0..2 {
                store.change_both(gauges[nth], now[nth] - window[nth]);
            }
            *window = now;
        };
        match *fact {
            Fact::LetIn { probe, .. } => {
                store.count(told.calls);
                if probe {
                    store.count(told.probed);
                }
                self.inside.push((process, at, store.now));
            }
            Fact::KeptOut { .. } => {
                store.count(told.calls);
                store.count(told.refused);
            }
            Fact::Settled { judged, tally, .. } => {
                comes_to(store, [i64::from(tally.calls), i64::from(tally.failed)]);
                let known = self.inside.iter().rposition(|one| (one.0, one.1) == (process, at));
                let since = known.map_or(store.now, |known| self.inside.remove(known).2);
                let lasted = store.since(since);
                match judged {
                    Judged::Ok => store.count(told.ok),
                    Judged::Failed => store.count(told.failed),
                    Judged::Ignored => {}
                }
                if slow_after.is_some_and(|after| lasted > after) {
                    store.count(told.slow);
                }
                store.add(told.latency, since, lasted);
            }
            Fact::Switched { to, .. } => {
                comes_to(store, [0; 2]);
                if to == Guarding::Open {
                    store.count(told.opened);
                }
            }
            _ => {}
        }
    }

    /// A process is gone, and inside nothing.
    pub(super) fn forget_one(&mut self, process: ProcessId) {
        self.inside.retain(|(who, ..)| *who != process);
    }

    /// Nobody is inside anything any more.
    pub(super) fn forget(&mut self) {
        self.inside.clear();
        self.before.clear();
    }

    /// How long those have been inside a subject, or before it, that still are.
    pub(super) fn open(&self, store: &Store, subject: u32, word: &str) -> super::Spread {
        let mut ages = super::Spread::default();
        let list = match word {
            "latency" => &self.inside,
            "wait" => &self.before,
            _ => return ages,
        };
        for (_, slot, since) in list {
            let spread = match &self.slots[*slot as usize] {
                Slot::Breaker { told, .. } => told.latency,
                Slot::Limiter { told, .. } => told.wait,
            };
            let of = store.spreads[spread as usize].key;
            if of == (Key { subject, what: What::Word(key(word)) }) && *since >= store.warmup {
                ages.add(store.age(*since));
            }
        }
        ages
    }
}

fn key(word: &str) -> &'static str {
    if word == "wait" { "wait" } else { "latency" }
}

impl Breaker {
    fn new(store: &mut Store, subject: u32) -> Breaker {
        let key = |word| Key { subject, what: What::Word(word) };
        Breaker {
            calls: store.new_count(key("calls")),
            ok: store.new_count(key("ok")),
            failed: store.new_count(key("failed")),
            slow: store.new_count(key("slow")),
            refused: store.new_count(key("refused")),
            opened: store.new_count(key("opened")),
            probed: store.new_count(key("probed")),
            latency: store.new_spread(key("latency")),
        }
    }
}

impl Bucket {
    fn new(store: &mut Store, subject: u32) -> Bucket {
        let key = |word| Key { subject, what: What::Word(word) };
        Bucket {
            asked: store.new_count(key("asked")),
            admitted: store.new_count(key("admitted")),
            rejected: store.new_count(key("rejected")),
            wait: store.new_spread(key("wait")),
        }
    }
}
