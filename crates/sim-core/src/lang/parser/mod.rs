//! Tokens to a tree: recursive descent without backtracking, after the grammar in the reference.
//!
//! Where something does not fit, one diagnostic is made and the parser goes on behind the
//! statement or declaration, so that a text's mistakes are all found and none is told twice.

mod blocks;
mod data;
mod declaration;
mod expression;
mod measures;
mod messages;
mod options;
mod process;
mod sagas;
mod schedule;
mod services;
mod statement;
mod words_in_quotes;

use std::collections::BTreeSet;

use super::{
    diagnostic::{Diagnostics, line_column},
    lexer::{self, range},
    limits,
    token::{Token, TokenKind},
    tree::{Block, Expr, ExprKind, Name, Tree},
    words,
};
use crate::{
    program::Span,
    say::diagnostics::{Ceiling, Expected, Found, Hint, Message},
};

pub(super) use schedule::parse_pick_words;

/// Reads a whole scenario. What could not be read is missing from the tree and was reported.
pub(super) fn parse(text: &str, diagnostics: &mut Diagnostics) -> Tree {
    let mut parser = Parser::new(text, diagnostics);
    parser.scenario();
    parser.tree
}

/// The mark of a mistake that has been reported already.
struct Reported;
type Parsed<T> = Result<T, Reported>;

