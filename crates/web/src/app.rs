//! The composition root: joins the model to the browser, the workers and the views.

use std::{cell::Cell, collections::BTreeMap, rc::Rc};

use yew::prelude::*;

use crate::{
    browser::{
        self, Listener, clipboard, element, files,
        keyboard::{self, Focus, Handling, KeyPress},
        location, media, pointer, sight, storage, text_area,
        timers::{self, Timeout},
        worker_client::{WorkerClient, WorkerEvent},
    },
    keeping,
    model::{
        Action, Command, State, Theme, Timer, files::FILE_BYTES, marks::utf16, shelf::ShelfAction,
        typing::Edit, update, viewing::View, writing::WriteAction,
    },
    views,
};

/// Milliseconds that the pointer rests on a word before it is explained.
const REST: u32 = 350;

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
    /// The moment that was last scrolled into view: scrolling by hand must not be undone.
    revealed: Option<Revealed>,
    _listeners: Vec<Listener>,
}

/// What decides where the cursor stands on the page: position, its line, zoom, what is shown.
type Revealed = (u32, u32, Option<u8>, bool, usize);

#[derive(Clone, Copy, Debug, Default)]
struct Keys {
    on_bench: bool,
    dialog: bool,
    fault: bool,
    naming: bool,
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
        let listeners = vec![
            location::on_change({
                let send = send.clone();
                move |fragment| send.emit(Action::Address(fragment))
            }),
            keyboard::listen(key_handler(send.clone(), Rc::clone(&keys))),
            location::on_leave({
                let send = send.clone();
                move || send.emit(Action::SaveNow)
            }),
            storage::on_change(keeping::OURS, {
                let send = send.clone();
                move || {
                    let (entries, drafts) = keeping::scenarios();
                    send.emit(Action::Shelf(ShelfAction::Changed(entries, drafts)));
                }
            }),
            files::on_drop(FILE_BYTES, {
                let send = send.clone();
                move |read| send.emit(keeping::files(read))
            }),
            text_area::on_select("editor-text", {
                let send = send.clone();
                move |start, end| send.emit(Action::Write(WriteAction::Caret(start, end, false)))
            }),
            pointer::on_rest("editor-text", "editor-layer", "data-at", "editor-hint", REST, {
                let send = send.clone();
                move |at| {
                    let at = at.and_then(|at| at.parse().ok());
                    send.emit(Action::Write(WriteAction::Hint(at)));
                }
            }),
            sight::listen(
                TIMELINE,
                {
                    let send = send.clone();
                    move |left, width| send.emit(Action::View(View::Sight(left, width)))
                },
                {
                    let send = send.clone();
                    move |nearer| send.emit(Action::View(View::Zoom(if nearer { -1 } else { 1 })))
                },
            ),
        ];
        let mut app = Self {
            state: keeping::state(),
            stepper,
            student,
            timers: BTreeMap::new(),
            later: Vec::new(),
            keys,
            revealed: None,
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

    fn rendered(&mut self, ctx: &Context<Self>, _: bool) {
        for command in std::mem::take(&mut self.later) {
            match command {
                Command::Focus(id) => {
                    element::focus(id);
                }
                Command::Reveal(id) => element::reveal(id),
                Command::SelectText(start, end) => element::select_text("editor-text", start, end),
                Command::Edit(edit) => self.edit(ctx, &edit),
                _ => {}
            }
        }
        pointer::place("editor-list", "editor-anchor");
        pointer::place("editor-hint", "editor-anchor");
        let now = self.moment();
        if now.is_some() && now != self.revealed {
            element::reveal_sideways(TIMELINE, "timeline-cursor", "x1");
            element::reveal_in_each("code", "next");
        }
        self.revealed = now;
    }
}

/// The part of the page that scrolls sideways with the cursor.
const TIMELINE: &str = "timeline-scroll";

impl App {
    fn moment(&self) -> Option<Revealed> {
        let bench = self.state.bench.as_ref()?;
        let frame = bench.frame.as_ref()?;
        let view = &bench.view;
        let shown = view.shows_waits(frame);
        let folds = view.folds.opened.len() * 2 + usize::from(view.folds.none);
        Some((frame.position, frame.length, view.zoom, shown, folds))
    }

    fn act(&mut self, ctx: &Context<Self>, action: Action) {
        for command in update(&mut self.state, action) {
            self.run(ctx, command);
        }
        self.keys.set(Keys {
            on_bench: self.state.bench.is_some(),
            dialog: self.state.keys,
            fault: self.state.fault.is_some(),
            naming: self.state.naming.is_some(),
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
            Command::SaveDraft { key, text, expect, anyway } => {
                link.send_message(keeping::save_draft(&key, text, expect, anyway));
            }
            Command::LeaveDraft { key, text, expect, name } => {
                keeping::leave_draft(&key, text, expect, name);
            }
            Command::Shelve(ours) => link.send_message(keeping::shelve(ours)),
            Command::Unshelve { id, draft_id } => {
                link.send_message(keeping::unshelve(id, draft_id));
            }
            Command::Forget(key) => storage::remove(&key),
            Command::Download(name, text) => {
                files::save(&name, &text);
            }
            Command::CopyLink(fragment) => {
                let link = link.clone();
                clipboard::write(&location::href_with(&fragment), move |done| {
                    link.send_message(Action::Copied(done));
                });
            }
            Command::Open(fragment) => link.send_message(Action::Go(fragment)),
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
            command @ (Command::Focus(_)
            | Command::Reveal(_)
            | Command::SelectText(..)
            | Command::Edit(_)) => {
                self.later.push(command);
            }
        }
    }

    /// Types into the editor. Where none is shown the text changes all the same.
    fn edit(&self, ctx: &Context<Self>, edit: &Edit) {
        let Some(bench) = &self.state.bench else { return };
        let old = &bench.text;
        let new = edit.apply(old);
        let place = |text: &str, at: usize| utf16(text, at as u32);
        let from = (place(old, edit.start), place(old, edit.end));
        let select = (place(&new, edit.select.0), place(&new, edit.select.1));
        if text_area::replace("editor-text", from, &edit.insert, select) {
            let caret = WriteAction::Caret(select.0, select.1, false);
            ctx.link().send_message(Action::Write(caret));
        } else {
            ctx.link().send_message(Action::Text(new));
        }
    }
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
        if keys.naming {
            return Some(Action::Shelf(ShelfAction::NameCancel));
        }
        return Some(if keys.dialog { Action::Keys(false) } else { Action::Dismiss });
    }
    if press.focus == Focus::Text || !keys.on_bench || keys.dialog || keys.naming {
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
        "+" => Some(Action::View(View::Zoom(-1))),
        "-" => Some(Action::View(View::Zoom(1))),
        "n" => Some(Action::View(View::Mark(true))),
        "p" => Some(Action::View(View::Mark(false))),
        digit => match digit.parse::<u32>() {
            Ok(pick @ 1..=9) if digit.len() == 1 => Some(Action::Pick(pick)),
            _ => None,
        },
    }
}
