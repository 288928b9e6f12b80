//! Several runs told as one.

use super::gauge::{Gauge, Level};
use super::key::Key;
use super::meter::Meter;
use super::store::Store;
use std::collections::BTreeMap;

impl Meter {
    /// Takes in what another meter of the same program measured of another run. Counts and values
    /// add up; what is not over counts with its age so far.
    ///
    /// It then has heard enough: a meter that was merged hears no more.
    pub fn merge(&mut self, other: &Meter) {
        self.close();
        let mut other = other.clone();
        other.close();
        self.store.merge(other.store);
    }

    /// What is not over is told as far as it came.
    fn close(&mut self) {
        if std::mem::replace(&mut self.store.closed, true) {
            return;
        }
        self.store.bring_tracks_up();
        for subject in 0..self.store.subjects.len() as u32 {
            self.close_subject(subject);
        }
        self.forget_open();
        let until = self.store.until();
        self.store.past = until.saturating_sub(self.store.warmup);
        let is_warm = self.store.is_warm();
        for gauged in &mut self.store.gauges {
            let gauge = std::mem::take(&mut gauged.gauge);
            let area = if is_warm { gauge.area(until) } else { 0 };
            gauged.past = Level { now: gauge.value_at(until), area, max: gauge.max(until) };
        }
        if !is_warm {
            self.store.counts.iter_mut().for_each(|counted| counted.count = 0);
        }
    }
}

impl Store {
    fn merge(&mut self, mut other: Store) {
        while self.width < other.width {
            self.double();
        }
        while other.width < self.width {
            other.double();
        }
        self.runs += other.runs;
        self.past += other.past;
        self.horizon = self.until().max(other.until());
        let places = |keys: &mut dyn Iterator<Item = Key>| -> BTreeMap<Key, usize> {
            keys.enumerate().map(|(at, key)| (key, at)).collect()
        };
        // Outcomes are found as they come, so that two runs may have them in another order.
        let known = places(&mut self.counts.iter().map(|one| one.key));
        for one in other.counts {
            match known.get(&one.key) {
                None => self.counts.push(one),
                Some(&at) => {
                    let own = &mut self.counts[at];
                    own.count += one.count;
                    if let (Some(own), Some(track)) = (&mut own.track, &one.track) {
                        own.merge(track);
                    }
                }
            }
        }
        let known = places(&mut self.gauges.iter().map(|one| one.key));
        for one in other.gauges {
            match known.get(&one.key) {
                None => self.gauges.push(one),
                Some(&at) => {
                    let own = &mut self.gauges[at];
                    own.past.now += one.past.now;
                    own.past.area += one.past.area;
                    own.past.max = own.past.max.max(one.past.max);
                    own.gauge = Gauge::default();
                    if let (Some(own), Some(track)) = (&mut own.track, &one.track) {
                        own.merge(track);
                    }
                }
            }
        }
        let known = places(&mut self.spreads.iter().map(|one| one.key));
        for one in other.spreads {
            match known.get(&one.key) {
                None => self.spreads.push(one),
                Some(&at) => {
                    let own = &mut self.spreads[at];
                    own.spread.merge(&one.spread);
                    own.unfinished += one.unfinished;
                    if let (Some(own), Some(track)) = (&mut own.track, &one.track) {
                        own.merge(track);
                    }
                }
            }
        }
    }
}
