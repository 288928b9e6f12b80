//! What the keys of the editor do to a text, beyond what the browser's text area does by itself.
//!
//! Pure: a text and a selection in, one replacement out. The page lets the browser carry it out as
//! if it had been typed, so that undo takes it back.

use sim_core::lang::{Tag, highlight};

/// How far a block is moved to the right.
const INDENT: usize = 2;

/// A text and what is selected of it, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The text.
    pub text: String,
    /// Where the selection starts.
    pub start: usize,
    /// Where it ends; the same when nothing is selected.
    pub end: usize,
}

/// One replacement in a text, and what is selected afterwards. All in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Where the replaced part starts.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// What takes its place.
    pub insert: String,
    /// The selection in the new text.
    pub select: (usize, usize),
}

impl Edit {
    /// The text after the replacement.
    #[must_use]
    pub fn apply(&self, text: &str) -> String {
        format!("{}{}{}", &text[..self.start], self.insert, &text[self.end..])
    }

    /// The smallest replacement that makes one text of another.
    #[must_use]
    pub fn between(old: &str, new: &str, select: (usize, usize)) -> Self {
        let same = |(a, b): &(char, char)| a == b;
        let before: usize =
            old.chars().zip(new.chars()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
        let (old_rest, new_rest) = (&old[before..], &new[before..]);
        let behind: usize = old_rest
            .chars()
            .rev()
            .zip(new_rest.chars().rev())
            .take_while(same)
            .map(|(c, _)| c.len_utf8())
            .sum();
        let insert = new_rest[..new_rest.len() - behind].to_owned();
        Self { start: before, end: old.len() - behind, insert, select }
    }
}

impl Field {
    /// A text with a selection; places inside a letter or behind the end are moved to one before.
    #[must_use]
    pub fn new(text: String, start: usize, end: usize) -> Self {
        let (start, end) = (text.floor_char_boundary(start), text.floor_char_boundary(end));
        Self { text, start, end }
    }

    fn line_start(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |found| found + 1)
    }

    fn line_end(&self, at: usize) -> usize {
        self.text[at..].find('\n').map_or(self.text.len(), |found| at + found)
    }

    fn indent_at(&self, at: usize) -> &str {
        indent_of(&self.text[self.line_start(at)..])
    }

    fn put(&self, insert: String, caret: usize) -> Edit {
        let at = self.start + caret;
        Edit { start: self.start, end: self.end, insert, select: (at, at) }
    }

    /// Enter: the new line stands as deep as it should, and a `{` that nothing closes gets its `}`.
    #[must_use]
    pub fn enter(&self) -> Edit {
        let line = self.line_start(self.start);
        let indent = self.indent_at(self.start);
        let indent = &indent[..indent.len().min(self.start - line)];
        let before = self.text[line..self.start].trim_end();
        let behind = &self.text[self.end..self.line_end(self.end)];
        let opens = before.ends_with(['{', '(', '[']) && !self.is_quiet(self.start);
        if !opens {
            let insert = format!("\n{indent}");
            let caret = insert.len();
            return self.put(insert, caret);
        }
        let deeper = format!("\n{indent}{}", " ".repeat(INDENT));
        let caret = deeper.len();
        let brace = line + before.len() - 1;
        let rest = behind.trim_start();
        let closes = rest.starts_with(['}', ')', ']']);
        let is_open = before.ends_with('{') && rest.is_empty() && self.is_unclosed(brace, indent);
        let insert = match (closes, is_open) {
            (true, _) => format!("{deeper}\n{indent}"),
            (false, true) => format!("{deeper}\n{indent}}}"),
            (false, false) => deeper,
        };
        let mut edit = self.put(insert, caret);
        // Blanks between the caret and what moves to the next line would be left over.
        edit.end += behind.len() - rest.len();
        edit
    }

