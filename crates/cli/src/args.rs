//! The command line.

use clap::{Arg, ArgAction, ArgMatches};
use sim_core::{
    say::Lang,
    session::{RUN_STEPS, RUN_STEPS_MAX},
};

use crate::words::pick;

/// What to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Command {
    /// Read a scenario and tell its mistakes.
    Check,
    /// Run it once.
    Run,
    /// Try every schedule.
    Explore,
    /// Lay scenarios out.
    Fmt,
    /// Grade hand-ins for a lesson.
    Grade,
    /// Make the runs of links again.
    Verify,
    /// Fail, to see what is said then.
    #[cfg(debug_assertions)]
    Fault,
}

/// The command line, read.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    pub(crate) command: Command,
    /// The scenario's path, or `-`; the folder of hand-ins.
    pub(crate) file: String,
    /// All paths, where a command takes several.
    pub(crate) files: Vec<String>,
    /// Names and values of parameters, as typed.
    pub(crate) params: Vec<(String, String)>,
    pub(crate) seed: Option<u64>,
    pub(crate) picks: Option<String>,
    pub(crate) schedule: Option<String>,
    /// After how many steps a run is cut.
    pub(crate) steps: Option<u64>,
    /// How many continuations tell how likely a failure is.
    pub(crate) chance: Option<u32>,
    /// The lesson's name.
    pub(crate) lesson: Option<String>,
    /// Which of its challenges, from 1.
    pub(crate) challenge: Option<usize>,
    pub(crate) json: bool,
    /// Write what is measured as a table.
    pub(crate) csv: bool,
    /// Only tell what would change.
    pub(crate) check: bool,
    /// Write the result into the file.
    pub(crate) write: bool,
    pub(crate) lang: Lang,
}

impl Options {
    /// After how many steps a run is cut.
    pub(crate) fn most_steps(&self) -> u64 {
        self.steps.unwrap_or(RUN_STEPS)
    }
}

/// Reads the command line; help, version and mistakes in it end the program here.
pub(crate) fn parse() -> Options {
    let matches = command(asked(std::env::args().skip(1))).get_matches();
    let Some((name, matches)) = matches.subcommand() else {
        unreachable!("clap asks for a command")
    };
    let command = match name {
        "check" => Command::Check,
        "run" => Command::Run,
        "explore" => Command::Explore,
        "fmt" => Command::Fmt,
        "grade" => Command::Grade,
        "verify" => Command::Verify,
        #[cfg(debug_assertions)]
        "fault" => Command::Fault,
        other => unreachable!("clap knows no command {other}"),
    };
    let text = |id: &str| try_text(matches, id);
    let flag = |id: &str| matches.try_get_one::<bool>(id).ok().flatten().copied();
    let params = matches.try_get_many::<(String, String)>("param").ok().flatten();
    let files = matches.try_get_many::<String>("file").ok().flatten();
    let files: Vec<String> = files.map(|given| given.cloned().collect()).unwrap_or_default();
    Options {
        command,
        file: files.first().cloned().unwrap_or_default(),
        files,
        params: params.map(|given| given.cloned().collect()).unwrap_or_default(),
        seed: matches.try_get_one::<u64>("seed").ok().flatten().copied(),
        picks: text("picks"),
        schedule: text("schedule"),
        steps: matches.try_get_one::<u64>("steps").ok().flatten().copied(),
        chance: matches.try_get_one::<u32>("chance").ok().flatten().copied(),
        lesson: text("lesson"),
        challenge: matches.try_get_one::<usize>("challenge").ok().flatten().copied(),
        json: flag("json").unwrap_or_default(),
        csv: flag("csv").unwrap_or_default(),
        check: flag("check").unwrap_or_default(),
        write: flag("write").unwrap_or_default(),
        lang: matches.try_get_one::<Lang>("lang").ok().flatten().copied().unwrap_or_default(),
    }
}

fn try_text(matches: &ArgMatches, id: &str) -> Option<String> {
    matches.try_get_one::<String>(id).ok().flatten().cloned()
}

/// The language that `--lang` asks for, found before anything else: help is said in it too.
fn asked(arguments: impl Iterator<Item = String>) -> Lang {
    let mut before = String::new();
    for argument in arguments {
        let value = match argument.strip_prefix("--lang=") {
            Some(value) => Some(value),
            None => (before == "--lang").then_some(argument.as_str()),
        };
        if let Some(lang) = value.and_then(Lang::parse) {
            return lang;
        }
        before = argument;
    }
    Lang::default()
}

