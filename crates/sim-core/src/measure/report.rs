//! What a meter tells, as plain data.

use super::ELEMENTS_SHOWN;
use super::fraction::Fraction;
use super::key::{Subject, What, Whom};
use super::meter::Meter;
use super::spread::Spread;
use super::tell::rate;
use super::used::most;
use super::view::{CountRow, GaugeRow, MeasuresView, SpreadRow, SubjectView, TheoryRow, Unit};
use super::{formula, series};
use crate::program::{Formula, Program, Quantity, Subject as Named, Type, WHOLE};

/// The order in which counts are told.
const FIRST: [&str; 3] = ["started", "calls", "ok"];
const LAST: [&str; 3] = ["failed", "unfinished", "retries"];

impl Meter {
    /// Everything measured so far. `line_of` gives the line of a place in the text.
    #[must_use]
    pub fn view(&self, program: &Program, line_of: &dyn Fn(u32) -> u32) -> MeasuresView {
        let mut view = MeasuresView {
            until: self.store.until(),
            warmup: self.store.warmup,
            complete: true,
            ..MeasuresView::default()
        };
        for subject in self.shown(program) {
            let at = view.subjects.len() as u32;
            if let Subject { whom: Whom::Shared(shared), element: None } = subject {
                let known = self.expected.iter().filter(|(of, _)| *of == shared);
                let rows = known.map(|(_, row)| TheoryRow { subject: at, ..row.clone() });
                view.theory.extend(rows);
            }
            let (name, kind) = (subject.name(program), subject.kind(program).to_owned());
            let subjects = self.subjects(subject.whom, subject.element);
            let before = view.counts.len() + view.gauges.len() + view.spreads.len();
            self.counts(program, &subjects, (at, &name), &mut view.counts);
            self.gauges(program, subject, &subjects, (at, &name), &mut view.gauges);
            self.spreads(program, subject, &subjects, (at, &name), &mut view.spreads);
            if subject.element.is_none() {
                series::of(self, program, &subjects, (at, &name), &mut view.series);
            }
            if before < view.counts.len() + view.gauges.len() + view.spreads.len() {
                view.subjects.push(SubjectView { name, kind });
            }
        }
        view.charts = series::charts(self, program);
        let measured = |measure: &_| self.tell(program, measure);
        let goals = program.goals.iter();
        let judged =
            goals.map(|goal| formula::judge(program, goal, line_of(goal.span.start), &measured));
        view.goals = judged.collect();
        view
    }

    /// Who is told of: everything as a whole, and elements of small arrays.
    fn shown(&self, program: &Program) -> Vec<Subject> {
        let mut shown: Vec<Subject> = Vec::new();
        let wholes = self.store.subjects.iter().filter(|subject| subject.element.is_none());
        for &whole in wholes {
            shown.push(whole);
            if let Whom::Shared(shared) = whole.whom {
                let elements = program.shared[shared as usize].initial.len() as u32;
                if program.shared[shared as usize].array && elements <= ELEMENTS_SHOWN {
                    let element = |at| Subject { element: Some(at), ..whole };
                    shown.extend((0..elements).map(element));
                }
            }
        }
        shown
    }

    fn counts(
        &self,
        program: &Program,
        subjects: &[u32],
        (at, name): (u32, &str),
        rows: &mut Vec<CountRow>,
    ) {
        let mut found: Vec<What> = Vec::new();
        for counted in self.store.counts.iter().filter(|one| subjects.contains(&one.key.subject)) {
            if !found.contains(&counted.key.what) {
                found.push(counted.key.what);
            }
        }
        let words: Vec<String> = found.iter().map(|what| what.word(program)).collect();
        let mut order: Vec<usize> = (0..found.len()).collect();
        order.sort_by_key(|&index| {
            let word = words[index].as_str();
            let first = FIRST.iter().position(|known| *known == word);
            let last = LAST.iter().position(|known| *known == word).map(|at| at + FIRST.len() + 1);
            first.or(last).unwrap_or(FIRST.len())
        });
        for index in order {
            let value = self.counted(subjects, |what| what == found[index]);
            rows.push(CountRow {
                subject: at,
                name: format!("{name}.{}", words[index]),
                value,
                rate: rate(value, self.measured()).and_then(per_second),
                outcome: matches!(found[index], What::Outcome(_)),
            });
        }
    }

