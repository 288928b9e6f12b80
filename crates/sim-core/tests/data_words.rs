//! What happens in databases, in words.

use sim_core::say::{Lang, Tense, action, plain};
use sim_core::session::{Action, Dependency, Doing, RowTold, Statement, Undone};

fn said(told: Statement) -> [String; 4] {
    let action_told = Action::Data(Box::new(told));
    let name = |lane: u32| format!("client[{}]", lane + 1);
    let say = |tense, lang| plain(&action(&action_told, tense, name, lang));
    [
        say(Tense::Next, Lang::En),
        say(Tense::Done, Lang::En),
        say(Tense::Next, Lang::Es),
        say(Tense::Done, Lang::Es),
    ]
}

fn row(place: &str, words: &str) -> RowTold {
    RowTold { place: place.to_owned(), words: words.to_owned() }
}

fn one(verb: Doing, place: &str, words: &str) -> Statement {
    let of = place.split('[').next().unwrap_or_default().to_owned();
    Statement { verb, of, rows: vec![row(place, words)], count: 1, ..Statement::default() }
}

#[test]
fn reading_tells_the_value_and_that_there_is_a_newer_one() {
    let mut told = one(Doing::Read, "accounts[1]", "100");
    assert_eq!(
        said(told.clone()),
        [
            "reads accounts[1]: 100",
            "read accounts[1]: 100",
            "lee accounts[1]: 100",
            "leyó accounts[1]: 100"
        ]
    );
    told.behind = true;
    assert_eq!(
        said(told)[1..3],
        [
            "read accounts[1]: 100 (a newer version is committed)",
            "lee accounts[1]: 100 (ya hay una versión más nueva con commit)"
        ]
    );
    let count = Statement {
        verb: Doing::Count,
        of: "events".to_owned(),
        count: 3,
        value: "3".to_owned(),
        ..Statement::default()
    };
    assert_eq!(said(count.clone())[0], "counts rows of events: 3");
    let sum = Statement { verb: Doing::Sum, value: "12".to_owned(), ..count };
    assert_eq!(said(sum)[1..3], ["added up 3 rows of events: 12", "suma 3 filas de events: 12"]);
}

#[test]
fn changing_tells_what_was_and_is() {
    let told = one(Doing::Update, "accounts[1]", "100 → 90");
    assert_eq!(
        said(told.clone()),
        [
            "updates accounts[1]: 100 → 90",
            "updated accounts[1]: 100 → 90",
            "cambia accounts[1]: 100 → 90",
            "cambió accounts[1]: 100 → 90"
        ]
    );
    let own = Statement { commits: true, ..told.clone() };
    assert_eq!(
        said(own)[1..3],
        [
            "updated accounts[1]: 100 → 90, and committed",
            "cambia accounts[1]: 100 → 90 y hace commit"
        ]
    );
    let mut two = told;
    two.rows.push(row("accounts[2]", "7 → 8"));
    two.count = 3;
    assert_eq!(said(two)[0], "updates 3 rows: accounts[1] (100 → 90), accounts[2] (7 → 8), …");
    let none = Statement {
        verb: Doing::Update,
        of: "events".to_owned(),
        skipped: vec!["events[1]".to_owned()],
        ..Statement::default()
    };
    assert_eq!(said(none)[0], "updates no row of events: events[1] no longer matches");
}

#[test]
fn waiting_tells_for_whom() {
    let told = Statement {
        verb: Doing::Update,
        of: "accounts".to_owned(),
        waits: Some(("accounts[1]".to_owned(), 1)),
        ..Statement::default()
    };
    assert_eq!(
        said(told.clone()),
        [
            "wants to update accounts[1], which client[2] has locked: it waits",
            "wanted to update accounts[1], which client[2] had locked: it waited",
            "quiere cambiar accounts[1], que tiene bloqueada client[2]: espera",
            "quiso cambiar accounts[1], que tenía bloqueada client[2]: esperó"
        ]
    );
    let more = Statement { rows: vec![row("accounts[2]", "1 → 2")], count: 1, ..told };
    assert_eq!(
        said(more)[0],
        "updates accounts[2]: 1 → 2, and waits for accounts[1], which client[2] has locked"
    );
}

#[test]
fn the_end_of_a_transaction_is_told() {
    let commit =
        Statement { verb: Doing::Commit, of: "bank".to_owned(), count: 2, ..Statement::default() };
    assert_eq!(
        said(commit.clone()),
        [
            "commits (2 rows)",
            "committed (2 rows)",
            "hace commit (2 filas)",
            "hizo commit (2 filas)"
        ]
    );
    assert_eq!(said(Statement { count: 0, ..commit.clone() })[0], "commits (nothing changed)");
    let abort =
        Statement { verb: Doing::RollBack, undone: Some(Undone::Error(String::new())), ..commit };
    assert_eq!(said(abort)[1..3], ["rolled back", "hace rollback"]);
    let mut fails = one(Doing::Read, "events[1]", "0");
    fails.undone = Some(Undone::Error("sold_out".to_owned()));
    assert_eq!(said(fails)[1], "read events[1]: 0; its transaction was rolled back");
}

#[test]
fn refusals_are_explained() {
    let mut told = one(Doing::Update, "accounts[1]", "");
    told.rows.clear();
    told.undone = Some(Undone::ChangedSince("accounts[1]".to_owned(), Some(0)));
    assert_eq!(
        said(told.clone())[1..3],
        [
            "wanted to update accounts[1], which client[1] had changed and committed since its \
             snapshot: it was rolled back",
            "quiere cambiar accounts[1], que client[1] cambió con commit después de su snapshot: \
             su transacción se deshace"
        ]
    );
    let depends = |place: &str, reader, writer| Dependency {
        place: place.to_owned(),
        reader: Some(reader),
        writer: Some(writer),
    };
    told.verb = Doing::Commit;
    told.undone =
        Some(Undone::NotSerial(vec![depends("doctors[1]", 1, 0), depends("doctors[2]", 0, 1)]));
    assert_eq!(
        said(told.clone())[0],
        "wants to commit; client[2] read doctors[1], which client[1] has since changed; client[1] \
         read doctors[2], which client[2] has since changed: they cannot have come one after the \
         other; it is rolled back"
    );
    told.undone = Some(Undone::Victim(vec![0, 1]));
    assert_eq!(
        said(told)[0..3],
        [
            "is chosen as the victim of the deadlock: client[1] waits for client[2], which waits \
             for client[1]",
            "was chosen as the victim of the deadlock: client[1] waited for client[2], which \
             waited for client[1]",
            "es la víctima elegida del deadlock: client[1] espera a client[2], que espera a \
             client[1]"
        ]
    );
}

#[test]
fn what_was_read_and_has_been_changed_since_is_told_at_once() {
    let mut told = one(Doing::Update, "doctors[1]", "1 → 0");
    told.depends =
        vec![Dependency { place: "doctors".to_owned(), reader: Some(1), writer: Some(0) }];
    assert_eq!(
        said(told)[0],
        "updates doctors[1]: 1 → 0 (client[2] read doctors, which client[1] has since changed)"
    );
}

#[test]
fn nobody_brings_a_commit_to_a_replica() {
    let told = Statement {
        verb: Doing::Apply,
        of: "shop".to_owned(),
        value: "2".to_owned(),
        count: 1,
        ..Statement::default()
    };
    assert!(Action::Data(Box::new(told.clone())).is_of_nobody());
    assert_eq!(
        said(told)[1..3],
        [
            "a commit reached replica 2 of shop (1 more to come)",
            "un commit llega a la réplica 2 de shop (faltan 1)"
        ]
    );
}
