//! Sorting whose machinery is compiled once: the standard library's comes anew for each type and
//! key, four kilobytes each, and everybody who opens the page waits for them. For lists that people
//! see; not for the engine's hot ways.

use std::{cmp::Ordering, collections::BTreeSet};

/// Sorts by keys; what has equal keys stays in its order.
pub fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(items, |one, other| key(one).cmp(&key(other)));
}

/// Sorts by comparing; equal ones stay in their order.
pub fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let mut order = order(items.len(), &|one, other| compare(&items[one], &items[other]));
    // Each circle of places that wait for one another is walked once.
    for start in 0..order.len() {
        let mut at = start;
        while order[at] != start {
            let from = std::mem::replace(&mut order[at], at);
            items.swap(at, from);
            at = from;
        }
        order[at] = at;
    }
}

/// A set of items, put in one by one: collecting would sort them first, with its own machinery.
pub fn set<T: Ord>(items: impl Iterator<Item = T>) -> BTreeSet<T> {
    let mut set = BTreeSet::new();
    for item in items {
        set.insert(item);
    }
    set
}

/// Which item comes to each place.
#[inline(never)]
fn order(length: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..length).collect();
    order.sort_by(|one, other| compare(*one, *other));
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_as_the_standard_library_sorts_them() {
        let mut draw = 1_u32;
        for length in 0..60 {
            let items: Vec<(u32, usize)> = (0..length)
                .map(|at| {
                    draw = draw.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (draw >> 28, at)
                })
                .collect();
            let (mut ours, mut theirs) = (items.clone(), items);
            sort_by_key(&mut ours, |item| item.0);
            theirs.sort_by_key(|item| item.0);
            assert_eq!(ours, theirs);
            sort_by(&mut ours, |one, other| other.cmp(one));
            theirs.sort_by(|one, other| other.cmp(one));
            assert_eq!(ours, theirs);
        }
    }
}
