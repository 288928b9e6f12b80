//! Work B: 1000 clients before 10 servers; each thinks, is served, and thinks again.

use std::collections::{BinaryHeap, VecDeque};

use crate::draw::{Draw, Event};

/// How many clients.
pub const CLIENTS: u32 = 1000;
/// How many servers.
pub const SERVERS: u32 = 10;
/// How many are served before the run is over.
pub const COMPLETIONS: u64 = 2_000_000;
/// The mean time from asking to being served, seconds: all servers are busy all the time, so a
/// client comes round every 1000 / 10 s and thinks for one of them.
pub const MEAN: f64 = 99.0;

/// The scenario.
pub const TEXT: &str = "\
scenario \"B: closed clients\"
semaphore servers (permits: 10)
process client * 1000 again after exp(1s) until 200000s { with servers { sleep exp(1s) } }
";

/// Runs it on a binary heap; gives the mean time from asking to being served.
#[must_use]
pub fn by_hand(completions: u64) -> f64 {
    const ASKS: u32 = 0;
    const SERVED: u32 = 1;
    let mut draw = Draw::new(1);
    let mut calendar = BinaryHeap::with_capacity(2 * CLIENTS as usize);
    let mut line = VecDeque::with_capacity(CLIENTS as usize);
    let mut asked = vec![0.0; CLIENTS as usize];
    let (mut free, mut done, mut waited) = (SERVERS, 0, 0.0);
    for client in 0..CLIENTS {
        calendar.push(Event::new(draw.exp(1.0), ASKS, client));
    }
    while let Some(event) = calendar.pop() {
        let (now, client) = (event.at(), event.who());
        if event.kind() == ASKS {
            asked[client as usize] = now;
            if free > 0 {
                free -= 1;
                calendar.push(Event::new(now + draw.exp(1.0), SERVED, client));
            } else {
                line.push_back(client);
            }
            continue;
        }
        waited += now - asked[client as usize];
        done += 1;
        if done == completions {
            break;
        }
        match line.pop_front() {
            Some(next) => calendar.push(Event::new(now + draw.exp(1.0), SERVED, next)),
            None => free += 1,
        }
        calendar.push(Event::new(now + draw.exp(1.0), ASKS, client));
    }
    waited / done as f64
}
