//! What each process may touch from each place on: in its next step, and ever.
//!
//! A register whose value is known wherever a place is reached (a constant, the process's own
//! number) names the one element that is touched; any other stands for the whole array.

use super::constants::Constants;
use super::rounds::on_every_circle;
use crate::machine::Machine;
use crate::program::{Layout, Mode, Op, Pc, Program, SharedId};
use crate::trace::ProcessId;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// What lies ahead of a process that stands at a place, as bits of cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Ahead {
    /// What its next step may read or write.
    pub(super) touches: u64,
    /// What its next step may write.
    pub(super) writes: u64,
    /// What the instruction it stands at touches: the lock it is about to let go of, say.
    pub(super) own: u64,
    /// What it may ever read or write from here on.
    pub(super) will_touch: u64,
    /// What it may ever write.
    pub(super) will_write: u64,
    /// What it may ever touch in another way than by taking it, without having taken it first.
    pub(super) will_meddle: u64,
    /// True for places such that a process that goes round passes one of them.
    pub(super) on_every_circle: bool,
}

impl Ahead {
    fn add(&mut self, other: Ahead) -> bool {
        let before = *self;
        self.touches |= other.touches;
        self.writes |= other.writes;
        self.will_touch |= other.will_touch;
        self.will_write |= other.will_write;
        self.will_meddle |= other.will_meddle;
        *self != before
    }
}

/// The footprints of all processes.
#[derive(Clone, Debug)]
pub(super) struct Footprints {
    cells: Cells,
    /// True if every element has a bit of its own.
    pub(super) exact: bool,
    /// For each process its table.
    table_of: Vec<usize>,
    /// For each kind of process the first of its instructions, and what lies ahead at each.
    tables: Vec<(Pc, Vec<Ahead>)>,
}

impl Footprints {
    pub(super) fn new(machine: &Machine) -> Footprints {
        let (program, layout) = (machine.program(), machine.layout());
        let cells = Cells::new(program, layout);
        let (tables, table_of) = by_kind(machine, |(class, number)| {
            let code = &program.classes[class as usize].code;
            let constants = Constants::of(program, class, number);
            (code.start, table(program, &cells, code, &constants))
        });
        let exact = cells.length.iter().sum::<u32>() <= 64;
        Footprints { cells, exact, table_of, tables }
    }

    /// What lies ahead of a process at a place where it stands.
    pub(super) fn ahead(&self, process: ProcessId, pc: Pc) -> Ahead {
        let (first, table) = &self.tables[self.table_of[process as usize]];
        table[(pc - first) as usize]
    }

    /// All cells of a shared thing.
    pub(super) fn cells_of(&self, shared: SharedId) -> u64 {
        self.cells.of(shared, 0..u32::MAX)
    }
}

/// Shared elements as bits of one word. Where there are more than 64, several share one.
#[derive(Clone, Debug)]
struct Cells {
    first: Vec<u32>,
    length: Vec<u32>,
}

impl Cells {
    fn new(program: &Program, layout: &Layout) -> Cells {
        let mut cells = Cells { first: Vec::new(), length: Vec::new() };
        let mut next = 0;
        for (id, slot) in layout.shared.iter().enumerate() {
            // What is no part of a state is nobody's concern.
            let outside = slot.width > 0 && slot.at as usize >= layout.identity;
            let length = program.shared[id].initial.len().max(1) as u32;
            cells.first.push(next);
            cells.length.push(if outside { 0 } else { length });
            next += if outside { 0 } else { length };
        }
        cells
    }

    fn of(&self, shared: SharedId, elements: Range<u32>) -> u64 {
        let (first, length) = (self.first[shared as usize], self.length[shared as usize]);
        let elements = elements.start..elements.end.min(length);
        if elements.len() >= 64 {
            return u64::MAX;
        }
        elements.fold(0, |cells, element| cells | 1 << ((first + element) % 64))
    }
}

