//! The worker's side of the protocol: hosts the simulator and answers the page.
//!
//! Knows nothing of the browser, so all of it is tested natively. `browser::worker_host` feeds it.

mod chance;
mod charts;
mod code;
mod measures;
mod study;
mod texts;

use sim_core::session::{Frame, Scope, Session};

use crate::protocol::{Answer, Ask, Opened, Opening, Reply, Request};

/// Everything one worker holds between two messages.
#[derive(Debug, Default)]
pub struct Host {
    session: Option<Session>,
    scope: Scope,
    clock: Option<fn() -> u64>,
}

/// Milliseconds that steps may take before the next picture: with what drawing it takes, there are
/// still ten and more a second.
const PICTURE: u64 = 30;

/// Which picks of the line the page still knows when a moment comes.
#[derive(Clone, Copy)]
enum Known {
    /// All of them.
    All,
    /// Those of the steps taken before.
    Before,
    /// None.
    None,
}

impl Host {
    /// A host that can tell how long it has worked: milliseconds by whatever clock there is.
    #[must_use]
    pub fn with_clock(clock: fn() -> u64) -> Self {
        Self { clock: Some(clock), ..Self::default() }
    }

    /// Answers one request, with as many replies as it takes, each sent as soon as it is known.
    pub fn handle(&mut self, ask: Ask, mut answer: impl FnMut(Answer)) {
        let mut reply = |reply| answer(Answer { ticket: ask.ticket, reply });
        match ask.request {
            Request::Hello => reply(Reply::Hello { version: crate::VERSION.to_owned() }),
            Request::GoldenDraws => reply(Reply::GoldenDraws(golden_draws())),
            Request::Panic => panic!("asked to by a test"),
            Request::Check { text } => reply(Reply::Checked(texts::problems(&text))),
            Request::Open(opening) => reply(Reply::Opened(self.open(&opening))),
            Request::Pick(pick) => self.moment(|session| session.pick(pick), Known::Before, reply),
            Request::Clock => self.moment(Session::clock, Known::Before, reply),
            Request::Seek(position) => self.moment(
                |session| {
                    session.seek(position);
                    true
                },
                Known::All,
                reply,
            ),
            Request::SeekTime(time) => self.moment(
                |session| {
                    session.seek_time(time);
                    true
                },
                Known::All,
                reply,
            ),
            Request::Run(steps) => {
                let act = |session: &mut Session| (0..steps).all(|_| session.clock());
                self.moment(act, Known::Before, reply);
            }
            Request::Play(steps) => {
                let clock = self.clock;
                let began = clock.map(|now| now());
                let late = || clock.zip(began).is_some_and(|(now, began)| now() - began >= PICTURE);
                let act = |session: &mut Session| {
                    (0..steps).all(|step| (step > 0 && late()) || session.clock())
                };
                self.moment(act, Known::Before, reply);
            }
            Request::Slow(name, thousandths) => {
                let served = self.session.as_ref().and_then(|it| it.served_at(&name, thousandths));
                self.scope.life = served.map(|served| served.to);
                self.moment(
                    |session| {
                        if let Some(served) = served {
                            session.seek(served.to);
                        }
                        served.is_some()
                    },
                    Known::All,
                    reply,
                );
            }
            Request::Measure => match &mut self.session {
                Some(session) => reply(Reply::Measured(Box::new(measures::measured(session)))),
                None => reply(Reply::Fault("no scenario is open".to_owned())),
            },
            Request::Branch(id) => self.moment(
                |session| {
                    session.show_branch(id);
                    true
                },
                Known::None,
                reply,
            ),
            Request::Schedule(at) => {
                self.moment(|session| session.play_schedule(at as usize), Known::None, reply);
            }
            Request::Show(scope) => {
                self.scope = scope;
                self.moment(|_| true, Known::All, reply);
            }
            Request::Follow(picks) => {
                self.moment(|session| session.follow(&picks) == picks.len(), Known::None, reply);
            }
            Request::More(picks) => self.moment(
                |session| {
                    session.seek(u32::MAX);
                    session.follow_on(&picks) == picks.len()
                },
                Known::None,
                reply,
            ),
            Request::Code(text) => reply(Reply::Code(code::code(&text))),
            Request::Explore { text, settings, from } => {
                let explored = study::explore(&text, &settings, from.as_deref(), &mut reply);
                reply(Reply::Explored(explored));
            }
            Request::Likely { opening, continuations } => {
                let tell = |likely| reply(Reply::Likely(likely));
                if !chance::likely(&opening, continuations, tell) {
                    reply(Reply::Fault("the text does not run".to_owned()));
                }
            }
            Request::Grade { text, lesson, challenge, settings } => {
                let challenge = lessons::find(&lesson)
                    .and_then(|lesson| lesson.challenges.get(challenge as usize));
                let Some(challenge) = challenge else {
                    return reply(Reply::Fault("there is no such challenge".to_owned()));
                };
                let grade = study::grade(&text, challenge, &settings, &mut reply);
                reply(Reply::Graded(grade));
            }
        }
    }

    fn open(&mut self, opening: &Opening) -> Opened {
        let (program, mut opened) = texts::bind(&opening.text, &opening.settings);
        self.session = program.map(|program| Session::new(program, &opening.text, opening.seed));
        if let Some(session) = &mut self.session {
            opened.fitted = session.follow(&opening.picks) as u32;
            opened.along = session.goes_along().into_iter().map(|at| at as u32).collect();
            session.seek(opening.position.min(opened.fitted));
            self.scope = Scope::default();
            let frame = session.frame_of(&self.scope);
            opened.picks = beyond(session, &frame, 0);
            opened.frame = Some(frame);
        }
        opened
    }

    fn moment(
        &mut self,
        act: impl FnOnce(&mut Session) -> bool,
        known: Known,
        mut reply: impl FnMut(Reply),
    ) {
        match &mut self.session {
            Some(session) => {
                let before = session.position();
                let done = act(session);
                let frame = session.frame_of(&self.scope);
                let picks = match known {
                    Known::All => Vec::new(),
                    Known::Before => beyond(session, &frame, before),
                    Known::None => beyond(session, &frame, 0),
                };
                reply(Reply::Moment { frame, done, picks });
            }
            None => reply(Reply::Fault("no scenario is open".to_owned())),
        }
    }
}

/// The picks that the page cannot know from a frame and the steps before it that it knows: of a line
/// that goes on beyond what the frame shows. What is added at the end of a line changes nothing
/// before it.
fn beyond(session: &Session, frame: &Frame, known: u32) -> Vec<u32> {
    let shown = frame.first + frame.steps.len() as u32;
    if frame.first <= known && shown == frame.length { Vec::new() } else { session.line_picks() }
}

/// The golden draws, runs and searches, and those of the lessons, as this build computes them.
#[must_use]
pub fn golden_draws() -> String {
    sim_core::goldens() + &lessons::goldens()
}
