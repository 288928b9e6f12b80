//! The words about links: sharing a moment, and what a link that was opened brought.

use sim_core::say::Lang;

use crate::model::links::Verdict;

/// The words of a language.
pub struct LinkTexts {
    /// The dialog.
    pub title: &'static str,
    /// What is shared.
    pub what: &'static str,
    /// The moment shown.
    pub moment: &'static str,
    /// The scenario without it.
    pub start: &'static str,
    /// How it opens.
    pub opens: &'static str,
    /// On the workbench.
    pub workbench: &'static str,
    /// To a room.
    pub presenter: &'static str,
    /// In another page.
    pub embed: &'static str,
    /// In the language of now.
    pub fix_lang: &'static str,
    /// With the fingerprint.
    pub prove: &'static str,
    /// What that is good for.
    pub prove_help: &'static str,
    /// The link.
    pub link: &'static str,
    /// What another page needs.
    pub frame: &'static str,
    /// Copies it.
    pub copy: &'static str,
    /// Copies the frame.
    pub copy_frame: &'static str,
    /// It was copied.
    pub copied: &'static str,
    /// The frame was.
    pub frame_copied: &'static str,
    /// The browser does not copy.
    pub copy_by_hand: &'static str,
    /// How long it is, of how much.
    pub size: fn(&str, &str) -> String,
    /// Every program takes it.
    pub size_small: &'static str,
    /// Some do not.
    pub size_large: &'static str,
    /// No link may be that long.
    pub size_too_large: &'static str,
    /// So many steps are not written down.
    pub too_many: &'static str,
    /// Saves it as a file.
    pub save: &'static str,
    /// What to do with the file.
    pub save_help: &'static str,
    /// The text in the editor does not run.
    pub lags: &'static str,
    /// The code.
    pub code: &'static str,
    /// Its picture, for who cannot see it: what it leads to.
    pub code_of: fn(&str) -> String,
    /// It is being drawn.
    pub code_comes: &'static str,
    /// The link is too long for one.
    pub code_too_long: &'static str,
    /// The link makes a code that is hard to read from afar.
    pub code_dense: &'static str,
    /// Without the moment it would be shorter.
    pub code_shorter: &'static str,
    /// With it again.
    pub code_moment: &'static str,
    /// Shows it large.
    pub fill: &'static str,
    /// What the key does.
    pub key_code: &'static str,
    /// What came of a fingerprint: of so many steps.
    pub claim: fn(Verdict, u32) -> String,
    /// What that means.
    pub claim_help: fn(Verdict) -> &'static str,
    /// The steps of a link are being taken.
    pub taking: fn(&str, &str) -> String,
    /// Enough of them.
    pub stop: &'static str,
    /// The lesson's text is another one than the link's.
    pub lesson_changed: &'static str,
    /// Parts of the link mean nothing here.
    pub parts: fn(&str) -> String,
}

/// The words of a language.
#[must_use]
pub fn links(lang: Lang) -> &'static LinkTexts {
    match lang {
        Lang::En => &EN,
        Lang::Es => &ES,
    }
}

static EN: LinkTexts = LinkTexts {
    title: "Share",
    what: "What",
    moment: "This moment",
    start: "The scenario from its start",
    opens: "Opens as",
    workbench: "Workbench",
    presenter: "Presentation",
    embed: "Part of another page",
    fix_lang: "Always in English",
    prove: "Prove the run with its fingerprint",
    prove_help: "Whoever opens the link, or grades it with `lockstep verify`, can check that it really is this run.",
    link: "Link",
    frame: "HTML for the other page",
    copy: "Copy link",
    copy_frame: "Copy HTML",
    copied: "Link copied",
    frame_copied: "HTML copied",
    copy_by_hand: "The browser does not allow copying. The text is selected: copy it by hand.",
    size: |bytes, most| format!("{bytes} of {most} bytes"),
    size_small: "Chats and mail take it as it is.",
    size_large: "Some chats cut links of this length. A file is safer.",
    size_too_large: "Too long for a link. Save it as a file.",
    too_many: "This run has too many steps for a link. Share the scenario from its start.",
    save: "Save as a file",
    save_help: "The file opens where it is dropped on this page.",
    lags: "The text in the editor has mistakes. The link has the last one that ran.",
    code: "QR code",
    code_of: |link| format!("QR code of {link}"),
    code_comes: "The code is being drawn.",
    code_too_long: "This link is too long for a code.",
    code_dense: "So long a link makes fine squares: read it from nearby, or share less.",
    code_shorter: "Only the scenario",
    code_moment: "With the moment",
    fill: "Fill the screen",
    key_code: "Shows this moment as a QR code",
    claim: |verdict, step| match verdict {
        Verdict::Open => format!("Checking the link's fingerprint, up to step {step}"),
        Verdict::Stopped => "The link's fingerprint was not checked".to_owned(),
        Verdict::Holds => format!("Up to step {step} this run reproduces the link's fingerprint"),
        _ => "This run does not have the link's fingerprint".to_owned(),
    },
    claim_help: |verdict| match verdict {
        Verdict::Open => "",
        Verdict::Stopped => "Its steps were stopped on the way.",
        Verdict::Holds => "Same text, parameters, seed and steps: it is the same run.",
        Verdict::TextChanged => {
            "The link does not fit this lesson's text: it has changed since, or the link was altered."
        }
        Verdict::DoesNotFit => {
            "Its steps do not fit: the link was altered, or the simulator has changed since."
        }
        Verdict::Differs => "The link was altered, or the simulator has changed since.",
    },
    taking: |taken, all| format!("Taking the link's steps: {taken} of {all}"),
    stop: "Stop here",
    lesson_changed: "The link does not fit this lesson's text: it has changed since, or the link was altered. It opens in today's text, as far as its steps fit.",
    parts: |parts| {
        format!("This Lockstep does not know what the link means by `{parts}`. It left that out.")
    },
};

