//! What belongs to a replica of a service: its handlers use it by its plain name, promises, goals
//! and charts look at it behind the replica's.

use super::{
    names::{Names, Symbol},
    tree::{Expr, ExprKind, Name, Path, SharedTreeKind, Tree},
};

/// A place that is looked at behind its service, `web[1].guard.state`, as it is known here:
/// by its whole name, the replica's number as its index.
pub(super) fn behind_service(tree: &Tree, names: &Names, expr: &Expr) -> Option<Expr> {
    let (name, index, fields, bound) = match &expr.kind {
        ExprKind::Field(name, index, field) => {
            (name, index.as_deref(), std::slice::from_ref(field), &None)
        }
        ExprKind::Path(path) => (&path.name, path.index.as_ref(), &path.fields[..], &path.bound),
        _ => return None,
    };
    let Some(Symbol::Shared(service)) = names.find(&name.text) else { return None };
    if !matches!(tree.shared[service].kind, SharedTreeKind::Service) {
        return None;
    }
    let (first, rest) = fields.split_first()?;
    let own = names.own(service, &first.text)?;
    let span = name.span.start..first.span.end;
    let name = Name { text: tree.shared[own].name.text.clone(), span };
    let index = index.cloned();
    let kind = match (rest, index) {
        ([], None) => ExprKind::Name(name.text),
        ([], Some(index)) => ExprKind::Index(name, Box::new(index)),
        ([field], index) if bound.is_none() => {
            ExprKind::Field(name, index.map(Box::new), field.clone())
        }
        (rest, index) => ExprKind::Path(Box::new(Path {
            name,
            index,
            fields: rest.to_vec(),
            bound: bound.clone(),
        })),
    };
    Some(Expr { kind, span: expr.span.clone(), depth: expr.depth })
}
