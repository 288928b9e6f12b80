//! The system: what exists and what talks to what, drawn where [`crate::draw::system`] says.

mod inside;
mod menu;
mod service;
mod things;
mod words;

use sim_core::session::{EdgeKind, Frame, LinkView, NodeKind, SystemEdge, SystemNode};
use yew::prelude::*;

use super::Look;
use crate::{
    browser::media,
    components::hue,
    draw::system::{About, Curve, Of, Picture, Place, Token, lit, part, tokens},
    i18n::{self, SystemTexts},
    model::{
        Action, Bench, Stage,
        viewing::{Subject, View},
    },
};

/// How much of the room it has where logs stand beside it, in percent.
const BESIDE_LOGS: u32 = 60;

/// What drawing a part of the system needs.
#[derive(Clone, Copy)]
struct Canvas<'a> {
    look: Look<'a>,
    texts: &'static SystemTexts,
    frame: &'a Frame,
    picture: &'a Picture,
    tokens: &'a [Token],
}

impl Canvas<'_> {
    /// Its words are for the last row of a room.
    fn in_room(&self) -> bool {
        self.look.state.stage != Stage::Workbench
    }
}

/// A length as an attribute.
fn px(length: f64) -> AttrValue {
    AttrValue::from(format!("{length:.1}"))
}

/// Cuts words behind so many letters.
fn cut(words: &str, most: usize) -> String {
    match words.char_indices().nth(most) {
        Some((cut, _)) => format!("{}…", &words[..cut]),
        None => words.to_owned(),
    }
}

/// A picture of more nodes could neither be read nor be drawn in time.
const NODES: usize = 100;

pub(super) fn panel(look: Look<'_>, bench: &Bench) -> Html {
    let Some(frame) = bench.frame.as_deref() else { return html! {} };
    let texts = i18n::system(look.state.lang);
    let parts = frame.system.nodes.len();
    if parts > NODES {
        return html! {
            <div id="panel-system" class="card panel-system"><p class="muted">{ (texts.too_many)(parts) }</p></div>
        };
    }
    let tall = media::holds("(max-width: 700px)");
    // On the stage it fills what room there is.
    let room = look.state.lecture.room.filter(|_| look.state.stage != Stage::Workbench);
    let picture = match room {
        Some(room) => {
            // Logs stand beside it.
            let wide = if frame.logs.is_empty() { room.0 } else { room.0 * BESIDE_LOGS / 100 };
            part::readable(frame, (wide, room.1))
        }
        None => Picture::of(&frame.system, tall),
    };
    let left_out = picture.left_out();
    let tokens = tokens(frame, &picture);
    let canvas = Canvas { look, texts, frame, picture: &picture, tokens: &tokens };
    // A small system stands in the middle of its room; words of a large one stay readable.
    let least = match (tall, room) {
        (true, _) => (0.0, 0.0),
        (_, Some(_)) => (460.0, 160.0),
        (_, None) => (640.0, 250.0),
    };
    let (wide, high) = (picture.width.max(least.0), picture.height.max(least.1));
    let (left, top) = ((picture.width - wide) / 2.0, (picture.height - high) / 2.0);
    let size = format!("{left:.0} {top:.0} {wide:.0} {high:.0}");
    let least = HEIGHTS[((high * 0.85 / 50.0) as usize).min(HEIGHTS.len() - 1)];
    html! {
        <div id="panel-system" class="card panel-system">
            <h2 class="unseen">{ texts.system }</h2>
            <div class="system" id="system-scroll">
                <svg viewBox={size} class={classes!("system-picture", least)} role="group" aria-label={texts.system_help}>
                    <g aria-hidden="true">
                        <g>{ edges(&canvas) }</g>
                        <g>{ for nodes(&canvas).map(|(_, node, place)| inside::node(&canvas, node, place)) }</g>
                        <g class="tokens">{ for tokens.iter().map(inside::token) }</g>
                    </g>
                    { hits(&canvas, bench) }
                </svg>
            </div>
            if left_out > 0 { <p class="stage-more muted">{ (i18n::present(look.state.lang).more_values)(left_out) }</p> }
            <div class="sys-menu-place">{ menu::menu(&canvas, bench) }</div>
        </div>
    }
}

/// Classes that keep a picture from becoming too small: 50 pixels a step.
const HEIGHTS: [&str; 12] = [
    "sys-h-0", "sys-h-1", "sys-h-2", "sys-h-3", "sys-h-4", "sys-h-5", "sys-h-6", "sys-h-7",
    "sys-h-8", "sys-h-9", "sys-h-10", "sys-h-11",
];

