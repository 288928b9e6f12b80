//! Ways of searching that look at fewer states, held to what is known of all of them. The figures
//! without a name are those of `docs/performance.md`.

use super::support::program;
use sim_core::explore::{Ceiling, Explorer, Limits, Options, Report, Verdict};
use sim_core::program::Program;

const PLAIN: Options = Options {
    symmetry: false,
    reduction: false,
    wide: true,
    keep_locals: false,
    count: true,
    probe: false,
    limits: Limits { states: 2_000_000, bytes: 320 << 20 },
};
const SYMMETRY: Options = Options { symmetry: true, ..PLAIN };

fn program_of(body: &str) -> Program {
    program(body, &[])
}

fn search(program: &Program, options: Options) -> Report {
    let mut explorer = Explorer::with(program, options);
    while !explorer.advance(usize::MAX) {}
    explorer.report()
}

fn lost(processes: u32) -> Program {
    program_of(&format!(
        "var x = 0\nprocess p * {processes} {{ x += 1 }}\nfinally x == {processes}"
    ))
}

/// A sum over blocks without a mix of each would take {1, 3} and {2, 2} for one: 223 states
/// instead of 539, and nobody would see it.
#[test]
fn interchangeable_processes_are_merged_and_nothing_else_is() {
    let kept = |options| Options { keep_locals: true, ..options };
    let merged = search(&lost(6), kept(SYMMETRY));
    assert_eq!((merged.followed, merged.states), (539, 118_509));
    let plain = search(&lost(6), kept(PLAIN));
    assert_eq!((plain.followed, plain.states), (118_509, 118_509));
    assert_eq!(merged.transitions, plain.transitions);
    assert_eq!(merged.schedules, plain.schedules);
    assert_eq!(merged.failing, plain.failing);
    let eight = search(&lost(8), kept(SYMMETRY));
    assert_eq!((eight.followed, eight.states), (4_544, 34_007_911));
    assert_eq!(eight.schedules.number, "81729648000");
    assert_eq!(eight.failing.number, "81729607680");
}

/// Who holds a lock is a word with a process's number. Were it told apart by that number, alike
/// states would not be merged, and orbits would be counted wrongly.
#[test]
fn who_holds_a_lock_is_merged_with_him() {
    let program =
        program_of("var x = 0\nlock m\nprocess p * 6 { with m { x += 1 } }\nfinally x == 6");
    let (merged, plain) = (search(&program, SYMMETRY), search(&program, PLAIN));
    assert_eq!(merged.states, plain.states);
    assert_eq!(merged.transitions, plain.transitions);
    assert_eq!((merged.followed, merged.verdict), (25, Verdict::Holds));
    assert_eq!(merged.schedules.number, "720");
    // Two that have done the same, but one of them holds one lock and the other the other.
    let two = program_of(
        "lock a\nlock b\nvar x = 0\nprocess p * 3 {\nchoose { acquire a } or { acquire b }\nx += 1\n}",
    );
    let (merged, plain) = (search(&two, SYMMETRY), search(&two, PLAIN));
    assert_eq!(merged.states, plain.states);
    assert_eq!(merged.schedules, plain.schedules);
}

/// Whoever asks for his number can be told from the others.
#[test]
fn who_knows_his_number_is_not_interchangeable() {
    for text in [
        "var x = 0\nprocess p * 3 { x = self }",
        "var x = 0\nprocess p * 3 { wait until x + 1 == self\nx += 1 }",
        "var x = 0\nlock m\nprocess p * 3 { with m { x += 1 } }\nfault crash p[2] anytime",
    ] {
        let program = program_of(text);
        let found = search(&program, SYMMETRY);
        assert_eq!(found.followed, found.states, "{text}");
    }
}

#[test]
fn philosophers_who_go_round_are_judged_without_looking_at_every_state() {
    let program = program_of(
        "lock fork[12]\nprocess philosopher * 12 forever {\nacquire fork[self]\n\
         acquire fork[self mod 12 + 1]\nrelease fork[self]\nrelease fork[self mod 12 + 1]\n}",
    );
    let found = search(&program, Options { count: false, ..Options::default() });
    assert!(found.deadlocks.is_some() && found.complete);
    assert!(found.followed < 531_440 / 10, "{} states", found.followed);
    let ordered = program_of(
        "lock fork[8]\nprocess philosopher * 8 forever {\n\
         with fork[min(self, self mod 8 + 1)], fork[max(self, self mod 8 + 1)] { }\n}",
    );
    let (alone, all) =
        (search(&ordered, Options { count: false, ..Options::default() }), search(&ordered, PLAIN));
    assert_eq!((alone.verdict, all.verdict), (Verdict::Holds, Verdict::Holds));
    assert!(alone.followed * 2 < all.followed, "{} of {}", alone.followed, all.followed);
}

