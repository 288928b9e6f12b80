//! What happens to rows and transactions, in words.

use super::{Lang, Piece, Tense};
use crate::trace::{Dependency, Doing, Statement, Undone};

/// What a statement does, without its subject; of a commit that reaches a replica, a whole sentence.
pub(super) fn statement(
    told: &Statement,
    tense: Tense,
    name: &dyn Fn(u32) -> String,
    lang: Lang,
) -> Vec<Piece> {
    let say = Say { tense, lang, name };
    let mut pieces = match &told.undone {
        _ if told.verb == Doing::Apply => return say.apply(told),
        Some(Undone::Victim(circle)) => return say.victim(circle),
        Some(Undone::ChangedSince(place, by)) => say.changed_since(told, place, *by),
        Some(Undone::NotSerial(depends)) => say.not_serial(told, depends),
        Some(Undone::Error(_)) if told.verb == Doing::RollBack => say.plain(told),
        Some(Undone::Error(_)) => {
            let nothing = told.count < 0 && told.rows.is_empty() && told.value.is_empty();
            let mut pieces = if nothing { say.wants(told) } else { say.plain(told) };
            pieces.push(say.pick(
                ["; its transaction is rolled back", "; su transacción se deshace"],
                ["; its transaction was rolled back", "; su transacción se deshizo"],
            ));
            pieces
        }
        None => say.plain(told),
    };
    if let Some((place, holder)) = &told.waits {
        say.waits(told, place, *holder, &mut pieces);
    }
    if !told.depends.is_empty() && told.undone.is_none() {
        pieces.push(word(" ("));
        say.depends(&told.depends[..told.depends.len().min(2)], &mut pieces);
        pieces.push(word(")"));
    }
    for lane in &told.dooms {
        pieces.extend([word("; "), say.who(*lane)]);
        pieces.push(say.pick(
            [" can no longer commit", " ya no puede hacer commit"],
            [" could no longer commit", " ya no podía hacer commit"],
        ));
    }
    pieces
}

/// How it is said.
struct Say<'a> {
    tense: Tense,
    lang: Lang,
    name: &'a dyn Fn(u32) -> String,
}

