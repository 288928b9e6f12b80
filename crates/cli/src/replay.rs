//! Taking the steps that the command line asks for.

use sim_core::{lang::parse_picks, session::Session};

use crate::{
    Done,
    args::Options,
    input::{self, Mistake, Source},
    words,
};

/// Replays what the command line asks for; gives the entries that could not move.
pub(crate) fn replay(
    session: &mut Session,
    source: &Source,
    options: &Options,
) -> Result<Vec<String>, Box<Done>> {
    if let Some(name) = &options.schedule {
        let schedules = &session.program().schedules;
        let Some(index) = schedules.iter().position(|one| one.name == *name) else {
            let names: Vec<&str> = schedules.iter().map(|one| one.name.as_str()).collect();
            let text = words::no_schedule(name, &names, options.lang);
            return Err(Box::new(Done::bad_input(format!("lockstep: {text}\n"))));
        };
        if let Err(word) = &schedules[index].picks {
            let text = words::misfit(name, word, options.lang);
            return Err(Box::new(Done::bad_input(format!("lockstep: {text}\n"))));
        }
        session.play_schedule(index);
        return Ok(session.frame().skipped);
    }
    let Some(text) = &options.picks else { return Ok(Vec::new()) };
    if let Some(picks) = numbers(text) {
        let skipped = picks.into_iter().filter(|&pick| !session.pick(pick));
        return Ok(skipped.map(|pick| pick.to_string()).collect());
    }
    match parse_picks(session.program(), text) {
        Ok(picks) => {
            session.play(&picks);
            Ok(session.frame().skipped)
        }
        Err(wrong) => {
            let mistakes: Vec<Mistake> = wrong
                .into_iter()
                .map(|diagnostic| Mistake {
                    argument: Some(format!("--picks {text}")),
                    ..Mistake::in_text(diagnostic)
                })
                .collect();
            Err(Box::new(input::refused(source, &mistakes, options)))
        }
    }
}

/// Picks by number, such as `1,2,1`; `None` if the text is something else.
fn numbers(text: &str) -> Option<Vec<u32>> {
    let parts = text.split(|c: char| c == ',' || c.is_whitespace());
    parts.filter(|part| !part.is_empty()).map(|part| part.parse().ok()).collect()
}
