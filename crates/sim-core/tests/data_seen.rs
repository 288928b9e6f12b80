//! What is seen of databases: words of steps and offers, and the tables of a frame.

use sim_core::lang::{Values, check};
use sim_core::program::Isolation;
use sim_core::say::{Lang, Tense, action, plain};
use sim_core::session::{Action, EdgeKind, Frame, NodeKind, RowView, Session, TableView};

fn open(text: &str, settings: &[(&str, &str)]) -> Session {
    let checked = check(text);
    let scenario = checked.scenario.unwrap_or_else(|| panic!("{:?}", checked.diagnostics));
    let mut values = Values::defaults(scenario.params());
    for (name, value) in settings {
        values.set(scenario.params(), name, value).unwrap_or_else(|why| panic!("{why:?}"));
    }
    Session::new(scenario.bind(&values).expect("it binds"), text, 1)
}

/// What each step of the line did, with who did it.
fn told(frame: &Frame) -> Vec<String> {
    let said = |at: &sim_core::session::StepView| {
        let words = plain(&action(&at.action, Tense::Done, |lane| frame.name(lane), Lang::En));
        format!("{} {words}", at.name)
    };
    frame.steps.iter().map(said).collect()
}

/// Lets these processes (by what their names begin with) step in turn.
fn play(session: &mut Session, who: &[&str]) {
    for name in who {
        let frame = session.frame();
        let mut offers = frame.offers.iter();
        let found = offers.find(|offer| offer.name == *name && offer.pick.is_some());
        let Some(found) = found else { panic!("{name} cannot move: {:?}", frame.offers) };
        assert!(session.pick(found.pick.expect("it is possible")));
    }
}

fn table<'a>(frame: &'a Frame, name: &str) -> &'a TableView {
    let mut tables = frame.databases.iter().flat_map(|database| &database.tables);
    tables.find(|table| table.name == name).expect("there is such a table")
}

/// A row in short: its versions, each with who sees it (counted from 1), and `!` where it is of one
/// who has not committed.
fn short(row: &RowView) -> String {
    let versions = row.versions.iter().map(|version| {
        let seen: Vec<String> = version.seen.iter().map(|lane| (lane + 1).to_string()).collect();
        let sign = if version.by.is_some() { "!" } else { "" };
        format!("{sign}{}({})", version.value, seen.join(","))
    });
    format!("{}: {}", row.key, versions.collect::<Vec<_>>().join(" "))
}

const TWO: &str = r#"scenario "Two"
param level: choice = repeatable_read of read_committed, repeatable_read, serializable
database db (isolation: level) { table test = { 1: 10, 2: 20 } }
process a {
  transaction db {
    let seen = test[1]
    test[1] = seen + 1
  }
}
process b {
  transaction db {
    let seen = test[1]
    test[1] = seen + 1
  }
}
"#;

#[test]
fn versions_show_who_sees_which() {
    let mut session = open(TWO, &[]);
    assert_eq!(session.frame().databases[0].isolation, Isolation::RepeatableRead);
    play(&mut session, &["a", "b", "a"]);
    let frame = session.frame();
    let row = &table(&frame, "test").rows[0];
    assert_eq!(short(row), "1: 10(2) !11(1)");
    assert_eq!((row.holder, row.locked, row.versions[0].newest), (Some(0), false, true));
    let open = &frame.databases[0].transactions;
    assert_eq!(
        open.iter().map(|one| (one.snapshot, one.changed)).collect::<Vec<_>>(),
        [(Some(0), 1), (Some(0), 0)]
    );
    play(&mut session, &["a"]);
    let frame = session.frame();
    assert_eq!(short(&table(&frame, "test").rows[0]), "1: 10(2) 11()");
    assert_eq!(frame.databases[0].commits, 1);
    let row = frame.shared.iter().find(|shared| shared.place == "test[1]").expect("it is shown");
    assert_eq!((row.value.as_str(), row.before.is_some()), ("11", true));
    let other = frame.shared.iter().find(|shared| shared.place == "test[2]").expect("it is shown");
    assert_eq!((other.value.as_str(), other.before.is_some()), ("20", false));
}

#[test]
fn first_updater_wins_and_the_other_is_told_who_was_first() {
    let mut session = open(TWO, &[]);
    play(&mut session, &["a", "b", "a", "b"]);
    let frame = session.frame();
    let row = &table(&frame, "test").rows[0];
    assert_eq!((row.holder, &row.waiting[..]), (Some(0), &[1][..]));
    assert_eq!(told(&frame)[3], "b wanted to update test[1], which a had locked: it waited");
    let bar = frame.bars.iter().find(|bar| bar.lane == 1).expect("it waits");
    assert_eq!(bar.place, "test[1]");
    play(&mut session, &["a"]);
    let frame = session.frame();
    assert_eq!(told(&frame)[4], "a committed (1 row): test[1]");
    let Action::Data(commit) = &frame.steps[4].action else { panic!("it is a commit") };
    assert_eq!(commit.rows[0].words, "10 → 11");
    let offer = frame.offers.iter().find(|offer| offer.name == "b").expect("it may go on");
    assert_eq!(
        plain(&action(&offer.action, Tense::Next, |lane| frame.name(lane), Lang::En)),
        "wants to update test[1], which a has changed and committed since its snapshot: it is \
         rolled back"
    );
    play(&mut session, &["b"]);
    let frame = session.frame();
    assert_eq!(frame.steps[5].cause, Some(5), "it met the commit");
    assert!(told(&frame)[5].contains("which a had changed and committed"));
    let mut bands = frame.transactions.clone();
    bands.sort_by_key(|band| band.lane);
    let ends: Vec<_> = bands.iter().map(|band| (band.from, band.to, band.committed)).collect();
    assert_eq!(ends, [(1, Some(5), true), (2, Some(6), false)]);
}

