//! Breakers and limiters under parameters, and what is asked of a breaker.

use super::{Compiler, expression::Operand, expression::Value, options::Chosen};
use crate::{
    lang::{
        check::{KINDS, WHEN_EMPTY, WINDOW},
        names::{Kind, Symbol},
        tree::{ExprKind, Options, Path, SharedTreeKind, Target},
    },
    program::{
        Breaker, Details, Error, Gauge, Guarding, Limiter, LimiterKind, Op, RATE_HOUR, Reg,
        SLIDING_MAX, SharedId, Span, WHOLE, WINDOW_CALLS, WINDOW_SECONDS, Window,
    },
    say::diagnostics::Message,
};

const SECOND: i64 = 1_000_000_000;
/// Resilience4j's defaults.
const CALLS: i64 = 100;
const OPEN: i64 = 60 * SECOND;
const PROBES: i64 = 10;

impl Compiler<'_> {
    pub(super) fn breaker(&mut self, options: &Options) -> Details {
        let window = self.window_of(options);
        let failures = self.share_of(options, "failures", WHOLE / 2);
        let slow = self.share_of(options, "slow", WHOLE);
        let slow_after = self.duration(options, "slow_after").flatten();
        let minimum = self.whole_of(options, "minimum", CALLS, (1, WINDOW_CALLS));
        let open = self.duration(options, "open").flatten().unwrap_or(OPEN);
        let probes = self.whole_of(options, "probes", PROBES, (1, WINDOW_CALLS));
        let ignored = self.errors_of(options, "ignore", "none").unwrap_or_default();
        let failing = self.errors_of(options, "on", "all");
        let labels = Guarding::ALL.map(|guarding| self.intern(guarding.word()));
        self.breakers.push(Breaker {
            window,
            failures,
            slow,
            slow_after,
            minimum,
            open,
            probes,
            ignored,
            failing,
            labels,
        });
        Details::Breaker(self.breakers.len() as u32 - 1)
    }

    fn window_of(&mut self, options: &Options) -> Window {
        let Some(option) = options.get("window") else { return Window::Calls(CALLS as u32) };
        let operand = self.operand(option.value(), None);
        let found = operand.constant().unwrap_or_default();
        if operand.kind != Kind::Duration {
            let calls = self.bounded(found, &option.value().span, (1, WINDOW_CALLS));
            return Window::Calls(calls as u32);
        }
        let span = &option.value().span;
        if found % SECOND != 0 {
            let found = crate::program::spell_duration(found);
            self.code.error(span, Message::WholeSeconds { found });
        }
        Window::Seconds(self.bounded(found / SECOND, span, (1, WINDOW_SECONDS)) as u32)
    }

    /// A number within bounds, reported where it is not.
    fn bounded(&mut self, found: i64, span: &Span, (least, greatest): (i64, i64)) -> i64 {
        if found < least {
            self.code.error(span, Message::TooSmall { found, least });
        } else if found > greatest {
            self.code.error(span, Message::TooGreat { found, greatest });
        }
        found.clamp(least, greatest)
    }

    fn whole_of(&mut self, options: &Options, name: &str, default: i64, bounds: (i64, i64)) -> i64 {
        let Some(option) = options.get(name) else { return default };
        let found = self.constant(option.value());
        self.bounded(found, &option.value().span, bounds)
    }

    fn share_of(&mut self, options: &Options, name: &str, default: i64) -> i64 {
        options.get(name).map_or(default, |option| self.part(option.value(), name))
    }

    /// The errors that an option names; `None` where it is not set, or to the word for a rule.
    fn errors_of(&mut self, options: &Options, name: &str, word: &str) -> Option<Vec<Error>> {
        let option = options.get(name)?;
        let mut errors = Vec::new();
        for value in &option.values {
            let ExprKind::Name(text) = &value.kind else { continue };
            match self.names.error_code(text) {
                Some(code) => errors.push(Error::from_code(code)),
                None if text == word => return None,
                None => {}
            }
        }
        Some(errors)
    }

    pub(super) fn limiter(&mut self, options: &Options) -> Details {
        let rate = options.get("rate").map_or(0, |option| self.constant(option.value())).max(0);
        let burst = self.whole_of(options, "burst", 1, (0, i64::from(u32::MAX)));
        let word = |chosen: Option<Chosen>, default: &str| match chosen {
            Some(Chosen::Word(word)) => word,
            _ => default.to_owned(),
        };
        let kind = word(self.chosen(options, "kind", &KINDS), "bucket");
        let (most, window) = window_for(rate);
        let kind = match kind.as_str() {
            "fixed" => LimiterKind::Fixed { most, window },
            "sliding" => {
                if most > SLIDING_MAX
                    && let Some(option) = options.get("rate")
                {
                    let message = Message::TooGreat { found: most, greatest: SLIDING_MAX };
                    self.code.error(&option.value().span, message);
                }
                LimiterKind::Sliding { most: most.min(SLIDING_MAX), window }
            }
            _ => LimiterKind::Bucket,
        };
        let rejects = word(self.chosen(options, "when_empty", &WHEN_EMPTY), "reject") == "reject";
        let max_wait = self.duration(options, "max_wait").flatten().filter(|_| !rejects);
        let earn = match self.chosen(options, "earn", &["none"]) {
            Some(Chosen::Value(_)) => self.share_of(options, "earn", 0),
            _ => 0,
        };
        if earn > 0
            && kind != LimiterKind::Bucket
            && let Some(option) = options.get("earn")
        {
            self.code.error(&option.value().span, Message::EarnsInBucket);
        }
        self.limiters.push(Limiter { rate, burst, kind, rejects, max_wait, earn });
        Details::Limiter(self.limiters.len() as u32 - 1)
    }

    /// The limiter that further tries of a `retry` take tokens from.
    pub(super) fn budget(&mut self, options: &Options) -> Option<SharedId> {
        let option = options.get("budget")?;
        let limiter = self.named(option.value())?;
        matches!(self.details.get(limiter as usize), Some(Details::Limiter(_))).then_some(limiter)
    }

    /// True for a limiter of which first tries earn tokens.
    pub(super) fn earns(&self, limiter: SharedId) -> bool {
        match self.details.get(limiter as usize) {
            Some(Details::Limiter(at)) => {
                self.limiters.get(*at as usize).is_some_and(|limiter| limiter.earn > 0)
            }
            _ => false,
        }
    }

    /// What is asked of a breaker's window.
    pub(super) fn window_asked(
        &mut self,
        path: &Path,
        span: &Span,
        register: impl FnOnce(&mut Self) -> Reg,
    ) -> Option<Operand> {
        let Some(Symbol::Shared(at)) = self.names.find(&path.name.text) else { return None };
        let [window, what] = &path.fields[..] else { return None };
        let is_breaker = matches!(self.tree.shared[at].kind, SharedTreeKind::Breaker);
        if !is_breaker || window.text != "window" || !WINDOW.contains(&what.text.as_str()) {
            return None;
        }
        let mark = self.code.mark();
        let (name, index) = (path.name.clone(), path.index.clone());
        let (_, index) = self.thing(&Target { name, index, span: span.clone() })?;
        let index = self.code.index_register(index, span);
        self.code.give_back(mark);
        let to = register(self);
        let gauge = if what.text == "calls" { Gauge::WindowCalls } else { Gauge::WindowFailures };
        let op = Op::Gauge { to, of: at as SharedId, index, gauge };
        if index.is_some() {
            self.code.emit_raising(op, span)
        } else {
            self.code.emit(op, span)
        }
        Some(Operand { value: Value::Register(to), kind: Kind::Int })
    }
}