fn command(lang: Lang) -> clap::Command {
    let say = |en, es| pick(lang, en, es);
    let check = say("Read a scenario and tell its mistakes", "Lee un escenario y dice sus errores");
    let run = say("Run a scenario once, step by step", "Ejecuta un escenario una vez, paso a paso");
    let explore =
        say("Try every schedule of a scenario", "Prueba todas las planificaciones de un escenario");
    let command = dressed(clap::Command::new("lockstep"), lang)
        .version(env!("CARGO_PKG_VERSION"))
        .disable_version_flag(true)
        .arg(
            Arg::new("version")
                .long("version")
                .short('V')
                .action(ArgAction::Version)
                .help(say("Print the version", "Muestra la versión")),
        )
        .about(say(
            "Runs scenarios of things that happen at once, one step at a time.",
            "Ejecuta escenarios de cosas que pasan a la vez, un paso por vez.",
        ))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(lang != Lang::En)
        .arg(lang_option(lang).global(true))
        .subcommand(with_common(clap::Command::new("check").about(check), lang))
        .subcommand(with_common(run_options(clap::Command::new("run").about(run), lang), lang))
        .subcommand(with_common(
            from_here(clap::Command::new("explore").about(explore), lang),
            lang,
        ))
        .subcommand(fmt(lang))
        .subcommand(grade(lang))
        .subcommand(verify(lang));
    #[cfg(debug_assertions)]
    let command = command.subcommand(clap::Command::new("fault").hide(true));
    command
}

fn run_options(command: clap::Command, lang: Lang) -> clap::Command {
    let say = |en, es| pick(lang, en, es);
    command
        .arg(
            Arg::new("seed")
                .long("seed")
                .value_name("N")
                .value_parser(clap::value_parser!(u64))
                .help(say(
                    "The seed by which the clock picks [default: as the text's `run` says, else 1]",
                    "La semilla con que elige el reloj [por omisión: la del `run` del texto, o 1]",
                )),
        )
        .arg(picks(say(
            "Replay these picks, then go on by the clock: 1,2,1 (places among the possible \
             choices) or the words of a schedule: \"client[1] client[2]\"",
            "Repite estas elecciones y sigue con el reloj: 1,2,1 (lugares entre lo posible) o \
             las palabras de un schedule: \"client[1] client[2]\"",
        )))
        .arg(schedule(say(
            "Replay a schedule of the scenario, then go on by the clock",
            "Repite un schedule del escenario y sigue con el reloj",
        )))
        .arg(
            Arg::new("steps")
                .long("steps")
                .value_name("N")
                .value_parser(clap::value_parser!(u64).range(1..=RUN_STEPS_MAX))
                .help(pick(
                    lang,
                    format!("Cut a run after N steps [default: {RUN_STEPS}]"),
                    format!("Corta una ejecución tras N pasos [por omisión: {RUN_STEPS}]"),
                )),
        )
        .arg(
            Arg::new("chance")
                .long("chance")
                .value_name("N")
                .value_parser(clap::value_parser!(u32).range(1..=100_000))
                .help(say(
                    "Tell how likely a failure is after what was replayed, by N continuations with \
                     other seeds, and along the run",
                    "Dice qué tan probable es un fallo tras lo repetido, con N continuaciones con \
                     otras semillas, y a lo largo de la ejecución",
                )),
        )
        .arg(Arg::new("csv").long("csv").action(ArgAction::SetTrue).conflicts_with("json").help(
            say(
                "Write what is measured as CSV: a name, a whole number and its unit in each line",
                "Escribe lo medido como CSV: en cada línea un nombre, un número entero y su unidad",
            ),
        ))
}

/// Exploring from a moment instead of from the start.
fn from_here(command: clap::Command, lang: Lang) -> clap::Command {
    let say = |en, es| pick(lang, en, es);
    command
        .arg(picks(say(
            "Explore from the moment after these picks: 1,2,1 or the words of a schedule",
            "Explora desde el momento tras estas elecciones: 1,2,1 o las palabras de un schedule",
        )))
        .arg(schedule(say(
            "Explore from the end of a schedule of the scenario",
            "Explora desde el final de un schedule del escenario",
        )))
}

fn picks(help: &'static str) -> Arg {
    Arg::new("picks")
        .long("picks")
        .value_name("PICKS")
        .allow_hyphen_values(true)
        .conflicts_with("schedule")
        .help(help)
}

fn schedule(help: &'static str) -> Arg {
    Arg::new("schedule").long("schedule").value_name("NAME").help(help)
}

