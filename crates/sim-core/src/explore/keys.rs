//! What stands for a state: 128 bits, kept up to date write by write.
//!
//! A state's fingerprint is a sum over its words, each value mixed and then multiplied by its
//! word's own odd key, in two lanes of 64 bits. A sum can be corrected for one write without
//! looking at the rest.
//!
//! Processes that are interchangeable share their keys, each has a sum of its own, and those sums
//! are mixed before they are added: so it does not matter who of them is where. Without that mix
//! {1, 3} and {2, 2} would be one. A word that names such a process (who holds a lock) counts into
//! that process's sum: a lock held by one that has done this and not by one that has done that.

use super::symmetry::interchangeable;
use super::table::Print;
use crate::base::Draw;
use crate::machine::{Machine, State};
use crate::program::{Layout, Program, SharedKind};
use crate::trace::ProcessId;
use std::collections::BTreeMap;

/// How a word counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// Into the whole.
    Global,
    /// Into the sum of a process.
    Block(u32),
    /// Names a process plus one, or is 0.
    Owner,
    /// Not part of the identity.
    Outside,
}

#[derive(Clone, Copy, Debug)]
struct Key {
    lanes: Print,
    role: Role,
}

/// The keys of all words of a layout.
#[derive(Clone, Debug)]
pub(super) struct Keys {
    words: Vec<Key>,
    /// For each process whether it is interchangeable with others.
    alike: Vec<bool>,
    /// Processes that are interchangeable with one another.
    groups: Vec<Vec<ProcessId>>,
    /// For each group whether its members are requests: rooms, and not somebody.
    rooms: Vec<bool>,
}

/// The sums of one state.
#[derive(Clone, Debug, Default)]
pub(super) struct Sums {
    /// All together.
    pub(super) print: Print,
    /// Those of interchangeable processes; nothing for the others.
    blocks: Vec<Print>,
}

/// How one step changes sums.
#[derive(Clone, Debug, Default)]
pub(super) struct Change {
    whole: Print,
    blocks: Vec<(u32, Print)>,
}

impl Keys {
    /// Keys for states that come from a first one. With `symmetry` interchangeable processes are not
    /// told apart; without `wide` only 64 bits are computed.
    pub(super) fn new(machine: &Machine, first: &State, symmetry: bool, wide: bool) -> Keys {
        let (program, layout) = (machine.program(), machine.layout());
        let mut words: Vec<Key> = (0..layout.words as u64)
            .map(|at| Key {
                lanes: if wide { [odd(at, 0), odd(at, 1)] } else { [odd(at, 0), 0] },
                role: if (at as usize) < layout.identity { Role::Global } else { Role::Outside },
            })
            .collect();
        let owners = owners(program, layout);
        let groups = groups(machine, first, &owners, symmetry);
        let is_request = |process: ProcessId| {
            let class = layout.processes[process as usize].class;
            program.classes[class as usize].start.is_passing()
        };
        let rooms = groups.iter().map(|group| is_request(group[0])).collect();
        let blocks = layout.blocks();
        let mut alike = vec![false; layout.processes.len()];
        for group in &groups {
            let first = blocks[group[0] as usize].start as usize;
            for &process in group {
                alike[process as usize] = true;
                for (offset, at) in blocks[process as usize].clone().enumerate() {
                    words[at as usize].lanes = words[first + offset].lanes;
                    words[at as usize].role = Role::Block(process);
                }
            }
        }
        if !groups.is_empty() {
            for at in owners {
                words[at].role = Role::Owner;
            }
        }
        Keys { words, alike, groups, rooms }
    }

    /// True if some processes are not told apart.
    pub(super) fn merges(&self) -> bool {
        !self.groups.is_empty()
    }

    /// Computes the sums of a state from all its words.
    pub(super) fn sum(&self, state: &State, sums: &mut Sums) {
        let mut whole = [0; 2];
        sums.blocks.clear();
        sums.blocks.resize(if self.merges() { self.alike.len() } else { 0 }, [0; 2]);
        for (key, &word) in self.words.iter().zip(state.words()) {
            let sum = match key.role {
                Role::Outside => break,
                Role::Global => &mut whole,
                Role::Block(process) => &mut sums.blocks[process as usize],
                Role::Owner => match self.owner(word) {
                    Some(process) => {
                        plus(&mut sums.blocks[process as usize], key.lanes);
                        continue;
                    }
                    None => &mut whole,
                },
            };
            plus(sum, times(spread(word), key.lanes));
        }
        for &process in self.groups.iter().flatten() {
            plus(&mut whole, finish(sums.blocks[process as usize]));
        }
        sums.print = whole;
    }

    /// Takes a write into account.
    pub(super) fn write(&self, change: &mut Change, at: usize, old: i64, new: i64) {
        let key = self.words[at];
        let sum = match key.role {
            Role::Outside => return,
            Role::Global => &mut change.whole,
            Role::Block(process) => change.block(process),
            Role::Owner => {
                for (word, is_new) in [(old, false), (new, true)] {
                    let (sum, by) = match self.owner(word) {
                        Some(process) => (change.block(process), key.lanes),
                        None => (&mut change.whole, times(spread(word), key.lanes)),
                    };
                    if is_new { plus(sum, by) } else { minus(sum, by) }
                }
                return;
            }
        };
        let mut by = spread(new);
        minus(&mut by, spread(old));
        plus(sum, times(by, key.lanes));
    }

