//! Tests of the model: links round trip, hostile links are refused, and actions do what they say.

use std::collections::{BTreeMap, VecDeque};

use lessons::link::pack;
use sim_core::say::Lang;

use super::{
    Action, Command, Mode, State,
    address::{Address, FRAGMENT_BYTES, Route, Trouble, parse},
    chances::ChanceAction,
    editing::draft_key,
    lesson::LessonAction,
    marks,
    shelf::{self, Entry, Gone, Kept, ShelfAction},
    typing::Edit,
    update,
    viewing::View,
    writing::WriteAction,
};
use crate::{
    protocol::{Answer, Ask, Reply, Request},
    worker::Host,
};

const RACE: &str = "race-on-a-balance";

/// A page whose workers answer at once, on a device that keeps what it is given.
pub(super) struct Page {
    pub(super) state: State,
    stepper: Host,
    student: Host,
    trier: Host,
    pub(super) device: Device,
}

/// What a browser keeps.
#[derive(Debug, Default)]
pub(super) struct Device {
    pub(super) kept: BTreeMap<String, String>,
    pub(super) refuses: bool,
    pub(super) downloads: Vec<(String, String)>,
}

impl Page {
    pub(super) fn open(fragment: &str) -> Self {
        let mut page = Self {
            state: State::default(),
            stepper: Host::default(),
            student: Host::default(),
            trier: Host::default(),
            device: Device::default(),
        };
        page.act(Action::Address(fragment.to_owned()));
        page
    }

    /// Acts, lets the workers answer and every timer run but the one of playing.
    pub(super) fn act(&mut self, action: Action) -> Vec<Command> {
        let mut all = Vec::new();
        let mut waiting = vec![action];
        while let Some(action) = waiting.pop() {
            for command in update(&mut self.state, action) {
                all.push(command.clone());
                match command {
                    Command::Step(ask) => {
                        waiting.extend(ask_of(&mut self.stepper, ask, Action::stepped))
                    }
                    Command::Study(ask) => {
                        waiting.extend(ask_of(&mut self.student, ask, Action::studied))
                    }
                    Command::Try(ask) => {
                        waiting.extend(self.tried(ask));
                    }
                    Command::After(
                        super::Timer::Play | super::Timer::Remark | super::Timer::Study,
                        ..,
                    ) => {}
                    Command::After(_, _, action) => waiting.insert(0, *action),
                    Command::SaveDraft { key, text, .. } => {
                        self.device.put(&key, text);
                        waiting.push(Action::Saved(true));
                    }
                    Command::Edit(edit) => {
                        let text = edit.apply(&self.bench().text);
                        waiting.push(Action::Text(text));
                    }
                    Command::Fetch(id) => {
                        let packed = lessons::packed(&id).ok_or_else(|| "404".to_owned());
                        waiting.push(Action::Lesson(LessonAction::Came(id, packed)));
                    }
                    Command::Open(fragment) => waiting.push(Action::Go(fragment)),
                    command => waiting.extend(self.device.run(command)),
                }
            }
        }
        all
    }

    /// What the third worker answers.
    pub(super) fn tried(&mut self, ask: Ask) -> Vec<Action> {
        let action = |answer: Answer| Action::Chance(ChanceAction::Answered(answer.into()));
        ask_of(&mut self.trier, ask, action)
    }

    pub(super) fn bench(&self) -> &super::Bench {
        self.state.bench.as_ref().expect("a scenario is open")
    }

    pub(super) fn schedules(&self) -> (String, String) {
        match &self.bench().study {
            super::study::Study::Done(found) => {
                let report = &found.report;
                (report.failing.number.clone(), report.schedules.number.clone())
            }
            other => panic!("not explored: {other:?}"),
        }
    }
}

/// A page whose worker answers when it is told to.
pub(super) struct Slow {
    pub(super) state: State,
    host: Host,
    pub(super) asked: VecDeque<Ask>,
}

impl Slow {
    pub(super) fn open(link: &str) -> Slow {
        let (state, host, asked) = (State::default(), Host::default(), VecDeque::new());
        let mut slow = Slow { state, host, asked };
        slow.act(Action::Address(link.to_owned()));
        slow
    }

