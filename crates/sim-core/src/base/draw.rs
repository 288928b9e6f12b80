//! Chance that can be repeated: a draw is a pure function of the seed, the place in the text, the
//! instance that draws, and how often that instance drew there before.
//!
//! So changing one setting, or adding a process, shifts no other draw. The four numbers are mixed
//! into the state of a Xoshiro256++ (see [`Draw::at`]); what is drawn comes from that generator
//! by mappings written here, so no update of a library can change it. Logarithms and their kin
//! come from `libm`, which gives the same bits natively and in WebAssembly; the standard
//! library's do not. Floats live only inside one draw and never leave this file.

use rand::{Rng, SeedableRng, rngs::Xoshiro256PlusPlus};

/// No draw is longer: 146 years in nanoseconds, far from overflow when added to a time.
pub const LONGEST_NS: u64 = 1 << 62;

/// An Erlang time has at most so many stages. From some hundred on it is as good as its mean.
pub const STAGES_MAX: u32 = 1_000;

/// One draw, not yet told what to draw. Each method uses it up.
#[derive(Clone, Debug)]
pub struct Draw {
    source: Xoshiro256PlusPlus,
}

impl Draw {
    /// The draw that `instance` makes at `place` for the `nth` time (counted from 0).
    ///
    /// Each number is taken in by the finisher of SplitMix64; the mixed number then runs a
    /// SplitMix64 whose next four outputs, little-endian, are the state of the generator.
    #[must_use]
    #[inline]
    pub fn at(seed: u64, place: u64, instance: u64, nth: u64) -> Self {
        let mut mixed =
            [seed, place, instance, nth].into_iter().fold(0, |mixed, part| scramble(mixed ^ part));
        let mut state = [0; 32];
        for word in state.chunks_exact_mut(8) {
            mixed = scramble(mixed);
            word.copy_from_slice(&mixed.to_le_bytes());
        }
        Self { source: Xoshiro256PlusPlus::from_seed(state) }
    }

    /// A number from 0 to `n - 1`, each exactly as likely.
    ///
    /// # Panics
    /// When `n` is 0: there is nothing to choose from.
    #[must_use]
    #[inline]
    pub fn below(mut self, n: u64) -> u64 {
        assert!(n > 0, "a draw needs something to choose from");
        // Lemire's method: the high word of `word * n`, where the few low words that would make
        // some results likelier are drawn again.
        let unfair = n.wrapping_neg() % n;
        loop {
            let product = u128::from(self.source.next_u64()) * u128::from(n);
            if product as u64 >= unfair {
                return (product >> 64) as u64;
            }
        }
    }

    /// A number to order equals by: any but the greatest, each exactly as likely.
    #[must_use]
    pub fn order(self) -> u64 {
        self.below(u64::MAX)
    }

    /// True in `millionths` of a million cases.
    #[must_use]
    pub fn chance(self, millionths: u32) -> bool {
        self.below(1_000_000) < u64::from(millionths)
    }

    /// A time from `least` to `most`, both possible, each as likely. The order does not matter.
    #[must_use]
    pub fn uniform(self, least: u64, most: u64) -> u64 {
        let (least, most) = (least.min(most).min(LONGEST_NS), least.max(most).min(LONGEST_NS));
        least + self.below(most - least + 1)
    }

    /// A time until something that comes at any moment alike, `mean_ns` on average.
    #[must_use]
    pub fn exponential(mut self, mean_ns: u64) -> u64 {
        nanoseconds(self.waiting() * mean_ns as f64)
    }

    /// A time around `mean_ns`, bell-shaped; what would be negative is 0.
    #[must_use]
    pub fn normal(mut self, mean_ns: u64, deviation_ns: u64) -> u64 {
        nanoseconds(mean_ns as f64 + self.bell() * deviation_ns as f64)
    }

