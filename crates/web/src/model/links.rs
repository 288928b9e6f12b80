//! A moment as a link, and what a link brings besides the moment: which text it was made of, what
//! is shown of it, and the fingerprint by which it can be told whether it is the same run.
//!
//! The steps of a long link are taken in slices, so that the worker hears what else is asked.

use lessons::link::mark;
use sim_core::{say::Lang, session::Frame};

use super::{
    Bench, Command, Mode, Stage, State,
    address::Address,
    moments::ask,
    panes::Pane,
    state::{Asked, Notice},
    update::address_later,
};
use crate::{
    i18n,
    protocol::{Opening, Request},
};

/// So many steps of a link are taken at a time; more when they are quick, fewer when they are slow.
pub const SLICE: usize = 1_000;
const SLICES: [usize; 2] = [100, 16_000];
/// Milliseconds within which a slice is quick, and after which it is slow.
const QUICK: u64 = 200;
const SLOW: u64 = 800;
/// From so many steps of the clock in a row, a link says only how many there are.
const BY_CLOCK: u32 = 32;

/// What a link brought besides the moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Linked {
    /// The fingerprint that it says its moment has.
    pub claim: Option<Claim>,
    /// The lesson had another text when the link was made.
    pub of_another_text: bool,
    /// Its steps that are still to be taken.
    pub rest: Option<Rest>,
    /// How many were asked for with the opening.
    first: u32,
    /// Stretches of the line that the clock picked: behind how many steps, and up to which.
    by_clock: Vec<(u32, u32)>,
    /// Where the cursor belongs once all steps have been taken.
    position: u32,
}

/// A moment is said to have a fingerprint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The fingerprint.
    pub fingerprint: String,
    /// After how many steps.
    pub step: u32,
    /// What came of it.
    pub verdict: Verdict,
}

/// What came of replaying a link that says its fingerprint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is not there yet.
    Open,
    /// It was stopped on its way.
    Stopped,
    /// The run is the one that the link was made of.
    Holds,
    /// It is not: the lesson's text is another one now.
    TextChanged,
    /// It is not: its steps do not fit.
    DoesNotFit,
    /// It is not, though all its steps fit.
    Differs,
}

/// Steps of a link that are still to be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rest {
    /// All of its steps.
    picks: Vec<u32>,
    /// So many have been asked for.
    pub asked: u32,
    /// So many there are.
    pub all: u32,
    /// So many are asked for next, after those that were asked for then.
    slice: usize,
    since: Option<u64>,
}

/// What is shown of a moment, as far as links tell it: when this changes, so does the address.
pub type Shown = (Stage, Option<Mode>, Vec<Pane>, Option<Lang>);

/// The moment on the workbench as an address.
#[must_use]
pub fn address(state: &State) -> Option<Address> {
    let bench = state.bench.as_ref()?;
    let mode = match (state.stage, bench.mode) {
        (Stage::Presenter, _) => Some("present"),
        (Stage::Embed, _) => Some("embed"),
        (Stage::Workbench, mode) => named_mode(bench, mode),
    };
    let lang = state.lang_linked.then(|| state.lang.tag().to_owned());
    Some(Address { mode: mode.map(str::to_owned), lang, ..bench.address() })
}

/// The name of a mode, where it is not the one that such a scenario has by itself.
fn named_mode(bench: &Bench, mode: Mode) -> Option<&'static str> {
    match (mode, bench.course.lesson.is_some()) {
        (Mode::Edit, true) => Some("edit"),
        (Mode::Learn, false) => Some("learn"),
        _ => None,
    }
}

impl Linked {
    /// Whether the clock picked every step up to this one.
    #[must_use]
    pub fn is_by_clock(&self, position: u32) -> bool {
        self.by_clock.first().is_some_and(|(from, to)| *from == 0 && *to >= position)
    }
}

impl Bench {
    /// The worker is taking the steps of a link.
    #[must_use]
    pub fn follows_a_link(&self) -> bool {
        let is_taken = |(_, asked): &(u32, Asked)| matches!(asked, Asked::Open | Asked::More);
        self.linked.first > 0 && self.asked.iter().any(is_taken)
    }

