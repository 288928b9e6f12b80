//! `lockstep explore`: every schedule at once.

use std::fmt::Write as _;

use sim_core::{
    explore::{
        After, Ceiling, Explorer, Found, Options as ExploreOptions, Outcome, Report, Verdict,
    },
    program::Program,
    say::Lang,
    session::{Ending, Frame, Session, StepView},
};

use crate::{
    Done, Exit,
    args::Options,
    input::{self, Search},
    json,
    replay::replay,
    show, words,
};

pub(crate) fn explore(options: &Options) -> Done {
    let search = match input::search(options) {
        Ok(found) => found,
        Err(done) => return done,
    };
    let from = match from(&search, options) {
        Ok(from) => from,
        Err(done) => return *done,
    };
    let mut explorer = match Explorer::after(&search.program, &from, ExploreOptions::default()) {
        Ok(explorer) => explorer,
        Err(why) => {
            let why = match why {
                After::TooLarge => words::too_large(options.lang),
                After::DoesNotFit => words::does_not_fit(options.lang),
            };
            return Done::bad_input(format!("lockstep: {why}\n"));
        }
    };
    while !explorer.advance(usize::MAX) {}
    let report = explorer.report();
    let exit = match report.verdict {
        Verdict::Holds => Exit::Holds,
        Verdict::Broken => Exit::Broken,
        Verdict::Undecided => Exit::Undecided,
    };
    let shown = Shown { search: &search, program: &search.program, report: &report, from, options };
    let text = if options.json { json::text(&shown.json()) } else { shown.text() };
    Done::said(text, exit)
}

/// The picks of the moment from which to explore; none for the start.
fn from(search: &Search, options: &Options) -> Result<Vec<u32>, Box<Done>> {
    if options.picks.is_none() && options.schedule.is_none() {
        return Ok(Vec::new());
    }
    let mut session = Session::new(search.program.clone(), &search.source.text, 1);
    let skipped = replay(&mut session, &search.source, options)?;
    if !skipped.is_empty() {
        let text = words::cannot_move(&skipped, options.lang);
        return Err(Box::new(Done::bad_input(format!("lockstep: {text}\n"))));
    }
    Ok(session.picks())
}

/// A report with what it is about.
struct Shown<'a> {
    search: &'a Search,
    program: &'a Program,
    report: &'a Report,
    /// The picks of the moment that was explored from.
    from: Vec<u32>,
    options: &'a Options,
}

