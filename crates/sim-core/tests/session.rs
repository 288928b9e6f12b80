//! A session: stepping, going back, branches, and what is shown of a moment.

use sim_core::lang::{Values, check};
use sim_core::session::{Action, Ending, Frame, LaneState, PromiseState, Reason, Session};

const RACE: &str = include_str!("../../../lessons/02-race-on-a-balance/scenario.lockstep");

fn open(text: &str, settings: &[(&str, &str)], seed: u64) -> Session {
    let checked = check(text);
    let scenario = checked.scenario.unwrap_or_else(|| panic!("{:?}", checked.diagnostics));
    let mut values = Values::defaults(scenario.params());
    for (name, value) in settings {
        values.set(scenario.params(), name, value).expect("a setting of the text");
    }
    Session::new(scenario.bind(&values).expect("it binds"), text, seed)
}

fn race(settings: &[(&str, &str)]) -> Session {
    open(RACE, settings, 7)
}

fn shared<'a>(frame: &'a Frame, place: &str) -> &'a str {
    let found = frame.shared.iter().find(|shared| shared.place == place);
    &found.unwrap_or_else(|| panic!("no {place}")).value
}

#[test]
fn an_update_is_lost_by_hand() {
    let mut session = race(&[]);
    assert_eq!(session.follow(&[1, 2, 1]), 3);
    let frame = session.frame();
    assert_eq!((shared(&frame, "balance"), shared(&frame, "dispensed")), ("20", "80"));
    assert_eq!(frame.lanes[0].state, LaneState::Ended);
    let seen = &frame.lanes[1].locals[0];
    assert_eq!((seen.name.as_str(), seen.value.as_str()), ("seen", "100"));
    assert_eq!(seen.stale, Some(("balance".to_owned(), "20".to_owned())));
    assert_eq!(frame.promises[1].state, PromiseState::Open { now: true });

    assert!(session.pick(1));
    let frame = session.frame();
    assert_eq!((shared(&frame, "balance"), shared(&frame, "dispensed")), ("20", "160"));
    assert_eq!(frame.promises[0].state, PromiseState::Holds);
    assert_eq!(frame.promises[1].state, PromiseState::Broken { step: 4 });
    assert_eq!(frame.ending, Some(Ending::Complete));
    assert!(!session.pick(1), "nothing can happen any more");
}

#[test]
fn each_offer_says_what_it_would_do() {
    let mut session = race(&[]);
    session.follow(&[1, 2]);
    let offers = session.frame().offers;
    let write = |old: &str, new: &str| Action::Write {
        place: "balance".to_owned(),
        old: old.to_owned(),
        new: new.to_owned(),
    };
    assert_eq!(offers[0].action, write("100", "20"));
    assert_eq!((offers[0].pick, offers[1].pick), (Some(1), Some(2)));
}

#[test]
fn a_read_names_the_write_it_met_as_its_cause() {
    let mut session = race(&[]);
    session.follow(&[1, 1, 1]);
    let steps = session.frame().steps;
    assert_eq!(steps[2].cause, Some(2), "client 2 reads what client 1 wrote in step 2");
    assert_eq!((steps[0].cause, steps[1].cause), (None, None));
}

#[test]
fn a_blocked_process_says_for_what_it_waits_and_who_holds_it() {
    let mut session = race(&[("guard", "lock")]);
    session.pick(1);
    let frame = session.frame();
    let reason = Reason::Held { place: "account".to_owned(), holders: vec![0] };
    assert_eq!(frame.lanes[1].state, LaneState::Blocked(reason.clone()));
    assert_eq!((frame.offers[1].pick, &frame.offers[1].blocked), (None, &Some(reason)));
    assert_eq!(shared(&frame, "account"), "client[1]");
}

#[test]
fn going_back_and_on_again_gives_the_same_frames() {
    let mut session =
        open("scenario \"long\"\nvar x = 0\nprocess p * 2 { repeat 100 { x += 1 } }", &[], 3);
    let mut frames = vec![session.frame()];
    while session.clock() {
        frames.push(session.frame());
    }
    assert_eq!(frames.len(), 401);
    let line = frames.last().expect("a last frame").steps.clone();
    for position in [0, 1, 63, 64, 65, 200, 399, 400, 12] {
        session.seek(position);
        let mut expected = frames[position as usize].clone();
        expected.steps.clone_from(&line);
        let found = session.frame();
        // What is told of the whole line has grown since.
        expected.branches.clone_from(&found.branches);
        expected.bars.clone_from(&found.bars);
        expected.health.clone_from(&found.health);
        expected.length = 400;
        assert!(found == expected, "at {position}");
    }
}

