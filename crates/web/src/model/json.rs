//! As much JSON as a file of scenarios needs: read without trusting it, and written.

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// `null`, `true`, `false` and numbers, as they are spelled.
    Plain(String),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// Names with values, in their order.
    Object(Vec<(String, Json)>),
}

/// Deeper than any file of ours.
const DEPTH: usize = 16;

impl Json {
    /// Reads a whole text; nothing when it is no JSON.
    #[must_use]
    pub fn parse(text: &str) -> Option<Json> {
        let mut reader = Reader { rest: text };
        let value = reader.value(0)?;
        reader.blanks();
        reader.rest.is_empty().then_some(value)
    }

    /// The value under a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Json> {
        match self {
            Json::Object(pairs) => pairs.iter().find(|(key, _)| key == name).map(|(_, v)| v),
            _ => None,
        }
    }

    /// The text, if it is one.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Json::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The whole number, if it is one.
    #[must_use]
    pub fn number(&self) -> Option<u64> {
        match self {
            Json::Plain(digits) => digits.parse().ok(),
            _ => None,
        }
    }
}

/// A text as JSON spells it.
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => out.push_str(&format!("\\u{:04x}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn blanks(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\n', '\r', '\t']);
    }

    fn take(&mut self, sign: char) -> bool {
        self.blanks();
        match self.rest.strip_prefix(sign) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn value(&mut self, depth: usize) -> Option<Json> {
        if depth > DEPTH {
            return None;
        }
        self.blanks();
        match self.rest.chars().next()? {
            '"' => self.text().map(Json::Text),
            '[' => {
                self.take('[');
                let mut list = Vec::new();
                while !self.take(']') {
                    if !list.is_empty() && !self.take(',') {
                        return None;
                    }
                    list.push(self.value(depth + 1)?);
                }
                Some(Json::List(list))
            }
            '{' => {
                self.take('{');
                let mut pairs = Vec::new();
                while !self.take('}') {
                    if !pairs.is_empty() && !self.take(',') {
                        return None;
                    }
                    self.blanks();
                    let name = self.text()?;
                    if !self.take(':') {
                        return None;
                    }
                    pairs.push((name, self.value(depth + 1)?));
                }
                Some(Json::Object(pairs))
            }
            _ => {
                let is_part = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
                let length = self.rest.find(|c| !is_part(c)).unwrap_or(self.rest.len());
                let (word, rest) = self.rest.split_at(length);
                let is_plain = ["null", "true", "false"].contains(&word) || is_number(word);
                self.rest = rest;
                is_plain.then(|| Json::Plain(word.to_owned()))
            }
        }
    }

    fn text(&mut self) -> Option<String> {
        let mut chars = self.rest.strip_prefix('"')?.chars();
        let mut out = String::new();
        loop {
            match chars.next()? {
                '"' => break,
                '\\' => match chars.next()? {
                    'n' => out.push('\n'),
                    't' => out.push('\t'),
                    'r' => out.push('\r'),
                    'b' => out.push('\u{8}'),
                    'f' => out.push('\u{c}'),
                    'u' => out.push(escaped(&mut chars)?),
                    c @ ('"' | '\\' | '/') => out.push(c),
                    _ => return None,
                },
                c if c < ' ' => return None,
                c => out.push(c),
            }
        }
        self.rest = chars.as_str();
        Some(out)
    }
}

/// The letter behind `\u`, which may take two of them.
fn escaped(chars: &mut std::str::Chars<'_>) -> Option<char> {
    let mut four = || {
        let digits = chars.as_str().get(..4)?;
        *chars = chars.as_str()[4..].chars();
        u16::from_str_radix(digits, 16).ok()
    };
    let first = four()?;
    if !(0xd800..0xdc00).contains(&first) {
        return char::from_u32(u32::from(first));
    }
    let rest = chars.as_str().strip_prefix("\\u")?;
    *chars = rest.chars();
    let digits = chars.as_str().get(..4)?;
    *chars = chars.as_str()[4..].chars();
    let second = u16::from_str_radix(digits, 16).ok()?;
    char::decode_utf16([first, second]).next()?.ok()
}

/// Whether a word is a number. Told by its letters: reading an `f64` would bring ten kilobytes of
/// tables along.
fn is_number(word: &str) -> bool {
    let (amount, power) = word.split_once(['e', 'E']).unwrap_or((word, "0"));
    let (whole, part) = amount.split_once('.').unwrap_or((amount, "0"));
    let is_digits = |word: &str| !word.is_empty() && word.bytes().all(|c| c.is_ascii_digit());
    is_digits(whole.strip_prefix('-').unwrap_or(whole))
        && is_digits(part)
        && is_digits(power.strip_prefix(['+', '-']).unwrap_or(power))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_come_back_from_json() {
        for text in ["", "a\"b\\c\nd\te", "ñ😀\u{1}\u{7f}", "</script>"] {
            assert_eq!(Json::parse(&quoted(text)), Some(Json::Text(text.to_owned())));
        }
        let pair = Json::parse(r#" "\ud83d\ude00\u00f1\/" "#).expect("a text");
        assert_eq!(pair.text(), Some("😀ñ/"));
    }

    #[test]
    fn values_are_read_and_what_is_none_is_refused() {
        let value = Json::parse(r#"{"a": [1, -2.5e3, null, {}], "b": "c"}"#).expect("an object");
        assert_eq!(value.get("b").and_then(Json::text), Some("c"));
        let Some(Json::List(list)) = value.get("a") else { panic!("a list") };
        assert_eq!((list.len(), list[0].number(), list[1].number()), (4, Some(1), None));
        let deep = "[".repeat(100_000);
        for text in [
            "",
            "[1",
            "[1,]",
            "{\"a\"}",
            "{a:1}",
            "nul",
            "1 2",
            "\"\\x\"",
            "\"\\ud800\"",
            "\"a",
            "\"\n\"",
            "[1 2]",
            "NaN",
            "\"\\u12",
            &deep,
        ] {
            assert_eq!(Json::parse(text), None, "{}", &text[..text.len().min(20)]);
        }
    }
}