fn fmt(lang: Lang) -> clap::Command {
    let say = |en, es| pick(lang, en, es);
    let command = clap::Command::new("fmt").about(say(
        "Lay scenarios out: indentation, blanks and blank lines, nothing else",
        "Da formato a escenarios: sangría, espacios y líneas vacías, nada más",
    ));
    dressed(command, lang)
        .arg(Arg::new("file").value_name("FILE").required(true).num_args(1..).help(say(
            "The scenarios; - reads standard input. One alone is written to standard output",
            "Los escenarios; - lee la entrada estándar. Uno solo va a la salida estándar",
        )))
        .arg(
            Arg::new("check")
                .long("check")
                .action(ArgAction::SetTrue)
                .conflicts_with("write")
                .help(say(
                    "Write nothing; name the files that would change",
                    "No escribe nada; nombra los archivos que cambiarían",
                )),
        )
        .arg(
            Arg::new("write").long("write").short('w').action(ArgAction::SetTrue).help(say(
                "Write the result into the files",
                "Escribe el resultado en los archivos",
            )),
        )
        .after_help(pick(lang, FMT_EXIT_CODES_EN, FMT_EXIT_CODES_ES))
}

fn grade(lang: Lang) -> clap::Command {
    let say = |en, es| pick(lang, en, es);
    let command = clap::Command::new("grade").about(say(
        "Grade a folder of hand-ins for a lesson",
        "Evalúa una carpeta de entregas para una lección",
    ));
    dressed(command, lang)
        .arg(Arg::new("file").value_name("FOLDER").required(true).help(say(
            "The hand-ins: its .lockstep and .txt files, and those of its subfolders; or one file",
            "Las entregas: sus archivos .lockstep y .txt y los de sus subcarpetas; o un archivo",
        )))
        .arg(
            Arg::new("lesson")
                .long("lesson")
                .value_name("NAME")
                .required(true)
                .help(say("The lesson's name", "El nombre de la lección")),
        )
        .arg(
            Arg::new("challenge")
                .long("challenge")
                .value_name("N")
                .value_parser(clap::value_parser!(usize))
                .help(say(
                    "Only this challenge of the lesson, from 1",
                    "Solo este reto de la lección, desde 1",
                )),
        )
        .arg(json_option(lang))
        .after_help(pick(lang, GRADE_NOTES_EN, GRADE_NOTES_ES))
}

fn verify(lang: Lang) -> clap::Command {
    let say = |en, es| pick(lang, en, es);
    let command = clap::Command::new("verify").about(say(
        "Tell whether links give the runs they were made of",
        "Dice si los enlaces dan las ejecuciones de las que se hicieron",
    ));
    dressed(command, lang)
        .arg(Arg::new("file").value_name("LINK|FILE").required(true).num_args(1..).help(say(
            "Links, and files with a link in each line or of a scenario saved with its moment; \
             - reads standard input",
            "Enlaces, y archivos con un enlace por línea o de un escenario guardado con su \
             momento; - lee la entrada estándar",
        )))
        .arg(json_option(lang))
        .after_help(pick(lang, VERIFY_NOTES_EN, VERIFY_NOTES_ES))
}

fn with_common(command: clap::Command, lang: Lang) -> clap::Command {
    let say = |en, es| pick(lang, en, es);
    dressed(command, lang)
        .arg(Arg::new("file").value_name("FILE").required(true).help(say(
            "The scenario; - reads standard input",
            "El escenario; - lee la entrada estándar",
        )))
        .arg(
            Arg::new("param")
                .long("param")
                .short('p')
                .value_name("NAME=VALUE")
                .action(ArgAction::Append)
                .value_parser(move |text: &str| param(text, lang))
                .help(say(
                    "Set a parameter; may be given several times",
                    "Cambia un parámetro; puede darse varias veces",
                )),
        )
        .arg(json_option(lang))
}

fn json_option(lang: Lang) -> Arg {
    Arg::new("json").long("json").action(ArgAction::SetTrue).help(pick(
        lang,
        "Write JSON, as docs/json.md describes it",
        "Escribe JSON, como lo describe docs/json.md",
    ))
}

fn lang_option(lang: Lang) -> Arg {
    let help = pick(
        lang,
        "The language of texts: en or es [default: en]",
        "El idioma de los textos: en o es [por omisión: en]",
    );
    Arg::new("lang")
        .long("lang")
        .value_name("LANG")
        .value_parser(move |text: &str| self::lang(text, lang))
        .help(help)
}

