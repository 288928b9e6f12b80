//! What lies over the page or at its top: notices, remarks, the list of keys, faults.

use yew::prelude::*;

use super::{Look, rich, shelf};
use crate::{
    browser::input,
    components::{Look as Style, button},
    i18n,
    model::{
        Action, Stage,
        address::Trouble,
        shelf::ShelfAction,
        state::{Notice, Remark},
    },
};

/// Something to say at the top, until it is taken away.
pub(super) fn notice(look: Look<'_>) -> Html {
    let texts = look.texts;
    let Some(notice) = &look.state.notice else { return html! {} };
    let words = i18n::writing(look.state.lang);
    let said = match notice {
        Notice::BadLink(Trouble::TooLong) => texts.link_too_long.to_owned(),
        Notice::BadLink(Trouble::NoSuchPage) => texts.no_such_page.to_owned(),
        Notice::BadLink(Trouble::NoSuchLesson) => texts.no_such_lesson.to_owned(),
        Notice::BadLink(Trouble::NotKept) => words.not_kept.to_owned(),
        Notice::BadLink(Trouble::Newer) => texts.link_newer.to_owned(),
        Notice::BadLink(Trouble::Garbled) => texts.link_garbled.to_owned(),
        Notice::PicksDoNotFit(fitted) => (texts.picks_do_not_fit)(*fitted),
        Notice::SettingsDropped(names) => (texts.settings_dropped)(&names.join(", ")),
        Notice::TooLong => texts.moment_too_long.to_owned(),
        Notice::LessonChanged => i18n::links(look.state.lang).lesson_changed.to_owned(),
        Notice::LinkParts(parts) => (i18n::links(look.state.lang).parts)(parts),
        Notice::NoClipboard => texts.no_clipboard.to_owned(),
        Notice::Conflict(_) => texts.conflict.to_owned(),
        Notice::StudyFault(_) if look.state.bench.is_none() => return html! {},
        Notice::StudyFault(text) => (texts.study_fault)(text),
        Notice::LinkedText => texts.linked_text.to_owned(),
        Notice::ShelfConflict(_, theirs) => (words.shelf_conflict)(&theirs.name),
        Notice::ShelfRefused => words.refused.to_owned(),
        Notice::Taken(taken) => shelf::taken(look, taken),
        Notice::NotFormatted => words.not_formatted.to_owned(),
    };
    let shelf = |action| look.on(Action::Shelf(action));
    let choices = match notice {
        Notice::Conflict(_) => html! {
            <>
                { button(texts.take_theirs, Style::Plain, look.on(Action::TakeTheirs)) }
                { button(texts.keep_mine, Style::Plain, look.on(Action::KeepMine)) }
            </>
        },
        Notice::ShelfConflict(..) => html! {
            <>
                { button(words.keep_both, Style::Plain, shelf(ShelfAction::KeepBoth)) }
                { button(words.keep_mine, Style::Plain, shelf(ShelfAction::KeepMine)) }
                { button(words.take_theirs, Style::Plain, shelf(ShelfAction::TakeTheirs)) }
            </>
        },
        Notice::ShelfRefused if look.state.bench.is_some() => html! {
            <>
                { button(words.download, Style::Plain, shelf(ShelfAction::Download)) }
                { button(texts.understood, Style::Plain, look.on(Action::Dismiss)) }
            </>
        },
        _ => button(texts.understood, Style::Plain, look.on(Action::Dismiss)),
    };
    html! { <div class="notice" role="alert"><p>{ rich::ticked(&said) }</p><div class="notice-end">{ choices }</div></div> }
}

/// A remark that goes by itself. Spoken elsewhere.
pub(super) fn remark(look: Look<'_>) -> Html {
    let words = match look.state.remark {
        None => return html! {},
        Some(Remark::LinkCopied) => look.texts.link_copied,
        Some(Remark::TableCopied) => i18n::charts(look.state.lang).copied,
        Some(Remark::ChallengeDone) => look.texts.challenge_done,
        Some(Remark::ChallengeByClock) => look.texts.challenge_by_clock,
        Some(Remark::Saved) => i18n::writing(look.state.lang).saved,
        Some(Remark::CopySaved) => i18n::writing(look.state.lang).copy_saved,
    };
    html! { <div class="remark" aria-hidden="true">{ words }</div> }
}

