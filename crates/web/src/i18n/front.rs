//! The words of the first page and of the pages of words beside it.

use sim_core::say::Lang;

use crate::model::front::{
    hero::{At, Moment},
    marks::Marks,
    progress::{Taken, Trouble},
};

/// The texts of these pages in one language.
#[derive(Debug)]
#[allow(missing_docs, reason = "each field is named after what it says; the English says the rest")]
pub struct FrontTexts {
    pub again: &'static str,
    pub all_terms: &'static str,
    pub back: &'static str,
    pub balance: &'static str,
    pub challenges_done: fn(usize, usize) -> String,
    pub clear: &'static str,
    pub client: fn(u8) -> String,
    pub code: [&'static str; 3],
    pub coming: &'static str,
    pub count: fn(usize, usize) -> String,
    pub course: &'static str,
    pub create: &'static str,
    pub draft_kept: &'static str,
    pub export: &'static str,
    pub found: fn(usize) -> String,
    pub glossary: &'static str,
    pub go_on: fn(&str) -> String,
    pub hero: [&'static str; 3],
    pub hero_more: &'static str,
    pub hero_small: &'static str,
    pub import: &'static str,
    pub in_lessons: &'static str,
    pub language: &'static str,
    pub licences: &'static str,
    pub lost: fn(&str) -> String,
    pub mine: &'static str,
    pub minutes: fn(u32) -> String,
    pub modelled: &'static str,
    pub new_scenario: &'static str,
    pub new_sentence: &'static str,
    pub no_such_term: &'static str,
    pub nothing_found: fn(&str) -> String,
    pub nothing_sent: &'static str,
    pub open_run: &'static str,
    pub pages: &'static str,
    pub paid: &'static str,
    pub progress: &'static str,
    pub progress_more: &'static str,
    pub progress_none: &'static str,
    pub progress_so_far: fn(usize, usize) -> String,
    pub question: &'static str,
    pub race: &'static str,
    pub restart: &'static str,
    pub saved_at: fn(&str) -> String,
    pub search: &'static str,
    pub search_example: &'static str,
    pub see_all: &'static str,
    pub see_course: &'static str,
    pub skip: &'static str,
    pub start: &'static str,
    pub step: &'static str,
    pub step_of: fn(u8) -> String,
    pub teachers: &'static str,
    pub theme_dark: &'static str,
    pub theme_light: &'static str,
    pub theme_system: &'static str,
    pub to_lessons: &'static str,
    pub unreadable: &'static str,
    pub your_turn: &'static str,
}

/// The texts of a language.
#[must_use]
pub fn front(lang: Lang) -> &'static FrontTexts {
    match lang {
        Lang::En => &EN,
        Lang::Es => &ES,
    }
}

static EN: FrontTexts = FrontTexts {
    again: "Try again",
    all_terms: "All terms",
    back: "◀ back",
    balance: "balance",
    challenges_done: |done, all| format!("{done} of {all}"),
    clear: "Show all lessons",
    client: |client| format!("client {client}"),
    code: ["let seen = balance", "if seen < 80 { return }", "balance = seen - 80"],
    coming: "The page is on its way…",
    count: |lessons, katas| format!("{lessons} lessons · {katas} katas · a final project"),
    course: "The course",
    create: "Create a scenario",
    draft_kept: "draft",
    export: "Save progress as a file",
    found: |count| match count {
        0 => "No lesson found".to_owned(),
        1 => "1 lesson found".to_owned(),
        count => format!("{count} lessons found"),
    },
    glossary: "Glossary",
    go_on: |title| format!("Go on: {title}"),
    hero: ["Be the scheduler.", "Break the system.", "Prove you fixed it."],
    hero_more: "Queues, workers, locks, sagas and circuit breakers, step by step, in your browser. Forwards, backwards, and along every possible path.",
    hero_small: "Nothing to install. No account. Works offline once opened.",
    import: "Load progress from a file",
    in_lessons: "In lessons:",
    language: "Language",
    licences: "Licences",
    lost: |words| format!("The page could not be fetched: {words}."),
    mine: "Your scenarios",
    minutes: |minutes| format!("{minutes} min"),
    modelled: "What is modelled",
    new_scenario: "New scenario",
    new_sentence: "Write processes and promises, and see every way they can go.",
    no_such_term: "The glossary has no such term. Here are all of them.",
    nothing_found: |typed| {
        format!("No lesson speaks of “{typed}”. Try one word, or a kata number.")
    },
    nothing_sent: "Nothing you do here is sent anywhere: it stays on this device.",
    open_run: "Open this very run in the lesson",
    pages: "Pages",
    paid: "paid out",
    progress: "Your progress",
    progress_more: "It stays on this device and is sent nowhere. A file takes it to another one.",
    progress_none: "Nothing done yet. Break something: it takes four steps.",
    progress_so_far: |lessons, challenges| {
        let lessons =
            if lessons == 1 { "1 lesson".to_owned() } else { format!("{lessons} lessons") };
        let done = if challenges == 1 {
            "1 challenge".to_owned()
        } else {
            format!("{challenges} challenges")
        };
        format!("{done} done in {lessons}.")
    },
    question: "Can the bank pay out 160 from an account that holds 100?",
    race: "A race to step by hand: two clients withdraw 80 each from an account that holds 100",
    restart: "Start over",
    saved_at: |date| format!("saved {date}"),
    search: "Search the lessons",
    search_example: "outbox, p99, deadlock…",
    see_all: "All of yours",
    see_course: "See the course",
    skip: "To the content",
    start: "Start the first lesson",
    step: "step",
    step_of: |client| format!("step of client {client}"),
    teachers: "For teachers",
    theme_dark: "Theme: dark",
    theme_light: "Theme: light",
    theme_system: "Theme: as the system",
    to_lessons: "Lockstep: to the lessons",
    unreadable: "What came is not this page. Load Lockstep again: it may be of an older build than its texts.",
    your_turn: "You decide who moves next, and may always go back.",
};

static ES: FrontTexts = FrontTexts {
    again: "Intentar de nuevo",
    all_terms: "Todos los términos",
    back: "◀ atrás",
    balance: "saldo",
    challenges_done: |done, all| format!("{done} de {all}"),
    clear: "Mostrar todas las lecciones",
    client: |client| format!("cliente {client}"),
    code: ["let visto = saldo", "if visto < 80 { return }", "saldo = visto - 80"],
    coming: "La página está en camino…",
    count: |lessons, katas| format!("{lessons} lecciones · {katas} katas · un proyecto final"),
    course: "El curso",
    create: "Crear escenario",
    draft_kept: "borrador",
    export: "Guardar el progreso en un archivo",
    found: |count| match count {
        0 => "Ninguna lección encontrada".to_owned(),
        1 => "1 lección encontrada".to_owned(),
        count => format!("{count} lecciones encontradas"),
    },
    glossary: "Glosario",
    go_on: |title| format!("Seguir: {title}"),
    hero: ["Sé tú el planificador.", "Rompe el sistema.", "Demuestra que lo arreglaste."],
    hero_more: "Colas, workers, locks, sagas y circuit breakers, paso a paso y en tu navegador. Adelante, atrás, y por todos los caminos posibles.",
    hero_small: "Sin instalar nada. Sin cuenta. Después de abrirlo, funciona sin conexión.",
    import: "Cargar el progreso de un archivo",
    in_lessons: "En las lecciones:",
    language: "Idioma",
    licences: "Licencias",
    lost: |words| format!("No se pudo traer la página: {words}."),
    mine: "Tus escenarios",
    minutes: |minutes| format!("{minutes} min"),
    modelled: "Qué se modela",
    new_scenario: "Nuevo escenario",
    new_sentence: "Escribe procesos y promesas, y mira todas las formas en que pueden ir.",
    no_such_term: "El glosario no tiene ese término. Aquí están todos.",
    nothing_found: |typed| {
        format!(
            "Ninguna lección habla de «{typed}». Prueba con una sola palabra, o con el número de una kata."
        )
    },
    nothing_sent: "Nada de lo que haces aquí se envía: todo queda en este dispositivo.",
    open_run: "Abrir esta misma ejecución en la lección",
    pages: "Páginas",
    paid: "entregado",
    progress: "Tu progreso",
    progress_more: "Queda en este dispositivo y no se envía a ninguna parte. Con un archivo lo llevas a otro.",
    progress_none: "Todavía no hay nada. Rompe algo: bastan cuatro pasos.",
    progress_so_far: |lessons, challenges| {
        let lessons =
            if lessons == 1 { "1 lección".to_owned() } else { format!("{lessons} lecciones") };
        let done = if challenges == 1 {
            "1 reto cumplido".to_owned()
        } else {
            format!("{challenges} retos cumplidos")
        };
        format!("{done} en {lessons}.")
    },
    question: "¿Puede el banco entregar 160 desde una cuenta que tiene 100?",
    race: "Una carrera para recorrer a mano: dos clientes retiran 80 cada uno de una cuenta que tiene 100",
    restart: "Empezar de nuevo",
    saved_at: |date| format!("guardado el {date}"),
    search: "Buscar en las lecciones",
    search_example: "outbox, p99, deadlock…",
    see_all: "Todos los tuyos",
    see_course: "Ver el curso",
    skip: "Ir al contenido",
    start: "Empezar la primera lección",
    step: "paso",
    step_of: |client| format!("paso del cliente {client}"),
    teachers: "Para docentes",
    theme_dark: "Tema: oscuro",
    theme_light: "Tema: claro",
    theme_system: "Tema: como el sistema",
    to_lessons: "Lockstep: a las lecciones",
    unreadable: "Lo que llegó no es esta página. Carga Lockstep de nuevo: puede ser de otra versión que sus textos.",
    your_turn: "Tú decides quién avanza, y siempre puedes volver atrás.",
};

/// Where a client of the race is, in a few words.
#[must_use]
pub fn client_said(at: At, lang: Lang) -> String {
    match (at, lang) {
        (At::Start(_), Lang::En) => "has not looked yet".to_owned(),
        (At::Start(_), Lang::Es) => "todavía no ha mirado".to_owned(),
        (At::Read(seen, _), Lang::En) => format!("saw {seen}: enough"),
        (At::Read(seen, _), Lang::Es) => format!("vio {seen}: alcanza"),
        (At::Wrote(seen), Lang::En) => format!("wrote {}, got 80", seen - 80),
        (At::Wrote(seen), Lang::Es) => format!("escribió {}, recibió 80", seen - 80),
        (At::Refused(seen), Lang::En) => format!("saw {seen}: not enough"),
        (At::Refused(seen), Lang::Es) => format!("vio {seen}: no alcanza"),
    }
}

/// What a moment of the race comes to: at the end one sentence, before the question.
#[must_use]
pub fn race_line(moment: &Moment, lang: Lang) -> String {
    match (moment.kept, lang) {
        (None, lang) => front(lang).question.to_owned(),
        (Some(false), Lang::En) => format!(
            "The bank paid {} from an account of 100: one withdrawal was lost. How many orders end like this? The lesson counts them.",
            moment.paid
        ),
        (Some(false), Lang::Es) => format!(
            "El banco entregó {} de una cuenta de 100: se perdió un retiro. ¿Cuántos órdenes terminan así? La lección los cuenta.",
            moment.paid
        ),
        (Some(true), Lang::En) => format!(
            "This time it adds up: {} paid, {} left. Not every order ends well. Find one that does not.",
            moment.paid, moment.balance
        ),
        (Some(true), Lang::Es) => format!(
            "Esta vez la cuenta cuadra: {} entregados, quedan {}. No todos los órdenes terminan bien. Encuentra uno que no.",
            moment.paid, moment.balance
        ),
    }
}

/// A moment of the race as a screen reader says it.
#[must_use]
pub fn race_said(moment: &Moment, lang: Lang) -> String {
    let texts = front(lang);
    let mut said = String::new();
    for (at, number) in moment.clients.into_iter().zip(1..) {
        said.push_str(&format!("{} {}. ", (texts.client)(number), client_said(at, lang)));
    }
    said.push_str(&format!("{} {}. ", texts.balance, moment.balance));
    if moment.kept.is_some() {
        said.push_str(&race_line(moment, lang));
    }
    said
}

/// What was done of a lesson, in words; nothing if nothing was.
#[must_use]
pub fn marks_said(marks: Marks, lang: Lang) -> String {
    let words = match lang {
        Lang::En => ["predicted", "broken", "fixed", "proved"],
        Lang::Es => ["predicho", "roto", "arreglado", "demostrado"],
    };
    let done = [marks.predicted, marks.broken, marks.fixed, marks.proved];
    let said: Vec<&str> =
        words.into_iter().zip(done).filter(|(_, is)| *is).map(|(w, _)| w).collect();
    said.join(", ")
}

/// What came of taking progress in.
#[must_use]
pub fn progress_said(taken: &Result<Taken, Trouble>, lang: Lang) -> String {
    let es = lang == Lang::Es;
    let pick = |en: &'static str, other: &'static str| if es { other } else { en };
    match taken {
        Ok(Taken { new, same, strange }) => {
            let mut said = match (new, es) {
                (0, false) => format!("Nothing new: {same} were here already."),
                (0, true) => format!("Nada nuevo: {same} ya estaban aquí."),
                (new, false) => format!("{new} new, {same} were here already."),
                (new, true) => format!("{new} nuevos, {same} ya estaban aquí."),
            };
            if *strange > 0 {
                said.push(' ');
                said.push_str(&strange.to_string());
                said.push_str(pick(
                    " belong to lessons that this Lockstep does not have.",
                    " son de lecciones que este Lockstep no tiene.",
                ));
            }
            said
        }
        Err(Trouble::TooLarge) => pick(
            "The file is larger than any progress: 64 KB at most. Nothing was changed.",
            "El archivo es más grande que cualquier progreso: 64 KB como máximo. No cambió nada.",
        )
        .to_owned(),
        Err(Trouble::NotOurs) => pick(
            "This is no file of progress: its first line should be “lockstep progress 1”. Nothing was changed.",
            "No es un archivo de progreso: su primera línea debería ser «lockstep progress 1». No cambió nada.",
        )
        .to_owned(),
        Err(Trouble::Newer) => pick(
            "The file was made by a newer Lockstep. Load the page again to get it. Nothing was changed.",
            "El archivo es de un Lockstep más nuevo. Carga la página de nuevo para tenerlo. No cambió nada.",
        )
        .to_owned(),
        Err(Trouble::Line(line)) if es => format!(
            "La línea {line} del archivo debería ser como «done lección/reto» o «answer lección respuesta». No cambió nada."
        ),
        Err(Trouble::Line(line)) => format!(
            "Line {line} of the file should be like “done lesson/challenge” or “answer lesson answer”. Nothing was changed."
        ),
        Err(Trouble::Unreadable) => pick(
            "The browser could not read the file.",
            "El navegador no pudo leer el archivo.",
        )
        .to_owned(),
    }
}
