//! What may happen to something of the system: the offers that are about it, and what is not on
//! offer with the reason.

use sim_core::session::{Action, Frame, Inside, NodeKind, Offer, OfferKind};

use super::tokens::{Of, Token};
use crate::draw::touch::{places, thing};

/// Of a class of processes so many offers are listed.
const OFFERS: usize = 8;

/// What somebody may ask about.
#[derive(Clone, Copy, Debug)]
pub enum About<'a> {
    /// A node, by its index.
    Node(usize),
    /// A process, by its lane.
    Lane(u32),
    /// An edge, by its index.
    Edge(usize),
    /// A message that is drawn.
    Message(&'a Token),
}

/// An entry of the menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// An offer, possible or blocked: its index.
    Offer(usize),
    /// Something that cannot happen here, and why.
    Never(Never),
}

/// What cannot happen, with what to write so that it can.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Never {
    /// The link of this name loses nothing.
    Lose(String),
    /// The link, or queue, doubles nothing.
    Double(String),
    /// Nothing cuts what joins these two.
    Cut(String, String),
    /// Nothing crashes this class now.
    Crash(String),
    /// Nothing pauses it now.
    Pause(String),
    /// A message that waits is not lost: only links lose.
    LoseWaiting,
    /// It runs out by itself never: it has no timer.
    RunOut,
}

/// The menu.
#[must_use]
pub fn menu(frame: &Frame, about: About<'_>) -> Vec<Entry> {
    let system = &frame.system;
    match about {
        About::Lane(lane) => {
            let class = frame.offers.iter().find(|offer| offer.lane == lane);
            let class = class.map(|offer| class_of(&offer.name).to_owned());
            let named = frame.lane(lane).map(|lane| lane.class.clone());
            of_lane(frame, lane, named.or(class).unwrap_or_default())
        }
        About::Node(at) => match system.nodes.get(at) {
            Some(node) if node.kind == NodeKind::Process => {
                let mine = |offer: &Offer| class_of(&offer.name) == node.name;
                let mut menu = offers(frame, mine);
                menu.truncate(OFFERS);
                menu.extend(faults(frame, &node.name, mine));
                menu
            }
            Some(node) => offers(frame, |offer| {
                let touched = places(&offer.action);
                let is_here = |place: &str| {
                    let place = thing(place);
                    place == node.name || place.starts_with(&format!("{}[", node.name))
                };
                touched.iter().any(|(place, _)| is_here(place))
            }),
            None => Vec::new(),
        },
        About::Edge(at) => {
            let Some(edge) = system.edges.get(at) else { return Vec::new() };
            let Some(link) = &edge.link else { return Vec::new() };
            let mut menu = offers(frame, |offer| match &offer.action {
                Action::Cut { link: name } | Action::Heal { link: name } => *name == link.name,
                _ => false,
            });
            if menu.is_empty() {
                let name = |node: u32| system.nodes[node as usize].name.clone();
                menu.push(Entry::Never(Never::Cut(name(edge.from), name(edge.to))));
            }
            menu
        }
        About::Message(token) => of_message(frame, token),
    }
}

/// The last step so far that did something to a message: it put it where it is.
#[must_use]
pub fn brought(frame: &Frame, message: u32) -> Option<u32> {
    let mut past = (frame.first + 1..=frame.position).rev();
    past.find(|at| {
        let step = frame.step(*at);
        step.is_some_and(|step| step.passages.iter().any(|one| one.message == message))
    })
}

fn of_lane(frame: &Frame, lane: u32, class: String) -> Vec<Entry> {
    let mine = |offer: &Offer| offer.lane == lane && offer.kind != OfferKind::Message;
    let mut menu = offers(frame, mine);
    menu.extend(faults(frame, &class, mine));
    menu
}

/// What could go wrong and is not on offer.
fn faults(frame: &Frame, class: &str, mine: impl Fn(&Offer) -> bool) -> Vec<Entry> {
    let has = |action: &[Action]| {
        frame.offers.iter().any(|offer| mine(offer) && action.contains(&offer.action))
    };
    let mut missing = Vec::new();
    if !has(&[Action::Crash, Action::Restart]) {
        missing.push(Entry::Never(Never::Crash(class.to_owned())));
    }
    if !has(&[Action::Pause, Action::Resume]) {
        missing.push(Entry::Never(Never::Pause(class.to_owned())));
    }
    missing
}

fn of_message(frame: &Frame, token: &Token) -> Vec<Entry> {
    let same = token.letter.alike;
    let mut menu = offers(frame, |offer| offer.message == Some(same));
    let has = |kind: fn(&Action) -> bool| {
        frame.offers.iter().any(|offer| offer.message == Some(same) && kind(&offer.action))
    };
    match &token.of {
        Of::Way(edge) => {
            let link = frame.system.edges.get(*edge).and_then(|edge| edge.link.as_ref());
            let Some(link) = link else { return menu };
            if !has(|action| matches!(action, Action::Lose { .. })) {
                menu.push(Entry::Never(Never::Lose(link.name.clone())));
            }
            if !has(|action| matches!(action, Action::Double { .. })) {
                menu.push(Entry::Never(Never::Double(link.name.clone())));
            }
        }
        Of::Queue(place) => {
            let receives = |offer: &Offer| {
                offer.kind == OfferKind::Step
                    && matches!(&offer.action, Action::Receive { from, words, .. }
                        if from == place && *words == token.letter.words)
            };
            let mut first = offers(frame, receives);
            first.append(&mut menu);
            menu = first;
            if !has(|action| matches!(action, Action::Double { .. })) {
                menu.push(Entry::Never(Never::Double(place.clone())));
            }
            menu.push(Entry::Never(Never::LoseWaiting));
        }
        Of::Lane(lane) => {
            let mut all = of_lane(frame, *lane, holder(frame, *lane));
            all.retain(|entry| !menu.contains(entry));
            menu.extend(all);
            if token.ring.is_none() {
                menu.push(Entry::Never(Never::RunOut));
            }
        }
        Of::Request(lane) => return offers(frame, |offer| offer.lane == *lane),
        Of::Later(_) | Of::Log(_) => {}
    }
    menu
}

fn holder(frame: &Frame, lane: u32) -> String {
    let holds = |inside: &Inside| match inside {
        Inside::Workers { shown, .. } => shown.iter().any(|worker| worker.lane == lane),
        _ => false,
    };
    let node = frame.system.nodes.iter().find(|node| holds(&node.inside));
    node.map(|node| node.name.clone()).unwrap_or_default()
}

fn offers(frame: &Frame, mine: impl Fn(&Offer) -> bool) -> Vec<Entry> {
    let found = frame.offers.iter().enumerate().filter(|(_, offer)| mine(offer));
    found.map(|(at, _)| Entry::Offer(at)).collect()
}

/// The class of a process's name.
fn class_of(name: &str) -> &str {
    name.split('[').next().unwrap_or(name)
}
