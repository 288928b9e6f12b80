//! Tests of the shelf: nothing is lost, whatever is saved, taken away, shared or refused.

use sim_core::say::Lang;

use super::{
    Action, Mode,
    address::{Route, parse},
    course,
    shelf::{Entry, File, ShelfAction},
    state::{Draft, Notice, Page as Place},
    templates,
    tests::Page,
};

fn shelf(page: &mut Page, action: ShelfAction) {
    page.act(Action::Shelf(action));
}

fn save_as(page: &mut Page, name: &str) {
    shelf(page, ShelfAction::Save);
    assert!(page.state.naming.is_some(), "a name is asked for");
    shelf(page, ShelfAction::NameTyped(name.to_owned()));
    shelf(page, ShelfAction::NameDone);
}

fn names(page: &Page) -> Vec<&str> {
    page.state.kept.entries.iter().map(|entry| entry.name.as_str()).collect()
}

/// A page with a scenario that was saved as "Mine".
fn with_one() -> (Page, String) {
    let mut page = Page::open("/new/race");
    save_as(&mut page, "Mine");
    let id = page.bench().place.as_ref().expect("it is kept").id.clone();
    (page, id)
}

#[test]
fn every_template_runs_and_ends_as_its_words_say() {
    for (id, failing, all) in VERDICTS {
        let template = templates::find(id).expect("there is one");
        assert_eq!(template.breaks, *failing != "0", "{id}");
        for lang in Lang::ALL {
            let mut page = Page::open("/new");
            page.act(Action::Lang(lang));
            page.act(Action::Address(super::address::path_of(template.course)));
            let text = page.bench().text.clone();
            assert_eq!(text, template.text(lang));
            assert!(page.bench().problems.is_empty(), "{id}: {:?}", page.bench().problems);
            let (fails, schedules) = page.schedules();
            assert_eq!((fails.as_str(), schedules.as_str()), (*failing, *all), "{id}");
            assert!(super::files::title(&text).is_some(), "{id} has a title");
            assert_eq!(text.trim_end().to_owned() + "\n", text, "{id}");
        }
        assert_ne!(template.text(Lang::En), template.text(Lang::Es), "{id}");
    }
    assert_eq!(VERDICTS.len(), templates::ALL.len(), "each template has a verdict");
}

/// Template, schedules that fail, schedules.
const VERDICTS: &[(&str, &str, &str)] = &[
    ("empty", "4", "6"),
    ("race", "18", "20"),
    ("queue", "0", "48"),
    ("topic", "31", "217"),
    ("lock", "0", "2"),
    ("wakeup", "3", "14"),
    ("readers", "0", "142"),
    ("pool", "6", "12"),
    ("two-locks", "2", "6"),
    ("timeout", "2", "13"),
];

#[test]
fn saving_asks_for_a_name_once_and_the_address_leads_back() {
    let mut page = Page::open("/new/race");
    let text = format!("{}// mine\n", page.bench().text);
    page.act(Action::Text(text.clone()));
    assert!(page.device.kept.contains_key("lockstep.draft.new.race"));
    save_as(&mut page, "  My \n race ");
    assert_eq!(names(&page), ["My race"]);
    let bench = page.bench();
    assert_eq!((bench.draft, bench.is_edited()), (Draft::None, false));
    assert_eq!(page.device.kept.len(), 1, "the draft of the template is gone");
    let id = bench.place.as_ref().expect("it is kept").id.clone();
    assert!(page.state.fragment.starts_with(&format!("/mine/{id}?")), "{}", page.state.fragment);
    page.act(Action::Text(format!("{text}// more\n")));
    assert_eq!(page.bench().draft, Draft::Saved);
    assert_eq!(page.device.entry(&id).expect("kept").text, text, "saving is asked for");
    shelf(&mut page, ShelfAction::Save);
    assert_eq!(page.state.naming, None, "it has a name");
    assert_eq!(page.device.entry(&id).expect("kept").text, format!("{text}// more\n"));
    page.act(Action::Go("/mine".to_owned()));
    assert_eq!((page.state.page, page.state.bench.is_none()), (Place::Mine, true));
    page.act(Action::Go(format!("/mine/{id}")));
    assert_eq!(page.bench().text, format!("{text}// more\n"));
    assert_eq!(page.bench().mode, Mode::Edit);
}

