//! The scenarios kept on this device, what a new one can begin with, and the question for a name.

use yew::prelude::*;

use super::{Look, dialogs, home};
use crate::{
    browser::{files, input, timers},
    components::{Look as Style, button},
    i18n, keeping,
    model::{
        Action, course,
        files::{FILE_BYTES, Trouble},
        shelf::{Entry, ShelfAction, Taken, draft_id},
        templates,
        update::bench_title,
    },
};

/// The page of what is kept.
pub(super) fn mine(look: Look<'_>) -> Html {
    let words = i18n::writing(look.state.lang);
    let kept = &look.state.kept;
    let drafts = unnamed(look);
    let is_empty = kept.entries.is_empty() && drafts.is_empty();
    page(
        look,
        "/mine",
        html! {
            <>
                <div class="shelf-head">
                    <div>
                        <h1>{ words.shelf }</h1>
                        <p class="muted">{ words.shelf_intro }</p>
                    </div>
                    <p class="shelf-go">
                        { home::link(look, "/new", html! { { words.new_scenario } }, "btn primary") }
                        { import(look) }
                        if !kept.entries.is_empty() {
                            { button(words.download_all, Style::Plain, look.on(Action::Shelf(ShelfAction::DownloadAll))) }
                        }
                    </p>
                </div>
                { gone(look) }
                if is_empty {
                    <p class="shelf-empty">{ words.empty_shelf }</p>
                } else {
                    <ul class="shelf">
                        { for kept.entries.iter().map(|entry| row(look, entry)) }
                        { for drafts.iter().map(|course| draft_row(look, course)) }
                    </ul>
                }
            </>
        },
    )
}

fn page(look: Look<'_>, here: &str, inside: Html) -> Html {
    html! {
        <div class="app home shelf-page">
            { home::top(look, here) }
            { dialogs::notice(look) }
            <main id="main" tabindex="-1">{ inside }</main>
            { home::footer(look) }
        </div>
    }
}

/// Drafts of templates that have no name yet.
fn unnamed(look: Look<'_>) -> Vec<course::Course> {
    let has_draft = |course: &course::Course| look.state.kept.draft(course.id).is_some();
    let all = templates::ALL.iter().map(|one| course::of_template(one, look.state.lang));
    all.filter(has_draft).collect()
}

fn row(look: Look<'_>, entry: &Entry) -> Html {
    let words = i18n::writing(look.state.lang);
    let date = timers::day_and_hour(entry.changed, look.state.lang.tag());
    let act = |action| look.on::<MouseEvent>(Action::Shelf(action));
    let id = || entry.id.clone();
    let inside = html! {
        <>
            <span class="shelf-name">{ &entry.name }</span>
            <span class="small muted">{ (words.saved_at)(&date) }</span>
        </>
    };
    html! {
        <li class="shelf-row" key={entry.id.clone()}>
            { home::link(look, &format!("/mine/{}", entry.id), inside, "shelf-link") }
            if look.state.kept.draft(&draft_id(&entry.id)).is_some() {
                <span class="chip warn">{ words.unsaved }</span>
            }
            <span class="shelf-tools">
                { tool(words.rename, &entry.name, act(ShelfAction::Rename(id()))) }
                { tool(words.duplicate, &entry.name, act(ShelfAction::Duplicate(id()))) }
                { tool(words.download, &entry.name, act(ShelfAction::DownloadOne(id()))) }
                { tool(words.delete, &entry.name, act(ShelfAction::Delete(id()))) }
            </span>
        </li>
    }
}

fn draft_row(look: Look<'_>, course: &course::Course) -> Html {
    let words = i18n::writing(look.state.lang);
    let (name, _) = i18n::template(course.id, look.state.lang);
    let id = course.id.to_owned();
    let inside = html! {
        <>
            <span class="shelf-name">{ name }</span>
            <span class="small muted">{ words.unnamed }</span>
        </>
    };
    html! {
        <li class="shelf-row" key={course.id}>
            { home::link(look, &crate::model::address::path_of(course.id), inside, "shelf-link") }
            <span class="shelf-tools">
                { tool(words.delete, name, look.on(Action::Shelf(ShelfAction::DeleteDraft(id)))) }
            </span>
        </li>
    }
}

/// A button of a row; its name says of which.
fn tool(words: &'static str, of: &str, press: Callback<MouseEvent>) -> Html {
    html! {
        <button type="button" class="btn ghost small" aria-label={format!("{words}: {of}")} onclick={press}>{ words }</button>
    }
}

fn gone(look: Look<'_>) -> Html {
    let words = i18n::writing(look.state.lang);
    let Some(gone) = &look.state.gone else { return html! {} };
    let said = match &gone.entry {
        Some(entry) => (words.deleted)(&entry.name),
        None => words.draft_deleted.to_owned(),
    };
    html! {
        <p class="told gone">
            <span>{ said }</span>
            <button type="button" id="undo-delete" class="btn" onclick={look.on(Action::Shelf(ShelfAction::Undo))}>{ words.undo }</button>
        </p>
    }
}

