//! What the lesson on a fast camera and a slow screen says is true.

mod support;

use lessons::{Miss, Unmet};
use support::{bench, met, shared, spread};

const ID: &str = "fast-and-slow";
const PACE: &str = "the camera is never held up";
const ALL: &str = "every picture is shown";
const NEWEST: &str = "the newest picture is shown";
const KNOWN: &str = "no loss goes unnoticed";

#[test]
fn the_numbers_of_the_debrief_are_right() {
    let lesson = bench(ID);
    assert_eq!(lesson.counts(&[]), "204 of 514");
    assert_eq!(lesson.counts(&[("full", "reject")]), "35 of 137");
    assert_eq!(lesson.counts(&[("full", "drop_newest")]), "35 of 137");
    assert_eq!(lesson.counts(&[("full", "drop_oldest")]), "35 of 137");
}

#[test]
fn each_way_gives_up_something_else() {
    let lesson = bench(ID);
    assert_eq!(lesson.broken(&[]), [PACE]);
    assert_eq!(lesson.broken(&[("full", "reject")]), [ALL, NEWEST]);
    assert_eq!(lesson.broken(&[("full", "drop_newest")]), [ALL, NEWEST, KNOWN]);
    assert_eq!(lesson.broken(&[("full", "drop_oldest")]), [ALL, KNOWN]);
}

/// By the clock: pictures shown, how long the camera took, how old pictures were (the middle one
/// and the oldest, in milliseconds), and which goals are met.
fn by_the_clock(full: &str, room: &str) -> (String, i64, (i64, i64), Vec<bool>) {
    let (end, measures) = bench(ID).by_the_clock(&[("full", full), ("room", room)]);
    let (camera, trip) = (spread(&measures, "camera.latency"), spread(&measures, "frames.trip"));
    (shared(&end, "shown"), camera.1, trip, met(&measures))
}

#[test]
fn the_clock_shows_what_each_way_costs() {
    let told = |shown: &str, camera, trip, met: [bool; 2]| (shown.into(), camera, trip, met.into());
    assert_eq!(by_the_clock("block", "5"), told("40", 860, (150, 150), [false, false]));
    for full in ["reject", "drop_newest"] {
        assert_eq!(by_the_clock(full, "5"), told("21", 400, (140, 150), [true, false]), "{full}");
        assert_eq!(by_the_clock(full, "20"), told("36", 400, (280, 520), [true, false]), "{full}");
    }
    assert_eq!(by_the_clock("drop_oldest", "5"), told("21", 400, (70, 135), [true, true]));
    assert_eq!(by_the_clock("drop_oldest", "20"), told("36", 400, (240, 510), [true, false]));
}

#[test]
fn the_stops_show_what_they_say() {
    let lesson = bench(ID);
    let at = |id: &str| {
        let frame = lesson.stop(id);
        ["shown", "last", "known", "held_up"].map(|name| shared(&frame, name))
    };
    assert_eq!(at("held-up"), ["0", "0", "0", "1"]);
    assert_eq!(at("refused"), ["0", "0", "1", "0"]);
    assert_eq!(at("the-oldest-stays"), ["1", "1", "0", "0"]);
    assert_eq!(at("the-newest-stays"), ["1", "3", "0", "0"]);
}

#[test]
fn losing_in_silence_is_done_by_hand() {
    let lesson = bench(ID);
    let small = [("room", "1"), ("pictures", "3")];
    let with = |full| [small[0], small[1], ("full", full)];
    for (full, silent) in [("reject", false), ("drop_newest", true), ("drop_oldest", true)] {
        let end = lesson.play("the camera first", &with(full)).frame();
        assert_eq!(lesson.is_broken("lose-in-silence", &end), silent, "{full}");
    }
}

#[test]
fn fixes_are_graded_by_every_schedule() {
    let lesson = bench(ID);
    let passes = |id: &str| {
        ["block", "reject", "drop_newest", "drop_oldest"]
            .map(|full| lesson.grade_own(id, &[("full", full)]) == Ok(None))
    };
    assert_eq!(passes("keep-the-newest"), [false, false, false, true]);
    assert_eq!(passes("know-what-is-lost"), [false, true, false, false]);
    let oldest = [("full", "drop_oldest")];
    assert_eq!(lesson.grade_own("both", &oldest), Ok(Some(Unmet::Fails)));
}

/// With the long queue: which goals are missed, and what of the last of the cases.
#[test]
fn a_long_queue_is_fresh_where_somebody_looks_at_it() {
    let lesson = bench(ID);
    let challenge = lesson.0.challenges.iter().find(|one| one.id == "stay-fresh");
    let challenge = challenge.expect("it is there");
    let missed = |text: &str, full: &str| {
        let settings = [("full".to_owned(), full.to_owned())];
        let cases = challenge.measure(text, &settings, |_| {}).expect("it can be judged");
        let [case] = cases.as_slice() else { panic!("one case") };
        let lacks = case.runs.iter().find_map(|run| run.lacks.clone());
        match lacks {
            Some(Miss::Goal(goal)) => Some(goal.why.unwrap_or_default()),
            other => {
                assert_eq!((other, case.lacks), (None, None));
                None
            }
        }
    };
    let own = |full| missed(lesson.0.scenario, full);
    assert_eq!(own("block").as_deref(), Some("the camera keeps its pace"));
    for full in ["reject", "drop_newest", "drop_oldest"] {
        assert_eq!(own(full).as_deref(), Some("what is shown is fresh"), "{full}");
    }
    let send = "    try { send { number: picture } to frames }\n    catch rejected { known += 1 }";
    let looks = |most| {
        let instead = format!(
            "    if frames.length > {most} {{ known += 1 }}\n    else {{ send {{ number: picture }} to frames }}"
        );
        missed(&lesson.with(send, &instead), "block")
    };
    assert_eq!(looks(1), None);
    assert_eq!(looks(3).as_deref(), Some("what is shown is fresh"));
}

#[test]
fn numbers_tell_what_was_lost() {
    let lesson = bench(ID);
    let gaps = "  shown += 1\n  known += picture.number - before - 1\n  before = picture.number\n";
    let text = lesson.with("  shown += 1\n", gaps);
    let text = text.replacen("process screen", "var before = 0\nprocess screen", 1);
    assert_eq!(lesson.grade("both", &text, &[("full", "drop_oldest")]), Ok(None));
}

#[test]
fn tricks_are_no_fixes() {
    let lesson = bench(ID);
    let oldest = [("full", "drop_oldest")];
    // More room helps as long as it lasts; the challenge sets how much there is.
    let found = lesson.grade_own("both", &[oldest[0], ("room", "20")]);
    assert_eq!(found, Ok(Some(Unmet::Fails)));
    let blind = lesson.with("  shown += 1\n", "  known += 1\n");
    assert_eq!(lesson.grade("both", &blind, &oldest), Ok(Some(Unmet::Fails)));
}
