//! Names of what is drawn, for who cannot see it and for the pointer that rests on it.

use sim_core::session::{
    Inside, LaneState, LinkView, NodeKind, QueueView, Reason, ReplicaView, Ring, RingKind,
    SystemNode, Tally, Worker, WorkerState,
};

use super::Canvas;
use crate::{
    draw::system::{FLOW, Of, Token},
    i18n::{self, span},
};

/// Whether a node carries messages.
pub(super) fn is_channel(kind: NodeKind) -> bool {
    matches!(kind, NodeKind::Queue | NodeKind::Topic | NodeKind::Log | NodeKind::Group)
}

/// A node in words: `jobs, queue: 3 / 5, 2 in flight`.
pub(super) fn node(canvas: &Canvas<'_>, node: &SystemNode) -> String {
    let texts = canvas.texts;
    let kind = match node.kind {
        NodeKind::Process => texts.kinds[0],
        NodeKind::Queue => texts.kinds[1],
        NodeKind::Topic => texts.kinds[2],
        NodeKind::Log => texts.kinds[3],
        NodeKind::Group => texts.kinds[4],
        NodeKind::Service => texts.kinds[5],
        NodeKind::Thing(kind) => kind.word(),
    };
    let inside = match &node.inside {
        Inside::Workers { tally: counts, .. } => tally(canvas, *counts),
        Inside::Queues { shown, .. } if node.count <= 1 => {
            shown.first().map(|one| queue(canvas, one)).unwrap_or_default()
        }
        Inside::Queues { shown, .. } => {
            let one = |view: &QueueView| format!("{}: {}", view.place, queue(canvas, view));
            shown.iter().map(one).collect::<Vec<_>>().join("; ")
        }
        Inside::Members(all) => {
            let lag: i64 = all.iter().map(|one| one.lag).sum();
            (texts.lag)(lag)
        }
        Inside::Replicas { .. } => service(canvas, node),
        Inside::Places(places) => places
            .iter()
            .filter_map(|place| canvas.frame.shared.iter().find(|one| one.place == *place))
            .map(|one| one.value.clone())
            .filter(|value| !value.is_empty())
            .collect::<Vec<_>>()
            .join(", "),
        Inside::Partitions(_) | Inside::Nothing => String::new(),
    };
    if inside.is_empty() {
        format!("{}, {kind}", node.name)
    } else {
        format!("{}, {kind}: {inside}", node.name)
    }
}

fn queue(canvas: &Canvas<'_>, queue: &QueueView) -> String {
    let texts = canvas.texts;
    let mut said = vec![match queue.capacity {
        Some(capacity) => (texts.of_capacity)(queue.length, capacity),
        None if queue.length == 0 && queue.in_flight == 0 => texts.empty.to_owned(),
        None => (texts.waits)(queue.length),
    }];
    if queue.later > 0 {
        said.push((texts.later)(queue.later));
    }
    if queue.in_flight > 0 {
        said.push((texts.in_flight)(queue.in_flight));
    }
    said.join(", ")
}

/// How many processes are in each state: `2 busy, 1 waits`.
pub(super) fn tally(canvas: &Canvas<'_>, tally: Tally) -> String {
    let texts = canvas.texts;
    let parts = [
        (tally.busy, texts.busy),
        (tally.waiting, texts.waiting),
        (tally.idle, texts.idle),
        (tally.stopped, texts.crashed),
        (tally.failed, texts.failed),
        (tally.ended, texts.ended),
    ];
    let said = parts.iter().filter(|(count, _)| *count > 0);
    said.map(|(count, words)| format!("{count} {words}")).collect::<Vec<_>>().join(", ")
}

/// A process in words, with what runs out for it.
pub(super) fn worker(canvas: &Canvas<'_>, node: &SystemNode, worker: &Worker) -> String {
    let name = match worker.number {
        Some(number) => format!("{} {number}", node.name),
        None => node.name.clone(),
    };
    let mut said = format!("{name}: {}", doing(canvas, worker));
    for ring in &worker.rings {
        said = format!("{said}, {}", self::ring(canvas, ring));
    }
    said
}

/// What a process is doing, in as few words as possible.
pub(super) fn doing(canvas: &Canvas<'_>, worker: &Worker) -> String {
    let texts = canvas.texts;
    let state = match worker.state {
        WorkerState::Busy => {
            if let Some(letter) = worker.holds.first() {
                return letter.words.clone();
            }
            texts.busy
        }
        WorkerState::Idle => texts.idle,
        WorkerState::Waiting => {
            if let Some(said) = awaits(canvas, worker.lane) {
                return said;
            }
            texts.waiting
        }
        WorkerState::Paused => texts.paused,
        WorkerState::Crashed(_) => texts.crashed,
        WorkerState::Ended => texts.ended,
        WorkerState::Failed => texts.failed,
    };
    state.to_owned()
}

