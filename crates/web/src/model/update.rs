//! The one way the page's state changes.

use sim_core::say::Lang;

use super::{
    Action, Bench, Command, Mode, State, Theme, Timer,
    address::{self, Address, Route},
    chances, charts, course, editing, front, led, lesson,
    links::{self, Linked},
    moments, present, rhythm, share, shelf,
    state::{Asked, Draft, Notice, Page, Remark},
    studies,
    study::Study,
    viewing, writing,
};
use crate::{
    i18n,
    protocol::{Ask, Opening, Request},
};

/// Milliseconds until the address follows a step; browsers refuse many changes in a row.
const ADDRESS_PAUSE: u32 = 250;
/// Milliseconds that a remark stays.
const REMARK_PAUSE: u32 = 4_000;

/// Changes the state, and says what is to be done outside.
pub fn update(state: &mut State, action: Action) -> Vec<Command> {
    let shown = links::shown(state);
    let mut commands = act(state, action);
    commands.extend(links::follow(state, shown.as_ref()));
    commands.extend(share::follow(state));
    commands.extend(chances::follow(state));
    commands.extend(charts::follow(state));
    commands.extend(led::follow(state));
    commands
}

pub(super) fn act(state: &mut State, action: Action) -> Vec<Command> {
    match action {
        Action::Address(fragment) => open_address(state, &fragment),
        Action::Go(fragment) => {
            let mut commands = vec![Command::PushAddress(fragment.clone())];
            commands.extend(open_address(state, &fragment));
            commands
        }
        Action::Lang(lang) => {
            state.lang = lang;
            state.lang_linked = false;
            state.spoken.clear();
            let save = Command::Save("lockstep.lang".to_owned(), lang.tag().to_owned());
            vec![Command::ShowLang(lang), save, title(state)]
        }
        Action::Theme(theme) => {
            state.theme = theme;
            let name = theme_name(theme).to_owned();
            vec![Command::ShowTheme(theme), Command::Save("lockstep.theme".to_owned(), name)]
        }
        Action::Keys(shown) => {
            state.keys = shown;
            match shown {
                true => vec![Command::HoldFocus, Command::Focus("keys-close")],
                false => vec![Command::FocusBack],
            }
        }
        Action::QuietKeys(quiet) => {
            state.quiet_keys = quiet;
            let word = if quiet { "off" } else { "on" };
            vec![Command::Save("lockstep.keys".to_owned(), word.to_owned())]
        }
        Action::SkipToMain => vec![Command::Focus("main")],
        Action::Dismiss => {
            // What lies on top goes first.
            let view = state.bench.as_mut().map(|bench| &mut bench.view);
            let closed =
                view.is_some_and(|view| view.subject.take().is_some() || view.why.take().is_some());
            if !closed {
                state.notice = None;
            }
            Vec::new()
        }
        Action::StepperFault(text) => fault(state, text),
        Action::GoOn => {
            state.fault = None;
            reopen(state)
        }
        Action::StudentFault(text) => {
            state.notice = Some(Notice::StudyFault(text));
            let mut commands = vec![Command::RestartStudent];
            if let Some(bench) = &mut state.bench {
                studies::stopped(bench);
                commands.push(Command::Stop(Timer::Explore));
            }
            commands
        }
        Action::CopyLink => copy_link(state),
        Action::Share(action) => share::act(state, action),
        Action::StopLink => match &mut state.bench {
            Some(bench) => {
                links::stop(bench);
                vec![address_later(), Command::Focus("main")]
            }
            None => Vec::new(),
        },
        Action::ClaimRead => {
            state.bench.iter_mut().for_each(|bench| bench.linked.claim = None);
            vec![address_later(), Command::Focus("main")]
        }
        Action::Copied(done) => {
            if done {
                state.spoken = i18n::texts(state.lang).link_copied.to_owned();
                remark(state, Remark::LinkCopied)
            } else {
                state.notice = Some(Notice::NoClipboard);
                Vec::new()
            }
        }
        Action::TextCopied(done) => {
            if done {
                state.spoken = i18n::charts(state.lang).copied.to_owned();
                remark(state, Remark::TableCopied)
            } else {
                state.notice = Some(Notice::NoClipboard);
                Vec::new()
            }
        }
        Action::RemarkOver => {
            state.remark = None;
            Vec::new()
        }
        Action::WriteAddress => write_address(state),
        Action::Shelf(action) => shelf::act(state, action),
        Action::Lesson(action) => lesson::act(state, action),
        Action::Present(action) => present::act(state, action),
        Action::Front(action) => front::page::act(state, action),
        action => on_bench(state, action),
    }
}

