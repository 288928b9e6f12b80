//! Calls of services: exact small runs, and identities over long ones.

use super::support::{Run, count, gauge, spread};
use sim_core::measure::MeasuresView;

const MS: i64 = 1_000_000;

/// Sums of calls by where they are counted: each is in one place of every kind.
fn adds_up(view: &MeasuresView, whole: &str, parts: &[&str], words: &[&str]) {
    for word in words {
        let of = |name: &str| count(view, &format!("{name}.{word}"));
        let sum: u64 = parts.iter().map(|part| of(part)).sum();
        assert_eq!(of(whole), sum, "{whole}.{word} of {parts:?}");
    }
}

/// The integral of how many there are is the sum of how long each was there.
fn integral_is_sum(view: &MeasuresView, level: &str, span: &str) {
    let row = spread(view, span);
    let sum = i128::from(row.mean) * i128::from(row.count);
    let (now, mean, _) = gauge(view, level);
    let integral = i128::from(mean.unwrap_or(0)) * i128::from(view.until) / 1_000_000;
    let rounding = i128::from(row.count) + i128::from(view.until) / 1_000_000 + 1;
    assert_eq!(now, 0, "{level}");
    assert!((sum - integral).abs() <= rounding, "{level} {integral}, {span} {sum}");
}

#[test]
fn one_worker_and_two_calls_by_hand() {
    let body = "service bank (workers: 1) { on pay(amount) { sleep 10ms\nreturn amount } }\n\
        process client * 2 { call bank.pay(1) }\n\
        goal bank.utilization == 100% and client.to.bank.ok == 2\n\
        goal bank.pay.wait.max == 10ms and bank.busy.mean == 1 and bank.queued.mean * 2 == 1";
    let view = Run::to_the_end(body, 1).view();
    for name in ["bank", "bank.pay", "client.to.bank"] {
        let of = |word: &str| count(&view, &format!("{name}.{word}"));
        assert_eq!((of("calls"), of("ok"), of("failed"), of("unfinished")), (2, 2, 0, 0));
        let wait = spread(&view, &format!("{name}.wait"));
        assert_eq!((wait.count, wait.least, wait.max), (2, 0, 10 * MS), "{name}");
        let latency = spread(&view, &format!("{name}.latency"));
        assert_eq!((latency.count, latency.least, latency.max), (2, 10 * MS, 20 * MS), "{name}");
        let service = spread(&view, &format!("{name}.service"));
        assert_eq!((service.count, service.least, service.max), (2, 10 * MS, 10 * MS), "{name}");
        assert_eq!(gauge(&view, &format!("{name}.inflight")), (0, Some(1_500_000), 2), "{name}");
    }
    assert_eq!(view.find("bank.utilization").map(|figure| figure.value), Some(1_000_000));
    let states: Vec<_> = view.goals.iter().map(|goal| goal.state).collect();
    assert_eq!(states, [sim_core::measure::GoalState::Held; 2]);
}

/// A call is in flight on the way there, in hand, and on the way back; what is not over yet counts
/// with its age so far.
#[test]
fn a_run_that_is_cut_off_tells_what_is_under_way() {
    let body = "run (for: 25ms)\nlink client <-> bank (latency: 10ms)\n\
        service bank (workers: 1) { on pay() { sleep 20ms } }\n\
        process client * 2 { call bank.pay() }";
    let run = Run::to_the_end(body, 1);
    let mut meter = run.meter.clone();
    meter.ends_at(25 * MS as u64);
    let view = meter.view(run.machine.program(), &|_| 1);
    let row = |name: &str| {
        let row = spread(&view, name);
        (row.count, row.unfinished, row.least, row.max)
    };
    assert_eq!((count(&view, "bank.calls"), count(&view, "bank.unfinished")), (2, 2));
    assert_eq!(count(&view, "client.to.bank.unfinished"), 2);
    assert_eq!(row("bank.latency"), (2, 2, 15 * MS, 15 * MS));
    assert_eq!(row("bank.wait"), (2, 1, 0, 15 * MS));
    assert_eq!(row("bank.service"), (1, 1, 15 * MS, 15 * MS));
    assert_eq!(row("client.to.bank.latency"), (2, 2, 25 * MS, 25 * MS));
    assert_eq!(row("client.link.bank.latency"), (2, 0, 10 * MS, 10 * MS));
    assert_eq!((gauge(&view, "bank.busy").0, gauge(&view, "bank.queued").0), (1, 1));
}