impl Say<'_> {
    /// Words for what may happen, and for what has: each in both languages.
    fn pick(&self, next: [&str; 2], done: [&str; 2]) -> Piece {
        let words = if self.tense == Tense::Next { next } else { done };
        word(words[usize::from(self.lang == Lang::Es)])
    }

    fn same(&self, words: [&str; 2]) -> Piece {
        self.pick(words, words)
    }

    fn who(&self, lane: u32) -> Piece {
        Piece::Code((self.name)(lane))
    }

    /// What is done.
    fn verb(&self, verb: Doing) -> Piece {
        match verb {
            Doing::Read => self.pick(["reads ", "lee "], ["read ", "leyó "]),
            Doing::Count => self.pick(["counts ", "cuenta "], ["counted ", "contó "]),
            Doing::Sum => self.pick(["adds up ", "suma "], ["added up ", "sumó "]),
            Doing::Least => self.pick(
                ["looks for the least in ", "busca el menor en "],
                ["looked for the least in ", "buscó el menor en "],
            ),
            Doing::Greatest => self.pick(
                ["looks for the greatest in ", "busca el mayor en "],
                ["looked for the greatest in ", "buscó el mayor en "],
            ),
            Doing::Lock => self.pick(["locks ", "bloquea "], ["locked ", "bloqueó "]),
            Doing::Update => self.pick(["updates ", "cambia "], ["updated ", "cambió "]),
            Doing::Insert => self.pick(["inserts ", "inserta "], ["inserted ", "insertó "]),
            Doing::Delete => self.pick(["deletes ", "borra "], ["deleted ", "borró "]),
            Doing::Commit => self.pick(["commits", "hace commit"], ["committed", "hizo commit"]),
            Doing::RollBack | Doing::Apply => {
                self.pick(["rolls back", "hace rollback"], ["rolled back", "hizo rollback"])
            }
        }
    }

    /// What was wanted and does not come about: "wants to update ".
    fn wants(&self, told: &Statement) -> Vec<Piece> {
        let wants = self.pick(["wants to ", "quiere "], ["wanted to ", "quiso "]);
        let what = self.same(match told.verb {
            Doing::Read => ["read ", "leer "],
            Doing::Count => ["count ", "contar "],
            Doing::Sum => ["add up ", "sumar "],
            Doing::Least => ["look for the least in ", "buscar el menor en "],
            Doing::Greatest => ["look for the greatest in ", "buscar el mayor en "],
            Doing::Lock => ["lock ", "bloquear "],
            Doing::Update => ["update ", "cambiar "],
            Doing::Insert if told.rows.is_empty() => ["insert into ", "insertar en "],
            Doing::Insert => ["insert ", "insertar "],
            Doing::Delete => ["delete ", "borrar "],
            Doing::Commit => return vec![wants, self.same(["commit", "hacer commit"])],
            Doing::RollBack | Doing::Apply => {
                return vec![wants, self.same(["roll back", "hacer rollback"])];
            }
        });
        let rows = told.rows.first();
        vec![wants, what, Piece::Code(rows.map_or(&told.of, |row| &row.place).clone())]
    }

    /// A statement that comes about.
    fn plain(&self, told: &Statement) -> Vec<Piece> {
        let mut pieces = vec![self.verb(told.verb)];
        // «No cambió ninguna fila».
        let nothing = told.rows.is_empty() && told.count == 0;
        if nothing
            && self.lang == Lang::Es
            && matches!(told.verb, Doing::Lock | Doing::Update | Doing::Delete)
        {
            pieces.insert(0, word("no "));
        }
        match told.verb {
            Doing::Commit => {
                let rows = told.count;
                if rows >= 0 {
                    pieces.push(word(&match (rows, self.lang) {
                        (0, Lang::En) => " (nothing changed)".to_owned(),
                        (0, Lang::Es) => " (sin cambios)".to_owned(),
                        (1, Lang::En) => " (1 row)".to_owned(),
                        (1, Lang::Es) => " (1 fila)".to_owned(),
                        (rows, Lang::En) => format!(" ({rows} rows)"),
                        (rows, Lang::Es) => format!(" ({rows} filas)"),
                    }));
                }
                for (nth, row) in told.rows.iter().enumerate() {
                    let before = if nth == 0 { ": " } else { ", " };
                    pieces.extend([word(before), Piece::Code(row.place.clone())]);
                }
                if told.rows.len() as i64 > 0 && rows > told.rows.len() as i64 {
                    pieces.push(word(", …"));
                }
                return pieces;
            }
            Doing::RollBack | Doing::Apply => return pieces,
            Doing::Count | Doing::Sum | Doing::Least | Doing::Greatest => {
                return self.scan(told, pieces);
            }
            _ => {}
        }
        if told.waits.is_some() && told.rows.is_empty() {
            return Vec::new();
        }
        match &told.rows[..] {
            // What is about to be done, of which nothing more is known.
            [] if told.count < 0 => pieces.push(Piece::Code(told.of.clone())),
            [] => {
                pieces.push(match told.count {
                    0 => self.same(["no row of ", "ninguna fila de "]),
                    // Each has the values that it had.
                    1 => self.same(["1 row of ", "1 fila de "]),
                    _ => self.same(["rows of ", "filas de "]),
                });
                pieces.push(Piece::Code(told.of.clone()));
            }
            [row] if told.count <= 1 => {
                pieces.push(Piece::Code(row.place.clone()));
                if !row.words.is_empty() {
                    pieces.extend([word(": "), Piece::Code(row.words.clone())]);
                }
            }
            rows => {
                pieces.push(word(&match self.lang {
                    Lang::En => format!("{} rows: ", told.count),
                    Lang::Es => format!("{} filas: ", told.count),
                }));
                for (nth, row) in rows.iter().enumerate() {
                    if nth > 0 {
                        pieces.push(word(", "));
                    }
                    pieces.push(Piece::Code(row.place.clone()));
                    if !row.words.is_empty() {
                        let words = Piece::Code(row.words.clone());
                        pieces.extend([word(" ("), words, word(")")]);
                    }
                }
                if told.count > rows.len() as i64 {
                    pieces.push(word(", …"));
                }
            }
        }
        if told.behind {
            pieces.push(self.same([
                " (a newer version is committed)",
                " (ya hay una versión más nueva con commit)",
            ]));
        }
        for place in &told.skipped {
            pieces.extend([word(": "), Piece::Code(place.clone())]);
            pieces.push(self.pick(
                [" no longer matches", " ya no cumple la condición"],
                [" no longer matched", " ya no cumplía la condición"],
            ));
        }
        if told.commits {
            pieces.push(
                self.pick(
                    [", and commits", " y hace commit"],
                    [", and committed", " e hizo commit"],
                ),
            );
        }
        pieces
    }

    /// Rows that are gone through.
    fn scan(&self, told: &Statement, mut pieces: Vec<Piece>) -> Vec<Piece> {
        if told.verb == Doing::Count || told.value.is_empty() {
            pieces.push(self.same(["rows of ", "filas de "]));
        } else {
            pieces.push(word(&match (told.count, self.lang) {
                (1, Lang::En) => "1 row of ".to_owned(),
                (1, Lang::Es) => "1 fila de ".to_owned(),
                (rows, Lang::En) => format!("{rows} rows of "),
                (rows, Lang::Es) => format!("{rows} filas de "),
            }));
        }
        pieces.push(Piece::Code(told.of.clone()));
        if !told.value.is_empty() {
            pieces.extend([word(": "), Piece::Code(told.value.clone())]);
        }
        pieces
    }

    fn waits(&self, told: &Statement, place: &str, holder: u32, pieces: &mut Vec<Piece>) {
        if told.rows.is_empty() {
            let mut wanted = told.clone();
            wanted
                .rows
                .push(crate::trace::RowTold { place: place.to_owned(), ..Default::default() });
            *pieces = self.wants(&wanted);
        } else {
            pieces.push(
                self.pick(
                    [", and waits for ", " y espera a "],
                    [", and waited for ", " y esperó a "],
                ),
            );
            pieces.push(Piece::Code(place.to_owned()));
        }
        match self.lang {
            Lang::En => {
                pieces.extend([word(", which "), self.who(holder)]);
                pieces.push(self.pick([" has locked", ""], [" had locked", ""]));
            }
            Lang::Es => {
                let has = ["", ", que tiene bloqueada "];
                pieces.push(self.pick(has, ["", ", que tenía bloqueada "]));
                pieces.push(self.who(holder));
            }
        }
        if told.rows.is_empty() {
            pieces.push(self.pick([": it waits", ": espera"], [": it waited", ": esperó"]));
        }
    }

    fn changed_since(&self, told: &Statement, place: &str, by: Option<u32>) -> Vec<Piece> {
        let mut wanted = told.clone();
        wanted.rows = vec![crate::trace::RowTold { place: place.to_owned(), ..Default::default() }];
        let mut pieces = self.wants(&wanted);
        pieces.push(self.same([", which ", ", que "]));
        pieces.push(match by {
            Some(lane) => self.who(lane),
            None => self.same(["another transaction", "otra transacción"]),
        });
        pieces.push(self.pick(
            [
                " has changed and committed since its snapshot: it is rolled back",
                " cambió con commit después de su snapshot: su transacción se deshace",
            ],
            [
                " had changed and committed since its snapshot: it was rolled back",
                " había cambiado con commit después de su snapshot: su transacción se deshizo",
            ],
        ));
        pieces
    }

    fn not_serial(&self, told: &Statement, depends: &[Dependency]) -> Vec<Piece> {
        let mut pieces = self.wants(told);
        pieces.push(word("; "));
        self.depends(depends, &mut pieces);
        if !depends.is_empty() {
            pieces.push(word(": "));
        }
        pieces.push(self.same([
            "they cannot have come one after the other; ",
            "no pudieron ir una tras otra; ",
        ]));
        pieces.push(self.pick(
            ["it is rolled back", "su transacción se deshace"],
            ["it was rolled back", "su transacción se deshizo"],
        ));
        pieces
    }

    /// Who read what, and who has changed it since.
    fn depends(&self, depends: &[Dependency], pieces: &mut Vec<Piece>) {
        let gone = || {
            self.same(["a transaction that has committed", "una transacción que ya hizo commit"])
        };
        for (nth, one) in depends.iter().enumerate() {
            if nth > 0 {
                pieces.push(word("; "));
            }
            pieces.push(one.reader.map_or_else(gone, |lane| self.who(lane)));
            pieces.push(self.same([" read ", " leyó "]));
            pieces.push(Piece::Code(one.place.clone()));
            pieces.push(self.same([", which ", ", que "]));
            pieces.push(one.writer.map_or_else(gone, |lane| self.who(lane)));
            pieces.push(self.same([" has since changed", " cambió después"]));
        }
    }

    fn victim(&self, circle: &[u32]) -> Vec<Piece> {
        let mut pieces = vec![self.pick(
            ["is chosen as the victim of the deadlock", "es la víctima elegida del deadlock"],
            ["was chosen as the victim of the deadlock", "fue la víctima elegida del deadlock"],
        )];
        if let [first, rest @ ..] = circle
            && !rest.is_empty()
        {
            pieces.extend([word(": "), self.who(*first)]);
            for (nth, lane) in rest.iter().chain([first]).enumerate() {
                if nth > 0 {
                    pieces.push(self.same([", which", ", que"]));
                }
                let waits =
                    self.pick([" waits for ", " espera a "], [" waited for ", " esperaba a "]);
                pieces.extend([waits, self.who(*lane)]);
            }
        }
        pieces
    }

    fn apply(&self, told: &Statement) -> Vec<Piece> {
        let mut pieces = vec![
            self.pick(
                ["a commit reaches replica ", "un commit llega a la réplica "],
                ["a commit reached replica ", "un commit llegó a la réplica "],
            ),
            Piece::Code(told.value.clone()),
            self.same([" of ", " de "]),
            Piece::Code(told.of.clone()),
        ];
        if told.count > 0 {
            pieces.push(word(&match self.lang {
                Lang::En => format!(" ({} more to come)", told.count),
                Lang::Es => format!(" (faltan {})", told.count),
            }));
        }
        pieces
    }
}

fn word(text: &str) -> Piece {
    Piece::Word(text.to_owned())
}
