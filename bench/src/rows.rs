//! What runs natively and in WebAssembly: each engine of ours on each piece of work.

use sim_core::explore::Verdict;

use crate::{
    by_hand,
    ours::{self, Switches},
    work::{closed, counting::Counting, one_server, pairs, philosophers::Philosophers},
};

/// A piece of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// So many processes that count, locals kept.
    Kept(u32),
    /// So many processes that count, dead locals cleared.
    Cleared(u32),
    /// So many philosophers.
    Philosophers(u32),
    /// So many independent pairs.
    Pairs(u32),
    /// One server, one line.
    OneServer,
    /// Closed clients.
    Closed,
}

/// Who does it, of those that run in WebAssembly too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Written by hand for this and nothing else.
    ByHand,
    /// The same without a list of events.
    Lindley,
    /// Ours as it is: every state, 128-bit fingerprints; or the clock.
    Ours,
    /// Ours, every state, 64-bit fingerprints.
    OursNarrow,
    /// Ours, however a verdict is had soonest.
    OursVerdict,
    /// Ours, for the exact number of schedules.
    OursCount,
}

/// One engine on one piece of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Who.
    pub engine: Engine,
    /// What.
    pub work: Work,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// How many states were visited, or how many events happened.
    pub amount: u64,
    /// What must be known beside that, where it is not what was asked for.
    pub note: Option<String>,
}

/// Searched by everybody, in the order of the table.
pub const SEARCHED: [Work; 8] = [
    Work::Kept(6),
    Work::Kept(7),
    Work::Cleared(6),
    Work::Cleared(7),
    Work::Cleared(8),
    Work::Cleared(9),
    Work::Philosophers(8),
    Work::Philosophers(12),
];

/// How far a mean may be from theory: some four times what chance makes of it in a run so long.
const TOLERANCE: f64 = 0.8;

/// All rows, in the order in which both worlds number them.
#[must_use]
pub fn all() -> Vec<Row> {
    let mut rows = Vec::new();
    for engine in [Engine::ByHand, Engine::Ours] {
        rows.extend(SEARCHED.map(|work| Row { engine, work }));
    }
    let simulated = [
        (Engine::Lindley, Work::OneServer),
        (Engine::ByHand, Work::OneServer),
        (Engine::Ours, Work::OneServer),
        (Engine::ByHand, Work::Closed),
        (Engine::Ours, Work::Closed),
    ];
    let aims = [
        (Engine::OursNarrow, Work::Kept(7)),
        (Engine::OursVerdict, Work::Cleared(8)),
        (Engine::OursCount, Work::Cleared(8)),
        (Engine::OursVerdict, Work::Philosophers(12)),
        (Engine::OursVerdict, Work::Pairs(6)),
    ];
    rows.extend(simulated.into_iter().chain(aims).map(|(engine, work)| Row { engine, work }));
    rows
}

impl Row {
    /// Does the work, and checks what came of it.
    ///
    /// # Errors
    ///
    /// What the engine cannot do yet.
    ///
    /// # Panics
    ///
    /// If an engine is wrong: what is wrong is not worth measuring.
    pub fn run(self) -> Result<Done, String> {
        match (self.engine, self.work) {
            (Engine::Lindley, _) => Ok(simulated(
                one_server::lindley(one_server::CUSTOMERS),
                one_server::MEAN,
                one_server::CUSTOMERS,
            )),
            (Engine::ByHand, Work::OneServer) => Ok(simulated(
                one_server::by_hand(one_server::CUSTOMERS),
                one_server::MEAN,
                one_server::CUSTOMERS,
            )),
            (Engine::ByHand, Work::Closed) => Ok(simulated(
                closed::by_hand(closed::COMPLETIONS),
                closed::MEAN,
                closed::COMPLETIONS,
            )),
            (Engine::ByHand, work) => Ok(by_hand(work)),
            (_, Work::OneServer) => Ok(by_ours(self.work, "line.wait", one_server::MEAN)),
            (_, Work::Closed) => Ok(by_ours(self.work, "client.latency", closed::MEAN)),
            (Engine::Ours, work) => every_state(work, Switches::EVERY_STATE),
            (Engine::OursNarrow, work) => every_state(work, Switches::NARROW),
            (Engine::OursVerdict, work) => verdict(work),
            (Engine::OursCount, work) => count(work),
        }
    }
}

