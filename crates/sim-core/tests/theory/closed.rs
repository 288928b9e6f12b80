//! Clients who come again: how many there are is fixed, and so is what is waiting and thinking in all.

use super::batches::{agree, level, mean};

/// 1000 clients think for 1 s and share 10 servers of 1 s. The servers are never idle, so they
/// serve 10 a second, and a client is back after 1000 / 10 - 1 s.
#[test]
fn a_thousand_clients_and_ten_servers() {
    let body = "semaphore servers (permits: 10)\n\
        process client * 1000 again after exp(1s) { with servers { sleep exp(1s) } }";
    let figures = [
        mean("client.latency", 99.0),
        mean("servers.wait", 98.0),
        mean("servers.held", 1.0),
        level("permits taken", &["servers.busy"], 10.0).within(0.1),
        level("clients not thinking", &["client.running"], 990.0),
    ];
    agree(body, 40_000, 15, 1.0, &figures);
}
