//! How likely a failure was along a run: the continuations of some of its moments.

use super::Session;
use crate::chance::{Chance, Tally};
use crate::machine::Machine;
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// How many moments of a run are continued; all of a shorter run.
pub const CURVE_POINTS: u32 = 60;
/// How many continuations each of them has.
pub const CURVE_CONTINUATIONS: u32 = 100;
/// Each moment is first continued so many times, so that the whole line is seen early.
const ROUNDS: [u32; 3] = [10, 30, 100];
/// So many steps are taken for a curve; it is as exact as that makes it. Some seconds.
const CURVE_STEPS: usize = 20_000_000;
/// Of them this part is kept for finding the very step at which a long run's curve rises.
const KEPT_PART: usize = 4;
/// A continuation for a curve that has taken so many counts as not ended: many moments share them.
const CURVE_CONTINUATION_STEPS: usize = 100_000;

/// One moment of a curve.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// After how many steps.
    pub step: u32,
    /// What came of its continuations.
    pub tally: Tally,
}

/// Where a curve rises most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rise {
    /// After so many steps the share was still low.
    pub before: u32,
    /// After so many it was high: of neighbours the step that made failure likely.
    pub after: u32,
    /// The share before, in millionths.
    pub from: u32,
    /// The share after.
    pub to: u32,
}

/// Where a failure became likely: the two neighbouring moments between which the share rises most.
/// A rise that luck could explain is none: the interval after must lie above the one before.
#[must_use]
pub fn rise(points: &[Point]) -> Option<Rise> {
    let rises = points.windows(2).filter_map(|pair| {
        let [before, after] = pair else { return None };
        let (from, to) = (&before.tally, &after.tally);
        (to.interval().0 > from.interval().1).then(|| Rise {
            before: before.step,
            after: after.step,
            from: from.share(),
            to: to.share(),
        })
    });
    // Of equal rises the first.
    rises.rev().max_by_key(|rise| rise.to - rise.from)
}

/// The continuations of moments along a run.
#[derive(Clone, Debug)]
pub struct Curve {
    session: Session,
    machine: Rc<Machine>,
    points: Vec<(u32, Chance)>,
    /// Moments of the run that are looked at from the beginning on and are not begun yet, the last
    /// one first.
    waiting: Vec<u32>,
    continuations: u32,
    round: usize,
    at: usize,
    /// The moment at `at` was added where the curve rises: how many continuations it should have.
    nearer: Option<u32>,
    left: usize,
    kept: usize,
    done: bool,
}

impl Curve {
    fn new(session: Session, points: u32, continuations: u32) -> Curve {
        let length = session.length();
        let gaps = points.max(2) - 1;
        let mut waiting: Vec<u32> = if length <= gaps {
            (0..=length).collect()
        } else {
            let spread = |at: u32| (u64::from(at) * u64::from(length) / u64::from(gaps)) as u32;
            (0..=gaps).map(spread).collect()
        };
        waiting.reverse();
        Curve {
            machine: Rc::new(session.machine.clone()),
            session,
            points: Vec::new(),
            waiting,
            continuations,
            round: 0,
            at: 0,
            nearer: None,
            left: CURVE_STEPS,
            kept: CURVE_STEPS / KEPT_PART,
            done: false,
        }
    }

    /// The same, with other steps in all.
    #[must_use]
    pub fn of_at_most(mut self, steps: usize) -> Curve {
        (self.left, self.kept) = (steps, steps / KEPT_PART);
        self
    }

    /// What is known so far, by step. Moments not yet continued are left out.
    #[must_use]
    pub fn points(&self) -> Vec<Point> {
        let points = self.points.iter().filter(|(_, chance)| chance.tally().continuations > 0);
        let point =
            |(step, chance): &(u32, Chance)| Point { step: *step, tally: chance.tally().clone() };
        points.map(point).collect()
    }

