//! The panels: each a function of the state, each in its file.

mod account;
mod brand;
mod breaker;
mod challenges;
mod chance;
mod channel;
mod charts;
mod claim;
mod controls;
mod dialogs;
mod editor;
pub(crate) mod front;
mod header;
mod health;
mod home;
mod inspect;
mod lane;
mod lanes;
mod logs;
mod more;
mod now;
mod panes;
mod proof;
mod request;
mod rhythm;
mod rich;
mod sagas;
mod schedules;
mod share;
mod shelf;
mod signs;
mod speaker;
mod stage;
mod stops;
mod story;
mod system;
mod tables;
mod timeline;
mod transport;
mod waits;
mod why;

use yew::prelude::*;

pub use self::speaker::speaker;
use crate::{
    i18n::{self, Texts},
    model::{Action, Bench, Mode, Stage, State, Tab, panes::Pane, state::Page, viewing::View},
};

/// What every panel is given.
#[derive(Clone, Copy)]
pub(crate) struct Look<'a> {
    /// All there is to show.
    pub(crate) state: &'a State,
    /// The words around it.
    pub(crate) texts: &'static Texts,
    /// Where actions go.
    pub(crate) send: &'a Callback<Action>,
}

impl Look<'_> {
    /// A callback that sends an action, whatever the event.
    pub(crate) fn on<E: 'static>(&self, action: Action) -> Callback<E> {
        self.send.reform(move |_| action.clone())
    }

    /// A callback that changes how the run is looked at.
    pub(crate) fn view<E: 'static>(&self, view: View) -> Callback<E> {
        self.on(Action::View(view))
    }
}

/// The whole page.
pub fn page(state: &State, send: &Callback<Action>) -> Html {
    let look = Look { state, texts: i18n::texts(state.lang), send };
    let body = match &state.bench {
        None => match state.page {
            Page::Home => home::home(look),
            Page::Mine => shelf::mine(look),
            Page::New => shelf::new(look),
            Page::Lesson => home::coming(look),
        },
        Some(bench) if state.stage == Stage::Workbench => workbench(look, bench),
        Some(bench) => stage::page(look, bench),
    };
    // While a dialog is open nothing under it can be reached, by key or by pointer.
    let under_a_dialog = state.keys
        || state.share.is_some()
        || state.shown_fault().is_some()
        || state.naming.is_some();
    html! {
        <>
            <div class="under" inert={under_a_dialog}>
                <a class="skip" href="#main" onclick={send.reform(|event: MouseEvent| {
                    event.prevent_default();
                    Action::SkipToMain
                })}>{ look.texts.skip }</a>
                { body }
            </div>
            <p class="unseen" role="status" aria-live="polite" id="spoken">{ &state.spoken }</p>
            { dialogs::remark(look) }
            { shelf::naming(look) }
            <p class="drop-sign" aria-hidden="true">{ i18n::writing(state.lang).drop_here }</p>
            { dialogs::keys(look) }
            { share::share(look) }
            { dialogs::fault(look) }
        </>
    }
}