/// What a process waits for, if it is an answer.
fn awaits(canvas: &Canvas<'_>, lane: u32) -> Option<String> {
    let LaneState::Blocked(Reason::Unanswered { request }) = &canvas.frame.lane(lane)?.state else {
        return None;
    };
    // Short, as there is little room: `pay 3` of `bank.pay 3`.
    let short = |name: String| match name.split_once('.') {
        Some((_, handler)) => handler.to_owned(),
        None => name,
    };
    let name = request.map(|request| short(i18n::lane_name(canvas.frame, request)));
    Some((canvas.texts.awaits)(&name.unwrap_or_default()))
}

/// A service in words: what each of its replicas has to do.
fn service(canvas: &Canvas<'_>, node: &SystemNode) -> String {
    let one = |replica: &ReplicaView| {
        let number = if node.count > 1 { format!("{}: ", replica.place) } else { String::new() };
        let said = (canvas.texts.replica)(replica.busy, replica.workers, replica.queued);
        let down = if replica.down { format!(", {}", canvas.texts.crashed) } else { String::new() };
        format!("{number}{said}{down}")
    };
    let Inside::Replicas { shown, .. } = &node.inside else { return String::new() };
    shown.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// The same in as few words as possible: all replicas together.
pub(super) fn service_short(canvas: &Canvas<'_>, node: &SystemNode) -> String {
    let Inside::Replicas { shown, .. } = &node.inside else { return String::new() };
    let busy = shown.iter().map(|one| one.busy).sum();
    let queued = shown.iter().map(|one| one.queued).sum();
    let workers = shown.iter().map(|one| one.workers).sum::<Option<u32>>();
    (canvas.texts.replica)(busy, workers, queued)
}

/// A timer in words: `visible again in 20 s`.
pub(super) fn ring(canvas: &Canvas<'_>, ring: &Ring) -> String {
    let at = match ring.kind {
        RingKind::Visibility => 0,
        RingKind::Ready => 1,
        RingKind::Within => 2,
        RingKind::Lease => 3,
        RingKind::Backoff => 4,
        RingKind::Sleep => 5,
        RingKind::Work => 6,
    };
    let left = ring.to.saturating_sub(canvas.frame.now);
    format!("{} {}", canvas.texts.rings[at], span(left, canvas.look.state.lang))
}

/// A message in words.
pub(super) fn letter(canvas: &Canvas<'_>, token: &Token) -> String {
    let mut said = token.letter.words.clone();
    match &token.of {
        Of::Way(edge) => {
            let link = canvas.frame.system.edges.get(*edge).and_then(|edge| edge.link.as_ref());
            if let Some(link) = link {
                said = format!("{said}: {}", link.name);
            }
        }
        Of::Queue(place) | Of::Later(place) | Of::Log(place) => said = format!("{said}: {place}"),
        Of::Request(lane) => {
            let answers = if token.answer { canvas.texts.answer } else { "" };
            said = format!("{}: {said} {answers}", i18n::lane_name(canvas.frame, *lane));
        }
        Of::Lane(lane) => {
            said = format!("{said}: {}", i18n::lane_name(canvas.frame, *lane));
        }
    }
    if token.letter.deliveries > 0 {
        said = format!("{said}, {}", (canvas.texts.try_number)(token.letter.deliveries));
    }
    if let Some((ring, _)) = &token.ring {
        said = format!("{said}, {}", self::ring(canvas, ring));
    }
    said
}

/// A link in words.
pub(super) fn link(canvas: &Canvas<'_>, link: &LinkView) -> String {
    let mut said = vec![format!("{} ({})", link.name, canvas.texts.link)];
    said.extend(facts(canvas, link));
    if link.under_way > 0 {
        said.push((canvas.texts.under_way)(link.under_way));
    }
    said.join(", ")
}

fn facts(canvas: &Canvas<'_>, link: &LinkView) -> Vec<String> {
    let texts = canvas.texts;
    let mut said = Vec::new();
    if link.cut {
        said.push(texts.cut.to_owned());
    }
    said.extend(link.latency.clone());
    said.extend(link.loss.as_ref().map(|share| (texts.loses)(share)));
    said.extend(link.duplicates.as_ref().map(|share| (texts.doubles)(share)));
    if link.fifo {
        said.push(texts.in_order.to_owned());
    }
    said
}

/// The same beside the link, in lines.
pub(super) fn link_short(canvas: &Canvas<'_>, link: &LinkView) -> Vec<String> {
    let mut lines = vec![];
    let facts = facts(canvas, link);
    if !facts.is_empty() {
        let joined = facts.join(" · ");
        // Larger words have less room between two boxes.
        if canvas.in_room() && joined.chars().count() > 12 {
            lines.extend(facts);
        } else {
            lines.push(joined);
        }
    }
    if link.under_way > FLOW {
        let (count, time) = link.flow;
        let per_second = u64::from(count) * 1_000_000_000 / time.max(1);
        let lang = canvas.look.state.lang;
        let rate = format!("{}/s", i18n::number(per_second, lang));
        lines.push((canvas.texts.flow)(&i18n::number(link.under_way.into(), lang), &rate));
    }
    lines
}
