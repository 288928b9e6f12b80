//! A lecture: the moment alone, large enough for a room, with what a class is not to see yet.
//!
//! The keys are those that a slide clicker sends, so a whole lesson can be told with two of them:
//! on from stop to stop, at the end the answer to the question, then what every schedule comes to.

use sim_core::session::Frame;

use super::{
    Action, Bench, Command, Stage, State, acts, answers, led, moments, panes::Pane, rhythm,
    update::address_later,
};
use crate::draw::{stage, system::has_messages};

/// What a lecture adds to the page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lecture {
    /// Nothing is shown at all.
    pub blank: bool,
    /// The position at which the question stands below the stage.
    pub asked_at: Option<u32>,
    /// The right answer is shown with what is said to it.
    pub revealed: bool,
    /// What every schedule comes to is shown, and which promises are broken.
    pub outcome: bool,
    /// The view that fills the stage, if chosen.
    pub scene: Option<Scene>,
    /// How wide and tall the stage is, once measured.
    pub room: Option<(u32, u32)>,
    /// Under this name the speaker's window hears of it, once there has been one.
    pub name: Option<String>,
    /// What that was told last.
    pub told: String,
    /// The browser did not let it open.
    pub refused: bool,
}

/// A view that fills the stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scene {
    /// The processes with their code, and what they share.
    Code,
    /// What happened, step by step.
    Timeline,
    /// What exists and what talks to what.
    System,
    /// What is measured.
    Charts,
    /// Sagas, step by step.
    Sagas,
    /// Databases, with the versions of their rows.
    Tables,
}

impl Scene {
    const ALL: [Scene; 6] =
        [Scene::Code, Scene::Sagas, Scene::Tables, Scene::System, Scene::Timeline, Scene::Charts];

    /// Whether there is something for it to show.
    #[must_use]
    pub fn applies(self, bench: &Bench, frame: &Frame) -> bool {
        match self {
            Scene::Charts => bench.charts.has_pictures(),
            Scene::Sagas => Pane::Sagas.applies(Some(frame)),
            Scene::Tables => !frame.databases.is_empty(),
            _ => true,
        }
    }

    /// The one after it, or before, among those that have something to show.
    #[must_use]
    pub fn neighbour(self, bench: &Bench, frame: &Frame, next: bool) -> Scene {
        let shown: Vec<Scene> =
            Self::ALL.into_iter().filter(|one| one.applies(bench, frame)).collect();
        let at = shown.iter().position(|one| *one == self).unwrap_or_default();
        let by = if next { 1 } else { shown.len() - 1 };
        shown[(at + by) % shown.len()]
    }
}

/// Something in a lecture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Present {
    /// To the stage, or back to the workbench.
    Toggle,
    /// Back to the workbench.
    Leave,
    /// To the next stop; at the end the answer, then the outcome.
    Next,
    /// Back again.
    Previous,
    /// Show nothing, or the stage again.
    Blank,
    /// The question, or no longer.
    Question,
    /// The right answer, or no longer.
    Reveal,
    /// What every schedule comes to, or no longer.
    Outcome,
    /// Another view fills the stage: the next, or the one before.
    Turn(bool),
    /// This view fills the stage.
    Show(Scene),
    /// The browser's full screen, or no longer.
    FullScreen,
    /// The stage has been measured.
    Room(u32, u32),
    /// A second window for who speaks.
    Speaker,
    /// It was opened under this name, or the browser refused.
    Opened(String, bool),
    /// That window said something.
    Heard(String),
}

/// What a key means while the stage is shown.
#[must_use]
pub fn key(key: &str) -> Option<Present> {
    Some(match key {
        "PageDown" => Present::Next,
        "PageUp" => Present::Previous,
        "." | "b" | "B" => Present::Blank,
        "a" | "A" => Present::Question,
        "r" | "R" => Present::Reveal,
        "o" | "O" => Present::Outcome,
        "v" => Present::Turn(true),
        "V" => Present::Turn(false),
        "f" | "F" => Present::FullScreen,
        "s" | "S" => Present::Speaker,
        _ => return None,
    })
}

