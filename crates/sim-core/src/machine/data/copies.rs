//! Replicas of a database: each follows the commits in order, some time behind.
//!
//! `[points][rank of what was committed at each]*[commits that each replica lacks]*`: the last
//! point is now; a replica that lacks two commits is at the last but two.

use super::super::execute::Execution;
use super::super::{Applied, Machine, State, Watch};
use crate::program::{Error, SharedId};
use crate::trace::{Choice, DataFact, Fact, Target};

/// What is seen of a replica.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CopyLook {
    /// How many commits it lacks.
    pub behind: i64,
    /// The rank of what it shows.
    pub snapshot: i64,
}

impl Machine {
    /// Where points lie, and where what each replica lacks lies.
    fn copy_words(&self, database: u32) -> Option<(usize, usize)> {
        let declared = &self.program.databases[database as usize];
        let slot = self.layout.shared[declared.shared as usize];
        (slot.fills < slot.width)
            .then(|| (slot.element(0) + slot.fills as usize, slot.element(1)))
            .map(|(points, end)| (points, end - declared.replicas as usize))
    }

    /// The ranks of what was committed at each point that a replica may still be at.
    pub(super) fn points<'a>(&self, state: &'a State, database: u32) -> &'a [i64] {
        match self.copy_words(database) {
            Some((first, _)) => &state.words()[first + 1..first + 1 + state.get(first) as usize],
            None => &[],
        }
    }

    /// How many commits a replica lacks.
    fn lack(&self, state: &State, database: u32, copy: u32) -> i64 {
        self.copy_words(database).map_or(0, |(_, lacks)| state.get(lacks + copy as usize))
    }

    /// The rank of what a replica shows; the replica from 1.
    pub(super) fn rank_of_copy(&self, state: &State, database: u32, copy: u32) -> i64 {
        let points = self.points(state, database);
        let lack = self.lack(state, database, copy - 1).max(0) as usize;
        points.len().checked_sub(1 + lack).map_or(0, |at| points[at])
    }

    /// A database's replicas.
    #[must_use]
    pub fn copies(&self, state: &State, database: SharedId) -> Vec<CopyLook> {
        let at = self.database_index(database);
        let copies = self.program.databases[at as usize].replicas;
        let look = |copy| CopyLook {
            behind: self.lack(state, at, copy - 1),
            snapshot: self.rank_of_copy(state, at, copy),
        };
        (1..=copies).map(look).collect()
    }

    /// Commits that may reach replicas.
    pub(in crate::machine) fn copies_behind(
        &self,
        state: &State,
        each: &mut impl FnMut(Choice),
    ) -> bool {
        let mut any = false;
        for (at, declared) in (0..).zip(&self.program.databases) {
            for copy in 0..declared.replicas {
                if self.lack(state, at, copy) > 0 {
                    any = true;
                    each(Choice::Replicate { database: declared.shared, copy });
                }
            }
        }
        any
    }

    /// Whether a replica lacks something.
    #[must_use]
    pub fn is_behind(&self, state: &State, database: SharedId, copy: u32) -> bool {
        self.lack(state, self.database_index(database), copy) > 0
    }

    /// The next commit reaches a replica.
    pub(in crate::machine) fn replicate(
        &self,
        state: &mut State,
        database: SharedId,
        copy: u32,
        watch: &mut impl Watch,
    ) -> Applied {
        let at = self.database_index(database);
        let mut execution = Execution::new(self, state, watch, 0);
        if let Some((_, lacks)) = self.copy_words(at) {
            let left = execution.state.get(lacks + copy as usize) - 1;
            execution.state.set(lacks + copy as usize, left);
            let target = Target { shared: database, element: 0 };
            let fact = DataFact::Applied { database: target, copy: copy + 1, left };
            execution.watch.fact(0, Fact::Data(fact));
            execution.forget_points(at);
            execution.number_anew(at);
            execution.note_data(target);
        }
        execution.applied()
    }
}

impl<W: Watch> Execution<'_, W> {
    /// Something was committed that replicas lack now.
    ///
    /// # Errors
    /// Where there is no room for one more commit under way.
    pub(super) fn add_point(&mut self, database: u32, rank: i64) -> Result<(), Error> {
        let Some((first, lacks)) = self.machine.copy_words(database) else { return Ok(()) };
        let count = self.state.get(first) as usize;
        if first + 1 + count >= lacks {
            return Err(Error::TooMany);
        }
        self.state.set(first + 1 + count, rank);
        self.state.set(first, count as i64 + 1);
        for copy in 0..self.machine.program.databases[database as usize].replicas as usize {
            self.state.set(lacks + copy, self.state.get(lacks + copy) + 1);
        }
        Ok(())
    }

    /// Points that all replicas are past.
    fn forget_points(&mut self, database: u32) {
        let Some((first, lacks)) = self.machine.copy_words(database) else { return };
        let copies = self.machine.program.databases[database as usize].replicas as usize;
        let most = (0..copies).map(|copy| self.state.get(lacks + copy)).max().unwrap_or(0);
        let count = self.state.get(first);
        let gone = (count - 1 - most).max(0) as usize;
        for at in 0..count as usize {
            let later = at + gone;
            let rank = if later < count as usize { self.state.get(first + 1 + later) } else { 0 };
            self.state.set(first + 1 + at, rank);
        }
        self.state.set(first, count - gone as i64);
    }

    pub(super) fn renumber_points(&mut self, database: u32, snapshot_of: impl Fn(i64) -> i64) {
        let Some((first, _)) = self.machine.copy_words(database) else { return };
        for at in first + 1..first + 1 + self.state.get(first) as usize {
            let new = snapshot_of(self.state.get(at));
            if self.state.get(at) != new {
                self.state.set(at, new);
            }
        }
    }
}
