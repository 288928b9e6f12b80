//! What is known of all schedules: the answer first, how far a search got, from a later moment on.

use sim_core::{
    explore::{Bound, Ceiling, Count, Early, Explorer, Options, Phase, Progress, Report, Verdict},
    lang::{self, Values},
    say::{Lang, plain},
};

use super::{
    Action, Command, Tab,
    answers::{self, Standing, Subject},
    study::{LOOK_PAUSE, Study},
    tests::Page,
    update,
};
use crate::{
    i18n,
    protocol::{Answer, Ask, Explored, NotExplored, Reply, Request},
};

const RACE: &str = "/lesson/race-on-a-balance";
/// One promise is kept, one is broken, and it may lock up.
const MIXED: &str = "scenario \"s\"\nvar x = 0\nlock a\nlock b\n\
    always x >= 0 \"never below zero\"\nfinally x == 2 \"both counted\"\n\
    process p { with a { with b { x += 1 } } }\nprocess q { with b { with a { x += 1 } } }";

fn own(text: &str) -> Page {
    let mut page = Page::open("/own");
    page.act(Action::Text(text.to_owned()));
    assert_eq!(page.bench().run_text, text);
    page
}

fn asked(commands: &[Command]) -> Ask {
    let ask = commands.iter().find_map(|command| match command {
        Command::Study(ask) => Some(ask.clone()),
        _ => None,
    });
    ask.expect("the worker is asked")
}

/// Begins a search that is not answered yet.
fn begin(page: &mut Page) -> u32 {
    asked(&update(&mut page.state, Action::Explore)).ticket
}

fn tell(page: &mut Page, ticket: u32, progress: Progress) {
    let reply = Reply::Progress { case: 0, progress };
    update(&mut page.state, Action::studied(Answer { ticket, reply }));
}

fn early(verdict: Verdict, broken: &[u32]) -> Early {
    let (broken, bounds) = (broken.to_vec(), Vec::new());
    Early { verdict, broken, deadlocks: false, stuck: false, never_ends: false, bounds, states: 9 }
}

fn counting(states: u64, early: Option<Early>) -> Progress {
    Progress { phase: Phase::Counting, states, early, ..Progress::default() }
}

fn found(page: &Page) -> &Explored {
    match &page.bench().study {
        Study::Done(found) => found,
        other => panic!("not done: {other:?}"),
    }
}

#[test]
fn a_search_tells_states_rate_and_time_by_the_clock_of_the_page() {
    let mut page = Page::open(RACE);
    page.state.clock = 10_000;
    let ticket = begin(&mut page);
    tell(&mut page, ticket, Progress { states: 5_000, ..Progress::default() });
    let figures = |page: &Page| match &page.bench().study {
        Study::Running(running) => running.figures,
        other => panic!("not running: {other:?}"),
    };
    // Until there was time to look, nothing is claimed; messages alone change no figure.
    assert!(!figures(&page).known);
    page.state.clock = 12_000;
    let commands = update(&mut page.state, Action::LookAtStudy);
    assert!(matches!(commands[..], [Command::After(_, LOOK_PAUSE, _)]));
    let seen = figures(&page);
    assert_eq!((seen.states, seen.rate, seen.seconds), (5_000, 2_500, 2));
    // A second search counts its own states by its own time.
    tell(&mut page, ticket, counting(8_000, Some(early(Verdict::Broken, &[0]))));
    assert_eq!(figures(&page), seen);
    page.state.clock = 13_000;
    update(&mut page.state, Action::LookAtStudy);
    let seen = figures(&page);
    assert_eq!((seen.states, seen.rate, seen.seconds), (8_000, 8_000, 3));
    // Once it is over nobody looks any more.
    update(&mut page.state, Action::CancelStudy);
    assert_eq!(update(&mut page.state, Action::LookAtStudy), []);
}

