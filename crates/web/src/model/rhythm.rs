//! The rhythm of a lesson: predict, break it, see why, fix it, prove it, debrief.

use lessons::{Block, Inline, Kind, Listed};
use sim_core::{
    explore::Verdict,
    lang::same_value,
    say::Lang,
    session::{self, ScheduleView},
};

use super::{
    Action, Bench, Command, Mode, Stage, State, Tab, account,
    course::{Course, done_key},
    editing, kept, moments,
    state::Kept,
    study::Study,
    veil,
    viewing::{self, View},
};
use crate::{i18n, protocol::Settings};

/// What of a lesson is kept as walked through.
pub const WALKS: [&str; 4] = [SEE, FIX, DEBRIEF, veil::TOLD];

/// A step of a lesson.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The question, before anything runs.
    Predict,
    /// A promise is broken by hand.
    Break,
    /// A schedule is played with what the lesson says of it.
    See,
    /// What can be set or written is.
    Fix,
    /// Every schedule is tried, or many seeds are run.
    Prove,
    /// What to take home.
    Debrief,
}

/// How far a lesson has come, besides what is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rhythm {
    /// The debrief is shown before all is done.
    pub debrief: bool,
    /// The schedule to be played once the run is opened for it.
    pub wanted: Option<String>,
}

/// Something of the rhythm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RhythmAction {
    /// To the place of a step.
    Go(Step),
    /// Show the debrief before all is done.
    Debrief,
    /// Copy the account of the moment and the run.
    CopyAccount,
    /// Play a named schedule, and set before what it needs.
    Play(u32),
    /// Tell what every schedule comes to before the question is answered.
    Tell,
}

/// The steps that a lesson has, each with whether it is done.
#[must_use]
pub fn steps(state: &State, bench: &Bench) -> Vec<(Step, bool)> {
    let Some(lesson) = bench.course.lesson else { return Vec::new() };
    let places = |wanted: &dyn Fn(Kind) -> bool| {
        let places = lesson.challenges.iter().enumerate();
        let places = places.filter(|(_, challenge)| wanted(challenge.kind)).map(|(at, _)| at);
        places.collect::<Vec<usize>>()
    };
    let all = |places: &[usize]| places.iter().all(|at| state.is_done(&bench.course, *at));
    let any = |places: &[usize]| places.iter().any(|at| state.is_done(&bench.course, *at));
    let walked = |step: &str| state.kept.walked.contains(&done_key(bench.course.id, step));
    let breaks = places(&|kind| kind == Kind::Break);
    let proofs = places(&|kind| kind != Kind::Break);
    let mut steps = vec![(Step::Predict, bench.answer.is_some())];
    if !breaks.is_empty() {
        steps.push((Step::Break, all(&breaks)));
    }
    if !lesson.stops.is_empty() {
        steps.push((Step::See, walked(SEE)));
    }
    if !proofs.is_empty() {
        steps.push((Step::Fix, walked(FIX) || any(&proofs)));
        steps.push((Step::Prove, all(&proofs)));
    }
    steps.push((Step::Debrief, walked(DEBRIEF)));
    steps
}

const SEE: &str = "see";
const FIX: &str = "fix";
const DEBRIEF: &str = "debrief";

/// Whether the debrief is shown: all is done, or somebody asked for it.
#[must_use]
pub fn shows_debrief(state: &State, bench: &Bench) -> bool {
    let count = bench.course.challenges().len();
    bench.rhythm.debrief || (0..count).all(|at| state.is_done(&bench.course, at))
}

/// The lesson after one, in the order of the course.
#[must_use]
pub fn next_lesson(id: &str) -> Option<&'static Listed> {
    let here = lessons::listed().iter().position(|lesson| lesson.id == id)?;
    lessons::listed().get(here + 1)
}

/// How many lessons have something left to do.
#[must_use]
pub fn left_undone(kept: &Kept) -> usize {
    let is_left = |lesson: &&Listed| {
        lesson.challenges.iter().any(|(challenge, _)| !kept.has_done(lesson.id, challenge))
    };
    lessons::listed().iter().filter(is_left).count()
}

