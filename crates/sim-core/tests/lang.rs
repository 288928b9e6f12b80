//! The language from outside: texts in, programs or diagnostics out.

#[path = "lang/corpus.rs"]
mod corpus;
