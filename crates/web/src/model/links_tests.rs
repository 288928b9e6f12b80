//! Links as the page follows them: what they bring, what becomes of long ones, and sharing.

use std::time::{Duration, Instant};

use lessons::link::{Link, PICKS, mark, read};
use sim_core::say::Lang;

use super::{
    Action, Command, Mode, Stage,
    address::{Address, FRAGMENT_BYTES},
    charts::ChartAction,
    links::{self, SLICE, Verdict},
    panes::Pane,
    rhythm::RhythmAction,
    share::{self, ShareAction},
    shelf::{File, ShelfAction},
    state::Notice,
    tests::{Page, Slow},
    update,
};

const RACE: &str = "/lesson/race-on-a-balance";
const LONG: &str = "scenario \"long\"\nvar x = 0\nprocess p * 2 { repeat 3000 { x = 1 } }\n";

fn verdict(page: &Page) -> Option<Verdict> {
    page.bench().linked.claim.as_ref().map(|claim| claim.verdict)
}

fn shared(page: &Page) -> String {
    share::shared(&page.state).expect("it can be shared").link
}

/// What the share dialog gives for a moment, with its fingerprint.
fn proof_of(page: &mut Page) -> String {
    page.act(Action::Share(ShareAction::Open));
    let link = shared(page);
    page.act(Action::Share(ShareAction::Close));
    link
}

fn fragment(link: &str) -> &str {
    link.split_once('#').map_or(link, |(_, fragment)| fragment)
}

#[test]
fn a_shared_moment_proves_itself_and_an_altered_one_does_not() {
    let mut page = Page::open(&format!("{RACE}?v=1&clients=2&picks=1.2.1.1&at=3"));
    let link = proof_of(&mut page);
    let other = Page::open(fragment(&link));
    assert_eq!((verdict(&other), other.bench().position()), (Some(Verdict::Holds), 3));
    assert_eq!(other.state.notice, None);
    // Loading the page again checks it again.
    assert!(other.state.fragment.contains("&fp="), "{}", other.state.fragment);
    for (from, to, expected) in [
        ("seed=1", "seed=2", Verdict::Differs),
        ("clients=2", "clients=3", Verdict::Differs),
        ("picks=1.2.1.1", "picks=1.2.2.1", Verdict::Differs),
        ("picks=1.2.1.1&at=3", "picks=1.2.9.1&at=3", Verdict::DoesNotFit),
        ("at=3", "at=4", Verdict::Differs),
        (&format!("of={}", mark(page.bench().course.scenario)), "of=00000000", Verdict::Holds),
    ] {
        assert!(link.contains(from), "{link} has no {from}");
        let other = Page::open(&fragment(&link).replace(from, to));
        assert_eq!(verdict(&other), Some(expected), "{to}");
    }
}

#[test]
fn a_lesson_whose_text_has_changed_says_so() {
    let mut page = Page::open(&format!("{RACE}?v=1&clients=2&picks=1.2.1.1&at=3"));
    let now = mark(page.bench().course.scenario);
    let link = proof_of(&mut page);
    let changed =
        fragment(&link).replace(&now, "0badc0de").replace("picks=1.2.1.1", "picks=1.2.9.1");
    let other = Page::open(&changed);
    assert_eq!(other.state.notice, Some(Notice::LessonChanged));
    assert_eq!(verdict(&other), Some(Verdict::TextChanged));
    // What fits is shown all the same.
    assert_eq!(other.bench().length(), 2);
    // A link that brings its text cannot be of another one.
    let mut page = Page::open(RACE);
    let text = page.bench().text.replace("var balance = 100", "var balance = 90");
    page.act(Action::Text(text));
    page.act(Action::Forward);
    let link = proof_of(&mut page);
    assert!(!link.contains("&of="), "{link}");
    assert_eq!(verdict(&Page::open(fragment(&link))), Some(Verdict::Holds));
}

#[test]
fn views_language_and_mode_travel_and_unknown_ones_are_told() {
    let page = Page::open(&format!("{RACE}?v=2&view=timeline.system&lang=es&mode=edit"));
    assert_eq!(page.bench().view.panes, [Pane::Timeline, Pane::System]);
    assert_eq!((page.state.lang, page.bench().mode), (Lang::Es, Mode::Edit));
    let link = &page.state.fragment;
    for part in ["&view=timeline.system", "&lang=es", "&mode=edit"] {
        assert!(link.contains(part), "{link}");
    }
    let page = Page::open(&format!("{RACE}?v=2&mode=present&picks=1&at=1"));
    assert_eq!(page.state.stage, Stage::Presenter);
    assert!(page.state.fragment.contains("&mode=present"), "{}", page.state.fragment);
    let page = Page::open(&format!("{RACE}?v=2&view=moon&lang=xx&mode=tv&picks=1.2&at=2"));
    let told = Some(Notice::LinkParts("lang=xx, view=moon, mode=tv".to_owned()));
    assert_eq!((&page.state.notice, page.state.lang), (&told, Lang::En));
    assert_eq!(page.bench().position(), 2, "the moment is shown all the same");
}

