//! Diagnostics in English.

use super::ceilings_en::{too_much, too_much_help};
use super::diagnostics::{Expected, Found, Hint, Kind, Message, Thing, ticks};
use crate::program::Error;

pub(super) fn message(message: &Message) -> String {
    match message {
        Message::UnknownSign { found, .. } => format!("`{found}` is no sign of the language"),
        Message::UnknownUnit { found } => {
            format!("expected a unit: ns us ms s min h, found `{found}`")
        }
        Message::StuckNumber { kind, found } => {
            format!("expected a blank or an operator after the {kind}, found `{found}`")
        }
        Message::UnclosedText => "expected `\"` at the end of the text".to_owned(),
        Message::UnknownEscape { found } => {
            format!("expected `\\\"`, `\\\\`, `\\{{` or `\\n`, found `{found}`")
        }
        Message::NumberTooLarge { found } => format!("`{found}` is beyond 64 bits"),
        Message::UnevenDuration { found } => {
            format!("`{found}` is no whole number of nanoseconds")
        }
        Message::UnevenPercent { found } => {
            format!("`{found}` is no whole number of millionths")
        }
        Message::UnevenRate { found } => {
            format!("`{found}` is no whole number of events in 1000 hours")
        }
        Message::Fraction { found } => format!("expected a whole number, found `{found}`"),
        Message::Expected { what, found, .. } => {
            format!("expected {}, found {}", expected(what), self::found(found))
        }
        Message::ScenarioFirst { found } => {
            format!("expected `scenario \"...\"` first, found {}", self::found(found))
        }
        Message::NotClosed { sign, line, column, found } => {
            let closing = super::diagnostics::closing(sign);
            format!(
                "expected `{closing}` for the `{sign}` at {line}:{column}, found {}",
                self::found(found)
            )
        }
        // Said beside what they are.
        Message::Data(_) | Message::Saga(_) => String::new(),
        Message::NotBuilt { what } => format!("`{what}` is not built yet"),
        Message::UnknownName { thing: Thing::Value, name, .. } => {
            format!("nothing is called `{name}` here")
        }
        Message::UnknownName { thing, name, .. } => {
            format!("no {} is called `{name}`", noun(*thing))
        }
        Message::Twice { name, line } => {
            format!("`{name}` is declared twice: first on line {line}")
        }
        Message::NoSuchLabel { labels, found, .. } => {
            format!("expected one of {}, found `{found}`", labels.join(", "))
        }
        Message::UnknownOption { of, options, found, .. } => {
            format!("expected an option of `{of}`: {}; found `{found}`", options.join(", "))
        }
        Message::OptionTwice { name } => format!("`{name}` is set twice"),
        Message::WrongKind { expected, found } => {
            format!("expected {}, found {}", kind(expected), kind(found))
        }
        Message::NoOperation { sign, left, right } => {
            format!("`{sign}` does not go with {} and {}", kind(left), kind(right))
        }
        Message::WrongThing { name, is, expected } => {
            format!("expected a {}, but `{name}` is a {}", noun(*expected), noun(*is))
        }
        Message::CounterRead { name } => {
            format!("`{name}` is a counter: a process may change it, but not read it")
        }
        Message::NotConstant { name } => format!("expected a constant, but `{name}` is none"),
        Message::NotAssignable { name, is } => {
            format!("`{name}` is a {} and cannot be assigned to", noun(*is))
        }
        Message::NoField { name, is, found, .. } => {
            format!("`{name}` is a {} and has no `.{found}`", noun(*is))
        }
        Message::NeedsSide { name } => {
            format!("`{name}` is a rwlock: expected `{name}.read` or `{name}.write`")
        }
        Message::NoSide { name, is, side } => {
            format!("`.{side}` belongs to a rwlock, but `{name}` is a {}", noun(*is))
        }
        Message::NeedsLease { name, word } => {
            format!("`{word}` belongs to a lock with a lease, but `{name}` never runs out")
        }
        Message::MineGlance { name } => {
            format!("`{name}.mine` is a step of its own and cannot stand here")
        }
        Message::MissingOption { of, option } => format!("a {of} needs the option `{option}`"),
        Message::NoKey { found } => {
            format!("expected an int, a choice or a text as a key, found {}", kind(found))
        }
        Message::OnlyTime { name } => {
            format!("`{name}` draws a time: it stands only where time is spent")
        }
        Message::UntilNotFirst => "`wait until` stands first in `atomic` or not at all".to_owned(),
        Message::NotAnArray { name } => format!("`{name}` is no array"),
        Message::NeedsIndex { name } => format!("`{name}` is an array: expected `[` and an index"),
        Message::ArgumentCount { routine, expected, found } => {
            let values = if *expected == 1 { "value" } else { "values" };
            format!("`{routine}` takes {expected} {values}, found {found}")
        }
        Message::NoValue { routine } => format!("`{routine}` returns no value"),
        Message::MissingReturn { routine } => {
            format!("`{routine}` is used for its value, but does not return one on every way")
        }
        Message::MixedReturn => "expected `return` always with a value or never".to_owned(),
        Message::ReturnInProcess => "`return` stands only in a routine".to_owned(),
        Message::Recursive { chain } => {
            let chain: Vec<String> = chain.iter().map(|name| ticks(name)).collect();
            format!("a routine cannot call itself: {}", chain.join(" calls "))
        }
        Message::CallInside { routine } => {
            format!("a call of `{routine}` cannot stand inside an expression")
        }
        Message::DrawInside { word } => format!("`{word}` cannot stand inside an expression"),
        Message::AtomicWaits { word, through: None } => {
            format!("`{word}` cannot stand in `atomic`: one step cannot wait")
        }
        Message::AtomicWaits { word, through: Some(routine) } => {
            format!(
                "`{routine}` cannot be called in `atomic`: it has `{word}`, and one step cannot wait"
            )
        }
        Message::OutsideLoop { word } => format!("`{word}` stands only in a loop"),
        Message::SelfInHandler => {
            "`self` is the number of a process, and a request has none".to_owned()
        }
        Message::OwnThing { name, service } => {
            format!(
                "`{name}` belongs to each replica of `{service}`, and only its handlers reach it"
            )
        }
        Message::SaysNothing { option, other, needs } => {
            let how = if *needs { "without" } else { "beside" };
            format!("`{option}` says nothing {how} `{other}`")
        }
        Message::SelfOutside => "`self` stands only in a process or a routine".to_owned(),
        Message::MatchMissing { labels } => {
            format!("this `match` has no arm for {}", labels.join(", "))
        }
        Message::MatchNeedsElse => "a `match` over numbers or texts needs an `else` arm".to_owned(),
        Message::MatchTwice { pattern } => format!("`{pattern}` has an arm already"),
        Message::PickNeedsNumber { name } => format!("which `{name}`? there are several"),
        Message::PickNoNumber { name } => format!("`{name}` is one process, without a number"),
        Message::PickPlain { name } => format!("`{name}` stands here without a number"),
        Message::PickNoProcess { word } => {
            format!("there is no `{word}` under these parameters")
        }
        Message::PickFromOne => "expected a number from 1".to_owned(),
        Message::ShapeDiffers { name, line, expected, found } => {
            format!("`{name}` gets {} in line {line}, but {} here", fields(expected), fields(found))
        }
        Message::NeverSent { name } => {
            format!("nobody sends anything to `{name}`: what its messages have is unknown")
        }
        Message::AnsweredAlready { name, word, followed: false } => {
            format!("`{word} {name}` is not needed: the end of the block answers for `{name}`")
        }
        Message::AnsweredAlready { name, word, followed: true } => {
            format!("`{word} {name}` is not needed: what `follow` reads stays in its log")
        }
        Message::NoOffset { name, is } => {
            format!("only a log has offsets, and `{name}` is a {}", noun(*is))
        }
        Message::OffsetOverLink { from, to } => {
            format!("no offset comes back over the link `{from} -> {to}`")
        }
        Message::FollowParts { name, partitions } => {
            format!("`follow` reads a log of one partition, and `{name}` has {partitions}")
        }
        Message::RecordHere => {
            "only a single value can stand here, no record or message".to_owned()
        }
        Message::BranchLeaves { word } => format!("`{word}` cannot leave a branch of `together`"),
        Message::BranchAssigns { name } => {
            format!("`{name}` belongs to the process around: a branch has a copy of it")
        }
        Message::RecordCompared => "records are compared with `none` only".to_owned(),
        Message::DeadLetterCircle { chain } => match &chain[..] {
            [one] | [one, _] => format!("`{one}` cannot be its own dead letter"),
            _ => {
                let chain: Vec<String> = chain.iter().map(|name| ticks(name)).collect();
                format!("dead letters would go round for ever: {}", chain.join(" to "))
            }
        },
        Message::LinkUnused { from, to } => format!("`{from}` sends nothing to `{to}`"),
        Message::NoLink { from, to } => format!("there is no link between `{from}` and `{to}`"),
        Message::SurgeNeedsArrivals { name } => {
            format!("`surge` brings arrivals closer, and `{name}` does not arrive by `every`")
        }
        Message::CountHere { name } => {
            format!("`{name}` is a count: a process cannot read it")
        }
        Message::MeasureHere { name } => {
            format!("`{name}` is measured: it may stand only in a `goal` or `chart`")
        }
        Message::NeedsStatistic { name } => {
            format!("`{name}` is no number: expected what to tell of it")
        }
        Message::NoStatistic { known, found } => {
            format!("expected one of {}; found `{found}`", known.join(", "))
        }
        Message::EmptyRange { least, greatest } => {
            format!("the range `{least}..{greatest}` is empty")
        }
        Message::OutsideRange { name, found, least, greatest } => {
            format!("expected `{name}` in {least}..{greatest}, found {found}")
        }
        Message::ConstantError { error } => match error {
            Error::Overflow => "this is beyond 64 bits",
            Error::DivisionByZero => "this divides by zero",
            Error::OutsideArray => "this is outside the array",
            Error::NotHeld => "this lock is not held",
            Error::NegativeTime => "a time cannot be negative",
            Error::NoValue => "`none` cannot be computed with",
            Error::TooMany => "this is more than there is room for",
            _ => "this cannot be done here",
        }
        .to_owned(),
        Message::TooSmall { found, least } => format!("expected at least {least}, found {found}"),
        Message::TooGreat { found, greatest } => {
            format!("expected at most {greatest}, found {found}")
        }
        Message::WholeSeconds { found } => {
            format!("a window of time is whole seconds, found {found}")
        }
        Message::EarnsInBucket => "only a bucket's tokens can be earned".to_owned(),
        Message::PauseNeedsFor => "a pause at a given time needs `for`".to_owned(),
        Message::IndexOutside { name, index, length } => {
            format!("`{name}` has the elements 1..{length}, found {index}")
        }
        Message::NothingToCompare => "an empty range has no least and no greatest".to_owned(),
        Message::UnknownParameter { name, names, .. } => {
            if names.is_empty() {
                format!("this scenario has no parameters, found `{name}`")
            } else {
                format!("expected one of {}, found `{name}`", names.join(", "))
            }
        }
        Message::BadValue { name, expected, found } => {
            format!("expected {} for `{name}`, found `{found}`", kind(expected))
        }
        Message::TooMuch { what, most } => too_much(*what, *most),
    }
}