/// What lies ahead at each instruction of a class.
fn table(program: &Program, cells: &Cells, code: &Range<Pc>, constants: &Constants) -> Vec<Ahead> {
    let own = |pc: Pc| own(program, cells, pc, constants);
    let mut ahead: Vec<Ahead> = code.clone().map(own).collect();
    let at = |pc: Pc| (pc - code.start) as usize;
    // Ever: backwards until nothing changes.
    let mut changed = true;
    while changed {
        changed = false;
        for pc in code.clone().rev() {
            let mut sum = ahead[at(pc)];
            let taken = taken(program, cells, pc, constants);
            for next in next_of(program, pc).filter(|next| code.contains(next)) {
                let next = ahead[at(next)];
                let will_meddle = next.will_meddle & !taken;
                let later = Ahead { touches: 0, writes: 0, own: 0, will_meddle, ..next };
                changed |= sum.add(later);
            }
            ahead[at(pc)] = sum;
        }
    }
    let by_hand = lets_go_by_hand(program);
    // In the next step: what it performs until it stands again.
    let alone: Vec<Ahead> = code.clone().map(own).collect();
    let standing = code.clone().filter(|pc| program.code[*pc as usize].is_touch());
    for pc in standing.collect::<Vec<_>>() {
        let mut step = alone[at(pc)];
        for passed in
            performed(program, by_hand, pc).into_iter().filter(|passed| code.contains(passed))
        {
            step.add(Ahead { own: 0, ..alone[at(passed)] });
        }
        ahead[at(pc)].touches = step.touches;
        ahead[at(pc)].writes = step.writes;
    }
    for pc in on_every_circle(program, code) {
        ahead[at(pc)].on_every_circle = true;
    }
    ahead
}

/// For each instruction where a process may stand, the words outside its block that its step
/// depends on; nothing where they are more than so many, or where the step depends on other
/// processes too. A table for each kind of process, and for each process which.
pub(super) type Depends = (Vec<Vec<Option<Box<[u32]>>>>, Vec<usize>);

/// What the steps of all processes depend on.
pub(super) fn depends(machine: &Machine, most: usize) -> Depends {
    let by_hand = lets_go_by_hand(machine.program());
    by_kind(machine, |kind| parts_of_steps(machine, kind, by_hand, most))
}

/// Something for each kind of process, and for each process which of them.
fn by_kind<T>(machine: &Machine, mut make: impl FnMut((u32, u32)) -> T) -> (Vec<T>, Vec<usize>) {
    let mut known: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    let mut made = Vec::new();
    let of = kinds(machine).into_iter().map(|kind| {
        *known.entry(kind).or_insert_with(|| {
            made.push(make(kind));
            made.len() - 1
        })
    });
    let of = of.collect();
    (made, of)
}

fn parts_of_steps(
    machine: &Machine,
    (class, number): (u32, u32),
    by_hand: bool,
    most: usize,
) -> Vec<Option<Box<[u32]>>> {
    let (program, layout) = (machine.program(), machine.layout());
    let code = program.classes[class as usize].code.clone();
    let constants = Constants::of(program, class, number);
    let words_of = |pc: Pc| {
        let mut words = BTreeSet::new();
        for passed in performed(program, by_hand, pc).into_iter().chain([pc]) {
            let op = program.code.get(passed as usize)?;
            if matches!(op, Op::Notify { .. } | Op::Spawn { .. }) {
                return None;
            }
            let known =
                |register| code.contains(&passed).then(|| constants.value(passed, register));
            let footprint = op.footprint(program, |register| known(register).flatten());
            for (shared, elements) in footprint.reads.into_iter().chain(footprint.writes) {
                let place = layout.shared[shared as usize];
                let range = place.element(elements.start)..place.element(elements.end);
                words.extend(range.filter(|at| *at < layout.identity).take(most + 1));
            }
        }
        let words: Vec<u32> = words.into_iter().map(|at| at as u32).collect();
        (words.len() <= most).then(|| words.into_boxed_slice())
    };
    code.clone()
        .map(|pc| program.code[pc as usize].is_touch().then(|| words_of(pc)).flatten())
        .collect()
}

