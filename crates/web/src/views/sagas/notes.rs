//! What a durable saga has written down, and where it went on behind it.

use sim_core::session::{SagaNoteKind, SagaState, SagaView};
use yew::prelude::*;

use super::{Look, link};
use crate::{
    draw::ladder::{Line, written},
    i18n::SagaTexts,
};

pub(super) fn notes(look: Look<'_>, texts: &SagaTexts, saga: &SagaView) -> Html {
    if saga.state == SagaState::Waiting {
        return html! {};
    }
    let heading = saga.id.as_ref().map_or(texts.notes.to_owned(), |name| (texts.notes_of)(name));
    let lines = written(saga);
    let name = |step: u32| saga.steps.get(step as usize).map_or("", |step| step.name.as_str());
    let rows = lines.iter().map(|(step, line)| {
        let (class, words) = match line {
            Line::Note(SagaNoteKind::Done(at)) => ("note done", (texts.noted)(name(*at), false)),
            Line::Note(SagaNoteKind::Undone(at)) => ("note undone", (texts.noted)(name(*at), true)),
            Line::Note(SagaNoteKind::Turned) => ("note turned", texts.turned.to_owned()),
            Line::Resumed => ("note resumed", texts.resumed.to_owned()),
        };
        let at = (look.texts.views.after_steps)(*step);
        let words = html! { <>{ words }<span class="mono muted">{ " " }{ at }</span></> };
        html! { <li>{ link(look, Some(*step), class, words) }</li> }
    });
    let nothing = match (&saga.id, lines.is_empty()) {
        (_, false) => None,
        (None, true) => Some(texts.not_durable),
        (Some(_), true) => Some(texts.no_notes),
    };
    html! {
        <section class="saga-notes" aria-label={heading.clone()}>
            <h3>{ heading }</h3>
            { for nothing.map(|words| html! { <p class="small muted">{ words }</p> }) }
            <ol>{ for rows }</ol>
        </section>
    }
}
