//! Errors that the language raises. `fail` may use any other name.

use super::{BUILT, LATER, Place, Word};

const fn row(
    built: bool,
    word: &'static str,
    form: &'static str,
    en: &'static str,
    es: &'static str,
) -> Word {
    Word::new(built, Place::Error, word, form, en, es)
}

pub(super) const WORDS: &[Word] = &[
    row(
        BUILT,
        "timeout",
        "timeout",
        "The time of a `within` was over.",
        "Se acabó el plazo de un `within`.",
    ),
    row(
        BUILT,
        "open",
        "open",
        "A breaker let nobody through.",
        "Un breaker no dejó pasar a nadie.",
    ),
    row(
        BUILT,
        "rejected",
        "rejected",
        "There was no room, or no token left.",
        "No había lugar, o no quedaban fichas.",
    ),
    row(
        BUILT,
        "unavailable",
        "unavailable",
        "No replica was alive, or the one that worked on it crashed.",
        "No había réplicas vivas, o cayó la que lo atendía.",
    ),
    row(
        LATER,
        "internal",
        "internal",
        "A handler ended with an error that it did not name.",
        "Un handler terminó con un error que no nombró.",
    ),
    row(
        BUILT,
        "conflict",
        "conflict",
        "The transaction met a change made by another one.",
        "La transacción topó con un cambio hecho por otra.",
    ),
    row(
        BUILT,
        "deadlock",
        "deadlock",
        "Transactions waited for one another in a circle, and this one was chosen to end.",
        "Unas transacciones se esperaban en círculo, y le tocó terminar a esta.",
    ),
    row(
        BUILT,
        "duplicate",
        "duplicate",
        "There is a row with this key already.",
        "Ya hay una fila con esta clave.",
    ),
    row(
        BUILT,
        "gone",
        "gone",
        "What was asked for is not there any more.",
        "Lo que se pidió ya no está.",
    ),
    row(
        BUILT,
        "aborted",
        "aborted",
        "An error has undone this transaction before: only its end is left.",
        "Un error ya deshizo esta transacción: solo le queda terminar.",
    ),
    row(
        BUILT,
        "no_row",
        "no_row",
        "There is no row under this key; `insert` makes one.",
        "No hay fila con esta clave; `insert` la crea.",
    ),
];
