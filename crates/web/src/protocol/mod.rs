//! What the page and a worker say to each other, and how it becomes bytes.
//!
//! Both ends are built together and named after what they hold, so the format needs no version of its own.

mod wire;

use serde::{Deserialize, Serialize};
use sim_core::{
    Hint,
    chance::Tally,
    explore::{Progress, Report},
    measure::{GoalView, MeasuresView, Series, Unit},
    session::{Frame, Point, Reason, Scope},
};

pub use wire::{decode, encode};

/// Values of parameters, spelled as in the text.
pub type Settings = Vec<(String, String)>;

/// A request with the number its answers will bear.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    /// Grows with each request to a worker.
    pub ticket: u32,
    /// What is asked.
    pub request: Request,
}

/// A reply with the number of the request it answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// The request's number.
    pub ticket: u32,
    /// What is answered.
    pub reply: Reply,
}

/// What the page asks of a worker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Request {
    /// Are you there?
    Hello,
    /// The golden draws as this worker computes them.
    GoldenDraws,
    /// Panic, so that the tests can see what becomes of it.
    Panic,
    /// Is this text a scenario?
    Check {
        /// The text.
        text: String,
    },
    /// Start a session, take some steps, stand at one of them.
    Open(Opening),
    /// Let the offer with this number (from 1) happen.
    Pick(u32),
    /// Let the clock pick a step.
    Clock,
    /// Stand behind this many steps of the line shown.
    Seek(u32),
    /// Show another line.
    Branch(u32),
    /// Play a named schedule from the start.
    Schedule(u32),
    /// Take these picks from the start.
    Follow(Vec<u32>),
    /// Take these picks from the end of the line shown on; 0 is whatever the clock picks.
    More(Vec<u32>),
    /// Draw a text as a code that phones read.
    Code(String),
    /// Show other parts of the same moment.
    Show(Scope),
    /// Stand behind the last step of the line shown that is not after this time, nanoseconds.
    SeekTime(u64),
    /// Let the clock pick so many steps, or as many as there are.
    Run(u32),
    /// The same, but no longer than a picture may take to come.
    Play(u32),
    /// Stand where a request of this name ended that took longer than so many thousandths of them,
    /// with its life.
    Slow(String, u32),
    /// Measure on along the line shown, for a slice of it.
    Measure,
    /// Look at every schedule.
    Explore {
        /// The text.
        text: String,
        /// Values of its parameters.
        settings: Settings,
        /// The picks up to the moment to begin at, with just these values; nothing: at the start,
        /// with values lowered as the text says.
        from: Option<Vec<u32>>,
    },
    /// Continue a moment by the clock, and moments along its line.
    Likely {
        /// The moment, with the picks of its whole line.
        opening: Opening,
        /// How many continuations it has.
        continuations: u32,
    },
    /// Look at every schedule in each case of a challenge, or run each by the clock.
    Grade {
        /// The text to be judged.
        text: String,
        /// The lesson's name.
        lesson: String,
        /// The challenge's place in it.
        challenge: u32,
        /// The student's settings.
        settings: Settings,
    },
}

/// What it takes to restore a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// The text.
    pub text: String,
    /// Values of its parameters; those not named have their defaults, those unknown are dropped.
    pub settings: Settings,
    /// What the clock draws from.
    pub seed: u64,
    /// The steps to take; 0 is whatever the clock picks.
    pub picks: Vec<u32>,
    /// How many of them to stand behind.
    pub position: u32,
}

/// What a worker answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(clippy::large_enum_variant, reason = "frames are the usual case")]
pub enum Reply {
    /// The answer to [`Request::Hello`].
    Hello {
        /// The version of Lockstep the worker runs.
        version: String,
    },
    /// The answer to [`Request::GoldenDraws`].
    GoldenDraws(String),
    /// The worker could not do what was asked, and says why.
    Fault(String),
    /// The answer to [`Request::Check`].
    Checked(Vec<Problem>),
    /// The answer to [`Request::Open`].
    Opened(Opened),
    /// The moment after a step, a jump or another change of place.
    Moment {
        /// What it looks like.
        frame: Frame,
        /// False when what was asked for could not be done.
        done: bool,
        /// The picks of the whole line, where it is longer than the frame shows and may have
        /// changed beyond that; else empty.
        picks: Vec<u32>,
    },
    /// How far a search has got.
    Progress {
        /// The case it is at, from 0.
        case: u32,
        /// How far.
        progress: Progress,
    },
    /// Grading runs by the clock: so many were before this one.
    Measuring(u32),
    /// A search is about to begin that is very large.
    Large(Hint),
    /// The answer to [`Request::Explore`].
    Explored(Result<Explored, NotExplored>),
    /// The answer to [`Request::Grade`].
    Graded(Grade),
    /// The answer to [`Request::Likely`], as often as more is known.
    Likely(Likely),
    /// The answer to [`Request::Measure`].
    Measured(Box<Measured>),
    /// The answer to [`Request::Code`]; nothing for a text that is too long.
    Code(Option<Code>),
}

