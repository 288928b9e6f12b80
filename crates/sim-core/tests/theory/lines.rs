//! One line of who waits, with one or several servers, and two lines one after the other.

use super::batches::{agree, level, mean, share};
use super::formulas::{bounded, wait, wait_in_general};

/// A queue before one or several servers.
fn queue(servers: u32, rate: f64, time: &str) -> String {
    format!(
        "queue line\nprocess arrival every exp({rate}/s) {{ send self to line }}\n\
         process server * {servers} receive line as job {{ sleep {time} }}"
    )
}

/// The mean wait, the mean time in the system, how many are there, and how busy the servers are.
fn one_line(rate: f64, servers: u32, time: &str, wait: f64, jobs: u64, percent: f64) {
    let (line, inside) = (["line.length"], ["line.length", "line.inflight"]);
    let load = rate / f64::from(servers);
    let figures = [
        mean("line.wait", wait),
        mean("line.trip", wait + 1.0),
        level("waiting", &line, rate * wait),
        level("waiting and served", &inside, rate * (wait + 1.0)),
        level("served", &inside[1..], rate).within(1.0),
    ];
    assert!(load < 1.0);
    agree(&queue(servers, rate, time), (jobs as f64 / rate) as u64, 11, percent, &figures);
}

#[test]
fn one_server_half_busy() {
    one_line(0.5, 1, "exp(1s)", wait(1, 0.5), 1_300_000, 1.0);
}

#[test]
fn one_server_at_eight_tenths() {
    one_line(0.8, 1, "exp(1s)", wait(1, 0.8), 1_400_000, 2.0);
}

#[test]
fn one_server_at_nine_tenths() {
    one_line(0.9, 1, "exp(1s)", wait(1, 0.9), 2_200_000, 3.0);
}

#[test]
fn services_that_all_take_the_same_time() {
    one_line(0.8, 1, "1s", wait_in_general(0.8, 0.0), 900_000, 2.0);
}

#[test]
fn services_of_four_stages() {
    one_line(0.8, 1, "erlang(4, 1s)", wait_in_general(0.8, 0.25), 1_700_000, 2.0);
}

#[test]
fn four_servers_at_nine_tenths() {
    one_line(3.6, 4, "exp(1s)", wait(4, 3.6), 2_800_000, 3.0);
}

/// The same with permits in place of a queue: who comes takes one, and is itself served.
fn permits(servers: u32, rate: f64, jobs: u64, percent: f64) {
    let body = format!(
        "semaphore servers (permits: {servers})\n\
         process customer every exp({rate}/s) {{ with servers {{ sleep exp(1s) }} }}"
    );
    let wait = wait(servers, rate);
    let figures = [
        mean("servers.wait", wait),
        mean("servers.held", 1.0).within(1.0),
        mean("customer.latency", wait + 1.0),
        level("customers there", &["customer.running"], rate * (wait + 1.0)),
        level("permits taken", &["servers.busy"], rate).within(1.0),
    ];
    agree(&body, (jobs as f64 / rate) as u64, 12, percent, &figures);
}

#[test]
fn one_permit_half_busy() {
    permits(1, 0.5, 1_300_000, 1.0);
}

/// Few have to wait for one of ten, and those long: it takes many jobs to tell their mean.
#[test]
fn ten_permits_at_eight_tenths() {
    permits(10, 8.0, 3_000_000, 3.0);
}

/// Twice as many come as can be served, and there is room for ten: half are turned away, and who
/// gets in is back after nine times as long as it is served. And four servers with room for eight.
#[test]
fn a_line_that_turns_away() {
    for (servers, room, rate, jobs, percent) in
        [(1, 10, 2.0, 400_000, 1.0), (4, 8, 3.6, 600_000, 2.0)]
    {
        let body = format!(
            "queue line (capacity: {}, when_full: reject)\n\
             process arrival every exp({rate}/s) {{ try {{ send self to line }} catch rejected {{ }} }}\n\
             process server * {servers} receive line as job {{ sleep exp(1s) }}",
            room - servers
        );
        let (turned_away, there) = bounded(servers, room, rate);
        let accepted = rate * (1.0 - turned_away);
        let inside = ["line.length", "line.inflight"];
        let figures = [
            share("line.rejected", "line.sent", turned_away),
            mean("line.trip", there / accepted),
            level("waiting and served", &inside, there),
            level("served", &inside[1..], accepted),
        ];
        agree(&body, (f64::from(jobs) / rate) as u64, 13, percent, &figures);
    }
}

/// Two queues one after the other: what leaves the first comes to the second as if by chance, and
/// each is as if it were alone (Jackson).
#[test]
fn two_lines_one_after_the_other() {
    let body = "queue first\nqueue second\n\
        process arrival every exp(0.8/s) { send { at: self } to first }\n\
        process washer receive first as job { sleep exp(1s)\nsend job to second }\n\
        process drier receive second as job { sleep exp(1s) }";
    let (first, second) =
        (["first.length", "first.inflight"], ["second.length", "second.inflight"]);
    let all = [first, second].concat();
    let figures = [
        mean("first.trip", 5.0),
        mean("second.trip", 5.0),
        mean("second.wait", 4.0),
        level("at the first", &first, 4.0),
        level("at the second", &second, 4.0),
        level("in all", &all, 8.0),
    ];
    agree(body, 1_800_000, 14, 2.0, &figures);
}