/// The keys.
pub(super) fn keys(look: Look<'_>) -> Html {
    if !look.state.keys {
        return html! {};
    }
    let texts = look.texts;
    let words = i18n::account(look.state.lang);
    let rows = [
        (texts.key_space, texts.key_space_does),
        ("← →", texts.key_arrows_do),
        (texts.key_home_end, texts.key_home_end_does),
        ("1 – 9", texts.key_digits_do),
        ("n N", texts.views.key_mark),
        ("t", i18n::account(look.state.lang).title),
        ("w", crate::i18n::system(look.state.lang).why_help),
        ("+ −", texts.views.key_zoom),
        ("q", i18n::links(look.state.lang).key_code),
        ("p", i18n::present(look.state.lang).present_help),
        ("?", texts.key_question_does),
        ("Esc", texts.key_escape_does),
    ];
    html! {
        <div class="veil" onclick={look.on(Action::Keys(false))}>
            <div class="dialog" role="dialog" aria-modal="true" aria-labelledby="keys-title"
                onclick={|event: MouseEvent| event.stop_propagation()}>
                <h2 id="keys-title">{ texts.keys }</h2>
                <dl class="keys">
                    { for rows.map(|(key, does)| html! { <div><dt><kbd>{ key }</kbd></dt><dd>{ does }</dd></div> }) }
                </dl>
                if look.state.stage == Stage::Presenter { { lecture_keys(look) } }
                <p class="small muted">{ texts.keys_note }</p>
                <label class="keys-quiet switch">
                    <span>{ words.single }<span class="small muted">{ words.single_more }</span></span>
                    <input type="checkbox" role="switch" checked={!look.state.quiet_keys} onchange={look.send.reform(|event: Event| {
                        Action::QuietKeys(!input::is_checked(&event))
                    })}/>
                </label>
                <p class="dialog-end">
                    <button type="button" id="keys-close" class="btn primary" onclick={look.on(Action::Keys(false))}>{ texts.close }</button>
                </p>
            </div>
        </div>
    }
}

/// What keys do in a lecture.
fn lecture_keys(look: Look<'_>) -> Html {
    let texts = i18n::present(look.state.lang);
    let rows = texts.keys.iter().map(|(key, does)| {
        html! { <div><dt><kbd>{ *key }</kbd></dt><dd>{ *does }</dd></div> }
    });
    html! { <><h3>{ texts.keys_title }</h3><dl class="keys">{ for rows }</dl></> }
}

/// The simulator broke down: what it said, how to show it to somebody, and the way on.
pub(super) fn fault(look: Look<'_>) -> Html {
    let texts = look.texts;
    let Some(words) = look.state.shown_fault() else { return html! {} };
    let fragment = look.state.bench.as_ref().and_then(|bench| bench.address().fragment());
    let fragment = format!("#{}", fragment.as_ref().unwrap_or(&look.state.fragment));
    html! {
        <div class="veil">
            <div class="dialog fault" role="alertdialog" aria-modal="true" aria-labelledby="fault-title" aria-describedby="fault-words">
                <h2 id="fault-title">{ texts.fault_title }</h2>
                <p id="fault-words">{ texts.fault_words }</p>
                <pre tabindex="0">{ words }</pre>
                <p class="small">{ texts.fault_link }{ " " }<a href={fragment.clone()}>{ fragment.chars().take(90).collect::<String>() }</a></p>
                <p class="dialog-end">
                    { button(texts.copy_link, Style::Plain, look.on(Action::CopyLink)) }
                    <button type="button" id="fault-go-on" class="btn primary" onclick={look.on(Action::GoOn)}>{ texts.go_on }</button>
                </p>
            </div>
        </div>
    }
}
