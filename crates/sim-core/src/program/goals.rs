//! What a scenario wants to be measured: the formulas of its `goal`s, and the lines of its charts.
//!
//! A formula stands here with its parameters bound, quantifiers written out and `if` decided. Its
//! values are exact fractions: `5% * frames.sent` is not rounded, and a mean may lie between two
//! whole numbers.

use super::{Binary, Party, SharedId, Span, Type};

/// `goal E "why"`: what must hold of the measures of a run by the clock.
#[derive(Clone, Debug, PartialEq)]
pub struct Goal {
    /// True where it is met.
    pub formula: Formula,
    /// As it stands in the text.
    pub words: String,
    /// The words behind it, piece by piece; none if it has none.
    pub why: Vec<GoalWords>,
    /// Where it stands.
    pub span: Span,
}

/// A piece of the words behind a goal.
#[derive(Clone, Debug, PartialEq)]
pub enum GoalWords {
    /// What stands there, and values that the parameters decide.
    Plain(String),
    /// `{E}`: a value that a run comes to.
    Value(Formula),
}

impl Goal {
    /// The words behind it, with `…` for values.
    #[must_use]
    pub fn plain_words(&self) -> Option<String> {
        self.words_with(&|_| None)
    }

    /// The same with the values that are known.
    pub fn words_with(&self, known: &dyn Fn(&Formula) -> Option<String>) -> Option<String> {
        let pieces = self.why.iter().map(|piece| match piece {
            GoalWords::Plain(words) => words.clone(),
            GoalWords::Value(formula) => known(formula).unwrap_or_else(|| "…".to_owned()),
        });
        (!self.why.is_empty()).then(|| pieces.collect())
    }

    /// Tells of every measure in it and in its words.
    pub fn visit_measures(&self, each: &mut impl FnMut(&Measure)) {
        self.formula.visit_measures(each);
        for piece in &self.why {
            if let GoalWords::Value(value) = piece {
                value.visit_measures(each);
            }
        }
    }
}

/// `chart "…" a, b`: lines to draw over time.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// The words in quotes.
    pub title: String,
    /// One for each line.
    pub lines: Vec<Line>,
    /// Where it stands.
    pub span: Span,
}

/// One line of a chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What it shows.
    pub formula: Formula,
    /// As it stands in the text.
    pub words: String,
    /// What its values mean.
    pub value: Type,
}

/// Something computed from measures.
#[derive(Clone, Debug, PartialEq)]
pub enum Formula {
    /// A number, and what it means; 0 or 1 for [`Type::Bool`].
    Number(i64, Type),
    /// A measure.
    Measure(Measure),
    /// `-a`
    Negate(Box<Formula>),
    /// `not a`
    Not(Box<Formula>),
    /// `a and b`; `all` is many of these.
    And(Box<Formula>, Box<Formula>),
    /// `a or b`; `any` is many of these.
    Or(Box<Formula>, Box<Formula>),
    /// `left what right`, with the units as [`Binary`] tells; comparisons give 0 or 1, and sums may
    /// be of those (`count`). Nothing is rounded, apart from what `/` of two whole numbers leaves.
    Compute(Binary, Box<Formula>, Box<Formula>),
}

/// What is measured, of whom, and which number is told of it: `request.latency.p99`.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// Whom it is about.
    pub subject: Subject,
    /// What of it.
    pub quantity: Quantity,
    /// Behind a further dot. Without it: a count's total, a gauge's value now.
    pub statistic: Option<Statistic>,
    /// What its value means.
    pub value: Type,
}

/// Whom a measure is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A kind of process (an index into [`Program::classes`](super::Program)); with a number from
    /// 1, one instance.
    Process(u32, Option<u32>),
    /// A kind of process that these parameters leave out: all its counts are 0.
    Nobody(String),
    /// The calls of a routine.
    Routine(String),
    /// A shared thing, a link included; with an element from 0 only that one, without one all
    /// elements together.
    Shared(SharedId, Option<u32>),
    /// A handler of a service, from 0.
    Handler(SharedId, u16),
    /// The calls of a service from somewhere.
    Caller(Party, SharedId),
    /// What `record NAME = E` collects.
    Recorded(String),
}

/// What is measured. The words are those of the language's table.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Quantity {
    /// How often something happened: `sent`.
    Count(&'static str),
    /// How many instances of a process ended with an outcome that is no word of the table: the
    /// name of an error, or of an `outcome`.
    Outcome(String),
    /// How much there is: `length`.
    Gauge(&'static str),
    /// How long things took, or whatever else has a value each: `latency`.
    Spread(&'static str),
    /// The values that a `record` collects.
    Values,
    /// The value of a variable or counter itself.
    Value,
}

/// What is told of a quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Statistic {
    /// `.rate`, of a count: how many a second.
    Rate,
    /// `.mean`: of a gauge over time, of a spread over its values.
    Mean,
    /// `.max`
    Max,
    /// `.p99_9` is 9990: so many of ten thousand values are not above it.
    Percentile(u16),
    /// `.over(d)`: which share of the values is above `d`.
    Over(i64),
}

impl Statistic {
    /// Those without a bound, as the language writes them.
    pub const ALL: [(&'static str, Statistic); 8] = [
        ("rate", Statistic::Rate),
        ("mean", Statistic::Mean),
        ("max", Statistic::Max),
        ("p50", Statistic::Percentile(5_000)),
        ("p90", Statistic::Percentile(9_000)),
        ("p95", Statistic::Percentile(9_500)),
        ("p99", Statistic::Percentile(9_900)),
        ("p99_9", Statistic::Percentile(9_990)),
    ];
}

impl Formula {
    /// Tells of every measure in it.
    pub fn visit_measures(&self, each: &mut impl FnMut(&Measure)) {
        match self {
            Formula::Number(..) => {}
            Formula::Measure(measure) => each(measure),
            Formula::Negate(inner) | Formula::Not(inner) => inner.visit_measures(each),
            Formula::And(left, right)
            | Formula::Or(left, right)
            | Formula::Compute(_, left, right) => {
                left.visit_measures(each);
                right.visit_measures(each);
            }
        }
    }
}