pub(super) fn act(state: &mut State, action: RhythmAction) -> Vec<Command> {
    match action {
        RhythmAction::Go(step) => go(state, step),
        RhythmAction::Debrief => {
            if let Some(bench) = &mut state.bench {
                bench.rhythm.debrief = true;
            }
            go(state, Step::Debrief)
        }
        RhythmAction::CopyAccount => {
            let text = state.bench.as_ref().map(|bench| account::text(bench, state.lang));
            text.map(Command::CopyText).into_iter().collect()
        }
        RhythmAction::Play(at) => play(state, at),
        RhythmAction::Tell => veil::lift(state),
    }
}

/// To the place of a step: there the focus goes, and a phone shows it.
fn go(state: &mut State, step: Step) -> Vec<Command> {
    let mut commands = Vec::new();
    let shown = state.bench.as_ref().is_some_and(|bench| shows_debrief(state, bench));
    if step == Step::Debrief && shown {
        commands.extend(walk(state, DEBRIEF));
    }
    let Some(bench) = &state.bench else { return commands };
    let first = |proofs: bool| {
        let is_it = |at: &usize| (bench.course.challenges()[*at].kind != Kind::Break) == proofs;
        let mut places = (0..bench.course.challenges().len()).filter(is_it);
        let open = places.clone().find(|at| !state.is_done(&bench.course, *at));
        open.or_else(|| places.next()).map_or("main", proof_id)
    };
    let here = bench.position();
    let place = match step {
        Step::Predict => "step-predict",
        Step::Break => first(false),
        // Whoever has just broken it asks of their own run.
        Step::See if is_broken(bench) => {
            commands.extend(viewing::update(state, View::Why(Some(here))));
            "panel-why"
        }
        Step::See => "step-see",
        Step::Fix if bench.controls.is_empty() => {
            commands.extend(editing::update(state, Action::Mode(Mode::Edit)));
            "step-fix"
        }
        Step::Fix => "step-fix",
        Step::Prove => first(true),
        Step::Debrief => "step-debrief",
    };
    if let Some(bench) = &mut state.bench {
        bench.tab = match step {
            Step::See => Tab::State,
            Step::Fix if bench.controls.is_empty() => Tab::Code,
            _ => Tab::Story,
        };
    }
    commands.extend([Command::Focus(place), Command::Reveal(place)]);
    commands
}

/// Keeps that a lesson has come so far. A lecture shows it to others: who tells it has not walked it.
pub(super) fn walk(state: &mut State, step: &str) -> Vec<Command> {
    let bench = state.bench.as_ref().filter(|_| state.stage == Stage::Workbench);
    let Some(bench) = bench.filter(|bench| bench.course.lesson.is_some()) else {
        return Vec::new();
    };
    if !state.kept.walked.insert(done_key(bench.course.id, step)) {
        return Vec::new();
    }
    vec![Command::Save(kept::WALKED.to_owned(), kept::spell_lines(&state.kept.walked))]
}

/// The element that shows a challenge.
#[must_use]
pub fn proof_id(challenge: usize) -> &'static str {
    const IDS: [&str; 8] =
        ["proof-0", "proof-1", "proof-2", "proof-3", "proof-4", "proof-5", "proof-6", "proof-7"];
    IDS.get(challenge).copied().unwrap_or("main")
}

/// The stop at the moment shown: which one along the line, of how many, and its place in the
/// lesson's list.
#[must_use]
pub fn stop_here(bench: &Bench) -> Option<(usize, usize, usize)> {
    let stops = bench.stops();
    let at = stops.iter().position(|(_, step)| *step == bench.position())?;
    Some((at + 1, stops.len(), stops[at].0))
}

/// What is said of the moment shown, for who hears it.
pub(super) fn stop_words(bench: &Bench, lang: Lang) -> Option<String> {
    let (number, of, place) = stop_here(bench)?;
    let said = bench.course.words(lang)?.stops.get(place)?;
    Some(format!("{}. {}", (i18n::rhythm(lang).stop)(number, of), plain(said)))
}

/// The words of a line.
fn plain(pieces: &[Inline]) -> String {
    let words = pieces.iter().map(|piece| match piece {
        Inline::Plain(words) | Inline::Strong(words) | Inline::Emphasis(words) => *words,
        Inline::Code(words) | Inline::Link(words, _) => *words,
    });
    words.collect()
}

