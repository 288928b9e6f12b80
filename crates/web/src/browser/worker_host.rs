//! The worker's end of the wire: bytes in, [`Host`] answers, bytes out.

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use crate::{
    protocol::{self, Answer, Reply},
    worker::Host,
};

/// Answers messages until the page terminates this worker.
pub(super) fn serve(scope: DedicatedWorkerGlobalScope) {
    let mut host = Host::with_clock(super::timers::wall_clock_milliseconds);
    let mailbox = scope.clone();
    let listener = EventListener::new(&scope, "message", move |event| {
        let Some(event) = event.dyn_ref::<MessageEvent>() else { return };
        let bytes = js_sys::Uint8Array::new(&event.data()).to_vec();
        match protocol::decode(&bytes) {
            Ok(ask) => host.handle(ask, |answer| post(&mailbox, &answer)),
            Err(text) => post(&mailbox, &Answer { ticket: 0, reply: Reply::Fault(text) }),
        }
    });
    // Serves as long as the worker lives: there is nobody to give the guard to.
    listener.forget();
}

fn post(scope: &DedicatedWorkerGlobalScope, answer: &Answer) {
    let bytes = js_sys::Uint8Array::from(protocol::encode(answer).as_slice());
    let buffer = js_sys::Array::of1(&bytes.buffer());
    if let Err(error) = scope.post_message_with_transfer(&bytes, &buffer) {
        panic!("a reply could not be posted: {}", super::text_of(&error));
    }
}
