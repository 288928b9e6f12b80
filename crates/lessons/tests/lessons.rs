//! What every lesson keeps to: its scenario is right, and every word a page may show has a text
//! in both languages.

use lessons::{Block, Inline, Kind, Lesson};
use sim_core::{
    lang::{self, ParamKind, Scenario, Values},
    program::{Goal, Program},
    say::Lang,
};

fn scenario(lesson: &Lesson) -> Scenario {
    let checked = lang::check(lesson.scenario);
    let said: Vec<String> = checked
        .diagnostics
        .iter()
        .map(|diagnostic| {
            let (line, column) = lang::line_column(lesson.scenario, diagnostic.span.start);
            let message = diagnostic.say(Lang::En).message;
            format!("{}/scenario.lockstep:{line}:{column}: {message}", lesson.folder)
        })
        .collect();
    checked.scenario.unwrap_or_else(|| panic!("\n{}", said.join("\n")))
}

fn bind(lesson: &Lesson, settings: &[(&str, &str)]) -> Program {
    let scenario = scenario(lesson);
    let mut values = Values::default();
    for (name, value) in settings {
        if let Err(message) = values.set(scenario.params(), name, value) {
            let said = message.say(Lang::En).message;
            panic!("{}/lesson.toml: {name} = {value}: {said}", lesson.folder);
        }
    }
    scenario.bind(&values).unwrap_or_else(|wrong| panic!("{}: {wrong:?}", lesson.folder))
}

#[test]
fn lessons_are_found_by_their_ids() {
    assert!(!lessons::all().is_empty());
    for lesson in lessons::all() {
        assert_eq!(lessons::find(lesson.id), Some(lesson));
        assert_eq!(lesson.answers.iter().filter(|answer| answer.right).count(), 1);
        assert!(lesson.minutes > 0);
    }
    assert_eq!(lessons::find("race-on-a-balance").and_then(|lesson| lesson.kata), Some(2));
    assert_eq!(lessons::find("no such lesson"), None);
}

#[test]
fn everything_in_a_scenario_has_its_label_in_both_languages() {
    for lesson in lessons::all() {
        let scenario = scenario(lesson);
        let program = bind(lesson, &[]);
        for lang in Lang::ALL {
            let text = lesson.text(lang);
            let file = format!("{}/{}.md", lesson.folder, lang.tag());
            for param in scenario.params() {
                let name = &param.name;
                assert!(text.parameter(name).is_some(), "{file}: `### parameters` lacks `{name}`");
                let ParamKind::Choice { labels, .. } = &param.kind else { continue };
                for label in labels {
                    let words = text.choice(name, label);
                    assert!(words.is_some(), "{file}: `### choices` lacks `{name}.{label}`");
                }
            }
            for why in program.promises.iter().filter_map(|promise| program.why(promise)) {
                assert!(text.promise(&why).is_some(), "{file}: `### promises` lacks `{why}`");
            }
            for why in program.goals.iter().filter_map(Goal::plain_words) {
                assert!(text.goal(&why).is_some(), "{file}: `### goals` lacks `{why}`");
            }
            for chart in &program.charts {
                let title = &chart.title;
                assert!(text.chart(title).is_some(), "{file}: `### charts` lacks `{title}`");
            }
            for schedule in &program.schedules {
                let name = &schedule.name;
                assert!(text.schedule(name).is_some(), "{file}: `### schedules` lacks `{name}`");
            }
        }
    }
}

/// The page says a label in the reader's language only where the text still has the lesson's own.
#[test]
fn labels_in_english_are_those_of_the_scenario() {
    for lesson in lessons::all() {
        let words = lesson.text(Lang::En);
        for param in scenario(lesson).params() {
            let Some(label) = param.label.as_deref() else { continue };
            let folder = lesson.folder;
            assert_eq!(words.parameter(&param.name), Some(label), "{folder}: {}", param.name);
        }
    }
}

#[test]
fn stops_are_moments_of_schedules_that_fit() {
    for lesson in lessons::all() {
        for stop in lesson.stops {
            let program = bind(lesson, stop.settings);
            let schedule = program.schedules.iter().find(|one| one.name == stop.schedule);
            let file = format!("{}/lesson.toml: stop {}", lesson.folder, stop.id);
            let schedule = schedule.unwrap_or_else(|| panic!("{file}: no schedule of that name"));
            let picks = schedule.picks.as_ref();
            let picks = picks.unwrap_or_else(|word| panic!("{file}: there is no {word}"));
            let steps: u32 = picks.iter().map(|pick| pick.times).sum();
            assert!(stop.step <= steps, "{file}: the schedule has {steps} steps");
        }
    }
}