/// What one instruction touches by itself.
fn own(program: &Program, cells: &Cells, pc: Pc, constants: &Constants) -> Ahead {
    let op = &program.code[pc as usize];
    let footprint = op.footprint(program, |register| constants.value(pc, register));
    let all = |parts: &[(SharedId, Range<u32>)]| {
        parts.iter().fold(0, |sum, (shared, part)| sum | cells.of(*shared, part.clone()))
    };
    let (reads, writes) = (all(&footprint.reads), all(&footprint.writes));
    let takes = matches!(op, Op::Acquire { mode: Mode::Lock | Mode::Write | Mode::Read, .. });
    let touches = reads | writes;
    Ahead {
        touches,
        writes,
        own: touches,
        will_touch: touches,
        will_write: writes,
        will_meddle: if takes { 0 } else { touches },
        on_every_circle: false,
    }
}

/// The lock that is held by its process behind an instruction, whatever way it went on.
fn taken(program: &Program, cells: &Cells, pc: Pc, constants: &Constants) -> u64 {
    let Op::Acquire { lock, index, mode: Mode::Lock | Mode::Write, .. } = program.code[pc as usize]
    else {
        return 0;
    };
    let shared = &program.shared[lock as usize];
    let element = index.map_or(Some(1), |register| constants.value(pc, register));
    match element.and_then(|element| u32::try_from(element).ok()) {
        Some(element) if (1..=shared.initial.len() as u32).contains(&element) => {
            cells.of(lock, element - 1..element)
        }
        _ => 0,
    }
}

/// Every instruction that may follow, errors included.
pub(super) fn next_of(program: &Program, pc: Pc) -> impl Iterator<Item = Pc> {
    let landing = program.landings.get(&pc).map(|(landing, _)| *landing);
    let follows: Vec<Pc> = program.code[pc as usize].follows(pc).collect();
    follows.into_iter().chain(landing)
}

/// True if something is let go of by `release` somewhere.
fn lets_go_by_hand(program: &Program) -> bool {
    program.code.iter().any(|op| matches!(op, Op::Release { lenient: false, .. }))
}

/// Instructions of all kinds of processes together beyond which footprints are not worked out:
/// that would take longer than they save.
const INSTRUCTIONS_MAX: usize = 20_000;

/// For each process its class, and its number if that makes a difference.
fn kinds(machine: &Machine) -> Vec<(u32, u32)> {
    let program = machine.program();
    let asks: Vec<bool> = program
        .classes
        .iter()
        .map(|class| {
            class.code.clone().any(|pc| matches!(program.code[pc as usize], Op::Number { .. }))
        })
        .collect();
    let kind = |slot: &crate::program::ProcessSlot| {
        (slot.class, if asks[slot.class as usize] { slot.number } else { 0 })
    };
    machine.layout().processes.iter().map(kind).collect()
}

/// True if a program is too large for footprints.
pub(super) fn too_many_kinds(machine: &Machine) -> bool {
    let kinds: BTreeSet<(u32, u32)> = kinds(machine).into_iter().collect();
    let code = |class: u32| machine.program().classes[class as usize].code.len();
    kinds.iter().map(|(class, _)| code(*class)).sum::<usize>() > INSTRUCTIONS_MAX
}

/// The instructions that the step from a place may perform before its process stands again.
fn performed(program: &Program, by_hand: bool, from: Pc) -> Vec<Pc> {
    let atomic = matches!(program.code[from as usize], Op::Atomic { .. });
    let loops = program.loops(program.class_at(from));
    // The end of a `with` is no step where its lock was let go by hand already.
    let mut seen = BTreeMap::new();
    let mut open: Vec<(Pc, bool)> = next_of(program, from).map(|next| (next, atomic)).collect();
    while let Some((pc, atomic)) = open.pop() {
        let Some(op) = program.code.get(pc as usize) else { continue };
        let passed_by = by_hand && matches!(op, Op::Release { lenient: true, .. });
        let stands = op.is_touch() && !atomic && !passed_by && (!loops || op.waits(program));
        if stands || seen.insert((pc, atomic), ()).is_some() {
            continue;
        }
        let atomic = atomic && !matches!(op, Op::AtomicEnd);
        open.extend(next_of(program, pc).map(|next| (next, atomic)));
    }
    seen.into_keys().map(|(pc, _)| pc).collect()
}
