//! A program through Lockstep's engine, in its interleaving. Whoever waits goes on as soon as he may,
//! as in PostgreSQL; where several may at once, each order is a run of its own.

use std::collections::BTreeMap;

use sim_core::{
    lang::{Values, check},
    session::{Frame, LaneState, Session},
};

use crate::{
    lane::{self, Lane},
    program::{Program, Statement},
    scenario::{LOOKER, OVER, scenario, scenario_in},
    transcript::{COMMITS, NONE, ROLLS_BACK, Transcript},
};

/// More runs of one program are not looked at.
const RUNS_MAX: usize = 100;

/// All runs of a program whose processes are declared in this order; the first lets the longest
/// waiter go on first and makes him the victim.
pub(crate) fn runs(program: &Program, order: &[usize]) -> Result<Vec<Transcript>, String> {
    let text = scenario_in(program, order);
    let checked = check(&text);
    let wrong = || {
        let said = checked.diagnostics.iter().map(|one| format!("{:?}", one.message));
        format!("{}\n{text}", said.collect::<Vec<_>>().join("\n"))
    };
    let scenario = checked.scenario.as_ref().ok_or_else(wrong)?;
    let bound = scenario.bind(&Values::defaults(scenario.params()));
    let bound = bound.map_err(|errors| format!("{errors:?}\n{text}"))?;
    let run = Run {
        session: Session::new(bound, &text, 1),
        lanes: vec![Lane::default(); program.transactions.len()],
        queue: Vec::new(),
        by: None,
        gave: BTreeMap::new(),
        picks: 0,
        transcript: Transcript::default(),
    };
    let mut open = vec![run];
    let mut found: Vec<Transcript> = Vec::new();
    while let Some(run) = open.pop() {
        match run.go_on(program)? {
            Next::Over(transcript) => {
                if !found.contains(&transcript) {
                    found.push(*transcript);
                }
            }
            // The first is taken first.
            Next::Open(runs) => open.extend(runs.into_iter().rev()),
        }
        if found.len() >= RUNS_MAX {
            break;
        }
    }
    Ok(found)
}

#[derive(Clone)]
struct Run {
    session: Session,
    lanes: Vec<Lane>,
    /// Who waits, the longest waiter first.
    queue: Vec<usize>,
    /// Whose pick is being looked at to its end.
    by: Option<usize>,
    gave: BTreeMap<usize, String>,
    /// How many picks are behind us.
    picks: usize,
    transcript: Transcript,
}

enum Next {
    Over(Box<Transcript>),
    Open(Vec<Run>),
}

impl Run {
    /// To the end, or to where several may go on.
    fn go_on(mut self, program: &Program) -> Result<Next, String> {
        loop {
            let frame = self.session.frame();
            let movers: Vec<(usize, u32)> = self
                .queue
                .iter()
                .filter_map(|who| Some((*who, offer(&frame, &program.transactions[*who].name)?)))
                .collect();
            if let [(who, pick)] = movers[..] {
                self.take(program, who, pick)?;
                continue;
            }
            if !movers.is_empty() {
                let mut runs = Vec::new();
                for (who, pick) in movers {
                    let mut run = self.clone();
                    run.take(program, who, pick)?;
                    runs.push(run);
                }
                return Ok(Next::Open(runs));
            }
            if let Some(by) = self.by.take() {
                let gave = std::mem::take(&mut self.gave);
                self.transcript.steps.push(lane::step(by, gave, &mut self.lanes));
            }
            if self.lanes.iter().all(|lane| lane.over) {
                self.transcript.rows = self.rows(program)?;
                return Ok(Next::Over(Box::new(self.transcript)));
            }
            let turn = self.picks.checked_sub(program.schedule.len());
            let who = match turn {
                None => program.schedule[self.picks],
                // Where the schedule ends the rest goes on in turn.
                Some(turn) => turn % program.transactions.len(),
            };
            self.picks += 1;
            if turn.is_some_and(|turn| turn > 1_000) {
                return Err(format!("`{}` does not end\n{}", program.title, scenario(program)));
            }
            if self.lanes[who].moves() {
                let name = &program.transactions[who].name;
                let pick = offer(&frame, name);
                let pick = pick.ok_or_else(|| format!("{name} cannot move: {:?}", frame.offers))?;
                self.by = Some(who);
                self.take(program, who, pick)?;
            }
        }
    }

    /// Lets a transaction take a step, and hears what that gave.
    fn take(&mut self, program: &Program, who: usize, pick: u32) -> Result<(), String> {
        self.session.pick(pick);
        let frame = self.session.frame();
        let step = frame.steps.last().ok_or("a step was not taken")?;
        let lane = &mut self.lanes[who];
        let mut said = step.notes.clone();
        let statement = program.transactions[who].statements.get(lane.next);
        let ends = matches!(statement, None | Some(Statement::Abort));
        let raised = step.raised.as_ref().map(|(name, _)| name.clone());
        let failed = raised.or_else(|| match &step.finished {
            Some(LaneState::Failed(name)) => Some(name.clone()),
            _ => None,
        });
        if let Some(error) = failed {
            said.push(error);
            lane.over = true;
        } else if ends && said.iter().any(|word| word == OVER) {
            let word = if statement.is_none() { COMMITS } else { ROLLS_BACK };
            said = vec![word.to_owned()];
            lane.over = true;
        }
        if said.is_empty() {
            // It was sent, and waits.
            if !lane.waits {
                self.queue.push(who);
            }
            lane.waits = true;
            return Ok(());
        }
        lane.waits = false;
        lane.next += 1;
        let statements = &program.transactions[who].statements;
        while statements.get(lane.next).is_some_and(|own| !own.is_step()) {
            lane.next += 1;
        }
        self.queue.retain(|waiting| *waiting != who);
        self.gave.insert(who, said.join(", "));
        Ok(())
    }

    /// The rows in the end, as the last process tells them.
    fn rows(&mut self, program: &Program) -> Result<Vec<String>, String> {
        let mut rows = Vec::new();
        for key in program.keys() {
            for field in &program.fields {
                let pick = offer(&self.session.frame(), LOOKER).ok_or("nobody may look")?;
                self.session.pick(pick);
                let frame = self.session.frame();
                let said = frame.steps.last().and_then(|step| step.notes.first().cloned());
                rows.push(format!("{key}.{field} = {}", said.unwrap_or(NONE.to_owned())));
            }
        }
        Ok(rows)
    }
}

/// The pick of a process that may move, by its name.
fn offer(frame: &Frame, name: &str) -> Option<u32> {
    let lane = frame.lanes.iter().find(|lane| lane.class == name)?;
    let own = frame.offers.iter().filter(|offer| offer.lane == lane.id);
    own.filter_map(|offer| offer.pick).next()
}