    pub(super) fn act(&mut self, action: Action) {
        for command in update(&mut self.state, action) {
            if let Command::Step(ask) = command {
                self.asked.push_back(ask);
            }
        }
    }

    pub(super) fn bench(&self) -> &super::Bench {
        self.state.bench.as_ref().expect("a scenario is open")
    }

    pub(super) fn answer(&mut self) {
        let ask = self.asked.pop_front().expect("something was asked");
        let mut answers = Vec::new();
        self.host.handle(ask, |answer| answers.push(answer));
        answers.into_iter().for_each(|answer| self.act(Action::stepped(answer)));
    }
}

impl Device {
    fn put(&mut self, key: &str, text: Option<String>) {
        match text {
            Some(text) => self.kept.insert(key.to_owned(), text),
            None => self.kept.remove(key),
        };
    }

    pub(super) fn entry(&self, id: &str) -> Option<Entry> {
        Entry::read(id, self.kept.get(&format!("{}{id}", shelf::KEY))?)
    }

    fn run(&mut self, command: Command) -> Option<Action> {
        match command {
            Command::Shelve(ours) => {
                let id = ours.id.clone().unwrap_or_else(|| format!("id{}", self.kept.len()));
                let why = ours.why;
                let kept = match ours.entry(id.clone(), self.entry(&id), 1_000) {
                    Ok(_) if self.refuses => Kept::Refused(ours),
                    Ok(entry) => {
                        self.put(&format!("{}{id}", shelf::KEY), Some(entry.spell()));
                        Kept::Done(entry)
                    }
                    Err(theirs) => Kept::Conflict(ours, theirs),
                };
                return Some(Action::Shelf(ShelfAction::Kept(kept, why)));
            }
            Command::Unshelve { id, draft_id } => {
                let entry = id.and_then(|id| self.entry(&id));
                if let Some(entry) = &entry {
                    self.put(&format!("{}{}", shelf::KEY, entry.id), None);
                }
                let draft = self.kept.remove(&draft_key(&draft_id));
                return Some(Action::Shelf(ShelfAction::Gone(Gone { entry, draft_id, draft })));
            }
            Command::LeaveDraft { key, text, .. } => self.put(&key, text),
            Command::Save(key, text) => self.put(&key, Some(text)),
            Command::Forget(key) => self.put(&key, None),
            Command::Download(name, text) => self.downloads.push((name, text)),
            _ => {}
        }
        None
    }
}

fn ask_of(host: &mut Host, ask: Ask, action: fn(Answer) -> Action) -> Vec<Action> {
    let mut answers = Vec::new();
    host.handle(ask, |answer| answers.push(action(answer)));
    // The last is popped first.
    answers.reverse();
    answers
}

#[test]
fn hostile_fragments_are_refused_and_lead_to_the_lesson() {
    let start = Route::Bench(Address { lesson: RACE.to_owned(), ..Address::default() });
    for (query, trouble) in [
        ("v=99", Trouble::Newer),
        ("picks=1..2", Trouble::Garbled),
        ("text=AAAA", Trouble::Garbled),
        (&"x".repeat(FRAGMENT_BYTES), Trouble::TooLong),
    ] {
        let (route, found) = parse(&format!("/lesson/{RACE}?{query}"));
        assert_eq!((&route, found), (&start, Some(trouble)), "{}", &query[..query.len().min(40)]);
    }
    assert_eq!(parse("/lesson/none"), (Route::Home, Some(Trouble::NoSuchLesson)));
    assert_eq!(parse("/x/y"), (Route::Home, Some(Trouble::NoSuchPage)));
    assert_eq!(parse(""), (Route::Home, None));
    let many: String = "&a=b".repeat(100);
    assert_eq!(parse(&format!("/lesson/{RACE}?v=1{many}")).1, Some(Trouble::Garbled));
    let letters = "ñ".repeat(FRAGMENT_BYTES);
    assert_eq!(parse(&letters).0, Route::Home);
}