    /// Nothing closes this `{`: no brace at all, or one that stands further left and so belongs
    /// to a block around it.
    fn is_unclosed(&self, brace: usize, indent: &str) -> bool {
        match pair_at(&self.text, brace) {
            Some((_, Some(close))) => self.indent_at(close).len() < indent.len(),
            Some((_, None)) => true,
            None => false,
        }
    }

    /// Inside a remark or a text in quotes, where signs mean nothing.
    fn is_quiet(&self, at: usize) -> bool {
        let mut parts = highlight(&self.text).into_iter();
        parts.any(|(span, tag)| {
            let (start, end) = (span.start as usize, span.end as usize);
            match tag {
                Tag::Remark => start < at && at <= end,
                Tag::Text => start < at && at < end,
                _ => false,
            }
        })
    }

    /// A `}` on a line of its own stands as deep as the line with its `{`; elsewhere nothing.
    #[must_use]
    pub fn close_brace(&self) -> Option<Edit> {
        let line = self.line_start(self.start);
        let blank = &self.text[line..self.start];
        if blank.is_empty() || !blank.trim().is_empty() || self.start != self.end {
            return None;
        }
        let text = format!("{}}}{}", &self.text[..self.start], &self.text[self.end..]);
        let (_, open) = pair_at(&text, self.start)?;
        let indent = self.indent_at(open?);
        let insert = format!("{indent}}}");
        let at = line + insert.len();
        Some(Edit { start: line, end: self.end, insert, select: (at, at) })
    }

    /// Tab: blanks to the next place, or all selected lines further right.
    #[must_use]
    pub fn indent(&self) -> Edit {
        if self.text[self.start..self.end].contains('\n') {
            return self.each_line(|line| {
                if line.is_empty() { line.to_owned() } else { format!("{}{line}", blanks(INDENT)) }
            });
        }
        let column = self.text[self.line_start(self.start)..self.start].chars().count();
        let insert = blanks(INDENT - column % INDENT);
        let caret = insert.len();
        self.put(insert, caret)
    }

    /// Shift+Tab: all selected lines further left.
    #[must_use]
    pub fn outdent(&self) -> Edit {
        self.each_line(|line| {
            let less = if line.starts_with('\t') {
                1
            } else {
                line.chars().take(INDENT).take_while(|c| *c == ' ').count()
            };
            line[less..].to_owned()
        })
    }

    /// Makes the selected lines remarks, or remarks lines again.
    #[must_use]
    pub fn toggle_remark(&self) -> Edit {
        let lines = || self.lines().lines().filter(|line| !line.trim().is_empty());
        if lines().next().is_some() && lines().all(|line| line.trim_start().starts_with("//")) {
            return self.each_line(|line| {
                let indent = indent_of(line);
                let rest = line[indent.len()..].strip_prefix("//").unwrap_or(&line[indent.len()..]);
                format!("{indent}{}", rest.strip_prefix(' ').unwrap_or(rest))
            });
        }
        let least = lines().map(|line| indent_of(line).len()).min().unwrap_or_default();
        let is_empty = lines().next().is_none();
        self.each_line(|line| {
            if line.trim().is_empty() && !is_empty {
                return line.to_owned();
            }
            let least = line.floor_char_boundary(least);
            format!("{}// {}", &line[..least], &line[least..])
        })
    }

    /// The lines that the selection touches. One that only begins at its end does not count.
    fn lines(&self) -> &str {
        let (start, end) = self.line_range();
        &self.text[start..end]
    }

    fn line_range(&self) -> (usize, usize) {
        let start = self.line_start(self.start);
        let last = if self.end > self.start && self.text[..self.end].ends_with('\n') {
            self.end - 1
        } else {
            self.end
        };
        (start, self.line_end(last))
    }

