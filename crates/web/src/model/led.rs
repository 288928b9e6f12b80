//! The lecture's window, led by the speaker's: what it tells of itself, and what it does when asked.

use sim_core::say::{Tense, plain};

use super::{
    Action, Bench, Command, Stage, State, answers, present,
    present::{Present, Scene},
    study::Study,
    talk::{Shown, Wish, Word},
    update::bench_title,
};
use crate::i18n::{self, spoken};

/// So many choices are told.
const OFFERS: usize = 9;

/// A speaker's window is wanted.
pub(super) fn open(state: &State) -> Vec<Command> {
    vec![Command::OpenSpeaker(state.lecture.name.clone())]
}

/// It was opened under this name, unless the browser refused.
pub(super) fn opened(state: &mut State, name: String, done: bool) -> Vec<Command> {
    state.lecture.name = Some(name);
    state.lecture.refused = !done;
    Vec::new()
}

/// The other window said something.
pub(super) fn heard(state: &mut State, text: &str) -> Vec<Command> {
    match Word::read(text) {
        Some(Word::Hello) => {
            // Whatever it knew, it hears it again.
            state.lecture.told.clear();
            state.lecture.refused = false;
            Vec::new()
        }
        Some(Word::Do(wish)) => granted(state, wish),
        _ => Vec::new(),
    }
}

fn granted(state: &mut State, wish: Wish) -> Vec<Command> {
    let offers = state.bench.as_ref().and_then(|bench| bench.frame.as_ref());
    let is_offered = |pick| {
        offers.is_some_and(|frame| frame.offers.iter().any(|offer| offer.pick == Some(pick)))
    };
    let action = match wish {
        Wish::Next => Action::Present(Present::Next),
        Wish::Previous => Action::Present(Present::Previous),
        Wish::Forward => Action::Forward,
        Wish::Back => Action::Back,
        Wish::Start => Action::Start,
        Wish::Play => Action::Play,
        Wish::Blank => Action::Present(Present::Blank),
        Wish::Question => Action::Present(Present::Question),
        Wish::Reveal => Action::Present(Present::Reveal),
        Wish::Outcome => Action::Present(Present::Outcome),
        Wish::Turn => Action::Present(Present::Turn(true)),
        Wish::Present => Action::Present(Present::Toggle),
        Wish::Pick(pick) if is_offered(pick) => Action::Pick(pick),
        Wish::Pick(_) => return Vec::new(),
    };
    match action {
        Action::Present(action) => present::act(state, action),
        action => super::moments::asked(state, action),
    }
}

/// After every change: the speaker's window hears of it, if there is one.
pub(super) fn follow(state: &mut State) -> Vec<Command> {
    if state.lecture.name.is_none() {
        return Vec::new();
    }
    let told = Word::Shown(Box::new(shown(state))).spell();
    if told == state.lecture.told {
        return Vec::new();
    }
    state.lecture.told.clone_from(&told);
    vec![Command::Tell(told)]
}

fn shown(state: &State) -> Shown {
    let (lang, lecture) = (state.lang, &state.lecture);
    let Some(bench) = &state.bench else { return Shown { lang, ..Shown::default() } };
    let words = bench.course.words(lang);
    let mut shown = Shown {
        lesson: words.map_or_else(String::new, |_| bench.course.id.to_owned()),
        title: bench_title(bench, lang),
        lang,
        at: bench.position(),
        of: bench.length(),
        stops: bench.stops(),
        presents: state.stage == Stage::Presenter,
        blank: lecture.blank,
        asks: state.asks(),
        revealed: state.asks() && lecture.revealed,
        outcome: lecture.outcome,
        plays: bench.playing,
        verdict: verdict(state, bench),
        ..Shown::default()
    };
    if let Some(name) = &bench.schedule {
        let told = words.and_then(|words| words.schedule(name));
        shown.schedule = told.unwrap_or(name).to_owned();
    }
    let Some(frame) = &bench.frame else { return shown };
    shown.scene = (i18n::present(lang).scene)(scene(state)).to_owned();
    if let Some(step) = frame.step(frame.position) {
        shown.now = i18n::step_line(frame, step, lang);
    }
    let offers = frame.offers.iter().filter_map(|offer| {
        let said = plain(&i18n::action(frame, &offer.action, Tense::Next, lang));
        let nobody = offer.action.is_of_nobody();
        let said = if nobody { said } else { format!("{} {said}", spoken(&offer.name)) };
        Some((offer.pick?, said))
    });
    shown.offers = offers.take(OFFERS).collect();
    shown
}

fn scene(state: &State) -> Scene {
    let frame = state.bench.as_ref().and_then(|bench| bench.frame.as_ref());
    frame.map_or(Scene::Code, |frame| state.scene(frame))
}

/// What every schedule comes to, in words.
fn verdict(state: &State, bench: &Bench) -> String {
    let lang = state.lang;
    match &bench.study {
        Study::Done(_) => answers::answer_line(&bench.study, None, lang),
        Study::Running(running) => running
            .early()
            .map_or_else(String::new, |early| answers::early_line(bench, early, lang)),
        _ => String::new(),
    }
}
