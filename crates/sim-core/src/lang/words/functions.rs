//! Functions, and quantifiers over a range.

use super::{BUILT, LATER, Place, Word};

const fn row(
    built: bool,
    word: &'static str,
    form: &'static str,
    en: &'static str,
    es: &'static str,
) -> Word {
    Word::new(built, Place::Function, word, form, en, es)
}

const fn over(
    built: bool,
    word: &'static str,
    form: &'static str,
    en: &'static str,
    es: &'static str,
) -> Word {
    Word::new(built, Place::Quantifier, word, form, en, es)
}

pub(super) const WORDS: &[Word] = &[
    row(BUILT, "min", "min(a, b)", "The lesser of two values.", "El menor de dos valores.")
        .example("let low = min(x, 2)"),
    row(BUILT, "max", "max(a, b)", "The greater of two values.", "El mayor de dos valores.")
        .example("let high = max(x, 2)"),
    row(
        BUILT,
        "chance",
        "chance(p)",
        "True with this probability. One step with two outcomes.",
        "Cierto con esta probabilidad. Un paso con dos resultados.",
    )
    .example("if chance(10%) { fail broken }"),
    row(
        BUILT,
        "any",
        "any(a..b)",
        "A number of the range. One step with an outcome for each.",
        "Un número del rango. Un paso con un resultado para cada uno.",
    )
    .example("let k = any(1..n)"),
    row(
        LATER,
        "zipf",
        "zipf(n, s)",
        "A number from 1 to n; the first ones are drawn most.",
        "Un número de 1 a n; los primeros salen más.",
    ),
    row(
        BUILT,
        "exp",
        "exp(mean)",
        "A time that varies as between independent arrivals, with this mean or rate.",
        "Un tiempo que varía como entre llegadas independientes, con esta media o tasa.",
    )
    .example("sleep exp(60ms)"),
    row(
        BUILT,
        "uniform",
        "uniform(a, b)",
        "A time between two bounds, all equally likely.",
        "Un tiempo entre dos límites, todos igual de probables.",
    )
    .example("work uniform(1ms, 2ms)"),
    row(
        BUILT,
        "normal",
        "normal(mean, sd)",
        "A time around a mean, cut at zero.",
        "Un tiempo alrededor de una media, cortado en cero.",
    )
    .example("sleep normal(10ms, 2ms)"),
    row(
        BUILT,
        "lognormal",
        "lognormal(median, sigma)",
        "A time whose logarithm is normal: mostly short, sometimes long.",
        "Un tiempo cuyo logaritmo es normal: casi siempre corto, a veces largo.",
    )
    .example("work lognormal(5ms, 50%)"),
    row(
        BUILT,
        "erlang",
        "erlang(k, mean)",
        "The sum of k exponential times, with this mean in all.",
        "La suma de k tiempos exponenciales, con esta media en total.",
    )
    .example("work erlang(3, 5ms)"),
    row(
        BUILT,
        "pareto",
        "pareto(least, shape)",
        "A time with a long tail: now and then a huge one.",
        "Un tiempo de cola larga: de vez en cuando uno enorme.",
    )
    .example("work pareto(1ms, 2)"),
    row(
        LATER,
        "mix",
        "mix(p: d, p: d)",
        "One of several times, each with its share.",
        "Uno de varios tiempos, cada uno con su proporción.",
    )
    .example("sleep mix(90%: 1ms, 10%: exp(2ms))"),
    row(
        BUILT,
        "attempt",
        "attempt(m)",
        "How often this message was delivered, this time included.",
        "Cuántas veces se entregó este mensaje, contando esta.",
    ),
    row(
        BUILT,
        "age",
        "age(m)",
        "How long ago this message was sent.",
        "Cuánto hace que se envió este mensaje.",
    ),
    row(
        BUILT,
        "key",
        "key(m)",
        "The key this message was sent with.",
        "La clave con que se envió este mensaje.",
    ),
    row(
        BUILT,
        "offset",
        "offset(m)",
        "The place of this message in its log.",
        "El lugar de este mensaje en su registro.",
    ),
    row(
        BUILT,
        "id",
        "id(m)",
        "A number that is this message's own, also when delivered again.",
        "Un número propio de este mensaje, también si se entrega otra vez.",
    ),
    row(BUILT, "count", "count(TABLE where E)", "How many rows there are.", "Cuántas filas hay.")
        .names(&["table"])
        .example("let full = count(seats where taken)"),
    row(
        BUILT,
        "sum",
        "sum(TABLE.FIELD where E)",
        "A field of the rows added up; of a table of plain values, without the field.",
        "La suma de un campo de las filas; en una tabla de valores simples, sin el campo.",
    )
    .names(&["table"])
    .example("let all = sum(accounts)"),
    over(
        BUILT,
        "all",
        "all NAME in A..B: E",
        "True if E holds for every number of the range.",
        "Cierto si E se cumple con todos los números del rango.",
    )
    .example("always all i in 1..n: stock[i] >= 0"),
    over(
        BUILT,
        "any",
        "any NAME in A..B: E",
        "True if E holds for some number of the range.",
        "Cierto si E se cumple con algún número del rango.",
    ),
    over(
        BUILT,
        "sum",
        "sum NAME in A..B: E",
        "E added up over the range.",
        "La suma de E en todo el rango.",
    )
    .example("finally (sum i in 1..n: stock[i]) == 0"),
    over(BUILT, "min", "min NAME in A..B: E", "The least E of the range.", "El menor E del rango."),
    over(
        BUILT,
        "max",
        "max NAME in A..B: E",
        "The greatest E of the range.",
        "El mayor E del rango.",
    ),
    over(
        BUILT,
        "count",
        "count NAME in A..B: E",
        "For how many numbers of the range E holds.",
        "Con cuántos números del rango se cumple E.",
    ),
];