pub(super) fn help(message: &Message) -> Option<String> {
    let nearest =
        |name: &Option<String>| name.as_ref().map(|name| format!("did you mean `{name}`?"));
    match message {
        Message::UnknownSign { instead, .. } => instead.map(|instead| format!("write `{instead}`")),
        Message::StuckNumber { kind: "percentage", .. } => {
            Some("the remainder is `mod`".to_owned())
        }
        Message::Fraction { .. } => {
            Some("a fraction is written as a percentage: `150%`".to_owned())
        }
        Message::WrongKind { expected: Kind::Duration, found: Kind::Int } => {
            Some("a time has a unit: `5ms`, `2s`".to_owned())
        }
        Message::Expected { hint: Some(hint), .. } => Some(self::hint(hint)),
        Message::UnknownOption { found, of: "retry", .. } if found == "jitter" => {
            Some("the jitter is part of `backoff`: `full`, `equal` or `decorrelated`".to_owned())
        }
        Message::UnknownName { nearest: name, .. }
        | Message::UnknownOption { nearest: name, .. }
        | Message::NoSuchLabel { nearest: name, .. }
        | Message::UnknownParameter { nearest: name, .. } => nearest(name),
        Message::Twice { .. } => Some("choose another name".to_owned()),
        Message::CounterRead { name } => {
            Some(format!("a counter only observes; to decide by it, declare `var {name}`"))
        }
        Message::NotConstant { .. } => {
            Some("numbers, parameters and `let` at the top level are constants".to_owned())
        }
        Message::NotAssignable { is, .. } => match is {
            Thing::Param => Some("copy it: `let x = …`, or declare a `var`".to_owned()),
            Thing::Constant => Some("declare it as `var` if processes change it".to_owned()),
            Thing::Lock | Thing::RwLock | Thing::Semaphore => {
                Some("take it with `with` or `acquire`".to_owned())
            }
            Thing::Breaker | Thing::Limiter => Some("pass it with `with`".to_owned()),
            Thing::Round => Some("copy it: `let x = …`".to_owned()),
            _ => None,
        },
        Message::NoField { fields, .. } if fields.is_empty() => None,
        Message::NoField { name, fields, .. } => {
            let fields: Vec<String> =
                fields.iter().map(|field| ticks(&format!("{name}.{field}"))).collect();
            Some(format!("there is {}", fields.join(", ")))
        }
        Message::NeedsSide { .. } => Some("many may read at once, one alone may write".to_owned()),
        Message::NoSide { name, .. } => Some(format!("write `{name}`")),
        Message::NeedsLease { name, .. } => {
            Some(format!("declare when it runs out: `lock {name} (lease: 5s)`"))
        }
        Message::MineGlance { name } => Some(format!("ask before: `let held = {name}.mine`")),
        Message::MissingOption { of: "semaphore", .. } => {
            Some("say how many may hold it at once: `(permits: 3)`".to_owned())
        }
        Message::MissingOption { of: "limiter", .. } => {
            Some("say how many may pass in a time: `(rate: 10/s)`".to_owned())
        }
        Message::MissingOption { of: "breaker", .. } => {
            Some("say from when on a call is slow: `(slow: 50%, slow_after: 1s)`".to_owned())
        }
        Message::EarnsInBucket => Some("leave `kind` out, or `earn`".to_owned()),
        Message::MissingOption { of: "group", .. } => {
            Some("say which log it reads: `(from: events)`".to_owned())
        }
        Message::MissingOption { of: "condition", .. } => {
            Some("say which lock it lets go: `(lock: m)`".to_owned())
        }
        Message::OnlyTime { .. } => {
            Some("behind `sleep`, `work`, `every` or `again after`".to_owned())
        }
        Message::UntilNotFirst => {
            Some("a step waits before it begins; let it stand before the `atomic`".to_owned())
        }
        Message::NotAnArray { name } => Some(format!("write `{name}` without an index")),
        Message::NeedsIndex { name } => Some(format!("elements count from 1: `{name}[1]`")),
        Message::NoValue { .. } => Some("let it `return` a value, or call it alone".to_owned()),
        Message::MissingReturn { .. } => Some("end each way with `return` and a value".to_owned()),
        Message::ReturnInProcess => Some("`stop` ends a process".to_owned()),
        Message::Recursive { .. } => Some("use `while` or `repeat`".to_owned()),
        Message::CallInside { routine } => Some(format!(
            "it may wait, so it stands alone or right of `=` or `return`: `let x = {routine}(…)`"
        )),
        Message::DrawInside { word } => Some(format!(
            "it is a step of its own: `let x = {word}(…)`, or the whole condition of `if`"
        )),
        Message::AtomicWaits { .. } => {
            Some("let it stand before or behind the `atomic`".to_owned())
        }
        Message::MatchMissing { .. } | Message::MatchNeedsElse => {
            Some("add the arm, or `else => { }`".to_owned())
        }
        Message::PickNeedsNumber { name } => Some(format!("write `{name}[1]`")),
        Message::PickNoNumber { name } | Message::PickPlain { name } => {
            Some(format!("write `{name}`"))
        }
        Message::EmptyRange { .. } => Some("the lesser bound stands first".to_owned()),
        Message::PauseNeedsFor => Some("say how long it lasts: `for 1s`".to_owned()),
        Message::TooMuch { what, .. } => Some(too_much_help(*what).to_owned()),
        Message::ShapeDiffers { .. } => {
            Some("all messages of a queue have the same fields".to_owned())
        }
        Message::NeverSent { name } => {
            Some(format!("send it something: `send {{ order: 1 }} to {name}`"))
        }
        Message::AnsweredAlready { word, followed: false, .. } => Some(format!(
            "to answer by hand, receive it so: `let m = receive q`, and later `{word} m`"
        )),
        Message::AnsweredAlready { .. } => Some("take this line out".to_owned()),
        Message::OffsetOverLink { .. } => {
            Some("the sender goes on at once; take out the link, or the `let`".to_owned())
        }
        Message::FollowParts { name, .. } => Some(format!(
            "read it by a group: `group readers (from: {name})`, or set `partitions: 1`"
        )),
        Message::RecordHere => Some(
            "take one field of it, as in `r.amount`; records are kept in locals and in maps"
                .to_owned(),
        ),
        Message::BranchLeaves { .. } => {
            Some("a branch ends at its `}`; `fail` leaves it with an error".to_owned())
        }
        Message::BranchAssigns { .. } => {
            Some("keep what a branch finds in a `var` or under a key of a map".to_owned())
        }
        Message::RecordCompared => {
            Some("compare their fields, as in `a.amount == b.amount`".to_owned())
        }
        Message::DeadLetterCircle { .. } => {
            Some("name a queue that does not lead back here, or leave `dead_letter` out".to_owned())
        }
        Message::OwnThing { name, .. } => Some(format!(
            "in a handler write `{name}`; let a handler answer what others need to know"
        )),
        Message::SaysNothing { other, needs: true, .. } => {
            Some(format!("add `{other}`, or leave it out"))
        }
        Message::SaysNothing { .. } => Some("leave it out".to_owned()),
        Message::SelfInHandler => Some(
            "let the caller give what the handler needs: `call s.h(self)` and `on h(who)`"
                .to_owned(),
        ),
        Message::LinkUnused { from, to } => Some(format!(
            "a link goes from a process to what it sends to: `send … to {to}` in `{from}`"
        )),
        Message::NoLink { from, to } => Some(format!("declare `link {from} -> {to}`")),
        Message::SurgeNeedsArrivals { name } => {
            Some(format!("write for example `process {name} every 100ms`"))
        }
        Message::CountHere { .. } => {
            Some("a count stands in `always`, `finally`, `goal` or `chart`".to_owned())
        }
        Message::MeasureHere { .. } => {
            Some("processes and promises see what is there now, such as `q.length`".to_owned())
        }
        Message::NeedsStatistic { name } => Some(format!("write for example `{name}.p99`")),
        _ => None,
    }
}

