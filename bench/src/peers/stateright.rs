//! stateright on the same states: as packed integers, and as a vector of bytes, which is nearer to
//! how a model is written with it.

use std::time::Duration;

use lockstep_bench::{
    rows::Work,
    work::{Packed, counting::Counting, philosophers::Philosophers},
};
use stateright::{Checker, Model, Property};

/// Longer than anything here takes; where it is not enough, the row says so.
const PATIENCE: Duration = Duration::from_secs(120);

/// How it looks for states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    Depth,
    Breadth,
}

/// How a state is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kept {
    Integer,
    Vector,
}

/// Visits every state; gives how many there are.
pub(crate) fn search(work: Work, order: Order, kept: Kept) -> Result<u64, String> {
    // Each state that waits carries the whole way to it, and the ways of philosophers who go
    // round for ever are as long as there are states.
    if order == Order::Depth && matches!(work, Work::Philosophers(n) if n > 8) {
        return Err("depth first keeps a way for each state that waits: the memory for it grows \
                    with the square of the depth, and is more than there is"
            .to_owned());
    }
    let counting = |processes, keep_locals| Counting { processes, keep_locals };
    Ok(match (work, kept) {
        (Work::Kept(n), Kept::Integer) => visit(Integers(counting(n, true)), order),
        (Work::Cleared(n), Kept::Integer) => visit(Integers(counting(n, false)), order),
        (Work::Philosophers(n), Kept::Integer) => visit(Integers(Philosophers(n)), order),
        (Work::Kept(n), Kept::Vector) => visit(Clerks(counting(n, true)), order),
        (Work::Cleared(n), Kept::Vector) => visit(Clerks(counting(n, false)), order),
        (Work::Philosophers(n), Kept::Vector) => visit(Table(Philosophers(n)), order),
        (other, _) => panic!("{other:?} is not searched state by state"),
    })
}

fn visit<M>(model: M, order: Order) -> u64
where
    M: Model<Action = u8> + Send + Sync + 'static,
    M::State: Clone + PartialEq + std::hash::Hash + Send + Sync,
{
    let checker = model.checker().threads(1).timeout(PATIENCE);
    match order {
        Order::Depth => checker.spawn_dfs().join().unique_state_count() as u64,
        Order::Breadth => checker.spawn_bfs().join().unique_state_count() as u64,
    }
}

/// A model whose states are those of the search by hand.
struct Integers<W>(W);

impl<W: Packed> Model for Integers<W> {
    type State = u64;
    type Action = u8;

    fn init_states(&self) -> Vec<u64> {
        vec![self.0.start()]
    }

    fn actions(&self, _: &u64, actions: &mut Vec<u8>) {
        actions.extend(0..self.0.processes() as u8);
    }

    fn next_state(&self, state: &u64, process: u8) -> Option<u64> {
        self.0.step(*state, u32::from(process))
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![Property::always("within bounds", |model, state| model.0.holds(*state))]
    }
}

/// Where each clerk stands and what it has read, and at the end the counter.
struct Clerks(Counting);

const READS: u8 = 0;
const WRITES: u8 = 1;
const ENDED: u8 = 2;

impl Model for Clerks {
    type State = Vec<u8>;
    type Action = u8;

    fn init_states(&self) -> Vec<Vec<u8>> {
        vec![vec![0; 2 * self.0.processes as usize + 1]]
    }

    fn actions(&self, state: &Vec<u8>, actions: &mut Vec<u8>) {
        let clerks = 0..self.0.processes as u8;
        actions.extend(clerks.filter(|clerk| state[2 * usize::from(*clerk)] != ENDED));
    }

    fn next_state(&self, state: &Vec<u8>, clerk: u8) -> Option<Vec<u8>> {
        let mut state = state.clone();
        let (stands, seen, total) =
            (2 * usize::from(clerk), 2 * usize::from(clerk) + 1, state.len() - 1);
        if state[stands] == READS {
            (state[stands], state[seen]) = (WRITES, state[total]);
        } else {
            (state[stands], state[total]) = (ENDED, state[seen] + 1);
            if !self.0.keep_locals {
                state[seen] = 0;
            }
        }
        Some(state)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![Property::always("within bounds", |model, state: &Vec<u8>| {
            state.last().is_some_and(|total| u32::from(*total) <= model.0.processes)
        })]
    }
}

/// Where each philosopher stands.
struct Table(Philosophers);

impl Table {
    fn can(&self, state: &[u8], philosopher: usize) -> bool {
        let n = state.len();
        let (before, after) = (state[(philosopher + n - 1) % n], state[(philosopher + 1) % n]);
        match state[philosopher] {
            // The left fork is the right one of who sits before, held with both or alone.
            0 => before < 2,
            // The right fork is the left one of who sits after.
            1 => after == 0 || after == 3,
            _ => true,
        }
    }
}

impl Model for Table {
    type State = Vec<u8>;
    type Action = u8;

    fn init_states(&self) -> Vec<Vec<u8>> {
        vec![vec![0; self.0.0 as usize]]
    }

    fn actions(&self, state: &Vec<u8>, actions: &mut Vec<u8>) {
        let all = 0..state.len() as u8;
        actions.extend(all.filter(|philosopher| self.can(state, usize::from(*philosopher))));
    }

    fn next_state(&self, state: &Vec<u8>, philosopher: u8) -> Option<Vec<u8>> {
        let mut state = state.clone();
        let stands = &mut state[usize::from(philosopher)];
        *stands = (*stands + 1) % 4;
        Some(state)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![Property::always("within bounds", |_, state: &Vec<u8>| {
            state.iter().all(|stands| *stands < 4)
        })]
    }
}
