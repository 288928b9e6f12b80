//! Words that options are set to.

use super::{BUILT, LATER, Place, Word};

const fn row(
    built: bool,
    word: &'static str,
    form: &'static str,
    en: &'static str,
    es: &'static str,
) -> Word {
    Word::new(built, Place::Value, word, form, en, es)
}

pub(super) const WORDS: &[Word] = &[
    row(BUILT, "unlimited", "unlimited", "Without a bound.", "Sin límite.").of(&[
        "capacity",
        "max_attempts",
        "attempts",
        "workers",
        "cores",
        "backlog",
    ]),
    row(BUILT, "wait", "wait", "Waits until there is room.", "Espera hasta que haya lugar.")
        .of(&["when_full", "when_empty"]),
    row(BUILT, "reject", "reject", "Is turned away with `rejected`.", "Se rechaza con `rejected`.")
        .of(&["when_full", "when_empty"]),
    row(
        BUILT,
        "block",
        "block",
        "The sender waits until there is room.",
        "Quien envía espera hasta que haya lugar.",
    )
    .of(&["when_full"]),
    row(
        BUILT,
        "drop_newest",
        "drop_newest",
        "The new one is thrown away; nobody is told.",
        "Se tira el nuevo; nadie se entera.",
    )
    .of(&["when_full"]),
    row(
        BUILT,
        "drop_oldest",
        "drop_oldest",
        "The oldest one is thrown away to make room.",
        "Se tira el más antiguo para hacer lugar.",
    )
    .of(&["when_full"]),
    row(
        BUILT,
        "at_least_once",
        "at_least_once",
        "A message is handed out until it is acked, perhaps twice.",
        "Un mensaje se entrega hasta que hay `ack`, tal vez dos veces.",
    )
    .of(&["delivery"]),
    row(
        BUILT,
        "at_most_once",
        "at_most_once",
        "A message is handed out once, and lost if that fails.",
        "Un mensaje se entrega una vez, y si eso falla se pierde.",
    )
    .of(&["delivery"]),
    row(BUILT, "none", "none", "No wait.", "Sin espera.").of(&["backoff"]),
    row(BUILT, "fixed", "fixed", "The same wait each time.", "Cada vez la misma espera.")
        .of(&["backoff"]),
    row(
        BUILT,
        "linear",
        "linear",
        "Each wait is longer by `delay`.",
        "Cada espera crece en `delay`.",
    )
    .of(&["backoff"]),
    row(
        BUILT,
        "exponential",
        "exponential",
        "Each wait is `factor` times the one before.",
        "Cada espera es `factor` veces la anterior.",
    )
    .of(&["backoff"]),
    row(
        BUILT,
        "equal",
        "equal",
        "Half of the exponential wait, and the other half at random.",
        "La mitad de la espera exponencial, y la otra mitad al azar.",
    )
    .of(&["backoff"]),
    row(
        BUILT,
        "full",
        "full",
        "Any wait from zero to the exponential one, at random.",
        "Cualquier espera entre cero y la exponencial, al azar.",
    )
    .of(&["backoff"]),
    row(
        BUILT,
        "decorrelated",
        "decorrelated",
        "At random between `delay` and three times the wait before.",
        "Al azar entre `delay` y el triple de la espera anterior.",
    )
    .of(&["backoff"]),
    row(BUILT, "all", "all", "Everything is kept.", "Se guarda todo.").of(&["keep"]),
    row(
        BUILT,
        "after",
        "after",
        "Written down after the work: a crash repeats it.",
        "Se anota después del trabajo: una caída lo repite.",
    )
    .of(&["commit"]),
    row(
        BUILT,
        "before",
        "before",
        "Written down before the work: a crash loses it.",
        "Se anota antes del trabajo: una caída lo pierde.",
    )
    .of(&["commit"]),
    row(
        BUILT,
        "read_committed",
        "read_committed",
        "Each statement sees what is committed when it begins.",
        "Cada sentencia ve lo confirmado cuando empieza.",
    )
    .of(&["isolation"]),
    row(
        BUILT,
        "repeatable_read",
        "repeatable_read",
        "The whole transaction sees what was committed at its first statement.",
        "Toda la transacción ve lo confirmado en su primera sentencia.",
    )
    .of(&["isolation"]),
    row(
        BUILT,
        "serializable",
        "serializable",
        "As if transactions came one after another; some are refused for it.",
        "Como si las transacciones fueran una tras otra; por eso algunas se rechazan.",
    )
    .of(&["isolation"]),
    row(
        BUILT,
        "leader",
        "leader",
        "Where all is written: never behind.",
        "Donde se escribe todo: nunca va atrasado.",
    )
    .of(&["on"]),
    row(
        BUILT,
        "replica",
        "replica",
        "A copy, which may be behind.",
        "Una copia, que puede ir atrasada.",
    )
    .of(&["on"]),
    row(LATER, "threads", "threads", "A worker for each call.", "Un trabajador por llamada.")
        .of(&["mode"]),
    row(
        LATER,
        "event_loop",
        "event_loop",
        "One core, any number of calls; what stands between two waits is one step.",
        "Un núcleo y cualquier número de llamadas; lo que hay entre dos esperas es un paso.",
    )
    .of(&["mode"]),
    row(BUILT, "fifo", "fifo", "The oldest one first.", "Primero la más antigua.").of(&["order"]),
    row(BUILT, "lifo", "lifo", "The newest one first.", "Primero la más nueva.").of(&["order"]),
    row(BUILT, "round_robin", "round_robin", "Each replica in turn.", "Una réplica tras otra.")
        .of(&["balance"]),
    row(BUILT, "random", "random", "Any replica, at random.", "Cualquier réplica, al azar.")
        .of(&["balance"]),
    row(
        BUILT,
        "least_busy",
        "least_busy",
        "The replica with the fewest calls.",
        "La réplica con menos llamadas.",
    )
    .of(&["balance"]),
    row(
        BUILT,
        "two_choices",
        "two_choices",
        "The less busy of two drawn at random.",
        "La menos ocupada de dos elegidas al azar.",
    )
    .of(&["balance"]),
    row(
        BUILT,
        "key",
        "key",
        "By the key: the same key always to the same replica.",
        "Por la clave: la misma clave siempre a la misma réplica.",
    )
    .of(&["balance"]),
    row(
        LATER,
        "ring",
        "ring",
        "By the key, on a ring: a new replica moves few keys.",
        "Por la clave, en un anillo: una réplica nueva mueve pocas claves.",
    )
    .of(&["balance"]),
    row(
        BUILT,
        "bucket",
        "bucket",
        "Tokens come at the rate, up to `burst`; each that passes takes one.",
        "Llegan fichas al ritmo dado, hasta `burst`; quien pasa toma una.",
    )
    .of(&["kind"]),
    row(
        BUILT,
        "fixed",
        "fixed",
        "So many in each window of time; the count starts anew with each.",
        "Tantos por ventana de tiempo; con cada una se cuenta de nuevo.",
    )
    .of(&["kind"]),
    row(
        BUILT,
        "sliding",
        "sliding",
        "So many in the time just gone by.",
        "Tantos en el tiempo que acaba de pasar.",
    )
    .of(&["kind"]),
];
