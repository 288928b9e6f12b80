//! The language from outside: texts in, programs or diagnostics out.

#[path = "lang/anything.rs"]
mod anything;
#[path = "lang/blocks.rs"]
mod blocks;
#[path = "lang/corpus.rs"]
mod corpus;
#[path = "lang/data.rs"]
mod data;
#[path = "lang/editor.rs"]
mod editor;
#[path = "lang/format.rs"]
mod format;
#[path = "lang/listings.rs"]
mod listings;
#[path = "lang/messages.rs"]
mod messages;
#[path = "lang/mutated.rs"]
mod mutated;
#[path = "lang/parameters.rs"]
mod parameters;
#[path = "lang/reference.rs"]
mod reference;
#[path = "lang/slips.rs"]
mod slips;
#[path = "lang/survive.rs"]
mod survive;
#[path = "lang/things.rs"]
mod things;
#[path = "lang/world.rs"]
mod world;
