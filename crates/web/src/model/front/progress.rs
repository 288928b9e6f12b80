//! Progress as a file: what was done, walked through and answered, a line each.
//!
//! ```text
//! lockstep progress 1
//! done race-on-a-balance/break-it
//! walked race-on-a-balance/see
//! answer race-on-a-balance yes
//! ```

use crate::model::{rhythm, state::Kept};

/// A larger file is not even read; all lessons done take a tenth of it.
pub const FILE_BYTES: usize = 64 * 1024;
/// What the file is called.
pub const FILE_NAME: &str = "lockstep-progress.txt";

/// What the first line begins with; the version follows.
const HEAD: &str = "lockstep progress ";
const VERSION: u32 = 1;

/// What a file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    done: Vec<(String, String)>,
    walked: Vec<(String, String)>,
    answers: Vec<(String, String)>,
}

/// Why a file was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Larger than any progress.
    TooLarge,
    /// Its first line is not that of a file of ours.
    NotOurs,
    /// It was made by a newer Lockstep.
    Newer,
    /// This line, from 1, is no line of such a file.
    Line(u32),
    /// The browser could not read it.
    Unreadable,
}

/// What came in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// So many challenges, steps and answers are new here.
    pub new: u32,
    /// So many were here already.
    pub same: u32,
    /// So many belong to nothing that this Lockstep has.
    pub strange: u32,
}

/// All that was done, as a file.
#[must_use]
pub fn spelled(kept: &Kept) -> String {
    let mut out = format!("{HEAD}{VERSION}\n");
    let mut line = |parts: [&str; 4]| {
        parts.iter().for_each(|part| out.push_str(part));
        out.push('\n');
    };
    kept.done.iter().for_each(|done| line(["done ", done, "", ""]));
    kept.walked.iter().for_each(|step| line(["walked ", step, "", ""]));
    kept.answers.iter().for_each(|(lesson, answer)| line(["answer ", lesson, " ", answer]));
    out
}

/// Whether a text begins as such a file does.
#[must_use]
pub fn is_one(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').starts_with(HEAD)
}

/// Reads a file.
///
/// # Errors
/// Why it is none, and where.
pub fn read(bytes: &[u8]) -> Result<Found, Trouble> {
    if bytes.len() > FILE_BYTES {
        return Err(Trouble::TooLarge);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Trouble::NotOurs)?;
    let mut lines = text.trim_start_matches('\u{feff}').lines().zip(1..);
    let version = lines.next().and_then(|(line, _)| line.strip_prefix(HEAD)?.trim().parse().ok());
    match version {
        Some(1..=VERSION) => {}
        Some(version) if version > VERSION => return Err(Trouble::Newer),
        _ => return Err(Trouble::NotOurs),
    }
    let mut found = Found::default();
    for (line, number) in lines.filter(|(line, _)| !line.trim().is_empty()) {
        let mut words = line.trim().split(' ');
        let parts = [words.next(), words.next(), words.next(), words.next()];
        let pair = |one: &str, other: &str| {
            (is_name(one) && is_name(other)).then(|| (one.to_owned(), other.to_owned()))
        };
        let reached = match parts {
            [Some(kind @ ("done" | "walked")), Some(key), None, None] => key
                .split_once('/')
                .and_then(|(lesson, one)| pair(lesson, one))
                .map(|reached| (kind, reached)),
            _ => None,
        };
        let answer = match parts {
            [Some("answer"), Some(lesson), Some(answer), None] => pair(lesson, answer),
            _ => None,
        };
        if reached.is_none() && answer.is_none() {
            return Err(Trouble::Line(number));
        }
        match reached {
            Some(("done", done)) => found.done.push(done),
            Some((_, step)) => found.walked.push(step),
            None => {}
        }
        found.answers.extend(answer);
    }
    Ok(found)
}

fn is_name(word: &str) -> bool {
    let fits =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte);
    (1..=80).contains(&word.len()) && word.bytes().all(fits)
}