    fn each_line(&self, change: impl Fn(&str) -> String) -> Edit {
        let (start, end) = self.line_range();
        let old = &self.text[start..end];
        let new: Vec<String> = old.split('\n').map(&change).collect();
        let first = new.first().map_or(0, String::len);
        let old_first = old.find('\n').unwrap_or(old.len());
        let insert = new.join("\n");
        let moved = |at: usize, by: usize, less: usize| (at + by).saturating_sub(less);
        let floor = start;
        let from = moved(self.start, first, old_first).max(floor);
        let to = moved(self.end, insert.len(), old.len()).max(from);
        // A caret stays where it is in its line; a selection covers the same lines.
        let select = if self.start == self.end { (from, from) } else { (from, to) };
        Edit { start, end, insert, select }
    }

    /// The whole text replaced, with the caret behind the same word as before.
    #[must_use]
    pub fn rewritten(&self, new: &str) -> Edit {
        let solid = |c: &char| !c.is_whitespace();
        let behind = self.text[..self.start].chars().filter(solid).count();
        let mut at = 0;
        let mut left = behind;
        for (place, c) in new.char_indices() {
            if left == 0 {
                break;
            }
            if solid(&c) {
                left -= 1;
            }
            at = place + c.len_utf8();
        }
        Edit::between(&self.text, new, (at, at))
    }
}

fn blanks(number: usize) -> String {
    " ".repeat(number)
}

fn indent_of(line: &str) -> &str {
    let blank = line.len() - line.trim_start_matches([' ', '\t']).len();
    &line[..blank]
}

/// The bracket at this place with the one it belongs to, if there is one. Brackets in texts and
/// remarks are letters.
#[must_use]
pub fn pair_at(text: &str, at: usize) -> Option<(usize, Option<usize>)> {
    let brackets: Vec<(usize, u8)> = highlight(text)
        .into_iter()
        .filter(|(_, tag)| *tag == Tag::Sign)
        .filter_map(|(span, _)| {
            let sign = text.as_bytes().get(span.start as usize)?;
            b"(){}[]".contains(sign).then_some((span.start as usize, *sign))
        })
        .collect();
    let here = brackets.iter().position(|(place, _)| *place == at)?;
    let sign = brackets[here].1;
    let forward = b"({[".contains(&sign);
    let mut depth = 0_usize;
    let walk: Box<dyn Iterator<Item = &(usize, u8)>> = if forward {
        Box::new(brackets[here..].iter())
    } else {
        Box::new(brackets[..=here].iter().rev())
    };
    for (place, other) in walk {
        if b"({[".contains(other) == forward {
            depth += 1;
        } else {
            depth -= 1;
        }
        if depth == 0 {
            let fits = [(b'(', b')'), (b'{', b'}'), (b'[', b']')];
            let fits = fits.contains(&(sign, *other)) || fits.contains(&(*other, sign));
            return Some((at, fits.then_some(*place)));
        }
    }
    Some((at, None))
}

