//! The scenarios people keep on this device, with names.
//!
//! Each is kept for itself, so that two tabs get into each other's way only in the same one, and
//! then are asked. What is being written is a draft until it is saved; a draft is never lost by
//! leaving.

use super::{
    Command, State,
    address::Address,
    course, editing, files, share,
    state::{Notice, Remark},
    update,
};
use crate::i18n;

/// Before the names of drafts of kept scenarios, and of what is on the workbench.
pub const MINE: &str = "mine.";
/// Under which kept scenarios are kept.
pub const KEY: &str = "lockstep.mine.";

/// A kept scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it is called in addresses.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// When it was saved, in milliseconds since 1970.
    pub changed: u64,
    /// Its text.
    pub text: String,
}

impl Entry {
    /// As it is kept.
    #[must_use]
    pub fn spell(&self) -> String {
        format!("{}\n{}\n{}", self.changed, self.name, self.text)
    }

    /// Reads what [`Entry::spell`] wrote.
    #[must_use]
    pub fn read(id: &str, kept: &str) -> Option<Entry> {
        let (changed, rest) = kept.split_once('\n')?;
        let (name, text) = rest.split_once('\n')?;
        let changed = changed.parse().ok()?;
        let [id, name, text] = [id, name, text].map(str::to_owned);
        Some(Entry { id, name, changed, text })
    }
}

/// Whether an id can be one of ours.
#[must_use]
pub fn is_id(id: &str) -> bool {
    (1..=24).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// What the scenario on the workbench is kept as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// Something to keep. What is nothing stays as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shelve {
    /// As which one; nothing for a new one.
    pub id: Option<String>,
    /// Its new name.
    pub name: Option<String>,
    /// Its new text.
    pub text: Option<String>,
    /// The text that we think is kept.
    pub expect: Option<String>,
    /// When it was saved; nothing for now.
    pub changed: Option<u64>,
    /// Why it is kept.
    pub why: Why,
}

impl Shelve {
    /// What is to be kept, given what is there.
    ///
    /// # Errors
    /// What is there, when it is not the text that we think is there.
    pub fn entry(&self, id: String, there: Option<Entry>, now: u64) -> Result<Entry, Entry> {
        if let (Some(theirs), Some(expect)) = (&there, &self.expect)
            && theirs.text != *expect
            && Some(&theirs.text) != self.text.as_ref()
        {
            return Err(theirs.clone());
        }
        let (name, text) = there.map_or((None, None), |there| (Some(there.name), Some(there.text)));
        Ok(Entry {
            id,
            name: self.name.clone().or(name).unwrap_or_default(),
            changed: self.changed.unwrap_or(now),
            text: self.text.clone().or(text).unwrap_or_default(),
        })
    }
}

/// Why something is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is what is on the workbench, which from now on is this one.
    Save,
    /// A copy of a lesson's text; the lesson stays on the workbench.
    Copy,
    /// It came from a file; nothing more is to come, so it is opened.
    Open,
    /// It only has to be there.
    Keep,
}

/// What became of keeping something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It is kept.
    Done(Entry),
    /// Another page has kept another text meanwhile: ours, and theirs.
    Conflict(Shelve, Entry),
    /// The browser refuses.
    Refused(Shelve),
}

/// A name is being asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Naming {
    /// The one to be renamed; nothing for the text on the workbench.
    pub id: Option<String>,
    /// The name so far.
    pub name: String,
}

/// A scenario that was taken away, as long as it can come back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gone {
    /// The scenario; a draft without a name has none.
    pub entry: Option<Entry>,
    /// Under which name its draft was kept.
    pub draft_id: String,
    /// Its draft.
    pub draft: Option<String>,
}

/// A file that somebody chose or dropped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: String,
    /// What is in it.
    pub bytes: Result<Vec<u8>, files::Trouble>,
}

/// What came of taking files in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// So many are new.
    pub new: usize,
    /// So many were there.
    pub same: usize,
    /// Files that were not taken.
    pub refused: Vec<(String, files::Trouble)>,
}

