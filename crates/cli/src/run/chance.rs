//! `--chance`: how likely a failure is after what was replayed, and along the run.

use std::fmt::Write as _;

use sim_core::{
    chance::{MILLION, Tally},
    program::Program,
    say::Lang,
    session::{CURVE_CONTINUATIONS, CURVE_POINTS, Point, Session, rise},
};

use crate::{json, words::chance as words};

/// Steps between two looks at whether it is done; it does not matter how many.
const SLICE: usize = 1_000_000;

/// How likely a failure is.
pub(super) struct Likely {
    step: u32,
    here: Tally,
    points: Vec<Point>,
    is_cut: bool,
}

impl Likely {
    /// So many continuations of the moment the session stands at.
    pub(super) fn here(session: &Session, continuations: u32) -> Likely {
        let mut chance = session.chance(continuations);
        while !chance.advance(SLICE) {}
        let (step, here) = (session.position(), chance.tally().clone());
        Likely { step, here, points: Vec::new(), is_cut: false }
    }

    /// The same with moments along the session's line.
    pub(super) fn along(mut self, session: &Session) -> Likely {
        let mut curve = session.curve(CURVE_POINTS, CURVE_CONTINUATIONS);
        while !curve.advance(SLICE) {}
        (self.points, self.is_cut) = (curve.points(), curve.is_cut());
        self
    }

    pub(super) fn to_json(&self) -> json::Chance {
        let rise = rise(&self.points).map(|rise| json::Rise {
            before: rise.before,
            after: rise.after,
            from: share(rise.from),
            to: share(rise.to),
        });
        json::Chance {
            step: self.step,
            continuations: self.here.continuations,
            broken: self.here.broken,
            not_ended: self.here.not_ended,
            interval: interval(&self.here),
            promises: self.here.promises.clone(),
            deadlocks: self.here.deadlocks,
            stuck: self.here.stuck,
            already: self.here.already.clone(),
            along: self.points.iter().map(moment).collect(),
            cut: self.is_cut,
            rise,
        }
    }

    pub(super) fn to_text(&self, program: &Program, lang: Lang) -> String {
        let tally = &self.here;
        let mut out = format!("\n{}\n", words::counted(self.step, tally, lang));
        if tally.already.is_empty() {
            for (promise, broke) in program.promises.iter().zip(&tally.promises) {
                if *broke > 0 {
                    let _ = writeln!(out, "  {}", words::breaks(*broke, &promise.condition, lang));
                }
            }
        } else {
            let _ = writeln!(out, "  {}", words::already(lang));
        }
        for (count, is_deadlock) in [(tally.deadlocks, true), (tally.stuck, false)] {
            if count > 0 {
                let _ = writeln!(out, "  {}", words::left_waiting(count, is_deadlock, lang));
            }
        }
        if tally.not_ended > 0 {
            let _ = writeln!(out, "  {}", words::not_ended(tally.not_ended, lang));
        }
        let _ = writeln!(out, "{}", words::what(lang));
        let _ = writeln!(out, "\n{}", words::along(lang));
        let width = self.points.last().map_or(1, |point| point.step.to_string().len());
        for point in &self.points {
            let words = words::moment(&point.tally, lang);
            let _ = writeln!(out, "  {:>width$}  {words}", point.step);
        }
        match rise(&self.points) {
            Some(rise) => {
                let _ = writeln!(out, "{}", words::rise(&rise, lang));
            }
            None if self.is_cut => {}
            None => {
                let _ = writeln!(out, "{}", words::no_rise(lang));
            }
        }
        if self.is_cut {
            let _ = writeln!(out, "{}", words::cut(lang));
        }
        out.push('\n');
        out
    }
}

/// A share in millionths as the number it is.
fn share(millionths: u32) -> f64 {
    f64::from(millionths) / f64::from(MILLION)
}

fn interval(tally: &Tally) -> [f64; 2] {
    let (low, high) = tally.interval();
    [share(low), share(high)]
}

fn moment(point: &Point) -> json::Moment {
    json::Moment {
        step: point.step,
        continuations: point.tally.continuations,
        broken: point.tally.broken,
        not_ended: point.tally.not_ended,
        interval: interval(&point.tally),
    }
}
