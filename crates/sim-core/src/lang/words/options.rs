//! Options in the brackets behind declarations, services apart.

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
        "lease",
        "lease: d",
        "How long it is held at most; then it frees itself.",
        "Cuánto se tiene a lo sumo; después se libera solo.",
    )
    .of(&["lock"])
    .default("none")
    .values(&["none"]),
    row(
        BUILT,
        "permits",
        "permits: n",
        "How many may hold it at once.",
        "Cuántos pueden tenerlo a la vez.",
    )
    .of(&["semaphore"]),
    row(
        BUILT,
        "when_full",
        "when_full: WAY",
        "What happens to those who come when no permit is free.",
        "Qué les pasa a quienes llegan cuando no queda permiso libre.",
    )
    .of(&["semaphore"])
    .default("wait")
    .values(&["wait", "reject"]),
    row(
        BUILT,
        "max_wait",
        "max_wait: d",
        "How long to wait for a permit; then it raises `rejected`.",
        "Cuánto se espera un permiso; después lanza `rejected`.",
    )
    .of(&["semaphore"])
    .default("none")
    .values(&["none"]),
    row(
        BUILT,
        "lock",
        "lock: LOCK",
        "The lock that waiting lets go of.",
        "El candado que se suelta al esperar.",
    )
    .of(&["condition"])
    .names(&["lock"]),
    row(
        BUILT,
        "capacity",
        "capacity: n",
        "How many messages may wait in it.",
        "Cuántos mensajes pueden esperar en ella.",
    )
    .of(&["queue"])
    .default("unlimited")
    .values(&["unlimited"]),
    row(
        BUILT,
        "when_full",
        "when_full: WAY",
        "What happens to a message when the queue is full.",
        "Qué pasa con un mensaje cuando la cola está llena.",
    )
    .of(&["queue"])
    .default("reject")
    .values(&["reject", "block", "drop_newest", "drop_oldest"]),
    row(
        BUILT,
        "visibility",
        "visibility: d",
        "How long a receiver may keep a message before it is handed out again.",
        "Cuánto puede tener un mensaje quien lo recibe antes de que se entregue otra vez.",
    )
    .of(&["queue"])
    .default("30s")
    .values(&["none"]),
    row(
        BUILT,
        "max_attempts",
        "max_attempts: n",
        "After how many failed deliveries a message is given up.",
        "Tras cuántas entregas fallidas se abandona un mensaje.",
    )
    .of(&["queue"])
    .default("unlimited")
    .values(&["unlimited"]),
    row(
        BUILT,
        "dead_letter",
        "dead_letter: QUEUE",
        "Where messages go that were given up.",
        "Adónde van los mensajes que se abandonan.",
    )
    .of(&["queue"])
    .default("none")
    .values(&["none"])
    .names(&["queue"]),
    row(
        BUILT,
        "delivery",
        "delivery: WAY",
        "Whether a message is lost or handed out again when its receiver fails.",
        "Si un mensaje se pierde o se entrega otra vez cuando falla quien lo recibió.",
    )
    .of(&["queue"])
    .default("at_least_once")
    .values(&["at_least_once", "at_most_once"]),
    row(
        BUILT,
        "duplicates",
        "duplicates: p",
        "How often a message is handed out twice for no reason.",
        "Con qué frecuencia un mensaje se entrega dos veces sin motivo.",
    )
    .of(&["queue"])
    .default("0%"),
    row(
        BUILT,
        "backoff",
        "backoff: WAY",
        "How the wait before the next delivery grows.",
        "Cómo crece la espera antes de la próxima entrega.",
    )
    .of(&["queue"])
    .default("none")
    .values(&["none", "fixed", "linear", "exponential", "equal", "full", "decorrelated"]),
    row(
        BUILT,
        "delay",
        "delay: d",
        "The wait that `backoff` begins with.",
        "La espera con que empieza `backoff`.",
    )
    .of(&["queue"])
    .default("100ms"),
    row(
        BUILT,
        "factor",
        "factor: n",
        "By how much each wait is longer than the one before.",
        "Cuántas veces más larga es cada espera que la anterior.",
    )
    .of(&["queue"])
    .default("2"),
    row(BUILT, "cap", "cap: d", "The longest wait.", "La espera más larga.")
        .of(&["queue"])
        .default("none")
        .values(&["none"]),
    row(
        BUILT,
        "from",
        "from: TOPIC",
        "The topic whose messages come here.",
        "El tema cuyos mensajes llegan aquí.",
    )
    .of(&["queue"])
    .default("none")
    .values(&["none"])
    .names(&["topic"]),
    row(
        BUILT,
        "partitions",
        "partitions: n",
        "In how many parts the log is kept. Order holds within a part.",
        "En cuántas partes se guarda el registro. El orden vale dentro de cada parte.",
    )
    .of(&["log"])
    .default("1"),
    row(
        BUILT,
        "keep",
        "keep: n",
        "How many entries each partition keeps; older ones are gone.",
        "Cuántas entradas guarda cada partición; las anteriores se pierden.",
    )
    .of(&["log"])
    .default("all")
    .values(&["all"]),
    row(
        BUILT,
        "from",
        "from: LOG",
        "The log that its members share.",
        "El registro que se reparten sus miembros.",
    )
    .of(&["group"])
    .names(&["log"]),
    row(
        BUILT,
        "commit",
        "commit: WAY",
        "Whether the place is written down before or after the work on a message.",
        "Si el lugar se anota antes o después de atender un mensaje.",
    )
    .of(&["group"])
    .default("after")
    .values(&["after", "before"]),
    row(
        BUILT,
        "session",
        "session: d",
        "After which silence a member is taken for dead.",
        "Tras cuánto silencio se da por muerto a un miembro.",
    )
    .of(&["group"])
    .default("10s"),
    row(
        BUILT,
        "isolation",
        "isolation: LEVEL",
        "How much transactions see of one another.",
        "Cuánto ven unas transacciones de otras.",
    )
    .of(&["database"])
    .default("read_committed")
    .values(&["read_committed", "repeatable_read", "serializable"]),
    row(
        BUILT,
        "replicas",
        "replicas: n",
        "How many copies follow, for reading.",
        "Cuántas copias la siguen, para leer.",
    )
    .of(&["database"])
    .default("0"),
    row(
        BUILT,
        "lag",
        "lag: d",
        "How far the copies are behind.",
        "Cuánto van atrasadas las copias.",
    )
    .of(&["database"])
    .default("0ms"),
    row(
        BUILT,
        "latency",
        "latency: d",
        "How long a message is on its way.",
        "Cuánto tarda un mensaje en el camino.",
    )
    .of(&["link"])
    .default("0ms"),
    row(BUILT, "loss", "loss: p", "How many messages are lost.", "Cuántos mensajes se pierden.")
        .of(&["link"])
        .default("0%"),
    row(
        BUILT,
        "duplicates",
        "duplicates: p",
        "How many messages arrive twice.",
        "Cuántos mensajes llegan dos veces.",
    )
    .of(&["link"])
    .default("0%"),
    row(
        BUILT,
        "fifo",
        "fifo: BOOL",
        "Whether messages arrive in the order in which they left.",
        "Si los mensajes llegan en el orden en que salieron.",
    )
    .of(&["link"])
    .default("true")
    .values(&["true", "false"]),
    row(
        BUILT,
        "window",
        "window: n",
        "Which results it looks at: so many last ones, or those of so many whole seconds.",
        "Qué resultados mira: tantos últimos, o los de tantos segundos enteros.",
    )
    .of(&["breaker"])
    .default("100"),
    row(
        BUILT,
        "failures",
        "failures: p",
        "From which share of failed calls it opens.",
        "Desde qué proporción de llamadas fallidas se abre.",
    )
    .of(&["breaker"])
    .default("50%"),
    row(
        BUILT,
        "slow",
        "slow: p",
        "From which share of slow calls it opens.",
        "Desde qué proporción de llamadas lentas se abre.",
    )
    .of(&["breaker"])
    .default("100%"),
    row(
        BUILT,
        "slow_after",
        "slow_after: d",
        "A call that takes longer than this is slow; with `none` it does not ask.",
        "Una llamada que tarda más que esto es lenta; con `none` no lo mira.",
    )
    .of(&["breaker"])
    .default("none")
    .values(&["none"]),
    row(
        BUILT,
        "minimum",
        "minimum: n",
        "How many results there must be before it judges; never more than there can be.",
        "Cuántos resultados debe haber antes de juzgar; nunca más de los que caben.",
    )
    .of(&["breaker"])
    .default("100"),
    row(
        BUILT,
        "open",
        "open: d",
        "How long it stays open before it lets some try.",
        "Cuánto queda abierto antes de dejar probar a algunas.",
    )
    .of(&["breaker"])
    .default("60s"),
    row(
        BUILT,
        "probes",
        "probes: n",
        "How many calls may try in all while it is half open; one that crashes keeps its place.",
        "Cuántas llamadas en total pueden probar cuando está medio abierto; la que se cae no cede su lugar.",
    )
    .of(&["breaker"])
    .default("10"),
    row(
        BUILT,
        "ignore",
        "ignore: ERROR, ERROR",
        "Errors that count neither as failed nor as ok; a probe gives its place back.",
        "Errores que no cuentan ni como fallo ni como éxito; una prueba cede su lugar.",
    )
    .of(&["breaker"])
    .default("none")
    .names(&["error"]),
    row(
        BUILT,
        "on",
        "on: ERROR, ERROR",
        "The only errors that count as failed; others count as ok.",
        "Los únicos errores que cuentan como fallo; los demás cuentan como éxito.",
    )
    .of(&["breaker"])
    .default("all")
    .names(&["error"])
    .values(&["all"]),
    row(
        BUILT,
        "rate",
        "rate: r",
        "How many may pass in a time.",
        "Cuántos pueden pasar por unidad de tiempo.",
    )
    .of(&["limiter"]),
    row(
        BUILT,
        "burst",
        "burst: n",
        "How many tokens a bucket holds: so many may pass at once after a pause.",
        "Cuántas fichas caben en un `bucket`: tantos pueden pasar de golpe tras una pausa.",
    )
    .of(&["limiter"])
    .default("1"),
    row(
        BUILT,
        "kind",
        "kind: KIND",
        "How it counts: by tokens, by fixed windows of time or by a sliding one.",
        "Cómo cuenta: por fichas, por ventanas fijas de tiempo o por una deslizante.",
    )
    .of(&["limiter"])
    .default("bucket")
    .values(&["bucket", "fixed", "sliding"]),
    row(
        BUILT,
        "when_empty",
        "when_empty: WAY",
        "What happens to those who come too fast.",
        "Qué les pasa a quienes llegan demasiado rápido.",
    )
    .of(&["limiter"])
    .default("reject")
    .values(&["reject", "wait"]),
    row(
        BUILT,
        "max_wait",
        "max_wait: d",
        "How long to wait for a token; then it raises `rejected`.",
        "Cuánto se espera una ficha; después lanza `rejected`.",
    )
    .of(&["limiter"])
    .default("none")
    .values(&["none"]),
    row(
        BUILT,
        "earn",
        "earn: p",
        "Which part of a token each first try of a `retry` with this budget earns.",
        "Qué parte de una ficha gana cada primer intento de un `retry` con este presupuesto.",
    )
    .of(&["limiter"])
    .default("none")
    .values(&["none"]),
    row(
        BUILT,
        "ttl",
        "ttl: d",
        "How long a value is kept from when it was filled in; reading it does not lengthen that.",
        "Cuánto se guarda un valor desde que se puso; leerlo no lo alarga.",
    )
        .of(&["cache"])
        .default("none")
        .values(&["none"]),
    row(
        BUILT,
        "capacity",
        "capacity: n",
        "How many values are kept; the one unused for longest goes first.",
        "Cuántos valores se guardan; sale primero el que lleva más tiempo sin usarse.",
    )
    .of(&["cache"])
    .default("unlimited")
    .values(&["unlimited"]),
    row(
        BUILT,
        "single_flight",
        "single_flight: BOOL",
        "Whether only one fetches a missing value while the others wait for it.",
        "Si solo uno trae un valor que falta mientras los demás lo esperan.",
    )
    .of(&["cache"])
    .default("false")
    .values(&["true", "false"]),
];