    /// The fingerprint after a step, given the sums before it and how it changes them.
    pub(super) fn print_after(&self, sums: &Sums, change: &Change) -> Print {
        let mut print = sums.print;
        plus(&mut print, change.whole);
        for &(process, by) in &change.blocks {
            let mut block = sums.blocks[process as usize];
            minus(&mut print, finish(block));
            plus(&mut block, by);
            plus(&mut print, finish(block));
        }
        print
    }

    /// What stands for a process where only its like are not told apart: its sum, or who it is.
    pub(super) fn block(&self, sums: &Sums, process: u32) -> Print {
        match self.alike.get(process as usize) {
            Some(true) => sums.blocks[process as usize],
            _ => [u64::from(process), 0],
        }
    }

    /// How many states are the same as this one but for who is where.
    pub(super) fn alike(&self, sums: &Sums) -> u64 {
        let mut ways = 1_u64;
        for (group, &rooms) in self.groups.iter().zip(&self.rooms) {
            // Which room a request has found says nothing of the state.
            if rooms {
                continue;
            }
            let mut blocks: Vec<Print> =
                group.iter().map(|process| sums.blocks[*process as usize]).collect();
            blocks.sort_unstable();
            // n! / (a! b! ...), as a product of binomials.
            let mut placed = 0;
            for equal in blocks.chunk_by(|one, other| one == other) {
                for nth in 1..=equal.len() as u64 {
                    placed += 1;
                    let more = u128::from(ways) * placed / u128::from(nth);
                    ways = u64::try_from(more).unwrap_or(u64::MAX);
                }
            }
        }
        ways
    }

    /// The interchangeable process that a word names.
    fn owner(&self, word: i64) -> Option<u32> {
        let process = u32::try_from(word - 1).ok()?;
        self.alike.get(process as usize).copied().unwrap_or(false).then_some(process)
    }
}

impl Change {
    /// No change.
    pub(super) fn clear(&mut self) {
        self.whole = [0; 2];
        self.blocks.clear();
    }

    fn block(&mut self, process: u32) -> &mut Print {
        let known = self.blocks.iter().position(|(one, _)| *one == process);
        let at = known.unwrap_or_else(|| {
            self.blocks.push((process, [0; 2]));
            self.blocks.len() - 1
        });
        &mut self.blocks[at].1
    }
}

/// The words that say who holds something.
fn owners(program: &Program, layout: &Layout) -> Vec<usize> {
    let held = program.shared.iter().zip(&layout.shared);
    let held = held.filter(|(it, _)| matches!(it.kind, SharedKind::Lock | SharedKind::RwLock));
    held.flat_map(|(_, slot)| (0..slot.length).map(|element| slot.element(element))).collect()
}

/// Processes of one class that begin alike: the same words, holding the same things. Requests are
/// such a group always: they are a bag, as messages under way are.
fn groups(
    machine: &Machine,
    first: &State,
    owners: &[usize],
    symmetry: bool,
) -> Vec<Vec<ProcessId>> {
    let classes = interchangeable(machine.program());
    let words = first.words();
    let mut groups: BTreeMap<(u32, Vec<i64>), Vec<ProcessId>> = BTreeMap::new();
    for (process, block) in machine.layout().blocks().into_iter().enumerate() {
        let class = machine.layout().processes[process].class;
        let start = &machine.program().classes[class as usize].start;
        let told_apart = !symmetry && !start.is_passing();
        if classes[class as usize] && !told_apart {
            let mut begins = words[block.start as usize..block.end as usize].to_vec();
            let held = owners.iter().filter(|at| words[**at] == process as i64 + 1);
            begins.extend(held.map(|at| *at as i64));
            groups.entry((class, begins)).or_default().push(process as ProcessId);
        }
    }
    groups.into_values().filter(|group| group.len() > 1).collect()
}

/// An odd number for a place: any without a pattern will do.
fn odd(place: u64, lane: u64) -> u64 {
    Draw::at(u64::from_be_bytes(*b"lockstep"), lane, place, 0).below(u64::MAX) | 1
}

/// A value with its bits spread over both lanes. One to one; numbers that differ in high bits only
/// (as `none` and 0 do) differ in low ones behind it, where keys take hold.
fn spread(word: i64) -> Print {
    let mixed = (word as u64 ^ 0x2545_f491_4f6c_dd1d).wrapping_mul(0xff51_afd7_ed55_8ccd);
    let mixed = mixed ^ (mixed >> 32);
    [mixed, mixed.rotate_left(32)]
}

/// The sum of a block made into a number that sums of other blocks cannot make up for.
fn finish(sum: Print) -> Print {
    let lane = |lane: u64, factor: u64| {
        let mixed = (lane ^ (lane >> 32)).wrapping_mul(factor);
        mixed ^ (mixed >> 29)
    };
    [lane(sum[0], 0xc4ce_b9fe_1a85_ec53), lane(sum[1], 0x9fb2_1c65_1e98_df25)]
}

fn times(sum: Print, key: Print) -> Print {
    [sum[0].wrapping_mul(key[0]), sum[1].wrapping_mul(key[1])]
}

fn plus(sum: &mut Print, by: Print) {
    *sum = [sum[0].wrapping_add(by[0]), sum[1].wrapping_add(by[1])];
}

fn minus(sum: &mut Print, by: Print) {
    *sum = [sum[0].wrapping_sub(by[0]), sum[1].wrapping_sub(by[1])];
}
