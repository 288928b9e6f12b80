//! The texts of the page in Spanish.

use super::{Texts, views};

pub(super) static TEXTS: Texts = Texts {
    a_promise_is_broken: "Una promesa se rompió",
    all_schedules: "Todas las planificaciones",
    as_before: "como antes",
    at_the_end: "al final",
    branches: "Futuros guardados",
    cancel: "Cancelar",
    challenge_done: "Reto superado",
    challenge_by_clock: "Reto superado: lo encontró el reloj. ¿Puedes tú, a mano?",
    challenge_rule: "Un fallo cuenta cuando lo provocas tú: eligiendo los pasos, o dejando que los elija el reloj.",
    challenge_given: "Esta ejecución lo muestra, pero te la dieron hecha. Haz que ocurra eligiendo tú, o deja que elija el reloj.",
    challenges: "Retos",
    checking: "Revisando…",
    close: "Cerrar",
    conflict: "Otra pestaña cambió este borrador.",
    copy_link: "Copiar enlace",
    debrief: "Para llevar",
    defaults: "Restablecer",
    done: "✓ hecho",
    draft_kept: "borrador",
    draft_pending: "guardando borrador…",
    draft_refused: "este navegador no guarda borradores",
    draft_saved: "borrador guardado",
    edit: "Editar",
    editor: "Escenario",
    editor_name: "Texto del escenario",
    ended_broken: "La ejecución terminó y una promesa se rompió.",
    ended_complete: "La ejecución terminó. Se cumplieron todas las promesas.",
    ended_deadlock: "Interbloqueo: cada uno espera lo que otro tiene.",
    ended_idle: "La ejecución terminó: a quien queda no le queda nada por hacer.",
    crashed: "se cayó",
    ended_full: "Se detuvo: no había lugar para lo que un proceso quería guardar, iniciar o sortear.",
    ended_endless: "Un proceso nunca llega a su siguiente paso.",
    ended_stuck: "Atascado: alguien espera lo que nadie dará.",
    endless: "no termina",
    example: "Ejemplo",
    explore_again: "Explorar",
    fault_link: "Este enlace lo reproduce:",
    fault_title: "El simulador tropezó",
    fault_words: "El error es nuestro, no tuyo. Tu texto está a salvo. Esto dijo:",
    find_a_bug: "Busca un fallo",
    finished: "terminó",
    free: "libre",
    go_on: "Continuar",
    grade_mistakes: "El texto tiene errores y no se puede evaluar.",
    holds: "se cumple",
    how_many: "planificaciones",
    keep_mine: "Conservar el mío",
    key_arrows_do: "Un paso atrás o adelante",
    key_digits_do: "Hace que ocurra esa opción",
    key_escape_does: "Cierra lo que esté abierto",
    key_home_end: "Inicio · Fin",
    key_home_end_does: "Al inicio, al final",
    key_question_does: "Muestra estas teclas",
    key_space: "Espacio",
    key_space_does: "Reproduce y pausa: elige el reloj",
    keys: "Teclas",
    keys_note: "Funcionan mientras el escenario tiene el foco: el centro, la derecha y la barra de abajo. En la historia y mientras escribes descansan; las flechas sirven desde cualquier botón.",
    lack_undecided: "Hay demasiadas planificaciones para revisarlas todas; nada queda demostrado.",
    language: "Idioma",
    learn: "Aprender",
    lessons: "Lecciones",
    licences: "Licencias",
    link_copied: "Enlace copiado",
    link_garbled: "El enlace está dañado; la lección se abre desde el inicio.",
    link_newer: "El enlace es de una versión más nueva de Lockstep. La lección se abre desde el inicio.",
    link_too_long: "El enlace es más largo de lo que Lockstep acepta; la lección se abre desde el inicio.",
    linked_text: "El texto viene de un enlace. Si lo cambias, tu propio borrador se guarda antes en «Tus escenarios».",
    max: "máx",
    mode: "Modo",
    moment_too_long: "Este momento no cabe en un enlace (máximo 8 KB). Acorta el texto o la ejecución.",
    more: "Cómo se evalúa",
    no: "no",
    no_clipboard: "El navegador no permite copiar. El enlace está en la barra de direcciones.",
    no_problems: "Sin errores.",
    again: "Intentar de nuevo",
    lesson_coming: "La lección está en camino…",
    lesson_gone: "Esta página es más vieja que la del servidor: sus lecciones ya no están ahí. Cárgala de nuevo y la lección se abre.",
    reload: "Cargar la página de nuevo",
    lesson_unreadable: "Lo que llegó no es esta lección. Carga la página de nuevo: puede ser más vieja que sus lecciones.",
    no_such_lesson: "Esa lección no existe. Estas son las que hay.",
    no_such_page: "Esa página no existe. Estas son las lecciones.",
    not_explored: "Aún sin revisar.",
    not_proved: "Todavía no: alguna planificación rompe una promesa.",
    not_quite: "No del todo.",
    open: "○ abierto",
    opening: "Abriendo…",
    outcomes: "Cómo terminan",
    own_story: "Escribe qué existe (`var`, `lock`, `queue`, `topic`), qué hace cada `process` y qué debe cumplirse (`always`, `finally`). Cada lectura y cada escritura de una `var` es un paso. Un mensaje se manda con `send { number: 1 } to jobs`; quien lo recibe se escribe `process worker receive jobs as job { }`.",
    own_story_more: "En el texto, F1 explica la palabra del cursor y Ctrl+Espacio ofrece lo que puede ir ahí. El borrador se guarda en este dispositivo. El enlace contiene el texto y el momento.",
    own_theme: "Taller",
    own_title: "Tu propio escenario",
    parameters: "Parámetros",
    pause: "Pausar",
    play: "Reproducir",
    predict: "Predice",
    promises: "Promesas",
    prove: "Demostrarlo",
    proved: "Demostrado: ninguna planificación rompe una promesa.",
    region_now: "Ahora",
    region_what: "Qué ocurre",
    region_why: "Por qué",
    reset: "Volver al texto de la lección",
    reset_own: "Empezar de nuevo",
    scrubber: "Paso mostrado",
    see_it_happen: "Míralo ocurrir",
    seed: "semilla",
    seed_help: "De aquí sortea el reloj: la misma semilla elige los mismos pasos.",
    share: "Compartir",
    share_help: "Enlace, código o archivo: para mostrar este momento a alguien",
    shared_state: "Estado compartido",
    shortest: "Mostrar el fallo más corto",
    show: "Ver",
    show_it: "Ver cómo",
    skip: "Ir al contenido",
    space: "Espacio",
    speed: "Velocidad",
    stale_run: "El texto tiene errores. Abajo sigue la última ejecución que funcionó.",
    step_back: "Paso atrás",
    step_on: "Paso adelante",
    of_them_fail: |failing| format!("fallan {failing}"),
    tab_code: "Código",
    tab_timeline: "Tiempo",
    tab_state: "Estado",
    tab_story: "Historia",
    tabs: "Qué mostrar",
    take_theirs: "Tomar el otro",
    theme_dark: "Tema: oscuro",
    theme_light: "Tema: claro",
    theme_system: "Tema: como el sistema",
    timeline: "Línea de tiempo",
    timeline_help: "Línea de tiempo; se desplaza de lado",
    to_end: "Al final",
    to_lessons: "Lockstep: a las lecciones",
    to_start: "Al inicio",
    transport: "Reproducción",
    understood: "Entendido",
    what_next: "¿Qué ocurre ahora?",
    yes: "sí",
    you_are_the_scheduler: "Tú eres el planificador. Elige con un clic o una tecla numérica, o deja que elija el reloj con",
    branch: |number, length, bad| {
        format!("Futuro {number}: {length} pasos{}", if bad { ", termina mal" } else { "" })
    },
    broken_at: |step| {
        if step == 0 { "rota al inicio".to_owned() } else { format!("rota en el paso {step}") }
    },
    code_of: |name| format!("Código de {name}"),
    failed: |error| format!("falló: {error}"),
    go_to_step: |step, line| format!("Paso {step}: {line}"),
    grade_promise_gone: |condition| {
        format!("El texto ya no promete `{condition}`. Una solución cumple sus promesas.")
    },
    hint: |number, all| format!("Pista {number} de {all}"),
    lack_ends: |name, value| {
        format!(
            "Ninguna promesa se rompe, pero no todas las planificaciones terminan con `{name} = {value}`."
        )
    },
    lack_at_most: |word, most| match most {
        0 => format!("Este reto pide una solución sin `{word}`."),
        most => format!("Este reto no admite más de {most} de `{word}`."),
    },
    lack_is: |setting| format!("Este reto pide «{setting}»."),
    lack_reaches: |name, value| {
        format!(
            "Nada se rompe, pero ninguna planificación termina con `{name} = {value}`, y eso debe seguir siendo posible."
        )
    },
    lack_is_not: |setting| format!("Este reto pide algo distinto de «{setting}»."),
    lesson_number: |_, minutes| format!("unos {minutes} min"),
    misfit: |word| format!("necesita {word}"),
    more_outcomes: |more| format!("y {more} más"),
    picks_do_not_fit: |fitted| {
        format!(
            "Los pasos de este enlace ya no encajan en el escenario. Se muestran los primeros {fitted}."
        )
    },
    place: |line, column| format!("{line}:{column}"),
    proving: |case, of| format!("Probando el caso {case} de {of}…"),
    schedules_before: |all, within| {
        let within = if within { " dentro de los límites" } else { "" };
        if all == "1" {
            format!("Solo hay una forma de dar estos pasos{within}, y ")
        } else {
            format!("De las {all} formas de intercalar estos pasos{within}, ")
        }
    },
    schedules_fail: |failing, none| {
        if none {
            "0 rompen una promesa".to_owned()
        } else if failing == "1" {
            "1 rompe una promesa".to_owned()
        } else {
            format!("{failing} rompen una promesa")
        }
    },
    settings_dropped: |names| {
        format!(
            "El escenario no acepta estos valores del enlace: {names}. Quedan los predeterminados."
        )
    },
    show_outcome: |values| format!("una ejecución que termina con {values}"),
    skipped: |words| {
        format!("Se omitieron, porque no podían dar un paso cuando les tocaba: {words}")
    },
    stale: |place, now| format!("obsoleto: {place} ahora es {now}"),
    edited: "texto editado",
    edited_help: "Este no es el texto de la lección. Editar lo muestra y permite volver al original.",
    stale_word: "obsoleto",
    stale_band: |name| format!("{name} cree en un valor obsoleto"),
    stale_short: |name| format!("obsoleto para {name}"),
    step_of: |step, of| format!("paso {step} de {of}"),
    very_many: |exponent, lower| match lower {
        Some(name) => format!("Unas 10^{exponent} planificaciones: baja {name}."),
        None => format!("Unas 10^{exponent} planificaciones."),
    },
    looked_at_with: |told| format!("Se revisó con {told}, como dice el explore del texto."),
    views: &views::ES,
    lesson_lost: |why| format!("No se pudo traer la lección. ¿Hay red? El navegador dice: {why}"),
    study_fault: |text| format!("La exploración falló; los pasos siguen. Esto dijo: {text}"),
};
