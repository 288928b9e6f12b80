//! Sharing a moment: the dialog, and its code for phones across the whole screen.

use yew::prelude::*;

use super::{Look, rich};
use crate::{
    browser::input,
    components::{Look as Style, button, segments},
    i18n::{self, LinkTexts},
    model::{
        Action, Stage,
        address::FRAGMENT_BYTES,
        share::{ACROSS_A_ROOM, EVERYWHERE, Share, ShareAction, Shared, shared},
        state::Notice,
    },
    protocol::Code,
};

/// Light squares around a code, without which nobody finds it.
const QUIET: u32 = 4;

/// What can be shared, over the page.
pub(super) fn share(look: Look<'_>) -> Html {
    let Some(share) = &look.state.share else { return html! {} };
    let shared = shared(look.state);
    if share.fills { full(look, share, shared.as_ref()) } else { dialog(look, share, shared) }
}

fn on<E: 'static>(look: Look<'_>, action: ShareAction) -> Callback<E> {
    look.on(Action::Share(action))
}

fn dialog(look: Look<'_>, share: &Share, shared: Option<Shared>) -> Html {
    let words = i18n::links(look.state.lang);
    let lags = look.state.bench.as_ref().is_some_and(|bench| bench.is_stale());
    html! {
        <div class="veil" onclick={on(look, ShareAction::Close)}>
            <div class="dialog share-dialog" role="dialog" aria-modal="true" aria-labelledby="share-title"
                onclick={|event: MouseEvent| event.stop_propagation()}>
                <h2 id="share-title">{ words.title }</h2>
                <div class="share-all">
                    <div class="share-words">
                        { choices(look, share, words) }
                        if lags { <p class="told note">{ words.lags }</p> }
                        { text(look, share, shared.as_ref(), words) }
                    </div>
                    if share.stage != Stage::Embed { { preview(look, share, shared.as_ref(), words) } }
                </div>
                <p class="dialog-end">
                    { button(look.texts.close, Style::Plain, on(look, ShareAction::Close)) }
                </p>
            </div>
        </div>
    }
}

fn choices(look: Look<'_>, share: &Share, words: &'static LinkTexts) -> Html {
    let act = look.send.reform(Action::Share);
    let what = [(false, words.moment), (true, words.start)].map(|(start, said)| {
        (ShareAction::FromStart(start), said.into(), share.from_start == start)
    });
    let stages = [
        (Stage::Workbench, words.workbench),
        (Stage::Presenter, words.presenter),
        (Stage::Embed, words.embed),
    ];
    let stages =
        stages.map(|(stage, said)| (ShareAction::Stage(stage), said.into(), share.stage == stage));
    html! {
        <>
            <div class="share-row"><span>{ words.what }</span>{ segments(words.what, what.to_vec(), &act) }</div>
            <div class="share-row"><span>{ words.opens }</span>{ segments(words.opens, stages.to_vec(), &act) }</div>
            { switch(look, "share-lang", words.fix_lang, share.fixes_lang, ShareAction::FixLang) }
            if !share.from_start {
                { switch(look, "share-prove", words.prove, share.proves, ShareAction::Prove) }
                if share.proves { <p class="small muted">{ rich::ticked(words.prove_help) }</p> }
            }
        </>
    }
}

fn switch(
    look: Look<'_>,
    id: &'static str,
    words: &'static str,
    on: bool,
    action: fn(bool) -> ShareAction,
) -> Html {
    let onchange = look.on::<Event>(Action::Share(action(!on)));
    html! {
        <div class="share-switch">
            <input type="checkbox" role="switch" {id} checked={on} {onchange}/>
            <label for={id}>{ words }</label>
        </div>
    }
}

