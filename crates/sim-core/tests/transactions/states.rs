//! Equal situations are equal states: nothing of a database grows.

use super::support::{agrees, counts, explored};
use sim_core::explore::Verdict;

/// Transactions for ever, and no more states than values: numbers that grow would make each new.
#[test]
fn going_round_for_ever_comes_back_to_states_that_were() {
    for level in ["read_committed", "repeatable_read", "serializable"] {
        let body = format!(
            "database d (isolation: {level}) {{ table t = {{ 1: 0, 2: 0 }} }}\n\
             process p * 2 forever {{ try {{ transaction d {{ let seen = t[self]; t[self] = 1 - seen }} }} catch conflict {{ }} }}\n\
             always sum(t) <= 2"
        );
        let found = explored(&body, &[]);
        assert_eq!(found.verdict, Verdict::Holds, "{level}: {found:?}");
        assert!(found.complete && found.states < 2_000, "{level}: {}", found.states);
    }
}

/// Whoever commits first: with both over it is the same state.
#[test]
fn who_came_first_leaves_no_trace() {
    let body = "database d (isolation: repeatable_read) { table t = { 1: 0, 2: 0 } }\n\
        process a { transaction d { t[1] = 1 } }\nprocess b { transaction d { t[2] = 1 } }\nfinally sum(t) == 2";
    let found = explored(body, &[]);
    // Two steps each: C(4, 2) orders; three places each: nine states. Who is still open when the other
    // is over may have begun before that or after, which are two.
    assert_eq!((counts(&found), found.states), ((6, 0), 11));
    agrees(body);
}

/// A snapshot is a state of its own only as long as it tells something apart.
#[test]
fn a_snapshot_that_sees_what_is_there_is_no_other() {
    let body = "database d (isolation: repeatable_read) { table t = { 1: 0, 2: 0 } }\ncounter got\n\
        process r { transaction d { got = t[1]; got = t[2] } }\n\
        process w { t[1] = 1; t[2] = 1 }\nfinally got <= 1";
    let found = explored(body, &[]);
    assert_eq!(found.verdict, Verdict::Holds);
    agrees(body);
}
