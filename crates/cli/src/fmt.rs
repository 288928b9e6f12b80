//! `lockstep fmt`: scenarios laid out the one way there is.

use std::fs;

use sim_core::lang;

use crate::{
    Done, Exit,
    args::Options,
    input::{self, Mistake, Source},
    words,
};

pub(crate) fn fmt(options: &Options) -> Done {
    if options.files.len() > 1 && !options.check && !options.write {
        return Done::bad_input(format!("lockstep: {}\n", words::several_files(options.lang)));
    }
    let mut all = Done::said(String::new(), Exit::Holds);
    for file in &options.files {
        let done = one(&Options { file: file.clone(), ..options.clone() });
        all.out.push_str(&done.out);
        all.err.push_str(&done.err);
        if done.exit as u8 > all.exit as u8 {
            all.exit = done.exit;
        }
    }
    all
}

fn one(options: &Options) -> Done {
    let text = match input::read(options) {
        Ok(text) => text,
        Err(done) => return done,
    };
    let source = Source::new(&text);
    let laid_out = match lang::format(&source.text) {
        Ok(laid_out) => laid_out,
        Err(wrong) => {
            let mistakes: Vec<Mistake> = wrong.into_iter().map(Mistake::in_text).collect();
            return input::refused(&source, &mistakes, options);
        }
    };
    let changes = laid_out != text;
    if options.check {
        let exit = if changes { Exit::Broken } else { Exit::Holds };
        let out = if changes { format!("{}\n", options.file_name()) } else { String::new() };
        return Done::said(out, exit);
    }
    if !options.write || options.file == "-" {
        return Done::said(laid_out, Exit::Holds);
    }
    if changes && let Err(error) = fs::write(&options.file, laid_out) {
        let name = options.file_name();
        let why = words::cannot_write(&error, options.lang);
        return Done::bad_input(format!("lockstep: {name}: {why}\n"));
    }
    Done::said(String::new(), Exit::Holds)
}
