//! Ceilings: how much of everything a scenario may have, and why so much.
//!
//! A text from a link or a draft may be anything; each ceiling keeps some effort within what a
//! page does without being noticed, and is far above what a scenario to learn from needs.

/// Bytes of text. The largest scenario in the design has about 4 000.
pub const TEXT_BYTES: usize = 64 * 1024;
/// Brackets and blocks inside one another. The parser calls itself for each, and WebAssembly's
/// stack has one megabyte.
pub const NESTING: u32 = 64;
/// Levels of an expression: `a + b + c` has three. Checking and compiling call themselves for
/// each level.
pub const EXPRESSION_DEPTH: u32 = 200;
/// Blocks and calls inside one another once routines are put in place of their calls: checking
/// and compiling call themselves for each.
pub const CALL_DEPTH: u32 = 150;
/// Combinations of kinds that all routines together are checked for.
pub const ROUTINE_KINDS: usize = 500;
/// Instructions of a program. Calls are copies, so a short text can ask for any number.
pub const INSTRUCTIONS: usize = 20_000;
/// Statements put in place while compiling, those that become no instruction included.
pub const COMPILE_WORK: usize = 200_000;
/// Registers of a process; each is a word of every state.
pub const REGISTERS: u16 = 500;
/// Process instances together. A step of the clock costs what changed and not how many there are;
/// a moment shown lists those that matter.
pub const PROCESSES: u32 = 10_000;
/// Words of a state: positions, locals and what is held, of all processes, and shared values. A
/// session keeps hundreds of copies, which share what did not change.
pub const STATE_WORDS: usize = 600_000;
/// Elements of one array.
pub const ARRAY_LENGTH: i64 = 1_000;
/// Elements of all shared things together; each is a word of every state.
pub const SHARED_WORDS: usize = 10_000;
/// Fields of a message; each is a word of every place where one may lie.
pub const MESSAGE_FIELDS: usize = 8;
/// Promises. Each is judged after every step that writes what it reads, and has a bit of its own.
pub const PROMISES: usize = 60;
/// Repetitions in one entry of a schedule.
pub const PICKS: u32 = 100_000;
/// Diagnostics that are kept; nobody reads more, and each costs a search for the nearest name.
pub const DIAGNOSTICS: usize = 50;
