//! One search after another, and what they come to together.

use super::begin::{After, Begin};
use super::count::{Counts, count, number};
use super::graph::Graph;
use super::knots::Knots;
use super::probe::probe;
use super::report::{Bound, Broken, Count, Early, Found, Phase, Progress, Report, Verdict};
use super::round::round;
use super::search::Search;
use super::shortest::{Goal, fallback, shortest};
use super::verdict::{Failure, ceiling};
use super::{Limits, Options, circles_possible};
use crate::machine::{State, promise_bit};
use crate::program::{CounterChange, Op, Program, PromiseKind, SharedKind};
use num_bigint::BigUint;
use std::rc::Rc;

/// A search that goes on in slices, so that whoever runs it can tell how far it is and stop it.
#[derive(Clone, Debug)]
pub struct Explorer {
    begin: Begin,
    options: Options,
    phase: Phase,
    /// What a few schedules at random show.
    probed: Vec<(Failure, Vec<u32>)>,
    /// Counters are told apart in a search for the verdict alone, until that proves to be too much.
    told_apart: bool,
    /// The search for the verdict alone, where one makes sense.
    reduced: Option<Search>,
    early: Option<Early>,
    main: Search,
    /// Its circles, once it is over.
    knots: Option<Rc<Knots>>,
    /// The same with all counters in the identity, where that differs: for the outcome table.
    counting: Option<Search>,
}

/// States looked at with counters told apart before that is given up.
const TOLD_APART_MAX: u64 = 50_000;

/// Explores every schedule of a program at once.
#[must_use]
pub fn explore(program: &Program) -> Report {
    let mut explorer = Explorer::new(program);
    while !explorer.advance(usize::MAX) {}
    explorer.report()
}

impl Explorer {
    /// A search that has not begun.
    #[must_use]
    pub fn new(program: &Program) -> Explorer {
        Explorer::with(program, Options::default())
    }

    /// A search that has not begun, done in a certain way.
    #[must_use]
    pub fn with(program: &Program, options: Options) -> Explorer {
        Explorer::begin(Begin::start(program), options)
    }

    /// A search of everything that may happen from the moment after some picks on: those of a run,
    /// as a session takes them. Bounds count from there; the picks of what is found lead on from
    /// there.
    ///
    /// # Errors
    /// When the picks do not fit, or too much is there already.
    pub fn after(program: &Program, picks: &[u32], options: Options) -> Result<Explorer, After> {
        Ok(Explorer::begin(Begin::after(program, picks)?, options))
    }

    fn begin(begin: Begin, options: Options) -> Explorer {
        // Where a counter is only set, it depends on its value whether a circle achieves anything.
        let told_apart = sets_counters(&begin.program) && circles_possible(&begin.program);
        let told_apart = told_apart.then(|| {
            let states = options.limits.states.min(TOLD_APART_MAX);
            Limits { states, ..options.limits }
        });
        let alone = |options: Options| match told_apart {
            Some(limits) => begin.search(Options { limits, ..options }, true),
            None => begin.search(options, false),
        };
        let reduced = options.reduction.then(|| alone(options)).filter(Search::reduces);
        let plain = Options { reduction: false, ..options };
        let main = if options.count { begin.search(plain, false) } else { alone(plain) };
        let with_counters = begin.search(plain, true);
        let identity = |search: &Search| search.graph.machine.layout().identity;
        let probed = if options.probe { probe(&begin) } else { Vec::new() };
        let differs = options.count && identity(&main) != identity(&with_counters);
        Explorer {
            begin,
            options,
            phase: if reduced.is_some() { Phase::Verdict } else { Phase::Counting },
            told_apart: told_apart.is_some(),
            early: (!probed.is_empty()).then(|| probed_early(&probed)),
            probed,
            reduced,
            main,
            knots: None,
            counting: differs.then_some(with_counters),
        }
    }

    /// Follows up to so many states; true when the search is over.
    pub fn advance(&mut self, states: usize) -> bool {
        match self.phase {
            Phase::Verdict => {
                let over = self.reduced.as_mut().is_none_or(|reduced| reduced.advance(states));
                if over && self.told_apart && self.reduced.as_ref().is_some_and(is_cut_short) {
                    // A counter that changes for ever: it is progress, whatever its value.
                    self.told_apart = false;
                    self.reduced = Some(self.begin.search(self.options, false));
                    return false;
                }
                if over {
                    let found = self.reduced.as_ref().map(|reduced| early(&reduced.graph));
                    self.early = found.map(|early| with_probed(early, &self.probed));
                    if let Some(reduced) = &mut self.reduced {
                        reduced.settle();
                    }
                    self.phase = Phase::Counting;
                }
                over && !self.options.count
            }
            Phase::Counting if !self.main.advance(states) => false,
            Phase::Counting if !self.options.count => {
                if std::mem::take(&mut self.told_apart) && is_cut_short(&self.main) {
                    let plain = Options { reduction: false, ..self.options };
                    self.main = self.begin.search(plain, false);
                    return false;
                }
                self.early = Some(with_probed(early(&self.main.graph), &self.probed));
                true
            }
            Phase::Counting => self.has_seen_all(),
            Phase::Outcomes => {
                self.counting.as_mut().is_none_or(|counting| counting.advance(states))
            }
        }
    }

