//! Replicas that are started and sent away, and where calls go then.

use super::calls::agrees;
use super::measured::{Run, count, gauge, spread};

#[test]
fn help_comes_after_its_startup() {
    let run = Run::to_the_end(
        "service s (workers: 1, balance: least_busy, startup: 3s) { on h() { work 1s } }\nprocess p every 400ms times 20 { call s.h() }\nprocess more { scale s to 3 }",
        1,
    );
    let view = run.view();
    assert_eq!(count(&view, "p.ok"), 20);
    assert_eq!(gauge(&view, "s.replicas").0, 3);
    // Seven have come by 3 s and at most three are done: whoever comes last finds the queue worked off.
    assert!(spread(&view, "p.latency").max < 5_000_000_000);
    assert!(spread(&view, "p.latency").max > 1_000_000_000);
}

#[test]
fn who_leaves_answers_what_it_has_and_takes_no_more() {
    let run = Run::to_the_end(
        "service s (replicas: 2, workers: 1) { on h() { work 1s } }\nprocess p every 1ms times 4 { call s.h() }\nprocess less { sleep 100ms; scale s to 1 }\nprocess late { sleep 200ms; call s.h() }",
        1,
    );
    let view = run.view();
    assert_eq!(count(&view, "p.ok"), 4);
    // Two on each; the late one, which slept for 200 ms, is third at the one that is left.
    assert_eq!(spread(&view, "late.latency").max, 3_001_000_000);
    assert_eq!(gauge(&view, "s.replicas").0, 1);
}

/// Of a thousand keys, how many go to another replica once there is one more.
fn moved(balance: &str) -> usize {
    let homes = |replicas: u32| -> Vec<u32> {
        let run = Run::to_the_end(
            &format!(
                "service s (replicas: {replicas}, balance: {balance}) {{ on h(k) {{ sleep 1s; return k }} }}\nprocess p {{ for k in 1..1000 {{ spawn ask(k) }} }}\nroutine ask(k) {{ call s.h(k) }}\nrun (for: 500ms)"
            ),
            1,
        );
        let machine = &run.machine;
        let processes = 0..machine.layout().processes.len() as u32;
        let mut homes = vec![0; 1000];
        for process in processes {
            if let Some(replica) = machine.replica_of(&run.state, process) {
                let key = run.state.registers(machine.layout(), process)[0];
                homes[key as usize - 1] = replica.element;
            }
        }
        homes
    };
    homes(4).iter().zip(homes(5)).filter(|(before, after)| **before != *after).count()
}

#[test]
fn a_ring_moves_only_the_share_of_the_new_one() {
    // N/(N+1) of the keys by remainder, 1/(N+1) on a ring: 800 and 200.
    let (key, ring) = (moved("key"), moved("ring"));
    assert!((760..840).contains(&key), "{key}");
    assert!((130..270).contains(&ring), "{ring}");
}

#[test]
fn programs_that_scale_agree_with_walking_every_schedule() {
    for body in [
        "service s (workers: 1, startup: 1s) { on h() { sleep 1ms } }\nprocess p * 2 { call s.h() }\nprocess more { scale s to 2 }",
        "service s (replicas: 2, workers: 1) { on h() { sleep 1ms } }\nprocess p * 2 { call s.h() }\nprocess less { scale s to 1 }",
        "service s { on h() { } }\nprocess p { try { call s.h() } catch unavailable { } }\nprocess off { scale s to 0; scale s to 1 }",
    ] {
        agrees(body);
    }
}
