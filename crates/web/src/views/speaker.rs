//! The speaker's window: what the room sees, what comes next, what drives it, and the notes.

use lessons::Told;
use yew::prelude::*;

use super::rich;
use crate::{
    i18n::{self, SpeakerTexts},
    model::{
        speaker::{Event, Speaker},
        talk::{Shown, Wish},
    },
};

/// What its parts are given.
#[derive(Clone, Copy)]
struct Desk<'a> {
    speaker: &'a Speaker,
    texts: &'static SpeakerTexts,
    send: &'a Callback<Event>,
}

impl Desk<'_> {
    fn on<E: 'static>(&self, event: Event) -> Callback<E> {
        self.send.reform(move |_| event.clone())
    }

    fn button(&self, words: &str, key: &str, wish: Wish, on: Option<bool>) -> Html {
        html! {
            <button type="button" class="btn" aria-pressed={on.map(|on| on.to_string())} onclick={self.on(Event::Wish(wish))}>
                <span>{ words.to_owned() }</span>{ for (!key.is_empty()).then(|| html! { <kbd>{ key.to_owned() }</kbd> }) }
            </button>
        }
    }
}

/// The whole window.
pub fn speaker(speaker: &Speaker, send: &Callback<Event>) -> Html {
    let desk = Desk { speaker, texts: i18n::speaker(speaker.lang), send };
    let told = speaker.told();
    let body = match &speaker.shown {
        None => html! {
            <main class="speaker-waits"><div role="status"><h2>{ desk.texts.waiting }</h2><p>{ desk.texts.waiting_more }</p></div><progress aria-label={desk.texts.waiting}></progress></main>
        },
        Some(shown) if shown.title.is_empty() => html! {
            <main class="speaker-waits"><div role="status"><h2>{ desk.texts.no_scenario }</h2></div></main>
        },
        Some(shown) => html! {
            <main class="speaker-main">
                <div class="speaker-drive">
                    { now(desk, shown, told) }
                    { next(desk, shown, told) }
                    { controls(desk, shown) }
                    { choices(desk, shown) }
                </div>
                { for told.map(|told| notes(desk, shown, told)) }
            </main>
        },
    };
    html! { <div class="speaker">{ top(desk, told) }{ body }</div> }
}

/// What is told, and for how long already.
fn top(desk: Desk<'_>, told: Option<&Told>) -> Html {
    let (speaker, texts) = (desk.speaker, desk.texts);
    let elapsed = speaker.clock.elapsed(speaker.now) / 1_000;
    let title = speaker.shown.as_ref().map_or("", |shown| shown.title.as_str());
    let left = told.filter(|_| speaker.shown.is_some()).map(|told| {
        let all = u64::from(told.lesson.minutes) * 60;
        let over = elapsed > all;
        let words = (texts.left)(all.abs_diff(elapsed) / 60, over);
        html! { <span class={if over { "speaker-left over" } else { "speaker-left" }}>{ words }</span> }
    });
    let toggle = if speaker.clock.runs() { texts.clock_stop } else { texts.clock_start };
    html! {
        <header class="speaker-top">
            <h1>{ if title.is_empty() { texts.title } else { title } }</h1>
            <div class="speaker-clock" role="group" aria-label={texts.clock}>
                <span class="mono" role="timer" id="speaker-clock">{ format!("{}:{:02}", elapsed / 60, elapsed % 60) }</span>
                { for left }
                <button type="button" class="btn small" onclick={desk.on(Event::Clock)}>{ toggle }</button>
                <button type="button" class="btn small" onclick={desk.on(Event::Reset)}>{ texts.clock_reset }</button>
            </div>
        </header>
    }
}

fn now(desk: Desk<'_>, shown: &Shown, told: Option<&Told>) -> Html {
    let page = i18n::texts(desk.speaker.lang);
    let stop = shown.stop();
    let said = stop.zip(told).and_then(|(at, told)| told.text(desk.speaker.lang).stops.get(at));
    let past = shown.stops.iter().filter(|(_, step)| *step <= shown.at).map(|(at, _)| at + 1).max();
    let of = past.zip(told).map(|(past, told)| {
        let of = told.text(desk.speaker.lang).stops.len();
        format!(" · {}", (i18n::present(desk.speaker.lang).stop_of)(past, of))
    });
    let named = (!shown.schedule.is_empty()).then(|| format!(" · {}", shown.schedule));
    let happened = if shown.now.is_empty() { desk.texts.at_start } else { &shown.now };
    html! {
        <section class="speaker-now">
            <h2>{ desk.texts.now }</h2>
            <p class="small muted">{ (page.step_of)(shown.at, shown.of) }{ for of }{ for named }</p>
            { for said.map(|said| html! { <p class="speaker-said">{ rich::inlines(said) }</p> }) }
            <p class={if said.is_some() { "muted" } else { "speaker-said" }}>{ happened }</p>
        </section>
    }
}

