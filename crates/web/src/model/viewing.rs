//! How a run is looked at: zoom, folds, which lanes are open, which thing is inspected. Nothing of
//! it changes the run.

use std::collections::{BTreeMap, BTreeSet};

use sim_core::session::{CodeLine, Ending, Frame, Lane, LaneState, Scope};

use super::{
    Bench, Command, Stage, State, Tab,
    moments::{jump, show},
    panes::Pane,
    rhythm,
};
use crate::draw::{columns::Folds, scale::ZOOM_MAX, scrub};

/// How many lanes are open by themselves; of more the rest are chips.
const OPEN_LANES: usize = 6;

/// How a run is looked at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Viewing {
    /// The timeline's zoom, if chosen.
    pub zoom: Option<u8>,
    /// Which runs of steps are folded.
    pub folds: Folds,
    /// The left end of the part of the timeline that was scrolled to by hand, in pixels; where the
    /// cursor has moved since, it is around the cursor.
    pub sight: Option<u32>,
    /// How wide that part is, once known.
    pub wide: Option<u32>,
    /// How wide and tall the timeline's place is, once measured.
    pub room: Option<(u32, u32)>,
    /// Who waits for whom is shown, if chosen.
    pub waits: Option<bool>,
    /// The shared thing that is inspected.
    pub thing: Option<String>,
    /// Lanes that stand first and are always open.
    pub pinned: BTreeSet<u32>,
    /// Lanes that are not shown at all.
    pub hidden: BTreeSet<u32>,
    /// Lanes opened or closed by hand.
    pub opened: BTreeMap<u32, bool>,
    /// Lines of the text whose steps are shown.
    pub lines: BTreeSet<u32>,
    /// Requests that have been shown: others come in their place, which stays meanwhile.
    pub rooms: BTreeMap<u32, Lane>,
    /// The lanes whose code was last asked for.
    pub asked: Vec<u32>,
    /// The views shown, if chosen; the one chosen last at the end.
    pub panes: Vec<Pane>,
    /// The step of which is told why it came about.
    pub why: Option<Asked>,
    /// A step of the request whose life is shown.
    pub request: Option<u32>,
    /// What of the system is asked about.
    pub subject: Option<Subject>,
    /// The saga that is shown, by its lane and the step that began it, if chosen.
    pub saga: Option<(u32, u32)>,
    /// Long lists that are shown whole.
    pub whole: Vec<Long>,
}

/// A list that may be so long that only its beginning is shown until more is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Long {
    /// What may happen next.
    Offers,
    /// What is shared.
    Shared,
}

/// A step of which was asked why it came about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The step (from 1).
    pub step: u32,
    /// Where the cursor stood when it was asked, and where a link of the answer has led it.
    at: [u32; 2],
    /// It stays, wherever the cursor goes.
    pub pinned: bool,
}

impl Asked {
    fn of(step: u32, position: u32) -> Self {
        Self { step, at: [position; 2], pinned: false }
    }

    /// The step to tell of: the one asked about until the cursor moves on by itself, then its.
    #[must_use]
    pub fn about(&self, position: u32) -> u32 {
        if self.pinned || self.at.contains(&position) { self.step } else { position }
    }
}

/// Something of the system that can be asked what may happen to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A node, by its index.
    Node(usize),
    /// A process, by its lane.
    Lane(u32),
    /// An edge, by its index.
    Edge(usize),
    /// A message, by the key under which it is drawn.
    Message(String),
}

