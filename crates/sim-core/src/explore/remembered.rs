//! Steps that were taken before: what a process does next depends on its own block and on the few
//! words its step touches, not on the rest of the state. The same words, the same step; so most
//! steps of a search are looked up instead of performed.
//!
//! Only steps that touch what can be told beforehand are remembered, in programs where nothing
//! happens but steps.

use super::footprints::{Depends, depends, too_many_kinds};
use super::graph::Did;
use super::keys::Change;
use super::reduce::is_plain;
use crate::machine::{Machine, State};
use crate::program::{Op, Pc};
use crate::trace::ProcessId;
use std::ops::Range;

/// Words outside its block that a step may depend on to be remembered.
const WORDS_MAX: usize = 12;
/// Words of keys that are kept in all: then nothing more is remembered.
const KEYS_MAX: usize = 4 << 20;

/// One outcome of a step.
#[derive(Clone, Debug)]
pub(super) struct Outcome {
    /// What it writes, the last write first: a range of [`Remembered::writes`].
    pub(super) writes: Range<u32>,
    pub(super) change: Change,
    pub(super) judge: u64,
    pub(super) broke: u64,
    pub(super) did: Did,
}

/// A step of a process in a situation.
#[derive(Clone, Debug)]
struct Situation {
    hash: u64,
    key: Range<u32>,
    /// Its outcomes; none where it is not possible.
    outcomes: Range<u32>,
}

/// All steps taken so far.
#[derive(Clone, Debug)]
pub(super) struct Remembered {
    /// For each process the words of its block.
    blocks: Vec<Range<u32>>,
    /// For each process and place the words outside that its step depends on, where that is known.
    depends: Depends,
    slots: Vec<u32>,
    situations: Vec<Situation>,
    keys: Vec<i64>,
    outcomes: Vec<Outcome>,
    pub(super) writes: Vec<(u32, i64)>,
    /// Reused: the words looked up.
    key: Vec<i64>,
    hash: u64,
}

/// What is known of a step.
pub(super) enum Known {
    /// Its outcomes, by number.
    Outcomes(Range<u32>),
    /// Nothing yet; what it comes to may be remembered.
    New,
    /// Nothing, and nothing can be.
    Never,
}

impl Remembered {
    /// Nothing yet; `None` for programs where other things than steps happen.
    pub(super) fn new(machine: &Machine) -> Option<Remembered> {
        let (program, layout) = (machine.program(), machine.layout());
        let leaves = |op: &Op| matches!(op, Op::Think { leave: Some(_), .. });
        if !is_plain(program) || program.code.iter().any(leaves) || too_many_kinds(machine) {
            return None;
        }
        Some(Remembered {
            blocks: layout.blocks(),
            depends: depends(machine, WORDS_MAX),
            slots: vec![0; 1 << 10],
            situations: Vec::new(),
            keys: Vec::new(),
            outcomes: Vec::new(),
            writes: Vec::new(),
            key: Vec::new(),
            hash: 0,
        })
    }

    /// What is known of the next step of a process that stands at a place.
    pub(super) fn find(
        &mut self,
        machine: &Machine,
        state: &State,
        process: ProcessId,
        pc: Pc,
    ) -> Known {
        let class = machine.layout().processes[process as usize].class;
        let first = machine.program().classes[class as usize].code.start;
        let (tables, table_of) = &self.depends;
        let table = &tables[table_of[process as usize]];
        let Some(depends) = &table[(pc - first) as usize] else {
            return Known::Never;
        };
        let words = state.words();
        let block = &self.blocks[process as usize];
        self.key.clear();
        self.key.push(i64::from(process));
        self.key.extend_from_slice(&words[block.start as usize..block.end as usize]);
        self.key.extend(depends.iter().map(|&at| words[at as usize]));
        self.hash = self.key.iter().fold(0, |hash, &word| {
            (hash ^ word as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29)
        });
        let mut at = self.hash as usize & (self.slots.len() - 1);
        while let Some(number) = self.slots[at].checked_sub(1) {
            let known = &self.situations[number as usize];
            let key = &self.keys[known.key.start as usize..known.key.end as usize];
            if known.hash == self.hash && key == self.key {
                return Known::Outcomes(known.outcomes.clone());
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
        if self.keys.len() > KEYS_MAX { Known::Never } else { Known::New }
    }

    /// About how many bytes it takes.
    pub(super) fn bytes(&self) -> usize {
        self.keys.len() * size_of::<i64>()
            + self.situations.len() * (size_of::<Situation>() + 8)
            + self.outcomes.len() * (size_of::<Outcome>() + 32)
            + self.writes.len() * size_of::<(u32, i64)>()
    }

    /// One of the outcomes that were found.
    pub(super) fn outcome(&self, number: u32) -> &Outcome {
        &self.outcomes[number as usize]
    }

    /// Where outcomes of the step last looked for begin.
    pub(super) fn next_outcome(&self) -> u32 {
        self.outcomes.len() as u32
    }

    /// An outcome of the step last looked for.
    pub(super) fn add(&mut self, outcome: Outcome) {
        self.outcomes.push(outcome);
    }

    /// All outcomes of the step last looked for have been added, from this one on.
    pub(super) fn close(&mut self, first: u32) {
        let key = self.keys.len() as u32..(self.keys.len() + self.key.len()) as u32;
        self.keys.extend_from_slice(&self.key);
        let outcomes = first..self.outcomes.len() as u32;
        self.situations.push(Situation { hash: self.hash, key, outcomes });
        if self.situations.len() * 2 > self.slots.len() {
            self.slots = vec![0; self.slots.len() * 2];
            for number in 0..self.situations.len() as u32 {
                self.place(number);
            }
        } else {
            self.place(self.situations.len() as u32 - 1);
        }
    }

    fn place(&mut self, number: u32) {
        let mut at = self.situations[number as usize].hash as usize & (self.slots.len() - 1);
        while self.slots[at] != 0 {
            at = (at + 1) & (self.slots.len() - 1);
        }
        self.slots[at] = number + 1;
    }
}