    /// The main search is over: true if nothing else is to be searched.
    fn has_seen_all(&mut self) -> bool {
        let knots = Knots::of(&self.main.graph);
        let stopped = self.main.graph.stopped.is_some();
        if !stopped && self.main.graph.keys.merges() && knots.shapes.iter().any(|s| s.circles) {
            // How often a circle is left depends on who leaves it.
            self.options.symmetry = false;
            let plain = Options { reduction: false, ..self.options };
            let mut merged = std::mem::replace(&mut self.main, self.begin.search(plain, false));
            if self.reduced.is_none() && !sets_counters(&self.begin.program) {
                // It saw every state, so its verdict stands whatever counting comes to.
                self.early = Some(early(&merged.graph));
                merged.settle();
                self.reduced = Some(merged);
            }
            self.counting = self.counting.take().map(|_| self.begin.search(plain, true));
            return false;
        }
        // A counter that changes for ever would never let the second search end.
        if stopped || knots.shapes.iter().any(|shape| shape.counts_on) {
            self.counting = None;
        }
        self.knots = Some(Rc::new(knots));
        self.main.settle();
        self.phase = Phase::Outcomes;
        self.counting.is_none()
    }

    /// How far the search has got.
    #[must_use]
    pub fn progress(&self) -> Progress {
        let graph = match (self.phase, &self.reduced, &self.counting) {
            (Phase::Verdict, Some(reduced), _) => &reduced.graph,
            (_, Some(reduced), _) if !self.options.count => &reduced.graph,
            (Phase::Outcomes, _, Some(counting)) => &counting.graph,
            _ => &self.main.graph,
        };
        Progress { phase: self.phase, early: self.early.clone(), ..graph.progress() }
    }

    /// What the search found; to be asked when it is over.
    #[must_use]
    pub fn report(&self) -> Report {
        if let Some(early) = self.early.as_ref().filter(|_| !self.options.count) {
            return self.verdict_alone(early);
        }
        let graph = &self.main.graph;
        let knots = self.knots.clone().unwrap_or_else(|| Rc::new(Knots::of(graph)));
        let knots = &*knots;
        let has_counters = self.begin.program.shared.iter().any(|s| s.kind == SharedKind::Counter);
        let counting = self.counting.as_ref().filter(|counting| counting.graph.stopped.is_none());
        let own_knots = counting.map(|counting| Knots::of(&counting.graph));
        let counts = match (counting, &own_knots) {
            (Some(search), Some(knots)) => count(&search.graph, knots, &search.start.state, true),
            _ => {
                let same = self.begin.identity(true) == graph.machine.layout().identity;
                count(graph, knots, &self.main.start.state, same)
            }
        };
        let tells_counters = counts
            .outcomes
            .first()
            .is_none_or(|row| !has_counters || row.values.len() == self.shown_values());
        let circling = match (counting, &own_knots) {
            // Circles are looked for where counters are told apart, if such a search could end:
            // there a counter that is only ever set to the same value does not pass for progress.
            (Some(search), Some(knots)) => (search, knots),
            _ => (&self.main, knots),
        };
        self.assemble((&self.main, knots), circling, counts, !tells_counters)
    }

    fn shown_values(&self) -> usize {
        let shared = self
            .begin
            .program
            .shared
            .iter()
            .filter(|s| matches!(s.kind, SharedKind::Var | SharedKind::Counter));
        shared.map(|shared| shared.initial.len()).sum()
    }

    /// The report of a search that counts nothing.
    fn verdict_alone(&self, early: &Early) -> Report {
        let search = self.reduced.as_ref().unwrap_or(&self.main);
        let knots = Knots::none(&search.graph);
        let circling = circles_matter(&self.begin.program).then(|| Knots::of(&search.graph));
        let knots = circling.unwrap_or(knots);
        let none = || Counts { broken: vec![BigUint::ZERO; 64], ..Counts::default() };
        let report = self.assemble((search, &knots), (search, &knots), none(), true);
        Report { verdict: early.verdict, ..report }
    }

