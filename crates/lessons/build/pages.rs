//! Pages of words beside the lessons: the glossary, what is modelled.

use std::{collections::BTreeSet, fs, path::Path};

use crate::{
    data::{Block, Inline, List, Page, PageSection, PageText, Text, Told},
    markdown::{self, plain},
    read::file,
};

/// The folder under `lessons/` that holds no lesson.
pub(crate) const FOLDER: &str = "pages";

/// The page whose sections are terms.
pub(crate) const GLOSSARY: &str = "glossary";

/// Reads all pages, by name, and holds the links of lessons and pages to what is there.
///
/// # Errors
/// What is wrong, a line each, with the file.
pub(crate) fn pages(root: &Path, told: &[Told]) -> Result<Vec<Page>, String> {
    let folder = root.join(FOLDER);
    let entries =
        fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let folders = entries.flatten().filter(|entry| entry.path().is_dir());
    let names = folders.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut pages = Vec::new();
    for id in names.collect::<BTreeSet<_>>() {
        let text = |tag: &str| {
            let name = format!("{FOLDER}/{id}/{tag}.md");
            page(&file(&root.join(&name), &name)?).map_err(|what| format!("{name}: {what}"))
        };
        let (en, es) = (text("en")?, text("es")?);
        let ids = |text: &PageText| -> BTreeSet<String> {
            text.sections.0.iter().map(|section| section.id.clone()).collect()
        };
        if let Some(id) = ids(&en).symmetric_difference(&ids(&es)).next() {
            return Err(format!("{FOLDER}/{}: `## {id}` stands in one language only", en.title));
        }
        pages.push(Page { id, en, es });
    }
    let known = Known {
        terms: of(&pages, GLOSSARY),
        lessons: told.iter().map(|told| told.lesson.id.clone()).collect(),
        pages: pages.iter().map(|page| page.id.clone()).collect(),
    };
    let mut wrong = Vec::new();
    for told in told {
        for (tag, text) in [("en", &told.en), ("es", &told.es)] {
            known.check(
                &links_of_text(text),
                &format!("{}/{tag}.md", told.lesson.folder),
                &mut wrong,
            );
        }
    }
    for page in &pages {
        for (tag, text) in [("en", &page.en), ("es", &page.es)] {
            let mut links = links_of(&text.intro.0);
            text.sections.0.iter().for_each(|section| links.extend(links_of(&section.words.0)));
            known.check(&links, &format!("{FOLDER}/{}/{tag}.md", page.id), &mut wrong);
        }
    }
    if !wrong.is_empty() {
        return Err(wrong.join("\n"));
    }
    for page in pages.iter_mut().filter(|page| page.id == GLOSSARY) {
        let lessons_of = |id: &str| {
            let to = format!("term:{id}");
            let uses = told.iter().filter(|told| {
                [&told.en, &told.es].iter().any(|text| links_of_text(text).contains(&to))
            });
            List(uses.map(|told| told.lesson.id.clone()).collect())
        };
        for section in page.en.sections.0.iter_mut().chain(&mut page.es.sections.0) {
            section.lessons = lessons_of(&section.id);
        }
    }
    Ok(pages)
}

/// The ids of a page's sections.
fn of(pages: &[Page], id: &str) -> BTreeSet<String> {
    let page = pages.iter().find(|page| page.id == id);
    let sections = page.map_or(&[][..], |page| &page.en.sections.0);
    sections.iter().map(|section| section.id.clone()).collect()
}

/// `# Title`, words about it, then `## id` with the name and the words of each section.
fn page(text: &str) -> Result<PageText, String> {
    let mut sections = markdown::sections(text)?.into_iter();
    let first = sections.next().filter(|first| first.level == 1 && !first.heading.is_empty());
    let first = first.ok_or("line 1: `# Title` is missing")?;
    let mut read: Vec<PageSection> = Vec::new();
    for section in sections {
        let (line, id) = (section.line, section.heading);
        let mut blocks = section.blocks.into_iter();
        let Some(Block::Paragraph(name)) = blocks.next() else {
            return Err(format!("line {line}: `## {id}` must begin with its name"));
        };
        let words: Vec<Block> = blocks.collect();
        if section.level != 2 || words.is_empty() || read.iter().any(|other| other.id == id) {
            return Err(format!("line {line}: `{id}` is no `##`, stands twice or says nothing"));
        }
        let name = plain(&name.0);
        read.push(PageSection { id, name, words: List(words), lessons: List(Vec::new()) });
    }
    Ok(PageText { title: first.heading, intro: List(first.blocks), sections: List(read) })
}

/// What links may lead to.
struct Known {
    terms: BTreeSet<String>,
    lessons: BTreeSet<String>,
    pages: BTreeSet<String>,
}

impl Known {
    fn check(&self, links: &[String], file: &str, wrong: &mut Vec<String>) {
        let is_known = |to: &str| match to.split_once(':') {
            Some(("term", id)) => self.terms.contains(id),
            Some(("lesson", id)) => self.lessons.contains(id),
            Some(("page", id)) => self.pages.contains(id),
            _ => true,
        };
        for to in links.iter().filter(|to| !is_known(to)) {
            wrong.push(format!("{file}: a link leads to {to}, which is not there"));
        }
    }
}

fn links_of_text(text: &Text) -> Vec<String> {
    let mut links = Vec::new();
    for blocks in [&text.story, &text.question, &text.debrief] {
        links.extend(links_of(&blocks.0));
    }
    text.answers.0.iter().for_each(|answer| {
        links.extend(links_in(&answer.text.0));
        links.extend(links_of(&answer.feedback.0));
    });
    text.challenges.0.iter().for_each(|challenge| {
        links.extend(links_in(&challenge.title.0));
        links.extend(links_of(&challenge.body.0));
    });
    for items in [&text.hints, &text.stops, &text.production, &text.reading] {
        items.0.iter().for_each(|item| links.extend(links_in(&item.0)));
    }
    links.extend(links_in(&text.modelled.0));
    links
}

fn links_of(blocks: &[Block]) -> Vec<String> {
    let mut links = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(pieces) => links.extend(links_in(&pieces.0)),
            Block::Bullets(items) | Block::Numbered(items) => {
                items.0.iter().for_each(|item| links.extend(links_in(&item.0)));
            }
            Block::Listing(_) => {}
        }
    }
    links
}

fn links_in(pieces: &[Inline]) -> Vec<String> {
    let to = |piece: &Inline| match piece {
        Inline::Link(_, to) => Some(to.clone()),
        _ => None,
    };
    pieces.iter().filter_map(to).collect()
}
