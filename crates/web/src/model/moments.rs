//! Moving through a run: what is asked of the stepping worker, and what its answers change.

use std::rc::Rc;

use sim_core::session::{Ending, Frame, Scope};

use super::{
    Action, Bench, Command, Speed, State, Timer, charts, course, kept, links, rhythm, share,
    state::{Asked, Notice, Remark},
    studies,
    update::{address_later, explore_later, open, remark},
    viewing,
};
use crate::{
    i18n,
    protocol::{Answer, Ask, Opened, Opening, Reply, Request, Settings},
};

/// At most so many steps at once: a frame shows more than twice as many.
const STRIDE: u32 = 800;
/// Who has watched so many steps of a run by the clock may want its end.
const LONG: u32 = 40;

/// Something a person wants of the run.
pub(super) fn asked(state: &mut State, action: Action) -> Vec<Command> {
    let Some(bench) = &mut state.bench else { return Vec::new() };
    if bench.frame.is_none() && !matches!(action, Action::Set(..) | Action::Speed(_)) {
        return Vec::new();
    }
    if !matches!(action, Action::Speed(_)) {
        links::stop(bench);
    }
    let (position, length) = (bench.aim.unwrap_or(bench.position()), bench.length());
    match action {
        Action::Pick(pick) => {
            let mut commands = pause(bench);
            // Off the road of a named schedule, what the lesson says of it is no longer true.
            let road = bench.frame.as_ref().and_then(|frame| frame.step(frame.position + 1));
            if road.is_none_or(|step| step.pick != pick) {
                bench.schedule = None;
            }
            bench.view.subject = None;
            commands.extend(ask(state, Asked::Pick, Request::Pick(pick)));
            commands
        }
        Action::Forward if position < length => jump(state, position + 1),
        Action::Forward => {
            let mut commands = pause(bench);
            commands.extend(ask(state, Asked::Clock, Request::Clock));
            commands
        }
        Action::Back => jump(state, position.saturating_sub(1)),
        Action::Seek(to) => jump(state, to.min(length)),
        Action::Start => jump(state, 0),
        Action::End => to_the_end(state, length),
        Action::Play if bench.playing => pause(bench),
        Action::Play | Action::Tick => {
            let starts = matches!(action, Action::Play);
            play(state, starts)
        }
        Action::Branch(id) => {
            let mut commands = pause(bench);
            let shared = bench.frame.iter().flat_map(|frame| &frame.branches);
            let shared = shared.filter(|branch| branch.id == id).map(|branch| branch.shared);
            bench.own = bench.own.min(shared.max().unwrap_or_default());
            bench.schedule = None;
            commands.extend(ask(state, Asked::Line, Request::Branch(id)));
            commands
        }
        Action::Schedule(at) => {
            let mut commands = pause(bench);
            bench.own = 0;
            // A phone shows what the schedule does, and no longer where it was chosen.
            if matches!(bench.tab, super::Tab::State | super::Tab::Story) {
                bench.tab = super::Tab::Code;
            }
            bench.schedule = bench
                .frame
                .as_ref()
                .and_then(|frame| frame.schedules.get(at as usize))
                .map(|schedule| schedule.name.clone());
            commands.extend(ask(state, Asked::Schedule, Request::Schedule(at)));
            commands.push(Command::Focus("play"));
            commands
        }
        Action::Follow(picks) => {
            let mut commands = pause(bench);
            bench.own = 0;
            bench.schedule = None;
            let lowered = &bench.study_lowered.0;
            if lowered.iter().any(|setting| !bench.settings.contains(setting)) {
                commands.extend(super::studies::show_found(state, picks));
            } else {
                commands.extend(ask(state, Asked::Line, Request::Follow(picks)));
            }
            commands.extend(show_picture(state));
            commands
        }
        Action::FollowOn(picks) => {
            let mut commands = pause(bench);
            let Some(ahead) = &bench.ahead else { return commands };
            let whole = ahead.from.iter().copied().chain(picks).collect();
            // The way to that moment may be the person's own; the rest is not.
            bench.own = bench.own.min(ahead.step());
            bench.schedule = None;
            commands.extend(ask(state, Asked::Line, Request::Follow(whole)));
            commands.extend(show_picture(state));
            commands
        }
        Action::Speed(speed) => {
            bench.speed = speed;
            if bench.playing { vec![tick_later(bench)] } else { Vec::new() }
        }
        Action::Seed(text) => {
            let Ok(seed) = text.trim().parse() else { return Vec::new() };
            bench.seed = seed;
            super::update::reopen(state)
        }
        Action::Set(name, value) => {
            let mut settings = bench.settings.clone();
            for setting in settings.iter_mut().filter(|setting| setting.0 == name) {
                setting.1.clone_from(&value);
            }
            restart_under(state, settings)
        }
        Action::Defaults => restart_under(state, Settings::new()),
        _ => Vec::new(),
    }
}