#[test]
fn another_road_keeps_the_old_future_as_a_branch() {
    let mut session = race(&[]);
    session.follow(&[1, 2, 1, 1]);
    session.seek(1);
    assert!(session.pick(1), "client 1 writes before client 2 reads");
    let frame = session.frame();
    assert_eq!(frame.branches.len(), 2);
    let old = frame.branches.iter().find(|branch| !branch.current).expect("the old future");
    assert_eq!((old.length, old.shared, old.bad), (4, 1, true));

    session.show_branch(old.id);
    assert_eq!(session.position(), 1, "the cursor stays where both lines agree");
    assert_eq!(session.line_picks(), [1, 2, 1, 1]);
    assert_eq!(session.picks(), [1]);
}

#[test]
fn taking_a_known_road_again_makes_no_branch() {
    let mut session = race(&[]);
    session.follow(&[1, 2]);
    session.seek(0);
    session.pick(1);
    let frame = session.frame();
    assert_eq!((frame.branches.len(), frame.position, frame.steps.len()), (1, 1, 2));
}

#[test]
fn a_schedule_is_played_and_what_cannot_move_is_told() {
    let mut session = race(&[]);
    let names: Vec<String> =
        session.frame().schedules.into_iter().map(|schedule| schedule.name).collect();
    let both_read = names.iter().position(|name| name == "both read first").expect("it is there");
    assert!(session.play_schedule(both_read));
    assert_eq!(session.picks(), [1, 2, 1, 1]);

    let mut session = race(&[("guard", "lock")]);
    assert!(session.play_schedule(both_read));
    assert_eq!(session.frame().skipped, ["client[2]", "client[2]"], "two entries");
}

#[test]
fn a_line_goes_along_a_schedule_whose_every_step_it_takes_from_its_start() {
    let text = "scenario \"x\"\nvar x = 0\nprocess p * 2 { x = 1; x = 2 }\n\
        schedule \"one\" { p[1] }\nschedule \"both\" { p[1] p[2] p[1] }\n\
        schedule \"other\" { p[2] }\nschedule \"too many\" { p[1] * 3 }\n\
        schedule \"none\" { }\nschedule \"longer\" { p[1] p[2] * 2 p[1] }";
    let along = |picks: &[u32]| {
        let mut session = open(text, &[], 1);
        assert_eq!(session.follow(picks), picks.len());
        let before = session.frame();
        let found = session.goes_along();
        assert_eq!(session.frame(), before);
        found
    };
    assert_eq!(along(&[]), [0; 0]);
    assert_eq!(along(&[1]), [0]);
    assert_eq!(along(&[1, 2, 1]), [0, 1]);
    assert_eq!(along(&[1, 2, 2, 1]), [0, 5]);
    assert_eq!(along(&[2, 2]), [2]);
    assert_eq!(along(&[1, 1, 1, 1]), [0], "of three one is skipped");
}

#[test]
fn the_clock_depends_on_the_seed_alone() {
    let run = |seed: u64| {
        let mut session = open(RACE, &[("clients", "4")], seed);
        while session.clock() {}
        (session.picks(), session.frame().fingerprint)
    };
    assert_eq!(run(5), run(5));
    let different = (0..20).map(|seed| run(seed).0).collect::<std::collections::BTreeSet<_>>();
    assert!(different.len() > 5, "twenty seeds give many orders");
}

#[test]
fn the_clock_waits_for_work_and_serves_the_longest_waiter() {
    let text = "scenario \"time\"\nlock m\nprocess a { work 5ms; acquire m; work 10ms; release m }\n\
                process b { work 7ms; with m { } }\nprocess c { work 6ms; with m { } }";
    let mut session = open(text, &[], 1);
    while session.clock() {}
    let steps = session.frame().steps;
    let took: Vec<(u32, u64)> = steps
        .iter()
        .filter(|step| matches!(step.action, Action::Take { .. }))
        .map(|step| (step.lane, step.at / 1_000_000))
        .collect();
    assert_eq!(took, [(0, 5), (2, 15), (1, 15)]);
}