/// Puts what was found beside what is here; an answer given here stays.
pub fn merge(kept: &mut Kept, found: Found) -> Taken {
    let mut taken = Taken::default();
    let listed = |id: &str| lessons::listed().iter().find(|lesson| lesson.id == id);
    for (lesson, challenge) in found.done {
        let known = listed(&lesson)
            .is_some_and(|lesson| lesson.challenges.iter().any(|(id, _)| *id == challenge));
        if !known {
            taken.strange += 1;
        } else if kept.done.insert(format!("{lesson}/{challenge}")) {
            taken.new += 1;
        } else {
            taken.same += 1;
        }
    }
    for (lesson, step) in found.walked {
        if listed(&lesson).is_none() || !rhythm::WALKS.contains(&step.as_str()) {
            taken.strange += 1;
        } else if kept.walked.insert(format!("{lesson}/{step}")) {
            taken.new += 1;
        } else {
            taken.same += 1;
        }
    }
    for (lesson, answer) in found.answers {
        if listed(&lesson).is_none() {
            taken.strange += 1;
        } else if kept.answers.iter().any(|(id, _)| *id == lesson) {
            taken.same += 1;
        } else {
            kept.answers.push((lesson, answer));
            taken.new += 1;
        }
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some() -> Kept {
        let done = ["race-on-a-balance/break-it", "two-locks/fix-it"];
        Kept {
            done: done.iter().map(|one| (*one).to_owned()).collect(),
            answers: vec![("race-on-a-balance".to_owned(), "yes".to_owned())],
            ..Kept::default()
        }
    }

    #[test]
    fn what_was_done_comes_back_and_nothing_twice() {
        let whole: Vec<String> = lessons::listed()
            .iter()
            .flat_map(|lesson| {
                lesson.challenges.iter().map(|(id, _)| format!("{}/{id}", lesson.id))
            })
            .collect();
        let answers = lessons::all().iter();
        let answers =
            answers.map(|one| (one.id.to_owned(), one.answers[0].id.to_owned())).collect();
        let walked = lessons::listed()
            .iter()
            .flat_map(|lesson| rhythm::WALKS.map(|step| format!("{}/{step}", lesson.id)));
        let all = Kept {
            done: whole.iter().cloned().collect(),
            walked: walked.collect(),
            answers,
            ..Kept::default()
        };
        let text = spelled(&all);
        assert!(text.len() < FILE_BYTES / 2, "{} bytes", text.len());
        let found = read(text.as_bytes()).expect("it can be read");
        let mut other = Kept::default();
        let taken = merge(&mut other, found.clone());
        let count = (whole.len() + all.walked.len() + all.answers.len()) as u32;
        assert_eq!(taken, Taken { new: count, same: 0, strange: 0 });
        assert_eq!(
            (&other.done, &other.walked, &other.answers),
            (&all.done, &all.walked, &all.answers)
        );
        assert_eq!(merge(&mut other, found), Taken { new: 0, same: count, strange: 0 });
    }

    #[test]
    fn what_is_here_stays() {
        let mut kept = some();
        let text = "lockstep progress 1\r\nanswer race-on-a-balance no\n\ndone race-on-a-balance/fix-it\ndone no-such/lesson\nwalked two-locks/dance\n";
        let taken = merge(&mut kept, read(text.as_bytes()).expect("it can be read"));
        assert_eq!(taken, Taken { new: 1, same: 1, strange: 2 });
        assert_eq!(kept.answers, some().answers);
        assert_eq!(kept.done.len(), 3);
    }

    #[test]
    fn a_file_that_is_none_is_refused_with_its_place() {
        for (text, trouble) in [
            ("", Trouble::NotOurs),
            ("{\"lockstep\": 1}", Trouble::NotOurs),
            ("lockstep progress", Trouble::NotOurs),
            ("lockstep progress x\n", Trouble::NotOurs),
            ("lockstep progress 0\n", Trouble::NotOurs),
            ("lockstep progress 2\n", Trouble::Newer),
            ("lockstep progress 1\ndone\n", Trouble::Line(2)),
            ("lockstep progress 1\n\ndone a/b c\n", Trouble::Line(3)),
            ("lockstep progress 1\ndone a\n", Trouble::Line(2)),
            ("lockstep progress 1\ndone a/<b>\n", Trouble::Line(2)),
            ("lockstep progress 1\nanswer a\n", Trouble::Line(2)),
            ("lockstep progress 1\nanswer a b c d\n", Trouble::Line(2)),
        ] {
            assert_eq!(read(text.as_bytes()), Err(trouble), "{text}");
        }
        assert_eq!(read(&[0xff, 0xfe, 0x00]), Err(Trouble::NotOurs));
        assert_eq!(read(&vec![b'\n'; FILE_BYTES + 1]), Err(Trouble::TooLarge));
        let empty = read(b"\xef\xbb\xbflockstep progress 1").expect("nothing done yet");
        assert_eq!(empty, Found::default());
    }
}