    /// The moment as an address.
    #[must_use]
    pub fn address(&self) -> Address {
        let position = self.position();
        let picks = self.linked.by_clock.iter().fold(self.picks(), |mut picks, (from, to)| {
            let from = *from as usize;
            let to = (*to as usize).min(picks.len());
            if from + BY_CLOCK as usize <= to {
                picks[from..to].fill(0);
            }
            picks
        });
        let is_lesson = self.course.lesson.is_some() && self.run_text == self.base;
        let claim = self.linked.claim.as_ref().filter(|claim| claim.step == position);
        Address {
            lesson: self.draft_id(),
            settings: self.settings.clone(),
            seed: Some(self.seed),
            of: (is_lesson && !picks.is_empty()).then(|| mark(self.course.scenario)),
            picks,
            position,
            text: (self.run_text != self.base).then(|| self.run_text.clone()),
            views: self.view.panes.iter().map(|pane| pane.name().to_owned()).collect(),
            fingerprint: claim.map(|claim| claim.fingerprint.clone()),
            ..Address::default()
        }
    }
}

/// What is shown, as far as links tell it.
#[must_use]
pub fn shown(state: &State) -> Option<Shown> {
    let bench = state.bench.as_ref()?;
    let mode = named_mode(bench, bench.mode).map(|_| bench.mode);
    let lang = state.lang_linked.then_some(state.lang);
    Some((state.stage, mode, bench.view.panes.clone(), lang))
}

/// The address follows what is shown.
pub(super) fn follow(state: &State, before: Option<&Shown>) -> Vec<Command> {
    let changed = before.is_some() && shown(state).as_ref() != before;
    if changed { vec![address_later()] } else { Vec::new() }
}

/// What a link says of how its moment is shown. Each is a name from a list; others are told.
pub(super) fn dress(state: &mut State, address: &Address) -> Vec<Command> {
    let mut unknown = Vec::new();
    let mut commands = Vec::new();
    if let Some(tag) = &address.lang {
        match Lang::ALL.into_iter().find(|lang| lang.tag() == tag) {
            Some(lang) => {
                state.lang = lang;
                state.lang_linked = true;
                commands.push(Command::ShowLang(lang));
            }
            None => unknown.push(["lang=", tag].concat()),
        }
    }
    let mut panes = Vec::new();
    for name in &address.views {
        match Pane::ALL.into_iter().find(|pane| pane.name() == name) {
            Some(pane) if panes.contains(&pane) => {}
            Some(pane) => panes.push(pane),
            None => unknown.push(["view=", name].concat()),
        }
    }
    // The one named last is the one to see.
    panes.drain(..panes.len().saturating_sub(2));
    if let (Some(bench), Some(last)) = (&mut state.bench, panes.last()) {
        bench.tab = last.tab();
        bench.view.panes = panes;
    }
    let mode = match address.mode.as_deref() {
        None => None,
        Some("learn") => Some(Mode::Learn),
        Some("edit") => Some(Mode::Edit),
        Some("present") => {
            state.stage = Stage::Presenter;
            None
        }
        Some("embed") => {
            state.stage = Stage::Embed;
            None
        }
        Some(other) => {
            unknown.push(["mode=", other].concat());
            None
        }
    };
    if let (Some(bench), Some(mode)) = (&mut state.bench, mode) {
        bench.mode = mode;
    }
    if !unknown.is_empty() {
        state.notice.get_or_insert(Notice::LinkParts(unknown.join(", ")));
    }
    commands
}

/// What a link brings, and how its moment is to be opened.
pub(super) fn begin(bench: &Bench, address: Address) -> (Linked, Opening) {
    let is_of = |of: &String| *of == mark(bench.course.scenario);
    let is_lesson = bench.course.lesson.is_some() && address.text.is_none();
    let stretches = address.picks.chunk_by(|one, other| (*one == 0) == (*other == 0));
    let mut from = 0;
    let mut by_clock = Vec::new();
    for stretch in stretches {
        let to = from + stretch.len() as u32;
        if stretch[0] == 0 {
            by_clock.push((from, to));
        }
        from = to;
    }
    let all = address.picks.len();
    let first = all.min(SLICE);
    let claim = address.fingerprint.map(|fingerprint| Claim {
        fingerprint,
        step: address.position,
        verdict: Verdict::Open,
    });
    let opening = Opening {
        text: bench.text.clone(),
        settings: address.settings,
        seed: bench.seed,
        picks: address.picks[..first].to_vec(),
        position: address.position,
    };
    let rest = Rest {
        picks: address.picks,
        asked: first as u32,
        all: all as u32,
        slice: SLICE,
        since: None,
    };
    let linked = Linked {
        claim,
        of_another_text: is_lesson && address.of.is_some_and(|of| !is_of(&of)),
        rest: (all > first).then_some(rest),
        first: first as u32,
        by_clock,
        position: address.position,
    };
    (linked, opening)
}

