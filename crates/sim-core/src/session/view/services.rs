//! Services of the system view: who calls them, the requests there, and what is under way.

use super::channels::{FLOW_TIME, latency};
use crate::machine::Position;
use crate::program::{Details, Op, Party, Program, SharedId, Start, spell_percent};
use crate::session::calls::called;
use crate::session::describe::place_name;
use crate::session::system::{
    EdgeKind, Inside, LinkView, NodeKind, ReplicaView, RequestView, SystemView, Travelling,
};
use crate::session::{ELEMENTS_MAX, MOVING_MAX, Session, WORKERS_MAX};
use crate::trace::{Fact, ProcessId, ServiceFact, Target};

/// Processes of a class call a service.
pub(super) struct Calls {
    pub(super) from: u32,
    pub(super) service: SharedId,
    /// The wires that a request and its answer take.
    pub(super) there: Option<SharedId>,
    pub(super) back: Option<SharedId>,
}

/// Who calls what, in text order.
pub(super) fn calls(program: &Program) -> Vec<Calls> {
    let mut all: Vec<Calls> = Vec::new();
    for (from, class) in (0..).zip(&program.classes) {
        for pc in class.code.clone() {
            let Op::Call { service, .. } = program.code[pc as usize] else { continue };
            if all.iter().any(|one| one.from == from && one.service == service) {
                continue;
            }
            let (caller, callee) = (program.party(from), Party::Service(service));
            let wire = |from, to| program.wire(from, to).map(|(id, _)| id);
            let (there, back) = (wire(caller, callee), wire(callee, caller));
            all.push(Calls { from, service, there, back });
        }
    }
    all
}

/// A wire, still empty.
pub(super) fn wire_of(program: &Program, wire: SharedId) -> Option<LinkView> {
    let Details::Wire(at) = program.shared[wire as usize].details else {
        return None;
    };
    let settings = program.wires.get(at as usize)?;
    let share = |share: i64| (share > 0).then(|| spell_percent(share));
    Some(LinkView {
        name: program.shared[wire as usize].name.clone(),
        latency: latency(settings.latency),
        loss: share(settings.loss),
        duplicates: share(settings.duplicates),
        fifo: false,
        cut: false,
        can_cut: program.faults.iter().any(|fault| fault.links.contains(&wire)),
        under_way: 0,
        flow: (0, FLOW_TIME),
    })
}

impl Session {
    /// The requests at services and on wires.
    pub(super) fn fill_services(&self, view: &mut SystemView) {
        let program = self.program();
        if program.services.is_empty() {
            return;
        }
        for service in &program.services {
            let node = view.nodes.iter_mut().find(|node| {
                node.kind == NodeKind::Service
                    && node.name == program.shared[service.shared as usize].name
            });
            let Some(node) = node else { continue };
            let count = program.shared[service.shared as usize].initial.len() as u32;
            let replica = |element| {
                let target = Target { shared: service.shared, element };
                ReplicaView {
                    place: place_name(program, target),
                    workers: service.workers,
                    backlog: service.backlog,
                    down: self.machine.is_down(&self.moment.state, target),
                    ..ReplicaView::default()
                }
            };
            node.inside = Inside::Replicas {
                shown: (0..count.min(ELEMENTS_MAX as u32)).map(replica).collect(),
                more: count.saturating_sub(ELEMENTS_MAX as u32),
            };
        }
        for (edge, wire) in view.edges.iter_mut().zip(&self.plan.links) {
            let (Some(link), Some(wire)) = (&mut edge.link, wire) else { continue };
            if matches!(edge.kind, EdgeKind::Calls | EdgeKind::Answers) {
                link.cut = self.machine.wire_is_cut(&self.moment.state, *wire);
                let lately = self.over_lately(*wire, edge.kind == EdgeKind::Answers);
                link.flow = (lately, FLOW_TIME.min(self.moment.clock.now().max(1)));
            }
        }
        for class in &program.classes {
            if matches!(class.start, Start::Called { .. }) {
                let id = program.class_at(class.code.start) as usize;
                for request in self.machine.layout().classes[id].clone() {
                    self.place_request(view, request);
                }
            }
        }
        for node in &mut view.nodes {
            if let Inside::Replicas { shown, .. } = &mut node.inside {
                for replica in shown {
                    replica.waiting.sort_by_key(|one| self.waits_since(one.lane));
                    replica.waiting.truncate(WORKERS_MAX);
                }
            }
        }
    }

    fn waits_since(&self, request: ProcessId) -> (u32, ProcessId) {
        let since = self.moment.memory.get(request as usize).waits;
        (since.map_or(u32::MAX, |(_, step)| step), request)
    }

