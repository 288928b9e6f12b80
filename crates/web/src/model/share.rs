//! Sharing a moment: as a link, as a frame for another page, as a code for phones, as a file.

use super::{
    Command, Stage, State,
    address::{Address, FRAGMENT_BYTES},
    course, files, links,
    moments::pause,
    state::Notice,
    update::bench_title,
};
use crate::{
    i18n,
    protocol::{Ask, Code, Request},
};

/// Up to so many bytes every chat and every mail program takes a link as it is.
pub const EVERYWHERE: usize = 2_000;
/// Up to so many bytes a phone reads a code across a room.
pub const ACROSS_A_ROOM: usize = 300;

/// A moment that is being shared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// The scenario from its start, without the moment.
    pub from_start: bool,
    /// How it is to be shown.
    pub stage: Stage,
    /// In the language of now, whatever its reader prefers.
    pub fixes_lang: bool,
    /// With the fingerprint of the run.
    pub proves: bool,
    /// The code fills the screen.
    pub fills: bool,
    /// It did so from the beginning, so nothing lies under it.
    alone: bool,
    /// The ticket of the code asked for, and the link that it is of.
    ticket: u32,
    drawn: Option<String>,
    /// The code; nothing while it is being drawn, or if the link is too long for one.
    pub code: Option<Option<Code>>,
}

/// Something about sharing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShareAction {
    /// Show what can be shared.
    Open,
    /// Fill the screen with the code, or no longer.
    Fill,
    /// Enough.
    Close,
    /// The moment, or the scenario from its start.
    FromStart(bool),
    /// How it is to be shown.
    Stage(Stage),
    /// In the language of now, or in its reader's.
    FixLang(bool),
    /// With the fingerprint, or without.
    Prove(bool),
    /// Copy the link, or the frame.
    Copy,
    /// Copied, or not.
    Copied(bool),
    /// Save the moment as a file.
    Save,
}

pub(super) fn act(state: &mut State, action: ShareAction) -> Vec<Command> {
    if state.bench.is_none() {
        return Vec::new();
    }
    match action {
        ShareAction::Open => open(state, false),
        ShareAction::Fill => match &mut state.share {
            None => open(state, true),
            Some(share) if share.fills && share.alone => close(state),
            Some(share) => {
                share.fills = !share.fills;
                vec![Command::Focus(if share.fills { "code-close" } else { "share-fill" })]
            }
        },
        ShareAction::Close => match &mut state.share {
            Some(share) if share.fills && !share.alone => {
                share.fills = false;
                vec![Command::Focus("share-fill")]
            }
            _ => close(state),
        },
        ShareAction::FromStart(yes) => change(state, |share| share.from_start = yes),
        ShareAction::Stage(stage) => change(state, |share| share.stage = stage),
        ShareAction::FixLang(yes) => change(state, |share| share.fixes_lang = yes),
        ShareAction::Prove(yes) => change(state, |share| share.proves = yes),
        ShareAction::Copy => {
            shared(state).map(|shared| Command::CopyShare(shared.text())).into_iter().collect()
        }
        ShareAction::Copied(true) => {
            let embeds = state.share.as_ref().is_some_and(|share| share.stage == Stage::Embed);
            let words = i18n::links(state.lang);
            state.spoken = if embeds { words.frame_copied } else { words.copied }.to_owned();
            super::update::remark(state, super::state::Remark::LinkCopied)
        }
        ShareAction::Copied(false) => {
            state.spoken = i18n::links(state.lang).copy_by_hand.to_owned();
            state.notice = Some(Notice::NoClipboard);
            vec![Command::Focus("share-text")]
        }
        ShareAction::Save => save(state),
    }
}

fn open(state: &mut State, fills: bool) -> Vec<Command> {
    let Some(bench) = &mut state.bench else { return Vec::new() };
    // The link is of a moment that stays.
    let mut commands = pause(bench);
    state.share = Some(Share {
        from_start: false,
        stage: Stage::Workbench,
        fixes_lang: false,
        // In a room the shorter link makes the code that is easier to read.
        proves: !fills,
        fills,
        alone: fills,
        ticket: 0,
        drawn: None,
        code: None,
    });
    if matches!(state.notice, Some(Notice::NoClipboard)) {
        state.notice = None;
    }
    commands.push(Command::Focus(if fills { "code-close" } else { "share-copy" }));
    commands
}

fn close(state: &mut State) -> Vec<Command> {
    let Some(share) = state.share.take() else { return Vec::new() };
    if matches!(state.notice, Some(Notice::NoClipboard)) {
        state.notice = None;
    }
    vec![Command::Focus(if share.alone { "main" } else { "share-open" })]
}

fn change(state: &mut State, change: impl FnOnce(&mut Share)) -> Vec<Command> {
    if let Some(share) = &mut state.share {
        change(share);
    }
    Vec::new()
}

