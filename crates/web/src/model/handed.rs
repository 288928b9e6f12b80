//! What is handed on once.

use std::{cell::Cell, fmt, rc::Rc};

/// Something large that comes with an action, for whoever takes it first. Copies of the action
/// share it, so that nothing large need ever be copied.
pub struct Handed<T>(Rc<Cell<Option<T>>>);

impl<T> Handed<T> {
    /// What was handed on, the first time.
    #[must_use]
    pub fn take(&self) -> Option<T> {
        self.0.take()
    }
}

impl<T> From<T> for Handed<T> {
    fn from(one: T) -> Self {
        Self(Rc::new(Cell::new(Some(one))))
    }
}

impl<T> Clone for Handed<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

/// Two are equal when they are copies of one.
impl<T> PartialEq for Handed<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> fmt::Debug for Handed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Handed")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_to_take_it_has_it() {
        let one = Handed::from("a frame".to_owned());
        let copy = one.clone();
        assert_eq!(one, copy);
        assert_eq!(copy.take().as_deref(), Some("a frame"));
        assert_eq!(one.take(), None);
        assert_ne!(Handed::from(1), Handed::from(1));
    }
}