fn workbench(look: Look<'_>, bench: &Bench) -> Html {
    let has_sagas = Pane::Sagas.applies(bench.frame.as_deref());
    let tab = match bench.tab {
        Tab::Sagas if !has_sagas => "tab-code",
        Tab::Code => "tab-code",
        Tab::Timeline => "tab-timeline",
        Tab::System => "tab-system",
        Tab::Charts => "tab-charts",
        Tab::Sagas => "tab-sagas",
        Tab::State => "tab-state",
        Tab::Words => "tab-words",
        Tab::Story => "tab-story",
    };
    let edits = bench.mode == Mode::Edit;
    let middle = if edits {
        editor::editor(look, bench)
    } else {
        html! {}
    };
    let mode = if edits { "editing" } else { "learning" };
    html! {
        <div class={classes!("app", "bench", tab, mode)}>
            { header::bench_header(look, bench) }
            { dialogs::notice(look) }
            { tabs(look, bench) }
            <main id="main" tabindex="-1">
                <section class="col col-why" tabindex="-1" aria-label={look.texts.region_why}>
                    { rhythm::thread(look, bench) }
                    { story::story(look, bench) }
                    { challenges::challenges(look, bench) }
                    { rhythm::debrief(look, bench) }
                    { story::colophon(look) }
                </section>
                <section class={classes!("col", "col-what", panes::hidden(bench))} data-stage="what" tabindex="-1" aria-label={look.texts.region_what}>
                    { claim::claim(look, bench) }
                    { controls::controls(look, bench) }
                    { middle }
                    { stale_remark(look, bench) }
                    { panes::switch(look, bench) }
                    { pane(bench, Pane::Sagas, || sagas::panel(look, bench)) }
                    { pane(bench, Pane::Code, || lanes::lanes(look, bench)) }
                    { pane(bench, Pane::System, || system::panel(look, bench)) }
                    { pane(bench, Pane::Charts, || charts::panel(look, bench)) }
                    { pane(bench, Pane::Timeline, || timeline::panel(look, bench)) }
                    { pane(bench, Pane::Words, || account::panel(look, bench)) }
                </section>
                <section class="col col-now" data-stage="now" tabindex="-1" aria-label={look.texts.region_now}>
                    // Whoever asked for it has it in sight at once.
                    <div class="request-place">{ request::panel(look, bench) }</div>
                    <div class="breaker-place">{ breaker::panel(look, bench) }</div>
                    <div class="logs-place">{ logs::panel(look, bench) }</div>
                    <div class="tables-place">{ tables::panel(look, bench) }</div>
                    { now::offers(look, bench) }
                    <div class="why-place">{ why::panel(look, bench) }</div>
                    { inspect::shared(look, bench) }
                    { now::promises(look, bench) }
                    { schedules::schedules(look, bench) }
                    { chance::panel(look, bench) }
                </section>
            </main>
            { transport::transport(look, bench) }
            // On paper alone; what is printed knows the address of its moment.
            <section class="print-link" aria-label={i18n::present(look.state.lang).printed}>
                <p>{ i18n::present(look.state.lang).printed }{ " " }<span id="print-link"></span></p>
            </section>
        </div>
    }
}

/// A view of the moment, drawn only where it is to be seen.
fn pane(bench: &Bench, pane: Pane, draw: impl FnOnce() -> Html) -> Html {
    if panes::draws(bench, pane) {
        draw()
    } else {
        html! {}
    }
}

/// Says that what is shown is the last run that worked.
fn stale_remark(look: Look<'_>, bench: &Bench) -> Html {
    if !bench.is_stale() || bench.problems.is_empty() || bench.frame.is_none() {
        return html! {};
    }
    html! { <p class="stale-run" role="note">{ look.texts.stale_run }</p> }
}

/// What a phone shows, one at a time.
fn tabs(look: Look<'_>, bench: &Bench) -> Html {
    let texts = look.texts;
    let entries = [
        (Tab::Code, texts.tab_code),
        (Tab::Timeline, texts.tab_timeline),
        (Tab::System, i18n::system(look.state.lang).system),
        (Tab::Charts, i18n::charts(look.state.lang).charts),
        (Tab::Sagas, i18n::sagas(look.state.lang).title),
        (Tab::State, texts.tab_state),
        (Tab::Words, i18n::account(look.state.lang).tab),
        (Tab::Story, texts.tab_story),
    ];
    let has_sagas = Pane::Sagas.applies(bench.frame.as_deref());
    let entries = entries.into_iter().filter(|(tab, _)| *tab != Tab::Sagas || has_sagas);
    let buttons = entries.map(|(tab, words)| {
        let on = bench.tab == tab;
        html! {
            <button type="button" key={words} class={classes!("tab", on.then_some("on"))}
                aria-pressed={on.to_string()} onclick={look.on(Action::Tab(tab))}>{ words }</button>
        }
    });
    html! { <nav class="tabs" aria-label={texts.tabs}>{ for buttons }</nav> }
}
