//! Sagas searched and walked schedule by schedule come to the same.

use crate::calls::agrees;

#[test]
fn programs_with_sagas_agree_with_walking_every_schedule() {
    for body in [
        "var x = 0\nprocess p { try { saga {\nstep \"a\" { x += 1 } undo { x -= 1 }\nstep \"b\" { choose { x += 1 } or { fail full } } undo { x -= 1 }\n} } catch full { } }\nprocess q { x += 2 }\nfinally x == 2 or x == 4",
        "var x = 0\nprocess p * 2 { saga (durable: true) {\nstep \"a\" { x += 1 } undo { x -= 1 }\n} }\nfault crash p anytime for 1s at most 1\nfinally x == 2",
        "var x = 0\nprocess p { try { within 1s { saga {\nstep \"a\" { x = 1 } undo { x = 0 }\nstep \"b\" { sleep 2s } undo { x += 2 }\n} } } catch timeout { } }\nfinally x == 0",
        "var x = 0\nprocess p { try { saga {\nstep \"a\" { x = 1 } undo { choose { x = 0 } or { fail busy } }\nstep \"b\" { fail full }\n} } catch full { } }\nfinally x == 0",
        "service s { on h(i) { x += i } }\nvar x = 0\nprocess p { try { saga {\nstep \"a\" { call s.h(1) } undo { call s.h(-1) }\nstep \"b\" { call s.h(2) within 1s } undo { call s.h(-2) }\nstep \"c\" { fail full }\n} } catch { } }\nexplore (timeouts: 1)\nfinally x == 0",
    ] {
        agrees(body);
    }
}
