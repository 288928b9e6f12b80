//! Instances of processes, locks and records, on programs whose numbers one can count by hand.

use super::support::{Run, count, gauge, spread};

const MS: i64 = 1_000_000;

#[test]
fn one_who_sleeps() {
    let view = Run::to_the_end("process p { sleep 3ms }", 1).view();
    assert_eq!((count(&view, "p.started"), count(&view, "p.ok")), (1, 1));
    assert_eq!((count(&view, "p.failed"), count(&view, "p.unfinished")), (0, 0));
    let latency = spread(&view, "p.latency");
    assert_eq!((latency.count, latency.mean, latency.p99), (1, 3 * MS, 3 * MS));
    assert_eq!(gauge(&view, "p.running"), (0, Some(1_000_000), 1));
    assert_eq!(view.until, 3_000_000);
}

#[test]
fn outcomes_are_each_counted_and_timed() {
    let body = "process p every 10ms times 10 {\n\
        if self mod 5 == 0 { fail gone_wrong }\n\
        if self mod 2 == 0 { outcome even }\n\
        sleep 1ms * self }";
    let view = Run::to_the_end(body, 1).view();
    let counts = ["started", "ok", "even", "gone_wrong", "failed", "unfinished"];
    assert_eq!(counts.map(|word| count(&view, &format!("p.{word}"))), [10, 4, 4, 2, 2, 0]);
    assert_eq!(spread(&view, "p.even.latency").mean, 5 * MS);
    assert_eq!(spread(&view, "p.ok.latency").max, 9 * MS);
    assert_eq!(spread(&view, "p.latency").count, 10);
    let rate = view.counts.iter().find(|row| row.name == "p.even").and_then(|row| row.rate);
    // The last one fails as it comes.
    assert_eq!((view.until, rate), (100_000_000, Some(40_000_000)));
}

#[test]
fn who_is_not_done_counts_with_its_age() {
    let body = "run (for: 10ms)\nprocess p every 4ms times 2 { sleep 1s }";
    let mut run = Run::to_the_end(body, 1);
    run.meter.ends_at(10_000_000);
    let view = run.view();
    assert_eq!((count(&view, "p.started"), count(&view, "p.unfinished")), (2, 2));
    let latency = spread(&view, "p.latency");
    assert_eq!((latency.least, latency.max), (2 * MS, 6 * MS));
    assert_eq!((latency.count, latency.unfinished), (2, 2));
    assert_eq!(gauge(&view, "p.running"), (2, Some(800_000), 2));
}

#[test]
fn passes_are_instances() {
    let body = "process p * 3 again after 5ms times 4 { sleep 2ms }";
    let view = Run::to_the_end(body, 1).view();
    assert_eq!((count(&view, "p.started"), count(&view, "p.ok")), (12, 12));
    assert_eq!(spread(&view, "p.latency").max, 2 * MS);
    let body = "run (for: 9ms)\nprocess p forever { sleep 2ms }";
    let view = Run::to_the_end(body, 1).view();
    assert_eq!((count(&view, "p.ok"), count(&view, "p.unfinished")), (4, 1));
}

#[test]
fn warmup_leaves_out_what_began_before() {
    let body = "run (for: 100ms, warmup: 50ms)\n\
        process p every 10ms { sleep 15ms }\nlock m\nprocess q { with m { sleep 60ms } }";
    let mut run = Run::to_the_end(body, 1);
    run.meter.ends_at(100_000_000);
    let view = run.view();
    // Those at 50, 60, 70, 80 ms end in time; 90 and 100 do not.
    assert_eq!((count(&view, "p.started"), count(&view, "p.ok")), (6, 4));
    assert_eq!((count(&view, "p.unfinished"), spread(&view, "p.latency").count), (2, 6));
    assert_eq!(gauge(&view, "p.running").1, Some(1_500_000));
    assert_eq!(gauge(&view, "m.busy"), (0, Some(200_000), 1));
    assert!(view.spreads.iter().all(|row| row.name != "m.held"), "it was taken before");
}

#[test]
fn a_crash_ends_what_does_not_come_again() {
    let crash = |lasts: &str| {
        let body = format!("process p {{ sleep 10ms }}\nfault crash p at 4ms {lasts}");
        let view = Run::to_the_end(&body, 1).view();
        let counts = ["started", "ok", "unfinished"].map(|word| count(&view, &format!("p.{word}")));
        (counts, spread(&view, "p.latency").max / MS, gauge(&view, "p.running").0)
    };
    assert_eq!(crash(""), ([1, 0, 1], 4, 0));
    assert_eq!(crash("for 5ms"), ([1, 1, 0], 19, 0));
}

#[test]
fn retries_and_tries() {
    for backoff in ["", ", backoff: fixed, delay: 1ms"] {
        let body = format!(
            "var calm = 0\nprocess p {{ retry (attempts: 5{backoff}) {{ calm += 1\n\
             if calm < 3 {{ fail busy }} }} }}"
        );
        let view = Run::to_the_end(&body, 1).view();
        assert_eq!((count(&view, "p.retries"), count(&view, "p.ok")), (2, 1), "{backoff}");
        assert_eq!(spread(&view, "p.attempts").max, 3, "{backoff}");
    }
}