#[test]
fn pairs_that_have_nothing_in_common_are_judged_one_by_one() {
    let pairs = (1..=6).map(|pair| {
        format!("var x{pair} = 0\nprocess p{pair} * 2 {{ x{pair} += 1 }}\nfinally x{pair} == 2\n")
    });
    let program = program_of(&pairs.collect::<String>());
    let found = search(&program, Options { count: false, ..Options::default() });
    assert_eq!(found.broken.len(), 6);
    assert!(found.followed < 5_000, "{} states", found.followed);
}

/// Each has a variable of his own, and only the promise sees both at once.
#[test]
fn what_a_promise_sees_is_not_left_out() {
    for text in [
        "var a = 0\nvar b = 0\nprocess p { a = 1\na = 0 }\nprocess q { b = 1\nb = 0 }\n\
         always a + b < 2",
        "lock a\nlock b\nprocess p { with a { } }\nprocess q { with b { } }\n\
         always a.busy + b.busy < 2",
        "counter a\ncounter b\nvar x = 0\nvar y = 0\nprocess p { x = 1\na += 1\nx = 2\na -= 1 }\n\
         process q { y = 1\nb += 1\ny = 2\nb -= 1 }\nalways a + b < 2",
        "var a = 0\nvar b = 0\nprocess p { atomic { a = 1 }\natomic { a = 0 } }\n\
         process q { atomic { b = 1 }\natomic { b = 0 } }\nalways a + b < 2",
    ] {
        let program = program_of(text);
        let alone = search(&program, Options { count: false, ..Options::default() });
        assert_eq!(alone.verdict, Verdict::Broken, "{text}");
    }
    // Both take it in one step each, of which the first instruction alone says nothing.
    let hidden = program_of(
        "var a = 0\nvar x = 0\nprocess p { atomic { a = 1 } }\n\
         process q { x = a }\nfinally x == 0",
    );
    let alone = search(&hidden, Options { count: false, ..Options::default() });
    assert_eq!(alone.verdict, Verdict::Broken);
    let other = program_of(
        "var a = 0\nvar x = 0\nprocess p { x = a }\nprocess q { atomic { a = 1 } }\nfinally x == 1",
    );
    let alone = search(&other, Options { count: false, ..Options::default() });
    assert_eq!(alone.verdict, Verdict::Broken);
}