/// Who gives up is counted as that, and has waited as long as it did; its answer is late.
#[test]
fn a_caller_that_gives_up() {
    let body = "service bank { on pay() { sleep 10ms } }\n\
        process client { try { call bank.pay() within 4ms } catch timeout { sleep 20ms } }";
    let view = Run::to_the_end(body, 1).view();
    let of = |word: &str| count(&view, &format!("client.to.bank.{word}"));
    assert_eq!((of("calls"), of("timeouts"), of("ok"), of("late")), (1, 1, 0, 1));
    assert_eq!(spread(&view, "client.to.bank.latency").max, 4 * MS);
    assert_eq!((count(&view, "bank.ok"), count(&view, "bank.timeouts")), (1, 1));
    assert_eq!(spread(&view, "bank.latency").max, 10 * MS);
}

/// What a caller is told and what a service did add up, whatever goes wrong on the way.
#[test]
fn counts_add_up_and_littles_law_is_an_identity() {
    for seed in 0..12_u64 {
        let replicas = 1 + seed % 3;
        let balance = ["round_robin", "random", "least_busy", "two_choices"][seed as usize % 4];
        let link = match seed % 3 {
            0 => "",
            1 => "link client <-> bank (latency: exp(3ms), duplicates: 3%)",
            _ => "link client -> bank (latency: 2ms, loss: 3%)\nlink bank -> audit (latency: 1ms)",
        };
        let body = format!(
            "service audit (workers: 3) {{ on note() {{ work exp(2ms) }} }}\n\
             service bank (workers: 2, cores: 1, backlog: 1, replicas: {replicas}, balance: {balance}) {{\n\
             on pay(amount) {{ work exp(20ms)\nif chance(10%) {{ fail broke }}\ncall audit.note() within 30ms\n\
             return amount }}\non look() {{ sleep 1ms }} }}\n{link}\n\
             process client every exp(150/s) times 600 {{ try {{ within 60ms {{ let x = call bank.pay(8) }} }} catch {{ }} }}\n\
             process other every exp(20/s) times 80 {{ try {{ call bank.look() }} catch {{ }} }}"
        );
        let view = Run::to_the_end(&body, seed).view();
        let all = ["calls", "ok", "failed", "rejected"];
        let whole: Vec<&str> = vec!["bank.pay", "bank.look"];
        adds_up(&view, "bank", &whole, &all);
        let replicas: Vec<String> = (1..=replicas).map(|at| format!("bank[{at}]")).collect();
        if replicas.len() > 1 {
            let each: Vec<&str> = replicas.iter().map(String::as_str).collect();
            adds_up(&view, "bank", &each, &all);
        }
        for name in ["bank", "bank.pay", "bank.look", "audit", "audit.note"] {
            let of = |word: &str| count(&view, &format!("{name}.{word}"));
            assert_eq!(of("calls"), of("ok") + of("failed") + of("rejected"), "{name} {seed}");
            integral_is_sum(&view, &format!("{name}.queued"), &format!("{name}.wait"));
            integral_is_sum(&view, &format!("{name}.busy"), &format!("{name}.service"));
        }
        for name in ["client.to.bank", "other.to.bank", "bank.to.audit"] {
            let of = |word: &str| count(&view, &format!("{name}.{word}"));
            let told = of("ok") + of("failed") + of("rejected") + of("timeouts");
            assert_eq!(of("calls"), told + of("unfinished"), "{name} {seed}");
            assert_eq!(gauge(&view, &format!("{name}.inflight")).0, 0, "{name} {seed}");
        }
        if seed % 3 == 1 {
            integral_is_sum(&view, "client.link.bank.inflight", "client.link.bank.latency");
        }
        let lost = count(&view, "client.to.bank.lost");
        assert_eq!(lost > 0, seed % 3 == 2, "{lost} {seed}");
        assert!(count(&view, "client.to.bank.timeouts") > 0 && count(&view, "bank.rejected") > 0);
        for replica in replicas.iter().filter(|_| replicas.len() > 1) {
            assert_eq!(gauge(&view, &format!("{replica}.inflight")).0, 0);
        }
    }
}

