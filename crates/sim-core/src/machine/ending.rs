//! How a run came to its end, when nothing can happen any more.

use super::{Blocked, Machine, Position, State};
use crate::program::Op;
use crate::trace::{ProcessId, Target};
use std::collections::{BTreeMap, BTreeSet};

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// Every process ended, failed or crashed.
    Complete,
    /// Only processes that are meant to wait for ever are left.
    Idle,
    /// Processes wait for one another in a circle, each for what the next holds.
    Deadlock(Vec<ProcessId>),
    /// Processes wait for what nobody will give.
    Stuck(Vec<ProcessId>),
    /// A process's own work passed its ceiling.
    Endless(ProcessId),
    /// There was no room for what a process wanted to keep or start.
    Full(ProcessId),
}

impl Machine {
    /// How the run ended, or `None` while something can still happen.
    #[must_use]
    pub fn end(&self, state: &State) -> Option<End> {
        let mut any = false;
        self.each_choice(state, &mut |_| any = true);
        (!any).then(|| self.end_without_choices(state))
    }

    /// How the run ended, given that nothing can happen, or that nothing is let happen.
    #[must_use]
    pub fn end_without_choices(&self, state: &State) -> End {
        let waits = self.waits(state);
        if let Some(circle) = circle(&waits) {
            return End::Deadlock(circle);
        }
        // Whoever else waits may wait for what the process that was stopped would have given.
        let mut processes = 0..self.layout.processes.len() as ProcessId;
        let endless = processes.find(|&p| state.position(&self.layout, p) == Position::Endless);
        if let Some(process) = endless {
            return End::Endless(process);
        }
        let mut processes = 0..self.layout.processes.len() as ProcessId;
        if let Some(process) =
            processes.find(|&p| state.position(&self.layout, p) == Position::Full)
        {
            return End::Full(process);
        }
        let left: Vec<ProcessId> = self.standing(state).map(|standing| standing.process).collect();
        let stuck: Vec<ProcessId> = left
            .iter()
            .copied()
            .filter(|&process| {
                let class = self.layout.processes[process as usize].class;
                !self.program.classes[class as usize].forever && !self.listens(state, process)
            })
            .collect();
        match (left.is_empty(), stuck.is_empty()) {
            (true, _) => End::Complete,
            (false, true) => End::Idle,
            (false, false) => End::Stuck(stuck),
        }
    }

    /// True for who waits for a message, or for what a log will get: it is idle.
    fn listens(&self, state: &State, process: ProcessId) -> bool {
        match state.position(&self.layout, process) {
            Position::At(pc) => {
                matches!(self.program.code[pc as usize], Op::Receive { .. } | Op::Follow { .. })
            }
            _ => false,
        }
    }

    /// Who waits for whom: for what the other holds or has a worker of, for its answer, for a branch
    /// to end, for what it fills in, for its row.
    #[must_use]
    pub fn waits(&self, state: &State) -> Vec<(ProcessId, ProcessId)> {
        let mut waits = Vec::new();
        let mut asked: BTreeMap<ProcessId, Vec<ProcessId>> = BTreeMap::new();
        let mut busy: BTreeMap<(Target, bool), Vec<ProcessId>> = BTreeMap::new();
        for request in self.requests() {
            if let Position::At(_) = state.position(&self.layout, request)
                && let Some(caller) = self.caller_of(state, request)
            {
                asked.entry(caller).or_default().push(request);
            }
        }
        for standing in self.standing(state) {
            match standing.blocked {
                Some(Blocked::Unanswered) => {
                    let asked = asked.get(&standing.process).into_iter().flatten();
                    waits.extend(asked.map(|&request| (standing.process, request)));
                }
                Some(Blocked::AllBusy { replica, cores }) => {
                    let busy = busy
                        .entry((replica, cores))
                        .or_insert_with(|| self.at_work(state, replica, cores));
                    waits.extend(busy.iter().map(|&by| (standing.process, by)));
                }
                Some(Blocked::Filling { target, key }) => {
                    let by = self.filler(state, target, key);
                    waits.extend(by.map(|by| (standing.process, by)));
                }
                Some(Blocked::Held { target, .. }) => {
                    waits.extend(self.holders(state, target).map(|by| (standing.process, by)));
                }
                Some(Blocked::Row { holder, .. }) => waits.push((standing.process, holder)),
                Some(Blocked::Joining) => {
                    let branches = self.branches_of(state, standing.process);
                    waits.extend(branches.into_iter().map(|branch| (standing.process, branch)));
                }
                _ => {}
            }
        }
        waits
    }
}

/// The shortest circle of two or more in "who waits for whom" through the least process that is on
/// one, from that process. Waiting for oneself is no circle: that process is stuck.
fn circle(waits: &[(ProcessId, ProcessId)]) -> Option<Vec<ProcessId>> {
    let mut waits = waits.to_vec();
    waits.retain(|(who, whom)| who != whom);
    trim(&mut waits);
    // Backwards and forwards: nobody on a circle waits only for who waits for nobody, and somebody
    // waits for each of them.
    waits.iter_mut().for_each(|(who, whom)| std::mem::swap(who, whom));
    waits.sort_by_key(|(who, _)| *who);
    trim(&mut waits);
    waits.iter_mut().for_each(|(who, whom)| std::mem::swap(who, whom));
    waits.sort_unstable();
    let mut starts: Vec<ProcessId> = waits.iter().map(|(who, _)| *who).collect();
    starts.dedup();
    starts.into_iter().find_map(|start| {
        // Breadth first; each process reached with the one it was reached from.
        let mut reached: Vec<(ProcessId, usize)> = vec![(start, 0)];
        let mut known = BTreeSet::from([start]);
        let mut at = 0;
        while at < reached.len() {
            for &(_, whom) in of(&waits, reached[at].0) {
                if whom == start {
                    return Some(way(&reached, at));
                }
                if known.insert(whom) {
                    reached.push((whom, at));
                }
            }
            at += 1;
        }
        None
    })
}

/// Whom one waits for, of pairs that stand in the order of who waits.
fn of(waits: &[(ProcessId, ProcessId)], who: ProcessId) -> &[(ProcessId, ProcessId)] {
    let first = waits.partition_point(|(one, _)| *one < who);
    let behind = waits.partition_point(|(one, _)| *one <= who);
    &waits[first..behind]
}

/// Leaves out who waits only for those who wait for nobody, again and again.
fn trim(waits: &mut Vec<(ProcessId, ProcessId)>) {
    loop {
        let before = waits.len();
        let kept: Vec<_> =
            waits.iter().copied().filter(|(_, whom)| !of(waits, *whom).is_empty()).collect();
        *waits = kept;
        if waits.len() == before {
            return;
        }
    }
}

fn way(reached: &[(ProcessId, usize)], mut at: usize) -> Vec<ProcessId> {
    let mut way = vec![reached[at].0];
    while at != 0 {
        at = reached[at].1;
        way.push(reached[at].0);
    }
    way.reverse();
    way
}
