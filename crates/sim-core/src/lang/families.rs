//! Which things that carry messages give them to one another: all in a family share one shape.

use super::{
    names::{Kind, Names, Symbol},
    tree::{Expr, ExprKind, SharedTreeKind, Tree},
};

/// For each shared thing the first of its family.
pub(super) fn families(tree: &Tree, names: &Names) -> Vec<usize> {
    let mut first: Vec<usize> = (0..tree.shared.len()).collect();
    for (at, shared) in tree.shared.iter().enumerate() {
        if !shared.kind.carries() {
            continue;
        }
        let options = shared.options.iter().flat_map(|options| &options.list);
        for option in options {
            let passes = match shared.kind {
                SharedTreeKind::Queue => {
                    ["from", "dead_letter"].contains(&option.name.text.as_str())
                }
                SharedTreeKind::Group => option.name.text == "from",
                _ => false,
            };
            if !passes {
                continue;
            }
            for name in option_names(names, option.value()) {
                if let Some(Symbol::Shared(other)) = names.find(&name)
                    && tree.shared[other].kind.carries()
                {
                    join(&mut first, at, other);
                }
            }
        }
    }
    first
}

fn join(first: &mut [usize], a: usize, b: usize) {
    let (a, b) = (first[a], first[b]);
    let (least, other) = (a.min(b), a.max(b));
    for one in first.iter_mut().filter(|one| **one == other) {
        *one = least;
    }
}

/// The names that an option may stand for: its own, or the labels of a choice parameter.
pub(super) fn option_names(names: &Names, expr: &Expr) -> Vec<String> {
    match &expr.kind {
        ExprKind::If(_, yes, no) => {
            let mut all = option_names(names, yes);
            all.extend(option_names(names, no));
            all
        }
        ExprKind::Name(name) => match names.find(name) {
            Some(Symbol::Param(at)) => match names.params[at] {
                Kind::Choice(choice) => names.labels_of(choice),
                _ => vec![name.clone()],
            },
            _ => vec![name.clone()],
        },
        _ => Vec::new(),
    }
}

/// Whether sending to a thing may have to wait for room, for some parameters.
pub(super) fn may_block(tree: &Tree, names: &Names, at: usize) -> bool {
    let blocks = |at: usize| {
        let options = tree.shared[at].options.as_ref();
        let when_full = options.and_then(|options| options.get("when_full"));
        matches!(tree.shared[at].kind, SharedTreeKind::Queue)
            && when_full.is_some_and(|option| {
                option_names(names, option.value()).iter().any(|word| word == "block")
            })
    };
    match tree.shared[at].kind {
        SharedTreeKind::Topic => (0..tree.shared.len())
            .any(|other| names.families[other] == names.families[at] && blocks(other)),
        _ => blocks(at),
    }
}
