//! The composition root: where the page is put together.

use yew::prelude::*;

use crate::{
    browser::worker_client::{WorkerClient, WorkerEvent},
    protocol::{Reply, Request},
};

/// Shows the page in place of the loading text.
pub fn mount() {
    crate::browser::mount::<App>();
}

/// What the page reacts to.
#[derive(Debug)]
pub enum Message {
    /// A worker said something.
    Worker(WorkerEvent),
}

/// The whole page.
#[derive(Debug)]
pub struct App {
    worker: WorkerClient,
    status: String,
}

impl Component for App {
    type Message = Message;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let link = ctx.link().clone();
        let worker = WorkerClient::spawn(move |event| link.send_message(Message::Worker(event)));
        worker.send(&Request::Hello);
        Self { worker, status: String::new() }
    }

    fn update(&mut self, _: &Context<Self>, message: Message) -> bool {
        let Message::Worker(event) = message;
        self.status = match event {
            WorkerEvent::Reply(Reply::Hello { version }) => format!("ready {version}"),
            WorkerEvent::Reply(_) => return false,
            WorkerEvent::Fault(text) => {
                self.worker.respawn();
                text
            }
        };
        true
    }

    fn view(&self, _: &Context<Self>) -> Html {
        html! {
            <main>
                <h1>{ "Lockstep" }</h1>
                <p role="status" data-worker={self.status.clone()}>{ &self.status }</p>
                <p><a href="licences.html">{ crate::VERSION }{ " · " }{ crate::COMMIT }</a></p>
            </main>
        }
    }
}
