//! Replicas: what they show, and when.

use super::support::{agrees, explored, run, shown};
use sim_core::explore::Verdict;

const WRITER: &str =
    "database bank (replicas: 1, lag: 100ms) { table t = { 1: 0, 2: 0 } }\ncounter seen, other\n";

#[test]
fn who_reads_a_replica_may_not_see_what_it_wrote() {
    let body = format!(
        "{WRITER}process p {{ t[1] = 1; transaction bank (on: replica) {{ seen = t[1] }} }}\nfinally seen == 1"
    );
    assert_eq!(explored(&body, &[]).verdict, Verdict::Broken);
    agrees(&body);
    let leader = body.replace("on: replica", "on: leader");
    assert_eq!(explored(&leader, &[]).verdict, Verdict::Holds);
}

/// A replica shows commits whole and in their order.
#[test]
fn a_replica_shows_what_was_true_once() {
    let body = format!(
        "{WRITER}process p {{ transaction bank {{ t[1] = 1; t[2] = 1 }}; t[2] = 2 }}\n\
         process q {{ transaction bank (on: replica, isolation: repeatable_read) {{ seen = t[1]; other = t[2] }} }}\n\
         finally other - seen == 0 or other - seen == 1 and seen == 1"
    );
    let found = explored(&body, &[]);
    assert_eq!(found.verdict, Verdict::Holds, "{found:?}");
    agrees(&body);
}

#[test]
fn the_clock_lets_it_lag() {
    for (wait, seen) in [("50ms", "0"), ("150ms", "1")] {
        let body = format!(
            "{WRITER}process p {{ t[1] = 1; sleep {wait}; transaction bank (on: replica) {{ seen = t[1] }} }}"
        );
        let mut session = run(&body, &[], 1);
        assert_eq!(shown(&mut session, "seen"), seen, "{wait}");
    }
}

/// Of two replicas one may be ahead: who asks twice may see time run backwards.
#[test]
fn two_replicas_may_differ() {
    let body = "database bank (replicas: 2, lag: 1s) { table t = { 1: 0 } }\ncounter seen, later\n\
        process p { t[1] = 1 }\n\
        process q { transaction bank (on: replica) { seen = t[1] }; transaction bank (on: replica) { later = t[1] } }\n\
        finally later >= seen";
    assert_eq!(explored(body, &[]).verdict, Verdict::Broken);
    agrees(body);
}
