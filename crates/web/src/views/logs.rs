//! Logs: their entries by offset, where each reader is, and what is made of them elsewhere.

use sim_core::session::{Frame, LogView, PartitionView, ReadModelView, ReaderView, WorkerState};
use yew::prelude::*;

use super::Look;
use crate::{
    components::{hue, mark},
    i18n::{self, LogTexts, bare, lane_name},
    model::Bench,
};

/// How wide a row of entries is, the widest entry, and how tall one is.
const WIDE: f64 = 264.0;
const CELL: f64 = 30.0;
const TALL: f64 = 22.0;
/// So many logs are drawn, and so many values of what is made of one.
const SHOWN: usize = 3;
const VALUES: usize = 10;
/// An entry's words are cut behind so many letters.
const LABEL: usize = 3;

pub(super) fn panel(look: Look<'_>, bench: &Bench) -> Html {
    let Some(frame) = bench.frame.as_deref().filter(|frame| !frame.logs.is_empty()) else {
        return html! {};
    };
    let texts = i18n::logs(look.state.lang);
    html! {
        <div class="card panel-logs">{ for frame.logs.iter().take(SHOWN).map(|one| log(look, texts, frame, one)) }</div>
    }
}

fn log(look: Look<'_>, texts: &LogTexts, frame: &Frame, one: &LogView) -> Html {
    let count: i64 = one.parts.iter().map(|part| part.next - 1).sum();
    let parts = one.parts.iter().map(|part| {
        let rail = Rail::of(part);
        let readers = one.readers.iter().filter(|reader| reader.part == part.number);
        html! { <>
            if one.parts.len() > 1 { <h3>{ (texts.part)(part.number) }</h3> }
            { entries(part, &rail, texts) }
            <ul class="log-readers">{ for readers.map(|one| reader(texts, frame, &rail, one)) }</ul>
        </> }
    });
    html! {
        <section class="log" aria-label={one.name.clone()} key={one.name.clone()}>
            <div class="card-head"><h2><code>{ &one.name }</code></h2><span class="chip">{ (texts.entries)(count) }</span></div>
            { for parts }
            if one.more > 0 { <p class="small muted">{ (look.texts.views.left_out)(one.more) }</p> }
            { for one.models.iter().map(|model| read_model(texts, frame, count, model)) }
        </section>
    }
}

/// Where offsets are in the picture: the last entries, and the place of the next one.
struct Rail {
    first: i64,
    cell: f64,
    cells: i64,
}

impl Rail {
    fn of(part: &PartitionView) -> Self {
        let cells = part.entries.len() as i64 + 1;
        let cell = (WIDE / cells as f64).min(CELL);
        Self { first: part.next - part.entries.len() as i64, cell, cells }
    }

    /// Where an offset begins; what is older than all that is shown is at the left end.
    fn x(&self, offset: i64) -> f64 {
        (offset - self.first).clamp(0, self.cells - 1) as f64 * self.cell
    }
}

fn px(length: f64) -> String {
    format!("{length:.1}")
}

fn entries(part: &PartitionView, rail: &Rail, texts: &LogTexts) -> Html {
    let boxes = (rail.first..).zip(&part.entries).map(|(offset, entry)| {
        let (x, middle) = (rail.x(offset), rail.x(offset) + rail.cell / 2.0);
        let label: String = entry.label.chars().take(LABEL).collect();
        html! {
            <g class={classes!("log-entry", entry.sender.map(hue))} key={offset}>
                <title>{ format!("{offset}: {}", bare(&entry.words)) }</title>
                <rect x={px(x + 1.0)} y="13" width={px(rail.cell - 2.0)} height={px(TALL)} rx="4"/>
                <text class="offset" x={px(middle)} y="9" text-anchor="middle">{ offset }</text>
                <text x={px(middle)} y="28" text-anchor="middle">{ label }</text>
            </g>
        }
    });
    let entries = (rail.first..).zip(&part.entries);
    // One that has nothing yet is a picture all the same, and has a name.
    let mut told = vec![(texts.entries)(part.entries.len() as i64)];
    told.extend(entries.map(|(offset, entry)| format!("{offset}: {}", bare(&entry.words))));
    let end = rail.x(part.next);
    html! {
        <svg class="log-entries" role="img" aria-label={told.join("; ")} width={px(WIDE)} height="38" viewBox="0 0 264 38">
            { for boxes }
            <rect class="next" x={px(end + 1.0)} y="13" width={px(rail.cell - 2.0)} height={px(TALL)} rx="4"/>
            <text class="offset" x={px(end + rail.cell / 2.0)} y="9" text-anchor="middle">{ part.next }</text>
        </svg>
    }
}

