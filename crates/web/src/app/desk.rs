//! The desk: actions arrive here, change the state, and have their effects, all before the browser
//! goes on to the next event.
//!
//! Only drawing is left to Yew. When drawing takes long, Yew puts off what it was sent meanwhile:
//! a letter then overtook the Enter before it, and what was typed just before the page was left
//! was never kept.

use std::{
    cell::{Cell, Ref, RefCell},
    collections::{BTreeMap, VecDeque},
    rc::{Rc, Weak},
};

use yew::{Callback, platform::spawn_local};

use super::keys::Keys;
use crate::{
    browser::{
        channel::{self, Channel},
        clipboard, element, fetch, files, location, media, pointer, screen, storage, text_area,
        timers::{self, Timeout},
        worker_client::{WorkerClient, WorkerEvent},
    },
    keeping,
    model::{
        Action, Command, Stage, State, Tab, Theme, Timer, chances::ChanceAction,
        front::FrontAction, lesson::LessonAction, marks::utf16, panes::Pane, present::Present,
        share::ShareAction, talk::Word, typing::Edit, update, viewing::View, writing::WriteAction,
    },
    protocol::Answer,
};

/// The part of the page that scrolls sideways with the cursor.
pub(super) const TIMELINE: &str = "timeline-scroll";

/// The state, and all through which it has effects.
pub(super) struct Desk {
    me: Weak<Desk>,
    /// What came while something else was being done.
    inbox: RefCell<VecDeque<Action>>,
    /// Something is being done.
    busy: Cell<bool>,
    inner: RefCell<Inner>,
    /// What the listener of keys needs to know of the state.
    pub(super) keys: Rc<Cell<Keys>>,
    draw: Callback<()>,
    /// The number of changes so far, and up to which of them the page has been drawn and settled.
    changed: Cell<u32>,
    drawn: Cell<u32>,
    settled: Cell<u32>,
}

struct Inner {
    state: State,
    stepper: WorkerClient,
    student: WorkerClient,
    /// Tries continuations. There is none until that is asked for.
    trier: Option<WorkerClient>,
    timers: BTreeMap<Timer, Timeout>,
    /// The way to the speaker's window, once there has been one; the browser may know of no such.
    lecture: Option<Option<Channel>>,
    /// Asked of the browser once the page shows what was changed.
    later: Vec<Command>,
    /// What had the focus before a dialog.
    held: Option<element::Held>,
    /// What had the focus before the page was drawn, and what lies around it.
    had: Option<element::Held>,
    /// The moment that was last scrolled into view: scrolling by hand must not be undone.
    revealed: Option<Revealed>,
}

/// What decides where the cursor stands on the page: position, its line, zoom, what is shown; a view
/// that has just been opened begins at its left end.
type Revealed = (u32, u32, Option<u8>, bool, usize, Vec<Pane>, Tab);

/// Under what a window keeps the name of its lecture.
const LECTURE: &str = "lockstep.lecture";

/// What the channel of a lecture is called.
pub(super) fn channel_of(name: &str) -> String {
    format!("lockstep.lecture.{name}")
}

impl Desk {
    /// A desk with what this device has kept; `draw` is called after every change.
    pub(super) fn new(draw: Callback<()>) -> Rc<Self> {
        Rc::new_cyclic(|me| {
            let hear = |answer: fn(Answer) -> Action, fault: fn(String) -> Action| {
                let me = Weak::clone(me);
                move |event| {
                    let action = match event {
                        WorkerEvent::Answer(said) => answer(said),
                        WorkerEvent::Fault(text) => fault(text),
                    };
                    send(&me, action);
                }
            };
            let inner = Inner {
                state: keeping::state(),
                stepper: WorkerClient::spawn(hear(Action::stepped, Action::StepperFault)),
                student: WorkerClient::spawn(hear(Action::studied, Action::StudentFault)),
                trier: None,
                timers: BTreeMap::new(),
                lecture: None,
                later: Vec::new(),
                held: None,
                had: None,
                revealed: None,
            };
            Self {
                me: Weak::clone(me),
                inbox: RefCell::default(),
                busy: Cell::new(false),
                inner: RefCell::new(inner),
                keys: Rc::default(),
                draw,
                changed: Cell::new(0),
                drawn: Cell::new(0),
                settled: Cell::new(0),
            }
        })
    }

    /// Where actions go.
    pub(super) fn sender(&self) -> Callback<Action> {
        let me = Weak::clone(&self.me);
        Callback::from(move |action| send(&me, action))
    }

    /// Shows theme and language, and follows the address.
    pub(super) fn start(&self) {
        {
            let inner = &mut *self.inner.borrow_mut();
            let (theme, lang) = (inner.state.theme, inner.state.lang);
            self.run(inner, Command::ShowTheme(theme));
            self.run(inner, Command::ShowLang(lang));
            // Loaded again, it is found by the speaker's window under the same name.
            if let Some(name) = storage::load_here(LECTURE) {
                inner.lecture = Some(self.lead(&name));
                inner.state.lecture.name = Some(name);
            }
        }
        self.take(Action::Address(location::fragment()));
    }

