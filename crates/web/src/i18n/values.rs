//! What a shared thing holds, in a word or two.

use sim_core::{
    program::SharedKind,
    say::Lang,
    session::{Frame, Inside, LinkView, QueueView, SharedView},
};

use super::{lane_name, system, texts};

/// A thing in a word or two.
#[must_use]
pub fn summary(frame: &Frame, shared: &SharedView, lang: Lang) -> String {
    if let Some(said) = of_channel(frame, shared, lang) {
        return said;
    }
    let texts = texts(lang);
    let names = |lanes: &[u32]| {
        lanes.iter().map(|lane| lane_name(frame, *lane)).collect::<Vec<String>>().join(", ")
    };
    match (shared.kind, shared.holders.len()) {
        (SharedKind::Semaphore, out) => {
            let permits = shared.permits.map(|permits| permits.to_string()).unwrap_or_default();
            format!("{out} / {permits}")
        }
        (SharedKind::Condition, _) if shared.waiting.is_empty() => texts.views.nobody.to_owned(),
        (SharedKind::Condition, _) => names(&shared.waiting),
        (SharedKind::Lock | SharedKind::RwLock, 0) => texts.free.to_owned(),
        (SharedKind::Lock | SharedKind::RwLock, _) => names(&shared.holders),
        _ => shared.value.clone(),
    }
}

/// A channel in a word or two; nothing for what is none.
fn of_channel(frame: &Frame, shared: &SharedView, lang: Lang) -> Option<String> {
    let texts = system(lang);
    match shared.kind {
        SharedKind::Queue => {
            let queue = queue_of(frame, &shared.place)?;
            let waits = match queue.capacity {
                Some(capacity) => (texts.of_capacity)(queue.length, capacity),
                None if queue.length == 0 && queue.in_flight == 0 => texts.empty.to_owned(),
                None => (texts.waits)(queue.length),
            };
            Some(match queue.in_flight {
                0 => waits,
                count => format!("{waits}, {}", (texts.in_flight)(count)),
            })
        }
        SharedKind::Link => {
            let link = link_of(frame, &shared.place)?;
            Some(if link.cut { texts.cut.to_owned() } else { (texts.under_way)(link.under_way) })
        }
        SharedKind::Group => shared.value.parse().ok().map(texts.lag),
        SharedKind::Log => {
            let said = shared.value.parse().map_or_else(|_| shared.value.clone(), texts.entries);
            Some(said)
        }
        SharedKind::Topic => Some(texts.kinds[2].to_owned()),
        _ => None,
    }
}

/// The queue that a shared thing is.
#[must_use]
pub fn queue_of<'a>(frame: &'a Frame, place: &str) -> Option<&'a QueueView> {
    let node = &frame.system.nodes[frame.system.place(place)?];
    match &node.inside {
        Inside::Queues { shown, .. } => shown.iter().find(|queue| queue.place == place),
        _ => None,
    }
}

/// The link that a shared thing is: by its name, which may be spelled with or without blanks.
#[must_use]
pub fn link_of<'a>(frame: &'a Frame, place: &str) -> Option<&'a LinkView> {
    let bare = |name: &str| name.replace(' ', "");
    let mut links = frame.system.edges.iter().filter_map(|edge| edge.link.as_ref());
    links.find(|link| bare(&link.name) == bare(place))
}
