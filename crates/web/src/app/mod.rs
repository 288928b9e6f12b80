//! The composition root: joins the model to the browser, the workers and the views.

mod desk;
mod front;
mod keys;
mod speaker;

use std::rc::Rc;

use yew::prelude::*;

use self::desk::{Desk, TIMELINE};
use crate::{
    browser::{
        self, Listener, element, files, keyboard, location, pointer, screen, sight, storage,
        text_area,
    },
    keeping,
    model::{Action, files::FILE_BYTES, shelf::ShelfAction, viewing::View, writing::WriteAction},
    views,
};

/// Milliseconds that the pointer rests on a word before it is explained.
const REST: u32 = 350;

/// Shows the page in place of the loading text.
pub fn mount() {
    // The speaker's window starts no simulator: it has only what the other one tells.
    match location::asked_for("speaker") {
        Some(_) => browser::mount::<speaker::Window>(),
        None => browser::mount::<App>(),
    }
}

/// Shows the pages that need no simulator in place of the loading text, until [`browser::close`].
pub fn mount_front() {
    browser::mount::<front::FrontApp>();
}

/// The whole page.
#[derive(Debug)]
pub struct App {
    desk: Rc<Desk>,
    send: Callback<Action>,
    _listeners: Vec<Listener>,
}

impl Component for App {
    /// The state has changed.
    type Message = ();
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let desk = Desk::new(ctx.link().callback(|()| ()));
        let send = desk.sender();
        let listeners = vec![
            location::on_change({
                let send = send.clone();
                move |fragment| send.emit(Action::Address(fragment))
            }),
            keyboard::listen(keys::handler(send.clone(), Rc::clone(&desk.keys))),
            location::on_leave({
                let send = send.clone();
                move || send.emit(Action::SaveNow)
            }),
            storage::on_change(keeping::OURS, {
                let send = send.clone();
                move || {
                    send.emit(Action::Shelf(ShelfAction::Changed(Box::new(keeping::kept()))));
                }
            }),
            screen::on_resize({
                let desk = Rc::downgrade(&desk);
                move || {
                    if let Some(desk) = desk.upgrade() {
                        desk.resized();
                    }
                }
            }),
            screen::on_print(|| element::set_text("print-link", &location::href())),
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
            sight::on_scroll("editor-scroll", "editor-layer", {
                let send = send.clone();
                move |seen| send.emit(Action::Write(WriteAction::Sight(seen)))
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
        desk.start();
        Self { desk, send, _listeners: listeners }
    }

    fn update(&mut self, _: &Context<Self>, (): ()) -> bool {
        true
    }

    fn view(&self, _: &Context<Self>) -> Html {
        views::page(&self.desk.drawing(), &self.send)
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        self.desk.settle();
    }
}
