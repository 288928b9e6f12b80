//! What the lesson says along a named schedule: one sentence, where the hand is.

use yew::prelude::*;

use super::{Look, rich};
use crate::{
    i18n,
    model::{
        Action, Bench,
        rhythm::{RhythmAction, stop_here},
    },
};

/// The sentence of this stop, or where the next one is, and the way on. It has its place all along
/// the schedule, so that nothing moves when a stop comes.
pub(super) fn bar(look: Look<'_>, bench: &Bench) -> Html {
    let stops = bench.stops();
    let (Some(frame), Some(words)) = (&bench.frame, bench.course.words(look.state.lang)) else {
        return html! {};
    };
    if stops.is_empty() {
        return html! {};
    }
    let texts = i18n::rhythm(look.state.lang);
    let here = stop_here(bench);
    let next = stops.iter().map(|(_, step)| *step).find(|step| *step > frame.position);
    let (chip, said) =
        match here.and_then(|(number, of, at)| Some((number, of, words.stops.get(at)?))) {
            Some((number, of, said)) => {
                let said = html! { <span class="told note">{ rich::inlines(said) }</span> };
                ((texts.stop)(number, of), said)
            }
            None => {
                let name = bench.schedule.as_deref().unwrap_or_default();
                let name = words.schedule(name).unwrap_or(name);
                (
                    next.map_or(texts.no_more.to_owned(), texts.next_stop),
                    html! { <span class="muted">{ name }</span> },
                )
            }
        };
    let again = frame.position >= frame.length;
    let at = frame.schedules.iter().position(|one| Some(&one.name) == bench.schedule.as_ref());
    let (press, name) = match at.filter(|_| again) {
        Some(at) => (Action::Rhythm(RhythmAction::Play(at as u32)), texts.again),
        None if bench.playing => (Action::Play, look.texts.pause),
        None => (Action::Play, texts.go_on),
    };
    let class = if here.is_some() { "stop-bar here" } else { "stop-bar" };
    html! {
        <div {class} role="group" aria-label={chip.clone()}>
            <span class="chip">{ chip.clone() }</span>
            <p class="stop-said">{ said }</p>
            <button type="button" class="btn small stop-on" onclick={look.on(press)}>{ name }</button>
        </div>
    }
}
