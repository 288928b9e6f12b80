//! Diagnostics in Spanish.

use super::ceilings_es::{too_much, too_much_help};
use super::diagnostics::{Expected, Found, Hint, Kind, Message, Thing, ticks};
use crate::program::Error;

pub(super) fn message(message: &Message) -> String {
    match message {
        Message::UnknownSign { found, .. } => format!("`{found}` no es un signo del lenguaje"),
        Message::UnknownUnit { found } => {
            format!("se esperaba una unidad: ns us ms s min h; se encontró `{found}`")
        }
        Message::StuckNumber { kind, found } => {
            format!(
                "se esperaba un espacio o un operador después {}; se encontró `{found}`",
                match *kind {
                    "percentage" => "del porcentaje",
                    "rate" => "de la tasa",
                    "number" => "del número",
                    _ => "de la duración",
                }
            )
        }
        Message::UnclosedText => "se esperaba `\"` al final del texto".to_owned(),
        Message::UnknownEscape { found } => {
            format!("se esperaba `\\\"`, `\\\\`, `\\{{` o `\\n`; se encontró `{found}`")
        }
        Message::NumberTooLarge { found } => format!("`{found}` no cabe en 64 bits"),
        Message::UnevenDuration { found } => {
            format!("`{found}` no es un número entero de nanosegundos")
        }
        Message::UnevenPercent { found } => {
            format!("`{found}` no es un número entero de millonésimas")
        }
        Message::UnevenRate { found } => {
            format!("`{found}` no es un número entero de sucesos en 1000 horas")
        }
        Message::Fraction { found } => {
            format!("se esperaba un número entero; se encontró `{found}`")
        }
        Message::Expected { what, found, .. } => {
            format!("se esperaba {}; se encontró {}", expected(what), self::found(found))
        }
        Message::ScenarioFirst { found } => {
            format!("se esperaba primero `scenario \"...\"`; se encontró {}", self::found(found))
        }
        Message::NotClosed { sign, line, column, found } => {
            let closing = super::diagnostics::closing(sign);
            format!(
                "se esperaba `{closing}` para el `{sign}` de {line}:{column}; se encontró {}",
                self::found(found)
            )
        }
        Message::Data(_) | Message::Saga(_) => String::new(),
        Message::NotBuilt { what } => format!("`{what}` todavía no está construido"),
        Message::UnknownName { thing: Thing::Value, name, .. } => {
            format!("aquí nada se llama `{name}`")
        }
        Message::UnknownName { thing: Thing::Sendable, name, .. } => {
            format!("ninguna cola, ningún tema ni registro se llama `{name}`")
        }
        Message::UnknownName { thing, name, .. } => {
            format!("no hay {} con el nombre `{name}`", bare_noun(*thing))
        }
        Message::Twice { name, line } => {
            format!("`{name}` está declarado dos veces: primero en la línea {line}")
        }
        Message::NoSuchLabel { labels, found, .. } => {
            format!("se esperaba uno de {}; se encontró `{found}`", labels.join(", "))
        }
        Message::UnknownOption { of, options, found, .. } => {
            let options = options.join(", ");
            format!("se esperaba una opción de `{of}`: {options}; se encontró `{found}`")
        }
        Message::OptionTwice { name } => format!("`{name}` está puesto dos veces"),
        Message::WrongKind { expected, found } => {
            format!("se esperaba {}; se encontró {}", kind(expected), kind(found))
        }
        Message::NoOperation { sign, left, right } => {
            format!("`{sign}` no admite {} y {}", kind(left), kind(right))
        }
        Message::WrongThing { name, is, expected } => {
            format!("se esperaba {}, pero `{name}` es {}", noun(*expected), noun(*is))
        }
        Message::CounterRead { name } => {
            format!("`{name}` es un contador: un proceso puede cambiarlo, pero no leerlo")
        }
        Message::NotConstant { name } => format!("se esperaba una constante, y `{name}` no lo es"),
        Message::NotAssignable { name, is } => {
            format!("`{name}` es {} y no admite asignaciones", noun(*is))
        }
        Message::NoField { name, is, found, .. } => {
            format!("`{name}` es {} y no tiene `.{found}`", noun(*is))
        }
        Message::NeedsSide { name } => {
            format!("`{name}` es un `rwlock`: se esperaba `{name}.read` o `{name}.write`")
        }
        Message::NoSide { name, is, side } => {
            format!("`.{side}` es propio de un `rwlock`, y `{name}` es {}", noun(*is))
        }
        Message::NeedsLease { name, word } => {
            format!("`{word}` es propio de un candado con plazo (`lease`), y `{name}` no caduca")
        }
        Message::MineGlance { name } => {
            format!("`{name}.mine` es un paso propio y no puede ir aquí")
        }
        Message::MissingOption { of, option } => format!("a `{of}` le falta la opción `{option}`"),
        Message::NoKey { found } => {
            format!(
                "se esperaba como clave un entero, una opción o un texto; se encontró {}",
                kind(found)
            )
        }
        Message::OnlyTime { name } => {
            format!("`{name}` sortea un tiempo: solo va donde se gasta tiempo")
        }
        Message::UntilNotFirst => "`wait until` va al principio de un `atomic`, o no va".to_owned(),
        Message::NotAnArray { name } => format!("`{name}` no es un arreglo"),
        Message::NeedsIndex { name } => {
            format!("`{name}` es un arreglo: se esperaba `[` y un índice")
        }
        Message::ArgumentCount { routine, expected, found } => {
            let values = if *expected == 1 { "valor" } else { "valores" };
            format!("`{routine}` toma {expected} {values}; se encontraron {found}")
        }
        Message::NoValue { routine } => format!("`{routine}` no devuelve ningún valor"),
        Message::MissingReturn { routine } => {
            format!("se usa el valor de `{routine}`, pero no lo devuelve por todos los caminos")
        }
        Message::MixedReturn => {
            "se esperaba `return` siempre con un valor o siempre sin él".to_owned()
        }
        Message::ReturnInProcess => "`return` solo puede estar en una rutina".to_owned(),
        Message::Recursive { chain } => {
            let chain: Vec<String> = chain.iter().map(|name| ticks(name)).collect();
            format!("una rutina no puede llamarse a sí misma: {}", chain.join(" llama a "))
        }
        Message::CallInside { routine } => {
            format!("una llamada a `{routine}` no puede estar dentro de una expresión")
        }
        Message::DrawInside { word } => format!("`{word}` no puede estar dentro de una expresión"),
        Message::AtomicWaits { word, through: None } => {
            format!("`{word}` no puede estar en `atomic`: un solo paso no puede esperar")
        }
        Message::AtomicWaits { word, through: Some(routine) } => {
            format!(
                "`{routine}` no puede llamarse en `atomic`: contiene `{word}`, y un solo paso no puede esperar"
            )
        }
        Message::OutsideLoop { word } => format!("`{word}` solo puede estar en un bucle"),
        Message::SelfInHandler => {
            "`self` es el número de un proceso, y una petición no tiene".to_owned()
        }
        Message::OwnThing { name, service } => {
            format!(
                "`{name}` es de cada réplica de `{service}`, y solo sus manejadores llegan a él"
            )
        }
        Message::SaysNothing { option, other, needs } => {
            let how = if *needs { "sin" } else { "junto a" };
            format!("`{option}` no dice nada {how} `{other}`")
        }
        Message::SelfOutside => "`self` solo puede estar en un proceso o en una rutina".to_owned(),
        Message::MatchMissing { labels } => {
            format!("a este `match` le falta un caso para {}", labels.join(", "))
        }
        Message::MatchNeedsElse => {
            "un `match` sobre números o textos necesita un caso `else`".to_owned()
        }
        Message::MatchTwice { pattern } => format!("`{pattern}` ya tiene un caso"),
        Message::PickNeedsNumber { name } => format!("¿cuál `{name}`? hay varios"),
        Message::PickNoNumber { name } => format!("`{name}` es un solo proceso, sin número"),
        Message::PickPlain { name } => format!("`{name}` va aquí sin número"),
        Message::PickNoProcess { word } => {
            format!("con estos parámetros no hay `{word}`")
        }
        Message::PickFromOne => "se esperaba un número a partir de 1".to_owned(),
        Message::ShapeDiffers { name, line, expected, found } => format!(
            "a `{name}` se le envía {} en la línea {line}, y aquí {}",
            fields(expected),
            fields(found)
        ),
        Message::NeverSent { name } => {
            format!("nadie envía nada a `{name}`: no se sabe qué llevan sus mensajes")
        }
        Message::AnsweredAlready { name, word, followed: false } => {
            format!("`{word} {name}` sobra: el final del bloque responde por `{name}`")
        }
        Message::AnsweredAlready { name, word, followed: true } => {
            format!("`{word} {name}` sobra: lo leído con `follow` se queda en su registro")
        }
        Message::NoOffset { name, is } => {
            format!("solo un registro (`log`) tiene lugares, y `{name}` es {}", noun(*is))
        }
        Message::OffsetOverLink { from, to } => {
            format!("por el `link {from} -> {to}` no vuelve ninguna respuesta con el lugar")
        }
        Message::FollowParts { name, partitions } => {
            format!("`follow` lee un registro de una sola parte, y `{name}` tiene {partitions}")
        }
        Message::RecordHere => {
            "aquí solo cabe un valor suelto, no un registro ni un mensaje".to_owned()
        }
        Message::BranchLeaves { word } => {
            format!("con `{word}` no se sale de una rama de `together`")
        }
        Message::BranchAssigns { name } => {
            format!("`{name}` es del proceso de fuera: la rama solo tiene una copia")
        }
        Message::RecordCompared => "los registros solo se comparan con `none`".to_owned(),
        Message::DeadLetterCircle { chain } => match &chain[..] {
            [one] | [one, _] => format!("el `dead_letter` de `{one}` no puede ser ella misma"),
            _ => {
                let chain: Vec<String> = chain.iter().map(|name| ticks(name)).collect();
                format!("lo que falla daría vueltas sin fin: de {}", chain.join(" a "))
            }
        },
        Message::LinkUnused { from, to } => format!("`{from}` no envía nada a `{to}`"),
        Message::NoLink { from, to } => format!("no hay `link` entre `{from}` y `{to}`"),
        Message::SurgeNeedsArrivals { name } => {
            format!("`surge` acerca las llegadas, y `{name}` no llega con `every`")
        }
        Message::CountHere { name } => {
            format!("`{name}` es un conteo: un proceso no puede leerlo")
        }
        Message::MeasureHere { name } => {
            format!("`{name}` se mide: solo puede estar en un `goal` o un `chart`")
        }
        Message::NeedsStatistic { name } => {
            format!("`{name}` no es un número: se esperaba qué se dice de ello")
        }
        Message::NoStatistic { known, found } => {
            format!("se esperaba uno de {}; se encontró `{found}`", known.join(", "))
        }
        Message::EmptyRange { least, greatest } => {
            format!("el rango `{least}..{greatest}` está vacío")
        }
        Message::OutsideRange { name, found, least, greatest } => {
            format!("se esperaba `{name}` en {least}..{greatest}; se encontró {found}")
        }
        Message::ConstantError { error } => match error {
            Error::Overflow => "esto no cabe en 64 bits",
            Error::DivisionByZero => "esto divide entre cero",
            Error::OutsideArray => "esto queda fuera del arreglo",
            Error::NotHeld => "este candado no está tomado",
            Error::NegativeTime => "un tiempo no puede ser negativo",
            Error::NoValue => "con `none` no se puede calcular",
            Error::TooMany => "no hay lugar para tanto",
            _ => "esto no se puede hacer aquí",
        }
        .to_owned(),
        Message::TooSmall { found, least } => {
            format!("se esperaba al menos {least}; se encontró {found}")
        }
        Message::TooGreat { found, greatest } => {
            format!("se esperaba como máximo {greatest}; se encontró {found}")
        }
        Message::WholeSeconds { found } => {
            format!("una ventana de tiempo dura segundos enteros; se encontró {found}")
        }
        Message::EarnsInBucket => "solo se ganan fichas en un `bucket`".to_owned(),
        Message::PauseNeedsFor => "una pausa a una hora dada necesita `for`".to_owned(),
        Message::IndexOutside { name, index, length } => {
            format!("`{name}` tiene los elementos 1..{length}; se encontró {index}")
        }
        Message::NothingToCompare => "un rango vacío no tiene mínimo ni máximo".to_owned(),
        Message::UnknownParameter { name, names, .. } => {
            if names.is_empty() {
                format!("este escenario no tiene parámetros; se encontró `{name}`")
            } else {
                format!("se esperaba uno de {}; se encontró `{name}`", names.join(", "))
            }
        }
        Message::BadValue { name, expected, found } => {
            format!("se esperaba {} para `{name}`; se encontró `{found}`", kind(expected))
        }
        Message::TooMuch { what, most } => too_much(*what, *most),
    }
}

