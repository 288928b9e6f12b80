//! Services, their handlers as classes of requests, and calls.

use super::{
    Call, Compiler,
    code::{ERROR, Label, STOP},
    expression::Target as To,
    options::Chosen,
};
use crate::{
    lang::{
        check::{BALANCE, FULL, MODE, ORDER},
        names::{Kind, Symbol},
        tree::{CallTree, Expr, LinkTree, Name, Options, ServiceTree, SharedTreeKind},
    },
    program::{
        Balance, Class, Details, Form, Handler, Op, Party, REPLICAS_MAX, Reg, Region, Service,
        Shared, SharedId, SharedKind, Span, Start, Type, WhenFull, Wire,
    },
};

impl Compiler<'_> {
    /// The settings of a service; its handlers come with their code.
    pub(super) fn service(&mut self, at: usize, options: &Options) -> Details {
        let word = |chosen: Option<Chosen>| match chosen {
            Some(Chosen::Word(word)) => word,
            _ => String::new(),
        };
        let balance = match word(self.chosen(options, "balance", &BALANCE)).as_str() {
            "random" => Balance::Random,
            "least_busy" => Balance::LeastBusy,
            "two_choices" => Balance::TwoChoices,
            "key" => Balance::Key,
            "ring" => Balance::Ring,
            _ => Balance::RoundRobin,
        };
        let when_full = match word(self.chosen(options, "when_full", &FULL)).as_str() {
            "block" => WhenFull::Block,
            "drop_oldest" => WhenFull::DropOldest,
            _ => WhenFull::Reject,
        };
        let newest_first = word(self.chosen(options, "order", &ORDER)) == "lifo";
        let event_loop = word(self.chosen(options, "mode", &MODE)) == "event_loop";
        let workers = self.whole(options, "workers", 1);
        let cores = self.whole(options, "cores", 1);
        let name = self.tree.shared[at].name.text.clone();
        let [replicas, _] = self.replicas(&name, options);
        let service = Service {
            shared: at as SharedId,
            replicas,
            startup: self.duration(options, "startup").flatten().unwrap_or(0),
            workers: workers.filter(|_| !event_loop),
            cores: if event_loop { Some(1) } else { cores },
            event_loop,
            backlog: self.whole(options, "backlog", 0),
            when_full,
            newest_first,
            patience: self.duration(options, "patience").flatten(),
            cancels: options.get("cancel").is_some_and(|it| self.constant(it.value()) != 0),
            balance,
            handlers: Vec::new(),
        };
        self.services.push(service);
        Details::Service(self.services.len() as u32 - 1)
    }

    /// How many replicas a service has at the start, and how many it may have.
    pub(super) fn replicas(&mut self, name: &str, options: &Options) -> [u32; 2] {
        let first = self.whole(options, "replicas", 1).unwrap_or(1);
        if first > REPLICAS_MAX
            && let Some(option) = options.get("replicas")
        {
            let most = u64::from(REPLICAS_MAX);
            let what = crate::say::diagnostics::Ceiling::Replicas;
            self.code.refuse(&option.value().span.clone(), what, most);
        }
        let first = first.min(REPLICAS_MAX);
        [first, if self.tree.scaled.contains(name) { REPLICAS_MAX } else { first }]
    }

    /// `scale s to n`
    pub(super) fn scale(&mut self, service: &Name, to: &Expr, span: &Span) {
        let Some(Symbol::Shared(at)) = self.names.find(&service.text) else { return };
        let register = self.code.take();
        self.into(to, To { register, fresh: true }, Some(Kind::Int));
        self.code.emit_raising(Op::Scale { service: at as SharedId, to: register }, span);
    }

    /// The classes of all handlers; the first of them is the `first`-th class.
    pub(super) fn handlers(&mut self, first: usize) -> Vec<Class> {
        let tree = self.tree;
        let mut classes = Vec::new();
        for service in &tree.services {
            for nth in 0..service.handlers.len() {
                self.class_at = (first + classes.len()) as u32;
                let (class, handler) = self.handler(service, nth);
                let settings = self.services.iter_mut();
                let settings = settings.into_iter().find(|one| one.shared == service.shared as u32);
                if let Some(settings) = settings {
                    settings.handlers.push(handler);
                }
                classes.push(class);
            }
        }
        classes
    }

    fn handler(&mut self, service: &ServiceTree, nth: usize) -> (Class, Handler) {
        let tree = self.tree;
        let (name, at) = &service.handlers[nth];
        let routine = &tree.routines[*at];
        self.name.clone_from(&routine.name.text);
        let id = service.shared as SharedId;
        self.code.begin();
        let body = routine.body.inner.clone();
        self.code.regions.push(Region { routine: Some(routine.name.text.clone()), body });
        self.locals.clear();
        self.floor = 0;
        self.service = Some(service.shared);
        self.names.enter(self.service);
        let kinds = self.names.spawned.get(at).cloned();
        let kinds = kinds.unwrap_or_else(|| vec![Kind::Unknown; routine.params.len()]);
        let mut parameters = Vec::new();
        for (param, &kind) in routine.params.iter().zip(&kinds) {
            let register = self.take_run(self.width(kind));
            self.declare(param, register, kind);
            parameters.push((param.text.clone(), self.names.form(kind)));
        }
        let answered = self.names.answers.get(at).copied().unwrap_or(Kind::Unknown);
        let answer = self.take_run(self.width(answered));
        let header = name.span.clone();
        let end: Span = routine.body.inner.end..routine.body.inner.end + 1;
        self.code.statement = header.clone();
        self.code.emit(Op::Arrive { service: id }, &header);
        let cancels = self.services.iter().any(|one| one.shared == id && one.cancels);
        let given_up = self.code.label();
        if cancels {
            self.code.begin_within(given_up);
        }
        self.code.emit(Op::Enter { service: id }, &header);
        let failed = self.code.label();
        self.code.begin_handled(failed);
        let record = Some(answered).filter(|kind| matches!(kind, Kind::Record(_)));
        self.calls.push(Call { end: STOP, result: Some(answer), kind: answered, record });
        self.block(&routine.body);
        let kind = self.calls.pop().map_or(Kind::Unknown, |call| call.kind);
        self.code.end_scope();
        if cancels {
            self.code.end_scope();
        }
        self.forget_locals(0);
        let gives = !matches!(kind, Kind::Unknown);
        let (answers, count) = match self.names.form(kind) {
            _ if !gives => (vec![], 0),
            Form::Plain(kind) => (vec![(String::new(), kind)], 1),
            Form::Record(fields) => {
                let count = fields.len() as Reg + 1;
                (fields, count)
            }
        };
        self.handler_ends(id, (answer, count), failed, &end);
        if cancels {
            self.code.place(given_up);
            self.code.emit(Op::Abandon { service: id }, &end);
            self.code.emit(Op::End, &end);
        }
        let start = Start::Called { service: id, handler: nth as u16 };
        let class = self.written_class(&routine.name, start, 0, true);
        self.service = None;
        self.names.enter(None);
        let class_at = self.class_at;
        (class, Handler { name: name.text.clone(), class: class_at, parameters, answer, answers })
    }

    /// Where an answer leaves and arrives, and where an error does.
    fn handler_ends(
        &mut self,
        service: SharedId,
        (first, count): (Reg, u16),
        failed: Label,
        end: &Span,
    ) {
        self.code.statement = end.clone();
        self.code.place(STOP);
        self.code.emit(Op::Reply { service, first, count, error: None }, end);
        self.code.emit(Op::Back { service, first, count, error: None }, end);
        self.code.emit(Op::End, end);
        self.code.place(failed);
        self.code.place(super::code::FAIL);
        let error = Some(ERROR);
        self.code.emit(Op::Reply { service, first, count: 0, error }, end);
        self.code.emit(Op::Back { service, first, count: 0, error }, end);
        self.code.emit(Op::Fail { error: ERROR }, end);
        // A class ends in `End`, whatever comes before.
        self.code.emit(Op::End, end);
    }

    /// `call s.h(x) within d`; `to` gets what it answers.
    pub(super) fn call_service(&mut self, call: &CallTree, to: Option<Reg>, span: &Span) -> Kind {
        let Some(Symbol::Shared(at)) = self.names.find(&call.service.name.text) else {
            return Kind::Unknown;
        };
        let Some(service) = self.tree.services.iter().find(|one| one.shared == at) else {
            return Kind::Unknown;
        };
        let nth = service.handlers.iter().position(|(name, _)| name.text == call.handler.text);
        let Some(nth) = nth else { return Kind::Unknown };
        let routine = service.handlers[nth].1;
        let kinds = self.names.spawned.get(&routine).cloned().unwrap_or_default();
        let mark = self.code.mark();
        let within = call.within.as_ref().map(|time| self.begin_within(time, span));
        let first = self.code.mark();
        for (value, &kind) in call.values.iter().zip(&kinds) {
            self.put_given(value, kind);
        }
        let count = self.code.mark() - first;
        let replica = call.service.index.as_ref().map(|index| {
            let register = self.code.take();
            self.into(index, To { register, fresh: true }, Some(Kind::Int));
            register
        });
        let result = self.names.answers.get(&routine).copied();
        let handler = nth as u16;
        let id = at as SharedId;
        self.code.emit_raising(Op::Call { service: id, replica, handler, first, count }, span);
        let register = to.unwrap_or(first);
        let wanted = to.map_or(0, |_| self.width(result.unwrap_or(Kind::Unknown)));
        self.code.emit_raising(Op::Answer { service: id, to: register, count: wanted }, span);
        if let Some((struck, end)) = within {
            self.end_within(struck, end, span);
        }
        self.code.give_back(mark);
        result.unwrap_or(Kind::Unknown)
    }

    /// The ways of a link that has a service at an end; false where it has none.
    pub(super) fn wires_of(&mut self, link: &LinkTree, classes: &[Option<u32>]) -> bool {
        let ends = [&link.from, &link.to].map(|end| self.names.find(&end.text));
        let service = |symbol: &Option<Symbol>| match *symbol {
            Some(Symbol::Shared(at)) => {
                matches!(self.tree.shared[at].kind, SharedTreeKind::Service)
            }
            _ => false,
        };
        if !ends.iter().any(service) {
            return false;
        }
        let party = |symbol| match symbol {
            Some(Symbol::Shared(at)) => Some(Party::Service(at as SharedId)),
            Some(Symbol::Process(at)) => classes.get(at).copied().flatten().map(Party::Class),
            _ => None,
        };
        let [from, to] = ends.map(party);
        // Where one end does not exist under these parameters, neither does the link.
        if let (Some(from), Some(to)) = (from, to) {
            let (one, other) = (&link.from.text, &link.to.text);
            self.wire([from, to], format!("{one} -> {other}"), &link.options, &link.span);
            if link.both {
                self.wire([to, from], format!("{other} -> {one}"), &link.options, &link.span);
            }
        }
        true
    }

    /// A way of calls over the network, where one of its ends is a service.
    pub(super) fn wire(
        &mut self,
        [from, to]: [Party; 2],
        name: String,
        options: &Options,
        span: &Span,
    ) {
        let latency = match options.get("latency") {
            Some(option) => self.gap(option.value()),
            None => crate::program::Gap::Fixed(0),
        };
        let mut share = |name: &str| match options.get(name) {
            Some(option) => self.part(option.value(), name),
            None => 0,
        };
        let (loss, duplicates) = (share("loss"), share("duplicates"));
        self.wires.push(Wire { from, to, latency, loss, duplicates });
        let details = Details::Wire(self.wires.len() as u32 - 1);
        let id = self.implicit(Shared {
            name,
            kind: SharedKind::Wire,
            value: Type::Int,
            array: false,
            initial: vec![0],
            details,
            owner: None,
            span: span.clone(),
        });
        self.wires_at.entry(span.start).or_default().push(id);
    }

    /// `work` inside a service takes a core first.
    pub(super) fn take_core(&mut self, busy: bool, time: &Expr) {
        if let Some(service) = self.service.filter(|_| busy) {
            self.code.emit(Op::Core { service: service as SharedId }, &time.span);
        }
    }
}