struct Parser<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    at: usize,
    /// Where the last token ended that was taken and is no line end.
    last_end: u32,
    nesting: u32,
    /// Set when a ceiling is met: the rest of the text is left alone.
    gave_up: bool,
    /// Where the last search for a place to go on ended: a mistake there is no new one.
    skipped_to: Option<usize>,
    /// Set when a missing `}` was reported: all blocks around it lack theirs too.
    unclosed: bool,
    /// Names that follow the word `routine` anywhere: they win over functions not built yet.
    routines: BTreeSet<&'a str>,
    tree: Tree,
    diagnostics: &'a mut Diagnostics,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str, diagnostics: &'a mut Diagnostics) -> Parser<'a> {
        let tokens = lexer::lex(text);
        let word = |token: &Token| match token.kind {
            TokenKind::Word => &text[range(&token.span)],
            _ => "",
        };
        let routines = tokens
            .windows(2)
            .filter(|pair| word(&pair[0]) == "routine")
            .map(|pair| word(&pair[1]))
            .collect();
        Parser {
            text,
            tokens,
            at: 0,
            last_end: 0,
            nesting: 0,
            gave_up: false,
            skipped_to: None,
            unclosed: false,
            routines,
            tree: Tree::default(),
            diagnostics,
        }
    }

    // Looking.

    fn token(&self) -> &Token {
        self.ahead(0)
    }

    fn ahead(&self, by: usize) -> &Token {
        &self.tokens[(self.at + by).min(self.tokens.len() - 1)]
    }

    fn kind(&self) -> &TokenKind {
        &self.token().kind
    }

    fn text_at(&self, by: usize) -> &'a str {
        &self.text[range(&self.ahead(by).span)]
    }

    fn is_sign(&self, sign: &str) -> bool {
        self.sign_ahead(0, sign)
    }

    fn sign_ahead(&self, by: usize, sign: &str) -> bool {
        matches!(self.ahead(by).kind, TokenKind::Sign(found) if found == sign)
    }

    /// The word that many tokens ahead, or an empty text if there is no word.
    fn word_ahead(&self, by: usize) -> &'a str {
        if self.ahead(by).kind == TokenKind::Word { self.text_at(by) } else { "" }
    }

    fn word(&self) -> &'a str {
        self.word_ahead(0)
    }

    fn at_text_end(&self) -> bool {
        *self.kind() == TokenKind::TextEnd
    }

    /// How many line ends lie ahead.
    fn ends_ahead(&self) -> usize {
        self.tokens[self.at..].iter().take_while(|token| token.kind == TokenKind::End).count()
    }

    fn start(&self) -> u32 {
        self.token().span.start
    }

    fn span_from(&self, start: u32) -> Span {
        start..self.last_end.max(start)
    }

    // Taking.

    fn take(&mut self) -> Span {
        let token = self.token();
        let span = token.span.clone();
        if token.kind != TokenKind::End {
            self.last_end = span.end;
        }
        if self.at < self.tokens.len() - 1 {
            self.at += 1;
        }
        span
    }

    fn take_sign(&mut self, sign: &str) -> bool {
        let is = self.is_sign(sign);
        if is {
            self.take();
        }
        is
    }

    fn take_word(&mut self, word: &str) -> bool {
        let is = self.word() == word;
        if is {
            self.take();
        }
        is
    }

    fn skip_ends(&mut self) {
        while *self.kind() == TokenKind::End {
            self.take();
        }
    }

    fn want_sign(&mut self, sign: &'static str) -> Parsed<Span> {
        if self.is_sign(sign) { Ok(self.take()) } else { self.expected(Expected::Sign(sign), None) }
    }

    fn want_word(&mut self, word: &'static str, hint: Option<Hint>) -> Parsed<Span> {
        if self.word() == word {
            Ok(self.take())
        } else {
            self.expected(Expected::Sign(word), hint)
        }
    }

    fn want_name(&mut self) -> Parsed<Name> {
        let word = self.word();
        if words::is_reserved(word) {
            return self.expected(Expected::Name, Some(Hint::Reserved(word.to_owned())));
        }
        self.want_label(Expected::Name)
    }

    /// A word that may be `none`, where values of a choice stand.
    fn want_label(&mut self, what: Expected) -> Parsed<Name> {
        let word = self.word();
        if word.is_empty() || (words::is_reserved(word) && word != "none") {
            return self.expected(what, None);
        }
        let span = self.take();
        Ok(Name { text: word.to_owned(), span })
    }

    fn want_text(&mut self) -> Parsed<String> {
        if let TokenKind::Text(value) = self.kind() {
            let value = value.clone();
            self.take();
            Ok(value)
        } else {
            self.expected(Expected::Text, None)
        }
    }

    /// A text in which braces are braces, if there is one.
    fn take_text(&mut self) -> Option<String> {
        let TokenKind::Text(value) = self.kind() else { return None };
        let value = value.clone();
        self.take();
        Some(value)
    }

    // Reporting.

    fn report(&mut self, span: Span, message: Message) {
        if !self.gave_up {
            self.diagnostics.error(span, message);
        }
    }

    fn found(&self) -> (Span, Found) {
        let span = self.token().span.clone();
        match self.kind() {
            TokenKind::TextEnd => (span, Found::TextEnd),
            TokenKind::End if self.text_at(0) != ";" => (span.start..span.start, Found::LineEnd),
            _ => {
                let text = self.text_at(0);
                let mut shown: String = text.chars().take(30).collect();
                if shown.len() < text.len() {
                    shown.push('…');
                }
                (span, Found::Token(shown))
            }
        }
    }

    /// Reports that something else was expected here; a token that is wrong by itself says why.
    fn expected<T>(&mut self, what: Expected, hint: Option<Hint>) -> Parsed<T> {
        if self.skipped_to == Some(self.at) {
            return Err(Reported);
        }
        if let TokenKind::Wrong(message) = self.kind() {
            let message = message.clone();
            self.report(self.token().span.clone(), message);
        } else {
            let (span, found) = self.found();
            self.report(span, Message::Expected { what, found, hint });
        }
        Err(Reported)
    }

    fn not_built<T>(&mut self, span: Span, what: &str) -> Parsed<T> {
        self.report(span, Message::NotBuilt { what: what.to_owned() });
        Err(Reported)
    }

    /// Reports a ceiling and leaves the rest of the text alone: reading on would only tell of
    /// brackets that were never looked at.
    fn give_up(&mut self, span: Span, what: Ceiling, most: u64) {
        self.report(span, Message::TooMuch { what, most });
        self.gave_up = true;
        self.at = self.tokens.len() - 1;
    }

    /// Goes one level deeper, if that is allowed; whoever does comes back by `leave`.
    fn enter(&mut self) -> Parsed<()> {
        if self.nesting >= limits::NESTING {
            let span = self.token().span.clone();
            self.give_up(span, Ceiling::Nesting, u64::from(limits::NESTING));
            return Err(Reported);
        }
        self.nesting += 1;
        Ok(())
    }

    fn leave(&mut self) {
        self.nesting -= 1;
    }

    // Recovering.

    /// Goes to the end of the statement: a line end, or the `}` of the block around it. Blocks on
    /// the way are skipped whole. Behind a mistake in brackets no line end counts as one, so a
    /// line that begins like a statement or a declaration ends the search too.
    fn skip_statement(&mut self, at_top: bool) {
        self.find_statement_end(at_top);
        while !at_top && self.goes_on() {
            self.skip_ends();
            self.take();
            self.find_statement_end(at_top);
        }
        self.skipped_to = Some(self.at);
    }

    /// True where, perhaps on the next line, a further block of the same statement follows.
    fn goes_on(&self) -> bool {
        let ends = self.ends_ahead();
        match self.word_ahead(ends) {
            "catch" | "undo" => true,
            "and" | "or" => self.sign_ahead(ends + 1, "{"),
            "else" => !self.sign_ahead(ends + 1, "=>"),
            _ => false,
        }
    }

    fn find_statement_end(&mut self, at_top: bool) {
        let mut depth = 0_u32;
        let begin = self.at;
        while !self.at_text_end() {
            let token = self.token();
            match token.kind {
                TokenKind::End if depth == 0 => {
                    // A block whose brace stands on the next line belongs to what is skipped.
                    let ends = self.ends_ahead();
                    if !self.sign_ahead(ends, "{") {
                        return;
                    }
                }
                TokenKind::Sign("{") => depth += 1,
                TokenKind::Sign("}") if depth == 0 && !at_top => return,
                TokenKind::Sign("}") => depth = depth.saturating_sub(1),
                TokenKind::Word if depth == 0 && token.first && self.at > begin => {
                    let word = self.word();
                    let begins = words::is_verb(word)
                        || words::declares(word)
                        || words::declares_later(word);
                    if begins {
                        return;
                    }
                }
                _ => {}
            }
            self.take();
        }
    }

    /// Skips a construct that is not built yet.
    fn skip_construct(&mut self, at_top: bool) {
        self.take();
        self.skip_statement(at_top);
    }

    /// Skips from an opening bracket to its partner, not beyond the end of the block.
    fn skip_brackets(&mut self) {
        let mut depth = 0_u32;
        while !self.at_text_end() {
            match self.kind() {
                TokenKind::Sign("(" | "[" | "{") => depth += 1,
                TokenKind::Sign(")" | "]" | "}") => depth = depth.saturating_sub(1),
                _ => {}
            }
            self.take();
            if depth == 0 {
                return;
            }
        }
    }

    // Shared by declarations and statements.

    /// An expression, or a mark for one that was reported; then everything up to the end of the
    /// statement or its block is skipped.
    fn expr_or_skip(&mut self) -> Expr {
        let start = self.start();
        match self.expr() {
            Ok(expr) => expr,
            Err(Reported) => {
                while !self.header_ends() {
                    self.take();
                }
                self.skipped_to = Some(self.at);
                Expr { kind: ExprKind::Wrong, span: self.span_from(start), depth: 1 }
            }
        }
    }

    fn header_ends(&self) -> bool {
        match self.kind() {
            TokenKind::TextEnd | TokenKind::End | TokenKind::Sign("{" | "}") => true,
            TokenKind::Word => self.token().first && words::is_verb(self.word()),
            _ => false,
        }
    }

    /// A block: what stands between braces, one statement a line.
    fn block(&mut self, what: Expected) -> Parsed<Block> {
        if !self.is_sign("{") {
            let on_next_line =
                *self.kind() == TokenKind::End && self.sign_ahead(self.ends_ahead(), "{");
            let hint = if on_next_line {
                Some(Hint::BraceOnHeader)
            } else if self.is_sign("=") {
                Some(Hint::EqualSign)
            } else if self.at_for_update() {
                Some(Hint::ForUpdate)
            } else if matches!(what, Expected::Sign("{")) {
                Some(Hint::BlockNeedsBraces)
            } else {
                None
            };
            return self.expected(what, hint);
        }
        self.enter()?;
        let open = self.take();
        let mut statements = Vec::new();
        loop {
            self.skip_ends();
            if self.at_text_end() || self.starts_declaration() {
                self.not_closed(&open);
                break;
            }
            if self.is_sign("}") {
                break;
            }
            statements.push(self.statement());
            self.want_statement_end(false);
        }
        self.leave();
        let inner = open.end..self.start().max(open.end);
        self.take_sign("}");
        Ok(Block { statements, inner })
    }

    /// True where a line without indentation begins like a declaration: a `}` is missing before.
    fn starts_declaration(&self) -> bool {
        let token = self.token();
        let at_margin = token.start_of_line(self.text);
        let word = self.word();
        at_margin
            && word != "let"
            && (words::declares(word))
            && matches!(
                self.ahead(1).kind,
                TokenKind::Word | TokenKind::Int(_) | TokenKind::Text(_)
            )
    }

    fn not_closed(&mut self, open: &Span) {
        if self.unclosed {
            return;
        }
        self.unclosed = true;
        let (line, column) = line_column(self.text, open.start);
        let (span, found) = self.found();
        self.report(span, Message::NotClosed { sign: "{", line, column, found });
    }

    /// Behind a statement or declaration its line must end; if not, it is skipped to its end.
    fn want_statement_end(&mut self, at_top: bool) {
        let ends = matches!(self.kind(), TokenKind::End | TokenKind::TextEnd)
            || (self.is_sign("}") && !at_top);
        let reported =
            self.skipped_to == Some(self.at) || (self.unclosed && self.starts_declaration());
        if !ends && !reported {
            let hint = if self.is_sign("=") {
                Some(Hint::EqualSign)
            } else if self.behind_for_update() || self.at_for_update() {
                Some(Hint::ForUpdate)
            } else {
                (*self.kind() == TokenKind::Word).then_some(Hint::Semicolon)
            };
            let _: Parsed<()> = self.expected(Expected::LineEnd, hint);
            self.skip_statement(at_top);
        }
    }
}

impl Token {
    /// True when it is the first of its line, without indentation.
    fn start_of_line(&self, text: &str) -> bool {
        self.span.start == 0 || text.as_bytes()[self.span.start as usize - 1] == b'\n'
    }
}
