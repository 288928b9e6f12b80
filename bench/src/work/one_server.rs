//! Work A: one server, one line, 90 % busy.

use std::collections::{BinaryHeap, VecDeque};

use crate::draw::{Draw, Event};

/// Arrivals in a second; the server serves one in a second.
pub const ARRIVALS: f64 = 0.9;
/// How many customers.
pub const CUSTOMERS: u64 = 2_000_000;
/// The mean wait before being served, seconds: 0.9 / (1 - 0.9).
pub const MEAN: f64 = 9.0;

/// The scenario.
pub const TEXT: &str = "\
scenario \"A: one server\"
queue line
process arrival every exp(0.9/s) times 2000000 { send self to line }
process server receive line as c { sleep exp(1s) }
";

/// Without any list of events: each wait follows from the one before. Gives the mean wait.
#[must_use]
pub fn lindley(customers: u64) -> f64 {
    let mut draw = Draw::new(1);
    let (mut wait, mut waited) = (0.0_f64, 0.0);
    for _ in 0..customers {
        waited += wait;
        wait = (wait + draw.exp(1.0) - draw.exp(1.0 / ARRIVALS)).max(0.0);
    }
    waited / customers as f64
}

/// On a binary heap, with a line. Gives the mean wait.
#[must_use]
pub fn by_hand(customers: u64) -> f64 {
    const ARRIVES: u32 = 0;
    let mut draw = Draw::new(1);
    let mut calendar = BinaryHeap::new();
    let mut line = VecDeque::new();
    let (mut busy, mut came, mut served, mut waited) = (false, 0, 0, 0.0);
    calendar.push(Event::new(draw.exp(1.0 / ARRIVALS), ARRIVES, 0));
    while let Some(event) = calendar.pop() {
        let now = event.at();
        if event.kind() == ARRIVES {
            came += 1;
            if came < customers {
                calendar.push(Event::new(now + draw.exp(1.0 / ARRIVALS), ARRIVES, 0));
            }
            if busy {
                line.push_back(now);
            } else {
                busy = true;
                calendar.push(Event::new(now + draw.exp(1.0), 1, 0));
            }
            continue;
        }
        served += 1;
        match line.pop_front() {
            Some(since) => {
                waited += now - since;
                calendar.push(Event::new(now + draw.exp(1.0), 1, 0));
            }
            None => busy = false,
        }
    }
    waited / served as f64
}