#[test]
fn a_promise_broken_by_hand_does_the_challenge_and_one_broken_by_schedule_does_not() {
    let mut page = Page::open("/lesson/race-on-a-balance");
    page.act(Action::Schedule(1));
    assert_eq!((page.bench().position(), page.bench().length()), (0, 4), "at its start");
    page.act(Action::End);
    assert!(page.bench().broken_at().is_some());
    assert!(page.state.kept.done.is_empty());
    page.act(Action::Start);
    for pick in [1, 2, 1, 1] {
        page.act(Action::Pick(pick));
    }
    assert!(page.bench().broken_at().is_some());
    assert!(page.state.kept.done.contains("race-on-a-balance/break-it"));
    assert_eq!(page.state.remark, Some(super::state::Remark::ChallengeDone));
}

#[test]
fn a_run_by_the_clock_does_a_challenge_and_a_given_one_says_why_it_does_not() {
    let silent = "fast-and-slow/lose-in-silence";
    let at = "/lesson/fast-and-slow?v=1&full=drop_newest&room=1&pictures=3";
    let mut page = Page::open(at);
    for _ in 0..40 {
        page.act(Action::Forward);
    }
    assert!(page.bench().broken_at().is_some() && page.state.kept.done.contains(silent));
    assert_eq!(page.state.remark, Some(super::state::Remark::ChallengeByClock));
    // The same run out of a link was given, and so is what somebody adds to it.
    let mut given = Page::open(&page.state.fragment);
    assert!(given.state.kept.done.is_empty());
    assert!(super::moments::is_shown_but_given(given.bench(), 0));
    given.act(Action::Back);
    assert!(!super::moments::is_shown_but_given(given.bench(), 0), "not broken yet");
    given.act(Action::Forward);
    assert!(given.state.kept.done.is_empty());
}

#[test]
fn a_schedule_whose_name_would_not_be_true_says_what_it_needs() {
    let mut page = Page::open("/lesson/same-message-twice");
    let needed = |page: &Page, name| super::labels::needed(page.bench(), name, Lang::Es);
    assert_eq!(needed(&page, "a crash before the ack"), None);
    let money = needed(&page, "a crash before the money");
    assert_eq!(money.as_deref(), Some("el trabajador: anota primero"));
    page.act(Action::Set("guard".to_owned(), "note_first".to_owned()));
    assert_eq!(needed(&page, "a crash before the money"), None);
    let ack = needed(&page, "a crash before the ack");
    let ack = ack.expect("it needs something");
    assert_eq!(ack, "el trabajador: no recuerda nada / hace las dos cosas en un paso");
}

#[test]
fn a_failure_that_goes_round_is_shown_with_its_circle() {
    let mut page = Page::open("/lesson/poison-message");
    let super::study::Study::Done(found) = &page.bench().study else {
        panic!("explored: {:?}", page.bench().study)
    };
    let picks = lessons::shortest_failure(&found.report).expect("it fails");
    assert_eq!(super::answers::circle(page.bench()), None);
    page.act(Action::Follow(picks.clone()));
    let (from, to) = super::answers::circle(page.bench()).expect("it goes round");
    assert!(0 < from && from < to && to as usize == picks.len(), "{from} {to}");
}

#[test]
fn a_change_of_settings_is_explored_and_written_into_the_address() {
    let mut page = Page::open("/lesson/race-on-a-balance");
    assert_eq!(page.schedules(), ("4".to_owned(), "6".to_owned()));
    page.act(Action::Set("guard".to_owned(), "lock".to_owned()));
    assert_eq!(page.schedules(), ("0".to_owned(), "2".to_owned()));
    assert!(page.state.fragment.contains("guard=lock"), "{}", page.state.fragment);
}

#[test]
fn nothing_runs_by_itself_when_a_link_is_opened() {
    let page = Page::open("/lesson/race-on-a-balance?v=1&picks=1.2&at=1");
    assert!(!page.bench().playing);
    assert_eq!((page.bench().position(), page.bench().length()), (1, 2));
}

