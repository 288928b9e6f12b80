//! How calls are spread over replicas.

use super::services::TURN;
use super::{Machine, State};
use crate::program::{Balance, RING_POINTS, Service, WhenFull};
use crate::trace::Target;

impl Machine {
    /// The replicas that a request may go to, each with its weight; empty where none lives. Of two
    /// choices each pair counts for the one with fewer requests, or half for either.
    pub(super) fn replicas(&self, state: &State, service: &Service, key: i64) -> Vec<(u32, u64)> {
        let count = self.layout.shared[service.shared as usize].length;
        let target = |element| Target { shared: service.shared, element };
        let blocks = service.when_full == WhenFull::Block;
        let room = |one: u32| !blocks || self.may_come_in(state, service, target(one));
        let live = (0..count).filter(|&element| !self.is_down(state, target(element)));
        // A key goes to its own replica, whether that has room or not.
        let keyed = matches!(service.balance, Balance::Key | Balance::Ring);
        let live: Vec<u32> = live.filter(|&element| keyed || room(element)).collect();
        let load = |element: u32| {
            let at = target(element);
            self.workers_busy(state, at) + self.requests_queued(state, at)
        };
        match service.balance {
            _ if live.is_empty() => Vec::new(),
            Balance::RoundRobin => {
                let turn = self.replica_word(state, target(0), TURN) as u32;
                let next = live.iter().copied().find(|&one| one >= turn).unwrap_or(live[0]);
                vec![(next, 1)]
            }
            Balance::Random => live.into_iter().map(|one| (one, 1)).collect(),
            Balance::LeastBusy => {
                let least = live.iter().map(|&one| load(one)).min();
                let fits = live.into_iter().filter(|&one| Some(load(one)) == least);
                fits.map(|one| (one, 1)).collect()
            }
            Balance::TwoChoices if live.len() == 1 => vec![(live[0], 1)],
            Balance::TwoChoices => {
                let weight = |one: u32| -> u64 {
                    let others = live.iter().filter(|&&other| other != one);
                    let wins = others.map(|&other| match load(one).cmp(&load(other)) {
                        std::cmp::Ordering::Less => 2,
                        std::cmp::Ordering::Equal => 1,
                        std::cmp::Ordering::Greater => 0,
                    });
                    wins.sum()
                };
                let weighed = live.iter().map(|&one| (one, weight(one)));
                weighed.filter(|(_, weight)| *weight > 0).collect()
            }
            Balance::Key => {
                let members: Vec<u32> =
                    (0..count).filter(|&one| self.is_member(state, target(one))).collect();
                // By the remainder, as is done where nobody thinks of one more replica.
                let nth = (hash(key, 0).order() % members.len() as u64) as usize;
                let mut onward = members[nth..].iter().chain(&members[..nth]).copied();
                let own = onward.find(|one| live.contains(one)).unwrap_or(live[0]);
                if room(own) { vec![(own, 1)] } else { vec![] }
            }
            Balance::Ring => {
                let place = hash(key, 0).order();
                // The next point on the ring from the key's place on, of those whose replicas live.
                let points = live.iter().flat_map(|&one| {
                    let point = move |nth| hash(i64::from(one), 1 + u64::from(nth)).order();
                    (0..RING_POINTS).map(move |nth| (point(nth).wrapping_sub(place), one))
                });
                let own = points.min().map_or(live[0], |(_, one)| one);
                if room(own) { vec![(own, 1)] } else { vec![] }
            }
        }
    }
}

/// A number without a pattern for a value.
fn hash(value: i64, lane: u64) -> crate::base::Draw {
    crate::base::Draw::at(lane, 0, value as u64, 0)
}