/// What a message has.
fn fields(fields: &[String]) -> String {
    match fields {
        [one] if !one.contains(": ") => format!("a plain value ({one})"),
        _ => format!("{{ {} }}", fields.join(", ")),
    }
}

fn hint(hint: &Hint) -> String {
    match hint {
        Hint::OperatorAbove => "an operator stands at the end of the line above".to_owned(),
        Hint::FinallyIsPromise => {
            "`with` lets go by itself; `finally` is a promise at the top level".to_owned()
        }
        Hint::Reserved(word) => format!("`{word}` is reserved"),
        Hint::BraceOnHeader => "`{` stands on the line of its header".to_owned(),
        Hint::Chained => "comparisons do not chain: `a < b and b < c`".to_owned(),
        Hint::StatementAtTop => {
            "what is done stands inside a process, a routine or a handler".to_owned()
        }
        Hint::DeclarationInside => "what exists is declared at the top level".to_owned(),
        Hint::VerbAsRoutine => "a routine cannot be called like a verb".to_owned(),
        Hint::Semicolon => "two statements on one line stand apart by `;`".to_owned(),
        Hint::Nearest(word) => format!("did you mean `{word}`?"),
        Hint::EqualSign => "`=` assigns, `==` compares".to_owned(),
        Hint::Bounds => "a number has bounds: `= 2 in 1..6`".to_owned(),
        Hint::BlockNeedsBraces => "what belongs together stands in `{ }`".to_owned(),
        Hint::ForUpdate => "`for update` stands alone or right of `=` or `return`".to_owned(),
        Hint::QueueFirst { queue, message } => {
            format!("the queue comes first: `receive {queue} as {message} {{ … }}`")
        }
    }
}