/// A schedule that was found is looked at in the picture, which a phone does not show by itself.
fn show_picture(state: &mut State) -> Vec<Command> {
    let Some(bench) = &mut state.bench else { return Vec::new() };
    if bench.tab != super::Tab::Timeline {
        bench.tab = super::Tab::Timeline;
    }
    vec![Command::Reveal("panel-timeline")]
}

/// The run from its start, under the settings of now.
pub(super) fn restart(state: &mut State) -> Vec<Command> {
    let Some(bench) = &mut state.bench else { return Vec::new() };
    let mut commands = pause(bench);
    let opening = Opening {
        text: bench.run_text.clone(),
        settings: bench.settings.clone(),
        seed: bench.seed,
        ..Opening::default()
    };
    commands.extend(open(state, opening));
    commands
}

/// The same under other settings.
pub(super) fn restart_under(state: &mut State, settings: Settings) -> Vec<Command> {
    if let Some(bench) = &mut state.bench {
        bench.settings = settings;
        bench.forget_proofs();
    }
    restart(state)
}

/// The same, and once it is opened a schedule is played: what is asked for before shows its end,
/// and what lies there.
pub(super) fn play_under(state: &mut State, settings: Settings, schedule: &str) -> Vec<Command> {
    let commands = restart_under(state, settings);
    if let Some(bench) = &mut state.bench {
        bench.rhythm.wanted = Some(schedule.to_owned());
    }
    commands
}

pub(super) fn jump(state: &mut State, to: u32) -> Vec<Command> {
    let Some(bench) = &mut state.bench else { return Vec::new() };
    let mut commands = pause(bench);
    if to != bench.aim.unwrap_or(bench.position()) {
        bench.aim = Some(to);
        commands.extend(ask(state, Asked::Seek, Request::Seek(to)));
    }
    commands
}

/// To the end of the line; where that is about to change, to whatever it will be then.
fn to_the_end(state: &mut State, length: u32) -> Vec<Command> {
    let Some(bench) = &mut state.bench else { return Vec::new() };
    // A line may be there whose first moment is still to come: its length is not the one shown.
    let is_shown = bench.line.len() == length as usize;
    let only_seeks =
        bench.asked.iter().all(|(_, asked)| matches!(asked, Asked::Seek | Asked::Show));
    if is_shown && only_seeks {
        return jump(state, length);
    }
    let mut commands = pause(bench);
    commands.extend(ask(state, Asked::Seek, Request::Seek(u32::MAX)));
    commands
}

/// Plays the line shown from its start.
fn from_the_start(state: &mut State) -> Vec<Command> {
    let Some(bench) = &mut state.bench else { return Vec::new() };
    (bench.playing, bench.played_from) = (true, 0);
    bench.view.sight = None;
    ask(state, Asked::Seek, Request::Seek(0))
}

/// One step of playing: along the kept future, else by the clock.
fn play(state: &mut State, starts: bool) -> Vec<Command> {
    let Some(bench) = &mut state.bench else { return Vec::new() };
    bench.playing |= starts;
    if !bench.asked.is_empty() || !(starts || bench.playing) {
        return if bench.playing { vec![tick_later(bench)] } else { Vec::new() };
    }
    let (position, length) = (bench.position(), bench.length());
    if starts {
        bench.played_from = position;
    }
    if is_over(bench) {
        let mut commands = pause(bench);
        if starts && position > 0 {
            // Play at the end plays it again.
            (bench.playing, bench.played_from) = (true, 0);
            commands.extend(ask(state, Asked::Seek, Request::Seek(0)));
        }
        return commands;
    }
    bench.playing = true;
    let steps = stride(bench);
    if position < length {
        let stops = bench.stops().into_iter().map(|(_, step)| step);
        let ends = stops.filter(|step| *step > position).min().unwrap_or(length);
        ask(state, Asked::Seek, Request::Seek((position + steps).min(ends).min(length)))
    } else if steps > 1 {
        ask(state, Asked::Run, Request::Play(steps))
    } else {
        ask(state, Asked::Clock, Request::Clock)
    }
}

