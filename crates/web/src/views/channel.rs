//! Queues, topics, logs, groups and links looked into: what waits, what is in flight, who reads
//! what.

use sim_core::program::SharedKind;
use sim_core::session::{
    Frame, Inside, Letter, LinkView, MemberView, PartitionView, QueueView, SharedView,
};
use yew::prelude::*;

use super::Look;
use crate::{
    components::hue,
    i18n::{self, lane_name, link_of, queue_of, span},
};

/// What is to be known of a channel; nothing for what is none.
pub(super) fn inside(look: Look<'_>, frame: &Frame, shared: &SharedView) -> Option<Html> {
    match shared.kind {
        SharedKind::Queue => queue_of(frame, &shared.place).map(|one| queue(look, frame, one)),
        SharedKind::Link => link_of(frame, &shared.place).map(|one| link(look, frame, one)),
        SharedKind::Log | SharedKind::Group => {
            let node = &frame.system.nodes[frame.system.place(&shared.place)?];
            match &node.inside {
                Inside::Partitions(all) => {
                    Some(html! { <>{ for all.iter().map(|one| partition(look, one)) }</> })
                }
                Inside::Members(all) => {
                    Some(html! { <>{ for all.iter().map(|one| member(look, frame, one)) }</> })
                }
                _ => None,
            }
        }
        _ => None,
    }
}

fn line(words: String, inner: Html) -> Html {
    html! { <p class="inspect-line"><span>{ words }</span><span class="people">{ inner }</span></p> }
}

/// Messages, each in the colour of who sent it.
fn letters(frame: &Frame, all: &[Letter], hidden: u32) -> Html {
    let shown = all.iter().map(|letter| {
        let title = letter.sender.map(|lane| lane_name(frame, lane)).unwrap_or_default();
        let again = if letter.deliveries > 0 { format!(" ×{}", letter.deliveries) } else { String::new() };
        html! { <span class={classes!("person", letter.sender.map(hue))} {title}>{ &letter.words }{ again }</span> }
    });
    html! {
        <>
            { for shown }
            if hidden > 0 { <span class="muted">{ format!("+{hidden}") }</span> }
        </>
    }
}

fn queue(look: Look<'_>, frame: &Frame, queue: &QueueView) -> Html {
    let texts = i18n::system(look.state.lang);
    let left = |shown: usize, all: u32| all.saturating_sub(shown as u32);
    let held = frame.system.nodes.iter().flat_map(|node| match &node.inside {
        Inside::Workers { shown, .. } => shown.as_slice(),
        _ => &[],
    });
    let held: Vec<(u32, &Letter)> = held
        .flat_map(|worker| worker.holds.iter().map(move |letter| (worker.lane, letter)))
        .filter(|(_, letter)| queue.in_flight > 0 && !queue.waiting.contains(letter))
        .collect();
    let held = held.into_iter().map(|(lane, letter)| {
        let ring = letter.ring.map(|ring| {
            let left = span(ring.to.saturating_sub(frame.now), look.state.lang);
            format!(" ({} {left})", texts.rings[0])
        });
        html! { <span class={classes!("person", hue(lane))}>{ format!("{}: {}", lane_name(frame, lane), letter.words) }{ ring.unwrap_or_default() }</span> }
    });
    html! {
        <>
            { line((texts.waits)(queue.length), letters(frame, &queue.waiting, left(queue.waiting.len(), queue.length))) }
            if queue.later > 0 {
                { line((texts.later)(queue.later), letters(frame, &queue.delayed, left(queue.delayed.len(), queue.later))) }
            }
            if queue.in_flight > 0 { { line((texts.in_flight)(queue.in_flight), html! { <>{ for held }</> }) } }
        </>
    }
}

fn link(look: Look<'_>, frame: &Frame, link: &LinkView) -> Html {
    let texts = i18n::system(look.state.lang);
    let edge = frame.system.edges.iter().position(|edge| edge.link.as_ref() == Some(link));
    let all: Vec<Letter> = frame
        .system
        .moving
        .iter()
        .filter(|moving| Some(moving.edge as usize) == edge)
        .map(|moving| moving.letter.clone())
        .collect();
    let mut facts: Vec<String> = link.latency.iter().cloned().collect();
    facts.extend(link.loss.as_ref().map(|share| (texts.loses)(share)));
    facts.extend(link.duplicates.as_ref().map(|share| (texts.doubles)(share)));
    if link.fifo {
        facts.push(texts.in_order.to_owned());
    }
    let hidden = link.under_way.saturating_sub(all.len() as u32);
    html! {
        <>
            if !facts.is_empty() { { line(texts.link.to_owned(), html! { { facts.join(" · ") } }) } }
            { line((texts.under_way)(link.under_way), letters(frame, &all, hidden)) }
        </>
    }
}

fn partition(look: Look<'_>, part: &PartitionView) -> Html {
    let texts = i18n::system(look.state.lang);
    let shown = part.entries.iter().map(|letter| {
        html! { <span class={classes!("person", letter.sender.map(hue))}>{ &letter.words }</span> }
    });
    let hidden = (part.next - part.first) - part.entries.len() as i64;
    html! {
        { line((texts.partition)(part.number), html! { <>
            if hidden > 0 { <span class="muted">{ format!("+{hidden}") }</span> }
            { for shown }
        </> }) }
    }
}

fn member(look: Look<'_>, frame: &Frame, member: &MemberView) -> Html {
    let texts = i18n::system(look.state.lang);
    let owner = member.owner.map(|lane| {
        html! { <span class={classes!("person", hue(lane))}>{ lane_name(frame, lane) }</span> }
    });
    line(
        (texts.partition)(member.partition),
        html! { <>{ for owner }<span>{ format!("{} {}, {}", texts.committed, member.committed, (texts.lag)(member.lag)) }</span></> },
    )
}