fn expected(what: &Expected) -> String {
    match what {
        Expected::Name => "a name".to_owned(),
        Expected::Value => "a value".to_owned(),
        Expected::Statement => "a statement".to_owned(),
        Expected::Declaration => "a declaration".to_owned(),
        Expected::LineEnd => "the end of the line or `;`".to_owned(),
        Expected::ConditionEnd => "`and`, `or` or the end of the condition".to_owned(),
        Expected::ProcessHeader => {
            "`*`, `every`, `again after`, `forever`, `receive`, `if` or `{`".to_owned()
        }
        Expected::Text => "a text in quotes".to_owned(),
        Expected::Error => "the name of an error".to_owned(),
        Expected::WholeNumber => "a whole number".to_owned(),
        Expected::Pattern => "a value to match, or `else`".to_owned(),
        Expected::ParameterType => {
            "`int`, `duration`, `rate`, `percent`, `bool` or `choice`".to_owned()
        }
        Expected::Sign(sign) => ticks(sign),
        Expected::OneOf(words) => format!("one of {}", words.join(", ")),
    }
}

fn found(found: &Found) -> String {
    match found {
        Found::Token(token) => ticks(token),
        Found::LineEnd => "the end of the line".to_owned(),
        Found::TextEnd => "the end of the text".to_owned(),
    }
}

