//! Messages as bytes: `postcard` writes them, behind a sum over all of them.
//!
//! Reading is our own. Once the sum fits, the bytes are what the other end wrote, and it was built
//! together with this one: nothing can be wrong any more. So reading has no error, by its type,
//! and what would carry one from field to field is not even compiled: half of the code that the
//! page would need to read a frame.

use serde::{
    Serialize,
    de::{
        self, DeserializeOwned, DeserializeSeed, EnumAccess, Expected, MapAccess, SeqAccess,
        Unexpected, VariantAccess, Visitor, value::U32Deserializer,
    },
};

/// How many bytes the sum takes, in front of the message.
const SUM: usize = 4;

/// A message as bytes.
///
/// # Panics
/// Never for plain data, which is all a message may hold.
pub fn encode<T: Serialize>(message: &T) -> Vec<u8> {
    let room = vec![0; SUM];
    let mut bytes = postcard::to_extend(message, room).expect("plain data always encodes");
    let sum = sum(&bytes[SUM..]);
    bytes[..SUM].copy_from_slice(&sum);
    bytes
}

/// A message from bytes, or why they are none.
///
/// # Errors
/// When the bytes are no message of this build.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, String> {
    match bytes.split_first_chunk::<SUM>() {
        Some((told, rest)) if *told == sum(rest) => {
            let mut wire = Wire { rest };
            let Ok(message) = T::deserialize(&mut wire);
            Ok(message)
        }
        _ => Err("a message could not be read".to_owned()),
    }
}

/// A sum over all bytes (FNV-1a): what anybody else wrote has another one.
fn sum(bytes: &[u8]) -> [u8; SUM] {
    let sum = bytes
        .iter()
        .fold(0x811c_9dc5_u32, |sum, byte| (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193));
    sum.to_le_bytes()
}

/// An error that cannot be.
#[derive(Debug)]
enum Never {}

impl std::fmt::Display for Never {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match *self {}
    }
}

impl std::error::Error for Never {}

/// Only a fault of ours leads here: both ends know the same messages.
#[cold]
#[inline(never)]
fn impossible() -> ! {
    panic!("page and worker do not know the same messages");
}

impl de::Error for Never {
    fn custom<T: std::fmt::Display>(_: T) -> Self {
        impossible()
    }

    fn invalid_type(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        impossible()
    }

    fn invalid_value(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        impossible()
    }

    fn invalid_length(_: usize, _: &dyn Expected) -> Self {
        impossible()
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        impossible()
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        impossible()
    }

    fn missing_field(_: &'static str) -> Self {
        impossible()
    }

    fn duplicate_field(_: &'static str) -> Self {
        impossible()
    }
}

/// What is still to be read.
struct Wire<'a> {
    rest: &'a [u8],
}

impl Wire<'_> {
    #[inline(never)]
    fn byte(&mut self) -> u8 {
        match self.rest.split_first() {
            Some((first, rest)) => {
                self.rest = rest;
                *first
            }
            None => impossible(),
        }
    }

    /// A whole number, seven bits a byte, the lowest first.
    #[inline(never)]
    fn number(&mut self) -> u64 {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.byte();
            number |= u64::from(byte & 127) << (shift & 63);
            if byte < 128 {
                return number;
            }
            shift += 7;
        }
    }

    /// A whole number with a sign, which is its lowest bit.
    #[inline(never)]
    fn signed(&mut self) -> i64 {
        let number = self.number();
        (number >> 1) as i64 ^ -((number & 1) as i64)
    }

    #[inline(never)]
    fn text(&mut self) -> String {
        let length = self.number() as usize;
        match self.rest.split_at_checked(length) {
            Some((text, rest)) => {
                self.rest = rest;
                String::from_utf8_lossy(text).into_owned()
            }
            None => impossible(),
        }
    }
}

/// What numbers, texts and the like become.
macro_rules! plain {
    ($($name:ident: $visit:ident($self:ident) $value:expr;)*) => {$(
        fn $name<V: Visitor<'de>>($self, visitor: V) -> Result<V::Value, Never> {
            let value = $value;
            visitor.$visit(value)
        }
    )*};
}

