//! The words around what is measured, and how its numbers are spelled, in every language.

use lessons::Text;
use sim_core::{
    measure::{Comparison, Figure, GoalState, GoalView, Series, Unit},
    say::Lang,
};

use super::{digits, number, span};
use crate::protocol::{Plot, PlotTitle};

/// The texts of the charts in one language.
#[derive(Debug)]
#[allow(missing_docs, reason = "each field is named after what it says; the English says the rest")]
pub struct ChartTexts {
    pub all_measures: &'static str,
    pub behind: &'static str,
    pub charts: &'static str,
    pub copied: &'static str,
    pub copy: &'static str,
    pub from: &'static str,
    pub goal_states: [&'static str; 3],
    /// That goals were missed, and how many.
    pub missed: fn(usize) -> String,
    pub goals: &'static str,
    pub go_to: fn(&str) -> String,
    pub long: &'static str,
    pub measure: &'static str,
    pub more: fn(usize) -> String,
    pub no_time: &'static str,
    pub none_found: &'static str,
    pub not_yet: &'static str,
    pub numbers: &'static str,
    pub run: &'static str,
    pub search: &'static str,
    pub seek_help: &'static str,
    pub stop: &'static str,
    pub unmeasured: fn(&str) -> String,
    pub until: fn(&str) -> String,
    pub value: &'static str,
    pub warmup: fn(&str) -> String,
    at_the_cursor: &'static str,
    between: fn(&str, &str) -> String,
    latency: fn(&str) -> String,
    length: &'static str,
    nothing: &'static str,
    throughput: fn(&str) -> String,
}

/// The texts of a language.
#[must_use]
pub fn charts(lang: Lang) -> &'static ChartTexts {
    match lang {
        Lang::En => &EN,
        Lang::Es => &ES,
    }
}

static EN: ChartTexts = ChartTexts {
    all_measures: "All measures",
    behind: "Measuring…",
    charts: "Charts",
    copied: "Copied as CSV",
    copy: "Copy as CSV",
    from: "from",
    goal_states: ["met", "missed", "not decided"],
    missed: |goals| match goals {
        1 => "One goal was missed.".to_owned(),
        _ => format!("{goals} goals were missed."),
    },
    goals: "Goals",
    go_to: |time| format!("Go to {time}"),
    long: "A long run: go to its end",
    measure: "measure",
    more: |more| format!("{more} more. Search to find them."),
    no_time: "No time has passed in this run, so there is nothing to draw yet. Let the clock run.",
    none_found: "No measure has this in its name.",
    not_yet: "Nothing that changes over time was measured yet.",
    numbers: "Numbers",
    run: "Run to the end by the clock",
    search: "Search measures",
    seek_help: "Click a chart to go to that time.",
    stop: "Stop",
    unmeasured: |names| format!("not measured yet: {names}"),
    until: |time| format!("measured up to {time}"),
    value: "value",
    warmup: |time| format!("the first {time} do not count"),
    at_the_cursor: "at the moment shown",
    between: |least, most| format!("between {least} and {most}"),
    latency: |name| format!("{name}: latency"),
    length: "Queue length",
    nothing: "nothing",
    throughput: |name| format!("{name}: how many a second, by how they end"),
};

static ES: ChartTexts = ChartTexts {
    all_measures: "Todas las medidas",
    behind: "Midiendo…",
    charts: "Gráficas",
    copied: "Copiado como CSV",
    copy: "Copiar como CSV",
    from: "desde",
    goal_states: ["cumplido", "incumplido", "sin decidir"],
    missed: |goals| match goals {
        1 => "Un objetivo quedó incumplido.".to_owned(),
        _ => format!("{goals} objetivos quedaron incumplidos."),
    },
    goals: "Objetivos",
    go_to: |time| format!("Ir a {time}"),
    long: "Es larga: ir al final",
    measure: "medida",
    more: |more| format!("{more} más. Búscalas por su nombre."),
    no_time: "En esta ejecución no ha pasado el tiempo, así que aún no hay nada que dibujar. Deja correr el reloj.",
    none_found: "Ninguna medida tiene eso en su nombre.",
    not_yet: "Aún no se ha medido nada que cambie con el tiempo.",
    numbers: "Números",
    run: "Correr hasta el final por el reloj",
    search: "Buscar medidas",
    seek_help: "Haz clic en una gráfica para ir a ese momento.",
    stop: "Detener",
    unmeasured: |names| format!("aún sin medir: {names}"),
    until: |time| format!("medido hasta {time}"),
    value: "valor",
    warmup: |time| format!("los primeros {time} no cuentan"),
    at_the_cursor: "en el momento mostrado",
    between: |least, most| format!("entre {least} y {most}"),
    latency: |name| format!("{name}: latencia"),
    length: "Longitud de las colas",
    nothing: "nada",
    throughput: |name| format!("{name}: cuántos por segundo, según cómo acaban"),
};

