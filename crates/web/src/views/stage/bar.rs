//! Under the stage: where the run is, and what a hand on the projector's machine needs.

use yew::prelude::*;

use super::super::{Look, signs};
use crate::{
    browser::{input, location},
    components::{Icon, hue, icon_button},
    draw::scrub,
    i18n,
    model::{
        Action, Bench, Stage,
        present::{Present, Scene},
        update::bench_title,
    },
};

/// Up to so many steps the scrubber shows each.
const DOTS: u32 = 40;

pub(super) fn bar(look: Look<'_>, bench: &Bench) -> Html {
    let texts = i18n::present(look.state.lang);
    let (position, length) = (bench.position(), bench.length());
    html! {
        <section class="stage-bar" aria-label={texts.bar}>
            { moves(look, bench) }
            <strong class="stage-title">{ bench_title(bench, look.state.lang) }</strong>
            <span class="stage-step muted">{ (look.texts.step_of)(position, length) }</span>
            { scrubber(look, bench) }
            <span class="stage-stop muted">{ stop(look, bench) }</span>
            { tools(look, bench) }
        </section>
    }
}

fn moves(look: Look<'_>, bench: &Bench) -> Html {
    let texts = i18n::present(look.state.lang);
    let presents = look.state.stage == Stage::Presenter;
    let (position, length) = (bench.position(), bench.length());
    let over = bench
        .frame
        .as_ref()
        .is_none_or(|frame| position == length && (frame.ending.is_some() || frame.full));
    let (icon, play) =
        if bench.playing { (Icon::Pause, look.texts.pause) } else { (Icon::Play, look.texts.play) };
    let present = |what| look.on(Action::Present(what));
    html! {
        <div class="stage-moves" role="group" aria-label={look.texts.transport}>
            if presents { { icon_button(texts.stop_before, Icon::First, "ghost stop-before", false, present(Present::Previous)) } }
            { icon_button(look.texts.step_back, Icon::Back, "ghost back", position == 0, look.on(Action::Back)) }
            { icon_button(play, icon, "ghost play", over && position == 0, look.on(Action::Play)) }
            { icon_button(look.texts.step_on, Icon::Forward, "ghost forward", over, look.on(Action::Forward)) }
            if presents { { icon_button(texts.next_stop, Icon::Last, "ghost next-stop", false, present(Present::Next)) } }
        </div>
    }
}

/// Which stop of the lesson this is, or how many it has.
fn stop(look: Look<'_>, bench: &Bench) -> String {
    let texts = i18n::present(look.state.lang);
    let lesson = bench.course.lesson.filter(|_| !bench.is_edited());
    let of = lesson.map_or(0, |lesson| lesson.stops.len());
    let stops = bench.stops().into_iter().filter(|(_, step)| *step <= bench.position());
    match (of, stops.map(|(place, _)| place + 1).max()) {
        (0, _) => String::new(),
        (of, None) => (texts.stops)(of),
        (of, Some(past)) => (texts.stop_of)(past, of),
    }
}

fn tools(look: Look<'_>, bench: &Bench) -> Html {
    let texts = i18n::present(look.state.lang);
    let lecture = &look.state.lecture;
    let present = |what| look.on(Action::Present(what));
    if look.state.stage == Stage::Embed {
        let here = bench.address().fragment().unwrap_or_default();
        return html! {
            <a class="stage-open" aria-label={texts.open} href={location::plain_href(&here)} target="_blank" rel="noopener">
                <span class="open-words">{ texts.open }{ " " }</span><span aria-hidden="true">{ "↗" }</span>
            </a>
        };
    }
    let scene = bench.frame.as_ref().map_or(Scene::Code, |frame| look.state.scene(frame));
    let scene = (texts.scene)(scene);
    let shown = look.state.asks() && lecture.revealed && !lecture.outcome;
    let has_question = bench.course.lesson.is_some();
    html! {
        <div class="stage-tools">
            if has_question {
                <button type="button" class="btn ghost" aria-pressed={shown.to_string()} title={if shown { texts.hide_answer } else { texts.answer }}
                    onclick={present(Present::Reveal)}>{ texts.answer }</button>
            }
            <button type="button" class="btn ghost" aria-pressed={lecture.outcome.to_string()}
                title={if lecture.outcome { texts.hide_outcome } else { texts.outcome }}
                onclick={present(Present::Outcome)}>{ texts.outcome }</button>
            <button type="button" class="btn ghost" title={(texts.turn)(scene)} aria-label={(texts.turn)(scene)}
                onclick={present(Present::Turn(true))}>{ scene }</button>
            <button type="button" class="btn ghost speaker-open" title={i18n::speaker(look.state.lang).open}
                aria-label={i18n::speaker(look.state.lang).open} onclick={present(Present::Speaker)}>{ Icon::Notes.draw() }</button>
            { icon_button(texts.leave, Icon::Cross, "ghost", false, present(Present::Leave)) }
        </div>
    }
}

/// Where the run is. What is not to be seen yet has no mark here either.
fn scrubber(look: Look<'_>, bench: &Bench) -> Html {
    let Some(frame) = &bench.frame else { return html! { <div class="stage-scrub"></div> } };
    let (position, length) = (frame.position, frame.length);
    let percent = |step: u32| {
        let share = u64::from(step) * 1_000 / u64::from(length.max(1));
        format!("{}.{}%", share / 10, share % 10)
    };
    let dots = (1..).zip(&frame.steps).filter(|_| length <= DOTS).map(|(step, view)| {
        let step = step + frame.first;
        let later = (step > position).then_some("later");
        html! { <circle class={classes!("scrub-mark", hue(view.lane), later)} cx={percent(step)} cy="20" r="5"/> }
    });
    let stops = bench.stops().into_iter().map(|(_, step)| {
        html! { <svg x={percent(step)} y="0" overflow="visible"><path class="stage-tick" d="M-5 2h10l-5 7z"/></svg> }
    });
    let seen = look.state.lecture.outcome;
    let marks = scrub::marks(frame).into_iter().filter(|_| seen).map(|(step, sign)| {
        html! { <svg x={percent(step)} y="27" overflow="visible"><g transform="translate(-6)">{ signs::sign(sign, 0.0, 0.0) }</g></svg> }
    });
    let said = frame.step(position).map(|step| i18n::step_line(frame, step, look.state.lang));
    let said = format!("{}. {}", (look.texts.step_of)(position, length), said.unwrap_or_default());
    let oninput = look
        .send
        .reform(|event: InputEvent| Action::Seek(input::value(&event).parse().unwrap_or_default()));
    html! {
        <div class="stage-scrub">
            <svg width="100%" height="40" aria-hidden="true">
                <rect class="scrub-rail" x="0" y="17" width="100%" height="6" rx="3"/>
                <rect class="scrub-past" x="0" y="17" width={percent(position)} height="6" rx="3"/>
                <g>{ for dots }</g><g>{ for stops }</g><g>{ for marks }</g>
                <circle class="scrub-head" cx={percent(position)} cy="20" r="9"/>
            </svg>
            <input type="range" id="scrubber" min="0" max={length.to_string()} value={position.to_string()}
                disabled={length == 0} aria-label={look.texts.scrubber} aria-valuetext={said} {oninput}/>
        </div>
    }
}
