//! The composition root: joins the model to the browser, the workers and the views.

use std::{cell::Cell, collections::BTreeMap, rc::Rc};

use sim_core::say::Lang;
use yew::prelude::*;

use crate::{
    browser::{
        self, Listener, clipboard, element,
        keyboard::{self, Focus, Handling, KeyPress},
        location, media, storage,
        timers::{self, Timeout},
        worker_client::{WorkerClient, WorkerEvent},
    },
    model::{Action, Command, State, Theme, Timer, course, editing::draft_key, update},
    views,
};

/// Shows the page in place of the loading text.
pub fn mount() {
    browser::mount::<App>();
}

/// The whole page.
#[derive(Debug)]
pub struct App {
    state: State,
    stepper: WorkerClient,
    student: WorkerClient,
    timers: BTreeMap<Timer, Timeout>,
    /// Asked of the browser once the page shows what was changed.
    later: Vec<Command>,
    /// What the listener of keys needs to know of the state.
    keys: Rc<Cell<Keys>>,
    _listeners: [Listener; 2],
}

#[derive(Clone, Copy, Debug, Default)]
struct Keys {
    on_bench: bool,
    dialog: bool,
    fault: bool,
}

impl Component for App {
    type Message = Action;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let send = ctx.link().callback(|action: Action| action);
        let hear = |answer: fn(crate::protocol::Answer) -> Action, fault: fn(String) -> Action| {
            let send = send.clone();
            move |event| {
                send.emit(match event {
                    WorkerEvent::Answer(said) => answer(said),
                    WorkerEvent::Fault(text) => fault(text),
                });
            }
        };
        let stepper = WorkerClient::spawn(hear(Action::Stepped, Action::StepperFault));
        let student = WorkerClient::spawn(hear(Action::Studied, Action::StudentFault));
        let keys = Rc::new(Cell::new(Keys::default()));
        let listeners = [
            location::on_change({
                let send = send.clone();
                move |fragment| send.emit(Action::Address(fragment))
            }),
            keyboard::listen(key_handler(send.clone(), Rc::clone(&keys))),
        ];
        let mut app = Self {
            state: kept_state(),
            stepper,
            student,
            timers: BTreeMap::new(),
            later: Vec::new(),
            keys,
            _listeners: listeners,
        };
        app.run(ctx, Command::ShowTheme(app.state.theme));
        app.run(ctx, Command::ShowLang(app.state.lang));
        app.act(ctx, Action::Address(location::fragment()));
        app
    }

    fn update(&mut self, ctx: &Context<Self>, action: Action) -> bool {
        self.act(ctx, action);
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        views::page(&self.state, &ctx.link().callback(|action: Action| action))
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        for command in std::mem::take(&mut self.later) {
            match command {
                Command::Focus(id) => {
                    element::focus(id);
                }
                Command::Reveal(id) => element::reveal(id),
                Command::SelectText(start, end) => element::select_text("editor-text", start, end),
                _ => {}
            }
        }
        element::reveal_sideways("timeline-scroll", "timeline-cursor", "x1");
    }
}

impl App {
    fn act(&mut self, ctx: &Context<Self>, action: Action) {
        for command in update(&mut self.state, action) {
            self.run(ctx, command);
        }
        self.keys.set(Keys {
            on_bench: self.state.bench.is_some(),
            dialog: self.state.keys,
            fault: self.state.fault.is_some(),
        });
    }

    fn run(&mut self, ctx: &Context<Self>, command: Command) {
        let link = ctx.link();
        match command {
            Command::Step(ask) => self.stepper.send(&ask),
            Command::Study(ask) => self.student.send(&ask),
            Command::RestartStepper => self.stepper.respawn(),
            Command::RestartStudent => self.student.respawn(),
            Command::After(timer, milliseconds, action) => {
                let link = link.clone();
                let timeout = timers::after(milliseconds, move || link.send_message(*action));
                self.timers.insert(timer, timeout);
            }
            Command::Stop(timer) => {
                self.timers.remove(&timer);
            }
            Command::ReplaceAddress(fragment) => location::replace_fragment(&fragment),
            Command::PushAddress(fragment) => location::push_fragment(&fragment),
            Command::CopyAddress => {
                let link = link.clone();
                clipboard::write(&location::href(), move |done| {
                    link.send_message(Action::Copied(done));
                });
            }
            Command::SaveDraft { key, text, expect, anyway } => {
                link.send_message(save_draft(&key, text, expect, anyway));
            }
            Command::Save(key, text) => {
                storage::save(&key, &text);
            }
            Command::ShowTheme(theme) => media::set_theme(match theme {
                Theme::System => None,
                Theme::Light => Some("light"),
                Theme::Dark => Some("dark"),
            }),
            Command::ShowLang(lang) => media::set_language(lang.tag()),
            Command::Title(title) => media::set_title(&title),
            command @ (Command::Focus(_) | Command::Reveal(_) | Command::SelectText(..)) => {
                self.later.push(command);
            }
        }
    }
}

/// Keeps a draft, unless somebody else changed what is kept meanwhile.
fn save_draft(key: &str, text: Option<String>, expect: Option<String>, anyway: bool) -> Action {
    let now = storage::load(key);
    if let Some(theirs) = &now
        && !anyway
        && now != expect
        && now != text
    {
        return Action::Conflict(theirs.clone());
    }
    match text {
        Some(text) => Action::Saved(storage::save(key, &text)),
        None => {
            storage::remove(key);
            Action::Saved(true)
        }
    }
}

/// The state at the start, with what this device has kept.
fn kept_state() -> State {
    let mut state = State::default();
    let wanted = storage::load("lockstep.lang").into_iter().chain(media::languages());
    state.lang = wanted.filter_map(|tag| Lang::parse(&tag)).next().unwrap_or_default();
    state.theme = match storage::load("lockstep.theme").as_deref() {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::System,
    };
    let done = storage::load("lockstep.done").unwrap_or_default();
    state.kept.done = done.lines().map(str::to_owned).collect();
    let ids = lessons::all().iter().map(|lesson| lesson.id).chain([course::OWN]);
    for id in ids {
        state.kept.set_draft(id, storage::load(&draft_key(id)));
    }
    state
}

fn key_handler(
    send: Callback<Action>,
    keys: Rc<Cell<Keys>>,
) -> impl Fn(&KeyPress) -> Handling + 'static {
    move |press| match action_of(press, keys.get()) {
        Some(action) => {
            send.emit(action);
            Handling::Used
        }
        None => Handling::Left,
    }
}

/// What a key means. Whatever has the focus has the first claim to its own keys.
fn action_of(press: &KeyPress, keys: Keys) -> Option<Action> {
    if !press.is_plain() || keys.fault {
        return None;
    }
    let key = press.key.as_str();
    if key == "Escape" {
        return Some(if keys.dialog { Action::Keys(false) } else { Action::Dismiss });
    }
    if press.focus == Focus::Text || !keys.on_bench || keys.dialog {
        return None;
    }
    let is_free = press.focus != Focus::Field;
    match key {
        "?" => Some(Action::Keys(true)),
        " " if press.focus == Focus::Page => Some(Action::Play),
        "ArrowLeft" if is_free => Some(Action::Back),
        "ArrowRight" if is_free => Some(Action::Forward),
        "Home" if is_free => Some(Action::Start),
        "End" if is_free => Some(Action::End),
        digit => match digit.parse::<u32>() {
            Ok(pick @ 1..=9) if digit.len() == 1 => Some(Action::Pick(pick)),
            _ => None,
        },
    }
}
