//! Breakers at a moment: what they judge by, and what they wait for.

use crate::program::{Guarding, SharedKind, Window};
use crate::session::Session;
use crate::session::describe::place_name;
use crate::session::frame::{BreakerView, Results};
use crate::trace::Target;

/// How many breakers a frame has.
const BREAKERS_MAX: usize = 12;
/// Of a window so many results are shown, the latest.
const RESULTS_MAX: usize = 100;

impl Session {
    pub(super) fn breakers(&self) -> Vec<BreakerView> {
        let mut views = Vec::new();
        for (id, shared) in (0..).zip(&self.program().shared) {
            if shared.kind != SharedKind::Breaker {
                continue;
            }
            let elements = 0..shared.initial.len() as u32;
            let view = |element| self.breaker(Target { shared: id, element });
            let room = BREAKERS_MAX.saturating_sub(views.len());
            views.extend(elements.filter_map(view).take(room));
        }
        views
    }

    fn breaker(&self, target: Target) -> Option<BreakerView> {
        let (machine, state) = (&self.machine, &self.moment.state);
        let declared = self.program().breaker(target.shared)?;
        let guarding = machine.guarding(state, target);
        let half_open = guarding == Guarding::HalfOpen;
        let results = match declared.window {
            Window::Seconds(_) if !half_open => Results::Seconds(machine.seconds(state, target)),
            window => {
                let all = machine.results(state, target);
                let places = match window {
                    Window::Calls(calls) if !half_open => calls,
                    _ => declared.probes.max(0) as u32,
                };
                let skip = all.len().saturating_sub(RESULTS_MAX);
                Results::Calls { places, results: all[skip..].to_vec() }
            }
        };
        let until = self.moment.clock.opens_until(machine, target);
        Some(BreakerView {
            place: place_name(self.program(), target),
            guarding,
            results,
            tally: machine.tally(state, target),
            failures: declared.failures.max(0) as u32,
            slow: declared
                .slow_after
                .map(|after| (declared.slow.max(0) as u32, after.max(0) as u64)),
            enough: declared.enough(guarding).max(0) as u32,
            open: declared.open.max(0) as u64,
            tries_at: until.filter(|_| guarding == Guarding::Open),
            probes: declared.probes.max(0) as u32,
            probing: if half_open { machine.probing(state, target).max(0) as u32 } else { 0 },
        })
    }
}