#[test]
fn what_is_shown_is_written_into_the_address_when_it_changes() {
    let mut page = Page::open(&format!("{RACE}?v=2&lang=es"));
    assert!(page.state.fragment.contains("&lang=es"));
    page.act(Action::View(super::viewing::View::Pane(Pane::Charts)));
    assert!(page.state.fragment.contains("&view="), "{}", page.state.fragment);
    page.act(Action::Lang(Lang::En));
    assert!(!page.state.fragment.contains("lang="), "a choice is kept on the device");
}

#[test]
fn a_long_run_by_the_clock_makes_a_short_link() {
    let mut page = Page::open("/own");
    page.act(Action::Text(LONG.to_owned()));
    page.act(Action::Pick(2));
    page.act(Action::Pick(1));
    page.act(Action::Chart(ChartAction::Run));
    let rest = page.bench().position() - 2;
    assert!(rest > 2 * SLICE as u32, "{rest}");
    let link = proof_of(&mut page);
    assert!(link.contains(&format!("picks=2.1.0x{rest}&at={}", rest + 2)), "{link}");
    let other = Page::open(fragment(&link));
    assert_eq!((verdict(&other), other.bench().position()), (Some(Verdict::Holds), rest + 2));
    assert_eq!(other.bench().picks(), page.bench().picks());
    assert_eq!(proof_of(&mut { other }), link);
    // Another way from its middle on is no longer the clock's.
    page.act(Action::Seek(1_000));
    let picks = page.bench().picks();
    page.act(Action::Pick(3 - picks[1_000]));
    let link = proof_of(&mut page);
    let other = Page::open(fragment(&link));
    assert_eq!(other.bench().picks(), page.bench().picks());
    assert_eq!(verdict(&other), Some(Verdict::Holds));
}

#[test]
fn the_steps_of_a_long_link_are_taken_in_slices_and_can_be_stopped() {
    let packed = lessons::link::pack(LONG);
    let link = format!("/own?v=2&seed=1&picks=0x4000&at=10&text={packed}");
    let page = Page::open(&link);
    assert_eq!((page.bench().length(), page.bench().position()), (4_000, 10));
    assert_eq!(page.bench().linked.rest, None);
    // Whoever does something does not wait.
    let mut slow = Slow::open(&link);
    slow.answer();
    let bench = slow.state.bench.as_ref().expect("it is open");
    assert_eq!((bench.length(), bench.linked.rest.is_some()), (SLICE as u32, true));
    assert!(update(&mut slow.state, Action::WriteAddress).is_empty(), "a reload begins again");
    slow.act(Action::Start);
    while !slow.asked.is_empty() {
        slow.answer();
    }
    let bench = slow.state.bench.as_ref().expect("it is open");
    assert_eq!((bench.linked.rest.is_some(), bench.position()), (false, 0));
    assert_eq!(bench.length(), 2 * SLICE as u32, "one slice was on its way");
    // Whoever goes elsewhere has a worker that listens.
    let mut slow = Slow::open(&link);
    let commands = update(&mut slow.state, Action::Address(String::new()));
    assert!(commands.contains(&Command::RestartStepper));
}

#[test]
fn nothing_that_a_link_says_makes_the_page_run() {
    for query in
        ["v=2&mode=present&picks=1&at=1", "v=2&mode=embed", "v=2&picks=0x40&at=3&view=charts"]
    {
        let page = Page::open(&format!("{RACE}?{query}"));
        assert!(!page.bench().playing && !page.bench().charts.running, "{query}");
    }
}

#[test]
fn what_can_be_shared_is_what_was_asked_for() {
    let mut page = Page::open(&format!("{RACE}?v=1&clients=2&picks=1.2&at=2"));
    page.state.site = "https://example.org/x/".to_owned();
    let act = |page: &mut Page, action| page.act(Action::Share(action));
    act(&mut page, ShareAction::Open);
    let link = shared(&page);
    assert!(link.starts_with("https://example.org/x/#/lesson/race-on-a-balance?v=2"), "{link}");
    assert!(link.contains("&fp=") && !link.contains("&lang="), "{link}");
    let code = page.state.share.as_ref().and_then(|share| share.code.clone().flatten());
    assert!(code.is_some_and(|code| code.side > 40));
    act(&mut page, ShareAction::FixLang(true));
    act(&mut page, ShareAction::Prove(false));
    act(&mut page, ShareAction::Stage(Stage::Presenter));
    let link = shared(&page);
    assert!(link.contains("&lang=en&mode=present") && !link.contains("&fp="), "{link}");
    act(&mut page, ShareAction::FromStart(true));
    let link = shared(&page);
    assert!(!link.contains("picks=") && !link.contains("of="), "{link}");
    act(&mut page, ShareAction::Stage(Stage::Embed));
    let frame = share::shared(&page.state).and_then(|shared| shared.frame).expect("a frame");
    assert!(frame.starts_with("<iframe src=\"https://example.org/x/?embed#/lesson/"), "{frame}");
    assert!(frame.contains("&amp;seed=1") && frame.ends_with("></iframe>"), "{frame}");
    act(&mut page, ShareAction::Close);
    assert_eq!(page.state.share, None);
    act(&mut page, ShareAction::Fill);
    assert!(!shared(&page).contains("&fp="), "a code is for phones across a room");
    act(&mut page, ShareAction::Fill);
    assert_eq!(page.state.share, None);
}

