//! Services: what is called over the network, and how calls are spread, admitted and answered.
//!
//! A request is a process of its own, an instance of its handler's class ([`Start::Called`]): it
//! arrives, takes a worker, works, answers, and is gone. Its caller stands at [`Op::Answer`] until
//! then.
//!
//! [`Start::Called`]: super::Start::Called
//! [`Op::Answer`]: super::Op::Answer

use super::{Form, Gap, SharedId, Type, WhenFull};
use std::ops::Range;

/// Words of one replica: whether it is down, workers taken, requests that wait, cores taken, whose
/// turn it is (of the first replica only), the fault that has paused it plus one.
pub const REPLICA: u32 = 6;

/// How many points a replica has on a ring.
pub const RING_POINTS: u32 = 100;
/// How many replicas a service may have.
pub const REPLICAS_MAX: u32 = 64;

/// A service.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    /// Its thing among the shared ones, with an element for each replica.
    pub shared: SharedId,
    /// How many replicas there are at the start; of its elements the others may be started.
    pub replicas: u32,
    /// How long a replica takes from its start until it takes calls, nanoseconds.
    pub startup: i64,
    /// How many requests a replica works on at once; `None`: as many as come.
    pub workers: Option<u32>,
    /// How many of them may compute at once; `None`: all.
    pub cores: Option<u32>,
    /// How many requests may wait for a worker of a replica; `None`: as many as come.
    pub backlog: Option<u32>,
    /// What becomes of one more.
    pub when_full: WhenFull,
    /// The clock serves the newest waiting request first, not the oldest.
    pub newest_first: bool,
    /// How long a request waits for a worker before it is refused, nanoseconds.
    pub patience: Option<i64>,
    /// A request ends when its caller has given up.
    pub cancels: bool,
    /// One loop for all its requests: one core, as many workers as come, and what a request does
    /// between two waits is one step.
    pub event_loop: bool,
    /// How requests are spread over replicas.
    pub balance: Balance,
    /// Its handlers, in text order.
    pub handlers: Vec<Handler>,
}

/// One handler of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handler {
    /// Its name in the text.
    pub name: String,
    /// The class of its requests.
    pub class: u32,
    /// The values it is given: their names, and what they are made of.
    pub parameters: Vec<(String, Form)>,
    /// The first register of its answer.
    pub answer: u16,
    /// The values it answers, as the fields of a message: a plain value is one without a name. A
    /// record has one word more, which tells whether there is one.
    pub answers: Vec<(String, Type)>,
}

impl Handler {
    /// How many words it is given.
    #[must_use]
    pub fn given(&self) -> u16 {
        self.parameters.iter().map(|(_, form)| form.width()).sum()
    }
}

/// How requests are spread over the replicas that live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Balance {
    /// One after the other.
    RoundRobin,
    /// Any, all equally likely.
    Random,
    /// The one with the fewest requests in hand; any of those that have as few.
    LeastBusy,
    /// Of two different ones drawn, that with fewer requests (M. Mitzenmacher, "The power of two
    /// choices in randomized load balancing", IEEE TPDS 12 (2001)).
    TwoChoices,
    /// By the first value given, over as many as there are: equal ones go to the same replica, and
    /// nearly all go elsewhere where one more comes.
    Key,
    /// By the first value given, over a ring on which each replica has [`RING_POINTS`] points: one
    /// more takes its share and leaves the rest where they are (D. Karger and others, "Consistent
    /// hashing and random trees", STOC 1997).
    Ring,
}

/// A way over the network for calls, in one direction.
#[derive(Clone, Debug, PartialEq)]
pub struct Wire {
    /// Where it begins.
    pub from: Party,
    /// Where it ends.
    pub to: Party,
    /// How long a request or an answer takes.
    pub latency: Gap,
    /// How likely one is lost, millionths.
    pub loss: i64,
    /// How likely a request arrives twice, millionths.
    pub duplicates: i64,
}

/// Who calls or is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Party {
    /// Processes of a class.
    Class(u32),
    /// A service.
    Service(SharedId),
}

impl super::Program {
    /// The service of this name, if it is one.
    #[must_use]
    pub fn service(&self, shared: SharedId) -> Option<&Service> {
        match self.shared[shared as usize].details {
            super::Details::Service(at) => self.services.get(at as usize),
            _ => None,
        }
    }

