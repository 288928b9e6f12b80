//! Everything that may happen to the page.

use sim_core::say::Lang;

use super::{
    Handed, Mode, Speed, Tab, Theme, chances::ChanceAction, charts::ChartAction,
    front::FrontAction, lesson::LessonAction, present::Present, rhythm::RhythmAction,
    share::ShareAction, shelf::ShelfAction, viewing::View, writing::WriteAction,
};
use crate::protocol::Answer;

/// Something happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// The page starts, or somebody else changed the address: its fragment.
    Address(String),
    /// A link inside the page was followed.
    Go(String),
    /// The stepping worker answered.
    Stepped(Handed<Answer>),
    /// The studying worker answered.
    Studied(Handed<Answer>),
    /// The stepping worker broke down.
    StepperFault(String),
    /// The studying worker broke down.
    StudentFault(String),
    /// Go on after a fault.
    GoOn,

    /// Let the offer with this number happen.
    Pick(u32),
    /// One step on: along the kept future, else by the clock.
    Forward,
    /// One step back.
    Back,
    /// To this position.
    Seek(u32),
    /// To the start.
    Start,
    /// To the end of the line.
    End,
    /// Play or pause.
    Play,
    /// Time for the next step of playing.
    Tick,
    /// Show another line.
    Branch(u32),
    /// Play a named schedule.
    Schedule(u32),
    /// Take these picks from the start.
    Follow(Vec<u32>),
    /// Take these picks from the moment that what lies ahead was asked of.
    FollowOn(Vec<u32>),
    /// How fast playing is.
    Speed(Speed),
    /// What the clock draws from, as typed.
    Seed(String),

    /// A parameter's new value.
    Set(String, String),
    /// All parameters back to their defaults.
    Defaults,
    /// Look at all schedules now.
    Explore,
    /// Look at all that may happen from the moment shown on.
    ExploreHere,
    /// Ask about all schedules from the start again.
    FromStart,
    /// Time to show how far a search has got.
    LookAtStudy,
    /// Stop looking.
    CancelStudy,
    /// Grade a challenge of the lesson, by its place.
    Prove(usize),
    /// Open a failure that grading found: challenge and case.
    ShowCase(usize, usize),
    /// Answer the question.
    Answer(usize),
    /// One more hint.
    Hint,

    /// A step of the lesson's rhythm.
    Rhythm(RhythmAction),
    /// Something on the pages that need no simulator.
    Front(FrontAction),
    /// A lesson on its way.
    Lesson(LessonAction),
    /// How likely a failure is.
    Chance(ChanceAction),
    /// What is measured.
    Chart(ChartAction),
    /// A change of how the run is looked at.
    View(View),
    /// Something in a lecture.
    Present(Present),

    /// Learn or edit.
    Mode(Mode),
    /// What a phone shows.
    Tab(Tab),
    /// The text was edited.
    Text(String),
    /// Something in the editor besides its text.
    Write(WriteAction),
    /// Something with the scenarios kept on this device.
    Shelf(ShelfAction),
    /// Time to check the text.
    CheckNow,
    /// Time to keep the draft.
    SaveNow,
    /// A draft was kept, or not.
    Saved(bool),
    /// Another page has changed the draft; its text.
    Conflict(String),
    /// Take the other page's draft.
    TakeTheirs,
    /// Keep this page's draft.
    KeepMine,
    /// Back to the lesson's text.
    ResetText,
    /// Go to a place of the text: bytes.
    GoTo(u32, u32),

    /// The language to read.
    Lang(Lang),
    /// Light, dark, or as the system.
    Theme(Theme),
    /// Copy the link to this moment.
    CopyLink,
    /// Something about sharing it.
    Share(ShareAction),
    /// Do not wait for the rest of a link's steps.
    StopLink,
    /// What came of a link's fingerprint has been read.
    ClaimRead,
    /// Copied, or not.
    Copied(bool),
    /// A text was copied, or not.
    TextCopied(bool),
    /// A passing remark has been there long enough.
    RemarkOver,
    /// Time to write the moment into the address.
    WriteAddress,
    /// Show or hide the list of keys.
    Keys(bool),
    /// Turn single-key shortcuts off, or on.
    QuietKeys(bool),
    /// Put the focus on the main part of the page.
    SkipToMain,
    /// Take a notice away.
    Dismiss,
}

impl Action {
    /// The stepping worker answered.
    #[must_use]
    pub fn stepped(answer: Answer) -> Action {
        Action::Stepped(answer.into())
    }

    /// The studying worker answered.
    #[must_use]
    pub fn studied(answer: Answer) -> Action {
        Action::Studied(answer.into())
    }
}
