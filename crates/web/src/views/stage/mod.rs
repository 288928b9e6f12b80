//! The moment alone: for a room, or inside another page. One view fills the stage; what is said of
//! the moment stands below it, and under that a bar tells where the run is.

mod band;
mod bar;
mod lanes;
mod values;

use sim_core::session::Frame;
use yew::prelude::*;

use super::{Look, charts, claim, dialogs, logs, sagas, system, tables, timeline};
use crate::{
    browser::location,
    draw::stage,
    i18n,
    model::{
        Action, Bench, Stage,
        present::{Present, Scene},
        update::bench_title,
    },
};

/// Room for the stage until it has been measured.
const ROOM: (u32, u32) = (1_212, 470);

/// Of two processes whose letters would be smaller than this one alone is shown.
const UNREAD: u32 = 18;

/// How high the line is that says how many more processes there are.
const MORE: u32 = 40;

pub(super) fn page(look: Look<'_>, bench: &Bench) -> Html {
    let embedded = look.state.stage == Stage::Embed;
    let scene = bench.frame.as_ref().map(|frame| look.state.scene(frame));
    let kind = match scene {
        Some(Scene::Code) | None => "of-code",
        Some(_) => "of-view",
    };
    let texts = i18n::present(look.state.lang);
    let slide = band::slide(look, bench);
    html! {
        <div class={classes!("stage-page", embedded.then_some("embedded"))}>
            <div class="notice-place">{ dialogs::notice(look) }{ claim::claim(look, bench) }{ refused(look) }</div>
            <div class="stage-under" inert={look.state.lecture.blank}>
                <main id="main" tabindex="-1" class={classes!("stage", kind)} aria-label={texts.stage}>
                    <h1 class="unseen">{ bench_title(bench, look.state.lang) }</h1>
                    { for slide.clone() }
                    { for bench.frame.as_ref().zip(scene).filter(|_| slide.is_none()).map(|(frame, scene)| fill(look, bench, frame, scene)) }
                    if bench.frame.is_none() { <p class="muted">{ look.texts.opening }</p> }
                </main>
                { band::band(look, bench) }
                { bar::bar(look, bench) }
            </div>
            { blank(look) }
        </div>
    }
}

/// The view that fills the stage.
fn fill(look: Look<'_>, bench: &Bench, frame: &Frame, scene: Scene) -> Html {
    let view = match scene {
        Scene::Code => return code(look, bench, frame),
        Scene::Timeline => timeline::panel(look, bench),
        Scene::System => html! { <>{ system::panel(look, bench) }{ logs::panel(look, bench) }</> },
        Scene::Charts => charts::panel(look, bench),
        Scene::Sagas => sagas::panel(look, bench),
        Scene::Tables => tables::panel(look, bench),
    };
    // A picture that fills its place is as large as it is told to be; all else as large as it fits.
    let (size, floor) = if scene == Scene::Timeline { ("170", "170") } else { ("260", "100") };
    let name = match scene {
        Scene::Timeline => "timeline",
        Scene::System => "system",
        Scene::Charts => "charts",
        Scene::Sagas => "sagas",
        _ => "tables",
    };
    html! {
        <div id="stage-fit" key={name} class={classes!("stage-view", format!("scene-{name}"))} data-fit="zoom" data-size={size} data-floor={floor}>{ view }</div>
    }
}

/// Processes with their values.
fn code(look: Look<'_>, bench: &Bench, frame: &Frame) -> Html {
    let mut shown = stage::lanes(frame);
    let room = look.state.lecture.room.unwrap_or(ROOM);
    let values = values::Values::of(look, frame, room);
    let plan = loop {
        let lines: Vec<stage::Lines> = shown.iter().map(|lane| stage::lines(lane)).collect();
        // How many there are besides stands below them.
        let rest = if shown.len() < frame.lanes.len() { MORE } else { 0 };
        let plan = stage::plan(&lines, values.wide(), (room.0, room.1.saturating_sub(rest)));
        // Fewer that can be read are better than more that cannot.
        let least = if room.0 < 420 || plan.size < UNREAD { 1 } else { 2 };
        if plan.size + 1 >= stage::READABLE || shown.len() <= least {
            break plan;
        }
        shown = stage::fewer(frame, &shown, shown.len() - 1);
    };
    // With two of them the values stand where both touch them: between.
    let place = match (plan.beside, plan.columns, shown.len()) {
        _ if values.is_empty() => "no-values",
        (true, 2, 2) => "values-between",
        (true, ..) => "values-beside",
        (false, ..) => "values-above",
    };
    let columns = ["", "of-1", "of-2", "of-3", "of-4", "of-5", "of-6"][plan.columns.min(6)];
    html! {
        <div id="stage-fit" key="code" class={classes!("stage-view", "code-stage", place, columns)}
            data-fit="type" data-size={plan.size.to_string()} data-floor={stage::SMALLEST.to_string()}>
            { lanes::lanes(look, bench, frame, &shown, plan) }
            { values.draw(look, frame, room, plan) }
        </div>
    }
}

/// The browser kept the speaker's window away; a link of one's own it does not.
fn refused(look: Look<'_>) -> Html {
    let lecture = &look.state.lecture;
    let Some(name) = lecture.name.as_ref().filter(|_| lecture.refused) else { return html! {} };
    let texts = i18n::speaker(look.state.lang);
    html! {
        <div class="notice" role="alert">
            <p>{ texts.refused }{ " " }<a href={location::speaker_href(name)} target="_blank">{ texts.link }</a></p>
        </div>
    }
}

/// Nothing at all, until somebody has had enough of it.
fn blank(look: Look<'_>) -> Html {
    if !look.state.lecture.blank {
        return html! {};
    }
    let words = i18n::present(look.state.lang).blank;
    html! {
        <button type="button" id="stage-blank" class="stage-blank" aria-label={words}
            onclick={look.on(Action::Present(Present::Blank))}></button>
    }
}
