//! All that the page knows.

use std::{collections::BTreeSet, rc::Rc};

use sim_core::{
    Hint,
    lang::same_value,
    say::Lang,
    session::{Frame, PromiseState},
};

use super::{
    address,
    chances::Chances,
    charts::Charts,
    course::{self, Course},
    front::Front,
    lesson::Coming,
    links::Linked,
    present::Lecture,
    rhythm::Rhythm,
    share::Share,
    shelf::{Entry, Gone, Naming, Place, Shelve, Taken, draft_id},
    study::{Ahead, Study},
    viewing::Viewing,
    writing::Writing,
};
use crate::protocol::{Case, Control, Grade, Problem, Settings};

/// The whole page.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// The language it is read in.
    pub lang: Lang,
    /// Light, dark, or as the system.
    pub theme: Theme,
    /// What is kept on this device, as far as it is known.
    pub kept: Kept,
    /// What a lecture shows and hides.
    pub lecture: Lecture,
    /// The workbench, unless the list of lessons is shown.
    pub bench: Option<Bench>,
    /// Which page is shown where there is no workbench.
    pub page: Page,
    /// The pages that need no simulator.
    pub front: Front,
    /// How the workbench is shown.
    pub stage: Stage,
    /// The page's own address, without what stands behind its `#`.
    pub site: String,
    /// The language is that of the link that was followed, not the reader's choice.
    pub lang_linked: bool,
    /// A moment is being shared.
    pub share: Option<Share>,
    /// The lessons that were fetched.
    pub fetched: Vec<&'static lessons::Told>,
    /// The lesson on its way.
    pub coming: Option<Coming>,
    /// A name is being asked for.
    pub naming: Option<Naming>,
    /// What was taken away last, as long as it can come back.
    pub gone: Option<Gone>,
    /// Something to say at the top of the page until it is taken away.
    pub notice: Option<Notice>,
    /// A remark that goes by itself.
    pub remark: Option<Remark>,
    /// The worker broke down; its words.
    pub fault: Option<String>,
    /// The list of keys is shown.
    pub keys: bool,
    /// Single-key shortcuts (letters, digits, Space) do nothing.
    pub quiet_keys: bool,
    /// What a screen reader says next.
    pub spoken: String,
    /// How likely a failure is, where that was asked.
    pub chance: Chances,
    /// Milliseconds by the page's clock, when what happens now happened.
    pub clock: u64,
    /// Tickets given so far.
    pub tickets: u32,
    /// The fragment last written to or read from the address.
    pub fragment: String,
}

/// How the workbench is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stage {
    /// With all that stands around the moment.
    #[default]
    Workbench,
    /// To a room: the moment alone, large.
    Presenter,
    /// Inside another page: the moment alone.
    Embed,
}

/// A page without a workbench.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Page {
    /// The lessons, or a page of words: [`State::front`] knows which.
    #[default]
    Home,
    /// The scenarios kept on this device.
    Mine,
    /// What a new scenario can begin with.
    New,
    /// A lesson on its way.
    Lesson,
}

/// Things that outlive the page, loaded at its start.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Challenges done: `lesson/challenge`.
    pub done: BTreeSet<String>,
    /// The answers given to the questions of lessons: the lesson's name and the answer's.
    pub answers: Vec<(String, String)>,
    /// How far lessons have come besides: `lesson/see`, `lesson/fix`, `lesson/debrief`.
    pub walked: BTreeSet<String>,
    /// Drafts by lesson.
    pub drafts: Vec<(String, String)>,
    /// Scenarios with names, the newest first.
    pub entries: Vec<Entry>,
}

impl Kept {
    /// Whether a challenge of a lesson has been done.
    #[must_use]
    pub fn has_done(&self, lesson: &str, challenge: &str) -> bool {
        self.done.contains(&course::done_key(lesson, challenge))
    }

    /// The answer given to the question of a lesson.
    #[must_use]
    pub fn answer(&self, lesson: &str) -> Option<&str> {
        self.answers.iter().find(|(one, _)| one == lesson).map(|(_, answer)| answer.as_str())
    }

    /// The draft of a lesson.
    #[must_use]
    pub fn draft(&self, id: &str) -> Option<&str> {
        self.drafts.iter().find(|(lesson, _)| lesson == id).map(|(_, text)| text.as_str())
    }

