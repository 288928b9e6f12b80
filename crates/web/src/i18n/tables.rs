//! The words of databases: the table view, and a statement in as few words as possible.

use sim_core::{
    program::Isolation,
    say::{self, Lang, Tense},
    session::{Action, Doing, Statement, Undone},
};

/// The words of a language.
pub struct TableTexts {
    /// Heading of the column of keys.
    pub key: &'static str,
    /// Heading of the column of versions.
    pub versions: &'static str,
    /// Heading of the column of holders.
    pub held: &'static str,
    /// No transaction is open.
    pub quiet: &'static str,
    /// So many transactions are open.
    pub open: fn(u32) -> String,
    /// A table without rows.
    pub empty: &'static str,
    /// All that a transaction sees was looked at after so many commits.
    pub snapshot: fn(u32) -> String,
    /// Each of its statements looks anew.
    pub anew: &'static str,
    /// Its first statement will take the snapshot that all of them see.
    pub no_snapshot: &'static str,
    /// So many rows are changed.
    pub changed: fn(u32) -> String,
    /// An error has undone it, and its process is still in it.
    pub failed: &'static str,
    /// It will be refused.
    pub doomed: &'static str,
    /// A statement outside a transaction.
    pub alone: &'static str,
    /// It reads this replica.
    pub replica: fn(u32) -> String,
    /// A replica lacks so many commits.
    pub lacks: fn(u32) -> String,
    /// It waits for this row, followed by whose it is.
    pub waits: fn(&str) -> String,
    /// The row is deleted in this version.
    pub gone: &'static str,
    /// This version is not committed; who made it.
    pub by: fn(&str) -> String,
    /// Who sees this version.
    pub seen: fn(&str) -> String,
    /// Nobody with an open transaction does.
    pub unseen: &'static str,
    /// Who has locked this row.
    pub locked: fn(&str) -> String,
    /// Who waits for it.
    pub awaited: fn(&str) -> String,
    /// So many more.
    pub more: fn(u32) -> String,
    /// Heading of the picture of who waits for whom.
    pub circle: &'static str,
    /// Heading of what was read and has been changed since.
    pub depends: &'static str,
    /// Who read what, and who has changed it since.
    pub dependency: fn(&str, &str, &str) -> String,
    /// Nobody can come first.
    pub both_ways: &'static str,
    /// A transaction that is over.
    pub somebody: &'static str,
    /// A band of the timeline: whose, and what it sees.
    pub band: fn(&str, &str) -> String,
    /// How it ended, at this step; committed or not.
    pub ended: fn(bool, u32) -> String,
    /// What bands of the timeline mean.
    pub legend: &'static str,
}

impl TableTexts {
    /// What a transaction without a snapshot sees.
    #[must_use]
    pub fn unfixed(&self, level: Isolation) -> &'static str {
        if level == Isolation::ReadCommitted { self.anew } else { self.no_snapshot }
    }
}

/// The words of a language.
#[must_use]
pub fn tables(lang: Lang) -> &'static TableTexts {
    match lang {
        Lang::En => &EN,
        Lang::Es => &ES,
    }
}

