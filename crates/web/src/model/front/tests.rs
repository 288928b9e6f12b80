//! What the first pages do: how words come, progress, and what is asked of the browser.

use super::*;

fn came(front: &mut Front, id: &'static str, came: Result<String, String>) {
    act(front, &mut Kept::default(), Lang::En, FrontAction::Came(id, came));
}

#[test]
fn a_page_of_words_is_fetched_once() {
    let mut front = Front::default();
    assert_eq!(front.open(Place::Home, Lang::En), [Effect::Title("Lockstep".to_owned())]);
    let effects = front.open(Place::Glossary(None), Lang::Es);
    assert_eq!(
        effects,
        [
            Effect::Title("Glosario · Lockstep".to_owned()),
            Effect::Focus("main"),
            Effect::Fetch("glossary"),
        ]
    );
    came(&mut front, "glossary", lessons::packed_page("glossary").ok_or_else(String::new));
    assert!(front.page().is_some());
    let again = front.open(Place::Glossary(Some("idempotent".to_owned())), Lang::Es);
    assert!(!again.contains(&Effect::Fetch("glossary")));
}

#[test]
fn a_page_that_does_not_come_says_why_and_can_be_asked_for_again() {
    let mut front = Front::default();
    front.open(Place::Glossary(None), Lang::En);
    came(&mut front, "glossary", Err("404".to_owned()));
    assert_eq!(front.trouble.as_deref(), Some("404"));
    let again = act(&mut front, &mut Kept::default(), Lang::En, FrontAction::Again);
    assert_eq!((again, &front.trouble), (vec![Effect::Fetch("glossary")], &None));
    came(&mut front, "glossary", Ok("<!DOCTYPE html>".to_owned()));
    assert_eq!(front.trouble.as_deref(), Some(""));
    // Another page's words, late.
    front.open(Place::Home, Lang::En);
    came(&mut front, "glossary", Err("404".to_owned()));
    assert_eq!(front.trouble, None);
}

#[test]
fn progress_goes_out_and_comes_in() {
    let (mut front, mut kept) = (Front::default(), Kept::default());
    kept.done.insert("race-on-a-balance/break-it".to_owned());
    let out = act(&mut front, &mut kept, Lang::En, FrontAction::Export);
    let [Effect::Download(name, text)] = &out[..] else { panic!("{out:?}") };
    assert_eq!(*name, "lockstep-progress.txt");
    let mut other = Kept::default();
    let import = FrontAction::Import(Ok(text.clone().into_bytes()));
    let effects = act(&mut front, &mut other, Lang::En, import.clone());
    assert!(effects.contains(&Effect::Save("lockstep.done", "race-on-a-balance/break-it".into())));
    assert_eq!(other.done, kept.done);
    let again = act(&mut front, &mut other, Lang::En, import);
    assert!(!again.iter().any(|effect| matches!(effect, Effect::Save(..))));
    let bad = FrontAction::Import(Ok(b"lockstep progress 1\nhello\n".to_vec()));
    let effects = act(&mut front, &mut other, Lang::Es, bad);
    let [Effect::Say(said)] = &effects[..] else { panic!("{effects:?}") };
    assert!(said.contains("línea 2"), "{said}");
    assert_eq!(other.done, kept.done);
}

#[test]
fn what_happens_in_the_race_is_said() {
    let (mut front, mut kept) = (Front::default(), Kept::default());
    let mut said = String::new();
    for client in [1, 2, 1, 2] {
        let effects = act(&mut front, &mut kept, Lang::En, FrontAction::Step(client));
        let [Effect::Say(words)] = &effects[..] else { panic!("{effects:?}") };
        said.clone_from(words);
    }
    assert!(said.contains("paid 160") && said.contains("The lesson counts them"), "{said}");
    let effects = act(&mut front, &mut kept, Lang::En, FrontAction::Restart);
    assert!(effects.contains(&Effect::Focus("race-1")));
}
