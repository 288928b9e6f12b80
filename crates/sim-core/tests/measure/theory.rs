//! Queues as theory has them: what is measured must come near, and identities must be exact.

use super::support::{Run, count, gauge, near, spread};

/// How many customers a run has: `MEASURE_CUSTOMERS` for a longer look.
fn customers(few: u64) -> u64 {
    let asked = std::env::var("MEASURE_CUSTOMERS").ok().and_then(|text| text.parse().ok());
    asked.unwrap_or(few)
}

/// M/M/c by a semaphore: mean wait and share of those who wait, by Erlang's formula.
fn erlang_c(servers: u32, load: f64) -> (f64, f64) {
    let blocked = (1..=servers).fold(1.0, |b, k| load * b / (f64::from(k) + load * b));
    let free = f64::from(servers) - load;
    let waits = blocked / (1.0 - load / f64::from(servers) * (1.0 - blocked));
    (waits / free, waits)
}

#[test]
fn servers_behind_one_line_agree_with_erlang() {
    for (servers, load, within) in [(1, 0.5, 30.0), (2, 1.4, 30.0), (4, 2.8, 30.0), (10, 8.0, 40.0)]
    {
        let body = format!(
            "semaphore servers (permits: {servers})\n\
             process customer every exp({load}/s) times {} {{ with servers {{ sleep exp(1s) }} }}",
            customers(60_000)
        );
        let view = Run::to_the_end(&body, 11).view();
        let (wait, waits) = erlang_c(servers, load);
        let measured = spread(&view, "servers.wait");
        near(measured.mean as f64 / 1e9, wait, within, &format!("wait, {servers} at {load}"));
        let busy = gauge(&view, "servers.busy").1.expect("time passed") as f64 / 1e6;
        near(busy, load, 15.0, "busy servers");
        let response = spread(&view, "customer.latency").mean as f64 / 1e9;
        near(response, wait + 1.0, within, "response");
        let _ = waits;
    }
}

#[test]
fn closed_clients_agree_with_theory() {
    // 100 clients who think 1 s before 10 servers of 1 s: the servers are never idle, so that the
    // response is 100 / 10 - 1 s.
    let body = "run (for: 3000s, warmup: 100s)\nsemaphore servers (permits: 10)\n\
        process client * 100 again after exp(1s) { with servers { sleep exp(1s) } }";
    let mut run = Run::to_the_end(body, 5);
    run.meter.ends_at(3_000_000_000_000);
    let view = run.view();
    near(spread(&view, "client.latency").mean as f64 / 1e9, 9.0, 15.0, "response");
    let utilization = view.gauges.iter().find_map(|row| row.utilization).expect("permits");
    assert!(utilization > 999_000, "{utilization}");
}

/// One or several servers behind a queue: `gap` between arrivals, `time` of a service.
fn line(servers: u32, gap: &str, time: &str, seed: u64) -> sim_core::measure::MeasuresView {
    let body = format!(
        "queue line\nprocess arrival every {gap} times {} {{ send self to line }}\n\
         process server * {servers} receive line as c {{ sleep {time} }}",
        customers(40_000)
    );
    Run::to_the_end(&body, seed).view()
}

#[test]
fn a_queue_agrees_with_theory() {
    // Numbers of M/M/1, M/M/c, M/D/1 and M/E4/1 with services of 1 s.
    for (servers, gap, time, wait, within) in [
        (1, "exp(0.5/s)", "exp(1s)", 1.0, 60.0),
        (4, "exp(3.2/s)", "exp(1s)", 0.745_541, 60.0),
        (1, "exp(0.8/s)", "1s", 2.0, 50.0),
        (1, "exp(0.7/s)", "erlang(4, 1s)", 1.458_333, 50.0),
    ] {
        let view = line(servers, gap, time, 3);
        let what = format!("{servers} servers, {gap}, {time}");
        near(spread(&view, "line.wait").mean as f64 / 1e9, wait, within, &what);
        let trip = spread(&view, "line.trip").mean as f64 / 1e9;
        near(trip, wait + 1.0, within, &what);
        // Little's law over a run that begins and ends empty.
        let until = view.until as f64 / 1e9;
        let length = gauge(&view, "line.length").1.expect("time passed") as f64 / 1e6;
        let waited = spread(&view, "line.wait").mean as f64 / 1e9 * customers(40_000) as f64;
        near(length * until, waited, 0.01, &what);
    }
}

/// A run that starts and ends empty: the integral of how many there are is the sum of how long each
/// was there, exactly.
fn little(body: &str, seed: u64) {
    let view = Run::to_the_end(body, seed).view();
    let area = |name: &str| {
        let row = gauge(&view, name);
        (row.0, row.1.unwrap_or(0))
    };
    let started = count(&view, "p.started");
    assert_eq!(count(&view, "p.unfinished"), 0, "{body}");
    assert_eq!(area("p.running").0, 0, "{body}");
    // The mean is told in millionths, so that what it is multiplied with hides half of one.
    let until = i128::from(view.until);
    for (gauge, values) in
        [("p.running", "p.latency"), ("s.waiting", "s.wait"), ("s.busy", "s.held")]
    {
        let Some(row) = view.spreads.iter().find(|row| row.name == values) else { continue };
        let sum = i128::from(row.mean) * i128::from(row.count);
        let integral = i128::from(area(gauge).1) * until / 1_000_000;
        let rounding = i128::from(row.count) + until / 1_000_000 + 1;
        assert!((sum - integral).abs() <= rounding, "{body}: {gauge} {integral}, {values} {sum}");
    }
    assert!(started > 0);
}

#[test]
fn littles_law_is_an_identity() {
    for seed in 0..40_u64 {
        let permits = 1 + seed % 3;
        let (kind, with) = match seed % 4 {
            0 => ("lock s".to_owned(), "with s"),
            1 => (format!("semaphore s (permits: {permits})"), "with s"),
            2 => (format!("semaphore s (permits: {permits}, max_wait: 2s)"), "with s"),
            _ => ("rwlock s".to_owned(), "with s.write"),
        };
        let body = format!(
            "{kind}\nprocess p every exp(900ms) times 200 {{ try {{ within {}ms {{ sleep exp(200ms)\n\
             {with} {{ sleep exp(1s)\nif chance(20%) {{ fail odd }} }} }} }} catch timeout {{ }} }}",
            500 + seed * 300
        );
        little(&body, seed);
    }
}
