//! Processes and how they come to be, faults, and what is set for runs and searches.

use super::{Parsed, Parser, options::Others};
use crate::{
    lang::tree::{Expr, FaultTree, FaultTreeKind, ProcessTree, SettingsTree, StartTree, WhenTree},
    say::diagnostics::{Expected, Hint},
};

/// What can go wrong.
const FAULTS: &[&str] = &["crash", "pause", "slow", "surge", "fail", "partition"];

impl Parser<'_> {
    pub(super) fn process(&mut self) -> Parsed<()> {
        let name = self.want_name()?;
        let mut instances = None;
        if self.take_sign("*") {
            instances = Some(self.expr_or_skip());
        }
        if instances.is_some() && self.word() == "every" {
            // Those who arrive are as many as come.
            return self.expected(Expected::Sign("{"), None);
        }
        let start = self.process_start()?;
        let only = self.suffix();
        let what = if matches!(start, StartTree::Once) && only.is_none() {
            Expected::ProcessHeader
        } else {
            Expected::Sign("{")
        };
        let body = self.block(what)?;
        self.tree.processes.push(ProcessTree { name, instances, start, only, body });
        Ok(())
    }

    fn process_start(&mut self) -> Parsed<StartTree> {
        Ok(match self.word() {
            "forever" => {
                self.take();
                StartTree::Forever
            }
            "every" => {
                self.take();
                let gap = self.expr_or_skip();
                let (times, until) = self.times_until();
                StartTree::Every { gap, times, until }
            }
            "again" => {
                self.take();
                self.want_word("after", None)?;
                let pause = self.expr_or_skip();
                let (times, until) = self.times_until();
                StartTree::Again { pause, times, until }
            }
            "receive" => {
                self.take();
                let from = self.source()?;
                self.want_word("as", None)?;
                StartTree::Receive { from, name: self.want_name()? }
            }
            _ => StartTree::Once,
        })
    }

    fn times_until(&mut self) -> (Option<Expr>, Option<Expr>) {
        let times = self.take_word("times").then(|| self.expr_or_skip());
        let until = self.take_word("until").then(|| self.expr_or_skip());
        (times, until)
    }

    pub(super) fn fault(&mut self) -> Parsed<()> {
        let start = self.last_end - "fault".len() as u32;
        let word = self.word();
        let kind = match word {
            "crash" => FaultTreeKind::Crash,
            "pause" => FaultTreeKind::Pause,
            "slow" => FaultTreeKind::Slow,
            "surge" => FaultTreeKind::Surge,
            "fail" => FaultTreeKind::Fail,
            "partition" => FaultTreeKind::Partition,
            _ => {
                let hint = super::words::nearest(word, FAULTS.iter().copied()).map(Hint::Nearest);
                let known = FAULTS.iter().map(|word| (*word).to_owned()).collect();
                return self.expected(Expected::OneOf(known), hint);
            }
        };
        self.take();
        let victim = self.target()?;
        let mut by = None;
        let mut other = None;
        match kind {
            FaultTreeKind::Slow | FaultTreeKind::Surge => {
                self.want_word("by", None)?;
                by = Some(self.expr()?);
            }
            FaultTreeKind::Fail => by = Some(self.expr()?),
            FaultTreeKind::Partition => other = Some(self.target()?),
            FaultTreeKind::Crash | FaultTreeKind::Pause => {}
        }
        let when = self.when()?;
        let needs_when =
            [FaultTreeKind::Crash, FaultTreeKind::Pause, FaultTreeKind::Partition].contains(&kind);
        if matches!(when, WhenTree::Always) && needs_when {
            let known = ["at", "from", "anytime"].map(str::to_owned).to_vec();
            return self.expected(Expected::OneOf(known), None);
        }
        let lasts = if self.take_word("for") { Some(self.expr()?) } else { None };
        let mut most = None;
        if self.word() == "at" && self.word_ahead(1) == "most" {
            self.take();
            self.take();
            most = Some(self.expr()?);
        }
        let only = self.suffix();
        let span = self.span_from(start);
        self.tree.faults.push(FaultTree { kind, victim, other, by, when, lasts, most, only, span });
        Ok(())
    }

    fn when(&mut self) -> Parsed<WhenTree> {
        Ok(match self.word() {
            "at" if self.word_ahead(1) != "most" => {
                self.take();
                WhenTree::At(self.expr()?)
            }
            "from" => {
                self.take();
                let from = self.expr()?;
                self.want_word("to", None)?;
                WhenTree::From(from, self.expr()?)
            }
            "anytime" => {
                self.take();
                WhenTree::Anytime
            }
            _ => WhenTree::Always,
        })
    }

    /// `run (..)` or `explore (..)`.
    pub(super) fn settings(&mut self, word: &'static str) -> Parsed<()> {
        let span = self.last_end - word.len() as u32..self.last_end;
        let others = if word == "explore" { Others::Kept } else { Others::Refused };
        let Some(options) = self.options(word, others)? else {
            return self.expected(Expected::Sign("("), None);
        };
        let settings = SettingsTree { options, span };
        let list = if word == "explore" { &mut self.tree.explore } else { &mut self.tree.run };
        list.push(settings);
        Ok(())
    }
}