static EN: TableTexts = TableTexts {
    key: "key",
    versions: "versions, the newest right",
    held: "held by",
    quiet: "No transaction is open.",
    open: |count| if count == 0 { String::new() } else { format!("{count} open") },
    empty: "no rows",
    snapshot: |commits| format!("snapshot {commits}"),
    anew: "looks anew each time",
    no_snapshot: "no snapshot yet",
    changed: |rows| {
        if rows == 1 { "1 row changed".to_owned() } else { format!("{rows} rows changed") }
    },
    failed: "undone, and not left yet",
    doomed: "can no longer commit",
    alone: "a statement on its own",
    replica: |copy| format!("replica {copy}"),
    lacks: |commits| match commits {
        0 => "up to date".to_owned(),
        1 => "1 commit behind".to_owned(),
        commits => format!("{commits} commits behind"),
    },
    waits: |place| format!("waits for {place}, locked by"),
    gone: "deleted",
    by: |name| format!("of {name}, not committed"),
    seen: |names| format!("seen by {names}"),
    unseen: "seen by no open transaction",
    locked: |name| format!("locked by {name}"),
    awaited: |names| format!("awaited by {names}"),
    more: |count| format!("{count} more"),
    circle: "Who waits for whom",
    depends: "Read, and changed since",
    dependency: |reader, place, writer| {
        format!(
            "{reader} read {place}, which {writer} has since changed: {reader} would have to come first."
        )
    },
    both_ways: "Nobody can come first: one of them will be refused.",
    somebody: "committed",
    band: |name, sees| format!("{name}: transaction, {sees}"),
    ended: |committed, step| {
        format!("{} at step {step}", if committed { "committed" } else { "rolled back" })
    },
    legend: "transaction, with the number of commits it sees",
};

static ES: TableTexts = TableTexts {
    key: "clave",
    versions: "versiones, la más nueva a la derecha",
    held: "la tiene",
    quiet: "No hay ninguna transacción abierta.",
    open: |count| match count {
        0 => String::new(),
        1 => "1 abierta".to_owned(),
        count => format!("{count} abiertas"),
    },
    empty: "sin filas",
    snapshot: |commits| format!("snapshot {commits}"),
    anew: "mira de nuevo cada vez",
    no_snapshot: "aún sin snapshot",
    changed: |rows| {
        if rows == 1 { "1 fila cambiada".to_owned() } else { format!("{rows} filas cambiadas") }
    },
    failed: "deshecha, aún sin salir",
    doomed: "ya no puede hacer commit",
    alone: "una sentencia suelta",
    replica: |copy| format!("réplica {copy}"),
    lacks: |commits| match commits {
        0 => "al día".to_owned(),
        1 => "le falta 1 commit".to_owned(),
        commits => format!("le faltan {commits} commits"),
    },
    waits: |place| format!("espera {place}, que bloquea"),
    gone: "borrada",
    by: |name| format!("de {name}, sin commit"),
    seen: |names| format!("la ve: {names}"),
    unseen: "no la ve ninguna transacción abierta",
    locked: |name| format!("bloqueada por {name}"),
    awaited: |names| format!("la espera: {names}"),
    more: |count| format!("{count} más"),
    circle: "Quién espera a quién",
    depends: "Leído y cambiado después",
    dependency: |reader, place, writer| {
        format!(
            "{reader} leyó {place}, que {writer} cambió después: {reader} tendría que ir primero."
        )
    },
    both_ways: "Nadie puede ir primero: una de ellas se rechazará.",
    somebody: "con commit",
    band: |name, sees| format!("{name}: transacción, {sees}"),
    ended: |committed, step| {
        format!("{} en el paso {step}", if committed { "commit" } else { "rollback" })
    },
    legend: "transacción, con el número de commits que ve",
};

/// A record without what only sets it apart in a text.
#[must_use]
pub fn bare(value: &str) -> &str {
    value.strip_prefix("{ ").and_then(|value| value.strip_suffix(" }")).unwrap_or(value)
}