/// The link or the frame, how long it is, and what can be done with it.
fn text(look: Look<'_>, share: &Share, shared: Option<&Shared>, words: &'static LinkTexts) -> Html {
    let embeds = share.stage == Stage::Embed;
    let Some(shared) = shared else {
        return html! { <><p class="told note">{ words.too_many }</p>{ save(look, words, true) }</> };
    };
    let digits = |number: usize| i18n::number(number as u64, look.state.lang);
    let size = (words.size)(&digits(shared.bytes), &digits(FRAGMENT_BYTES));
    let (class, said) = match shared.bytes {
        bytes if bytes > FRAGMENT_BYTES => ("bad", words.size_too_large),
        // Another page takes a link of any such length.
        _ if embeds => ("ok", ""),
        bytes if bytes > EVERYWHERE => ("note", words.size_large),
        _ => ("ok", words.size_small),
    };
    let fits = shared.fits();
    let refused = matches!(look.state.notice, Some(Notice::NoClipboard));
    let (name, copy) =
        if embeds { (words.frame, words.copy_frame) } else { (words.link, words.copy) };
    let value = shared.clone().text();
    // As much of the bar as of what a link may have.
    let part = (shared.bytes * 200 / FRAGMENT_BYTES).clamp(2, 200);
    html! {
        <>
            if fits {
                <label class="share-label" for="share-text">{ name }</label>
                <div class="share-link">
                    <input id="share-text" class="mono" readonly=true {value} onfocus={|event: FocusEvent| input::select(&event)}/>
                    <button type="button" id="share-copy" class="btn primary" onclick={on(look, ShareAction::Copy)}>{ copy }</button>
                </div>
                if refused { <p class="told note">{ words.copy_by_hand }</p> }
            }
            <div class={classes!("share-size", class)}>
                <svg width="200" height="8" aria-hidden="true"><rect class="share-rail" width="200" height="8" rx="4"/><rect class="share-part" width={part.to_string()} height="8" rx="4"/></svg>
                <span class="mono small">{ size }</span>
                <span class="small">{ said }</span>
            </div>
            { save(look, words, !fits) }
        </>
    }
}

fn save(look: Look<'_>, words: &'static LinkTexts, only: bool) -> Html {
    let (id, style) = if only { ("share-copy", "btn primary") } else { ("share-save", "btn") };
    html! {
        <p class="share-save">
            <button type="button" {id} class={style} onclick={on(look, ShareAction::Save)}>{ words.save }</button>
            <span class="small muted">{ words.save_help }</span>
        </p>
    }
}

/// The code as it will fill the screen, small.
fn preview(
    look: Look<'_>,
    share: &Share,
    shared: Option<&Shared>,
    words: &'static LinkTexts,
) -> Html {
    html! {
        <div class="share-code">
            { picture(share, shared, words) }
            if matches!(&share.code, Some(Some(_))) {
                <button type="button" id="share-fill" class="btn" aria-keyshortcuts="q" onclick={on(look, ShareAction::Fill)}>
                    { words.fill }{ " " }<kbd>{ "q" }</kbd>
                </button>
            }
        </div>
    }
}

/// The code, black on white whatever the theme: some phones read nothing else.
fn picture(share: &Share, shared: Option<&Shared>, words: &'static LinkTexts) -> Html {
    match (&share.code, shared) {
        (Some(Some(code)), Some(shared)) => squares(code, &(words.code_of)(&shared.link)),
        (None, Some(_)) => html! { <p class="small muted">{ words.code_comes }</p> },
        _ => html! { <p class="small told note">{ words.code_too_long }</p> },
    }
}

fn squares(code: &Code, name: &str) -> Html {
    let side = (code.side + 2 * QUIET).to_string();
    let quiet = QUIET.to_string();
    html! {
        <svg class="code" role="img" aria-label={name.to_owned()} viewBox={["0 0 ", &side, " ", &side].concat()} shape-rendering="crispEdges">
            <rect width={side.clone()} height={side} fill="#fff"/>
            <path transform={["translate(", &quiet, " ", &quiet, ")"].concat()} fill="#000" d={code.path.clone()}/>
        </svg>
    }
}

/// The code for a whole room.
fn full(look: Look<'_>, share: &Share, shared: Option<&Shared>) -> Html {
    let words = i18n::links(look.state.lang);
    let length = shared.map_or(0, |shared| shared.link.len());
    let has_moment = look.state.bench.as_ref().is_some_and(|bench| bench.position() > 0);
    let is_long = length > ACROSS_A_ROOM || !matches!(&share.code, Some(Some(_)) | None);
    let other = if share.from_start { words.code_moment } else { words.code_shorter };
    html! {
        <div class="code-full" role="dialog" aria-modal="true" aria-label={words.code}>
            { picture(share, shared, words) }
            if is_long && !share.from_start && matches!(&share.code, Some(Some(_))) {
                <p class="code-note">{ words.code_dense }</p>
            }
            <p class="code-link mono">{ shared.map(|shared| shared.link.clone()) }</p>
            <p class="code-end">
                if has_moment && (is_long || share.from_start) {
                    { button(other, Style::Plain, on(look, ShareAction::FromStart(!share.from_start))) }
                }
                <button type="button" id="code-close" class="btn" onclick={on(look, ShareAction::Close)}>{ look.texts.close }{ " " }<kbd>{ "Esc" }</kbd></button>
            </p>
        </div>
    }
}