#[test]
fn the_answer_is_known_before_the_counts_and_stays_when_counting_is_stopped() {
    let mut page = Page::open(RACE);
    // Who has not answered the lesson's question hears nothing.
    let ticket = begin(&mut page);
    page.state.clock = 3_000;
    update(&mut page.state, Action::LookAtStudy);
    tell(&mut page, ticket, counting(1, Some(early(Verdict::Broken, &[0]))));
    assert_eq!(page.state.spoken, "");
    page.act(Action::Answer(0));
    page.state.clock = 0;
    let ticket = begin(&mut page);
    page.state.clock = 3_000;
    update(&mut page.state, Action::LookAtStudy);
    tell(&mut page, ticket, counting(1, Some(early(Verdict::Broken, &[0]))));
    assert!(page.state.spoken.starts_with("Some schedule breaks “"), "{}", page.state.spoken);
    page.state.spoken.clear();
    tell(&mut page, ticket, counting(2, Some(early(Verdict::Broken, &[0]))));
    assert_eq!(page.state.spoken, "", "said once");
    let commands = update(&mut page.state, Action::CancelStudy);
    assert_eq!(commands, [Command::RestartStudent]);
    let Study::Cancelled(Some(known)) = &page.bench().study else { panic!("it was known") };
    assert_eq!(known.verdict, Verdict::Broken);
    // What the worker said before it was ended is of no account.
    tell(&mut page, ticket, counting(3, None));
    assert!(matches!(page.bench().study, Study::Cancelled(Some(_))));
    // Stopped before there was an answer, none is claimed. One that was soon there is not spoken.
    let ticket = begin(&mut page);
    update(&mut page.state, Action::LookAtStudy);
    tell(&mut page, ticket, counting(1, Some(early(Verdict::Holds, &[]))));
    assert_eq!(page.state.spoken, "");
    begin(&mut page);
    update(&mut page.state, Action::CancelStudy);
    assert_eq!(page.bench().study, Study::Cancelled(None));
}

#[test]
fn a_search_that_has_not_ended_says_what_it_knows_and_no_more() {
    let page = own(MIXED);
    let line = |early: &Early, lang| answers::early_line(page.bench(), early, lang);
    let broken = Early { deadlocks: true, ..early(Verdict::Broken, &[1]) };
    assert_eq!(
        line(&broken, Lang::En),
        "Some schedule breaks “both counted”. Some schedule ends in a deadlock."
    );
    assert_eq!(
        line(&broken, Lang::Es),
        "Alguna planificación rompe «both counted». Alguna planificación termina en interbloqueo."
    );
    assert_eq!(line(&early(Verdict::Holds, &[]), Lang::En), "Nothing can go wrong.");
    let bounded = Early { bounds: vec![Bound::Arrivals(2)], ..early(Verdict::Holds, &[]) };
    assert_eq!(line(&bounded, Lang::En), "Nothing can go wrong within these bounds: arrivals: 2.");
    let unknown = line(&early(Verdict::Undecided, &[]), Lang::En);
    assert!(unknown.contains("not everything"), "{unknown}");
}

#[test]
fn every_promise_has_its_own_verdict_and_a_deadlock_says_who_waits_for_whom() {
    let page = own(MIXED);
    let found = found(&page);
    let standings = answers::standings(page.bench(), found);
    let [kept, broken, deadlock] = &standings[..] else { panic!("{standings:?}") };
    assert!(matches!(kept, (Subject::Promise(p), Standing::Kept) if p.condition == "x >= 0"));
    assert!(
        matches!(broken, (Subject::Promise(p), Standing::Broken(_)) if p.condition == "x == 2")
    );
    let (Subject::Deadlock(waits), Standing::Broken(shown)) = deadlock else {
        panic!("{deadlock:?}")
    };
    assert_eq!(shown.shortest.len(), 2);
    let said = |lang| plain(&i18n::waits(waits, lang));
    assert_eq!(said(Lang::En), "p waits for b, held by q; q waits for a, held by p.");
    assert_eq!(said(Lang::Es), "p espera a b, que tiene q; q espera a a, que tiene p.");
}

#[test]
fn what_only_waits_for_ever_fails_without_breaking_a_promise() {
    let page = own(&MIXED.replace("finally x == 2 \"both counted\"", ""));
    let report = &found(&page).report;
    assert_eq!(answers::how_many_fail(report, "2", Lang::En), "2 fail");
    assert_eq!(answers::how_many_fail(report, "1", Lang::Es), "falla 1");
    let page = own(MIXED);
    let said = answers::how_many_fail(&found(&page).report, "2", Lang::En);
    assert_eq!(said, "2 break a promise");
}

#[test]
fn names_of_several_are_spelled_as_everywhere_on_the_page() {
    let page = Page::open("/lesson/philosophers?v=1&n=2");
    let said = plain(&i18n::waits(&found(&page).deadlock, Lang::En));
    assert!(said.contains("philosopher 1 waits for fork[2], held by philosopher 2"), "{said}");
}

/// A report of a search that met something.
fn report(verdict: Verdict, complete: bool, stopped: Option<Ceiling>, bounds: &[Bound]) -> Report {
    let page = own("scenario \"s\"\nvar x = 0\nprocess p { x = 1 }\nalways x >= 0");
    let bounds = bounds.to_vec();
    Report { verdict, complete, stopped, bounds, ..found(&page).report.clone() }
}

