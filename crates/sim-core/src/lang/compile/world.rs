//! Faults, bounds and what is set for runs; and which parameters a search lowers.

use super::Compiler;
use crate::{
    lang::{
        diagnostic::{Diagnostic, Diagnostics},
        names::{Kind, Names, Symbol},
        tree::{Expr, FaultTree, FaultTreeKind, SettingsTree, StartTree, Target, Tree, WhenTree},
        words,
    },
    program::{
        Bounds, Error, Fault, FaultKind, RunOptions, SharedId, Span, Victim, WHOLE, When, Whom,
    },
    say::diagnostics::{Message, Thing},
};

/// The parameters that a search lowers, each with its value and where that stands.
pub(in crate::lang) fn lowered(
    text: &str,
    tree: &Tree,
    names: &Names,
    params: Vec<i64>,
) -> Result<Vec<(usize, i64, Span)>, Vec<Diagnostic>> {
    let mut diagnostics = Diagnostics::default();
    let mut compiler = Compiler::new(text, tree, names, params, &mut diagnostics);
    compiler.constants();
    let mut lowered = Vec::new();
    for option in tree.explore.iter().flat_map(|explore| &explore.options.list) {
        let name = option.name.text.as_str();
        if words::option("explore", name).is_none()
            && let Some(Symbol::Param(at)) = names.find(name)
        {
            let value = compiler.constant(option.value());
            lowered.push((at, value, option.value().span.clone()));
        }
    }
    if diagnostics.is_empty() { Ok(lowered) } else { Err(diagnostics.sorted()) }
}

