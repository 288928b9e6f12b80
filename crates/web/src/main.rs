//! Starts the page. For the tests, makes and reads the messages they exchange with workers.

use wasm_bindgen::prelude::wasm_bindgen;
use web::protocol::{self, Answer, Ask, Reply, Request};

fn main() {
    web::browser::start_page(web::app::mount);
}

/// The bytes that ask a worker for its golden draws. For the tests.
#[wasm_bindgen]
#[must_use]
pub fn golden_draws_request() -> Vec<u8> {
    protocol::encode(&Ask { ticket: 0, request: Request::GoldenDraws })
}

/// The text in a worker's answer to [`golden_draws_request`], if it is one. For the tests.
#[wasm_bindgen]
#[must_use]
pub fn golden_draws_reply(bytes: &[u8]) -> Option<String> {
    match protocol::decode(bytes) {
        Ok(Answer { reply: Reply::GoldenDraws(text), .. }) => Some(text),
        _ => None,
    }
}

/// The bytes that make a worker panic. For the tests.
#[wasm_bindgen]
#[must_use]
pub fn panic_request() -> Vec<u8> {
    protocol::encode(&Ask { ticket: 0, request: Request::Panic })
}

/// Panics where it is called. For the tests.
///
/// # Panics
/// Always.
#[wasm_bindgen]
pub fn panic_here() {
    panic!("asked to by a test");
}
