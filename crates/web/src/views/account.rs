//! The moment and the run in words.

use yew::prelude::*;

use super::Look;
use crate::{
    components::{Look as Style, button},
    i18n,
    model::{Action, Bench, account, rhythm::RhythmAction},
};

/// The panel.
pub(super) fn panel(look: Look<'_>, bench: &Bench) -> Html {
    let Some(frame) = &bench.frame else { return html! {} };
    let lang = look.state.lang;
    let texts = i18n::account(lang);
    let parts = account::moment(bench, frame, lang);
    let parts = parts.iter().map(|part| {
        html! {
            <section>
                <h3>{ part.title }</h3>
                <ul class="account-lines">{ for part.lines.iter().map(|line| html! { <li>{ line }</li> }) }</ul>
            </section>
        }
    });
    let (from, to) = account::window(frame);
    let turns = account::turns(frame, (from, to), lang);
    let step = |(number, did): &(u32, String)| {
        let here = *number == frame.position;
        let class = if *number > frame.position { "account-step later" } else { "account-step" };
        html! {
            <li key={*number}>
                <button type="button" {class} aria-current={here.then_some("step")} onclick={look.on(Action::Seek(*number))}>
                    <span class="mono">{ number }</span>{ " " }{ did }
                    if *number > frame.position { <span class="unseen">{ ", " }{ texts.later }</span> }
                </button>
            </li>
        }
    };
    let rows = turns.iter().map(|turn| {
        html! {
            <li>
                if !turn.name.is_empty() { <p class="account-name">{ &turn.name }</p> }
                <ol>{ for turn.steps.iter().map(step) }</ol>
            </li>
        }
    });
    // On a long run the way to other steps is a jump there.
    let jump = |words: String, to: u32| button(words, Style::Ghost, look.on(Action::Seek(to)));
    html! {
        <div class="card panel-words">
            <div class="card-head">
                <h2>{ texts.title }</h2>
                <button type="button" class="btn small" onclick={look.on(Action::Rhythm(RhythmAction::CopyAccount))}>{ texts.copy }</button>
            </div>
            <div class="account" id="account" tabindex="0" role="group" aria-label={texts.title}>
                { for account::headline(bench, frame, lang).iter().map(|line| html! { <p>{ line }</p> }) }
                <div class="account-moment">{ for parts }</div>
                <section>
                    <h3>{ (texts.run)(frame.length) }</h3>
                    if from > 1 { { jump((texts.earlier_steps)(from - 1), from - 1) } }
                    <ol class="account-run">{ for rows }</ol>
                    if to < frame.length { { jump((texts.later_steps)(to + 1), to + 1) } }
                </section>
            </div>
        </div>
    }
}
