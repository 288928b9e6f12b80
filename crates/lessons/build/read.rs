//! From a folder to a lesson. Every message begins with the file it is about.

use std::{collections::BTreeMap, collections::BTreeSet, fs, path::Path};

use serde::Deserialize;

use crate::{
    data::{
        Answer, AnswerText, Block, Challenge, ChallengeText, Condition, Fitting, Inline, Kind,
        Lesson, List, Measured, Stop, Text, Theme, ThemeText, Told, Tool, Varied,
    },
    markdown::{self, Section, plain},
    pages,
};

/// `lesson.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Declared {
    id: String,
    theme: String,
    kata: Option<u32>,
    minutes: u32,
    /// It draws together what the course has taught, and its text may be longer.
    #[serde(default)]
    project: bool,
    answers: Vec<String>,
    right: String,
    #[serde(default)]
    schedules: Vec<DeclaredSchedule>,
    #[serde(default)]
    stops: Vec<DeclaredStop>,
    challenges: Vec<DeclaredChallenge>,
    #[serde(default)]
    measured: Vec<DeclaredMeasured>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DeclaredStop {
    id: String,
    schedule: String,
    step: u32,
    #[serde(default)]
    settings: BTreeMap<String, Scalar>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DeclaredSchedule {
    name: String,
    only: BTreeMap<String, Vec<Scalar>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DeclaredChallenge {
    id: String,
    kind: String,
    #[serde(default)]
    promises: Vec<String>,
    #[serde(default)]
    goals: Vec<String>,
    #[serde(default)]
    conditions: Vec<String>,
    #[serde(default)]
    vary: BTreeMap<String, Vec<Scalar>>,
    #[serde(default)]
    ends: BTreeMap<String, Scalar>,
    #[serde(default)]
    reaches: BTreeMap<String, Scalar>,
    seeds: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DeclaredMeasured {
    goal: String,
    missed: BTreeMap<String, Scalar>,
    met: BTreeMap<String, Scalar>,
    seeds: u32,
}

/// `themes.toml`: the themes in their order.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Themes {
    theme: Vec<DeclaredTheme>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DeclaredTheme {
    id: String,
    /// Its name and a line about it.
    en: [String; 2],
    es: [String; 2],
}

/// Reads the themes, in the order of the course.
///
/// # Errors
/// What is wrong, with the file.
pub(crate) fn themes(root: &Path) -> Result<Vec<Theme>, String> {
    let themes: Themes = toml::from_str(&file(&root.join("themes.toml"), "themes.toml")?)
        .map_err(|error| format!("themes.toml: {error}"))?;
    let words = |[name, line]: [String; 2]| ThemeText { name, line };
    let themes = themes.theme.into_iter();
    Ok(themes.map(|one| Theme { id: one.id, en: words(one.en), es: words(one.es) }).collect())
}

/// Reads all lessons of a folder: theme by theme, in each by the numbers with which their folders'
/// names begin. So they are shown, and so one leads to the next.
///
/// # Errors
/// What is wrong, a line each, with the file.
pub(crate) fn lessons(root: &Path) -> Result<Vec<Told>, String> {
    let themes = themes(root)?;
    let mut folders = Vec::new();
    let entries = fs::read_dir(root).map_err(|error| format!("{}: {error}", root.display()))?;
    for entry in entries.flatten().filter(|entry| entry.path().is_dir()) {
        folders.push(entry.file_name().to_string_lossy().into_owned());
    }
    folders.retain(|folder| folder != pages::FOLDER);
    folders.sort();
    let mut lessons = Vec::new();
    let mut wrong = Vec::new();
    for folder in &folders {
        match lesson(root, folder, &themes) {
            Ok(lesson) => lessons.push(lesson),
            Err(messages) => wrong.push(messages),
        }
    }
    lessons.sort_by_key(|told: &Told| told.lesson.number);
    for pair in lessons.windows(2) {
        let [Told { lesson: one, .. }, Told { lesson: other, .. }] = pair else { continue };
        if one.number == other.number {
            wrong.push(format!("{}: {} has its number", other.folder, one.folder));
        }
    }
    let place = |told: &Told| themes.iter().position(|theme| theme.id == told.lesson.theme);
    lessons.sort_by_key(place);
    let ids: BTreeSet<&str> = lessons.iter().map(|told| told.lesson.id.as_str()).collect();
    if ids.len() != lessons.len() {
        wrong.push("lesson.toml: two lessons have one id".to_owned());
    }
    if wrong.is_empty() { Ok(lessons) } else { Err(wrong.join("\n")) }
}

pub(crate) fn file(path: &Path, name: &str) -> Result<String, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{name}: {error}"))?;
    Ok(text.replace("\r\n", "\n"))
}

fn lesson(root: &Path, folder: &str, themes: &[Theme]) -> Result<Told, String> {
    let read = |name: &str| file(&root.join(folder).join(name), &format!("{folder}/{name}"));
    let scenario = read("scenario.lockstep")?;
    let at = format!("{folder}/lesson.toml");
    let declared: Declared =
        toml::from_str(&read("lesson.toml")?).map_err(|error| format!("{at}: {error}"))?;
    let (lines, most) = (scenario.lines().count(), if declared.project { 130 } else { 60 });
    if lines > most {
        return Err(format!("{folder}/scenario.lockstep: {lines} lines, at most {most} fit"));
    }
    let number = folder.split('-').next().and_then(|digits| digits.parse().ok());
    let number = number.ok_or_else(|| format!("{folder}: its name begins with no number"))?;
    if !declared.answers.contains(&declared.right) {
        return Err(format!("{at}: right = \"{}\" is not one of the answers", declared.right));
    }
    let theme = themes
        .iter()
        .find(|theme| theme.id == declared.theme)
        .ok_or_else(|| format!("{at}: themes.toml has no theme \"{}\"", declared.theme))?;
    let text = |tag: &str| {
        let name = format!("{tag}.md");
        let theme = if tag == "en" { &theme.en.name } else { &theme.es.name };
        texts(&read(&name)?, &declared, theme).map_err(|wrong| {
            let lines = wrong.lines().map(|line| format!("{folder}/{name}: {line}"));
            lines.collect::<Vec<_>>().join("\n")
        })
    };
    let (en, es) = (text("en")?, text("es")?);
    same_keys(&en, &es).map_err(|what| format!("{folder}/es.md: {what}"))?;
    let challenges = declared.challenges.iter().map(|challenge| {
        self::challenge(challenge)
            .map_err(|what| format!("{at}: challenge \"{}\": {what}", challenge.id))
    });
    let challenges = challenges.collect::<Result<_, _>>()?;
    let measured = declared.measured.iter().map(|measured| {
        self::measured(measured)
            .map_err(|what| format!("{at}: measured \"{}\": {what}", measured.goal))
    });
    let measured = List(measured.collect::<Result<_, _>>()?);
    let answers = declared.answers.iter();
    let answers =
        answers.map(|id| Answer { id: id.clone(), right: *id == declared.right }).collect();
    let stops = declared.stops.iter().map(|stop| Stop {
        id: stop.id.clone(),
        schedule: stop.schedule.clone(),
        step: stop.step,
        settings: List(stop.settings.iter().map(spelled).collect()),
    });
    let schedules = declared.schedules.iter().map(|schedule| Fitting {
        schedule: schedule.name.clone(),
        only: List(schedule.only.iter().map(varied).collect()),
    });
    let lesson = Lesson {
        schedules: List(schedules.collect()),
        stops: List(stops.collect()),
        id: declared.id,
        folder: folder.to_owned(),
        theme: declared.theme,
        number,
        kata: declared.kata,
        minutes: declared.minutes,
        scenario,
        answers: List(answers),
        challenges: List(challenges),
    };
    Ok(Told { lesson, measured, en, es })
}

/// A value of a parameter or variable.
#[derive(Deserialize)]
#[serde(untagged)]
enum Scalar {
    Number(i64),
    Flag(bool),
    Words(String),
}

/// A value as a scenario would spell it.
fn spell(value: &Scalar) -> String {
    match value {
        Scalar::Number(value) => value.to_string(),
        Scalar::Flag(value) => value.to_string(),
        Scalar::Words(value) => value.clone(),
    }
}

fn spelled((name, value): (&String, &Scalar)) -> (String, String) {
    (name.clone(), spell(value))
}

fn varied((param, values): (&String, &Vec<Scalar>)) -> Varied {
    Varied { param: param.clone(), values: List(values.iter().map(spell).collect()) }
}

fn challenge(declared: &DeclaredChallenge) -> Result<Challenge, String> {
    let kind = match declared.kind.as_str() {
        "break" => Kind::Break,
        "fix" => Kind::Fix,
        "meet" => Kind::Meet,
        other => return Err(format!("kind \"{other}\" is none of break, fix, meet")),
    };
    let has_parts = [
        ("promises", !declared.promises.is_empty()),
        ("ends", !declared.ends.is_empty()),
        ("reaches", !declared.reaches.is_empty()),
        ("goals", !declared.goals.is_empty()),
        ("seeds", declared.seeds.is_some()),
    ];
    for (part, is_there) in has_parts {
        let is_of_meet = ["goals", "seeds"].contains(&part);
        match kind {
            Kind::Meet if is_of_meet && !is_there => return Err(format!("`{part}` is missing")),
            Kind::Meet if !is_of_meet && is_there => {
                return Err(format!("`{part}` is not for kind \"meet\""));
            }
            Kind::Break | Kind::Fix if is_of_meet && is_there => {
                return Err(format!("`{part}` is for kind \"meet\" only"));
            }
            _ => {}
        }
    }
    let seeds = declared.seeds.map_or(Ok(0), self::seeds)?;
    let conditions = declared.conditions.iter().map(|words| condition(words));
    let vary = declared.vary.iter().map(varied);
    Ok(Challenge {
        id: declared.id.clone(),
        kind,
        promises: List(declared.promises.clone()),
        goals: List(declared.goals.clone()),
        conditions: List(conditions.collect::<Result<_, _>>()?),
        vary: List(vary.collect()),
        ends: List(declared.ends.iter().map(spelled).collect()),
        reaches: List(declared.reaches.iter().map(spelled).collect()),
        seeds,
    })
}

fn measured(declared: &DeclaredMeasured) -> Result<Measured, String> {
    let settings = |all: &BTreeMap<String, Scalar>| List(all.iter().map(spelled).collect());
    let (missed, met) = (settings(&declared.missed), settings(&declared.met));
    if missed == met {
        return Err("`missed` and `met` are the same".to_owned());
    }
    Ok(Measured { goal: declared.goal.clone(), missed, met, seeds: seeds(declared.seeds)? })
}

/// More would take a page too long.
const SEEDS_MAX: u32 = 20;

fn seeds(seeds: u32) -> Result<u32, String> {
    if (1..=SEEDS_MAX).contains(&seeds) {
        Ok(seeds)
    } else {
        Err(format!("seeds = {seeds} is not in 1..{SEEDS_MAX}"))
    }
}

fn condition(words: &str) -> Result<Condition, String> {
    let pair = |(param, value): (&str, &str)| (param.trim().to_owned(), value.trim().to_owned());
    let tools = [
        ("lock", Tool::Lock),
        ("atomic", Tool::Atomic),
        ("rwlock", Tool::RwLock),
        ("semaphore", Tool::Semaphore),
        ("retry", Tool::Retry),
    ];
    for (name, tool) in tools {
        if words.trim() == format!("no {name}") {
            return Ok(Condition::AtMost { tool, most: 0 });
        }
    }
    if let Some(most) = words.trim().strip_prefix("locks <= ").and_then(|n| n.parse().ok()) {
        return Ok(Condition::AtMost { tool: Tool::Lock, most });
    }
    if let Some((param, value)) = words.split_once("==").map(pair) {
        return Ok(Condition::Is { param, value });
    }
    if let Some((param, value)) = words.split_once("!=").map(pair) {
        return Ok(Condition::IsNot { param, value });
    }
    let forms = "`param == value`, `param != value`, `locks <= 2`, `no` and one of";
    let tools = tools.map(|(name, _)| name).join(", ");
    Err(format!("condition \"{words}\" is none of {forms} {tools}"))
}

/// The parts of a text by heading; what is missing or too much is collected.
struct Parts {
    sections: Vec<Section>,
    wrong: Vec<String>,
}

impl Parts {
    /// The blocks of a part, which must be there and not be empty.
    fn blocks(&mut self, part: &str) -> Vec<Block> {
        let found = self.sections.iter().position(|section| {
            section.level == 2 && section.heading == part && !section.blocks.is_empty()
        });
        match found {
            Some(at) => std::mem::take(&mut self.sections[at].blocks),
            None => {
                self.wrong.push(format!("`## {part}` is missing or empty"));
                Vec::new()
            }
        }
    }

    /// The blocks below `### key` inside a part, for each key.
    fn keyed(&mut self, part: &str, keys: &[&str]) -> Vec<Vec<Block>> {
        let start = self.sections.iter().position(|s| s.level == 2 && s.heading == part);
        let Some(start) = start else {
            if !keys.is_empty() {
                self.wrong.push(format!("`## {part}` is missing"));
            }
            return keys.iter().map(|_| Vec::new()).collect();
        };
        let below = self.sections.iter_mut().skip(start + 1).take_while(|s| s.level == 3);
        let mut found: BTreeMap<String, (usize, Vec<Block>)> = BTreeMap::new();
        for section in below {
            let blocks = std::mem::take(&mut section.blocks);
            let twice = found.insert(section.heading.clone(), (section.line, blocks));
            if twice.is_some() {
                let (line, heading) = (section.line, &section.heading);
                self.wrong.push(format!("line {line}: `### {heading}` stands here twice"));
            }
        }
        let mut taken = Vec::new();
        for key in keys {
            let blocks = found.remove(*key).map(|(_, blocks)| blocks).unwrap_or_default();
            if blocks.is_empty() {
                self.wrong.push(format!("`### {key}` under `## {part}` is missing or empty"));
            }
            taken.push(blocks);
        }
        for (key, (line, _)) in found {
            self.wrong.push(format!("line {line}: nobody asks for `### {key}` of `## {part}`"));
        }
        taken
    }

    /// Whether a part of a part is there.
    fn has(&self, heading: &str) -> bool {
        self.sections.iter().any(|section| section.level == 3 && section.heading == heading)
    }

    fn paragraph(&mut self, blocks: Vec<Block>, of: &str) -> List<Inline> {
        match blocks.into_iter().next() {
            Some(Block::Paragraph(pieces)) => pieces,
            Some(_) => {
                self.wrong.push(format!("`{of}` must begin with a paragraph"));
                List(Vec::new())
            }
            None => List(Vec::new()),
        }
    }

    fn items(&mut self, blocks: Vec<Block>, of: &str) -> Vec<List<Inline>> {
        match blocks.into_iter().next() {
            Some(Block::Bullets(items) | Block::Numbered(items)) => items.0,
            Some(_) => {
                self.wrong.push(format!("`{of}` must be a list"));
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    /// Items like "`key`: words".
    fn labels(&mut self, blocks: Vec<Block>, of: &str) -> List<(String, String)> {
        let mut labels = Vec::new();
        for item in self.items(blocks, of) {
            match item.0.as_slice() {
                [Inline::Code(key), Inline::Plain(words), ..] if words.starts_with(": ") => {
                    let words = plain(&item.0[1..]);
                    labels.push((key.clone(), words[2..].trim().to_owned()));
                }
                pieces => {
                    let words = plain(pieces);
                    self.wrong.push(format!("`{of}`: \"{words}\" is not like \"`key`: words\""));
                }
            }
        }
        List(labels)
    }
}

const PARTS: [&str; 11] = [
    "summary",
    "story",
    "question",
    "hints",
    "stops",
    "debrief",
    "modelled",
    "production",
    "reading",
    "challenges",
    "labels",
];

fn texts(text: &str, declared: &Declared, theme: &str) -> Result<Text, String> {
    let sections = markdown::sections(text)?;
    let title = match sections.first() {
        Some(first) if first.level == 1 && !first.heading.is_empty() => first.heading.clone(),
        _ => return Err("line 1: `# Title` is missing".to_owned()),
    };
    let mut parts = Parts { sections, wrong: Vec::new() };
    for section in &parts.sections {
        if section.level == 2 && !PARTS.contains(&section.heading.as_str()) {
            let (line, heading) = (section.line, &section.heading);
            let parts_are = PARTS.join(", ");
            parts.wrong.push(format!("line {line}: `## {heading}` is none of {parts_are}"));
        }
    }
    let summary = parts.blocks("summary");
    let summary = plain(&parts.paragraph(summary, "## summary").0);
    let story = List(parts.blocks("story"));
    let question = List(parts.blocks("question"));
    let keys: Vec<&str> = declared.answers.iter().map(String::as_str).collect();
    let mut answers = Vec::new();
    for (blocks, key) in parts.keyed("question", &keys).into_iter().zip(&keys) {
        let feedback = List(blocks.iter().skip(1).cloned().collect());
        if feedback.0.is_empty() && !blocks.is_empty() {
            parts.wrong.push(format!("`### {key}` under `## question` has no feedback"));
        }
        answers.push(AnswerText { text: parts.paragraph(blocks, key), feedback });
    }
    let hints = parts.blocks("hints");
    let hints = parts.items(hints, "## hints");
    let keys: Vec<&str> = declared.stops.iter().map(|stop| stop.id.as_str()).collect();
    let mut stops = Vec::new();
    for (blocks, key) in parts.keyed("stops", &keys).into_iter().zip(&keys) {
        stops.push(parts.paragraph(blocks, key));
    }
    let debrief = List(parts.blocks("debrief"));
    let modelled = parts.blocks("modelled");
    let modelled = parts.paragraph(modelled, "## modelled");
    let production = parts.blocks("production");
    let production = List(parts.items(production, "## production"));
    let reading = parts.blocks("reading");
    let reading = List(parts.items(reading, "## reading"));
    let keys: Vec<&str> = declared.challenges.iter().map(|c| c.id.as_str()).collect();
    let mut challenges = Vec::new();
    for (blocks, key) in parts.keyed("challenges", &keys).into_iter().zip(&keys) {
        let body = List(blocks.iter().skip(1).cloned().collect());
        challenges.push(ChallengeText { title: parts.paragraph(blocks, key), body });
    }
    // A lesson without promises, say, has no words for them; tests ask for those of what is there.
    const LABELS: [&str; 6] = ["parameters", "choices", "promises", "schedules", "goals", "charts"];
    let asked: Vec<&str> = LABELS
        .into_iter()
        .enumerate()
        .filter(|(at, key)| *at == 0 || parts.has(key))
        .map(|(_, key)| key)
        .collect();
    let mut labels = BTreeMap::new();
    for (blocks, key) in parts.keyed("labels", &asked).into_iter().zip(asked) {
        labels.insert(key, parts.labels(blocks, key));
    }
    let mut labels = LABELS.map(|key| labels.remove(key).unwrap_or(List(Vec::new()))).into_iter();
    let mut labels = || labels.next().unwrap_or(List(Vec::new()));
    let (parameters, choices, promises, schedules) = (labels(), labels(), labels(), labels());
    let (goals, charts) = (labels(), labels());
    if !parts.wrong.is_empty() {
        return Err(parts.wrong.join("\n"));
    }
    Ok(Text {
        theme: theme.to_owned(),
        title,
        summary,
        story,
        question,
        answers: List(answers),
        hints: List(hints),
        stops: List(stops),
        debrief,
        modelled,
        production,
        reading,
        challenges: List(challenges),
        parameters,
        choices,
        promises,
        schedules,
        goals,
        charts,
    })
}

/// Both languages label the same things and give as many hints.
fn same_keys(en: &Text, es: &Text) -> Result<(), String> {
    for (part, en, es) in [
        ("hints", &en.hints, &es.hints),
        ("production", &en.production, &es.production),
        ("reading", &en.reading, &es.reading),
    ] {
        if en.0.len() != es.0.len() {
            let (here, there) = (es.0.len(), en.0.len());
            return Err(format!("`## {part}` has {here} items, en.md has {there}"));
        }
    }
    let keys = |list: &List<(String, String)>| {
        list.0.iter().map(|(key, _)| key.clone()).collect::<BTreeSet<String>>()
    };
    for (name, en, es) in [
        ("parameters", &en.parameters, &es.parameters),
        ("choices", &en.choices, &es.choices),
        ("promises", &en.promises, &es.promises),
        ("schedules", &en.schedules, &es.schedules),
        ("goals", &en.goals, &es.goals),
        ("charts", &en.charts, &es.charts),
    ] {
        if let Some(key) = keys(en).difference(&keys(es)).next() {
            return Err(format!("`### {name}` lacks `{key}`, which en.md has"));
        }
        if let Some(key) = keys(es).difference(&keys(en)).next() {
            return Err(format!("`### {name}` has `{key}`, which en.md lacks"));
        }
    }
    Ok(())
}
