//! What is drawn is what was measured.

use super::*;
use sim_core::measure::{ChartView, SubjectView, TheoryRow};

const SECOND: u64 = 1_000_000_000;

fn series(name: &str, kind: SeriesKind, unit: Unit, points: &[Option<i64>]) -> Series {
    let points = points.to_vec();
    Series { name: name.to_owned(), subject: 0, kind, unit, width: SECOND, points }
}

fn measured(found: Vec<Series>) -> MeasuresView {
    let subject = SubjectView { name: "client".to_owned(), kind: "process".to_owned() };
    MeasuresView {
        until: 10 * SECOND,
        subjects: vec![subject],
        series: found,
        ..MeasuresView::default()
    }
}

/// Ten seconds at so many a second each.
fn rates(name: &str, each: &[Option<i64>]) -> Series {
    let millionths: Vec<Option<i64>> =
        each.iter().map(|one| one.map(|one| one * 1_000_000)).collect();
    series(&format!("client.{name}.rate"), SeriesKind::Throughput, Unit::Rate, &millionths)
}

#[test]
fn corners_stand_where_their_numbers_are() {
    let plots = plots(&measured(vec![rates("ok", &[Some(0), Some(50), Some(100), Some(25)])]));
    let [plot] = &plots[..] else { panic!("{plots:?}") };
    assert_eq!(plot.title, PlotTitle::Throughput("client".to_owned()));
    let [curve] = &plot.curves[..] else { panic!("{plot:?}") };
    assert_eq!((curve.name.as_str(), curve.series), ("ok", 0));
    // In the middle of its second each, and the higher the more, up to a hundred a second.
    let near = |found: u16, wanted: u16| found.abs_diff(wanted) <= 1;
    let wanted = [(500, 10_000), (1_500, 5_000), (2_500, 0), (3_500, 7_500)];
    assert_eq!(curve.runs.len(), 1);
    for (found, wanted) in curve.runs[0].iter().zip(wanted) {
        assert!(near(found.0, wanted.0) && near(found.1, wanted.1), "{:?}", curve.runs);
    }
    assert_eq!(curve.runs[0].len(), wanted.len());
}

#[test]
fn labels_stand_at_their_numbers() {
    let plots = plots(&measured(vec![rates("ok", &[Some(80)])]));
    let Plot { across, up, .. } = &plots[0];
    assert!(across.len() >= 3 && up.len() >= 3, "{across:?} {up:?}");
    for (time, place) in across {
        assert!((time / 1_000_000 - i64::from(*place)).abs() <= 1, "{across:?}");
    }
    for (rate, place) in up {
        let from_below = i64::from(Plot::WHOLE) - i64::from(*place);
        assert!((rate / 8_000 - from_below).abs() <= 1, "{up:?}");
    }
}

#[test]
fn a_line_is_parted_where_there_is_nothing_to_tell() {
    let plots = plots(&measured(vec![rates("ok", &[Some(1), Some(2), None, Some(3), None])]));
    let runs: Vec<usize> = plots[0].curves[0].runs.iter().map(Vec::len).collect();
    assert_eq!(runs, [2, 1]);
}

#[test]
fn the_texts_charts_come_first_and_units_are_not_mixed() {
    let mut view = measured(vec![
        rates("ok", &[Some(4)]),
        rates("late", &[Some(1)]),
        series("client.latency.p50", SeriesKind::Latency, Unit::Time, &[Some(5)]),
        series("client.latency.p99", SeriesKind::Latency, Unit::Time, &[Some(9)]),
        series("jobs.length", SeriesKind::Level, Unit::Fraction, &[Some(2_000_000)]),
        series("dead.length", SeriesKind::Level, Unit::Fraction, &[None]),
    ]);
    let lines = vec![
        series("a.rate", SeriesKind::Line, Unit::Rate, &[Some(1)]),
        series("a.latency.p99", SeriesKind::Line, Unit::Time, &[Some(1)]),
    ];
    view.charts = vec![ChartView { title: "mine".to_owned(), lines }];
    let plots = plots(&view);
    let told: Vec<(&PlotTitle, Vec<&str>)> = plots
        .iter()
        .map(|plot| (&plot.title, plot.curves.iter().map(|one| one.name.as_str()).collect()))
        .collect();
    let mine = PlotTitle::Chart("mine".to_owned(), 0);
    let client = || "client".to_owned();
    assert_eq!(
        told,
        [
            (&mine, vec!["a.rate"]),
            (&mine, vec!["a.latency.p99"]),
            (&PlotTitle::Throughput(client()), vec!["ok", "late"]),
            (&PlotTitle::Latency(client()), vec!["p50", "p99"]),
            (&PlotTitle::Length, vec!["jobs"]),
        ]
    );
    // The numbers of a line are found again.
    let measured = crate::protocol::Measured { view, plots };
    let [.., p99] = &measured.plots[3].curves[..] else { panic!() };
    let series = measured.series(&measured.plots[3], p99).map(|one| one.name.as_str());
    assert_eq!(series, Some("client.latency.p99"));
    let series = measured.series(&measured.plots[1], &measured.plots[1].curves[0]);
    assert_eq!(series.map(|one| one.name.as_str()), Some("a.latency.p99"));
}

#[test]
fn what_is_less_than_nothing_stays_in_the_picture() {
    let line = series("a - b", SeriesKind::Line, Unit::Fraction, &[Some(-40), Some(0), Some(40)]);
    let mut view = measured(Vec::new());
    view.charts = vec![ChartView { title: "mine".to_owned(), lines: vec![line] }];
    let heights: Vec<u16> = plots(&view)[0].curves[0].runs[0].iter().map(|at| at.1).collect();
    assert_eq!(heights[0], Plot::WHOLE);
    assert!(heights[1].abs_diff(5_000) <= 1 && heights[2] <= 1, "{heights:?}");
}

#[test]
fn no_number_is_too_large_and_no_time_draws_nothing() {
    for value in [0, 1, i64::MAX, i64::MIN] {
        let line = series("x", SeriesKind::Line, Unit::Fraction, &[Some(value), Some(3)]);
        let mut view = measured(Vec::new());
        view.charts = vec![ChartView { title: String::new(), lines: vec![line] }];
        assert_eq!(plots(&view).len(), 1, "{value}");
        view.until = u64::MAX;
        assert_eq!(plots(&view).len(), 1, "{value}");
        view.until = 0;
        assert_eq!(plots(&view), []);
    }
}

#[test]
fn theory_is_drawn_across_the_picture_of_what_it_tells() {
    let p99 = series("client.latency.p99", SeriesKind::Latency, Unit::Time, &[Some(10), Some(30)]);
    let figure =
        |name: &str, value| TheoryFigure { name: name.to_owned(), value, unit: Unit::Time };
    let row = TheoryRow {
        subject: 0,
        model: "M/M/1".to_owned(),
        why_not: None,
        figures: vec![figure("client.latency.mean", 5), figure("client.latency.p99", 100)],
    };
    let plots = plots(&MeasuresView { theory: vec![row], ..measured(vec![p99]) });
    let [plot] = &plots[..] else { panic!("{plots:?}") };
    let level = Level { name: "client.latency.p99".to_owned(), value: 100, y: 0 };
    assert_eq!(plot.theory, [level]);
    // The scale has room for it, and what was measured stands lower.
    assert_eq!(plot.up.iter().map(|(value, _)| *value).max(), Some(100));
    assert!(plot.curves[0].runs[0].iter().all(|(_, y)| *y >= 6_990), "{:?}", plot.curves);
}