static ES: LinkTexts = LinkTexts {
    title: "Compartir",
    what: "Qué",
    moment: "Este momento",
    start: "El escenario desde el inicio",
    opens: "Se abre como",
    workbench: "Banco de trabajo",
    presenter: "Presentación",
    embed: "Parte de otra página",
    fix_lang: "Siempre en español",
    prove: "Probar la ejecución con su huella",
    prove_help: "Quien abra el enlace, o lo califique con `lockstep verify`, puede comprobar que de verdad es esta ejecución.",
    link: "Enlace",
    frame: "HTML para la otra página",
    copy: "Copiar enlace",
    copy_frame: "Copiar HTML",
    copied: "Enlace copiado",
    frame_copied: "HTML copiado",
    copy_by_hand: "El navegador no permite copiar. El texto está seleccionado: cópialo a mano.",
    size: |bytes, most| format!("{bytes} de {most} bytes"),
    size_small: "Cabe en cualquier chat o correo.",
    size_large: "Algunos chats cortan enlaces así de largos. Un archivo es más seguro.",
    size_too_large: "Es demasiado largo para un enlace. Guárdalo como archivo.",
    too_many: "La ejecución tiene demasiados pasos para un enlace. Comparte el escenario desde el inicio.",
    save: "Guardar como archivo",
    save_help: "El archivo se abre al soltarlo sobre esta página.",
    lags: "El texto del editor tiene errores. El enlace lleva el último que funcionó.",
    code: "Código QR",
    code_of: |link| format!("Código QR de {link}"),
    code_comes: "El código se está dibujando.",
    code_too_long: "El enlace es demasiado largo para un código.",
    code_dense: "Un enlace tan largo da cuadros muy finos: léelo de cerca o comparte menos.",
    code_shorter: "Solo el escenario",
    code_moment: "Con el momento",
    fill: "Llenar la pantalla",
    key_code: "Muestra este momento como código QR",
    claim: |verdict, step| match verdict {
        Verdict::Open => format!("Se comprueba la huella del enlace, hasta el paso {step}"),
        Verdict::Stopped => "La huella del enlace no se comprobó".to_owned(),
        Verdict::Holds => {
            format!("Hasta el paso {step}, esta ejecución reproduce la huella del enlace")
        }
        _ => "Esta ejecución no tiene la huella del enlace".to_owned(),
    },
    claim_help: |verdict| match verdict {
        Verdict::Open => "",
        Verdict::Stopped => "Sus pasos se detuvieron en el camino.",
        Verdict::Holds => {
            "Mismo texto, mismos parámetros, misma semilla y mismos pasos: es la misma ejecución."
        }
        Verdict::TextChanged => {
            "El enlace no corresponde al texto de esta lección: el texto cambió desde entonces, o alguien alteró el enlace."
        }
        Verdict::DoesNotFit => {
            "Sus pasos no encajan: alguien alteró el enlace, o el simulador cambió desde entonces."
        }
        Verdict::Differs => "Alguien alteró el enlace, o el simulador cambió desde entonces.",
    },
    taking: |taken, all| format!("Dando los pasos del enlace: {taken} de {all}"),
    stop: "Detener aquí",
    lesson_changed: "El enlace no corresponde al texto de esta lección: el texto cambió desde entonces, o alguien alteró el enlace. Se abre en el texto de hoy, hasta donde sus pasos encajan.",
    parts: |parts| {
        format!("Este Lockstep no sabe qué quiere decir el enlace con `{parts}` y lo dejó de lado.")
    },
};
