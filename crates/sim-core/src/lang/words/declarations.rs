//! Words that begin declarations: what exists, and what must stay true.

use super::{BUILT, Place, Word};

const fn row(
    built: bool,
    word: &'static str,
    form: &'static str,
    en: &'static str,
    es: &'static str,
) -> Word {
    Word::new(built, Place::Declaration, word, form, en, es)
}

pub(super) const WORDS: &[Word] = &[
    row(
        BUILT,
        "scenario",
        "scenario \"TITLE\"",
        "Begins the text and names it.",
        "Empieza el texto y le da su título.",
    )
    .example("scenario \"Race on a balance\""),
    row(
        BUILT,
        "param",
        "param NAME: TYPE = VALUE in LEAST..GREATEST \"LABEL\"",
        "A setting with a control on the page. It keeps its value during a run.",
        "Un ajuste con su control en la página. No cambia durante una ejecución.",
    )
    .example("param clients: int = 2 in 1..6 \"how many\""),
    row(
        BUILT,
        "let",
        "let NAME = E",
        "A constant; it may use parameters.",
        "Una constante; puede usar parámetros.",
    )
    .example("let total = clients * 3"),
    row(
        BUILT,
        "var",
        "var NAME = E, NAME[n] = E",
        "Shared memory. Each read and each write of it is one step.",
        "Memoria compartida. Cada lectura y cada escritura es un paso.",
    )
    .example("var balance = 100"),
    row(
        BUILT,
        "counter",
        "counter NAME, NAME[n]",
        "Counts what happens, from 0. Changing it is never a step; only promises and charts \
         read it.",
        "Cuenta lo que pasa, desde 0. Cambiarlo nunca es un paso; solo lo leen las promesas \
         y las gráficas.",
    )
    .example("counter dispensed"),
    row(
        BUILT,
        "lock",
        "lock NAME (lease: d)",
        "Held by at most one process at a time. With a lease it frees itself when the time \
         is over.",
        "Lo tiene a lo sumo un proceso a la vez. Con `lease` se libera solo al acabarse el \
         plazo.",
    )
    .example("lock account"),
    row(
        BUILT,
        "rwlock",
        "rwlock NAME",
        "Held by many readers or by one writer: `with NAME.read`, `with NAME.write`.",
        "Lo tienen muchos lectores o un solo escritor: `with NAME.read`, `with NAME.write`.",
    )
    .example("rwlock page"),
    row(
        BUILT,
        "semaphore",
        "semaphore NAME (permits: n)",
        "A number of permits; whoever takes one gives it back.",
        "Cierto número de permisos; quien toma uno lo devuelve.",
    )
    .example("semaphore pool (permits: 10)"),
    row(
        BUILT,
        "condition",
        "condition NAME (lock: LOCK)",
        "Where holders of a lock wait to be notified.",
        "Donde quienes tienen un candado esperan a que les avisen.",
    )
    .example("condition arrived (lock: m)"),
    row(
        BUILT,
        "queue",
        "queue NAME (capacity: n)",
        "A queue of a broker: it keeps messages, hands each out and waits for its ack.",
        "Una cola de un broker: guarda mensajes, entrega cada uno y espera su `ack`.",
    )
    .example("queue jobs (capacity: 100, when_full: reject)"),
    row(
        BUILT,
        "topic",
        "topic NAME",
        "Hands each message to every queue that is made from it.",
        "Reparte cada mensaje a todas las colas que salen de él.",
    )
    .example("topic orders"),
    row(
        BUILT,
        "log",
        "log NAME (partitions: n)",
        "A log that is only added to. Readers keep their own place in it.",
        "Un registro al que solo se agrega. Cada lector guarda su propio lugar.",
    )
    .example("log events (partitions: 4)"),
    row(
        BUILT,
        "group",
        "group NAME (from: LOG)",
        "Consumers that share a log: each partition has one of them.",
        "Consumidores que se reparten un registro: cada partición tiene uno.",
    )
    .example("group billing (from: events, commit: after)"),
    row(
        BUILT,
        "breaker",
        "breaker NAME (window: n, failures: p)",
        "Stops calls for a while when too many of them fail: `with NAME { }`.",
        "Corta las llamadas por un rato cuando fallan demasiadas: `with NAME { }`.",
    )
    .example("breaker guard (window: 10, failures: 40%)"),
    row(
        BUILT,
        "limiter",
        "limiter NAME (rate: r)",
        "Lets only so many through in a time: `with NAME { }`.",
        "Deja pasar solo a tantos por unidad de tiempo: `with NAME { }`.",
    )
    .example("limiter api (rate: 100/s, burst: 20)"),
    row(
        BUILT,
        "cache",
        "cache NAME (ttl: d)",
        "Keeps values by their keys for some time.",
        "Guarda valores por clave durante un tiempo.",
    )
    .example("cache prices (ttl: 60s)"),
    row(
        BUILT,
        "database",
        "database NAME { table NAME = { 1: E } }",
        "Tables with rows, changed in transactions as PostgreSQL does it.",
        "Tablas con filas, que cambian en transacciones como en PostgreSQL.",
    )
    .example("database bank { table accounts = { 1: 100 } }"),
    row(
        BUILT,
        "service",
        "service NAME (workers: n) { on HANDLER(x) { } }",
        "Answers calls over the network. Variables, locks, breakers, limiters and caches in it are each replica's own.",
        "Responde llamadas por la red. Variables, candados, breakers, limitadores y cachés de dentro son de cada réplica.",
    )
    .example("service pay (workers: 4) { on charge(order) { work 5ms } }"),
    row(
        BUILT,
        "link",
        "link A -> B (latency: d)",
        "The network between two things; without one, messages arrive at once.",
        "La red entre dos cosas; sin ella, los mensajes llegan de inmediato.",
    )
    .example("link client -> pay (latency: exp(20ms))"),
    row(
        BUILT,
        "process",
        "process NAME * n { }",
        "Something that moves by itself. With `* n` there are n of them, numbered from 1.",
        "Algo que avanza por sí mismo. Con `* n` hay n, numerados desde 1.",
    )
    .example("process client * 2 { total += 1 }"),
    row(
        BUILT,
        "routine",
        "routine NAME(x) { }",
        "Code that processes share. It may not call itself.",
        "Código que comparten los procesos. No puede llamarse a sí misma.",
    )
    .example("routine withdraw(amount) { balance -= amount }"),
    row(
        BUILT,
        "fault",
        "fault crash NAME at d for d",
        "What goes wrong, and when: `crash`, `pause`, `slow`, `surge`, `fail` or `partition`.",
        "Qué sale mal, y cuándo: `crash`, `pause`, `slow`, `surge`, `fail` o `partition`.",
    )
    .example("fault crash pay at 3s for 2s"),
    row(
        BUILT,
        "always",
        "always E \"WHY\"",
        "A promise that must hold at the start and after every step.",
        "Una promesa que debe cumplirse al inicio y después de cada paso.",
    )
    .example("always balance >= 0 \"never overdrawn\""),
    row(
        BUILT,
        "finally",
        "finally E \"WHY\"",
        "A promise that must hold when nothing can happen any more.",
        "Una promesa que debe cumplirse cuando ya no puede pasar nada.",
    )
    .example("finally total == 2 \"both are counted\""),
    row(
        BUILT,
        "goal",
        "goal E \"WHY\"",
        "A promise about what is measured in a run by the clock.",
        "Una promesa sobre lo que se mide en una ejecución con reloj.",
    )
    .example("goal request.latency.p99 < 300ms"),
    row(
        BUILT,
        "explore",
        "explore (arrivals: n, timeouts: n, depth: n)",
        "Bounds for trying every schedule. Parameters may be lowered here too.",
        "Límites para probar todas las planificaciones. También puede bajar parámetros.",
    )
    .example("explore (depth: 400, clients: 2)"),
    row(
        BUILT,
        "run",
        "run (for: d, warmup: d, seeds: n, seed: n)",
        "How long and how often the clock runs the scenario.",
        "Cuánto tiempo y cuántas veces ejecuta el reloj el escenario.",
    )
    .example("run (for: 60s, warmup: 5s)"),
    row(
        BUILT,
        "chart",
        "chart \"TITLE\" E, E",
        "Lines to draw of what is measured.",
        "Líneas para dibujar con lo que se mide.",
    )
    .example("chart \"Load\" pay.busy, pay.queued"),
    row(
        BUILT,
        "schedule",
        "schedule \"NAME\" { client[1] client[2] * 3 }",
        "A named list of picks, to play and to share.",
        "Una lista de elecciones con nombre, para repetir y compartir.",
    )
    .example("schedule \"both read first\" { client[1] client[2] }"),
    row(
        BUILT,
        "table",
        "table NAME = { KEY: ROW }",
        "Rows of a database, each with its key. `table NAME[n] = ROW` makes rows 1 to n.",
        "Filas de una base de datos, cada una con su clave. `table NAME[n] = ROW` crea las \
         filas 1 a n.",
    )
    .of(&["database"])
    .example("table accounts = { 1: 100, 2: 100 }"),
    row(
        BUILT,
        "on",
        "on HANDLER(x) { }",
        "What a service does when it is called under this name.",
        "Lo que hace un servicio cuando lo llaman con este nombre.",
    )
    .of(&["service"])
    .example("on charge(order) { work 5ms }"),
];
