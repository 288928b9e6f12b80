//! A message that somebody holds back: it arrives later, and on a link that keeps order so do those
//! behind it.

use super::calendar::Due;
use super::clock::Clock;
use super::entry::Entry;
use super::messages::Travel;
use super::outcome::place_of;
use super::spend::drawn;
use crate::base::Draw;
use crate::machine::{Machine, State};
use crate::program::{Gap, SharedId};

/// Its draws are told from those of its latency by these bits.
const HELD: u64 = 4 << 48;
/// For so long a message is held back on a link that takes no time, nanoseconds.
const NO_LATENCY: u64 = 1_000_000_000;

impl Clock {
    /// When a message arrives that is held back now, nanoseconds: later by what its link would take
    /// once more.
    #[must_use]
    pub fn held_until(&self, machine: &Machine, state: &State, link: SharedId, place: u32) -> u64 {
        let numbers = machine.alike_on_link(state, link, place);
        let due = numbers.iter().filter_map(|it| self.travels.on_links.get(it)).map(|it| it.at);
        let due = due.min().unwrap_or(0).max(self.now);
        let program = machine.program();
        let named = numbers.first().map_or(0, |number| u64::from(*number));
        let span = place_of(&program.shared[link as usize].span);
        // Keyed by the moment, so that no other draw is shifted.
        let draw = Draw::at(self.seed, span | HELD, named, due);
        let more = match program.link(link).map(|settings| &settings.latency) {
            Some(Gap::Fixed(time)) => (*time).max(0) as u64,
            Some(Gap::Drawn(distribution, parameters)) => drawn(draw, *distribution, *parameters),
            None => 0,
        };
        due.saturating_add(if more == 0 { NO_LATENCY } else { more })
    }

    /// Holds a message back.
    pub(super) fn hold_back(
        &mut self,
        machine: &Machine,
        state: &State,
        link: SharedId,
        place: u32,
    ) {
        let until = self.held_until(machine, state, link, place);
        let numbers = machine.alike_on_link(state, link, place);
        let Some(&named) = numbers.first() else { return };
        // Of messages that are alike the one that is due first is meant; the named one takes its part.
        let on_links = &self.travels.on_links;
        let known = numbers.iter().filter(|it| on_links.contains_key(it));
        if let Some(&first) = known.min_by_key(|it| on_links[it].at)
            && first != named
            && let Some(named) = on_links.get(&named).copied()
        {
            self.arrives(machine, link, first, named);
        }
        let mut late = vec![named];
        if machine.program().link(link).is_some_and(|link| link.fifo) {
            let (element, behind) = machine.behind_on_link(state, link, place);
            late.extend(behind);
            let last = self.travels.last.entry((link, element)).or_default();
            *last = until.max(*last);
        }
        for number in late {
            if let Some(travel) = self.travels.on_links.get(&number).copied() {
                let at = until.max(travel.at);
                self.arrives(machine, link, number, Travel { at, ..travel });
            }
        }
    }

    fn arrives(&mut self, machine: &Machine, link: SharedId, number: u32, travel: Travel) {
        self.travels.on_links.insert(number, travel);
        let due = Due::Travel(link, number);
        self.add(machine, Entry::new(travel.at, u64::from(number), due, 0));
    }
}
