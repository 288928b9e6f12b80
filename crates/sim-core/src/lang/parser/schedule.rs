//! Named schedules and their picks.

use super::{Parsed, Parser, Reported};
use crate::{
    lang::{
        diagnostic::Diagnostics,
        limits,
        token::TokenKind,
        tree::{PickTree, ScheduleTree},
        words,
    },
    program::PickVerb,
    say::diagnostics::{Ceiling, Expected, Message},
};

/// Reads picks as they stand in a `schedule`, without its braces.
pub(in crate::lang) fn parse_pick_words(
    text: &str,
    diagnostics: &mut Diagnostics,
) -> Vec<PickTree> {
    let mut parser = Parser::new(text, diagnostics);
    let picks = parser.picks();
    // Only a stray `}` ends them early.
    if !parser.at_text_end() {
        let _: Parsed<()> = parser.expected(Expected::Name, None);
    }
    picks
}

impl Parser<'_> {
    pub(super) fn schedule(&mut self) -> Parsed<()> {
        let start = self.last_end - "schedule".len() as u32;
        let name = self.want_text()?;
        let open = self.want_sign("{")?;
        let picks = self.picks();
        if self.at_text_end() {
            self.not_closed(&open);
        }
        self.take_sign("}");
        self.tree.schedules.push(ScheduleTree { name, picks, span: self.span_from(start) });
        Ok(())
    }

    /// Picks up to a `}` or the end of the text; line ends mean nothing here.
    fn picks(&mut self) -> Vec<PickTree> {
        let mut picks = Vec::new();
        loop {
            self.skip_ends();
            if self.at_text_end() || self.is_sign("}") {
                return picks;
            }
            match self.pick() {
                Ok(pick) => picks.push(pick),
                // One mistake in a schedule makes all behind it doubtful.
                Err(Reported) => {
                    while !self.at_text_end() && !self.is_sign("}") {
                        self.take();
                    }
                    return picks;
                }
            }
        }
    }

    fn pick(&mut self) -> Parsed<PickTree> {
        let start = self.start();
        let verb = self.pick_verb()?;
        let mut name = self.want_name()?;
        // A request goes by its service and its handler.
        if self.take_sign(".") {
            let handler = self.want_label(Expected::Name)?;
            name.text = format!("{}.{}", name.text, handler.text);
            name.span.end = handler.span.end;
        }
        let mut number = None;
        let mut to = None;
        let between = [PickVerb::Deliver, PickVerb::Lose, PickVerb::Cut].contains(&verb);
        if (between || verb == PickVerb::Double) && self.take_sign("->") {
            to = Some(self.want_name()?);
        } else if between && !(verb == PickVerb::Deliver && self.is_sign("[")) {
            return self.expected(Expected::Sign("->"), None);
        }
        if self.take_sign("[") {
            number = Some(self.counted()?);
            self.want_sign("]")?;
        }
        let span = self.span_from(start);
        let outcome = if self.take_sign(":") { self.counted()? } else { 1 };
        let times = if self.take_sign("*") { self.counted()? } else { 1 };
        if outcome.max(times) > i64::from(limits::PICKS) {
            let most = u64::from(limits::PICKS);
            let message = Message::TooMuch { what: Ceiling::Picks, most };
            self.report(self.span_from(start), message);
            return Err(Reported);
        }
        Ok(PickTree { verb, name, to, number, outcome, times, span })
    }

    /// What happens, if a word says so; without one it is a step.
    fn pick_verb(&mut self) -> Parsed<PickVerb> {
        let word = self.word();
        if words::pick(word).is_none() || self.word_ahead(1).is_empty() {
            return Ok(PickVerb::Step);
        }
        let verb = match word {
            "arrive" => PickVerb::Arrive,
            "crash" => PickVerb::Crash,
            "restart" => PickVerb::Restart,
            "pause" => PickVerb::Pause,
            "resume" => PickVerb::Resume,
            "timeout" => PickVerb::Timeout,
            "expire" => PickVerb::Expire,
            "deliver" => PickVerb::Deliver,
            "lose" => PickVerb::Lose,
            "double" => PickVerb::Double,
            "ready" => PickVerb::Ready,
            "rebalance" => PickVerb::Rebalance,
            "cut" => PickVerb::Cut,
            _ => {
                let span = self.token().span.clone();
                return self.not_built(span, word);
            }
        };
        self.take();
        Ok(verb)
    }

    fn counted(&mut self) -> Parsed<i64> {
        let TokenKind::Int(value) = *self.kind() else {
            return self.expected(Expected::WholeNumber, None);
        };
        let span = self.take();
        if value < 1 {
            self.report(span, Message::PickFromOne);
            return Err(Reported);
        }
        Ok(value)
    }
}
