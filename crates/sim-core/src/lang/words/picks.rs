//! Words that begin the picks of a schedule. A pick without one is a step of a process.

use super::{BUILT, Place, Word};

const fn row(
    built: bool,
    word: &'static str,
    form: &'static str,
    en: &'static str,
    es: &'static str,
) -> Word {
    Word::new(built, Place::Pick, word, form, en, es)
}

pub(super) const WORDS: &[Word] = &[
    row(
        BUILT,
        "arrive",
        "arrive PROCESS",
        "The next one of these arrives.",
        "Llega el siguiente de estos.",
    )
    .names(&["process"]),
    row(
        BUILT,
        "crash",
        "crash NAME",
        "The fault strikes: this instance ends at once.",
        "Ocurre el fallo: esta instancia se corta en seco.",
    )
    .names(&["process", "service"]),
    row(
        BUILT,
        "restart",
        "restart NAME",
        "A crashed instance starts again.",
        "Vuelve a empezar una instancia caída.",
    )
    .names(&["process", "service"]),
    row(
        BUILT,
        "pause",
        "pause NAME",
        "The fault strikes: this instance stands still.",
        "Ocurre el fallo: esta instancia se detiene.",
    )
    .names(&["process", "service"]),
    row(
        BUILT,
        "resume",
        "resume NAME",
        "A paused instance goes on.",
        "Sigue una instancia detenida.",
    )
    .names(&["process", "service"]),
    row(
        BUILT,
        "timeout",
        "timeout PROCESS",
        "The time of a `within` is over.",
        "Se acaba el plazo de un `within`.",
    )
    .names(&["process"]),
    row(
        BUILT,
        "expire",
        "expire NAME",
        "A lease, a message's visibility or a session runs out.",
        "Vence un `lease`, la visibilidad de un mensaje o una sesión.",
    )
    .names(&["lock", "queue", "group"]),
    row(
        BUILT,
        "deliver",
        "deliver A -> B",
        "The next message between two things arrives; with `deliver D[1]`, the next commit at a replica.",
        "Llega el siguiente mensaje entre dos cosas; con `deliver D[1]`, el siguiente commit a una réplica.",
    )
    .names(&["process", "service", "queue", "database"]),
    row(
        BUILT,
        "lose",
        "lose A -> B",
        "The next message between two things is lost.",
        "Se pierde el siguiente mensaje entre dos cosas.",
    )
    .names(&["process", "service", "queue"]),
    row(
        BUILT,
        "double",
        "double A -> B",
        "The next message between two things arrives twice.",
        "El siguiente mensaje entre dos cosas llega dos veces.",
    )
    .names(&["process", "service", "queue"]),
    row(
        BUILT,
        "ready",
        "ready QUEUE",
        "A message that waits apart becomes due.",
        "A un mensaje aplazado le llega su momento.",
    )
    .names(&["queue"]),
    row(
        BUILT,
        "rebalance",
        "rebalance GROUP",
        "A session runs out: the partitions are shared out anew.",
        "Se acaba una sesión: las particiones se reparten de nuevo.",
    )
    .names(&["group"]),
    row(
        BUILT,
        "cut",
        "cut A -> B",
        "The fault strikes: the link is cut.",
        "Ocurre el fallo: el enlace se corta.",
    )
    .names(&["process"]),
];
