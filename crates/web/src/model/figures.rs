//! Measures as names with figures, and as text for a spreadsheet.

use sim_core::measure::{Figure, MeasuresView, Unit};

use crate::protocol::{Measured, Plot};

/// What a unit is called in a spreadsheet: numbers there are whole, in base units.
#[must_use]
pub fn unit_name(unit: Unit) -> &'static str {
    match unit {
        Unit::Number => "count",
        Unit::Time => "ns",
        Unit::Rate => "millionths_per_s",
        Unit::Share => "millionths",
        Unit::Fraction => "millionths_of_one",
    }
}

/// The measures as a table with commas.
#[must_use]
pub fn csv(view: &MeasuresView) -> String {
    let mut text = "name,value,unit\n".to_owned();
    for (name, Figure { value, unit }) in view.figures() {
        text += &format!("{},{value},{}\n", quoted(&name), unit_name(unit));
    }
    text
}

/// The numbers of a picture as a table with commas: a row for each stretch of time.
#[must_use]
pub fn csv_of(measured: &Measured, plot: &Plot) -> Option<String> {
    let lines = plot.curves.iter().map(|curve| measured.series(plot, curve));
    let lines: Vec<_> = lines.collect::<Option<_>>()?;
    let first = lines.first()?;
    let mut text = "from_ns".to_owned();
    for line in &lines {
        text += &format!(",{}", quoted(&format!("{} {}", line.name, unit_name(line.unit))));
    }
    text.push('\n');
    for at in 0..first.points.len() {
        text += &(at as u64 * first.width).to_string();
        for line in &lines {
            let value = line.points.get(at).copied().flatten();
            text += &value.map_or_else(|| ",".to_owned(), |value| format!(",{value}"));
        }
        text.push('\n');
    }
    Some(text)
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{Curve, PlotTitle};
    use sim_core::measure::{CountRow, GaugeRow, Series, SpreadRow, SubjectView};

    fn view() -> MeasuresView {
        let name = |name: &str| name.to_owned();
        let count = CountRow {
            subject: 0,
            name: name("p.ok"),
            value: 3,
            rate: Some(1_500_000),
            outcome: true,
        };
        let gauge = GaugeRow {
            subject: 0,
            name: name("gate.busy"),
            unit: Unit::Number,
            now: 1,
            mean: None,
            max: 2,
            utilization: Some(250_000),
        };
        let spread = SpreadRow {
            subject: 0,
            name: name("p.latency"),
            unit: Unit::Time,
            count: 3,
            unfinished: 0,
            mean: 7,
            least: 1,
            p50: 5,
            p90: 9,
            p95: 10,
            p99: 11,
            p99_9: 12,
            max: 13,
        };
        let subject = SubjectView { name: name("p"), kind: name("process") };
        MeasuresView {
            subjects: vec![subject],
            counts: vec![count],
            gauges: vec![gauge],
            spreads: vec![spread],
            ..MeasuresView::default()
        }
    }

    #[test]
    fn each_measure_stands_under_its_dotted_name_and_what_was_not_measured_does_not() {
        let text = csv(&view());
        assert_eq!(
            text.lines().collect::<Vec<_>>(),
            [
                "name,value,unit",
                "p.ok,3,count",
                "p.ok.rate,1500000,millionths_per_s",
                "gate.busy,1,count",
                "gate.busy.max,2,count",
                "gate.utilization,250000,millionths",
                "p.latency.mean,7,ns",
                "p.latency.p50,5,ns",
                "p.latency.p90,9,ns",
                "p.latency.p95,10,ns",
                "p.latency.p99,11,ns",
                "p.latency.p99_9,12,ns",
                "p.latency.max,13,ns",
            ]
        );
    }

    #[test]
    fn the_numbers_of_a_picture_are_those_of_its_series() {
        let line = |name: &str, points: &[Option<i64>]| Series {
            name: name.to_owned(),
            unit: Unit::Time,
            width: 500,
            points: points.to_vec(),
            ..Series::default()
        };
        let series = vec![line("x", &[Some(9)]), line("max(a, b)", &[Some(1), None, Some(3)])];
        let view = MeasuresView { series, ..MeasuresView::default() };
        let curve = Curve { name: "b".to_owned(), series: 1, runs: Vec::new() };
        let plot = Plot {
            title: PlotTitle::Length,
            unit: Unit::Time,
            across: Vec::new(),
            up: Vec::new(),
            curves: vec![curve],
            theory: Vec::new(),
        };
        let text = csv_of(&Measured { view, plots: Vec::new() }, &plot);
        assert_eq!(text.as_deref(), Some("from_ns,\"max(a, b) ns\"\n0,1\n500,\n1000,3\n"));
    }
}
