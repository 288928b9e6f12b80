//! What theory assumes, and why it says nothing where that does not hold.

use serde::{Deserialize, Serialize};

/// What theory assumes and does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyNot {
    /// There are several replicas, each with a line of its own.
    Replicas,
    /// Nobody waits: workers are without a limit.
    Unlimited,
    /// There are fewer cores than workers.
    Cores,
    /// The newest is served first.
    Order,
    /// Somebody gives up waiting.
    GivesUp,
    /// Something goes wrong.
    Faults,
    /// It has several handlers.
    Handlers,
    /// Its work is not one exponential or fixed time.
    Work,
    /// It is called from several places, or from none.
    Callers,
    /// Calls do not come as if by chance.
    Arrivals,
    /// Who was served or turned away may call again.
    ComesAgain,
    /// Calls are lost or doubled on the way.
    Wire,
    /// More comes than can be served: the line grows for ever.
    Overload,
    /// There is no formula for it.
    NoFormula,
}

impl WhyNot {
    /// All of them.
    pub const ALL: [WhyNot; 14] = [
        WhyNot::Replicas,
        WhyNot::Unlimited,
        WhyNot::Cores,
        WhyNot::Order,
        WhyNot::GivesUp,
        WhyNot::Faults,
        WhyNot::Handlers,
        WhyNot::Work,
        WhyNot::Callers,
        WhyNot::Arrivals,
        WhyNot::ComesAgain,
        WhyNot::Wire,
        WhyNot::Overload,
        WhyNot::NoFormula,
    ];

    /// Its name, as JSON uses it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            WhyNot::Replicas => "replicas",
            WhyNot::Unlimited => "unlimited",
            WhyNot::Cores => "cores",
            WhyNot::Order => "order",
            WhyNot::GivesUp => "gives_up",
            WhyNot::Faults => "faults",
            WhyNot::Handlers => "handlers",
            WhyNot::Work => "work",
            WhyNot::Callers => "callers",
            WhyNot::Arrivals => "arrivals",
            WhyNot::ComesAgain => "comes_again",
            WhyNot::Wire => "wire",
            WhyNot::Overload => "overload",
            WhyNot::NoFormula => "no_formula",
        }
    }
}
