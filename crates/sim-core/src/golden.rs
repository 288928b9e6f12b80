//! Some runs and searches as text. The committed copy is compared natively, in Node and in
//! Chromium, so that a shared link shows everybody the same run, to the byte.

use crate::base::golden_draws;
use crate::explore::explore;
use crate::lang::{Values, check};
use crate::program::Program;
use crate::session::{Session, rise};
use std::fmt::Write;

/// Parameters by name and value.
type Settings = &'static [(&'static str, &'static str)];

const TEXTS: [(&str, &[Settings]); 4] = [
    (
        include_str!("../goldens/race.lockstep"),
        &[
            &[("guard", "none")],
            &[("guard", "lock"), ("clients", "3")],
            &[("guard", "atomic"), ("amount", "30")],
            &[("guard", "swap"), ("clients", "4")],
        ],
    ),
    (include_str!("../goldens/philosophers.lockstep"), &[&[("n", "3")], &[("n", "4")]]),
    (include_str!("../goldens/errors.lockstep"), &[&[]]),
    (include_str!("../goldens/everything.lockstep"), &[&[], &[("lucky", "0%"), ("load", "900/s")]]),
];

/// Draws, runs by the clock and searches, as every build of this version must compute them.
#[must_use]
pub fn goldens() -> String {
    let mut out = golden_draws();
    for (text, settings) in TEXTS {
        for settings in settings {
            one(&mut out, text, settings);
        }
    }
    out
}

fn one(out: &mut String, text: &str, settings: &[(&str, &str)]) {
    let (program, searched) = bind(text, settings);
    let _ = writeln!(out, "{} {settings:?}", program.title);
    for seed in [0, 7, u64::MAX] {
        let mut session = Session::new(program.clone(), text, seed);
        while session.clock() {}
        let frame = session.frame();
        let ending = frame.ending;
        let _ = writeln!(
            out,
            "  seed {seed}: picks {:?} at {} ns, {ending:?}, {}",
            session.picks(),
            frame.now,
            frame.fingerprint
        );
    }
    let _ = writeln!(out, "  {:?}", explore(&searched));
    likely(out, Session::new(program, text, 7));
}

/// How likely a failure is from the middle of a run, and along it.
fn likely(out: &mut String, mut session: Session) {
    while session.clock() {}
    session.seek(session.length() / 2);
    let mut chance = session.chance(40);
    while !chance.advance(1_000) {}
    let _ = writeln!(out, "  from step {}: {:?}", session.position(), chance.tally());
    let mut curve = session.curve(8, 20);
    while !curve.advance(1_000) {}
    let shares = curve.points().into_iter().map(|point| {
        let (low, high) = point.tally.interval();
        (point.step, point.tally.broken, low, high)
    });
    let _ =
        writeln!(out, "  along it: {:?}, {:?}", shares.collect::<Vec<_>>(), rise(&curve.points()));
}

/// The program to run, and the one to search.
fn bind(text: &str, settings: &[(&str, &str)]) -> (Program, Program) {
    let scenario = check(text).scenario.expect("a golden text is right");
    let mut values = Values::defaults(scenario.params());
    for (name, value) in settings {
        values.set(scenario.params(), name, value).expect("a setting of the text");
    }
    let searched = scenario.exploring(&values).expect("a golden text can be searched");
    let bind = |values| scenario.bind(values).expect("a golden text binds");
    (bind(&values), bind(&searched))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_and_searches_are_as_committed() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/goldens/goldens.txt");
        let now = goldens();
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(path, &now).expect("the golden file can be written");
        }
        let committed = std::fs::read_to_string(path).unwrap_or_default();
        assert!(
            committed == now,
            "runs differ from goldens/goldens.txt: shared links would show other runs. If that is \
             meant, say so in CHANGELOG.md and bless with `UPDATE=1 cargo test -p sim-core golden`"
        );
    }
}