#[test]
fn the_last_good_run_stays_while_the_text_has_mistakes() {
    let mut page = Page::open("/lesson/race-on-a-balance");
    page.act(Action::Mode(Mode::Edit));
    page.act(Action::Pick(1));
    let good = page.bench().text.clone();
    page.act(Action::Text(good.replace("let seen = balance ", "let seen = balanse ")));
    assert!(page.bench().is_stale() && !page.bench().problems.is_empty());
    assert_eq!(page.bench().position(), 1);
    page.act(Action::Text(good.replace("var balance = 100", "var balance = 50")));
    assert!(!page.bench().is_stale() && page.bench().problems.is_empty());
    assert_eq!(page.bench().position(), 0);
    assert!(page.state.fragment.contains("&text="));
    let reopened = Page::open(&page.state.fragment);
    assert_eq!(reopened.bench().run_text, page.bench().run_text);
}

#[test]
fn leaving_a_linked_moment_or_text_leaves_the_draft_alone() {
    let mut mine = Page::open("/lesson/race-on-a-balance");
    let draft = mine.bench().text.replace("var balance = 100", "var balance = 50");
    mine.act(Action::Text(draft.clone()));
    let key = draft_key(RACE);
    assert_eq!(mine.device.kept.get(&key), Some(&draft));

    let theirs = Page::open("/lesson/race-on-a-balance").bench().text.replace("100", "70");
    for link in ["&picks=1.2&at=2".to_owned(), format!("&text={}", pack(&theirs))] {
        mine.act(Action::Address(format!("/lesson/race-on-a-balance?v=1&clients=2{link}")));
        assert_ne!(mine.bench().text, draft);
        mine.act(Action::SaveNow);
        assert_eq!(mine.device.kept.get(&key), Some(&draft), "{link}");
    }
    // What is typed there is theirs who typed it; the draft is put by, once.
    mine.act(Action::Text(theirs.replace("70", "60")));
    mine.act(Action::Text(theirs.replace("70", "65")));
    assert_eq!(mine.device.kept.get(&key), Some(&theirs.replace("70", "65")));
    let put_by: Vec<&str> = mine.state.kept.entries.iter().map(|one| one.text.as_str()).collect();
    assert_eq!(put_by, [draft.as_str()]);
}

#[test]
fn enter_and_tab_put_in_what_is_suggested_now_and_are_never_lost() {
    let head = "scenario \"s\"\nlock door\nprocess p { ";
    let after = |typed: &str, key: fn(Edit) -> WriteAction| {
        let mut page = Page::open("/own");
        let text = format!("{head}{typed}");
        let at = text.len() as u32;
        page.act(Action::Text(text.clone()));
        page.act(Action::Write(WriteAction::Caret(at, at, true)));
        let at = at as usize;
        let line = Edit { start: at, end: at, insert: "\n".to_owned(), select: (at + 1, at + 1) };
        page.act(Action::Write(key(line)));
        page.bench().text.strip_prefix(head).map(str::to_owned).expect("only the end changes")
    };
    for key in [WriteAction::Enter as fn(Edit) -> WriteAction, WriteAction::Tab] {
        assert!(after("wi", key).starts_with("with "), "the suggestion");
        // Nothing is suggested behind a blank.
        assert_eq!(after("wi ", key), "wi \n");
    }
    // A word that is written out is suggested, but Enter takes no other for it.
    assert_eq!(after("door", WriteAction::Enter), "door\n");
}

#[test]
fn a_fix_is_proved_for_every_case_and_no_fix_is_not() {
    let mut page = Page::open("/lesson/race-on-a-balance");
    page.act(Action::Prove(1));
    assert!(!page.state.kept.done.contains("race-on-a-balance/fix-it"));
    page.act(Action::ShowCase(1, 1));
    assert!(page.bench().broken_at().is_some());
    page.act(Action::Set("guard".to_owned(), "lock".to_owned()));
    page.act(Action::Prove(1));
    assert!(page.state.kept.done.contains("race-on-a-balance/fix-it"));
    page.act(Action::Prove(2));
    assert!(!page.state.kept.done.contains("race-on-a-balance/fix-it-without-a-lock"));
}