#[test]
fn a_draft_of_a_kept_scenario_is_there_again() {
    let (mut page, id) = with_one();
    let text = format!("{}// later\n", page.bench().text);
    page.act(Action::Text(text.clone()));
    page.act(Action::Go("/mine".to_owned()));
    page.act(Action::Go(format!("/mine/{id}")));
    assert_eq!(page.bench().text, text);
    assert!(page.bench().is_edited());
    page.act(Action::ResetText);
    assert!(!page.bench().is_edited());
    assert!(!page.device.kept.contains_key(&format!("lockstep.draft.mine.{id}")));
}

#[test]
fn leaving_at_once_keeps_what_was_typed() {
    let (mut page, id) = with_one();
    let text = format!("{}// at once\n", page.bench().text);
    // The timer that saves never gets its turn.
    let typed = super::update(&mut page.state, Action::Text(text.clone()));
    assert!(!typed.is_empty());
    page.act(Action::Go(String::new()));
    assert_eq!(page.device.kept.get(&format!("lockstep.draft.mine.{id}")), Some(&text));
    assert_eq!(page.state.kept.draft(&format!("mine.{id}")), Some(text.as_str()));
}

#[test]
fn the_address_never_brings_an_older_text_back() {
    let (mut page, id) = with_one();
    let text = format!("{}// now\n", page.bench().text);
    // Neither the check nor the draft's timer has had its turn.
    let commands = super::update(&mut page.state, Action::Text(text.clone()));
    assert_eq!(page.state.fragment, format!("/mine/{id}"), "{commands:?}");
    page.act(Action::CheckNow);
    assert!(page.state.fragment.contains("text="));
    page.act(Action::Text(format!("{text}a mistake")));
    assert_eq!(page.state.fragment, format!("/mine/{id}"));
}

#[test]
fn another_page_is_never_overwritten_silently() {
    let (mut page, id) = with_one();
    let old = page.bench().text.clone();
    let theirs = Entry { text: "scenario \"theirs\"\n".to_owned(), ..entry(&page, &id) };
    let key = format!("lockstep.mine.{id}");
    page.device.kept.insert(key.clone(), theirs.spell());
    page.act(Action::Text(format!("{old}// ours\n")));
    shelf(&mut page, ShelfAction::Save);
    assert!(matches!(page.state.notice, Some(Notice::ShelfConflict(..))));
    assert_eq!(page.device.entry(&id), Some(theirs.clone()));

    shelf(&mut page, ShelfAction::KeepBoth);
    assert_eq!(page.state.notice, None);
    assert_eq!(page.device.entry(&id), Some(theirs), "theirs is as it was");
    let place = page.bench().place.clone().expect("ours is kept");
    assert_eq!(page.device.entry(&place.id).expect("ours").text, format!("{old}// ours\n"));
}

#[test]
fn in_a_conflict_one_can_keep_ones_own_or_take_the_other() {
    for keeps in [true, false] {
        let (mut page, id) = with_one();
        let ours = format!("{}// ours\n", page.bench().text);
        let theirs = Entry { text: "scenario \"theirs\"\n".to_owned(), ..entry(&page, &id) };
        page.device.kept.insert(format!("lockstep.mine.{id}"), theirs.spell());
        page.act(Action::Text(ours.clone()));
        shelf(&mut page, ShelfAction::Save);
        let answer = if keeps { ShelfAction::KeepMine } else { ShelfAction::TakeTheirs };
        shelf(&mut page, answer);
        let wanted = if keeps { ours } else { theirs.text };
        assert_eq!(page.device.entry(&id).expect("kept").text, wanted);
        assert_eq!(page.bench().text, wanted);
        assert!(!page.bench().is_edited());
    }
}

fn entry(page: &Page, id: &str) -> Entry {
    page.device.entry(id).expect("it is kept")
}

#[test]
fn a_browser_that_keeps_nothing_says_so_and_the_text_stays() {
    let mut page = Page::open("/new/race");
    page.device.refuses = true;
    let text = format!("{}// mine\n", page.bench().text);
    page.act(Action::Text(text.clone()));
    save_as(&mut page, "Mine");
    assert_eq!(page.state.notice, Some(Notice::ShelfRefused));
    assert_eq!(page.bench().text, text);
    shelf(&mut page, ShelfAction::Download);
    assert_eq!(page.device.downloads, [("race-on-a-variable.lockstep".to_owned(), text)]);
    let file = File { name: "a.lockstep".to_owned(), bytes: Ok(b"scenario \"a\"\n".to_vec()) };
    shelf(&mut page, ShelfAction::Files(vec![file]));
    assert_eq!(page.bench().text, "scenario \"a\"\n");
    assert_eq!(page.state.notice, Some(Notice::ShelfRefused));
}

