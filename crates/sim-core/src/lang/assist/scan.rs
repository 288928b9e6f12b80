//! A light look at a text, broken or not: which names it declares, and where.

use crate::{
    lang::{
        lexer::{self, range},
        token::{Token, TokenKind},
        words::{self, Place, Word},
    },
    program::Span,
};

/// Names that are kept: a text with more of them is no scenario.
const MOST: usize = 2_000;

/// Where the lines of a text begin.
pub(super) struct Lines(Vec<usize>);

impl Lines {
    pub(super) fn new(text: &str) -> Lines {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Lines(std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect())
    }

    /// The number of the line of a byte, from 1.
    pub(super) fn number(&self, byte: u32) -> u32 {
        self.0.partition_point(|&start| start <= byte as usize) as u32
    }

    /// Where a line begins.
    pub(super) fn start(&self, number: u32) -> usize {
        self.0[number as usize - 1]
    }
}

/// A name that the text gives to something.
#[derive(Clone, Debug)]
pub(super) struct Declared<'a> {
    pub(super) name: &'a str,
    pub(super) span: Span,
    pub(super) what: What,
    /// Its values, for a parameter that is a choice.
    pub(super) labels: Vec<&'a str>,
    /// Where it is known, for a local.
    pub(super) known: Span,
}

/// What a name stands for.
#[derive(Clone, Copy, Debug)]
pub(super) enum What {
    /// Something declared, with the row of its word.
    Thing(&'static Word),
    Local,
    /// Of a service, with the place of the service's name among the tokens.
    Handler(usize),
    /// Raised by a `fail`.
    Error,
}

impl Declared<'_> {
    /// The word that declares it, or an empty text.
    pub(super) fn word(&self) -> &'static str {
        match self.what {
            What::Thing(row) => row.word,
            _ => "",
        }
    }
}

/// A text with its tokens and names.
pub(super) struct Scan<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: Vec<Token>,
    pub(super) declared: Vec<Declared<'a>>,
    /// For each token, whether a declaration or statement begins with it.
    pub(super) begins: Vec<bool>,
    /// For each token, the innermost bracket around it that is open there.
    pub(super) inside: Vec<Option<usize>>,
    /// For each token, the innermost bracket open before it, which it may close, and whether a
    /// declaration or statement may begin there.
    pub(super) before: Vec<(Option<usize>, bool)>,
    /// The tokens that begin declarations at the top, in order.
    tops: Vec<usize>,
}

impl<'a> Scan<'a> {
    pub(super) fn new(text: &'a str) -> Scan<'a> {
        let tokens = lexer::lex(text);
        let mut scan = Scan {
            text,
            tokens,
            declared: vec![],
            begins: vec![],
            inside: vec![],
            before: vec![],
            tops: vec![],
        };
        scan.brackets();
        let top = |at: &usize| scan.begins[*at] && scan.inside[*at].is_none();
        let declares = |at: &usize| words::declaration(scan.at(*at)).is_some();
        scan.tops = (0..scan.tokens.len()).filter(top).filter(declares).collect();
        for at in 0..scan.tokens.len() {
            scan.declaration(at);
            scan.others(at);
        }
        scan
    }

    /// A token's text.
    pub(super) fn at(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| &self.text[range(&token.span)])
    }

