//! Commit, rollback, and everything by which a transaction is left.

use super::support::{agrees, counts, explored, run, shown};
use sim_core::explore::Verdict;

const BANK: &str =
    "database bank { table accounts = { 1: 100, 2: 100 } }\ncounter done, failed, late\n";

fn bank(body: &str) -> String {
    format!("{BANK}{body}")
}

/// Two statements and a commit; a crash may come before each of them, at which nothing is left of it.
#[test]
fn a_crash_undoes_what_was_not_committed() {
    let body = bank(
        "process p { transaction bank { accounts[1] = 70; accounts[2] = 130 } }\n\
         fault crash p anytime at most 1\nfinally sum(accounts) == 200",
    );
    assert_eq!(counts(&explored(&body, &[])), (4, 0));
    agrees(&body);
    let bare = body.replace("transaction bank ", "if true ");
    // Of the three ways the crash between the two loses money.
    assert_eq!(counts(&explored(&bare, &[])), (3, 1));
}

#[test]
fn leaving_early_commits_and_an_error_undoes() {
    for (leave, left) in [
        ("return", "130"),
        ("stop", "130"),
        ("fail gone_wrong", "200"),
        ("abort", "200"),
        ("let x = accounts[1] / 0", "200"),
    ] {
        let caught = if leave.starts_with("fail") { "gone_wrong" } else { "division_by_zero" };
        let body = bank(&format!(
            "routine take() {{ transaction bank {{ accounts[1] = 30; {leave} }} }}\n\
             process p {{ try {{ take() }} catch {caught} {{ failed += 1 }} }}\n\
             counter left\nprocess q {{ sleep 1s; left = sum(accounts) }}"
        ));
        let mut session = run(&body, &[], 1);
        assert_eq!(shown(&mut session, "left"), left, "{leave}");
    }
}

/// As in PostgreSQL (SQLSTATE 25P02): behind an error nothing goes on, and the commit is a rollback
/// without an error.
#[test]
fn what_follows_an_error_inside_fails_and_its_commit_undoes() {
    let body = bank(
        "process p {\n  try {\n    transaction bank {\n      accounts[1] = 1\n\
         try { insert accounts[2] = 5 } catch duplicate { late += 1 }\n\
         try { accounts[2] = 9 } catch aborted { failed += 1 }\n    }\n    done += 1\n  }\n\
         catch { failed += 10 }\n}\n\
         finally done == 1 and late == 1 and failed == 1 and sum(accounts) == 200",
    );
    assert_eq!(explored(&body, &[]).verdict, Verdict::Holds);
}

/// `t[k] = e` where there is no row changes nothing and undoes nothing.
#[test]
fn a_row_that_is_missing_is_an_error_of_the_program_and_not_of_the_transaction() {
    let body = bank(
        "process p { transaction bank { accounts[1] = 50; try { accounts[3] = 1 } catch no_row { failed += 1 } } }\n\
         finally accounts[1] == 50 and accounts[3] == none and failed == 1",
    );
    let found = explored(&body, &[]);
    assert_eq!(found.verdict, Verdict::Holds);
}

#[test]
fn time_that_runs_out_undoes_and_lets_others_go_on() {
    let body = bank(
        "process p { transaction bank { accounts[1] = 1; sleep 10s } }\n\
         process q { sleep 1s; try { within 2s { transaction bank { accounts[2] = 2; accounts[1] = 2 } } }\n\
         catch timeout { late += 1 } }\n\
         process r { sleep 5s; update accounts[2] set value = value + 1; done += 1 }",
    );
    let mut session = run(&body, &[], 1);
    let seen = ["late", "done"].map(|place| shown(&mut session, place));
    assert_eq!(seen, ["1", "1"]);
    let body =
        body.replace("sleep 10s", "let x = 1").replace("sleep 5s; ", "").replace("sleep 1s; ", "");
    agrees(&format!("{body}\nfinally accounts[1] != 100"));
}