    /// True if the steps a curve may take did not suffice for all continuations of every moment.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        let few = |(_, chance): &(u32, Chance)| chance.tally().continuations < self.continuations;
        self.done && (!self.waiting.is_empty() || self.points.iter().any(few))
    }

    /// Goes on for so many steps; true once all is known. What comes out does not depend on how the
    /// steps are cut into slices.
    pub fn advance(&mut self, steps: usize) -> bool {
        let mut slice = steps;
        while self.left > 0 {
            let Some(target) = self.target() else {
                if self.go_nearer() {
                    continue;
                }
                break;
            };
            if slice == 0 {
                return false;
            }
            let chance = &mut self.points[self.at].1;
            chance.want(target);
            let granted = slice.min(self.left);
            let mut spent = granted;
            chance.one(&mut spent);
            // A moment that is broken already takes no steps, but must not go on for ever either.
            let taken = (granted - spent).max(1);
            slice -= taken;
            self.left -= taken;
        }
        self.done = true;
        true
    }

    /// Goes to the next moment that has too few continuations in this round or a later one; how many
    /// it should have.
    fn target(&mut self) -> Option<u32> {
        if let Some(target) = self.nearer {
            let tally = self.points[self.at].1.tally();
            return (tally.continuations < target).then_some(target);
        }
        loop {
            let is_between =
                self.points.get(self.at).is_none_or(|(_, chance)| !chance.is_running());
            if self.round > 0 && self.left < self.kept && is_between {
                return None;
            }
            let target = (*ROUNDS.get(self.round)?).min(self.continuations);
            let target = if self.round + 1 == ROUNDS.len() { self.continuations } else { target };
            if self.at == self.points.len()
                && let Some(step) = self.waiting.pop()
            {
                let chance = self.chance_at(step);
                self.points.push((step, chance));
            }
            match self.points.get(self.at) {
                None => (self.round, self.at) = (self.round + 1, 0),
                Some((_, chance)) if chance.tally().continuations >= target => self.at += 1,
                Some(_) => return Some(target),
            }
        }
    }

    /// Where the curve rises most between moments that are not neighbours, one in the middle is
    /// looked at too. False if there is nothing nearer to be seen.
    fn go_nearer(&mut self) -> bool {
        let Some(rise) = rise(&self.points()).filter(|rise| rise.after - rise.before > 1) else {
            return false;
        };
        let step = rise.before + (rise.after - rise.before) / 2;
        let chance = self.chance_at(step);
        self.at = self.points.partition_point(|(known, _)| *known < step);
        // As often as its neighbours, so that it can be told from them.
        let beside = [self.at.saturating_sub(1), self.at]
            .map(|at| self.points.get(at).map_or(0, |(_, chance)| chance.tally().continuations));
        self.nearer = Some(beside[0].min(beside[1]).max(1));
        self.points.insert(self.at, (step, chance));
        true
    }

    fn chance_at(&mut self, step: u32) -> Chance {
        self.session.go_to(step);
        self.session.chance_of(&self.machine, 0).of_at_most(CURVE_CONTINUATION_STEPS)
    }
}

impl Session {
    /// So many continuations of this moment by the clock.
    #[must_use]
    pub fn chance(&self, continuations: u32) -> Chance {
        self.chance_of(&Rc::new(self.machine.clone()), continuations)
    }

    /// Continuations of moments along the line shown: of so many moments, so many each.
    #[must_use]
    pub fn curve(&self, points: u32, continuations: u32) -> Curve {
        Curve::new(self.clone(), points, continuations)
    }

    fn chance_of(&self, machine: &Rc<Machine>, continuations: u32) -> Chance {
        let moment = &self.moment;
        let broken = moment.broken.iter().enumerate().filter(|(_, step)| step.is_some());
        let already = broken.map(|(index, _)| index as u32).collect();
        let (state, clock) = (moment.state.clone(), moment.clock.clone());
        Chance::new(Rc::clone(machine), state, clock, already, continuations)
    }
}
