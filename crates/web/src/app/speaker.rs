//! The speaker's window: joins its model to the browser and to the lecture's window.

use sim_core::say::Lang;
use yew::prelude::*;

use super::desk::channel_of;
use crate::{
    browser::{
        Listener,
        channel::Channel,
        fetch,
        keyboard::{self, Focus, Handling},
        location, media, storage,
        timers::{self, Interval},
    },
    keeping,
    model::{
        Theme,
        speaker::{Clock, Deed, Event, Speaker},
        talk::Wish,
    },
    views,
};

/// Under what the window keeps its clock.
const CLOCK: &str = "lockstep.clock";
/// Names of more letters are nobody's.
const NAME_LETTERS: usize = 64;

/// The whole window.
#[derive(Debug)]
pub(super) struct Window {
    speaker: Speaker,
    channel: Option<Channel>,
    send: Callback<Event>,
    _second: Interval,
    _keys: Listener,
}

impl Component for Window {
    type Message = Event;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let send = ctx.link().callback(|event| event);
        let name = location::asked_for("speaker").unwrap_or_default();
        let known = name.len() <= NAME_LETTERS && name.bytes().all(|b| b.is_ascii_alphanumeric());
        let hear = send.clone();
        // It has nothing to say in parting: the lecture goes on without it.
        let channel = known.then_some(name).filter(|name| !name.is_empty()).and_then(|name| {
            Channel::open(&channel_of(&name), String::new(), move |text| {
                hear.emit(Event::Heard(text))
            })
        });
        let kept = keeping::state();
        let lang = kept.lang;
        media::set_theme(match kept.theme {
            Theme::System => None,
            Theme::Light => Some("light"),
            Theme::Dark => Some("dark"),
        });
        let clock = storage::load_here(CLOCK).and_then(|kept| Clock::read(&kept));
        let clock = clock.unwrap_or_default();
        let second = {
            let send = send.clone();
            move || send.emit(Event::Second(timers::wall_clock_milliseconds()))
        };
        second();
        let keys = {
            let send = send.clone();
            keyboard::listen(move |press| match wish(press) {
                Some(wish) => {
                    send.emit(Event::Wish(wish));
                    Handling::Used
                }
                None => Handling::Left,
            })
        };
        let window = Self {
            speaker: Speaker::new(lang, clock),
            channel,
            send,
            _second: timers::every(1_000, second),
            _keys: keys,
        };
        show_lang(lang);
        window
    }

    fn update(&mut self, _: &Context<Self>, event: Event) -> bool {
        for deed in self.speaker.update(event) {
            match deed {
                Deed::Say(text) => {
                    if let Some(channel) = &self.channel {
                        channel.say(&text);
                    }
                }
                Deed::Fetch(id) => {
                    let send = self.send.clone();
                    fetch::text("lessons", &format!("{id}.txt"), move |came| {
                        send.emit(Event::Came(id, came));
                    });
                }
                Deed::Keep(clock) => storage::save_here(CLOCK, &clock),
                Deed::ShowLang(lang) => show_lang(lang),
            }
        }
        true
    }

    fn view(&self, _: &Context<Self>) -> Html {
        views::speaker(&self.speaker, &self.send)
    }
}

fn show_lang(lang: Lang) {
    media::set_language(lang.tag());
    media::set_title(&format!("{} · Lockstep", crate::i18n::speaker(lang).title));
}

/// What a key wants of the lecture: the same as there.
fn wish(press: &keyboard::KeyPress) -> Option<Wish> {
    // Who speaks to the machine turns keys of one sign off, here as there.
    let is_sign = press.key.chars().count() == 1;
    if !press.is_plain() || is_sign && keeping::quiet_keys() {
        return None;
    }
    Some(match press.key.as_str() {
        "PageDown" => Wish::Next,
        "PageUp" => Wish::Previous,
        "ArrowRight" => Wish::Forward,
        "ArrowLeft" => Wish::Back,
        "Home" => Wish::Start,
        " " if press.focus == Focus::Page => Wish::Play,
        "." | "b" => Wish::Blank,
        "a" => Wish::Question,
        "r" => Wish::Reveal,
        "o" => Wish::Outcome,
        "v" => Wish::Turn,
        digit => match digit.parse() {
            Ok(pick @ 1..=9) if digit.len() == 1 => Wish::Pick(pick),
            _ => return None,
        },
    })
}
