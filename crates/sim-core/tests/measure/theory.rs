//! Identities of theory, which are exact. How near measured figures come to it, `tests/theory.rs` tells.

use super::support::{Run, count, gauge};

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

/// Who waits in a queue is counted there for as long as its wait.
#[test]
fn littles_law_holds_for_queues() {
    for (servers, gap, time) in [
        (1, "exp(0.5/s)", "exp(1s)"),
        (4, "exp(3.2/s)", "exp(1s)"),
        (1, "exp(0.8/s)", "1s"),
        (1, "exp(0.7/s)", "erlang(4, 1s)"),
    ] {
        let body = format!(
            "queue line\nprocess arrival every {gap} times 5000 {{ send self to line }}\n\
             process server * {servers} receive line as c {{ sleep {time} }}"
        );
        let view = Run::to_the_end(&body, 3).view();
        let wait = view.spreads.iter().find(|row| row.name == "line.wait").expect("some waited");
        let sum = i128::from(wait.mean) * i128::from(wait.count);
        let (last, mean, _) = gauge(&view, "line.length");
        let integral = i128::from(mean.expect("time passed")) * i128::from(view.until) / 1_000_000;
        let rounding = i128::from(wait.count) + i128::from(view.until) / 1_000_000 + 1;
        assert_eq!((last, wait.count), (0, 5000), "{body}");
        assert!((sum - integral).abs() <= rounding, "{body}: {integral}, {sum}");
    }
}
