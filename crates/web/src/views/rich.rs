//! Texts of lessons and of the engine as elements.

use lessons::{Block, Inline};
use sim_core::say::Piece;
use yew::prelude::*;

/// Blocks of a lesson's text.
pub(super) fn blocks(blocks: &[Block]) -> Html {
    let block = |block: &Block| match block {
        Block::Paragraph(pieces) => html! { <p>{ inlines(pieces) }</p> },
        Block::Bullets(items) => html! {
            <ul>{ for items.iter().map(|item| html! { <li>{ inlines(item) }</li> }) }</ul>
        },
        Block::Numbered(items) => html! {
            <ol>{ for items.iter().map(|item| html! { <li>{ inlines(item) }</li> }) }</ol>
        },
        Block::Listing(text) => html! { <pre class="listing" tabindex="0">{ *text }</pre> },
    };
    html! { <>{ for blocks.iter().map(block) }</> }
}

/// Pieces of a line of a lesson's text.
pub(super) fn inlines(pieces: &[Inline]) -> Html {
    let piece = |piece: &Inline| match piece {
        Inline::Plain(text) => html! { { *text } },
        Inline::Strong(text) => html! { <strong>{ *text }</strong> },
        Inline::Emphasis(text) => html! { <em>{ *text }</em> },
        Inline::Code(text) => html! { <code>{ *text }</code> },
        Inline::Link(words, to) => link(words, to),
    };
    html! { <>{ for pieces.iter().map(piece) }</> }
}

/// A term, a lesson, a page, or something elsewhere, which opens beside this page.
fn link(words: &'static str, to: &'static str) -> Html {
    match to.split_once(':') {
        Some(("term", id)) => {
            html! { <a class="term" href={format!("#/glossary/{id}")}>{ words }</a> }
        }
        Some(("lesson", id)) => html! { <a href={format!("#/lesson/{id}")}>{ words }</a> },
        Some(("page", id)) => html! { <a href={format!("#/{id}")}>{ words }</a> },
        _ => html! { <a class="outside" href={to} target="_blank" rel="noopener">{ words }</a> },
    }
}

/// Words of the engine.
pub(super) fn pieces(pieces: &[Piece]) -> Html {
    let piece = |piece: &Piece| match piece {
        Piece::Word(text) => html! { { text } },
        Piece::Code(text) => html! { <code>{ text }</code> },
    };
    html! { <>{ for pieces.iter().map(piece) }</> }
}

/// A text with names in backticks.
pub(super) fn ticked(text: &str) -> Html {
    let parts = text.split('`').enumerate().map(|(at, part)| {
        if at % 2 == 1 {
            html! { <code>{ part.to_owned() }</code> }
        } else {
            html! { { part.to_owned() } }
        }
    });
    html! { <>{ for parts }</> }
}
