//! What theory says beside what is measured, and where it says nothing.

use super::support::Run;
use sim_core::measure::{MeasuresView, TheoryRow, WhyNot};

const STATION: &str = "service station (workers: 1) { on serve() { work exp(1s) } }";
const COMES: &str = "process customer every exp(0.8/s) times 5 { call station.serve() }";

fn row(service: &str, caller: &str, rest: &str) -> (MeasuresView, TheoryRow) {
    let view = Run::to_the_end(&format!("{service}\n{caller}\n{rest}"), 1).view();
    let row = view.theory[0].clone();
    assert_eq!(view.subjects[row.subject as usize].name, "station");
    (view, row)
}

fn figure(row: &TheoryRow, word: &str) -> i64 {
    let name = format!("station.{word}");
    let found = row.figures.iter().find(|figure| figure.name == name);
    found.unwrap_or_else(|| panic!("{name} among {:?}", row.figures)).value
}

#[test]
fn a_line_is_known_by_its_text() {
    let (_, one) = row(STATION, COMES, "");
    assert_eq!((one.model.as_str(), one.why_not), ("M/M/1", None));
    assert_eq!(figure(&one, "wait.mean"), 4_000_000_000);
    assert_eq!(figure(&one, "latency.mean"), 5_000_000_000);
    assert!((figure(&one, "latency.p99") - 23_025_851_000).abs() < 10_000_000);
    assert_eq!(figure(&one, "utilization"), 800_000);

    let four = "service station (workers: 4, backlog: 16) { on serve() { work exp(1s) } }";
    let comes = "process customer every exp(3.6/s) times 5 { sleep exp(1s)\n\
        try { call station.serve() } catch rejected { } }";
    let (_, four) = row(four, comes, "link customer <-> station (latency: exp(5ms))");
    assert_eq!((four.model.as_str(), four.why_not), ("M/M/4/20", None));
    assert_eq!(figure(&four, "rejected / station.calls"), 16_805);

    let fixed = "service station (workers: 1) { on serve() { work 1s } }";
    let (view, fixed) = row(fixed, COMES, "");
    assert_eq!((fixed.model.as_str(), figure(&fixed, "wait.mean")), ("M/D/1", 2_000_000_000));
    // Each number stands under the name of one that is measured.
    for figure in fixed.figures {
        assert!(view.find(&figure.name).is_some(), "{}", figure.name);
    }
}

#[test]
fn where_it_does_not_hold_the_reason_is_told() {
    let station = |options: &str, work: &str| {
        format!("service station ({options}) {{ on serve() {{ {work} }} }}")
    };
    let one = "workers: 1";
    let comes =
        |gap: &str, body: &str| format!("process customer every {gap} times 5 {{ {body} }}");
    let call = "call station.serve()";
    let cases = [
        (
            station("workers: 1, replicas: 2", "work exp(1s)"),
            comes("exp(2s)", call),
            WhyNot::Replicas,
        ),
        (station("cores: 1", "work exp(1s)"), comes("exp(2s)", call), WhyNot::Unlimited),
        (station("workers: 2, cores: 1", "work exp(1s)"), comes("exp(2s)", call), WhyNot::Cores),
        (station("workers: 1, order: lifo", "work exp(1s)"), comes("exp(2s)", call), WhyNot::Order),
        (
            station("workers: 1, patience: 1s", "work exp(1s)"),
            comes("exp(2s)", "try { call station.serve() } catch { }"),
            WhyNot::GivesUp,
        ),
        (station(one, "work exp(1s)\nwork 1s"), comes("exp(2s)", call), WhyNot::Work),
        (station(one, "work uniform(1s, 2s)"), comes("exp(2s)", call), WhyNot::Work),
        (station(one, "work exp(1s)"), comes("2s", call), WhyNot::Arrivals),
        (
            station(one, "work exp(1s)"),
            comes("exp(2s)", "call station.serve()\ncall station.serve()"),
            WhyNot::Callers,
        ),
        (
            station(one, "work exp(1s)"),
            comes("exp(2s)", "repeat 2 { call station.serve() }"),
            WhyNot::Arrivals,
        ),
        (
            station(one, "work exp(1s)"),
            comes("exp(2s)", "try { call station.serve() within 1s } catch { }"),
            WhyNot::Arrivals,
        ),
        (station(one, "work exp(1s)"), comes("exp(1s)", call), WhyNot::Overload),
        (station("workers: 2", "work 1s"), comes("exp(2s)", call), WhyNot::NoFormula),
    ];
    for (station, comes, why_not) in cases {
        let (_, row) = row(&station, &comes, "");
        assert_eq!((row.why_not, row.figures.len()), (Some(why_not), 0), "{station}\n{comes}");
    }
    let (_, lost) = row(STATION, COMES, "link customer -> station (latency: 1ms, loss: 1%)");
    assert_eq!(lost.why_not, Some(WhyNot::Wire));
    let (_, faulty) = row(STATION, COMES, "fault crash station at 1s for 1s");
    assert_eq!(faulty.why_not, Some(WhyNot::Faults));
}
