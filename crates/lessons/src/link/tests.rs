//! Links come back as they were, old ones keep opening, and hostile ones are refused.

use std::time::{Duration, Instant};

use sim_core::base::Draw;

use super::*;

const RACE: &str = "race-on-a-balance";

fn parsed(query: &str) -> Result<Link, Trouble> {
    Link::parse(RACE, query)
}

fn whole() -> Link {
    Link {
        lesson: RACE.to_owned(),
        settings: vec![
            ("guard".to_owned(), "compare_and_set".to_owned()),
            ("seed".to_owned(), "a&b=c %ñ".to_owned()),
            ("mode".to_owned(), "2".to_owned()),
        ],
        seed: Some(u64::MAX),
        picks: vec![1, 2, 1],
        position: 2,
        text: Some("scenario \"ñandú\"\n".to_owned()),
        of: Some(mark("scenario")),
        views: vec!["code".to_owned(), "system".to_owned()],
        lang: Some("es".to_owned()),
        mode: Some("present".to_owned()),
        fingerprint: Some("0123456789abcdef0123456789abcdef".to_owned()),
    }
}

#[test]
fn a_link_comes_back_as_it_was() {
    let link = whole();
    let fragment = link.fragment().expect("it is short");
    assert_eq!(read(&fragment), Ok(link.clone()));
    assert_eq!(read(&format!(" https://example.org/x/?embed#{fragment}\n")), Ok(link.clone()));
    for lesson in ["own", "mine.k2j", "new.two-locks"] {
        let link = Link { lesson: lesson.to_owned(), ..link.clone() };
        assert_eq!(read(&link.fragment().expect("it is short")), Ok(link));
    }
}

#[test]
fn a_short_moment_can_be_read_in_the_address_bar() {
    let link = Link {
        lesson: RACE.to_owned(),
        settings: vec![("clients".to_owned(), "2".to_owned())],
        seed: Some(7),
        picks: vec![1, 2, 1, 1],
        position: 2,
        ..Link::default()
    };
    let spelled = "/lesson/race-on-a-balance?v=2&clients=2&seed=7&picks=1.2.1.1&at=2";
    assert_eq!(link.fragment().as_deref(), Some(spelled));
}

/// As the first Lockstep wrote them.
#[test]
fn old_links_keep_opening() {
    let old =
        "#/lesson/race-on-a-balance?v=1&clients=2&amount=80&guard=none&seed=1&picks=1.2.1.1&at=4";
    let link = read(old).expect("it is a link");
    assert_eq!((link.seed, &link.picks[..], link.position), (Some(1), &[1, 2, 1, 1][..], 4));
    assert_eq!(link.settings.len(), 3);
    // What is a word of links now was the name of a parameter then, and needed no mark.
    let link = parsed("v=1&mode=fast&lang=go&of=1&view=x&fp=y&p.seed=9").expect("it is a link");
    let names: Vec<&str> = link.settings.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["mode", "lang", "of", "view", "fp", "seed"]);
    assert_eq!((link.mode, link.lang), (None, None));
    let text = "v=1&seed=3&text=K05OzUssysxXUCpJrShR4uICAA";
    assert_eq!(parsed(text).expect("it is a link").text.as_deref(), Some("scenario \"text\"\n\n"));
    // Typed by hand.
    assert_eq!(parsed("clients=3").map(|link| link.settings.len()), Ok(1));
}

#[test]
fn hostile_links_are_refused() {
    let bomb = pack(&"a".repeat(UNPACKED_BYTES + 1));
    let steps = squeeze::squeeze(&vec![1; 2_000_000]);
    assert!(steps.len() < LINK_BYTES, "it would fit into a link");
    for (query, trouble) in [
        ("v=3", Trouble::Newer),
        ("v=4294967295", Trouble::Newer),
        ("v=x", Trouble::Garbled),
        ("v=-1", Trouble::Garbled),
        ("picks=1..2", Trouble::Garbled),
        ("picks=4294967296", Trouble::Garbled),
        ("picks=1x4294967295", Trouble::Garbled),
        ("picks=1x0", Trouble::Garbled),
        ("picks=0x300000.0x1", Trouble::Garbled),
        ("picks=1x2x3", Trouble::Garbled),
        ("picks=z", Trouble::Garbled),
        ("picks=z!", Trouble::Garbled),
        (&format!("picks=z{steps}"), Trouble::Garbled),
        ("at=1", Trouble::Garbled),
        ("picks=1&at=2", Trouble::Garbled),
        ("seed=-1", Trouble::Garbled),
        ("nothing", Trouble::Garbled),
        ("a=%zz", Trouble::Garbled),
        ("a=%", Trouble::Garbled),
        ("a=%+1", Trouble::Garbled),
        ("a=%ff", Trouble::Garbled),
        ("text=AAAA", Trouble::Garbled),
        ("text=!", Trouble::Garbled),
        (&format!("text={bomb}"), Trouble::Garbled),
        ("of=zzzzzzzz", Trouble::Garbled),
        ("of=1", Trouble::Garbled),
        ("fp=0123", Trouble::Garbled),
        ("lang=<script>", Trouble::Garbled),
        ("mode=", Trouble::Garbled),
        ("view=a.b.c.d.e", Trouble::Garbled),
        (&"&a=b".repeat(100), Trouble::Garbled),
    ] {
        assert_eq!(parsed(query), Err(trouble), "{}", &query[..query.len().min(40)]);
    }
    assert_eq!(read(&format!("/own?a={}", "x".repeat(LINK_BYTES))), Err(Trouble::TooLong));
    for none in
        ["", "#", "/", "/lesson/", "/lesson/a b", "/lesson/a/b", "/x/y", "https://example.org"]
    {
        assert_eq!(read(none), Err(Trouble::NoMoment), "{none}");
    }
}