impl Compiler<'_> {
    /// A time that the parameters decide, not negative.
    pub(super) fn fixed_time(&mut self, expr: &Expr) -> i64 {
        let time = self.constant(expr);
        if time < 0 {
            self.code.constant_error(&expr.span, Error::NegativeTime);
        }
        time.max(0)
    }

    /// A number that the parameters decide, not below the least.
    pub(super) fn fixed_number(&mut self, expr: &Expr, least: i64) -> i64 {
        let found = self.constant(expr);
        if found < least {
            self.code.error(&expr.span, Message::TooSmall { found, least });
        }
        found.max(least)
    }

    /// How many times as much, in millionths: a number or a percent above zero.
    pub(super) fn fixed_factor(&mut self, expr: &Expr) -> i64 {
        let operand = self.operand(expr, None);
        let found = operand.constant().unwrap_or_default();
        if found < 1 {
            self.code.error(&expr.span, Message::TooSmall { found, least: 1 });
        }
        if operand.kind == Kind::Int { found.saturating_mul(WHOLE) } else { found }
    }

    /// The faults that exist under these parameters; `classes` tells which processes do.
    pub(super) fn faults(&mut self, classes: &[Option<(u32, u32)>]) -> Vec<Fault> {
        let tree = self.tree;
        tree.faults.iter().filter_map(|fault| self.fault(fault, classes)).collect()
    }

    fn fault(&mut self, fault: &FaultTree, classes: &[Option<(u32, u32)>]) -> Option<Fault> {
        if let Some(only) = &fault.only
            && self.constant(only) == 0
        {
            return None;
        }
        let shared = |symbol| match symbol {
            Some(Symbol::Shared(at)) => Some(at as SharedId),
            _ => None,
        };
        let kind = match fault.kind {
            FaultTreeKind::Crash => FaultKind::Crash,
            FaultTreeKind::Pause => FaultKind::Pause,
            FaultTreeKind::Slow | FaultTreeKind::Surge => {
                let by = fault.by.as_ref().map_or(WHOLE, |by| self.fixed_factor(by));
                let slow = fault.kind == FaultTreeKind::Slow;
                if slow { FaultKind::Slow(by) } else { FaultKind::Surge(by) }
            }
            FaultTreeKind::Fail => FaultKind::Fail {
                of: shared(self.names.find(&fault.victim.name.text))?,
                share: fault.by.as_ref().map_or(0, |share| self.part(share, "fail")),
            },
            FaultTreeKind::Partition => FaultKind::Partition,
        };
        let when = match &fault.when {
            WhenTree::At(at) => When::At(self.fixed_time(at)),
            WhenTree::From(from, to) => {
                let (least, greatest) = (self.fixed_time(from), self.fixed_time(to));
                if least > greatest {
                    let span = from.span.start..to.span.end;
                    let text =
                        |expr: &Expr| self.text[crate::lang::lexer::range(&expr.span)].to_owned();
                    let (least, greatest) = (text(from), text(to));
                    self.code.error(&span, Message::EmptyRange { least, greatest });
                }
                When::From(least, greatest)
            }
            WhenTree::Anytime => When::Anytime,
            WhenTree::Always => When::Always,
        };
        let lasts = match (&fault.lasts, when) {
            (Some(lasts), _) => Some(self.fixed_time(lasts)),
            (None, When::From(from, to)) => Some(to.saturating_sub(from)),
            (None, _) => None,
        };
        let most = fault.most.as_ref().map_or(1, |most| self.fixed_number(most, 0));
        let index = fault.victim.index.as_ref().map(|index| self.fixed_number(index, 1));
        let most = u32::try_from(most).unwrap_or(u32::MAX);
        if matches!(kind, FaultKind::Fail { .. } | FaultKind::Partition) {
            let links = self.cut_links(fault);
            // Without a process there is no link to cut.
            if kind == FaultKind::Partition && links.is_empty() {
                return None;
            }
            let number = index.and_then(|index| u32::try_from(index).ok());
            if let (FaultKind::Fail { of, .. }, Some(number)) = (kind, number) {
                let replicas = self.lengths.get(of as usize).copied().unwrap_or(1);
                // Whom the parameters leave out nothing can hit.
                if u64::from(number) > replicas {
                    return None;
                }
            }
            let victim = Victim { whom: Whom::Nobody, number };
            let span = fault.span.clone();
            return Some(Fault { kind, victim, links, when, lasts, most, span });
        }
        let at = match self.names.find(&fault.victim.name.text)? {
            Symbol::Process(at) => at,
            Symbol::Routine(at) => {
                let number = index.and_then(|index| u32::try_from(index).ok());
                let class = self.task_class(at, &fault.victim, classes)?;
                let victim = Victim { whom: Whom::Class(class), number };
                let (links, span) = (Vec::new(), fault.span.clone());
                return Some(Fault { kind, victim, links, when, lasts, most, span });
            }
            Symbol::Shared(at) => {
                let number = index.and_then(|index| u32::try_from(index).ok());
                let replicas = self.lengths.get(at).copied().unwrap_or(1);
                if number.is_some_and(|number| u64::from(number) > replicas) {
                    return None;
                }
                let victim = Victim { whom: Whom::Service(at as SharedId), number };
                let (links, span) = (Vec::new(), fault.span.clone());
                return Some(Fault { kind, victim, links, when, lasts, most, span });
            }
            _ => return None,
        };
        let (class, instances) = classes.get(at).copied().flatten()?;
        let number = index.and_then(|index| u32::try_from(index).ok());
        let arrives = matches!(self.tree.processes[at].start, StartTree::Every { .. });
        // Whom the parameters leave out nothing can hit.
        if number.is_some_and(|number| number > instances) && !arrives {
            return None;
        }
        let victim = Victim { whom: Whom::Class(class), number };
        let span = fault.span.clone();
        Some(Fault { kind, victim, links: Vec::new(), when, lasts, most, span })
    }

    /// The class of the tasks of a routine. Where these parameters start none there is none; one
    /// that is never spawned is reported.
    fn task_class(
        &mut self,
        routine: usize,
        victim: &Target,
        classes: &[Option<(u32, u32)>],
    ) -> Option<u32> {
        if !self.names.spawned.contains_key(&routine) {
            let (name, is) = (victim.name.text.clone(), Thing::Routine);
            let message = Message::WrongThing { name, is, expected: Thing::Process };
            self.code.error(&victim.span, message);
        }
        let at = self.spawned.iter().position(|spawned| spawned.is_routine(routine))?;
        Some(classes.iter().flatten().count() as u32 + at as u32)
    }

    /// The links that a `partition` cuts.
    fn cut_links(&self, fault: &FaultTree) -> Vec<SharedId> {
        let Some(other) = &fault.other else { return Vec::new() };
        let (a, b) = (&fault.victim.name.text, &other.name.text);
        let links = self.tree.links.iter().enumerate();
        let between = links.filter(|(_, link)| {
            let ends = (&link.from.text, &link.to.text);
            ends == (a, b) || ends == (b, a)
        });
        let mut cut = Vec::new();
        for (at, link) in between {
            cut.extend(self.links.get(&at).map(|(.., id)| *id));
            cut.extend(self.wires_at.get(&link.span.start).into_iter().flatten());
        }
        cut
    }

    pub(super) fn bounds(&mut self) -> Bounds {
        let tree = self.tree;
        let mut bounds = Bounds::default();
        let Some(explore) = tree.explore.first() else { return bounds };
        let fields = [
            ("arrivals", 0, &mut bounds.arrivals),
            ("timeouts", 0, &mut bounds.timeouts),
            ("losses", 0, &mut bounds.losses),
            ("duplicates", 0, &mut bounds.duplicates),
            ("crashes", 0, &mut bounds.crashes),
            ("depth", 1, &mut bounds.depth),
        ];
        for (name, least, field) in fields {
            if let Some(number) = self.setting(explore, name, least) {
                *field = u32::try_from(number).unwrap_or(u32::MAX);
            }
        }
        bounds
    }

    fn setting(&mut self, settings: &SettingsTree, name: &str, least: i64) -> Option<i64> {
        let option = settings.options.get(name)?;
        Some(self.fixed_number(option.value(), least))
    }

    pub(super) fn run_options(&mut self) -> RunOptions {
        let tree = self.tree;
        let Some(run) = tree.run.first() else { return RunOptions::default() };
        let time = |it: &mut Self, name: &str| {
            run.options.get(name).map(|option| it.fixed_time(option.value()))
        };
        RunOptions {
            length: time(self, "for"),
            warmup: time(self, "warmup"),
            seeds: self
                .setting(run, "seeds", 1)
                .map(|seeds| u32::try_from(seeds).unwrap_or(u32::MAX)),
            seed: self.setting(run, "seed", 0).and_then(|seed| u64::try_from(seed).ok()),
        }
    }
}
