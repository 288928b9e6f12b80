//! Holds each instruction to the footprint it declares.
//!
//! A search that leaves schedules out relies on footprints. One that is too small would leave out
//! schedules silently, so a machine in checking mode compares it with what really happened.

use crate::program::{Footprint, Op, SharedId};
use crate::trace::Target;
use std::ops::Range;

/// What one instruction really touched.
#[derive(Debug, Default)]
pub(super) struct Touched {
    reads: Vec<Target>,
    writes: Vec<Target>,
}

impl Touched {
    pub(super) fn read(&mut self, target: Target) {
        self.reads.push(target);
    }

    pub(super) fn wrote(&mut self, target: Target) {
        self.writes.push(target);
    }

    /// # Panics
    /// When something was touched that is not declared.
    pub(super) fn hold_to(self, declared: &Footprint, op: &Op) {
        for (targets, declared, verb) in
            [(self.reads, &declared.reads, "reads"), (self.writes, &declared.writes, "writes")]
        {
            for target in targets {
                assert!(within(target, declared), "{op:?} {verb} {target:?}, which it hides");
            }
        }
    }
}

fn within(target: Target, declared: &[(SharedId, Range<u32>)]) -> bool {
    declared.iter().any(|(shared, part)| *shared == target.shared && part.contains(&target.element))
}

#[cfg(test)]
mod tests {
    use super::*;

    const OP: Op = Op::Read { to: 0, from: 3, index: None };

    fn read_of(element: u32) -> Touched {
        let mut touched = Touched::default();
        touched.read(Target { shared: 3, element });
        touched
    }

    #[test]
    fn a_declared_touch_passes() {
        read_of(1).hold_to(&Footprint { reads: vec![(3, 1..2)], writes: vec![] }, &OP);
    }

    #[test]
    #[should_panic(expected = "which it hides")]
    fn a_touch_missing_from_the_declaration_is_caught() {
        read_of(1).hold_to(&Footprint::default(), &OP);
    }

    #[test]
    #[should_panic(expected = "which it hides")]
    fn a_touch_of_another_element_is_caught() {
        read_of(2).hold_to(&Footprint { reads: vec![(3, 1..2)], writes: vec![] }, &OP);
    }

    #[test]
    #[should_panic(expected = "writes")]
    fn a_write_declared_as_a_read_is_caught() {
        let mut touched = Touched::default();
        touched.wrote(Target { shared: 3, element: 0 });
        touched.hold_to(&Footprint { reads: vec![(3, 0..1)], writes: vec![] }, &OP);
    }
}
