//! What theory says: across a picture, and as numbers beside those that were measured.

use sim_core::{
    measure::{Beside, Figure, TheoryRow},
    say::why_not,
};
use yew::prelude::*;

use super::Look;
use crate::{
    draw::charts as picture,
    i18n,
    protocol::{Measured, Plot, PlotTitle},
};

/// Lines across a picture where theory has its numbers; the words stand above them.
pub(super) fn levels(look: Look<'_>, plot: &Plot) -> Html {
    let lines = plot.theory.iter().zip(names(plot)).map(|(level, name)| {
        let y = picture::percent(level.y);
        let said = (i18n::theory(look.state.lang).level)(name, &value(look, plot, level.value));
        // At the top of the picture there is room only below.
        let words_at = if level.y < Plot::WHOLE / 9 { "12" } else { "-4" };
        html! { <>
            <line class="theory-line" x1="0" x2="100%" y1={y.clone()} y2={y.clone()}/>
            <svg x="0" {y} overflow="visible"><text class="theory-name" x="4" y={words_at}>{ said }</text></svg>
        </> }
    });
    html! { <g class="theory-levels">{ for lines }</g> }
}

/// The same for who does not see the picture.
pub(super) fn words(look: Look<'_>, plot: &Plot) -> String {
    let said = plot.theory.iter().zip(names(plot)).map(|(level, name)| {
        let said = (i18n::theory(look.state.lang).level)(name, &value(look, plot, level.value));
        format!(" {said}.")
    });
    said.collect()
}

fn value(look: Look<'_>, plot: &Plot, value: i64) -> String {
    i18n::figure(Figure { value, unit: plot.unit }, look.state.lang)
}

/// What the lines of theory are of, without the name of the thing where it goes without saying.
fn names(plot: &Plot) -> impl Iterator<Item = &str> {
    let of_one = matches!(plot.title, PlotTitle::Latency(_));
    plot.theory.iter().map(move |level| {
        let name = level.name.as_str();
        if of_one { name.rsplit('.').next().unwrap_or(name) } else { name }
    })
}

/// The numbers of services, below the first picture that shows something of theirs.
pub(super) fn below(look: Look<'_>, measured: &Measured, at: usize) -> Html {
    let rows = measured.view.theory.iter().filter(|row| home(measured, row) == Some(at));
    html! { <>{ for rows.map(|row| card(look, measured, row)) }</> }
}

/// The numbers of those of which no picture shows anything.
pub(super) fn rest(look: Look<'_>, measured: &Measured) -> Html {
    let rows: Vec<_> =
        measured.view.theory.iter().filter(|row| home(measured, row).is_none()).collect();
    if rows.is_empty() {
        return html! {};
    }
    html! { <div class="theory-rest">{ for rows.iter().map(|row| card(look, measured, row)) }</div> }
}

/// The picture that a service's numbers belong to.
fn home(measured: &Measured, row: &TheoryRow) -> Option<usize> {
    let start = format!("{}.", name(measured, row));
    let shows = |plot: &Plot| {
        let mut lines = plot.curves.iter().filter_map(|curve| measured.series(plot, curve));
        lines.any(|line| line.name.starts_with(&start))
    };
    // Rather one across which theory is drawn.
    let drawn = |plot: &Plot| plot.theory.iter().any(|level| level.name.starts_with(&start));
    let plots = || measured.plots.iter();
    plots().position(drawn).or_else(|| plots().position(shows))
}

fn name<'a>(measured: &'a Measured, row: &TheoryRow) -> &'a str {
    measured.view.subjects.get(row.subject as usize).map_or("", |subject| &subject.name)
}

fn card(look: Look<'_>, measured: &Measured, row: &TheoryRow) -> Html {
    let lang = look.state.lang;
    let texts = i18n::theory(lang);
    let name = name(measured, row);
    let model = (!row.model.is_empty()).then(|| html! { <>{ " " }<code>{ &row.model }</code></> });
    let head = html! { <><b>{ texts.title }</b>{ " " }<code>{ name }</code>{ for model }</> };
    if let Some(why) = row.why_not {
        let said = (texts.none)(&why_not(why, lang).replace('`', ""));
        return html! { <p class="theory none small muted" data-of={name.to_owned()}>{ head }{ " " }{ said }</p> };
    }
    let rows = measured.view.beside(row);
    html! {
        <div class="theory small" data-of={name.to_owned()}>
            <p>{ head }{ " " }<span class="muted">{ i18n::theory_model(&row.model, lang) }</span></p>
            <table>
                <thead><tr><th scope="col"><span class="unseen">{ i18n::charts(lang).measure }</span></th>
                    { for texts.columns.map(|words| html! { <th scope="col">{ words }</th> }) }</tr></thead>
                <tbody>{ for rows.iter().map(|one| line(look, name, one)) }</tbody>
            </table>
            <p class="muted">{ texts.note }</p>
        </div>
    }
}

fn line(look: Look<'_>, owner: &str, one: &Beside) -> Html {
    let lang = look.state.lang;
    let said = |figure: Figure| i18n::figure(figure, lang);
    let measured = one.measured.map_or_else(|| "–".to_owned(), said);
    let off = i18n::theory_off(one, lang).map(|(off, part)| {
        let part = part
            .map(|part| html! { <>{ " " }<span class="muted">{ format!("({part})") }</span></> });
        html! { <><span>{ off }</span>{ for part }</> }
    });
    html! {
        <tr>
            <th scope="row"><code>{ one.name.replace(&format!("{owner}."), "") }</code></th>
            <td class="mono">{ measured }</td>
            <td class="mono">{ said(one.theory) }</td>
            <td class="mono theory-off">{ for off }</td>
        </tr>
    }
}
