//! Pairs of processes that have nothing to do with other pairs: each races on its own variable.

/// The scenario with so many pairs.
#[must_use]
pub fn text(pairs: u32) -> String {
    let last = 2 * pairs;
    let mut text = format!("scenario \"Pairs\"\nvar total[{pairs}] = 0\n");
    text += &format!(
        "process clerk * {last} {{\n  let mine = (self + 1) / 2\n  let seen = total[mine]\n  \
         total[mine] = seen + 1\n}}\n"
    );
    text + &format!("finally all pair in 1..{pairs}: total[pair] == 2\n")
}
