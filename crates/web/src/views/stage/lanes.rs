//! The processes on the stage.

use sim_core::session::{Frame, Lane, OfferKind};
use yew::prelude::*;

use super::super::{Look, lane};
use crate::{
    components::{hue, mark},
    draw::stage::{Plan, window},
    i18n::{self, lane_name},
    model::{Action, Bench},
};

/// All of them, so many side by side.
pub(super) fn lanes(
    look: Look<'_>,
    bench: &Bench,
    frame: &Frame,
    shown: &[&Lane],
    plan: Plan,
) -> Html {
    let more = frame.lanes.len() - shown.len() + frame.lanes_left_out as usize;
    html! {
        <div class="stage-lanes">
            { for shown.iter().map(|one| card(look, bench, frame, one, plan)) }
            if more > 0 {
                <p class="stage-more muted">{ (i18n::present(look.state.lang).more_lanes)(more) }</p>
            }
        </div>
    }
}

fn card(look: Look<'_>, bench: &Bench, frame: &Frame, one: &Lane, plan: Plan) -> Html {
    let name = lane_name(frame, one.id);
    let number = one.number.map(|number| number.to_string()).unwrap_or_default();
    let moved = frame.step(frame.position).is_some_and(|step| step.lane == one.id);
    let title = format!("lane-{}", one.id);
    let shown = plan.cut.map_or(0..one.code.len(), |most| window(&one.code, most));
    let (before, after) = (shown.start > 0, shown.end < one.code.len());
    let first = shown.start;
    let code = one.code[shown].iter().enumerate().map(|(at, line)| {
        let at = first + at;
        let starts = at > 0 && one.code[at - 1].routine != line.routine;
        html! {
            <div key={at}>
                if starts { <div class="routine">{ line.routine.clone().unwrap_or_default() }</div> }
                { lane::code_line(look, bench, frame, one, line) }
            </div>
        }
    });
    let cut = |more: bool| {
        if more {
            html! { <div class="cut" aria-hidden="true">{ "⋯" }</div> }
        } else {
            html! {}
        }
    };
    html! {
        <article class={classes!("lane", hue(one.id), moved.then_some("moved"))} aria-labelledby={title.clone()} key={one.id}>
            <div class="lane-head">
                { mark(one.id, &number) }
                <h2 id={title}>{ &name }</h2>
                { stands(look, frame, one) }
            </div>
            <div class="code" role="group" aria-label={(look.texts.code_of)(&name)}>
                { cut(before) }{ for code }{ cut(after) }
            </div>
            <div class="lane-foot">{ lane::facts(look, frame, one) }{ lane::locals(look, one) }</div>
        </article>
    }
}

/// How it stands, and the keys by which it moves.
fn stands(look: Look<'_>, frame: &Frame, one: &Lane) -> Html {
    let (class, said) = lane::state(look, frame, one);
    let mine =
        frame.offers.iter().filter(|offer| offer.lane == one.id && offer.kind == OfferKind::Step);
    let picks: Vec<u32> = mine.filter_map(|offer| offer.pick).collect();
    let Some(first) = picks.first() else { return html! { <span {class}>{ said }</span> } };
    html! {
        <span class="stage-picks">
            <button type="button" class={classes!(class, "stage-pick")} onclick={look.on(Action::Pick(*first))}>
                <kbd>{ first }</kbd><span>{ said }</span>
            </button>
            { for picks.iter().skip(1).map(|pick| html! {
                <button type="button" class="stage-pick chip" onclick={look.on(Action::Pick(*pick))}><kbd>{ pick }</kbd></button>
            }) }
        </span>
    }
}
