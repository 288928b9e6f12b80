//! `together`: each branch is a class of its own, given the values of the locals it uses.

use super::{Binding, Compiler, Slot};
use crate::{
    lang::{
        lexer::range,
        names::Kind,
        tree::{Block, Name},
    },
    program::{Class, Op, Reg, Region, Span, Start},
};

/// What has a class behind those that are declared.
#[derive(Clone, Debug)]
pub(super) enum Later {
    /// A routine that is spawned.
    Routine(usize),
    /// A branch of a `together`.
    Branch(Box<BranchOf>),
}

/// A branch that is still to be written.
#[derive(Clone, Debug)]
pub(super) struct BranchOf {
    block: Block,
    name: Name,
    /// The class that starts it, and the register there that tells what became of it.
    of: u32,
    outcome: Reg,
    /// It is given its process's number first.
    numbered: bool,
    /// Then the values of these locals.
    given: Vec<(String, Kind)>,
    process: Option<usize>,
    service: Option<usize>,
    /// The service in whose text it stands.
    inside: Option<usize>,
}

impl Later {
    /// True for this routine.
    pub(super) fn is_routine(&self, routine: usize) -> bool {
        matches!(self, Later::Routine(at) if *at == routine)
    }
}

impl Compiler<'_> {
    /// `together { } and { }`
    pub(super) fn together(&mut self, branches: &[Block], header: &Span) {
        let first = self.take_run(branches.len() as u16);
        for (outcome, block) in (first..).zip(branches) {
            let mark = self.code.mark();
            let text = self.text;
            let words = words(&text[range(&block.inner)]);
            let numbered = self.service.is_none() && self.uses_number(&words);
            if numbered {
                let to = self.code.take();
                match self.own_number {
                    Some(from) => self.code.emit(Op::Copy { to, from }, header),
                    None => self.code.emit(Op::Number { to }, header),
                }
            }
            let used = |local: &&Binding| words.contains(&local.name.as_str());
            let locals: Vec<Binding> =
                self.locals[self.floor..].iter().filter(used).cloned().collect();
            let mut given = Vec::new();
            for local in locals {
                let Slot::Register(from) = local.slot else { continue };
                let width = self.width(local.kind);
                let to = self.take_run(width);
                self.copy_run(to, from, width, header);
                given.push((local.name, local.kind));
            }
            let count = self.code.mark() - mark;
            let of = self.class_at;
            let nth = self.branches.entry(of).or_default();
            *nth += 1;
            let name = format!("{}.branch{nth}", self.name);
            let span = header.clone();
            let branch = BranchOf {
                block: block.clone(),
                name: Name { text: name, span },
                of,
                outcome,
                numbered,
                given,
                process: self.process,
                service: self.service,
                inside: self.names.inside(),
            };
            self.spawned.push(Later::Branch(Box::new(branch)));
            let class = (self.declared + self.spawned.len() - 1) as u32;
            let op = Op::Fork { class, first: mark, count, outcome };
            self.code.emit_raising(op, header);
            self.code.give_back(mark);
        }
        let count = branches.len() as u16;
        self.code.emit_raising(Op::Join { first, count }, header);
        self.code.give_back(first);
    }

    /// The class of a branch.
    pub(super) fn branch_class(&mut self, branch: &BranchOf) -> Class {
        self.code.begin();
        let body = branch.block.inner.clone();
        self.code.regions.push(Region { routine: None, body });
        self.locals.clear();
        self.floor = 0;
        self.name = branch.name.text.clone();
        (self.process, self.service) = (branch.process, branch.service);
        self.names.enter(branch.inside);
        self.own_number = branch.numbered.then(|| self.code.take());
        for (text, kind) in &branch.given {
            let register = self.take_run(self.width(*kind));
            let name = Name { text: text.clone(), span: 0..0 };
            self.declare(&name, register, *kind);
        }
        // Nobody could tell a saga of this branch from those of others: their numbers are not kept.
        self.rounds += 1;
        self.block(&branch.block);
        self.rounds -= 1;
        self.forget_locals(0);
        let start = Start::Branch { of: branch.of, outcome: branch.outcome };
        let class = self.end_class(&branch.name, &branch.block, start, 0, true);
        (self.process, self.service, self.own_number) = (None, None, None);
        self.names.enter(None);
        class
    }

    /// Whether a branch may ask for its process's number, itself or in a routine.
    fn uses_number(&self, words_in_it: &[&str]) -> bool {
        let routines = self.tree.routines.iter();
        let asks = |text: &str| words(text).contains(&"self");
        words_in_it.contains(&"self")
            || routines.clone().any(|routine| words_in_it.contains(&routine.name.text.as_str()))
                && routines.clone().any(|routine| asks(&self.text[range(&routine.body.inner)]))
    }
}

/// The words of a text, whatever they are.
fn words(text: &str) -> Vec<&str> {
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    text.split(|letter| !is_part(letter)).filter(|word| !word.is_empty()).collect()
}
