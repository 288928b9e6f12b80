//! Ceilings in English.

use super::diagnostics::Ceiling;

pub(super) fn too_much(what: Ceiling, most: u64) -> String {
    match what {
        Ceiling::TextBytes => format!("a text may have {most} bytes at most"),
        Ceiling::Nesting => format!("brackets and blocks may stand {most} deep at most"),
        Ceiling::ExpressionDepth => format!("an expression may have {most} levels at most"),
        Ceiling::Replicas => format!("a service may have {most} replicas at most"),
        Ceiling::CallDepth => format!("blocks and calls may stand {most} deep at most"),
        Ceiling::RoutineKinds => {
            format!("routines may be called with {most} combinations of kinds at most")
        }
        Ceiling::Instructions => format!("a program may have {most} instructions at most"),
        Ceiling::Registers => {
            format!("a process may have {most} locals and intermediate values at most")
        }
        Ceiling::Processes => format!("there may be {most} processes at most"),
        Ceiling::ArrayLength => format!("an array may have {most} elements at most"),
        Ceiling::SharedWords => format!("there may be {most} shared values at most"),
        Ceiling::StateWords => {
            format!("all processes together may keep {most} values at most")
        }
        Ceiling::Promises => format!("there may be {most} promises at most"),
        Ceiling::MessageFields => format!("a message may have {most} fields at most"),
        Ceiling::Picks => format!("a schedule may have {most} picks at most"),
    }
}

pub(super) fn too_much_help(what: Ceiling) -> &'static str {
    match what {
        Ceiling::TextBytes => "keep to one idea a scenario",
        Ceiling::Nesting => "move the inner part to a routine",
        Ceiling::ExpressionDepth => "take it apart with `let`",
        Ceiling::Replicas => "give each of fewer replicas more workers",
        Ceiling::CallDepth => "call fewer routines from one another",
        Ceiling::RoutineKinds => "call each routine with the same kinds everywhere",
        Ceiling::Instructions => {
            "each call is a copy of its routine: call it in a loop, or less often"
        }
        Ceiling::Registers => "share locals between the parts of a process",
        Ceiling::StateWords => "lower the numbers behind `*`, or keep less in each process",
        Ceiling::Processes => "lower the numbers behind `*`: few processes show a race as well",
        Ceiling::ArrayLength | Ceiling::SharedWords => "lower the numbers in `[ ]`",
        Ceiling::Promises => "join some with `and`",
        Ceiling::MessageFields => "send what belongs together as two messages",
        Ceiling::Picks => "lower the numbers behind `*`",
    }
}