pub(super) fn help(message: &Message) -> Option<String> {
    let nearest =
        |name: &Option<String>| name.as_ref().map(|name| format!("¿quisiste decir `{name}`?"));
    match message {
        Message::UnknownSign { instead, .. } => {
            instead.map(|instead| format!("escribe `{instead}`"))
        }
        Message::StuckNumber { kind: "percentage", .. } => Some("el resto es `mod`".to_owned()),
        Message::Fraction { .. } => {
            Some("una fracción se escribe como porcentaje: `150%`".to_owned())
        }
        Message::WrongKind { expected: Kind::Duration, found: Kind::Int } => {
            Some("un tiempo lleva unidad: `5ms`, `2s`".to_owned())
        }
        Message::Expected { hint: Some(hint), .. } => Some(self::hint(hint)),
        Message::UnknownOption { found, of: "retry", .. } if found == "jitter" => {
            Some("el azar es parte de `backoff`: `full`, `equal` o `decorrelated`".to_owned())
        }
        Message::UnknownName { nearest: name, .. }
        | Message::UnknownOption { nearest: name, .. }
        | Message::NoSuchLabel { nearest: name, .. }
        | Message::UnknownParameter { nearest: name, .. } => nearest(name),
        Message::Twice { .. } => Some("elige otro nombre".to_owned()),
        Message::CounterRead { name } => {
            Some(format!("un contador solo observa; para decidir con él, declara `var {name}`"))
        }
        Message::NotConstant { .. } => Some(
            "son constantes los números, los parámetros y los `let` de nivel superior".to_owned(),
        ),
        Message::NotAssignable { is, .. } => match is {
            Thing::Param => Some("cópialo: `let x = …`, o declara un `var`".to_owned()),
            Thing::Constant => Some("decláralo con `var` si los procesos lo cambian".to_owned()),
            Thing::Lock | Thing::RwLock | Thing::Semaphore => {
                Some("tómalo con `with` o `acquire`".to_owned())
            }
            Thing::Breaker | Thing::Limiter => Some("pásalo con `with`".to_owned()),
            Thing::Round => Some("cópialo: `let x = …`".to_owned()),
            _ => None,
        },
        Message::NoField { fields, .. } if fields.is_empty() => None,
        Message::NoField { name, fields, .. } => {
            let fields: Vec<String> =
                fields.iter().map(|field| ticks(&format!("{name}.{field}"))).collect();
            Some(format!("lo que hay: {}", fields.join(", ")))
        }
        Message::NeedsSide { .. } => {
            Some("pueden leer muchos a la vez; escribe uno solo".to_owned())
        }
        Message::NoSide { name, .. } => Some(format!("escribe `{name}`")),
        Message::NeedsLease { name, .. } => {
            Some(format!("declara cuándo caduca: `lock {name} (lease: 5s)`"))
        }
        Message::MineGlance { name } => Some(format!("pregúntalo antes: `let held = {name}.mine`")),
        Message::MissingOption { of: "semaphore", .. } => {
            Some("di cuántos pueden tenerlo a la vez: `(permits: 3)`".to_owned())
        }
        Message::MissingOption { of: "limiter", .. } => {
            Some("di cuántos pueden pasar por unidad de tiempo: `(rate: 10/s)`".to_owned())
        }
        Message::MissingOption { of: "breaker", .. } => {
            Some("di desde cuándo una llamada es lenta: `(slow: 50%, slow_after: 1s)`".to_owned())
        }
        Message::EarnsInBucket => Some("quita `kind`, o `earn`".to_owned()),
        Message::MissingOption { of: "group", .. } => {
            Some("di qué registro lee: `(from: events)`".to_owned())
        }
        Message::MissingOption { of: "condition", .. } => {
            Some("di qué candado suelta: `(lock: m)`".to_owned())
        }
        Message::OnlyTime { .. } => {
            Some("detrás de `sleep`, `work`, `every` o `again after`".to_owned())
        }
        Message::UntilNotFirst => {
            Some("un paso espera antes de empezar; ponlo delante del `atomic`".to_owned())
        }
        Message::NotAnArray { name } => Some(format!("escribe `{name}` sin índice")),
        Message::NeedsIndex { name } => {
            Some(format!("los elementos se cuentan desde 1: `{name}[1]`"))
        }
        Message::NoValue { .. } => {
            Some("haz que devuelva un valor con `return`, o llámala sola".to_owned())
        }
        Message::MissingReturn { .. } => {
            Some("termina cada camino con `return` y un valor".to_owned())
        }
        Message::ReturnInProcess => Some("`stop` termina un proceso".to_owned()),
        Message::Recursive { .. } => Some("usa `while` o `repeat`".to_owned()),
        Message::CallInside { routine } => Some(format!(
            "puede esperar, así que va sola o a la derecha de `=` o `return`: `let x = {routine}(…)`"
        )),
        Message::DrawInside { word } => {
            Some(format!("es un paso aparte: `let x = {word}(…)`, o toda la condición de un `if`"))
        }
        Message::AtomicWaits { .. } => Some("ponlo antes o después del `atomic`".to_owned()),
        Message::MatchMissing { .. } | Message::MatchNeedsElse => {
            Some("añade el caso, o `else => { }`".to_owned())
        }
        Message::PickNeedsNumber { name } => Some(format!("escribe `{name}[1]`")),
        Message::PickNoNumber { name } | Message::PickPlain { name } => {
            Some(format!("escribe `{name}`"))
        }
        Message::EmptyRange { .. } => Some("el límite menor va primero".to_owned()),
        Message::PauseNeedsFor => Some("di cuánto dura: `for 1s`".to_owned()),
        Message::TooMuch { what, .. } => Some(too_much_help(*what).to_owned()),
        Message::ShapeDiffers { .. } => {
            Some("todos los mensajes de una cola llevan los mismos campos".to_owned())
        }
        Message::NeverSent { name } => {
            Some(format!("envíale algo: `send {{ order: 1 }} to {name}`"))
        }
        Message::AnsweredAlready { word, followed: false, .. } => Some(format!(
            "para responder tú, recíbelo así: `let m = receive q`, y después `{word} m`"
        )),
        Message::AnsweredAlready { .. } => Some("quita esta línea".to_owned()),
        Message::OffsetOverLink { .. } => {
            Some("quien envía sigue su camino; quita el `link`, o el `let`".to_owned())
        }
        Message::FollowParts { name, .. } => Some(format!(
            "léelo con un grupo: `group readers (from: {name})`, o pon `partitions: 1`"
        )),
        Message::RecordHere => Some(
            "toma uno de sus campos, como `r.amount`; los registros se guardan en `let` y en mapas"
                .to_owned(),
        ),
        Message::BranchLeaves { .. } => {
            Some("una rama acaba en su `}`; con `fail` sale con un error".to_owned())
        }
        Message::BranchAssigns { .. } => {
            Some("guarda lo que halle la rama en un `var` o bajo una clave de un mapa".to_owned())
        }
        Message::RecordCompared => {
            Some("compara sus campos, como en `a.amount == b.amount`".to_owned())
        }
        Message::DeadLetterCircle { .. } => {
            Some("nombra una cola que no lleve de vuelta aquí, o quita `dead_letter`".to_owned())
        }
        Message::OwnThing { name, .. } => Some(format!(
            "en un manejador escribe `{name}`; que un manejador responda lo que otros necesitan saber"
        )),
        Message::SaysNothing { other, needs: true, .. } => {
            Some(format!("añade `{other}` o quítalo"))
        }
        Message::SaysNothing { .. } => Some("quítalo".to_owned()),
        Message::SelfInHandler => Some(
            "que quien llama dé lo que hace falta: `call s.h(self)` y `on h(quien)`".to_owned(),
        ),
        Message::LinkUnused { from, to } => {
            Some(format!("un `link` va de un proceso a donde envía: `send … to {to}` en `{from}`"))
        }
        Message::NoLink { from, to } => Some(format!("declara `link {from} -> {to}`")),
        Message::SurgeNeedsArrivals { name } => {
            Some(format!("escribe por ejemplo `process {name} every 100ms`"))
        }
        Message::CountHere { .. } => {
            Some("un conteo va en `always`, `finally`, `goal` o `chart`".to_owned())
        }
        Message::MeasureHere { .. } => {
            Some("los procesos y las promesas ven lo que hay ahora, como `q.length`".to_owned())
        }
        Message::NeedsStatistic { name } => Some(format!("escribe por ejemplo `{name}.p99`")),
        _ => None,
    }
}