#[test]
fn under_the_hand_what_is_overdue_fires_now() {
    let text = "scenario \"time\"\nprocess a { work 5ms }\nprocess b { work 3ms }";
    let mut session = open(text, &[], 1);
    session.follow(&[1, 1]);
    let at: Vec<u64> = session.frame().steps.iter().map(|step| step.at / 1_000_000).collect();
    assert_eq!(at, [5, 5]);
}

#[test]
fn a_deadlock_names_its_circle() {
    let text =
        "scenario \"x\"\nlock a\nlock b\nprocess l { with a, b { } }\nprocess r { with b, a { } }";
    let mut session = open(text, &[], 1);
    session.follow(&[1, 2]);
    assert_eq!(session.frame().ending, Some(Ending::Deadlock(vec![0, 1])));
}

#[test]
fn an_error_ends_its_process_and_is_named() {
    let text = "scenario \"x\"\nvar a[2] = 1\nvar i = 3\nprocess p { let at = i\nlet x = a[at] }";
    let mut session = open(text, &[], 1);
    while session.clock() {}
    assert_eq!(session.frame().lanes[0].state, LaneState::Failed("outside_array".to_owned()));
}

#[test]
fn lanes_show_what_these_parameters_leave() {
    let lines = |guard: &str| -> Vec<String> {
        let frame = race(&[("guard", guard)]).frame();
        frame.lanes[0].code.iter().map(|line| line.text.clone()).collect()
    };
    assert_eq!(lines("none")[0], "let seen = balance");
    assert_eq!(lines("lock")[0], "with account { withdraw() }");
    assert_eq!(lines("lock").len(), 6);
    assert!(lines("compare_and_set").contains(&"while true {".to_owned()));
}

#[test]
fn the_next_words_are_marked() {
    let frame = race(&[]).frame();
    let line = &frame.lanes[0].code[0];
    let (from, to) = line.next.expect("the process stands here");
    let words: String = line.text.chars().skip(from as usize).take((to - from) as usize).collect();
    assert_eq!((line.text.as_str(), words.as_str()), ("let seen = balance", "balance"));
}

#[test]
fn a_session_has_a_ceiling_and_says_so() {
    let text = "scenario \"x\"\nvar x = 0\nprocess p { while true { x = 0 } }";
    let mut session = open(text, &[], 1).of_at_most(5_000);
    let taken = (0..10_000).take_while(|_| session.clock()).count();
    assert_eq!(taken, 5_000);
    assert!(!session.clock() && session.frame().full);
}

#[test]
fn at_the_start_the_seed_decides_who_gets_a_lock() {
    let first = |seed: u64| {
        let mut session = open(RACE, &[("guard", "lock"), ("clients", "4")], seed);
        session.clock();
        session.frame().steps[0].lane
    };
    let firsts: std::collections::BTreeSet<u32> = (0..30).map(first).collect();
    assert_eq!(firsts.len(), 4);
}

#[test]
fn an_atomic_step_of_many_touches_keeps_within_bounds() {
    let text = "scenario \"x\"\nvar x = 0\nprocess p { while true { atomic { let i = 0\n\
                while i < 1500 { x = i\ni += 1 } } } }";
    let mut session = open(text, &[], 1);
    assert_eq!((0..2_500).take_while(|_| session.clock()).count(), 2_500);
    let frame = session.frame();
    let Action::Atomic { parts } = &frame.steps[0].action else { panic!("it is atomic") };
    assert!(parts.len() < 1_000, "nobody reads {} touches", parts.len());
}

#[test]
fn an_entry_that_cannot_move_is_told_once_with_its_words() {
    let text = "scenario \"x\"\nvar x = 0\nprocess p * 2 { x = 1 }\nschedule \"big\" { p[1] * 90000 p[2] }";
    let mut session = open(text, &[], 1);
    assert!(session.play_schedule(0));
    assert_eq!(session.frame().skipped, ["p[1] * 89999"]);
    assert_eq!(session.picks().len(), 2);
}
