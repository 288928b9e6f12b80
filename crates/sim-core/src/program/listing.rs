//! A program's instructions as text, for tests and for those who want to see what became of
//! a scenario. Stable, so that it can be compared.

use super::{Binary, CounterChange, Mode, NONE, Op, Outcomes, Pc, Program, Reg, SharedId, Spend};
use std::fmt::Write;

/// All instructions with their places in the code; touches are marked by `*`.
#[must_use]
pub fn listing(program: &Program) -> String {
    let mut out = String::new();
    for class in &program.classes {
        let times = if class.numbered { format!(" * {}", class.instances) } else { String::new() };
        let _ = writeln!(out, "process {}{times}, registers {}", class.name, class.registers);
        for local in &class.locals {
            let (from, to) = (local.scope.start, local.scope.end);
            let _ = writeln!(out, "  r{} is {} in {from}..{to}", local.register, local.name);
        }
        lines(program, class.code.clone(), &mut out);
    }
    for promise in &program.promises {
        let (result, condition) = (promise.glance.result, &promise.condition);
        let _ = writeln!(out, "promise {condition}, result r{result}");
        lines(program, promise.glance.code.clone(), &mut out);
    }
    for condition in &program.conditions {
        let (result, words) = (condition.glance.result, &condition.words);
        let _ = writeln!(out, "until {words}, result r{result}");
        lines(program, condition.glance.code.clone(), &mut out);
    }
    out
}

fn lines(program: &Program, code: std::ops::Range<Pc>, out: &mut String) {
    for pc in code {
        let op = &program.code[pc as usize];
        let mark = if op.is_touch() { '*' } else { ' ' };
        let _ = write!(out, "{pc:4} {mark} {}", line(program, op));
        if let Some((to, register)) = program.landings.get(&pc) {
            let _ = write!(out, " | error: r{register}, {to}");
        }
        for strike in program.strikes.get(&pc).into_iter().flatten() {
            let (timer, register, to) = (strike.timer, strike.error, strike.to);
            let _ = write!(out, " | timer {timer}: r{register}, {to}");
        }
        out.push('\n');
    }
}