/// The bracket beside the caret, the one behind it first, with the one it belongs to.
#[must_use]
pub fn pair_beside(text: &str, caret: usize) -> Option<(usize, Option<usize>)> {
    pair_at(text, caret).or_else(|| pair_at(text, caret.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text with `|` for the caret, or two of them around the selection.
    fn field(marked: &str) -> Field {
        let start = marked.find('|').expect("a caret");
        let end = marked.rfind('|').expect("a caret");
        let end = if end == start { start } else { end - 1 };
        Field::new(marked.replace('|', ""), start, end)
    }

    fn shown(field: &Field, edit: &Edit) -> String {
        let mut text = edit.apply(&field.text);
        let (start, end) = edit.select;
        if end != start {
            text.insert(end, '|');
        }
        text.insert(start, '|');
        text
    }

    fn after(marked: &str, act: fn(&Field) -> Edit) -> String {
        let field = field(marked);
        shown(&field, &act(&field))
    }

    #[test]
    fn enter_keeps_the_depth_and_opens_blocks() {
        for (before, wanted) in [
            ("  a = 1|", "  a = 1\n  |"),
            ("|  a = 1", "\n|  a = 1"),
            ("process p {|", "process p {\n  |\n}"),
            ("process p {|}", "process p {\n  |\n}"),
            ("process p { | }", "process p { \n  |\n}"),
            ("process p {|\n}", "process p {\n  |\n}"),
            ("process p {\n  if a {|\n}\n", "process p {\n  if a {\n    |\n  }\n}\n"),
            ("process p {|\nprocess q { }\n", "process p {\n  |\n}\nprocess q { }\n"),
            ("// brackets {|", "// brackets {\n|"),
            ("x = \"{|\"", "x = \"{\n|\""),
            ("a|é|b", "a\n|b"),
            ("always (|", "always (\n  |"),
        ] {
            let indented = after(before, Field::enter);
            assert_eq!(indented, wanted, "{before}");
        }
    }

    #[test]
    fn a_closing_brace_finds_its_place() {
        let inside = field("p {\n  if a {\n    |");
        let edit = inside.close_brace().expect("it moves");
        assert_eq!(shown(&inside, &edit), "p {\n  if a {\n  }|");
        assert_eq!(field("p { a |").close_brace(), None);
        assert_eq!(field("  |").close_brace(), None);
    }

    #[test]
    fn tab_and_back() {
        assert_eq!(after("a|b", Field::indent), "a |b");
        assert_eq!(after("|b", Field::indent), "  |b");
        assert_eq!(after("|a\n\nb|\n", Field::indent), "  |a\n\n  b|\n");
        assert_eq!(after("  |a\n b|\n", Field::outdent), "|a\nb|\n");
        assert_eq!(after("   a|", Field::outdent), " a|");
        assert_eq!(after(" |  a", Field::outdent), "| a");
        assert_eq!(after("|a\n|b", Field::indent), "  |a\n|b");
    }

    #[test]
    fn remarks_come_and_go() {
        assert_eq!(after("  a|", Field::toggle_remark), "  // a|");
        assert_eq!(after("  // a|", Field::toggle_remark), "  a|");
        assert_eq!(after("|a\n\n  b|", Field::toggle_remark), "// |a\n\n//   b|");
        assert_eq!(after("|// a\n\n//   b|", Field::toggle_remark), "|a\n\n  b|");
        assert_eq!(after("|", Field::toggle_remark), "// |");
    }

    #[test]
    fn a_rewritten_text_keeps_the_caret_behind_its_word() {
        let field = field("var   x=1\nprocess p{x|=2}");
        let new = "var x = 1\nprocess p {\n  x = 2\n}\n";
        let edit = field.rewritten(new);
        assert_eq!(edit.apply(&field.text), new);
        assert_eq!(&new[..edit.select.0], "var x = 1\nprocess p {\n  x");
    }

    #[test]
    fn the_smallest_change_is_found() {
        let edit = Edit::between("añb", "añcb", (0, 0));
        assert_eq!((edit.start, edit.end, edit.insert.as_str()), (3, 3, "c"));
        let edit = Edit::between("aaa", "aa", (0, 0));
        assert_eq!(edit.apply("aaa"), "aa");
        let edit = Edit::between("ñ", "ñ", (0, 0));
        assert_eq!(edit.insert, "");
    }

    #[test]
    fn brackets_know_each_other_but_not_those_in_texts() {
        let text = "p { a[\"}\"] } // }";
        assert_eq!(pair_at(text, 2), Some((2, Some(11))));
        assert_eq!(pair_at(text, 11), Some((11, Some(2))));
        assert_eq!(pair_at(text, 5), Some((5, Some(9))));
        assert_eq!(pair_at("(}", 0), Some((0, None)));
        assert_eq!(pair_at("{", 0), Some((0, None)));
        assert_eq!(pair_at(text, 0), None);
        assert_eq!(pair_beside("{}", 2), Some((1, Some(0))));
        assert_eq!(pair_beside("", 0), None);
    }
}