/// The stop that the next key leads to: along the schedule that is played, else the one with which
/// the lesson is told on, under settings of its own.
fn next(desk: Desk<'_>, shown: &Shown, told: Option<&Told>) -> Html {
    let stops = told.map_or(&[][..], |told| told.text(desk.speaker.lang).stops);
    let ahead = shown.next_stop();
    let place = match ahead {
        Some((place, _)) => Some(place),
        None if shown.schedule.is_empty() => Some(0),
        None => shown.stops.iter().map(|(place, _)| place + 1).max(),
    };
    let steps = ahead.map(|(_, steps)| {
        html! { <><span class="chip">{ (desk.texts.in_steps)(steps) }</span>{ " " }</> }
    });
    html! {
        <section class="speaker-next">
            <h2>{ desk.texts.next }</h2>
            { match place.and_then(|place| stops.get(place)) {
                Some(said) => html! { <p>{ for steps }{ rich::inlines(said) }</p> },
                None => html! { <p class="muted">{ desk.texts.no_next }</p> },
            } }
        </section>
    }
}

fn controls(desk: Desk<'_>, shown: &Shown) -> Html {
    let texts = desk.texts;
    let stage = i18n::present(desk.speaker.lang);
    html! {
        <section class="speaker-controls">
            <h2>{ texts.controls }</h2>
            <div class="speaker-buttons first">
                { desk.button(stage.stop_before, "PageUp", Wish::Previous, None) }
                { desk.button(stage.next_stop, "PageDown", Wish::Next, None) }
            </div>
            <div class="speaker-buttons">
                { desk.button(texts.start, "", Wish::Start, None) }
                { desk.button(texts.back, "←", Wish::Back, None) }
                { desk.button(if shown.plays { texts.pause } else { texts.play }, "", Wish::Play, None) }
                { desk.button(texts.forward, "→", Wish::Forward, None) }
            </div>
            <div class="speaker-buttons">
                { desk.button(texts.blank, ".", Wish::Blank, Some(shown.blank)) }
                { desk.button(texts.question, "a", Wish::Question, Some(shown.asks)) }
                { desk.button(stage.answer, "r", Wish::Reveal, Some(shown.revealed)) }
                { desk.button(stage.outcome, "o", Wish::Outcome, Some(shown.outcome)) }
                { desk.button(&(texts.turn)(&shown.scene), "v", Wish::Turn, None) }
                { desk.button(texts.stage, "", Wish::Present, Some(shown.presents)) }
            </div>
        </section>
    }
}

fn choices(desk: Desk<'_>, shown: &Shown) -> Html {
    if shown.offers.is_empty() {
        return html! {};
    }
    let rows = shown.offers.iter().map(|(pick, words)| {
        html! { <li key={*pick}>{ desk.button(words, &pick.to_string(), Wish::Pick(*pick), None) }</li> }
    });
    html! {
        <section class="speaker-choices"><h2>{ desk.texts.choices }</h2><ul>{ for rows }</ul></section>
    }
}

/// What to say: answer, story, stops and hints of the lesson.
fn notes(desk: Desk<'_>, shown: &Shown, told: &Told) -> Html {
    let (texts, lang) = (desk.texts, desk.speaker.lang);
    let words = told.text(lang);
    let answers = told.lesson.answers.iter().zip(words.answers).map(|(answer, said)| {
        let class = answer.right.then_some("right");
        html! {
            <li {class}>{ if answer.right { "✓ " } else { "" } }{ rich::inlines(said.text) }
                <div class="prose small">{ rich::blocks(said.feedback) }</div></li>
        }
    });
    let stops = words.stops.iter().enumerate().map(|(place, said)| {
        // Those of another schedule, or under other settings, have no step along this one.
        let step = shown.stops.iter().find(|(at, _)| *at == place).map(|(_, step)| *step);
        let here = step.filter(|step| *step == shown.at).map(|_| "here");
        let chip = step.map(|step| html! { <><span class="chip">{ (texts.at_step)(step) }</span>{ " " }</> });
        html! { <li class={here} aria-current={here.map(|_| "step")}>{ for chip }{ rich::inlines(said) }</li> }
    });
    html! {
        <aside class="speaker-notes" aria-label={texts.notes} tabindex="0">
            <section>
                <h2>{ texts.question }</h2>
                <div class="prose">{ rich::blocks(words.question) }</div>
                <ul class="speaker-answers">{ for answers }</ul>
            </section>
            if !shown.verdict.is_empty() {
                <section><h2>{ i18n::present(lang).outcome }</h2><p>{ &shown.verdict }</p></section>
            }
            if !words.stops.is_empty() {
                <section><h2>{ texts.all_stops }</h2><ol class="speaker-stops">{ for stops }</ol></section>
            }
            <section><h2>{ texts.story }</h2><div class="prose">{ rich::blocks(words.story) }</div></section>
            <section><h2>{ texts.hints }</h2>
                <ol class="speaker-hints">{ for words.hints.iter().map(|hint| html! { <li>{ rich::inlines(hint) }</li> }) }</ol></section>
            <section><h2>{ i18n::texts(lang).debrief }</h2><div class="prose">{ rich::blocks(words.debrief) }</div></section>
        </aside>
    }
}