impl Shown<'_> {
    /// The moment at the end of some picks.
    fn frame(&self, picks: &[u32]) -> Frame {
        let mut session = Session::new(self.program.clone(), &self.search.source.text, 1);
        session.follow(&[&self.from, picks].concat());
        session.frame()
    }

    fn readable(&self, found: &Found) -> Vec<String> {
        let frame = self.frame(&found.shortest);
        let lang = self.options.lang;
        let told = self.own_steps(&frame).map(|(number, step)| {
            let did = show::step(&frame, number, step, lang);
            format!("{} {did}", show::who(step)).trim_start().to_owned()
        });
        told.collect()
    }

    /// The steps behind the moment that was explored from.
    fn own_steps<'f>(&self, frame: &'f Frame) -> impl Iterator<Item = (u32, &'f StepView)> {
        let before = self.from.len().saturating_sub(frame.first as usize);
        (frame.first + 1..).zip(&frame.steps).skip(before)
    }

    /// Who waits for what at the end of a way, a line each.
    fn waits(&self, found: &Found) -> Vec<String> {
        let frame = self.frame(&found.shortest);
        // Those that the end is about come first: a circle in its order.
        let mut lanes = frame.ending.as_ref().map(Ending::lanes).unwrap_or_default();
        let others = frame.lanes.iter().map(|lane| lane.id).filter(|lane| !lanes.contains(lane));
        lanes.extend(others.collect::<Vec<u32>>());
        let waits = lanes.into_iter().filter_map(|lane| {
            let why = words::waiting(&frame, lane, self.options.lang)?;
            Some(format!("{}: {why}", frame.name(lane)))
        });
        waits.collect()
    }

    fn json(&self) -> json::Explore {
        let report = self.report;
        let failure = |found: &Found| json::failure(found, self.readable(found), None);
        let waiting =
            |found: &Found| json::failure(found, self.readable(found), Some(self.waits(found)));
        let broken = report.broken.iter().map(|broken| {
            let promise = &self.program.promises[broken.promise as usize];
            json::Broken {
                kind: json::promise_kind(promise.kind),
                condition: promise.condition.clone(),
                why: self.program.why(promise),
                failure: failure(&broken.found),
            }
        });
        json::Explore {
            lockstep: json::VERSION,
            title: self.program.title.clone(),
            parameters: json::Pairs(self.program.settings.clone()),
            verdict: match report.verdict {
                Verdict::Holds => "holds",
                Verdict::Broken => "broken",
                Verdict::Undecided => "undecided",
            },
            complete: report.complete,
            stopped: report.stopped.map(|ceiling| match ceiling {
                Ceiling::States(_) => "states",
                Ceiling::Memory(_) => "memory",
                Ceiling::OwnWork(_) => "own_work",
                Ceiling::Room => "room",
                Ceiling::Age => "age",
            }),
            lowered: json::Pairs(self.search.lowered.clone()),
            bounds: json::Pairs(report.bounds.iter().map(json::bound).collect()),
            from: self.from.clone(),
            states: report.states.to_string(),
            followed: report.followed.to_string(),
            certainty: report.certainty,
            transitions: report.transitions.to_string(),
            schedules: json::number(&report.schedules),
            failing: json::number(&report.failing),
            broken: broken.collect(),
            deadlocks: report.deadlocks.as_ref().map(waiting),
            stuck: report.stuck.as_ref().map(waiting),
            never_ends: report.never_ends.as_ref().map(failure),
            circles: report.circles.to_string(),
            outcomes: json::outcomes(report),
            counters_left_out: report.counters_left_out,
            diagnostics: Vec::new(),
        }
    }

    fn text(&self) -> String {
        let (report, lang) = (self.report, self.options.lang);
        let mut out = words::heading(self.program);
        if !self.from.is_empty() {
            let _ = writeln!(out, "{}", words::from_step(self.from.len(), lang));
        }
        let _ = writeln!(out, "{}", words::schedules_fail(report, lang));
        if let Some(ceiling) = report.stopped {
            let _ = writeln!(out, "{}", words::stopped(ceiling, report.complete, lang));
            if let Some(hint) = &self.search.hint {
                let _ = writeln!(out, "{}", words::hint(hint, lang));
            }
        }
        if !self.search.lowered.is_empty() {
            let _ = writeln!(out, "{}", words::lowered(&self.search.lowered, lang));
        }
        if !report.bounds.is_empty() {
            let _ = writeln!(out, "{}", words::bounds(&report.bounds, lang));
        }
        for broken in &report.broken {
            let promise = &self.program.promises[broken.promise as usize];
            let kind = json::promise_kind(promise.kind);
            let title = words::broken_promise(
                kind,
                &promise.condition,
                self.program.why(promise).as_deref(),
                lang,
            );
            self.failure_to(&mut out, &title, &broken.found);
        }
        for (found, kind) in [
            (&report.deadlocks, words::Failure::Deadlock),
            (&report.stuck, words::Failure::Stuck),
            (&report.never_ends, words::Failure::NeverEnds),
        ] {
            if let Some(found) = found {
                self.failure_to(&mut out, words::failure(kind, lang), found);
            }
        }
        if report.circles > 0 {
            let _ = writeln!(out, "\n{}", words::circles(report.circles, lang));
        }
        if !report.outcomes.is_empty() {
            let _ = writeln!(out, "\n{}", words::outcomes(lang));
            out.push_str(&table(report, lang));
            if report.counters_left_out {
                let _ = writeln!(out, "{}", words::counters_left_out(lang));
            }
        }
        let _ = writeln!(out, "\n{}", words::size(report, lang));
        out
    }

    fn failure_to(&self, out: &mut String, title: &str, found: &Found) {
        let lang = self.options.lang;
        let _ = writeln!(out, "\n{title}");
        let _ = writeln!(out, "  {}", words::shortest(found, &self.from, lang));
        let mut frame = self.frame(&found.shortest);
        let before = frame.steps.len() - self.own_steps(&frame).count();
        frame.first += before as u32;
        frame.steps.drain(..before);
        out.push_str(&show::steps(&frame, u64::from(frame.position), "    ", lang));
        for line in self.waits(found).iter().filter(|_| frame.ending.is_some()) {
            let _ = writeln!(out, "    {line}");
        }
    }
}

/// Rows of this table that are shown.
const ROWS_SHOWN: usize = 50;

/// The outcomes, columns aligned: how many schedules, how many of them fail, the last values.
fn table(report: &Report, lang: Lang) -> String {
    let outcomes = &report.outcomes;
    // Where nothing fails, none does, however many schedules there are.
    let failing = |outcome: &Outcome| match report.verdict {
        Verdict::Holds => "0".to_owned(),
        _ => words::count(&outcome.failing, lang),
    };
    let mut columns = words::outcome_columns(lang).map(str::to_owned).to_vec();
    columns.extend(outcomes[0].values.iter().map(|(name, _)| name.clone()));
    let mut rows = vec![columns];
    for outcome in outcomes.iter().take(ROWS_SHOWN) {
        let mut row = vec![words::count(&outcome.schedules, lang), failing(outcome)];
        row.extend(outcome.values.iter().map(|(_, value)| value.clone()));
        if outcome.stuck {
            row.push(words::left_waiting(lang).to_owned());
        }
        rows.push(row);
    }
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max()
    };
    let columns = rows[0].len();
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
    let mut out = String::new();
    for row in &rows {
        for (index, cell) in row.iter().enumerate() {
            let width = widths.get(index).copied().unwrap_or(0);
            let _ = write!(out, "  {cell:>width$}");
        }
        out.push('\n');
    }
    if outcomes.len() > ROWS_SHOWN {
        let _ = writeln!(out, "  {}", words::more_rows(outcomes.len() - ROWS_SHOWN, lang));
    }
    out
}
