//! Words behind what they belong to, and between values.

use super::{BUILT, LATER, Place, Word};

const fn row(
    built: bool,
    word: &'static str,
    form: &'static str,
    en: &'static str,
    es: &'static str,
) -> Word {
    Word::new(built, Place::Clause, word, form, en, es)
}

pub(super) const WORDS: &[Word] = &[
    row(
        BUILT,
        "then",
        "if E then A else B",
        "The value if the condition is true.",
        "El valor si la condición es cierta.",
    )
    .example("let k = if ready then 1 else 2"),
    row(
        BUILT,
        "else",
        "else { }",
        "What happens, or what is meant, otherwise.",
        "Lo que pasa, o lo que vale, en otro caso.",
    ),
    row(
        BUILT,
        "and",
        "A and B",
        "True if both are; the right side is looked at only if the left one is true.",
        "Cierto si ambos lo son; el lado derecho se mira solo si el izquierdo es cierto.",
    ),
    row(
        BUILT,
        "or",
        "A or B",
        "True if one is; the right side is looked at only if the left one is false.",
        "Cierto si uno lo es; el lado derecho se mira solo si el izquierdo es falso.",
    ),
    row(BUILT, "not", "not E", "True if E is false.", "Cierto si E es falso."),
    row(
        BUILT,
        "mod",
        "A mod B",
        "The remainder of a division, with the sign of B.",
        "El resto de una división, con el signo de B.",
    ),
    row(
        BUILT,
        "true",
        "true",
        "The value of a condition that holds.",
        "El valor de una condición que se cumple.",
    ),
    row(
        BUILT,
        "false",
        "false",
        "The value of a condition that does not hold.",
        "El valor de una condición que no se cumple.",
    ),
    row(
        BUILT,
        "none",
        "none",
        "No value; also a label of a choice. As an option: no limit of time, no other thing.",
        "Ningún valor; también una etiqueta de una elección. En una opción: sin plazo, nada \
         más.",
    ),
    row(
        BUILT,
        "self",
        "self",
        "The number of this process among its kind, from 1.",
        "El número de este proceso entre los de su clase, desde 1.",
    ),
    row(
        BUILT,
        "replica",
        "replica",
        "In a handler: the number of the replica that works on the call, from 1.",
        "En un manejador: el número de la réplica que atiende la llamada, desde 1.",
    )
    .of(&["service"]),
    row(
        BUILT,
        "in",
        "in A..B",
        "The bounds of a parameter or a loop; both ends belong to them.",
        "Los límites de un parámetro o de un bucle; ambos extremos cuentan.",
    ),
    row(
        BUILT,
        "of",
        "VALUE of A, B",
        "The values that a choice can take.",
        "Los valores que puede tomar una elección.",
    ),
    row(
        LATER,
        "replica",
        "replica",
        "The number of this replica of the service, from 1.",
        "El número de esta réplica del servicio, desde 1.",
    ),
    row(
        BUILT,
        "as",
        "as NAME",
        "Gives a name to what was taken, received or caught.",
        "Da un nombre a lo que se tomó, se recibió o se atrapó.",
    ),
    row(
        BUILT,
        "if",
        "if E",
        "At the end of a header: if E is false the block runs bare, and a process, fault or \
         promise does not exist.",
        "Al final de un encabezado: si E es falso el bloque corre sin más, y un proceso, \
         fallo o promesa no existe.",
    )
    .example("with account if careful { withdraw() }"),
    row(
        BUILT,
        "until",
        "until E",
        "Until when processes arrive, or what `wait` waits for.",
        "Hasta cuándo llegan procesos, o lo que espera `wait`.",
    )
    .of(&["process", "wait"]),
    row(BUILT, "times", "times n", "How many arrive in all.", "Cuántos llegan en total.")
        .of(&["process"]),
    row(
        BUILT,
        "every",
        "every d",
        "One arrives after each gap of this length, whatever the others do.",
        "Llega uno cada vez que pasa este tiempo, hagan lo que hagan los demás.",
    )
    .of(&["process"])
    .example("process request every exp(40/s) { call pay.ping() }"),
    row(
        BUILT,
        "again",
        "again after d",
        "Starts anew this long after it ended.",
        "Vuelve a empezar este tiempo después de terminar.",
    )
    .of(&["process"])
    .example("process user * 50 again after 1s { visit() }"),
    row(
        BUILT,
        "forever",
        "forever",
        "Starts its block again at once; being left waiting is no failure.",
        "Vuelve a empezar su bloque de inmediato; quedarse esperando no es un fallo.",
    )
    .of(&["process"])
    .example("process relay forever { sleep 1s }"),
    row(
        BUILT,
        "receive",
        "receive QUEUE as NAME",
        "Does its block for each message of a queue or group.",
        "Hace su bloque con cada mensaje de una cola o un grupo.",
    )
    .of(&["process"])
    .names(&["queue", "group"])
    .example("process worker * 4 receive jobs as m { work 1ms }"),
    row(
        BUILT,
        "after",
        "after d",
        "The time before a message can be received, or before a process starts anew.",
        "El tiempo antes de que un mensaje se pueda recibir, o de que un proceso vuelva a \
         empezar.",
    )
    .of(&["send", "process"]),
    row(
        BUILT,
        "within",
        "within d",
        "Gives up after this time with `timeout`.",
        "Desiste pasado este tiempo con `timeout`.",
    )
    .of(&["call", "receive"]),
    row(
        BUILT,
        "to",
        "to NAME",
        "Where a message goes, how many replicas there shall be, or the end of a time.",
        "Adónde va un mensaje, cuántas réplicas debe haber, o el final de un plazo.",
    )
    .of(&["send", "scale", "fault"])
    .names(&["queue", "topic", "log"]),
    row(
        BUILT,
        "key",
        "key E",
        "What decides the partition of a log.",
        "Lo que decide la partición de un registro.",
    )
    .of(&["send"]),
    row(
        BUILT,
        "from",
        "from E",
        "The place of a log to read from, or when a fault begins.",
        "El lugar de un registro desde donde leer, o cuándo empieza un fallo.",
    )
    .of(&["follow", "fault"]),
    row(
        BUILT,
        "all",
        "notify all NAME",
        "Wakes everyone who waits.",
        "Despierta a todos los que esperan.",
    )
    .of(&["notify"])
    .names(&["condition"]),
    row(
        BUILT,
        "catch",
        "catch NAME, NAME as NAME { }",
        "What to do about these errors; without names, about any.",
        "Qué hacer con estos errores; sin nombres, con cualquiera.",
    )
    .of(&["try"])
    .names(&["error"]),
    row(
        BUILT,
        "undo",
        "undo { }",
        "What undoes this step when a later one fails.",
        "Lo que deshace este paso cuando falla uno posterior.",
    )
    .of(&["saga"]),
    row(BUILT, "for", "for d", "How long a fault lasts.", "Cuánto dura un fallo.").of(&["fault"]),
    row(
        BUILT,
        "set",
        "set FIELD = E",
        "The fields of the rows to change.",
        "Los campos que cambian en las filas.",
    )
    .of(&["update"]),
    row(BUILT, "where", "where E", "Which rows are meant.", "Qué filas se tocan.")
        .of(&["update", "delete", "count", "sum", "min", "max"]),
    row(
        BUILT,
        "update",
        "TABLE[KEY] for update",
        "Reads a row and locks it up to the end of the transaction.",
        "Lee una fila y la bloquea hasta el final de la transacción.",
    )
    .of(&["transaction"])
    .example("let row = accounts[1] for update"),
    row(BUILT, "at", "at d", "When a fault strikes.", "Cuándo ocurre un fallo.").of(&["fault"]),
    row(
        BUILT,
        "anytime",
        "anytime",
        "A fault that hand and explorer may let strike at any step.",
        "Un fallo que la mano y el explorador pueden provocar en cualquier paso.",
    )
    .of(&["fault"]),
    row(
        BUILT,
        "most",
        "at most n",
        "How often a fault may strike.",
        "Cuántas veces puede ocurrir un fallo.",
    )
    .of(&["fault"]),
    row(
        BUILT,
        "by",
        "by n",
        "How many times slower, or how many times more.",
        "Cuántas veces más lento, o cuántas veces más.",
    )
    .of(&["fault"]),
    row(
        BUILT,
        "crash",
        "fault crash NAME at d for d",
        "Ends an instance at once; none of its code runs. With `for` it starts again.",
        "Corta una instancia en seco; nada de su código corre. Con `for` vuelve a empezar.",
    )
    .of(&["fault"])
    .names(&["process", "service"])
    .example("fault crash pay at 3s for 2s"),
    row(
        BUILT,
        "pause",
        "fault pause NAME at d for d",
        "Stops an instance for a while; it notices nothing.",
        "Detiene una instancia un rato; ella no nota nada.",
    )
    .of(&["fault"])
    .names(&["process", "service"])
    .example("fault pause worker[1] at 500ms for 10s"),
    row(
        BUILT,
        "slow",
        "fault slow NAME by n from d to d",
        "Makes its work take n times as long.",
        "Hace que su trabajo tarde n veces más.",
    )
    .of(&["fault"])
    .names(&["service"])
    .example("fault slow pay by 10 from 5s to 8s"),
    row(
        BUILT,
        "surge",
        "fault surge PROCESS by n from d to d",
        "Lets n times as many arrive.",
        "Hace llegar n veces más.",
    )
    .of(&["fault"])
    .names(&["process"])
    .example("fault surge request by 3 from 5s to 8s"),
    row(
        BUILT,
        "fail",
        "fault fail QUEUE p",
        "Lets that share of what is sent there meet `unavailable`.",
        "Hace que esa parte de lo que se le envía choque con `unavailable`.",
    )
    .of(&["fault"])
    .names(&["queue", "topic", "log", "service"])
    .example("fault fail jobs 50% from 5s to 8s"),
    row(
        BUILT,
        "partition",
        "fault partition A B from d to d",
        "Cuts the link between two things: what is on it is lost.",
        "Corta el enlace entre dos cosas: lo que va por él se pierde.",
    )
    .of(&["fault"])
    .names(&["process", "service", "queue", "topic", "log"])
    .example("fault partition client jobs from 5s to 8s"),
];
