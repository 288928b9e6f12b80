//! Any text is answered: checked, coloured, laid out, completed and bound without a fault.

#![no_main]

#[path = "../../crates/sim-core/tests/lang/survive.rs"]
mod survive;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let _ = survive::survive(text);
});
