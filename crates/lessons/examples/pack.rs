//! Writes each lesson, packed, into a folder: the page fetches the one that somebody opens.

use std::{env, fs, path::Path, process::ExitCode};

fn main() -> ExitCode {
    let Some(folder) = env::args().nth(1) else {
        eprintln!("usage: pack FOLDER");
        return ExitCode::FAILURE;
    };
    for lesson in lessons::all() {
        let path = Path::new(&folder).join(format!("{}.txt", lesson.id));
        let packed = lessons::packed(lesson.id).unwrap_or_default();
        let done = fs::create_dir_all(&folder).and_then(|()| fs::write(&path, packed));
        if let Err(error) = done {
            eprintln!("{}: {error}", path.display());
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