    pub(super) fn is_word(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Word)
    }

    pub(super) fn is_sign(&self, at: usize, sign: &str) -> bool {
        matches!(self.tokens.get(at), Some(Token { kind: TokenKind::Sign(found), .. }) if *found == sign)
    }

    pub(super) fn is_end(&self, at: usize) -> bool {
        self.tokens
            .get(at)
            .is_none_or(|token| matches!(token.kind, TokenKind::End | TokenKind::TextEnd))
    }

    /// A name that is no word which can never be one.
    pub(super) fn name(&self, at: usize) -> Option<&'a str> {
        let word = self.at(at);
        (self.is_word(at) && !words::is_reserved(word)).then_some(word)
    }

    /// The declaration or statement of a token: where it begins.
    pub(super) fn header(&self, mut at: usize) -> usize {
        loop {
            let around = self.inside.get(at).copied().flatten();
            let least = around.map_or(0, |open| open + 1);
            let same = |from: &usize| self.inside[*from] == around && self.begins[*from];
            if let Some(begins) = (least..=at).rev().find(same) {
                return begins;
            }
            // Inside brackets nothing begins: the header is that of the bracket.
            match around {
                Some(open) if !self.is_sign(open, "{") => at = open,
                _ => return at,
            }
        }
    }

    fn brackets(&mut self) {
        let mut open: Vec<usize> = Vec::new();
        let mut begins = true;
        for (at, token) in self.tokens.iter().enumerate() {
            let word = &self.text[range(&token.span)];
            let margin = token.span.start == 0
                || self.text.as_bytes()[token.span.start as usize - 1] == b'\n';
            // A declaration at the margin: whatever was open is a mistake above.
            let anew = margin && word != "let" && words::declaration(word).is_some();
            if anew
                && matches!(self.tokens.get(at + 1), Some(next) if matches!(next.kind, TokenKind::Word | TokenKind::Text(_)))
            {
                open.clear();
                begins = true;
            }
            self.before.push((open.last().copied(), begins));
            let closes = matches!(token.kind, TokenKind::Sign(")" | "]" | "}"));
            if closes {
                open.pop();
            }
            self.inside.push(open.last().copied());
            self.begins.push(begins && !matches!(token.kind, TokenKind::End));
            begins = matches!(token.kind, TokenKind::End | TokenKind::Sign("{" | "}" | "=>"));
            if matches!(token.kind, TokenKind::Sign("(" | "[" | "{")) {
                open.push(at);
            }
        }
    }

    /// The names behind a word that declares.
    fn declaration(&mut self, at: usize) {
        if !self.begins[at] || !self.is_word(at) {
            return;
        }
        let word = self.at(at);
        let inner = self.inside[at].is_some();
        let row = words::at(Place::Declaration).find(|row| row.word == word);
        let Some(row) = row.filter(|_| !(inner && word == "let")) else { return };
        let nameless =
            ["always", "finally", "goal", "run", "explore", "chart", "schedule", "fault"];
        if nameless.contains(&word) || ["scenario", "link"].contains(&word) {
            return;
        }
        // `log = 1` sets something called `log`, `on` may be a name in a process.
        let Some(name) = self.name(at + 1) else { return };
        let mut what = What::Thing(row);
        if word == "on" {
            let Some(open) = self.inside[at] else { return };
            let service = self.header(open);
            if self.at(service) != "service" {
                return;
            }
            what = What::Handler(service + 1);
        }
        let mut labels = Vec::new();
        if word == "param" && self.at(at + 3) == "choice" {
            let of = (at..self.tokens.len())
                .take_while(|&at| !self.is_end(at))
                .find(|&at| self.at(at) == "of");
            let from = of.map_or(at, |of| of + 1);
            labels = (from..self.tokens.len())
                .take_while(|&at| self.is_word(at) || self.is_sign(at, ","))
                .filter(|&at| self.is_word(at) && of.is_some())
                .map(|at| self.at(at))
                .collect();
        }
        self.declare(at + 1, name, what, labels, 0..u32::MAX);
        if ["routine", "on"].contains(&word) {
            self.parameters(at + 2);
        }
        if ["var", "counter"].contains(&word) {
            self.further(at);
        }
    }

    /// The other names of a list.
    fn further(&mut self, word: usize) {
        let around = self.inside[word];
        let row = words::declaration(self.at(word));
        let mut at = word + 1;
        while !self.is_end(at) && !self.is_sign(at, "}") {
            if self.is_sign(at, ",")
                && self.inside[at] == around
                && let (Some(name), Some(row)) = (self.name(at + 1), row)
            {
                self.declare(at + 1, name, What::Thing(row), Vec::new(), 0..u32::MAX);
            }
            at += 1;
        }
    }

    /// The parameters of a routine or handler, known in its block.
    fn parameters(&mut self, open: usize) {
        if !self.is_sign(open, "(") {
            return;
        }
        let mut at = open + 1;
        while !self.is_end(at) && !self.is_sign(at, ")") {
            if let Some(name) = self.name(at) {
                let known = self.tokens[at].span.start..self.block_end(open);
                self.declare(at, name, What::Local, Vec::new(), known);
            }
            at += 1;
        }
    }

    /// Locals and errors, which other words than those of declarations name.
    fn others(&mut self, at: usize) {
        let word = self.at(at);
        if !self.is_word(at)
            || !["let", "for", "as", "all", "any", "sum", "min", "max", "count", "fail"]
                .contains(&word)
        {
            return;
        }
        let Some(name) = self.name(at + 1) else { return };
        let known = self.tokens[at + 1].span.end..self.block_end(at);
        match word {
            "let" if self.inside[at].is_none() => {}
            "let" | "as" => self.declare(at + 1, name, What::Local, Vec::new(), known),
            "fail" => {
                let caught = self.declared.iter().any(|other| other.name == name);
                if self.begins[at] && !caught {
                    self.declare(at + 1, name, What::Error, Vec::new(), 0..u32::MAX);
                }
            }
            _ if self.at(at + 2) == "in" => {
                self.declare(at + 1, name, What::Local, Vec::new(), known);
            }
            _ => {}
        }
    }

    /// Where the top-level declaration around a token ends: locals are known no further.
    fn block_end(&self, at: usize) -> u32 {
        let next = self.tops.partition_point(|&top| top <= at);
        self.tops.get(next).map_or(u32::MAX, |&next| self.tokens[next].span.start)
    }

    fn declare(&mut self, at: usize, name: &'a str, what: What, labels: Vec<&'a str>, known: Span) {
        if self.declared.len() >= MOST {
            return;
        }
        let span = self.tokens[at].span.clone();
        self.declared.push(Declared { name, span, what, labels, known });
    }
}
