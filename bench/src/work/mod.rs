//! What is measured. Each file has one piece of work: as a text of ours, and as somebody would
//! write it by hand for nothing but this.

pub mod closed;
pub mod counting;
pub mod one_server;
pub mod pairs;
pub mod philosophers;

/// Something to search, as packed integers: for the search by hand and for peers.
pub trait Packed: Copy + Send + Sync + 'static {
    /// How many processes there are.
    fn processes(self) -> u32;
    /// The state in which all begin.
    fn start(self) -> u64;
    /// The state after a step of this process, if it can take one.
    fn step(self, state: u64, process: u32) -> Option<u64>;
    /// What holds in every state; looked at in each, so that every engine judges something.
    fn holds(self, state: u64) -> bool;
}
