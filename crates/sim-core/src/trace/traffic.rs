//! What may happen to messages under way and waiting, to links and to groups.

use super::{ProcessId, SharedId, Target};

/// Something that may happen to messages, links or groups without a process doing it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Traffic {
    /// A message on a link arrives.
    Deliver {
        /// The link.
        link: SharedId,
        /// Its place among those on it, from 0.
        message: u32,
    },
    /// A message on a link is lost.
    Lose {
        /// The link.
        link: SharedId,
        /// As for [`Traffic::Deliver`].
        message: u32,
    },
    /// A message on a link is held back: it arrives later by the clock. Only a hand picks it; no part
    /// of a state changes, so no search has it on its list.
    Hold {
        /// The link.
        link: SharedId,
        /// As for [`Traffic::Deliver`].
        message: u32,
    },
    /// A message on a link, or one that waits in a queue, is there twice.
    Double {
        /// The link or the queue.
        at: Target,
        /// Its place there, from 0.
        message: u32,
    },
    /// The visibility of a message in flight ends.
    Reappear {
        /// Who has it.
        process: ProcessId,
        /// Which of its messages.
        slot: u16,
    },
    /// A message that waits apart is due.
    Ready {
        /// The queue.
        queue: Target,
        /// Its place among those, from 0.
        message: u32,
    },
    /// A group's session with a member that has crashed is over: its parts go to others.
    Rebalance {
        /// The group.
        group: SharedId,
    },
    /// A fault cuts its links.
    Cut {
        /// Index into [`crate::program::Program::faults`].
        fault: u32,
    },
    /// The links of a fault are whole again.
    Heal {
        /// Index into [`crate::program::Program::faults`].
        fault: u32,
    },
}
