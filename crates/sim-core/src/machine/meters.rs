//! Gauges of services: how many calls are where, of one replica or of all.

use super::execute::Execution;
use super::{Machine, Position, State, Watch};
use crate::program::{Error, Gauge, Reg, SharedId};
use crate::trace::Target;

impl Machine {
    /// A gauge of a service or of one of its replicas.
    pub(super) fn service_gauge(&self, state: &State, target: Target, gauge: Gauge) -> i64 {
        let length = self.layout.shared[target.shared as usize].length;
        let elements = if target.is_all() { 0..length } else { target.element..target.element + 1 };
        let sum = |of: &dyn Fn(Target) -> i64| -> i64 {
            elements.clone().map(|element| of(Target { element, ..target })).sum()
        };
        match gauge {
            Gauge::Busy => sum(&|at| self.workers_busy(state, at)),
            Gauge::Queued => sum(&|at| self.requests_queued(state, at)),
            Gauge::Computing => sum(&|at| self.cores_busy(state, at)),
            Gauge::Replicas => sum(&|at| i64::from(!self.is_down(state, at))),
            Gauge::InFlight if target.is_all() => self.calls_under_way(state, target.shared),
            Gauge::InFlight => {
                sum(&|at| self.workers_busy(state, at) + self.requests_queued(state, at))
            }
            _ => 0,
        }
    }

    /// How many calls of a service have left and are not over.
    fn calls_under_way(&self, state: &State, service: SharedId) -> i64 {
        let Some(service) = self.program.service(service) else { return 0 };
        let rooms = service
            .handlers
            .iter()
            .flat_map(|handler| self.layout.classes[handler.class as usize].clone());
        let here = |room: &u32| !matches!(state.position(&self.layout, *room), Position::Absent);
        rooms.filter(here).count() as i64
    }
}

impl<W: Watch> Execution<'_, W> {
    /// What a gauge is read of; of a service without an index that is all of it.
    pub(super) fn gauged(&mut self, of: SharedId, index: Option<Reg>) -> Result<Target, Error> {
        if index.is_some() || self.machine.program.service(of).is_none() {
            let target = self.element(of, index)?;
            self.note_read(target);
            return Ok(target);
        }
        for element in 0..self.machine.layout.shared[of as usize].length {
            self.note_read(Target { shared: of, element });
        }
        Ok(Target::all(of))
    }
}
