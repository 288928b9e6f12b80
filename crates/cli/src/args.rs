//! The command line.

use clap::{Arg, ArgAction, ArgMatches};
use sim_core::say::Lang;

/// What to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Command {
    /// Read a scenario and tell its mistakes.
    Check,
    /// Run it once.
    Run,
    /// Try every schedule.
    Explore,
    /// Fail, to see what is said then.
    #[cfg(debug_assertions)]
    Fault,
}

/// The command line, read.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    pub(crate) command: Command,
    /// The scenario's path, or `-`.
    pub(crate) file: String,
    /// Names and values of parameters, as typed.
    pub(crate) params: Vec<(String, String)>,
    pub(crate) seed: u64,
    pub(crate) picks: Option<String>,
    pub(crate) schedule: Option<String>,
    pub(crate) json: bool,
    pub(crate) lang: Lang,
}

const EXIT_CODES: &str = "Exit codes:
  0  all promises hold (check: the scenario is right)
  1  a promise is broken, or a run is stuck or never ends
  2  the scenario or the command line is wrong
  3  not decided: a ceiling was met first
  70 a fault of ours";

/// Reads the command line; help, version and mistakes in it end the program here.
pub(crate) fn parse() -> Options {
    let matches = command().get_matches();
    let Some((name, matches)) = matches.subcommand() else {
        unreachable!("clap asks for a command")
    };
    let command = match name {
        "check" => Command::Check,
        "run" => Command::Run,
        "explore" => Command::Explore,
        #[cfg(debug_assertions)]
        "fault" => Command::Fault,
        other => unreachable!("clap knows no command {other}"),
    };
    let text = |id: &str| try_text(matches, id);
    let params = matches.try_get_many::<(String, String)>("param").ok().flatten();
    Options {
        command,
        file: text("file").unwrap_or_default(),
        params: params.map(|given| given.cloned().collect()).unwrap_or_default(),
        seed: matches.try_get_one::<u64>("seed").ok().flatten().copied().unwrap_or(1),
        picks: text("picks"),
        schedule: text("schedule"),
        json: matches.try_get_one::<bool>("json").ok().flatten().copied().unwrap_or_default(),
        lang: matches.try_get_one::<Lang>("lang").ok().flatten().copied().unwrap_or_default(),
    }
}

fn try_text(matches: &ArgMatches, id: &str) -> Option<String> {
    matches.try_get_one::<String>(id).ok().flatten().cloned()
}

fn command() -> clap::Command {
    let command = clap::Command::new("lockstep")
        .version(env!("CARGO_PKG_VERSION"))
        .about("Runs scenarios of things that happen at once, one step at a time.")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .after_help(EXIT_CODES)
        .subcommand(with_common(
            clap::Command::new("check").about("Read a scenario and tell its mistakes"),
        ))
        .subcommand(
            with_common(clap::Command::new("run").about("Run a scenario once, step by step"))
                .arg(
                    Arg::new("seed")
                        .long("seed")
                        .value_name("N")
                        .value_parser(clap::value_parser!(u64))
                        .help("The seed by which the clock picks [default: 1]"),
                )
                .arg(
                    Arg::new("picks")
                        .long("picks")
                        .value_name("PICKS")
                        .allow_hyphen_values(true)
                        .conflicts_with("schedule")
                        .help(
                            "Replay these picks, then go on by the clock: 1,2,1 (places among the \
                             possible choices) or the words of a schedule: \"client[1] client[2]\"",
                        ),
                )
                .arg(
                    Arg::new("schedule")
                        .long("schedule")
                        .value_name("NAME")
                        .help("Replay a schedule of the scenario, then go on by the clock"),
                ),
        )
        .subcommand(with_common(
            clap::Command::new("explore").about("Try every schedule of a scenario"),
        ));
    #[cfg(debug_assertions)]
    let command = command.subcommand(clap::Command::new("fault").hide(true));
    command
}

fn with_common(command: clap::Command) -> clap::Command {
    command
        .arg(
            Arg::new("file")
                .value_name("FILE")
                .required(true)
                .help("The scenario; - reads standard input"),
        )
        .arg(
            Arg::new("param")
                .long("param")
                .short('p')
                .value_name("NAME=VALUE")
                .action(ArgAction::Append)
                .value_parser(param)
                .help("Set a parameter; may be given several times"),
        )
        .arg(
            Arg::new("json")
                .long("json")
                .action(ArgAction::SetTrue)
                .help("Write JSON, as docs/json.md describes it"),
        )
        .arg(
            Arg::new("lang")
                .long("lang")
                .value_name("LANG")
                .value_parser(lang)
                .help("The language of texts: en or es [default: en]"),
        )
        .after_help(EXIT_CODES)
}

fn param(text: &str) -> Result<(String, String), String> {
    let (name, value) = text
        .split_once('=')
        .ok_or_else(|| "write it as NAME=VALUE, for example clients=3".to_owned())?;
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}

fn lang(text: &str) -> Result<Lang, String> {
    Lang::parse(text).ok_or_else(|| "it is en or es".to_owned())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_command_line_is_well_formed() {
        super::command().debug_assert();
    }
}