    /// How many elements of a thing each replica of its service has for itself; none where it is
    /// everybody's.
    #[must_use]
    pub fn own_part(&self, shared: SharedId) -> Option<(SharedId, u32)> {
        let declared = &self.shared[shared as usize];
        let service = declared.owner?;
        let replicas = self.shared[service as usize].initial.len().max(1);
        Some((service, (declared.initial.len() / replicas) as u32))
    }

    /// An element's name as in the text: `balance`, or `stock[2]`; what belongs to a replica stands
    /// behind it: `store[2].rows`.
    #[must_use]
    pub fn element_name(&self, shared: SharedId, element: u32) -> String {
        let declared = &self.shared[shared as usize];
        let Some((service, part)) = self.own_part(shared) else {
            let name = declared.name.clone();
            return if declared.array { format!("{name}[{}]", element + 1) } else { name };
        };
        let part = part.max(1);
        let replica = self.element_name(service, element / part);
        let name = declared.name.split_once('.').map_or(&*declared.name, |(_, name)| name);
        match part {
            1 => format!("{replica}.{name}"),
            _ => format!("{replica}.{name}[{}]", element % part + 1),
        }
    }

    /// What belongs to one replica of a service: things, and which of their elements.
    pub fn own_things(
        &self,
        service: SharedId,
        replica: u32,
    ) -> impl Iterator<Item = (SharedId, Range<u32>)> + '_ {
        let ids = 0..self.shared.len() as SharedId;
        ids.filter_map(move |id| {
            let (_, part) = self.own_part(id).filter(|(owner, _)| *owner == service)?;
            Some((id, replica * part..(replica + 1) * part))
        })
    }

    /// The service whose requests a class is, and which of its handlers.
    #[must_use]
    pub fn handler_of(&self, class: u32) -> Option<(&Service, &Handler)> {
        let super::Start::Called { service, handler } = self.classes.get(class as usize)?.start
        else {
            return None;
        };
        let service = self.service(service)?;
        Some((service, service.handlers.get(handler as usize)?))
    }

    /// True for a class whose instances share one loop.
    #[must_use]
    pub fn loops(&self, class: u32) -> bool {
        match self.classes[class as usize].start {
            super::Start::Branch { of, .. } => self.loops(of),
            _ => self.handler_of(class).is_some_and(|(service, _)| service.event_loop),
        }
    }

    /// The class whose code an instruction belongs to.
    #[must_use]
    pub fn class_at(&self, pc: super::Pc) -> u32 {
        let is = |class: &super::Class| class.code.contains(&pc);
        self.classes.iter().position(is).unwrap_or(usize::MAX) as u32
    }

    /// The service that requests of a class, or branches of them, belong to.
    #[must_use]
    pub fn service_of(&self, class: u32) -> Option<SharedId> {
        match self.party(class) {
            Party::Service(service) => Some(service),
            Party::Class(_) => None,
        }
    }

    /// Whom a class stands for on the network: its service, or itself.
    #[must_use]
    pub fn party(&self, class: u32) -> Party {
        match self.classes[class as usize].start {
            super::Start::Called { service, .. } => Party::Service(service),
            super::Start::Branch { of, .. } => self.party(of),
            _ => Party::Class(class),
        }
    }

    /// All ways to a party.
    pub fn wires_to(&self, to: Party) -> impl Iterator<Item = (SharedId, &Wire)> {
        self.shared.iter().enumerate().filter_map(move |(id, shared)| match shared.details {
            super::Details::Wire(at) => {
                let wire = self.wires.get(at as usize)?;
                (wire.to == to).then_some((id as SharedId, wire))
            }
            _ => None,
        })
    }

    /// The way that a request or an answer takes, if it takes one.
    #[must_use]
    pub fn wire(&self, from: Party, to: Party) -> Option<(SharedId, &Wire)> {
        self.shared.iter().enumerate().find_map(|(id, shared)| match shared.details {
            super::Details::Wire(at) => {
                let wire = self.wires.get(at as usize)?;
                (wire.from == from && wire.to == to).then_some((id as SharedId, wire))
            }
            _ => None,
        })
    }
}
