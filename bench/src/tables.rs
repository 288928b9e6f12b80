//! The results as Markdown.

use std::fmt::Write as _;

use lockstep_bench::rows::{Engine, SEARCHED, Work};

use crate::{
    aims::{AIMS, Goal},
    measure::Cell,
    peers::stateright::{Kept, Order},
    results::{Results, Who},
};

/// Footnotes, numbered as they come.
#[derive(Default)]
struct Notes(Vec<String>);

impl Notes {
    fn mark(&mut self, note: &str) -> String {
        let at = self.0.iter().position(|known| known == note).unwrap_or_else(|| {
            self.0.push(note.to_owned());
            self.0.len() - 1
        });
        format!("({})", at + 1)
    }

    fn text(&self) -> String {
        let mut text = String::new();
        for (at, note) in self.0.iter().enumerate() {
            let _ = writeln!(text, "({}) {note}.\\", at + 1);
        }
        text.strip_suffix("\\\n").map(|text| format!("{text}\n\n")).unwrap_or_default()
    }
}

const SEARCHERS: [Who; 8] = [
    Who::Native(Engine::ByHand),
    Who::Wasm(Engine::ByHand),
    Who::Stateright(Order::Depth, Kept::Integer),
    Who::Stateright(Order::Depth, Kept::Vector),
    Who::Stateright(Order::Breadth, Kept::Integer),
    Who::Stateright(Order::Breadth, Kept::Vector),
    Who::Native(Engine::Ours),
    Who::Wasm(Engine::Ours),
];

const SIMULATORS: [Who; 7] = [
    Who::Native(Engine::Lindley),
    Who::Wasm(Engine::Lindley),
    Who::Native(Engine::ByHand),
    Who::Wasm(Engine::ByHand),
    Who::Nexosim,
    Who::Native(Engine::Ours),
    Who::Wasm(Engine::Ours),
];

/// All searches, and what they are as multiples of the one by hand and of the best peer.
pub(crate) fn searches(results: &Results) -> String {
    let heads = SEARCHED.map(|work| match work {
        Work::Kept(n) => format!("K = {n}, kept"),
        Work::Cleared(n) => format!("K = {n}"),
        Work::Philosophers(n) => format!("phil. {n}"),
        other => format!("{other:?}"),
    });
    let states = SEARCHED.map(|work| (heads_of(work), work.states()));
    let mut text = String::from("| states of | |\n| --- | ---: |\n");
    for (name, states) in states {
        let _ = writeln!(text, "| {name} | {} |", thousands(states));
    }
    text.push('\n');
    let table = Matrix { results, who: &SEARCHERS, works: &SEARCHED, heads: &heads };
    text + &table.all("M states per CPU-second")
}

fn heads_of(work: Work) -> String {
    match work {
        Work::Kept(n) => format!("{n} processes that count, locals kept"),
        Work::Cleared(n) => format!("{n} processes that count"),
        Work::Philosophers(n) => format!("{n} philosophers"),
        other => format!("{other:?}"),
    }
}

/// All simulations, likewise.
pub(crate) fn simulations(results: &Results) -> String {
    let works = [Work::OneServer, Work::Closed];
    let heads = ["A: one server".to_owned(), "B: closed clients".to_owned()];
    Matrix { results, who: &SIMULATORS, works: &works, heads: &heads }
        .all("M events per CPU-second")
}

#[derive(Clone, Copy)]
struct Matrix<'a> {
    results: &'a Results,
    who: &'a [Who],
    works: &'a [Work],
    heads: &'a [String],
}

impl Matrix<'_> {
    fn all(&self, unit: &str) -> String {
        let mut notes = Notes::default();
        let rates = self.rows(unit, |who, work| cell(self.results.get(who, work), &mut notes));
        let by_hand = |work| self.results.rate(Who::Native(Engine::ByHand), work);
        let mut text = rates + &notes.text();
        text += &self.rows("times by hand", |who, work| self.ratio(who, work, by_hand(work)));
        let best = |work| self.results.best_peer(work);
        text += &self.rows("times the best peer", |who, work| self.ratio(who, work, best(work)));
        let in_node = self.who.iter().copied().filter(|who| matches!(who, Who::Wasm(_)));
        let in_node: Vec<Who> = in_node.collect();
        let natively = |who, work| match who {
            Who::Wasm(engine) => self.results.rate(Who::Native(engine), work),
            _ => None,
        };
        let times = |who, work| self.ratio(who, work, natively(who, work));
        text + &Matrix { who: &in_node, ..*self }.rows("times native", times)
    }

    fn has(&self, who: Who, work: Work) -> bool {
        self.results.get(who, work).is_some()
    }

    fn ratio(&self, who: Who, work: Work, reference: Option<f64>) -> String {
        let rate = self.results.rate(who, work);
        rate.zip(reference).map_or("–".to_owned(), |(rate, reference)| digits(rate / reference))
    }

    fn rows(&self, unit: &str, mut shown: impl FnMut(Who, Work) -> String) -> String {
        if !self.works.iter().any(|work| self.who.iter().any(|who| self.has(*who, *work))) {
            return String::new();
        }
        let mut text = format!("| {unit} | {} |\n| --- |", self.heads.join(" | "));
        text += &" ---: |".repeat(self.heads.len());
        text.push('\n');
        for who in self.who {
            let cells: Vec<String> = self.works.iter().map(|work| shown(*who, *work)).collect();
            if self.works.iter().any(|work| self.has(*who, *work)) {
                let _ = writeln!(text, "| {who} | {} |", cells.join(" | "));
            }
        }
        text.push('\n');
        text
    }
}

