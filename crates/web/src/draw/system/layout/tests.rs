//! Where the parts of a system lie.

use super::*;
use crate::draw::sample::{edge, node, system};
use sim_core::program::SharedKind;

/// shop -> jobs -> worker, what cannot be delivered to dead -> repair, all touch a lock.
fn shop() -> SystemView {
    system(
        vec![
            node("shop", NodeKind::Process, 0),
            node("worker", NodeKind::Process, 3),
            node("repair", NodeKind::Process, 1),
            node("dead", NodeKind::Queue, 1),
            node("jobs", NodeKind::Queue, 1),
            node("stock", NodeKind::Thing(SharedKind::Lock), 1),
        ],
        vec![
            edge(0, 4, EdgeKind::Sends),
            edge(4, 1, EdgeKind::Receives),
            edge(4, 3, EdgeKind::DeadLetters),
            edge(3, 2, EdgeKind::Receives),
            edge(1, 5, EdgeKind::Changes),
        ],
    )
}

fn apart(picture: &Picture) {
    for (at, one) in picture.nodes.iter().enumerate() {
        assert!(one.x >= 0.0 && one.y >= 0.0, "{one:?}");
        assert!(one.x + one.w <= picture.width && one.y + one.h <= picture.height);
        for other in &picture.nodes[..at] {
            let beside = one.x + one.w <= other.x || other.x + other.w <= one.x;
            let below = one.y + one.h <= other.y || other.y + other.h <= one.y;
            assert!(beside || below, "{one:?} {other:?}");
        }
    }
}

#[test]
fn senders_stand_left_receivers_right_dead_letters_below() {
    let picture = Picture::of(&shop(), false);
    apart(&picture);
    let [shop, worker, repair, dead, jobs, stock] = picture.nodes[..] else { unreachable!() };
    assert!(shop.x < jobs.x && jobs.x < worker.x);
    assert!(dead.y > jobs.y + jobs.h && dead.y > worker.y + worker.h && repair.x > dead.x);
    assert!(stock.y > dead.y + dead.h);
}

#[test]
fn on_a_narrow_page_left_is_up() {
    let picture = Picture::of(&shop(), true);
    apart(&picture);
    let [shop, worker, _, dead, jobs, _] = picture.nodes[..] else { unreachable!() };
    assert!(shop.y < jobs.y && jobs.y < worker.y && dead.x > jobs.x);
    assert!(picture.width < 430.0, "{}", picture.width);
}

#[test]
fn a_circle_of_messages_has_a_place_for_everything() {
    let ring = system(
        vec![
            node("client", NodeKind::Process, 2),
            node("server", NodeKind::Process, 1),
            node("asks", NodeKind::Queue, 1),
            node("answers", NodeKind::Queue, 2),
        ],
        vec![
            edge(0, 2, EdgeKind::Sends),
            edge(2, 1, EdgeKind::Receives),
            edge(1, 3, EdgeKind::Sends),
            edge(3, 0, EdgeKind::Receives),
        ],
    );
    let picture = Picture::of(&ring, false);
    apart(&picture);
    assert!(picture.nodes[0].x < picture.nodes[2].x && picture.nodes[1].x < picture.nodes[3].x);
    let back = picture.edges[3];
    assert!(back.at(0.5).1 < picture.height && back.0[3].0 < back.0[0].0);
}

#[test]
fn without_messages_processes_stand_side_by_side_above_what_they_share() {
    let race = system(
        vec![
            node("client", NodeKind::Process, 2),
            node("auditor", NodeKind::Process, 1),
            node("balance", NodeKind::Thing(SharedKind::Var), 1),
            node("fork", NodeKind::Thing(SharedKind::Lock), 5),
        ],
        vec![
            edge(0, 2, EdgeKind::Changes),
            edge(1, 2, EdgeKind::Reads),
            edge(0, 3, EdgeKind::Changes),
        ],
    );
    let picture = Picture::of(&race, false);
    apart(&picture);
    let [client, auditor, balance, fork] = picture.nodes[..] else { unreachable!() };
    assert!(client.x < auditor.x && balance.y > client.y + client.h && fork.y == balance.y);
}

#[test]
fn the_moment_does_not_move_anything() {
    let mut later = shop();
    later.nodes[4].inside = crate::draw::sample::queue("jobs", &[1, 2, 3]);
    assert_eq!(Picture::of(&later, false), Picture::of(&shop(), false));
}

#[test]
fn a_curve_begins_and_ends_at_its_nodes() {
    let picture = Picture::of(&shop(), false);
    let (from, to) = (picture.edges[0].at(0.0), picture.edges[0].at(1.0));
    assert_eq!((from.0, to.0), (picture.nodes[0].x + picture.nodes[0].w, picture.nodes[4].x));
}