/// How many steps playing takes at once: one, as long as they can be followed. At the highest speed
/// it takes a tenth of those already played, so a run of twenty steps is seen step by step and one
/// of ten thousand is over in seconds; the worker stops sooner where they take long.
fn stride(bench: &Bench) -> u32 {
    match bench.speed {
        Speed::Max => (played(bench) / 10).clamp(1, STRIDE),
        _ => 1,
    }
}

/// Whether what is played goes on for long: somebody should know of the way to its end.
#[must_use]
pub fn plays_long(bench: &Bench) -> bool {
    let runs = bench.playing || bench.charts.running;
    runs && bench.position() >= bench.length() && played(bench) >= LONG
}

fn played(bench: &Bench) -> u32 {
    bench.position().saturating_sub(bench.played_from)
}

pub(super) fn is_over(bench: &Bench) -> bool {
    let Some(frame) = &bench.frame else { return true };
    let is_last = frame.position >= frame.length;
    is_last && (frame.full || frame.ending.is_some())
}

fn tick_later(bench: &Bench) -> Command {
    Command::After(Timer::Play, bench.speed.pause(), Box::new(Action::Tick))
}

pub(super) fn pause(bench: &mut Bench) -> Vec<Command> {
    bench.charts.running = false;
    let was = std::mem::take(&mut bench.playing);
    if was { vec![Command::Stop(Timer::Play)] } else { Vec::new() }
}

pub(super) fn ask(state: &mut State, asked: Asked, request: Request) -> Vec<Command> {
    if state.fault.is_some() {
        return Vec::new();
    }
    let ticket = state.ticket();
    if let Some(bench) = &mut state.bench {
        if !matches!(asked, Asked::Show | Asked::More) {
            links::stop(bench);
        }
        bench.asked.push((ticket, asked));
        if !matches!(asked, Asked::Seek | Asked::Show) {
            bench.aim = None;
        }
    }
    vec![Command::Step(Ask { ticket, request })]
}

/// The stepping worker answered.
pub(super) fn answered(state: &mut State, answer: Answer) -> Vec<Command> {
    let Some(bench) = &mut state.bench else { return Vec::new() };
    if answer.ticket < bench.since {
        return Vec::new();
    }
    let reply = match answer.reply {
        Reply::Measured(measured) => {
            charts::answered(bench, answer.ticket, *measured);
            return Vec::new();
        }
        Reply::Code(code) => {
            share::coded(state, answer.ticket, code);
            return Vec::new();
        }
        reply => reply,
    };
    let place = bench.asked.iter().position(|(ticket, _)| *ticket == answer.ticket);
    let asked = place.map(|place| bench.asked.remove(place).1);
    if bench.asked.is_empty() {
        bench.aim = None;
    }
    match reply {
        Reply::Opened(opened) => opened_run(state, opened),
        Reply::Moment { frame, done, picks } => {
            let before = bench.position();
            let had_life = bench.frame.as_ref().is_some_and(|frame| frame.life.is_some());
            let frame = Rc::new(frame);
            let line = line_after(bench, &frame, picks);
            count_own(bench, &frame, &line, before, asked, done);
            links::note(bench, &frame, &line, before, asked);
            // It is shown from its start on; its end tells too much.
            if asked == Some(Asked::Schedule) && bench.asked.is_empty() {
                bench.line = line;
                bench.charts.changed();
                return from_the_start(state);
            }
            bench.frame = Some(Rc::clone(&frame));
            bench.line = line;
            if before != frame.position {
                bench.view.sight = None;
            }
            if asked == Some(Asked::Slow) && done {
                bench.view.request = Some(frame.position);
            }
            if asked == Some(Asked::More) {
                return links::more(state, done);
            }
            if asked == Some(Asked::Show) {
                let comes = frame.life.is_some() && !had_life;
                return comes.then_some(Command::Reveal("panel-request")).into_iter().collect();
            }
            let mut commands = vec![address_later()];
            if bench.playing {
                // The clock may have nothing more to do though the run has no end.
                let idle = matches!(asked, Some(Asked::Clock | Asked::Run)) && !done;
                let ended = idle || is_over(bench) || rhythm::stop_here(bench).is_some();
                commands.extend(if ended { pause(bench) } else { vec![tick_later(bench)] });
            }
            if !matches!(asked, Some(Asked::Seek | Asked::Slow))
                && let Some(bench) = &mut state.bench
            {
                bench.charts.changed();
            }
            commands.extend(moment_shown(state, &frame));
            links::judge(state);
            if asked == Some(Asked::Slow) {
                commands.push(Command::Reveal("panel-request"));
            }
            if asked == Some(Asked::Run) {
                commands.extend(charts::ran(state, done));
            }
            commands.extend(viewing::want_code(state));
            commands
        }
        Reply::Checked(problems) => {
            bench.problems = Rc::new(problems);
            bench.unchecked = false;
            if bench.problems.is_empty() {
                return super::editing::run_text(state);
            }
            Vec::new()
        }
        Reply::Fault(text) => {
            state.fault = Some(text);
            vec![Command::RestartStepper]
        }
        _ => Vec::new(),
    }
}

