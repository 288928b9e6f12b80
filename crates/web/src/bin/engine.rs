//! Starts the simulator's host in a worker.

use wasm_bindgen::prelude::wasm_bindgen;

fn main() {
    web::browser::start_worker();
}

/// The golden draws as this module computes them. For the tests: Node has no worker to ask.
#[wasm_bindgen]
#[must_use]
pub fn golden_draws() -> String {
    web::worker::golden_draws()
}
