//! All that is counted, gauged and spread, side by side in three lists. Whoever measures knows the
//! places of what it measures; names are looked up only by those who ask.

use super::gauge::{Gauge, Level};
use super::key::{Key, Subject};
use super::spread::Spread;
use super::tracks::{CountTrack, LevelTrack, STRETCHES, ValueTrack, first_width};

/// A place in [`Store::counts`].
pub(super) type CountId = u32;
/// A place in [`Store::gauges`].
pub(super) type GaugeId = u32;
/// A place in [`Store::spreads`].
pub(super) type SpreadId = u32;

/// How often something happened.
#[derive(Clone, Debug)]
pub(super) struct Counted {
    pub(super) key: Key,
    pub(super) count: u64,
    pub(super) track: Option<Box<CountTrack>>,
}

/// How much there is of something.
#[derive(Clone, Debug)]
pub(super) struct Gauged {
    pub(super) key: Key,
    pub(super) gauge: Gauge,
    /// What earlier runs had that were merged into this one.
    pub(super) past: Level,
    pub(super) track: Option<Box<LevelTrack>>,
    /// Where the track is up to.
    pub(super) tracked: u64,
}

/// What has a value each time.
#[derive(Clone, Debug)]
pub(super) struct Spreaded {
    pub(super) key: Key,
    pub(super) spread: Spread,
    /// How many of the values are of what never came to its end.
    pub(super) unfinished: u64,
    pub(super) track: Option<Box<ValueTrack>>,
}

/// The three lists, and the time.
#[derive(Clone, Debug)]
pub(super) struct Store {
    /// Who is measured.
    pub(super) subjects: Vec<Subject>,
    pub(super) counts: Vec<Counted>,
    pub(super) gauges: Vec<Gauged>,
    pub(super) spreads: Vec<Spreaded>,
    /// Virtual time, nanoseconds.
    pub(super) now: u64,
    /// Steps heard, the start included.
    pub(super) step: u64,
    /// Until when it is told what was measured, where that is later than now.
    pub(super) horizon: u64,
    /// Measures begin here.
    pub(super) warmup: u64,
    warm: bool,
    /// Runs measured, and for how long those that were closed, nanoseconds.
    pub(super) runs: u32,
    pub(super) past: u64,
    /// It hears no more.
    pub(super) closed: bool,
    /// How long a stretch is.
    pub(super) width: u64,
    /// The stretch of now, and when it ends.
    stretch: usize,
    stretch_ends: u64,
}

impl Store {
    pub(super) fn new(length: Option<u64>, warmup: u64) -> Store {
        Store {
            subjects: Vec::new(),
            counts: Vec::new(),
            gauges: Vec::new(),
            spreads: Vec::new(),
            now: 0,
            step: 0,
            horizon: 0,
            warmup,
            warm: warmup == 0,
            runs: 1,
            past: 0,
            closed: false,
            width: first_width(length),
            stretch: 0,
            stretch_ends: 0,
        }
    }

    pub(super) fn subject(&mut self, subject: Subject) -> u32 {
        self.subjects.push(subject);
        self.subjects.len() as u32 - 1
    }

    pub(super) fn new_count(&mut self, key: Key) -> CountId {
        self.counts.push(Counted { key, count: 0, track: None });
        self.counts.len() as CountId - 1
    }

    pub(super) fn new_gauge(&mut self, key: Key) -> GaugeId {
        self.gauges.push(Gauged {
            key,
            gauge: Gauge::default(),
            past: Level::default(),
            track: None,
            tracked: 0,
        });
        self.gauges.len() as GaugeId - 1
    }

    pub(super) fn new_spread(&mut self, key: Key) -> SpreadId {
        self.spreads.push(Spreaded { key, spread: Spread::default(), unfinished: 0, track: None });
        self.spreads.len() as SpreadId - 1
    }

    /// A count whose stretches are kept, too.
    pub(super) fn track_count(&mut self, id: CountId) {
        self.counts[id as usize].track.get_or_insert_default();
    }

    /// As [`Store::track_count`].
    pub(super) fn track_gauge(&mut self, id: GaugeId) {
        self.gauges[id as usize].track.get_or_insert_default();
    }

    /// As [`Store::track_count`].
    pub(super) fn track_spread(&mut self, id: SpreadId) {
        self.spreads[id as usize].track.get_or_insert_default();
    }

    /// True once what happens counts.
    pub(super) fn is_warm(&self) -> bool {
        self.warm
    }

    /// A step begins at a time: true if it is in the same stretch and nothing else begins.
    #[inline(always)]
    pub(super) fn moves_within(&mut self, now: u64) -> bool {
        let within = now == self.now || (now < self.stretch_ends && self.warm);
        if within {
            self.step += 1;
            self.now = now;
        }
        within
    }

    /// As [`Store::moves_within`], where that is not so. Gives how often stretches have become twice as long for it.
    pub(super) fn moves(&mut self, now: u64) -> u32 {
        self.step += 1;
        if now == self.now {
            return 0;
        }
        self.now = now;
        if !self.warm && now >= self.warmup {
            self.warm = true;
            for counted in &mut self.counts {
                counted.count = 0;
            }
            for gauged in &mut self.gauges {
                gauged.gauge.restart(self.warmup);
            }
        }
        if now < self.stretch_ends {
            return 0;
        }
        let mut doubled = 0;
        // What happens at the very end of the last stretch is in one of its own.
        while now / self.width > STRETCHES {
            self.double();
            doubled += 1;
        }
        self.stretch = (now / self.width) as usize;
        self.stretch_ends = (self.stretch as u64 + 1).saturating_mul(self.width);
        doubled
    }