/// The moment of a link was opened, with so many of its steps.
pub(super) fn opened(state: &mut State, fitted: u32) -> Vec<Command> {
    let Some(bench) = &mut state.bench else { return Vec::new() };
    if fitted < bench.linked.first {
        return misfit(state, fitted);
    }
    go_on(state)
}

/// More of its steps were taken.
pub(super) fn more(state: &mut State, done: bool) -> Vec<Command> {
    let Some(bench) = &state.bench else { return Vec::new() };
    if done { go_on(state) } else { misfit(state, bench.length()) }
}

/// Takes the next steps; after the last, shows the moment.
fn go_on(state: &mut State) -> Vec<Command> {
    let Some(bench) = &mut state.bench else { return Vec::new() };
    let Some(rest) = &mut bench.linked.rest else {
        judge(state);
        return Vec::new();
    };
    let from = rest.asked as usize;
    if from < rest.picks.len() {
        let took = rest.since.replace(state.clock).map(|since| state.clock.saturating_sub(since));
        rest.slice = match took {
            Some(..QUICK) => rest.slice * 2,
            Some(SLOW..) => rest.slice / 2,
            _ => rest.slice,
        };
        rest.slice = rest.slice.clamp(SLICES[0], SLICES[1]);
        let to = rest.picks.len().min(from + rest.slice);
        let slice = rest.picks[from..to].to_vec();
        rest.asked = to as u32;
        return ask(state, Asked::More, Request::More(slice));
    }
    bench.linked.rest = None;
    let position = bench.linked.position;
    if position != bench.position() {
        return ask(state, Asked::Seek, Request::Seek(position));
    }
    judge(state);
    vec![address_later()]
}

fn misfit(state: &mut State, fitted: u32) -> Vec<Command> {
    let Some(bench) = &mut state.bench else { return Vec::new() };
    let linked = &mut bench.linked;
    linked.rest = None;
    if let Some(claim) = &mut linked.claim {
        claim.verdict =
            if linked.of_another_text { Verdict::TextChanged } else { Verdict::DoesNotFit };
    }
    state.notice.get_or_insert(Notice::PicksDoNotFit(fitted));
    vec![address_later()]
}

/// Whoever does something else does not wait for the rest of a link.
pub(super) fn stop(bench: &mut Bench) {
    if bench.linked.rest.take().is_some()
        && let Some(claim) = &mut bench.linked.claim
    {
        claim.verdict = Verdict::Stopped;
    }
}

/// Whether the moment has the fingerprint that its link says.
pub(super) fn judge(state: &mut State) {
    let Some(bench) = &mut state.bench else { return };
    let linked = &mut bench.linked;
    let (Some(claim), None) = (&mut linked.claim, &linked.rest) else { return };
    let frame = bench.frame.as_ref();
    if claim.verdict != Verdict::Open || frame.is_some_and(|it| it.position != claim.step) {
        return;
    }
    claim.verdict = match frame {
        Some(frame) if frame.fingerprint == claim.fingerprint => Verdict::Holds,
        _ if linked.of_another_text => Verdict::TextChanged,
        _ => Verdict::Differs,
    };
    // What is wrong speaks for itself.
    if claim.verdict == Verdict::Holds {
        let said = (i18n::links(state.lang).claim)(claim.verdict, claim.step);
        state.spoken = [&state.spoken, " ", &said, "."].concat();
    }
}

/// The line shown is another one, or longer: which parts of it are the clock's.
pub(super) fn note(
    bench: &mut Bench,
    frame: &Frame,
    line: &[u32],
    before: u32,
    asked: Option<Asked>,
) {
    let is_clocks = matches!(asked, Some(Asked::Clock | Asked::Run));
    if !is_clocks && !matches!(asked, Some(Asked::Pick | Asked::Line | Asked::Schedule)) {
        return;
    }
    let same = bench.line.iter().zip(line).take_while(|(one, other)| one == other).count() as u32;
    let known = &mut bench.linked.by_clock;
    for stretch in known.iter_mut() {
        stretch.1 = stretch.1.min(same);
    }
    known.retain(|(from, to)| from < to);
    if !is_clocks || frame.position <= before {
        return;
    }
    match known.last_mut() {
        Some(last) if last.0 <= before && before <= last.1 => last.1 = last.1.max(frame.position),
        Some(last) if last.1 > before => {}
        _ => known.push((before, frame.position)),
    }
}