    /// The state, to be drawn now.
    pub(super) fn drawing(&self) -> Ref<'_, State> {
        self.drawn.set(self.changed.get());
        Ref::map(self.inner.borrow(), |inner| &inner.state)
    }

    /// Does what an action asks for. What that brings about at once waits its turn.
    fn take(&self, action: Action) {
        self.inbox.borrow_mut().push_back(action);
        if self.busy.replace(true) {
            return;
        }
        // Between this and what is drawn next somebody may lose the focus.
        if self.settled.get() == self.changed.get() {
            self.inner.borrow_mut().had = Some(element::Held::now());
        }
        loop {
            let next = self.inbox.borrow_mut().pop_front();
            let Some(action) = next else { break };
            let inner = &mut *self.inner.borrow_mut();
            inner.state.clock = timers::now_milliseconds() as u64;
            for command in update(&mut inner.state, action) {
                self.run(inner, command);
            }
            self.keys.set(Keys::of(&inner.state));
        }
        self.busy.set(false);
        self.changed.set(self.changed.get().wrapping_add(1));
        self.draw.emit(());
        // Yew draws before this comes, but says so only some time afterwards.
        let me = Weak::clone(&self.me);
        spawn_local(async move {
            if let Some(desk) = me.upgrade() {
                desk.settle();
            }
        });
    }

    /// The window has another size: what is measured is measured again.
    pub(super) fn resized(&self) {
        if !self.measure_stage() {
            self.measure();
        }
    }

    /// Focus, selection and scrolling follow what has been drawn.
    pub(super) fn settle(&self) {
        let changed = self.changed.get();
        if self.drawn.get() != changed || self.settled.replace(changed) == changed {
            return;
        }
        let later = std::mem::take(&mut self.inner.borrow_mut().later);
        for command in later {
            match command {
                Command::Focus(id) => {
                    element::focus(id);
                }
                Command::FocusBack => {
                    let held = self.inner.borrow_mut().held.take();
                    if !held.is_some_and(|held| held.give_back()) {
                        element::focus("main");
                    }
                }
                Command::Reveal(id) => element::reveal(id),
                Command::Top(id) => element::to_top(id),
                Command::SelectText(start, end) => element::select_text("editor-text", start, end),
                _ => {}
            }
        }
        if let Some(had) = self.inner.borrow_mut().had.take() {
            had.catch();
        }
        pointer::place("editor-list", "editor-anchor");
        pointer::place("editor-hint", "editor-anchor");
        pointer::place("system-menu", "system-asked");
        if self.measure_stage() {
            return;
        }
        if self.measure() {
            return;
        }
        let now = moment(&self.inner.borrow().state);
        let inner = &mut *self.inner.borrow_mut();
        if now != inner.revealed && now.is_some() {
            element::reveal_sideways(TIMELINE, "timeline-cursor", "x1");
            element::reveal_in_each("code", "next");
        }
        inner.revealed = now;
    }

    /// What stands on the stage is arranged for its size, and then made to fit. True if it is
    /// arranged anew.
    fn measure_stage(&self) -> bool {
        let known = {
            let state = &self.inner.borrow().state;
            if state.stage == Stage::Workbench || state.bench.is_none() {
                return false;
            }
            state.lecture.room
        };
        if let Some(room) = element::room("main")
            && known.is_none_or(|known| known.0.abs_diff(room.0).max(known.1.abs_diff(room.1)) > 4)
        {
            self.take(Action::Present(Present::Room(room.0, room.1)));
            return true;
        }
        element::fit("stage-values");
        element::fit("stage-fit");
        // Processes that have become smaller leave another room to the values.
        element::fit("stage-values");
        false
    }

    /// The timeline is drawn anew where its place turns out to have another size. On a phone the
    /// picture makes its place, and not the other way round. True if so.
    fn measure(&self) -> bool {
        if media::holds("(max-width: 700px)") {
            return false;
        }
        let known = self.inner.borrow().state.bench.as_ref().map(|bench| bench.view.room);
        if let (Some(known), Some(room)) = (known, element::room("timeline-place"))
            && known.is_none_or(|known| known.0.abs_diff(room.0).max(known.1.abs_diff(room.1)) > 6)
        {
            self.take(Action::View(View::Room(room.0, room.1)));
            return true;
        }
        false
    }

    fn run(&self, inner: &mut Inner, command: Command) {
        match command {
            Command::Step(ask) => inner.stepper.send(&ask),
            Command::Study(ask) => inner.student.send(&ask),
            Command::Try(ask) => {
                let me = Weak::clone(&self.me);
                let hear = move |event| {
                    let action = match event {
                        WorkerEvent::Answer(said) => ChanceAction::Answered(said.into()),
                        WorkerEvent::Fault(text) => ChanceAction::Fault(text),
                    };
                    send(&me, Action::Chance(action));
                };
                inner.trier.get_or_insert_with(|| WorkerClient::spawn(hear)).send(&ask);
            }
            Command::StopTrying => inner.trier = None,
            Command::Reload => location::reload(),
            Command::Fetch(id) => {
                let me = Weak::clone(&self.me);
                fetch::text("lessons", &format!("{id}.txt"), move |came| {
                    send(&me, Action::Lesson(LessonAction::Came(id, came)));
                });
            }
            Command::FetchPage(id) => {
                let me = Weak::clone(&self.me);
                fetch::text("lessons", &format!("page-{id}.txt"), move |came| {
                    send(&me, Action::Front(FrontAction::Came(id, came)));
                });
            }
            Command::RestartStepper => inner.stepper.respawn(),
            Command::RestartStudent => inner.student.respawn(),
            Command::After(timer, milliseconds, action) => {
                let me = Weak::clone(&self.me);
                let timeout = timers::after(milliseconds, move || send(&me, *action));
                inner.timers.insert(timer, timeout);
            }
            Command::Stop(timer) => {
                inner.timers.remove(&timer);
            }
            Command::ReplaceAddress(fragment) => location::replace_fragment(&fragment),
            Command::PushAddress(fragment) => location::push_fragment(&fragment),
            Command::SaveDraft { key, text, expect, anyway } => {
                self.take(keeping::save_draft(&key, text, expect, anyway));
            }
            Command::LeaveDraft { key, text, expect, name } => {
                keeping::leave_draft(&key, text, expect, name);
            }
            Command::Shelve(ours) => self.take(keeping::shelve(ours)),
            Command::Unshelve { id, draft_id } => self.take(keeping::unshelve(id, draft_id)),
            Command::Forget(key) => storage::remove(&key),
            Command::Download(name, text) => {
                files::save(&name, &text);
            }
            Command::CopyLink(fragment) => {
                let me = Weak::clone(&self.me);
                clipboard::write(&location::href_with(&fragment), move |done| {
                    send(&me, Action::Copied(done));
                });
            }
            Command::CopyText(text) => {
                let me = Weak::clone(&self.me);
                clipboard::write(&text, move |done| send(&me, Action::TextCopied(done)));
            }
            Command::CopyShare(text) => {
                let me = Weak::clone(&self.me);
                clipboard::write(&text, move |done| {
                    send(&me, Action::Share(ShareAction::Copied(done)));
                });
            }
            Command::OpenSpeaker(name) => {
                let name = name.unwrap_or_else(channel::new_name);
                let done = screen::open(&location::speaker_href(&name), &name);
                storage::save_here(LECTURE, &name);
                inner.lecture.get_or_insert_with(|| self.lead(&name));
                self.take(Action::Present(Present::Opened(name, done)));
            }
            Command::Tell(text) => {
                for channel in inner.lecture.iter().flatten() {
                    channel.say(&text);
                }
            }
            Command::FullScreen => screen::toggle(),
            Command::Open(fragment) => self.take(Action::Go(fragment)),
            Command::Save(key, text) => keeping::save(&key, &text),
            Command::ShowTheme(theme) => media::set_theme(match theme {
                Theme::System => None,
                Theme::Light => Some("light"),
                Theme::Dark => Some("dark"),
            }),
            Command::ShowLang(lang) => media::set_language(lang.tag()),
            Command::Title(title) => media::set_title(&title),
            // Not later: the next key may be on its way, and must find the text as it will be.
            Command::Edit(edit) => self.edit(&inner.state, &edit),
            Command::HoldFocus => inner.held = Some(element::Held::now()),
            command @ (Command::Focus(_)
            | Command::FocusBack
            | Command::Reveal(_)
            | Command::Top(_)
            | Command::SelectText(..)) => {
                inner.later.push(command);
            }
        }
    }

    /// The way to the speaker's window.
    fn lead(&self, name: &str) -> Option<Channel> {
        let me = Weak::clone(&self.me);
        Channel::open(&channel_of(name), Word::Gone.spell(), move |text| {
            send(&me, Action::Present(Present::Heard(text)));
        })
    }

    /// Types into the editor. Where none is shown the text changes all the same.
    fn edit(&self, state: &State, edit: &Edit) {
        let Some(bench) = &state.bench else { return };
        let old = &bench.text;
        let new = edit.apply(old);
        let place = |text: &str, at: usize| utf16(text, at as u32);
        let from = (place(old, edit.start), place(old, edit.end));
        let select = (place(&new, edit.select.0), place(&new, edit.select.1));
        if text_area::replace("editor-text", from, &edit.insert, select) {
            self.take(Action::Write(WriteAction::Caret(select.0, select.1, false)));
        } else {
            self.take(Action::Text(new));
        }
    }
}

impl std::fmt::Debug for Desk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Desk").field("changed", &self.changed).finish_non_exhaustive()
    }
}

fn send(desk: &Weak<Desk>, action: Action) {
    if let Some(desk) = desk.upgrade() {
        desk.take(action);
    }
}

fn moment(state: &State) -> Option<Revealed> {
    let bench = state.bench.as_ref()?;
    let frame = bench.frame.as_ref()?;
    let view = &bench.view;
    let shown = view.shows_waits(frame);
    let folds = view.folds.opened.len() * 2 + usize::from(view.folds.none);
    let panes = view.panes.clone();
    Some((frame.position, frame.length, view.zoom, shown, folds, panes, bench.tab))
}