    /// The scenario with this id.
    #[must_use]
    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.id == id)
    }

    /// Remembers the draft of a lesson.
    pub fn set_draft(&mut self, id: &str, text: Option<String>) {
        self.drafts.retain(|(lesson, _)| lesson != id);
        self.drafts.extend(text.map(|text| (id.to_owned(), text)));
    }
}

/// Light, dark, or as the system.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// Learn or edit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// The lesson.
    #[default]
    Learn,
    /// The text.
    Edit,
}

/// What a phone shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// Lanes.
    #[default]
    Code,
    /// The timeline.
    Timeline,
    /// What exists and what talks to what.
    System,
    /// What is measured.
    Charts,
    /// Sagas, step by step.
    Sagas,
    /// The moment and the run told in words.
    Words,
    /// Values, promises, schedules.
    State,
    /// Story, parameters, challenges.
    Story,
}

/// How fast playing is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Speed {
    /// Half.
    Half,
    /// One step in 0.9 seconds.
    #[default]
    One,
    /// Four times.
    Four,
    /// As fast as it goes.
    Max,
}

impl Speed {
    /// All speeds, slow first.
    pub const ALL: [Speed; 4] = [Speed::Half, Speed::One, Speed::Four, Speed::Max];

    /// Milliseconds between steps.
    #[must_use]
    pub fn pause(self) -> u32 {
        match self {
            Speed::Half => 1800,
            Speed::One => 900,
            Speed::Four => 225,
            Speed::Max => 16,
        }
    }
}

/// Something to say at the top of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The address could not be read.
    BadLink(address::Trouble),
    /// The steps in the address do not all fit; so many did.
    PicksDoNotFit(u32),
    /// Settings in the address that the scenario does not take.
    SettingsDropped(Vec<String>),
    /// The moment does not fit into an address.
    TooLong,
    /// The clipboard refused; the link can be copied from the address bar.
    NoClipboard,
    /// Another page has changed the draft; its text.
    Conflict(String),
    /// The studying worker broke down; its words.
    StudyFault(String),
    /// A linked text is shown in place of this device's draft.
    LinkedText,
    /// The lesson's text has changed since the link was made.
    LessonChanged,
    /// Parts of the link, such as `lang=xx`, mean nothing to this page.
    LinkParts(String),
    /// Another page has kept another text under this name: ours, and theirs.
    ShelfConflict(Box<Shelve>, Box<Entry>),
    /// The browser keeps nothing.
    ShelfRefused,
    /// Files were taken in.
    Taken(Taken),
    /// A text with mistakes cannot be put in order.
    NotFormatted,
}

/// A remark that goes by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remark {
    /// The link was copied.
    LinkCopied,
    /// A table was copied.
    TableCopied,
    /// A challenge was done.
    ChallengeDone,
    /// A challenge was done, and the clock picked steps of it.
    ChallengeByClock,
    /// The scenario is kept.
    Saved,
    /// A copy of the text is kept.
    CopySaved,
}