fn line(program: &Program, op: &Op) -> String {
    let place = |id: SharedId, index: Option<Reg>| {
        let name = &program.shared[id as usize].name;
        index.map_or_else(|| name.clone(), |index| format!("{name}[r{index}]"))
    };
    match *op {
        Op::Const { to, value: NONE } => format!("r{to} = none"),
        Op::Const { to, value } => format!("r{to} = {value}"),
        Op::Copy { to, from } => format!("r{to} = r{from}"),
        Op::RoutineBegan { routine } => {
            format!("routine {} begins", program.labels[routine as usize])
        }
        Op::Saga { saga, mark, step, error } => {
            let by = error.map_or(String::new(), |error| format!(" r{error}"));
            format!("saga {saga} {mark:?} {step}{by}")
        }
        Op::RoutineEnded { routine, error } => {
            let name = &program.labels[routine as usize];
            error.map_or(format!("routine {name} ends"), |error| {
                format!("routine {name} fails r{error}")
            })
        }
        Op::Replica { to } => format!("r{to} = replica"),
        Op::Number { to } => format!("r{to} = self"),
        Op::Compute { what: Binary::Least, to, left, right } => {
            format!("r{to} = min(r{left}, r{right})")
        }
        Op::Compute { what: Binary::Greatest, to, left, right } => {
            format!("r{to} = max(r{left}, r{right})")
        }
        Op::Compute { what, to, left, right } => {
            format!("r{to} = r{left} {} r{right}", sign(what))
        }
        Op::Negate { to, from } => format!("r{to} = -r{from}"),
        Op::Not { to, from } => format!("r{to} = not r{from}"),
        Op::Jump { to } => format!("go {to}"),
        Op::Branch { when, yes, no } => format!("if r{when} go {yes} else {no}"),
        Op::Count { counter, index, change, by } => {
            let change = match change {
                CounterChange::Add => "+=",
                CounterChange::Subtract => "-=",
                CounterChange::Set => "=",
            };
            format!("{} {change} r{by}", place(counter, index))
        }
        Op::Read { to, from, index } => format!("r{to} = {}", place(from, index)),
        Op::Write { to, index, from } => format!("{} = r{from}", place(to, index)),
        Op::ReadKey { to, from, key, count } => {
            format!("{} = {}", run(to, count), place(from, Some(key)))
        }
        Op::WriteKey { to, key, from, count } => {
            format!("{} = {}", place(to, Some(key)), run(from, count))
        }
        Op::Gauge { to, of, index, gauge } => {
            format!("r{to} = {}.{}", place(of, index), gauge.word())
        }
        Op::Mine { to, lock, index } => format!("r{to} = {}.mine", place(lock, index)),
        Op::Acquire { lock, index, mode, token } => {
            let token = token.map_or_else(String::new, |token| format!(" as r{token}"));
            format!("acquire {}{}{token}", place(lock, index), side(mode))
        }
        Op::Release { lock, index, mode, lenient } => {
            let strict = if lenient { "" } else { ", held" };
            format!("release {}{}{strict}", place(lock, index), side(mode))
        }
        Op::CondWait { condition, index, lock, lock_index } => {
            format!("wait {} letting go {}", place(condition, index), place(lock, lock_index))
        }
        Op::Asleep { condition, index } => format!("asleep {}", place(condition, index)),
        Op::Notify { condition, index, all: false } => {
            format!("notify {}", place(condition, index))
        }
        Op::Notify { condition, index, all: true } => {
            format!("notify all {}", place(condition, index))
        }
        Op::Until { condition } => {
            format!("wait until {}", program.conditions[condition as usize].words)
        }
        Op::Pause { time, busy: true } => format!("work {}", spend(time)),
        Op::Pause { time, busy: false } => format!("sleep {}", spend(time)),
        Op::Backoff { slot, first } => format!("wait before try {slot}, r{first}.."),
        Op::Think { time, leave } => {
            let leave = leave.map_or_else(String::new, |to| format!(" or leave to {to}"));
            format!("think {}{leave}", spend(time))
        }
        Op::Draw { to, what: Outcomes::Chance(share) } => format!("r{to} = chance(r{share})"),
        Op::Draw { to, what: Outcomes::Any(least, greatest) } => {
            format!("r{to} = any(r{least}..r{greatest})")
        }
        Op::Draw { to, what: Outcomes::Ways(ways) } => format!("r{to} = one of {ways}"),
        Op::Send { to, index, via, first, fields, key, after, offset } => {
            let part = |word: &str, register: Option<Reg>| {
                register.map_or_else(String::new, |register| format!(" {word} r{register}"))
            };
            let via = via.map_or_else(String::new, |link| format!(" over {}", place(link, None)));
            let to = place(to, index);
            let (key, after, offset) = (part("key", key), part("after", after), part("at", offset));
            format!("send {fields} from r{first} to {to}{via}{key}{after}{offset}")
        }
        Op::Receive { from, index, to, fields, by_hand } => {
            let how = if by_hand { ", by hand" } else { "" };
            format!("receive {} to r{to} and {fields}{how}", place(from, index))
        }
        Op::Follow { log, index, at, to, fields } => {
            format!("follow {} at r{at} to r{to} and {fields}", place(log, index))
        }
        Op::Ack { from, handle } => format!("ack {} r{handle}", place(from, None)),
        Op::Nack { from, handle } => format!("nack {} r{handle}", place(from, None)),
        Op::Call { service, replica, handler, first, count } => {
            let to = place(service, replica);
            format!("call {to} {handler} with {count} from r{first}")
        }
        Op::Answer { service, to, count } => {
            format!("answer of {} to r{to} and {count}", place(service, None))
        }
        Op::Arrive { service } => format!("arrive at {}", place(service, None)),
        Op::Enter { service } => format!("take a worker of {}", place(service, None)),
        Op::Core { service } => format!("take a core of {}", place(service, None)),
        Op::Scale { service, to } => format!("scale {} to r{to}", place(service, None)),
        Op::Abandon { service } => format!("abandon {}", place(service, None)),
        Op::Reply { service, first, count, error } | Op::Back { service, first, count, error } => {
            let word = if matches!(op, Op::Reply { .. }) { "reply" } else { "go back" };
            let what = error.map_or_else(
                || format!("{count} from r{first}"),
                |error| format!("error r{error}"),
            );
            format!("{word} from {}: {what}", place(service, None))
        }
        Op::Admit { breaker, index } => format!("pass {}", place(breaker, index)),
        Op::Report { breaker, index, error } => {
            let how = error.map_or_else(|| "well".to_owned(), |error| format!("by r{error}"));
            format!("leave {} {how}", place(breaker, index))
        }
        Op::Token { limiter, index, got } => {
            let got = got.map_or_else(String::new, |got| format!(", r{got} if got"));
            format!("token of {}{got}", place(limiter, index))
        }
        Op::Earn { limiter } => format!("earn for {}", place(limiter, None)),
        Op::Age { to, number } => format!("r{to} = age of r{number}"),
        Op::PassFail { error } => format!("pass failed r{error}"),
        Op::Raise { error, quiet, .. } => {
            format!("{} r{error}", if quiet { "pass on" } else { "raise" })
        }
        Op::Assert { promise, holds, .. } => format!("assert {promise}: r{holds}"),
        Op::Note { text } => format!("note {text}"),
        Op::Outcome { label } => format!("outcome {}", program.labels[label as usize]),
        Op::Record { measure, value } => {
            format!("record {} = r{value}", program.labels[measure as usize])
        }
        Op::Arm { timer, time } => format!("within {timer}: r{time}"),
        Op::RetryBegan { slot, again } => {
            format!("retry {slot}{}", if again { " again" } else { "" })
        }
        Op::Fork { class, first, count, outcome } => {
            let name = &program.classes[class as usize].name;
            format!("r{outcome} = start {name} with {count} from r{first}")
        }
        Op::CacheRead { cache, key, to, count } => {
            format!("{} = {}", run(to, count), place(cache, Some(key)))
        }
        Op::CacheWrite { cache, key, from, count } => {
            format!("{} = {}", place(cache, Some(key)), run(from, count))
        }
        Op::CacheDrop { cache, key } => format!("delete {}", place(cache, Some(key))),
        Op::Lookup { cache, key, to, count, miss, single } => {
            let alone = if single { " alone" } else { "" };
            format!("{} = {}, else go{alone} {miss}", run(to, count), place(cache, Some(key)))
        }
        Op::Flight { cache, key, to, count } => {
            format!("{} = {} once filled in", run(to, count), place(cache, Some(key)))
        }
        Op::Fill { cache, key, from, count, single } => {
            let all = if single { " for all" } else { "" };
            format!("fill in {}{all} with {}", place(cache, Some(key)), run(from, count))
        }
        Op::Unfill { cache, key, error } => {
            let error = error.map_or_else(String::new, |error| format!(" for r{error}"));
            format!("give up {}{error}", place(cache, Some(key)))
        }
        Op::Begin { database, level, replica } => {
            let from = replica.map_or_else(String::new, |from| format!(" on replica r{from}"));
            format!("begin {} {}{from}", place(database, None), level.word())
        }
        Op::Commit { database } => format!("commit {}", place(database, None)),
        Op::Rollback { database } => format!("roll back {} if open", place(database, None)),
        Op::Abort { database } => format!("abort {}", place(database, None)),
        Op::Query { query, key, first, values, to, count } => {
            let what = &program.queries[query as usize];
            let given =
                if values > 0 { format!(" with {}", run(first, values)) } else { String::new() };
            let found = if count > 0 { format!("{} = ", run(to, count)) } else { String::new() };
            let only = if what.filter.is_some() { " where" } else { "" };
            format!("{found}{:?} {}{only}{given}", what.what, place(what.table, key))
        }
        Op::Join { first, count } => format!("join {count} from r{first}"),
        Op::Spawn { class, first, count } => {
            format!("spawn {} with {count} from r{first}", program.classes[class as usize].name)
        }
        Op::PassEnd => "end of pass".to_owned(),
        Op::Atomic { guard: None } => "atomic".to_owned(),
        Op::Atomic { guard: Some(at) } => {
            format!("atomic when {}", program.conditions[at as usize].words)
        }
        Op::AtomicEnd => "end of atomic".to_owned(),
        Op::End => "end".to_owned(),
        Op::Fail { error } => format!("fail r{error}"),
    }
}

fn side(mode: Mode) -> &'static str {
    match mode {
        Mode::Lock | Mode::Permit => "",
        Mode::Read => ".read",
        Mode::Write => ".write",
    }
}

fn spend(time: Spend) -> String {
    match time {
        Spend::Fixed(register) => format!("r{register}"),
        Spend::Drawn(distribution, first) => format!("{distribution:?} r{first}").to_lowercase(),
    }
}

/// Registers side by side.
fn run(first: Reg, count: u16) -> String {
    match count {
        1 => format!("r{first}"),
        _ => format!("r{first}..{}", first + count),
    }
}

fn sign(what: Binary) -> &'static str {
    match what {
        Binary::Add => "+",
        Binary::Subtract => "-",
        Binary::Multiply => "*",
        Binary::Divide => "/",
        Binary::Modulo => "mod",
        Binary::Equal => "==",
        Binary::Differ => "!=",
        Binary::Less => "<",
        Binary::AtMost => "<=",
        Binary::Least => "min",
        Binary::Greatest => "max",
        Binary::TimesPercent => "times percent",
        Binary::Share => "as percent of",
        Binary::Inverse => "per",
        Binary::RateTimes => "events in",
    }
}
