//! What is said in the end, and the document of it.

use std::{collections::BTreeMap, fmt::Write, fs};

use crate::{
    compare::{Compared, Verdict},
    options::Options,
    program::{Level, Program},
    scenario::scenario,
    sql,
    transcript::Transcript,
};

const HEAD: &str = include_str!("report_head.md");

/// All that was compared.
pub(crate) struct Report {
    version: String,
    seed: u64,
    file: Option<String>,
    known: Vec<(Level, Compared)>,
    /// For each level, and mixed.
    random: BTreeMap<usize, Tally>,
    /// Random programs that PostgreSQL refuses for a page of its index.
    by_page: Vec<String>,
    /// Random programs where several might be refused at a commit.
    order: Vec<String>,
    different: Vec<String>,
}

#[derive(Default)]
struct Tally {
    programs: usize,
    steps: usize,
    waits: usize,
    /// Refused transactions: by the kind of refusal.
    refused: BTreeMap<&'static str, usize>,
    agreed: usize,
    in_another_order: usize,
    by_page: usize,
    order: usize,
    different: usize,
}

/// How refusals are told apart.
const KINDS: &[(&str, &str)] = &[
    ("changed meanwhile", "concurrent"),
    ("read and written", "dependencies"),
    ("deadlock", "deadlock"),
    ("duplicate", "duplicate"),
];

impl Report {
    pub(crate) fn new(version: &str, options: &Options) -> Report {
        // `15.18 (Debian …)`: whose package it is does not matter.
        let version = version.split(' ').next().unwrap_or(version).to_owned();
        Report {
            version,
            seed: options.seed,
            file: options.report.clone(),
            known: Vec::new(),
            random: BTreeMap::new(),
            by_page: Vec::new(),
            order: Vec::new(),
            different: Vec::new(),
        }
    }

    pub(crate) fn known(&mut self, level: Level, compared: Compared) {
        self.note(&compared);
        self.known.push((level, compared));
    }

    pub(crate) fn random(&mut self, level: Option<Level>, compared: Compared) {
        self.note(&compared);
        let place = level.map_or(Level::ALL.len(), |level| level as usize);
        let tally = self.random.entry(place).or_default();
        let steps = &compared.run.transcript.steps;
        tally.programs += 1;
        tally.steps += steps.len();
        tally.waits += steps.iter().filter(|step| step.gave == crate::transcript::WAITS).count();
        for (_, refused) in &compared.run.refused {
            let kind = KINDS.iter().find(|(_, word)| refused.message.contains(word));
            *tally.refused.entry(kind.map_or("other", |(kind, _)| kind)).or_default() += 1;
        }
        match compared.verdict {
            Verdict::Agreed => tally.agreed += 1,
            Verdict::AgreedInAnotherOrder => tally.in_another_order += 1,
            Verdict::PageOfTheIndex => {
                tally.by_page += 1;
                let level = level.map_or("mixed", Level::words);
                self.by_page.push(format!("{}, {level}", compared.program.title));
            }
            Verdict::OrderOfConflicts => {
                tally.order += 1;
                let level = level.map_or("mixed", Level::words);
                self.order.push(format!("{}, {level}", compared.program.title));
            }
            Verdict::Different { .. } => tally.different += 1,
        }
    }

    fn note(&mut self, compared: &Compared) {
        if let Verdict::Different { at, .. } = &compared.verdict {
            self.different.push(format!("{} ({at})", compared.program.title));
        }
    }

    /// A few lines.
    pub(crate) fn in_short(&self) -> String {
        let agreed = |verdict: &Verdict| !matches!(verdict, Verdict::Different { .. });
        let known = self.known.iter().filter(|(_, compared)| agreed(&compared.verdict)).count();
        let text = format!("known programs: {known} of {} agree\n", self.known.len());
        text + &self.table()
    }

    /// Writes the document; an error if anything differs that must not.
    pub(crate) fn end(&self) -> Result<(), String> {
        if !self.different.is_empty() {
            let all = self.different.join("\n  ");
            return Err(format!("Lockstep differs from PostgreSQL:\n  {all}"));
        }
        let Some(file) = &self.file else { return Ok(()) };
        fs::write(file, self.document()).map_err(|error| format!("{file}: {error}"))?;
        println!("{file} is written");
        Ok(())
    }

