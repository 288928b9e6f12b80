//! The words of logs and their readers.

use sim_core::say::Lang;

/// The words of a language.
pub struct LogTexts {
    /// So many entries.
    pub entries: fn(i64) -> String,
    /// A part, where there are several.
    pub part: fn(u32) -> String,
    /// So many entries are not read, or of a group not committed.
    pub behind: fn(u32) -> String,
    /// So many are taken and not committed.
    pub in_hand: fn(i64) -> String,
    /// Nobody knows how far it is: it has not started, or has crashed.
    pub unknown: [&'static str; 2],
    /// The reader is down.
    pub crashed: &'static str,
    /// A part that nobody reads now.
    pub nobody: &'static str,
    /// What these processes make of it.
    pub model: fn(&str) -> String,
    /// It knows the entries up to one, of as many as there are.
    pub upto: fn(i64, i64) -> String,
}

/// The words of a language.
#[must_use]
pub fn logs(lang: Lang) -> &'static LogTexts {
    match lang {
        Lang::En => &EN,
        Lang::Es => &ES,
    }
}

static EN: LogTexts = LogTexts {
    entries: |count| if count == 1 { "1 event".to_owned() } else { format!("{count} events") },
    part: |part| format!("part {part}"),
    behind: |count| match count {
        0 => "up to date".to_owned(),
        1 => "1 event behind".to_owned(),
        count => format!("{count} events behind"),
    },
    in_hand: |count| format!("{count} taken and not committed"),
    unknown: ["unknown until it starts", "crashed: unknown until it starts again"],
    crashed: "crashed",
    nobody: "nobody",
    model: |by| format!("Read model of {by}"),
    upto: |upto, all| match upto {
        0 => "knows no event".to_owned(),
        upto => format!("knows events up to {upto} of {all}"),
    },
};

static ES: LogTexts = LogTexts {
    entries: |count| if count == 1 { "1 evento".to_owned() } else { format!("{count} eventos") },
    part: |part| format!("partición {part}"),
    behind: |count| match count {
        0 => "al día".to_owned(),
        1 => "le falta 1 evento".to_owned(),
        count => format!("le faltan {count} eventos"),
    },
    in_hand: |count| match count {
        1 => "1 tomado y sin commit".to_owned(),
        count => format!("{count} tomados y sin commit"),
    },
    unknown: ["no se sabe hasta que empiece", "se cayó: no se sabe hasta que vuelva"],
    crashed: "se cayó",
    nobody: "nadie",
    model: |by| format!("Modelo de lectura de {by}"),
    upto: |upto, all| match upto {
        0 => "no conoce ningún evento".to_owned(),
        upto => format!("conoce hasta el evento {upto} de {all}"),
    },
};