fn kind(kind: &Kind) -> String {
    match kind {
        Kind::Int => "an int".to_owned(),
        Kind::Bool => "a bool".to_owned(),
        Kind::Duration => "a duration".to_owned(),
        Kind::Rate => "a rate".to_owned(),
        Kind::Percent => "a percent".to_owned(),
        Kind::Text => "a text".to_owned(),
        Kind::Error => "an error".to_owned(),
        Kind::Choice(labels) => format!("a choice of {}", labels.join(", ")),
        Kind::Record(names) => format!("a record {{ {} }}", names.join(", ")),
        Kind::Message => "a message".to_owned(),
    }
}

fn noun(thing: Thing) -> &'static str {
    match thing {
        Thing::Param => "parameter",
        Thing::Constant => "constant",
        Thing::Var => "var",
        Thing::Lock => "lock",
        Thing::RwLock => "rwlock",
        Thing::Semaphore => "semaphore",
        Thing::Condition => "condition",
        Thing::Holdable => "lock, rwlock or semaphore",
        Thing::Counter => "counter",
        Thing::Process => "process",
        Thing::Routine => "routine",
        Thing::Local => "local",
        Thing::Round => "loop counter",
        Thing::Error => "error",
        Thing::Value => "value",
        Thing::Queue => "queue",
        Thing::Topic => "topic",
        Thing::Log => "log",
        Thing::Group => "group",
        Thing::Service => "service",
        Thing::Breaker => "breaker",
        Thing::Limiter => "limiter",
        Thing::Passable => "lock, rwlock, semaphore, breaker or limiter",
        Thing::Cache => "cache",
        Thing::Link => "link",
        Thing::Sendable => "queue, topic or log",
        Thing::Receivable => "queue or group",
        Thing::Message => "message",
        Thing::Record => "record",
        Thing::Measured => "measure",
        Thing::Database => "database",
        Thing::Table => "table",
        Thing::Keyed => "table or cache",
        Thing::Row => "row of a table",
    }
}
