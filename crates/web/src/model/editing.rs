//! The text: typing, checking, drafts, and the lesson around it.

use super::{
    Action, Bench, Command, Mode, State, Timer,
    marks::utf16,
    rhythm, shelf,
    state::{Draft, Notice},
    typing::Edit,
    update::{bench_title, open, write_address},
    writing,
};
use crate::protocol::{Ask, Opening, Request};

/// Milliseconds after the last key until the text is checked.
const CHECK_PAUSE: u32 = 250;
/// Milliseconds after the last key until the draft is kept.
const SAVE_PAUSE: u32 = 600;

pub(super) fn update(state: &mut State, action: Action) -> Vec<Command> {
    let Some(bench) = &mut state.bench else { return Vec::new() };
    match action {
        Action::Answer(at) => rhythm::answered(state, at),
        Action::Hint => {
            bench.hints += 1;
            Vec::new()
        }
        Action::Mode(mode) => {
            bench.mode = mode;
            // Where somebody wrote last, else at the first line: a text area that has got its text
            // has its caret at the end.
            let (start, end) = bench.writing.select;
            let place = |byte: usize| utf16(&bench.text, byte as u32);
            let select = || vec![Command::SelectText(place(start), place(end))];
            if mode == Mode::Edit { select() } else { Vec::new() }
        }
        Action::Tab(tab) => {
            let turned = bench.tab != tab;
            bench.tab = tab;
            // What stands there is read from its beginning.
            turned.then_some(Command::Top("main")).into_iter().collect()
        }
        Action::Text(text) => edited(state, text),
        Action::CheckNow => {
            let text = bench.text.clone();
            let ticket = state.ticket();
            vec![Command::Step(Ask { ticket, request: Request::Check { text } })]
        }
        // What a link brought, or another page wrote, is not this page's to keep or to throw away.
        Action::SaveNow if matches!(bench.draft, Draft::Pending | Draft::Refused) => {
            vec![save(state, false)]
        }
        Action::SaveNow => Vec::new(),
        Action::Saved(done) => {
            if done {
                bench.stored = bench.is_edited().then(|| bench.text.clone());
                state.kept.set_draft(&bench.draft_id(), bench.stored.clone());
                bench.draft = if bench.is_edited() { Draft::Saved } else { Draft::None };
            } else {
                bench.draft = Draft::Refused;
            }
            Vec::new()
        }
        Action::Conflict(theirs) => {
            bench.draft = Draft::Pending;
            state.notice = Some(Notice::Conflict(theirs));
            Vec::new()
        }
        Action::TakeTheirs => {
            let Some(Notice::Conflict(theirs)) = state.notice.take() else { return Vec::new() };
            bench.stored = Some(theirs.clone());
            replace_text(bench, theirs)
        }
        Action::KeepMine => {
            state.notice = None;
            vec![save(state, true)]
        }
        Action::ResetText => {
            let text = bench.base.clone();
            replace_text(bench, text)
        }
        Action::GoTo(start, end) => {
            let (start, end) = (utf16(&bench.text, start), utf16(&bench.text, end));
            vec![Command::SelectText(start, end)]
        }
        _ => Vec::new(),
    }
}

fn edited(state: &mut State, text: String) -> Vec<Command> {
    let Some(bench) = &mut state.bench else { return Vec::new() };
    if bench.text == text {
        return Vec::new();
    }
    writing::changed(bench, &text);
    bench.text = text;
    let displaced = std::mem::take(&mut bench.displaces).then(|| bench.stored.clone()).flatten();
    bench.unchecked = true;
    bench.draft = Draft::Pending;
    // What was proved of another text proves nothing of this one.
    bench.forget_proofs();
    let check = Command::After(Timer::Check, CHECK_PAUSE, Box::new(Action::CheckNow));
    let mut commands = vec![check];
    if let Some(text) = displaced {
        let name = state.bench.as_ref().map(|bench| bench_title(bench, state.lang));
        commands.push(Command::Shelve(shelf::copy(name.unwrap_or_default(), text)));
    }
    commands.push(Command::After(Timer::Save, SAVE_PAUSE, Box::new(Action::SaveNow)));
    commands.extend(write_address(state));
    commands
}

/// Another text for the editor, as if it had been typed: undo brings the old one back.
pub(super) fn replace_text(bench: &Bench, text: String) -> Vec<Command> {
    if bench.text == text {
        return Vec::new();
    }
    vec![Command::Edit(Edit::between(&bench.text, &text, (0, 0)))]
}

/// The text has just been saved under its name.
pub(super) fn settled(bench: &mut Bench) {
    bench.draft = if bench.is_edited() { Draft::Pending } else { Draft::None };
}

fn save(state: &State, anyway: bool) -> Command {
    let Some(bench) = &state.bench else { return Command::Stop(Timer::Save) };
    let key = draft_key(&bench.draft_id());
    let text = bench.is_edited().then(|| bench.text.clone());
    let expect = bench.stored.clone();
    Command::SaveDraft { key, text, expect, anyway }
}

/// The text is right: it becomes the run shown, unless it is that already.
pub(super) fn run_text(state: &mut State) -> Vec<Command> {
    let Some(bench) = &mut state.bench else { return Vec::new() };
    if !bench.is_stale() && bench.frame.is_some() {
        return Vec::new();
    }
    bench.run_text.clone_from(&bench.text);
    bench.playing = false;
    let opening = Opening {
        text: bench.text.clone(),
        settings: bench.settings.clone(),
        seed: bench.seed,
        ..Opening::default()
    };
    let mut commands = vec![Command::Stop(Timer::Play)];
    commands.extend(open(state, opening));
    commands
}

/// Under which name a draft is kept.
#[must_use]
pub fn draft_key(id: &str) -> String {
    format!("lockstep.draft.{id}")
}