/// A code that phones read (QR).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code {
    /// How many squares it has along a side, without the quiet zone around it.
    pub side: u32,
    /// Its dark squares as the outline of an SVG path, a unit each.
    pub path: String,
}

/// What is measured of the line shown, and pictures of what changed over time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measured {
    /// The numbers.
    pub view: MeasuresView,
    /// The pictures.
    pub plots: Vec<Plot>,
}

impl Measured {
    /// Whether all until a step of the line is measured.
    #[must_use]
    pub fn reaches(&self, position: u32) -> bool {
        self.view.complete && self.view.step >= position
    }
}

/// Lines over virtual time on one scale. All places are in parts of [`Plot::WHOLE`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plot {
    /// What it is about.
    pub title: PlotTitle,
    /// What its numbers count in.
    pub unit: Unit,
    /// Times along the bottom: nanoseconds and where they stand, from the left.
    pub across: Vec<(i64, u16)>,
    /// Numbers along the side and where they stand, from the top.
    pub up: Vec<(i64, u16)>,
    /// The lines.
    pub curves: Vec<Curve>,
    /// What theory says of them.
    pub theory: Vec<Level>,
}

/// A number that theory gives, drawn across a picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Level {
    /// The measure it stands beside: `station.latency.p99`.
    pub name: String,
    /// The number.
    pub value: i64,
    /// Where it stands, from the top.
    pub y: u16,
}

/// What a picture is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PlotTitle {
    /// A `chart` of the text: its words, and its place among the charts.
    Chart(String, u32),
    /// How many a second, by how they end: of what.
    Throughput(String),
    /// How long it takes: of what.
    Latency(String),
    /// How many wait in queues.
    Length,
}

/// A line of a picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Curve {
    /// Its name in the picture: `ok`, `p99`.
    pub name: String,
    /// Its place in [`MeasuresView::series`], or in the lines of its `chart`.
    pub series: u32,
    /// Its corners, from the left and from the top; a new run where there was nothing to tell.
    pub runs: Vec<Vec<(u16, u16)>>,
}

impl Plot {
    /// How wide and how high a picture is.
    pub const WHOLE: u16 = 10_000;
}

impl Measured {
    /// The numbers that a line of a picture draws.
    #[must_use]
    pub fn series(&self, plot: &Plot, curve: &Curve) -> Option<&Series> {
        match plot.title {
            PlotTitle::Chart(_, at) => {
                self.view.charts.get(at as usize)?.lines.get(curve.series as usize)
            }
            _ => self.view.series.get(curve.series as usize),
        }
    }
}

/// How likely a failure is, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Likely {
    /// What came of the moment asked about.
    pub here: Tally,
    /// What came of moments along its line, by step.
    pub points: Vec<Point>,
    /// The line is so long that not every moment had all its continuations.
    pub is_cut: bool,
    /// All is known.
    pub done: bool,
}

/// What a search found, and what it looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explored {
    /// What it found.
    pub report: Report,
    /// The values of all parameters it looked at.
    pub settings: Settings,
    /// Those of them that the text's `explore` lowers.
    pub lowered: Settings,
    /// Who waits for what at the end of the shortest way to a deadlock.
    pub deadlock: Vec<Wait>,
    /// The same at the end of the shortest way to another end with a process left waiting.
    pub stuck: Vec<Wait>,
}

/// Why schedules were not looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotExplored {
    /// The text does not run.
    DoesNotRun,
    /// The picks lead nowhere.
    DoesNotFit,
    /// Too much is there at that moment.
    TooLarge,
}

