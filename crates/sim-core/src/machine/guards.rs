//! Breakers and limiters: being let in, and what comes of it.
//!
//! How long a breaker has been open, whether a call was slow, which results are too old, whether a
//! limiter has a token: that is an affair of time, so each is an outcome of its step. Who knows of
//! time picks the one that is so.

use super::execute::Execution;
use super::{Machine, State, Watch};
use crate::program::{
    BREAKER, Breaker, Error, Guarding, Judged, Op, Pc, RESULTS, Reg, SECOND, SharedId, Tally,
    Window,
};
use crate::trace::{Fact, ProcessId, Target};

/// The words of a breaker, from its first; its window follows.
const STATE: usize = 0;
const ADMITTED: usize = 1;
const CALLS: usize = 2;
const FAILED: usize = 3;
const SLOW: usize = 4;
const RESULT: usize = BREAKER as usize;

/// What a process keeps of a breaker that let it in, two bits for each time it is inside, the
/// inmost lowest: the period that let it in is this one, or another.
const THIS_PERIOD: i64 = 1;
const INSIDE_MAX: i64 = 1 << 58;

/// One result in a window that counts calls.
const FAILED_BIT: i64 = 1;
const SLOW_BIT: i64 = 2;
const IN_WORD: i64 = (1 << (2 * RESULTS)) - 1;

/// The outcomes of leaving a breaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leaving {
    /// Which.
    pub target: Target,
    /// A call is slow that took longer, nanoseconds; none where that makes no difference.
    pub slow_after: Option<i64>,
    /// So many seconds or all may be over since the last result; 0 where that makes no difference.
    pub seconds: u32,
}

impl Leaving {
    /// How many outcomes there are.
    #[must_use]
    pub fn outcomes(self) -> u32 {
        (1 + self.seconds) * (1 + u32::from(self.slow_after.is_some()))
    }

    /// The outcome for a call that was slow or not, so many seconds after the last result.
    #[must_use]
    pub fn outcome(self, slow: bool, seconds: u64) -> u32 {
        let seconds = seconds.min(u64::from(self.seconds)) as u32;
        match self.slow_after {
            Some(_) => 2 * seconds + u32::from(slow),
            None => seconds,
        }
    }

    /// Whether the call was slow, and how many seconds are over, by an outcome.
    #[must_use]
    pub fn meant(self, outcome: u32) -> (bool, u32) {
        match self.slow_after {
            Some(_) => (outcome % 2 == 1, outcome / 2),
            None => (false, outcome),
        }
    }
}

impl Machine {
    fn breaker_word(&self, state: &State, breaker: Target, word: usize) -> i64 {
        state.get(self.layout.shared[breaker.shared as usize].element(breaker.element) + word)
    }

    /// The state of a breaker.
    #[must_use]
    pub fn guarding(&self, state: &State, breaker: Target) -> Guarding {
        Guarding::from_code(self.breaker_word(state, breaker, STATE))
    }

    /// What a breaker's window comes to.
    #[must_use]
    pub fn tally(&self, state: &State, breaker: Target) -> Tally {
        let word = |word| self.breaker_word(state, breaker, word) as u32;
        Tally { calls: word(CALLS), failed: word(FAILED), slow: word(SLOW) }
    }

    /// How many calls a breaker has let in while it is half open.
    #[must_use]
    pub fn probing(&self, state: &State, breaker: Target) -> i64 {
        self.breaker_word(state, breaker, ADMITTED)
    }

    /// The results in a breaker's window, the oldest first: whether each failed, and was slow. A
    /// window of time has none of its own.
    #[must_use]
    pub fn results(&self, state: &State, breaker: Target) -> Vec<(bool, bool)> {
        let Some(declared) = self.program.breaker(breaker.shared) else { return Vec::new() };
        let calls = self.breaker_word(state, breaker, CALLS) as usize;
        if !is_by_call(declared, self.guarding(state, breaker)) {
            return Vec::new();
        }
        let one = |at: usize| {
            let cell = self.cell(state, breaker, at);
            (cell & FAILED_BIT != 0, cell & SLOW_BIT != 0)
        };
        (0..calls).rev().map(one).collect()
    }