/// The paragraphs of a text.
fn paragraphs(blocks: &[Block]) -> String {
    let words = blocks.iter().filter_map(|block| match block {
        Block::Paragraph(pieces) => Some(plain(pieces)),
        _ => None,
    });
    words.collect::<Vec<String>>().join(" ")
}

/// The right answer with what is said to it, to be spoken.
pub(super) fn right_answer(bench: &Bench, lang: Lang) -> Option<String> {
    let (lesson, words) = bench.course.lesson.zip(bench.course.words(lang))?;
    let (_, said) = lesson.answers.iter().zip(words.answers).find(|(answer, _)| answer.right)?;
    let right = i18n::present(lang).right;
    Some(format!("{right}: {}. {}", plain(said.text), paragraphs(said.feedback)))
}

/// A moment is shown: at the last stop of a schedule it has been seen why.
pub(super) fn stopped(state: &mut State) -> Vec<Command> {
    let stop = state.bench.as_ref().and_then(stop_here);
    if stop.is_some_and(|(number, of, _)| number == of) { walk(state, SEE) } else { Vec::new() }
}

/// Somebody asked why a moment came about: where a promise is broken by then, it has been seen.
pub(super) fn asked_why(state: &mut State) -> Vec<Command> {
    if state.bench.as_ref().is_some_and(is_broken) { walk(state, SEE) } else { Vec::new() }
}

/// Whether a promise is broken at the moment shown.
fn is_broken(bench: &Bench) -> bool {
    bench.frame.as_ref().is_some_and(|frame| !session::broken(frame).is_empty())
}

/// All schedules were looked at: where none fails any more, by what somebody changed, it is fixed.
pub(super) fn explored(state: &mut State) -> Vec<Command> {
    let Some(bench) = &state.bench else { return Vec::new() };
    let Study::Done(found) = &bench.study else { return Vec::new() };
    let is_changed = bench.is_edited() || bench.settings != *bench.defaults;
    let holds = found.report.verdict == Verdict::Holds;
    if is_changed && holds { walk(state, FIX) } else { Vec::new() }
}

/// What must be set for a named schedule to be played and to show what its name says; nothing
/// where it does so under the settings of now.
#[must_use]
pub fn needed(bench: &Bench, schedule: &ScheduleView) -> Settings {
    let Some(lesson) = bench.course.lesson.filter(|_| !bench.is_edited()) else {
        return Settings::new();
    };
    let mut wanted = bench.settings.clone();
    let set = |wanted: &mut Settings, name: &str, value: &str| {
        for setting in wanted.iter_mut().filter(|setting| setting.0 == name) {
            if !same_value(&setting.1, value) {
                value.clone_into(&mut setting.1);
            }
        }
    };
    if schedule.misfit.is_some() {
        // Some process is not there: the lesson tells of it under settings of its own.
        wanted.clone_from(&bench.defaults);
        let told = lesson.stops.iter().find(|stop| stop.schedule == schedule.name);
        for (name, value) in told.map_or(&[][..], |stop| stop.settings) {
            set(&mut wanted, name, value);
        }
    }
    while let Some(varied) = lesson.needs(&schedule.name, &wanted) {
        let Some(value) = varied.values.first() else { break };
        set(&mut wanted, varied.param, value);
    }
    let differs = |(name, value): &(String, String)| {
        bench.settings.iter().any(|(one, now)| one == name && !same_value(now, value))
    };
    wanted.into_iter().filter(differs).collect()
}

/// Which of the named schedules along which a line goes is the one that is shown: one that the
/// lesson tells of, and that shows what its name says.
pub(super) fn schedule_of(bench: &Bench, along: &[u32]) -> Option<String> {
    let schedules = &bench.frame.as_ref()?.schedules;
    let along = along.iter().rev().filter_map(|at| schedules.get(*at as usize));
    let told = along.filter(|one| !bench.stops_of(&one.name).is_empty());
    // Of one that is the beginning of another, that other has more to tell.
    let last = |one: &&ScheduleView| bench.stops_of(&one.name).iter().map(|stop| stop.1).max();
    told.filter(|one| needed(bench, one).is_empty()).max_by_key(last).map(|one| one.name.clone())
}

