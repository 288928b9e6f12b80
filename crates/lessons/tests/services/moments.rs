//! What the stops of the lessons on overload, balancing and measuring show is so.

use sim_core::session::{Frame, Inside, ReplicaView};

use crate::support::bench;

/// The replicas of `app` at a stop.
fn replicas(frame: &Frame) -> Vec<ReplicaView> {
    let app = frame.system.nodes.iter().find(|node| node.name == "app").expect("there is one");
    let Inside::Replicas { shown, .. } = &app.inside else { panic!("it is a service") };
    shown.clone()
}

/// How many requests each replica works on, and how many wait there.
fn lines(frame: &Frame) -> Vec<(u32, u32)> {
    replicas(frame).iter().map(|replica| (replica.busy, replica.queued)).collect()
}

#[test]
fn one_wish_becomes_two_requests() {
    let lesson = bench("metastable");
    let ids = ["at-work", "gives-up", "again", "too-late"];
    // The worker goes on after its client gave up; the second try waits for a worker of its own.
    let app = ids.map(|id| lines(&lesson.stop(id))[0]);
    assert_eq!(app, [(1, 0), (1, 0), (1, 1), (0, 1)]);
    let heard = ids.map(|id| replicas(&lesson.stop(id))[0].working.first().map(|it| it.caller));
    assert_eq!(
        heard.map(|it| it.map(|caller| caller.is_some())),
        [Some(true), Some(false), Some(false), None]
    );
}

#[test]
fn chance_sends_two_to_one_server() {
    let lesson = bench("load-balancing");
    let third = |id| {
        let lines = lines(&lesson.stop(id));
        let others = lines.iter().enumerate().filter(|(index, _)| *index != 2);
        assert!(others.into_iter().all(|(_, line)| *line == (0, 0)), "{id}: the others are idle");
        (lines.len(), lines[2])
    };
    let found = ["one-works", "behind-it", "at-last"].map(third);
    assert_eq!(found, [(10, (1, 0)), (10, (1, 1)), (10, (1, 0))]);
}

#[test]
fn while_it_stands_still_the_tester_can_do_nothing() {
    let lesson = bench("percentiles");
    let picks = |id: &str| lesson.stop(id).offers.iter().filter(|it| it.pick.is_some()).count();
    assert_eq!(picks("frozen"), 1, "it can only go on");
    let asked = |id: &str| lines(&lesson.stop(id))[0];
    assert_eq!(["frozen", "one-slow", "as-if-nothing"].map(asked), [(1, 0), (0, 0), (0, 1)]);
    assert_eq!(["comes-meanwhile", "both-waited"].map(asked), [(1, 1), (0, 0)]);
}