#[test]
fn what_was_deleted_comes_back_with_its_draft() {
    let (mut page, id) = with_one();
    page.act(Action::Text("scenario \"half\"\n".to_owned()));
    page.act(Action::Go("/mine".to_owned()));
    let before = page.device.kept.clone();
    shelf(&mut page, ShelfAction::Delete(id));
    assert!(page.state.kept.entries.is_empty() && page.device.kept.is_empty());
    shelf(&mut page, ShelfAction::Undo);
    assert_eq!(page.device.kept, before);
    assert_eq!(names(&page), ["Mine"]);
    assert_eq!(page.state.gone, None);
}

#[test]
fn copies_and_new_names() {
    let (mut page, id) = with_one();
    page.act(Action::Go("/mine".to_owned()));
    shelf(&mut page, ShelfAction::Duplicate(id.clone()));
    shelf(&mut page, ShelfAction::Duplicate(id.clone()));
    let mut all = names(&page);
    all.sort_unstable();
    assert_eq!(all, ["Mine", "Mine 2", "Mine 3"]);
    shelf(&mut page, ShelfAction::Rename(id.clone()));
    shelf(&mut page, ShelfAction::NameTyped("  ".to_owned()));
    shelf(&mut page, ShelfAction::NameDone);
    assert!(page.state.naming.is_some(), "nothing is no name");
    shelf(&mut page, ShelfAction::NameTyped("Yours".to_owned()));
    shelf(&mut page, ShelfAction::NameDone);
    assert_eq!(entry(&page, &id).name, "Yours");
    assert_eq!(
        entry(&page, &id).text,
        templates::find("race").expect("there is one").text(Lang::En)
    );
}

#[test]
fn files_come_in_and_go_out() {
    let file = |name: &str, text: &str| File {
        name: name.to_owned(),
        bytes: Ok(text.as_bytes().to_vec()),
    };
    let (mut page, _) = with_one();
    page.act(Action::Go("/mine".to_owned()));
    shelf(&mut page, ShelfAction::DownloadAll);
    let all = page.device.downloads.pop().expect("a file").1;
    let files =
        vec![file("b.lockstep", "scenario \"b\"\n"), file("c.png", "\0"), file("d.json", &all)];
    shelf(&mut page, ShelfAction::Files(files));
    let Some(Notice::Taken(taken)) = &page.state.notice else { panic!("it is said") };
    assert_eq!((taken.new, taken.same, taken.refused.len()), (1, 1, 1));
    assert_eq!(page.state.kept.entries.len(), 2);
    assert!(page.state.bench.is_none());

    shelf(&mut page, ShelfAction::Files(vec![file("one.lockstep", "scenario \"one\"\n")]));
    assert_eq!(page.bench().place.as_ref().expect("kept").name, "one");
    let mut empty = Page::open("/mine");
    shelf(&mut empty, ShelfAction::Files(vec![file("all.json", &all)]));
    assert_eq!(empty.bench().place.as_ref().expect("kept").name, "Mine");
}

#[test]
fn a_lesson_is_copied_and_stays() {
    let mut page = Page::open("/lesson/race-on-a-balance");
    save_as(&mut page, "My race");
    assert_eq!(names(&page), ["My race"]);
    assert!(page.bench().course.lesson.is_some() && page.bench().place.is_none());
}

#[test]
fn a_kept_scenario_that_is_not_here_is_told_and_a_text_is_shown() {
    let page = Page::open("/mine/abc?v=1");
    assert_eq!(page.state.page, Place::Mine);
    assert!(page.state.notice.is_some() && page.state.bench.is_none());
    let (page, _) = with_one();
    let shared = super::share::for_others(&page.state).expect("it is open");
    assert_eq!(shared.lesson, course::OWN);
    let other = Page::open(&shared.fragment().expect("it is short"));
    assert_eq!(other.bench().text, page.bench().text);
    assert_eq!(parse("/mine/../x").0, Route::Home);
    assert_eq!(parse("/new/none").0, Route::New);
}
