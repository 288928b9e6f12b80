//! How likely a failure is: asked, answered, stopped by a change of the moment, kept along a line.

use super::{
    Action, Command,
    chances::{CONTINUATIONS, ChanceAction, Trying},
    tests::Page,
};
use crate::protocol::Ask;

/// One in four ends broken, by the second of four steps.
const TEXT: &str = "scenario \"s\"\nvar x = 0\nvar y = 0\nalways x == 0 \"x stays\"\n\
    process p { y = 1\nlet bad = chance(25%)\ny = 2\nif bad { x = 1 } else { y = 3 } }";

fn open() -> Page {
    let mut page = Page::open("/own");
    page.act(Action::Text(TEXT.to_owned()));
    assert_eq!(page.bench().run_text, TEXT);
    page
}

fn ask_of(commands: Vec<Command>) -> Option<Ask> {
    commands.into_iter().find_map(|command| match command {
        Command::Try(ask) => Some(ask),
        _ => None,
    })
}

#[test]
fn a_moment_and_its_line_are_asked_about_and_answered() {
    let mut page = open();
    for _ in 0..4 {
        page.act(Action::Forward);
    }
    page.act(Action::Seek(1));
    page.act(Action::Chance(ChanceAction::Ask));
    let chance = &page.state.chance;
    assert_eq!(chance.trying, Trying::Done);
    let here = chance.at(1).expect("it was asked about");
    assert_eq!(here.continuations, CONTINUATIONS);
    assert!((20..=80).contains(&here.broken), "{here:?}");
    let steps: Vec<u32> = chance.points().iter().map(|point| point.step).collect();
    assert_eq!(steps, [0, 1, 2, 3, 4]);
    assert!(page.state.spoken.contains("of 200 continuations"), "{}", page.state.spoken);
    // Along the line it stays, and tells of each moment.
    page.act(Action::Seek(3));
    assert_eq!(page.state.chance.trying, Trying::Done);
    let here = page.state.chance.at(3).expect("it is on the curve").clone();
    assert!(here.broken == 0 || here.broken == here.continuations, "{here:?}");
    // Another road leaves what comes before it.
    page.act(Action::Seek(1));
    let other = if page.bench().line[1] == 1 { 2 } else { 1 };
    page.act(Action::Pick(other));
    let steps: Vec<u32> = page.state.chance.points().iter().map(|point| point.step).collect();
    assert_eq!(steps, [0, 1]);
    // Another run leaves nothing.
    page.act(Action::Seed("7".to_owned()));
    assert_eq!(page.state.chance.trying, Trying::None);
    assert!(page.state.chance.points().is_empty() && page.state.chance.at(0).is_none());
}

#[test]
fn a_change_of_the_moment_stops_it_at_once() {
    let changes: [Action; 4] = [
        Action::Forward,
        Action::Seed("3".to_owned()),
        Action::Text(TEXT.replace("25%", "50%")),
        Action::Address("/lessons".to_owned()),
    ];
    for change in changes {
        let mut page = open();
        let ask = ask_of(super::update(&mut page.state, Action::Chance(ChanceAction::Ask)));
        assert!(ask.is_some());
        assert_eq!(page.state.chance.trying, Trying::Running);
        let commands = super::update(&mut page.state, change.clone());
        assert!(commands.contains(&Command::StopTrying), "{change:?}");
        assert_ne!(page.state.chance.trying, Trying::Running, "{change:?}");
    }
    // What only changes how the run is looked at stops nothing.
    let mut page = open();
    super::update(&mut page.state, Action::Chance(ChanceAction::Ask));
    let commands = super::update(&mut page.state, Action::Keys(true));
    assert!(!commands.contains(&Command::StopTrying));
    assert_eq!(page.state.chance.trying, Trying::Running);
}

#[test]
fn the_last_good_run_can_be_asked_about_while_the_text_has_mistakes() {
    let mut page = open();
    page.act(Action::Text(TEXT.replace("var y", "vra y")));
    assert!(page.bench().is_stale());
    page.act(Action::Chance(ChanceAction::Ask));
    assert_eq!(page.state.chance.trying, Trying::Done);
}

#[test]
fn what_an_earlier_question_brings_is_dropped() {
    let mut page = open();
    let first = ask_of(super::update(&mut page.state, Action::Chance(ChanceAction::Ask)));
    super::update(&mut page.state, Action::Chance(ChanceAction::Cancel));
    assert_eq!(page.state.chance.trying, Trying::Stopped);
    let second = ask_of(super::update(&mut page.state, Action::Chance(ChanceAction::Ask)));
    let (first, second) = (first.expect("asked"), second.expect("asked"));
    assert_ne!(first.ticket, second.ticket);
    let answers = page.tried(first);
    assert!(!answers.is_empty());
    for answer in answers {
        super::update(&mut page.state, answer);
    }
    assert_eq!(page.state.chance.trying, Trying::Running);
    assert!(page.state.chance.at(0).is_none());
}
