//! What the words around a lesson owe: the same links in both languages, each once, a glossary in
//! which no word stands unused, and the quotes of the language.

use lessons::{Block, Inline, Lesson, Page};
use sim_core::say::Lang;

/// The file of a lesson's words, for messages.
fn file(lesson: &Lesson, lang: Lang) -> String {
    format!("lessons/{}/{}.md", lesson.folder, lang.tag())
}

/// Where pieces lead, in order.
fn links(pieces: &[Inline], found: &mut Vec<&'static str>) {
    for piece in pieces {
        if let Inline::Link(_, to) = piece {
            found.push(to);
        }
    }
}

fn links_of_blocks(blocks: &[Block], found: &mut Vec<&'static str>) {
    for block in blocks {
        match block {
            Block::Paragraph(pieces) => links(pieces, found),
            Block::Bullets(items) | Block::Numbered(items) => {
                items.iter().for_each(|item| links(item, found));
            }
            Block::Listing(_) => {}
        }
    }
}

/// Where the story and the debrief of a lesson lead within the course, sorted.
fn inner_links(lesson: &Lesson, lang: Lang) -> Vec<&'static str> {
    let text = lesson.text(lang);
    let mut found = Vec::new();
    links_of_blocks(text.story, &mut found);
    links_of_blocks(text.debrief, &mut found);
    found.retain(|to| !to.starts_with("https:"));
    found.sort_unstable();
    found
}

fn glossary() -> &'static Page {
    lessons::pages().iter().find(|page| page.id == "glossary").expect("there is a glossary")
}

#[test]
fn both_languages_lead_to_the_same_words() {
    for lesson in lessons::all() {
        let (en, es) = (inner_links(lesson, Lang::En), inner_links(lesson, Lang::Es));
        assert_eq!(en, es, "{}", lesson.folder);
        let terms = en.iter().filter(|to| to.starts_with("term:")).count();
        assert!((2..=8).contains(&terms), "{}: {terms} links to the glossary", lesson.folder);
    }
}

/// A second link to the same word is noise.
#[test]
fn a_word_is_linked_once_in_a_lesson() {
    for lesson in lessons::all() {
        let en = inner_links(lesson, Lang::En);
        let twice = en.windows(2).find(|pair| pair[0] == pair[1]);
        assert_eq!(twice, None, "{}", lesson.folder);
    }
}

#[test]
fn every_term_is_used_and_is_short_of_name() {
    for lang in Lang::ALL {
        for term in glossary().text(lang).sections {
            let id = term.id;
            assert!(!term.lessons.is_empty(), "no lesson leads to the term {id}");
            assert!(term.name.chars().count() <= 45, "{id}: {}", term.name);
            assert!((1..=3).contains(&term.words.len()), "{id} in {}", lang.tag());
        }
    }
}

/// Spanish quotes with «», as the page itself does.
#[test]
fn quotes_are_those_of_the_language() {
    let said = |pieces: &[Inline]| -> bool {
        pieces.iter().all(|piece| match piece {
            Inline::Plain(words)
            | Inline::Strong(words)
            | Inline::Emphasis(words)
            | Inline::Link(words, _) => !words.contains('"'),
            Inline::Code(_) => true,
        })
    };
    let blocks = |blocks: &[Block]| -> bool {
        blocks.iter().all(|block| match block {
            Block::Paragraph(pieces) => said(pieces),
            Block::Bullets(items) | Block::Numbered(items) => items.iter().all(|item| said(item)),
            Block::Listing(_) => true,
        })
    };
    for lesson in lessons::all() {
        let (text, file) = (lesson.text(Lang::Es), file(lesson, Lang::Es));
        assert!(blocks(text.story) && blocks(text.debrief) && said(text.modelled), "{file}");
        assert!(text.production.iter().chain(text.reading).all(|item| said(item)), "{file}");
        assert!(text.stops.iter().chain(text.hints).all(|item| said(item)), "{file}");
    }
    for term in glossary().text(Lang::Es).sections {
        assert!(blocks(term.words), "{}", term.id);
    }
}
