//! `lockstep grade`: which challenges of a lesson each hand-in of a folder does. The grading itself
//! is that of the page, in the crate `lessons`.

use std::path::Path;

use lessons::{Case, Challenge, Kind, Lesson, Refusal, Shown, Unmet};
use sim_core::{
    explore::{Report, explore},
    lang::words::nearest,
    program::Program,
};

use crate::{Done, Exit, args::Options, input::Source, json, words};

mod hand_ins;
mod show;

use hand_ins::HandIn;
pub(crate) use hand_ins::Trouble;
use show::All;
pub(crate) use show::{aligned, one_line};

pub(crate) fn grade(options: &Options) -> Done {
    let asked = lesson(options).and_then(|lesson| Ok((lesson, challenges(lesson, options)?)));
    let handed_in = asked.and_then(|asked| Ok((asked, folder(options)?)));
    match handed_in {
        Ok(((lesson, challenges), handed_in)) => {
            let graded = handed_in.into_iter().map(|one| Graded::of(one, lesson, &challenges));
            let all = All { lesson, graded: graded.collect(), challenges, lang: options.lang };
            let text = if options.json { json::text(&all.json()) } else { all.text() };
            let exit = match all.standing() {
                Standing::Done => Exit::Holds,
                Standing::NotDone => Exit::Broken,
                Standing::Undecided => Exit::Undecided,
            };
            Done::said(text, exit)
        }
        Err(why) => Done::bad_input(format!("lockstep: {why}\n")),
    }
}

fn lesson(options: &Options) -> Result<&'static Lesson, String> {
    let name = options.lesson.as_deref().unwrap_or_default();
    let all = lessons::all();
    all.iter().find(|lesson| [lesson.id, lesson.folder].contains(&name)).ok_or_else(|| {
        let ids: Vec<&str> = all.iter().map(|lesson| lesson.id).collect();
        let nearest = nearest(name, ids.iter().copied());
        words::grade::no_lesson(name, nearest.as_deref(), &ids, options.lang)
    })
}

/// The challenges to grade, each with its number from 1.
fn challenges(
    lesson: &'static Lesson,
    options: &Options,
) -> Result<Vec<(usize, &'static Challenge)>, String> {
    let all = (1..).zip(lesson.challenges);
    let chosen: Vec<_> =
        all.filter(|(number, _)| options.challenge.is_none_or(|one| one == *number)).collect();
    match options.challenge {
        Some(number) if chosen.is_empty() => {
            let all = lesson.challenges.len();
            Err(words::grade::no_challenge(number, lesson.id, all, options.lang))
        }
        _ => Ok(chosen),
    }
}

fn folder(options: &Options) -> Result<Vec<HandIn>, String> {
    let (name, lang) = (&options.file, options.lang);
    let found = hand_ins::read(Path::new(name))
        .map_err(|error| format!("{name}: {}", words::cannot_read(&error, lang)))?;
    if found.is_empty() {
        return Err(format!("{name}: {}", words::grade::no_hand_ins(lang)));
    }
    Ok(found)
}

/// How a challenge or a hand-in stands; the worst is the greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Standing {
    Done,
    Undecided,
    NotDone,
}

/// Why a challenge is not done.
enum Why {
    /// There is no text.
    Trouble,
    /// The text cannot be judged.
    Refused(Refusal),
    /// No schedule of the text shows it.
    NotShown,
    /// The case at this place lacks something.
    Case(usize, Unmet),
}

/// What a challenge came to.
struct Mark {
    challenge: &'static Challenge,
    standing: Standing,
    why: Option<Why>,
    /// Of a fix, or of goals.
    cases: Vec<Case>,
    /// Of a break.
    shown: Option<Shown>,
}

/// A hand-in, graded.
struct Graded {
    handed_in: HandIn,
    marks: Vec<Mark>,
}

impl Graded {
    fn of(
        handed_in: HandIn,
        lesson: &Lesson,
        challenges: &[(usize, &'static Challenge)],
    ) -> Graded {
        // Challenges of a lesson share most of their cases.
        let mut searched: Vec<(Program, Report)> = Vec::new();
        let mut search = |program: &Program| {
            if let Some((_, report)) = searched.iter().find(|(one, _)| one == program) {
                return report.clone();
            }
            let report = explore(program);
            searched.push((program.clone(), report.clone()));
            report
        };
        let marks = challenges.iter().map(|(_, challenge)| match &handed_in.text {
            Err(_) => Mark::not(challenge, Why::Trouble),
            Ok(source) => match challenge.kind {
                Kind::Fix => Mark::of_fix(challenge, source, &mut search),
                Kind::Meet => Mark::of_goals(challenge, source),
                Kind::Break => Mark::of_break(challenge, source, lesson),
            },
        });
        let marks = marks.collect();
        Graded { handed_in, marks }
    }

    fn standing(&self) -> Standing {
        worst(self.marks.iter().map(|mark| mark.standing))
    }
}

impl Mark {
    fn not(challenge: &'static Challenge, why: Why) -> Mark {
        let standing = Standing::NotDone;
        Mark { challenge, standing, why: Some(why), cases: Vec::new(), shown: None }
    }

    fn of_fix(
        challenge: &'static Challenge,
        source: &Source,
        search: &mut impl FnMut(&Program) -> Report,
    ) -> Mark {
        let look = |_, program: &Program| search(program);
        Mark::of_cases(challenge, challenge.grade(&source.text, &challenge.asked(), look))
    }

    fn of_goals(challenge: &'static Challenge, source: &Source) -> Mark {
        Mark::of_cases(challenge, challenge.measure(&source.text, &challenge.asked(), |_| {}))
    }

    fn of_cases(challenge: &'static Challenge, graded: Result<Vec<Case>, Refusal>) -> Mark {
        match graded {
            Err(refusal) => Mark::not(challenge, Why::Refused(refusal)),
            Ok(cases) => {
                let standing = worst(cases.iter().map(|case| standing(case.lacks)));
                let first = cases.iter().position(|case| self::standing(case.lacks) == standing);
                let why = first.and_then(|at| Some(Why::Case(at, cases[at].lacks?)));
                Mark { challenge, standing, why, cases, shown: None }
            }
        }
    }

    fn of_break(challenge: &'static Challenge, source: &Source, lesson: &Lesson) -> Mark {
        match challenge.shown_by(lesson, &source.text) {
            Err(refusal) => Mark::not(challenge, Why::Refused(refusal)),
            Ok(None) => Mark::not(challenge, Why::NotShown),
            Ok(shown) => {
                let standing = Standing::Done;
                Mark { challenge, standing, why: None, cases: Vec::new(), shown }
            }
        }
    }
}

fn standing(lacks: Option<Unmet>) -> Standing {
    match lacks {
        None => Standing::Done,
        Some(Unmet::Undecided) => Standing::Undecided,
        Some(_) => Standing::NotDone,
    }
}

fn worst(all: impl Iterator<Item = Standing>) -> Standing {
    all.max().unwrap_or(Standing::Done)
}