/// A statement in as few words as possible: a picture shows who, and often where.
pub(super) fn short(told: &Statement, lang: Lang, tense: Tense) -> String {
    let done = tense == Tense::Done;
    let verb = |en: [&str; 2], es: [&str; 2]| {
        let pair = if lang == Lang::En { en } else { es };
        pair[usize::from(!done)].to_owned()
    };
    let key = |place: &str| {
        place.split_once('[').map_or("", |(_, key)| key).trim_end_matches(']').to_owned()
    };
    let row = told.rows.first().map(|row| (key(&row.place), bare(&row.words)));
    let with = |verb: String| match &row {
        Some((key, "")) => format!("{verb} [{key}]"),
        Some((key, words)) => {
            // Of a change what it is now.
            let now = words.rsplit(" → ").next().unwrap_or_default();
            let words = if words.contains(':') { words } else { now };
            format!("{verb} [{key}] {words}")
        }
        None => format!("{verb} {}", told.of),
    };
    if let Some((place, _)) = told.waits.as_ref().filter(|_| told.rows.is_empty()) {
        return format!("{} {place}", verb(["waited for", "wait for"], ["esperó", "espera"]));
    }
    match (&told.undone, told.verb) {
        (Some(Undone::Victim(_)), _) => verb(["victim", "victim"], ["víctima", "víctima"]),
        (Some(Undone::ChangedSince(..) | Undone::NotSerial(_)), _) => {
            verb(["refused", "refused"], ["rechazada", "rechazada"])
        }
        (_, Doing::Read) => with(verb(["read", "read"], ["leyó", "lee"])),
        (_, Doing::Lock) => with(verb(["locked", "lock"], ["bloqueó", "bloquea"])),
        (_, Doing::Update) if told.count > 1 => {
            format!("{} {}", verb(["changed", "change"], ["cambió", "cambia"]), told.count)
        }
        (_, Doing::Update) if told.rows.is_empty() && told.count == 0 => {
            verb(["changed none", "change none"], ["nada cambió", "nada cambia"])
        }
        (_, Doing::Update) => match &row {
            Some((key, words)) if !words.is_empty() => {
                let now = words.rsplit(" → ").next().unwrap_or_default();
                format!("[{key}] = {now}")
            }
            _ => with(verb(["changed", "change"], ["cambió", "cambia"])),
        },
        (_, Doing::Insert) => with(verb(["inserted", "insert"], ["insertó", "inserta"])),
        (_, Doing::Delete) => with(verb(["deleted", "delete"], ["borró", "borra"])),
        (Some(_), Doing::Commit) => verb(["rolled back", "roll back"], ["rollback", "rollback"]),
        (_, Doing::Commit) => verb(["committed", "commit"], ["commit", "commit"]),
        (_, Doing::RollBack) => verb(["rolled back", "roll back"], ["rollback", "rollback"]),
        (_, Doing::Count | Doing::Sum | Doing::Least | Doing::Greatest) => {
            let word = match told.verb {
                Doing::Count => "count",
                Doing::Sum => "sum",
                Doing::Least => "min",
                _ => "max",
            };
            if told.value.is_empty() { word.to_owned() } else { format!("{word} {}", told.value) }
        }
        (_, Doing::Apply) => {
            let whole = Action::Data(Box::new(told.clone()));
            say::plain(&say::action(&whole, tense, |lane| lane.to_string(), lang))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sim_core::session::RowTold;

    #[test]
    fn statements_are_told_in_few_words() {
        let row = |words: &str| RowTold { place: "t[1]".to_owned(), words: words.to_owned() };
        let told = |verb, words: &str| Statement {
            verb,
            of: "t".to_owned(),
            rows: vec![row(words)],
            count: 1,
            ..Statement::default()
        };
        let said = |told: &Statement| short(told, Lang::En, Tense::Done);
        assert_eq!(
            said(&told(Doing::Read, "{ left: 5, price: 80 }")),
            "read [1] left: 5, price: 80"
        );
        assert_eq!(said(&told(Doing::Update, "100 → 90")), "[1] = 90");
        let mut waits = told(Doing::Update, "");
        waits.rows.clear();
        waits.waits = Some(("t[1]".to_owned(), 1));
        assert_eq!(short(&waits, Lang::Es, Tense::Next), "espera t[1]");
        waits.waits = None;
        waits.undone = Some(Undone::Victim(vec![0, 1]));
        assert_eq!(said(&waits), "victim");
        assert_eq!(said(&Statement { verb: Doing::Commit, ..Statement::default() }), "committed");
    }
}