    /// Stretches become twice as long.
    pub(super) fn double(&mut self) {
        self.width *= 2;
        self.stretch = (self.now / self.width) as usize;
        self.stretch_ends = 0;
        self.counts.iter_mut().filter_map(|one| one.track.as_mut()).for_each(|t| t.halve());
        self.gauges.iter_mut().filter_map(|one| one.track.as_mut()).for_each(|t| t.halve());
        self.spreads.iter_mut().filter_map(|one| one.track.as_mut()).for_each(|t| t.halve());
    }

    /// Takes into the tracks of gauges how long they have had their values.
    pub(super) fn bring_tracks_up(&mut self) {
        let (now, width) = (self.until(), self.width);
        self.gauges.iter_mut().for_each(|gauged| gauged.bring_up(now, width));
    }

    /// The stretch of now, for those who keep tracks of their own.
    pub(super) fn stretch(&self) -> usize {
        self.stretch
    }

    #[inline]
    pub(super) fn count(&mut self, id: CountId) {
        let counted = &mut self.counts[id as usize];
        counted.count += 1;
        if let Some(track) = &mut counted.track {
            track.add(self.stretch, 1);
        }
    }

    /// It happened to something that began at a time.
    pub(super) fn count_of(&mut self, id: CountId, began: u64) {
        let counted = &mut self.counts[id as usize];
        if began >= self.warmup {
            counted.count += 1;
        }
        if let Some(track) = &mut counted.track {
            track.add(self.stretch, 1);
        }
    }

    #[inline]
    pub(super) fn set(&mut self, id: GaugeId, value: i64) {
        let gauged = &mut self.gauges[id as usize];
        if gauged.track.is_some() {
            gauged.bring_up(self.now, self.width);
        }
        gauged.gauge.set(value, self.now, self.step);
    }

    /// A gauge is from now on how long ago a time was; with none, 0.
    #[inline]
    pub(super) fn rises(&mut self, id: GaugeId, from: Option<u64>) {
        let gauged = &mut self.gauges[id as usize];
        if gauged.gauge.rising == from {
            return;
        }
        if gauged.track.is_some() {
            gauged.bring_up(self.now, self.width);
        }
        gauged.gauge.rise(from, self.now, self.step);
    }

    pub(super) fn change(&mut self, id: GaugeId, by: i64) {
        let gauged = &mut self.gauges[id as usize];
        if gauged.track.is_some() {
            gauged.bring_up(self.now, self.width);
        }
        gauged.gauge.set(gauged.gauge.value() + by, self.now, self.step);
    }

    /// Changes a gauge of an element, and that of all elements.
    #[inline]
    pub(super) fn change_both(&mut self, [own, all]: [Option<GaugeId>; 2], by: i64) {
        if let Some(own) = own {
            self.change(own, by);
        }
        if let Some(all) = all {
            self.change(all, by);
        }
    }

    /// Changes gauges at a time that is over, but not before they changed last.
    pub(super) fn change_at(&mut self, both: [Option<GaugeId>; 2], by: i64, at: u64) {
        for id in both.into_iter().flatten() {
            let gauged = &mut self.gauges[id as usize];
            let at = gauged.gauge.not_before(at);
            if gauged.track.is_some() {
                gauged.bring_up(at.max(gauged.tracked), self.width);
            }
            gauged.gauge.set(gauged.gauge.value() + by, at, self.step);
        }
    }

    /// A value of something that began at a time.
    #[inline]
    pub(super) fn add(&mut self, id: SpreadId, began: u64, value: i64) {
        let spreaded = &mut self.spreads[id as usize];
        if began >= self.warmup {
            spreaded.spread.add(value);
        }
        if let Some(track) = &mut spreaded.track {
            track.add(self.stretch, value);
        }
    }

    /// What never came to its end lasted so long.
    pub(super) fn add_unfinished(&mut self, id: SpreadId, began: u64, value: i64) {
        let spreaded = &mut self.spreads[id as usize];
        if began >= self.warmup {
            spreaded.spread.add(value);
            spreaded.unfinished += 1;
        }
    }

    /// A value that is only drawn, not told: it is told elsewhere.
    pub(super) fn draw(&mut self, id: SpreadId, value: i64) {
        if let Some(track) = &mut self.spreads[id as usize].track {
            track.add(self.stretch, value);
        }
    }

    /// How long has passed since something began.
    pub(super) fn since(&self, began: u64) -> i64 {
        i64::try_from(self.now - began.min(self.now)).unwrap_or(i64::MAX)
    }

    /// Until when it is told what was measured.
    pub(super) fn until(&self) -> u64 {
        self.now.max(self.horizon)
    }

    /// How old something is by then.
    pub(super) fn age(&self, began: u64) -> i64 {
        i64::try_from(self.until().saturating_sub(began)).unwrap_or(i64::MAX)
    }
}

impl Gauged {
    pub(super) fn bring_up(&mut self, now: u64, width: u64) {
        if let Some(track) = &mut self.track {
            track.follow(&self.gauge, self.tracked, now, width);
        }
        self.tracked = now;
    }
}