/// A change of how a run is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum View {
    /// Nearer (−1) or farther (+1).
    Zoom(i8),
    /// Fold runs of steps, or none.
    Fold(bool),
    /// Open or close the run that begins with this step.
    Run(u32),
    /// The part of the timeline that is seen.
    Sight(u32, u32),
    /// The timeline's place has been measured.
    Room(u32, u32),
    /// Show who waits for whom, or the timeline.
    Waits(bool),
    /// Inspect a shared thing, or no longer.
    Thing(String),
    /// Pin a lane, or let it go.
    Pin(u32),
    /// Hide a lane.
    Hide(u32),
    /// Show all lanes.
    ShowAll,
    /// Open a lane, or make it a chip.
    Open(u32, bool),
    /// Open or close all lanes of a class.
    Class(String, bool),
    /// Show the steps of a line, or no longer.
    Line(u32),
    /// To the next mark along the line, or the one before.
    Mark(bool),
    /// Show a view of the moment, or no longer.
    Pane(Pane),
    /// Tell the moment and the run in words, or no longer.
    Words,
    /// Tell why the last step came about, or no longer.
    WhyHere,
    /// Tell why a step came about, or no longer.
    Why(Option<u32>),
    /// Go to a step and tell why it came about.
    Event(u32),
    /// Go to a step that the answer names; the answer stays.
    WhyLink(u32),
    /// Let the answer stay, or follow the cursor.
    WhyPin,
    /// Show the life of the request that a step is part of, or no longer.
    Request(Option<u32>),
    /// Ask what may happen to something of the system, or no longer.
    Ask(Option<Subject>),
    /// Show a saga, by its lane and the step that began it; or again whichever moved last.
    Saga(u32, u32),
    /// Show a long list whole.
    Whole(Long),
}

impl Viewing {
    /// Whether who waits for whom is shown in place of the timeline: by choice, else at a deadlock.
    #[must_use]
    pub fn shows_waits(&self, frame: &Frame) -> bool {
        self.waits.unwrap_or(matches!(frame.ending, Some(Ending::Deadlock(_))))
    }

    /// Lanes to show with their code, pinned ones first, and those to show as chips.
    #[must_use]
    pub fn lanes<'a>(&self, frame: &'a Frame) -> (Vec<&'a Lane>, Vec<&'a Lane>) {
        let shown = || frame.lanes.iter().filter(|lane| !self.hidden.contains(&lane.id));
        let mut room = OPEN_LANES.saturating_sub(self.pinned.len());
        let mut open: BTreeSet<u32> = self.pinned.clone();
        // Those that still have something to do come before those that have ended.
        // Requests come last: they come and go.
        for (requests, goes_on) in [(false, true), (true, true), (false, false), (true, false)] {
            let now = |lane: &&Lane| {
                (lane.state != LaneState::Ended) == goes_on && is_request(lane) == requests
            };
            for lane in shown().filter(now) {
                let by_itself = match self.opened.get(&lane.id) {
                    Some(opened) => {
                        if *opened {
                            open.insert(lane.id);
                        }
                        continue;
                    }
                    None => room > 0 && !self.pinned.contains(&lane.id),
                };
                if by_itself {
                    open.insert(lane.id);
                    room -= 1;
                }
            }
        }
        let (mut opened, chips): (Vec<&Lane>, Vec<&Lane>) =
            shown().partition(|lane| open.contains(&lane.id));
        sim_core::base::order::sort_by_key(&mut opened, |lane| {
            (!self.pinned.contains(&lane.id), is_request(lane))
        });
        (opened, chips)
    }

    /// Places of requests that have ended, where others may come: with as much of a card as stays.
    #[must_use]
    pub fn empty_rooms(&self, frame: &Frame) -> Vec<&Lane> {
        let (open, _) = self.lanes(frame);
        let room = OPEN_LANES.saturating_sub(open.len());
        let closed = |id: &u32| self.hidden.contains(id) || self.opened.get(id) == Some(&false);
        let rooms = self.rooms.values().filter(|lane| frame.lane(lane.id).is_none());
        rooms.filter(|lane| !closed(&lane.id)).take(room).collect()
    }

    /// Remembers the requests that are there.
    fn remember(&mut self, frame: &Frame) {
        for lane in frame.lanes.iter().filter(|lane| is_request(lane) && !lane.code.is_empty()) {
            let bare =
                |line: &CodeLine| CodeLine { done: None, did: vec![], next: None, ..line.clone() };
            let code = lane.code.iter().map(bare).collect();
            let room = Lane {
                id: lane.id,
                class: lane.class.clone(),
                number: None,
                state: LaneState::Ended,
                code,
                locals: vec![],
                timers: vec![],
                holds: vec![],
                due: 0,
            };
            self.rooms.entry(lane.id).or_insert(room);
        }
    }

    /// Forgets what was chosen for a run that is no longer shown.
    pub fn forget_run(&mut self) {
        self.folds.opened.clear();
        self.waits = None;
        self.why = None;
        self.subject = None;
        self.rooms.clear();
        self.request = None;
        self.saga = None;
    }
}