/// Los campos de un mensaje.
fn fields(fields: &[String]) -> String {
    match fields {
        [one] if !one.contains(": ") => format!("un valor simple ({one})"),
        _ => format!("{{ {} }}", fields.join(", ")),
    }
}

fn hint(hint: &Hint) -> String {
    match hint {
        Hint::OperatorAbove => "un operador va al final de la línea anterior".to_owned(),
        Hint::FinallyIsPromise => {
            "`with` suelta por sí solo; `finally` es una promesa de nivel superior".to_owned()
        }
        Hint::Reserved(word) => format!("`{word}` está reservado"),
        Hint::BraceOnHeader => "`{` va en la línea de su encabezado".to_owned(),
        Hint::Chained => "las comparaciones no se encadenan: `a < b and b < c`".to_owned(),
        Hint::StatementAtTop => {
            "lo que se hace va dentro de un proceso, una rutina o un manejador".to_owned()
        }
        Hint::DeclarationInside => "lo que existe se declara en el nivel superior".to_owned(),
        Hint::VerbAsRoutine => "una rutina no puede llamarse como un verbo".to_owned(),
        Hint::Semicolon => "dos instrucciones en una línea se separan con `;`".to_owned(),
        Hint::Nearest(word) => format!("¿quisiste decir `{word}`?"),
        Hint::EqualSign => "`=` asigna, `==` compara".to_owned(),
        Hint::Bounds => "un número tiene límites: `= 2 in 1..6`".to_owned(),
        Hint::BlockNeedsBraces => "lo que va junto se pone entre `{ }`".to_owned(),
        Hint::ForUpdate => "`for update` va solo o a la derecha de `=` o `return`".to_owned(),
        Hint::QueueFirst { queue, message } => {
            format!("primero va la cola: `receive {queue} as {message} {{ … }}`")
        }
    }
}

