//! Writes each lesson and each page of words, packed, into a folder: the page fetches what somebody opens.

use std::{env, fs, path::Path, process::ExitCode};

fn main() -> ExitCode {
    let Some(folder) = env::args().nth(1) else {
        eprintln!("usage: pack FOLDER");
        return ExitCode::FAILURE;
    };
    let told =
        lessons::all().iter().map(|lesson| (lesson.id.to_owned(), lessons::packed(lesson.id)));
    let pages = lessons::pages().iter();
    let pages = pages.map(|page| (format!("page-{}", page.id), lessons::packed_page(page.id)));
    for (name, packed) in told.chain(pages) {
        let path = Path::new(&folder).join(format!("{name}.txt"));
        let packed = packed.unwrap_or_default();
        let done = fs::create_dir_all(&folder).and_then(|()| fs::write(&path, packed));
        if let Err(error) = done {
            eprintln!("{}: {error}", path.display());
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
