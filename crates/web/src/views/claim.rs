//! What came of a link that was opened: its steps while they are being taken, and whether they
//! gave the run that the link was made of.

use yew::prelude::*;

use super::Look;
use crate::{
    components::{Icon, Look as Style, button, icon_button},
    i18n,
    model::{Action, Bench, links::Verdict},
};

pub(super) fn claim(look: Look<'_>, bench: &Bench) -> Html {
    let words = i18n::links(look.state.lang);
    let linked = &bench.linked;
    if let Some(rest) = &linked.rest {
        let digits = |number: u32| i18n::number(u64::from(number), look.state.lang);
        return html! {
            <div class="claim open" role="note">
                <p>{ (words.taking)(&digits(bench.length()), &digits(rest.all)) }</p>
                { button(words.stop, Style::Plain, look.on(Action::StopLink)) }
            </div>
        };
    }
    let Some(claim) = &linked.claim else { return html! {} };
    let (class, sign) = match claim.verdict {
        Verdict::Open => ("open", "…"),
        Verdict::Stopped => ("note", "?"),
        Verdict::Holds => ("ok", "✓"),
        _ => ("bad", "✗"),
    };
    let said = (words.claim)(claim.verdict, claim.step);
    // What is wrong is told at once; what is right can wait.
    let role = if class == "bad" { "alert" } else { "note" };
    html! {
        <div class={classes!("claim", class)} {role}>
            <p>
                <span aria-hidden="true">{ sign }{ " " }</span><strong>{ said }</strong>{ " " }
                <code title={claim.fingerprint.clone()}>{ claim.fingerprint.chars().take(8).collect::<String>() }</code>{ ". " }
                { (words.claim_help)(claim.verdict) }
            </p>
            { icon_button(look.texts.understood, Icon::Cross, "ghost", false, look.on(Action::ClaimRead)) }
        </div>
    }
}
