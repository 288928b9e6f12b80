//! Which states were seen, by fingerprint: open addressing, one line of memory a look.

/// 128 bits that stand for a state.
pub(super) type Print = [u64; 2];

/// Fingerprints with the numbers of their states, in order of insertion.
#[derive(Clone, Debug)]
pub(super) struct Table {
    /// Fingerprint and number plus one; 0 where nothing is.
    slots: Vec<(Print, u32)>,
    /// How far a mixed fingerprint is shifted to give a slot.
    shift: u32,
    count: u32,
}

/// Slots to begin with: a power of two.
const FIRST: usize = 1 << 10;
/// Odd, its bits without order (the golden ratio): spreads fingerprints over the slots.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

impl Table {
    pub(super) fn new() -> Table {
        Table { slots: vec![([0; 2], 0); FIRST], shift: 64 - FIRST.trailing_zeros(), count: 0 }
    }

    /// How many there are.
    pub(super) fn len(&self) -> u32 {
        self.count
    }

    /// Bytes it takes.
    pub(super) fn bytes(&self) -> usize {
        self.slots.len() * size_of::<(Print, u32)>()
    }

    /// The number of a state, and whether it is new.
    pub(super) fn see(&mut self, print: Print) -> (u32, bool) {
        let mut at = self.slot(print);
        loop {
            let (known, number) = self.slots[at];
            if number == 0 {
                break;
            }
            if known == print {
                return (number - 1, false);
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
        self.count += 1;
        self.slots[at] = (print, self.count);
        // Half full: the next free slot is near.
        if self.count as usize * 2 > self.slots.len() {
            self.grow();
        }
        (self.count - 1, true)
    }

    /// The number of a state that was seen.
    pub(super) fn find(&self, print: Print) -> Option<u32> {
        let mut at = self.slot(print);
        loop {
            let (known, number) = self.slots[at];
            if number == 0 {
                return None;
            }
            if known == print {
                return Some(number - 1);
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    /// Looks at the place where a fingerprint is or would be, so that it is near when it is needed.
    pub(super) fn touch(&self, print: Print) -> u32 {
        self.slots[self.slot(print)].1
    }

    fn slot(&self, print: Print) -> usize {
        (print[0].wrapping_mul(SPREAD) >> self.shift) as usize
    }

    fn grow(&mut self) {
        let doubled = vec![([0; 2], 0); self.slots.len() * 2];
        let old = std::mem::replace(&mut self.slots, doubled);
        self.shift -= 1;
        for (print, number) in old.into_iter().filter(|(_, number)| *number != 0) {
            let mut at = self.slot(print);
            while self.slots[at].1 != 0 {
                at = (at + 1) & (self.slots.len() - 1);
            }
            self.slots[at] = (print, number);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_given_in_order_and_kept_while_it_grows() {
        let mut table = Table::new();
        let print = |nth: u64| [nth.wrapping_mul(SPREAD), nth];
        for nth in 0..5_000 {
            assert_eq!(table.see(print(nth)), (nth as u32, true));
        }
        for nth in 0..5_000 {
            assert_eq!(table.see(print(nth)), (nth as u32, false));
            assert_eq!(table.find(print(nth)), Some(nth as u32));
        }
        assert_eq!(table.find(print(5_000)), None);
        assert_eq!(table.len(), 5_000);
    }

    #[test]
    fn prints_that_differ_in_one_half_only_are_two() {
        let mut table = Table::new();
        assert_eq!(table.see([1, 2]), (0, true));
        assert_eq!(table.see([1, 3]), (1, true));
        assert_eq!(table.see([2, 2]), (2, true));
    }
}
