//! The keys of the editor.

use yew::prelude::*;

use super::super::Look;
use crate::{
    components::{Look as Style, button},
    i18n,
    model::{Action, Bench, writing::WriteAction},
};

pub(super) fn help(look: Look<'_>, bench: &Bench) -> Html {
    if !bench.writing.helping {
        return html! {};
    }
    let texts = i18n::writing(look.state.lang);
    let rows = [
        ("Ctrl+Space", texts.key_suggest),
        ("Ctrl+I · F1", texts.key_explain),
        ("Tab · Shift+Tab", texts.key_indent),
        ("Ctrl+/", texts.key_remark),
        ("Shift+Alt+F", texts.key_format),
        ("Ctrl+Shift+[", texts.key_fold),
        ("Ctrl+S", texts.key_save),
        ("Esc, Tab", texts.key_leave),
    ];
    html! {
        <section class="editor-help" id="editor-help" tabindex="-1" aria-label={texts.editor_keys}>
            <dl>{ for rows.map(|(key, does)| html! { <div><dt><kbd>{ key }</kbd></dt><dd>{ does }</dd></div> }) }</dl>
            { button(texts.close_help, Style::Plain, look.on(Action::Write(WriteAction::Help))) }
        </section>
    }
}
