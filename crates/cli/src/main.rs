//! Lockstep in a terminal: the same engine as in the page, for scripts and for those who like it.
//!
//! Exit codes: 0 all promises hold, 1 one is broken (or a run is stuck or never ends, or
//! `fmt --check` would change something, or a hand-in does not do all it should, or a link does not
//! give its run), 2 the input is
//! wrong, 3 not decided within the ceilings, 70 a fault of ours.

mod args;
mod check;
mod explore;
mod fmt;
mod grade;
mod input;
mod json;
mod replay;
mod run;
mod show;
mod verify;
mod words;

use std::{
    io::{ErrorKind, Write},
    panic,
    process::ExitCode,
};

use args::{Command, Options};

/// How a command came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// All promises hold.
    Holds = 0,
    /// A promise is broken, or a run ends badly.
    Broken = 1,
    /// The input is wrong.
    BadInput = 2,
    /// A ceiling was met before there was an answer.
    Undecided = 3,
}

/// A fault of ours; see [`report_faults`].
const FAULT: i32 = 70;

/// What a command has to say, and how it came out.
pub(crate) struct Done {
    /// For standard output.
    pub(crate) out: String,
    /// For standard error.
    pub(crate) err: String,
    /// How it came out.
    pub(crate) exit: Exit,
}

fn main() -> ExitCode {
    report_faults();
    let options = args::parse();
    let done = match options.command {
        Command::Check => check::check(&options),
        Command::Run => run::run(&options),
        Command::Explore => explore::explore(&options),
        Command::Fmt => fmt::fmt(&options),
        Command::Grade => grade::grade(&options),
        Command::Verify => verify::verify(&options),
        #[cfg(debug_assertions)]
        Command::Fault => panic!("a fault made on purpose, for the test of what is said then"),
    };
    write(&mut std::io::stderr(), &done.err);
    write(&mut std::io::stdout(), &done.out);
    ExitCode::from(done.exit as u8)
}

/// A fault in this program is told as one, with how to report it, and has an exit code of its own.
fn report_faults() {
    panic::set_hook(Box::new(|fault| {
        let version = env!("CARGO_PKG_VERSION");
        let text = format!(
            "lockstep {version} has a fault: {fault}\n\
             This is our mistake and not yours. Please report it, with the scenario and the \
             command, where you got Lockstep from.\n"
        );
        write(&mut std::io::stderr(), &text);
        std::process::exit(FAULT);
    }));
}

/// Writes a text. A reader that has gone away (`lockstep … | head`) is no mistake; anything else
/// cannot be told anywhere.
fn write(to: &mut impl Write, text: &str) {
    let written = to.write_all(text.as_bytes()).and_then(|()| to.flush());
    if let Err(error) = written
        && error.kind() != ErrorKind::BrokenPipe
    {
        std::process::exit(FAULT);
    }
}

impl Done {
    /// Bad input: why, on standard error.
    pub(crate) fn bad_input(err: String) -> Done {
        Done { out: String::new(), err, exit: Exit::BadInput }
    }

    /// A text on standard output.
    pub(crate) fn said(out: String, exit: Exit) -> Done {
        Done { out, err: String::new(), exit }
    }
}

impl Options {
    /// The path as messages name it.
    pub(crate) fn file_name(&self) -> &str {
        if self.file == "-" { "stdin" } else { &self.file }
    }
}
