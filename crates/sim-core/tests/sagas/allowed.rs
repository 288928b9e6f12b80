//! Every schedule of a saga whose commands go to a service ends as Garcia-Molina and Salem allow: a
//! failure at each step, a crash of the orchestrator at each moment, each command doubled.

use crate::support::{counts, report};
use sim_core::explore::Report;

/// In how many schedules something fails, at least: bounds may leave some out.
fn failing(report: &Report) -> u64 {
    assert!(report.complete, "{report:?}");
    report.failing.number.parse().expect("a small number")
}

struct Shop {
    steps: usize,
    /// The step that fails; 0: none.
    fails: usize,
    durable: bool,
    /// Services recognise a command that they have carried out.
    idempotent: bool,
    crashes: usize,
    doubles: bool,
}

const SHOP: Shop =
    Shop { steps: 2, fails: 0, durable: true, idempotent: true, crashes: 1, doubles: false };

impl Shop {
    /// Whether `ends` holds in all schedules, and in how many it does not.
    fn breaks(&self, ends: &str) -> u64 {
        let Shop { steps, fails, durable, idempotent, crashes, doubles } = *self;
        let guard = |open: &str, body: &str| match idempotent {
            true => format!("if {open} {{ {body} }}"),
            false => body.to_owned(),
        };
        let command = guard("state[i] == 0", "state[i] = 1; made[i] += 1");
        // What was never done must not be done by a command that comes after its undo.
        let undo = match idempotent {
            true => "if state[i] == 1 { made[i] -= 1 }; state[i] = 2".to_owned(),
            false => "made[i] -= 1".to_owned(),
        };
        let step = |at: usize| {
            let fail = if at == fails { "; fail full" } else { "" };
            format!("step \"{at}\" {{ call s.do({at}){fail} }} undo {{ call s.undo({at}) }}\n")
        };
        // A step that fails has done nothing.
        let refused = |at: usize| {
            if at == fails {
                format!("step \"{at}\" {{ call s.refuse() }} undo {{ call s.undo({at}) }}\n")
            } else {
                step(at)
            }
        };
        let all: String = (1..=steps).map(refused).collect();
        let link = if doubles { "link p <-> s (duplicates: 10%)" } else { "" };
        let crash = match crashes {
            0 => String::new(),
            many => format!("fault crash p anytime for 1s at most {many}"),
        };
        let text = format!(
            "var state[{steps}] = 0\nvar made[{steps}] = 0\nservice s {{\non do(i) {{ atomic {{ {command} }} }}\non undo(i) {{ atomic {{ {undo} }} }}\non refuse() {{ fail full }}\n}}\n{link}\nroutine never() {{ fail full }}\nprocess p {{ try {{ saga (durable: {durable}) {{\n{all}}} }} catch full {{ }} }}\n{crash}\nexplore (crashes: {crashes}, duplicates: 1)\nfinally {ends}"
        );
        let found = report(&text);
        assert!(found.complete, "{text}\n{found:?}");
        failing(&found)
    }

    /// What is allowed: all, or nothing.
    fn allowed(&self) -> String {
        let all = |value| format!("(all i in 1..{}: made[i] == {value})", self.steps);
        if self.fails == 0 { all(1) } else { all(0) }
    }

    fn breaks_what_is_allowed(&self) -> u64 {
        self.breaks(&self.allowed())
    }
}

#[test]
fn a_durable_saga_with_idempotent_commands_ends_well_wherever_its_process_crashes() {
    for steps in 1..=4 {
        for fails in 0..=steps {
            for crashes in 0..=2 {
                let shop = Shop { steps, fails, crashes, ..SHOP };
                assert_eq!(shop.breaks_what_is_allowed(), 0, "{steps} {fails} {crashes}");
            }
        }
    }
}

