//! Options of services.

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
        "workers",
        "workers: n",
        "How many calls it works on at once.",
        "Cuántas llamadas atiende a la vez.",
    )
    .of(&["service"])
    .default("unlimited")
    .values(&["unlimited"]),
    row(
        BUILT,
        "cores",
        "cores: n",
        "How many of them can compute at once.",
        "Cuántas de ellas pueden calcular a la vez.",
    )
    .of(&["service"])
    .default("unlimited")
    .values(&["unlimited"]),
    row(
        BUILT,
        "mode",
        "mode: MODE",
        "A worker for each call, or one loop for all of them.",
        "Un trabajador por llamada, o un solo bucle para todas.",
    )
    .of(&["service"])
    .default("threads")
    .values(&["threads", "event_loop"]),
    row(
        BUILT,
        "backlog",
        "backlog: n",
        "How many calls may wait for a worker.",
        "Cuántas llamadas pueden esperar un trabajador.",
    )
    .of(&["service"])
    .default("unlimited")
    .values(&["unlimited"]),
    row(
        BUILT,
        "when_full",
        "when_full: WAY",
        "What happens to a call when the backlog is full: it is turned away, waits outside, or takes the oldest one's place.",
        "Qué pasa con una llamada cuando la espera está llena: se rechaza, espera fuera o toma el lugar de la más antigua.",
    )
    .of(&["service"])
    .default("reject")
    .values(&["reject", "block", "drop_oldest"]),
    row(
        BUILT,
        "order",
        "order: WAY",
        "Which waiting call is next: the oldest or the newest.",
        "Qué llamada en espera sigue: la más antigua o la más nueva.",
    )
    .of(&["service"])
    .default("fifo")
    .values(&["fifo", "lifo"]),
    row(
        BUILT,
        "patience",
        "patience: d",
        "How long a call may wait before it is turned away.",
        "Cuánto puede esperar una llamada antes de que se la rechace.",
    )
    .of(&["service"])
    .default("none")
    .values(&["none"]),
    row(
        BUILT,
        "cancel",
        "cancel: BOOL",
        "Whether it hears that its caller gave up, and stops.",
        "Si se entera de que quien llamó desistió, y para.",
    )
    .of(&["service"])
    .default("false")
    .values(&["true", "false"]),
    row(
        BUILT,
        "replicas",
        "replicas: n",
        "How many copies of it there are.",
        "Cuántas copias suyas hay.",
    )
    .of(&["service"])
    .default("1"),
    row(
        BUILT,
        "balance",
        "balance: WAY",
        "How calls are spread over the replicas.",
        "Cómo se reparten las llamadas entre las réplicas.",
    )
    .of(&["service"])
    .default("round_robin")
    .values(&["round_robin", "random", "least_busy", "two_choices", "key", "ring"]),
    row(
        BUILT,
        "startup",
        "startup: d",
        "How long a new replica needs before it answers.",
        "Cuánto necesita una réplica nueva antes de responder.",
    )
    .of(&["service"])
    .default("0s"),
];