fn expected(what: &Expected) -> String {
    match what {
        Expected::Name => "un nombre".to_owned(),
        Expected::Value => "un valor".to_owned(),
        Expected::Statement => "una instrucción".to_owned(),
        Expected::Declaration => "una declaración".to_owned(),
        Expected::LineEnd => "el final de la línea o `;`".to_owned(),
        Expected::ConditionEnd => "`and`, `or` o el final de la condición".to_owned(),
        Expected::ProcessHeader => {
            "`*`, `every`, `again after`, `forever`, `receive`, `if` o `{`".to_owned()
        }
        Expected::Error => "el nombre de un error".to_owned(),
        Expected::Text => "un texto entre comillas".to_owned(),
        Expected::WholeNumber => "un número entero".to_owned(),
        Expected::Pattern => "un valor con que comparar, o `else`".to_owned(),
        Expected::ParameterType => {
            "`int`, `duration`, `rate`, `percent`, `bool` o `choice`".to_owned()
        }
        Expected::Sign(sign) => ticks(sign),
        Expected::OneOf(words) => format!("uno de {}", words.join(", ")),
    }
}

fn found(found: &Found) -> String {
    match found {
        Found::Token(token) => ticks(token),
        Found::LineEnd => "el final de la línea".to_owned(),
        Found::TextEnd => "el final del texto".to_owned(),
    }
}

