//! What the page and a worker say to each other, and how it becomes bytes.
//!
//! Both ends are the same wasm file, so the format needs no version of its own.

use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// What the page asks of a worker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Request {
    /// Are you there?
    Hello,
    /// The golden draws as this worker computes them.
    GoldenDraws,
    /// Panic, so that the tests can see what becomes of it.
    Panic,
}

/// What a worker answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reply {
    /// The answer to [`Request::Hello`].
    Hello {
        /// The version of Lockstep the worker runs.
        version: String,
    },
    /// The answer to [`Request::GoldenDraws`].
    GoldenDraws(String),
    /// The worker could not do what was asked, and says why.
    Fault(String),
}

/// A message as bytes.
///
/// # Panics
/// Never for plain data, which is all a message may hold.
pub fn encode<T: Serialize>(message: &T) -> Vec<u8> {
    postcard::to_allocvec(message).expect("plain data always encodes")
}

/// A message from bytes, or why they are none.
///
/// # Errors
/// When the bytes do not hold a message of this type.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, String> {
    postcard::from_bytes(bytes).map_err(|error| format!("a message could not be read: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_survives_the_way_to_bytes_and_back() {
        let reply = Reply::Hello { version: "1.2.3".to_owned() };
        assert_eq!(decode(&encode(&reply)), Ok(reply));
    }

    #[test]
    fn foreign_bytes_are_an_error_and_not_a_panic() {
        assert!(decode::<Reply>(&[250, 1, 2]).is_err());
        assert!(decode::<Reply>(&[]).is_err());
    }
}
