//! Some hundred draws and two fingerprints as text. The committed copy is compared natively, in
//! Node and in Chromium: if one bit differs, runs could not be shared between them.

use core::fmt::Write;

use super::{Draw, Fingerprint};

/// The draws, one kind a line, as every build of this version must compute them.
#[must_use]
pub fn golden_draws() -> String {
    let mut text = String::new();
    let mut line = |kind: &str, draw: &dyn Fn(Draw) -> u64| {
        text.push_str(kind);
        for nth in 0..16 {
            // Seeds, places and instances vary too, large and small.
            let seed = nth * nth * 0x0123_4567_89ab_cdef;
            let _ = write!(text, " {}", draw(Draw::at(seed, nth % 5, nth % 3, nth)));
        }
        text.push('\n');
    };
    line("word", &|draw| draw.below(u64::MAX));
    line("below 6", &|draw| draw.below(6));
    line("below 2^63+1", &|draw| draw.below((1 << 63) + 1));
    line("chance 30 %", &|draw| u64::from(draw.chance(300_000)));
    line("uniform 1 ms to 3 ms", &|draw| draw.uniform(1_000_000, 3_000_000));
    line("exponential 10 ms", &|draw| draw.exponential(10_000_000));
    line("exponential 1 h", &|draw| draw.exponential(3_600_000_000_000));
    line("normal 20 ms 5 ms", &|draw| draw.normal(20_000_000, 5_000_000));
    line("normal 1 us 1 ms", &|draw| draw.normal(1_000, 1_000_000));
    line("lognormal 10 ms 0.8", &|draw| draw.lognormal(10_000_000, 800_000));
    line("lognormal 1 s 3", &|draw| draw.lognormal(1_000_000_000, 3_000_000));
    line("erlang 3 10 ms", &|draw| draw.erlang(3, 10_000_000));
    line("erlang 40 1 s", &|draw| draw.erlang(40, 1_000_000_000));
    line("pareto 1 ms 1.5", &|draw| draw.pareto(1_000_000, 1_500_000));
    line("pareto 1 ms 0.02", &|draw| draw.pareto(1_000_000, 20_000));

    let empty = Fingerprint::new(0).finish();
    let mut full = Fingerprint::new(1);
    full.text("balance").number(-1).text("ñandú").number(i64::MAX);
    let _ = writeln!(text, "fingerprints {empty} {}", full.finish());
    text
}
