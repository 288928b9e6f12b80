//! PostgreSQL's protocol, as far as one needs it to send statements and to hear how they went
//! (<https://www.postgresql.org/docs/current/protocol.html>).

use std::{
    io::{ErrorKind, Read, Write},
    net::TcpStream,
    time::Duration,
};

const PROTOCOL: i32 = 3 << 16;
const PASSWORD_IN_CLEAR: i32 = 3;

/// One connection.
pub(crate) struct Wire {
    stream: TcpStream,
    /// What has arrived and is no whole message yet.
    arrived: Vec<u8>,
    /// The answer that is under way.
    answer: Answer,
    /// The server's process that serves us.
    pub(crate) pid: i32,
}

/// How a statement went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) rows: Vec<Vec<Option<String>>>,
    /// As in `UPDATE 2`, of the last statement.
    pub(crate) tag: String,
    pub(crate) error: Option<Refused>,
}

/// An error, as the server tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Refused {
    /// The SQLSTATE.
    pub(crate) code: String,
    pub(crate) message: String,
    pub(crate) detail: String,
}

impl Answer {
    /// How many rows it returned or changed.
    pub(crate) fn count(&self) -> u64 {
        let number = self.tag.rsplit(' ').next();
        number.and_then(|number| number.parse().ok()).unwrap_or(0)
    }
}

impl Wire {
    /// Opens a connection.
    pub(crate) fn open(port: u16, password: &str) -> Result<Wire, String> {
        let stream = TcpStream::connect(("127.0.0.1", port)).map_err(lost)?;
        stream.set_nodelay(true).map_err(lost)?;
        let (arrived, answer) = (Vec::new(), Answer::default());
        let mut wire = Wire { stream, arrived, answer, pid: 0 };
        let mut hello = PROTOCOL.to_be_bytes().to_vec();
        hello.extend(b"user\0lockstep\0database\0postgres\0\0");
        wire.send(None, &hello)?;
        loop {
            let Some((kind, body)) = wire.message(None)? else { continue };
            match kind {
                b'R' if number(&body, 0) == PASSWORD_IN_CLEAR => {
                    wire.send(Some(b'p'), format!("{password}\0").as_bytes())?;
                }
                b'K' => wire.pid = number(&body, 0),
                b'E' => return Err(refused(&body).message),
                b'Z' => return Ok(wire),
                _ => {}
            }
        }
    }

    /// Sends a statement, and does not wait for it.
    pub(crate) fn begin(&mut self, statement: &str) -> Result<(), String> {
        self.send(Some(b'Q'), format!("{statement}\0").as_bytes())
    }

    /// How the statement went, if it is over within this time.
    pub(crate) fn answer(&mut self, patience: Duration) -> Result<Option<Answer>, String> {
        while let Some((kind, body)) = self.message(Some(patience))? {
            match kind {
                b'D' => self.answer.rows.push(row(&body)),
                b'C' => self.answer.tag = text(&body),
                b'E' => self.answer.error = Some(refused(&body)),
                b'Z' => return Ok(Some(std::mem::take(&mut self.answer))),
                _ => {}
            }
        }
        Ok(None)
    }

    /// Sends a statement and waits to its end, which comes soon.
    pub(crate) fn ask(&mut self, statement: &str) -> Result<Answer, String> {
        self.begin(statement)?;
        match self.answer(Duration::from_secs(30))? {
            Some(answer) => Ok(answer),
            None => Err(format!("no end of `{statement}`")),
        }
    }

    /// Like [`Wire::ask`], where an error is a fault of ours.
    pub(crate) fn must(&mut self, statement: &str) -> Result<Answer, String> {
        let answer = self.ask(statement)?;
        match &answer.error {
            Some(error) => Err(format!("`{statement}`: {}", error.message)),
            None => Ok(answer),
        }
    }

    fn send(&mut self, kind: Option<u8>, body: &[u8]) -> Result<(), String> {
        let mut bytes: Vec<u8> = kind.into_iter().collect();
        bytes.extend((body.len() as i32 + 4).to_be_bytes());
        bytes.extend(body);
        self.stream.write_all(&bytes).map_err(lost)
    }

    /// The next message, its kind and body; `None` if it takes longer than that.
    fn message(&mut self, patience: Option<Duration>) -> Result<Option<(u8, Vec<u8>)>, String> {
        self.stream.set_read_timeout(patience).map_err(lost)?;
        loop {
            if self.arrived.len() >= 5 {
                let end = number(&self.arrived, 1) as usize + 1;
                if self.arrived.len() >= end {
                    let rest = self.arrived.split_off(end);
                    let whole = std::mem::replace(&mut self.arrived, rest);
                    return Ok(Some((whole[0], whole[5..].to_vec())));
                }
            }
            let mut some = [0; 4096];
            match self.stream.read(&mut some) {
                Ok(0) => return Err("PostgreSQL closed the connection".to_owned()),
                Ok(length) => self.arrived.extend(&some[..length]),
                Err(error) => match error.kind() {
                    ErrorKind::WouldBlock | ErrorKind::TimedOut => return Ok(None),
                    ErrorKind::Interrupted => {}
                    _ => return Err(lost(error)),
                },
            }
        }
    }
}

fn lost(error: std::io::Error) -> String {
    format!("the connection to PostgreSQL is lost: {error}")
}

/// The number at a place; 0 beyond the end.
fn number(body: &[u8], at: usize) -> i32 {
    let bytes = body.get(at..at + 4).and_then(|bytes| bytes.try_into().ok());
    bytes.map_or(0, i32::from_be_bytes)
}

/// The text up to its zero byte.
fn text(body: &[u8]) -> String {
    let end = body.iter().position(|byte| *byte == 0).unwrap_or(body.len());
    String::from_utf8_lossy(&body[..end]).into_owned()
}

fn row(body: &[u8]) -> Vec<Option<String>> {
    let fields = body.get(..2).map_or(0, |bytes| u16::from_be_bytes([bytes[0], bytes[1]]));
    let mut at = 2;
    let mut values = Vec::new();
    for _ in 0..fields {
        let length = usize::try_from(number(body, at)).ok();
        at += 4;
        let bytes = length.and_then(|length| body.get(at..at + length));
        values.push(bytes.map(|bytes| String::from_utf8_lossy(bytes).into_owned()));
        at += length.unwrap_or(0);
    }
    values
}

fn refused(body: &[u8]) -> Refused {
    let mut error = Refused::default();
    for field in body.split(|byte| *byte == 0).filter(|field| !field.is_empty()) {
        let value = text(&field[1..]);
        match field[0] {
            b'C' => error.code = value,
            b'M' => error.message = value,
            b'D' => error.detail = value,
            _ => {}
        }
    }
    error
}
