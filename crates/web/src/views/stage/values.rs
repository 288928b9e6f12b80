//! What the processes share, large, with what has just changed; and what may happen besides their
//! own steps.

use sim_core::{
    program::SharedKind,
    say::{Piece, Tense},
    session::{Frame, OfferKind, SharedView},
};
use yew::prelude::*;

use super::super::{Look, inspect, rich};
use crate::{
    components::hue,
    draw::{
        stage::{self, Plan},
        touch::{places, thing},
    },
    i18n::{self, spoken},
    model::{Action, Stage},
};

/// So many values are shown, and so many other things that may happen.
const SHOWN: usize = 6;
const OTHERS: usize = 4;
/// Smaller than this nothing is told; so high is a value with its name then, in pixels.
const FLOOR: u32 = 16;
const ROW: u32 = 52;
/// A value of more letters is cut where it is said, and whole in its name.
const LETTERS: usize = 40;

/// The values of a moment.
pub(super) struct Values<'a> {
    shown: Vec<(&'a SharedView, String)>,
    more: usize,
    wide: u32,
}

impl<'a> Values<'a> {
    /// Those that the line shown touches, and what has just changed.
    pub(super) fn of(look: Look<'_>, frame: &'a Frame, room: (u32, u32)) -> Self {
        let is_told = |shared: &&SharedView| {
            // Of these there is nothing to tell in a word.
            use SharedKind::{Condition, Service, Topic, Wire};
            !matches!(shared.kind, Service | Wire | Condition | Topic)
        };
        let all: Vec<&SharedView> = frame.shared.iter().filter(is_told).collect();
        let touched: Vec<String> = frame
            .steps
            .iter()
            .flat_map(|step| places(&step.action))
            .map(|(place, _)| place.to_owned())
            .collect();
        let rank = |one: &SharedView| {
            let is_touched =
                touched.iter().any(|place| *place == one.place || thing(place) == one.place);
            (one.before.is_none(), !is_touched, one.holders.is_empty() && one.waiting.is_empty())
        };
        let mut order: Vec<usize> = (0..all.len()).collect();
        sim_core::base::order::sort_by_key(&mut order, |at| (rank(all[*at]), *at));
        order.truncate(SHOWN);
        sim_core::base::order::sort_by_key(&mut order, |at| *at);
        let shown: Vec<(&SharedView, String)> = order
            .into_iter()
            .map(|at| (all[at], i18n::summary(frame, all[at], look.state.lang)))
            .collect();
        let longest = shown.iter().map(|(_, said)| said.chars().count()).max().unwrap_or_default();
        let share = if longest > 8 { room.0 / 4 } else { room.0 / 5 };
        let wide = if shown.is_empty() { 0 } else { share.clamp(150, 330) };
        Self { more: all.len() - shown.len(), shown, wide }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.shown.is_empty()
    }

    /// How many values, and how many others, are whole in a column so tall: more of the values, as
    /// long as one of the others is left.
    fn fitting(&self, tall: u32, rows: &[Other]) -> (usize, usize) {
        let (mut values, mut others) = (self.shown.len(), rows.len());
        let high = |values: usize, others: usize| {
            let more = if values < self.shown.len() + self.more { 30 } else { 0 };
            values as u32 * ROW + more + high_of_others(&rows[..others], self.wide)
        };
        while high(values, others) > tall && values + others > 1 {
            match (values, others) {
                (4.., _) | (2.., ..2) => values -= 1,
                _ if others > 0 => others -= 1,
                _ => break,
            }
        }
        (values, others)
    }

    /// How wide they are beside the processes.
    pub(super) fn wide(&self) -> u32 {
        self.wide
    }

