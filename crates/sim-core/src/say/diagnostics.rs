//! What can be wrong with a scenario: a closed list, each entry with a stable code and arguments.
//!
//! The words stand beside it, one file a language; both match every entry, so an entry without
//! a text does not compile.

pub use super::mistakes_of_data::DataMistake;
pub use super::mistakes_of_sagas::SagaMistake;
use super::{Lang, diagnostics_en, diagnostics_es};
use crate::program::Error;

/// A message in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// What is wrong, as a phrase without a full stop.
    pub message: String,
    /// What to do about it, where that can be said.
    pub help: Option<String>,
}

/// A stable name for a kind of mistake, such as `E0101`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub &'static str);

impl std::fmt::Display for Code {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(self.0)
    }
}

/// What the grammar asks for at some place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A name that is not reserved.
    Name,
    /// The start of an expression.
    Value,
    /// The start of a statement.
    Statement,
    /// The start of a declaration.
    Declaration,
    /// The end of a statement.
    LineEnd,
    /// Behind a whole condition.
    ConditionEnd,
    /// What may follow a process's name.
    ProcessHeader,
    /// A text in quotes.
    Text,
    /// The name of an error.
    Error,
    /// A whole number as it stands, in schedules.
    WholeNumber,
    /// What a `match` compares with.
    Pattern,
    /// The kinds of parameters.
    ParameterType,
    /// One sign or word.
    Sign(&'static str),
    /// One of some words of the scenario's own.
    OneOf(Vec<String>),
}

/// What stands where something else was expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A sign, word, number or text, as written.
    Token(String),
    /// The end of a line.
    LineEnd,
    /// The end of the text.
    TextEnd,
}

/// An explanation that goes with an [`Message::Expected`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hint {
    /// An operator at the start of a line.
    OperatorAbove,
    /// `finally` as if it belonged to a `try`.
    FinallyIsPromise,
    /// A reserved word as a name.
    Reserved(String),
    /// A block's brace on a line of its own.
    BraceOnHeader,
    /// `a < b < c`.
    Chained,
    /// A statement outside everything.
    StatementAtTop,
    /// A declaration inside a block.
    DeclarationInside,
    /// A routine called like a verb.
    VerbAsRoutine,
    /// Two statements on a line.
    Semicolon,
    /// A word that is nearly one that fits.
    Nearest(String),
    /// `=` where values are compared.
    EqualSign,
    /// A parameter without its bounds.
    Bounds,
    /// A block without its opening brace.
    BlockNeedsBraces,
    /// `for update` in something else.
    ForUpdate,
    /// `receive m from q`.
    QueueFirst {
        /// What should stand first.
        queue: String,
        /// What should stand behind `as`.
        message: String,
    },
}

/// The kind of a value, as messages name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A whole number.
    Int,
    /// True or false.
    Bool,
    /// A time span.
    Duration,
    /// So many a time.
    Rate,
    /// A part of a whole.
    Percent,
    /// Words in quotes.
    Text,
    /// A choice of these labels.
    Choice(Vec<String>),
    /// What was caught.
    Error,
    /// Several values with these names.
    Record(Vec<String>),
    /// What was received.
    Message,
}

/// The kinds of things that names stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thing {
    /// `param`
    Param,
    /// `let` at the top.
    Constant,
    /// `var`
    Var,
    /// `lock`
    Lock,
    /// `rwlock`
    RwLock,
    /// `semaphore`
    Semaphore,
    /// `condition`
    Condition,
    /// Anything that `with` takes.
    Holdable,
    /// `counter`
    Counter,
    /// `process`
    Process,
    /// `routine`
    Routine,
    /// A local.
    Local,
    /// The name behind `for`.
    Round,
    /// The name of an error.
    Error,
    /// Anything that has a value.
    Value,
    /// `queue`
    Queue,
    /// `topic`
    Topic,
    /// `log`
    Log,
    /// `group`
    Group,
    /// `service`
    Service,
    /// `breaker`
    Breaker,
    /// `limiter`
    Limiter,
    /// Anything that stands behind `with`.
    Passable,
    /// A `cache`.
    Cache,
    /// `link`
    Link,
    /// Anything that is sent to.
    Sendable,
    /// Anything that is received from.
    Receivable,
    /// What was received.
    Message,
    /// Several values with names.
    Record,
    /// Anything that is measured.
    Measured,
    /// `database`
    Database,
    /// `table`
    Table,
    /// A `table` or `cache`.
    Keyed,
    /// `t[k]`
    Row,
}

