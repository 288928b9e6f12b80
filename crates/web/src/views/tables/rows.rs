//! A table: its rows by key, each with its versions from old to new, who sees which, who has it
//! locked and who waits for it.

use sim_core::session::{Frame, RowView, TableView, VersionView};
use yew::prelude::*;

use super::{names, sign};
use crate::{
    components::hue,
    i18n::{TableTexts, bare},
};

/// So many of those who see a version are drawn.
const SEEN: usize = 6;

pub(super) fn table(texts: &TableTexts, frame: &Frame, table: &TableView) -> Html {
    html! {
        // A long one scrolls, by key too.
        <div class="rows-place" tabindex="0" role="group" aria-label={table.name.clone()} key={table.name.clone()}>
            <table class="rows">
                <caption><code>{ &table.name }</code></caption>
                <thead><tr><th scope="col">{ texts.key }</th><th scope="col">{ texts.versions }</th><th scope="col">{ texts.held }</th></tr></thead>
                <tbody>
                    { for table.rows.iter().map(|one| row(texts, frame, one)) }
                    if table.rows.is_empty() { <tr><td class="muted" colspan="3">{ texts.empty }</td></tr> }
                    if table.more > 0 { <tr><td class="muted" colspan="3">{ (texts.more)(table.more) }</td></tr> }
                </tbody>
            </table>
        </div>
    }
}

fn row(texts: &TableTexts, frame: &Frame, row: &RowView) -> Html {
    let held = row.holder.map(|lane| {
        let said = (texts.locked)(&names(frame, &[lane]));
        html! {
            <span class="lock" title={said.clone()}>
                <svg width="11" height="13" viewBox="0 0 11 13" aria-hidden="true"><path d="M1.500 6h8v6h-8zM3 6V4a2.500 2.500 0 0 1 5 0v2"/></svg>
                { sign(frame, lane) }<span class="unseen">{ said }</span>
            </span>
        }
    });
    let waits = (!row.waiting.is_empty()).then(|| {
        let said = (texts.awaited)(&names(frame, &row.waiting));
        html! {
            <span class="row-waits" title={said.clone()}>
                <span aria-hidden="true">{ "‹ " }</span>{ marks(frame, &row.waiting) }<span class="unseen">{ said }</span>
            </span>
        }
    });
    html! {
        <tr key={row.key.clone()} class={(!row.waiting.is_empty()).then_some("awaited")}>
            <th scope="row">{ &row.key }</th>
            <td class="versions">{ for row.versions.iter().map(|one| version(texts, frame, one)) }</td>
            <td class="held">{ for held }{ for waits }</td>
        </tr>
    }
}

fn version(texts: &TableTexts, frame: &Frame, one: &VersionView) -> Html {
    let state = match one.by {
        Some(_) => "open",
        None if one.newest => "newest",
        None => "old",
    };
    let said = match one.by {
        Some(lane) => (texts.by)(&names(frame, &[lane])),
        None if one.seen.is_empty() => texts.unseen.to_owned(),
        None => (texts.seen)(&names(frame, &one.seen)),
    };
    let copies = one
        .copies
        .iter()
        .map(|copy| html! { <span class="copy-sign">{ (texts.replica)(*copy) }</span> });
    html! {
        <span class={classes!("version", state, one.by.map(hue))} title={said.clone()}>
            if one.value.is_empty() { <s class="version-gone">{ texts.gone }</s> } else { <span class="mono">{ bare(&one.value) }</span> }
            { marks(frame, &one.seen) }
            { for copies }
            <span class="unseen">{ ", " }{ said }</span>
        </span>
    }
}

fn marks(frame: &Frame, lanes: &[u32]) -> Html {
    let more = lanes.len().saturating_sub(SEEN);
    html! { <>
        { for lanes.iter().take(SEEN).map(|lane| sign(frame, *lane)) }
        if more > 0 { <span class="muted">{ format!("+{more}") }</span> }
    </> }
}