#[test]
fn long_runs_stay_short() {
    let times = |pick, times| vec![pick; times];
    for (picks, most) in [
        (times(0, 300_000), 20),
        ([times(1, 20), times(0, 72_000), vec![7, 3]].concat(), 40),
        ((0..4_000).map(|at| at % 7 % 3 + 1).collect(), 200),
        ((0..9_000).map(|at| at * at % 10_007).collect(), 30_000),
        (vec![u32::MAX; 3], 40),
    ] {
        let spelled = picks::spell(&picks).expect("they are few enough");
        assert!(spelled.len() <= most, "{} for {}", spelled.len(), picks.len());
        assert_eq!(picks::read(&spelled), Some(picks));
    }
    assert_eq!(picks::spell(&times(0, PICKS + 1)), None);
    // Bits that no number has, and numbers cut off.
    for bytes in [
        &[0xff, 0xff, 0xff, 0xff, 0x10][..],
        &[0x80][..],
        &[0][..],
        &[0x80, 0x80, 0x80, 0x80, 0x80, 0],
    ] {
        assert_eq!(picks::read(&format!("z{}", squeeze::squeeze(bytes))), None, "{bytes:?}");
    }
}

#[test]
fn packed_texts_of_every_length_come_back() {
    for length in 0..70 {
        let text: String = "aé\n".chars().cycle().take(length).collect();
        assert_eq!(unpack(&pack(&text)), Some(text));
    }
    assert_eq!(unpack("A"), None);
}

#[test]
fn a_file_holds_the_moment_and_its_text() {
    let text = "scenario \"a\"\nvar x = 0\n";
    let link = Link { text: Some(text.to_owned()), ..whole() };
    let file = link.file(text).expect("it is short");
    assert!(file.starts_with("// moment: /lesson/race-on-a-balance?v=2"), "{file}");
    assert_eq!(read_file(&file), Some((Ok(link), text)));
    assert_eq!(read_file(text), None);
    assert_eq!(read_file("// moment: /x\nrest"), Some((Err(Trouble::NoMoment), "rest")));
    let long = format!("// moment: /own?a={}\nrest", "x".repeat(HEAD_BYTES));
    assert_eq!(read_file(&long), Some((Err(Trouble::TooLong), "rest")));
}

#[test]
fn a_text_is_known_by_its_mark() {
    assert_eq!(mark("a\r\nb"), mark("a\nb"));
    assert_ne!(mark("a\nb"), mark("a\nc"));
    assert_eq!(mark("").len(), 8);
}

/// Links with some letters changed, cut, doubled: each is read or refused, soon, and what is read
/// stays within its bounds and comes back from its own spelling.
#[test]
fn whatever_becomes_of_a_link_it_is_read_or_refused() {
    let long = Link { picks: (0..3_000).map(|at| at * 7 % 11).collect(), ..whole() };
    let seeds = [whole(), long].map(|link| link.fragment().expect("it fits"));
    let letters = b"&=?#/.%xz0129-_~AaZ\"<>\xc3\xb1";
    let began = Instant::now();
    let (mut read_well, mut refused) = (0, 0);
    for round in 0..6_000_u64 {
        let draw =
            |of: u64, below: usize| Draw::at(round, of, 0, 0).below(below.max(1) as u64) as usize;
        let mut bytes = seeds[draw(0, 2)].clone().into_bytes();
        for change in 0..=draw(1, 4) as u64 {
            let at = draw(10 + change, bytes.len());
            let letter = letters[draw(20 + change, letters.len())];
            match draw(30 + change, 4) {
                0 => bytes[at] = letter,
                1 => bytes.insert(at, letter),
                2 => bytes.truncate(at + 1),
                _ => {
                    let piece = bytes[at..].to_vec();
                    bytes.splice(at..at, piece);
                }
            }
        }
        let text = String::from_utf8_lossy(&bytes);
        match read(&text) {
            Ok(link) => {
                read_well += 1;
                assert!(link.picks.len() <= PICKS && link.settings.len() <= SETTINGS);
                assert!(link.text.as_ref().is_none_or(|text| text.len() <= UNPACKED_BYTES));
                let again = link.spelled().expect("there are few steps");
                assert_eq!(read_fragment(&again), Ok(link), "{text}");
            }
            Err(_) => refused += 1,
        }
    }
    assert!(read_well > 500 && refused > 500, "{read_well} read, {refused} refused");
    assert!(began.elapsed() < Duration::from_secs(60), "it took {:?}", began.elapsed());
}