impl<'de> de::Deserializer<'de> for &mut Wire<'_> {
    type Error = Never;

    plain! {
        deserialize_bool: visit_bool(self) self.byte() != 0;
        deserialize_u8: visit_u8(self) self.byte();
        deserialize_u16: visit_u16(self) self.number() as u16;
        deserialize_u32: visit_u32(self) self.number() as u32;
        deserialize_u64: visit_u64(self) self.number();
        deserialize_i8: visit_i8(self) self.byte() as i8;
        deserialize_i16: visit_i16(self) self.signed() as i16;
        deserialize_i32: visit_i32(self) self.signed() as i32;
        deserialize_i64: visit_i64(self) self.signed();
        deserialize_str: visit_string(self) self.text();
        deserialize_string: visit_string(self) self.text();
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Never> {
        if self.byte() == 0 { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Never> {
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Never> {
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Never> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Never> {
        let left = self.number() as usize;
        visitor.visit_seq(Items { wire: self, left })
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Never> {
        let left = self.number() as usize;
        visitor.visit_map(Items { wire: self, left })
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Never> {
        visitor.visit_seq(Fields(self))
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Never> {
        visitor.visit_seq(Fields(self))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Never> {
        visitor.visit_seq(Fields(self))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Never> {
        visitor.visit_enum(self)
    }

    fn is_human_readable(&self) -> bool {
        false
    }

    // No message holds any of these, and most could not be told from their bytes alone.
    serde::forward_to_deserialize_any! { f32 f64 char bytes byte_buf identifier ignored_any }

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Never> {
        impossible()
    }
}

/// The fields of something: as many as are asked for.
struct Fields<'w, 'a>(&'w mut Wire<'a>);

impl<'de> SeqAccess<'de> for Fields<'_, '_> {
    type Error = Never;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Never> {
        seed.deserialize(&mut *self.0).map(Some)
    }
}

/// Entries of a list or a map, of which there are so many.
struct Items<'w, 'a> {
    wire: &'w mut Wire<'a>,
    left: usize,
}

impl<'de> SeqAccess<'de> for Items<'_, '_> {
    type Error = Never;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Never> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left -= 1;
        seed.deserialize(&mut *self.wire).map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.left)
    }
}

impl<'de> MapAccess<'de> for Items<'_, '_> {
    type Error = Never;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Never> {
        self.next_element_seed(seed)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Never> {
        seed.deserialize(&mut *self.wire)
    }
}

impl<'de> EnumAccess<'de> for &mut Wire<'_> {
    type Error = Never;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Never> {
        let which = self.number() as u32;
        let Ok(which) = seed.deserialize(U32Deserializer::<Never>::new(which));
        Ok((which, self))
    }
}

impl<'de> VariantAccess<'de> for &mut Wire<'_> {
    type Error = Never;

    fn unit_variant(self) -> Result<(), Never> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Never> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Never> {
        visitor.visit_seq(Fields(self))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Never> {
        visitor.visit_seq(Fields(self))
    }
}

#[cfg(test)]
mod tests {
    use sim_core::say::Lang;

    use super::*;
    use crate::{
        model::templates,
        protocol::{Answer, Ask, Opening, Reply, Request},
        worker::Host,
    };

    #[test]
    fn what_a_worker_says_of_every_template_survives_the_way_to_bytes_and_back() {
        let mut kinds = Vec::new();
        for template in templates::ALL {
            let text = template.text(Lang::En).to_owned();
            let opening = Opening { text: text.clone(), seed: 7, ..Opening::default() };
            let requests = [
                Request::Hello,
                Request::Open(opening.clone()),
                Request::Run(40),
                Request::Clock,
                Request::Play(3),
                Request::Measure,
                Request::Check { text: format!("{text} lock") },
                Request::Likely { opening, continuations: 5 },
                Request::Explore { text, settings: vec![], from: None },
            ];
            let mut host = Host::default();
            for (ticket, request) in (1..).zip(requests) {
                let ask = Ask { ticket, request };
                assert_eq!(decode(&encode(&ask)), Ok(ask.clone()));
                host.handle(ask, |answer| {
                    let kind = std::mem::discriminant(&answer.reply);
                    if !kinds.contains(&kind) {
                        kinds.push(kind);
                    }
                    assert_eq!(decode::<Answer>(&encode(&answer)), Ok(answer));
                });
            }
        }
        assert!(kinds.len() > 6, "{}", kinds.len());
    }

    #[test]
    fn foreign_bytes_are_an_error_and_not_a_panic() {
        let reply = Reply::Hello { version: "1.2.3".to_owned() };
        let bytes = encode(&Answer { ticket: 7, reply });
        for bit in 0..bytes.len() * 8 {
            let mut wrong = bytes.clone();
            wrong[bit / 8] ^= 1 << (bit % 8);
            assert!(decode::<Answer>(&wrong).is_err(), "{bit}");
        }
        for wrong in [&[250; 6][..], &[], &bytes[1..], &bytes[..bytes.len() - 1]] {
            assert!(decode::<Answer>(wrong).is_err(), "{wrong:?}");
        }
    }
}
