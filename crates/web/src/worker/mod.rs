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
}

impl Host {
    /// Answers one request, with as many replies as it takes, each sent as soon as it is known.
    pub fn handle(&mut self, ask: Ask, mut answer: impl FnMut(Answer)) {
        let mut reply = |reply| answer(Answer { ticket: ask.ticket, reply });
        match ask.request {
            Request::Hello => reply(Reply::Hello { version: crate::VERSION.to_owned() }),
            Request::GoldenDraws => reply(Reply::GoldenDraws(golden_draws())),
            Request::Panic => panic!("asked to by a test"),
            Request::Check { text } => reply(Reply::Checked(texts::problems(&text))),
            Request::Open(opening) => reply(Reply::Opened(self.open(&opening))),
            Request::Pick(pick) => self.moment(|session| session.pick(pick), false, reply),
            Request::Clock => self.moment(Session::clock, false, reply),
            Request::Seek(position) => self.moment(
                |session| {
                    session.seek(position);
                    true
                },
                true,
                reply,
            ),
            Request::SeekTime(time) => self.moment(
                |session| {
                    session.seek_time(time);
                    true
                },
                true,
                reply,
            ),
            Request::Run(steps) => {
                self.moment(|session| (0..steps).all(|_| session.clock()), false, reply);
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
                    true,
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
                false,
                reply,
            ),
            Request::Schedule(at) => {
                self.moment(|session| session.play_schedule(at as usize), false, reply);
            }
            Request::Show(scope) => {
                self.scope = scope;
                self.moment(|_| true, true, reply);
            }
            Request::Follow(picks) => {
                self.moment(|session| session.follow(&picks) == picks.len(), false, reply);
            }
            Request::More(picks) => self.moment(
                |session| {
                    session.seek(u32::MAX);
                    session.follow_on(&picks) == picks.len()
                },
                false,
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
            session.seek(opening.position.min(opened.fitted));
            self.scope = Scope::default();
            let frame = session.frame_of(&self.scope);
            opened.picks = beyond(session, &frame, false);
            opened.frame = Some(frame);
        }
        opened
    }

    fn moment(
        &mut self,
        act: impl FnOnce(&mut Session) -> bool,
        same_line: bool,
        mut reply: impl FnMut(Reply),
    ) {
        match &mut self.session {
            Some(session) => {
                let before = session.position();
                let done = act(session);
                let frame = session.frame_of(&self.scope);
                let is_step = session.position() == before + 1;
                let picks = if same_line { vec![] } else { beyond(session, &frame, is_step) };
                reply(Reply::Moment { frame, done, picks });
            }
            None => reply(Reply::Fault("no scenario is open".to_owned())),
        }
    }
}

/// The picks that the page cannot know from a frame and those before it: of a line that goes on
/// beyond what the frame shows. A step at the end of a line changes nothing before the frame.
fn beyond(session: &Session, frame: &Frame, is_step: bool) -> Vec<u32> {
    let shown = frame.first + frame.steps.len() as u32;
    let is_whole = frame.steps.len() as u32 == frame.length;
    if is_whole || (is_step && shown == frame.length) { Vec::new() } else { session.line_picks() }
}

/// The golden draws, runs and searches, and those of the lessons, as this build computes them.
#[must_use]
pub fn golden_draws() -> String {
    sim_core::goldens() + &lessons::goldens()
}
