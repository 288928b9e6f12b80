//! Every measure under its dotted name, found by a part of it.

use yew::prelude::*;

use super::Look;
use crate::{
    browser::input,
    i18n,
    model::{Action, Bench, charts::ChartAction},
    protocol::Measured,
};

/// So many rows at once; more are found by searching.
const ROWS: usize = 120;

pub(super) fn measures(look: Look<'_>, bench: &Bench, measured: &Measured) -> Html {
    let (lang, texts) = (look.state.lang, i18n::charts(look.state.lang));
    let act = |action| look.on(Action::Chart(action));
    let open = !bench.charts.folded;
    let search = bench.charts.search.trim().to_ascii_lowercase();
    let found: Vec<_> = if open {
        let all = measured.view.figures().into_iter();
        all.filter(|(name, _)| name.to_ascii_lowercase().contains(&search)).collect()
    } else {
        Vec::new()
    };
    let more = found.len().saturating_sub(ROWS);
    let rows = found.iter().take(ROWS).map(|(name, figure)| {
        html! { <tr><th scope="row"><code>{ name }</code></th><td class="mono">{ i18n::figure(*figure, lang) }</td></tr> }
    });
    let oninput = look
        .send
        .reform(|event: InputEvent| Action::Chart(ChartAction::Search(input::value(&event))));
    html! {
        <section class="measures">
            <div class="card-head">
                <h3><button type="button" class="btn ghost" aria-expanded={open.to_string()}
                    onclick={act(ChartAction::Table)}>{ texts.all_measures }</button></h3>
                <button type="button" class="btn small" onclick={act(ChartAction::Copy)}>{ texts.copy }</button>
            </div>
            if open {
                <input type="search" class="measures-search" placeholder={texts.search} aria-label={texts.search}
                    value={bench.charts.search.clone()} {oninput}/>
                if found.is_empty() {
                    <p class="small muted">{ texts.none_found }</p>
                } else {
                    <table class="small">
                        <caption class="unseen">{ texts.all_measures }</caption>
                        <thead class="unseen"><tr><th scope="col">{ texts.measure }</th><th scope="col">{ texts.value }</th></tr></thead>
                        <tbody>{ for rows }</tbody>
                    </table>
                }
                if more > 0 { <p class="small muted">{ (texts.more)(more) }</p> }
            }
        </section>
    }
}
