//! How sure a counted share is.

/// One and the whole of a share: shares are in millionths, so that every build computes the same.
pub const MILLION: u32 = 1_000_000;
/// The 97.5 % point of the standard normal distribution, squared, in millionths: an interval with
/// this much on either side covers the share it is about 95 times in a hundred.
const SQUARE: u128 = 3_841_459;

/// The 95 % score interval of a share of which `hits` of `all` are counted, in millionths.
///
/// It is the one of E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical
/// Inference", Journal of the American Statistical Association 22 (1927), pages 209 to 212. Unlike
/// the textbook's it says something true of 0 out of 100 as well. Of nothing counted the share can
/// be anything.
#[must_use]
pub fn wilson(hits: u32, all: u32) -> (u32, u32) {
    if all == 0 {
        return (0, MILLION);
    }
    let million = u128::from(MILLION);
    let (all, hits) = (u128::from(all), u128::from(hits.min(all)));
    let spread = 4 * million * hits * (all - hits) / all;
    let root = (SQUARE * (SQUARE + spread)).isqrt();
    let middle = 2 * hits * million + SQUARE;
    let whole = 2 * (all * million + SQUARE);
    let share = |part: u128| ((part * million + whole / 2) / whole) as u32;
    (share(middle - root), share(middle + root).min(MILLION))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Computed to twelve digits by the formula of the paper with a z of 1.959963984540.
    #[test]
    fn intervals_are_those_of_the_paper() {
        for (hits, all, low, high) in [
            (0, 10, 0, 277_533),
            (10, 10, 722_467, 1_000_000),
            (5, 10, 236_593, 763_407),
            (1, 10, 17_876, 404_150),
            (31, 100, 227_797, 406_261),
            (0, 100, 0, 36_993),
            (250, 1_000, 224_153, 277_760),
            (1, 1, 206_549, 1_000_000),
        ] {
            assert_eq!(wilson(hits, all), (low, high), "{hits} of {all}");
        }
    }

    #[test]
    fn an_interval_holds_its_share_and_narrows() {
        let width = |(low, high): (u32, u32)| high - low;
        for hits in 0..=40 {
            let (low, high) = wilson(hits, 40);
            assert!((low..=high).contains(&(hits * MILLION / 40)), "{hits} of 40");
            assert!(width(wilson(hits * 10, 400)) < width((low, high)));
        }
        assert_eq!(wilson(0, 0), (0, MILLION));
        assert!(wilson(u32::MAX / 2, u32::MAX).0 > 499_000);
    }
}
