//! A small static server for one folder on this machine: right MIME types, no fallback page, so
//! what works here works on any static host.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

/// Serves `folder` to whoever connects, until the program ends.
pub(crate) fn serve(listener: &TcpListener, folder: &Path) -> ! {
    loop {
        let Ok((stream, _)) = listener.accept() else { continue };
        let folder = folder.to_owned();
        thread::spawn(move || {
            // A browser that goes away in the middle is no reason to say anything.
            let _ = answer(stream, &folder);
        });
    }
}

fn answer(mut stream: TcpStream, folder: &Path) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    let mut reader = BufReader::new(stream.try_clone()?).take(64 * 1024);
    let mut request = String::new();
    reader.read_line(&mut request)?;
    let mut header = String::new();
    while reader.read_line(&mut header)? > 2 {
        header.clear();
    }

    let mut words = request.split_whitespace();
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let (status, kind, body) = match (method, file_of(target)) {
        ("GET" | "HEAD", Some(file)) => match fs::read(folder.join(&file)) {
            Ok(bytes) => ("200 OK", mime_type(&file), bytes),
            Err(_) => ("404 Not Found", "text/plain", b"not found\n".to_vec()),
        },
        _ => ("400 Bad Request", "text/plain", b"only GET of plain paths\n".to_vec()),
    };
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\
         Cache-Control: no-cache\r\nConnection: close\r\n\r\n",
        body.len()
    )?;
    if method != "HEAD" {
        stream.write_all(&body)?;
    }
    stream.flush()
}

/// The file a request asks for, relative to the folder; nothing for what leads out of it.
fn file_of(target: &str) -> Option<PathBuf> {
    let path = target.split(['?', '#']).next()?.strip_prefix('/')?;
    let is_plain = |part: &str| {
        !part.starts_with('.') && !part.contains(['\\', ':', '%']) && !part.contains('\0')
    };
    if !path.split('/').all(is_plain) {
        return None;
    }
    let file = if path.is_empty() || path.ends_with('/') {
        format!("{path}index.html")
    } else {
        path.to_owned()
    };
    Some(PathBuf::from(file))
}

fn mime_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_means_its_index_and_a_query_means_nothing() {
        assert_eq!(file_of("/"), Some(PathBuf::from("index.html")));
        assert_eq!(file_of("/a/b.js?x=../y"), Some(PathBuf::from("a/b.js")));
    }

    #[test]
    fn nothing_outside_the_folder_can_be_asked_for() {
        for target in
            ["/../secret", "/a/../../b", "/%2e%2e/b", "/c:/x", "/..\\x", "x", "", "/.git/x"]
        {
            assert_eq!(file_of(target), None, "{target}");
        }
    }

    #[test]
    fn a_browser_gets_the_file_with_its_type_and_a_404_for_the_rest() {
        let folder = std::env::temp_dir().join(format!("lockstep-server-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("a.wasm"), b"bytes").unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let served = folder.clone();
        thread::spawn(move || serve(&listener, &served));
        let get = |path: &str| {
            let mut stream = TcpStream::connect(address).unwrap();
            write!(stream, "GET {path} HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
            let mut text = String::new();
            stream.read_to_string(&mut text).unwrap();
            text
        };
        let found = get("/a.wasm");
        assert!(found.starts_with("HTTP/1.1 200 OK\r\nContent-Type: application/wasm"), "{found}");
        assert!(found.ends_with("\r\n\r\nbytes"), "{found}");
        assert!(get("/missing").starts_with("HTTP/1.1 404"));
        fs::remove_dir_all(folder).unwrap();
    }
}