fn opened_run(state: &mut State, opened: Opened) -> Vec<Command> {
    let Some(bench) = &mut state.bench else { return Vec::new() };
    bench.problems = Rc::new(opened.problems);
    let Some(frame) = opened.frame else {
        // The last good run stays on view; a text that never ran shows its mistakes.
        if bench.frame.is_none() {
            bench.mode = super::Mode::Edit;
            links::judge(state);
        }
        return Vec::new();
    };
    let is_new = bench.frame.is_none();
    bench.controls = Rc::new(opened.controls);
    bench.settings = opened.settings;
    bench.charts.opened(opened.goals);
    bench.defaults = Rc::new(opened.defaults);
    let frame = Rc::new(frame);
    bench.line = Vec::new();
    bench.line = line_after(bench, &frame, opened.picks);
    bench.frame = Some(Rc::clone(&frame));
    if is_new {
        bench.schedule = rhythm::schedule_of(bench, &opened.along);
    }
    bench.view.forget_run();
    // A proof that was asked for before this answer goes on; all else is looked at after it.
    let mut commands = match studies::proves_this(bench) {
        true => {
            bench.ahead = None;
            studies::wait_for_proof(bench)
        }
        false => explore_later(bench),
    };
    if is_new && !opened.dropped.is_empty() {
        state.notice.get_or_insert(Notice::SettingsDropped(opened.dropped));
    }
    commands.push(address_later());
    commands.extend(moment_shown(state, &frame));
    if is_new {
        commands.extend(links::opened(state, opened.fitted));
    }
    commands.extend(viewing::want_code(state));
    commands.extend(charts::go_on(state));
    commands.extend(rhythm::play_wanted(state));
    commands
}

/// The picks of the whole line: what is known of it, with what a moment brings.
fn line_after(bench: &mut Bench, frame: &Frame, picks: Vec<u32>) -> Vec<u32> {
    let mut line = if picks.is_empty() { bench.line.clone() } else { picks };
    line.resize(frame.length as usize, 0);
    for (known, step) in line.iter_mut().skip(frame.first as usize).zip(&frame.steps) {
        *known = step.pick;
    }
    line
}

/// Asks for the same moment with other parts shown.
pub(super) fn show(state: &mut State, scope: Scope) -> Vec<Command> {
    ask(state, Asked::Show, Request::Show(scope))
}

/// Which leading part of the line came about here, by the person's picks or by the clock's: what
/// breaks within it counts. A named schedule, a failure that was found and a link are given.
fn count_own(
    bench: &mut Bench,
    frame: &Frame,
    line: &[u32],
    before: u32,
    asked: Option<Asked>,
    done: bool,
) {
    let moved = match asked {
        Some(Asked::Pick | Asked::Clock) => done,
        Some(Asked::Run) => true,
        _ => false,
    };
    if !moved {
        return;
    }
    let past = frame.position as usize;
    let is_new_line = bench.line.get(..past) != line.get(..past);
    if is_new_line {
        bench.schedule = None;
    }
    if bench.own >= before {
        let known = if is_new_line { 0 } else { bench.own };
        bench.own = known.max(frame.position);
    }
}

