//! The bottom: step, play, scrub, branches, speed, seed; on a phone also what may happen next.

use lessons::shortest_failure;
use yew::prelude::*;

use super::{Look, chance, health, now, signs, stops};
use crate::{
    browser::input,
    components::{Icon, hue, icon_button, segments},
    draw::{axis::Axis, scrub},
    i18n,
    model::{
        Action, Bench, Speed, charts::ChartAction, moments::plays_long, study::Study,
        veil::is_veiled,
    },
};

/// Up to so many steps the scrubber shows each.
const DOTS: u32 = 60;

pub(super) fn transport(look: Look<'_>, bench: &Bench) -> Html {
    let texts = look.texts;
    let Some(frame) = &bench.frame else {
        return html! { <section class="transport-bar"></section> };
    };
    let (position, length) = (frame.position, frame.length);
    let at_start = position == 0;
    let at_end = position == length;
    let over = at_end && (frame.ending.is_some() || frame.full);
    let (icon, play) =
        if bench.playing { (Icon::Pause, texts.pause) } else { (Icon::Play, texts.play) };
    let failure = match &bench.study {
        // That there is one would answer the lesson's question.
        Study::Done(found) if !is_veiled(look.state, bench) => shortest_failure(&found.report),
        _ => None,
    };
    let speeds = Speed::ALL.map(|speed| {
        let words = match speed {
            Speed::Half => "½×",
            Speed::One => "1×",
            Speed::Four => "4×",
            Speed::Max => texts.max,
        };
        (Action::Speed(speed), AttrValue::from(words), bench.speed == speed)
    });
    html! {
        <section class="transport-bar" data-stage="when" tabindex="-1" aria-label={texts.transport}>
            { long_run(look, bench) }
            { stops::bar(look, bench) }
            <div class="phone-choices">{ now::choices(look, frame, false) }{ now::over(look, bench, frame) }</div>
            <div class="transport" role="group" aria-label={texts.transport}>
                { icon_button(texts.to_start, Icon::First, "first", at_start, look.on(Action::Start)) }
                { icon_button(texts.step_back, Icon::Back, "back", at_start, look.on(Action::Back)) }
                <button type="button" id="play" class="btn icon primary play" aria-label={play} title={play}
                    aria-disabled={(over && at_start).then_some("true")} onclick={look.on(Action::Play)}>{ icon.draw() }</button>
                { icon_button(texts.step_on, Icon::Forward, "forward", over, look.on(Action::Forward)) }
                { to_end(look, bench, at_end, over) }
                // A place of its own: without it each button would become its neighbour for a moment
                // when this one comes or goes.
                <span class="find-place">
                    { for failure.map(|picks| html! {
                        <button type="button" class="btn bad find" onclick={look.on(Action::Follow(picks))}>{ texts.find_a_bug }</button>
                    }) }
                </span>
            </div>
            <div class="scrub-place">
                { chance::curve(look, bench) }
                { scrubber(look, bench) }
            </div>
            { branches(look, bench) }
            <div class="pace">
                { segments(texts.speed, speeds.to_vec(), look.send) }
                <label class="seed" title={texts.seed_help}>{ texts.seed }
                    <input class="mono" inputmode="numeric" size="5" value={bench.seed.to_string()}
                        onchange={look.send.reform(|event: Event| Action::Seed(input::value(&event)))}/>
                </label>
                <span class="mono step-of">{ (texts.step_of)(position, length) }</span>
            </div>
        </section>
    }
}

/// To the end of the line; there the clock takes the run on to its end, or is stopped.
fn to_end(look: Look<'_>, bench: &Bench, at_end: bool, over: bool) -> Html {
    let texts = i18n::charts(look.state.lang);
    let run = look.on(Action::Chart(ChartAction::Run));
    if bench.charts.running {
        return icon_button(texts.stop, Icon::Pause, "last", false, run);
    }
    if at_end && !over && !bench.charts.is_over {
        return icon_button(texts.run, Icon::Last, "last", false, run);
    }
    icon_button(look.texts.to_end, Icon::Last, "last", at_end, look.on(Action::End))
}