#[test]
fn commands_that_come_twice_change_nothing_where_they_are_recognised() {
    for steps in 1..=3 {
        for fails in 0..=steps {
            for crashes in 0..=1 {
                let shop = Shop { steps, fails, crashes, doubles: true, ..SHOP };
                assert_eq!(shop.breaks_what_is_allowed(), 0, "{steps} {fails} {crashes}");
            }
        }
    }
    let twice = Shop { doubles: true, idempotent: false, crashes: 0, ..SHOP };
    assert!(twice.breaks_what_is_allowed() > 0);
}

#[test]
fn without_notes_a_crash_leaves_steps_that_nobody_undoes() {
    for steps in 2..=3 {
        let shop = Shop { steps, fails: steps, durable: false, ..SHOP };
        // It begins anew, and what it finds done already it does not do again: all the same, the
        // step that fails undoes the others.
        assert_eq!(shop.breaks_what_is_allowed(), 0);
        let dies = Shop { crashes: 0, ..shop };
        assert_eq!(dies.breaks_what_is_allowed(), 0);
    }
}

#[test]
fn what_is_done_and_not_yet_noted_is_done_twice() {
    for steps in 1..=3 {
        let shop = Shop { steps, idempotent: false, ..SHOP };
        assert!(shop.breaks_what_is_allowed() > 0);
        // Twice, not more, for one crash.
        assert_eq!(shop.breaks(&format!("all i in 1..{steps}: made[i] >= 1 and made[i] <= 2")), 0);
    }
}

#[test]
fn a_process_that_never_comes_back_leaves_what_it_did() {
    let body = "var a = 0\nprocess p { try { saga (durable: true) {\nstep \"a\" { a = 1 } undo { a = 0 }\nstep \"b\" { fail full }\n} } catch full { } }\nfault crash p anytime at most 1\nfinally a == 0";
    assert!(failing(&report(body)) > 0);
    let comes_back = body.replace("anytime at most", "anytime for 1s at most");
    assert_eq!(failing(&report(&comes_back)), 0);
}

#[test]
fn notes_keep_what_steps_gave_to_locals() {
    let body = "var sum = 0\nprocess p {\nlet got = 0\nlet pair = { one: 0, two: 0 }\nsaga (durable: true) {\nstep \"a\" { got = any(7..8); pair = { one: got, two: 2 } }\nstep \"b\" { sum = got * 10 + pair.two }\n}\n}\nfault crash p anytime for 1s at most 2\nfinally sum == 72 or sum == 82";
    let found = report(body);
    assert_eq!(failing(&found), 0, "{found:?}");
}

#[test]
fn whoever_goes_on_with_a_saga_goes_by_its_name() {
    let body = |id: &str| {
        format!(
            "queue jobs (visibility: 30s)\nvar made = 0\nprocess boss {{ send {{ order: 5 }} to jobs }}\nprocess clerk * 2 receive jobs as m {{\nsaga (durable: true, id: {id}) {{\nstep \"a\" {{ atomic {{ made += 1 }} }}\nstep \"b\" {{ sleep 1s }}\n}}\n}}\nfault crash clerk anytime for 1s at most 1\nexplore (timeouts: 0)\nfinally made <= 2"
        )
    };
    let named = report(&body("m.order"));
    assert_eq!(failing(&named), 0, "{named:?}");
    // A finished one is not done again, whoever is given it.
    let again = "var made = 0\nprocess p * 2 { saga (durable: true, id: 3) {\nstep \"a\" { made += 1 }\n} }\nprocess late { wait until made > 0; sleep 1s }\nfinally made >= 1";
    assert_eq!(failing(&report(again)), 0);
    let one = "var made = 0\nprocess p { repeat 3 { saga (durable: true, id: 3) {\nstep \"a\" { made += 1 }\n} } }\nfinally made == 1";
    assert_eq!(counts(&report(one)), (1, 0));
    let each = one
        .replace("repeat 3", "for k in 1..3")
        .replace("id: 3", "id: k")
        .replace("made == 1", "made == 3");
    assert_eq!(counts(&report(&each)), (1, 0));
}
