//! A lecture in acts: the stops of a lesson stand in named schedules, under settings of their own.
//! Who goes from stop to stop goes through all of them.

use lessons::Stop;
use sim_core::lang::same_value;

use super::{
    Action, Bench, Command, State, labels,
    moments::{ask, asked, pause, play_under, restart_under},
    state::Asked,
};
use crate::protocol::{Request, Settings};

/// A schedule under the settings that its stops speak of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// The schedule, by the name it has in the scenario.
    pub schedule: &'static str,
    /// All parameters.
    pub settings: Settings,
}

/// The acts of the lesson on the workbench, in the order of its stops.
#[must_use]
pub fn acts(bench: &Bench) -> Vec<Act> {
    let mut acts: Vec<Act> = Vec::new();
    let stops = bench.course.lesson.filter(|_| !bench.is_edited()).map_or(&[][..], |it| it.stops);
    for stop in stops {
        let known =
            acts.iter().any(|act| act.schedule == stop.schedule && fits(stop, &act.settings));
        if !known {
            acts.push(Act { schedule: stop.schedule, settings: settings(bench, stop) });
        }
    }
    acts
}

fn fits(stop: &Stop, settings: &Settings) -> bool {
    let is_so = |(name, value): &(&str, &str)| {
        settings.iter().any(|(one, other)| one == name && same_value(other, value))
    };
    stop.settings.iter().all(is_so)
}

/// What a stop asks for, the rest as it is without a choice.
fn settings(bench: &Bench, stop: &Stop) -> Settings {
    let mut settings = bench.defaults.as_ref().clone();
    for (name, value) in stop.settings {
        for setting in settings.iter_mut().filter(|setting| setting.0 == *name) {
            setting.1 = (*value).to_owned();
        }
    }
    settings
}

fn same(one: &Settings, other: &Settings) -> bool {
    one.len() == other.len()
        && one
            .iter()
            .zip(other)
            .all(|(one, other)| one.0 == other.0 && same_value(&one.1, &other.1))
}

/// Which act is played.
fn current(bench: &Bench, acts: &[Act]) -> Option<usize> {
    let name = bench.schedule.as_deref()?;
    acts.iter().position(|act| act.schedule == name && same(&act.settings, &bench.settings))
}

/// The act after the one that is played, or the one before.
#[must_use]
pub(super) fn neighbour(bench: &Bench, next: bool) -> Option<Act> {
    let acts = acts(bench);
    let now = current(bench, &acts)?;
    let at = if next { now + 1 } else { now.checked_sub(1)? };
    acts.into_iter().nth(at)
}

/// With which act a lecture begins: the first, or where somebody has chosen settings, the one under
/// these.
fn first(bench: &Bench) -> Option<Act> {
    let mut acts = acts(bench).into_iter();
    if same(&bench.settings, &bench.defaults) {
        return acts.next();
    }
    acts.find(|act| same(&act.settings, &bench.settings))
}

/// Begins to tell the lesson: its first act; where it has none, the first schedule that fits, from
/// its first step. Nothing where there is neither.
pub(super) fn begin(state: &mut State) -> Option<Vec<Command>> {
    let bench = state.bench.as_ref()?;
    if let Some(act) = first(bench) {
        return Some(play(state, &act));
    }
    let frame = bench.frame.as_ref()?;
    let fits = |name: &str| labels::needed(bench, name, state.lang).is_none();
    let mut playable = (0..).zip(&frame.schedules);
    let (at, one) = playable.find(|(_, one)| one.misfit.is_none() && fits(&one.name))?;
    let has_stops = !bench.stops_of(&one.name).is_empty();
    let mut commands = asked(state, Action::Schedule(at));
    if !has_stops {
        commands.extend(ask(state, Asked::Seek, Request::Seek(1)));
    }
    Some(commands)
}

/// Plays an act from its start, under its settings.
pub(super) fn play(state: &mut State, act: &Act) -> Vec<Command> {
    let Some((at, is_set)) = place(state, act) else { return Vec::new() };
    if is_set {
        return asked(state, Action::Schedule(at));
    }
    play_under(state, act.settings.clone(), act.schedule)
}

/// Shows the end of an act: to it goes who comes back from the one after it.
pub(super) fn show_end(state: &mut State, act: &Act) -> Vec<Command> {
    let Some((at, is_set)) = place(state, act) else { return Vec::new() };
    let mut commands = if is_set { Vec::new() } else { restart_under(state, act.settings.clone()) };
    if let Some(bench) = &mut state.bench {
        commands.extend(pause(bench));
        bench.own = 0;
        bench.schedule = Some(act.schedule.to_owned());
    }
    commands.extend(ask(state, Asked::Line, Request::Schedule(at)));
    commands
}

/// Where the scenario has the schedule of an act, and whether the act's settings are those of now.
fn place(state: &State, act: &Act) -> Option<(u32, bool)> {
    let bench = state.bench.as_ref()?;
    let mut schedules = bench.frame.iter().flat_map(|frame| (0..).zip(&frame.schedules));
    let (at, _) = schedules.find(|(_, one)| one.name == act.schedule)?;
    Some((at, same(&bench.settings, &act.settings)))
}
