//! One request's life: who asked whom, and where its time went. A tree of spans that begins with
//! the process that asked first, through calls, waits for workers, answers, tries and messages.
//!
//! Calls and messages carry the trace by themselves: each names the step it came from.

use super::frame::{Action, Answer, Frame, PassageKind, StepView};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How many spans a life has at most.
pub const SPANS_MAX: usize = 120;

/// A request's life.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Life {
    /// Spans, each behind the one that led to it, in the order of their beginning.
    pub spans: Vec<Span>,
    /// So many more are not told.
    pub left_out: u32,
    /// Some of it lies before the steps that are known.
    pub is_cut: bool,
    /// So many calls it became, its own and those of those it called.
    pub calls: u32,
}

/// A part of a life.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// How deep below the first.
    pub depth: u32,
    /// Whose steps they are: a lane. Of a message who sent it.
    pub lane: u32,
    /// As in `client[2]` or `bank.pay[3]`; of a message where it went.
    pub name: String,
    /// What was asked or sent, as in `bank.pay(80)`; empty for a process's own doing.
    pub words: String,
    /// When it began and ended, nanoseconds; `None` while it goes on.
    pub from: u64,
    /// When it ended.
    pub to: Option<u64>,
    /// Its first step and its last so far.
    pub steps: (u32, u32),
    /// What it spent its time on.
    pub parts: Vec<Part>,
    /// What became of it.
    pub fate: SpanFate,
}

/// A stretch of a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// When it began, nanoseconds.
    pub from: u64,
    /// When it ended; `None` while it goes on.
    pub to: Option<u64>,
    /// On what.
    pub kind: PartKind,
}

/// What a span spends time on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PartKind {
    /// A request, or a message, is under way.
    Way,
    /// It waits: for a worker, for a lock, in a queue.
    Waits,
    /// It is worked on.
    Works,
    /// The answer is under way.
    Back,
    /// It sleeps, also between two tries.
    Sleeps,
}

/// What becomes of a span.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum SpanFate {
    /// It goes on.
    #[default]
    Open,
    /// It came to its end; a call was answered.
    Done,
    /// It was answered by an error, or failed by it.
    Failed(String),
    /// Its caller gave up waiting.
    GivenUp,
    /// It was lost on the way.
    Lost,
}

impl Life {
    /// True if no more can be told of it, however many more steps are looked at.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        !self.is_cut && self.spans.iter().all(|span| span.to.is_some())
    }
}

/// The life that a step (from 1) is part of, as far as the steps of the moment tell.
#[must_use]
pub fn life(frame: &Frame, step: u32) -> Option<Life> {
    life_in(Stretch { first: frame.first, steps: &frame.steps }, step)
}

/// Steps one after another, and how many come before them.
#[derive(Clone, Copy)]
pub(super) struct Stretch<'a> {
    pub(super) first: u32,
    pub(super) steps: &'a [StepView],
}

impl<'a> Stretch<'a> {
    fn step(self, number: u32) -> Option<&'a StepView> {
        self.steps.get(number.checked_sub(self.first + 1)? as usize)
    }
}

/// The life that a step is part of, as far as a stretch of steps tells.
pub(super) fn life_in(stretch: Stretch<'_>, step: u32) -> Option<Life> {
    let mut lives = Lives::default();
    for (number, view) in (stretch.first + 1..).zip(stretch.steps) {
        lives.take(stretch, number, view);
    }
    let at = *lives.of.get(&step)?;
    let mut root = at;
    while let Some(parent) = lives.spans[root].parent {
        root = parent;
    }
    let mut told = Life { is_cut: lives.spans[root].is_cut, ..Life::default() };
    lives.tell(root, 0, &mut told);
    Some(told)
}

#[derive(Default)]
struct Lives {
    spans: Vec<Known>,
    /// What each process is doing.
    open: BTreeMap<u32, usize>,
    /// Messages under way or waiting.
    messages: BTreeMap<u32, usize>,
    /// The span of each step.
    of: BTreeMap<u32, usize>,
}

struct Known {
    span: Span,
    parent: Option<usize>,
    is_cut: bool,
    is_call: bool,
}