    /// The results in each second of a window of time, the oldest first.
    #[must_use]
    pub fn seconds(&self, state: &State, breaker: Target) -> Vec<Tally> {
        let Some(Breaker { window: Window::Seconds(seconds), .. }) =
            self.program.breaker(breaker.shared)
        else {
            return Vec::new();
        };
        if self.guarding(state, breaker) == Guarding::HalfOpen {
            return Vec::new();
        }
        let one = |nth: u32| {
            let at = RESULT + (nth * SECOND) as usize;
            let word = |more: usize| self.breaker_word(state, breaker, at + more) as u32;
            Tally { calls: word(0), failed: word(1), slow: word(2) }
        };
        (0..*seconds).rev().map(one).collect()
    }

    fn cell(&self, state: &State, breaker: Target, at: usize) -> i64 {
        let per = RESULTS as usize;
        self.breaker_word(state, breaker, RESULT + at / per) >> (2 * (at % per)) & 3
    }

    /// True while a process is inside a breaker.
    #[must_use]
    pub fn is_inside(&self, state: &State, process: ProcessId, breaker: Target) -> bool {
        state.held(&self.layout, process, breaker) != 0
    }

    /// The outcomes that leaving a breaker has for a process that is about to.
    #[must_use]
    pub fn leaving(&self, state: &State, process: ProcessId, pc: Pc) -> Option<Leaving> {
        let Op::Report { breaker, error, .. } = self.program.code[pc as usize] else { return None };
        let target = self.target(state, process, pc)?;
        let declared = self.program.breaker(breaker)?;
        let mut leaving = Leaving { target, slow_after: None, seconds: 0 };
        let registers = state.registers(&self.layout, process);
        let error = error.map(|register| Error::from_code(registers[register as usize]));
        let here = state.held(&self.layout, process, target) & 3 == THIS_PERIOD;
        if !here || declared.result(error) == Judged::Ignored {
            return Some(leaving);
        }
        leaving.slow_after = declared.slow_after;
        if let (Window::Seconds(seconds), Guarding::Closed) =
            (declared.window, self.guarding(state, target))
            && self.breaker_word(state, target, CALLS) > 0
        {
            leaving.seconds = seconds;
        }
        Some(leaving)
    }

    /// How many outcomes a step has that begins at a breaker or limiter.
    pub(super) fn guard_outcomes(&self, state: &State, process: ProcessId, pc: Pc) -> u32 {
        match self.program.code[pc as usize] {
            Op::Admit { .. } => match self.target(state, process, pc) {
                Some(target) if self.guarding(state, target) == Guarding::Open => 2,
                _ => 1,
            },
            Op::Report { .. } => self.leaving(state, process, pc).map_or(1, Leaving::outcomes),
            Op::Token { limiter, got, .. } => match self.target(state, process, pc) {
                Some(_) if got.is_some() || self.turns_away(limiter) => 2,
                _ => 1,
            },
            _ => 1,
        }
    }

    /// True where the first outcome of a step is one that time decides.
    #[must_use]
    pub fn asks_time(&self, state: &State, process: ProcessId, pc: Pc) -> bool {
        match self.program.code[pc as usize] {
            Op::Admit { .. } => self.guard_outcomes(state, process, pc) > 1,
            Op::Report { .. } | Op::Token { .. } => self.target(state, process, pc).is_some(),
            _ => false,
        }
    }

    /// Of an outcome of a step the part that time decides, which comes first.
    #[must_use]
    pub fn part_of_time(&self, state: &State, process: ProcessId, pc: Pc, outcome: u32) -> u32 {
        if !self.is_drawing(pc) {
            return outcome;
        }
        let path = self.path_of(state, process, pc, outcome);
        path.first().copied().filter(|_| self.asks_time(state, process, pc)).unwrap_or(0)
    }

    /// True for a limiter that turns away who finds no token.
    pub(super) fn turns_away(&self, limiter: SharedId) -> bool {
        self.program.limiter(limiter).is_some_and(|limiter| limiter.rejects)
    }

    /// True where a process waits for a token.
    #[must_use]
    pub fn awaits_token(&self, pc: Pc) -> bool {
        match self.program.code[pc as usize] {
            Op::Token { limiter, got: None, .. } => !self.turns_away(limiter),
            _ => false,
        }
    }
}

/// True where results are kept one by one.
fn is_by_call(breaker: &Breaker, guarding: Guarding) -> bool {
    matches!(breaker.window, Window::Calls(_)) || guarding == Guarding::HalfOpen
}

