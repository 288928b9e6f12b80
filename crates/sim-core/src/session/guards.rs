//! What happens at breakers and limiters, in the scenario's own names, and how they stand.

use super::describe::place_name;
use super::frame::{Action, GuardView};
use crate::drive::Clock;
use crate::machine::{Machine, State};
use crate::program::{Guarding, Judged, LimiterKind, Op, Program, Window};
use crate::trace::{Fact, ProcessId, Target};

/// The next part of what a step did, if it has to do with a breaker or limiter, and how many facts
/// tell of it.
pub(super) fn part(program: &Program, facts: &[&Fact]) -> Option<(Action, usize)> {
    let place = |target: Target| place_name(program, target);
    let mut taken = 1;
    let action = match *facts[0] {
        Fact::Switched { target, to: Guarding::HalfOpen, .. } => {
            taken = 2;
            Action::Pass { place: place(target), refused: false, probe: true, first: true }
        }
        Fact::LetIn { target, probe } => {
            Action::Pass { place: place(target), refused: false, probe, first: false }
        }
        Fact::KeptOut { target } => {
            Action::Pass { place: place(target), refused: true, probe: false, first: false }
        }
        Fact::Settled { target, judged, slow, counts, tally } => {
            let becomes = match facts.get(1) {
                Some(Fact::Switched { to, .. }) => {
                    taken = 2;
                    Some(*to)
                }
                _ => None,
            };
            Action::Settle { place: place(target), judged, slow, counts, tally, becomes }
        }
        Fact::GotToken { target, further } => {
            Action::Token { place: place(target), further, none: false }
        }
        Fact::NoToken { target } => {
            Action::Token { place: place(target), further: true, none: true }
        }
        _ => return None,
    };
    Some((action, taken))
}

/// What an instruction is about to do at a breaker or limiter, where that cannot be tried out.
pub(super) fn intended(program: &Program, op: Op) -> Option<Action> {
    let name = |id: u32| program.shared[id as usize].name.clone();
    Some(match op {
        Op::Admit { breaker, .. } => {
            Action::Pass { place: name(breaker), refused: false, probe: false, first: false }
        }
        Op::Report { breaker, .. } => Action::Settle {
            place: name(breaker),
            judged: Judged::Ok,
            slow: false,
            counts: true,
            tally: Default::default(),
            becomes: None,
        },
        Op::Token { limiter, got, .. } => {
            Action::Token { place: name(limiter), further: got.is_some(), none: false }
        }
        _ => return None,
    })
}

/// How a breaker or limiter stands.
pub(super) fn view(
    machine: &Machine,
    state: &State,
    clock: &Clock,
    target: Target,
) -> Option<GuardView> {
    let program = machine.program();
    if let Some(breaker) = program.breaker(target.shared) {
        let guarding = machine.guarding(state, target);
        let probing = guarding == Guarding::HalfOpen;
        let (size, seconds) = match breaker.window {
            _ if probing => (breaker.probes as u32, false),
            Window::Calls(calls) => (calls, false),
            Window::Seconds(seconds) => (seconds, true),
        };
        let processes = 0..machine.layout().processes.len() as ProcessId;
        return Some(GuardView::Breaker {
            state: guarding,
            results: machine.results(state, target),
            seconds: machine.seconds(state, target),
            size,
            timed: seconds,
            tally: machine.tally(state, target),
            enough: breaker.enough(guarding) as u32,
            failures: breaker.failures,
            slow: breaker.slow_after.map(|_| breaker.slow),
            probes: breaker.probes as u32,
            admitted: machine.probing(state, target) as u32,
            inside: processes.filter(|one| machine.is_inside(state, *one, target)).collect(),
            until: clock.opens_until(machine, target).filter(|_| guarding == Guarding::Open),
        });
    }
    let limiter = program.limiter(target.shared)?;
    let most = match limiter.kind {
        LimiterKind::Bucket => limiter.burst,
        LimiterKind::Fixed { most, .. } | LimiterKind::Sliding { most, .. } => most,
    };
    Some(GuardView::Limiter {
        tokens: clock.tokens(machine, target),
        most,
        rate: limiter.rate,
        next: clock.next_token_at(machine, target),
    })
}