    fn gauges(
        &self,
        program: &Program,
        subject: Subject,
        subjects: &[u32],
        (at, name): (u32, &str),
        rows: &mut Vec<GaugeRow>,
    ) {
        let mut found: Vec<&'static str> = Vec::new();
        for gauged in self.store.gauges.iter().filter(|one| subjects.contains(&one.key.subject)) {
            if let What::Word(word) = gauged.key.what
                && !found.contains(&word)
            {
                found.push(word);
            }
        }
        for word in found {
            let Some(level) = self.level(subjects, word) else { continue };
            let unit = if word == "oldest" { Unit::Time } else { Unit::Number };
            let scale = if unit == Unit::Time { 1 } else { WHOLE };
            let mean = Fraction::new(level.area, i128::from(self.measured()));
            let most = most(program, subject.whom).filter(|(busy, _)| *busy == word);
            let utilization = most.and_then(|_| {
                let share = self.utilization(program, *subjects.first()?)?;
                Some(share.times(WHOLE.into())?.rounded())
            });
            rows.push(GaugeRow {
                subject: at,
                name: format!("{name}.{word}"),
                unit,
                now: level.now,
                mean: mean.and_then(|mean| Some(mean.times(scale.into())?.rounded())),
                max: level.max,
                utilization,
            });
        }
    }

    fn spreads(
        &self,
        program: &Program,
        subject: Subject,
        subjects: &[u32],
        (at, name): (u32, &str),
        rows: &mut Vec<SpreadRow>,
    ) {
        let mut found: Vec<What> = Vec::new();
        for one in self.store.spreads.iter().filter(|one| subjects.contains(&one.key.subject)) {
            if !found.contains(&one.key.what) {
                found.push(one.key.what);
            }
        }
        let ends = found.iter().filter(|what| matches!(what, What::Latency(_))).count();
        for what in found {
            let (values, unfinished) = match what {
                What::Word(word) => self.values(subjects, word),
                // With one way to end they are those of all.
                What::Latency(_) if ends < 2 => continue,
                _ => (self.ended(subjects, what), 0),
            };
            let word = what.word(program);
            let name = if word == "values" { name.to_owned() } else { format!("{name}.{word}") };
            let unit = match (what, subject.whom) {
                (What::Word("values"), Whom::Recorded(label)) => recorded(program, label),
                (What::Word("attempts"), _) => Unit::Number,
                _ => Unit::Time,
            };
            rows.extend(row(at, name, unit, &values, unfinished));
        }
    }

    /// How long those took that ended in one way.
    fn ended(&self, subjects: &[u32], what: What) -> Spread {
        let mut all = Spread::default();
        let spreads = self.store.spreads.iter();
        let fits =
            spreads.filter(|one| subjects.contains(&one.key.subject) && one.key.what == what);
        fits.for_each(|one| all.merge(&one.spread));
        all
    }
}

/// A rate in thousand hours as millionths of one a second.
pub(super) fn per_second(rate: Fraction) -> Option<i64> {
    Some(rate.times(formula::rate_scale())?.rounded())
}

/// What the values of a `record` count in, as far as a goal or chart tells.
fn recorded(program: &Program, label: u32) -> Unit {
    let mut unit = Unit::Number;
    super::last::each_measure(program, &mut |measure| {
        if let (Named::Recorded(name), Quantity::Values) = (&measure.subject, &measure.quantity)
            && program.labels.get(label as usize) == Some(name)
            && !matches!(measure.statistic, Some(crate::program::Statistic::Over(_)))
        {
            unit = match measure.value {
                Type::Int | Type::Bool => Unit::Number,
                kind => formula::unit(&Formula::Number(0, kind)).0,
            };
        }
    });
    unit
}

fn row(
    subject: u32,
    name: String,
    unit: Unit,
    values: &Spread,
    unfinished: u64,
) -> Option<SpreadRow> {
    let shares = [5_000, 9_000, 9_500, 9_900, 9_990];
    let [p50, p90, p95, p99, p99_9] = values.percentiles(&shares)?.try_into().ok()?;
    let mean = Fraction::new(values.sum(), i128::from(values.count()))?;
    let scale = if unit == Unit::Number { WHOLE } else { 1 };
    Some(SpreadRow {
        subject,
        name,
        unit,
        count: values.count(),
        unfinished,
        mean: mean.times(scale.into())?.rounded(),
        least: values.least()?,
        p50,
        p90,
        p95,
        p99,
        p99_9,
        max: values.greatest()?,
    })
}