/// Changes how the run is looked at.
pub(super) fn update(state: &mut State, view: View) -> Vec<Command> {
    let Some(bench) = &mut state.bench else { return Vec::new() };
    let frame = bench.frame.clone();
    let looks = &mut bench.view;
    match view {
        View::Zoom(by) => {
            let now = looks.zoom.unwrap_or_else(|| fitting(frame.as_deref(), &looks.folds));
            looks.zoom = Some(now.saturating_add_signed(by).min(ZOOM_MAX));
            looks.sight = None;
        }
        View::Fold(fold) => {
            looks.folds.none = !fold;
            looks.folds.opened.clear();
        }
        View::Run(first) => toggle(&mut looks.folds.opened, first),
        View::Sight(left, width) => {
            (looks.sight, looks.wide) = (Some(left), Some(width));
        }
        View::Room(wide, tall) => looks.room = Some((wide, tall)),
        View::Waits(shown) => looks.waits = Some(shown),
        View::Thing(place) => {
            looks.thing = if looks.thing.as_ref() == Some(&place) { None } else { Some(place) };
        }
        View::Pin(lane) => {
            toggle(&mut looks.pinned, lane);
            looks.opened.remove(&lane);
        }
        View::Hide(lane) => {
            looks.pinned.remove(&lane);
            looks.hidden.insert(lane);
        }
        View::ShowAll => looks.hidden.clear(),
        View::Open(lane, open) => {
            if !open {
                looks.pinned.remove(&lane);
            }
            looks.opened.insert(lane, open);
        }
        View::Class(class, open) => {
            for lane in frame.iter().flat_map(|frame| &frame.lanes) {
                if lane.class == class {
                    looks.opened.insert(lane.id, open);
                    looks.pinned.remove(&lane.id);
                }
            }
        }
        View::Line(line) => toggle(&mut looks.lines, line),
        View::Words => {
            let shown = looks.panes(frame.as_deref()).contains(&Pane::Words);
            // On a phone it is a tab.
            bench.tab = if bench.tab == Tab::Words { Tab::Code } else { Tab::Words };
            looks.toggle_pane(Pane::Words, frame.as_deref());
            if !shown {
                return vec![Command::Focus("account")];
            }
        }
        View::Pane(pane) => looks.toggle_pane(pane, frame.as_deref()),
        View::WhyHere => {
            let here = bench.position();
            let asked = bench.view.why.is_some_and(|asked| asked.about(here) == here);
            return update(state, View::Why((!asked).then_some(here)));
        }
        View::Why(step) => {
            let here = frame.map_or(0, |frame| frame.position);
            let was = looks.why.is_some();
            looks.why = step.filter(|step| *step > 0).map(|step| Asked::of(step, here));
            // Who reads the answer is not scrolled away from it.
            if looks.why.is_some() && !was {
                let mut commands = vec![Command::Reveal("panel-why")];
                commands.extend(rhythm::asked_why(state));
                return commands;
            }
        }
        View::Event(step) => {
            let mut commands = update(state, View::Why(Some(step)));
            if let Some(asked) = state.bench.as_mut().and_then(|bench| bench.view.why.as_mut()) {
                asked.at[1] = step;
            }
            commands.extend(jump(state, step));
            return commands;
        }
        View::WhyLink(step) => {
            if let Some(asked) = &mut looks.why {
                let here = frame.map_or(0, |frame| frame.position);
                *asked = Asked { step: asked.about(here), at: [here, step], ..*asked };
            }
            return jump(state, step);
        }
        View::WhyPin => {
            if let Some(asked) = &mut looks.why {
                let here = frame.map_or(0, |frame| frame.position);
                *asked = Asked { pinned: !asked.pinned, ..Asked::of(asked.about(here), here) };
            }
        }
        View::Request(step) => {
            looks.request = step;
            looks.asked.clear();
            return ask_for_shown(state);
        }
        View::Ask(subject) => {
            looks.subject = if looks.subject == subject { None } else { subject };
        }
        View::Whole(list) => looks.whole.push(list),
        View::Saga(lane, from) => {
            let asked = Some((lane, from));
            looks.saga = if looks.saga == asked { None } else { asked };
        }
        View::Mark(next) => {
            let position = bench.position();
            let to = frame.and_then(|frame| scrub::neighbour(&frame, position, next));
            return to.map(|step| jump(state, step)).unwrap_or_default();
        }
    }
    want_code(state)
}

