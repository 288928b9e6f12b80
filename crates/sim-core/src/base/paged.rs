//! Arrays that are cheap to keep many copies of: pages are shared until one side writes.

use std::rc::Rc;

/// How many items a page has.
const PAGE: usize = 32;

/// An array in pages. A copy takes a pointer a page.
#[derive(Clone, Debug)]
pub struct Paged<T> {
    pages: Vec<Rc<[T; PAGE]>>,
    length: usize,
}

impl<T: Clone> Paged<T> {
    /// So many items alike; all pages are one to begin with.
    pub fn new(item: &T, length: usize) -> Paged<T> {
        let page = Rc::new(std::array::from_fn(|_| item.clone()));
        Paged { pages: vec![page; length.div_ceil(PAGE)], length }
    }

    /// How many items there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.length
    }

    /// True without any item.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// An item.
    #[must_use]
    #[inline(always)]
    pub fn get(&self, at: usize) -> &T {
        &self.pages[at / PAGE][at % PAGE]
    }

    /// An item to write to; its page becomes this array's own.
    #[inline(always)]
    pub fn get_mut(&mut self, at: usize) -> &mut T {
        let page = &mut self.pages[at / PAGE];
        if Rc::strong_count(page) > 1 {
            unshare(page);
        }
        &mut Rc::get_mut(page).expect("nobody else has this page")[at % PAGE]
    }
}

#[cold]
#[inline(never)]
fn unshare<T: Clone>(page: &mut Rc<[T; PAGE]>) {
    Rc::make_mut(page);
}

/// How many words a page of a [`Kept`] array has.
const KEPT_PAGE: usize = 256;

/// An array of words as it was, sharing what is the same as in an older one.
#[derive(Clone, Debug)]
pub struct Kept {
    pages: Vec<Rc<[i64]>>,
}

impl Kept {
    /// Keeps these words. Pages equal to those of `older` are shared with it.
    #[must_use]
    pub fn new(words: &[i64], older: Option<&Kept>) -> Kept {
        let pages = words.chunks(KEPT_PAGE).enumerate().map(|(at, page)| {
            match older.and_then(|older| older.pages.get(at)) {
                Some(same) if **same == *page => Rc::clone(same),
                _ => page.into(),
            }
        });
        Kept { pages: pages.collect() }
    }

    /// The words.
    #[must_use]
    pub fn words(&self) -> Vec<i64> {
        self.pages.iter().flat_map(|page| page.iter().copied()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_does_not_see_later_writes() {
        let mut paged = Paged::new(&0, 100);
        *paged.get_mut(40) = 1;
        let copy = paged.clone();
        *paged.get_mut(40) = 2;
        assert_eq!((*copy.get(40), *paged.get(40), *copy.get(41)), (1, 2, 0));
        assert!(Rc::ptr_eq(&copy.pages[0], &paged.pages[0]), "untouched pages are shared");
    }

    #[test]
    fn kept_words_share_equal_pages() {
        let mut words = vec![7; 1_000];
        let one = Kept::new(&words, None);
        words[300] = 8;
        let two = Kept::new(&words, Some(&one));
        assert_eq!(two.words(), words);
        assert!(Rc::ptr_eq(&one.pages[0], &two.pages[0]));
        assert!(!Rc::ptr_eq(&one.pages[1], &two.pages[1]));
    }
}