impl Lives {
    fn begin(&mut self, span: Span, parent: Option<usize>) -> usize {
        let is_call = span.name.contains('.');
        self.spans.push(Known { span, parent, is_cut: false, is_call });
        self.spans.len() - 1
    }

    fn take(&mut self, stretch: Stretch<'_>, number: u32, view: &StepView) {
        let at = match self.open.get(&view.lane) {
            Some(&at) => at,
            None => {
                let at =
                    self.begin(span(view.lane, &view.name, String::new(), view.at, number), None);
                self.spans[at].is_cut =
                    view.own != 0 && stretch.step(view.own).is_none() || view.name.contains('.');
                self.open.insert(view.lane, at);
                at
            }
        };
        let at = self.message(view, number, at);
        self.of.insert(number, at);
        // What happened since its step before it, where that is told by this one.
        let before = stretch.step(view.own).map_or(view.at, |own| own.at);
        let span = &mut self.spans[at].span;
        span.steps.1 = number;
        for action in parts(&view.action) {
            match action {
                Action::Work { .. } => span.spent(PartKind::Works, before, view.at),
                Action::Sleep { .. } | Action::Backoff { .. } | Action::Think { .. } => {
                    span.spent(PartKind::Sleeps, before, view.at);
                }
                Action::Take { .. } => span.spent(PartKind::Waits, before, view.at),
                Action::Come { refused, .. } => {
                    span.goes_over(PartKind::Waits, view.at);
                    if !refused.is_empty() {
                        span.fate = SpanFate::Failed(refused.clone());
                        span.goes_over(PartKind::Back, view.at);
                    }
                }
                Action::Enter { .. } => span.goes_over(PartKind::Works, view.at),
                Action::Reply { error, fate, .. } => {
                    if !error.is_empty() {
                        span.fate = SpanFate::Failed(error.clone());
                    }
                    match fate {
                        Answer::Way => span.goes_over(PartKind::Back, view.at),
                        _ => span.ends(view.at, SpanFate::Done),
                    }
                }
                Action::Back { .. } => span.ends(view.at, SpanFate::Done),
                Action::LoseCall { .. } => {
                    span.fate = SpanFate::Open;
                    span.ends(view.at, SpanFate::Lost);
                }
                _ => {}
            }
        }
        for (lane, name) in &view.called {
            let call = call_of(&view.action);
            let words = call.map_or_else(String::new, |(words, _)| words.to_owned());
            let travels = call.is_none_or(|(_, travels)| travels);
            let kind = if travels { PartKind::Way } else { PartKind::Waits };
            let mut asked = self::span(*lane, name, words, view.at, number);
            asked.parts.push(Part { from: view.at, to: None, kind });
            let request = self.begin(asked, Some(at));
            self.open.insert(*lane, request);
        }
        if matches!(view.action, Action::TimeOut) {
            // Whoever it waited for may work on: nobody will hear of it.
            for known in self.spans.iter_mut().filter(|known| known.parent == Some(at)) {
                if known.is_call && known.span.to.is_none() {
                    known.span.fate = SpanFate::GivenUp;
                }
            }
        }
        self.end(number, view);
    }

