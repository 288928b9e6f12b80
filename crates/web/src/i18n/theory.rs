//! The words of theory beside measurement.

use sim_core::{
    measure::{Beside, Figure, Unit},
    say::Lang,
};

use super::figure;

/// The words of a language.
pub struct TheoryTexts {
    /// Above what theory says.
    pub title: &'static str,
    /// The columns behind the measure: measured, theory, difference.
    pub columns: [&'static str; 3],
    /// It says nothing of a service, for this reason.
    pub none: fn(&str) -> String,
    /// Below the numbers.
    pub note: &'static str,
    /// Beside a line across a picture: what it is of, and its number.
    pub level: fn(&str, &str) -> String,
    /// What a line is: its work is always the same or not, servers, room.
    model: fn(bool, &str, Option<&str>) -> String,
    points: &'static str,
}

/// The words of a language.
#[must_use]
pub fn theory(lang: Lang) -> &'static TheoryTexts {
    match lang {
        Lang::En => &EN,
        Lang::Es => &ES,
    }
}

static EN: TheoryTexts = TheoryTexts {
    title: "Theory",
    columns: ["measured", "theory", "difference"],
    none: |why| format!("says nothing here: {why}."),
    note: "A run is off by chance, the less the longer it is.",
    level: |of, number| format!("theory, {of}: {number}"),
    model: |fixed, servers, room| {
        let work = if fixed { "work of one length" } else { "exponential work" };
        let workers = if servers == "1" { "worker" } else { "workers" };
        let room = room.map(|room| format!(", room for {room}")).unwrap_or_default();
        format!("calls by chance, {work}, {servers} {workers}{room}")
    },
    points: "points",
};

static ES: TheoryTexts = TheoryTexts {
    title: "Teoría",
    columns: ["medido", "teoría", "diferencia"],
    none: |why| format!("aquí no dice nada: {why}."),
    note: "Una ejecución se desvía por azar, menos cuanto más dura.",
    level: |of, number| format!("teoría, {of}: {number}"),
    model: |fixed, servers, room| {
        let work = if fixed { "trabajo siempre igual" } else { "trabajo exponencial" };
        let workers = if servers == "1" { "trabajador" } else { "trabajadores" };
        let room = room.map(|room| format!(", lugar para {room}")).unwrap_or_default();
        format!("llamadas al azar, {work}, {servers} {workers}{room}")
    },
    points: "puntos",
};

/// What `M/M/4/20` means.
#[must_use]
pub fn theory_model(model: &str, lang: Lang) -> String {
    let parts: Vec<&str> = model.split('/').collect();
    match parts[..] {
        [_, work, servers] => (theory(lang).model)(work == "D", servers, None),
        [_, work, servers, room] => (theory(lang).model)(work == "D", servers, Some(room)),
        _ => String::new(),
    }
}

/// How far what was measured is from theory: in its unit, and in the hundred of what theory says.
#[must_use]
pub fn theory_off(one: &Beside, lang: Lang) -> Option<(String, Option<String>)> {
    let off = one.off()?;
    let sign = if off.value > 0 { "+" } else { "" };
    let share = |value: i64| figure(Figure { value, unit: Unit::Share }, lang);
    if off.unit == Unit::Share {
        let points = share(off.value);
        let points = points.trim_end_matches('%').trim_end_matches('\u{a0}');
        return Some((format!("{sign}{points}\u{a0}{}", theory(lang).points), None));
    }
    let part = one.off_share().map(|value| format!("{sign}{}", share(value)));
    Some((format!("{sign}{}", figure(off, lang)), part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn models_and_differences_are_told_in_both_languages() {
        let said = theory_model("M/M/4/20", Lang::En);
        assert_eq!(said, "calls by chance, exponential work, 4 workers, room for 20");
        let said = theory_model("M/D/1", Lang::Es);
        assert_eq!(said, "llamadas al azar, trabajo siempre igual, 1 trabajador");
        let beside = |measured, theory, unit| Beside {
            name: String::new(),
            theory: Figure { value: theory, unit },
            measured: Some(Figure { value: measured, unit }),
        };
        let (off, part) = theory_off(&beside(9_500_000, 10_000_000, Unit::Time), Lang::En)
            .expect("both are known");
        assert_eq!(off, "−500 µs");
        assert_eq!(part.as_deref(), Some("−5\u{a0}%"));
        let (off, part) =
            theory_off(&beside(812_500, 800_000, Unit::Share), Lang::Es).expect("both are known");
        assert_eq!((off.as_str(), part), ("+1,25\u{a0}puntos", None));
    }
}
