//! The signs of what matters along a line, each a shape of its own: red only for what is broken.

use yew::prelude::*;

use crate::draw::scrub::Sign;

/// A sign of 12 by 12 pixels with this corner.
pub(super) fn sign(sign: Sign, x: f64, y: f64) -> Html {
    let (class, path) = match sign {
        Sign::Broke => ("sign-broke", "M6 1l6 10.5H0z"),
        Sign::Failed => ("sign-failed", "M2 2l8 8M10 2l-8 8"),
        Sign::Fault => ("sign-fault", "M7.5 0L2 7h3.5L4 12l6-7.5H6.5z"),
        Sign::Expired => ("sign-over", "M2 1h8M2 11h8M3 1c0 4 6 6 6 10M9 1c0 4-6 6-6 10"),
        Sign::TimedOut => ("sign-over", "M6 1a5 5 0 1 1 0 10A5 5 0 1 1 6 1zM6 3.5V6l2 1.5"),
        Sign::Note => ("sign-note", "M1 1.5h10v7H6L3 11.5v-3H1z"),
    };
    html! { <path {class} d={path} transform={format!("translate({x:.0} {y:.0})")}/> }
}