/// A number with its unit: `12.5 ms`, `310 /s`, `97.5 %`.
#[must_use]
pub fn figure(figure: Figure, lang: Lang) -> String {
    let Figure { value, unit } = figure;
    let size = value.unsigned_abs();
    let minus = if value < 0 { "−" } else { "" };
    let said = match unit {
        Unit::Number => number(size, lang),
        Unit::Time => span(size, lang),
        Unit::Rate => format!("{} /s", decimal(size, 1_000_000, lang)),
        Unit::Share => format!("{}\u{a0}%", decimal(size, 10_000, lang)),
        Unit::Fraction => decimal(size, 1_000_000, lang),
    };
    format!("{minus}{said}")
}

/// A number that counts parts, so many to one: at least three digits of it where there are any.
fn decimal(parts: u64, one: u64, lang: Lang) -> String {
    let places = match parts / one {
        0 => 3,
        1..10 => 2,
        10..1_000 => 1,
        _ => 0,
    };
    let fine = 10_u64.pow(places);
    let rounded = (u128::from(parts) * u128::from(fine) + u128::from(one) / 2) / u128::from(one);
    let (whole, rest) = (rounded / u128::from(fine), rounded % u128::from(fine));
    let whole = digits(&whole.to_string(), lang);
    if rest == 0 {
        return whole;
    }
    let rest = format!("{rest:0>width$}", width = places as usize);
    let point = if lang == Lang::En { '.' } else { ',' };
    format!("{whole}{point}{}", rest.trim_end_matches('0'))
}

/// A label of an axis: all labels of one axis have the same unit, that of the greatest.
#[must_use]
pub fn axis_label(value: i64, greatest: i64, unit: Unit, lang: Lang) -> String {
    if unit != Unit::Time {
        return figure(Figure { value, unit }, lang);
    }
    let sizes = [
        (3_600_000_000_000, "h"),
        (60_000_000_000, "min"),
        (1_000_000_000, "s"),
        (1_000_000, "ms"),
        (1_000, "µs"),
        (1, "ns"),
    ];
    // Until there are several of a unit, the next smaller one is read more easily.
    let enough = |(size, name): &(u64, &str)| {
        let least = if ["h", "min"].contains(name) { 3 } else { 1 };
        greatest.unsigned_abs() >= size * least
    };
    let (size, name) = sizes.into_iter().find(enough).unwrap_or((1, "ns"));
    let minus = if value < 0 { "−" } else { "" };
    if value == 0 {
        return "0".to_owned();
    }
    format!("{minus}{} {name}", decimal(value.unsigned_abs(), size, lang))
}

/// What a picture is about; a lesson has words of its own for the charts of its text.
#[must_use]
pub fn plot_title(title: &PlotTitle, lesson: Option<&Text>, lang: Lang) -> String {
    let texts = charts(lang);
    match title {
        PlotTitle::Chart(words, _) => {
            lesson.and_then(|lesson| lesson.chart(words)).unwrap_or(words).to_owned()
        }
        PlotTitle::Throughput(name) => (texts.throughput)(name),
        PlotTitle::Latency(name) => (texts.latency)(name),
        PlotTitle::Length => texts.length.to_owned(),
    }
}

/// A picture in words under its title, for who does not see it. Each line has its name, its
/// numbers, and its number at the moment shown.
#[must_use]
pub fn plot_line(
    title: &str,
    plot: &Plot,
    lines: &[(&str, &Series, Option<i64>)],
    lang: Lang,
) -> String {
    let texts = charts(lang);
    let said = |value: i64| figure(Figure { value, unit: plot.unit }, lang);
    let line = |(name, series, here): &(&str, &Series, Option<i64>)| {
        let points = || series.points.iter().flatten().copied();
        let range = match (points().min(), points().max()) {
            (Some(least), Some(most)) if least == most => said(least),
            (Some(least), Some(most)) => (texts.between)(&said(least), &said(most)),
            _ => texts.nothing.to_owned(),
        };
        let here = here.map(|here| format!(", {} {}", texts.at_the_cursor, said(here)));
        format!("{name} {range}{}", here.unwrap_or_default())
    };
    let lines: Vec<String> = lines.iter().map(line).collect();
    format!("{title}. {}.", lines.join("; "))
}