/// Something happened on the shelf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShelfAction {
    /// Save the text on the workbench.
    Save,
    /// Save it under another name.
    SaveAs,
    /// Rename one.
    Rename(String),
    /// The name so far.
    NameTyped(String),
    /// The name is right.
    NameDone,
    /// Never mind.
    NameCancel,
    /// A copy of one.
    Duplicate(String),
    /// Take one away, by its id, with its draft.
    Delete(String),
    /// Take a draft away, by its id.
    DeleteDraft(String),
    /// What was taken away.
    Gone(Gone),
    /// Bring it back.
    Undo,
    /// Download the text on the workbench.
    Download,
    /// Download one, by its id.
    DownloadOne(String),
    /// Download all.
    DownloadAll,
    /// Files were chosen or dropped.
    Files(Vec<File>),
    /// Something was kept, or not.
    Kept(Kept, Why),
    /// Another page has changed what is kept: all of it.
    Changed(Box<super::state::Kept>),
    /// Keep ours in the place of theirs.
    KeepMine,
    /// Keep ours as another one.
    KeepBoth,
    /// Take theirs.
    TakeTheirs,
}

pub(super) fn act(state: &mut State, action: ShelfAction) -> Vec<Command> {
    match action {
        ShelfAction::Save => match state.bench.as_ref().and_then(|bench| bench.place.clone()) {
            Some(place) => vec![Command::Shelve(of_bench(state, Some(place.id), None))],
            None => ask_name(state, None),
        },
        ShelfAction::SaveAs => ask_name(state, None),
        ShelfAction::Rename(id) => ask_name(state, Some(id)),
        ShelfAction::NameTyped(name) => {
            if let Some(naming) = &mut state.naming {
                naming.name = name;
            }
            Vec::new()
        }
        ShelfAction::NameDone => named(state),
        ShelfAction::NameCancel => {
            state.naming = None;
            vec![Command::Focus(if state.bench.is_some() { "editor-text" } else { "main" })]
        }
        ShelfAction::Duplicate(id) => {
            let Some(entry) = state.kept.entry(&id).cloned() else { return Vec::new() };
            let name = free_name(state, &entry.name);
            let text = state.kept.draft(&draft_id(&id)).map_or(entry.text, str::to_owned);
            vec![Command::Shelve(new(name, text, Why::Keep))]
        }
        ShelfAction::Delete(id) => {
            vec![Command::Unshelve { draft_id: draft_id(&id), id: Some(id) }]
        }
        ShelfAction::DeleteDraft(draft_id) => vec![Command::Unshelve { id: None, draft_id }],
        ShelfAction::Gone(gone) => taken_away(state, gone),
        ShelfAction::Undo => bring_back(state),
        ShelfAction::Download => {
            let Some(bench) = &state.bench else { return Vec::new() };
            let name = bench.place.as_ref().map(|place| place.name.clone());
            let name = name.or_else(|| files::title(&bench.text)).unwrap_or_default();
            vec![Command::Download(files::file_name(&name), bench.text.clone())]
        }
        ShelfAction::DownloadOne(id) => {
            let Some(entry) = state.kept.entry(&id) else { return Vec::new() };
            let text = state.kept.draft(&draft_id(&id)).unwrap_or(&entry.text).to_owned();
            vec![Command::Download(files::file_name(&entry.name), text)]
        }
        ShelfAction::DownloadAll => {
            let name = "lockstep-scenarios.json".to_owned();
            vec![Command::Download(name, files::all(&with_drafts(state)))]
        }
        ShelfAction::Files(files) => take_in(state, files),
        ShelfAction::Kept(kept, why) => kept_or_not(state, kept, why),
        ShelfAction::Changed(kept) => {
            state.kept = *kept;
            if let Some(place) = state.bench.as_mut().and_then(|bench| bench.place.as_mut())
                && let Some(entry) = state.kept.entries.iter().find(|entry| entry.id == place.id)
            {
                place.name.clone_from(&entry.name);
            }
            Vec::new()
        }
        ShelfAction::KeepMine => conflict(state, |mut ours, theirs| {
            ours.expect = Some(theirs.text);
            ours
        }),
        ShelfAction::KeepBoth => {
            let name = match &state.notice {
                Some(Notice::ShelfConflict(_, theirs)) => free_name(state, &theirs.name),
                _ => return Vec::new(),
            };
            conflict(state, |ours, _| Shelve { id: None, name: Some(name), expect: None, ..ours })
        }
        ShelfAction::TakeTheirs => {
            let Some(Notice::ShelfConflict(_, theirs)) = state.notice.take() else {
                return Vec::new();
            };
            let Some(bench) = &mut state.bench else { return Vec::new() };
            bench.base.clone_from(&theirs.text);
            editing::replace_text(bench, theirs.text)
        }
    }
}

