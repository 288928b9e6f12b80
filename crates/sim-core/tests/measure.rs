//! What is measured of runs: against theory, against identities, and against itself.

mod measure {
    mod expected;
    mod messages;
    mod processes;
    mod routines;
    mod services;
    mod sessions;
    mod support;
    mod theory;
}
