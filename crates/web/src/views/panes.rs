//! The switch between the views of one moment.

use sim_core::session::Frame;
use yew::prelude::*;

use super::Look;
use crate::{
    i18n,
    model::{Bench, panes::Pane, viewing::View},
};

/// A button a view; on a phone the tabs do that.
pub(super) fn switch(look: Look<'_>, bench: &Bench) -> Html {
    let texts = i18n::system(look.state.lang);
    let shown = bench.view.panes(bench.frame.as_deref());
    let offered = Pane::ALL.into_iter().filter(|pane| pane.applies(bench.frame.as_deref()));
    let buttons = offered.map(|pane| {
        let on = shown.contains(&pane);
        let words = match pane {
            Pane::Code => texts.code,
            Pane::Timeline => look.texts.timeline,
            Pane::System => texts.system,
            Pane::Charts => i18n::charts(look.state.lang).charts,
            Pane::Words => i18n::account(look.state.lang).title,
            Pane::Sagas => i18n::sagas(look.state.lang).title,
        };
        html! {
            // With a key: one that comes later does not take over another's button under the pointer.
            <button type="button" key={pane.name()} class={classes!("seg-button", on.then_some("on"))} aria-pressed={on.to_string()}
                onclick={look.view(View::Pane(pane))}>{ words }</button>
        }
    });
    html! {
        <div class="panes">
            <div class="seg" role="group" aria-label={texts.views}>{ for buttons }</div>
            { now(look, bench.frame.as_deref()) }
        </div>
    }
}

/// Virtual time, where it passes.
fn now(look: Look<'_>, frame: Option<&Frame>) -> Html {
    match frame {
        Some(frame) if frame.now > 0 => {
            let said = i18n::span(frame.now, look.state.lang);
            html! { <span class="mono muted now-time">{ "t = " }{ said }</span> }
        }
        _ => html! { <span class="now-time"></span> },
    }
}

/// Whether a view is to be drawn: it is chosen, or a phone shows it.
pub(super) fn draws(bench: &Bench, pane: Pane) -> bool {
    bench.tab == pane.tab() || bench.view.panes(bench.frame.as_deref()).contains(&pane)
}

/// Classes that hide, on a page with room, what is drawn only for phones.
pub(super) fn hidden(bench: &Bench) -> Classes {
    let shown = bench.view.panes(bench.frame.as_deref());
    let off = |pane: Pane, class: &'static str| (!shown.contains(&pane)).then_some(class);
    classes!(
        off(Pane::Code, "no-code"),
        off(Pane::Timeline, "no-timeline"),
        off(Pane::System, "no-system"),
        off(Pane::Charts, "no-charts"),
        off(Pane::Sagas, "no-sagas"),
        off(Pane::Words, "no-words")
    )
}