impl State {
    /// The view that fills the stage: by choice, there or on the workbench, else what shows the
    /// scenario best.
    #[must_use]
    pub fn scene(&self, frame: &Frame) -> Scene {
        let Some(bench) = &self.bench else { return Scene::Code };
        let panes = &bench.view.panes;
        let pane = panes.last().filter(|_| !panes.contains(&Pane::Code)).map(|pane| match pane {
            Pane::Code | Pane::Words => Scene::Code,
            Pane::Timeline => Scene::Timeline,
            Pane::System => Scene::System,
            Pane::Charts => Scene::Charts,
            Pane::Sagas => Scene::Sagas,
        });
        let chosen = self.lecture.scene.or(pane).filter(|scene| scene.applies(bench, frame));
        chosen.unwrap_or_else(|| match Scene::Sagas.applies(bench, frame) {
            true => Scene::Sagas,
            // Before anybody has come there is no code that could be read.
            false if frame.lanes.is_empty() && Scene::Tables.applies(bench, frame) => Scene::Tables,
            false if frame.lanes.is_empty() => Scene::System,
            // Where a line or two is all the code there is, what happens is between the things.
            false if has_messages(&frame.system) && stage::is_thin(frame) => Scene::System,
            false => Scene::Code,
        })
    }

    /// Whether the question stands below the stage now.
    #[must_use]
    pub fn asks(&self) -> bool {
        let Some(bench) = &self.bench else { return false };
        let is_here = self.lecture.asked_at == Some(bench.position());
        is_here && bench.course.lesson.is_some()
    }
}

/// Whether this view fills the stage now.
pub(super) fn fills(state: &State, scene: Scene) -> bool {
    state.stage != Stage::Workbench && state.lecture.scene == Some(scene)
}

pub(super) fn act(state: &mut State, action: Present) -> Vec<Command> {
    match action {
        Present::Heard(text) => return led::heard(state, &text),
        Present::Opened(name, done) => return led::opened(state, name, done),
        _ if state.bench.is_none() => return Vec::new(),
        _ => {}
    }
    match action {
        Present::Heard(_) | Present::Opened(..) => Vec::new(),
        Present::Speaker => led::open(state),
        Present::Toggle if state.stage == Stage::Workbench => enter(state),
        Present::Toggle | Present::Leave => leave(state),
        Present::Next => next(state),
        Present::Previous => previous(state),
        Present::Blank => {
            state.lecture.blank = !state.lecture.blank;
            let id = if state.lecture.blank { "stage-blank" } else { "main" };
            vec![Command::Focus(id)]
        }
        Present::Question => {
            let here = state.bench.as_ref().map(Bench::position);
            let shown = state.asks() && !state.lecture.outcome;
            state.lecture.asked_at = if shown { None } else { here };
            (state.lecture.revealed, state.lecture.outcome) = (false, false);
            Vec::new()
        }
        Present::Reveal => {
            let shown = state.asks() && state.lecture.revealed && !state.lecture.outcome;
            state.lecture.outcome = false;
            reveal(state, !shown);
            Vec::new()
        }
        Present::Outcome => {
            outcome(state, !state.lecture.outcome);
            Vec::new()
        }
        Present::Turn(on) => {
            let bench = state.bench.as_ref();
            let shown = bench.and_then(|bench| Some((bench, bench.frame.as_ref()?)));
            let scene = shown.map(|(bench, frame)| state.scene(frame).neighbour(bench, frame, on));
            scene.map_or_else(Vec::new, |scene| show(state, scene))
        }
        Present::Show(scene) => show(state, scene),
        Present::FullScreen => vec![Command::FullScreen],
        Present::Room(wide, tall) => {
            state.lecture.room = Some((wide, tall));
            super::viewing::want_code(state)
        }
    }
}

fn show(state: &mut State, scene: Scene) -> Vec<Command> {
    state.lecture.scene = Some(scene);
    // Its own view of it is measured anew.
    if let Some(bench) = &mut state.bench {
        bench.view.room = None;
    }
    Vec::new()
}

fn enter(state: &mut State) -> Vec<Command> {
    state.stage = Stage::Presenter;
    begin(state);
    vec![Command::Focus("main"), address_later()]
}