/// A command whose help is wholly in one language.
fn dressed(command: clap::Command, lang: Lang) -> clap::Command {
    let [usage, commands, arguments, options, help] = pick(
        lang,
        ["Usage", "Commands", "Arguments", "Options", "Print help"],
        ["Uso", "Comandos", "Argumentos", "Opciones", "Muestra esta ayuda"],
    );
    let blocks = if command.get_name() == "lockstep" {
        format!("{commands}:\n{{subcommands}}\n\n{options}:\n{{options}}")
    } else {
        format!("{arguments}:\n{{positionals}}\n\n{options}:\n{{options}}")
    };
    command
        .help_template(format!("{{about}}\n\n{usage}: {{usage}}\n\n{blocks}{{after-help}}"))
        .disable_help_flag(true)
        .arg(Arg::new("help").long("help").short('h').action(ArgAction::Help).help(help))
        .after_help(pick(lang, EXIT_CODES_EN, EXIT_CODES_ES))
}

fn param(text: &str, lang: Lang) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or_else(|| {
        pick(
            lang,
            "write it as NAME=VALUE, for example clients=3",
            "escríbelo como NAME=VALUE, por ejemplo clients=3",
        )
        .to_owned()
    })?;
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}

fn lang(text: &str, said: Lang) -> Result<Lang, String> {
    Lang::parse(text).ok_or_else(|| pick(said, "it is en or es", "es en o es").to_owned())
}

const EXIT_CODES_EN: &str = "Exit codes:
  0  all promises hold (check: the scenario is right)
  1  a promise is broken, or a run is stuck or never ends
  2  the scenario or the command line is wrong
  3  not decided: a ceiling was met first
  70 a fault of ours";

const EXIT_CODES_ES: &str = "Códigos de salida:
  0  todo lo prometido se cumple (check: el escenario está bien)
  1  algo prometido se rompe, o una ejecución se atasca o no termina
  2  el escenario o la línea de comandos tiene errores
  3  sin decidir: antes se llegó a un límite
  70 un error nuestro";

const FMT_EXIT_CODES_EN: &str = "Exit codes:
  0  done; with --check, nothing would change
  1  with --check, something would change
  2  a file cannot be read or written, or its brackets do not pair
  70 a fault of ours";

const FMT_EXIT_CODES_ES: &str = "Códigos de salida:
  0  hecho; con --check, nada cambiaría
  1  con --check, algo cambiaría
  2  un archivo no se puede leer o escribir, o sus llaves no cierran
  70 un error nuestro";

const GRADE_NOTES_EN: &str = "A fix is graded by every schedule, as in the page. A break is done if a schedule of the text shows it
in the lesson's own text. Parameters are those the challenge asks for; the others have the
hand-in's defaults.

Exit codes:
  0  every hand-in does every challenge
  1  some do not
  2  the folder, the lesson or the command line is wrong
  3  none fails, but something is not decided: a ceiling was met first
  70 a fault of ours";

const GRADE_NOTES_ES: &str = "Una solución se evalúa con todas las planificaciones, como en la página. Un fallo pedido vale si un
schedule del texto lo muestra en el texto de la lección. Los parámetros son los que pide el reto; los
demás tienen los valores por omisión de la entrega.

Códigos de salida:
  0  todas las entregas cumplen todos los retos
  1  algunas no
  2  la carpeta, la lección o la línea de comandos tiene errores
  3  ninguna falla, pero algo quedó sin decidir: antes se llegó a un límite
  70 un error nuestro";

const VERIFY_NOTES_EN: &str = "A line may have a name before its link: ana https://…#/lesson/…

Exit codes:
  0  every link gives the run it was made of
  1  some do not, cannot be read, or do not say which run that was
  2  a file or the command line is wrong
  70 a fault of ours";

const VERIFY_NOTES_ES: &str =
    "Una línea puede tener un nombre antes de su enlace: ana https://…#/lesson/…

Códigos de salida:
  0  cada enlace da la ejecución de la que se hizo
  1  algunos no, no se pueden leer o no dicen qué ejecución era
  2  un archivo o la línea de comandos tiene errores
  70 un error nuestro";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        for lang in Lang::ALL {
            command(lang).debug_assert();
        }
    }

    #[test]
    fn help_is_in_the_language_asked_for() {
        let given = |words: &str| asked(words.split(' ').map(str::to_owned));
        assert_eq!(given("run --help"), Lang::En);
        assert_eq!(given("run --help --lang es"), Lang::Es);
        assert_eq!(given("--lang=es"), Lang::Es);
        let help = command(Lang::Es).render_help().to_string();
        for english in ["Usage", "Options", "Print", "Exit"] {
            assert!(!help.contains(english), "{english} in {help}");
        }
    }
}