/// Actions that need a scenario on the workbench.
fn on_bench(state: &mut State, action: Action) -> Vec<Command> {
    if state.bench.is_none() {
        return Vec::new();
    }
    match action {
        Action::Stepped(answer) => {
            answer.take().map_or_else(Vec::new, |answer| moments::answered(state, answer))
        }
        Action::Pick(_)
        | Action::Forward
        | Action::Back
        | Action::Seek(_)
        | Action::Start
        | Action::End
        | Action::Play
        | Action::Tick
        | Action::Branch(_)
        | Action::Schedule(_)
        | Action::Follow(_)
        | Action::FollowOn(_)
        | Action::Speed(_)
        | Action::Seed(_)
        | Action::Set(..)
        | Action::Defaults => moments::asked(state, action),
        Action::Chance(action) => chances::act(state, action),
        Action::Chart(action) => charts::act(state, action),
        Action::View(view) => viewing::update(state, view),
        Action::Studied(_)
        | Action::Explore
        | Action::ExploreHere
        | Action::FromStart
        | Action::LookAtStudy
        | Action::CancelStudy
        | Action::Prove(_)
        | Action::ShowCase(..) => studies::update(state, action),
        Action::Rhythm(action) => rhythm::act(state, action),
        Action::Write(action) => writing::act(state, action),
        action => editing::update(state, action),
    }
}

/// Follows a fragment: to the lessons, or to a moment of one.
fn open_address(state: &mut State, fragment: &str) -> Vec<Command> {
    let mut left = leave(state);
    // A link may have given the worker more to do than anybody waits for.
    let is_busy = state.bench.as_ref().is_some_and(Bench::follows_a_link);
    left.extend(is_busy.then_some(Command::RestartStepper));
    state.fragment = fragment.to_owned();
    state.naming = None;
    state.share = None;
    state.gone = None;
    state.coming = None;
    let (route, trouble) = address::parse(fragment);
    state.notice = trouble.map(Notice::BadLink);
    state.spoken.clear();
    match route {
        Route::Home | Route::Words(_) | Route::Mine | Route::New => {
            state.page = match route {
                Route::Mine => Page::Mine,
                Route::New => Page::New,
                _ => Page::Home,
            };
            state.bench = None;
            let place = if let Route::Words(place) = route { place } else { front::Place::Home };
            left.extend(front::page::open(state, place));
            let mut commands = vec![Command::RestartStudent, title(state)];
            commands.extend(Timer::OF_BENCH.map(Command::Stop));
            left.extend(commands);
        }
        Route::Bench(address) => left.extend(open_bench(state, address)),
    }
    left
}

/// What was typed a moment ago is kept before the workbench goes.
fn leave(state: &mut State) -> Vec<Command> {
    let Some(bench) = &state.bench else { return Vec::new() };
    if bench.draft != Draft::Pending {
        return Vec::new();
    }
    let (id, text) = (bench.draft_id(), bench.is_edited().then(|| bench.text.clone()));
    let expect = bench.stored.clone();
    state.kept.set_draft(&id, text.clone());
    let name = bench_title(bench, state.lang);
    vec![
        Command::LeaveDraft { key: editing::draft_key(&id), text, expect, name },
        Command::Stop(Timer::Save),
    ]
}