    fn assemble(
        &self,
        main: (&Search, &Knots),
        circling: (&Search, &Knots),
        counts: Counts,
        counters_left_out: bool,
    ) -> Report {
        let graph = &main.0.graph;
        let exact = counts.exact;
        let (mut broken, mut deadlocks, mut stuck, mut never_ends) = (vec![], None, None, None);
        for failure in Failure::all(graph) {
            let (search, knots) = if failure == Failure::NeverEnds { circling } else { main };
            let schedules = number(counts.of(failure), exact);
            let Some(found) = self.found(search, knots, failure, schedules) else { continue };
            match failure {
                Failure::Promise(promise) | Failure::Assert(promise) => {
                    broken.push(Broken { promise: promise as u32, found });
                }
                Failure::Deadlock => deadlocks = Some(found),
                Failure::Stuck => stuck = Some(found),
                Failure::NeverEnds => never_ends = Some(found),
            }
        }
        let stopped = ceiling(graph);
        let bounds = graph.bounds();
        let deep = bounds.iter().any(|bound| matches!(bound, Bound::Depth(_)));
        let fails =
            !broken.is_empty() || deadlocks.is_some() || stuck.is_some() || never_ends.is_some();
        let seen = self.reduced.as_ref().is_some_and(|reduced| !is_cut_short(reduced));
        let decided =
            seen && self.early.as_ref().is_some_and(|early| early.verdict != Verdict::Undecided);
        let verdict = match (fails, stopped) {
            (true, _) => Verdict::Broken,
            (false, None) if !deep => Verdict::Holds,
            (false, _) if decided && !deep => Verdict::Holds,
            (false, _) => Verdict::Undecided,
        };
        let progress = graph.progress();
        let stopped_early = graph.stopped.is_some();
        Report {
            verdict,
            complete: stopped.is_none() || decided,
            stopped,
            bounds,
            // What stands for how many is known of states that were followed only.
            states: if stopped_early { progress.states } else { graph.all_states },
            followed: progress.followed,
            reduced: self.early.as_ref().filter(|_| decided).map_or(0, |early| early.states),
            certainty: certainty(graph.len()),
            transitions: if stopped_early { progress.transitions } else { graph.all_steps },
            depth: progress.depth,
            schedules: number(&counts.all, exact),
            failing: number(&counts.failing, exact),
            counted: counts.counted,
            broken,
            deadlocks,
            stuck,
            never_ends,
            circles: counts.circles,
            outcomes: if graph.stopped.is_none() { counts.outcomes } else { vec![] },
            counters_left_out,
        }
    }

    /// How a failure is seen: in the search for everything, else in that for the verdict alone.
    fn found(
        &self,
        search: &Search,
        knots: &Knots,
        failure: Failure,
        schedules: Count,
    ) -> Option<Found> {
        let graph = &search.graph;
        let start = &search.start.state;
        if let Some(nearest) = failure.nearest(graph, knots) {
            let way = match failure {
                Failure::Assert(promise) if graph.broken_at_start & promise_bit(promise) != 0 => {
                    return Some(Found {
                        schedules,
                        shortest: vec![],
                        circle: vec![],
                        least: true,
                    });
                }
                // For a verdict alone the way by which it was found will do.
                _ if search.reduces() || !self.options.count => {
                    let shortest = fallback(graph, start, nearest, goal(failure));
                    let circle = circle(failure, graph, start, &shortest);
                    return Some(Found { schedules, shortest, circle, least: false });
                }
                Failure::Assert(_) => shortest(graph, start, nearest, goal(failure)),
                _ => {
                    let wanted = |state| failure.is_in(graph, knots, state);
                    shortest(graph, start, nearest, Goal::State(&wanted))
                }
            };
            let circle = circle(failure, graph, start, &way.picks);
            return Some(Found { schedules, shortest: way.picks, circle, least: way.least });
        }
        // What was not come to before a ceiling may be known all the same.
        graph.stopped?;
        let in_reduced = || {
            let reduced = self.reduced.as_ref()?;
            let (graph, start) = (&reduced.graph, &reduced.start.state);
            let nearest = failure.nearest(graph, &Knots::of(graph))?;
            Some(fallback(graph, start, nearest, goal(failure)))
        };
        let at_random = || {
            let known = self.probed.iter().find(|(known, _)| *known == failure);
            known.map(|(_, picks)| picks.clone())
        };
        let shortest = in_reduced().or_else(at_random)?;
        Some(Found { schedules, shortest, circle: vec![], least: false })
    }
}