    /// Adds a request where it is.
    fn place_request(&self, view: &mut SystemView, request: ProcessId) {
        let (machine, state) = (&self.machine, &self.moment.state);
        let Position::At(pc) = state.position(machine.layout(), request) else { return };
        let class = machine.layout().processes[request as usize].class;
        let op = self.program().code[pc as usize];
        if matches!(op, Op::Arrive { .. } | Op::Back { .. }) {
            self.place_travelling(view, request, class, matches!(op, Op::Back { .. }));
            return;
        }
        let Some(target) = machine.replica_of(state, request) else { return };
        let name = &self.program().shared[target.shared as usize].name;
        let node =
            view.nodes.iter_mut().find(|node| node.kind == NodeKind::Service && node.name == *name);
        let Some(Inside::Replicas { shown, .. }) = node.map(|node| &mut node.inside) else {
            return;
        };
        let Some(replica) = shown.get_mut(target.element as usize) else { return };
        if matches!(op, Op::Enter { .. }) {
            replica.queued += 1;
            // Which of them have waited longest is known once all are there.
            replica.waiting.push(self.request_view(request));
        } else {
            replica.busy += 1;
            if replica.working.len() < WORKERS_MAX {
                replica.working.push(self.request_view(request));
            }
        }
    }

    fn place_travelling(
        &self,
        view: &mut SystemView,
        request: ProcessId,
        class: u32,
        answer: bool,
    ) {
        let (machine, state) = (&self.machine, &self.moment.state);
        let caller = machine.class_of_caller(state, request);
        let caller_node = caller.and_then(|class| self.plan.classes[class as usize]);
        let here = self.plan.classes[class as usize];
        let kind = if answer { EdgeKind::Answers } else { EdgeKind::Calls };
        let edge = view.edges.iter().position(|edge| {
            let (near, far) = if answer { (edge.from, edge.to) } else { (edge.to, edge.from) };
            edge.kind == kind && Some(near) == here && caller_node.is_none_or(|node| node == far)
        });
        let Some(edge) = edge else { return };
        if let Some(link) = &mut view.edges[edge].link {
            link.under_way += 1;
        }
        if view.calls.len() >= MOVING_MAX {
            return;
        }
        let due = self.moment.clock.due(request);
        let stay = self.moment.memory.get(request as usize).stay;
        view.calls.push(Travelling {
            edge: edge as u32,
            request: self.request_view(request),
            answer,
            sent: due.saturating_sub(stay),
            due,
        });
    }

    fn request_view(&self, request: ProcessId) -> RequestView {
        let (layout, state) = (self.machine.layout(), &self.moment.state);
        let mut rings = Vec::new();
        rings.extend(self.stay_ring(request));
        rings.extend(self.within_rings(request));
        RequestView {
            lane: request,
            number: state.number(layout, request),
            words: self.request_words(request),
            caller: self.machine.caller_of(state, request),
            state: self.worker_state(request),
            rings,
        }
    }

    /// What a request asks, as in `bank.pay(80)`.
    pub(super) fn request_words(&self, request: ProcessId) -> String {
        let program = self.program();
        let class = self.machine.layout().processes[request as usize].class;
        let Some((service, handler)) = program.handler_of(class) else { return String::new() };
        let at = service.handlers.iter().position(|one| one == handler).unwrap_or(0);
        let given = self.moment.state.registers(self.machine.layout(), request);
        let given = &given[..handler.parameters.len().min(given.len())];
        let target = Target { shared: service.shared, element: 0 };
        called(program, target, at as u16, Some(given))
    }

    /// How many requests, or answers, went on a wire within the last while, as far as the steps
    /// shown tell.
    fn over_lately(&self, wire: SharedId, answers: bool) -> u32 {
        let program = self.program();
        let now = self.moment.clock.now();
        let upto = self.moment.step.saturating_sub(self.window.first) as usize;
        let steps = &self.window.steps[..upto.min(self.window.steps.len())];
        let late = steps.iter().rev().take_while(|(event, _)| event.at + FLOW_TIME >= now);
        let over = late.filter(|(event, _)| {
            event.facts.iter().any(|(who, fact)| match *fact {
                Fact::Service(ServiceFact::Called { target, travels: true, .. }) if !answers => {
                    let from = program.party(self.machine.layout().processes[*who as usize].class);
                    let way = program.wire(from, Party::Service(target.shared));
                    way.is_some_and(|(id, _)| id == wire)
                }
                Fact::Service(ServiceFact::Replied { target, .. }) if answers => {
                    let Details::Wire(at) = program.shared[wire as usize].details else {
                        return false;
                    };
                    let way = program.wires.get(at as usize);
                    way.is_some_and(|way| way.from == Party::Service(target.shared))
                }
                _ => false,
            })
        });
        over.count() as u32
    }
}