/// Nearly every schedule fails, and only at its end, where a search layer by layer comes last.
#[test]
fn what_goes_wrong_in_many_schedules_is_known_at_once() {
    let program = program_of("var x = 0\nprocess p * 5 { repeat 4 { x += 1 } }\nfinally x == 20");
    let limits = Limits { states: 2_000, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    let begun = Explorer::with(&program, options);
    let early = begun.progress().early.expect("something is known already");
    assert_eq!((early.verdict, early.broken.as_slice()), (Verdict::Broken, [0].as_slice()));
    let found = search(&program, options);
    assert_eq!((found.verdict, found.complete), (Verdict::Broken, false));
    let way = &found.broken[0].found;
    assert!(!way.least && way.shortest.len() == 40, "{way:?}");
    let right =
        program_of("var x = 0\nprocess p * 5 { repeat 4 { atomic { x += 1 } } }\nfinally x == 20");
    assert_eq!(search(&right, Options::default()).verdict, Verdict::Holds);
}

/// Who goes round for ever must not keep others from being looked at, whatever his round is like.
#[test]
fn who_goes_round_keeps_nobody_out() {
    for round in [
        "repeat 2 { x = 1 }",
        "repeat 2 { work 1ms }",
        "try { for i in 1..2 { if i == 1 { x = 1 } else { fail lost } }\nwith m { } } catch { }",
        "let k = 1\nfor i in 1..2 { if i == 2 { return }\nx = 1 }\nwith m { }",
        "while x < 0 { }\nretry (attempts: 2) { x = 1 }",
        "atomic { x = 1 }",
    ] {
        let program = program_of(&format!(
            "var x = 0\nvar y = 0\nlock m\nprocess p forever {{ {round} }}\nprocess q {{ y = 1 }}\n\
             always y == 0"
        ));
        let alone = search(&program, Options { count: false, ..Options::default() });
        assert_eq!(alone.verdict, Verdict::Broken, "{round}");
    }
}

/// Setting a counter to what it is achieves nothing.
#[test]
fn a_counter_that_is_only_set_is_no_progress_for_a_verdict_alone_either() {
    let program = program_of("var x = 0\ncounter c\nprocess p { while true { x = 1\nc = 5 } }");
    let counted = search(&program, Options::default());
    assert_eq!(counted.verdict, Verdict::Broken);
    let alone = Options { count: false, ..Options::default() };
    assert_eq!(search(&program, alone).verdict, Verdict::Broken);
    let plain = Options { symmetry: false, reduction: false, ..alone };
    assert_eq!(search(&program, plain).verdict, Verdict::Broken);
}

#[test]
fn a_guard_may_look_at_what_its_block_does_not_begin_with() {
    let program =
        program_of("var x = 0\nprocess p { atomic { wait until x == 0\nx = 1 } }\nfinally x == 1");
    assert_eq!(search(&program, Options::default()).verdict, Verdict::Holds);
}

/// A verdict about all schedules stands, though there was no room to count them.
#[test]
fn what_is_known_is_told_where_counting_stops() {
    let independent = program_of(
        "var a = 0\nvar b = 0\nvar c = 0\nvar d = 0\nprocess p { repeat 9 { a += 1 } }\n\
         process q { repeat 9 { b += 1 } }\nprocess r { repeat 9 { c += 1 } }\n\
         process s { repeat 9 { d += 1 } }\nfinally a + b + c + d == 36",
    );
    let limits = Limits { states: 5_000, ..Limits::default() };
    let found = search(&independent, Options { limits, ..Options::default() });
    assert_eq!((found.verdict, found.complete), (Verdict::Holds, true));
    assert_eq!(found.stopped, Some(Ceiling::States(5_000)));
    assert!(!found.schedules.exact && found.outcomes.is_empty());
    let plain = search(&independent, Options { limits, ..PLAIN });
    assert_eq!((plain.verdict, plain.complete), (Verdict::Undecided, false));
}

#[test]
fn a_failure_beyond_the_ceiling_of_counting_is_found_and_said_not_to_be_the_shortest() {
    let late = program_of(
        "var a = 0\nvar b = 0\nvar c = 0\nvar x = 0\nprocess p { repeat 30 { a += 1 }\nx = 1 }\n\
         process q { repeat 30 { b += 1 } }\nprocess r { repeat 30 { c += 1 } }\nalways x == 0",
    );
    let limits = Limits { states: 3_000, ..Limits::default() };
    let found = search(&late, Options { limits, ..Options::default() });
    assert_eq!((found.verdict, found.complete), (Verdict::Broken, true));
    let way = &found.broken[0].found;
    assert!(!way.least);
    assert!(way.shortest.len() >= 61);
}

#[test]
fn the_chance_of_a_false_merge_grows_with_the_states() {
    let (few, many) = (search(&lost(2), PLAIN), search(&lost(6), PLAIN));
    assert!(few.certainty > many.certainty && many.certainty >= 27, "{}", many.certainty);
}

/// From a moment, everything that may still happen: and bounds count from there.
#[test]
fn a_search_may_begin_at_any_moment() {
    let after = |program: &Program, picks: &[u32]| {
        let mut explorer =
            Explorer::after(program, picks, Options::default()).expect("the picks fit");
        while !explorer.advance(usize::MAX) {}
        explorer.report()
    };
    let race = lost(2);
    let whole = search(&race, Options::default());
    assert_eq!((whole.failing.number.as_str(), whole.schedules.number.as_str()), ("4", "6"));
    let one_read = after(&race, &[1]);
    assert_eq!((one_read.failing.number.as_str(), one_read.schedules.number.as_str()), ("2", "3"));
    let both_read = after(&race, &[1, 2]);
    assert_eq!(both_read.failing, both_read.schedules);
    assert_eq!(after(&race, &[1, 1]).verdict, Verdict::Holds);
    // Instances that are gone are gone, those that come have their own numbers still.
    let coming = program_of("var x = 0\nprocess p every 1s { x = self }\nalways x < 6");
    let first = coming_and_gone(&coming, 5);
    let from_there = after(&coming, &first);
    assert_eq!(from_there.verdict, Verdict::Broken, "the sixth comes within the bounds from there");
    assert_eq!(search(&coming, Options::default()).verdict, Verdict::Holds, "only two come");
    assert!(Explorer::after(&race, &[9], Options::default()).is_err());
}

/// The picks by which so many come and go one after another.
fn coming_and_gone(program: &Program, count: u32) -> Vec<u32> {
    use sim_core::machine::{Machine, NoWatch};
    use sim_core::trace::Choice;
    let machine = Machine::new(program.clone());
    let mut state = machine.start(&mut NoWatch);
    let mut picks = Vec::new();
    for _ in 0..2 * count {
        // A step where there is one, else an arrival.
        let choices = machine.choices(&state);
        let step = choices.iter().position(|choice| matches!(choice, Choice::Step { .. }));
        let at = step.unwrap_or(0);
        machine.apply(&mut state, choices[at], &mut NoWatch);
        picks.push(at as u32 + 1);
    }
    picks
}
