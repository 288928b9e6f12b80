//! What a meter tells of one measure: total, mean, percentile.

use super::fraction::Fraction;
use super::gauge::Level;
use super::key::{Key, Subject, What, Whom};
use super::meter::Meter;
use super::spread::Spread;
use super::store::Gauged;
use crate::program::{
    Measure, Program, Quantity, RATE_HOUR, Start, Statistic, Subject as Named, Type, WHOLE,
};
use crate::trace::Target;

impl Meter {
    /// Nanoseconds for which counts and gauges have been measured.
    pub(super) fn measured(&self) -> u64 {
        if self.store.closed {
            return self.store.past;
        }
        self.store.until().saturating_sub(self.store.warmup)
    }

    /// The subjects of something: all of it, or one element.
    pub(super) fn subjects(&self, whom: Whom, element: Option<u32>) -> Vec<u32> {
        let fits = |subject: &Subject| {
            let only = subject.element == element || element.is_none();
            subject.whom == whom && only
        };
        let subjects = self.store.subjects.iter().enumerate();
        let found = subjects.filter(|(_, subject)| fits(subject));
        found.map(|(at, _)| at as u32).collect()
    }

    /// How often it happened, over the subjects and the words that fit.
    pub(super) fn counted(&self, subjects: &[u32], fits: impl Fn(What) -> bool) -> u64 {
        if !self.store.is_warm() && !self.store.closed {
            return 0;
        }
        let counts = self.store.counts.iter();
        let fitting =
            counts.filter(|one| subjects.contains(&one.key.subject) && fits(one.key.what));
        let unfinished = if fits(What::Word("unfinished")) {
            subjects.iter().map(|&subject| self.unfinished(subject)).sum()
        } else {
            0
        };
        fitting.map(|one| one.count).sum::<u64>() + unfinished
    }

    /// How much there is of it. All elements together have a gauge of their own.
    pub(super) fn level(&self, subjects: &[u32], word: &'static str) -> Option<Level> {
        let what = What::Word(word);
        let of =
            |subject: u32| self.store.gauges.iter().find(|one| one.key == Key { subject, what });
        if word == "oldest" && subjects.len() > 1 {
            // Of several the one that is worst off.
            let each = subjects.iter().filter_map(|&subject| self.level(&[subject], word));
            return each.reduce(|one, other| Level {
                now: one.now.max(other.now),
                area: one.area.max(other.area),
                max: one.max.max(other.max),
            });
        }
        // The first of several subjects is all of them together.
        let Gauged { gauge, past, .. } = subjects.iter().find_map(|&subject| of(subject))?;
        let (is_warm, until) = (self.store.is_warm(), self.store.until());
        let area = if is_warm { gauge.area(until) } else { 0 };
        Some(Level {
            now: past.now + gauge.value_at(until),
            area: past.area + area,
            max: past.max.max(gauge.max(until)),
        })
    }

    /// All values of it, and how many of them are of what is not over.
    pub(super) fn values(&self, subjects: &[u32], word: &str) -> (Spread, u64) {
        let fits = |what: What| match what {
            What::Word(one) => one == word,
            What::Latency(_) => word == "latency",
            What::Outcome(_) => false,
        };
        let mut all = Spread::default();
        let mut unfinished = 0;
        let spreads = self.store.spreads.iter();
        for one in spreads.filter(|one| subjects.contains(&one.key.subject) && fits(one.key.what)) {
            all.merge(&one.spread);
            unfinished += one.unfinished;
        }
        for &subject in subjects {
            let open = self.open(subject, word);
            unfinished += open.count();
            all.merge(&open);
        }
        (all, unfinished)
    }

    /// What is not over of a subject is told as far as it came.
    pub(super) fn close_subject(&mut self, subject: u32) {
        let unfinished = self.unfinished(subject);
        for at in 0..self.store.spreads.len() {
            let key = self.store.spreads[at].key;
            if let What::Word(word) = key.what
                && key.subject == subject
            {
                let open = self.open(subject, word);
                let own = &mut self.store.spreads[at];
                own.spread.merge(&open);
                own.unfinished += open.count();
            }
        }
        let key = Key { subject, what: What::Word("unfinished") };
        if let Some(own) = self.store.counts.iter_mut().find(|own| own.key == key) {
            own.count += unfinished;
        }
    }

    /// Nothing is under way any more.
    pub(super) fn forget_open(&mut self) {
        self.classes.forget();
        self.routines.forget();
        self.held.forget();
        self.guards.forget();
        self.databases.forget_all();
        self.messages.forget();
        self.services.forget();
    }

    /// How many of a subject are not over yet.
    fn unfinished(&self, subject: u32) -> u64 {
        match self.store.subjects[subject as usize].whom {
            Whom::Class(_) => self.classes.ages(&self.store, subject).count(),
            Whom::Routine(_) => self.routines.ages(&self.store, subject).count(),
            _ => self.services.unfinished(&self.store, subject),
        }
    }

