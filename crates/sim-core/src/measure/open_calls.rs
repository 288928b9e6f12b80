//! Calls that are not over yet: how many, and how long each has lasted so far.

use super::Spread;
use super::served::Served;
use super::services::{NOBODY, Phase, Request, Services, in_hand};
use super::store::Store;

impl Services {
    /// True for a subject whose measures are kept here.
    pub(super) fn has(&self, subject: u32) -> bool {
        self.place_of(subject).is_some()
    }

    fn place_of(&self, subject: u32) -> Option<u32> {
        let is = |served: &Served| served.subject == subject;
        self.places.served.iter().position(is).map(|at| at as u32)
    }

    /// How many calls of a subject have no answer yet, and count.
    pub(super) fn unfinished(&self, store: &Store, subject: u32) -> u64 {
        let Some(place) = self.place_of(subject) else { return 0 };
        if self.is_caller(place) {
            return self.ages_of_waits(store, place).count();
        }
        let open = self.open_at(place, store).filter(|one| in_hand(one.phase));
        open.count() as u64
    }

    fn is_caller(&self, place: u32) -> bool {
        self.places.callers.iter().any(|caller| caller.place == place)
    }

    fn ages_of_waits(&self, store: &Store, place: u32) -> Spread {
        let mut ages = Spread::default();
        for waits in &self.waits {
            let caller = self.places.callers.get(waits.caller as usize);
            if caller.is_some_and(|caller| caller.place == place) && waits.left >= store.warmup {
                ages.add(store.age(waits.left));
            }
        }
        ages
    }

    fn open_at<'a>(&'a self, place: u32, store: &'a Store) -> impl Iterator<Item = &'a Request> {
        self.requests.iter().filter(move |request| {
            let called = |request: &Request| {
                self.places.callers.get(request.caller as usize).map(|caller| caller.place)
            };
            request.phase != Phase::None
                && (request.here == place
                    || request.handler == place
                    || called(request) == Some(place))
                && request.arrived >= store.warmup
        })
    }

    /// The values so far of what is not over yet.
    pub(super) fn open(&self, store: &Store, subject: u32, word: &str) -> Spread {
        let mut open = Spread::default();
        let Some(place) = self.place_of(subject) else { return open };
        if word == "latency" && self.is_caller(place) {
            return self.ages_of_waits(store, place);
        }
        for request in self.open_at(place, store) {
            let began = match (word, request.phase) {
                ("latency", Phase::Queued | Phase::Busy) | ("wait", Phase::Queued) => {
                    request.arrived
                }
                ("service", Phase::Busy) => request.entered,
                _ => continue,
            };
            open.add(store.age(began));
        }
        open
    }

    /// How long what is on a wire has been there.
    pub(super) fn on_wire(&self, store: &Store, subject: u32) -> Spread {
        let mut open = Spread::default();
        for request in &self.requests {
            let Some(caller) = self.places.callers.get(request.caller as usize) else { continue };
            let wire = match request.phase {
                Phase::There => caller.there,
                Phase::Back => caller.back,
                _ => None,
            };
            let is = wire.is_some_and(|at| self.places.wired[at as usize].subject == subject);
            if is && request.since >= store.warmup {
                open.add(store.age(request.since));
            }
        }
        open
    }

    /// Whether a subject is a wire.
    pub(super) fn is_wire(&self, subject: u32) -> bool {
        self.places.wired.iter().any(|wired| wired.subject == subject)
    }

    /// Nothing is under way any more.
    pub(super) fn forget(&mut self) {
        self.requests.iter_mut().for_each(|request| request.phase = Phase::None);
        self.waits.iter_mut().for_each(|waits| waits.caller = NOBODY);
    }
}