#[test]
fn how_far_a_search_got_is_told_and_nothing_is_called_safe_that_is_not_known() {
    let (ceiling, depth) = (Some(Ceiling::States(2_000_000)), Bound::Depth(40));
    let arrivals = Bound::Arrivals(2);
    let cases = [
        (report(Verdict::Holds, true, None, &[]), "Every schedule was looked at.", true),
        (
            report(Verdict::Holds, true, None, &[arrivals]),
            "Every schedule within these bounds was looked at: arrivals: 2.",
            true,
        ),
        (
            report(Verdict::Holds, true, ceiling, &[arrivals]),
            "The answer is about every schedule within these bounds (arrivals: 2). \
             Counting them stopped at 2,000,000 states.",
            true,
        ),
        (
            report(Verdict::Broken, true, ceiling, &[]),
            "That some schedule fails is certain. Counting them stopped at 2,000,000 states.",
            false,
        ),
        (
            report(Verdict::Broken, false, ceiling, &[]),
            "Stopped at 2,000,000 states: some schedule fails, but not all were looked at.",
            false,
        ),
        (
            report(Verdict::Undecided, false, ceiling, &[]),
            "Stopped at 2,000,000 states, before the answer was known. Nothing seen so far fails, \
             but that proves nothing.",
            false,
        ),
        (
            report(Verdict::Undecided, true, None, &[depth]),
            "Schedules were followed up to depth: 40, and some go on: what comes later is not known.",
            false,
        ),
    ];
    let page = own("scenario \"s\"\nvar x = 0\nprocess p { x = 1 }\nalways x >= 0");
    for (report, told, is_kept) in cases {
        assert_eq!(i18n::how_far(&report, Lang::En), told);
        assert_ne!(i18n::how_far(&report, Lang::Es), told);
        let found = Explored { report, ..found(&page).clone() };
        let standing = answers::standings(page.bench(), &found)[0].1;
        assert_eq!(standing == Standing::Kept, is_kept, "{told}");
        assert_eq!(standing == Standing::Unknown, !is_kept, "{told}");
    }
}

#[test]
fn how_sure_the_answer_is_names_states_and_the_chance_of_a_mistake() {
    let count = || Count { number: "1".to_owned(), exact: true };
    let report = Report {
        states: 1_200,
        followed: 300,
        reduced: 80,
        certainty: 31,
        schedules: count(),
        ..report(Verdict::Holds, true, None, &[])
    };
    let said = i18n::how_sure(&report, Lang::En);
    assert_eq!(said.len(), 4);
    assert!(said[0].contains("1,200") && said[1].contains("900") && said[1].contains("300"));
    assert!(said[2].contains("80") && said[3].contains("10⁻³¹"), "{said:?}");
    let plainer = Report { followed: 1_200, reduced: 0, ..report };
    assert_eq!(i18n::how_sure(&plainer, Lang::En).len(), 2);
}

#[test]
fn from_a_moment_on_only_what_may_still_happen_counts() {
    let mut page = Page::open(RACE);
    page.act(Action::Answer(0));
    page.act(Action::Pick(1));
    page.act(Action::ExploreHere);
    let ahead = page.bench().ahead.clone().expect("it was asked");
    assert_eq!((ahead.step(), page.bench().is_at(&ahead)), (1, true));
    let Study::Done(found) = &ahead.study else { panic!("{:?}", ahead.study) };
    let counts = (&found.report.failing.number[..], &found.report.schedules.number[..]);
    assert_eq!(counts, ("2", "3"));
    assert_eq!(page.state.spoken, "From step 1 on: 2 of 3 schedules fail.");
    // All schedules are still known.
    assert_eq!(page.schedules(), ("4".to_owned(), "6".to_owned()));
    // Another moment: the answer stays what it is, and can be asked for anew.
    page.act(Action::Pick(2));
    let ahead = page.bench().ahead.clone().expect("it stays");
    assert!(!page.bench().is_at(&ahead));
    page.act(Action::Back);
    assert!(page.bench().is_at(&ahead));
    // What was found leads on from that moment.
    let picks = found.report.broken[0].found.shortest.clone();
    assert_eq!(picks.len(), 3);
    page.act(Action::Seek(0));
    page.act(Action::FollowOn(picks));
    assert_eq!((page.bench().position(), page.bench().line[0]), (4, 1));
    assert!(page.bench().broken_at().is_some());
    assert!(page.state.kept.done.is_empty(), "that was not by hand");
    page.act(Action::FromStart);
    assert_eq!(page.bench().ahead, None);
    assert_eq!(page.schedules(), ("4".to_owned(), "6".to_owned()));
}