/// Asks for the code of the link, whenever that is another one: by a choice, or because the moment
/// came only now.
pub(super) fn follow(state: &mut State) -> Vec<Command> {
    if state.share.is_none() {
        return Vec::new();
    }
    let link = shared(state).filter(Shared::fits).map(|shared| shared.link);
    let ticket = state.tickets + 1;
    let Some(share) = &mut state.share else { return Vec::new() };
    let link = link.filter(|_| share.stage != Stage::Embed);
    if link.is_some() && link == share.drawn {
        return Vec::new();
    }
    share.drawn.clone_from(&link);
    let Some(link) = link else {
        share.code = Some(None);
        return Vec::new();
    };
    (share.ticket, share.code) = (ticket, None);
    state.tickets = ticket;
    vec![Command::Step(Ask { ticket, request: Request::Code(link) })]
}

/// The code was drawn; nothing if the link is too long for one.
pub(super) fn coded(state: &mut State, ticket: u32, code: Option<Code>) {
    if let Some(share) = state.share.as_mut().filter(|share| share.ticket == ticket) {
        share.code = Some(code);
    }
}

/// What is shared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shared {
    /// The whole link.
    pub link: String,
    /// What another page needs to show it, where that is asked for.
    pub frame: Option<String>,
    /// How many bytes its fragment has; links may have [`FRAGMENT_BYTES`].
    pub bytes: usize,
}

impl Shared {
    /// Whether it may be a link at all.
    #[must_use]
    pub fn fits(&self) -> bool {
        self.bytes <= FRAGMENT_BYTES
    }

    /// What is copied.
    #[must_use]
    pub fn text(self) -> String {
        self.frame.unwrap_or(self.link)
    }
}

/// What is shared now; nothing if there are too many steps to write them down.
#[must_use]
pub fn shared(state: &State) -> Option<Shared> {
    let (bench, share) = (state.bench.as_ref()?, state.share.as_ref()?);
    let fragment = address(state, share)?.spelled()?;
    let embeds = share.stage == Stage::Embed;
    let query = if embeds { "?embed" } else { "" };
    let link = [&state.site, query, "#", &fragment].concat();
    let frame = embeds.then(|| {
        let title = escaped(&bench_title(bench, state.lang));
        let link = escaped(&link);
        [
            "<iframe src=\"",
            &link,
            "\" title=\"Lockstep: ",
            &title,
            "\" width=\"100%\" height=\"620\" loading=\"lazy\"></iframe>",
        ]
        .concat()
    });
    Some(Shared { link, frame, bytes: fragment.len() })
}

/// The moment on the workbench for somebody else. What is kept here, or differs with the language,
/// travels with its text.
#[must_use]
pub fn for_others(state: &State) -> Option<Address> {
    let bench = state.bench.as_ref()?;
    let address = links::address(state)?;
    if bench.course.lesson.is_some() {
        return Some(address);
    }
    let text = Some(bench.run_text.clone());
    Some(Address { lesson: course::OWN.to_owned(), text, ..address })
}

fn address(state: &State, share: &Share) -> Option<Address> {
    let mut address = for_others(state)?;
    if share.from_start {
        let Address { lesson, settings, seed, text, mode, .. } = address;
        address = Address { lesson, settings, seed, text, mode, ..Address::default() };
    }
    // At the start there is no run yet.
    let has_moment = share.proves && !share.from_start && address.position > 0;
    let frame = state.bench.as_ref()?.frame.as_ref().filter(|_| has_moment);
    address.fingerprint = frame.map(|frame| frame.fingerprint.clone());
    address.lang = share.fixes_lang.then(|| state.lang.tag().to_owned());
    address.mode = match share.stage {
        Stage::Workbench => {
            address.mode.filter(|mode| !["present", "embed"].contains(&mode.as_str()))
        }
        Stage::Presenter => Some("present".to_owned()),
        Stage::Embed => None,
    };
    Some(address)
}

fn save(state: &mut State) -> Vec<Command> {
    let (Some(bench), Some(share)) = (&state.bench, &state.share) else { return Vec::new() };
    let name = bench_title(bench, state.lang);
    let file = address(state, share).and_then(|address| address.file(&bench.run_text));
    // Of too many steps the text remains.
    let text = file.unwrap_or_else(|| bench.run_text.clone());
    vec![Command::Download(files::file_name(&name), text)]
}

/// A moment that came as a file, with its text.
pub(super) fn open_file(state: &mut State, mut address: Address) -> Vec<Command> {
    if super::lesson::listed(&address.lesson).is_none() {
        address.lesson = course::OWN.to_owned();
    }
    let mut commands = vec![Command::PushAddress(address.path())];
    commands.extend(super::update::open_bench(state, address));
    commands
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}
