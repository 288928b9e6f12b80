//! How processes come to be, what goes wrong, how far to look, and schedules.

use std::collections::BTreeMap;

use super::{Area, Checker, Context};
use crate::{
    lang::{
        diagnostic::line_column,
        names::{Kind, Names, Symbol},
        tree::{
            Expr, FaultTree, FaultTreeKind, LinkTree, Name, PickTree, ProcessTree, SharedTreeKind,
            StartTree, Target, WhenTree,
        },
        words,
    },
    program::PickVerb,
    say::diagnostics::{Message, Thing},
};

impl Checker<'_> {
    /// What stands before a process's block.
    pub(super) fn process_header(&mut self, process: &ProcessTree) {
        self.context = Context::new(Area::Process);
        if let Some(instances) = &process.instances {
            self.fixed(instances, Kind::Int);
        }
        if let StartTree::Every { times, until, .. } | StartTree::Again { times, until, .. } =
            &process.start
        {
            self.maybe_fixed(times.as_ref(), Kind::Int);
            self.maybe_fixed(until.as_ref(), Kind::Duration);
        }
        match &process.start {
            StartTree::Every { gap, .. } => self.fixed_spent(gap),
            StartTree::Again { pause, .. } => {
                self.spent(pause);
            }
            // What it receives is looked at with its body.
            StartTree::Once | StartTree::Forever | StartTree::Receive { .. } => {}
        }
        self.maybe_fixed(process.only.as_ref(), Kind::Bool);
    }

    fn maybe_fixed(&mut self, expr: Option<&Expr>, kind: Kind) {
        if let Some(expr) = expr {
            self.fixed(expr, kind);
        }
    }

    pub(super) fn fault(&mut self, fault: &FaultTree) {
        self.context = Context::new(Area::Constant);
        let victim = &fault.victim;
        let name = victim.name.text.clone();
        match self.names.find(&name) {
            _ if fault.kind == FaultTreeKind::Fail => self.failing_channel(victim),
            _ if fault.kind == FaultTreeKind::Partition => self.partition(fault),
            Some(Symbol::Process(at)) if fault.kind == FaultTreeKind::Surge => {
                let arrives = matches!(self.tree.processes[at].start, StartTree::Every { .. });
                if !arrives {
                    self.error(&victim.span, Message::SurgeNeedsArrivals { name });
                } else if victim.index.is_some() {
                    self.error(&victim.span, Message::PickPlain { name });
                }
            }
            Some(Symbol::Process(at)) => {
                if victim.index.is_some() && !self.tree.processes[at].numbered() {
                    self.error(&victim.span, Message::PickNoNumber { name });
                }
            }
            Some(Symbol::Foreign) => {}
            // Replicas of a service.
            Some(Symbol::Shared(at))
                if matches!(self.tree.shared[at].kind, SharedTreeKind::Service)
                    && fault.kind != FaultTreeKind::Surge => {}
            // The tasks of a routine that is spawned; whether it is shows when all are read.
            Some(Symbol::Routine(_)) if fault.kind == FaultTreeKind::Crash => {
                // What it was given is gone with it, so it could not start again.
                if let WhenTree::From(from, _) = &fault.when {
                    let what = format!("crash {name} from");
                    self.error(&from.span, Message::NotBuilt { what });
                }
                if let Some(lasts) = &fault.lasts {
                    let what = format!("crash {name} for");
                    self.error(&lasts.span, Message::NotBuilt { what });
                }
            }
            symbol => self.no_process(&victim.name, symbol),
        }
        self.maybe_fixed(victim.index.as_ref(), Kind::Int);
        match &fault.by {
            Some(share) if fault.kind == FaultTreeKind::Fail => self.fixed(share, Kind::Percent),
            Some(by) => self.fixed_factor(by),
            None => {}
        }
        match &fault.when {
            WhenTree::At(at) => self.fixed(at, Kind::Duration),
            WhenTree::From(from, to) => {
                self.fixed(from, Kind::Duration);
                self.fixed(to, Kind::Duration);
            }
            WhenTree::Anytime | WhenTree::Always => {}
        }
        self.maybe_fixed(fault.lasts.as_ref(), Kind::Duration);
        if [FaultTreeKind::Pause, FaultTreeKind::Partition].contains(&fault.kind)
            && fault.lasts.is_none()
            && matches!(fault.when, WhenTree::At(_))
        {
            self.error(&fault.span, Message::PauseNeedsFor);
        }
        self.maybe_fixed(fault.most.as_ref(), Kind::Int);
        self.maybe_fixed(fault.only.as_ref(), Kind::Bool);
    }

    /// What is sent there fails: a queue, a topic or a log.
    fn failing_channel(&mut self, victim: &Target) {
        let takes =
            |kind: &SharedTreeKind| kind.is_sent_to() || matches!(kind, SharedTreeKind::Service);
        let found = self.shared(&victim.name, Thing::Sendable, takes);
        let is_service =
            found.is_some_and(|at| matches!(self.tree.shared[at].kind, SharedTreeKind::Service));
        if found.is_some() && victim.index.is_some() && !is_service {
            let what = format!("fail {}[ ]", victim.name.text);
            self.error(&victim.span, Message::NotBuilt { what });
        }
    }

    /// The links between two things are cut.
    fn partition(&mut self, fault: &FaultTree) {
        let Some(other) = &fault.other else { return };
        let (a, b) = (&fault.victim, other);
        let foreign =
            [a, b].iter().any(|end| self.names.find(&end.name.text) == Some(Symbol::Foreign));
        for end in [a, b] {
            if end.index.is_some() {
                let what = format!("partition {}[ ]", end.name.text);
                self.error(&end.span, Message::NotBuilt { what });
            }
        }
        let joins = |link: &LinkTree| {
            let ends = (link.from.text.as_str(), link.to.text.as_str());
            ends == (&a.name.text, &b.name.text) || ends == (&b.name.text, &a.name.text)
        };
        if !foreign && !self.tree.links.iter().any(joins) {
            let (from, to) = (a.name.text.clone(), b.name.text.clone());
            self.error(&(a.span.start..b.span.end), Message::NoLink { from, to });
        }
    }

    pub(super) fn no_process(&mut self, name: &Name, symbol: Option<Symbol>) {
        let text = name.text.clone();
        let expected = Thing::Process;
        let message = if let Some(symbol) = symbol {
            let is = Names::thing(self.tree, symbol);
            Message::WrongThing { name: text, is, expected }
        } else {
            let is_process = |symbol| matches!(symbol, Symbol::Process(_));
            let nearest = words::nearest(&text, self.names.matching(is_process));
            Message::UnknownName { thing: expected, name: text, nearest }
        };
        self.error(&name.span, message);
    }

    /// What is set for runs and searches.
    pub(super) fn settings(&mut self) {
        let tree = self.tree;
        self.context = Context::new(Area::Constant);
        for (word, list) in [("run", &tree.run), ("explore", &tree.explore)] {
            for (at, settings) in list.iter().enumerate() {
                if at > 0 {
                    let (line, _) = super::super::line_column(self.text, list[0].span.start);
                    self.error(&settings.span, Message::Twice { name: word.to_owned(), line });
                }
            }
        }
        for options in tree.run.iter().map(|run| &run.options) {
            self.option(options, "for", &[], Some(Kind::Duration));
            self.option(options, "warmup", &[], Some(Kind::Duration));
            self.option(options, "seeds", &[], Some(Kind::Int));
            self.option(options, "seed", &[], Some(Kind::Int));
        }
        for option in tree.explore.iter().flat_map(|explore| &explore.options.list) {
            let name = option.name.text.as_str();
            if words::option("explore", name).is_some() {
                self.fixed(option.value(), Kind::Int);
                continue;
            }
            let kind = match self.names.find(name) {
                Some(Symbol::Param(at)) => Some(self.names.params[at]).filter(|kind| kind.orders()),
                _ => None,
            };
            match kind {
                Some(kind) => self.fixed(option.value(), kind),
                None => {
                    let bounds = words::options_of("explore").map(|row| row.word.to_owned());
                    let params = tree.params.iter().zip(&self.names.params);
                    let params = params.filter(|(_, kind)| kind.orders());
                    let mut options: Vec<String> = bounds.collect();
                    options.extend(params.map(|(param, _)| param.name.text.clone()));
                    let found = option.name.text.clone();
                    let nearest = words::nearest(&found, options.iter().map(String::as_str));
                    let message = Message::UnknownOption { of: "explore", options, found, nearest };
                    self.error(&option.name.span, message);
                }
            }
        }
    }

    pub(super) fn schedules(&mut self) {
        let tree = self.tree;
        let mut first: BTreeMap<&str, u32> = BTreeMap::new();
        for schedule in &tree.schedules {
            let start = schedule.span.start;
            let known = *first.entry(&schedule.name).or_insert(start);
            if known != start {
                let (line, _) = line_column(self.text, known);
                let name = format!("schedule \"{}\"", schedule.name);
                self.error(&schedule.span, Message::Twice { name, line });
            }
        }
        for pick in tree.schedules.iter().flat_map(|schedule| &schedule.picks) {
            self.pick(pick);
        }
    }

    /// A pick of what happens on a link.
    fn pick_of_link(&mut self, from: &Name, to: &Name) {
        let foreign =
            [from, to].iter().any(|end| self.names.find(&end.text) == Some(Symbol::Foreign));
        let ends = |link: &LinkTree| {
            let ends = (&link.from.text, &link.to.text);
            ends == (&from.text, &to.text) || (link.both && ends == (&to.text, &from.text))
        };
        if !foreign && !self.tree.links.iter().any(ends) {
            let span = from.span.start..to.span.end;
            let (from, to) = (from.text.clone(), to.text.clone());
            self.error(&span, Message::NoLink { from, to });
        }
    }

    fn pick(&mut self, pick: &PickTree) {
        let tree = self.tree;
        let name = pick.name.text.clone();
        let symbol = self.names.find(&name);
        if let Some(to) = &pick.to {
            return self.pick_of_link(&pick.name, to);
        }
        let of_shared = pick.verb.is_of_shared();
        let numbered = match symbol {
            Some(Symbol::Foreign) => return,
            Some(Symbol::Shared(at)) if of_shared => {
                let is = Names::thing(tree, Symbol::Shared(at));
                let (fits, expected): (&[Thing], Thing) = match pick.verb {
                    PickVerb::Double | PickVerb::Ready => (&[Thing::Queue], Thing::Queue),
                    PickVerb::Rebalance => (&[Thing::Group], Thing::Group),
                    // The next commit reaches a replica.
                    PickVerb::Deliver => (&[Thing::Database], Thing::Database),
                    _ => (&[Thing::Lock, Thing::Queue], Thing::Lock),
                };
                if !fits.contains(&is) {
                    return self.error(&pick.name.span, Message::WrongThing { name, is, expected });
                }
                tree.shared[at].size.is_some() || is == Thing::Database
            }
            Some(Symbol::Process(at)) if !of_shared => tree.processes[at].numbered(),
            // Replicas that crash, stand still and come back.
            Some(Symbol::Shared(at))
                if pick.verb.is_of_outage()
                    && matches!(tree.shared[at].kind, SharedTreeKind::Service) =>
            {
                return;
            }
            Some(Symbol::Routine(at)) if !of_shared && self.names.spawned.contains_key(&at) => true,
            symbol => return self.no_process(&pick.name, symbol),
        };
        // `arrive` names those who come, `crash` and the like any one of them.
        let any = pick.verb != PickVerb::Step && !of_shared;
        if numbered && pick.number.is_none() && !any {
            self.error(&pick.span, Message::PickNeedsNumber { name });
        } else if pick.number.is_some() && matches!(pick.verb, PickVerb::Arrive) {
            self.error(&pick.span, Message::PickPlain { name });
        } else if pick.number.is_some() && !numbered {
            let message = match pick.verb {
                _ if of_shared => Message::PickPlain { name },
                _ => Message::PickNoNumber { name },
            };
            self.error(&pick.span, message);
        }
    }
}