/// How many may pass in which time, for limiters that count by windows: in the shortest of a
/// second, a minute and an hour in which the rate allows a whole number.
fn window_for(rate: i64) -> (i64, i64) {
    let windows = [SECOND, 60 * SECOND, 3_600 * SECOND];
    let passes = |window: i64| i128::from(rate) * i128::from(window);
    let whole =
        windows.into_iter().find(|window| rate > 0 && passes(*window) % i128::from(RATE_HOUR) == 0);
    let some = windows.into_iter().find(|window| passes(*window) >= i128::from(RATE_HOUR));
    match whole.or(some) {
        Some(window) => ((passes(window) / i128::from(RATE_HOUR)) as i64, window),
        None => (rate, RATE_HOUR),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_are_as_short_as_whole_numbers_allow() {
        let per_second = 3_600_000;
        assert_eq!(window_for(100 * per_second), (100, SECOND));
        assert_eq!(window_for(per_second * 10 / 60), (10, 60 * SECOND));
        assert_eq!(window_for(per_second * 5 / 2), (150, 60 * SECOND));
        assert_eq!(window_for(7_000), (7, 3_600 * SECOND));
        assert_eq!(window_for(1), (1, RATE_HOUR));
        assert_eq!(window_for(0), (0, RATE_HOUR));
        assert_eq!(window_for(per_second * 2 + 1), (2, SECOND));
    }
}
