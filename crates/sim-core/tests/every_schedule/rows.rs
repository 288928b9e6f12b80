//! Small programs with tables and transactions, made by a draw: walked schedule by schedule they
//! show whether states that are taken for one behave alike.

use sim_core::base::Draw;

const LEVELS: [&str; 3] = ["read_committed", "repeatable_read", "serializable"];

/// What a process may do to the rows.
const STATEMENTS: [&str; 14] = [
    "a = t[1]",
    "b = t[2]",
    "a = sum(t)",
    "b = count(t where value > 10)",
    "t[1] = 7",
    "t[2] = 5",
    "update t[1] set value = value + 1",
    "update t[2] set value = value - 1 where value > 15",
    "update t set value = value + 1 where value > 10",
    "insert t[3] = 1",
    "delete t[2]",
    "delete t where value > 20",
    "t[1] for update",
    "t[2] for update",
];

/// The program of a number.
pub(crate) fn text(number: u64) -> String {
    let mut nth = 0;
    let mut any = |of: u64| {
        nth += 1;
        Draw::at(number, 1, nth, 0).below(of)
    };
    let mut text = format!(
        "scenario \"rows\"\ndatabase d (isolation: {}) {{ table t = {{ 1: 10, 2: 20 }} }}\ncounter a, b\n",
        LEVELS[any(3) as usize]
    );
    let processes = 2 + any(2);
    for process in 0..processes {
        let twice = if processes == 2 && process == 0 && any(3) == 0 { " * 2" } else { "" };
        text += &format!("process p{process}{twice} {{\n");
        let caught = any(3) == 0;
        if caught {
            text += "try {\n";
        }
        let alone = any(4) == 0;
        if !alone {
            let level = LEVELS[any(3) as usize];
            let level = if any(2) == 0 { format!(" (isolation: {level})") } else { String::new() };
            text += &format!("transaction d{level} {{\n");
        }
        for _ in 0..=any(if processes == 2 { 3 } else { 2 }) {
            // The last two lock rows, and that only in a transaction.
            let some = STATEMENTS.len() - if alone { 2 } else { 0 };
            text += STATEMENTS[any(some as u64) as usize];
            text += "\n";
        }
        if !alone {
            if any(6) == 0 {
                text += "abort\n";
            }
            text += "}\n";
        }
        if caught {
            text += "}\ncatch conflict, deadlock, duplicate { a += 1 }\n";
        }
        text += "}\n";
    }
    if any(4) == 0 {
        text += "fault crash p0 anytime at most 1\n";
    }
    text + "always sum(t) > 10\nfinally sum(t) + a + b < 60\n"
}
