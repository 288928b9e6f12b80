//! From a path and parameters to a program, or to what is wrong with them.

use std::{fs, io::Read};

use sim_core::{
    Hint, hint,
    lang::{self, Diagnostic, Scenario, Values},
    program::Program,
    say::diagnostics::Message,
};

use crate::{Done, Exit, args::Options, json, show, words};

/// A scenario's text as the engine reads it.
pub(crate) struct Source {
    /// Lines end with LF; no byte order mark.
    pub(crate) text: String,
}

/// A mistake, with the part of the command line it is in, if it is in none of the text.
pub(crate) struct Mistake {
    pub(crate) argument: Option<String>,
    pub(crate) code: &'static str,
    /// A place in the text, or in the argument.
    pub(crate) span: Option<sim_core::program::Span>,
    pub(crate) message: Message,
}

impl Mistake {
    pub(crate) fn in_text(diagnostic: Diagnostic) -> Mistake {
        Mistake {
            argument: None,
            code: diagnostic.code.0,
            span: Some(diagnostic.span),
            message: diagnostic.message,
        }
    }

    pub(crate) fn in_argument(argument: String, message: Message) -> Mistake {
        Mistake { argument: Some(argument), code: message.code().0, span: None, message }
    }
}

/// Reads the file as it is, or says why that cannot be.
pub(crate) fn read(options: &Options) -> Result<String, Done> {
    let mut bytes = Vec::new();
    let read = if options.file == "-" {
        std::io::stdin().read_to_end(&mut bytes).map(|_| ())
    } else {
        fs::read(&options.file).map(|read| bytes = read)
    };
    let name = options.file_name();
    read.map_err(|error| {
        Done::bad_input(format!("lockstep: {name}: {}\n", words::cannot_read(&error, options.lang)))
    })?;
    String::from_utf8(bytes).map_err(|_| {
        Done::bad_input(format!("lockstep: {name}: {}\n", words::not_utf8(options.lang)))
    })
}

/// Reads the file as the engine sees it, or says why that cannot be.
pub(crate) fn source(options: &Options) -> Result<Source, Done> {
    read(options).map(|text| Source::new(&text))
}

impl Source {
    pub(crate) fn new(text: &str) -> Source {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
        Source { text }
    }
}

/// Checks a text.
pub(crate) fn scenario(source: &Source) -> Result<Scenario, Vec<Mistake>> {
    let checked = lang::check(&source.text);
    let mistakes = || checked.diagnostics.into_iter().map(Mistake::in_text).collect();
    checked.scenario.ok_or_else(mistakes)
}

/// The parameters of the command line.
fn values(scenario: &Scenario, options: &Options) -> Result<Values, Vec<Mistake>> {
    let mut values = Values::default();
    let mut mistakes = Vec::new();
    for (name, value) in &options.params {
        if let Err(message) = values.set(scenario.params(), name, value) {
            mistakes.push(Mistake::in_argument(format!("--param {name}={value}"), message));
        }
    }
    if mistakes.is_empty() { Ok(values) } else { Err(mistakes) }
}

fn in_text(wrong: Vec<Diagnostic>) -> Vec<Mistake> {
    wrong.into_iter().map(Mistake::in_text).collect()
}

/// Binds a scenario to the parameters of the command line.
pub(crate) fn bind(scenario: &Scenario, options: &Options) -> Result<Program, Vec<Mistake>> {
    scenario.bind(&values(scenario, options)?).map_err(in_text)
}

/// A program to be searched.
pub(crate) struct Search {
    pub(crate) source: Source,
    pub(crate) program: Program,
    /// Parameters that the text's `explore` lowers, with the values looked at.
    pub(crate) lowered: Vec<(String, String)>,
    /// What to say if it is very large.
    pub(crate) hint: Option<Hint>,
}

/// The text, and its program with those parameters lowered that `explore` lowers; otherwise what
/// to say.
pub(crate) fn search(options: &Options) -> Result<Search, Done> {
    let source = source(options)?;
    let found = scenario(&source).and_then(|scenario| {
        let asked = values(&scenario, options)?;
        // From a moment of a run, the run's own parameters count.
        let from_here = options.picks.is_some() || options.schedule.is_some();
        let values =
            if from_here { asked.clone() } else { scenario.exploring(&asked).map_err(in_text)? };
        let before = scenario.bind(&asked).map_err(in_text)?;
        let program = scenario.bind(&values).map_err(in_text)?;
        let settings = program.settings.iter().zip(&before.settings);
        let lowered = settings.filter(|(now, before)| now != before).map(|(now, _)| now.clone());
        Ok((lowered.collect(), hint(&scenario, &values), program))
    });
    match found {
        Ok((lowered, hint, program)) => Ok(Search { source, program, lowered, hint }),
        Err(mistakes) => Err(refused(&source, &mistakes, options)),
    }
}

/// The text and the program; otherwise what to say.
pub(crate) fn program(options: &Options) -> Result<(Source, Program), Done> {
    let source = source(options)?;
    let program = scenario(&source).and_then(|scenario| bind(&scenario, options));
    match program {
        Ok(program) => Ok((source, program)),
        Err(mistakes) => Err(refused(&source, &mistakes, options)),
    }
}

/// Mistakes as the output of any command.
pub(crate) fn refused(source: &Source, mistakes: &[Mistake], options: &Options) -> Done {
    if options.json {
        let invalid = json::Invalid {
            lockstep: json::VERSION,
            verdict: "invalid",
            diagnostics: json::diagnostics(source, mistakes, options.lang),
        };
        return Done::said(json::text(&invalid), Exit::BadInput);
    }
    Done::bad_input(show::mistakes(source, mistakes, options))
}
