//! What the processes share, large, with what has just changed; and what may happen besides their
//! own steps.

use sim_core::{
    program::SharedKind,
    say::Tense,
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

    /// How wide they are beside the processes.
    pub(super) fn wide(&self) -> u32 {
        self.wide
    }

    pub(super) fn draw(&self, look: Look<'_>, frame: &Frame, room: (u32, u32), plan: Plan) -> Html {
        if self.is_empty() {
            return html! {};
        }
        let texts = i18n::present(look.state.lang);
        let others = if look.state.stage == Stage::Embed {
            html! {}
        } else {
            others(look, frame)
        };
        // Long ones are broken rather than made small for all.
        let longest = self.shown.iter().map(|(_, said)| said.chars().count().min(14)).max();
        let (place, count) = match plan.beside {
            true => ((self.wide, room.1), self.shown.len()),
            false => ((room.0 / self.shown.len() as u32, plan.left.clamp(92, 150)), 1),
        };
        let size = stage::values(longest.unwrap_or(1), count, place);
        // Above the processes their place is as high as those leave it.
        let high = match plan.left {
            _ if plan.beside => None,
            0..118 => Some("high-1"),
            118..146 => Some("high-2"),
            _ => Some("high-3"),
        };
        let rows = self.shown.iter().map(|(shared, said)| value(shared, said));
        html! {
            <section id="stage-values" class={classes!("stage-values", high)} aria-label={look.texts.shared_state}
                data-fit="type" data-size={size.to_string()} data-floor="14">
                <dl>{ for rows }</dl>
                if self.more > 0 && plan.beside { <p class="stage-more muted">{ (texts.more_values)(self.more) }</p> }
                { others }
            </section>
        }
    }
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
fn others(look: Look<'_>, frame: &Frame) -> Html {
    let lang = look.state.lang;
    let mine = frame.offers.iter().filter(|offer| offer.kind != OfferKind::Step);
    let rows: Vec<Html> = mine
        .filter_map(|offer| offer.pick.map(|pick| (offer, pick)))
        .take(OTHERS)
        .map(|(offer, pick)| {
            let words = rich::pieces(&i18n::action(frame, &offer.action, Tense::Next, lang));
            let name = if offer.action.is_of_nobody() { String::new() } else { format!("{} ", spoken(&offer.name)) };
            html! {
                <li key={pick}><button type="button" class={classes!("stage-pick", hue(offer.lane))} onclick={look.on(Action::Pick(pick))}>
                    <kbd>{ pick }</kbd><span>{ name }{ words }</span>
                </button></li>
            }
        })
        .collect();
    if rows.is_empty() {
        return html! {};
    }
    html! { <div class="stage-others"><h3>{ i18n::present(lang).also }</h3><ul>{ for rows }</ul></div> }
}
