//! Where everything lies in the flat state: one array of 64-bit words.
//!
//! ```text
//! [variables, locks, counters that a promise names][process blocks][other counters]
//!  `------------- the state's identity (rule 25) -----------------'
//! ```
//! A process block is its position followed by its registers.

use super::{Program, SharedKind};
use std::ops::Range;

/// The places of all words of a program's state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// For each of [`Program::shared`], where its elements lie.
    pub shared: Vec<SharedSlot>,
    /// All process instances, by declaration and number.
    pub processes: Vec<ProcessSlot>,
    /// How many words, from the first, make up the state's identity.
    pub identity: usize,
    /// How many words there are.
    pub words: usize,
}

/// The words of one shared thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SharedSlot {
    /// Its first word.
    pub at: u32,
    /// How many elements, one word each.
    pub length: u32,
}

impl SharedSlot {
    /// Its words.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.at as usize..(self.at + self.length) as usize
    }
}

/// The words of one process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProcessSlot {
    /// Index into [`Program::classes`].
    pub class: u32,
    /// Its number among its kind, from 1.
    pub number: u32,
    /// Its position; its registers follow.
    pub at: u32,
    /// How many registers it has.
    pub registers: u32,
}

impl Layout {
    /// Lays out a program's state.
    ///
    /// With `all_counters`, counters that no promise names belong to the identity too: a search
    /// that tabulates outcomes must tell them apart.
    #[must_use]
    pub fn new(program: &Program, all_counters: bool) -> Layout {
        let named = |id: usize| {
            all_counters || program.promises.iter().any(|p| p.reads.contains(&(id as u32)))
        };
        let mut at = 0;
        let mut shared = vec![SharedSlot { at: 0, length: 0 }; program.shared.len()];
        let mut place = |id: usize, at: &mut u32| {
            let length = program.shared[id].initial.len() as u32;
            shared[id] = SharedSlot { at: *at, length };
            *at += length;
        };
        let observes = |id: usize| program.shared[id].kind == SharedKind::Counter && !named(id);
        let (outside, inside): (Vec<usize>, Vec<usize>) =
            (0..program.shared.len()).partition(|&id| observes(id));
        for id in inside {
            place(id, &mut at);
        }
        let mut processes = Vec::new();
        for (class, declaration) in program.classes.iter().enumerate() {
            for number in 1..=declaration.instances {
                let registers = u32::from(declaration.registers);
                processes.push(ProcessSlot { class: class as u32, number, at, registers });
                at += 1 + registers;
            }
        }
        let identity = at as usize;
        for id in outside {
            place(id, &mut at);
        }
        Layout { shared, processes, identity, words: at as usize }
    }
}