fn kind(kind: &Kind) -> String {
    match kind {
        Kind::Int => "un entero (`int`)".to_owned(),
        Kind::Bool => "un booleano (`bool`)".to_owned(),
        Kind::Duration => "una duración (`duration`)".to_owned(),
        Kind::Rate => "una tasa (`rate`)".to_owned(),
        Kind::Percent => "un porcentaje (`percent`)".to_owned(),
        Kind::Text => "un texto".to_owned(),
        Kind::Error => "un error".to_owned(),
        Kind::Choice(labels) => format!("una opción (`choice`) de {}", labels.join(", ")),
        Kind::Record(names) => format!("un registro {{ {} }}", names.join(", ")),
        Kind::Message => "un mensaje".to_owned(),
    }
}

fn noun(thing: Thing) -> &'static str {
    match thing {
        Thing::Param => "un parámetro",
        Thing::Constant => "una constante",
        Thing::Var => "una variable (`var`)",
        Thing::Lock => "un candado (`lock`)",
        Thing::RwLock => "un candado de lectura y escritura (`rwlock`)",
        Thing::Semaphore => "un semáforo (`semaphore`)",
        Thing::Condition => "una condición (`condition`)",
        Thing::Holdable => "un candado o semáforo (`lock`, `rwlock`, `semaphore`)",
        Thing::Counter => "un contador (`counter`)",
        Thing::Process => "un proceso",
        Thing::Routine => "una rutina",
        Thing::Local => "una variable local",
        Thing::Round => "un contador de bucle",
        Thing::Error => "un error",
        Thing::Value => "un valor",
        Thing::Queue => "una cola (`queue`)",
        Thing::Topic => "un tema (`topic`)",
        Thing::Log => "un registro (`log`)",
        Thing::Group => "un grupo (`group`)",
        Thing::Service => "un servicio (`service`)",
        Thing::Breaker => "un `breaker`",
        Thing::Limiter => "un limitador (`limiter`)",
        Thing::Passable => {
            "un candado, semáforo, breaker o limitador (`lock`, `rwlock`, `semaphore`, `breaker`, `limiter`)"
        }
        Thing::Cache => "una caché (`cache`)",
        Thing::Link => "un enlace (`link`)",
        Thing::Sendable => "una cola, un tema o un registro (`queue`, `topic`, `log`)",
        Thing::Receivable => "una cola o un grupo (`queue`, `group`)",
        Thing::Message => "un mensaje",
        Thing::Record => "un registro de valores",
        Thing::Measured => "algo que se mide",
        Thing::Database => "una base de datos (`database`)",
        Thing::Table => "una tabla (`table`)",
        Thing::Keyed => "una tabla o una caché (`table`, `cache`)",
        Thing::Row => "una fila de una tabla",
    }
}

/// The noun without its article, as after `no hay`.
fn bare_noun(thing: Thing) -> &'static str {
    let noun = noun(thing);
    noun.split_once(' ').map_or(noun, |(_, rest)| rest)
}
