//! The parameters of the scenario.

use sim_core::{
    lang::read_number,
    program::{RATE_HOUR, WHOLE, spell_duration, spell_percent, spell_rate},
};
use yew::prelude::*;

use super::Look;
use crate::{
    browser::input,
    components::segments,
    model::{Action, Bench, Notches, labels},
    protocol::{Control, ControlKind},
};

pub(super) fn controls(look: Look<'_>, bench: &Bench) -> Html {
    if bench.controls.is_empty() {
        return html! {};
    }
    html! {
        <div class="card panel-controls" id="step-fix" tabindex="-1" role="group" aria-label={look.texts.parameters}>
            <h2>{ look.texts.parameters }</h2>
            { for bench.controls.iter().map(|control| one(look, bench, control)) }
            // It has its place also while it is hidden: coming and going it would move what
            // somebody is about to press.
            <button type="button" class="btn ghost small reset-parameters" aria-disabled={(!is_changed(bench)).then_some("true")}
                onclick={look.on(Action::Defaults)}>{ look.texts.defaults }</button>
        </div>
    }
}

/// Whether any parameter has another value than the text gives it.
fn is_changed(bench: &Bench) -> bool {
    bench.settings != *bench.defaults
}

fn one(look: Look<'_>, bench: &Bench, control: &Control) -> Html {
    let name = control.name.clone();
    let value = bench.settings.iter().find(|(key, _)| *key == name);
    let value = value.map(|(_, value)| value.clone()).unwrap_or_default();
    let lang = look.state.lang;
    let label = labels::parameter(bench, &name, lang);
    let id = format!("param-{name}");
    let set = {
        let name = name.clone();
        look.send.reform(move |value: String| Action::Set(name.clone(), value))
    };
    match &control.kind {
        ControlKind::Int { least, greatest } => {
            let oninput = set.reform(|event: InputEvent| input::value(&event));
            html! {
                <div class="param">
                    <label for={id.clone()}>{ label }</label><output class="mono" aria-hidden="true" for={id.clone()}>{ &value }</output>
                    <input {id} type="range" min={least.to_string()} max={greatest.to_string()} value={value.clone()} {oninput}/>
                </div>
            }
        }
        // Sliders count in steps of the range; the text wants a unit.
        ControlKind::Duration { least, greatest } => {
            let notches = Notches::of_times(*least, *greatest);
            let range = [notches.first, notches.last, notches.step];
            let spell = move |notch| spell_duration(notches.value(notch));
            slider(&id, label, &value, range, spell, &set)
        }
        ControlKind::Rate { least, greatest } => {
            let [second, minute, hour] =
                [1_000_000_000, 60_000_000_000, 3_600_000_000_000].map(|gap| RATE_HOUR / gap);
            let even = |unit: &i64| least % unit == 0 && greatest % unit == 0;
            let step = [second, minute, hour].into_iter().find(even).unwrap_or(1);
            slider(&id, label, &value, [*least, *greatest, step], spell_rate, &set)
        }
        ControlKind::Percent { least, greatest } => {
            let hundredth = WHOLE / 100;
            let even = |unit: &i64| least % unit == 0 && greatest % unit == 0;
            let narrow = greatest - least < 10 * hundredth;
            let step = if narrow || !even(&hundredth) { hundredth / 100 } else { hundredth };
            slider(&id, label, &value, [*least, *greatest, step], spell_percent, &set)
        }
        ControlKind::Bool => {
            let onchange = set.reform(|event: Event| input::is_checked(&event).to_string());
            html! {
                <label class="param switch">
                    <span>{ label }</span>
                    <input type="checkbox" role="switch" checked={value == "true"} {onchange}/>
                </label>
            }
        }
        ControlKind::Choice(entries) => {
            let entries = entries.iter().map(|entry| {
                let said = labels::value(bench, &name, entry, lang);
                (entry.clone(), AttrValue::from(said), *entry == value)
            });
            html! {
                <div class="param choice-param">
                    <span aria-hidden="true">{ label.clone() }</span>
                    { segments(&label, entries.collect(), &set) }
                </div>
            }
        }
    }
}

/// A slider over `least..greatest` in steps, whose words are spelled with a unit.
fn slider(
    id: &str,
    label: String,
    value: &str,
    range: [i64; 3],
    spell: impl Fn(i64) -> String + 'static,
    set: &Callback<String>,
) -> Html {
    let [least, greatest, step] = range;
    let now = read_number(value).unwrap_or(least);
    let oninput =
        set.reform(move |event: InputEvent| spell(input::value(&event).parse().unwrap_or(least)));
    html! {
        <div class="param">
            <label for={id.to_owned()}>{ label }</label><output class="mono" aria-hidden="true" for={id.to_owned()}>{ value.to_owned() }</output>
            <input id={id.to_owned()} type="range" min={least.to_string()} max={greatest.to_string()}
                step={step.to_string()} value={now.to_string()} aria-valuetext={value.to_owned()} {oninput}/>
        </div>
    }
}
