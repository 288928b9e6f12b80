//! Pictures of what is measured, drawn by `plotters` into plain data.
//!
//! They are drawn in the worker, so that the page need not load what draws them.

mod record;
mod scale;

use plotters::{coord::ranged1d::Ranged, prelude::*};
use sim_core::measure::{MeasuresView, Series, SeriesKind, TheoryFigure, Unit};

use self::{
    record::{ACROSS, LABELS, LINE, NOTHING, Record, UP},
    scale::Scale,
};
use crate::protocol::{Curve, Level, Plot, PlotTitle};

/// So many lines in a picture can be told apart.
const LINES: usize = 6;
/// How many pictures there are at most.
const PLOTS: usize = 24;
/// A line to be drawn: its name, its place among the series, its numbers.
type Wanted<'a> = (String, u32, &'a Series);

/// The pictures of what is measured: what the text asks for first.
pub(super) fn plots(view: &MeasuresView) -> Vec<Plot> {
    if view.until == 0 {
        return Vec::new();
    }
    let mut found: Vec<Plot> = Vec::new();
    let mut add = |title: &PlotTitle, wanted: Vec<Wanted<'_>>| {
        // What counts in different units has no scale in common.
        for unit in [Unit::Rate, Unit::Time, Unit::Number, Unit::Fraction, Unit::Share] {
            let same = |(_, _, series): &&Wanted<'_>| {
                series.unit == unit && series.points.iter().any(Option::is_some)
            };
            let same: Vec<&Wanted<'_>> = wanted.iter().filter(same).collect();
            found.extend(same.chunks(LINES).map(|lines| draw(title, unit, lines, view)));
        }
    };
    for (at, chart) in (0..).zip(&view.charts) {
        let lines = (0..).zip(&chart.lines).map(|(at, line)| (line.name.clone(), at, line));
        add(&PlotTitle::Chart(chart.title.clone(), at), lines.collect());
    }
    let all = || (0..).zip(&view.series);
    for (at, subject) in (0..).zip(&view.subjects) {
        for (kind, end) in [(SeriesKind::Throughput, ".rate"), (SeriesKind::Latency, "")] {
            let mine = all().filter(|(_, one)| one.subject == at && one.kind == kind);
            let lines = mine.map(|(place, one)| {
                let name = one.name.strip_suffix(end).unwrap_or(&one.name);
                (name.rsplit('.').next().unwrap_or(name).to_owned(), place, one)
            });
            let name = subject.name.clone();
            let title = match kind {
                SeriesKind::Throughput => PlotTitle::Throughput(name),
                _ => PlotTitle::Latency(name),
            };
            add(&title, lines.collect());
        }
    }
    let lengths = all().filter(|(_, one)| one.kind == SeriesKind::Level).map(|(place, one)| {
        (one.name.strip_suffix(".length").unwrap_or(&one.name).to_owned(), place, one)
    });
    add(&PlotTitle::Length, lengths.collect());
    found.truncate(PLOTS);
    found
}

/// What theory says of the lines of a picture: of a percentile, or of the mean of what goes up and
/// down.
fn theory<'a>(view: &'a MeasuresView, lines: &[&Wanted<'_>]) -> Vec<&'a TheoryFigure> {
    let all = view.theory.iter().flat_map(|row| &row.figures);
    let fits = |figure: &&TheoryFigure| {
        lines.iter().any(|(_, _, line)| {
            let mean = figure.name.strip_suffix(".mean");
            line.unit == figure.unit
                && (line.name == figure.name || mean.is_some_and(|mean| mean == line.name))
        })
    };
    all.filter(fits).collect()
}

fn draw(title: &PlotTitle, unit: Unit, lines: &[&Wanted<'_>], view: &MeasuresView) -> Plot {
    let until = i64::try_from(view.until).unwrap_or(i64::MAX);
    let theory = theory(view, lines);
    let points = || {
        let measured = lines.iter().flat_map(|(_, _, one)| one.points.iter().flatten().copied());
        measured.chain(theory.iter().map(|figure| figure.value))
    };
    let (least, most) = (points().min().unwrap_or(0), points().max().unwrap_or(0));
    let numbers = Scale::of(least, most);
    let level = |figure: &&TheoryFigure| Level {
        name: figure.name.clone(),
        value: figure.value,
        y: numbers.map(&figure.value, (i32::from(Plot::WHOLE), 0)) as u16,
    };
    let levels = theory.iter().map(level).collect();
    let mut record = Record::default();
    let drawn = draw_lines(&mut record, lines, Scale::of_times(until), numbers.clone());
    debug_assert!(drawn.is_ok(), "plain data takes all that is drawn: {drawn:?}");
    let curve = |(at, (name, series, _)): (u8, &&Wanted<'_>)| Curve {
        name: name.clone(),
        series: *series,
        runs: record.paths.iter().filter(|path| path.0 == at).map(|path| path.1.clone()).collect(),
    };
    Plot {
        title: title.clone(),
        unit,
        curves: (0..).zip(lines).map(curve).collect(),
        across: record.across,
        up: record.up,
        theory: levels,
    }
}

fn draw_lines(
    record: &mut Record,
    lines: &[&Wanted<'_>],
    times: Scale,
    numbers: Scale,
) -> Result<(), Box<dyn std::error::Error>> {
    let area = record.into_drawing_area();
    let mut chart = ChartBuilder::on(&area)
        .x_label_area_size(LABELS)
        .y_label_area_size(LABELS)
        .build_cartesian_2d(times.clone(), numbers)
        .map_err(|error| error.to_string())?;
    let text = |what: u8| ("sans-serif", 1).into_font().color(&RGBColor(what, 0, 0));
    chart
        .configure_mesh()
        .max_light_lines(0)
        .axis_style(RGBColor(NOTHING, 0, 0))
        .bold_line_style(RGBColor(NOTHING, 0, 0))
        .x_label_style(text(ACROSS))
        .y_label_style(text(UP))
        .x_label_formatter(&i64::to_string)
        .y_label_formatter(&i64::to_string)
        .draw()
        .map_err(|error| error.to_string())?;
    for (at, (_, _, series)) in (0..).zip(lines) {
        for run in runs(series, times.to) {
            let line = LineSeries::new(run, RGBColor(LINE, 0, at));
            chart.draw_series(line).map_err(|error| error.to_string())?;
        }
    }
    drop(chart);
    area.present().map_err(|error| error.to_string())?;
    Ok(())
}

/// The points of a series in the middle of their stretches, parted where there is nothing to tell.
fn runs(series: &Series, until: i64) -> Vec<Vec<(i64, i64)>> {
    let width = i64::try_from(series.width).unwrap_or(i64::MAX);
    let middle = |at: i64| {
        let begin = at.saturating_mul(width).min(until);
        begin + (begin.saturating_add(width).min(until) - begin) / 2
    };
    let points =
        (0..).zip(&series.points).map(|(at, point)| point.map(|value| (middle(at), value)));
    let points: Vec<Option<(i64, i64)>> = points.collect();
    let runs = points.split(Option::is_none).filter(|run| !run.is_empty());
    runs.map(|run| run.iter().flatten().copied().collect()).collect()
}

#[cfg(test)]
mod tests;
