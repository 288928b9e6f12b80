//! What changed over time: always some of it, and what the text's charts draw.

use super::formula::{self, unit};
use super::fraction::Fraction;
use super::key::{Key, What};
use super::meter::Meter;
use super::report::per_second;
use super::tell::{is, rate};
use super::tracks::{Stay, Values};
use super::used::{elements, most};
use super::view::{ChartView, Series, SeriesKind, Unit};
use crate::program::{Measure, Program, Quantity, Statistic, WHOLE};

/// A stretch of time that is drawn.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    index: usize,
    /// How much of it there was, nanoseconds; of several runs all of it.
    span: u64,
    /// So little of it that a rate would say nothing.
    scant: bool,
    /// It is the last one.
    last: bool,
}

fn stretches(meter: &Meter) -> Vec<Stretch> {
    let (until, width) = (meter.store.until(), meter.store.width);
    let count = until.div_ceil(width).max(1) as usize;
    let stretch = |index: usize| {
        let begin = index as u64 * width;
        let span = until.saturating_sub(begin).min(width);
        let scant = span < width / 2 && index > 0;
        let span = span * u64::from(meter.store.runs);
        Stretch { index, span, scant, last: index + 1 == count }
    };
    (0..count).map(stretch).collect()
}

/// What a track has for a stretch; what happened at the very end belongs to the last one.
fn part<T>(track: &[T], stretch: Stretch) -> &[T] {
    let until = if stretch.last { track.len() } else { track.len().min(stretch.index + 1) };
    track.get(stretch.index..until).unwrap_or_default()
}

fn happened(meter: &Meter, subjects: &[u32], stretch: Stretch, fits: impl Fn(What) -> bool) -> u64 {
    let counts = meter.store.counts.iter();
    let fitting = counts.filter(|one| subjects.contains(&one.key.subject) && fits(one.key.what));
    let tracks = fitting.filter_map(|one| one.track.as_ref());
    tracks.flat_map(|track| part(&track.0, stretch)).sum()
}

fn level(meter: &Meter, subjects: &[u32], word: &'static str, stretch: Stretch) -> Option<Stay> {
    let what = What::Word(word);
    let of = |subject: u32| meter.store.gauges.iter().find(|one| one.key == Key { subject, what });
    let gauged = subjects.iter().find_map(|&subject| of(subject))?;
    let mut track = gauged.track.clone()?;
    if !meter.store.closed {
        track.follow(&gauged.gauge, gauged.tracked, meter.store.until(), meter.store.width);
    }
    let parts = part(&track.0, stretch).iter();
    Some(parts.fold(Stay::default(), |all, one| Stay {
        area: all.area + one.area,
        max: all.max.max(one.max),
    }))
}

fn values(meter: &Meter, subjects: &[u32], word: &str, stretch: Stretch) -> Values {
    let mut all = Values::default();
    let mut seen = false;
    for one in &meter.store.spreads {
        let fits = one.key.what == What::Word(key_word(word));
        if !subjects.contains(&one.key.subject) || !fits {
            continue;
        }
        let whole = meter.store.subjects[one.key.subject as usize].element.is_none();
        if let Some(track) = &one.track {
            // All elements together have a track of their own, where there is one.
            if seen && !whole {
                continue;
            }
            seen |= whole && !track.0.is_empty();
            part(&track.0, stretch).iter().for_each(|values| all.merge(values));
        }
    }
    all
}

/// The same word, for as long as the table lives.
fn key_word(word: &str) -> &'static str {
    const WORDS: [&str; 8] =
        ["latency", "attempts", "wait", "held", "trip", "values", "load", "service"];
    WORDS.into_iter().find(|known| *known == word).unwrap_or("values")
}

fn percentile(values: &Values, share: u16) -> Option<i64> {
    let count = values.all.all();
    let rank = (u128::from(count) * u128::from(share)).div_ceil(10_000) as u64;
    (count > 0).then(|| {
        let edge = values.all.value_at(rank.clamp(1, count));
        values.max.map_or(edge, |max| edge.min(max))
    })
}