impl<W: Watch> Execution<'_, W> {
    /// A process asks a breaker to be let in.
    pub(super) fn admit(&mut self, breaker: SharedId, index: Option<Reg>) -> Result<(), Error> {
        let target = self.element(breaker, index)?;
        let machine = self.machine;
        let Some(declared) = machine.program.breaker(breaker) else { return Ok(()) };
        self.note_read(target);
        let mut guarding = machine.guarding(self.state, target);
        if guarding == Guarding::Open && self.outcome(2) == 1 {
            self.switch(target, Guarding::HalfOpen);
            guarding = Guarding::HalfOpen;
        }
        let probe = guarding == Guarding::HalfOpen;
        let is_full = probe && machine.probing(self.state, target) >= declared.probes;
        if guarding == Guarding::Open || is_full {
            self.tell(self.process, Fact::KeptOut { target });
            self.tell(self.process, Fact::Raised { error: Error::Open });
            return Err(Error::Open);
        }
        let at = machine.layout.hold_word(self.process, breaker, target.element);
        let at = at.expect("who asks a breaker keeps what it said");
        let inside = self.state.get(at);
        if inside >= INSIDE_MAX {
            return Err(Error::TooMany);
        }
        self.note_write(target);
        self.state.set(at, inside << 2 | THIS_PERIOD);
        if probe {
            self.change_breaker(target, ADMITTED, 1);
        }
        self.tell(self.process, Fact::LetIn { target, probe });
        Ok(())
    }

    /// A process leaves a breaker: well, or by an error.
    pub(super) fn report(
        &mut self,
        breaker: SharedId,
        index: Option<Reg>,
        error: Option<Reg>,
    ) -> Result<(), Error> {
        let target = self.element(breaker, index)?;
        let machine = self.machine;
        let Some(declared) = machine.program.breaker(breaker) else { return Ok(()) };
        let Some(at) = machine.layout.hold_word(self.process, breaker, target.element) else {
            return Ok(());
        };
        self.note_read(target);
        let leaving = match self.state.position(&machine.layout, self.process) {
            super::Position::At(pc) => machine.leaving(self.state, self.process, pc),
            _ => None,
        };
        let leaving = leaving.unwrap_or(Leaving { target, slow_after: None, seconds: 0 });
        let (slow, seconds) = leaving.meant(self.outcome(leaving.outcomes()));
        self.note_write(target);
        let inside = self.state.get(at);
        self.state.set(at, inside >> 2);
        let error = error.map(|register| Error::from_code(self.register(register)));
        let judged = declared.result(error);
        let guarding = machine.guarding(self.state, target);
        let counts = inside & 3 == THIS_PERIOD && judged != Judged::Ignored;
        if counts {
            self.take_result(target, declared, (judged == Judged::Failed, slow), seconds);
        } else if inside & 3 == THIS_PERIOD && guarding == Guarding::HalfOpen {
            // What tells nothing leaves its place to another.
            self.change_breaker(target, ADMITTED, -1);
        }
        let tally = machine.tally(self.state, target);
        self.tell(self.process, Fact::Settled { target, judged, slow, counts, tally });
        if counts && i64::from(tally.calls) >= declared.enough(guarding) {
            if declared.trips(tally) {
                self.switch(target, Guarding::Open);
            } else if guarding == Guarding::HalfOpen {
                self.switch(target, Guarding::Closed);
            }
        }
        Ok(())
    }

    fn change_breaker(&mut self, breaker: Target, word: usize, by: i64) {
        if by != 0 {
            self.note_write(breaker);
            let at = self.at(breaker) + word;
            self.state.set(at, self.state.get(at) + by);
        }
    }

    /// A result goes into the window, and what is too old goes out.
    fn take_result(
        &mut self,
        target: Target,
        breaker: &Breaker,
        (failed, slow): (bool, bool),
        seconds: u32,
    ) {
        let guarding = self.machine.guarding(self.state, target);
        if is_by_call(breaker, guarding) {
            let most = match (breaker.window, guarding) {
                (Window::Calls(calls), Guarding::Closed) => calls as usize,
                _ => breaker.probes as usize,
            };
            self.push_result(target, most, i64::from(failed) | i64::from(slow) << 1);
        } else {
            self.forget_seconds(target, breaker, seconds);
            let first = RESULT;
            for (word, by) in [(0, 1), (1, i64::from(failed)), (2, i64::from(slow))] {
                self.change_breaker(target, first + word, by);
            }
        }
        self.change_breaker(target, CALLS, 1);
        self.change_breaker(target, FAILED, i64::from(failed));
        self.change_breaker(target, SLOW, i64::from(slow));
    }

    fn push_result(&mut self, target: Target, most: usize, result: i64) {
        let calls = self.machine.breaker_word(self.state, target, CALLS) as usize;
        let first = self.at(target) + RESULT;
        let per = RESULTS as usize;
        if calls == most {
            let oldest = self.machine.cell(self.state, target, most - 1);
            self.change_breaker(target, CALLS, -1);
            self.change_breaker(target, FAILED, -i64::from(oldest & FAILED_BIT != 0));
            self.change_breaker(target, SLOW, -i64::from(oldest & SLOW_BIT != 0));
            let at = first + (most - 1) / per;
            self.state.set(at, self.state.get(at) & !(3 << (2 * ((most - 1) % per))));
        }
        let mut carried = result;
        for at in first..first + most.div_ceil(per) {
            let word = self.state.get(at);
            let new = (word << 2 | carried) & IN_WORD;
            carried = word >> (2 * (RESULTS - 1)) & 3;
            if new != word {
                self.state.set(at, new);
            }
        }
    }

    /// So many seconds are over since the last result.
    fn forget_seconds(&mut self, target: Target, breaker: &Breaker, over: u32) {
        let Window::Seconds(seconds) = breaker.window else { return };
        let first = self.at(target) + RESULT;
        let second = |nth: u32| first + (nth * SECOND) as usize;
        for nth in (0..seconds).rev() {
            for word in 0..SECOND as usize {
                let at = second(nth) + word;
                let old = self.state.get(at);
                if nth + over >= seconds {
                    self.change_breaker(target, [CALLS, FAILED, SLOW][word], -old);
                } else if over > 0 {
                    self.state.set(second(nth + over) + word, old);
                }
                if over > 0 && old != 0 {
                    self.state.set(at, 0);
                }
            }
        }
    }

    /// A breaker begins another period: nothing is known, and who is inside was let in by another.
    fn switch(&mut self, target: Target, to: Guarding) {
        let machine = self.machine;
        let from = machine.guarding(self.state, target);
        let tally = machine.tally(self.state, target);
        self.note_write(target);
        let slot = machine.layout.shared[target.shared as usize];
        let first = slot.element(target.element);
        for at in first..first + slot.width as usize {
            if self.state.get(at) != 0 {
                self.state.set(at, 0);
            }
        }
        self.state.set(first + STATE, to.code());
        for (class, held) in machine.layout.holds.iter().enumerate() {
            if !held.contains(&target.shared) {
                continue;
            }
            for process in machine.layout.classes[class].clone() {
                let at = machine.layout.hold_word(process, target.shared, target.element);
                let Some(at) = at else { continue };
                let inside = self.state.get(at);
                let now = inside & 0x1555_5555_5555_5555;
                if now != 0 {
                    self.state.set(at, inside ^ now ^ now << 1);
                }
            }
        }
        self.tell(self.process, Fact::Switched { target, from, to, tally });
    }

    /// Who is gone is inside no breaker: of its call nothing will be known. While half open its
    /// place stays taken.
    pub(super) fn leave_breakers(&mut self) {
        let machine = self.machine;
        let class = machine.layout.processes[self.process as usize].class;
        for &held in &machine.layout.holds[class as usize] {
            if machine.program.breaker(held).is_none() {
                continue;
            }
            for element in 0..machine.layout.shared[held as usize].length {
                if let Some(at) = machine.layout.hold_word(self.process, held, element)
                    && self.state.get(at) != 0
                {
                    self.state.set(at, 0);
                }
            }
        }
    }

    /// A process takes a token, or finds none.
    pub(super) fn token(
        &mut self,
        pc: Pc,
        limiter: SharedId,
        index: Option<Reg>,
        got: Option<Reg>,
    ) -> Result<(), Error> {
        let target = self.element(limiter, index)?;
        let ways = 1 + u32::from(got.is_some() || self.machine.turns_away(limiter));
        let finds_none = self.outcome(ways) == 1;
        match (finds_none, got) {
            (false, _) => {
                let further = got.is_some();
                self.tell(self.process, Fact::GotToken { target, further });
            }
            (true, Some(_)) => self.tell(self.process, Fact::NoToken { target }),
            (true, None) => {
                self.tell(self.process, Fact::TurnedAway { target });
                self.tell(self.process, Fact::Raised { error: Error::Rejected });
                return Err(Error::Rejected);
            }
        }
        if let Some(register) = got {
            self.set_local(pc, register, i64::from(!finds_none));
        }
        Ok(())
    }
}