/// A scenario on the workbench.
#[derive(Clone, Debug)]
pub struct Bench {
    /// Which one.
    pub course: Course,
    /// The name under which it is kept, if it is.
    pub place: Option<Place>,
    /// The text as the lesson has it, or as it was saved last.
    pub base: String,
    /// The text in the editor.
    pub text: String,
    /// The editor, besides its text.
    pub writing: Writing,
    /// The text of the run shown.
    pub run_text: String,
    /// What is wrong with the text in the editor.
    pub problems: Rc<Vec<Problem>>,
    /// The text was edited and has not been checked since.
    pub unchecked: bool,
    /// Parameters.
    pub controls: Rc<Vec<Control>>,
    /// Their values.
    pub settings: Settings,
    /// Their values without a choice.
    pub defaults: Rc<Settings>,
    /// What the clock draws from.
    pub seed: u64,
    /// The moment shown; nothing before the first answer.
    pub frame: Option<Rc<Frame>>,
    /// The picks of the whole line shown, of which the moment has those around it.
    pub line: Vec<u32>,
    /// How the run is looked at.
    pub view: Viewing,
    /// What is measured of it.
    pub charts: Charts,
    /// What the link brought besides the moment.
    pub linked: Linked,
    /// The named schedule that the line shown came from.
    pub schedule: Option<String>,
    /// How many leading steps of the line came about here, by hand or by the clock.
    pub own: u32,
    /// What was asked of the stepping worker and is not answered yet, oldest first.
    pub asked: Vec<(u32, Asked)>,
    /// Where a jump on its way leads: keys are pressed faster than workers answer.
    pub aim: Option<u32>,
    /// Which opening of a scenario this is: each has an editor of its own, with its own undo.
    pub opened: u32,
    /// Tickets before this one belong to another run and are dropped.
    pub since: u32,
    /// Learn or edit.
    pub mode: Mode,
    /// What a phone shows.
    pub tab: Tab,
    /// The clock is picking.
    pub playing: bool,
    /// The position from which it plays.
    pub played_from: u32,
    /// How fast.
    pub speed: Speed,
    /// All schedules from the start.
    pub study: Study,
    /// All that may happen from a moment on, while that is what is asked.
    pub ahead: Option<Ahead>,
    /// Which challenge is being graded and what came of it, a place a challenge.
    pub grades: Vec<Option<Grading>>,
    /// The ticket of what the studying worker does.
    pub study_ticket: u32,
    /// Of which text and settings a proof was asked last.
    pub proof_of: (String, Settings),
    /// What to say while a very large search runs, and if it stopped.
    pub study_hint: Option<Hint>,
    /// Parameters that the text lowers for a search, and all it looked at.
    pub study_lowered: (Settings, Settings),
    /// The answer chosen.
    pub answer: Option<usize>,
    /// How many hints are shown.
    pub hints: usize,
    /// How far the lesson has come, besides what is kept.
    pub rhythm: Rhythm,
    /// Where the draft stands.
    pub draft: Draft,
    /// What the device's storage holds as the draft, as far as we know.
    pub stored: Option<String>,
    /// That draft is another one than the text, which came in a link: it is put by before the first
    /// change takes its place.
    pub displaces: bool,
}

/// What is on its way to the stepping worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// A new run.
    Open,
    /// A pick by hand.
    Pick,
    /// A step by the clock.
    Clock,
    /// A jump along the line.
    Seek,
    /// Another line.
    Line,
    /// A named schedule, to be played from its start.
    Schedule,
    /// Many steps by the clock.
    Run,
    /// The same moment with other lanes open.
    Show,
    /// A slow request.
    Slow,
    /// More of the steps in a link.
    More,
}

/// Where a draft stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Draft {
    /// Nothing was edited.
    #[default]
    None,
    /// Not yet kept.
    Pending,
    /// Kept on this device.
    Saved,
    /// The device refuses to keep it.
    Refused,
}

/// The grading of a challenge.
#[derive(Clone, Debug, PartialEq)]
pub enum Grading {
    /// Under way: the case or run it is at, and how many there are.
    Running(u32, u32),
    /// Done.
    Done(Rc<Grade>),
    /// Stopped by hand, or by a change.
    Stopped,
}

impl Bench {
    /// A workbench with nothing on it yet but the text.
    #[must_use]
    pub fn new(course: Course) -> Self {
        let text = course.scenario.to_owned();
        Self {
            grades: vec![None; course.challenges().len()],
            place: None,
            run_text: text.clone(),
            base: text.clone(),
            text,
            writing: Writing::default(),
            course,
            problems: Rc::default(),
            unchecked: false,
            controls: Rc::default(),
            settings: Settings::new(),
            defaults: Rc::default(),
            seed: 1,
            frame: None,
            line: Vec::new(),
            view: Viewing::default(),
            charts: Charts::default(),
            linked: Linked::default(),
            schedule: None,
            own: 0,
            asked: Vec::new(),
            aim: None,
            opened: 0,
            since: 0,
            mode: Mode::Learn,
            tab: Tab::Code,
            playing: false,
            played_from: 0,
            speed: Speed::One,
            study: Study::None,
            ahead: None,
            study_ticket: 0,
            proof_of: Default::default(),
            study_hint: None,
            study_lowered: Default::default(),
            answer: None,
            hints: 0,
            rhythm: Rhythm::default(),
            draft: Draft::None,
            stored: None,
            displaces: false,
        }
    }