    fn document(&self) -> String {
        let mut text = HEAD.replace("VERSION", &self.version);
        let mut title = "";
        for (level, compared) in &self.known {
            let program = &compared.program;
            if title != program.title {
                title = &program.title;
                let _ = write!(text, "\n### {title}\n\n");
                for line in listing(program) {
                    let _ = writeln!(text, "    {line}");
                }
                let _ = write!(text, "\n| level | what happens, in both |\n| --- | --- |\n");
            }
            let mark = match compared.verdict {
                Verdict::Agreed => "",
                Verdict::AgreedInAnotherOrder => " (another waiter goes on first)",
                Verdict::PageOfTheIndex => " **PostgreSQL only: a page of the index**",
                Verdict::OrderOfConflicts => " **PostgreSQL only: conflicts met in another order**",
                Verdict::Different { .. } => " **differs**",
            };
            let told = told(program, &compared.run.transcript);
            let _ = writeln!(text, "| {} | {told}{mark} |", level.words());
        }
        let number = self.random.values().next().map_or(0, |tally| tally.programs);
        let _ = write!(
            text,
            "\n## Programs nobody thought of\n\n{number} of them, of seed {}, at each level and with a level a \
             transaction (mixed).\n\n{}",
            self.seed,
            self.table()
        );
        if !self.by_page.is_empty() {
            let _ =
                write!(text, "\nRefused for a page of the index: {}.\n", self.by_page.join("; "));
        }
        if !self.order.is_empty() {
            let _ = write!(text, "\nConflicts met in another order: {}.\n", self.order.join("; "));
        }
        text
    }

    /// The random programs in numbers.
    fn table(&self) -> String {
        let kinds: Vec<&str> = KINDS.iter().map(|(kind, _)| *kind).collect();
        let mut text = format!(
            "| level | programs | steps | waits | {} | the same | in another order | refused for a page | conflicts met in another order | different |\n",
            kinds.join(" | ")
        );
        text += &format!("| --- {}|\n", "| ---: ".repeat(kinds.len() + 8));
        for (place, tally) in &self.random {
            let level = Level::ALL.get(*place).map_or("mixed", |level| level.words());
            let refused = kinds.iter().map(|kind| tally.refused.get(kind).copied().unwrap_or(0));
            let numbers =
                [tally.programs, tally.steps, tally.waits].into_iter().chain(refused).chain([
                    tally.agreed,
                    tally.in_another_order,
                    tally.by_page,
                    tally.order,
                    tally.different,
                ]);
            let numbers: Vec<String> = numbers.map(|number| number.to_string()).collect();
            text += &format!("| {level} | {} |\n", numbers.join(" | "));
        }
        text
    }
}

/// The statements, a transaction a line.
fn listing(program: &Program) -> Vec<String> {
    let say = crate::scenario::statement_of(program);
    let transactions = program.transactions.iter();
    transactions
        .map(|transaction| {
            let statements = transaction.statements.iter().map(&say);
            format!("{}: {}", transaction.name, statements.collect::<Vec<_>>().join("; "))
        })
        .collect()
}

/// A run in a line.
fn told(program: &Program, transcript: &Transcript) -> String {
    let name = |who: &usize| program.transactions[*who].name.as_str();
    let steps: Vec<String> = transcript
        .steps
        .iter()
        .map(|step| {
            let then: Vec<String> =
                step.then.iter().map(|(who, gave)| format!("{} {gave}", name(who))).collect();
            let then = if then.is_empty() {
                String::new()
            } else {
                format!(" (then {})", then.join(", "))
            };
            format!("{} {}{then}", name(&step.by), step.gave)
        })
        .collect();
    format!("{}. In the end {}", steps.join("; "), transcript.rows.join(", "))
}

/// A difference, plainly.
pub(crate) fn difference(compared: &Compared) -> String {
    let Verdict::Different { at, lockstep } = &compared.verdict else { return String::new() };
    let program = &compared.program;
    let levels: Vec<&str> = program.transactions.iter().map(|one| one.level.words()).collect();
    let mut text = format!("\n✗ {} ({}) differs at {at}\n", program.title, levels.join(", "));
    text += &scenario(program);
    for transaction in &program.transactions {
        for statement in &transaction.statements {
            let sql = sql::statement(program, transaction.level, statement, &|_| None);
            let _ = writeln!(text, "  {}: {sql}", transaction.name);
        }
    }
    let _ = writeln!(text, "  schedule: {:?}", program.schedule);
    let lockstep = lockstep.as_ref().map_or(String::new(), |own| told(program, own));
    let _ = writeln!(text, "  Lockstep:   {lockstep}");
    let _ = writeln!(text, "  PostgreSQL: {}", told(program, &compared.run.transcript));
    for (who, refused) in &compared.run.refused {
        let name = &program.transactions[*who].name;
        let _ = writeln!(text, "  {name}: {} {}", refused.message, refused.detail);
    }
    text
}
