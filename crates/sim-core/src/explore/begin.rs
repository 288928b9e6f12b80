//! Where a search begins: at the start, or at a moment of a run.
//!
//! A run keeps room for thousands of instances, a search only for those that its bounds allow. So
//! a moment is laid out anew, without instances that are gone for good. Who is left keeps his
//! place in the order, and so each pick its meaning.

use super::search::Search;
use super::{Asserts, Options, Start};
use crate::machine::{Machine, NoWatch, Position, State};
use crate::program::Start as ClassStart;
use crate::program::{Earlier, Layout, Program, Shape, SharedKind};
use crate::trace::{ProcessId, Target};

/// Instances that came by themselves beyond which nothing is explored from a moment.
const PROCESSES_MAX: usize = 400;

/// Why a moment cannot be explored from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum After {
    /// The picks are not of this program.
    DoesNotFit,
    /// Too many instances are there.
    TooLarge,
}

/// Where searches of a program begin.
#[derive(Clone, Debug)]
pub(super) struct Begin {
    pub(super) program: Program,
    moment: Option<Moment>,
}

/// A moment of a run.
#[derive(Clone, Debug)]
struct Moment {
    /// As a run lays it out.
    layout: Layout,
    state: State,
    /// Who is still there, or holds something.
    left: Vec<ProcessId>,
    earlier: Earlier,
}

impl Begin {
    /// At the start.
    pub(super) fn start(program: &Program) -> Begin {
        Begin { program: program.clone(), moment: None }
    }

    /// Behind some picks of a run.
    pub(super) fn after(program: &Program, picks: &[u32]) -> Result<Begin, After> {
        if picks.is_empty() {
            return Ok(Begin::start(program));
        }
        let machine = Machine::new(program.clone());
        let mut state = machine.start(&mut NoWatch);
        for &pick in picks {
            let mut number = 0;
            let mut found = None;
            machine.each_pick(&state, &mut |choice| {
                number += 1;
                if number == pick {
                    found = Some(choice);
                }
            });
            let choice = found.ok_or(After::DoesNotFit)?;
            machine.actor(&state, choice).ok_or(After::TooLarge)?;
            machine.apply(&mut state, choice, &mut NoWatch);
        }
        let moment = Moment::new(&machine, state)?;
        Ok(Begin { program: program.clone(), moment: Some(moment) })
    }

    /// A search from there.
    pub(super) fn search(&self, options: Options, all_counters: bool) -> Search {
        let (machine, start) = self.machine(all_counters);
        let machine = if options.keep_locals { machine.keeping_locals() } else { machine };
        Search::new(machine, start, options)
    }

    /// A machine for searches, and where they begin.
    pub(super) fn machine(&self, all_counters: bool) -> (Machine, Start) {
        let machine = Machine::with_layout(self.program.clone(), self.layout(all_counters));
        let start = match &self.moment {
            None => {
                let mut asserts = Asserts(0);
                let state = machine.start(&mut asserts);
                Start { state, broken: asserts.0 }
            }
            Some(moment) => {
                Start { state: moment.laid_out(&self.program, machine.layout()), broken: 0 }
            }
        };
        (machine, start)
    }

    /// How many words make up a state's identity.
    pub(super) fn identity(&self, all_counters: bool) -> usize {
        self.layout(all_counters).identity
    }

    fn layout(&self, all_counters: bool) -> Layout {
        let earlier = self.moment.as_ref().map(|moment| moment.earlier.clone());
        let shape = Shape { all_counters, bounded: true };
        Layout::after(&self.program, shape, earlier.unwrap_or_default())
    }
}

impl Moment {
    fn new(machine: &Machine, state: State) -> Result<Moment, After> {
        let (program, layout) = (machine.program(), machine.layout().clone());
        let mut left = Vec::new();
        let mut classes = Vec::new();
        for (class, declared) in program.classes.iter().enumerate() {
            let rooms = layout.classes[class].clone();
            if declared.start.is_passing() {
                let before = left.len();
                left.extend(rooms.filter(|&process| matters(machine, &state, process)));
                classes.push(((left.len() - before) as u32, 0));
                continue;
            }
            if !matches!(declared.start, ClassStart::Every { .. } | ClassStart::Spawned) {
                left.extend(rooms);
                classes.push((0, 0));
                continue;
            }
            let came = state.words()[layout.came[class] as usize] as u32;
            if came > rooms.len() as u32 {
                // Rooms were taken twice, and their order is no longer that of coming.
                return Err(After::TooLarge);
            }
            let before = left.len();
            left.extend(rooms.filter(|&process| matters(machine, &state, process)));
            let here = (left.len() - before) as u32;
            classes.push((here, came - here));
        }
        let there = |(here, _): &(u32, u32)| *here as usize;
        if classes.iter().map(there).sum::<usize>() > PROCESSES_MAX {
            return Err(After::TooLarge);
        }
        if machine.has_too_much_committed(&state) {
            return Err(After::TooLarge);
        }
        let keys = program.shared.iter().enumerate().map(|(id, shared)| match shared.kind {
            SharedKind::Map | SharedKind::Cache | SharedKind::Table => {
                let elements = 0..shared.initial.len() as u32;
                let keys =
                    |element| state.map(&layout, Target { shared: id as u32, element }).len();
                elements.map(keys).max().unwrap_or(0) as u32
            }
            kind if kind.is_channel() => machine.longest_list(&state, id as u32),
            _ => 0,
        });
        let earlier = Earlier { classes, keys: keys.collect() };
        Ok(Moment { state, left, earlier, layout })
    }