/// Over the bar, where a run is played that goes on for long: the way to its end. One button that
/// changes its words, so the focus stays on it.
fn long_run(look: Look<'_>, bench: &Bench) -> Html {
    if !plays_long(bench) {
        return html! {};
    }
    let texts = i18n::charts(look.state.lang);
    let words = if bench.charts.running { texts.stop } else { texts.long };
    html! {
        <button type="button" class="btn small long-run"
            onclick={look.on(Action::Chart(ChartAction::Run))}>{ words }</button>
    }
}

fn scrubber(look: Look<'_>, bench: &Bench) -> Html {
    let Some(frame) = &bench.frame else { return html! {} };
    let (position, length) = (frame.position, frame.length);
    let axis = Axis::of(frame);
    let percent = |step: u32| format!("{:.2}%", axis.at(step) * 100.0);
    // On a long line steps would lie on one another.
    let dots = (1..).zip(&frame.steps).filter(|_| length <= DOTS).map(|(step, view)| {
        let later = (step > position).then_some("later");
        let step = step + frame.first;
        html! { <circle class={classes!("scrub-mark", hue(view.lane), later)} cx={percent(step)} cy="26" r={if length > 30 { "3" } else { "4.5" }}/> }
    });
    let marks = scrub::marks(frame).into_iter().map(|(step, sign)| {
        html! { <svg x={percent(step)} y="2" overflow="visible"><g transform="translate(-6)">{ signs::sign(sign, 0.0, 0.0) }</g></svg> }
    });
    let said = frame.step(position).map(|step| i18n::step_line(frame, step, look.state.lang));
    let said = format!("{}. {}", (look.texts.step_of)(position, length), said.unwrap_or_default());
    let spoken = health::at_cursor(look, frame);
    let said = if spoken.is_empty() { said } else { format!("{said}. {spoken}") };
    let oninput = look
        .send
        .reform(|event: InputEvent| Action::Seek(input::value(&event).parse().unwrap_or_default()));
    html! {
        <div class="scrub">
            <svg width="100%" height="52" aria-hidden="true">
                { health::strip(frame, &axis) }
                <rect class="scrub-rail" x="0" y="23" width="100%" height="6" rx="3"/>
                <rect class="scrub-past" x="0" y="23" width={percent(position)} height="6" rx="3"/>
                <g>{ for dots }</g>
                <g>{ for marks }</g>
                <circle class="scrub-head" cx={percent(position)} cy="26" r="9"/>
            </svg>
            <input type="range" id="scrubber" min="0" max={length.to_string()} value={position.to_string()}
                disabled={length == 0} aria-label={look.texts.scrubber} aria-valuetext={said} aria-describedby="health" {oninput}/>
            // The range counts steps, also for keys; where places are times, the pointer is read here.
            { for axis.by_time.then(|| health::reach(look, axis)) }
            { health::words(look, frame) }
        </div>
    }
}

/// The futures that were kept, each as its row of steps.
fn branches(look: Look<'_>, bench: &Bench) -> Html {
    let Some(frame) = &bench.frame else { return html! {} };
    if frame.branches.len() < 2 {
        return html! {};
    }
    let texts = look.texts;
    let rows = (1..).zip(&frame.branches).map(|(number, branch)| {
        // Of a long one the last steps, where it differs.
        let shown = branch.lanes.len().min(28) as u32;
        let before = branch.length - shown;
        let last = &branch.lanes[branch.lanes.len() - shown as usize..];
        let dots = (0..).zip(last).map(|(at, lane)| {
            let after = (before + at >= branch.shared && !branch.current).then_some("own");
            html! { <circle class={classes!("branch-dot", hue(*lane), after)} cx={(at * 9 + 6).to_string()} cy="8" r="3.4"/> }
        });
        let name = (texts.branch)(number, branch.length, branch.bad);
        html! {
            <button type="button" key={branch.id} class={classes!("branch", branch.current.then_some("on"))}
                aria-pressed={branch.current.to_string()} aria-label={name.clone()} title={name} onclick={look.on(Action::Branch(branch.id))}>
                <svg width={(shown * 9 + 4).to_string()} height="16" aria-hidden="true">{ for dots }</svg>
                if branch.bad { <span class="branch-bad" aria-hidden="true">{ "✗" }</span> }
            </button>
        }
    });
    html! {
        <div class="branches" role="group" aria-label={texts.branches}>
            <span class="branches-name">{ texts.branches }</span>{ for rows }
        </div>
    }
}
