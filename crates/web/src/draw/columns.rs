//! Columns of the timeline: one a step, but a run of steps that touch nothing shared folds into one,
//! and so does a long stretch of time in which nothing happens.

use std::collections::BTreeSet;

use sim_core::session::Frame;

use super::{flights::idle, touch::is_own};

/// A run shorter than this stays as it is: folding it would save nothing.
const FOLD_LEAST: usize = 3;

/// A column: the steps `first..first + count`, or the time before `first`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its first step, from 1.
    pub first: u32,
    /// How many steps it has; more than one where a run is folded, none where only time passes.
    pub count: u32,
    /// The first of a run that could be folded and is not.
    pub opened: bool,
    /// How long nothing happens, nanoseconds; only of a column without steps.
    pub idle: u64,
}

/// All columns of the steps shown, from left to right.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// The columns.
    pub all: Vec<Column>,
    /// How many steps come before.
    pub before: u32,
    /// Whether any run is, or could be, folded.
    pub has_runs: bool,
}

/// Which runs are folded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folds {
    /// None is.
    pub none: bool,
    /// Those that begin with these steps are not.
    pub opened: BTreeSet<u32>,
}

impl Columns {
    /// The columns of a moment's steps.
    #[must_use]
    pub fn of(frame: &Frame, folds: &Folds) -> Self {
        let steps = &frame.steps;
        let mut columns = Self { before: frame.first, ..Self::default() };
        let gaps = idle(frame);
        let mut at = 0;
        while at < steps.len() {
            let run = steps[at..].iter().take_while(|step| is_own(step)).count();
            let first = frame.first + at as u32 + 1;
            let folds_up = run >= FOLD_LEAST;
            columns.has_runs |= folds_up;
            if folds_up && !folds.none && !folds.opened.contains(&first) {
                columns.add(&gaps, Column { first, count: run as u32, opened: false, idle: 0 });
            } else {
                for step in first..first + run.max(1) as u32 {
                    let opened = folds_up && step == first;
                    columns.add(&gaps, Column { first: step, count: 1, opened, idle: 0 });
                }
            }
            at += run.max(1);
        }
        columns
    }

    /// Adds a column, behind one for the time before it if that was long.
    fn add(&mut self, gaps: &[(u32, u64)], column: Column) {
        if let Ok(at) = gaps.binary_search_by_key(&(column.first - 1), |gap| gap.0) {
            let idle = gaps[at].1;
            self.all.push(Column { count: 0, opened: false, idle, ..column });
        }
        self.all.push(column);
    }

    /// The column of a step.
    #[must_use]
    pub fn index(&self, step: u32) -> usize {
        self.all.partition_point(|column| column.first <= step).saturating_sub(1)
    }

    /// Where a step ends, in columns: within a folded run, part of the way. The start is 0.
    #[must_use]
    pub fn end(&self, step: u32) -> f64 {
        self.part(step, 1.0)
    }

    /// The middle of a step, in columns.
    #[must_use]
    pub fn middle(&self, step: u32) -> f64 {
        self.part(step, 0.5)
    }

    /// The middle of the time before a step, in columns, where that has a column of its own.
    #[must_use]
    pub fn idle(&self, step: u32) -> f64 {
        self.index(step) as f64 - 0.5
    }

    fn part(&self, step: u32, part: f64) -> f64 {
        if step <= self.before {
            return 0.0;
        }
        let at = self.index(step);
        let Some(column) = self.all.get(at) else { return f64::from(step - self.before) };
        // Steps behind the last are offers, a column each.
        let beyond = step.saturating_sub(column.first + column.count - 1);
        if beyond > 0 {
            return at as f64 + f64::from(beyond) + part;
        }
        at as f64 + (f64::from(step - column.first) + part) / f64::from(column.count)
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{frame, own, read};
    use super::*;

    fn firsts(columns: &Columns) -> Vec<(u32, u32)> {
        columns.all.iter().map(|column| (column.first, column.count)).collect()
    }

    #[test]
    fn a_run_of_own_steps_folds_and_opens() {
        let frame = frame(vec![read(0), own(0), own(1), own(0), read(1), own(1)]);
        let folded = Columns::of(&frame, &Folds::default());
        assert_eq!(firsts(&folded), [(1, 1), (2, 3), (5, 1), (6, 1)]);
        assert!(folded.has_runs);
        let opened = Folds { none: false, opened: BTreeSet::from([2]) };
        let opened = Columns::of(&frame, &opened);
        assert_eq!(opened.all.len(), 6);
        assert!(opened.all[1].opened && !opened.all[2].opened);
        assert_eq!(Columns::of(&frame, &Folds { none: true, ..Folds::default() }).all.len(), 6);
    }

    #[test]
    fn two_own_steps_stay_and_what_breaks_a_promise_is_never_hidden() {
        let mut breaks = own(0);
        breaks.broke = vec![0];
        let columns = Columns::of(&frame(vec![own(0), own(0), breaks, own(0)]), &Folds::default());
        assert_eq!(columns.all.len(), 4);
        assert!(!columns.has_runs);
    }

    #[test]
    fn places_of_steps_run_on_through_folds_and_behind_the_end() {
        let columns =
            Columns::of(&frame(vec![read(0), own(0), own(0), own(0), read(1)]), &Folds::default());
        assert_eq!(columns.end(0), 0.0);
        assert_eq!(columns.end(1), 1.0);
        assert!((columns.end(2) - (1.0 + 1.0 / 3.0)).abs() < 1e-9);
        assert_eq!(columns.end(4), 2.0);
        assert_eq!(columns.middle(5), 2.5);
        assert_eq!(columns.middle(6), 3.5);
        assert_eq!(columns.index(3), 1);
    }

    #[test]
    fn time_in_which_nothing_happens_is_one_column_however_long() {
        let mut moment = frame(vec![read(0), read(1), read(0), read(1), read(0)]);
        for (view, at) in moment.steps.iter_mut().zip([0, 10, 20, 2_400_000_020, 2_400_000_030]) {
            view.at = at;
        }
        let columns = Columns::of(&moment, &Folds::default());
        assert_eq!(firsts(&columns), [(1, 1), (2, 1), (3, 1), (4, 0), (4, 1), (5, 1)]);
        assert_eq!(columns.all[3].idle, 2_400_000_000);
        // The cursor behind the step before stands at the break's left, the next step at its right.
        assert_eq!((columns.end(3), columns.middle(4), columns.end(5)), (3.0, 4.5, 6.0));
        assert_eq!((columns.index(4), columns.idle(4)), (4, 3.5));
    }

    #[test]
    fn a_window_counts_from_its_first_step() {
        let mut window = frame(vec![read(0), read(1)]);
        window.first = 500;
        let columns = Columns::of(&window, &Folds::default());
        assert_eq!(firsts(&columns), [(501, 1), (502, 1)]);
        assert_eq!(columns.end(400), 0.0);
        assert_eq!(columns.end(502), 2.0);
    }

    #[test]
    fn a_line_without_steps_has_only_its_start() {
        let columns = Columns::of(&frame(vec![]), &Folds::default());
        assert_eq!((columns.end(0), columns.middle(1)), (0.0, 1.0));
    }
}
