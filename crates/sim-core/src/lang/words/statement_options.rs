//! Options in the brackets behind statements, and those of whole runs.

use super::{BUILT, Place, Word};

const fn row(
    built: bool,
    word: &'static str,
    form: &'static str,
    en: &'static str,
    es: &'static str,
) -> Word {
    Word::new(built, Place::Option, word, form, en, es)
}

pub(super) const WORDS: &[Word] = &[
    row(
        BUILT,
        "attempts",
        "attempts: n",
        "How often the block is tried, the first time included.",
        "Cuántas veces se intenta el bloque, contando la primera.",
    )
    .of(&["retry"])
    .default("3")
    .values(&["unlimited"]),
    row(
        BUILT,
        "on",
        "on: ERROR, ERROR",
        "The errors after which it is tried again.",
        "Los errores tras los que se vuelve a intentar.",
    )
    .of(&["retry"])
    .default("all")
    .names(&["error"])
    .values(&["all"]),
    row(
        BUILT,
        "backoff",
        "backoff: WAY",
        "How the wait between two tries grows.",
        "Cómo crece la espera entre dos intentos.",
    )
    .of(&["retry"])
    .default("none")
    .values(&["none", "fixed", "linear", "exponential", "equal", "full", "decorrelated"]),
    row(
        BUILT,
        "delay",
        "delay: d",
        "The wait that `backoff` begins with.",
        "La espera con que empieza `backoff`.",
    )
    .of(&["retry"])
    .default("100ms"),
    row(
        BUILT,
        "factor",
        "factor: n",
        "By how much each wait is longer than the one before.",
        "Cuántas veces más larga es cada espera que la anterior.",
    )
    .of(&["retry"])
    .default("2"),
    row(BUILT, "cap", "cap: d", "The longest wait.", "La espera más larga.")
        .of(&["retry"])
        .default("none")
        .values(&["none"]),
    row(
        BUILT,
        "budget",
        "budget: LIMITER",
        "A limiter of which each further try takes a token; without one the error goes on.",
        "Un limitador del que cada reintento toma una ficha; si no hay, el error sigue su camino.",
    )
    .of(&["retry"])
    .default("none")
    .values(&["none"])
    .names(&["limiter"]),
    row(
        BUILT,
        "isolation",
        "isolation: LEVEL",
        "How much it sees of other transactions.",
        "Cuánto ve de otras transacciones.",
    )
    .of(&["transaction"])
    .default("the database's")
    .values(&["read_committed", "repeatable_read", "serializable"]),
    row(
        BUILT,
        "on",
        "on: WHERE",
        "Where it reads: `replica` reads a copy, which may be behind.",
        "Dónde lee: `replica` lee una copia, que puede ir atrasada.",
    )
    .of(&["transaction"])
    .default("leader")
    .values(&["leader", "replica"]),
    row(
        BUILT,
        "durable",
        "durable: BOOL",
        "Whether it writes down what is done, to go on after a crash.",
        "Si anota lo hecho, para seguir tras una caída.",
    )
    .of(&["saga"])
    .default("false")
    .values(&["true", "false"]),
    row(
        BUILT,
        "id",
        "id: E",
        "Whose notes a durable saga goes by: a number, as that of an order.",
        "Por qué notas se guía una saga duradera: un número, como el de un pedido.",
    )
    .of(&["saga"])
    .default("self"),
    row(BUILT, "for", "for: d", "When the run ends.", "Cuándo termina la ejecución.")
        .of(&["run"])
        .default("60s"),
    row(
        BUILT,
        "warmup",
        "warmup: d",
        "What time at the beginning is not measured.",
        "Qué tiempo del principio no se mide.",
    )
    .of(&["run"])
    .default("0s"),
    row(
        BUILT,
        "seeds",
        "seeds: n",
        "How many runs there are, each with a seed of its own.",
        "Cuántas ejecuciones hay, cada una con su semilla.",
    )
    .of(&["run"])
    .default("1"),
    row(
        BUILT,
        "seed",
        "seed: n",
        "The seed of the first run.",
        "La semilla de la primera ejecución.",
    )
    .of(&["run"])
    .default("1"),
    row(
        BUILT,
        "arrivals",
        "arrivals: n",
        "How many of each process with `every` arrive.",
        "Cuántos llegan de cada proceso con `every`.",
    )
    .of(&["explore"])
    .default("2"),
    row(
        BUILT,
        "timeouts",
        "timeouts: n",
        "How often a `within`, a visibility, a lease or a patience may run out.",
        "Cuántas veces puede vencer un `within`, una visibilidad, un `lease` o una paciencia.",
    )
    .of(&["explore"])
    .default("2"),
    row(
        BUILT,
        "losses",
        "losses: n",
        "How many messages may be lost.",
        "Cuántos mensajes pueden perderse.",
    )
    .of(&["explore"])
    .default("1"),
    row(
        BUILT,
        "duplicates",
        "duplicates: n",
        "How many messages may arrive twice.",
        "Cuántos mensajes pueden llegar dos veces.",
    )
    .of(&["explore"])
    .default("1"),
    row(
        BUILT,
        "crashes",
        "crashes: n",
        "How many instances may crash.",
        "Cuántas instancias pueden caer.",
    )
    .of(&["explore"])
    .default("1"),
    row(
        BUILT,
        "depth",
        "depth: n",
        "After how many steps a schedule is cut off.",
        "Tras cuántos pasos se corta una planificación.",
    )
    .of(&["explore"])
    .default("200"),
];
