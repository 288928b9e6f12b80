//! Effects as data.

use sim_core::say::Lang;

use super::{Action, Theme, shelf::Shelve, typing::Edit};
use crate::protocol::Ask;

/// Something for `app` to carry out.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Send to the stepping worker.
    Step(Ask),
    /// Send to the studying worker.
    Study(Ask),
    /// Send to the worker that tries continuations, which is started for it.
    Try(Ask),
    /// End that worker, whatever it is doing.
    StopTrying,
    /// Fetch the lesson with this name.
    Fetch(String),
    /// Load the whole page again.
    Reload,
    /// Fetch the page of words with this name.
    FetchPage(&'static str),
    /// Replace the stepping worker.
    RestartStepper,
    /// Replace the studying worker.
    RestartStudent,
    /// Do something later; a timer of the same name starts anew.
    After(Timer, u32, Box<Action>),
    /// Forget a timer.
    Stop(Timer),
    /// Change the address in place.
    ReplaceAddress(String),
    /// Go to a new address.
    PushAddress(String),
    /// Keep a text, if what is kept is what we think it is.
    SaveDraft {
        /// Under this name.
        key: String,
        /// The text; nothing to forget it.
        text: Option<String>,
        /// What should be there.
        expect: Option<String>,
        /// Whatever is there.
        anyway: bool,
    },
    /// Keep a draft without asking, as nobody is there to be asked: if another page has changed
    /// it meanwhile, as a scenario of this name.
    LeaveDraft {
        /// Under this name.
        key: String,
        /// The text; nothing to forget it.
        text: Option<String>,
        /// What should be there.
        expect: Option<String>,
        /// What it is called.
        name: String,
    },
    /// Keep a scenario under a name.
    Shelve(Shelve),
    /// Take a kept scenario and its draft away, or a draft alone.
    Unshelve {
        /// The scenario's id.
        id: Option<String>,
        /// The draft's.
        draft_id: String,
    },
    /// Forget what is kept under a name.
    Forget(String),
    /// Save a file: its name and what is in it.
    Download(String, String),
    /// Copy the link to a moment: its fragment.
    CopyLink(String),
    /// Copy a text.
    CopyText(String),
    /// Copy what is shared.
    CopyShare(String),
    /// Open a window for who speaks, under this name or a new one.
    OpenSpeaker(Option<String>),
    /// Say something to that window.
    Tell(String),
    /// To the browser's full screen, or back.
    FullScreen,
    /// Follow a link inside the page.
    Open(String),
    /// Type into the editor, so that undo takes it back.
    Edit(Edit),
    /// Keep a small setting.
    Save(String, String),
    /// Show the theme.
    ShowTheme(Theme),
    /// Tell the browser the language.
    ShowLang(Lang),
    /// The window's title.
    Title(String),
    /// Focus an element.
    Focus(&'static str),
    /// Remember what has the focus, before something lies over it.
    HoldFocus,
    /// Give the focus back to what had it, or to the main part of the page.
    FocusBack,
    /// Scroll an element into view.
    Reveal(&'static str),
    /// Scroll an element to its beginning.
    Top(&'static str),
    /// Select a range of the editor, in UTF-16 units.
    SelectText(u32, u32),
}

/// The timers there are; each runs at most once at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Timer {
    /// The next step of playing.
    Play,
    /// Checking what was typed.
    Check,
    /// Keeping what was typed.
    Save,
    /// Writing the address.
    Address,
    /// Exploring after a change.
    Explore,
    /// Showing how far a search has got.
    Study,
    /// Taking a remark away.
    Remark,
    /// Asking what is measured.
    Measure,
}

impl Timer {
    /// Those that have no meaning without a workbench.
    pub const OF_BENCH: [Timer; 7] = [
        Timer::Play,
        Timer::Check,
        Timer::Save,
        Timer::Address,
        Timer::Explore,
        Timer::Study,
        Timer::Measure,
    ];
}
