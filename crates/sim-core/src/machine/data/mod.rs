//! Rows and transactions, as PostgreSQL has them.

use super::execute::Execution;
use super::{Applied, Blocked, Machine, State, Watch};
use crate::program::{Error, Isolation, Pc, Reg, SharedId};
use crate::trace::{Choice, ProcessId};

/// What a statement is given.
#[derive(Clone, Copy, Debug)]
pub(super) struct Given {
    pub(super) query: u32,
    pub(super) key: Option<Reg>,
    pub(super) first: Reg,
    pub(super) values: u16,
}

impl Machine {
    pub(super) fn waits_for_row(&self, _state: &State, _process: ProcessId) -> Option<Blocked> {
        todo!()
    }

    pub(super) fn copies_behind(&self, _state: &State, _each: &mut impl FnMut(Choice)) -> bool {
        false
    }

    pub(super) fn replicate(
        &self,
        _state: &mut State,
        _database: SharedId,
        _copy: u32,
        _watch: &mut impl Watch,
    ) -> Applied {
        todo!()
    }
}

impl<W: Watch> Execution<'_, W> {
    pub(super) fn begin_data(
        &mut self,
        _database: SharedId,
        _level: Isolation,
        _copy: Option<Reg>,
    ) {
        todo!()
    }

    pub(super) fn commit_data(&mut self, _database: SharedId) -> Result<(), Error> {
        todo!()
    }

    pub(super) fn roll_back(&mut self, _database: SharedId) {
        todo!()
    }

    pub(super) fn abort_data(&mut self, _database: SharedId) {
        todo!()
    }

    pub(super) fn statement(
        &mut self,
        _pc: Pc,
        _given: Given,
        _to: (Reg, u16),
    ) -> Result<Pc, Error> {
        todo!()
    }
}
