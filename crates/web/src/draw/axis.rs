//! Where the steps of a line stand along the scrubber: by virtual time where it passes, else one
//! beside the other.

use sim_core::session::{Frame, Stretch};

/// On a line of up to so many steps each keeps a little room, also those that take no time.
const SHORT: u32 = 60;

/// Where steps and times stand, from 0 to 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Axis {
    /// It is by time.
    pub by_time: bool,
    length: u32,
    /// Steps with their times and places, in order; none where it is by steps.
    knots: Vec<(u32, u64, f64)>,
}

impl Axis {
    /// The axis of a moment's line.
    #[must_use]
    pub fn of(frame: &Frame) -> Self {
        let (health, length) = (&frame.health, frame.length);
        let mut axis = Self { by_time: health.by_time, length, knots: Vec::new() };
        if !health.by_time {
            return axis;
        }
        let share = |step: u32, time: u64| {
            let by_time = time as f64 / health.whole.max(1) as f64;
            let by_step = f64::from(step) / f64::from(length.max(1));
            if length <= SHORT { f64::midpoint(by_time, by_step) } else { by_time }
        };
        let whole = frame.first == 0 && frame.steps.len() as u32 == length;
        axis.knots.push((0, 0, 0.0));
        if whole {
            let steps = (1..).zip(&frame.steps);
            axis.knots.extend(steps.map(|(step, view)| (step, view.at, share(step, view.at))));
        } else {
            let knots = health.knots.iter();
            axis.knots.extend(knots.map(|(step, time)| (*step, *time, share(*step, *time))));
        }
        axis
    }

    /// Where a step stands.
    #[must_use]
    pub fn at(&self, step: u32) -> f64 {
        if !self.by_time {
            return f64::from(step) / f64::from(self.length.max(1));
        }
        let after = self.knots.partition_point(|knot| knot.0 <= step);
        let before = self.knots[after.max(1) - 1];
        let Some(next) = self.knots.get(after) else { return before.2 };
        let part = f64::from(step - before.0) / f64::from((next.0 - before.0).max(1));
        before.2 + (next.2 - before.2) * part
    }

    /// The step that stands nearest to a place.
    #[must_use]
    pub fn step_at(&self, place: f64) -> u32 {
        let place = place.clamp(0.0, 1.0);
        let (mut low, mut high) = (0, self.length);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.at(middle) < place {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if low > 0 && place - self.at(low - 1) < self.at(low) - place { low - 1 } else { low }
    }

    /// From where to where a stretch goes.
    #[must_use]
    pub fn ends(&self, stretch: &Stretch) -> (f64, f64) {
        let to = self.at(stretch.last);
        let mut from = self.at(stretch.first);
        if self.by_time {
            // It may begin between two steps, while nothing happened.
            let after = self.knots.partition_point(|knot| knot.1 <= stretch.from);
            let before = self.knots[after.max(1) - 1];
            if let Some(next) = self.knots.get(after).filter(|_| before.0 <= stretch.first) {
                let part = (stretch.from - before.1) as f64 / (next.1 - before.1).max(1) as f64;
                from = from.max(before.2 + (next.2 - before.2) * part);
            }
        }
        (from.min(to), to)
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{frame, read};
    use super::*;
    use sim_core::session::Health;

    fn timed(times: &[u64]) -> Frame {
        let mut moment = frame(times.iter().map(|_| read(0)).collect());
        for (view, at) in moment.steps.iter_mut().zip(times) {
            view.at = *at;
        }
        moment.health.by_time = true;
        moment.health.whole = times.last().copied().unwrap_or_default();
        moment
    }

    #[test]
    fn without_time_steps_stand_side_by_side() {
        let axis = Axis::of(&frame((0..4).map(|_| read(0)).collect()));
        assert_eq!([0, 1, 4].map(|step| axis.at(step)), [0.0, 0.25, 1.0]);
        assert_eq!([0.1, 0.2, 0.9].map(|place| axis.step_at(place)), [0, 1, 4]);
    }

    #[test]
    fn steps_of_one_time_keep_a_little_room_on_a_short_line() {
        let axis = Axis::of(&timed(&[0, 0, 100, 100]));
        assert_eq!([1, 2, 3, 4].map(|step| axis.at(step)), [0.125, 0.25, 0.875, 1.0]);
        assert_eq!(
            (0..5).map(|step| axis.step_at(axis.at(step))).collect::<Vec<_>>(),
            [0, 1, 2, 3, 4]
        );
    }

    #[test]
    fn a_long_line_is_by_time_alone_also_where_few_steps_are_known() {
        let mut moment = timed(&(1..=100).map(|at| at * at).collect::<Vec<_>>());
        assert_eq!(Axis::of(&moment).at(50), 0.25);
        moment.length = 200;
        moment.health.knots = vec![(100, 5_000), (200, 10_000)];
        let axis = Axis::of(&moment);
        assert_eq!((axis.at(100), axis.at(150), axis.step_at(0.25)), (0.5, 0.75, 50));
    }

    #[test]
    fn a_stretch_begins_where_the_wait_became_long() {
        let axis = Axis::of(&timed(&(1..=100).map(|at| at * 10).collect::<Vec<_>>()));
        let stretch =
            |from, to, first, last| Stretch { from, to, first, last, state: Health::Strained };
        assert_eq!(axis.ends(&stretch(505, 520, 50, 52)), (0.505, 0.52));
        assert_eq!(axis.ends(&stretch(520, 520, 52, 52)), (0.52, 0.52));
    }
}