impl Work {
    /// The text of ours.
    #[must_use]
    pub fn text(self) -> String {
        match self {
            Work::Kept(processes) => Counting { processes, keep_locals: true }.text(),
            Work::Cleared(processes) => Counting { processes, keep_locals: false }.text(),
            Work::Philosophers(n) => Philosophers(n).text(),
            Work::Pairs(n) => pairs::text(n),
            Work::OneServer => one_server::TEXT.to_owned(),
            Work::Closed => closed::TEXT.to_owned(),
        }
    }

    /// How many states there must be.
    ///
    /// # Panics
    ///
    /// Where nobody searches every state.
    #[must_use]
    pub fn states(self) -> u64 {
        match self {
            Work::Kept(processes) => Counting { processes, keep_locals: true }.states(),
            Work::Cleared(processes) => Counting { processes, keep_locals: false }.states(),
            Work::Philosophers(n) => Philosophers(n).states(),
            Work::Pairs(_) | Work::OneServer | Work::Closed => {
                panic!("not searched state by state")
            }
        }
    }
}

/// Two events for each customer, whoever counts them: coming and having been served.
///
/// # Panics
///
/// If the mean is not what theory says.
#[must_use]
pub fn simulated(mean: f64, theory: f64, customers: u64) -> Done {
    assert!((mean - theory).abs() < TOLERANCE, "a mean of {mean}, where theory says {theory}");
    Done { amount: 2 * customers, note: None }
}

/// All states were visited, and no others.
///
/// # Panics
///
/// If there are more or fewer than there must be.
#[must_use]
pub fn searched(work: Work, states: u64) -> Done {
    assert_eq!(states, work.states(), "the states of {work:?}");
    Done { amount: states, note: None }
}

fn by_hand(work: Work) -> Done {
    let states = match work {
        Work::Kept(processes) => by_hand::search(Counting { processes, keep_locals: true }),
        Work::Cleared(processes) => by_hand::search(Counting { processes, keep_locals: false }),
        Work::Philosophers(n) => by_hand::search(Philosophers(n)),
        other => panic!("{other:?} is not written by hand"),
    };
    searched(work, states)
}

fn every_state(work: Work, switches: Switches) -> Result<Done, String> {
    let keep_locals = matches!(work, Work::Kept(_));
    let found = ours::search(&work.text(), Switches { keep_locals, ..switches });
    if found.stopped.is_some() {
        return Ok(Done { amount: found.states, note: found.stopped });
    }
    assert_eq!(found.verdict, Verdict::Broken, "{work:?} has a race or a deadlock");
    Ok(searched(work, found.states))
}

/// Every one of them fails in some schedule; once that is seen, the rest need not be looked at.
fn verdict(work: Work) -> Result<Done, String> {
    let found = ours::search(&work.text(), Switches::VERDICT);
    assert_ne!(found.verdict, Verdict::Holds, "{work:?} has a race or a deadlock");
    let is_known = found.verdict == Verdict::Broken;
    Ok(Done { amount: found.states, note: found.stopped.filter(|_| !is_known) })
}

/// 16! / 2^8 for eight processes of two steps: all orders of the steps, those of each process
/// in one order.
fn count(work: Work) -> Result<Done, String> {
    let Work::Cleared(processes) = work else { panic!("{work:?} is not counted") };
    let found = ours::search(&work.text(), Switches::COUNT);
    if found.stopped.is_some() {
        return Ok(Done { amount: found.states, note: found.stopped });
    }
    let all = (1..=u128::from(2 * processes)).product::<u128>() >> processes;
    assert_eq!(found.schedules, Some(all.to_string()), "the schedules of {work:?}");
    Ok(Done { amount: found.states, note: None })
}

/// The whole text, measured.
fn by_ours(work: Work, spread: &str, theory: f64) -> Done {
    let ran = ours::run(&work.text(), spread, u64::MAX);
    simulated(ran.mean, theory, ran.count)
}