#[test]
fn locks_tell_who_waited_and_who_held() {
    let body = "lock m\nprocess p * 3 { with m { sleep 10ms } }";
    let view = Run::to_the_end(body, 1).view();
    assert_eq!((count(&view, "m.asked"), count(&view, "m.admitted")), (3, 3));
    let (wait, held) = (spread(&view, "m.wait"), spread(&view, "m.held"));
    assert_eq!((wait.least, wait.p50, wait.max), (0, 10 * MS, 20 * MS));
    assert_eq!((held.least, held.max, held.count), (10 * MS, 10 * MS, 3));
    assert_eq!(gauge(&view, "m.busy"), (0, Some(1_000_000), 1));
    // Two wait for 10 ms, one for 10 more.
    assert_eq!(gauge(&view, "m.waiting"), (0, Some(1_000_000), 2));
    let busy = view.gauges.iter().find(|row| row.name == "m.busy");
    assert_eq!(busy.and_then(|row| row.utilization), Some(1_000_000));
}

#[test]
fn semaphores_turn_away_and_give_up() {
    let body = "semaphore s (permits: 1, when_full: reject)\n\
        process p * 3 { try { with s { sleep 1ms } } catch { } }";
    let view = Run::to_the_end(body, 1).view();
    let counts = ["asked", "admitted", "rejected"].map(|word| count(&view, &format!("s.{word}")));
    assert_eq!(counts, [3, 1, 2]);
    let body = "semaphore s (permits: 1, max_wait: 2ms)\n\
        process p * 3 { try { with s { sleep 5ms } } catch { } }";
    let view = Run::to_the_end(body, 1).view();
    let counts = ["asked", "admitted", "rejected"].map(|word| count(&view, &format!("s.{word}")));
    assert_eq!(counts, [3, 1, 2]);
    assert_eq!((spread(&view, "s.wait").count, spread(&view, "s.wait").max), (3, 2 * MS));
    assert_eq!(gauge(&view, "s.waiting"), (0, Some(800_000), 2));
}

#[test]
fn arrays_are_told_one_by_one_and_together() {
    let body = "lock fork[3]\nprocess p * 3 { with fork[self] { sleep 1ms * self } }";
    let view = Run::to_the_end(body, 1).view();
    assert_eq!(count(&view, "fork.asked"), 3);
    assert_eq!(count(&view, "fork[2].asked"), 1);
    assert_eq!(spread(&view, "fork.held").max, 3 * MS);
    assert_eq!(spread(&view, "fork[2].held").max, 2 * MS);
    assert_eq!((gauge(&view, "fork.busy").2, gauge(&view, "fork[3].busy").2), (3, 1));
    let rw = "rwlock page\nprocess r * 2 { with page.read { sleep 2ms } }\n\
        process w { sleep 1ms\nwith page.write { sleep 1ms } }";
    let view = Run::to_the_end(rw, 1).view();
    assert_eq!((gauge(&view, "page.busy").2, gauge(&view, "page.waiting").2), (2, 1));
    assert_eq!(spread(&view, "page.wait").max, MS);
}

#[test]
fn records_are_spreads() {
    let body = "process p * 5 { sleep 1ms\nrecord size = self * 10 }";
    let view = Run::to_the_end(body, 1).view();
    let size = spread(&view, "size");
    assert_eq!((size.count, size.p50, size.max, size.mean), (5, 30, 50, 30_000_000));
}

#[test]
fn who_sleeps_on_a_condition_waits_there() {
    let body = "lock m\ncondition c (lock: m)\nvar go = 0\n\
        process p * 2 { with m { while go == 0 { wait c } } }\n\
        process q { sleep 4ms\nwith m { go = 1\nnotify all c } }";
    let view = Run::to_the_end(body, 1).view();
    assert_eq!(gauge(&view, "c.waiting").2, 2);
}

#[test]
fn series_add_up_to_the_counts() {
    let body = "process p every exp(1ms) times 3000 { sleep exp(3ms) }";
    let view = Run::to_the_end(body, 3).view();
    let rate = view.series.iter().find(|series| series.name == "p.ok.rate").expect("it is drawn");
    assert!(rate.points.len() <= 240, "{}", rate.points.len());
    let span = |at: usize| (view.until - at as u64 * rate.width).min(rate.width);
    let points = rate.points.iter().enumerate();
    let sum: f64 =
        points.map(|(at, point)| point.unwrap_or(0) as f64 * span(at) as f64 / 1e15).sum();
    assert!((sum - 3_000.0).abs() < 30.0, "{sum}");
    assert!(view.series.iter().any(|series| series.name == "p.latency.p95"));
}

#[test]
fn merging_seeds_is_measuring_them_together() {
    let body = "lock m\nprocess p every exp(2ms) times 300 { with m { sleep exp(1ms) }\n\
        if chance(10%) { outcome odd } }";
    let runs: Vec<Run> = (0..3).map(|seed| Run::to_the_end(body, seed)).collect();
    let mut all = runs[0].meter.clone();
    runs[1..].iter().for_each(|run| all.merge(&run.meter));
    let mut turned = runs[2].meter.clone();
    turned.merge(&runs[1].meter);
    turned.merge(&runs[0].meter);
    let program = runs[0].machine.program();
    let (view, other) = (all.view(program, &|_| 1), turned.view(program, &|_| 1));
    assert_eq!((&view.counts, &view.gauges), (&other.counts, &other.gauges));
    assert_eq!((&view.spreads, &view.series), (&other.spreads, &other.series));
    let views: Vec<_> = runs.iter().map(Run::view).collect();
    for name in ["p.started", "p.ok", "p.odd", "m.admitted"] {
        let sum: u64 = views.iter().map(|view| count(view, name)).sum();
        assert_eq!(count(&view, name), sum, "{name}");
    }
    let max = views.iter().map(|view| spread(view, "p.latency").max).max();
    assert_eq!(Some(spread(&view, "p.latency").max), max);
    assert_eq!(spread(&view, "p.latency").count, 900);
}