    /// The same moment as a search lays it out. What the bounds count begins anew.
    fn laid_out(&self, program: &Program, layout: &Layout) -> State {
        let old = self.state.words();
        let mut words = vec![0; layout.words];
        // Who has which room now, in order.
        let mut next: Vec<u32> = layout.classes.iter().map(|rooms| rooms.start).collect();
        let moves = self.left.iter().map(|&process| {
            let room = &mut next[self.layout.processes[process as usize].class as usize];
            *room += 1;
            (process, *room - 1)
        });
        let moves: Vec<(ProcessId, ProcessId)> = moves.collect();
        let new_number = |word: i64| {
            if word < 0 {
                // No process, but of which class one was.
                return word;
            }
            let known = moves.iter().find(|(process, _)| i64::from(*process) + 1 == word);
            known.map_or(0, |(_, room)| i64::from(*room) + 1)
        };
        for (id, shared) in program.shared.iter().enumerate() {
            let (from, to) = (self.layout.shared[id], layout.shared[id]);
            if shared.kind.is_channel() {
                continue;
            }
            let part = |slot: crate::program::SharedSlot| match slot.fills {
                0 => slot.width as usize,
                fills => fills as usize,
            };
            let length = part(from).min(part(to));
            for element in 0..to.length {
                let (from_at, to_at) = (from.element(element), to.element(element));
                words[to_at..to_at + length].copy_from_slice(&old[from_at..][..length]);
                if to.fills != 0 {
                    let (old_fills, fills) = (from_at + part(from), to_at + part(to));
                    let length =
                        (from.width as usize - part(from)).min(to.width as usize - part(to));
                    words[fills..fills + length].copy_from_slice(&old[old_fills..][..length]);
                }
            }
            if matches!(shared.kind, SharedKind::Lock | SharedKind::RwLock) {
                for element in 0..to.length {
                    let owner = &mut words[to.element(element)];
                    *owner = new_number(*owner);
                }
            }
        }
        for (class, &came) in layout.came.iter().enumerate().filter(|(_, came)| **came != 0) {
            words[came as usize] = i64::from(self.earlier.classes[class].0);
        }
        for (&to, &from) in layout.struck.iter().zip(&self.layout.struck) {
            words[to as usize] = old[from as usize];
        }
        let (old_blocks, blocks) = (self.layout.blocks(), layout.blocks());
        // Rooms that nobody has taken are as they are at the start.
        let empty = State::new(program, layout);
        words[layout.blocks_start()..layout.blocks_end as usize]
            .copy_from_slice(&empty.words()[layout.blocks_start()..layout.blocks_end as usize]);
        for &(process, to) in &moves {
            let (from, block) = (&old_blocks[process as usize], &blocks[to as usize]);
            let slots = (self.layout.processes[process as usize], layout.processes[to as usize]);
            let class = slots.1.class as usize;
            let rooms = self.layout.transactions[class].iter().zip(&layout.transactions[class]);
            // What comes before transactions and behind them takes as many words in both.
            let before = (slots.1.transactions_at - block.start) as usize;
            let behind = (block.end - slots.1.flights_at) as usize;
            let mut copy = |to: u32, from: u32, length: usize| {
                words[to as usize..][..length].copy_from_slice(&old[from as usize..][..length]);
            };
            copy(block.start, from.start, before);
            copy(block.end - behind as u32, from.end - behind as u32, behind);
            for (old_room, room) in rooms {
                let from = slots.0.transactions_at + old_room.offset;
                let to = slots.1.transactions_at + room.offset;
                let changes = old_room.reads_at().min(room.reads_at());
                copy(to, from, changes as usize);
                let reads =
                    (old_room.words() - old_room.reads_at()).min(room.words() - room.reads_at());
                copy(to + room.reads_at(), from + old_room.reads_at(), reads as usize);
            }
            let passes = layout.processes[to as usize].passes_at as usize;
            if passes != 0 {
                words[passes] = words[passes].min(0);
            }
        }
        for &(process, to) in &moves {
            let (from, slot) =
                (self.layout.processes[process as usize], layout.processes[to as usize]);
            if slot.caller_at != 0 {
                words[slot.caller_at as usize] = new_number(old[from.caller_at as usize]);
                words[slot.number_at as usize] = old[from.number_at as usize];
            }
        }
        let mut laid_out = State::from_words(words);
        laid_out.copy_messages(&self.state, (&self.layout, layout), new_number);
        laid_out
    }
}

/// False for an instance that will never do anything any more and holds nothing.
fn matters(machine: &Machine, state: &State, process: ProcessId) -> bool {
    let layout = machine.layout();
    match state.position(layout, process) {
        Position::Absent => false,
        Position::At(_) | Position::Down(_) | Position::Endless | Position::Full => true,
        Position::Ended | Position::Failed(_) | Position::Crashed
            if !machine.in_flight(state, process).is_empty() =>
        {
            true
        }
        Position::Ended | Position::Failed(_) | Position::Crashed => {
            let shared = machine.program().shared.iter().enumerate();
            shared.filter(|(_, shared)| shared.kind.is_held()).any(|(id, _)| {
                (0..layout.shared[id].length).any(|element| {
                    let target = crate::trace::Target { shared: id as u32, element };
                    machine.holders(state, target).any(|holder| holder == process)
                })
            })
        }
    }
}
