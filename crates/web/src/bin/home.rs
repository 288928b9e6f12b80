//! Starts the first view: the pages that need no simulator.

use wasm_bindgen::prelude::wasm_bindgen;

fn main() {
    web::browser::start_page(web::app::mount_front);
}

/// Makes room for the whole page.
#[wasm_bindgen]
pub fn close() {
    web::browser::close();
}