/// Under which name the draft of a kept scenario is kept.
#[must_use]
pub fn draft_id(id: &str) -> String {
    format!("{MINE}{id}")
}

/// What the text on the workbench is kept as.
fn of_bench(state: &State, id: Option<String>, name: Option<String>) -> Shelve {
    let bench = state.bench.as_ref();
    let is_lesson = bench.is_some_and(|bench| bench.course.lesson.is_some());
    Shelve {
        expect: bench.filter(|_| id.is_some()).map(|bench| bench.base.clone()),
        id,
        name,
        text: bench.map(|bench| bench.text.clone()),
        changed: None,
        why: if is_lesson { Why::Copy } else { Why::Save },
    }
}

/// A text that only has to be there from now on.
pub(super) fn copy(name: String, text: String) -> Shelve {
    new(name, text, Why::Keep)
}

fn new(name: String, text: String, why: Why) -> Shelve {
    Shelve { id: None, name: Some(name), text: Some(text), expect: None, changed: None, why }
}

/// Asks for a name: a new one for one that is kept, or one for the text on the workbench.
fn ask_name(state: &mut State, id: Option<String>) -> Vec<Command> {
    let name = match (&id, &state.bench) {
        (Some(id), _) => state.kept.entry(id).map(|entry| entry.name.clone()).unwrap_or_default(),
        (None, Some(bench)) => {
            let now = bench.place.as_ref().map(|place| place.name.clone());
            let name = now.or_else(|| files::title(&bench.text)).unwrap_or_default();
            free_name(state, &files::tidy(&name))
        }
        (None, None) => return Vec::new(),
    };
    state.naming = Some(Naming { id, name });
    vec![Command::Focus("name-field")]
}

fn named(state: &mut State) -> Vec<Command> {
    let Some(naming) = state.naming.take() else { return Vec::new() };
    let name = files::tidy(&naming.name);
    if name.is_empty() {
        state.naming = Some(naming);
        return vec![Command::Focus("name-field")];
    }
    match naming.id {
        Some(id) => {
            let changed = state.kept.entry(&id).map(|entry| entry.changed);
            let name = Some(name);
            let why = Why::Keep;
            let shelve = Shelve { id: Some(id), name, text: None, expect: None, changed, why };
            vec![Command::Shelve(shelve), Command::Focus("main")]
        }
        None => {
            let shelve = of_bench(state, None, Some(name));
            vec![Command::Shelve(shelve), Command::Focus("editor-text")]
        }
    }
}

/// The name, or the name with a number behind it, that none has yet.
fn free_name(state: &State, name: &str) -> String {
    let is_free = |name: &str| !state.kept.entries.iter().any(|entry| entry.name == name);
    if is_free(name) {
        return name.to_owned();
    }
    // "Race 2" makes "Race 3", not "Race 2 2".
    let stem = name.rsplit_once(' ').filter(|(_, number)| number.parse::<u32>().is_ok());
    let stem = stem.map_or(name, |(stem, _)| stem);
    (2..).map(|number| format!("{stem} {number}")).find(|name| is_free(name)).unwrap_or_default()
}

/// All that is kept, each with what was last written.
fn with_drafts(state: &State) -> Vec<Entry> {
    let mut entries = state.kept.entries.clone();
    for entry in &mut entries {
        if let Some(draft) = state.kept.draft(&draft_id(&entry.id)) {
            entry.text = draft.to_owned();
        }
    }
    entries
}

fn taken_away(state: &mut State, gone: Gone) -> Vec<Command> {
    if let Some(entry) = &gone.entry {
        state.kept.entries.retain(|kept| kept.id != entry.id);
    }
    state.kept.set_draft(&gone.draft_id, None);
    let texts = i18n::writing(state.lang);
    state.spoken = match &gone.entry {
        Some(entry) => (texts.deleted)(&entry.name),
        None => texts.draft_deleted.to_owned(),
    };
    state.gone = Some(gone);
    vec![Command::Focus("undo-delete")]
}

fn bring_back(state: &mut State) -> Vec<Command> {
    let Some(gone) = state.gone.take() else { return Vec::new() };
    let mut commands = Vec::new();
    if let Some(draft) = &gone.draft {
        commands.push(Command::Save(editing::draft_key(&gone.draft_id), draft.clone()));
        state.kept.set_draft(&gone.draft_id, gone.draft.clone());
    }
    if let Some(entry) = gone.entry {
        commands.push(Command::Shelve(Shelve {
            id: Some(entry.id),
            name: Some(entry.name),
            text: Some(entry.text),
            expect: None,
            changed: Some(entry.changed),
            why: Why::Keep,
        }));
    }
    commands.push(Command::Focus("main"));
    commands
}