fn reader(texts: &LogTexts, frame: &Frame, rail: &Rail, one: &ReaderView) -> Html {
    let crashed = matches!(one.state, WorkerState::Crashed(_));
    let number = one.lane.and_then(|lane| frame.lane(lane)).and_then(|lane| lane.number);
    let number = number.map(|number| number.to_string()).unwrap_or_default();
    let name = match (one.lane, &one.group) {
        (Some(lane), None) => lane_name(frame, lane),
        (Some(lane), Some(group)) => format!("{group} · {}", lane_name(frame, lane)),
        (None, group) => format!("{} · {}", group.as_deref().unwrap_or_default(), texts.nobody),
    };
    let mut words = match one.behind {
        None => texts.unknown[usize::from(crashed)].to_owned(),
        Some(behind) if crashed => format!("{}, {}", texts.crashed, (texts.behind)(behind)),
        Some(behind) => (texts.behind)(behind),
    };
    let in_hand = one.next.zip(one.committed).map_or(0, |(next, committed)| next - committed);
    if in_hand > 0 {
        words = format!("{words}, {}", (texts.in_hand)(in_hand));
    }
    let late = one.behind.is_none_or(|behind| behind > 0).then_some("late");
    // What is read is a full line up to where it reads next; what is not committed is open.
    let at = one.next.map(|next| {
        let x = rail.x(next) + rail.cell / 2.0;
        let done = rail.x(one.committed.unwrap_or(next)) + rail.cell / 2.0;
        let head = format!("M{} 2l5 8h-10z", px(x));
        html! { <>
            <line x1="0" x2={px(done)} y1="6" y2="6"/>
            <line class="open" x1={px(done)} x2={px(x)} y1="6" y2="6"/>
            <path d={head}/>
        </> }
    });
    html! {
        <li class={classes!("log-reader", one.lane.map(hue), late, crashed.then_some("crashed"))}>
            <svg width={px(WIDE)} height="12" viewBox="0 0 264 12" aria-hidden="true"><line class="rail" x1="0" x2={px(rail.cells as f64 * rail.cell)} y1="6" y2="6"/>{ for at }</svg>
            <span>{ for one.lane.map(|lane| mark(lane, &number)) }<strong>{ name }</strong>{ ": " }<span class="log-behind">{ words }</span></span>
        </li>
    }
}

/// What is made of a log, beside what the log says.
fn read_model(texts: &LogTexts, frame: &Frame, count: i64, model: &ReadModelView) -> Html {
    let far = model.kept.iter().map(|kept| {
        let late = (kept.behind > 0).then_some("late");
        html! {
            <p class="small"><code>{ &kept.place }</code>{ ": " }{ (texts.upto)(kept.upto, count) }{ ", " }
                <span class={classes!("log-behind", late)}>{ (texts.behind)(kept.behind) }</span></p>
        }
    });
    let of = |thing: &String, place: &str| {
        place
            .strip_prefix(thing.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('['))
    };
    let kept = |place: &String| model.kept.iter().any(|kept| kept.place == *place);
    let values = frame.shared.iter().filter(|shared| {
        model.things.iter().any(|thing| of(thing, &shared.place)) && !kept(&shared.place)
    });
    let values = values.take(VALUES).map(|shared| {
        let changed = shared.before.is_some().then_some("changed");
        html! { <li class={classes!("mono", changed)}>{ &shared.place }{ " = " }<b>{ bare(&shared.value) }</b></li> }
    });
    html! {
        <section class="log-model">
            <h3>{ (texts.model)(&model.by) }</h3>
            { for far }
            <ul>{ for values }</ul>
        </section>
    }
}