/// Several runs told as one are what all of them were, with what was under way at their ends.
#[test]
fn runs_add_up() {
    let body = "run (for: 2s)\nservice bank (workers: 1) { on pay() { work exp(20ms) } }\n\
        process client every exp(45/s) { call bank.pay() }";
    let runs: Vec<Run> = (1..=3).map(|seed| Run::to_the_end(body, seed)).collect();
    let views: Vec<MeasuresView> = runs.iter().map(Run::view).collect();
    let mut all = runs[0].meter.clone();
    runs[1..].iter().for_each(|run| all.merge(&run.meter));
    let told = all.view(runs[0].machine.program(), &|_| 1);
    for name in ["bank.calls", "bank.ok", "bank.unfinished", "client.to.bank.unfinished"] {
        let sum: u64 = views.iter().map(|view| count(view, name)).sum();
        assert_eq!(count(&told, name), sum, "{name}");
    }
    assert!(count(&told, "bank.unfinished") > 0);
    for name in ["bank.latency", "bank.wait", "bank.service", "client.to.bank.latency"] {
        let sum: u64 = views.iter().map(|view| spread(view, name).count).sum();
        assert_eq!(spread(&told, name).count, sum, "{name}");
    }
}

/// Programs and promises look at services as charts do.
#[test]
fn programs_read_gauges_of_services() {
    let body = "service bank (workers: 1, replicas: 2) { on pay() { sleep 10ms } }\n\
        var seen = 0\nvar second = 0\nvar under_way = 0\nvar live = 0\n\
        process client * 5 { call bank.pay() }\n\
        process looker { sleep 1ms\nseen = bank.busy * 10 + bank.queued\nsecond = bank[2].queued\n\
        under_way = bank.inflight\nlive = bank.replicas }\n\
        always bank.busy <= 2 and bank[1].queued <= 2\n\
        finally seen == 23 and second == 1 and under_way == 5 and live == 2";
    let run = Run::to_the_end(body, 1);
    for promise in 0..run.machine.program().promises.len() {
        assert_eq!(run.machine.judge(promise, &run.state), Ok(true), "{promise}");
    }
}

/// A replica that crashes fails what it has in hand, and is none until it is back. A service that
/// hears when nobody waits drops what it has in hand then.
#[test]
fn what_a_crash_or_a_caller_gives_up_has_failed() {
    let body = "service bank (workers: 1) { on pay() { sleep 10ms } }\n\
        process client * 3 { try { call bank.pay() } catch unavailable { sleep 15ms } }\n\
        fault crash bank at 12ms for 8ms";
    let view = Run::to_the_end(body, 1).view();
    let of = |name: &str, word: &str| count(&view, &format!("{name}.{word}"));
    for name in ["bank", "client.to.bank"] {
        assert_eq!((of(name, "calls"), of(name, "ok"), of(name, "failed")), (3, 1, 2), "{name}");
    }
    assert_eq!(
        (spread(&view, "bank.latency").count, spread(&view, "bank.latency").max),
        (2, 12 * MS)
    );
    assert_eq!(gauge(&view, "bank.replicas").0, 1);
    assert_eq!((gauge(&view, "bank.busy").0, gauge(&view, "bank.queued").0), (0, 0));
    // Of 27 ms it was there for 19, and busy for 12 of them.
    let share = 12_000_000 / 19;
    let until = view.until as i64;
    assert_eq!(until, 27 * MS);
    assert_eq!(view.find("bank.utilization").map(|it| it.value), Some(share + 1));

    let body = "service bank (workers: 1, cancel: true) { on pay() { sleep 10ms } }\n\
        process client * 3 { try { call bank.pay() within 5ms } catch timeout { } }";
    let view = Run::to_the_end(body, 1).view();
    let of = |name: &str, word: &str| count(&view, &format!("{name}.{word}"));
    assert_eq!((of("bank", "calls"), of("bank", "failed"), of("bank", "late")), (3, 3, 0));
    assert_eq!(of("client.to.bank", "timeouts"), 3);
    assert_eq!((gauge(&view, "bank.busy").0, gauge(&view, "bank.queued").0), (0, 0));
    assert_eq!(gauge(&view, "bank.inflight").0, 0);
}
