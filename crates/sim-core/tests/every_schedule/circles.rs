//! Circles, found by asking of each state what can be reached from it.

use crate::walk::Picks;
use std::collections::BTreeMap;

/// The states of a walk and the steps between them.
#[derive(Default)]
pub(crate) struct Circles {
    states: BTreeMap<Vec<i64>, Seen>,
}

#[derive(Default)]
struct Seen {
    /// The shortest way here.
    way: Picks,
    /// For each pick where it leads, and whether something is achieved by it.
    steps: BTreeMap<u32, (Vec<i64>, bool)>,
    /// True if steps from here were withheld.
    open: bool,
    /// True if a bound withheld something here that would go on by itself.
    cut: bool,
}

impl Circles {
    pub(crate) fn see(&mut self, state: &[i64], way: &Picks) {
        let new = || Seen { way: way.clone(), ..Seen::default() };
        let seen = self.states.entry(state.to_vec()).or_insert_with(new);
        if *way < seen.way {
            seen.way = way.clone();
        }
    }

    pub(crate) fn step(&mut self, from: &[i64], pick: u32, to: &[i64], achieves: bool) {
        if let Some(seen) = self.states.get_mut(from) {
            seen.steps.insert(pick, (to.to_vec(), achieves));
        }
    }

    /// States, steps between them, and the most steps it takes to come to a state.
    pub(crate) fn size(&self) -> (u64, u64, u32) {
        let steps = self.states.values().map(|seen| seen.steps.len() as u64).sum();
        let depth = self.states.values().map(|seen| seen.way.steps).max().unwrap_or(0);
        (self.states.len() as u64, steps, depth)
    }

    pub(crate) fn cut(&mut self, state: &[i64]) {
        if let Some(seen) = self.states.get_mut(state) {
            seen.cut = true;
        }
    }

    pub(crate) fn leave_open(&mut self, state: &[i64]) {
        if let Some(seen) = self.states.get_mut(state) {
            seen.open = true;
        }
    }

    /// The states to which all that can be reached from them can come back, with the shortest way there
    /// and whether something is achieved meanwhile.
    pub(crate) fn without_way_out(&self) -> Vec<(Vec<i64>, Picks, bool)> {
        let reached: BTreeMap<&[i64], Vec<&[i64]>> =
            self.states.keys().map(|state| (state.as_slice(), self.reached(state))).collect();
        let comes_back = |from: &[i64], to: &[i64]| reached[from].binary_search(&to).is_ok();
        let mut found = Vec::new();
        for (state, seen) in &self.states {
            let around = &reached[state.as_slice()];
            let is_closed = around.iter().all(|other| {
                comes_back(other, state) && !self.is_open(other) && !self.states[*other].cut
            });
            if !around.is_empty() && is_closed {
                let achieves = around
                    .iter()
                    .any(|other| self.states[*other].steps.values().any(|(_, achieves)| *achieves));
                found.push((state.clone(), seen.way.clone(), achieves));
            }
        }
        found
    }

    /// True if from some state no way went on because it was too long.
    pub(crate) fn has_open(&self) -> bool {
        self.states.keys().any(|state| self.is_open(state))
    }

    /// Open, and not gone on from by a shorter way either.
    fn is_open(&self, state: &[i64]) -> bool {
        let seen = &self.states[state];
        seen.open && seen.steps.is_empty()
    }

    /// What can be reached by one step or more, in order.
    fn reached(&self, from: &[i64]) -> Vec<&[i64]> {
        let mut reached: BTreeMap<&[i64], ()> = BTreeMap::new();
        let mut open: Vec<&[i64]> = self.next(from).collect();
        while let Some(state) = open.pop() {
            if reached.insert(state, ()).is_none() {
                open.extend(self.next(state));
            }
        }
        reached.into_keys().collect()
    }

    fn next(&self, from: &[i64]) -> impl Iterator<Item = &[i64]> {
        self.states[from].steps.values().map(|(to, _)| to.as_slice())
    }
}