fn conflict(state: &mut State, answer: impl FnOnce(Shelve, Entry) -> Shelve) -> Vec<Command> {
    match state.notice.take() {
        Some(Notice::ShelfConflict(ours, theirs)) => {
            vec![Command::Shelve(answer(*ours, *theirs))]
        }
        other => {
            state.notice = other;
            Vec::new()
        }
    }
}

/// Files become kept scenarios. A single new one is opened, and one that is there is not doubled.
fn take_in(state: &mut State, files: Vec<File>) -> Vec<Command> {
    let mut taken = Taken::default();
    let mut found = Vec::new();
    for file in files {
        match file.bytes.and_then(|bytes| files::read(&file.name, &bytes)) {
            Ok(scenarios) => found.extend(scenarios),
            Err(trouble) => taken.refused.push((file.name, trouble)),
        }
    }
    let is_one = found.len() == 1 && taken.refused.is_empty();
    if let (true, Some(moment)) = (is_one, found.first_mut().and_then(|one| one.moment.take())) {
        return share::open_file(state, *moment);
    }
    let mut commands = Vec::new();
    for scenario in found {
        let there = state.kept.entries.iter().find(|entry| entry.text == scenario.text);
        if let Some(entry) = there {
            taken.same += 1;
            if is_one {
                commands.push(Command::Open(format!("/mine/{}", entry.id)));
            }
            continue;
        }
        taken.new += 1;
        let name = free_name(state, &scenario.name);
        let name = if name.is_empty() { free_name(state, "?") } else { name };
        let why = if is_one { Why::Open } else { Why::Keep };
        commands.push(Command::Shelve(new(name, scenario.text, why)));
    }
    if !is_one {
        state.notice = Some(Notice::Taken(taken));
    }
    commands
}

fn kept_or_not(state: &mut State, kept: Kept, why: Why) -> Vec<Command> {
    match kept {
        Kept::Done(entry) => done(state, entry, why),
        Kept::Conflict(ours, theirs) => {
            state.notice = Some(Notice::ShelfConflict(Box::new(ours), Box::new(theirs)));
            Vec::new()
        }
        Kept::Refused(ours) => {
            state.notice = Some(Notice::ShelfRefused);
            match ours.text {
                // It is in no other place: shown, so that it can be saved as a file.
                Some(text) if why == Why::Open => {
                    let address = Address {
                        lesson: course::OWN.to_owned(),
                        text: Some(text),
                        ..Address::default()
                    };
                    let mut commands = vec![Command::PushAddress("/own".to_owned())];
                    commands.extend(update::open_bench(state, address));
                    state.notice = Some(Notice::ShelfRefused);
                    commands
                }
                _ => Vec::new(),
            }
        }
    }
}

fn done(state: &mut State, entry: Entry, why: Why) -> Vec<Command> {
    state.kept.entries.retain(|kept| kept.id != entry.id);
    state.kept.entries.insert(0, entry.clone());
    sim_core::base::order::sort_by_key(&mut state.kept.entries, |entry| {
        std::cmp::Reverse(entry.changed)
    });
    if matches!(state.notice, Some(Notice::ShelfRefused)) {
        state.notice = None;
    }
    let mut commands = Vec::new();
    match why {
        Why::Open => commands.push(Command::Open(format!("/mine/{}", entry.id))),
        Why::Keep => {
            if let Some(place) = state.bench.as_mut().and_then(|bench| bench.place.as_mut())
                && place.id == entry.id
            {
                place.name.clone_from(&entry.name);
            }
        }
        Why::Copy => commands.extend(update::remark(state, Remark::CopySaved)),
        Why::Save => {
            let Some(bench) = &mut state.bench else { return commands };
            let draft = bench.draft_id();
            commands.push(Command::Forget(editing::draft_key(&draft)));
            state.kept.set_draft(&draft, None);
            bench.place = Some(Place { id: entry.id, name: entry.name });
            bench.course = course::own(state.lang);
            bench.base = entry.text;
            bench.stored = None;
            editing::settled(bench);
            commands.extend(update::remark(state, Remark::Saved));
            commands.extend(update::readdress(state));
        }
    }
    if why != Why::Open {
        let texts = i18n::writing(state.lang);
        state.spoken = texts.saved.to_owned();
    }
    commands
}