/// The nodes that are drawn, with their places.
fn nodes<'a>(canvas: &Canvas<'a>) -> impl Iterator<Item = (usize, &'a SystemNode, &'a Place)> {
    let Canvas { frame, picture, .. } = *canvas;
    let all = frame.system.nodes.iter().zip(&picture.nodes).enumerate();
    all.filter(|(at, _)| picture.shows(*at)).map(|(at, (node, place))| (at, node, place))
}

fn edges(canvas: &Canvas<'_>) -> Html {
    let lit = lit(canvas.frame);
    let drawn = canvas.frame.system.edges.iter().zip(&canvas.picture.edges).enumerate();
    let drawn =
        drawn.filter(|(_, (edge, _))| canvas.picture.joins(edge)).map(|(at, (edge, curve))| {
            let lane = lit.iter().find(|(one, _)| *one == at).map(|(_, lane)| *lane);
            self::edge(canvas, edge, curve, lane)
        });
    html! { <>{ for drawn }</> }
}

fn edge(canvas: &Canvas<'_>, edge: &SystemEdge, curve: &Curve, lit: Option<u32>) -> Html {
    let [from, one, two, to] = curve.0;
    let line = format!(
        "M{:.1} {:.1}C{:.1} {:.1} {:.1} {:.1} {:.1} {:.1}",
        from.0, from.1, one.0, one.1, two.0, two.1, to.0, to.1
    );
    let kind = match edge.kind {
        EdgeKind::Sends | EdgeKind::Receives | EdgeKind::Feeds => "flows",
        EdgeKind::Calls => "flows calls",
        EdgeKind::Answers => "flows answers",
        EdgeKind::DeadLetters => "dead",
        EdgeKind::Starts => "starts",
        EdgeKind::Changes | EdgeKind::Reads => "touches",
    };
    let link = edge.link.as_ref();
    let cut = link.is_some_and(|link| link.cut).then_some("cut");
    let flow =
        link.is_some_and(|link| link.under_way > crate::draw::system::FLOW).then_some("flow");
    let tipped = !matches!(edge.kind, EdgeKind::Changes | EdgeKind::Reads);
    html! {
        <g class={classes!("sys-edge", kind, cut, flow, lit.map(|_| "lit"), lit.map(hue))}>
            <path class="sys-line" d={line}/>
            if tipped { <path class="sys-tip" d={tip(two, to)}/> }
            { for link.map(|link| self::link(canvas, edge, link, curve)) }
        </g>
    }
}

/// The head of an arrow that comes from a point.
fn tip(from: (f64, f64), to: (f64, f64)) -> String {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx.hypot(dy).max(1.0);
    let (ux, uy) = (dx / length * 8.0, dy / length * 8.0);
    format!(
        "M{:.1} {:.1}L{:.1} {:.1}L{:.1} {:.1}z",
        to.0,
        to.1,
        to.0 - ux - uy * 0.5,
        to.1 - uy + ux * 0.5,
        to.0 - ux + uy * 0.5,
        to.1 - uy - ux * 0.5
    )
}

/// What is to be known of a link, beside it; a cut one is drawn closed.
fn link(canvas: &Canvas<'_>, edge: &SystemEdge, link: &LinkView, curve: &Curve) -> Html {
    let (x, y) = curve.at(0.5);
    let said = words::link_short(canvas, link);
    let (mut words_at, anchor) = beside(curve, edge.kind);
    let high = if canvas.in_room() { 16.0 } else { 13.0 };
    if words_at.1 < y {
        words_at.1 -= high * said.len().saturating_sub(1) as f64;
    }
    html! {
        <>
            if link.cut {
                <circle class="sys-cut" cx={px(x)} cy={px(y)} r="11"/>
                <path class="sys-cut" d={format!("M{:.1} {:.1}l14 -14", x - 7.0, y + 7.0)}/>
            }
            { for said.iter().enumerate().map(|(at, line)| html! {
                <text class="sys-link" x={px(words_at.0)} y={px(words_at.1 + at as f64 * high)} text-anchor={anchor}>{ line }</text>
            }) }
        </>
    }
}