    /// A step that has to do with messages: whoever takes one goes on with its life.
    fn message(&mut self, view: &StepView, number: u32, at: usize) -> usize {
        let mut at = at;
        for passage in &view.passages {
            match passage.kind {
                PassageKind::Leaves | PassageKind::Stored | PassageKind::Refused
                    if !self.messages.contains_key(&passage.message) =>
                {
                    let mut sent =
                        span(passage.lane, &passage.place, passage.words.clone(), view.at, number);
                    let kind = match passage.kind {
                        PassageKind::Leaves => PartKind::Way,
                        _ => PartKind::Waits,
                    };
                    sent.parts.push(Part { from: view.at, to: None, kind });
                    let sent = self.begin(sent, Some(at));
                    self.messages.insert(passage.message, sent);
                    if passage.kind == PassageKind::Refused {
                        self.spans[sent]
                            .span
                            .ends(view.at, SpanFate::Failed("rejected".to_owned()));
                    }
                }
                PassageKind::Taken => {
                    let sent = self.messages.get(&passage.message).copied();
                    if let Some(sent) = sent {
                        let message = &mut self.spans[sent].span;
                        message.goes_over(PartKind::Works, view.at);
                        message.steps.1 = number;
                    }
                    // It begins anew with what it has taken.
                    if self.spans[at].parent != sent || sent.is_none() {
                        let taken = span(view.lane, &view.name, String::new(), view.at, number);
                        if self.spans[at].span.steps.1 < number || self.spans[at].span.to.is_none()
                        {
                            self.spans[at].span.ends(view.at, SpanFate::Done);
                        }
                        at = self.begin(taken, sent);
                        self.open.insert(view.lane, at);
                    }
                }
                kind => {
                    let Some(&sent) = self.messages.get(&passage.message) else { continue };
                    let message = &mut self.spans[sent].span;
                    message.steps.1 = number;
                    match kind {
                        PassageKind::Arrives
                        | PassageKind::Stored
                        | PassageKind::Returned
                        | PassageKind::Delayed
                        | PassageKind::Readied => message.goes_over(PartKind::Waits, view.at),
                        PassageKind::Lost | PassageKind::Dropped => {
                            message.ends(view.at, SpanFate::Lost);
                        }
                        PassageKind::Dead => message.fate = SpanFate::Failed("dead".to_owned()),
                        PassageKind::Done => message.ends(view.at, SpanFate::Done),
                        _ => {}
                    }
                }
            }
        }
        at
    }

    /// Passes, or whole lives, that are over.
    fn end(&mut self, number: u32, view: &StepView) {
        for (lane, error) in &view.ended {
            let Some(at) = self.open.remove(lane) else { continue };
            let span = &mut self.spans[at].span;
            span.steps.1 = number;
            if span.to.is_none() {
                let fate = error.clone().map_or(SpanFate::Done, SpanFate::Failed);
                span.ends(view.at, fate);
            }
        }
    }

    fn tell(&self, at: usize, depth: u32, told: &mut Life) {
        let known = &self.spans[at];
        told.calls += u32::from(known.is_call);
        if told.spans.len() >= SPANS_MAX {
            told.left_out += 1;
        } else {
            told.spans.push(Span { depth, ..known.span.clone() });
        }
        // Children come behind their parents in the list.
        for (child, known) in self.spans.iter().enumerate().skip(at + 1) {
            if known.parent == Some(at) {
                self.tell(child, depth + 1, told);
            }
        }
    }
}

impl Span {
    fn spent(&mut self, kind: PartKind, from: u64, to: u64) {
        // Of a request that has a worker all is work.
        let in_work = self.parts.last().is_some_and(|part| part.to.is_none());
        if from < to && !in_work {
            self.parts.push(Part { from, to: Some(to), kind });
        }
    }

    fn goes_over(&mut self, kind: PartKind, at: u64) {
        if let Some(part) = self.parts.last_mut() {
            part.to.get_or_insert(at);
        }
        self.parts.push(Part { from: at, to: None, kind });
    }

    fn ends(&mut self, at: u64, fate: SpanFate) {
        if let Some(part) = self.parts.last_mut() {
            part.to.get_or_insert(at);
        }
        self.to.get_or_insert(at);
        if self.fate == SpanFate::Open {
            self.fate = fate;
        }
    }
}

fn span(lane: u32, name: &str, words: String, from: u64, step: u32) -> Span {
    Span {
        depth: 0,
        lane,
        name: name.to_owned(),
        words,
        from,
        to: None,
        steps: (step, step),
        parts: Vec::new(),
        fate: SpanFate::Open,
    }
}

/// What a step did, one thing after the other.
fn parts(action: &Action) -> &[Action] {
    match action {
        Action::Atomic { parts } => parts,
        one => std::slice::from_ref(one),
    }
}

/// The words of a call among what a step did, and whether the request is under way then.
fn call_of(action: &Action) -> Option<(&str, bool)> {
    parts(action).iter().find_map(|one| match one {
        Action::Call { what, travels, .. } => Some((what.as_str(), *travels)),
        _ => None,
    })
}