pub(super) fn open_bench(state: &mut State, address: Address) -> Vec<Command> {
    // What broke down before this was there has been started again.
    state.fault = None;
    let entry = match address.lesson.strip_prefix(shelf::MINE) {
        None => None,
        Some(id) => match state.kept.entry(id) {
            Some(entry) => Some(entry.clone()),
            // Kept on another device, or deleted. A text that came along is shown all the same.
            None => {
                state.notice = Some(Notice::BadLink(address::Trouble::NotKept));
                if address.text.is_none() {
                    state.page = Page::Mine;
                    state.bench = None;
                    return vec![Command::RestartStudent, title(state)];
                }
                None
            }
        },
    };
    if lesson::is_missing(state, &address.lesson) {
        return lesson::fetch(state, address);
    }
    let course = match course::find(&address.lesson, &state.fetched, state.lang) {
        Some(course) => course,
        None if address.lesson.starts_with(shelf::MINE) => course::own(state.lang),
        None => return Vec::new(),
    };
    let mut bench = Bench::new(course);
    bench.answer = rhythm::answer_kept(&state.kept, &course);
    if let Some(entry) = entry {
        bench.text.clone_from(&entry.text);
        bench.base = entry.text;
        bench.place = Some(shelf::Place { id: entry.id, name: entry.name });
    }
    // On a phone, which shows one panel at a time, a lesson begins with its story; a link to
    // a moment shows the moment.
    if course.lesson.is_some() && address.picks.is_empty() {
        bench.tab = super::Tab::Story;
    }
    let old = state.bench.take();
    if old.as_ref().is_none_or(|old| old.course != course) {
        present::another(state);
    }
    if let Some(old) = old {
        bench.speed = old.speed;
        if old.course == course && old.place == bench.place {
            (bench.mode, bench.tab, bench.answer) = (old.mode, old.tab, old.answer);
            bench.hints = old.hints;
            bench.rhythm.debrief = old.rhythm.debrief;
            bench.view = old.view;
            bench.view.forget_run();
        }
    }
    let draft = state.kept.draft(&bench.draft_id()).map(str::to_owned);
    bench.stored.clone_from(&draft);
    let is_start = address.settings.is_empty() && address.picks.is_empty();
    match (&address.text, draft) {
        (Some(text), draft) => {
            if draft.is_some_and(|draft| draft != *text) {
                bench.displaces = true;
                state.notice.get_or_insert(Notice::LinkedText);
            } else if bench.stored.is_some() {
                bench.draft = Draft::Saved;
            }
            bench.text.clone_from(text);
        }
        // Without a moment in the address, work goes on where it was left.
        (None, Some(draft)) if is_start => {
            bench.text = draft;
            bench.draft = Draft::Saved;
        }
        (None, _) => {}
    }
    if course.lesson.is_none() {
        bench.mode = Mode::Edit;
    }
    bench.run_text.clone_from(&bench.text);
    bench.seed = address.seed.unwrap_or(1);
    bench.opened = state.tickets;
    state.bench = Some(bench);
    let mut commands = links::dress(state, &address);
    commands.extend([title(state), Command::Stop(Timer::Play), Command::RestartStudent]);
    let Some(bench) = &state.bench else { return commands };
    let (linked, opening) = links::begin(bench, address);
    if linked.of_another_text {
        state.notice.get_or_insert(Notice::LessonChanged);
    }
    commands.extend(open(state, opening));
    if let Some(bench) = &mut state.bench {
        bench.linked = linked;
    }
    commands
}

/// Asks for a new run. Whatever was asked before is void.
pub(super) fn open(state: &mut State, opening: Opening) -> Vec<Command> {
    let ticket = state.ticket();
    let Some(bench) = &mut state.bench else { return Vec::new() };
    bench.since = ticket;
    bench.asked = vec![(ticket, Asked::Open)];
    bench.aim = None;
    bench.charts.forget();
    bench.linked = Linked::default();
    bench.own = 0;
    bench.schedule = None;
    bench.rhythm.wanted = None;
    bench.unchecked = false;
    vec![Command::Step(Ask { ticket, request: Request::Open(opening) })]
}

/// Opens the moment shown anew, as after a fault.
pub(super) fn reopen(state: &mut State) -> Vec<Command> {
    let Some(bench) = &state.bench else { return Vec::new() };
    let own = bench.own;
    let opening = Opening {
        text: bench.run_text.clone(),
        settings: bench.settings.clone(),
        seed: bench.seed,
        picks: bench.picks(),
        position: bench.position(),
    };
    let commands = open(state, opening);
    if let Some(bench) = &mut state.bench {
        bench.own = own;
    }
    commands
}

fn fault(state: &mut State, text: String) -> Vec<Command> {
    state.fault = Some(text);
    if let Some(bench) = &mut state.bench {
        bench.playing = false;
        bench.charts.forget();
        bench.asked.clear();
        bench.aim = None;
    }
    vec![Command::RestartStepper, Command::Stop(Timer::Play), Command::Focus("fault-go-on")]
}