#[test]
fn goals_are_measured_by_the_clock_and_a_run_that_misses_one_is_a_click_away() {
    const CHALLENGE: usize = 4;
    let mut page = Page::open("/lesson/fast-and-slow");
    page.act(Action::Prove(CHALLENGE));
    assert!(!page.state.kept.done.contains("fast-and-slow/stay-fresh"));
    assert!(page.state.spoken.contains("“the camera keeps its pace”"), "{}", page.state.spoken);
    page.act(Action::ShowCase(CHALLENGE, 0));
    let room = ("room".to_owned(), "20".to_owned());
    assert!(page.bench().settings.contains(&room), "as in the run that was graded");
    assert!(page.bench().frame.as_ref().is_some_and(|frame| frame.ending.is_some()));
    let send = "    try { send { number: picture } to frames }\n    catch rejected { known += 1 }";
    let looks =
        "    if frames.length > 1 { known += 1 }\n    else { send { number: picture } to frames }";
    let text = page.bench().text.replace(send, looks);
    assert_ne!(text, page.bench().text);
    page.act(Action::Text(text.replace("frames.trip.p50 < 100ms", "frames.trip.p50 < 1s")));
    page.act(Action::Prove(CHALLENGE));
    assert!(!page.state.kept.done.contains("fast-and-slow/stay-fresh"), "the goal is gone");
    page.act(Action::Text(text));
    page.act(Action::Prove(CHALLENGE));
    assert!(page.state.kept.done.contains("fast-and-slow/stay-fresh"));
}

#[test]
fn a_proof_asked_for_before_the_first_answer_goes_on() {
    const CHALLENGE: usize = 4;
    let mut state = State::default();
    update(&mut state, Action::Address("/lesson/fast-and-slow".to_owned()));
    let packed = lessons::packed("fast-and-slow").expect("the lesson is there");
    let came = LessonAction::Came("fast-and-slow".to_owned(), Ok(packed));
    let commands = update(&mut state, Action::Lesson(came));
    let open = commands.into_iter().find_map(|command| match command {
        Command::Step(ask) => Some(ask),
        _ => None,
    });
    update(&mut state, Action::Prove(CHALLENGE));
    for answer in ask_of(&mut Host::default(), open.expect("a run is opened"), Action::stepped) {
        let commands = update(&mut state, answer);
        assert!(!commands.iter().any(|one| matches!(one, Command::RestartStudent)));
    }
    let bench = state.bench.as_ref().expect("the lesson is open");
    assert!(bench.frame.is_some());
    let grade = bench.grades.get(CHALLENGE);
    assert!(matches!(grade, Some(Some(super::state::Grading::Running(..)))), "{grade:?}");
}

#[test]
fn a_proof_goes_on_when_the_run_of_its_settings_is_opened_and_stops_when_they_change() {
    const CHALLENGE: usize = 2;
    let set = |page: &mut Page, value: &str| {
        let commands = update(&mut page.state, Action::Set("guard".to_owned(), value.to_owned()));
        let mut asks = commands.into_iter().filter_map(|command| match command {
            Command::Step(ask) => Some(ask),
            _ => None,
        });
        asks.next().expect("a run is opened")
    };
    let opened = |page: &mut Page, ask| {
        for answer in ask_of(&mut page.stepper, ask, Action::stepped) {
            update(&mut page.state, answer);
        }
        page.bench().is_proving()
    };
    let mut page = Page::open("/lesson/race-on-a-balance");
    let ask = set(&mut page, "atomic");
    update(&mut page.state, Action::Prove(CHALLENGE));
    assert!(opened(&mut page, ask), "it is of what is set");
    update(&mut page.state, Action::Explore);
    assert!(page.bench().is_proving(), "what else there is to look at waits");
    let ask = set(&mut page, "lock");
    assert!(!opened(&mut page, ask), "it is of what was set before");
}