/// What is drawn of a subject without being asked for.
pub(super) fn of(
    meter: &Meter,
    program: &Program,
    subjects: &[u32],
    (at, name): (u32, &str),
    found: &mut Vec<Series>,
) {
    let stretches = stretches(meter);
    let width = meter.store.width;
    let mut outcomes: Vec<What> = Vec::new();
    for one in meter.store.counts.iter().filter(|one| subjects.contains(&one.key.subject)) {
        if matches!(one.key.what, What::Outcome(_)) && !outcomes.contains(&one.key.what) {
            outcomes.push(one.key.what);
        }
    }
    for outcome in outcomes {
        let counts: Vec<u64> = stretches
            .iter()
            .map(|&stretch| happened(meter, subjects, stretch, |what| what == outcome))
            .collect();
        if counts.iter().all(|&count| count == 0) {
            continue;
        }
        let point = |(stretch, &count): (&Stretch, &u64)| {
            rate(count, stretch.span).filter(|_| !stretch.scant).and_then(per_second)
        };
        found.push(Series {
            name: format!("{name}.{}.rate", outcome.word(program)),
            subject: at,
            kind: SeriesKind::Throughput,
            unit: Unit::Rate,
            width,
            points: stretches.iter().zip(&counts).map(point).collect(),
        });
    }
    let latencies: Vec<Values> =
        stretches.iter().map(|&stretch| values(meter, subjects, "latency", stretch)).collect();
    if latencies.iter().any(|values| values.all.all() > 0) {
        for (word, share) in [("p50", 5_000), ("p95", 9_500), ("p99", 9_900)] {
            found.push(Series {
                name: format!("{name}.latency.{word}"),
                subject: at,
                kind: SeriesKind::Latency,
                unit: Unit::Time,
                width,
                points: latencies.iter().map(|values| percentile(values, share)).collect(),
            });
        }
    }
    let point = |&stretch: &Stretch| {
        let stay = level(meter, subjects, "length", stretch)?;
        Some(Fraction::new(stay.area, i128::from(stretch.span))?.times(WHOLE.into())?.rounded())
    };
    let points: Vec<Option<i64>> = stretches.iter().map(point).collect();
    if points.iter().any(Option::is_some) {
        found.push(Series {
            name: format!("{name}.length"),
            subject: at,
            kind: SeriesKind::Level,
            unit: Unit::Fraction,
            width,
            points,
        });
    }
}

/// What the text's charts draw.
pub(super) fn charts(meter: &Meter, program: &Program) -> Vec<ChartView> {
    let stretches = stretches(meter);
    let line = |line: &crate::program::Line| {
        let (unit, scale) = unit(&line.formula);
        // Means over a stretch are rarely whole.
        let (unit, scale) = match unit {
            Unit::Number => (Unit::Fraction, WHOLE.into()),
            unit => (unit, scale),
        };
        let point = |&stretch: &Stretch| {
            let measured = |measure: &Measure| tell_in(meter, program, measure, stretch);
            let value = formula::value(&line.formula, &measured)?;
            Some(value.times(scale)?.rounded())
        };
        Series {
            name: line.words.clone(),
            subject: 0,
            kind: SeriesKind::Line,
            unit,
            width: meter.store.width,
            points: stretches.iter().map(point).collect(),
        }
    };
    let chart = |chart: &crate::program::Chart| ChartView {
        title: chart.title.clone(),
        lines: chart.lines.iter().map(line).collect(),
    };
    program.charts.iter().map(chart).collect()
}

/// What a measure comes to in a stretch: a count is the total so far, a rate and a percentile are
/// of the stretch alone, a gauge is its mean there.
fn tell_in(
    meter: &Meter,
    program: &Program,
    measure: &Measure,
    stretch: Stretch,
) -> Option<Fraction> {
    let subjects = meter.about(program, &measure.subject);
    let runs = i128::from(meter.store.runs);
    match &measure.quantity {
        Quantity::Count(_) | Quantity::Outcome(_) => {
            let fits = |what| is(what, &measure.quantity, program);
            if measure.statistic == Some(Statistic::Rate) {
                let count = happened(meter, &subjects, stretch, fits);
                return rate(count, stretch.span).filter(|_| !stretch.scant);
            }
            let before = (0..stretch.index).map(|index| Stretch { index, last: false, ..stretch });
            let all = before.chain([stretch]);
            let sum: u64 = all.map(|one| happened(meter, &subjects, one, fits)).sum();
            Fraction::new(i128::from(sum), runs)
        }
        Quantity::Gauge("utilization") => {
            let subject = *subjects.first()?;
            let (word, each) = most(program, meter.store.subjects[subject as usize].whom)?;
            let taken = level(meter, &[subject], word, stretch)?.area;
            let there = match level(meter, &[subject], "replicas", stretch) {
                Some(replicas) => replicas.area,
                None => i128::from(stretch.span) * elements(meter, program, subject),
            };
            let there = there.checked_mul(i128::from(each))?;
            Fraction::new(taken, there)?.times(WHOLE.into())
        }
        Quantity::Gauge(word) => {
            let stay = level(meter, &subjects, word, stretch)?;
            match measure.statistic {
                Some(Statistic::Max) => Some(stay.max.into()),
                _ => Fraction::new(stay.area, i128::from(stretch.span)),
            }
        }
        Quantity::Spread(_) | Quantity::Values => {
            let word = match measure.quantity {
                Quantity::Spread(word) => word,
                _ => "values",
            };
            let values = values(meter, &subjects, word, stretch);
            let count = i128::from(values.all.all());
            match measure.statistic? {
                Statistic::Mean => Fraction::new(values.sum, count),
                Statistic::Max => values.max.map(Fraction::from),
                Statistic::Percentile(share) => percentile(&values, share).map(Fraction::from),
                Statistic::Over(bound) => {
                    let over = i128::from(values.all.above(bound));
                    Fraction::new(over * i128::from(WHOLE), count)
                }
                Statistic::Rate => None,
            }
        }
        Quantity::Value => Some(meter.last.value_in(&measure.subject, stretch.index)?.into()),
    }
}
