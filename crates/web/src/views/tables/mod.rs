//! Databases: open transactions with what they see, tables with the versions of their rows, who
//! waits for whom, and what keeps transactions from coming one after the other.

mod graph;
mod rows;

use sim_core::session::{DatabaseView, Frame, TransactionView};
use yew::prelude::*;

use super::Look;
use crate::{
    components::{hue, mark},
    i18n::{self, TableTexts, lane_name},
    model::Bench,
};

/// So many databases are drawn.
const SHOWN: usize = 3;

pub(super) fn panel(look: Look<'_>, bench: &Bench) -> Html {
    let Some(frame) = bench.frame.as_deref() else { return html! {} };
    if frame.databases.is_empty() {
        return html! {};
    }
    html! {
        <div class="card panel-tables">
            { for frame.databases.iter().take(SHOWN).map(|one| database(look, frame, one)) }
        </div>
    }
}

fn database(look: Look<'_>, frame: &Frame, one: &DatabaseView) -> Html {
    let texts = i18n::tables(look.state.lang);
    let level = one.isolation.word().replace('_', " ");
    let copies = (1..).zip(&one.copies).map(|(copy, lacks)| {
        let late = (*lacks > 0).then_some("late");
        html! { <li class={classes!("copy", late)}><span>{ (texts.replica)(copy) }</span>{ ": " }{ (texts.lacks)(*lacks) }</li> }
    });
    html! {
        <section class="database" aria-label={one.name.clone()} key={one.name.clone()}>
            <div class="card-head"><h2><code>{ &one.name }</code></h2><span class="chip">{ level }</span></div>
            if one.transactions.is_empty() {
                <p class="small muted quiet">{ texts.quiet }</p>
            } else {
                <ul class="transactions">
                    { for one.transactions.iter().map(|open| transaction(texts, frame, one, open)) }
                    if one.more > 0 { <li class="muted">{ (texts.more)(one.more) }</li> }
                </ul>
            }
            { for one.tables.iter().map(|table| rows::table(texts, frame, table)) }
            if !one.copies.is_empty() { <ul class="copies small">{ for copies }</ul> }
            { graph::waits(look, texts, frame, one) }
            { graph::depends(look, texts, frame, one) }
        </section>
    }
}

fn transaction(
    texts: &TableTexts,
    frame: &Frame,
    database: &DatabaseView,
    one: &TransactionView,
) -> Html {
    let mut words: Vec<String> = Vec::new();
    if one.level != database.isolation {
        words.push(one.level.word().replace('_', " "));
    }
    if one.alone {
        words.push(texts.alone.to_owned());
    }
    words.extend(one.copy.map(texts.replica));
    let sees = one.snapshot.map(|snapshot| snap(texts, snapshot));
    if sees.is_none() && one.copy.is_none() && !one.alone {
        words.push(texts.unfixed(one.level).to_owned());
    }
    if one.changed > 0 {
        words.push((texts.changed)(one.changed));
    }
    let circle = database.circle.contains(&one.lane).then_some("circle");
    let bad = if one.failed { Some(texts.failed) } else { one.doomed.then_some(texts.doomed) };
    html! {
        <li class={classes!("transaction", hue(one.lane), circle)} key={one.lane}>
            { sign(frame, one.lane) }
            <span>
                <strong>{ lane_name(frame, one.lane) }</strong>{ " " }
                { for sees }
                { " " }{ words.join(", ") }
                { for bad.map(|words| html! { <><span class="transaction-bad">{ " " }{ words }</span></> }) }
                { for one.waits.as_ref().map(|(place, holder)| html! {
                    <span class="transaction-waits">
                        { " " }{ (texts.waits)(place) }{ " " }
                        { for holder.map(|lane| html! { <>{ sign(frame, lane) }{ lane_name(frame, lane) }</> }) }
                    </span>
                }) }
            </span>
        </li>
    }
}

/// The sign of a snapshot: its colour and its number.
pub(super) fn snap(texts: &TableTexts, snapshot: u32) -> Html {
    html! { <span class={classes!("snap", snap_hue(snapshot))}>{ (texts.snapshot)(snapshot) }</span> }
}

/// The class that gives an element the colour of a snapshot.
pub(super) fn snap_hue(snapshot: u32) -> &'static str {
    ["snap-1", "snap-2", "snap-3", "snap-4", "snap-5"][snapshot as usize % 5]
}

/// The mark of a process, with its number.
fn sign(frame: &Frame, lane: u32) -> Html {
    let number = frame.lane(lane).and_then(|lane| lane.number);
    mark(lane, &number.map(|number| number.to_string()).unwrap_or_default())
}

/// Names in a row.
fn names(frame: &Frame, lanes: &[u32]) -> String {
    let names: Vec<String> = lanes.iter().map(|lane| lane_name(frame, *lane)).collect();
    names.join(", ")
}