/// Where the words of a link stand, and from where they go: out of the way of its messages.
fn beside(curve: &Curve, kind: EdgeKind) -> ((f64, f64), &'static str) {
    let [from, one, _, to] = curve.0;
    let (x, y) = curve.at(0.5);
    let calls = kind == EdgeKind::Calls;
    // Where a flow turns, or goes down.
    let down = (one.0 - from.0).abs() < 1.0;
    if (to.0 - from.0).abs() > (to.1 - from.1).abs() {
        // Calls and answers lie one above the other: their words above and below both.
        let y = match (down, calls) {
            (true, true) => y - 8.0,
            (true, false) => y + 17.0,
            (false, true) => from.1.min(to.1) - 17.0,
            (false, false) => from.1.max(to.1) + 26.0,
        };
        ((x, y), "middle")
    } else if down && calls {
        ((from.0.min(to.0) - 14.0, y + 4.0), "end")
    } else {
        ((from.0.max(to.0) + 18.0, y + 4.0), "start")
    }
}

/// What can be asked about lies over the picture as buttons: they have names, and keys find them.
/// (The page's policy allows no styles in elements, so they cannot be HTML at a place.)
fn hits(canvas: &Canvas<'_>, bench: &Bench) -> Html {
    let frame = canvas.frame;
    let asked = bench.view.subject.as_ref();
    let hit = |subject: Subject, place: Place, name: String, class: &'static str| {
        let on = asked == Some(&subject);
        let ask = canvas.look.view(View::Ask(Some(subject.clone())));
        let by_key = canvas.look.send.clone();
        let onkeydown = Callback::from(move |event: KeyboardEvent| {
            if matches!(event.key().as_str(), "Enter" | " ") {
                event.prevent_default();
                by_key.emit(Action::View(View::Ask(Some(subject.clone()))));
            }
        });
        html! {
            <rect id={on.then_some("system-asked")} class={classes!("sys-hit", class, on.then_some("on"))} x={px(place.x)} y={px(place.y)} width={px(place.w)} height={px(place.h)}
                rx={if class == "of-node" { "8" } else { "12" }} role="button" tabindex="0" aria-label={name} aria-expanded={on.to_string()} onclick={ask} {onkeydown}/>
        }
    };
    let around = |(x, y): (f64, f64), r: f64| Place { x: x - r, y: y - r, w: 2.0 * r, h: 2.0 * r };
    let mut all = Vec::new();
    for (at, node, place) in nodes(canvas) {
        all.push(hit(Subject::Node(at), *place, words::node(canvas, node), "of-node"));
        if let sim_core::session::Inside::Workers { shown, .. } = &node.inside {
            let spots = crate::draw::system::tokens::workers(node.count, place);
            for (worker, spot) in shown.iter().zip(spots) {
                let name = words::worker(canvas, node, worker);
                all.push(hit(Subject::Lane(worker.lane), around(spot.at, 13.0), name, "of-lane"));
            }
        }
    }
    for (at, (edge, curve)) in frame.system.edges.iter().zip(&canvas.picture.edges).enumerate() {
        let Some(link) = edge.link.as_ref().filter(|_| canvas.picture.joins(edge)) else {
            continue;
        };
        let ((x, y), anchor) = beside(curve, edge.kind);
        let left = match anchor {
            "start" => x - 4.0,
            "end" => x - 84.0,
            _ => x - 44.0,
        };
        let place = Place { x: left, y: y - 16.0, w: 88.0, h: 24.0 };
        all.push(hit(Subject::Edge(at), place, words::link(canvas, link), "of-edge"));
    }
    for token in canvas.tokens.iter().filter(|token| !matches!(token.of, Of::Log(_))) {
        let name = words::letter(canvas, token);
        let subject = Subject::Message(token.key.clone());
        all.push(hit(subject, around(token.at, 13.0), name, "of-message"));
    }
    html! { <g class="sys-hits">{ for all }</g> }
}

/// What a subject is about, if it is still there.
fn about<'a>(canvas: &Canvas<'a>, subject: &Subject) -> Option<About<'a>> {
    match subject {
        Subject::Node(at) => canvas.picture.nodes.get(*at).map(|_| About::Node(*at)),
        Subject::Edge(at) => canvas.picture.edges.get(*at).map(|_| About::Edge(*at)),
        Subject::Lane(lane) => {
            let shown = canvas.frame.system.nodes.iter().any(|node| match &node.inside {
                sim_core::session::Inside::Workers { shown, .. } => {
                    shown.iter().any(|worker| worker.lane == *lane)
                }
                _ => false,
            });
            shown.then_some(About::Lane(*lane))
        }
        Subject::Message(key) => {
            canvas.tokens.iter().find(|token| token.key == *key).map(About::Message)
        }
    }
}

/// Whether a node's name is spelled as a name of the text: all but processes.
fn is_place(kind: NodeKind) -> bool {
    kind != NodeKind::Process
}
