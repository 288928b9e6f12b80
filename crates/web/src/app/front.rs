//! The program of the first view: the pages that need no simulator, and nothing else.
//!
//! When somebody goes to what is not among them it asks for the whole page, and shows what it
//! has until that is there.

use sim_core::say::Lang;
use yew::prelude::*;

use crate::{
    browser::{Listener, element, fetch, files, location, media, start, storage},
    keeping,
    model::{
        Theme,
        front::{self, Effect, Front, FrontAction, Place},
        state::Kept,
        update::theme_name,
    },
    views,
};

/// The pages that need no simulator.
#[derive(Debug)]
pub(super) struct FrontApp {
    lang: Lang,
    theme: Theme,
    kept: Kept,
    front: Front,
    spoken: String,
    send: Callback<FrontAction>,
    /// Asked of the browser once the page shows what was changed.
    later: Vec<Effect>,
    _listeners: Vec<Listener>,
}

/// Something happened.
#[derive(Debug)]
pub(super) enum Message {
    /// On the page.
    Act(FrontAction),
    /// Somebody else changed the address.
    Address(String),
    /// Another page has changed what is kept.
    Kept,
    /// A file is held over the page.
    Drag,
}

impl Component for FrontApp {
    type Message = Message;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let link = ctx.link();
        let (address, kept) = (link.callback(Message::Address), link.callback(|()| Message::Kept));
        let drag = link.callback(|()| Message::Drag);
        let listeners = vec![
            location::on_change(move |fragment| address.emit(fragment)),
            storage::on_change(keeping::OURS, move || kept.emit(())),
            files::on_drag(move || drag.emit(())),
        ];
        let (lang, theme) = keeping::preferences();
        let mut app = Self {
            lang,
            theme,
            kept: keeping::kept(),
            front: Front::default(),
            spoken: String::new(),
            send: link.callback(Message::Act),
            later: Vec::new(),
            _listeners: listeners,
        };
        app.show_theme();
        media::set_language(lang.tag());
        app.follow(&location::fragment());
        app
    }

    fn update(&mut self, _: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Act(action) => {
                let effects = front::act(&mut self.front, &mut self.kept, self.lang, action);
                self.carry_out(effects);
            }
            Message::Address(fragment) => self.follow(&fragment),
            Message::Kept => {
                self.kept = keeping::kept();
                (self.lang, self.theme) = keeping::preferences();
            }
            // The whole page knows what to do with it.
            Message::Drag => start::hand_over(true),
        }
        true
    }

    fn view(&self, _: &Context<Self>) -> Html {
        let look = views::front::Look {
            front: &self.front,
            kept: &self.kept,
            lang: self.lang,
            theme: self.theme,
            texts: views::front::texts(self.lang),
            send: &self.send,
        };
        let skip = self.send.reform(|event: MouseEvent| {
            event.prevent_default();
            FrontAction::Focus("main")
        });
        html! {
            <>
                <a class="skip" href="#main" onclick={skip}>{ look.texts.skip }</a>
                { views::front::page(look, html! {}) }
                <p class="unseen" role="status" aria-live="polite" id="spoken">{ &self.spoken }</p>
            </>
        }
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        for effect in std::mem::take(&mut self.later) {
            match effect {
                Effect::Focus(id) => {
                    element::focus(id);
                }
                Effect::Reveal(id) => element::reveal(id),
                _ => {}
            }
        }
    }
}

impl FrontApp {
    /// Goes where a fragment leads: to a page that is here, or to the whole page.
    fn follow(&mut self, fragment: &str) {
        match Place::parse(fragment) {
            Some(place) => {
                let effects = self.front.open(place, self.lang);
                self.carry_out(effects);
            }
            None => start::hand_over(false),
        }
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Go(fragment) => {
                    location::push_fragment(&fragment);
                    self.follow(&fragment);
                }
                Effect::Lang(lang) => {
                    self.lang = lang;
                    self.spoken.clear();
                    media::set_language(lang.tag());
                    media::set_title(&self.front.title(lang));
                    storage::save("lockstep.lang", lang.tag());
                }
                Effect::Theme(theme) => {
                    self.theme = theme;
                    self.show_theme();
                    storage::save("lockstep.theme", theme_name(theme));
                }
                Effect::Title(title) => media::set_title(&title),
                Effect::Fetch(id) => {
                    let send = self.send.clone();
                    fetch::text("lessons", &format!("page-{id}.txt"), move |came| {
                        send.emit(FrontAction::Came(id, came));
                    });
                }
                Effect::Save(key, text) => keeping::save(key, &text),
                Effect::Download(name, text) => {
                    files::save(name, &text);
                }
                Effect::Say(words) => self.spoken = words,
                Effect::Focus(_) | Effect::Reveal(_) => self.later.push(effect),
            }
        }
    }

    fn show_theme(&self) {
        media::set_theme(match self.theme {
            Theme::System => None,
            Theme::Light => Some("light"),
            Theme::Dark => Some("dark"),
        });
    }
}
