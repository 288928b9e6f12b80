//! The words of a `schedule`, as typed on the command line or kept in a link.

use super::{
    compile::find_pick,
    diagnostic::{Diagnostic, Diagnostics},
    limits, parser,
    tree::PickTree,
    words as vocabulary,
};
use crate::{
    program::{Pick, Program},
    say::diagnostics::{Ceiling, Message, Thing},
};

/// Reads picks such as `client[1] client[2] * 3 client[1]:2` for a program.
///
/// # Errors
/// Words that are no picks, and processes that the program does not have; places are those in
/// `words`.
pub fn parse_picks(program: &Program, words: &str) -> Result<Vec<Pick>, Vec<Diagnostic>> {
    if words.len() > limits::TEXT_BYTES {
        let most = limits::TEXT_BYTES as u64;
        let message = Message::TooMuch { what: Ceiling::TextBytes, most };
        return Err(vec![Diagnostic::error(0..0, message)]);
    }
    let mut diagnostics = Diagnostics::default();
    let trees = parser::parse_pick_words(words, &mut diagnostics);
    let mut picks = Vec::new();
    for tree in &trees {
        match find_pick(program, tree) {
            Some(pick) => picks.push(pick),
            None => diagnostics.error(tree.span.clone(), why_none(program, tree)),
        }
    }
    if diagnostics.is_empty() { Ok(picks) } else { Err(diagnostics.sorted()) }
}

fn why_none(program: &Program, tree: &PickTree) -> Message {
    let name = tree.name.text.clone();
    let word = match tree.number {
        Some(number) => format!("{name}[{number}]"),
        None => name.clone(),
    };
    if let Some(to) = &tree.to {
        return Message::NoLink { from: name, to: to.text.clone() };
    }
    if tree.verb.is_of_shared() {
        return match program.shared.iter().find(|shared| shared.name == name) {
            Some(shared) if shared.array && tree.number.is_none() => {
                Message::PickNeedsNumber { name }
            }
            Some(shared) if !shared.array && tree.number.is_some() => Message::PickPlain { name },
            _ => Message::PickNoProcess { word },
        };
    }
    match program.classes.iter().find(|class| class.name == name) {
        None => {
            let names = program.classes.iter().map(|class| class.name.as_str());
            let nearest = vocabulary::nearest(&name, names);
            Message::UnknownName { thing: Thing::Process, name, nearest }
        }
        Some(class) if class.numbered && tree.number.is_none() => Message::PickNeedsNumber { name },
        Some(class) if !class.numbered && tree.number.is_some() => Message::PickNoNumber { name },
        Some(_) => Message::PickNoProcess { word },
    }
}
