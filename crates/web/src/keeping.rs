//! What outlives the page: read at its start, written as the model asks.

use sim_core::say::Lang;

use crate::{
    browser::{files::Read, location, media, storage, timers},
    model::{
        Action, Stage, State, Theme,
        editing::draft_key,
        files::Trouble,
        kept,
        shelf::{self, Entry, File, Gone, Kept, ShelfAction, Shelve, Why},
        state,
    },
};

const DRAFTS: &str = "lockstep.draft.";
/// Before the names of all that is ours.
pub(crate) const OURS: &str = "lockstep.";

/// The state at the start, with what this device has kept.
pub(crate) fn state() -> State {
    let (lang, theme) = preferences();
    let mut state = State { lang, theme, kept: kept(), site: location::site(), ..State::default() };
    state.stage = match (location::asked_for("embed"), location::asked_for("present")) {
        (Some(_), _) => Stage::Embed,
        (None, Some(_)) => Stage::Presenter,
        _ => Stage::Workbench,
    };
    state.lecture.asked_at = Some(0);
    state.quiet_keys = quiet_keys();
    state
}

/// Keys of one sign are turned off.
pub(crate) fn quiet_keys() -> bool {
    storage::load("lockstep.keys").as_deref() == Some("off")
}

/// Language and theme, as chosen, or as the browser says.
pub(crate) fn preferences() -> (Lang, Theme) {
    let wanted = storage::load("lockstep.lang").into_iter().chain(media::languages());
    let lang = wanted.filter_map(|tag| Lang::parse(&tag)).next().unwrap_or_default();
    let theme = match storage::load("lockstep.theme").as_deref() {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::System,
    };
    (lang, theme)
}

/// Keeps a text. Of progress, what another page has added meanwhile stays.
pub(crate) fn save(key: &str, text: &str) {
    if kept::is_progress(key) {
        storage::save(key, &kept::together(text, &load(key)));
    } else {
        storage::save(key, text);
    }
}

fn load(key: &str) -> String {
    storage::load(key).unwrap_or_default()
}

/// What this device has kept.
pub(crate) fn kept() -> state::Kept {
    let (entries, drafts) = scenarios();
    state::Kept {
        done: kept::read_lines(&load(kept::DONE)),
        walked: kept::read_lines(&load(kept::WALKED)),
        answers: kept::read_answers(&load(kept::ANSWERS)),
        drafts,
        entries,
    }
}

/// Kept scenarios, the newest first, and drafts.
pub(crate) fn scenarios() -> (Vec<Entry>, Vec<(String, String)>) {
    let mut entries: Vec<Entry> = storage::all(shelf::KEY)
        .iter()
        .filter_map(|(key, kept)| Entry::read(key.strip_prefix(shelf::KEY)?, kept))
        .filter(|entry| shelf::is_id(&entry.id))
        .collect();
    sim_core::base::order::sort_by_key(&mut entries, |entry| std::cmp::Reverse(entry.changed));
    let drafts = storage::all(DRAFTS);
    let named = |(key, text): (String, String)| Some((key.strip_prefix(DRAFTS)?.to_owned(), text));
    (entries, drafts.into_iter().filter_map(named).collect())
}

/// Keeps a draft, unless somebody else changed what is kept meanwhile.
pub(crate) fn save_draft(
    key: &str,
    text: Option<String>,
    expect: Option<String>,
    anyway: bool,
) -> Action {
    match changed_by_others(key, &text, &expect).filter(|_| !anyway) {
        Some(theirs) => Action::Conflict(theirs),
        None => Action::Saved(put(key, text)),
    }
}

/// Keeps a draft when nobody is there any more to be asked.
pub(crate) fn leave_draft(key: &str, text: Option<String>, expect: Option<String>, name: String) {
    if changed_by_others(key, &text, &expect).is_none() {
        put(key, text);
    } else if let Some(text) = text {
        let why = Why::Keep;
        let copy = Shelve {
            id: None,
            name: Some(name),
            text: Some(text),
            expect: None,
            changed: None,
            why,
        };
        shelve(copy);
    }
}

fn changed_by_others(key: &str, text: &Option<String>, expect: &Option<String>) -> Option<String> {
    storage::load(key).filter(|now| Some(now) != expect.as_ref() && Some(now) != text.as_ref())
}

fn put(key: &str, text: Option<String>) -> bool {
    match text {
        Some(text) => storage::save(key, &text),
        None => {
            storage::remove(key);
            true
        }
    }
}

/// Keeps a scenario, unless another page has changed it meanwhile.
pub(crate) fn shelve(ours: Shelve) -> Action {
    let why = ours.why;
    Action::Shelf(ShelfAction::Kept(try_to_shelve(ours), why))
}

fn try_to_shelve(ours: Shelve) -> Kept {
    let now = timers::wall_clock_milliseconds();
    let id = ours.id.clone().unwrap_or_else(|| new_id(now));
    let key = format!("{}{id}", shelf::KEY);
    let there = storage::load(&key).and_then(|kept| Entry::read(&id, &kept));
    match ours.entry(id, there, now) {
        Ok(entry) if storage::save(&key, &entry.spell()) => Kept::Done(entry),
        Ok(_) => Kept::Refused(ours),
        Err(theirs) => Kept::Conflict(ours, theirs),
    }
}

/// A name in addresses that none has yet: the time, or a little later.
fn new_id(now: u64) -> String {
    let spelled = |mut number: u64| {
        let mut digits = Vec::new();
        while number > 0 {
            digits.push(b"0123456789abcdefghijklmnopqrstuvwxyz"[(number % 36) as usize] as char);
            number /= 36;
        }
        digits.into_iter().rev().collect::<String>()
    };
    let is_free = |id: &String| storage::load(&format!("{}{id}", shelf::KEY)).is_none();
    (now..).map(spelled).find(is_free).unwrap_or_default()
}

/// Takes a scenario and its draft away, or a draft alone.
pub(crate) fn unshelve(id: Option<String>, draft_id: String) -> Action {
    let draft_key = draft_key(&draft_id);
    let draft = storage::load(&draft_key);
    let entry = id.and_then(|id| {
        let key = format!("{}{id}", shelf::KEY);
        let entry = storage::load(&key).and_then(|kept| Entry::read(&id, &kept));
        storage::remove(&key);
        entry
    });
    storage::remove(&draft_key);
    Action::Shelf(ShelfAction::Gone(Gone { entry, draft_id, draft }))
}

/// Files as the model knows them.
pub(crate) fn files(read: Vec<(String, Read)>) -> Action {
    let files = read.into_iter().map(|(name, read)| {
        let bytes = match read {
            Read::Bytes(bytes) => Ok(bytes),
            Read::TooLarge => Err(Trouble::TooLarge),
            Read::Failed => Err(Trouble::Unreadable),
        };
        File { name, bytes }
    });
    Action::Shelf(ShelfAction::Files(files.collect()))
}
