//! `cargo xtask serve`: builds the page, serves it on this machine, opens it.

use std::{net::TcpListener, process::Stdio, time::Instant};

use crate::{
    build,
    run::{command, find_program, root},
    say, server,
};

const PORT: u16 = 8080;
/// How many ports after the first are tried when it is taken.
const TRIES: u16 = 20;

pub(crate) fn serve(options: &[&str]) -> Result<(), String> {
    let start = Instant::now();
    let options = Options::parse(options)?;
    // Before the build: a taken port should not be found out minutes later.
    let listener = listen(options.port)?;
    build::build()?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    let url = format!("http://{address}/");
    println!("▸ Lockstep is at {url} (ready after {})", say::duration(start.elapsed()));
    println!("  Stop it with Ctrl-C. After a change, stop it and run this again.");
    if options.open && !open(&url) {
        println!("  No browser could be started from here: open {url} yourself.");
    }
    server::serve(&listener, &root().join("dist"))
}

#[derive(Debug, PartialEq, Eq)]
struct Options {
    port: Option<u16>,
    open: bool,
}

impl Options {
    fn parse(options: &[&str]) -> Result<Self, String> {
        let mut parsed = Self { port: None, open: true };
        let mut rest = options.iter();
        while let Some(option) = rest.next() {
            match *option {
                "--no-open" => parsed.open = false,
                "--port" => {
                    let number = rest.next().and_then(|text| text.parse().ok());
                    parsed.port = Some(number.ok_or("--port needs a number from 0 to 65535")?);
                }
                other => {
                    return Err(format!("serve does not know `{other}`; see cargo xtask help"));
                }
            }
        }
        Ok(parsed)
    }
}

fn listen(port: Option<u16>) -> Result<TcpListener, String> {
    if let Some(port) = port {
        return TcpListener::bind(("127.0.0.1", port))
            .map_err(|error| format!("port {port} cannot be used ({error}); choose another"));
    }
    (PORT..PORT + TRIES)
        .find_map(|port| TcpListener::bind(("127.0.0.1", port)).ok())
        .ok_or_else(|| format!("ports {PORT} to {} are taken; use --port", PORT + TRIES - 1))
}

/// Opens the address in the person's browser; false when there is no way to.
fn open(url: &str) -> bool {
    let starts = |program: &str, arguments: &[&str]| {
        let mut opener = command(program);
        opener.args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
        opener.spawn().is_ok()
    };
    if cfg!(target_os = "macos") {
        return starts("open", &[url]);
    }
    if cfg!(windows) {
        return starts("cmd", &["/C", "start", "", url]);
    }
    // Without a display xdg-open would start a browser in the terminal, or fail unseen.
    let has_display =
        ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some());
    has_display && find_program("xdg-open").is_some() && starts("xdg-open", &[url])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_read_and_others_refused() {
        assert_eq!(Options::parse(&[]), Ok(Options { port: None, open: true }));
        let both = Options::parse(&["--no-open", "--port", "9"]);
        assert_eq!(both, Ok(Options { port: Some(9), open: false }));
        assert!(Options::parse(&["--port"]).is_err());
        assert!(Options::parse(&["--prot", "9"]).is_err());
    }
}
