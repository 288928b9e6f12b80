//! What becomes of tiny texts: one idea each, instruction by instruction.

use sim_core::{
    lang::{Values, check},
    program::{Program, listing},
};

pub(crate) fn program(body: &str) -> Program {
    let text = format!("scenario \"x\"\n{body}");
    let checked = check(&text);
    let scenario = checked.scenario.unwrap_or_else(|| panic!("{:?}", checked.diagnostics));
    scenario.bind(&Values::default()).expect("what is checked binds with its defaults")
}

/// Compares the instructions of the first process, each on a line of its own.
pub(crate) fn becomes(body: &str, expected: &[&str]) {
    let listing = listing(&program(body));
    let lines: Vec<&str> = listing
        .lines()
        .skip(1)
        .take_while(|line| !line.starts_with("pro") && !line.starts_with("until"))
        .filter(|line| !line.contains(" is "))
        .map(|line| line[4..].trim())
        .collect();
    assert_eq!(lines, expected, "{body}");
}

#[test]
fn reads_come_left_to_right_and_before_the_write() {
    becomes(
        "var a = 1, b = 2\nprocess p { a = a - (b + a) }",
        &["* r0 = a", "* r1 = b", "* r2 = a", "r1 = r1 + r2", "r0 = r0 - r1", "* a = r0", "end"],
    );
}

#[test]
fn adding_reads_first_then_the_right_side() {
    becomes(
        "var a = 1, b = 2\nprocess p { a += b }",
        &["* r0 = a", "* r1 = b", "r0 = r0 + r1", "* a = r0", "end"],
    );
}

#[test]
fn an_index_comes_before_the_right_side() {
    becomes(
        "var a[3] = 0, b = 2\nprocess p { a[b] = a[2] }",
        &["* r0 = b", "r1 = 2", "* r1 = a[r1]", "* a[r0] = r1", "end"],
    );
}

#[test]
fn or_stops_early_and_constants_vanish() {
    becomes(
        "var a = 1\nparam n: int = 2 in 1..4\nprocess p { if n == 3 or a == 1 or a == n { a = n } }",
        &[
            "* r0 = a",
            "r1 = 1",
            "r0 = r0 == r1",
            "if r0 go 8 else 4",
            "* r0 = a",
            "r1 = 2",
            "r0 = r0 == r1",
            "if r0 go 8 else 10",
            "r0 = 2",
            "* a = r0",
            "end",
        ],
    );
}

#[test]
fn and_as_a_value_reads_the_right_side_only_if_need_be() {
    becomes(
        "var a = true, b = true\nprocess p { let x = true; x = a and x; b = x }",
        &["r0 = 1", "* r1 = a", "if r1 go 3 else 4", "r1 = r0", "r0 = r1", "* b = r0", "end"],
    );
}

#[test]
fn an_error_in_a_with_lets_go_and_fails() {
    becomes(
        "lock m\nvar a = 1\nprocess p { with m { a = 1 / a } }",
        &[
            "* acquire m",
            "* r0 = a",
            "r1 = 1",
            "r0 = r1 / r0 | error: r2, 7",
            "* a = r0",
            "* release m",
            "go 9",
            "* release m",
            "go 10",
            "end",
            "fail r2",
            "end",
        ],
    );
}

#[test]
fn an_error_lets_go_inmost_first() {
    becomes(
        "lock m\nlock k[2]\nvar a = 1\nprocess p { with m, k[a] { release m } }",
        &[
            "* acquire m",
            "* r0 = a",
            "* acquire k[r0] | error: r1, 10",
            "* release m, held | error: r1, 6",
            "* release k[r0]",
            "go 8",
            "* release k[r0]",
            "go 10",
            "* release m",
            "go 12",
            "* release m",
            "go 13",
            "end",
            "fail r1",
            "end",
        ],
    );
}

#[test]
fn return_in_a_with_lets_go_after_its_value() {
    becomes(
        "lock m\nvar a = 1\nprocess p { a = f() }\nroutine f() { with m { return a } }",
        &[
            "* acquire m",
            "* r0 = a",
            "go 3",
            "* release m",
            "go 7",
            "* release m",
            "go 7",
            "* a = r0",
            "end",
        ],
    );
}

#[test]
fn two_ways_out_of_a_with_to_one_place_share_their_release() {
    becomes(
        "lock m\nvar a = 1\nprocess p { while true { with m { if a == 1 { break }; if a == 2 { break } } } }",
        &[
            "* acquire m",
            "* r0 = a",
            "r1 = 1",
            "r0 = r0 == r1",
            "if r0 go 5 else 6",
            "go 13",
            "* r0 = a",
            "r1 = 2",
            "r0 = r0 == r1",
            "if r0 go 10 else 11",
            "go 13",
            "* release m",
            "go 15",
            "* release m",
            "go 16",
            "go 0",
            "end",
        ],
    );
}

