//! Runs other programs, from the root of the repository, with the project's tools on the path.

use std::{
    env,
    ffi::OsString,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().expect("xtask lies in the repository").to_owned()
}

/// A command that will run in the root of the repository.
pub(crate) fn command(program: &str) -> Command {
    // On Windows npm is a script, which only its full name starts.
    let program = if cfg!(windows) && program == "npm" { "npm.cmd" } else { program };
    let mut command = Command::new(program);
    command.current_dir(root());
    command
}

/// Runs a command to its end; what it says goes straight to the terminal.
pub(crate) fn run(command: &mut Command) -> Result<(), String> {
    let name = line_of(command);
    let status = command.status().map_err(|error| format!("`{name}` did not start: {error}"))?;
    status.success().then_some(()).ok_or_else(|| format!("`{name}` failed ({status})"))
}

/// Runs a command like [`run`] and also gives back the lines of its standard output.
pub(crate) fn run_and_listen(command: &mut Command) -> (Vec<String>, Result<(), String>) {
    let name = line_of(command);
    let mut child = match command.stdout(Stdio::piped()).spawn() {
        Ok(child) => child,
        Err(error) => return (Vec::new(), Err(format!("`{name}` did not start: {error}"))),
    };
    let mut lines = Vec::new();
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).split(b'\n').map_while(Result::ok) {
            let line = String::from_utf8_lossy(&line).into_owned();
            let _ = writeln!(std::io::stdout(), "{line}");
            lines.push(line);
        }
    }
    let result = match child.wait() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{name}` failed ({status})")),
        Err(error) => Err(format!("`{name}` was lost: {error}")),
    };
    (lines, result)
}

/// Runs a command silently and gives back its standard output, if it succeeds.
pub(crate) fn output_of(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The path to search for programs when `folders` come first.
pub(crate) fn path_with(folders: &[PathBuf]) -> OsString {
    let old = env::var_os("PATH").unwrap_or_default();
    let all = folders.iter().cloned().chain(env::split_paths(&old));
    env::join_paths(all).unwrap_or(old)
}

/// Where a program of this name lies on the path.
pub(crate) fn find_program(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(&file)).find(|file| file.is_file())
}

fn line_of(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}