    pub(super) fn draw(&self, look: Look<'_>, frame: &Frame, room: (u32, u32), plan: Plan) -> Html {
        if self.is_empty() {
            return html! {};
        }
        let texts = i18n::present(look.state.lang);
        let texts_of_others =
            if look.state.stage == Stage::Embed { Vec::new() } else { others(look, frame) };
        // Beside the processes there may not be room for all: what is shown is whole.
        let (shown, others) = match plan.beside {
            true => self.fitting(room.1, &texts_of_others),
            // Above them as many of the others as their place is high.
            false => {
                let rows = (plan.left.clamp(92, 150) - 28) / 33;
                (self.shown.len(), texts_of_others.len().min(rows as usize))
            }
        };
        let (left_out, told) = (self.more + self.shown.len() - shown, shown);
        let shown = &self.shown[..shown];
        // Long ones are broken rather than made small for all.
        let longest = shown.iter().map(|(_, said)| said.chars().count().min(14)).max();
        let below = high_of_others(&texts_of_others[..others], self.wide);
        let (place, count) = match plan.beside {
            true => ((self.wide, room.1.saturating_sub(below)), told),
            false => ((room.0 / told as u32, plan.left.clamp(92, 150)), 1),
        };
        let size = stage::values(longest.unwrap_or(1), count, place);
        // Above the processes their place is as high as those leave it.
        let high = match plan.left {
            _ if plan.beside => None,
            0..118 => Some("high-1"),
            118..146 => Some("high-2"),
            _ => Some("high-3"),
        };
        let rows = shown.iter().map(|(shared, said)| value(shared, said));
        html! {
            <section id="stage-values" class={classes!("stage-values", high)} aria-label={look.texts.shared_state}
                data-fit="type" data-size={size.to_string()} data-floor={FLOOR.to_string()}>
                <dl>{ for rows }</dl>
                if left_out > 0 && plan.beside { <p class="stage-more muted">{ (texts.more_values)(left_out) }</p> }
                { list(look, &texts_of_others[..others]) }
            </section>
        }
    }
}

/// What may happen besides the processes' own steps: its pick, its process, its words.
type Other = (u32, u32, Vec<Piece>);

/// How high a list of them is in a column so wide, in pixels.
fn high_of_others(rows: &[Other], wide: u32) -> u32 {
    let letters = (wide.saturating_sub(54) / 10).max(6) as usize;
    let long = |piece: &Piece| match piece {
        Piece::Word(text) | Piece::Code(text) => text.chars().count(),
    };
    let lines = rows
        .iter()
        .map(|(.., words)| words.iter().map(long).sum::<usize>().div_ceil(letters) as u32);
    let high: u32 = lines.map(|lines| 10 + 24 * lines).sum();
    if rows.is_empty() { 0 } else { high + 40 }
}

fn value(shared: &SharedView, said: &str) -> Html {
    let before = shared.before.as_ref().filter(|_| inspect::is_value(shared.kind));
    let lone = if shared.holders.len() == 1 { shared.holders.first() } else { None };
    let short: String = said.chars().take(LETTERS).collect();
    html! {
        <div key={shared.place.clone()} class={classes!(shared.before.as_ref().map(|_| "changed"), lone.map(|lane| hue(*lane)))}>
            <dt>{ &shared.place }</dt>
            <dd><span class={classes!("value", lone.map(|_| "held"))}>{ short }</span>
                { for before.map(|before| html! { <s>{ before }</s> }) }</dd>
        </div>
    }
}

/// What may happen besides the processes' own steps.
fn others(look: Look<'_>, frame: &Frame) -> Vec<Other> {
    let lang = look.state.lang;
    let mine = frame.offers.iter().filter(|offer| offer.kind != OfferKind::Step);
    mine.filter_map(|offer| offer.pick.map(|pick| (offer, pick)))
        .take(OTHERS)
        .map(|(offer, pick)| {
            let mut words = i18n::action(frame, &offer.action, Tense::Next, lang);
            if !offer.action.is_of_nobody() {
                words.insert(0, Piece::Word(format!("{} ", spoken(&offer.name))));
            }
            (pick, offer.lane, words)
        })
        .collect()
}

fn list(look: Look<'_>, rows: &[Other]) -> Html {
    if rows.is_empty() {
        return html! {};
    }
    let rows = rows.iter().map(|(pick, lane, words)| {
        html! {
            <li key={*pick}><button type="button" class={classes!("stage-pick", hue(*lane))} onclick={look.on(Action::Pick(*pick))}>
                <kbd>{ pick }</kbd><span>{ rich::pieces(words) }</span>
            </button></li>
        }
    });
    html! { <div class="stage-others"><h3>{ i18n::present(look.state.lang).also }</h3><ul>{ for rows }</ul></div> }
}
