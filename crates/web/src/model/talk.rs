//! What the lecture's window and the speaker's say to each other: a line what it is, then a line a
//! value. All of it comes from another window, so it is bounded and read like a stranger's.

use sim_core::say::Lang;

use super::lesson::listed;

/// Longer texts are not read.
const TEXT_BYTES: usize = 16 * 1024;
/// Longer values, and more of a kind, are not either.
const VALUE_LETTERS: usize = 600;
const MANY: usize = 40;
/// What every text begins with.
const MARK: &str = "lockstep 1 ";

/// Something said by one window to the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Word {
    /// The speaker's window is there, and wants to know what is shown.
    Hello,
    /// The lecture's window goes.
    Gone,
    /// What the lecture's window shows.
    Shown(Box<Shown>),
    /// What the speaker's window wants of it.
    Do(Wish),
}

/// What the lecture's window shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// The lesson's name, if it is one.
    pub lesson: String,
    /// What the scenario is called.
    pub title: String,
    /// The language it is told in.
    pub lang: Lang,
    /// How many steps are taken.
    pub at: u32,
    /// How many steps the line has.
    pub of: u32,
    /// The schedule played, as people call it.
    pub schedule: String,
    /// Its stops: places in the lesson's list, with their steps.
    pub stops: Vec<(usize, u32)>,
    /// What has just happened.
    pub now: String,
    /// What may happen next: its number, and words.
    pub offers: Vec<(u32, String)>,
    /// What every schedule comes to, as far as it is known.
    pub verdict: String,
    /// What fills the stage, as people call it.
    pub scene: String,
    /// The stage is shown, and not the workbench.
    pub presents: bool,
    /// The screen is blank.
    pub blank: bool,
    /// The question is shown.
    pub asks: bool,
    /// Its right answer is shown.
    pub revealed: bool,
    /// The outcome is shown.
    pub outcome: bool,
    /// The clock is picking.
    pub plays: bool,
}

/// What the speaker wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// To the next stop.
    Next,
    /// To the stop before.
    Previous,
    /// A step on.
    Forward,
    /// A step back.
    Back,
    /// To the start.
    Start,
    /// Play, or pause.
    Play,
    /// A blank screen, or no longer.
    Blank,
    /// The question, or no longer.
    Question,
    /// The right answer, or no longer.
    Reveal,
    /// The outcome, or no longer.
    Outcome,
    /// Another view.
    Turn,
    /// The stage, or the workbench.
    Present,
    /// This choice happens.
    Pick(u32),
}

impl Wish {
    const ALL: [(&str, Wish); 12] = [
        ("next", Wish::Next),
        ("previous", Wish::Previous),
        ("forward", Wish::Forward),
        ("back", Wish::Back),
        ("start", Wish::Start),
        ("play", Wish::Play),
        ("blank", Wish::Blank),
        ("question", Wish::Question),
        ("reveal", Wish::Reveal),
        ("outcome", Wish::Outcome),
        ("turn", Wish::Turn),
        ("present", Wish::Present),
    ];

    fn read(word: &str) -> Option<Wish> {
        let known = Self::ALL.iter().find(|(name, _)| *name == word).map(|(_, wish)| *wish);
        let pick =
            || word.strip_prefix("pick ")?.parse().ok().filter(|pick| (1..=99).contains(pick));
        known.or_else(|| pick().map(Wish::Pick))
    }

    fn spell(self) -> String {
        match self {
            Wish::Pick(pick) => format!("pick {pick}"),
            wish => {
                let known = Self::ALL.iter().find(|(_, one)| *one == wish);
                known.map_or_else(String::new, |(name, _)| (*name).to_owned())
            }
        }
    }
}

impl Word {
    /// As a text.
    #[must_use]
    pub fn spell(&self) -> String {
        match self {
            Word::Hello => format!("{MARK}hello"),
            Word::Gone => format!("{MARK}gone"),
            Word::Do(wish) => format!("{MARK}do {}", wish.spell()),
            Word::Shown(shown) => format!("{MARK}shown\n{}", shown.spell()),
        }
    }

    /// What a text says, if it is one of ours.
    #[must_use]
    pub fn read(text: &str) -> Option<Word> {
        let rest = text.strip_prefix(MARK).filter(|_| text.len() <= TEXT_BYTES)?;
        match rest {
            "hello" => Some(Word::Hello),
            "gone" => Some(Word::Gone),
            rest => match rest.strip_prefix("do ") {
                Some(wish) => Wish::read(wish).map(Word::Do),
                None => Shown::read(rest.strip_prefix("shown\n")?)
                    .map(|shown| Word::Shown(Box::new(shown))),
            },
        }
    }
}

impl Shown {
    fn spell(&self) -> String {
        let mut out = String::new();
        let mut put = |name: &str, value: &str| {
            // A value is one line, whatever a scenario makes processes say.
            let line: String =
                value.chars().filter(|c| !c.is_control()).take(VALUE_LETTERS).collect();
            out.push_str(name);
            out.push('=');
            out.push_str(&line);
            out.push('\n');
        };
        put("lesson", &self.lesson);
        put("title", &self.title);
        put("lang", self.lang.tag());
        put("at", &self.at.to_string());
        put("of", &self.of.to_string());
        put("schedule", &self.schedule);
        for (stop, step) in self.stops.iter().take(MANY) {
            put("stop", &format!("{stop} {step}"));
        }
        put("now", &self.now);
        for (pick, words) in self.offers.iter().take(MANY) {
            put("offer", &format!("{pick} {words}"));
        }
        put("verdict", &self.verdict);
        put("scene", &self.scene);
        for (name, on) in self.flags() {
            if on {
                put("is", name);
            }
        }
        out
    }

