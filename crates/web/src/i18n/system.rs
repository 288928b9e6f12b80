//! The words of the system view and of what may happen to messages, in every language.

use sim_core::say::Lang;

/// Words of the system view in one language.
#[derive(Debug)]
#[allow(missing_docs, reason = "each field is named after what it says; the English says the rest")]
pub struct SystemTexts {
    pub answer: &'static str,
    pub awaits: fn(&str) -> String,
    pub replica: fn(u32, Option<u32>, u32) -> String,
    pub too_many: fn(usize) -> String,
    pub busy: &'static str,
    pub close: &'static str,
    pub code: &'static str,
    pub committed: &'static str,
    pub entries: fn(i64) -> String,
    pub partition: fn(u32) -> String,
    pub crashed: &'static str,
    pub cut: &'static str,
    pub empty: &'static str,
    pub ended: &'static str,
    pub failed: &'static str,
    pub flow: fn(&str, &str) -> String,
    pub free: &'static str,
    pub idle: &'static str,
    pub idle_for: fn(&str) -> String,
    pub in_flight: fn(u32) -> String,
    pub in_order: &'static str,
    pub kinds: [&'static str; 6],
    pub lag: fn(i64) -> String,
    pub later: fn(u32) -> String,
    pub link: &'static str,
    pub loses: fn(&str) -> String,
    pub doubles: fn(&str) -> String,
    pub more: fn(u32) -> String,
    pub never_crash: fn(&str) -> String,
    pub never_cut: fn(&str, &str) -> String,
    pub never_double: fn(&str) -> String,
    pub never_lose: fn(&str) -> String,
    pub never_lose_waiting: &'static str,
    pub never_pause: fn(&str) -> String,
    pub never_run_out: &'static str,
    pub nothing: &'static str,
    pub of_capacity: fn(u32, u32) -> String,
    pub paused: &'static str,
    pub rings: [&'static str; 7],
    pub sleeping: fn(usize) -> String,
    pub system: &'static str,
    pub system_help: &'static str,
    pub try_number: fn(u32) -> String,
    pub under_way: fn(u32) -> String,
    pub views: &'static str,
    pub waiting: &'static str,
    pub waits: fn(u32) -> String,
    pub what_may: fn(&str) -> String,
    pub why: &'static str,
    pub why_broken: fn(u32) -> String,
    pub why_changed: &'static str,
    pub why_mishaps: &'static str,
    pub why_here: &'static str,
    pub why_pin: &'static str,
    pub why_before: &'static str,
    pub why_cut: &'static str,
    pub why_help: &'static str,
    pub why_nothing: &'static str,
}

/// The words of the system view in a language.
#[must_use]
pub fn system(lang: Lang) -> &'static SystemTexts {
    match lang {
        Lang::En => &EN,
        Lang::Es => &ES,
    }
}

static EN: SystemTexts = SystemTexts {
    answer: "(answer)",
    awaits: |request| format!("awaits {request}"),
    replica: |busy, workers, queued| {
        let busy = workers.map_or_else(|| busy.to_string(), |all| format!("{busy}/{all}"));
        let queue = if queued == 0 { String::new() } else { format!(", {queued} waiting") };
        format!("{busy} busy{queue}")
    },
    busy: "busy",
    close: "Close",
    code: "Code",
    committed: "committed:",
    entries: |count| if count == 1 { "1 entry".to_owned() } else { format!("{count} entries") },
    partition: |number| format!("partition {number}"),
    crashed: "crashed",
    cut: "cut",
    empty: "empty",
    ended: "ended",
    failed: "failed",
    flow: |count, rate| format!("{count} under way, {rate}: too many to draw each"),
    free: "free",
    idle: "waits for work",
    idle_for: |time| format!("{time} nothing"),
    in_flight: |count| format!("{count} in flight"),
    in_order: "in order",
    kinds: ["process", "queue", "topic", "log", "group", "service"],
    lag: |count| if count == 1 { "1 behind".to_owned() } else { format!("{count} behind") },
    later: |count| format!("{count} later"),
    link: "link",
    loses: |share| format!("loses {share}"),
    doubles: |share| format!("doubles {share}"),
    more: |count| format!("+{count} more"),
    never_crash: |class| {
        format!("crash: nothing lets it crash now; write `fault crash {class} anytime`")
    },
    never_cut: |from, to| {
        format!("cut: nothing cuts this; write `fault partition {from} {to} anytime`")
    },
    never_double: |at| format!("double: `{at}` doubles nothing; write `duplicates: 1%`"),
    never_lose: |link| format!("lose: `{link}` loses nothing; write `loss: 1%`"),
    never_lose_waiting: "lose: what waits in a queue is safe; only links lose",
    never_pause: |class| {
        format!("pause: nothing pauses it now; write `fault pause {class} anytime for 1s`")
    },
    never_run_out: "run out: its delivery has no time limit; write `visibility: 30s`",
    nothing: "Nothing may happen to it now.",
    of_capacity: |count, capacity| format!("{count} / {capacity}"),
    paused: "paused",
    rings: [
        "visible again in",
        "may be received in",
        "time left:",
        "lease runs out in",
        "next try in",
        "sleeps for",
        "works for",
    ],
    sleeping: |count| format!("{count} asleep"),
    system: "System",
    system_help: "System: what exists and what talks to what",
    too_many: |count| format!("A picture of {count} parts could not be read, so none is drawn."),
    try_number: |number| format!("try {number}"),
    under_way: |count| format!("{count} under way"),
    views: "Views of this moment",
    waiting: "waits",
    waits: |count| format!("{count} waiting"),
    what_may: |what| format!("What may happen: {what}"),
    why: "Why?",
    why_broken: |step| format!("Broken at step {step}:"),
    why_changed: "What it speaks of was last changed here:",
    why_mishaps: "What went wrong on the way:",
    why_here: "Why is it here?",
    why_pin: "Keep this answer when the cursor moves",
    why_before: "Before that, it had done this itself:",
    why_cut: "The chain goes on further back.",
    why_help: "Why did the last step come about?",
    why_nothing: "Nothing had to happen before it.",
};

static ES: SystemTexts = SystemTexts {
    answer: "(respuesta)",
    awaits: |request| format!("espera a {request}"),
    replica: |busy, workers, queued| {
        let busy = workers.map_or_else(|| busy.to_string(), |all| format!("{busy}/{all}"));
        let queue = if queued == 0 { String::new() } else { format!(", {queued} en espera") };
        format!("{busy} ocupados{queue}")
    },
    busy: "trabajando",
    close: "Cerrar",
    code: "Código",
    committed: "confirmado:",
    entries: |count| {
        if count == 1 { "1 registro".to_owned() } else { format!("{count} registros") }
    },
    partition: |number| format!("partición {number}"),
    crashed: "caído",
    cut: "cortado",
    empty: "vacía",
    ended: "terminó",
    failed: "falló",
    flow: |count, rate| format!("{count} en camino, {rate}: son demasiados para dibujar cada uno"),
    free: "libre",
    idle: "espera trabajo",
    idle_for: |time| format!("{time} sin nada"),
    in_flight: |count| format!("{count} en proceso"),
    in_order: "en orden",
    kinds: ["proceso", "cola", "tema", "registro", "grupo", "servicio"],
    lag: |count| format!("{count} por leer"),
    later: |count| format!("{count} después"),
    link: "enlace",
    loses: |share| format!("pierde {share}"),
    doubles: |share| format!("duplica {share}"),
    more: |count| format!("+{count} más"),
    never_crash: |class| {
        format!("caída: ahora nada lo tira; escribe `fault crash {class} anytime`")
    },
    never_cut: |from, to| {
        format!("corte: nada lo corta; escribe `fault partition {from} {to} anytime`")
    },
    never_double: |at| format!("duplicar: `{at}` no duplica nada; escribe `duplicates: 1%`"),
    never_lose: |link| format!("perder: `{link}` no pierde nada; escribe `loss: 1%`"),
    never_lose_waiting: "perder: lo que espera en una cola está a salvo; solo los enlaces pierden",
    never_pause: |class| {
        format!("pausa: ahora nada lo detiene; escribe `fault pause {class} anytime for 1s`")
    },
    never_run_out: "vencer: su entrega no tiene límite de tiempo; escribe `visibility: 30s`",
    nothing: "Ahora no le puede pasar nada.",
    of_capacity: |count, capacity| format!("{count} / {capacity}"),
    paused: "en pausa",
    rings: [
        "se vuelve a ver en",
        "se podrá recibir en",
        "le queda:",
        "la concesión vence en",
        "reintenta en",
        "duerme",
        "trabaja",
    ],
    sleeping: |count| if count == 1 { "1 dormido".to_owned() } else { format!("{count} dormidos") },
    system: "Sistema",
    system_help: "Sistema: lo que existe y quién habla con quién",
    too_many: |count| {
        format!("Un dibujo con {count} partes no se podría leer; por eso no se hace.")
    },
    try_number: |number| format!("intento {number}"),
    under_way: |count| format!("{count} en camino"),
    views: "Vistas de este momento",
    waiting: "espera",
    waits: |count| format!("{count} en espera"),
    what_may: |what| format!("Qué puede pasar: {what}"),
    why: "¿Por qué?",
    why_broken: |step| format!("Se rompió en el paso {step}:"),
    why_changed: "Lo que nombra cambió por última vez aquí:",
    why_mishaps: "Lo que salió mal en el camino:",
    why_here: "¿Por qué está aquí?",
    why_pin: "Conservar esta respuesta cuando se mueva el cursor",
    why_before: "Antes, él mismo había hecho esto:",
    why_cut: "La cadena sigue más atrás.",
    why_help: "¿Por qué ocurrió el último paso?",
    why_nothing: "No tuvo que pasar nada antes.",
};