/// A process that waits at the end of a schedule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wait {
    /// Its name, as in `client[2]`.
    pub name: String,
    /// What for.
    pub reason: Reason,
    /// The names of the lanes that the reason tells of.
    pub holders: Vec<(u32, String)>,
}

/// A text that was opened, or why it was not.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Opened {
    /// What is wrong with the text.
    pub problems: Vec<Problem>,
    /// Its title.
    pub title: String,
    /// It has goals.
    pub goals: bool,
    /// Its parameters.
    pub controls: Vec<Control>,
    /// Their values, all of them.
    pub settings: Settings,
    /// The values they have without a choice.
    pub defaults: Settings,
    /// Names of settings that were not taken.
    pub dropped: Vec<String>,
    /// How many picks fitted.
    pub fitted: u32,
    /// The named schedules along which they go, by their places in the text.
    pub along: Vec<u32>,
    /// The moment; nothing when the text does not run.
    pub frame: Option<Frame>,
    /// The picks of the whole line, where it is longer than the frame shows; else empty.
    pub picks: Vec<u32>,
}

/// What is wrong at a place of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Its stable name.
    pub code: String,
    /// First byte.
    pub start: u32,
    /// The byte behind the last.
    pub end: u32,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// What is wrong and what to do, in the order of `Lang::ALL`.
    pub said: Vec<(String, Option<String>)>,
}

/// A parameter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Control {
    /// Its name in the text.
    pub name: String,
    /// The words behind it.
    pub label: Option<String>,
    /// What values it takes.
    pub kind: ControlKind,
}

/// What values a parameter takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ControlKind {
    /// A whole number, both ends allowed.
    Int {
        /// The least.
        least: i64,
        /// The greatest.
        greatest: i64,
    },
    /// A time span in nanoseconds, both ends allowed.
    Duration {
        /// The least.
        least: i64,
        /// The greatest.
        greatest: i64,
    },
    /// Events in a thousand hours, both ends allowed.
    Rate {
        /// The least.
        least: i64,
        /// The greatest.
        greatest: i64,
    },
    /// Millionths of the whole, both ends allowed.
    Percent {
        /// The least.
        least: i64,
        /// The greatest.
        greatest: i64,
    },
    /// On or off.
    Bool,
    /// One of some labels.
    Choice(Vec<String>),
}

/// What grading found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grade {
    /// Why the text cannot be judged, if it cannot.
    pub refused: Option<Refused>,
    /// What each case came to.
    pub cases: Vec<Case>,
}

/// Why a text cannot be judged for a challenge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refused {
    /// It has mistakes.
    Mistakes,
    /// It no longer makes this promise.
    PromiseGone(String),
    /// It no longer has this goal.
    GoalGone(String),
    /// A parameter that the challenge varies is gone; in the order of `Lang::ALL`.
    Parameter(Vec<String>),
}

/// A case that was graded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// The values of the parameters that the challenge sets.
    pub varied: Settings,
    /// The values of all parameters.
    pub settings: Settings,
    /// For a fix: what exploring found; nothing when the text does not run so.
    pub report: Option<Report>,
    /// For goals: what each run by the clock came to.
    pub runs: Vec<MeasuredRun>,
    /// What it still lacks; nothing when it passes.
    pub lacks: Option<Lack>,
}

/// A run by the clock that was graded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeasuredRun {
    /// What the clock drew from.
    pub seed: u64,
    /// Why it does not meet the goals; nothing when it does.
    pub lacks: Option<Miss>,
}

/// Why a run does not meet the goals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Miss {
    /// It misses this goal, or nothing happened by which it could be judged.
    Goal(Box<GoalView>),
    /// It met a ceiling, so nobody can tell.
    Ceiling,
}

/// What a case of a challenge still lacks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Lack {
    /// A parameter should have this value.
    Is(String, String),
    /// A parameter should have another value than this.
    IsNot(String, String),
    /// It should use no more than so many of something, by its word in a scenario.
    AtMost(String, u32),
    /// Some schedule fails.
    Fails,
    /// Every schedule should end with this value.
    Ends(String, String),
    /// At least one schedule should end with this value.
    Reaches(String, String),
    /// Some run does not meet this goal.
    Misses(String),
    /// The search, or a run, met a ceiling before it could tell.
    Undecided,
    /// The text does not run so.
    DoesNotRun,
}