/// Once round the circle that a failure is, if it is one: at an end nothing leads on.
fn circle(failure: Failure, graph: &Graph, start: &State, shortest: &[u32]) -> Vec<u32> {
    let promises = &graph.machine.program().promises;
    let may_be = match failure {
        Failure::NeverEnds => true,
        Failure::Promise(promise) => promises[promise].kind == PromiseKind::Finally,
        Failure::Assert(_) | Failure::Deadlock | Failure::Stuck => false,
    };
    if may_be { round(graph, start, shortest) } else { Vec::new() }
}

/// What to look for at the nearest state.
fn goal(failure: Failure) -> Goal<'static> {
    match failure {
        Failure::Assert(promise) => Goal::Breaking(promise_bit(promise)),
        _ => Goal::State(&|_| true),
    }
}

/// What a search for the verdict alone says.
fn early(graph: &Graph) -> Early {
    let bounds = graph.bounds();
    let deep = bounds.iter().any(|bound| matches!(bound, Bound::Depth(_)));
    let knots = circles_matter(graph.machine.program()).then(|| Knots::of(graph));
    let knots = knots.unwrap_or_else(|| Knots::none(graph));
    let seen: Vec<Failure> = Failure::all(graph)
        .into_iter()
        .filter(|failure| failure.nearest(graph, &knots).is_some())
        .collect();
    let broken = seen.iter().filter_map(|failure| match failure {
        Failure::Promise(promise) | Failure::Assert(promise) => Some(*promise as u32),
        _ => None,
    });
    let verdict = match (seen.is_empty(), ceiling(graph)) {
        (false, _) => Verdict::Broken,
        (true, None) if !deep => Verdict::Holds,
        (true, _) => Verdict::Undecided,
    };
    Early {
        verdict,
        broken: broken.collect(),
        deadlocks: seen.contains(&Failure::Deadlock),
        stuck: seen.contains(&Failure::Stuck),
        never_ends: seen.contains(&Failure::NeverEnds),
        bounds,
        states: u64::from(graph.len()),
    }
}

/// True if a circle could be a failure: one in which nothing is achieved, or one in which a run
/// stays while something does not hold that must in the end.
fn circles_matter(program: &Program) -> bool {
    let finally = program.promises.iter().any(|promise| promise.kind == PromiseKind::Finally);
    circles_possible(program) && (finally || !program.classes.iter().all(|class| class.forever))
}

/// What is known before any search.
fn probed_early(probed: &[(Failure, Vec<u32>)]) -> Early {
    let nothing = Early {
        verdict: Verdict::Undecided,
        broken: Vec::new(),
        deadlocks: false,
        stuck: false,
        never_ends: false,
        bounds: Vec::new(),
        states: 0,
    };
    with_probed(nothing, probed)
}

/// What is known from a search, and from schedules at random.
fn with_probed(mut early: Early, probed: &[(Failure, Vec<u32>)]) -> Early {
    for (failure, _) in probed {
        early.verdict = Verdict::Broken;
        match failure {
            Failure::Promise(promise) | Failure::Assert(promise) => {
                early.broken.push(*promise as u32);
            }
            Failure::Deadlock => early.deadlocks = true,
            Failure::Stuck => early.stuck = true,
            Failure::NeverEnds => early.never_ends = true,
        }
    }
    early.broken.sort_unstable();
    early.broken.dedup();
    early
}

/// True if a search did not see every state.
fn is_cut_short(search: &Search) -> bool {
    search.graph.stopped.is_some() || search.graph.withheld.depth
}

/// True if a counter that no promise names is set to a value somewhere.
fn sets_counters(program: &Program) -> bool {
    let named = |id: u32| program.promises.iter().any(|promise| promise.reads.contains(&id));
    program.code.iter().any(|op| {
        matches!(op, Op::Count { counter, change: CounterChange::Set, .. } if !named(*counter))
    })
}

/// With n fingerprints of 128 bits, two that differ in truth are the same with a chance of less
/// than n * n / 2^129 (the birthday problem): as a negative power of ten, rounded down. Seven bits
/// are taken off because a sum of products is a little less even than a random number.
fn certainty(states: u32) -> u32 {
    let bits = u64::from(states).max(1).ilog2() + 1;
    // log10(2) is a little more than 0.301.
    (129 - 7 - 2 * bits) * 301 / 1_000
}

impl Counts {
    /// How many schedules show a failure.
    fn of(&self, failure: Failure) -> &BigUint {
        match failure {
            Failure::Promise(promise) | Failure::Assert(promise) => &self.broken[promise],
            Failure::Deadlock => &self.deadlocked,
            Failure::Stuck => &self.stuck,
            Failure::NeverEnds => &self.never_ending,
        }
    }
}
