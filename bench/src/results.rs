//! Who did what in how long.

use std::fmt;

use lockstep_bench::rows::{Engine, Row, SEARCHED, Work, all, searched, simulated};
use lockstep_bench::work::{closed, one_server};

use crate::{
    measure::{Cell, Measured, measure},
    node::Node,
    peers::{
        nexosim,
        stateright::{self, Kept, Order},
    },
};

/// Whose engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    /// One of ours, or what is written by hand, natively.
    Native(Engine),
    /// The same in WebAssembly.
    Wasm(Engine),
    Stateright(Order, Kept),
    Nexosim,
}

/// Everything measured.
#[derive(Default)]
pub(crate) struct Results(Vec<(Who, Work, Cell)>);

impl Results {
    /// What one engine needed for one piece of work, if that was looked at.
    pub(crate) fn get(&self, who: Who, work: Work) -> Option<&Cell> {
        self.0.iter().find(|(by, on, _)| (*by, *on) == (who, work)).map(|(_, _, cell)| cell)
    }

    /// How much a CPU second brings, where all the work was done.
    pub(crate) fn rate(&self, who: Who, work: Work) -> Option<f64> {
        let done = self.get(who, work)?.as_ref().ok()?;
        done.note.is_none().then(|| done.rate())
    }

    /// The best rate of a peer, among those with the same states.
    pub(crate) fn best_peer(&self, work: Work) -> Option<f64> {
        PEERS.iter().filter_map(|peer| self.rate(*peer, work)).max_by(f64::total_cmp)
    }

    fn add(&mut self, who: Who, work: Work, cell: Cell) {
        match &cell {
            Ok(done) => eprintln!("{who}, {work:?}: {:.4} s", done.seconds),
            Err(why) => eprintln!("{who}, {work:?}: {why}"),
        }
        self.0.push((who, work, cell));
    }

    /// Measures ours and what is written by hand, natively and, where there is a Node, in it.
    pub(crate) fn measure_ours(
        &mut self,
        quick: bool,
        mut node: Option<&mut Node>,
        wanted: impl Fn(Row) -> bool,
    ) {
        for (number, row) in all().into_iter().enumerate().filter(|(_, row)| wanted(*row)) {
            let native = measure(quick, || row.run());
            self.add(Who::Native(row.engine), row.work, native.clone());
            let Some(node) = node.as_mut() else { continue };
            // What cannot be done yet cannot be done there either.
            let wasm = native.map(|native| {
                let (seconds, amount) = node.measure(number);
                // How far a search gets before it is stopped depends on the size of a pointer.
                let is_right = amount == native.amount || amount > 0 && native.note.is_some();
                assert!(is_right, "{amount} in WebAssembly: {row:?}");
                Measured { seconds, amount, note: native.note }
            });
            self.add(Who::Wasm(row.engine), row.work, wasm);
        }
    }

    /// Measures the peers.
    pub(crate) fn measure_peers(&mut self, quick: bool, search: bool, simulation: bool) {
        for peer in PEERS {
            match peer {
                Who::Stateright(order, kept) if search => {
                    for work in SEARCHED {
                        let visit = || {
                            let states = stateright::search(work, order, kept)?;
                            Ok(searched(work, states))
                        };
                        self.add(peer, work, measure(quick, visit));
                    }
                }
                Who::Nexosim if simulation => {
                    let one_server = || {
                        let customers = one_server::CUSTOMERS;
                        let mean = nexosim::one_server(customers);
                        Ok(simulated(mean, one_server::MEAN, customers))
                    };
                    self.add(peer, Work::OneServer, measure(quick, one_server));
                    let closed = || {
                        let completions = closed::COMPLETIONS;
                        Ok(simulated(nexosim::closed(completions), closed::MEAN, completions))
                    };
                    self.add(peer, Work::Closed, measure(quick, closed));
                }
                _ => {}
            }
        }
    }
}

/// All peers.
pub(crate) const PEERS: [Who; 5] = [
    Who::Stateright(Order::Depth, Kept::Integer),
    Who::Stateright(Order::Depth, Kept::Vector),
    Who::Stateright(Order::Breadth, Kept::Integer),
    Who::Stateright(Order::Breadth, Kept::Vector),
    Who::Nexosim,
];

impl fmt::Display for Who {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let engine = |engine: &Engine| match engine {
            Engine::ByHand => "by hand",
            Engine::Lindley => "by hand, no list of events",
            Engine::Ours => "Lockstep",
            Engine::OursNarrow => "Lockstep, 64-bit fingerprints",
            Engine::OursVerdict => "Lockstep, for a verdict",
            Engine::OursCount => "Lockstep, for the number of schedules",
        };
        match self {
            Who::Native(by) => write!(f, "{}", engine(by)),
            Who::Wasm(by) => write!(f, "{}, in WebAssembly", engine(by)),
            Who::Stateright(order, kept) => {
                let order = if *order == Order::Depth { "depth" } else { "breadth" };
                let kept = if *kept == Kept::Integer { "integers" } else { "vectors" };
                write!(f, "stateright, {order} first, {kept}")
            }
            Who::Nexosim => write!(f, "nexosim, one thread"),
        }
    }
}
