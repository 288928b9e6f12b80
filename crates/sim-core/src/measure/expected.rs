//! What theory says of services, where what it assumes holds: one line, those who come as if by
//! chance and each but once, work that is exponential or always the same, nothing that goes wrong.

use super::view::{TheoryFigure, TheoryRow, Unit};
use crate::program::{Distribution, Gap, Op, Party, Pc, Program, Reg, Service, Spend, Start};
use crate::theory::{Line, Told, Untold, WhyNot};

/// A row for each service; `subject` finds its place among what is measured.
pub(super) fn rows(program: &Program) -> Vec<(u32, TheoryRow)> {
    let row = |service: &Service| {
        let name = &program.shared[service.shared as usize].name;
        let line = line(program, service);
        let told = line.and_then(|line| {
            line.told().map(|told| (line, told)).map_err(|untold| match untold {
                Untold::Grows => WhyNot::Overload,
                Untold::NoFormula => WhyNot::NoFormula,
            })
        });
        let row = match told {
            Ok((line, told)) => TheoryRow {
                subject: 0,
                model: line.name(),
                why_not: None,
                figures: figures(name, &told, line.room.is_some()),
            },
            Err(why_not) => TheoryRow {
                subject: 0,
                model: line.map_or_else(|_| String::new(), Line::name),
                why_not: Some(why_not),
                figures: Vec::new(),
            },
        };
        (service.shared, row)
    };
    program.services.iter().map(row).collect()
}

fn figures(name: &str, told: &Told, bounded: bool) -> Vec<TheoryFigure> {
    let mut figures = Vec::new();
    let mut add = |word: &str, value: Option<i64>, unit: Unit| {
        let name = format!("{name}.{word}");
        figures.extend(value.map(|value| TheoryFigure { name, value, unit }));
    };
    add("wait.mean", Some(told.wait), Unit::Time);
    add("wait.p99", told.wait_p99, Unit::Time);
    add("latency.mean", Some(told.latency), Unit::Time);
    add("latency.p99", told.latency_p99, Unit::Time);
    add("queued.mean", Some(told.queued), Unit::Fraction);
    add("utilization", Some(told.utilization), Unit::Share);
    if bounded {
        add(&format!("rejected / {name}.calls"), Some(told.rejected), Unit::Share);
    }
    figures
}

/// The line that a service is.
fn line(program: &Program, service: &Service) -> Result<Line, WhyNot> {
    let ask = |so: bool, why: WhyNot| if so { Ok(()) } else { Err(why) };
    ask(program.shared[service.shared as usize].initial.len() == 1, WhyNot::Replicas)?;
    let servers = service.workers.ok_or(WhyNot::Unlimited)?;
    ask(service.cores.is_none_or(|cores| cores >= servers), WhyNot::Cores)?;
    ask(!service.newest_first, WhyNot::Order)?;
    ask(service.patience.is_none() && !service.cancels, WhyNot::GivesUp)?;
    ask(program.faults.is_empty(), WhyNot::Faults)?;
    let [handler] = &service.handlers[..] else { return Err(WhyNot::Handlers) };
    let (fixed, time) = work(program, handler.class)?;
    let gap = arrivals(program, service)?;
    let room = service.backlog.map(|backlog| servers.saturating_add(backlog));
    Ok(Line { servers, room, fixed, service: time, gap })
}

/// What is known of registers that a stretch of own work sets.
#[derive(Default)]
struct Constants(Vec<(Reg, i64)>);

impl Constants {
    fn of(&self, register: Reg) -> Option<i64> {
        self.0.iter().rev().find(|(known, _)| *known == register).map(|(_, value)| *value)
    }

    /// Takes an instruction in; false where it is no plain own work.
    fn follows(&mut self, op: Op) -> bool {
        match op {
            Op::Const { to, value } => self.0.push((to, value)),
            Op::Copy { to, from } => {
                if let Some(value) = self.of(from) {
                    self.0.push((to, value));
                }
            }
            Op::Note { .. }
            | Op::Number { .. }
            | Op::Replica { .. }
            | Op::RoutineBegan { .. }
            | Op::Saga { .. }
            | Op::RoutineEnded { .. } => {}
            _ => return false,
        }
        true
    }
}

/// Whether a handler's one piece of work always takes the same time, and its mean.
fn work(program: &Program, class: u32) -> Result<(bool, i64), WhyNot> {
    let mut constants = Constants::default();
    let mut found = None;
    let mut pc = program.classes[class as usize].entry;
    while program.classes[class as usize].code.contains(&pc) {
        let op = program.code[pc as usize];
        pc += 1;
        match op {
            Op::Arrive { .. } | Op::Enter { .. } | Op::Core { .. } => {}
            Op::Jump { to } if to >= pc => pc = to,
            Op::Pause { time, .. } if found.is_none() => {
                let (fixed, register) = match time {
                    Spend::Fixed(register) => (true, register),
                    Spend::Drawn(Distribution::Exponential, register) => (false, register),
                    Spend::Drawn(..) => return Err(WhyNot::Work),
                };
                let time = constants.of(register).filter(|time| *time > 0);
                found = Some((fixed, time.ok_or(WhyNot::Work)?));
            }
            Op::Reply { error: None, .. } => return found.ok_or(WhyNot::Work),
            op if constants.follows(op) => {}
            _ => return Err(WhyNot::Work),
        }
    }
    Err(WhyNot::Work)
}

/// The mean time between two calls of a service, which come as if by chance.
fn arrivals(program: &Program, service: &Service) -> Result<i64, WhyNot> {
    let calls = |op: &Op| matches!(op, Op::Call { service: to, .. } if *to == service.shared);
    let mut places = (0..program.code.len()).filter(|&pc| calls(&program.code[pc]));
    let (Some(call), None) = (places.next(), places.next()) else { return Err(WhyNot::Callers) };
    let call = call as Pc;
    let class = program.class_at(call);
    let declared = program.classes.get(class as usize).ok_or(WhyNot::Callers)?;
    let Start::Every { gap: Gap::Drawn(Distribution::Exponential, [gap, _]), .. } = declared.start
    else {
        return Err(WhyNot::Arrivals);
    };
    // Waiting before it keeps what comes by chance as it was; anything else may not.
    let mut constants = Constants::default();
    let before = &program.code[declared.entry as usize..call as usize];
    let plain = |op: &Op| matches!(op, Op::Pause { .. }) || constants.follows(*op);
    if !before.iter().all(plain) {
        return Err(WhyNot::Arrivals);
    }
    let back = |pc: Pc| match program.code[pc as usize] {
        Op::Jump { to } => to <= call,
        Op::Branch { yes, no, .. } => yes <= call || no <= call,
        _ => false,
    };
    if (call..declared.code.end).any(back) {
        return Err(WhyNot::ComesAgain);
    }
    let struck = |pc: &Pc| declared.code.contains(pc);
    if program.strikes.keys().any(struck) {
        return Err(WhyNot::GivesUp);
    }
    let (from, to) = (Party::Class(class), Party::Service(service.shared));
    let loses = [program.wire(from, to), program.wire(to, from)].into_iter().flatten();
    if loses.into_iter().any(|(_, wire)| wire.loss > 0 || wire.duplicates > 0) {
        return Err(WhyNot::Wire);
    }
    if gap > 0 { Ok(gap) } else { Err(WhyNot::Arrivals) }
}
