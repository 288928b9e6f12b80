//! Playing: a step at a time as long as it can be followed, and at the highest speed more and more.

use super::{
    Action, Speed,
    moments::plays_long,
    rhythm::RhythmAction,
    tests::{Page, Slow},
};

/// A run by the clock of some thousand steps.
const LONG: &str = "/lesson/circuit-breaker?v=1&requests=300";

/// Lets the clock tick until playing pauses; the position at each tick.
fn play(page: &mut Page, most: usize) -> Vec<u32> {
    let mut seen = vec![page.bench().position()];
    while page.bench().playing && seen.len() < most {
        page.act(Action::Tick);
        seen.push(page.bench().position());
    }
    seen
}

#[test]
fn at_the_highest_speed_a_long_run_is_played_to_its_end_in_few_pictures() {
    let mut page = Page::open(LONG);
    page.act(Action::Speed(Speed::Max));
    page.act(Action::Play);
    let seen = play(&mut page, 200);
    let bench = page.bench();
    assert!(!bench.playing && seen.len() < 100, "{} pictures", seen.len());
    assert!(bench.position() > 1_000 && bench.position() == bench.length());
    let frame = bench.frame.as_ref().expect("there is a moment");
    assert!(frame.ending.is_some() || frame.clock_over);
    assert!(seen.windows(2).take(18).all(|pair| pair[1] == pair[0] + 1), "{seen:?}");
    // It is this person's own run, and the page knows all its picks.
    assert_eq!((bench.own, bench.line.len() as u32), (bench.position(), bench.length()));
    let link = page.state.fragment.clone();
    assert_eq!(Page::open(&link).bench().length(), page.bench().length());
}

#[test]
fn at_other_speeds_it_is_one_step_a_tick() {
    for speed in [Speed::Half, Speed::One, Speed::Four] {
        let mut page = Page::open(LONG);
        page.act(Action::Speed(speed));
        page.act(Action::Play);
        let seen = play(&mut page, 60);
        assert!(seen.windows(2).all(|pair| pair[1] == pair[0] + 1), "{seen:?}");
        assert!(page.bench().playing);
    }
}

#[test]
fn at_the_highest_speed_no_stop_is_passed_by() {
    let mut page = Page::open("/lesson/small-shop");
    let lesson = page.bench().course.lesson.expect("it is a lesson");
    let last = lesson.stops.iter().max_by_key(|stop| stop.step).expect("it has stops");
    let schedules = &page.bench().frame.as_ref().expect("there is a moment").schedules;
    let at = schedules.iter().position(|one| one.name == last.schedule).expect("it is there");
    for (name, value) in last.settings {
        page.act(Action::Set((*name).to_owned(), (*value).to_owned()));
    }
    page.act(Action::Speed(Speed::Max));
    page.act(Action::Rhythm(RhythmAction::Play(at as u32)));
    let stops: Vec<u32> = page.bench().stops().into_iter().map(|(_, step)| step).collect();
    assert!(stops.len() > 2 && stops.iter().any(|stop| *stop > 30), "{stops:?}");
    let mut most = 0;
    for stop in stops {
        let seen = play(&mut page, 99);
        assert_eq!(page.bench().position(), stop);
        most = most.max(seen.windows(2).map(|pair| pair[1] - pair[0]).max().unwrap_or(0));
        page.act(Action::Play);
        // As if it had been played without a pause, where it goes by more than a step.
        page.state.bench.as_mut().expect("it is open").played_from = 0;
    }
    assert!(most > 1, "it went by single steps");
}

#[test]
fn a_pause_takes_effect_at_once_and_playing_begins_slowly_again() {
    let mut page = Page::open(LONG);
    page.act(Action::Speed(Speed::Max));
    page.act(Action::Play);
    play(&mut page, 50);
    assert!(plays_long(page.bench()));
    page.act(Action::Play);
    let here = page.bench().position();
    page.act(Action::Tick);
    assert_eq!((page.bench().position(), page.bench().playing), (here, false));
    assert!(!plays_long(page.bench()));
    page.act(Action::Play);
    assert_eq!(page.bench().position(), here + 1);
}

#[test]
fn whoever_goes_to_the_end_before_the_first_moment_of_a_schedule_has_come_gets_there() {
    let text =
        "scenario \"Two\"\nvar x = 0\nprocess a { x = 1; x = 2 }\nschedule \"all\" { a * 2 }\n";
    let mut page = Slow::open(&format!("/own?v=2&text={}", lessons::link::pack(text)));
    page.answer();
    page.act(Action::Schedule(0));
    page.answer();
    // Its line is there, its first moment is still to come.
    assert_eq!((page.asked.len(), page.bench().line.len(), page.bench().length()), (1, 2, 0));
    page.act(Action::End);
    while !page.asked.is_empty() {
        page.answer();
    }
    assert_eq!((page.bench().position(), page.bench().playing), (2, false));
}