#[test]
fn what_a_schedule_needs_can_be_set_and_is_what_the_stops_say() {
    let mut some = 0;
    for lesson in lessons::all() {
        for fitting in lesson.schedules {
            let file = format!("{}/lesson.toml: schedule \"{}\"", lesson.folder, fitting.schedule);
            let named = |program: &Program| {
                program.schedules.iter().any(|one| one.name == fitting.schedule)
            };
            for varied in fitting.only {
                assert!(!varied.values.is_empty(), "{file}: {} has no value", varied.param);
                for value in varied.values {
                    assert!(named(&bind(lesson, &[(varied.param, value)])), "{file}");
                }
            }
            some += 1;
        }
        for stop in lesson.stops {
            let set = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
            let settings: Vec<(String, String)> = stop.settings.iter().map(set).collect();
            let needs = lesson.needs(stop.schedule, &settings);
            assert_eq!(needs, None, "{}/lesson.toml: stop {}", lesson.folder, stop.id);
        }
    }
    assert!(some > 5);
    let lesson = lessons::find("same-message-twice").expect("it is there");
    let forgets = [("guard".to_owned(), "none".to_owned())];
    let needs = lesson.needs("a crash before the money", &forgets).map(|varied| varied.values);
    assert_eq!(needs, Some(&["note_first"][..]), "its money comes before the crash");
}

#[test]
fn challenges_speak_of_what_the_scenario_has() {
    for lesson in lessons::all() {
        let scenario = scenario(lesson);
        for challenge in lesson.challenges {
            let file = format!("{}/lesson.toml: challenge {}", lesson.folder, challenge.id);
            let program = bind(lesson, &[]);
            assert_eq!(challenge.keeps_promises(&program), Ok(()), "{file}");
            let cases = challenge.cases(&scenario, &Values::default());
            let cases = cases.unwrap_or_else(|refusal| panic!("{file}: {refusal:?}"));
            for values in &cases {
                let program = scenario.bind(values);
                let program = program.unwrap_or_else(|wrong| panic!("{file}: {wrong:?}"));
                assert_eq!(challenge.keeps_goals(&program), Ok(()), "{file}");
            }
            if challenge.kind == Kind::Break {
                assert!(challenge.vary.is_empty(), "{file}");
            }
            for (name, _) in challenge.ends {
                let is_there = program.shared.iter().any(|shared| shared.name == *name);
                assert!(is_there, "{file}: ends with `{name}`, which is not there");
            }
        }
    }
}

#[test]
fn lines_fit_a_lane() {
    for lesson in lessons::all() {
        for (number, line) in lesson.scenario.lines().enumerate() {
            let length = line.chars().count();
            let number = number + 1;
            // Promises stand in no lane.
            let promises = ["always", "finally", "goal"].iter().any(|word| line.starts_with(word));
            let most = if promises { 80 } else { 60 };
            assert!(length <= most, "{}/scenario.lockstep:{number}: {length} wide", lesson.folder);
        }
    }
}

#[test]
fn texts_are_pieces_without_markup() {
    let lesson = lessons::find("race-on-a-balance").expect("the first lesson is there");
    let text = lesson.text(Lang::Es);
    assert_eq!(text.title, "Carrera por un saldo");
    assert_eq!(text.theme, "Concurrencia");
    assert_eq!(text.choice("guard", "none"), Some("ninguna"));
    let Block::Paragraph(pieces) = &text.story[0] else { panic!("{:?}", text.story[0]) };
    assert_eq!(pieces[0], Inline::Plain("Una cuenta tiene "));
    assert_eq!(pieces[1], Inline::Strong("100"));
    assert_eq!(text.answers.len(), lesson.answers.len());
    assert_eq!(text.stops.len(), lesson.stops.len());
    assert_eq!(text.challenges.len(), lesson.challenges.len());
}

#[test]
fn every_lesson_has_the_whole_rhythm() {
    let mut broken = Vec::new();
    for lesson in lessons::all() {
        let right = lesson.answers.iter().filter(|answer| answer.right).count();
        let mut owes = |holds: bool, what: &str| {
            if !holds {
                broken.push(format!("{}: {what}", lesson.folder));
            }
        };
        owes(right == 1 && lesson.answers.len() >= 3, "one answer is right, and two are wrong");
        owes(lesson.stops.len() >= 2, "two moments are worth a sentence");
        owes(!lesson.challenges.is_empty(), "something is to be done");
        for lang in [Lang::En, Lang::Es] {
            let text = lesson.text(lang);
            owes(text.hints.len() >= 3, "three hints, from vague to concrete");
            owes((1..=3).contains(&text.production.len()), "one to three places in production");
            owes((1..=3).contains(&text.reading.len()), "one to three things to read");
            let is_named = |first: &Inline| match first {
                Inline::Link(words, to) => !words.is_empty() && to.starts_with("https://"),
                first => matches!(first, Inline::Emphasis(_)),
            };
            let named = text.reading.iter().all(|item| {
                // Before a link stands a piece without words.
                let first = item.iter().find(|piece| **piece != Inline::Plain(""));
                first.is_some_and(is_named)
            });
            owes(named, "what to read begins with its title, most with an address");
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}
