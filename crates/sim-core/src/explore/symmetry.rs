//! Which processes are interchangeable: the same code, nobody asks for their number, nothing in
//! the text singles one out. Two states that differ only in who of them is where behave alike.
//!
//! C. N. Ip and D. L. Dill, "Better verification through symmetry", Formal Methods in System
//! Design 9 (1996).

use crate::program::{Channel, Mode, Op, Program, Start};

/// For each class whether its instances are interchangeable.
pub(super) fn interchangeable(program: &Program) -> Vec<bool> {
    // Who gives back a permit that is another's takes it off the first who has one: that depends
    // on the order of processes.
    let order_matters = program
        .code
        .iter()
        .any(|op| matches!(op, Op::Release { mode: Mode::Permit, lenient: false, .. }));
    // Parts of a log are shared out by number.
    let reads_parts = |class: u32| {
        program.channels.iter().any(
            |channel| matches!(channel, Channel::Group(group) if group.members.contains(&class)),
        )
    };
    let alike = |(index, class): (usize, &crate::program::Class)| {
        let starts = matches!(class.start, Start::AtOnce | Start::Again { .. });
        let named = program
            .faults
            .iter()
            .any(|fault| fault.victim.is_class(index as u32) && fault.victim.number.is_some());
        let is_request = class.start.is_passing();
        (is_request || (starts && class.instances > 1))
            && !order_matters
            && !named
            && !reads_parts(index as u32)
            && !calls(program, class)
            && !is_refused_in_order(program, class)
            && !class.code.clone().any(|pc| asks_for_number(program, &program.code[pc as usize]))
    };
    program.classes.iter().enumerate().map(alike).collect()
}

/// True if what an instruction does depends on its process's number.
fn asks_for_number(program: &Program, op: &Op) -> bool {
    match *op {
        Op::Number { .. } => true,
        Op::Until { condition } | Op::Atomic { guard: Some(condition) } => {
            let code = program.conditions[condition as usize].glance.code.clone();
            code.into_iter().any(|pc| matches!(program.code[pc as usize], Op::Number { .. }))
        }
        _ => false,
    }
}

/// True where which of several serializable transactions is refused depends on the order of their
/// processes.
fn is_refused_in_order(program: &Program, class: &crate::program::Class) -> bool {
    let rooms = program.transaction_rooms(&class.code, 0);
    rooms.iter().any(|room| program.may_be_serializable(room.database))
}

/// True for who calls services, or has branches: a request names whom it is for.
fn calls(program: &Program, class: &crate::program::Class) -> bool {
    let names_it = |op: &Op| matches!(op, Op::Call { .. } | Op::Fork { .. });
    class.code.clone().any(|pc| names_it(&program.code[pc as usize]))
}
