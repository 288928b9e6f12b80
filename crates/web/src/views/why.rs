//! Why a step came about: its chain of causes in plain words, each a place to jump to. At a broken
//! end the broken promise comes first.

use sim_core::session::{Broken, Frame, NodeKind, broken, why};
use yew::prelude::*;

use super::{Look, now, request};
use crate::{
    components::{Icon, hue, icon_button},
    i18n::{self, step_line},
    model::{Bench, viewing::View},
};

pub(super) fn panel(look: Look<'_>, bench: &Bench) -> Html {
    let (Some(frame), Some(asked)) = (bench.frame.as_deref(), bench.view.why) else {
        return html! {};
    };
    let step = asked.about(frame.position);
    let Some(view) = frame.step(step) else { return html! {} };
    let texts = i18n::system(look.state.lang);
    let lang = look.state.lang;
    let told = why(frame, step);
    let links = told.chain.iter().map(|because| {
        html! {
            <li key={because.step}>
                <span class="why-how">{ i18n::because(&because.how, lang) }</span>
                { self::step(look, frame, because.step) }
            </li>
        }
    });
    // At the end all that is broken counts; before it only what this step broke.
    let ends = frame.ending.is_some() && step == frame.position;
    let broken = broken(frame).into_iter().filter(|one| ends || one.step == step);
    html! {
        <section id="panel-why" class="card panel-why" aria-label={texts.why} tabindex="-1">
            <div class="card-head">
                <h2>{ texts.why }</h2>
                <span class="why-tools">
                    <button type="button" class={classes!("btn", "icon", "ghost", "small", "pin", asked.pinned.then_some("on"))} aria-label={texts.why_pin}
                        title={texts.why_pin} aria-pressed={asked.pinned.to_string()} onclick={look.view(View::WhyPin)}>{ Icon::Pin.draw() }</button>
                    { icon_button(texts.close, Icon::Cross, "ghost small", false, look.view(View::Why(None))) }
                </span>
            </div>
            { for broken.map(|one| promise(look, bench, frame, &one, step)) }
            <p class={classes!("why-asked", hue(view.lane))}>
                <span class="mono muted">{ step }</span>
                <strong>{ step_line(frame, view, lang) }</strong>
            </p>
            if frame.system.nodes.iter().any(|node| node.kind == NodeKind::Service) {
                <p class="request-of">{ request::open(look, step) }</p>
            }
            if told.chain.is_empty() && told.before.is_none() {
                <p class="small muted">{ texts.why_nothing }</p>
            }
            <ol class="why-chain">{ for links }</ol>
            if told.is_cut { <p class="small muted">{ texts.why_cut }</p> }
            if let Some(before) = told.before {
                <p class="why-how">{ texts.why_before }</p>
                { self::step(look, frame, before) }
            }
        </section>
    }
}

/// A broken promise: which, where, and who last changed what it speaks of.
fn promise(look: Look<'_>, bench: &Bench, frame: &Frame, one: &Broken, asked: u32) -> Html {
    let Some(promise) = frame.promises.get(one.promise) else { return html! {} };
    let texts = i18n::system(look.state.lang);
    let changes: Vec<u32> = one.changes.iter().copied().filter(|step| *step != asked).collect();
    let is_told = |at: &u32| *at == asked || *at == one.step || changes.contains(at);
    let mishaps: Vec<u32> = one.mishaps.iter().copied().filter(|at| !is_told(at)).collect();
    html! {
        <div class="why-broken">
            <p><strong>{ (texts.why_broken)(one.step) }</strong>{ " " }<code>{ &promise.condition }</code>{ now::promise_words(look, bench, promise) }</p>
            if one.step != asked { { step(look, frame, one.step) } }
            if !changes.is_empty() {
                <p class="why-how">{ texts.why_changed }</p>
                { for changes.iter().map(|at| step(look, frame, *at)) }
            }
            if !mishaps.is_empty() {
                <p class="why-how">{ texts.why_mishaps }</p>
                { for mishaps.iter().map(|at| step(look, frame, *at)) }
            }
        </div>
    }
}

fn step(look: Look<'_>, frame: &Frame, step: u32) -> Html {
    let Some(view) = frame.step(step) else { return html! {} };
    let here = (frame.position == step).then_some("here");
    html! {
        <button type="button" class={classes!("change", "why-step", hue(view.lane), here)} onclick={look.view(View::WhyLink(step))}>
            <span class="mono muted">{ step }</span>
            <span>{ step_line(frame, view, look.state.lang) }</span>
        </button>
    }
}

/// Asks why the last step came about.
pub(super) fn ask(look: Look<'_>, frame: &Frame) -> Html {
    if frame.step(frame.position).is_none() {
        return html! {};
    }
    let texts = i18n::system(look.state.lang);
    html! {
        <button type="button" class="btn small why-ask" title={texts.why_help} onclick={look.view(View::Why(Some(frame.position)))}>
            { texts.why }{ " " }<kbd>{ "w" }</kbd>
        </button>
    }
}