#[test]
fn a_change_that_is_lost_is_told_all_the_same() {
    let mut session = open(TWO, &[("level", "read_committed")]);
    play(&mut session, &["a", "b", "a", "a", "b", "b"]);
    let frame = session.frame();
    assert_eq!(told(&frame)[4..], ["b updated test[1]: 11 → 11", "b committed (1 row): test[1]"]);
}

#[test]
fn whose_error_undid_a_transaction_is_told() {
    let text = r#"scenario "Sold out"
database store { table stock = { 1: 0 }; table orders = { 1: 5 } }
process late {
  transaction store {
    let took = update stock[1] set value = value - 1 where value > 0
    if took == 0 { fail sold_out }
  }
}
process again { transaction store { insert orders[1] = 6 } }
"#;
    let mut session = open(text, &[]);
    play(&mut session, &["late", "again"]);
    let [late, again] = &told(&session.frame())[..] else { panic!("two steps") };
    // The update came about, and what the program made of it undid it; the insert did not.
    assert_eq!(late, "late updated no row of stock; its transaction was rolled back");
    assert_eq!(again, "again wanted to insert into orders; its transaction was rolled back");
}

#[test]
fn write_skew_at_serializable_is_explained() {
    let text = r#"scenario "Doctors"
database ward (isolation: serializable) { table doctors = { 1: 1, 2: 1 } }
process doctor * 2 {
  transaction ward {
    let on_call = sum(doctors)
    if on_call == 2 { doctors[self] = 0 }
  }
}
"#;
    let mut session = open(text, &[]);
    play(&mut session, &["doctor[1]", "doctor[2]", "doctor[1]", "doctor[2]"]);
    let frame = session.frame();
    let depends = &frame.databases[0].depends;
    let arrows: Vec<_> = depends.iter().map(|one| (one.reader, one.writer)).collect();
    assert_eq!(arrows, [(Some(0), Some(1)), (Some(1), Some(0))]);
    play(&mut session, &["doctor[1]", "doctor[2]"]);
    let all = told(&session.frame());
    assert!(
        all[3].ends_with("(doctor[1] read doctors[2], which doctor[2] has since changed)"),
        "{all:?}"
    );
    assert!(all[4].contains("doctor[2] could no longer commit"), "{all:?}");
    assert_eq!(
        all[5],
        "doctor[2] wanted to commit; doctor[1] read doctors[2], which doctor[2] has since changed; \
         doctor[2] read doctors[1], which doctor[1] has since changed: they cannot have come one \
         after the other; it was rolled back"
    );
}

#[test]
fn the_circle_of_waiters_is_seen_and_its_victim_is_told_why() {
    let text = r#"scenario "Crossed"
database bank (isolation: read_committed) { table accounts = { 1: 100, 2: 100 } }
process there {
  transaction bank {
    accounts[1] = 90
    accounts[2] = 110
  }
}
process back {
  transaction bank {
    accounts[2] = 90
    accounts[1] = 110
  }
}
"#;
    let mut session = open(text, &[]);
    play(&mut session, &["there", "back", "there", "back"]);
    let frame = session.frame();
    assert_eq!(frame.databases[0].circle, [0, 1]);
    let waits: Vec<_> =
        frame.databases[0].transactions.iter().map(|one| one.waits.clone()).collect();
    assert_eq!(
        waits,
        [Some(("accounts[2]".to_owned(), Some(1))), Some(("accounts[1]".to_owned(), Some(0)))]
    );
    let offers: Vec<String> = frame
        .offers
        .iter()
        .map(|offer| plain(&action(&offer.action, Tense::Next, |lane| frame.name(lane), Lang::En)))
        .collect();
    assert_eq!(
        offers[0],
        "is chosen as the victim of the deadlock: there waits for back, which waits \
                           for there"
    );
    play(&mut session, &["back"]);
    let said = told(&session.frame());
    assert!(
        said[4].starts_with("back was chosen as the victim of the deadlock: back waited for there")
    );
}

#[test]
fn a_database_is_a_node_and_its_tables_are_inside() {
    let mut session = open(TWO, &[]);
    let system = session.frame().system;
    let node = system.nodes.iter().position(|node| node.name == "db").expect("it is shown");
    assert!(matches!(system.nodes[node].kind, NodeKind::Thing(_)));
    assert!(!system.nodes.iter().any(|node| node.name == "test"));
    let kinds: Vec<EdgeKind> = system.edges.iter().map(|edge| edge.kind).collect();
    assert_eq!(kinds, [EdgeKind::Changes, EdgeKind::Changes]);
}
