//! Groups answered by hand: what is committed is done, whatever the order of the answers.

use super::support::{holds, report};
use sim_core::explore::Verdict;

const TWO: &str = "log l\ngroup g (from: l)\ncounter done[2]\n\
    process s { atomic { send 1 to l; send 2 to l } }\n\
    always done[1] > 0 or g.committed == 0 \"nothing is passed over\"\n\
    always done[2] > 0 or g.committed < 2\n";

#[test]
fn a_record_given_back_holds_back_what_comes_behind_it() {
    let body = "process w {\n\
        let a = receive g\nlet b = receive g\nnack a\ndone[b] += 1\nack b\n\
        repeat 2 { let m = receive g\ndone[m] += 1\nack m } }\n\
        finally done[1] == 1 and done[2] == 2 and g.lag == 0";
    holds(&format!("{TWO}{body}"), 1);
}

#[test]
fn a_record_in_flight_holds_back_what_comes_behind_it() {
    let body = "process w {\n\
        let a = receive g\nlet b = receive g\ndone[b] += 1\nack b\nassert g.lag == 2\n\
        done[a] += 1\nack a }\n\
        finally g.committed == 2 and g.lag == 0";
    holds(&format!("{TWO}{body}"), 1);
}

#[test]
fn of_several_given_back_the_first_comes_again_first() {
    for (one, other) in [("a", "b"), ("b", "a")] {
        let body = format!(
            "process w {{\nlet a = receive g\nlet b = receive g\nnack {one}\nnack {other}\n\
             let c = receive g\nassert c == 1\ndone[c] += 1\nack c\n\
             let d = receive g\nassert d == 2\ndone[d] += 1\nack d }}\nfinally g.lag == 0"
        );
        holds(&format!("{TWO}{body}"), 1);
    }
}

#[test]
fn whenever_the_reader_crashes_no_record_is_skipped() {
    for answers in ["nack a\nack b", "ack b\nnack a", "nack b\ndone[a] += 1\nack a", "ack b"] {
        let body = format!(
            "var began = 0\nprocess w {{\nif began == 0 {{\nbegan = 1\nlet a = receive g\n\
             let b = receive g\n{}{answers}\nstop }}\n\
             while true {{ let m = receive g\ndone[m] += 1\nack m }} }}\n\
             fault crash w anytime for 1s at most 1\nprocess later receive g as m {{ done[m] += 1 }}",
            if answers.contains("ack b\n") || answers == "ack b" { "done[b] += 1\n" } else { "" }
        );
        let found = report(&format!("{TWO}{body}"));
        assert_eq!(found.verdict, Verdict::Holds, "{answers}: {found:?}");
    }
}
