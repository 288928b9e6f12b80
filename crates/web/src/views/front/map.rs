//! The course: its themes, each with its lessons and what was done of them, and the search.

use lessons::{Listed, Theme};
use yew::prelude::*;

use super::{Look, link};
use crate::{
    browser::input,
    i18n,
    model::front::{FrontAction, marks::Marks, search},
};

pub(super) fn course(look: Look<'_>) -> Html {
    let texts = look.texts;
    let typed = look.front.search.trim();
    let all = lessons::listed();
    let found: Vec<&'static Listed> = all.iter().filter(|one| search::fits(one, typed)).collect();
    let mut katas: Vec<u32> = Vec::new();
    for kata in all.iter().filter_map(|lesson| lesson.kata) {
        if !katas.contains(&kata) {
            katas.push(kata);
        }
    }
    let themes = lessons::themes().iter().map(|theme| {
        let of_it = found.iter().copied().filter(|lesson| lesson.theme == theme.id);
        part(look, theme, of_it.collect())
    });
    html! {
        <section class="course" aria-labelledby="course">
            <div class="course-head">
                <h2 id="course" tabindex="-1">{ texts.course }</h2>
                <p class="muted">{ (texts.count)(all.len(), katas.len()) }</p>
                { field(look) }
            </div>
            if !typed.is_empty() {
                <p class="found">{ (texts.found)(found.len()) }</p>
            }
            if found.is_empty() {
                <div class="found-none">
                    <p>{ (texts.nothing_found)(typed) }</p>
                    <button type="button" class="btn" onclick={look.on(FrontAction::ShowAll)}>{ texts.clear }</button>
                </div>
            }
            { for themes }
        </section>
    }
}

fn field(look: Look<'_>) -> Html {
    let texts = look.texts;
    let oninput = look.send.reform(|event: InputEvent| FrontAction::Search(input::value(&event)));
    html! {
        <label class="search">
            <span class="unseen">{ texts.search }</span>
            <input type="search" id="search" autocomplete="off" maxlength={search::LETTERS.to_string()}
                placeholder={texts.search_example} value={look.front.search.clone()} {oninput}/>
        </label>
    }
}

fn part(look: Look<'_>, theme: &'static Theme, found: Vec<&'static Listed>) -> Html {
    if found.is_empty() {
        return html! {};
    }
    let words = theme.text(look.lang);
    html! {
        <section class="theme-part" key={theme.id}>
            <div>
                <h3 class="theme-name">{ words.name }</h3>
                <p class="small muted">{ words.line }</p>
            </div>
            <ul class="lessons">{ for found.into_iter().map(|lesson| card(look, lesson)) }</ul>
        </section>
    }
}

fn card(look: Look<'_>, lesson: &'static Listed) -> Html {
    let texts = look.texts;
    let words = lesson.text(look.lang);
    let marks = Marks::of(lesson, look.kept);
    let said = i18n::marks_said(marks, look.lang);
    let is_searched = !look.front.search.trim().is_empty();
    let mut facts = Vec::new();
    facts.extend(lesson.kata.map(|kata| format!("kata {kata}")));
    facts.push((texts.minutes)(lesson.minutes));
    if !said.is_empty() {
        facts.push(said);
    }
    if marks.done.0 > 0 && !marks.is_whole() {
        facts.push((texts.challenges_done)(marks.done.0, marks.done.1));
    }
    let inside = html! {
        <>
            <span class="lesson-title">{ words.title }</span>
            { ring(marks) }
            if is_searched { <span class="lesson-sentence">{ words.summary }</span> }
            <span class="lesson-foot">
                { facts.join(" · ") }
                if look.kept.draft(lesson.id).is_some() {
                    { " " }<span class="chip">{ texts.draft_kept }</span>
                }
            </span>
        </>
    };
    html! { <li key={lesson.id}>{ link(look, &format!("/lesson/{}", lesson.id), inside, "lesson") }</li> }
}

/// How much of it is done, as a ring. Its words stand beside it.
fn ring(marks: Marks) -> Html {
    let share = (marks.done.0 * 100).checked_div(marks.done.1).unwrap_or_default();
    html! {
        <svg class={if marks.is_whole() { "ring whole" } else { "ring" }} viewBox="0 0 22 22" aria-hidden="true">
            <circle class="ring-all" cx="11" cy="11" r="9"/>
            if marks.is_whole() {
                <path class="ring-check" d="M7 11l3 3 5-6"/>
            } else if share > 0 {
                <circle class="ring-done" cx="11" cy="11" r="9" pathLength="100"
                    stroke-dasharray={format!("{share} 100")} transform="rotate(-90 11 11)"/>
            } else if marks.predicted {
                <circle class="ring-dot" cx="11" cy="11" r="3"/>
            }
        </svg>
    }
}
