//! The word nearest to a misspelt one.

/// The word nearest to a misspelt one, if one is near enough to be meant.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    // A third of a word may be wrong: `balence` is `balance`, `x` is not `y`.
    let most = word.chars().count() / 3;
    candidates
        .into_iter()
        .filter(|candidate| *candidate != word)
        .filter_map(|candidate| {
            let same = candidate.eq_ignore_ascii_case(word);
            let distance = if same { 0 } else { distance(word, candidate, most.max(1))? };
            (distance <= most.max(usize::from(word.len() > 1))).then_some((distance, candidate))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate.to_owned())
}

/// How many letters must be changed, added, taken away or swapped with their neighbour, if not
/// more than `most`.
fn distance(left: &str, right: &str, most: usize) -> Option<usize> {
    // Longer words are no one's typing mistakes, and the table grows with the square.
    const LONGEST: usize = 40;
    let left: Vec<char> = left.chars().take(LONGEST + 1).collect();
    let right: Vec<char> = right.chars().take(LONGEST + 1).collect();
    if left.len().max(right.len()) > LONGEST || left.len().abs_diff(right.len()) > most {
        return None;
    }
    let width = right.len() + 1;
    let mut table = vec![0; (left.len() + 1) * width];
    for i in 0..=left.len() {
        for j in 0..=right.len() {
            table[i * width + j] = if i == 0 || j == 0 {
                i + j
            } else {
                let differs = usize::from(left[i - 1] != right[j - 1]);
                let mut best = (table[(i - 1) * width + j] + 1)
                    .min(table[i * width + j - 1] + 1)
                    .min(table[(i - 1) * width + j - 1] + differs);
                let swapped =
                    i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
                if swapped {
                    best = best.min(table[(i - 2) * width + j - 2] + 1);
                }
                best
            };
        }
    }
    table.last().copied().filter(|&distance| distance <= most)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_word_is_one_that_may_have_been_meant() {
        assert_eq!(nearest("balence", ["balance", "amount"]).as_deref(), Some("balance"));
        assert_eq!(nearest("aquire", ["acquire", "require"]).as_deref(), Some("acquire"));
        assert_eq!(nearest("whlie", ["while"]).as_deref(), Some("while"));
        assert_eq!(nearest("x", ["y"]), None);
        assert_eq!(nearest("mutex", ["none", "lock"]), None);
    }
}