    /// Steps taken at the moment shown.
    #[must_use]
    pub fn position(&self) -> u32 {
        self.frame.as_ref().map_or(0, |frame| frame.position)
    }

    /// Steps of the line shown.
    #[must_use]
    pub fn length(&self) -> u32 {
        self.frame.as_ref().map_or(0, |frame| frame.length)
    }

    /// The picks of the line shown.
    #[must_use]
    pub fn picks(&self) -> Vec<u32> {
        self.line.clone()
    }

    /// The run shown is not that of the text in the editor.
    #[must_use]
    pub fn is_stale(&self) -> bool {
        self.text != self.run_text
    }

    /// A proof speaks of the text and the parameters it was made for; when those change it is gone.
    pub fn forget_proofs(&mut self) {
        for grade in &mut self.grades {
            if matches!(grade, Some(Grading::Done(_))) {
                *grade = None;
            }
        }
    }

    /// The text is not the lesson's own, or not the one saved last.
    #[must_use]
    pub fn is_edited(&self) -> bool {
        self.text != self.base
    }

    /// Under which name its draft is kept.
    #[must_use]
    pub fn draft_id(&self) -> String {
        self.place.as_ref().map_or_else(|| self.course.id.to_owned(), |place| draft_id(&place.id))
    }

    /// The first step at which a promise of the moment shown was broken.
    #[must_use]
    pub fn broken_at(&self) -> Option<u32> {
        let frame = self.frame.as_ref()?;
        let steps = frame.promises.iter().filter_map(|promise| match promise.state {
            PromiseState::Broken { step } => Some(step),
            _ => None,
        });
        steps.min()
    }

    /// What the lesson says along the named schedule shown: places in its list, with their steps.
    #[must_use]
    pub fn stops(&self) -> Vec<(usize, u32)> {
        self.schedule.as_deref().map_or_else(Vec::new, |schedule| self.stops_of(schedule))
    }

    /// The same along any of its named schedules.
    #[must_use]
    pub fn stops_of(&self, schedule: &str) -> Vec<(usize, u32)> {
        let Some(lesson) = self.course.lesson else { return Vec::new() };
        let fits = |stop: &lessons::Stop| {
            stop.schedule == schedule
                && stop.settings.iter().all(|(name, value)| {
                    self.settings.iter().any(|(one, other)| one == name && same_value(other, value))
                })
        };
        let stops = lesson.stops.iter().enumerate().filter(|(_, stop)| fits(stop));
        stops.filter(|_| !self.is_edited()).map(|(at, stop)| (at, stop.step)).collect()
    }

    /// The moment shown is the one that what lies ahead was asked of.
    #[must_use]
    pub fn is_at(&self, ahead: &Ahead) -> bool {
        self.position() == ahead.step() && self.line.starts_with(&ahead.from)
    }

    /// Whether the studying worker is at work.
    #[must_use]
    pub fn is_studying(&self) -> bool {
        self.study.is_running()
            || self.ahead.as_ref().is_some_and(|ahead| ahead.study.is_running())
            || self.is_proving()
    }

    /// Whether it is at a proof.
    #[must_use]
    pub fn is_proving(&self) -> bool {
        self.grades.iter().any(|grade| matches!(grade, Some(Grading::Running(..))))
    }
}

/// Whether all cases were graded and passed.
#[must_use]
pub fn passes_all(grade: &Grade) -> bool {
    let passes = |case: &Case| case.lacks.is_none();
    grade.refused.is_none() && !grade.cases.is_empty() && grade.cases.iter().all(passes)
}

impl State {
    /// What the simulator said when it broke down. Where nothing could be opened yet the page says
    /// why, and no second voice says that there is no simulator either.
    #[must_use]
    pub fn shown_fault(&self) -> Option<&str> {
        self.fault.as_deref().filter(|_| self.bench.is_some())
    }

    /// A new ticket.
    pub fn ticket(&mut self) -> u32 {
        self.tickets += 1;
        self.tickets
    }

    /// Whether a challenge has been done on this device.
    #[must_use]
    pub fn is_done(&self, course: &Course, challenge: usize) -> bool {
        let challenge = course.challenges().get(challenge);
        challenge.is_some_and(|challenge| self.kept.has_done(course.id, challenge.id))
    }
}