/// A button that takes files in.
pub(super) fn import(look: Look<'_>) -> Html {
    let words = i18n::writing(look.state.lang);
    let send = look.send.clone();
    let onchange = Callback::from(move |event: Event| {
        let send = send.clone();
        files::chosen(&event, FILE_BYTES, move |read| send.emit(keeping::files(read)));
    });
    html! {
        <>
            <input type="file" id="import" class="unseen" tabindex="-1" aria-hidden="true" multiple=true
                accept=".lockstep,.txt,.json,text/plain,application/json" {onchange}/>
            <button type="button" class="btn" title={words.import_help}
                onclick={|_: MouseEvent| files::choose("import")}>{ words.import }</button>
        </>
    }
}

/// What came of taking files in.
pub(super) fn taken(look: Look<'_>, taken: &Taken) -> String {
    let words = i18n::writing(look.state.lang);
    let mut said = Vec::new();
    if taken.new + taken.same > 0 || taken.refused.is_empty() {
        said.push((words.taken)(taken.new, taken.same));
    }
    let refused = taken.refused.iter().map(|(name, trouble)| {
        let why = match trouble {
            Trouble::TooLarge => words.file_too_large,
            Trouble::NotText => words.file_not_text,
            Trouble::NotUtf8 => words.file_not_utf8,
            Trouble::NotOurs => words.file_not_ours,
            Trouble::Unreadable => words.file_unreadable,
        };
        format!("{name} {why}")
    });
    let refused: Vec<String> = refused.collect();
    if !refused.is_empty() {
        said.push(format!("{} {}.", words.bad_file, refused.join("; ")));
    }
    said.join(" ")
}

/// The page of templates.
pub(super) fn new(look: Look<'_>) -> Html {
    let words = i18n::writing(look.state.lang);
    let cards = templates::ALL.iter().map(|template| {
        let (name, sentence) = i18n::template(template.course, look.state.lang);
        let inside = html! {
            <>
                <span class="lesson-title">{ name }</span>
                <span class="lesson-sentence">{ sentence }</span>
                <span class="lesson-foot">
                    if template.breaks {
                        <span class="chip bad">{ words.can_break }</span>
                    } else {
                        <span class="chip ok">{ words.never_breaks }</span>
                    }
                    if look.state.kept.draft(template.course).is_some() {
                        <span class="chip">{ look.texts.draft_kept }</span>
                    }
                </span>
            </>
        };
        let path = crate::model::address::path_of(template.course);
        html! { <li>{ home::link(look, &path, inside, "lesson") }</li> }
    });
    page(
        look,
        "/new",
        html! {
            <>
                <div class="shelf-head">
                    <div>
                        <h1>{ words.new_title }</h1>
                        <p class="muted">{ words.new_intro }</p>
                    </div>
                    <p class="shelf-go">
                        { import(look) }
                        { home::link(look, "/mine", html! { { words.shelf } }, "btn") }
                    </p>
                </div>
                <ul class="lessons templates">{ for cards }</ul>
            </>
        },
    )
}

/// Asks for a name.
pub(super) fn naming(look: Look<'_>) -> Html {
    let Some(naming) = &look.state.naming else { return html! {} };
    let words = i18n::writing(look.state.lang);
    let act = |action| look.on::<MouseEvent>(Action::Shelf(action));
    let oninput = look
        .send
        .reform(|event: InputEvent| Action::Shelf(ShelfAction::NameTyped(input::value(&event))));
    let onsubmit = look.send.reform(|event: SubmitEvent| {
        event.prevent_default();
        Action::Shelf(ShelfAction::NameDone)
    });
    let about = look.state.bench.as_ref().filter(|_| naming.id.is_none());
    html! {
        <div class="veil" onclick={act(ShelfAction::NameCancel)}>
            <div class="dialog" role="dialog" aria-modal="true" aria-labelledby="name-title"
                onclick={|event: MouseEvent| event.stop_propagation()}><form {onsubmit}>
                <h2 id="name-title">{ if naming.id.is_some() { words.rename } else { words.name_it } }</h2>
                <label class="name-field">
                    <span>{ words.name }</span>
                    <input type="text" id="name-field" maxlength="80" autocomplete="off" required=true
                        value={naming.name.clone()} {oninput}/>
                </label>
                { for about.map(|bench| html! {
                    <p class="small muted">{ bench_title(bench, look.state.lang) }{ " · " }{ words.shelf_intro }</p>
                }) }
                <p class="dialog-end">
                    { button(words.cancel, Style::Plain, act(ShelfAction::NameCancel)) }
                    <button type="submit" class="btn primary">{ words.save }</button>
                </p>
            </form></div>
        </div>
    }
}
