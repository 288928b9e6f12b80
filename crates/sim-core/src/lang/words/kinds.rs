//! Kinds of parameters, and the units of time.

use super::{BUILT, Place, Word};

const fn row(
    built: bool,
    word: &'static str,
    form: &'static str,
    en: &'static str,
    es: &'static str,
) -> Word {
    Word::new(built, Place::Type, word, form, en, es)
}

const fn unit(word: &'static str, form: &'static str, en: &'static str, es: &'static str) -> Word {
    Word::new(BUILT, Place::Unit, word, form, en, es)
}

pub(super) const WORDS: &[Word] = &[
    row(
        BUILT,
        "int",
        "int = n in A..B",
        "A whole number of 64 bits.",
        "Un número entero de 64 bits.",
    )
    .example("param clients: int = 2 in 1..6"),
    row(
        BUILT,
        "duration",
        "duration = d in A..B",
        "A time, in whole nanoseconds.",
        "Un tiempo, en nanosegundos enteros.",
    )
    .example("param pause: duration = 5ms in 1ms..1s"),
    row(
        BUILT,
        "rate",
        "rate = r in A..B",
        "How often in a time: `40/s`.",
        "Cuántas veces por unidad de tiempo: `40/s`.",
    )
    .example("param load: rate = 40/s in 1/s..400/s"),
    row(
        BUILT,
        "percent",
        "percent = p in A..B",
        "A share, to a millionth.",
        "Una proporción, hasta la millonésima.",
    )
    .example("param failure: percent = 50% in 0%..100%"),
    row(
        BUILT,
        "bool",
        "bool = true",
        "A switch: `true` or `false`.",
        "Un interruptor: `true` o `false`.",
    )
    .example("param careful: bool = false"),
    row(BUILT, "choice", "choice = A of A, B", "One of some labels.", "Una de varias etiquetas.")
        .example("param guard: choice = none of none, lock"),
    unit("ns", "5ns", "Nanoseconds.", "Nanosegundos."),
    unit("us", "5us", "Microseconds.", "Microsegundos."),
    unit("ms", "5ms", "Milliseconds.", "Milisegundos."),
    unit("s", "5s", "Seconds.", "Segundos."),
    unit("min", "5min", "Minutes.", "Minutos."),
    unit("h", "5h", "Hours.", "Horas."),
];