    /// The values so far of what is not over yet.
    fn open(&self, subject: u32, word: &str) -> Spread {
        let whom = self.store.subjects[subject as usize].whom;
        match word {
            "attempts" => self.classes.tries(&self.store, subject),
            "held" => self.held.holds(&self.store, subject),
            "latency" if matches!(whom, Whom::Routine(_)) => {
                self.routines.ages(&self.store, subject)
            }
            "latency" if matches!(whom, Whom::Class(_)) => self.classes.ages(&self.store, subject),
            "wait" if self.held.has(subject) => self.held.waits(&self.store, subject),
            _ if self.services.is_wire(subject) => self.services.on_wire(&self.store, subject),
            _ if self.services.has(subject) => self.services.open(&self.store, subject, word),
            "wait" | "latency" if self.guards_have(subject) => {
                self.guards.open(&self.store, subject, word)
            }
            _ if self.databases.has(subject) => self.databases.open(&self.store, subject, word),
            _ => self.messages.open(&self.store, subject, word),
        }
    }

    fn guards_have(&self, subject: u32) -> bool {
        match self.store.subjects[subject as usize].whom {
            Whom::Shared(shared) => self.guards.has(Target { shared, element: 0 }),
            _ => false,
        }
    }

    /// The subjects that a measure is about.
    pub(super) fn about(&self, program: &Program, named: &Named) -> Vec<u32> {
        match named {
            Named::Process(class, number) => {
                let alone = program.classes[*class as usize].instances == 1;
                let element = number.filter(|_| !alone).map(|number| number.saturating_sub(1));
                self.subjects(Whom::Class(*class), element)
            }
            Named::Shared(shared, element) => self.subjects(Whom::Shared(*shared), *element),
            Named::Handler(service, handler) => {
                self.subjects(Whom::Handler(*service, *handler), None)
            }
            Named::Caller(party, service) => self.subjects(Whom::Caller(*party, *service), None),
            Named::Recorded(name) => {
                let label = program.labels.iter().position(|label| label == name);
                label.map_or_else(Vec::new, |at| self.subjects(Whom::Recorded(at as u32), None))
            }
            Named::Routine(name) => {
                let label = program.labels.iter().position(|label| label == name);
                let called =
                    label.into_iter().flat_map(|at| self.subjects(Whom::Routine(at as u32), None));
                // Those that are spawned are processes of their own.
                let spawned = program
                    .classes
                    .iter()
                    .position(|class| class.name == *name && matches!(class.start, Start::Spawned));
                let spawned =
                    spawned.into_iter().flat_map(|at| self.subjects(Whom::Class(at as u32), None));
                called.chain(spawned).collect()
            }
            Named::Nobody(_) => Vec::new(),
        }
    }

    /// The value of a measure in the units of its type; a rate in those of [`RATE_HOUR`]. `None`
    /// where nothing was measured of which it could be told.
    #[must_use]
    pub fn tell(&self, program: &Program, measure: &Measure) -> Option<Fraction> {
        let subjects = self.about(program, &measure.subject);
        // Of several runs a count or gauge is told as their mean, so that it can be compared with
        // the same bound.
        let runs = i128::from(self.store.runs);
        let whole = |value: u64| Fraction::new(i128::from(value), runs);
        match &measure.quantity {
            Quantity::Count(_) | Quantity::Outcome(_) => {
                let count = self.counted(&subjects, |what| is(what, &measure.quantity, program));
                match measure.statistic {
                    Some(Statistic::Rate) => rate(count, self.measured()),
                    _ => whole(count),
                }
            }
            Quantity::Gauge("utilization") => {
                let share = self.utilization(program, *subjects.first()?)?;
                share.times(WHOLE.into())
            }
            Quantity::Gauge(word) => {
                let level = self.level(&subjects, word)?;
                match measure.statistic {
                    Some(Statistic::Mean) => Fraction::new(level.area, i128::from(self.measured())),
                    Some(Statistic::Max) => Some(level.max.into()),
                    _ => Fraction::new(i128::from(level.now), runs),
                }
            }
            Quantity::Spread(_) | Quantity::Values => {
                let word = match measure.quantity {
                    Quantity::Spread(word) => word,
                    _ => "values",
                };
                told(&self.values(&subjects, word).0, measure.statistic?, measure.value)
            }
            Quantity::Value => Some(self.last.value(&measure.subject)?.into()),
        }
    }
}

/// True if a count is what a quantity means.
pub(super) fn is(what: What, quantity: &Quantity, program: &Program) -> bool {
    match (what, quantity) {
        (What::Word(one), Quantity::Count(word)) => one == *word,
        (What::Outcome(ended), Quantity::Count(word)) => ended.word(program) == *word,
        (What::Outcome(ended), Quantity::Outcome(word)) => ended.word(program) == word,
        _ => false,
    }
}

/// How many in a thousand hours.
pub(super) fn rate(count: u64, nanoseconds: u64) -> Option<Fraction> {
    Fraction::new(i128::from(count) * i128::from(RATE_HOUR), i128::from(nanoseconds))
}

/// What a spread tells.
fn told(values: &Spread, statistic: Statistic, kind: Type) -> Option<Fraction> {
    match statistic {
        Statistic::Mean => Fraction::new(values.sum(), i128::from(values.count())),
        Statistic::Max => values.greatest().map(Fraction::from),
        Statistic::Percentile(share) => values.percentile(share).map(Fraction::from),
        Statistic::Over(bound) => {
            let part = i128::from(values.over(bound));
            let scale = if kind == Type::Percent { i128::from(WHOLE) } else { 1 };
            Fraction::new(part * scale, i128::from(values.count()))
        }
        Statistic::Rate => None,
    }
}
