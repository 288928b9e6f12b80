//! Steps of the window, as views show them.

use crate::machine::Position;
use crate::program::spell_duration;
use crate::session::Session;
use crate::session::describe::{action, place_name};
use crate::session::frame::{LaneState, StepView};
use crate::session::messages::passages;
use crate::session::sagas;
use crate::session::undone::explain;
use crate::session::window::said_at;
use crate::trace::{Event, Fact, ServiceFact};

impl Session {
    /// A step of the window, by its place there.
    pub(super) fn step_view(&self, at: usize) -> StepView {
        let (event, broke) = &self.window.steps[at];
        let mut view = self.view_of(event, broke);
        let before = &self.window.steps[..at];
        explain(self.program(), &mut view.action, event.process, &event.facts, before);
        view
    }

    /// A step of any moment.
    pub(super) fn view_of(&self, event: &Event, broke: &[u32]) -> StepView {
        let program = self.program();
        let facts = || event.facts.iter().map(|(_, fact)| fact);
        let counted = facts().filter_map(|fact| match *fact {
            Fact::Counted { target, new, .. } => {
                Some((place_name(program, target), new.to_string()))
            }
            _ => None,
        });
        let started = facts().filter_map(|fact| match fact {
            Fact::Spawned { process } => Some(*process),
            _ => None,
        });
        let notes = event.facts.iter().enumerate().filter_map(|(index, (_, fact))| match fact {
            Fact::Said { text, failing: false } => Some(said_at(program, event, index, *text)),
            _ => None,
        });
        let class = self.machine.layout().processes[event.process as usize].class;
        StepView {
            lane: event.process,
            name: program.process_name(class as usize, event.number),
            pick: event.pick,
            action: action(program, event),
            at: event.at,
            line: event.pc.map_or(0, |pc| self.line_number(pc)),
            cause: event.cause.other,
            broke: broke.to_vec(),
            counted: counted.collect(),
            finished: self.finished(event),
            raised: self.raised(event),
            notes: notes.collect(),
            sagas: sagas::told(program, event),
            started: started.collect(),
            own: event.cause.own,
            passages: passages(program, event),
            called: self.called(event),
            ended: self.ended(event),
        }
    }

    /// Who came to the end of a pass, or of all, and the error that was the end.
    fn ended(&self, event: &Event) -> Vec<(u32, Option<String>)> {
        let ends = event.facts.iter().filter_map(|(who, fact)| {
            let error = match fact {
                Fact::Ended | Fact::PassEnded | Fact::Crashed => None,
                Fact::PassFailed { error } | Fact::Failed { error } => Some(error),
                _ => return None,
            };
            Some((*who, error.map(|error| error.name(self.program()).to_owned())))
        });
        ends.collect()
    }

    /// Requests that came to be: those called, and those that are there a second time.
    fn called(&self, event: &Event) -> Vec<(u32, String)> {
        let requests = event.facts.iter().filter_map(|(_, fact)| match *fact {
            Fact::Service(ServiceFact::Called { request, .. })
            | Fact::Service(ServiceFact::CallDoubled { request }) => Some(request),
            _ => None,
        });
        let named = requests.map(|request| {
            let number = event.facts.iter().find_map(|(who, fact)| match *fact {
                Fact::Began { number } if *who == request => Some(number),
                _ => None,
            });
            let class = self.machine.layout().processes[request as usize].class;
            (request, self.program().process_name(class as usize, number.unwrap_or(1)))
        });
        named.collect()
    }

    fn finished(&self, event: &Event) -> Option<LaneState> {
        let own = event.facts.iter().filter(|(who, _)| *who == event.process);
        own.map(|(_, fact)| fact).find_map(|fact| match fact {
            Fact::Ended => Some(LaneState::Ended),
            Fact::Failed { error } => {
                Some(LaneState::Failed(error.name(self.program()).to_owned()))
            }
            Fact::Endless => Some(LaneState::Endless),
            Fact::Full => {
                let name = crate::program::Error::TooMany.name(self.program());
                Some(LaneState::Failed(name.to_owned()))
            }
            Fact::Crashed => Some(LaneState::Crashed(false)),
            _ => None,
        })
    }

    /// The first error raised, with what the text says of it.
    fn raised(&self, event: &Event) -> Option<(String, String)> {
        let error = event.facts.iter().find_map(|(_, fact)| match fact {
            Fact::Raised { error } => Some(*error),
            Fact::TimedOut => Some(crate::program::Error::Timeout),
            _ => None,
        })?;
        let words = event.facts.iter().enumerate().find_map(|(index, (_, fact))| match fact {
            Fact::Said { text, failing: true } => {
                Some(said_at(self.program(), event, index, *text))
            }
            _ => None,
        });
        Some((error.name(self.program()).to_owned(), words.unwrap_or_default()))
    }

    /// How long a pause at which a process stands takes, where that is known by now.
    pub(super) fn stay_of(&self, process: u32) -> String {
        let stay = self.moment.memory.get(process as usize).stay;
        match self.moment.state.position(self.machine.layout(), process) {
            Position::At(_) => spell_duration(i64::try_from(stay).unwrap_or(i64::MAX)),
            _ => String::new(),
        }
    }
}
