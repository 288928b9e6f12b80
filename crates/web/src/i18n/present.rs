//! The words of lectures: the stage, its bar, and the remarks of the speaker's window about it.

use sim_core::say::Lang;

use crate::model::present::Scene;

/// The words of a language.
pub struct PresentTexts {
    /// To the stage.
    pub present: &'static str,
    /// The same, with its key.
    pub present_help: &'static str,
    /// Back to the workbench.
    pub leave: &'static str,
    /// The stage.
    pub stage: &'static str,
    /// What is said of the moment.
    pub said: &'static str,
    /// The bar at the bottom.
    pub bar: &'static str,
    /// To the next stop.
    pub next_stop: &'static str,
    /// To the stop before.
    pub stop_before: &'static str,
    /// This stop of so many.
    pub stop_of: fn(usize, usize) -> String,
    /// So many stops.
    pub stops: fn(usize) -> String,
    /// Shows the right answer.
    pub answer: &'static str,
    /// Hides it.
    pub hide_answer: &'static str,
    /// Shows what every schedule comes to.
    pub outcome: &'static str,
    /// Hides it.
    pub hide_outcome: &'static str,
    /// The outcome is not known yet.
    pub no_outcome: &'static str,
    /// Above the right answer.
    pub right: &'static str,
    /// The screen is blank.
    pub blank: &'static str,
    /// What fills the stage.
    pub scene: fn(Scene) -> &'static str,
    /// Turns to another.
    pub turn: fn(&str) -> String,
    /// What may happen besides the processes' steps.
    pub also: &'static str,
    /// So many more processes.
    pub more_lanes: fn(usize) -> String,
    /// So many more values.
    pub more_values: fn(usize) -> String,
    /// From a page inside another to Lockstep itself.
    pub open: &'static str,
    /// What the keys of a lecture do.
    pub keys: [(&'static str, &'static str); 9],
    /// Heading of those keys.
    pub keys_title: &'static str,
    /// Before the printed link.
    pub printed: &'static str,
}

/// The words of a language.
#[must_use]
pub fn present(lang: Lang) -> &'static PresentTexts {
    match lang {
        Lang::En => &EN,
        Lang::Es => &ES,
    }
}

static EN: PresentTexts = PresentTexts {
    present: "Present",
    present_help: "Show this moment to a room (P)",
    leave: "Back to the workbench",
    stage: "Stage",
    said: "What is said of this moment",
    bar: "Lecture",
    next_stop: "Next stop",
    stop_before: "Stop before",
    stop_of: |stop, of| format!("stop {stop} of {of}"),
    stops: |of| if of == 1 { "1 stop".to_owned() } else { format!("{of} stops") },
    answer: "Answer",
    hide_answer: "Hide the answer",
    outcome: "Outcome",
    hide_outcome: "Hide the outcome",
    no_outcome: "Not every schedule has been tried yet.",
    right: "Right",
    blank: "The screen is blank. Press . to show the stage again.",
    scene: |scene| match scene {
        Scene::Code => "Code",
        Scene::Timeline => "Timeline",
        Scene::System => "System",
        Scene::Charts => "Charts",
        Scene::Sagas => "Saga",
        Scene::Tables => "Tables",
    },
    turn: |now| format!("{now}: turn to another view"),
    also: "Also possible",
    more_lanes: |more| {
        if more == 1 {
            "and 1 more process".to_owned()
        } else {
            format!("and {more} more processes")
        }
    },
    more_values: |more| format!("and {more} more"),
    open: "Open in Lockstep",
    keys: [
        ("PageDown", "Next stop; at the end the answer, then the outcome"),
        ("PageUp", "Stop before"),
        (". b", "Blank screen"),
        ("a r", "The question; the right answer"),
        ("o", "What every schedule comes to"),
        ("v", "Another view fills the stage"),
        ("f", "Full screen"),
        ("s", "Speaker’s window"),
        ("p Esc", "Back to the workbench"),
    ],
    keys_title: "In a lecture",
    printed: "This moment:",
};

static ES: PresentTexts = PresentTexts {
    present: "Presentar",
    present_help: "Muestra este momento a una sala (P)",
    leave: "Volver al banco de trabajo",
    stage: "Escenario",
    said: "Qué se dice de este momento",
    bar: "Clase",
    next_stop: "Parada siguiente",
    stop_before: "Parada anterior",
    stop_of: |stop, of| format!("parada {stop} de {of}"),
    stops: |of| if of == 1 { "1 parada".to_owned() } else { format!("{of} paradas") },
    answer: "Respuesta",
    hide_answer: "Ocultar la respuesta",
    outcome: "Resultado",
    hide_outcome: "Ocultar el resultado",
    no_outcome: "Todavía no se han probado todas las planificaciones.",
    right: "Correcta",
    blank: "La pantalla está en negro. Pulsa . para ver de nuevo el escenario.",
    scene: |scene| match scene {
        Scene::Code => "Código",
        Scene::Timeline => "Línea de tiempo",
        Scene::System => "Sistema",
        Scene::Charts => "Gráficas",
        Scene::Sagas => "Saga",
        Scene::Tables => "Tablas",
    },
    turn: |now| format!("{now}: pasar a otra vista"),
    also: "También puede pasar",
    more_lanes: |more| {
        if more == 1 { "y 1 proceso más".to_owned() } else { format!("y {more} procesos más") }
    },
    more_values: |more| format!("y {more} más"),
    open: "Abrir en Lockstep",
    keys: [
        ("AvPág", "Parada siguiente; al final, la respuesta y luego el resultado"),
        ("RePág", "Parada anterior"),
        (". b", "Pantalla en negro"),
        ("a r", "La pregunta; la respuesta correcta"),
        ("o", "En qué termina cada planificación"),
        ("v", "Otra vista llena el escenario"),
        ("f", "Pantalla completa"),
        ("s", "Ventana de quien da la clase"),
        ("p Esc", "Volver al banco de trabajo"),
    ],
    keys_title: "En una clase",
    printed: "Este momento:",
};
