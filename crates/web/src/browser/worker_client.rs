//! The page's end of the wire: starts a worker, sends requests, hears replies, replaces it.
//!
//! A worker that is busy cannot be asked to stop, so stopping is [`WorkerClient::respawn`]: the
//! old one is terminated with all it was doing, and a fresh one takes requests at once.

use std::rc::Rc;

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{ErrorEvent, MessageEvent, Worker, WorkerOptions, WorkerType};

use crate::protocol::{self, Answer, Ask};

/// What a worker lets the page know.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "answers are the usual case")]
pub enum WorkerEvent {
    /// It answered.
    Answer(Answer),
    /// It broke down and will answer nothing more; the text says why. Sent once in its life.
    Fault(String),
}

type Hear = Rc<dyn Fn(WorkerEvent)>;

/// One running worker. Dropping it terminates the worker.
pub struct WorkerClient {
    hear: Hear,
    running: Option<Running>,
}

struct Running {
    worker: Worker,
    _listeners: [EventListener; 2],
}

impl WorkerClient {
    /// Starts a worker; `hear` gets all it has to say, never before this function returns.
    pub fn spawn(hear: impl Fn(WorkerEvent) + 'static) -> Self {
        let mut client = Self { hear: Rc::new(hear), running: None };
        client.respawn();
        client
    }

    /// Sends a request. A worker still starting gets it as soon as it can read.
    pub fn send(&self, ask: &Ask) {
        let Some(running) = &self.running else { return };
        let bytes = js_sys::Uint8Array::from(protocol::encode(ask).as_slice());
        let buffer = js_sys::Array::of1(&bytes.buffer());
        if let Err(error) = running.worker.post_message_with_transfer(&bytes, &buffer) {
            (self.hear)(WorkerEvent::Fault(super::text_of(&error)));
        }
    }

    /// Terminates the worker, whatever it is doing, and starts a fresh one that knows nothing.
    /// Replies of the old one are never heard again.
    pub fn respawn(&mut self) {
        self.terminate();
        match Running::start(&self.hear) {
            Ok(running) => self.running = Some(running),
            Err(text) => {
                let hear = Rc::clone(&self.hear);
                super::timers::soon(move || hear(WorkerEvent::Fault(text)));
            }
        }
    }

    /// Terminates the worker. Requests go nowhere until [`WorkerClient::respawn`].
    pub fn terminate(&mut self) {
        self.running = None;
    }
}

impl std::fmt::Debug for WorkerClient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WorkerClient").field("running", &self.running.is_some()).finish()
    }
}

impl Running {
    fn start(hear: &Hear) -> Result<Self, String> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(&super::told_by_boot("worker")?, &options)
            .map_err(|error| super::text_of(&error))?;

        let broken = Rc::new(std::cell::Cell::new(false));
        let fail = {
            let hear = Rc::clone(hear);
            move |text: String| {
                if !broken.replace(true) {
                    hear(WorkerEvent::Fault(text));
                }
            }
        };
        let on_message = {
            let (hear, fail) = (Rc::clone(hear), fail.clone());
            EventListener::new(&worker, "message", move |event| {
                let Some(event) = event.dyn_ref::<MessageEvent>() else { return };
                let data = event.data();
                // A text is a fault (see `start.rs` and `worker.mjs`); bytes are a reply.
                if let Some(text) = data.as_string() {
                    super::start::report_missing();
                    return fail(text);
                }
                match protocol::decode(&js_sys::Uint8Array::new(&data).to_vec()) {
                    Ok(answer) => hear(WorkerEvent::Answer(answer)),
                    Err(text) => fail(text),
                }
            })
        };
        let on_error = EventListener::new(&worker, "error", move |event| {
            super::start::report_missing();
            let text = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message);
            fail(text.unwrap_or_else(|| "the worker could not be loaded".to_owned()));
        });
        Ok(Self { worker, _listeners: [on_message, on_error] })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}