/// Asks for the code of lanes that are open and came without it.
pub(super) fn want_code(state: &mut State) -> Vec<Command> {
    let stage = state.stage;
    let Some(bench) = &mut state.bench else { return Vec::new() };
    let Some(frame) = bench.frame.clone() else { return Vec::new() };
    bench.view.remember(&frame);
    let open = opened(bench, &frame, stage);
    if open.iter().all(|lane| !lane.code.is_empty()) {
        return Vec::new();
    }
    let open = wanted(bench, &frame, stage);
    if bench.view.asked == open {
        return Vec::new();
    }
    ask_for_shown(state)
}

/// The lanes whose code is shown, with those that may come in their places.
fn wanted(bench: &Bench, frame: &Frame, stage: Stage) -> Vec<u32> {
    let open = opened(bench, frame, stage);
    let rooms = bench.view.empty_rooms(frame);
    open.iter().chain(&rooms).map(|lane| lane.id).collect()
}

/// The lanes whose code is shown: on the workbench those that are open, on a stage those that stand
/// there.
fn opened<'a>(bench: &Bench, frame: &'a Frame, stage: Stage) -> Vec<&'a Lane> {
    match stage {
        Stage::Workbench => bench.view.lanes(frame).0,
        _ => crate::draw::stage::lanes(frame),
    }
}

/// Asks for this moment with what is shown of it.
fn ask_for_shown(state: &mut State) -> Vec<Command> {
    let stage = state.stage;
    let Some(bench) = &mut state.bench else { return Vec::new() };
    let Some(frame) = bench.frame.clone() else { return Vec::new() };
    let open = wanted(bench, &frame, stage);
    bench.view.asked.clone_from(&open);
    let life = bench.view.request;
    show(state, Scope { open, life })
}

/// True for a request at a service: its class has the name of a handler, as in `bank.pay`.
pub fn is_request(lane: &Lane) -> bool {
    lane.class.contains('.')
}

fn toggle(set: &mut BTreeSet<u32>, one: u32) {
    if !set.remove(&one) {
        set.insert(one);
    }
}

/// The zoom that a moment has by itself.
fn fitting(frame: Option<&Frame>, folds: &Folds) -> u8 {
    frame.map_or(0, |frame| crate::draw::scale::fitting(frame, folds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_follows_the_cursor_unless_a_link_led_it_or_it_is_pinned() {
        let asked = Asked::of(7, 7);
        assert_eq!([7, 6].map(|position| asked.about(position)), [7, 6]);
        let linked = Asked { at: [7, 3], ..asked };
        assert_eq!([7, 3, 4].map(|position| linked.about(position)), [7, 7, 4]);
        assert_eq!(Asked { pinned: true, ..asked }.about(2), 7);
    }
}
