//! What is measured of things, and the parts of them that a process may use: words behind a dot.

use super::{BUILT, LATER, Place, Word};

const fn row(
    place: Place,
    of: &'static [&'static str],
    word: &'static str,
    en: &'static str,
    es: &'static str,
) -> Word {
    Word::new(BUILT, place, word, word, en, es).of(of)
}

const fn later(
    place: Place,
    of: &'static [&'static str],
    word: &'static str,
    en: &'static str,
    es: &'static str,
) -> Word {
    Word::new(LATER, place, word, word, en, es).of(of)
}

const RUNS: &[&str] = &["process"];
const CALLED: &[&str] = &["process", "routine"];
const SERVICE: &[&str] = &["service"];
const SENT_TO: &[&str] = &["queue", "topic", "log"];
const QUEUE: &[&str] = &["queue"];
const GROUP: &[&str] = &["group"];
const RECEIVED: &[&str] = &["queue", "group"];
const BREAKER: &[&str] = &["breaker"];
const HELD: &[&str] = &["limiter", "semaphore", "lock", "rwlock"];
const KEPT: &[&str] = &["semaphore", "lock", "rwlock"];
const CACHE: &[&str] = &["cache"];
const LINK: &[&str] = &["link"];
const DATABASE: &[&str] = &["database"];

pub(super) const FIELDS: &[Word] = &[
    Word::new(
        BUILT,
        Place::Field,
        "mine",
        "LOCK.mine",
        "Whether this process still holds the lease.",
        "Si este proceso todavía tiene el `lease`.",
    )
    .of(&["lock"]),
    Word::new(
        BUILT,
        Place::Field,
        "read",
        "RWLOCK.read",
        "The side of the lock that many may hold.",
        "El lado del candado que pueden tener muchos.",
    )
    .of(&["rwlock"]),
    Word::new(
        BUILT,
        Place::Field,
        "write",
        "RWLOCK.write",
        "The side of the lock that only one may hold.",
        "El lado del candado que solo puede tener uno.",
    )
    .of(&["rwlock"]),
    Word::new(
        BUILT,
        Place::Gauge,
        "busy",
        ".busy",
        "How many hold it now.",
        "Cuántos lo tienen ahora.",
    )
    .of(&["lock", "rwlock", "semaphore"]),
    Word::new(
        BUILT,
        Place::Gauge,
        "waiting",
        ".waiting",
        "How many wait for it now; of a condition, how many sleep.",
        "Cuántos lo esperan ahora; de una condición, cuántos duermen.",
    )
    .of(&["lock", "rwlock", "semaphore", "condition"]),
    Word::new(
        BUILT,
        Place::Field,
        "value",
        "value",
        "The row of a table whose rows are plain values.",
        "La fila de una tabla cuyas filas son valores simples.",
    )
    .of(&["table"]),
    Word::new(BUILT, Place::Field, "key", "key", "The key of the row.", "La clave de la fila.")
        .of(&["table"]),
    Word::new(
        BUILT,
        Place::Field,
        "state",
        "BREAKER.state",
        "`closed`, `open` or `half_open`.",
        "`closed`, `open` o `half_open`.",
    )
    .of(&["breaker"]),
    Word::new(
        BUILT,
        Place::Field,
        "window",
        "BREAKER.window.calls",
        "What it looks at: `window.calls`, `window.failures`.",
        "Lo que mira: `window.calls`, `window.failures`.",
    )
    .of(&["breaker"]),
];