/// What a ceiling bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ceiling {
    /// Bytes of text.
    TextBytes,
    /// Brackets and blocks inside one another.
    Nesting,
    /// Operators inside one another in one expression.
    ExpressionDepth,
    /// Blocks and calls inside one another once routines are put in.
    CallDepth,
    /// Replicas of a service.
    Replicas,
    /// Kinds of arguments that routines are called with.
    RoutineKinds,
    /// Instructions of the program.
    Instructions,
    /// Locals and intermediate values of a process.
    Registers,
    /// All processes.
    Processes,
    /// Elements of an array.
    ArrayLength,
    /// Elements of all shared things.
    SharedWords,
    /// Words of a state.
    StateWords,
    /// Promises.
    Promises,
    /// Repetitions in a schedule.
    Picks,
    /// Fields of a message.
    MessageFields,
}

/// The partner of an opening bracket.
pub(super) fn closing(sign: &str) -> &'static str {
    match sign {
        "{" => "}",
        "[" => "]",
        _ => ")",
    }
}

/// One mistake, with what its text needs to know.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are the arguments of the texts beside them")]
pub enum Message {
    /// A character that belongs to no token.
    UnknownSign { found: String, instead: Option<&'static str> },
    /// A number with letters behind it that are no unit.
    UnknownUnit { found: String },
    /// A letter or digit right behind a percentage, duration or rate.
    StuckNumber { kind: &'static str, found: String },
    /// A text without its closing quote.
    UnclosedText,
    /// `\` before something that has no such form.
    UnknownEscape { found: String },
    /// A number beyond 64 bits.
    NumberTooLarge { found: String },
    /// A part of a nanosecond.
    UnevenDuration { found: String },
    /// A percentage finer than millionths of the whole.
    UnevenPercent { found: String },
    /// A rate that is no whole number of events in a thousand hours.
    UnevenRate { found: String },
    /// A dot in a number without a unit.
    Fraction { found: String },

    /// Something else than the grammar allows here.
    Expected { what: Expected, found: Found, hint: Option<Hint> },
    /// A text that does not begin with its title.
    ScenarioFirst { found: Found },
    /// A bracket without its partner.
    NotClosed { sign: &'static str, line: u32, column: u32, found: Found },
    /// Something of the language that this version cannot do.
    NotBuilt { what: String },

    /// A name nobody declared.
    UnknownName { thing: Thing, name: String, nearest: Option<String> },
    /// A name declared before.
    Twice { name: String, line: u32 },
    /// A label that is not one of the choice.
    NoSuchLabel { labels: Vec<String>, found: String, nearest: Option<String> },
    /// An option that what stands there does not have.
    UnknownOption { of: &'static str, options: Vec<String>, found: String, nearest: Option<String> },
    /// An option set twice.
    OptionTwice { name: String },

    /// A value of the wrong kind.
    WrongKind { expected: Kind, found: Kind },
    /// An operator that does not take these kinds.
    NoOperation { sign: &'static str, left: Kind, right: Kind },
    /// A thing used as another.
    WrongThing { name: String, is: Thing, expected: Thing },
    /// A counter read by a process.
    CounterRead { name: String },
    /// Something that changes where a constant is needed.
    NotConstant { name: String },
    /// Something behind a dot that this thing does not have.
    NoField { name: String, is: Thing, fields: Vec<String>, found: String },
    /// A rwlock without `.read` or `.write`.
    NeedsSide { name: String },
    /// `.read` or `.write` of something else.
    NoSide { name: String, is: Thing, side: String },
    /// A token, or `mine`, of a lock that does not run out.
    NeedsLease { name: String, word: &'static str },
    /// `mine` where no step is made.
    MineGlance { name: String },
    /// A declaration without an option that it cannot do without.
    MissingOption { of: &'static str, option: &'static str },
    /// A map's key of a kind that no key has.
    NoKey { found: Kind },
    /// A distribution where no time is spent.
    OnlyTime { name: String },
    /// A `wait until` in an `atomic`, but not first.
    UntilNotFirst,
    /// An assignment to what cannot change.
    NotAssignable { name: String, is: Thing },
    /// `x[i]` of something that is no array.
    NotAnArray { name: String },
    /// An array without an index.
    NeedsIndex { name: String },
    /// A call with too many or too few values.
    ArgumentCount { routine: String, expected: usize, found: usize },
    /// The value of a routine that returns none.
    NoValue { routine: String },
    /// A way through a routine that returns nothing, though its value is used.
    MissingReturn { routine: String },
    /// `return` with and without a value in one routine.
    MixedReturn,
    /// `return` outside a routine.
    ReturnInProcess,
    /// A routine that calls itself.
    Recursive { chain: Vec<String> },
    /// A call inside an expression.
    CallInside { routine: String },
    /// A draw inside an expression.
    DrawInside { word: &'static str },
    /// Something in an `atomic` that may have to wait.
    AtomicWaits { word: String, through: Option<String> },
    /// `break` or `continue` outside a loop.
    OutsideLoop { word: &'static str },
    /// `self` where no process is.
    SelfOutside,
    /// `self` where a request is worked on.
    SelfInHandler,
    /// What a replica has for itself, where only its handlers reach it.
    OwnThing {
        /// What.
        name: String,
        /// Whose.
        service: String,
    },
    /// An option that has no effect beside, or without, another.
    SaysNothing {
        /// Which.
        option: &'static str,
        /// The other, as it is written.
        other: String,
        /// True where the other is what it needs.
        needs: bool,
    },
    /// A `match` without an arm for some value.
    MatchMissing { labels: Vec<String> },
    /// A `match` over numbers without `else`.
    MatchNeedsElse,
    /// A value that two arms name.
    MatchTwice { pattern: String },
    /// A name in a schedule that lacks its number.
    PickNeedsNumber { name: String },
    /// A number for a process that is one of a kind.
    PickNoNumber { name: String },
    /// A number where a schedule needs none.
    PickPlain { name: String },
    /// A process that these parameters leave out.
    PickNoProcess { word: String },
    /// A pick count that starts at 1.
    PickFromOne,

    /// Something else sent to a thing than before.
    ShapeDiffers { name: String, line: u32, expected: Vec<String>, found: Vec<String> },
    /// What is in a message, of a thing to which nobody sends.
    NeverSent { name: String },
    /// `ack` or `nack` of a message that its block answers, or that needs no answer.
    AnsweredAlready { name: String, word: &'static str, followed: bool },
    /// Queues that are one another's dead letters all round; the first stands at the end again.
    DeadLetterCircle { chain: Vec<String> },
    /// A record where only a single value can stand.
    RecordHere,
    /// Two records compared, or one with something else than `none`.
    RecordCompared,
    /// What would leave a branch of a `together`.
    BranchLeaves { word: &'static str },
    /// A local of the process around a branch that the branch would change.
    BranchAssigns { name: String },
    /// An offset of what has none.
    NoOffset { name: String, is: Thing },
    /// An offset of what is on its way.
    OffsetOverLink { from: String, to: String },
    /// `follow` of a log with several parts.
    FollowParts { name: String, partitions: i64 },
    /// A link over which nothing is sent.
    LinkUnused { from: String, to: String },
    /// A link that is not there.
    NoLink { from: String, to: String },
    /// A surge of what does not arrive.
    SurgeNeedsArrivals { name: String },
    /// A count read by a process.
    CountHere { name: String },
    /// A rate, spread or share outside goals and charts.
    MeasureHere { name: String },
    /// A spread without what is told of it.
    NeedsStatistic { name: String },
    /// Something told of a measure that is not.
    NoStatistic { known: Vec<String>, found: String },

    /// Bounds in the wrong order.
    EmptyRange { least: String, greatest: String },
    /// A default or value outside its bounds.
    OutsideRange { name: String, found: String, least: String, greatest: String },
    /// Arithmetic on constants that cannot be done.
    ConstantError { error: Error },
    /// A size or number of processes below the least possible.
    TooSmall { found: i64, least: i64 },
    /// A number above the greatest possible.
    TooGreat { found: i64, greatest: i64 },
    /// A window of time that is no whole number of seconds.
    WholeSeconds { found: String },
    /// `earn` of a limiter that counts by windows.
    EarnsInBucket,
    /// A pause at a time that never ends.
    PauseNeedsFor,
    /// A constant index outside the array.
    IndexOutside { name: String, index: i64, length: u64 },
    /// The least or greatest of nothing.
    NothingToCompare,
    /// A value for a parameter that there is not.
    UnknownParameter { name: String, names: Vec<String>, nearest: Option<String> },
    /// A value that is no value of the parameter's kind.
    BadValue { name: String, expected: Kind, found: String },

    /// Something about databases.
    Data(DataMistake),
    /// Something about sagas.
    Saga(SagaMistake),

    /// More than this version takes.
    TooMuch { what: Ceiling, most: u64 },
}

impl Message {
    /// Its stable name, for documentation and tests.
    #[must_use]
    pub fn code(&self) -> Code {
        Code(match self {
            Message::Data(mistake) => return mistake.code(),
            Message::Saga(mistake) => return mistake.code(),
            Message::UnknownSign { .. } => "E0101",
            Message::UnknownUnit { .. } => "E0102",
            Message::StuckNumber { .. } => "E0103",
            Message::UnclosedText => "E0104",
            Message::UnknownEscape { .. } => "E0105",
            Message::NumberTooLarge { .. } => "E0106",
            Message::UnevenDuration { .. } => "E0107",
            Message::Fraction { .. } => "E0108",
            Message::UnevenPercent { .. } => "E0109",
            Message::UnevenRate { .. } => "E0113",
            Message::Expected { .. } => "E0110",
            Message::ScenarioFirst { .. } => "E0111",
            Message::NotClosed { .. } => "E0112",
            Message::UnknownName { .. } => "E0201",
            Message::Twice { .. } => "E0202",
            Message::NoSuchLabel { .. } => "E0203",
            Message::UnknownOption { .. } => "E0204",
            Message::OptionTwice { .. } => "E0205",
            Message::WrongKind { .. } => "E0301",
            Message::NoOperation { .. } => "E0302",
            Message::WrongThing { .. } => "E0303",
            Message::CounterRead { .. } => "E0304",
            Message::NotConstant { .. } => "E0305",
            Message::NotAssignable { .. } => "E0306",
            Message::NotAnArray { .. } => "E0307",
            Message::NeedsIndex { .. } => "E0308",
            Message::ArgumentCount { .. } => "E0309",
            Message::NoValue { .. } => "E0310",
            Message::MissingReturn { .. } => "E0311",
            Message::MixedReturn => "E0312",
            Message::ReturnInProcess => "E0313",
            Message::NoField { .. } => "E0320",
            Message::NeedsSide { .. } => "E0321",
            Message::NoSide { .. } => "E0322",
            Message::NeedsLease { .. } => "E0323",
            Message::MineGlance { .. } => "E0324",
            Message::MissingOption { .. } => "E0325",
            Message::NoKey { .. } => "E0326",
            Message::OnlyTime { .. } => "E0420",
            Message::UntilNotFirst => "E0421",
            Message::Recursive { .. } => "E0401",
            Message::CallInside { .. } => "E0402",
            Message::AtomicWaits { .. } => "E0403",
            Message::DrawInside { .. } => "E0413",
            Message::OutsideLoop { .. } => "E0404",
            Message::SelfOutside => "E0405",
            Message::MatchMissing { .. } => "E0406",
            Message::MatchNeedsElse => "E0407",
            Message::MatchTwice { .. } => "E0408",
            Message::PickNeedsNumber { .. } => "E0409",
            Message::PickNoNumber { .. } => "E0410",
            Message::PickPlain { .. } => "E0414",
            Message::PickNoProcess { .. } => "E0411",
            Message::PickFromOne => "E0412",
            Message::ShapeDiffers { .. } => "E0701",
            Message::NeverSent { .. } => "E0702",
            Message::AnsweredAlready { .. } => "E0703",
            Message::NoOffset { .. } => "E0704",
            Message::OffsetOverLink { .. } => "E0705",
            Message::FollowParts { .. } => "E0706",
            Message::LinkUnused { .. } => "E0707",
            Message::NoLink { .. } => "E0708",
            Message::SurgeNeedsArrivals { .. } => "E0709",
            Message::CountHere { .. } => "E0710",
            Message::MeasureHere { .. } => "E0711",
            Message::NeedsStatistic { .. } => "E0712",
            Message::NoStatistic { .. } => "E0713",
            Message::DeadLetterCircle { .. } => "E0714",
            Message::RecordHere => "E0730",
            Message::RecordCompared => "E0731",
            Message::BranchLeaves { .. } => "E0732",
            Message::BranchAssigns { .. } => "E0733",
            Message::SelfInHandler => "E0740",
            Message::OwnThing { .. } => "E0742",
            Message::SaysNothing { .. } => "E0748",
            Message::WholeSeconds { .. } => "E0720",
            Message::EarnsInBucket => "E0721",
            Message::EmptyRange { .. } => "E0501",
            Message::OutsideRange { .. } => "E0502",
            Message::ConstantError { .. } => "E0503",
            Message::TooSmall { .. } => "E0504",
            Message::IndexOutside { .. } => "E0505",
            Message::NothingToCompare => "E0506",
            Message::UnknownParameter { .. } => "E0507",
            Message::BadValue { .. } => "E0508",
            Message::TooGreat { .. } => "E0509",
            Message::PauseNeedsFor => "E0510",
            Message::TooMuch { what, .. } => match what {
                Ceiling::TextBytes => "E0601",
                Ceiling::Nesting => "E0602",
                Ceiling::ExpressionDepth => "E0603",
                Ceiling::CallDepth => "E0604",
                Ceiling::Replicas => "E0741",
                Ceiling::RoutineKinds => "E0605",
                Ceiling::Instructions => "E0606",
                Ceiling::Registers => "E0607",
                Ceiling::Processes => "E0608",
                Ceiling::ArrayLength => "E0609",
                Ceiling::SharedWords => "E0610",
                Ceiling::StateWords => "E0613",
                Ceiling::Picks => "E0611",
                Ceiling::Promises => "E0612",
                Ceiling::MessageFields => "E0614",
            },
            Message::NotBuilt { .. } => "E0901",
        })
    }

    /// The message in words.
    #[must_use]
    pub fn say(&self, lang: Lang) -> Said {
        if let Message::Data(mistake) = self {
            return mistake.say(lang);
        }
        if let Message::Saga(mistake) = self {
            return mistake.say(lang);
        }
        let (message, help) = match lang {
            Lang::En => (diagnostics_en::message(self), diagnostics_en::help(self)),
            Lang::Es => (diagnostics_es::message(self), diagnostics_es::help(self)),
        };
        Said { message, help }
    }
}

/// A name or word as messages show it.
pub(super) fn ticks(word: &str) -> String {
    format!("`{word}`")
}