/// Plays a named schedule. Where it needs other settings, those are made first.
fn play(state: &mut State, at: u32) -> Vec<Command> {
    let Some(bench) = &state.bench else { return Vec::new() };
    let schedule = bench.frame.as_ref().and_then(|frame| frame.schedules.get(at as usize)).cloned();
    let Some(schedule) = schedule else { return Vec::new() };
    let needs = needed(bench, &schedule);
    if needs.is_empty() && schedule.misfit.is_some() {
        return Vec::new();
    }
    if needs.is_empty() {
        return moments::asked(state, Action::Schedule(at));
    }
    let mut settings = bench.settings.clone();
    for (name, value) in needs {
        for setting in settings.iter_mut().filter(|setting| setting.0 == name) {
            setting.1.clone_from(&value);
        }
    }
    moments::play_under(state, settings, &schedule.name)
}

/// The run is opened for which a schedule was wanted.
pub(super) fn play_wanted(state: &mut State) -> Vec<Command> {
    let Some(bench) = &mut state.bench else { return Vec::new() };
    let Some(wanted) = bench.rhythm.wanted.take() else { return Vec::new() };
    let schedules = bench.frame.iter().flat_map(|frame| &frame.schedules);
    let at = schedules.into_iter().position(|one| one.name == wanted && one.misfit.is_none());
    at.map_or_else(Vec::new, |at| moments::asked(state, Action::Schedule(at as u32)))
}

/// The answer that this device has kept, by its place. One that the lesson no longer has is none.
#[must_use]
pub fn answer_kept(kept: &Kept, course: &Course) -> Option<usize> {
    let (lesson, kept) = (course.lesson?, kept.answer(course.id)?);
    lesson.answers.iter().position(|answer| answer.id == kept)
}