#[test]
fn one_question_gives_way_to_the_other_and_is_taken_up_again() {
    let mut page = Page::open(RACE);
    page.act(Action::Pick(1));
    begin(&mut page);
    let commands = update(&mut page.state, Action::ExploreHere);
    assert!(commands.contains(&Command::RestartStudent));
    let ask = asked(&commands);
    assert!(matches!(&ask.request, Request::Explore { from: Some(from), .. } if from == &[1]));
    assert_eq!(page.bench().study, Study::Cancelled(None));
    assert!(page.bench().is_studying());
    let commands = update(&mut page.state, Action::FromStart);
    assert!(commands.contains(&Command::RestartStudent));
    assert!(matches!(asked(&commands).request, Request::Explore { from: None, .. }));
    assert!(page.bench().study.is_running());
    // The late answer to the other question is dropped.
    let reply = Reply::Explored(Err(NotExplored::TooLarge));
    update(&mut page.state, Action::studied(Answer { ticket: ask.ticket, reply }));
    assert!(page.bench().study.is_running());
}

#[test]
fn a_moment_that_cannot_be_explored_says_so_and_another_run_forgets_it() {
    let mut page = Page::open(RACE);
    page.act(Action::Pick(1));
    let ticket = asked(&update(&mut page.state, Action::ExploreHere)).ticket;
    let reply = Reply::Explored(Err(NotExplored::TooLarge));
    update(&mut page.state, Action::studied(Answer { ticket, reply }));
    let ahead = page.bench().ahead.as_ref().expect("it was asked");
    assert_eq!(ahead.study, Study::Impossible(NotExplored::TooLarge));
    page.act(Action::Set("guard".to_owned(), "lock".to_owned()));
    assert_eq!(page.bench().ahead, None);
    assert_eq!(page.schedules(), ("0".to_owned(), "2".to_owned()));
}

#[test]
fn a_moment_is_explored_with_the_values_of_its_run() {
    // From the start fewer are looked at; from a moment of this run on, those that are there.
    let text = "scenario \"s\"\nparam n: int = 3 in 1..3 \"n\"\nvar x = 0\n\
        process p * n { x = 1 }\nexplore (n: 2)";
    let mut page = own(text);
    assert_eq!(page.schedules().1, "2");
    page.act(Action::Pick(3));
    page.act(Action::ExploreHere);
    let Some(Study::Done(found)) = page.bench().ahead.as_ref().map(|ahead| &ahead.study) else {
        panic!("it is over")
    };
    assert_eq!((&found.report.schedules.number[..], found.lowered.len()), ("2", 0));
    assert_eq!(found.settings, [("n".to_owned(), "3".to_owned())]);
}

#[test]
fn a_found_schedule_is_opened_in_the_picture() {
    let mut page = Page::open(RACE);
    assert_eq!(page.bench().tab, Tab::Story);
    let picks = found(&page).report.broken[0].found.shortest.clone();
    let commands = page.act(Action::Follow(picks));
    assert_eq!(page.bench().tab, Tab::Timeline);
    assert!(commands.contains(&Command::Reveal("panel-timeline")));
    assert_eq!(page.bench().position(), 4);
}

/// The page's worker searches in slices; before the counts there is one that brings the answer.
#[test]
fn the_answer_comes_before_the_counts() {
    let text = "scenario \"s\"\nvar x[5] = 0\nprocess p * 5 { repeat 3 { x[self] += 1 } }\n\
        finally x[1] == 3";
    let mut explorer = explorer_of(text);
    while explorer.progress().early.is_none() {
        assert!(!explorer.advance(100), "it ended without an answer");
    }
    let progress = explorer.progress();
    assert_eq!(progress.phase, Phase::Counting);
    let answer = progress.early.map(|early| early.verdict);
    while !explorer.advance(1_000) {}
    assert_eq!(answer, Some(explorer.report().verdict));
}

fn explorer_of(text: &str) -> Explorer {
    let checked = lang::check(text);
    assert!(checked.diagnostics.is_empty(), "{:?}", checked.diagnostics);
    let scenario = checked.scenario.expect("it compiles");
    let program = scenario.bind(&Values::defaults(scenario.params())).expect("it binds");
    Explorer::after(&program, &[], Options::default()).expect("the start")
}
