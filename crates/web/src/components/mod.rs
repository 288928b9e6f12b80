//! Widgets that know nothing of scenarios.

use yew::prelude::*;

/// A row of exclusive choices. `name` names the whole; each entry has a value, words, and whether
/// it is on.
pub fn segments<T: Clone + 'static>(
    name: &str,
    entries: Vec<(T, AttrValue, bool)>,
    choose: &Callback<T>,
) -> Html {
    let buttons = entries.into_iter().map(|(value, words, on)| {
        let onclick = choose.reform(move |_: MouseEvent| value.clone());
        html! {
            <button type="button" class={classes!("seg-button", on.then_some("on"))}
                aria-pressed={on.to_string()} {onclick}>{ words }</button>
        }
    });
    html! { <div class="seg" role="group" aria-label={name.to_owned()}>{ for buttons }</div> }
}

/// What a button looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Plain.
    Plain,
    /// The one to press.
    Primary,
    /// Leads to something broken.
    Bad,
    /// Hardly there.
    Ghost,
}

impl Look {
    fn class(self) -> &'static str {
        match self {
            Look::Plain => "btn",
            Look::Primary => "btn primary",
            Look::Bad => "btn bad",
            Look::Ghost => "btn ghost",
        }
    }
}

/// A button with words on it.
pub fn button(words: impl Into<AttrValue>, look: Look, press: Callback<MouseEvent>) -> Html {
    html! { <button type="button" class={look.class()} onclick={press}>{ words.into() }</button> }
}

/// A button with a picture on it, which keeps the focus while it can do nothing; `name` is for who cannot see it.
pub fn icon_button(
    name: &str,
    icon: Icon,
    class: &'static str,
    disabled: bool,
    press: Callback<MouseEvent>,
) -> Html {
    let name = AttrValue::from(name.to_owned());
    html! {
        <button type="button" class={classes!("btn", "icon", class)} aria-label={name.clone()}
            title={name} aria-disabled={disabled.then_some("true")}
            onclick={if disabled { Callback::noop() } else { press }}>{ icon.draw() }</button>
    }
}

/// The pictures on buttons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Icon {
    First,
    Back,
    Play,
    Pause,
    Forward,
    Last,
    System,
    Light,
    Dark,
    Home,
    Less,
    More,
    Pin,
    Close,
    Cross,
    Hide,
    Present,
    Notes,
}

impl Icon {
    /// The picture.
    pub fn draw(self) -> Html {
        let path = match self {
            Icon::First => "M5 4v12M15 4.5v11L7.5 10z",
            Icon::Back => "M13.5 4.5v11L6 10z",
            Icon::Play => "M6 4v12l10-6z",
            Icon::Pause => "M6 4h3v12H6zM11 4h3v12h-3z",
            Icon::Forward => "M6.5 4.5v11L14 10z",
            Icon::Last => "M15 4v12M5 4.5v11L12.5 10z",
            Icon::System => "M3 4h14v9H3zM7 16.5h6",
            Icon::Light => {
                "M10 6.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM10 1.5v2M10 16.5v2M1.5 10h2M16.5 10h2M4 4l1.4 1.4M14.6 14.6 16 16M4 16l1.4-1.4M14.6 5.4 16 4"
            }
            Icon::Dark => "M16.5 12A7 7 0 0 1 8 3.5 7 7 0 1 0 16.5 12z",
            Icon::Home => "M12.5 4.5 7 10l5.5 5.5",
            Icon::Less => "M4.5 10h11",
            Icon::More => "M4.5 10h11M10 4.5v11",
            Icon::Pin => "M7 3h6M8 3v5l-2.5 3h9L12 8V3M10 11v6",
            Icon::Close => "M5 8l5 5 5-5",
            Icon::Cross => "M5 5l10 10M15 5L5 15",
            Icon::Present => {
                "M3 3.500h14v9H3zM10 12.500v2M10 14.500l-3 3M10 14.500l3 3M8.500 6v4l3.500-2z"
            }
            Icon::Notes => "M4 2.500h12v15H4zM7 6.500h6M7 10h6M7 13.500h4",
            Icon::Hide => "M2.5 10c3.5-6 11.500-6 15 0-3.500 6-11.500 6-15 0zM4 16.500 16 3.500",
        };
        let class = match self {
            Icon::First | Icon::Back | Icon::Play | Icon::Pause | Icon::Forward | Icon::Last => {
                "icon-full"
            }
            _ => "icon-line",
        };
        html! {
            <svg {class} width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
                <path d={path}/>
            </svg>
        }
    }
}

/// The mark of a process: a shape and a number, so that colour is never alone.
pub fn mark(index: u32, number: &str) -> Html {
    html! {
        <svg class={classes!("mark", hue(index))} width="20" height="20" viewBox="-10 -10 20 20" aria-hidden="true">
            { shape(index, 0.0, 0.0, 9.0, "mark-shape") }
            { inner_number("mark-number", (0.0, 3.8), number) }
        </svg>
    }
}

/// A number inside a sign; a long one is pressed together to fit in.
pub fn inner_number(class: &'static str, at: (f64, f64), number: &str) -> Html {
    let room = (number.len() > 3).then_some("17");
    let press = room.map(|_| "spacingAndGlyphs");
    html! {
        <text {class} x={at.0.to_string()} y={at.1.to_string()} text-anchor="middle" textLength={room} lengthAdjust={press}>
            { number.to_owned() }
        </text>
    }
}

/// The class that gives an element the colour of a process.
#[must_use]
pub fn hue(index: u32) -> &'static str {
    ["hue-1", "hue-2", "hue-3", "hue-4", "hue-5", "hue-6"][index as usize % 6]
}

/// The shape of a process, drawn around a point.
pub fn shape(index: u32, x: f64, y: f64, r: f64, class: &'static str) -> Html {
    if index.is_multiple_of(6) {
        return html! {
            <circle {class} cx={x.to_string()} cy={y.to_string()} r={(r * 0.95).to_string()}/>
        };
    }
    // Corners as parts of the radius, chosen so that all shapes weigh the same.
    let corners: &[(f64, f64)] = match index % 6 {
        1 => &[(-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)],
        2 => &[(0.0, -1.15), (1.15, 0.0), (0.0, 1.15), (-1.15, 0.0)],
        3 => &[(0.0, -1.1), (1.1, 0.85), (-1.1, 0.85)],
        4 => &[(-0.5, -0.95), (0.5, -0.95), (1.05, 0.0), (0.5, 0.95), (-0.5, 0.95), (-1.05, 0.0)],
        _ => &[(0.0, -1.05), (1.05, -0.25), (0.65, 0.95), (-0.65, 0.95), (-1.05, -0.25)],
    };
    let points: Vec<String> =
        corners.iter().map(|(dx, dy)| format!("{:.1},{:.1}", x + dx * r, y + dy * r)).collect();
    html! { <polygon {class} points={points.join(" ")}/> }
}
