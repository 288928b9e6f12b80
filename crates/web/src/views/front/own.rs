//! What the first page shows of the scenarios that somebody keeps here.

use yew::prelude::*;

use super::{Look, link};
use crate::{
    browser::timers,
    model::shelf::{Entry, draft_id},
};

/// How many of one's own the first page shows.
const FEW: usize = 3;

pub(super) fn few(look: Look<'_>) -> Html {
    let texts = look.texts;
    html! {
        <section aria-labelledby="mine-title" class="mine">
            <div class="mine-head">
                <h2 id="mine-title">{ texts.mine }</h2>
                { link(look, "/mine", html! { { texts.see_all } }, "btn ghost small") }
            </div>
            <ul class="lessons">
                { for look.kept.entries.iter().take(FEW).map(|entry| card(look, entry)) }
                <li>{ link(look, "/new", html! {
                    <>
                        <span class="lesson-title">{ texts.new_scenario }</span>
                        <span class="lesson-sentence">{ texts.new_sentence }</span>
                    </>
                }, "lesson begin") }</li>
            </ul>
        </section>
    }
}

fn card(look: Look<'_>, entry: &Entry) -> Html {
    let date = timers::day_and_hour(entry.changed, look.lang.tag());
    let inside = html! {
        <>
            <span class="lesson-title">{ &entry.name }</span>
            <span class="lesson-foot">
                { (look.texts.saved_at)(&date) }
                if look.kept.draft(&draft_id(&entry.id)).is_some() {
                    { " " }<span class="chip warn">{ look.texts.draft_kept }</span>
                }
            </span>
        </>
    };
    html! { <li key={entry.id.clone()}>{ link(look, &format!("/mine/{}", entry.id), inside, "lesson") }</li> }
}
