//! What a measure is of, and what it is.

use crate::program::{Error, Party, Program, SharedId, SharedKind};

/// Who is measured: a kind of process, something shared, what a `record` collects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Whom {
    /// An index into [`Program::classes`].
    Class(u32),
    /// Something shared.
    Shared(SharedId),
    /// A handler of a service.
    Handler(SharedId, u16),
    /// Who calls a service: what it sees of it.
    Caller(Party, SharedId),
    /// An index into [`Program::labels`].
    Recorded(u32),
    /// A routine by its name: an index into [`Program::labels`].
    Routine(u32),
}

/// Who is measured, or one element of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Subject {
    pub(super) whom: Whom,
    /// Which element, from 0; `None` for what is no array, or for all of it together.
    pub(super) element: Option<u32>,
}

/// How an instance ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Ended {
    /// Well.
    Ok,
    /// As an `outcome` said: an index into [`Program::labels`].
    Label(u32),
    /// By an error that nobody caught.
    Error(Error),
}

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum What {
    /// A word of the language's table.
    Word(&'static str),
    /// How many ended so.
    Outcome(Ended),
    /// How long those took that ended so.
    Latency(Ended),
}

/// Names a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    /// A place in the list of subjects.
    pub(super) subject: u32,
    pub(super) what: What,
}

impl Ended {
    /// The word for it.
    pub(super) fn word(self, program: &Program) -> &str {
        match self {
            Ended::Ok => "ok",
            Ended::Label(label) => program.labels.get(label as usize).map_or("", String::as_str),
            Ended::Error(error) => error.name(program),
        }
    }
}

impl What {
    /// The word behind the dot.
    pub(super) fn word(self, program: &Program) -> String {
        match self {
            What::Word(word) => word.to_owned(),
            What::Outcome(ended) => ended.word(program).to_owned(),
            What::Latency(ended) => format!("{}.latency", ended.word(program)),
        }
    }
}

/// The name of something shared, or of an element of it; that of a link is `a.link.b`.
pub(super) fn shared_name(program: &Program, shared: SharedId, element: Option<u32>) -> String {
    if let Some(link) = program.link(shared) {
        let (from, to) = (link.from as usize, link.to as usize);
        return format!("{}.link.{}", program.classes[from].name, program.shared[to].name);
    }
    if let (Some(_), Some(element)) = (program.own_part(shared), element) {
        return program.element_name(shared, element);
    }
    let name = &program.shared[shared as usize].name;
    if program.shared[shared as usize].kind == SharedKind::Wire {
        return name.replace(" -> ", ".link.");
    }
    element.map_or_else(|| name.clone(), |element| format!("{name}[{}]", element + 1))
}

/// The name of a handler: `bank.pay`.
pub(super) fn handler_name(program: &Program, service: SharedId, handler: u16) -> String {
    let name = &program.shared[service as usize].name;
    let handlers = program.service(service).map_or(&[][..], |service| &service.handlers);
    handlers.get(handler as usize).map_or_else(|| name.clone(), |it| format!("{name}.{}", it.name))
}

/// The name of calls from somewhere: `client.to.bank`.
pub(super) fn caller_name(program: &Program, caller: Party, service: SharedId) -> String {
    let from = match caller {
        Party::Class(class) => &program.classes[class as usize].name,
        Party::Service(shared) => &program.shared[shared as usize].name,
    };
    format!("{from}.to.{}", program.shared[service as usize].name)
}

impl Subject {
    /// Its name in the text.
    pub(super) fn name(self, program: &Program) -> String {
        let name = match self.whom {
            Whom::Class(class) => &program.classes[class as usize].name,
            Whom::Shared(shared) => return shared_name(program, shared, self.element),
            Whom::Handler(service, handler) => return handler_name(program, service, handler),
            Whom::Caller(caller, service) => return caller_name(program, caller, service),
            Whom::Recorded(label) | Whom::Routine(label) => &program.labels[label as usize],
        };
        match self.element {
            None => name.clone(),
            Some(element) => format!("{name}[{}]", element + 1),
        }
    }

    /// The word of the language for what it is.
    pub(super) fn kind(self, program: &Program) -> &'static str {
        match self.whom {
            Whom::Class(_) => "process",
            Whom::Shared(shared) => match program.shared[shared as usize].kind {
                SharedKind::Map => "var",
                SharedKind::Wire => "link",
                kind => kind.word(),
            },
            Whom::Handler(..) => "handler",
            Whom::Caller(..) => "caller",
            Whom::Routine(_) => "routine",
            Whom::Recorded(_) => "record",
        }
    }
}
