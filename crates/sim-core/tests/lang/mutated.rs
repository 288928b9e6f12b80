//! Scenarios with random mistakes in them, always the same ones: what the fuzz target looks for,
//! in the ordinary tests.

use crate::{corpus::texts, format::scenarios, survive::survive};
use sim_core::{
    lang::{Values, check, format},
    program::listing,
};

/// Numbers that look random; the same ones each time.
struct Draws(u64);

impl Draws {
    fn below(&mut self, most: usize) -> usize {
        // A linear congruential generator; only its upper bits are any good.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        (self.0 >> 33) as usize % most.max(1)
    }
}

/// A text with some bytes taken out, exchanged, doubled or put elsewhere.
fn mutated(text: &str, other: &str, draws: &mut Draws) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..=draws.below(4) {
        let from = draws.below(bytes.len());
        let to = (from + draws.below(20)).min(bytes.len());
        let place = draws.below(bytes.len());
        match draws.below(5) {
            0 => drop(bytes.drain(from..to)),
            1 => bytes.splice(place..place, bytes[from..to].to_vec()).for_each(drop),
            2 => {
                let start = draws.below(other.len());
                let end = (start + draws.below(40)).min(other.len());
                bytes.splice(place..place, other.as_bytes()[start..end].iter().copied());
            }
            3 if place < bytes.len() => bytes[place] = draws.below(256) as u8,
            _ => {
                const SIGNS: &[u8] = b"{}()[];\n\"/,=.:->%";
                bytes.splice(place..place, [SIGNS[draws.below(SIGNS.len())]]);
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn mutated_scenarios_are_answered() {
    let mut all = scenarios();
    all.extend(texts("err"));
    let mut draws = Draws(7);
    let mut understood = 0;
    for _ in 0..2_500 {
        let text = &all[draws.below(all.len())].1;
        let other = &all[draws.below(all.len())].1;
        let text = mutated(text, other, &mut draws);
        let Some(program) = survive(&text) else { continue };
        understood += 1;
        let out = format(&text).expect("what is understood has brackets that pair");
        let again = check(&out).scenario.unwrap_or_else(|| panic!("refused now:\n{out}"));
        let again = again.bind(&Values::default()).expect("its defaults bind");
        assert_eq!(listing(&program), listing(&again), "another program:\n{text}");
    }
    // If none were, or all, the mistakes would not be of the kind that finds anything.
    assert!((20..2_400).contains(&understood), "{understood}");
}