/// A statement of one's own outside a transaction waits, too, and time may run out there.
#[test]
fn a_statement_alone_waits_and_may_be_withdrawn() {
    let body = bank(
        "process p { transaction bank { update accounts[1] set value = value + 1 } }\n\
         process q { try { within 1s { update accounts[1] set value = value + 1 }; done += 1 } catch timeout { late += 1 } }\n\
         finally accounts[1] == 101 + done and done + late == 1",
    );
    assert_eq!(explored(&body, &[]).verdict, Verdict::Holds);
    agrees(&body);
}

/// Half of a statement is never committed: as in PostgreSQL, breaking it off undoes the transaction.
#[test]
fn a_statement_that_is_broken_off_undoes_the_transaction_around_it() {
    let body = bank(
        "process p { transaction bank { accounts[2] = 0; let x = accounts[1] } }\n\
         process q { transaction bank {\n\
         try { within 1s { update accounts set value = value + 1 where value > 10 } } catch timeout { late += 1 }\n\
         } }\nfinally accounts[1] == 101 - late and accounts[2] == 0",
    );
    assert_eq!(explored(&body, &[]).verdict, Verdict::Holds);
    agrees(&body);
}

/// Under a key that another has deleted since the snapshot, PostgreSQL comes upon that old row first.
#[test]
fn a_row_deleted_since_is_in_the_way_of_a_new_one_under_its_key() {
    let body = bank(
        "process p { transaction bank (isolation: repeatable_read) {\n\
         let seen = accounts[2]; sleep 1s; insert accounts[1] = 5\n\
         try { accounts[1] = 6 } catch conflict { failed += 1 } } }\n\
         process q { sleep 10ms; delete accounts[1] }",
    );
    let mut session = run(&body, &[], 1);
    assert_eq!(shown(&mut session, "failed"), "1");
}

/// A circle over a row and a lock no database sees: it is a deadlock all the same.
#[test]
fn a_circle_over_a_row_and_a_lock_is_told_as_one() {
    let body = bank(
        "lock m\nprocess p { transaction bank { accounts[1] = 1; with m { } } }\n\
         process q { with m { accounts[1] = 2 } }",
    );
    let found = explored(&body, &[]);
    assert!(found.deadlocks.is_some(), "{found:?}");
}

/// A second `insert` of a key waits for the first: then it is taken, or free after all.
#[test]
fn a_key_under_way_is_waited_for() {
    let body = bank(
        "process p { transaction bank { insert accounts[3] = 1; if accounts[1] == 100 { abort } } }\n\
         process q { try { insert accounts[3] = 2; done += 1 } catch duplicate { failed += 1 } }\n\
         finally accounts[3] == 2 and done == 1",
    );
    assert_eq!(explored(&body, &[]).verdict, Verdict::Holds);
    agrees(&body);
    let body = body.replace("== 100 { abort }", "== 7 { abort }").replace(
        "finally accounts[3] == 2 and done == 1",
        "finally done + failed == 1 and accounts[3] == 1 + done",
    );
    // q may come first: then p fails by its duplicate.
    let found = explored(&body, &[]);
    assert_eq!(found.verdict, Verdict::Holds, "{found:?}");
    agrees(&body);
}

/// A request's transaction dies with its replica.
#[test]
fn a_crash_of_a_service_undoes_its_transactions() {
    let body = "database bank { table accounts = { 1: 100, 2: 100 } }\ncounter failed\n\
         service s { on move() { transaction bank { accounts[1] = 70; accounts[2] = 130 } } }\n\
         process p { try { call s.move() } catch unavailable { failed += 1 } }\n\
         fault crash s anytime at most 1\nfinally sum(accounts) == 200";
    assert_eq!(explored(body, &[]).verdict, Verdict::Holds);
    agrees(body);
}

/// In a run a statement may deal with as many rows as tables have room for, or nearly.
#[test]
fn a_statement_may_change_many_rows() {
    let body = "database d { table t }\ncounter sent\n\
        process p { for i in 1..300 { insert t[i] = 0 }; let changed = update t set value = 1 where value == 0; sent = changed }";
    let mut session = run(body, &[], 1);
    assert_eq!(shown(&mut session, "sent"), "300");
}