/// Shows a remark for a while.
pub(super) fn remark(state: &mut State, remark: Remark) -> Vec<Command> {
    state.remark = Some(remark);
    vec![Command::After(Timer::Remark, REMARK_PAUSE, Box::new(Action::RemarkOver))]
}

/// The address follows, a little later.
pub(super) fn address_later() -> Command {
    Command::After(Timer::Address, ADDRESS_PAUSE, Box::new(Action::WriteAddress))
}

/// All schedules are looked at, a little later.
pub(super) fn explore_later(bench: &mut Bench) -> Vec<Command> {
    let mut commands = Vec::new();
    if bench.is_studying() {
        commands.push(Command::RestartStudent);
    }
    studies::stopped(bench);
    bench.study = Study::None;
    bench.ahead = None;
    commands.push(Command::After(Timer::Explore, 150, Box::new(Action::Explore)));
    commands
}

/// The address holds the moment. Where that is of an older text than the editor's, or too long,
/// it names the scenario alone, so that loading the page again shows what was written last.
pub(super) fn write_address(state: &mut State) -> Vec<Command> {
    let Some(bench) = &state.bench else { return Vec::new() };
    // Until all steps of a link have been taken, the address is still the link's.
    if bench.frame.is_none() || bench.linked.rest.is_some() {
        return Vec::new();
    }
    let moment = links::address(state).filter(|_| !bench.is_stale());
    let moment = moment.and_then(|address| address.fragment());
    // Without a draft the older text is better than none.
    let is_kept = bench.draft != Draft::Refused;
    let path = || is_kept.then(|| address::path_of(&bench.draft_id()));
    match moment.or_else(path) {
        Some(fragment) if fragment != state.fragment => {
            state.fragment.clone_from(&fragment);
            vec![Command::ReplaceAddress(fragment)]
        }
        _ => Vec::new(),
    }
}

fn copy_link(state: &mut State) -> Vec<Command> {
    match share::for_others(state).and_then(|address| address.fragment()) {
        Some(fragment) => vec![Command::CopyLink(fragment)],
        None => {
            state.notice = Some(Notice::TooLong);
            Vec::new()
        }
    }
}

pub(super) fn title(state: &State) -> Command {
    let texts = i18n::writing(state.lang);
    let title = match &state.bench {
        None => match state.page {
            Page::Home => return Command::Title(state.front.title(state.lang)),
            Page::Mine => texts.shelf.to_owned(),
            Page::New => texts.new_title.to_owned(),
            Page::Lesson => coming_title(state).to_owned(),
        },
        Some(bench) => bench_title(bench, state.lang),
    };
    let title = format!("{title} · Lockstep");
    Command::Title(title)
}

/// What the lesson on its way is called.
#[must_use]
pub fn coming_title(state: &State) -> &'static str {
    let coming = state.coming.as_ref().and_then(|coming| lesson::listed(&coming.address.lesson));
    coming.map_or("", |lesson| lesson.text(state.lang).title)
}

/// What the scenario on the workbench is called.
#[must_use]
pub fn bench_title(bench: &Bench, lang: Lang) -> String {
    if let Some(place) = &bench.place {
        return place.name.clone();
    }
    match bench.course.words(lang) {
        Some(words) => words.title.to_owned(),
        None if bench.course.id == course::OWN => i18n::texts(lang).own_title.to_owned(),
        None => i18n::template(bench.course.id, lang).0.to_owned(),
    }
}

/// The scenario on the workbench has another name: window and address say so.
pub(super) fn readdress(state: &mut State) -> Vec<Command> {
    let mut commands = vec![title(state)];
    let written = write_address(state);
    if let Some(bench) = &state.bench
        && bench.frame.is_none()
    {
        let path = address::path_of(&bench.draft_id());
        state.fragment.clone_from(&path);
        commands.push(Command::ReplaceAddress(path));
    }
    commands.extend(written);
    commands
}

/// A theme's name in what is kept.
#[must_use]
pub fn theme_name(theme: Theme) -> &'static str {
    match theme {
        Theme::System => "system",
        Theme::Light => "light",
        Theme::Dark => "dark",
    }
}