#[test]
fn a_continue_at_a_bodys_end_goes_its_way() {
    becomes(
        "lock m\nvar a = 1\nprocess p { while a == 1 { with m { if a == 2 { continue } } } }",
        &[
            "* r0 = a",
            "r1 = 1",
            "r0 = r0 == r1",
            "if r0 go 4 else 15",
            "* acquire m",
            "* r0 = a",
            "r1 = 2",
            "r0 = r0 == r1",
            "if r0 go 9 else 10",
            "go 10",
            "* release m",
            "go 14",
            "* release m",
            "go 0",
            "go 0",
            "end",
        ],
    );
}

#[test]
fn leaving_an_atomic_ends_it_on_every_way() {
    becomes(
        "var a = 1\nprocess p { while true { atomic { if a == 1 { break }; atomic { a = 2 } } } }",
        &[
            "* atomic",
            "* r0 = a",
            "r1 = 1",
            "r0 = r0 == r1",
            "if r0 go 5 else 7",
            "end of atomic",
            "go 11",
            "r0 = 2",
            "* a = r0",
            "end of atomic",
            "go 0",
            "end",
        ],
    );
}

#[test]
fn repeat_counts_in_a_register_of_its_own() {
    becomes(
        "var a = 1\nprocess p { repeat 3 { a = 2 } }",
        &[
            "r0 = 3",
            "r1 = 0",
            "r1 = r1 < r0",
            "if r1 go 4 else 9",
            "r1 = 2",
            "* a = r1",
            "r1 = 1",
            "r0 = r0 - r1",
            "go 1",
            "end",
        ],
    );
}

#[test]
fn for_counts_both_ends() {
    becomes(
        "var a = 1\nprocess p { for i in 1..a { a = i; if i == 2 { continue } } }",
        &[
            "r0 = 1",
            "* r1 = a",
            "r2 = r0 <= r1",
            "if r2 go 4 else 14",
            "* a = r0",
            "r2 = 2",
            "r2 = r0 == r2",
            "if r2 go 8 else 9",
            "go 9",
            "r2 = r0 < r1",
            "if r2 go 11 else 14",
            "r2 = 1",
            "r0 = r0 + r2",
            "go 4",
            "end",
        ],
    );
}

#[test]
fn a_match_while_running_asks_arm_by_arm() {
    becomes(
        "param g: choice = x of x, y, z\nvar a = g\n\
         process p { match a { x => stop; y, z => { a = x } } }",
        &[
            "* r0 = a",
            "r1 = 0",
            "r1 = r0 == r1",
            "if r1 go 5 else 4",
            "go 7",
            "go 10",
            "go 10",
            "r0 = 0",
            "* a = r0",
            "go 10",
            "end",
        ],
    );
}

#[test]
fn stop_in_a_routine_lets_go_of_the_callers_locks() {
    becomes(
        "lock m\nvar a = 1\nprocess p { with m { f(2) } }\nroutine f(n) { if n == a { stop } }",
        &[
            "* acquire m",
            "r0 = 2",
            "* r1 = a",
            "r1 = r0 == r1",
            "if r1 go 5 else 6",
            "go 6",
            "* release m",
            "go 10",
            "* release m",
            "go 10",
            "end",
        ],
    );
}

#[test]
fn quantifiers_are_written_out() {
    let program = program(
        "param n: int = 2 in 1..3\nvar a[3] = 0\nprocess p { stop }\n\
         always all i in 1..n: a[i] == i\nfinally (sum i in 1..n: a[i]) == (count i in 1..0: true)",
    );
    let text = listing(&program);
    let expected = "\
process p, registers 0
   0   go 1
   1   end
promise all i in 1..n: a[i] == i, result r0
   2   r1 = 1
   3 * r1 = a[r1]
   4   r2 = 1
   5   r0 = r1 == r2
   6   if r0 go 7 else 12
   7   r2 = 2
   8 * r2 = a[r2]
   9   r3 = 2
  10   r0 = r2 == r3
  11   if r0 go 12 else 12
promise (sum i in 1..n: a[i]) == (count i in 1..0: true), result r0
  12   r1 = 1
  13 * r0 = a[r1]
  14   r2 = 2
  15 * r1 = a[r2]
  16   r0 = r0 + r1
  17   r1 = 0
  18   r0 = r0 == r1
";
    assert_eq!(text, expected);
}

#[test]
fn regions_and_hidden_parts_tell_what_to_show() {
    let body = "param g: choice = y of x, y, z\nlock m\nvar a = 1\nprocess p {\n  match g {\n    \
                x => f()\n    y => with m { h() }\n    z => { stop }\n  }\n  if g == x { stop } \
                else { f() }\n}\nroutine f() { a = 1 }\nroutine h() { a = 2 }\nroutine i() { a = 3 }";
    let program = program(body);
    let class = &program.classes[0];
    let names: Vec<_> =
        class.regions.iter().map(|region| region.routine.as_deref().unwrap_or("-")).collect();
    assert_eq!(names, ["-", "h", "f"]);
    let text = format!("scenario \"x\"\n{body}");
    let region = &class.regions[0].body;
    let mut shown = text[region.start as usize..region.end as usize].to_owned();
    for hidden in class.hidden.iter().rev() {
        let (from, to) = (hidden.start - region.start, hidden.end - region.start);
        shown.replace_range(from as usize..to as usize, "");
    }
    let lines: Vec<&str> = shown.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    assert_eq!(lines, ["with m { h() }", "f()"]);
}