    /// A time with a long tail: half are shorter than `median_ns`. The logarithm is bell-shaped
    /// with a deviation of `sigma_millionths` millionths.
    #[must_use]
    pub fn lognormal(mut self, median_ns: u64, sigma_millionths: u32) -> u64 {
        let sigma = f64::from(sigma_millionths) / 1e6;
        nanoseconds(median_ns as f64 * libm::exp(self.bell() * sigma))
    }

    /// A time of `stages` exponential stages, `mean_ns` on average together; 0 counts as 1, and more
    /// than [`STAGES_MAX`] as so many.
    #[must_use]
    pub fn erlang(mut self, stages: u32, mean_ns: u64) -> u64 {
        let stages = stages.clamp(1, STAGES_MAX);
        let mut sum = 0.0;
        for _ in 0..stages {
            sum += self.waiting();
        }
        nanoseconds(sum / f64::from(stages) * mean_ns as f64)
    }

    /// A time of at least `least_ns` with the longest of tails: the larger `shape_millionths`
    /// (in millionths), the shorter. A shape of 0 counts as a millionth.
    #[must_use]
    pub fn pareto(mut self, least_ns: u64, shape_millionths: u32) -> u64 {
        let shape = f64::from(shape_millionths.max(1)) / 1e6;
        nanoseconds(least_ns as f64 * libm::exp(self.waiting() / shape))
    }

    /// A fraction above 0 and up to 1, so that its logarithm exists.
    fn fraction(&mut self) -> f64 {
        ((self.source.next_u64() >> 11) + 1) as f64 / (1_u64 << 53) as f64
    }

    /// Exponential with mean 1.
    fn waiting(&mut self) -> f64 {
        -libm::log(self.fraction())
    }

    /// Normal with mean 0 and deviation 1 (Box and Muller, of whose two numbers one is used).
    fn bell(&mut self) -> f64 {
        let radius = libm::sqrt(2.0 * self.waiting());
        radius * libm::cos(core::f64::consts::TAU * self.fraction())
    }
}

/// One step of SplitMix64: advances by its odd constant, then finishes.
fn scramble(state: u64) -> u64 {
    let mut word = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 31)
}

