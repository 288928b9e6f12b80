//! What stands on the page is what was measured.

use std::{
    pin::pin,
    task::{Context, Poll, Waker},
};

use sim_core::{
    measure::{
        MeasuresView, Series, SeriesKind, SubjectView, TheoryFigure, TheoryRow, Unit, WhyNot,
    },
    say::Lang,
};
use yew::{LocalServerRenderer, prelude::*};

use super::*;
use crate::{
    model::State,
    protocol::{Curve, Level, Plot, PlotTitle},
};

const SECOND: u64 = 1_000_000_000;

#[derive(Clone, PartialEq, Properties)]
struct Given {
    html: Html,
}

struct Shown;

impl Component for Shown {
    type Message = ();
    type Properties = Given;

    fn create(_: &yew::Context<Self>) -> Self {
        Shown
    }

    fn view(&self, ctx: &yew::Context<Self>) -> Html {
        ctx.props().html.clone()
    }
}

/// What a browser would be given.
fn written(html: Html) -> String {
    let renderer = LocalServerRenderer::<Shown>::with_props(Given { html }).hydratable(false);
    let mut rendering = pin!(renderer.render());
    for _ in 0..10_000 {
        if let Poll::Ready(text) = rendering.as_mut().poll(&mut Context::from_waker(Waker::noop()))
        {
            return text;
        }
    }
    panic!("nothing to wait for, and yet it waits");
}

/// Latency over three seconds, of which the second has nothing to tell.
fn measured() -> Measured {
    let series = Series {
        name: "client.latency.p99".to_owned(),
        subject: 0,
        kind: SeriesKind::Latency,
        unit: Unit::Time,
        width: SECOND,
        points: vec![Some(12_500_000), None, Some(40_000_000)],
    };
    let subject = SubjectView { name: "client".to_owned(), kind: "process".to_owned() };
    let view = MeasuresView {
        until: 3 * SECOND,
        complete: true,
        subjects: vec![subject],
        series: vec![series],
        ..MeasuresView::default()
    };
    let curve = Curve {
        name: "p99".to_owned(),
        series: 0,
        runs: vec![vec![(1_666, 6_875)], vec![(8_333, 0)]],
    };
    let plot = Plot {
        title: PlotTitle::Latency("client".to_owned()),
        unit: Unit::Time,
        across: vec![(0, 0), (2_000_000_000, 6_666)],
        up: vec![(0, 10_000), (40_000_000, 0)],
        curves: vec![curve],
        theory: Vec::new(),
    };
    Measured { view, plots: vec![plot] }
}

fn drawn(lang: Lang, open: bool) -> String {
    let state = State { lang, ..State::default() };
    let look = Look { state: &state, texts: i18n::texts(lang), send: &Callback::noop() };
    let frame = Frame { now: 2_250_000_000, ..Frame::default() };
    let measured = measured();
    written(plot::figure(look, &frame, &measured, (0, &measured.plots[0]), open))
}

#[test]
fn a_picture_has_its_cursor_its_lines_their_names_and_units() {
    let text = drawn(Lang::En, false);
    assert!(text.contains(r#"x1="75.00%" x2="75.00%" y1="-4" y2="100%" class="now""#), "{text}");
    assert!(text.contains(r#"data-line="p99""#) && text.contains("line-name"), "{text}");
    for label in [">40 ms<", ">2 s<", ">client: latency<"] {
        assert!(text.contains(label), "{label} in {text}");
    }
    let said = "client: latency. p99 between 12.5 ms and 40 ms, at the moment shown 40 ms.";
    assert!(text.contains(said), "{text}");
    // What stands alone is a mark and no line.
    assert!(!text.contains("<polyline points=\"1666"), "{text}");
    assert!(text.contains(r#"x="16.66%" y="68.75%""#), "{text}");
}

#[test]
fn the_table_has_the_numbers_of_the_series_in_both_languages() {
    let text = drawn(Lang::Es, true);
    let cells: Vec<&str> = text
        .split(r#"<td class="mono">"#)
        .skip(1)
        .filter_map(|rest| rest.split("</td>").next())
        .collect();
    assert_eq!(cells, ["12,5 ms", "–", "40 ms"]);
    assert!(text.contains("client: latencia") && text.contains("Ir a 2 s"), "{text}");
    // The row of the moment shown is marked.
    assert_eq!(text.matches(r#"<tr class="here">"#).count(), 1);
    assert!(!drawn(Lang::Es, false).contains("<table"));
}

#[test]
fn theory_stands_below_the_picture_of_its_service_or_says_why_not() {
    let figure =
        TheoryFigure { name: "client.latency.p99".to_owned(), value: 50_000_000, unit: Unit::Time };
    let told = |lang: Lang, why_not: Option<WhyNot>| {
        let state = State { lang, ..State::default() };
        let look = Look { state: &state, texts: i18n::texts(lang), send: &Callback::noop() };
        let mut measured = measured();
        measured.view.theory = vec![TheoryRow {
            subject: 0,
            model: "M/M/1".to_owned(),
            why_not,
            figures: if why_not.is_none() { vec![figure.clone()] } else { Vec::new() },
        }];
        measured.plots[0].theory =
            vec![Level { name: figure.name.clone(), value: figure.value, y: 2_000 }];
        let frame = Frame::default();
        let rest = written(theory::rest(look, &measured));
        assert!(!rest.contains("theory"), "it has a picture: {rest}");
        written(plot::figure(look, &frame, &measured, (0, &measured.plots[0]), false))
    };
    let known = told(Lang::En, None);
    for part in ["theory, p99: 50 ms", "y1=\"20.00%\"", ">latency.p99<", ">50 ms<", ">M/M/1<"] {
        assert!(known.contains(part), "{part} in {known}");
    }
    let none = told(Lang::Es, Some(WhyNot::Order));
    assert!(none.contains("aquí no dice nada: atiende primero al último que llega"), "{none}");
    assert!(!none.contains("<tbody>"), "{none}");
}
