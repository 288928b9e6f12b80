//! Words that begin statements: what processes and routines do.

use super::{BUILT, Place, Word};

const fn row(
    built: bool,
    word: &'static str,
    form: &'static str,
    en: &'static str,
    es: &'static str,
) -> Word {
    Word::new(built, Place::Verb, word, form, en, es)
}

pub(super) const WORDS: &[Word] = &[
    row(
        BUILT,
        "let",
        "let NAME = E",
        "A local of this process or routine. It can be assigned again.",
        "Una variable local del proceso o de la rutina. Se le puede volver a asignar.",
    )
    .example("let seen = balance"),
    row(
        BUILT,
        "if",
        "if E { } else if E { } else { }",
        "Does the first block whose condition is true.",
        "Hace el primer bloque cuya condición es cierta.",
    )
    .example("if seen >= amount { balance = seen - amount }"),
    row(
        BUILT,
        "match",
        "match E { A => S  B, C => { }  else => S }",
        "One arm for each value, or `else` for the rest.",
        "Un caso por cada valor, o `else` para los demás.",
    )
    .example("match guard { none => withdraw(); lock => with account { withdraw() } }"),
    row(
        BUILT,
        "while",
        "while E { }",
        "Repeats its block as long as the condition is true.",
        "Repite su bloque mientras la condición sea cierta.",
    )
    .example("while turn != self { sleep 1ms }"),
    row(BUILT, "repeat", "repeat n { }", "Does its block n times.", "Hace su bloque n veces.")
        .example("repeat 3 { total += 1 }"),
    row(
        BUILT,
        "for",
        "for NAME in A..B { }",
        "Does its block for each number from A to B, both included.",
        "Hace su bloque con cada número de A a B, ambos incluidos.",
    )
    .example("for i in 1..3 { stock[i] = 0 }"),
    row(BUILT, "break", "break", "Leaves the loop around it.", "Sale del bucle que lo rodea."),
    row(
        BUILT,
        "continue",
        "continue",
        "Goes on with the next round of the loop.",
        "Sigue con la próxima vuelta del bucle.",
    ),
    row(BUILT, "stop", "stop", "Ends the process.", "Termina el proceso."),
    row(
        BUILT,
        "return",
        "return E",
        "Leaves the routine or handler, with a value if one stands there.",
        "Sale de la rutina o del handler, con un valor si lo hay.",
    )
    .example("return seen"),
    row(
        BUILT,
        "sleep",
        "sleep d",
        "Lets time pass. A step that touches nothing.",
        "Deja pasar el tiempo. Un paso que no toca nada.",
    )
    .example("sleep 5ms"),
    row(
        BUILT,
        "work",
        "work d",
        "Computes for that long. Inside a service it needs a core.",
        "Calcula durante ese tiempo. Dentro de un servicio necesita un núcleo.",
    )
    .example("work 2ms"),
    row(
        BUILT,
        "atomic",
        "atomic { }",
        "Does its block in one step; nothing can come between. It may wait only in a \
         leading `wait until`.",
        "Hace su bloque en un solo paso, sin que nada se meta en medio. Solo puede esperar \
         en un `wait until` al principio.",
    )
    .example("atomic { total += 1 }"),
    row(
        BUILT,
        "with",
        "with NAME, NAME { }",
        "Takes a lock, permit, breaker or limiter for its block and lets go at its end.",
        "Toma un candado, un permiso, un breaker o un limitador para su bloque y lo suelta \
         al final.",
    )
    .names(&["lock", "rwlock", "semaphore", "breaker", "limiter"])
    .example("with account { withdraw() }"),
    row(
        BUILT,
        "acquire",
        "acquire NAME",
        "Takes a lock or permit, waiting until it is free.",
        "Toma un candado o un permiso, y espera hasta que esté libre.",
    )
    .names(&["lock", "rwlock", "semaphore"])
    .example("acquire account"),
    row(
        BUILT,
        "release",
        "release NAME",
        "Lets go of a lock or permit.",
        "Suelta un candado o un permiso.",
    )
    .names(&["lock", "rwlock", "semaphore"])
    .example("release account"),
    row(
        BUILT,
        "wait",
        "wait CONDITION",
        "Lets go of the lock and sleeps until notified, in one step. `wait until E` waits \
         for a condition to be true.",
        "Suelta el candado y duerme hasta que le avisen, en un solo paso. `wait until E` \
         espera a que algo sea cierto.",
    )
    .names(&["condition"])
    .example("while ready == 0 { wait arrived }"),
    row(
        BUILT,
        "notify",
        "notify CONDITION",
        "Wakes one that waits; with `all`, everyone. Nobody asleep: the signal is lost.",
        "Despierta a uno que espera; con `all`, a todos. Si nadie duerme, el aviso se pierde.",
    )
    .names(&["condition"])
    .example("notify all arrived"),
    row(
        BUILT,
        "within",
        "within d { }",
        "Gives its block only so much time; then raises `timeout` where the process waits.",
        "Da a su bloque solo ese tiempo; después lanza `timeout` donde el proceso espera.",
    )
    .example("within 300ms { acquire pool }"),
    row(
        BUILT,
        "retry",
        "retry (attempts: n) { }",
        "Tries its block again when it fails, waiting in between.",
        "Vuelve a intentar su bloque cuando falla, con esperas en medio.",
    )
    .example("retry (attempts: 3, backoff: full) { call pay.charge(self) }"),
    row(
        BUILT,
        "try",
        "try { } catch NAME { }",
        "Does its block; an error in it goes to the `catch` that names it.",
        "Hace su bloque; un error pasa al `catch` que lo nombra.",
    )
    .example("try { call pay.ping() } catch timeout { outcome late }"),
    row(
        BUILT,
        "fail",
        "fail NAME \"TEXT\"",
        "Raises an error of that name.",
        "Lanza un error con ese nombre.",
    )
    .names(&["error"])
    .example("fail sold_out"),
    row(
        BUILT,
        "receive",
        "receive QUEUE as NAME { }",
        "Takes the next message, waiting for one. The end of the block acks it, an error \
         nacks it.",
        "Toma el siguiente mensaje, o lo espera. El final del bloque hace `ack`; un error, \
         `nack`.",
    )
    .names(&["queue", "group"])
    .right()
    .example("receive jobs as job { work 1ms }"),
    row(
        BUILT,
        "follow",
        "follow LOG from n as NAME { }",
        "Reads a log from a place on and waits for more.",
        "Lee un registro desde un lugar y espera más.",
    )
    .names(&["log"])
    .example("follow events from 1 as e { note \"{e}\" }"),
    row(
        BUILT,
        "ack",
        "ack NAME",
        "Tells the queue that the message is done.",
        "Avisa a la cola que el mensaje está atendido.",
    )
    .example("ack m"),
    row(
        BUILT,
        "nack",
        "nack NAME",
        "Gives the message back to its queue.",
        "Devuelve el mensaje a su cola.",
    )
    .example("nack m"),
    row(
        BUILT,
        "call",
        "call SERVICE.HANDLER(x)",
        "Calls a service and waits for its answer; `within d` gives up after a time.",
        "Llama a un servicio y espera su respuesta; `within d` desiste pasado un tiempo.",
    )
    .names(&["service"])
    .right()
    .example("call pay.charge(self) within 300ms"),
    row(
        BUILT,
        "send",
        "send E to QUEUE",
        "Sends a message to a queue, topic or log.",
        "Envía un mensaje a una cola, un tema o un registro.",
    )
    .right()
    .example("send { order: 1 } to orders"),
    row(
        BUILT,
        "lookup",
        "lookup CACHE[KEY] { }",
        "What the cache holds; if nothing, the block finds the value and it is kept.",
        "Lo que guarda la caché; si no hay nada, el bloque busca el valor y se guarda.",
    )
    .names(&["cache"])
    .right()
    .example("let v = lookup prices[k] { return call store.read(k) }"),
    row(
        BUILT,
        "update",
        "update TABLE[KEY] set FIELD = E where E",
        "Changes rows. Its value is how many were changed.",
        "Cambia filas. Su valor es cuántas cambió.",
    )
    .names(&["table"])
    .right()
    .example("update seats[1] set taken = true where not taken"),
    row(
        BUILT,
        "insert",
        "insert TABLE[KEY] = E",
        "Adds a row; the same key twice raises `duplicate`.",
        "Agrega una fila; la misma clave dos veces lanza `duplicate`.",
    )
    .names(&["table"])
    .right()
    .example("insert orders[1] = { paid: false }"),
    row(
        BUILT,
        "delete",
        "delete TABLE[KEY]",
        "Takes rows away, or what a cache keeps for a key.",
        "Quita filas, o lo que una caché guarda para una clave.",
    )
    .names(&["table", "cache"])
    .right()
    .example("delete prices[1]"),
    row(
        BUILT,
        "together",
        "together { } and { }",
        "Does its blocks at once and waits for all: the first error then goes on. A `within` around it leaves them running.",
        "Hace sus bloques a la vez y espera a todos: luego sigue el primer error. Un `within` de fuera los deja en marcha.",
    )
    .example("together { call a.ping() } and { call b.ping() }"),
    row(
        BUILT,
        "choose",
        "choose { } or { }",
        "Does one of its blocks: which one is anybody's choice.",
        "Hace uno de sus bloques: cuál, lo decide quien elige.",
    )
    .example("choose { note \"left\" } or { note \"right\" }"),
    row(
        BUILT,
        "transaction",
        "transaction DATABASE { }",
        "Does its block as one transaction: committed at its end, undone by an error.",
        "Hace su bloque como una transacción: se confirma al final, un error la deshace.",
    )
    .names(&["database"])
    .example("transaction bank { accounts[1] = 0 }"),
    row(
        BUILT,
        "abort",
        "abort",
        "Undoes the transaction and leaves it.",
        "Deshace la transacción y sale de ella.",
    ),
    row(
        BUILT,
        "saga",
        "saga { step \"NAME\" { } undo { } }",
        "Steps that are undone in reverse when a later one fails.",
        "Pasos que se deshacen en orden inverso cuando falla uno posterior.",
    )
    .example("saga { step \"reserve\" { reserve() } undo { give_back() } }"),
    row(
        BUILT,
        "assert",
        "assert E \"WHY\"",
        "A promise about this place: it must be true whenever a process comes by.",
        "Una promesa sobre este lugar: debe ser cierta cada vez que un proceso pasa.",
    )
    .example("assert title == body \"a whole page\""),
    row(
        BUILT,
        "outcome",
        "outcome NAME",
        "Names how this instance ended, for counts and charts.",
        "Da nombre a cómo terminó esta instancia, para los conteos y las gráficas.",
    )
    .example("outcome fallback"),
    row(
        BUILT,
        "record",
        "record NAME = E",
        "Measures a value under a name of its own.",
        "Mide un valor con un nombre propio.",
    )
    .example("record lateness = 3ms"),
    row(
        BUILT,
        "scale",
        "scale SERVICE to n",
        "Changes how many replicas a service has.",
        "Cambia cuántas réplicas tiene un servicio.",
    )
    .names(&["service"])
    .example("scale pay to 3"),
    row(
        BUILT,
        "note",
        "note \"TEXT\"",
        "Writes into the story; `{E}` shows a value.",
        "Escribe en la historia; `{E}` muestra un valor.",
    )
    .example("note \"from {now} to {next}\""),
    row(
        BUILT,
        "spawn",
        "spawn ROUTINE(x)",
        "Runs a routine in the background.",
        "Ejecuta una rutina en segundo plano.",
    )
    .names(&["routine"])
    .example("spawn send_mail(order)"),
    row(
        BUILT,
        "step",
        "step \"NAME\" { } undo { }",
        "A step of a saga, with what undoes it.",
        "Un paso de una saga, con lo que lo deshace.",
    )
    .of(&["saga"])
    .example("step \"charge\" { call pay.charge(1) } undo { call pay.refund(1) }"),
];
