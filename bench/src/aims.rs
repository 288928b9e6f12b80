//! What the engine must reach, and what it should.

use lockstep_bench::rows::{Engine, Work};

/// A row of the table of aims.
pub(crate) struct Aim {
    pub(crate) name: &'static str,
    pub(crate) engine: Engine,
    pub(crate) work: Work,
    pub(crate) goal: Goal,
}

/// How it is judged.
#[derive(Clone, Copy)]
pub(crate) enum Goal {
    /// Millions in a CPU second; the browser's least share of native.
    Rate { unit: &'static str, floor: f64, aim: f64, browser: f64 },
    /// Milliseconds; in the browser twice as many.
    Time { floor: f64, aim: f64 },
}

const VERDICT: Goal = Goal::Time { floor: 100.0, aim: 10.0 };

/// All of them.
pub(crate) const AIMS: [Aim; 9] = [
    Aim {
        name: "A: one server",
        engine: Engine::Ours,
        work: Work::OneServer,
        goal: Goal::Rate { unit: "events", floor: 10.0, aim: 20.0, browser: 0.7 },
    },
    Aim {
        name: "B: closed clients",
        engine: Engine::Ours,
        work: Work::Closed,
        goal: Goal::Rate { unit: "events", floor: 5.0, aim: 12.0, browser: 0.7 },
    },
    Aim {
        name: "K = 7, locals kept, every state, 64-bit fingerprints",
        engine: Engine::OursNarrow,
        work: Work::Kept(7),
        goal: Goal::Rate { unit: "states", floor: 3.0, aim: 5.0, browser: 0.7 },
    },
    Aim {
        name: "the same, 128-bit fingerprints",
        engine: Engine::Ours,
        work: Work::Kept(7),
        goal: Goal::Rate { unit: "states", floor: 2.5, aim: 4.0, browser: 0.7 },
    },
    Aim {
        name: "philosophers 12, every state",
        engine: Engine::Ours,
        work: Work::Philosophers(12),
        goal: Goal::Rate { unit: "states", floor: 1.5, aim: 3.0, browser: 0.6 },
    },
    Aim {
        name: "K = 8, verdict",
        engine: Engine::OursVerdict,
        work: Work::Cleared(8),
        goal: VERDICT,
    },
    Aim {
        name: "K = 8, the exact 81 729 648 000 schedules",
        engine: Engine::OursCount,
        work: Work::Cleared(8),
        goal: VERDICT,
    },
    Aim {
        name: "philosophers 12, verdict",
        engine: Engine::OursVerdict,
        work: Work::Philosophers(12),
        goal: VERDICT,
    },
    Aim {
        name: "6 independent pairs, verdict",
        engine: Engine::OursVerdict,
        work: Work::Pairs(6),
        goal: VERDICT,
    },
];