#[test]
fn what_is_too_long_for_a_link_travels_as_a_file() {
    let mut page = Page::open("/new/race");
    let noise: String = (0..9_000_u64).map(|at| (at * at * 31 % 997 * at).to_string()).collect();
    let lines: String = noise.as_bytes().chunks(60).fold(String::new(), |all, line| {
        all + "// " + std::str::from_utf8(line).expect("digits") + "\n"
    });
    let text = format!("{}\n{}", page.bench().text, &lines[..50_000]);
    let text = text[..text.rfind('\n').expect("it has lines") + 1].to_owned();
    page.act(Action::Text(text.clone()));
    page.act(Action::Forward);
    page.act(Action::Forward);
    page.act(Action::Share(ShareAction::Open));
    let now = share::shared(&page.state).expect("its steps are few");
    assert!(!now.fits() && now.bytes > FRAGMENT_BYTES);
    assert_eq!(page.state.share.as_ref().map(|share| share.code.clone()), Some(Some(None)));
    page.act(Action::Share(ShareAction::Save));
    let (name, file) = page.device.downloads.last().cloned().expect("a file");
    assert!(name.ends_with(".lockstep"), "{name}");
    let mut other = Page::open("");
    let file = File { name, bytes: Ok(file.into_bytes()) };
    other.act(Action::Shelf(ShelfAction::Files(vec![file])));
    assert_eq!((&other.bench().text, other.bench().position()), (&text, 2));
    assert_eq!(verdict(&other), Some(Verdict::Holds));
}

#[test]
fn a_file_of_a_lesson_opens_the_lesson_at_its_moment() {
    let mut page = Page::open(&format!("{RACE}?v=1&clients=2&picks=1.2.1&at=2"));
    page.act(Action::Share(ShareAction::Open));
    page.act(Action::Share(ShareAction::Save));
    let (name, file) = page.device.downloads.last().cloned().expect("a file");
    let mut other = Page::open("/mine");
    let bytes = Ok(file.clone().into_bytes());
    other.act(Action::Shelf(ShelfAction::Files(vec![File { name, bytes }])));
    assert_eq!(other.bench().course.id, "race-on-a-balance");
    assert_eq!((other.bench().position(), verdict(&other)), (2, Some(Verdict::Holds)));
    assert!(!other.bench().is_edited());
    // One whose first line is damaged is a scenario all the same.
    let mut other = Page::open("/mine");
    let bytes = Ok(file.replacen("?v=2", "?v=9", 1).into_bytes());
    other.act(Action::Shelf(ShelfAction::Files(vec![File {
        name: "x.lockstep".to_owned(),
        bytes,
    }])));
    assert!(other.bench().place.is_some());
    assert!(!other.bench().text.contains("// moment:"));
}

/// The heaviest that fits into a link: as many steps as one may have, of two at once.
#[test]
fn a_link_with_as_many_steps_as_it_may_have_is_soon_read() {
    let link = Link { lesson: "own".to_owned(), picks: vec![0; PICKS], ..Link::default() };
    let began = Instant::now();
    let read = read(&link.fragment().expect("it is short")).expect("it is a link");
    assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
    let page = Page::open("/own");
    let address = Address { picks: read.picks, ..page.bench().address() };
    let (_, opening) = links::begin(page.bench(), address);
    assert_eq!(opening.picks.len(), SLICE);
}

#[test]
fn a_moment_of_a_schedule_that_the_lesson_tells_of_has_its_stops_again() {
    let mut told = 0;
    for listed in lessons::listed() {
        let lesson = format!("/lesson/{}", listed.id);
        let schedules = Page::open(&lesson).bench().frame.as_ref().map(|it| it.schedules.len());
        for at in 0..schedules.expect("a moment is shown") {
            let mut page = Page::open(&lesson);
            page.act(Action::Rhythm(RhythmAction::Play(at as u32)));
            let stops = page.bench().stops();
            let Some((_, step)) = stops.get(1).or(stops.first()).copied() else { continue };
            page.act(Action::Seek(step));
            let again = Page::open(&page.state.fragment);
            assert_eq!(again.bench().schedule, page.bench().schedule, "{}", listed.id);
            assert_eq!((again.bench().stops(), again.bench().position()), (stops, step));
            told += 1;
        }
    }
    assert!(told > 60, "{told}");
}

#[test]
fn a_moment_of_ones_own_has_no_stops() {
    for link in ["guard=lock&picks=1.1.1.1&at=4", "picks=1.2&at=2"] {
        let page = Page::open(&format!("{RACE}?v=1&{link}"));
        assert_eq!((page.bench().schedule.as_deref(), page.state.notice.clone()), (None, None));
    }
}
