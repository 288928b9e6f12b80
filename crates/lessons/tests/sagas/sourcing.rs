//! Event sourcing: the sum of what happened, and who reads it.

use lessons::Unmet;

use crate::support::{bench, rows, shared};

const ID: &str = "event-sourcing";
const PAID: &str = "nobody is paid what is not there";
const RIGHT: &str = "the page is right";

fn writers(add: &str) -> [(&str, &str); 4] {
    [("add", add), ("clients", "2"), ("readers", "0"), ("crash", "false")]
}

fn reader(place: &str) -> [(&str, &str); 4] {
    [("place", place), ("clients", "1"), ("readers", "1"), ("crash", "true")]
}

const TWO: [(&str, &str); 4] =
    [("place", "together"), ("clients", "0"), ("readers", "2"), ("crash", "false")];

#[test]
fn the_numbers_of_the_debrief_are_right() {
    let lesson = bench(ID);
    assert_eq!(lesson.counts(&writers("at_the_end")), "28 of 70");
    assert_eq!(lesson.counts(&writers("if_unchanged")), "0 of 20");
    assert_eq!(lesson.counts(&reader("after")), "2030 of 7656");
    assert_eq!(lesson.counts(&reader("before")), "540 of 6166");
    assert_eq!(lesson.counts(&reader("together")), "0 of 14037");
    assert_eq!(lesson.counts(&reader("from_start")), "0 of 34122");
    assert_eq!(lesson.counts(&TWO), "1806 of 1810");
    assert_eq!(lesson.broken(&writers("at_the_end")), [PAID]);
    for place in ["after", "before"] {
        assert_eq!(lesson.broken(&reader(place)), [RIGHT]);
    }
    assert_eq!(lesson.broken(&TWO), [RIGHT]);
}

#[test]
fn after_counts_twice_and_before_leaves_out() {
    let lesson = bench(ID);
    let total = |place| {
        let settings = [("place", place), ("clients", "0")];
        let mut session = lesson.play("the reader dies", &settings);
        while session.clock() {}
        rows(&session.frame(), "total")
    };
    assert_eq!(total("after"), "1: 200");
    assert_eq!(total("before"), "1: 0");
    assert_eq!(total("together"), "1: 100");
}

#[test]
fn the_stops_show_what_they_say() {
    let lesson = bench(ID);
    let events = |id| rows(&lesson.stop(id), "events");
    let one = "1: { delta: 100 }, 2: { delta: -80 }";
    assert_eq!(events("both-decided"), "1: { delta: 100 }");
    assert_eq!(events("overdrawn"), format!("{one}, 3: {{ delta: -80 }}"));
    assert_eq!(events("taken"), one);
    assert_eq!(events("looks-again"), one);
    assert_eq!(shared(&lesson.stop("looks-again"), "paid"), "80");
    let views = |id| {
        let frame = lesson.stop(id);
        ["total", "read"].map(|table| rows(&frame, table))
    };
    assert_eq!(views("shown"), ["1: 100", "1: 0"]);
    assert_eq!(views("noted"), ["1: 0", "1: 1"]);
    assert_eq!(views("neither"), ["1: 0", "1: 0"]);
}

#[test]
fn breaks_are_done_by_hand() {
    let lesson = bench(ID);
    let mut session = lesson.play("two decide", &[("clients", "2"), ("readers", "0")]);
    while session.clock() {}
    assert!(lesson.is_broken("overdraw", &session.frame()));
    for (id, place) in [("twice", "after"), ("skip", "before")] {
        let mut session = lesson.play("the reader dies", &[("place", place), ("clients", "0")]);
        while session.clock() {}
        assert!(lesson.is_broken(id, &session.frame()), "{place}");
    }
    assert!(lesson.breaks("two-readers", &TWO, &[1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1]));
}

#[test]
fn fixes_are_graded_by_every_schedule() {
    let lesson = bench(ID);
    let grade = |add, place| lesson.grade_own("fix-it", &[("add", add), ("place", place)]);
    for place in ["after", "before", "together", "from_start"] {
        assert_eq!(grade("at_the_end", place), Ok(Some(Unmet::Fails)), "{place}");
    }
    for place in ["after", "before"] {
        assert_eq!(grade("if_unchanged", place), Ok(Some(Unmet::Fails)), "{place}");
    }
    for place in ["together", "from_start"] {
        assert_eq!(grade("if_unchanged", place), Ok(None), "{place}");
    }
}

const NOTES: &str = "        count_in(delta); read[1] = at
";

#[test]
fn two_readers_need_what_the_clients_have() {
    let lesson = bench(ID);
    let together = [("place", "together")];
    assert_eq!(lesson.grade_own("fix-two-readers", &together), Ok(Some(Unmet::Fails)));
    let moved = "        let moved = update read[1] set value = at where value == at - 1
        if moved == 1 { count_in(delta) }
";
    let text = lesson.with(NOTES, moved);
    assert_eq!(lesson.grade("fix-two-readers", &text, &together), Ok(None));
    // A lock on the row helps only whoever looks again behind it.
    let locked = "        let now = read[1] for update
        if now == at - 1 { count_in(delta); read[1] = at }
";
    let text = lesson.with(NOTES, locked);
    assert_eq!(lesson.grade("fix-two-readers", &text, &together), Ok(None));
    let blind = "        read[1] for update
        count_in(delta); read[1] = at
";
    let text = lesson.with(NOTES, blind);
    assert_eq!(lesson.grade("fix-two-readers", &text, &together), Ok(Some(Unmet::Fails)));
}
