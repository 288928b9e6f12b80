//! Copies of moments, so that going anywhere replays a bounded stretch.

use super::moment::{Moment, Snapshot};
use super::tree::{LineId, Tree};
use std::collections::BTreeMap;

/// At first a copy is kept every so many steps, or where there are more processes, every so many
/// steps as there are processes: a copy costs about that.
const APART: u32 = 64;
/// With more copies than this every second one goes, and new ones are kept twice as far apart. A
/// run of a million steps has one every four thousand, which take about a millisecond to replay.
const MOST: usize = 256;

#[derive(Clone, Debug)]
pub(super) struct Copies {
    kept: BTreeMap<(LineId, u32), Snapshot>,
    start: Snapshot,
    last: Option<(LineId, u32)>,
    apart: u32,
}

impl Copies {
    pub(super) fn new(start: &Moment, processes: usize) -> Copies {
        let apart = (processes as u32).clamp(APART, APART * 64).next_power_of_two();
        Copies { kept: BTreeMap::new(), start: start.put_away(None), last: None, apart }
    }

    /// A moment that has just been reached for the first time, on this line.
    pub(super) fn offer(&mut self, line: LineId, moment: &Moment) {
        if !moment.step.is_multiple_of(self.apart) {
            return;
        }
        let before = self.last.and_then(|last| self.kept.get(&last)).unwrap_or(&self.start);
        let copy = moment.put_away(Some(before));
        self.kept.insert((line, moment.step), copy);
        self.last = Some((line, moment.step));
        if self.kept.len() > MOST {
            self.apart *= 2;
            let apart = self.apart;
            self.kept.retain(|(_, step), _| step.is_multiple_of(apart));
        }
    }

    /// The nearest copy at or before a position of a line.
    pub(super) fn nearest(&self, tree: &Tree, line: LineId, position: u32) -> &Snapshot {
        let (mut line, mut position) = (line, position);
        while position > 0 {
            let owner = super::owner(tree, line, position);
            let before = self.kept.range((owner, 0)..=(owner, position)).next_back();
            if let Some((_, copy)) = before {
                return copy;
            }
            position = tree.shared(owner);
            line = owner;
            if owner == 0 {
                break;
            }
        }
        &self.start
    }
}