/// What a goal came to, in a word.
#[must_use]
pub fn goal_state(state: GoalState, lang: Lang) -> &'static str {
    let [held, missed, undecided] = charts(lang).goal_states;
    match state {
        GoalState::Held => held,
        GoalState::Missed => missed,
        GoalState::Undecided => undecided,
    }
}

/// What was measured of a goal: `client.latency.p99 = 312 ms`. What stands for itself in the text
/// is not said again.
#[must_use]
pub fn goal_values(goal: &GoalView, lang: Lang) -> String {
    let mut said: Vec<String> = Vec::new();
    let sides = goal.sides.iter().flat_map(|side: &Comparison| {
        [(&side.left, side.left_value), (&side.right, side.right_value)]
    });
    for (words, value) in sides {
        let is_measure = words.contains('.') && !words.starts_with(|c: char| c.is_ascii_digit());
        if let Some(value) = value.filter(|_| is_measure) {
            let one = format!("{words} = {}", figure(value, lang));
            if !said.contains(&one) {
                said.push(one);
            }
        }
    }
    if !goal.unmeasured.is_empty() {
        said.push((charts(lang).unmeasured)(&goal.unmeasured.join(", ")));
    }
    said.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(value: i64, unit: Unit, lang: Lang) -> String {
        figure(Figure { value, unit }, lang).replace('\u{a0}', " ")
    }

    #[test]
    fn figures_are_spelled_with_their_units() {
        assert_eq!(said(1_234, Unit::Number, Lang::En), "1,234");
        assert_eq!(said(12_500_000, Unit::Time, Lang::En), "12.5 ms");
        assert_eq!(said(12_340_000, Unit::Rate, Lang::Es), "12,3 /s");
        assert_eq!(said(1_234_500_000, Unit::Rate, Lang::En), "1,235 /s");
        assert_eq!(said(975_000, Unit::Share, Lang::En), "97.5 %");
        assert_eq!(said(1_999_999, Unit::Fraction, Lang::En), "2");
        assert_eq!(said(-50_000, Unit::Fraction, Lang::Es), "−0,05");
        assert_eq!(said(i64::MAX, Unit::Rate, Lang::En), "9,223,372,036,855 /s");
    }

    #[test]
    fn an_axis_has_one_unit() {
        let labels = [0, 500_000_000, 1_000_000_000, 1_500_000_000]
            .map(|value| axis_label(value, 1_500_000_000, Unit::Time, Lang::En));
        assert_eq!(labels, ["0", "0.5 s", "1 s", "1.5 s"]);
        let minute = 60_000_000_000;
        assert_eq!(axis_label(minute, minute, Unit::Time, Lang::En), "60 s");
        assert_eq!(axis_label(4 * minute, 10 * minute, Unit::Time, Lang::Es), "4 min");
        assert_eq!(axis_label(2_500_000, 5_000_000, Unit::Rate, Lang::Es), "2,5 /s");
    }

    #[test]
    fn a_picture_is_told_in_a_sentence_in_both_languages() {
        let plot = Plot {
            title: PlotTitle::Latency("client".to_owned()),
            unit: Unit::Time,
            across: Vec::new(),
            up: Vec::new(),
            curves: Vec::new(),
            theory: Vec::new(),
        };
        let points = vec![Some(2_000_000), None, Some(14_500_000)];
        let series = Series { points, ..Series::default() };
        let lines = [("p99", &series, Some(2_000_000))];
        assert_eq!(
            plot_line(&plot_title(&plot.title, None, Lang::En), &plot, &lines, Lang::En),
            "client: latency. p99 between 2 ms and 14.5 ms, at the moment shown 2 ms."
        );
        assert_eq!(
            plot_line(&plot_title(&plot.title, None, Lang::Es), &plot, &lines, Lang::Es),
            "client: latencia. p99 entre 2 ms y 14,5 ms, en el momento mostrado 2 ms."
        );
    }

    #[test]
    fn of_a_goal_the_measured_side_is_told() {
        let side = Comparison {
            left: "client.latency.p99".to_owned(),
            left_value: Some(Figure { value: 312_000_000, unit: Unit::Time }),
            sign: "<".to_owned(),
            right: "300ms".to_owned(),
            right_value: Some(Figure { value: 300_000_000, unit: Unit::Time }),
            holds: Some(false),
        };
        let goal = GoalView {
            words: "client.latency.p99 < 300ms".to_owned(),
            why: None,
            now: None,
            line: 1,
            state: GoalState::Missed,
            sides: vec![side],
            unmeasured: vec!["client.late".to_owned()],
        };
        let said = goal_values(&goal, Lang::En);
        assert_eq!(said, "client.latency.p99 = 312 ms; not measured yet: client.late");
    }
}