#[test]
fn a_fault_is_shown_and_going_on_restores_the_moment() {
    let mut page = Page::open("/lesson/race-on-a-balance?v=1&picks=1.2&at=2");
    let commands = page.act(Action::StepperFault("it broke".to_owned()));
    assert!(commands.contains(&Command::RestartStepper));
    page.stepper = Host::default();
    page.act(Action::GoOn);
    assert_eq!(page.state.fault, None);
    assert_eq!(page.bench().position(), 2);
    page.act(Action::Pick(1));
    assert_eq!(page.bench().position(), 3);
}

#[test]
fn answers_to_an_older_run_are_dropped() {
    let mut page = Page::open("/lesson/race-on-a-balance");
    let frame = page.bench().frame.as_ref().expect("it is open").as_ref().clone();
    let before = page.bench().clone();
    let reply = Reply::Moment { frame: Default::default(), done: true, picks: vec![] };
    let late = Answer { ticket: 0, reply };
    page.act(Action::stepped(late));
    assert_eq!(page.bench().frame.as_deref(), Some(&frame));
    assert_eq!(page.bench().settings, before.settings);
}

#[test]
fn every_line_of_a_text_is_kept_by_its_marks() {
    let text = "scenario \"é\"\n\nvar x = 1 // a\nprocess p { x = y }\n";
    let mut host = Host::default();
    let mut problems = Vec::new();
    let ask = Ask { ticket: 1, request: Request::Check { text: text.to_owned() } };
    host.handle(ask, |answer| {
        if let Reply::Checked(found) = answer.reply {
            problems = found;
        }
    });
    let lines = marks::lines(text, &problems);
    let joined: Vec<String> =
        lines.iter().map(|line| line.iter().map(|mark| mark.text.as_str()).collect()).collect();
    assert_eq!(joined.join("\n"), text);
    assert!(lines.iter().flatten().any(|mark| mark.wrong));
    assert_eq!(problems[0].said.len(), Lang::ALL.len());
}

#[test]
fn of_a_long_line_the_page_knows_every_pick_and_can_go_anywhere() {
    let text = "scenario \"long\"\nvar x = 0\nprocess p * 2 { repeat 3000 { x = 1 } }\n";
    let mut page = Page::open("/own");
    page.act(Action::Text(text.to_owned()));
    let picks: Vec<u32> = (0..5_000).map(|at| at / 7 % 2 + 1).collect();
    page.act(Action::Follow(picks.clone()));
    assert_eq!((page.bench().length(), page.bench().position()), (5_000, 5_000));
    assert_eq!(page.bench().picks(), picks);
    page.act(Action::Seek(10));
    page.act(Action::Seek(4_000));
    assert_eq!(page.bench().picks(), picks);
    let frame = page.bench().frame.clone().expect("it is open");
    assert!(frame.step(4_000).is_some() && frame.first + frame.steps.len() as u32 > 4_000);
    page.act(Action::Pick(2));
    page.act(Action::Pick(2));
    assert_eq!(page.bench().picks()[..3_999], picks[..3_999]);
    assert_eq!(page.bench().picks().len(), page.bench().length() as usize);
}

#[test]
fn zoom_pins_and_folds_stay_within_their_bounds() {
    let mut page = Page::open("/lesson/race-on-a-balance?v=1&clients=4");
    for _ in 0..9 {
        page.act(Action::View(View::Zoom(1)));
    }
    assert_eq!(page.bench().view.zoom, Some(3));
    let frame = page.bench().frame.clone().expect("it is open");
    let ids = |page: &Page| -> (Vec<u32>, Vec<u32>) {
        let (open, chips) = page.bench().view.lanes(&frame);
        let id = |lanes: Vec<&sim_core::session::Lane>| lanes.iter().map(|lane| lane.id).collect();
        (id(open), id(chips))
    };
    assert_eq!(ids(&page), (vec![0, 1, 2, 3], vec![]));
    page.act(Action::View(View::Pin(2)));
    page.act(Action::View(View::Open(0, false)));
    page.act(Action::View(View::Hide(3)));
    assert_eq!(ids(&page), (vec![2, 1], vec![0]));
    page.act(Action::View(View::Class("client".to_owned(), true)));
    page.act(Action::View(View::ShowAll));
    assert_eq!(ids(&page), (vec![0, 1, 2, 3], vec![]));
}
