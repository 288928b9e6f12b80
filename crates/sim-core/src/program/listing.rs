//! A program's instructions as text, for tests and for those who want to see what became of
//! a scenario. Stable, so that it can be compared.

use super::{Binary, CounterChange, Op, Pc, Program, Reg, SharedId};
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
        let (result, condition) = (promise.result, &promise.condition);
        let _ = writeln!(out, "promise {condition}, result r{result}");
        lines(program, promise.code.clone(), &mut out);
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
        out.push('\n');
    }
}

fn line(program: &Program, op: &Op) -> String {
    let place = |id: SharedId, index: Option<Reg>| {
        let name = &program.shared[id as usize].name;
        index.map_or_else(|| name.clone(), |index| format!("{name}[r{index}]"))
    };
    match *op {
        Op::Const { to, value } => format!("r{to} = {value}"),
        Op::Copy { to, from } => format!("r{to} = r{from}"),
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
        Op::Acquire { lock, index } => format!("acquire {}", place(lock, index)),
        Op::Release { lock, index } => format!("release {}", place(lock, index)),
        Op::Pause { time, busy: true } => format!("work r{time}"),
        Op::Pause { time, busy: false } => format!("sleep r{time}"),
        Op::Atomic => "atomic".to_owned(),
        Op::AtomicEnd => "end of atomic".to_owned(),
        Op::End => "end".to_owned(),
        Op::Fail { error } => format!("fail r{error}"),
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
    }
}
