//! How a search is done. Whatever is chosen, what it finds out is the same.

/// Options of a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Takes states that differ only in which of several interchangeable processes is where for
    /// one.
    pub symmetry: bool,
    /// Finds the verdict by itself first, leaving out orders that make no difference.
    pub reduction: bool,
    /// Tells states apart by 128 bits; else by 64.
    pub wide: bool,
    /// Keeps locals after their last use as part of a state: more states, nothing else. To compare
    /// with tools that do so.
    pub keep_locals: bool,
    /// Counts schedules; else only the verdict is found.
    pub count: bool,
    /// Tries some schedules at random first.
    pub probe: bool,
    /// When to stop.
    pub limits: Limits,
}

/// When a search stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// States looked at.
    pub states: u64,
    /// About how many bytes all that is kept may take.
    pub bytes: usize,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            symmetry: true,
            reduction: true,
            wide: true,
            keep_locals: false,
            count: true,
            probe: true,
            limits: Limits::default(),
        }
    }
}

impl Default for Limits {
    /// What a browser tab can hold besides the page.
    fn default() -> Limits {
        Limits { states: 2_000_000, bytes: 320 << 20 }
    }
}