/// What a moment means for the challenges, and what is said of it.
fn moment_shown(state: &mut State, frame: &Frame) -> Vec<Command> {
    let Some(bench) = &state.bench else { return Vec::new() };
    let mut commands = Vec::new();
    let done = shown_by_own(bench, frame);
    let texts = i18n::texts(state.lang);
    let mut spoken = Vec::new();
    // While playing, only the stop is spoken.
    if !bench.playing && !bench.charts.running {
        if let Some(step) = frame.step(frame.position) {
            spoken.push(ended(i18n::step_line(frame, step, state.lang)));
        }
        spoken.extend(rhythm::stop_words(bench, state.lang));
        let broken = bench.broken_at().is_some();
        match &frame.ending {
            Some(Ending::Complete) if broken => spoken.push(texts.ended_broken.to_owned()),
            _ => {
                if broken {
                    spoken.push(format!("{}.", texts.a_promise_is_broken));
                }
                spoken.extend(ending_line(frame, texts));
            }
        }
    }
    state.spoken = spoken.join(" ");
    commands.extend(rhythm::stopped(state));
    for at in done {
        commands.extend(mark_done(state, at));
    }
    commands
}

/// With a full stop, unless what is said has its own end.
fn ended(said: String) -> String {
    if said.is_empty() || said.ends_with(['.', '!', '?', '…']) { said } else { said + "." }
}

fn ending_line(frame: &Frame, texts: &i18n::Texts) -> Option<String> {
    frame.ending.as_ref().map(|ending| {
        match ending {
            Ending::Complete => texts.ended_complete,
            Ending::Idle => texts.ended_idle,
            Ending::Deadlock(_) => texts.ended_deadlock,
            Ending::Stuck(_) => texts.ended_stuck,
            Ending::Endless(_) => texts.ended_endless,
            Ending::Full(_) => texts.ended_full,
        }
        .to_owned()
    })
}

/// The challenges that this moment fulfils: a promise that counts was broken in the person's own
/// run, under the conditions asked for, in the lesson's own text.
fn shown_by_own(bench: &Bench, frame: &Frame) -> Vec<usize> {
    if bench.own < frame.position {
        return Vec::new();
    }
    let challenges = 0..bench.course.challenges().len();
    challenges.filter(|at| is_shown(bench, frame, *at)).collect()
}

/// Whether a moment shows a challenge done, whoever led there.
fn is_shown(bench: &Bench, frame: &Frame, challenge: usize) -> bool {
    let challenge = bench.course.challenges().get(challenge);
    frame.position > 0
        && bench.run_text == bench.course.scenario
        && challenge.is_some_and(|challenge| challenge.is_shown_in(frame, &bench.settings))
}

/// Whether the moment shown would do a challenge, had the way there not been given.
#[must_use]
pub fn is_shown_but_given(bench: &Bench, challenge: usize) -> bool {
    let frame = bench.frame.as_ref().filter(|frame| bench.own < frame.position);
    frame.is_some_and(|frame| is_shown(bench, frame, challenge))
}

/// Keeps that a challenge is done, and says so the first time.
pub(super) fn mark_done(state: &mut State, challenge: usize) -> Vec<Command> {
    let Some(bench) = &state.bench else { return Vec::new() };
    let Some(found) = bench.course.challenges().get(challenge) else { return Vec::new() };
    if !state.kept.done.insert(course::done_key(bench.course.id, found.id)) {
        return Vec::new();
    }
    let mut commands =
        vec![Command::Save(kept::DONE.to_owned(), kept::spell_lines(&state.kept.done))];
    // Who has let the clock find it, and picked nothing, is told so.
    let by_clock = bench.linked.is_by_clock(bench.position());
    let texts = i18n::texts(state.lang);
    let (said, told) = match by_clock && found.kind == lessons::Kind::Break {
        true => (texts.challenge_by_clock, Remark::ChallengeByClock),
        false => (texts.challenge_done, Remark::ChallengeDone),
    };
    state.spoken = [&ended(state.spoken.clone()), " ", said].concat();
    commands.extend(remark(state, told));
    commands
}

#[cfg(test)]
mod tests {
    use super::ended;

    #[test]
    fn one_full_stop_is_enough() {
        let said =
            ["client 1 reads", "The run has ended.", "Why?", ""].map(|said| ended(said.to_owned()));
        assert_eq!(said, ["client 1 reads.", "The run has ended.", "Why?", ""]);
    }
}
