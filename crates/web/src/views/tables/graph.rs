//! Who waits for whom in a database, and who read what another has changed since, drawn and told.

use sim_core::session::{DatabaseView, Dependency, Frame};
use yew::prelude::*;

use super::{Look, names};
use crate::{draw::waits::Waits, i18n::TableTexts, views::waits as drawn};

/// So many of what was read and changed are told.
const TOLD: usize = 6;

/// Who waits for whom, once somebody does.
pub(super) fn waits(look: Look<'_>, texts: &TableTexts, frame: &Frame, one: &DatabaseView) -> Html {
    let picture = Waits::of_rows(one);
    if picture.edges.is_empty() {
        return html! {};
    }
    let circle: Vec<String> =
        one.circle.iter().chain(one.circle.first()).map(|lane| names(frame, &[*lane])).collect();
    html! {
        <div class={classes!("row-graph", (!circle.is_empty()).then_some("forever"))}>
            <h3>{ texts.circle }</h3>
            { draw(frame, &picture, texts.circle) }
            if !circle.is_empty() {
                <p class="small told-circle">{ look.texts.views.circle }{ " " }<strong>{ circle.join(" → ") }</strong></p>
            }
        </div>
    }
}

/// Who read what another has changed since.
pub(super) fn depends(_: Look<'_>, texts: &TableTexts, frame: &Frame, one: &DatabaseView) -> Html {
    if one.depends.is_empty() {
        return html! {};
    }
    let picture = Waits::of_reads(&one.depends, texts.somebody);
    let name = |lane: Option<u32>| {
        lane.map_or_else(|| texts.somebody.to_owned(), |lane| names(frame, &[lane]))
    };
    let told = one.depends.iter().take(TOLD).map(|one: &Dependency| {
        html! { <li>{ (texts.dependency)(&name(one.reader), &one.place, &name(one.writer)) }</li> }
    });
    html! {
        <div class={classes!("row-graph", "reads", (!picture.circle.is_empty()).then_some("forever"))}>
            <h3>{ texts.depends }</h3>
            { draw(frame, &picture, texts.depends) }
            <ul class="small">{ for told }</ul>
            if !picture.circle.is_empty() { <p class="small told-circle"><strong>{ texts.both_ways }</strong></p> }
        </div>
    }
}

fn draw(frame: &Frame, picture: &Waits, name: &'static str) -> Html {
    let size = format!("0 0 {:.0} {:.0}", picture.width, picture.height);
    html! {
        <svg viewBox={size} width={format!("{:.0}", picture.width)} height={format!("{:.0}", picture.height)} role="img" aria-label={name}>
            { for picture.edges.iter().map(drawn::edge) }
            { for picture.nodes.iter().map(|one| drawn::node(frame, one)) }
        </svg>
    }
}