pub(super) const WORDS: &[Word] = &[
    row(Place::Count, CALLED, "started", "How many began.", "Cuántos empezaron."),
    row(Place::Count, CALLED, "ok", "How many ended well.", "Cuántos terminaron bien."),
    row(Place::Count, CALLED, "failed", "How many an error ended.", "A cuántos terminó un error."),
    row(
        Place::Count,
        CALLED,
        "unfinished",
        "How many have not ended.",
        "Cuántos no han terminado.",
    ),
    row(
        Place::Count,
        RUNS,
        "retries",
        "How many further tries there were.",
        "Cuántos reintentos hubo.",
    ),
    row(
        Place::Gauge,
        CALLED,
        "running",
        "How many are under way now.",
        "Cuántos están en marcha ahora.",
    ),
    row(
        Place::Spread,
        CALLED,
        "latency",
        "How long they took from start to end.",
        "Cuánto tardaron de principio a fin.",
    ),
    row(
        Place::Spread,
        RUNS,
        "attempts",
        "How many tries they needed.",
        "Cuántos intentos necesitaron.",
    ),
    row(Place::Count, SERVICE, "calls", "How many calls arrived.", "Cuántas llamadas llegaron."),
    row(
        Place::Count,
        SERVICE,
        "ok",
        "How many were answered well.",
        "Cuántas se respondieron bien.",
    ),
    row(
        Place::Count,
        SERVICE,
        "failed",
        "How many ended with an error, or without an answer.",
        "Cuántas terminaron con un error o sin respuesta.",
    ),
    row(Place::Count, SERVICE, "rejected", "How many were turned away.", "Cuántas se rechazaron."),
    row(
        Place::Count,
        SERVICE,
        "late",
        "How many answers came after the caller had given up.",
        "Cuántas respuestas llegaron cuando quien llamó ya había desistido.",
    ),
    row(
        Place::Count,
        SERVICE,
        "lost",
        "How many were lost on the way.",
        "Cuántas se perdieron en el camino.",
    ),
    row(
        Place::Count,
        SERVICE,
        "unfinished",
        "How many have no answer yet.",
        "Cuántas siguen sin respuesta.",
    ),
    row(
        Place::Count,
        SERVICE,
        "timeouts",
        "How many callers gave up.",
        "Cuántas veces desistió quien llamaba.",
    ),
    later(
        Place::Count,
        SERVICE,
        "refused",
        "How many a breaker or limiter did not let out.",
        "Cuántas no dejó salir un breaker o un limitador.",
    ),
    row(
        Place::Gauge,
        SERVICE,
        "busy",
        "How many workers are taken.",
        "Cuántos trabajadores están ocupados.",
    ),
    row(
        Place::Gauge,
        SERVICE,
        "queued",
        "How many calls wait for a worker.",
        "Cuántas llamadas esperan un trabajador.",
    ),
    row(
        Place::Gauge,
        SERVICE,
        "inflight",
        "How many calls are on their way or worked on.",
        "Cuántas llamadas van en camino o se atienden.",
    ),
    row(
        Place::Gauge,
        SERVICE,
        "computing",
        "How many cores are taken.",
        "Cuántos núcleos están ocupados.",
    ),
    row(
        Place::Gauge,
        SERVICE,
        "replicas",
        "How many replicas are alive.",
        "Cuántas réplicas están vivas.",
    ),
    row(
        Place::Gauge,
        &["service", "semaphore", "lock"],
        "utilization",
        "Which share of its workers is taken; of its cores, where workers are unlimited.",
        "Qué proporción de sus trabajadores está ocupada; de sus núcleos, si no hay límite de ellos.",
    ),
    row(
        Place::Spread,
        SERVICE,
        "latency",
        "From a call's arrival to its answer's leaving; for its caller, from leaving to answer.",
        "Desde que llega una llamada hasta que sale su respuesta; para quien llama, desde que llama.",
    ),
    row(
        Place::Spread,
        SERVICE,
        "wait",
        "How long calls wait for a worker.",
        "Cuánto esperan las llamadas un trabajador.",
    ),
    row(
        Place::Spread,
        SERVICE,
        "service",
        "How long workers need for a call.",
        "Cuánto necesita un trabajador para una llamada.",
    ),
    row(
        Place::Count,
        SENT_TO,
        "sent",
        "How many messages were sent to it.",
        "Cuántos mensajes se le enviaron.",
    ),
    row(Place::Count, SENT_TO, "accepted", "How many it took in.", "Cuántos aceptó."),
    row(Place::Count, SENT_TO, "rejected", "How many it turned away.", "Cuántos rechazó."),
    row(Place::Count, SENT_TO, "dropped", "How many it threw away.", "Cuántos tiró."),
    row(Place::Count, RECEIVED, "delivered", "How many it handed out.", "Cuántos entregó."),
    row(
        Place::Count,
        RECEIVED,
        "redelivered",
        "How many it handed out again.",
        "Cuántos entregó otra vez.",
    ),
    row(Place::Count, RECEIVED, "acked", "How many are done.", "Cuántos están atendidos."),
    row(Place::Count, RECEIVED, "nacked", "How many were given back.", "Cuántos le devolvieron."),
    row(
        Place::Count,
        QUEUE,
        "expired",
        "How many ran out of visibility.",
        "A cuántos se les venció la visibilidad.",
    ),
    row(Place::Count, QUEUE, "dead", "How many were given up.", "Cuántos se abandonaron."),
    row(
        Place::Count,
        RECEIVED,
        "late_acks",
        "How many acks came too late.",
        "Cuántos `ack` llegaron tarde.",
    ),
    row(
        Place::Count,
        GROUP,
        "committed",
        "How many places were written down.",
        "Cuántos lugares se anotaron.",
    ),
    row(
        Place::Count,
        GROUP,
        "rebalances",
        "How often the partitions were shared out anew.",
        "Cuántas veces se repartieron de nuevo las particiones.",
    ),
    row(Place::Gauge, QUEUE, "length", "How many messages wait.", "Cuántos mensajes esperan."),
    row(
        Place::Gauge,
        QUEUE,
        "inflight",
        "How many are with a receiver.",
        "Cuántos tiene quien los recibió.",
    ),
    row(
        Place::Gauge,
        QUEUE,
        "oldest",
        "The age of the oldest one that waits.",
        "La edad del más antiguo que espera.",
    ),
    row(
        Place::Gauge,
        GROUP,
        "lag",
        "How many entries of the log are still ahead.",
        "Cuántas entradas del registro faltan.",
    ),
    row(
        Place::Gauge,
        &["log"],
        "first",
        "The place of the oldest entry that is kept.",
        "El lugar de la entrada más antigua que se guarda.",
    ),
    row(
        Place::Gauge,
        &["log"],
        "next",
        "The place that the next entry will have.",
        "El lugar que tendrá la próxima entrada.",
    ),
    row(Place::Spread, RECEIVED, "wait", "How long messages wait.", "Cuánto esperan los mensajes."),
    row(Place::Spread, RECEIVED, "trip", "From sending to ack.", "Desde el envío hasta el `ack`."),
    row(Place::Count, BREAKER, "calls", "How many asked to pass.", "Cuántas pidieron pasar."),
    row(Place::Count, BREAKER, "ok", "How many ended well.", "Cuántas terminaron bien."),
    row(Place::Count, BREAKER, "failed", "How many failed.", "Cuántas fallaron."),
    row(Place::Count, BREAKER, "slow", "How many were slow.", "Cuántas fueron lentas."),
    row(
        Place::Count,
        BREAKER,
        "refused",
        "How many it did not let through.",
        "A cuántas no dejó pasar.",
    ),
    row(Place::Count, BREAKER, "opened", "How often it opened.", "Cuántas veces se abrió."),
    row(
        Place::Count,
        BREAKER,
        "probed",
        "How many tried while it was half open.",
        "Cuántas probaron mientras estaba medio abierto.",
    ),
    row(
        Place::Gauge,
        BREAKER,
        "window.calls",
        "How many results are in its window.",
        "Cuántos resultados hay en su ventana.",
    ),
    row(
        Place::Gauge,
        BREAKER,
        "window.failures",
        "How many of them failed.",
        "Cuántos de ellos fueron fallos.",
    ),
    row(
        Place::Spread,
        BREAKER,
        "latency",
        "How long the calls through it took.",
        "Cuánto tardaron las llamadas que pasaron.",
    ),
    row(Place::Count, HELD, "asked", "How often it was asked for.", "Cuántas veces se pidió."),
    row(Place::Count, HELD, "admitted", "How often it was given.", "Cuántas veces se dio."),
    row(Place::Count, HELD, "rejected", "How often it was refused.", "Cuántas veces se negó."),
    row(
        Place::Gauge,
        &["limiter"],
        "tokens",
        "How many tokens are left.",
        "Cuántas fichas quedan.",
    ),
    row(
        Place::Gauge,
        &["limiter"],
        "waiting",
        "How many wait for it now.",
        "Cuántos lo esperan ahora.",
    ),
    row(Place::Spread, HELD, "wait", "How long one waited for it.", "Cuánto se esperó por él."),
    row(Place::Spread, KEPT, "held", "How long it was held.", "Cuánto se tuvo."),
    row(
        Place::Count,
        CACHE,
        "hits",
        "How often the value was there.",
        "Cuántas veces estaba el valor.",
    ),
    row(
        Place::Count,
        CACHE,
        "misses",
        "How often it was not, or was over.",
        "Cuántas veces no estaba o había vencido.",
    ),
    row(
        Place::Count,
        CACHE,
        "loads",
        "How often a value was filled in.",
        "Cuántas veces se puso un valor buscado.",
    ),
    row(
        Place::Count,
        CACHE,
        "shared",
        "How many waited for a fetch of somebody else.",
        "Cuántos esperaron a que otro lo trajera.",
    ),
    row(
        Place::Count,
        CACHE,
        "evicted",
        "How many values were thrown out for lack of room.",
        "Cuántos valores salieron por falta de lugar.",
    ),
    row(Place::Gauge, CACHE, "size", "How many values it holds.", "Cuántos valores guarda."),
    row(Place::Spread, CACHE, "load", "How long fetching took.", "Cuánto se tardó en traerlos."),
    row(Place::Count, LINK, "sent", "How many messages left.", "Cuántos mensajes salieron."),
    row(Place::Count, LINK, "lost", "How many were lost.", "Cuántos se perdieron."),
    row(Place::Count, LINK, "doubled", "How many arrived twice.", "Cuántos llegaron dos veces."),
    row(Place::Gauge, LINK, "inflight", "How many are on their way.", "Cuántos van en camino."),
    row(
        Place::Spread,
        LINK,
        "latency",
        "How long messages were on their way.",
        "Cuánto tardaron en el camino.",
    ),
    row(
        Place::Count,
        DATABASE,
        "committed",
        "How many transactions were committed.",
        "Cuántas transacciones se confirmaron.",
    ),
    row(Place::Count, DATABASE, "aborted", "How many were undone.", "Cuántas se deshicieron."),
    row(
        Place::Count,
        DATABASE,
        "conflicts",
        "How many met a change of another one.",
        "Cuántas toparon con un cambio de otra.",
    ),
    row(
        Place::Count,
        DATABASE,
        "deadlocks",
        "How many ended for a circle of waiters.",
        "Cuántas terminaron por esperarse en círculo.",
    ),
    row(
        Place::Gauge,
        DATABASE,
        "active",
        "How many transactions are open.",
        "Cuántas transacciones están abiertas.",
    ),
    row(
        Place::Gauge,
        DATABASE,
        "waiting",
        "How many wait for another one.",
        "Cuántas esperan a otra.",
    ),
    row(Place::Spread, DATABASE, "latency", "From begin to commit.", "De `begin` a `commit`."),
    row(
        Place::Spread,
        DATABASE,
        "wait",
        "How long they waited for others.",
        "Cuánto esperaron a otras.",
    ),
    Word::new(
        BUILT,
        Place::Statistic,
        "rate",
        ".rate",
        "How many a second.",
        "Cuántos por segundo.",
    )
    .of(&["count"]),
    Word::new(BUILT, Place::Statistic, "mean", ".mean", "The mean.", "La media.")
        .of(&["gauge", "spread"]),
    Word::new(
        BUILT,
        Place::Statistic,
        "max",
        ".max",
        "The greatest value.",
        "El valor más grande.",
    )
    .of(&["gauge", "spread"]),
    Word::new(
        BUILT,
        Place::Statistic,
        "p50",
        ".p50",
        "Half of the values are not above it.",
        "La mitad de los valores no lo supera.",
    )
    .of(&["spread"]),
    Word::new(
        BUILT,
        Place::Statistic,
        "p90",
        ".p90",
        "Nine in ten values are not above it.",
        "Nueve de cada diez valores no lo superan.",
    )
    .of(&["spread"]),
    Word::new(
        BUILT,
        Place::Statistic,
        "p95",
        ".p95",
        "95 of 100 values are not above it.",
        "95 de cada 100 valores no lo superan.",
    )
    .of(&["spread"]),
    Word::new(
        BUILT,
        Place::Statistic,
        "p99",
        ".p99",
        "99 of 100 values are not above it.",
        "99 de cada 100 valores no lo superan.",
    )
    .of(&["spread"]),
    Word::new(
        BUILT,
        Place::Statistic,
        "p99_9",
        ".p99_9",
        "999 of 1000 values are not above it.",
        "999 de cada 1000 valores no lo superan.",
    )
    .of(&["spread"]),
    Word::new(
        BUILT,
        Place::Statistic,
        "over",
        ".over(d)",
        "Which share of the values is above a bound.",
        "Qué proporción de los valores supera un límite.",
    )
    .of(&["spread"]),
];
