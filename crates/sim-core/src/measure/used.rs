//! Shares: how much of what there is is taken.

use super::fraction::Fraction;
use super::key::Whom;
use super::meter::Meter;
use crate::program::{Details, Program, SharedKind};

/// The gauge of what is taken, and how much there is of it: of an element, or of each living replica.
/// `None` where there is no most.
pub(super) fn most(program: &Program, whom: Whom) -> Option<(&'static str, i64)> {
    let Whom::Shared(shared) = whom else { return None };
    if let Some(service) = program.service(shared) {
        let workers = service.workers.map(|workers| ("busy", i64::from(workers)));
        return workers.or_else(|| Some(("computing", i64::from(service.cores?))));
    }
    let shared = &program.shared[shared as usize];
    match (shared.kind, shared.details) {
        (_, Details::Semaphore { permits, .. }) => Some(("busy", permits)),
        (SharedKind::Lock, _) => Some(("busy", 1)),
        _ => None,
    }
}

/// How many elements a subject has.
pub(super) fn elements(meter: &Meter, program: &Program, subject: u32) -> i128 {
    let subject = meter.store.subjects[subject as usize];
    match subject.whom {
        Whom::Shared(shared) if subject.element.is_none() => {
            program.shared[shared as usize].initial.len() as i128
        }
        _ => 1,
    }
}

impl Meter {
    /// Which share of what there is of a subject was taken, over time.
    pub(super) fn utilization(&self, program: &Program, subject: u32) -> Option<Fraction> {
        let (word, each) = most(program, self.store.subjects[subject as usize].whom)?;
        let taken = self.level(&[subject], word)?.area;
        // Of a service those replicas that live.
        let there = match self.level(&[subject], "replicas") {
            Some(replicas) => replicas.area,
            None => i128::from(self.measured()) * elements(self, program, subject),
        };
        Fraction::new(taken, there.checked_mul(i128::from(each))?)
    }
}