/// To the nearest whole nanosecond within the limits. `as` maps what is too large (infinity too)
/// to the largest, and what is negative or no number to 0.
fn nanoseconds(time: f64) -> u64 {
    (libm::round(time) as u64).min(LONGEST_NS)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANY: u64 = 40_000;

    /// Mean and standard deviation over many draws that differ in nothing but `nth`.
    fn spread(draw: impl Fn(Draw) -> u64) -> (f64, f64) {
        let drawn: Vec<f64> = (0..MANY).map(|nth| draw(Draw::at(7, 3, 1, nth)) as f64).collect();
        let mean = drawn.iter().sum::<f64>() / MANY as f64;
        let variance = drawn.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / MANY as f64;
        (mean, libm::sqrt(variance))
    }

    fn close(actual: f64, expected: f64, tolerance: f64) {
        assert!(
            (actual - expected).abs() <= expected.abs() * tolerance,
            "{actual} is not within {tolerance} of {expected}"
        );
    }

    #[test]
    fn a_draw_depends_on_each_of_its_four_numbers() {
        let draw = |a, b, c, d| Draw::at(a, b, c, d).below(u64::MAX);
        let numbers = [draw(1, 1, 1, 1), draw(2, 1, 1, 1), draw(1, 2, 1, 1), draw(1, 1, 2, 1)];
        let mut all = numbers.to_vec();
        all.push(draw(1, 1, 1, 2));
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 5);
        assert_eq!(draw(1, 1, 1, 1), numbers[0]);
    }

    #[test]
    fn numbers_that_change_places_do_not_draw_the_same() {
        let draw = |a, b, c, d| Draw::at(a, b, c, d).below(u64::MAX);
        assert_ne!(draw(0, 5, 0, 0), draw(5, 0, 0, 0));
        assert_ne!(draw(0, 0, 5, 0), draw(0, 5, 0, 0));
        assert_ne!(draw(0, 0, 0, 5), draw(0, 0, 5, 0));
    }

    #[test]
    fn below_reaches_every_number_about_equally_often() {
        let mut count = [0_u64; 7];
        for nth in 0..MANY {
            count[Draw::at(1, 2, 3, nth).below(7) as usize] += 1;
        }
        for times in count {
            close(times as f64, MANY as f64 / 7.0, 0.05);
        }
        assert_eq!(Draw::at(1, 2, 3, 4).below(1), 0);
    }

    #[test]
    fn chance_happens_as_often_as_it_says() {
        let happened = (0..MANY).filter(|nth| Draw::at(9, 9, 9, *nth).chance(250_000)).count();
        close(happened as f64, MANY as f64 / 4.0, 0.04);
        assert!((0..100).all(|nth| !Draw::at(1, 1, 1, nth).chance(0)));
        assert!((0..100).all(|nth| Draw::at(1, 1, 1, nth).chance(1_000_000)));
    }

    #[test]
    fn uniform_has_its_mean_and_both_ends() {
        let (mean, deviation) = spread(|draw| draw.uniform(2_000_000, 6_000_000));
        close(mean, 4e6, 0.02);
        close(deviation, 4e6 / libm::sqrt(12.0), 0.03);
        let mut seen: Vec<u64> = (0..100).map(|nth| Draw::at(1, 1, 1, nth).uniform(8, 5)).collect();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen, [5, 6, 7, 8]);
    }

    #[test]
    fn exponential_has_its_mean_and_spread() {
        let (mean, deviation) = spread(|draw| draw.exponential(10_000_000));
        close(mean, 1e7, 0.03);
        close(deviation, 1e7, 0.05);
    }

    #[test]
    fn normal_has_its_mean_and_spread_and_is_cut_at_zero() {
        let (mean, deviation) = spread(|draw| draw.normal(50_000_000, 5_000_000));
        close(mean, 5e7, 0.01);
        close(deviation, 5e6, 0.04);
        let zeros = (0..MANY).filter(|nth| Draw::at(1, 1, 1, *nth).normal(0, 1_000) == 0).count();
        close(zeros as f64, MANY as f64 / 2.0, 0.04);
    }

    #[test]
    fn lognormal_has_its_median_and_mean() {
        let shorter = (0..MANY)
            .filter(|nth| Draw::at(4, 4, 4, *nth).lognormal(10_000_000, 500_000) < 10_000_000)
            .count();
        close(shorter as f64, MANY as f64 / 2.0, 0.03);
        let (mean, _) = spread(|draw| draw.lognormal(10_000_000, 500_000));
        close(mean, 1e7 * libm::exp(0.125), 0.03);
    }

    #[test]
    fn erlang_has_its_mean_and_narrows_with_its_stages() {
        let (mean, deviation) = spread(|draw| draw.erlang(4, 10_000_000));
        close(mean, 1e7, 0.02);
        close(deviation, 5e6, 0.04);
    }

    #[test]
    fn pareto_has_its_mean_and_least() {
        let (mean, _) = spread(|draw| draw.pareto(1_000_000, 4_000_000));
        close(mean, 1e6 * 4.0 / 3.0, 0.03);
        assert!((0..1000).all(|nth| Draw::at(1, 1, 1, nth).pareto(500, 1_000_000) >= 500));
    }

    #[test]
    fn no_draw_exceeds_the_longest() {
        for nth in 0..1000 {
            let draw = || Draw::at(1, 1, 1, nth);
            assert!(draw().pareto(u64::MAX, 1) <= LONGEST_NS);
            assert!(draw().exponential(u64::MAX) <= LONGEST_NS);
            assert!(draw().uniform(0, u64::MAX) <= LONGEST_NS);
            assert!(draw().lognormal(u64::MAX, u32::MAX) <= LONGEST_NS);
            assert!(draw().normal(u64::MAX, u64::MAX) <= LONGEST_NS);
        }
    }
}