/// A lecture begins with its question, and nothing told.
pub(super) fn begin(state: &mut State) {
    let old = std::mem::take(&mut state.lecture);
    let (scene, name, told) = (old.scene, old.name, old.told);
    state.lecture = Lecture { asked_at: Some(0), scene, name, told, ..Lecture::default() };
    if let Some(bench) = &mut state.bench {
        bench.view.room = None;
    }
}

/// Another scenario is another lecture: what was told of the one before is not told of this one.
pub(super) fn another(state: &mut State) {
    begin(state);
    state.lecture.scene = None;
}

fn leave(state: &mut State) -> Vec<Command> {
    state.stage = Stage::Workbench;
    state.lecture.blank = false;
    if let Some(bench) = &mut state.bench {
        bench.view.room = None;
    }
    // There the keys are heard, the one that leads back among them.
    vec![Command::Focus("main"), address_later()]
}

fn next(state: &mut State) -> Vec<Command> {
    let Some(bench) = &state.bench else { return Vec::new() };
    if state.lecture.blank {
        return act(state, Present::Blank);
    }
    let here = bench.aim.unwrap_or(bench.position());
    let stop = bench.stops().into_iter().map(|(_, step)| step).filter(|step| *step > here).min();
    let at_start = here == 0 && bench.schedule.is_none();
    let over = here >= bench.length() && bench.frame.as_ref().is_some_and(|frame| is_over(frame));
    let given = bench.schedule.is_some() && here >= bench.length();
    let act = if stop.is_none() { acts::neighbour(bench, true) } else { None };
    if at_start && let Some(commands) = acts::begin(state) {
        return commands;
    }
    if let Some(act) = act {
        return acts::play(state, &act);
    }
    match stop {
        Some(step) => moments::asked(state, Action::Seek(step)),
        None if over || given => tell(state),
        None => moments::asked(state, Action::Forward),
    }
}

/// At the end: first the answer, then the outcome.
fn tell(state: &mut State) -> Vec<Command> {
    let has_question = state.bench.as_ref().is_some_and(|bench| bench.course.lesson.is_some());
    let answered = state.asks() && state.lecture.revealed;
    if has_question && !answered && !state.lecture.outcome {
        reveal(state, true);
    } else {
        outcome(state, true);
    }
    Vec::new()
}

/// The question of this moment, with its right answer or without.
fn reveal(state: &mut State, shown: bool) {
    let Some(bench) = &state.bench else { return };
    let said = rhythm::right_answer(bench, state.lang).filter(|_| shown);
    state.lecture.asked_at = Some(bench.position());
    state.lecture.revealed = shown;
    state.spoken = said.unwrap_or_default();
}

/// What every schedule comes to, or no longer.
fn outcome(state: &mut State, shown: bool) {
    let said = state.bench.as_ref().filter(|_| shown);
    let said = said.map(|bench| answers::answer_line(&bench.study, None, state.lang));
    state.lecture.outcome = shown;
    state.spoken = said.unwrap_or_default();
}

fn previous(state: &mut State) -> Vec<Command> {
    let Some(bench) = &state.bench else { return Vec::new() };
    if state.lecture.blank {
        return act(state, Present::Blank);
    }
    let here = bench.aim.unwrap_or(bench.position());
    if here > 0 && state.lecture.outcome {
        state.lecture.outcome = false;
        return Vec::new();
    }
    if here > 0 && state.asks() {
        (state.lecture.asked_at, state.lecture.revealed) = (Some(0), false);
        return Vec::new();
    }
    let stops = bench.stops().into_iter().map(|(_, step)| step);
    let stop = stops.filter(|step| *step < here).max();
    if here == 0
        && let Some(act) = acts::neighbour(bench, false)
    {
        return acts::show_end(state, &act);
    }
    match stop {
        Some(step) => moments::asked(state, Action::Seek(step)),
        None if bench.stops().is_empty() => moments::asked(state, Action::Back),
        None => moments::asked(state, Action::Start),
    }
}

fn is_over(frame: &Frame) -> bool {
    frame.full || frame.ending.is_some() || frame.clock_over
}
