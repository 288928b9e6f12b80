//! Long lists: their beginning, and a button that shows the rest.

use yew::prelude::*;

use super::Look;
use crate::{
    components::{Look as Style, button},
    model::viewing::{Long, View},
};

/// So many are shown of a list that is longer than that; nobody reads more before asking.
const FEW: usize = 40;

/// How many of a list are shown.
pub(super) fn most(look: Look<'_>, list: Long) -> usize {
    let whole = look.state.bench.as_ref().is_some_and(|bench| bench.view.whole.contains(&list));
    if whole { usize::MAX } else { FEW }
}

/// Shows what is left out of a list, if anything is.
pub(super) fn button_for(look: Look<'_>, list: Long, left_out: usize) -> Html {
    if left_out == 0 {
        return html! {};
    }
    button((look.texts.views.more)(left_out), Style::Ghost, look.view(View::Whole(list)))
}
