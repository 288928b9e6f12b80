//! What is measured, as plain data for those who show it.

use serde::{Deserialize, Serialize};

use crate::theory::WhyNot;

/// What a number counts in. All numbers are whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Pieces.
    #[default]
    Number,
    /// Nanoseconds.
    Time,
    /// Millionths of one a second.
    Rate,
    /// Millionths of the whole.
    Share,
    /// Millionths of a piece: the mean of numbers.
    Fraction,
}

/// A number with its unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// The number.
    pub value: i64,
    /// What it counts in.
    pub unit: Unit,
}

/// Everything measured of a run up to a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeasuresView {
    /// Virtual time up to which it is measured, nanoseconds.
    pub until: u64,
    /// The step up to which it is measured.
    pub step: u32,
    /// True once the whole line shown is measured; until then more is to come.
    pub complete: bool,
    /// Counts and gauges start here, spreads have what started from here on, nanoseconds.
    pub warmup: u64,
    /// What is measured; rows name it by its place here.
    pub subjects: Vec<SubjectView>,
    /// How often something happened.
    pub counts: Vec<CountRow>,
    /// How much there is of something.
    pub gauges: Vec<GaugeRow>,
    /// How long something took, and the like.
    pub spreads: Vec<SpreadRow>,
    /// What changed over time.
    pub series: Vec<Series>,
    /// What the text's `chart`s draw.
    pub charts: Vec<ChartView>,
    /// What the text's `goal`s came to.
    pub goals: Vec<GoalView>,
    /// What theory says, a row for each service.
    #[serde(default)]
    pub theory: Vec<TheoryRow>,
}

/// What theory says of a service, beside what is measured of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TheoryRow {
    /// Place in [`MeasuresView::subjects`].
    pub subject: u32,
    /// Its name in Kendall's notation: `M/M/4/20`; empty where it has none.
    pub model: String,
    /// Why theory says nothing here.
    pub why_not: Option<WhyNot>,
    /// What it says, under the names of what is measured.
    pub figures: Vec<TheoryFigure>,
}

/// One number of theory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TheoryFigure {
    /// The name of the measure it is beside: `station.wait.mean`.
    pub name: String,
    /// Its value.
    pub value: i64,
    /// What that counts in.
    pub unit: Unit,
}

/// Something measured.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubjectView {
    /// Its name: `client`, `jobs`, `fork[2]`, `a.link.b`.
    pub name: String,
    /// What it is: a word of the language such as `process`, `queue`, `record`.
    pub kind: String,
}

/// A count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountRow {
    /// Place in [`MeasuresView::subjects`].
    pub subject: u32,
    /// Its whole name: `jobs.accepted`.
    pub name: String,
    /// How often.
    pub value: u64,
    /// `.rate`, millionths of one a second; `None` where no time has passed.
    pub rate: Option<i64>,
    /// True for an outcome of instances.
    pub outcome: bool,
}

/// A gauge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GaugeRow {
    /// Place in [`MeasuresView::subjects`].
    pub subject: u32,
    /// Its whole name: `jobs.length`.
    pub name: String,
    /// What its values are: [`Unit::Number`] or [`Unit::Time`].
    pub unit: Unit,
    /// The value now.
    pub now: i64,
    /// `.mean` over time: a [`Unit::Fraction`] for numbers, a [`Unit::Time`] for times; `None`
    /// where no time has passed.
    pub mean: Option<i64>,
    /// `.max`
    pub max: i64,
    /// `.utilization`, millionths, where there is a most.
    pub utilization: Option<i64>,
}

/// A spread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpreadRow {
    /// Place in [`MeasuresView::subjects`].
    pub subject: u32,
    /// Its whole name: `client.latency`.
    pub name: String,
    /// What its values are: [`Unit::Number`], [`Unit::Time`] or [`Unit::Share`].
    pub unit: Unit,
    /// How many values it has, never 0.
    pub count: u64,
    /// How many of them are of what is not over, with its age so far.
    pub unfinished: u64,
    /// `.mean`: a [`Unit::Fraction`] for numbers, else of the same unit.
    pub mean: i64,
    /// The least value.
    pub least: i64,
    /// `.p50`
    pub p50: i64,
    /// `.p90`
    pub p90: i64,
    /// `.p95`
    pub p95: i64,
    /// `.p99`
    pub p99: i64,
    /// `.p99_9`
    pub p99_9: i64,
    /// `.max`
    pub max: i64,
}

/// What a series tells of each stretch of time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeriesKind {
    /// How many a second, of one outcome of instances.
    Throughput,
    /// A percentile of what ended in it.
    Latency,
    /// The mean of a gauge.
    #[default]
    Level,
    /// A line of the text's `chart`.
    Line,
}

/// A number over virtual time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    /// Its whole name: `client.ok.rate`, `client.latency.p99`, `jobs.length`; for a line of a
    /// chart its words.
    pub name: String,
    /// Place in [`MeasuresView::subjects`]; for a line of a chart 0.
    pub subject: u32,
    /// What it tells.
    pub kind: SeriesKind,
    /// What its numbers count in.
    pub unit: Unit,
    /// How long a stretch is, nanoseconds; the first begins at 0. All series have the same.
    pub width: u64,
    /// A number for each stretch; `None` where there was nothing to tell of.
    pub points: Vec<Option<i64>>,
}

/// A `chart` of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChartView {
    /// The words in quotes.
    pub title: String,
    /// Its lines.
    pub lines: Vec<Series>,
}

/// What a goal came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GoalState {
    /// It is met by what is measured.
    Held,
    /// It is not.
    Missed,
    /// Something in it was never measured, or no time has passed.
    Undecided,
}

/// A `goal` of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoalView {
    /// As it stands in the text.
    pub words: String,
    /// The words behind it, with `…` for values.
    pub why: Option<String>,
    /// The same with what the values have come to, where there are any.
    pub now: Option<String>,
    /// The line of the text, from 1.
    pub line: u32,
    /// What it came to.
    pub state: GoalState,
    /// The comparisons in it, with the values of both sides.
    pub sides: Vec<Comparison>,
    /// Names of the measures in it that have no value.
    pub unmeasured: Vec<String>,
}

/// Two values compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// The left side in words: `client.latency.p99`.
    pub left: String,
    /// Its value, rounded to its unit.
    pub left_value: Option<Figure>,
    /// `<`, `<=`, `>`, `>=`, `==` or `!=`
    pub sign: String,
    /// The right side in words.
    pub right: String,
    /// Its value.
    pub right_value: Option<Figure>,
    /// Whether it holds.
    pub holds: Option<bool>,
}
