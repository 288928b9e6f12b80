//! The part of Markdown that lessons use: headings down to the third level, paragraphs, lists,
//! listings, and within a line strong words, emphasis, code and links. Anything else is an error.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Parser, Tag, TagEnd};

use crate::data::{Block, Inline, List};

/// A heading with what stands below it, up to the next one.
#[derive(Debug)]
pub(crate) struct Section {
    /// 1 to 3.
    pub(crate) level: u8,
    /// The words of the heading.
    pub(crate) heading: String,
    /// Its line, from 1.
    pub(crate) line: usize,
    /// What stands below it.
    pub(crate) blocks: Vec<Block>,
}

/// Reads a text.
///
/// # Errors
/// Something that lessons do not use, with its line.
pub(crate) fn sections(text: &str) -> Result<Vec<Section>, String> {
    let mut reader = Reader::default();
    for (event, range) in Parser::new(text).into_offset_iter() {
        let line = text[..range.start].matches('\n').count() + 1;
        reader.event(event, line).map_err(|what| format!("line {line}: {what}"))?;
    }
    Ok(reader.sections)
}

#[derive(Default)]
struct Reader {
    sections: Vec<Section>,
    /// What is being collected: the pieces of a paragraph, of an item or of a heading.
    pieces: Vec<Inline>,
    /// The items of the list that is open, and whether it counts.
    list: Option<(bool, Vec<List<Inline>>)>,
    /// What words are now: plain, strong or emphasis.
    style: Style,
    /// Where the link that is open leads, and how many pieces stood before it.
    link: Option<(String, usize)>,
    in_listing: bool,
}

#[derive(Clone, Copy, Default, PartialEq)]
enum Style {
    #[default]
    Plain,
    Strong,
    Emphasis,
}

impl Reader {
    fn event(&mut self, event: Event<'_>, line: usize) -> Result<(), String> {
        match event {
            Event::Start(tag) => self.start(&tag, line),
            Event::End(end) => self.end(end),
            Event::Text(words) => {
                if self.in_listing {
                    return self.listing(&words);
                }
                self.words(&words);
                Ok(())
            }
            Event::Code(words) => {
                self.pieces.push(Inline::Code(words.into_string()));
                Ok(())
            }
            Event::SoftBreak => {
                self.words(" ");
                Ok(())
            }
            other => Err(format!("lessons have no {other:?}")),
        }
    }

    fn start(&mut self, tag: &Tag<'_>, line: usize) -> Result<(), String> {
        match tag {
            Tag::Heading { level, .. } => {
                let level = match level {
                    HeadingLevel::H1 => 1,
                    HeadingLevel::H2 => 2,
                    HeadingLevel::H3 => 3,
                    _ => return Err("headings have at most three #".to_owned()),
                };
                let heading = String::new();
                self.sections.push(Section { level, heading, line, blocks: Vec::new() });
                Ok(())
            }
            Tag::List(first) if self.list.is_none() => {
                self.list = Some((first.is_some(), Vec::new()));
                Ok(())
            }
            Tag::List(_) => Err("a list stands inside a list".to_owned()),
            Tag::Paragraph | Tag::Item => Ok(()),
            Tag::Strong => self.turn(Style::Strong),
            Tag::Emphasis => self.turn(Style::Emphasis),
            Tag::Link { dest_url, .. } => {
                self.link = Some((target(dest_url)?, self.pieces.len()));
                // Words of a link never run into those before it.
                self.pieces.push(Inline::Plain(String::new()));
                Ok(())
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(_)) => {
                self.in_listing = true;
                Ok(())
            }
            other => Err(format!("lessons have no {other:?}")),
        }
    }

    fn end(&mut self, end: TagEnd) -> Result<(), String> {
        match end {
            TagEnd::Heading(_) => {
                let words = plain(&std::mem::take(&mut self.pieces));
                self.section()?.heading = words;
                Ok(())
            }
            // A paragraph inside an item belongs to the item.
            TagEnd::Paragraph if self.list.is_some() => Ok(()),
            TagEnd::Paragraph => {
                let pieces = List(std::mem::take(&mut self.pieces));
                self.push(Block::Paragraph(pieces))
            }
            TagEnd::Item => {
                let pieces = List(std::mem::take(&mut self.pieces));
                if let Some((_, items)) = &mut self.list {
                    items.push(pieces);
                }
                Ok(())
            }
            TagEnd::List(_) => match self.list.take() {
                Some((true, items)) => self.push(Block::Numbered(List(items))),
                Some((false, items)) => self.push(Block::Bullets(List(items))),
                None => Ok(()),
            },
            TagEnd::CodeBlock => {
                self.in_listing = false;
                Ok(())
            }
            TagEnd::Link => {
                let (to, before) = self.link.take().ok_or("a link ends that never began")?;
                let words = plain(&self.pieces.split_off(before));
                self.pieces.push(Inline::Link(words, to));
                Ok(())
            }
            _ => {
                self.style = Style::Plain;
                Ok(())
            }
        }
    }

    fn turn(&mut self, style: Style) -> Result<(), String> {
        if self.style != Style::Plain {
            return Err("words are either strong or emphasised".to_owned());
        }
        self.style = style;
        Ok(())
    }

    fn words(&mut self, words: &str) {
        let last = self.pieces.last_mut();
        match (self.style, last) {
            (Style::Plain, Some(Inline::Plain(before)))
            | (Style::Strong, Some(Inline::Strong(before)))
            | (Style::Emphasis, Some(Inline::Emphasis(before))) => before.push_str(words),
            (Style::Plain, _) => self.pieces.push(Inline::Plain(words.to_owned())),
            (Style::Strong, _) => self.pieces.push(Inline::Strong(words.to_owned())),
            (Style::Emphasis, _) => self.pieces.push(Inline::Emphasis(words.to_owned())),
        }
    }

    fn listing(&mut self, words: &str) -> Result<(), String> {
        if self.list.is_some() {
            return Err("a listing stands inside a list".to_owned());
        }
        self.push(Block::Listing(words.trim_end().to_owned()))
    }

    fn push(&mut self, block: Block) -> Result<(), String> {
        self.section()?.blocks.push(block);
        Ok(())
    }

    fn section(&mut self) -> Result<&mut Section, String> {
        self.sections.last_mut().ok_or_else(|| "the text starts without `# Title`".to_owned())
    }
}

/// Where a link may lead: to a term, a lesson, a page, or to the web over `https`.
fn target(to: &str) -> Result<String, String> {
    let is_id = |id: &str| {
        !id.is_empty() && id.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-'))
    };
    let inside = ["term:", "lesson:", "page:"].iter().find_map(|kind| to.strip_prefix(kind));
    let is_web = to.strip_prefix("https://").is_some_and(|rest| {
        !rest.is_empty() && !rest.contains(|c: char| c.is_whitespace() || "\"'<>".contains(c))
    });
    if is_web || inside.is_some_and(is_id) {
        return Ok(to.to_owned());
    }
    Err(format!("a link leads to term:ID, lesson:ID, page:ID or https://…, not to \"{to}\""))
}

/// The words of some pieces without their styles.
pub(crate) fn plain(pieces: &[Inline]) -> String {
    let words = |piece: &Inline| match piece {
        Inline::Plain(words)
        | Inline::Strong(words)
        | Inline::Emphasis(words)
        | Inline::Code(words)
        | Inline::Link(words, _) => words.clone(),
    };
    pieces.iter().map(words).collect()
}
