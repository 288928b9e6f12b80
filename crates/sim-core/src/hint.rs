//! A word before a search explodes: about how many schedules there are, and which parameter to
//! lower.

use crate::explore::estimate;
use crate::lang::{ParamKind, Scenario, Value, Values};
use serde::{Deserialize, Serialize};

/// From this power of ten on there is something to say. Searches of fewer schedules hardly ever
/// take more than some seconds.
const LARGE: u32 = 9;

/// What to say before a large search.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hint {
    /// About so many schedules, as a power of ten.
    pub exponent: u32,
    /// The parameter that shrinks this most when it is one less.
    pub lower: Option<String>,
}

/// About how many schedules a scenario has with these values, if they are very many.
#[must_use]
pub fn hint(scenario: &Scenario, values: &Values) -> Option<Hint> {
    let exponent = estimate(&scenario.bind(values).ok()?);
    if exponent < LARGE {
        return None;
    }
    let lowered = scenario.params().iter().filter_map(|param| {
        let ParamKind::Int { least, .. } = param.kind else { return None };
        let now = match values.get(&param.name).cloned().unwrap_or(param.default_value()) {
            Value::Int(now) if now > least => now,
            _ => return None,
        };
        let mut fewer = values.clone();
        fewer.set(scenario.params(), &param.name, &(now - 1).to_string()).ok()?;
        let smaller = estimate(&scenario.bind(&fewer).ok()?);
        (smaller < exponent).then_some((smaller, param.name.clone()))
    });
    let lower = lowered.min_by_key(|(smaller, _)| *smaller).map(|(_, name)| name);
    Some(Hint { exponent, lower })
}
