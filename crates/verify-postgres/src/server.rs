//! PostgreSQL's programs, and a cluster of our own that nobody else sees and that leaves nothing.

use std::{
    env, fs,
    hash::{BuildHasher, RandomState},
    io::{BufRead, BufReader, Write},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
};

const SCRIPT: &str = include_str!("server.sh");
/// What the script needs, besides a shell.
const PROGRAMS: &[&str] = &["initdb", "pg_ctl", "postgres"];
/// Debian's place for them, a folder a version.
const DEBIAN: &str = "/usr/lib/postgresql";
/// As whom to run it where we are root, which PostgreSQL refuses: the first that exists.
const USERS: &[&str] = &["postgres", "nobody"];

/// A running cluster. It stops and is removed when this is dropped, or when we end in any way.
pub(crate) struct Server {
    pub(crate) port: u16,
    pub(crate) password: String,
    child: Child,
    /// Its end tells the script to clean up.
    input: Option<ChildStdin>,
}

impl Server {
    /// Makes a cluster and starts it.
    pub(crate) fn start() -> Result<Server, String> {
        let programs = programs()?;
        let port = free_port()?;
        let password = password();
        let (mut command, user) = shell()?;
        println!("▸ Starting a PostgreSQL of our own on 127.0.0.1:{port}{user}");
        command.args(["-c", SCRIPT, "sh"]).arg(&programs).arg(port.to_string());
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().map_err(|error| format!("no shell started: {error}"))?;
        let mut input = child.stdin.take();
        if let Some(input) = &mut input {
            writeln!(input, "{password}").map_err(|error| format!("the shell is gone: {error}"))?;
        }
        let mut line = String::new();
        if let Some(output) = child.stdout.take() {
            // An error is an end without the word.
            let _ = BufReader::new(output).read_line(&mut line);
        }
        let server = Server { port, password, child, input };
        match line.trim() {
            "ready" => Ok(server),
            _ => Err("PostgreSQL did not start; what it said stands above".to_owned()),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.input = None;
        let _ = self.child.wait();
    }
}

/// The folder of PostgreSQL's programs: the newest of Debian's, or where the path has them.
fn programs() -> Result<PathBuf, String> {
    let versions = fs::read_dir(DEBIAN).into_iter().flatten().flatten();
    let mut folders: Vec<(u32, PathBuf)> = versions
        .filter_map(|entry| {
            let version = entry.file_name().to_string_lossy().parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .collect();
    folders.sort();
    let path = env::var_os("PATH").unwrap_or_default();
    let mut all =
        folders.into_iter().rev().map(|(_, folder)| folder).chain(env::split_paths(&path));
    let is_whole = |folder: &PathBuf| PROGRAMS.iter().all(|name| folder.join(name).is_file());
    all.find(is_whole).ok_or_else(|| {
        "PostgreSQL is not installed. On Debian and its kin: apt-get install postgresql".to_owned()
    })
}

/// A port that is free now.
fn free_port() -> Result<u16, String> {
    let listener = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    listener.map(|address| address.port()).map_err(|error| format!("no port is free: {error}"))
}

/// So that nobody else on this machine gets in meanwhile.
fn password() -> String {
    format!("{:016x}{:016x}", RandomState::new().hash_one(0), RandomState::new().hash_one(1))
}

/// A shell of an ordinary user, and what to say of it.
fn shell() -> Result<(Command, String), String> {
    if !is_root() {
        return Ok((Command::new("sh"), String::new()));
    }
    let users = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let exists = |user: &&str| users.lines().any(|line| line.starts_with(&format!("{user}:")));
    let user = USERS.iter().copied().find(exists);
    let user = user.ok_or("PostgreSQL does not run as root; run this as somebody else")?;
    let mut command;
    if has("setpriv") {
        command = Command::new("setpriv");
        command.args(["--reuid", user, "--regid", group(&users, user), "--clear-groups", "sh"]);
    } else {
        command = Command::new("runuser");
        command.args(["-u", user, "--", "sh"]);
    }
    command.current_dir("/");
    Ok((command, format!(", as `{user}`, because root may not")))
}

/// The number of a user's own group.
fn group<'a>(users: &'a str, user: &str) -> &'a str {
    let line = users.lines().find(|line| line.starts_with(&format!("{user}:")));
    line.and_then(|line| line.split(':').nth(3)).unwrap_or("65534")
}

fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output();
    output.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

fn has(program: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|folder| Path::join(&folder, program).is_file())
}
