//! A page of words: the glossary, what is modelled, for teachers.

use lessons::PageSection;
use yew::prelude::*;

use super::{Look, link, rich};
use crate::model::front::{FrontAction, Place};

pub(super) fn words(look: Look<'_>) -> Html {
    let Some(page) = look.front.page() else { return coming(look) };
    let words = page.text(look.lang);
    let term = match &look.front.place {
        Place::Glossary(term) => term.as_deref(),
        _ => None,
    };
    let is_glossary = matches!(look.front.place, Place::Glossary(_));
    let found = term.and_then(|term| words.sections.iter().find(|section| section.id == term));
    let sections: Vec<&PageSection> = match found {
        Some(found) => vec![found],
        None => words.sections.iter().collect(),
    };
    html! {
        <article class={if is_glossary { "front-page glossary" } else { "front-page" }}>
            <h1>{ words.title }</h1>
            if let Some(section) = found {
                { one(look, section) }
                <p>{ link(look, "/glossary", html! { { look.texts.all_terms } }, "btn") }</p>
            } else {
                if term.is_some() { <p class="told note">{ look.texts.no_such_term }</p> }
                <div class="prose">{ rich::blocks(words.intro) }</div>
                if is_glossary { { contents(look, &sections) } }
                { for sections.into_iter().map(|section| one(look, section)) }
            }
        </article>
    }
}

/// All terms, to jump to.
fn contents(look: Look<'_>, sections: &[&PageSection]) -> Html {
    let entries = sections.iter().map(|section| {
        html! { <li>{ link(look, &format!("/glossary/{}", section.id), html! { { section.name } }, "") }</li> }
    });
    html! { <nav aria-label={look.texts.all_terms}><ul class="terms">{ for entries }</ul></nav> }
}

fn one(look: Look<'_>, section: &PageSection) -> Html {
    let lessons = section.lessons.iter().filter_map(|id| {
        let lesson = lessons::listed().iter().find(|lesson| lesson.id == *id)?;
        let title = html! { { lesson.text(look.lang).title } };
        Some(html! { <li>{ link(look, &format!("/lesson/{}", lesson.id), title, "") }</li> })
    });
    html! {
        <section class="words-part" key={section.id}>
            <h2>{ section.name }</h2>
            <div class="prose">{ rich::blocks(section.words) }</div>
            if !section.lessons.is_empty() {
                <div class="in-lessons"><span class="muted">{ look.texts.in_lessons }</span><ul>{ for lessons }</ul></div>
            }
        </section>
    }
}

/// The page is on its way, or why it does not come.
fn coming(look: Look<'_>) -> Html {
    let texts = look.texts;
    match &look.front.trouble {
        None => html! { <p role="status">{ texts.coming }</p> },
        Some(why) => html! {
            <div role="alert">
                <p>{ if why.is_empty() { texts.unreadable.to_owned() } else { (texts.lost)(why) } }</p>
                <p class="hero-go">
                    <button type="button" class="btn primary" onclick={look.on(FrontAction::Again)}>{ texts.again }</button>
                </p>
            </div>
        },
    }
}