    fn flags(&self) -> [(&'static str, bool); 6] {
        [
            ("presenting", self.presents),
            ("blank", self.blank),
            ("asking", self.asks),
            ("revealed", self.revealed),
            ("outcome", self.outcome),
            ("playing", self.plays),
        ]
    }

    fn read(text: &str) -> Option<Shown> {
        let mut shown = Shown::default();
        for line in text.lines() {
            let (name, value) = line.split_once('=')?;
            if value.chars().count() > VALUE_LETTERS {
                return None;
            }
            let said = || value.to_owned();
            match name {
                // What the page does not know it does not fetch.
                "lesson" if value.is_empty() || listed(value).is_some() => shown.lesson = said(),
                "title" => shown.title = said(),
                "lang" => shown.lang = Lang::parse(value)?,
                "at" => shown.at = value.parse().ok()?,
                "of" => shown.of = value.parse().ok()?,
                "schedule" => shown.schedule = said(),
                "now" => shown.now = said(),
                "verdict" => shown.verdict = said(),
                "scene" => shown.scene = said(),
                "stop" if shown.stops.len() < MANY => {
                    let (stop, step) = value.split_once(' ')?;
                    shown.stops.push((stop.parse().ok()?, step.parse().ok()?));
                }
                "offer" if shown.offers.len() < MANY => {
                    let (pick, words) = value.split_once(' ')?;
                    shown.offers.push((pick.parse().ok()?, words.to_owned()));
                }
                "is" => match value {
                    "presenting" => shown.presents = true,
                    "blank" => shown.blank = true,
                    "asking" => shown.asks = true,
                    "revealed" => shown.revealed = true,
                    "outcome" => shown.outcome = true,
                    "playing" => shown.plays = true,
                    _ => return None,
                },
                _ => return None,
            }
        }
        Some(shown)
    }

    /// The stop at this moment: its place in the lesson's list.
    #[must_use]
    pub fn stop(&self) -> Option<usize> {
        self.stops.iter().find(|(_, step)| *step == self.at).map(|(stop, _)| *stop)
    }

    /// The next one, and in how many steps.
    #[must_use]
    pub fn next_stop(&self) -> Option<(usize, u32)> {
        let ahead = self.stops.iter().filter(|(_, step)| *step > self.at);
        ahead.min_by_key(|(_, step)| *step).map(|(stop, step)| (*stop, step - self.at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown() -> Shown {
        Shown {
            lesson: "race-on-a-balance".to_owned(),
            title: "Carrera sobre un saldo".to_owned(),
            lang: Lang::Es,
            at: 2,
            of: 4,
            schedule: "ambos leen primero".to_owned(),
            stops: vec![(0, 2), (1, 3)],
            now: "cliente 1 leyó = 100".to_owned(),
            offers: vec![(1, "cliente 1 escribe".to_owned())],
            verdict: "4 de 6".to_owned(),
            scene: "Código".to_owned(),
            presents: true,
            plays: true,
            ..Shown::default()
        }
    }

    #[test]
    fn what_is_said_is_understood() {
        let wishes = Wish::ALL.iter().map(|(_, wish)| Word::Do(*wish));
        let words =
            [Word::Hello, Word::Gone, Word::Shown(Box::new(shown())), Word::Do(Wish::Pick(3))];
        for word in words.into_iter().chain(wishes) {
            assert_eq!(Word::read(&word.spell()), Some(word));
        }
    }

    #[test]
    fn strangers_are_not_understood() {
        let fine = Word::Shown(Box::new(shown())).spell();
        for text in [
            "",
            "hello",
            "lockstep 2 hello",
            "lockstep 1 do",
            "lockstep 1 do format",
            "lockstep 1 do pick 0",
            "lockstep 1 do pick 4294967296",
            &fine.replace("at=2", "at=-2"),
            &fine.replace("lang=es", "lang=xx"),
            &fine.replace("race-on-a-balance", "../secret"),
            &fine.replace("is=presenting", "is=evil"),
            &fine.replace("stop=0 2", "stop=0"),
            &format!("{fine}more=1\n"),
            &fine.replace("4 de 6", &"x".repeat(VALUE_LETTERS + 1)),
            &"x".repeat(TEXT_BYTES + 1),
        ] {
            assert_eq!(Word::read(text), None, "{text}");
        }
    }

    #[test]
    fn what_a_process_says_cannot_pass_for_another_line() {
        let now = "client 1: hello\nis=blank\nlesson=".to_owned();
        let told = Word::Shown(Box::new(Shown { now, ..shown() })).spell();
        let Some(Word::Shown(read)) = Word::read(&told) else { panic!("not understood") };
        assert!(!read.blank);
        assert_eq!(read.lesson, shown().lesson);
    }

    #[test]
    fn the_next_stop_is_known_with_the_way_to_it() {
        let now = shown();
        assert_eq!((now.stop(), now.next_stop()), (Some(0), Some((1, 1))));
        let last = Shown { at: 3, ..shown() };
        assert_eq!((last.stop(), last.next_stop()), (Some(1), None));
    }
}