/// The question was answered: the answer is kept, in place of an earlier one.
pub(super) fn answered(state: &mut State, at: usize) -> Vec<Command> {
    let Some(bench) = &mut state.bench else { return Vec::new() };
    let answer = bench.course.lesson.and_then(|lesson| lesson.answers.get(at));
    let Some(answer) = answer else { return Vec::new() };
    bench.answer = Some(at);
    let words = bench.course.words(state.lang).and_then(|words| words.answers.get(at));
    let said = words.map(|words| paragraphs(words.feedback)).unwrap_or_default();
    let texts = i18n::texts(state.lang);
    state.spoken = if answer.right { said } else { format!("{} {said}", texts.not_quite) };
    let answers = &mut state.kept.answers;
    answers.retain(|(lesson, _)| lesson != bench.course.id);
    answers.push((bench.course.id.to_owned(), answer.id.to_owned()));
    let save = Command::Save(kept::ANSWERS.to_owned(), kept::spell_answers(answers));
    vec![save, Command::Reveal("feedback")]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Action, tests::Page};

    const RACE: &str = "/lesson/race-on-a-balance";

    #[test]
    fn an_answer_is_kept_and_there_again_and_can_be_changed() {
        let mut page = Page::open(RACE);
        assert_eq!(page.bench().answer, None);
        page.act(Action::Answer(1));
        let saved = page.act(Action::Answer(0));
        let save = Command::Save(kept::ANSWERS.to_owned(), "race-on-a-balance=yes".to_owned());
        assert!(saved.contains(&save), "{saved:?}");
        page.act(Action::Go(String::new()));
        page.act(Action::Go(RACE.to_owned()));
        assert_eq!(page.bench().answer, Some(0));
        assert!(page.act(Action::Answer(9)).is_empty(), "there is no such answer");
    }

    /// Lets the clock tick until playing pauses.
    fn play_on(page: &mut Page) {
        for _ in 0..40 {
            if page.bench().playing {
                page.act(Action::Tick);
            }
        }
        assert!(!page.bench().playing);
    }

    #[test]
    fn a_schedule_is_played_from_its_start_and_its_stops_pause_it() {
        let mut page = Page::open(RACE);
        page.act(Action::Rhythm(RhythmAction::Play(1)));
        let bench = page.bench();
        assert_eq!((bench.position(), bench.length(), bench.playing), (0, 4, true));
        for (step, number) in [(2, 1), (3, 2), (4, 3)] {
            play_on(&mut page);
            assert_eq!(page.bench().position(), step);
            assert_eq!(
                stop_here(page.bench()).map(|(number, of, _)| (number, of)),
                Some((number, 3))
            );
            assert!(page.state.spoken.contains("Stop "), "{}", page.state.spoken);
            assert_eq!(page.state.kept.walked.contains("race-on-a-balance/see"), step == 4);
            page.act(Action::Play);
        }
    }

    #[test]
    fn a_schedule_that_needs_other_settings_makes_them_and_is_played() {
        let mut page = Page::open("/lesson/race-on-a-balance?v=1&clients=1&guard=lock");
        let schedule = page.bench().frame.as_ref().expect("a moment").schedules[1].clone();
        assert_eq!(needed(page.bench(), &schedule).len(), 2, "{schedule:?}");
        page.act(Action::Rhythm(RhythmAction::Play(1)));
        assert_eq!((page.bench().length(), page.bench().playing), (4, true));
        let schedule = page.bench().frame.as_ref().expect("a moment").schedules[1].clone();
        assert!(needed(page.bench(), &schedule).is_empty());
        assert_eq!(page.bench().schedule.as_deref(), Some("both read first"));
    }

    #[test]
    fn every_schedule_of_every_lesson_can_be_played_from_its_opening_settings() {
        for listed in lessons::listed() {
            let count = {
                let page = Page::open(&format!("/lesson/{}", listed.id));
                page.bench().frame.as_ref().expect("a moment").schedules.len()
            };
            for at in 0..count {
                let mut page = Page::open(&format!("/lesson/{}", listed.id));
                page.act(Action::Rhythm(RhythmAction::Play(at as u32)));
                let bench = page.bench();
                assert!(bench.playing && bench.length() > 0, "{} {at}", listed.id);
            }
        }
    }

    #[test]
    fn the_thread_tells_what_is_done() {
        let mut page = Page::open(RACE);
        let told = |page: &Page| -> String {
            let steps = steps(&page.state, page.bench());
            steps.iter().map(|(_, done)| if *done { 'x' } else { '.' }).collect()
        };
        assert_eq!(told(&page), "......");
        page.act(Action::Answer(0));
        for pick in [1, 2, 1, 1] {
            page.act(Action::Pick(pick));
        }
        assert_eq!(told(&page), "xx....");
        page.act(Action::Set("guard".to_owned(), "lock".to_owned()));
        assert_eq!(told(&page), "xx.x..");
        page.act(Action::Prove(1));
        assert_eq!(told(&page), "xx.x..", "there are two proofs");
        page.act(Action::Set("guard".to_owned(), "atomic".to_owned()));
        page.act(Action::Prove(2));
        assert_eq!(told(&page), "xx.xx.");
        page.act(Action::Rhythm(RhythmAction::Go(Step::Debrief)));
        assert_eq!(told(&page), "xx.xxx");
    }

    #[test]
    fn the_debrief_is_shown_before_all_is_done_only_when_it_is_asked_for() {
        let mut page = Page::open(RACE);
        page.act(Action::Rhythm(RhythmAction::Go(Step::Debrief)));
        assert!(!shows_debrief(&page.state, page.bench()) && page.state.kept.walked.is_empty());
        page.act(Action::Rhythm(RhythmAction::Debrief));
        assert!(shows_debrief(&page.state, page.bench()));
        assert!(page.state.kept.walked.contains("race-on-a-balance/debrief"));
        assert_eq!(next_lesson("race-on-a-balance").map(|lesson| lesson.id), Some("two-locks"));
        assert_eq!(next_lesson("shop"), None);
        // As the map has them: data behind concurrency, whatever was written first.
        assert_eq!(next_lesson("starvation").map(|lesson| lesson.id), Some("bank-transfer"));
        assert_eq!(left_undone(&page.state.kept), lessons::listed().len());
    }

    #[test]
    fn an_answer_that_a_lesson_no_longer_has_is_none() {
        let mut page = Page::open("");
        page.state.kept.answers = kept::read_answers("race-on-a-balance=perhaps");
        page.act(Action::Go(RACE.to_owned()));
        assert_eq!(page.bench().answer, None);
    }
}