fn cell(cell: Option<&Cell>, notes: &mut Notes) -> String {
    match cell {
        None => "–".to_owned(),
        Some(Err(why)) => format!("– {}", notes.mark(why)),
        Some(Ok(done)) => {
            let note = done.note.as_ref().map(|note| format!(" {}", notes.mark(note)));
            format!("{}{}", digits(done.rate() / 1e6), note.unwrap_or_default())
        }
    }
}

/// A whole number with a space between thousands.
fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

/// Two digits that count, three where there are so many before the point.
fn digits(number: f64) -> String {
    match number {
        big if big >= 10.0 => format!("{big:.0}"),
        small if small < 0.1 => format!("{small:.3}"),
        some if some < 1.0 => format!("{some:.2}"),
        some => format!("{some:.1}"),
    }
}

/// What the engine must reach, what it should, and what it does.
pub(crate) fn aims(results: &Results) -> String {
    let mut notes = Notes::default();
    let mut text = String::from(
        "| Lockstep on | floor | aim | native | | browser | in WebAssembly | |\n\
         | --- | ---: | ---: | ---: | --- | --- | ---: | --- |\n",
    );
    for aim in &AIMS {
        let native = results.get(Who::Native(aim.engine), aim.work);
        let wasm = results.get(Who::Wasm(aim.engine), aim.work);
        // What stopped early has not done the work, however quickly.
        let mut shown = |cell: Option<&Cell>| match cell {
            None => ("–".to_owned(), Outcome::NotTried),
            Some(Err(why)) => (format!("– {}", notes.mark(why)), Outcome::NotTried),
            Some(Ok(done)) => {
                let note = done.note.as_ref().map(|note| format!(" {}", notes.mark(note)));
                let value = aim.goal.value(done);
                let outcome = if note.is_none() { Outcome::Done(value) } else { Outcome::Stopped };
                (format!("{}{}", aim.goal.shown(value), note.unwrap_or_default()), outcome)
            }
        };
        let (native_shown, native) = shown(native);
        let (wasm_shown, wasm) = shown(wasm);
        let judged = native.judge(|value| aim.goal.judge(value).to_owned());
        let (asked, judged_there) = match aim.goal {
            Goal::Rate { browser, .. } => {
                let judged = wasm.judge(|wasm| match native {
                    Outcome::Done(native) => {
                        let ratio = wasm / native;
                        format!("{} of native, {}", digits(ratio), met(ratio >= browser))
                    }
                    _ => String::new(),
                });
                (format!("at least {browser} of native"), judged)
            }
            twice @ Goal::Time { .. } => {
                ("twice that".to_owned(), wasm.judge(|value| twice.judge(value / 2.0).to_owned()))
            }
        };
        let (floor, wanted) = aim.goal.bounds();
        let _ = writeln!(
            text,
            "| {} | {floor} | {wanted} | {native_shown} | {judged} | {asked} | {wasm_shown} | \
             {judged_there} |",
            aim.name,
        );
    }
    text.push('\n');
    text + &notes.text()
}

/// How work that has an aim came out.
#[derive(Clone, Copy)]
enum Outcome {
    Done(f64),
    Stopped,
    NotTried,
}

impl Outcome {
    fn judge(self, done: impl Fn(f64) -> String) -> String {
        match self {
            Outcome::Done(value) => done(value),
            Outcome::Stopped => met(false).to_owned(),
            Outcome::NotTried => String::new(),
        }
    }
}

fn met(is_met: bool) -> &'static str {
    if is_met { "met" } else { "**missed**" }
}

impl Goal {
    fn value(self, done: &crate::measure::Measured) -> f64 {
        match self {
            Goal::Rate { .. } => done.rate() / 1e6,
            Goal::Time { .. } => done.seconds * 1e3,
        }
    }

    fn shown(self, value: f64) -> String {
        match self {
            Goal::Rate { unit, .. } => format!("{} M {unit}/s", digits(value)),
            Goal::Time { .. } => format!("{} ms", digits(value)),
        }
    }

    fn bounds(self) -> (String, String) {
        match self {
            Goal::Rate { floor, aim, .. } => (self.shown(floor), self.shown(aim)),
            Goal::Time { floor, aim } => (self.shown(floor), self.shown(aim)),
        }
    }

    fn judge(self, value: f64) -> &'static str {
        let (floor, aim) = match self {
            Goal::Rate { floor, aim, .. } => (value >= floor, value >= aim),
            Goal::Time { floor, aim } => (value <= floor, value <= aim),
        };
        match (floor, aim) {
            (_, true) => "aim met",
            (true, false) => "floor met",
            (false, false) => "**missed**",
        }
    }
}
