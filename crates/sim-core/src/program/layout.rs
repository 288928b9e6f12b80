//! Where everything lies in the flat state: one array of 64-bit words.
//!
//! ```text
//! [shared things, counters that a promise names][arrivals, faults][process blocks]
//!  `------------- the state's identity (rule 25) ----------------------------------'
//! [other counters][how often things ran out and went wrong][what else is known of messages]
//! ```
//! In a layout for searching the last part belongs to the identity too, for bounds count there.
//!
//! A process block is its position, its registers, and then as its class needs them: its number,
//! the fault that has stopped it, its passes, and what it holds of each semaphore and rwlock.

use super::lists::{Flight, Lists, META, flight_width, flights, lists};
use super::{
    Breaker, CHANGES, CHANGES_OF_ALL, CHANGES_SEARCHED, Details, FaultKind, Mode, NOTES, Op,
    Program, REPLICA, SharedId, SharedKind, Start, TransactionRoom, VERSIONS, VERSIONS_SEARCHED,
};
use std::ops::Range;

/// Instances of a class with arrivals that may be there at once when a run is stepped.
pub const INSTANCES: u32 = 10_000;
/// Words that all classes with arrivals may take together: less room for those with many locals.
const ARRIVING_WORDS: u32 = 400_000;
/// Instances of a spawned class that may be there at once in a search.
pub const SPAWNED_SEARCHED: u32 = 12;
/// Instances of a spawned class that may be there at once when a run is stepped.
pub const SPAWNED: u32 = 1_000;
/// Keys of a map in a search.
pub const KEYS_SEARCHED: u32 = 24;
/// Keys of a map when a run is stepped.
pub const KEYS: u32 = 1_000;

/// What a layout is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// Counters that no promise names belong to the identity too.
    pub all_counters: bool,
    /// For a search within the program's bounds: no room for more than they allow.
    pub bounded: bool,
}

/// What was there before a search begins, where it does not begin at the start.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Earlier {
    /// For each class whose instances come: how many are here, and how many are gone for good.
    pub classes: Vec<(u32, u32)>,
    /// For each shared thing how many keys it has, if it is a map, or messages.
    pub keys: Vec<u32>,
}

impl Earlier {
    fn of(&self, class: usize) -> (u32, u32) {
        self.classes.get(class).copied().unwrap_or_default()
    }
}

/// The places of all words of a program's state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// For each of [`Program::shared`], where its elements lie.
    pub shared: Vec<SharedSlot>,
    /// Room for all process instances, by declaration and number.
    pub processes: Vec<ProcessSlot>,
    /// For each class, its part of [`Layout::processes`].
    pub classes: Vec<Range<u32>>,
    /// For each class, the semaphores and rwlocks whose permits and reading sides it counts, and
    /// the breakers that let it in.
    pub holds: Vec<Vec<SharedId>>,
    /// For each class, the word that counts how many instances came by themselves; 0 if none do.
    pub came: Vec<u32>,
    /// For each fault, the word that counts how often it struck.
    pub struck: Vec<u32>,
    /// For each shared thing that carries messages, where they lie.
    pub lists: Vec<Option<Lists>>,
    /// For each class, the places for messages that an instance has taken and not done.
    pub flights: Vec<Vec<Flight>>,
    /// For each class, room in its blocks for transactions.
    pub transactions: Vec<Vec<TransactionRoom>>,
    /// The word that counts messages.
    pub messages: u32,
    /// The word that counts what was lost on the way.
    pub losses: u32,
    /// The word that counts what came twice.
    pub duplicates: u32,
    /// The word that counts what ran out.
    pub timeouts: u32,
    /// The word that counts crashes and pauses.
    pub crashes: u32,
    /// Where the words of the last process end.
    pub blocks_end: u32,
    /// How many words, from the first, make up the state's identity.
    pub identity: usize,
    /// How many words there are.
    pub words: usize,
    /// What it is for.
    pub shape: Shape,
    /// What was there before.
    pub earlier: Earlier,
}

/// The words of one shared thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SharedSlot {
    /// Its first word.
    pub at: u32,
    /// How many elements.
    pub length: u32,
    /// How many words an element has: 1, for a lock with a lease 2 (holder, last token), for a
    /// rwlock 2 (writer, number of readers), for a condition or limiter 0, for a map 1 and for each
    /// key its own word and those of its value, for a breaker what its window needs.
    pub width: u32,
    /// How many words a value has, in a map or cache.
    pub value: u32,
    /// In a database, where what its replicas lack lies behind its first word.
    ///
    /// In a cache, where behind its first word the keys are that are being filled in: how many, and
    /// which. 0 where nobody waits for such.
    pub fills: u32,
}

impl SharedSlot {
    /// Its words.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.at as usize..(self.at + self.length * self.width) as usize
    }

    /// The first word of an element.
    #[must_use]
    pub fn element(self, element: u32) -> usize {
        (self.at + element * self.width) as usize
    }
}

/// The words of one process. A place of 0 means that there is no such word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProcessSlot {
    /// Index into [`Program::classes`].
    pub class: u32,
    /// Its number among its kind, from 1; for an instance that comes by itself only a number for
    /// the room it takes.
    pub number: u32,
    /// Its position; its registers follow.
    pub at: u32,
    /// How many registers it has.
    pub registers: u32,
    /// Its number, where instances come by themselves.
    pub number_at: u32,
    /// The fault that has stopped it plus one, or 0.
    pub stopped_at: u32,
    /// How many passes it has begun, where nobody says how many.
    pub passes_at: u32,
    /// What it holds: a word for each element of its class's [`Layout::holds`].
    pub holds_at: u32,
    /// The first word of its class's [`Layout::transactions`].
    pub transactions_at: u32,
    /// The first word of its class's [`Layout::flights`].
    pub flights_at: u32,
    /// What else is known of them: [`META`](super::META) words each, outside the identity.
    pub flights_meta: u32,
    /// The request it waits for (a process plus one, or 0), where it calls: outside the identity, for
    /// the request says who waits for it. Not kept in a search.
    pub callee_at: u32,
    /// The replica that works on it plus one, or 0, where it is a request.
    pub replica_at: u32,
    /// Who waits for its answer (a process plus one, or 0), where it is a request.
    pub caller_at: u32,
}

struct Words(u32);

impl Words {
    fn take(&mut self, words: u32) -> u32 {
        let at = self.0;
        self.0 += words;
        at
    }

    fn take_if(&mut self, needed: bool) -> u32 {
        if needed { self.take(1) } else { 0 }
    }
}

impl Layout {
    /// Lays out a program's state.
    #[must_use]
    pub fn new(program: &Program, shape: Shape) -> Layout {
        Layout::after(program, shape, Earlier::default())
    }

    /// Lays out a program's state with room for what is there already.
    #[must_use]
    pub fn after(program: &Program, shape: Shape, earlier: Earlier) -> Layout {
        // No word lies at 0, which says that there is none.
        let mut words = Words(1);
        let named = |id: usize| {
            shape.all_counters || program.promises.iter().any(|p| p.reads.contains(&(id as u32)))
        };
        let observes = |id: usize| program.shared[id].kind == SharedKind::Counter && !named(id);
        let empty = SharedSlot { at: 0, length: 0, width: 0, value: 1, fills: 0 };
        let mut shared = vec![empty; program.shared.len()];
        let ids = 0..program.shared.len() as SharedId;
        let mut lists: Vec<Option<Lists>> =
            ids.map(|id| lists(program, id, shape, &earlier)).collect();
        let (outside, inside): (Vec<usize>, Vec<usize>) =
            (0..program.shared.len()).partition(|&id| observes(id));
        let strides: Vec<Option<u32>> =
            lists.iter().map(|lists| lists.as_ref().map(|lists| lists.stride)).collect();
        let place = |shared: &mut Vec<SharedSlot>, id: usize, words: &mut Words| {
            let length = program.shared[id].initial.len() as u32;
            let width = strides[id].unwrap_or_else(|| width(program, id, shape, &earlier));
            let value = value_words(program, id);
            let fills = match program.cache(id as SharedId) {
                _ if let Details::Database(at) = program.shared[id].details => {
                    program.database_words(at, shape.bounded).0
                }
                Some(cache) if cache.single => {
                    1 + (1 + value) * cache_keys(cache, id, shape, &earlier)
                }
                _ => 0,
            };
            shared[id] = SharedSlot { at: words.take(length * width), length, width, value, fills };
        };
        for id in inside {
            place(&mut shared, id, &mut words);
            if let Some(lists) = &mut lists[id] {
                lists.at = shared[id].at;
            }
        }
        let comes = |start: &Start| matches!(start, Start::Every { .. } | Start::Spawned);
        let called = Start::is_passing;
        let came = program.classes.iter().map(|class| words.take_if(comes(&class.start)));
        let came: Vec<u32> = came.collect();
        let struck = program.faults.iter().map(|_| words.take(1)).collect();
        let mut layout = Layout {
            shared: shared.clone(),
            processes: Vec::new(),
            classes: Vec::new(),
            holds: Vec::new(),
            came,
            struck,
            lists: Vec::new(),
            flights: Vec::new(),
            transactions: Vec::new(),
            messages: 0,
            losses: 0,
            duplicates: 0,
            timeouts: 0,
            crashes: 0,
            blocks_end: 0,
            identity: 0,
            words: 0,
            shape,
            earlier: earlier.clone(),
        };
        for class in 0..program.classes.len() {
            layout.class(program, class, &mut words);
        }
        layout.blocks_end = words.0;
        if shape.bounded {
            layout.bounded_counts(program, &mut words);
        }
        let numbered = program.channels.iter().any(super::lists::is_numbered);
        if numbered {
            layout.messages = words.take(1);
        }
        layout.identity = words.0 as usize;
        for id in outside {
            place(&mut shared, id, &mut words);
        }
        if !shape.bounded {
            layout.bounded_counts(program, &mut words);
        }
        if !numbered {
            layout.messages = words.take_if(!program.channels.is_empty());
        }
        let calls = |class: usize| {
            let mut code = program.classes[class].code.clone();
            code.any(|pc| matches!(program.code[pc as usize], Op::Call { .. }))
        };
        let calls: Vec<bool> = (0..program.classes.len()).map(calls).collect();
        let calls = |class: usize| calls[class];
        for (class, declared) in program.classes.iter().enumerate() {
            // Which request of how many it is, nobody's behaviour depends on.
            if called(&declared.start) {
                layout.came[class] = words.take(1);
            }
        }
        for slot in &mut layout.processes {
            if called(&program.classes[slot.class as usize].start) {
                slot.number_at = words.take(1);
            }
            if calls(slot.class as usize) && !shape.bounded {
                slot.callee_at = words.take(1);
            }
        }
        for (id, lists) in lists.iter_mut().enumerate() {
            if let Some(lists) = lists {
                lists.meta = words.take(shared[id].length * lists.meta_words());
            }
        }
        for slot in &mut layout.processes {
            let flights = layout.flights[slot.class as usize].len() as u32;
            slot.flights_meta = words.take(flights * META);
        }
        layout.lists = lists;
        layout.words = words.0 as usize;
        layout.shared = shared;
        layout
    }

    /// Words for what bounds count.
    fn bounded_counts(&mut self, program: &Program, words: &mut Words) {
        self.timeouts = words.take(1);
        self.crashes = words.take(1);
        // Most programs send nothing, and no state need be larger for that.
        if !program.channels.is_empty() {
            self.losses = words.take(1);
            self.duplicates = words.take(1);
        }
    }

    fn class(&mut self, program: &Program, class: usize, words: &mut Words) {
        let declared = &program.classes[class];
        let holds = counted_holds(program, class);
        let comes = matches!(declared.start, Start::Every { .. } | Start::Spawned);
        let leaves = declared
            .code
            .clone()
            .any(|pc| matches!(program.code[pc as usize], Op::Think { leave: Some(_), .. }));
        let stops = program
            .faults
            .iter()
            .any(|fault| fault.kind == FaultKind::Pause && fault.victim.is_class(class as u32));
        let is_request = declared.start.is_passing();
        let counted = holds.iter().map(|&held| self.shared[held as usize].length).sum();
        let flights = flights(program, class);
        let flying = flights.iter().map(|flight| flight_width(program, flight.from)).sum();
        let first = self.processes.len() as u32;
        let (here, gone) = self.earlier.of(class);
        let instances = here + room(program, class, self.shape, here + gone);
        let more = match self.shape.bounded {
            true => CHANGES_SEARCHED,
            false => {
                let of_class = CHANGES_OF_ALL / coming(program).max(1);
                (of_class / instances.max(1)).clamp(CHANGES_SEARCHED, CHANGES)
            }
        };
        let transactions = program.transaction_rooms(&declared.code, more);
        let transacting = transactions.iter().map(|room| room.words()).sum();
        for number in 1..=instances {
            let registers = u32::from(declared.registers);
            let at = words.take(1 + registers);
            self.processes.push(ProcessSlot {
                class: class as u32,
                number,
                at,
                registers,
                number_at: words.take_if(comes),
                stopped_at: words.take_if(stops),
                passes_at: words.take_if(leaves),
                holds_at: words.take(counted),
                transactions_at: words.take(transacting),
                flights_at: words.take(flying),
                flights_meta: 0,
                callee_at: 0,
                replica_at: words.take_if(is_request),
                caller_at: words.take_if(is_request),
            });
        }
        self.classes.push(first..self.processes.len() as u32);
        self.holds.push(holds);
        self.flights.push(flights);
        self.transactions.push(transactions);
    }

    /// Where the words of the first process begin.
    #[must_use]
    pub fn blocks_start(&self) -> usize {
        self.processes.first().map_or(self.blocks_end, |slot| slot.at) as usize
    }

    /// How many instances of a class came before those that a state counts.
    #[must_use]
    pub fn gone(&self, class: u32) -> i64 {
        i64::from(self.earlier.of(class as usize).1)
    }

    /// How many instances of a class were here at the beginning.
    #[must_use]
    pub fn here(&self, class: u32) -> i64 {
        i64::from(self.earlier.of(class as usize).0)
    }

    /// For each process all of its words.
    #[must_use]
    pub fn blocks(&self) -> Vec<Range<u32>> {
        let end = |process: usize| match self.processes.get(process + 1) {
            Some(next) => next.at,
            None => self.blocks_end,
        };
        let slots = self.processes.iter().enumerate();
        slots.map(|(process, slot)| slot.at..end(process)).collect()
    }

    /// The word in which a process counts what it holds of an element of a semaphore or of a
    /// rwlock's reading side.
    #[must_use]
    pub fn hold_word(&self, process: u32, shared: SharedId, element: u32) -> Option<usize> {
        let slot = self.processes[process as usize];
        let mut at = slot.holds_at + element;
        for &held in &self.holds[slot.class as usize] {
            if held == shared {
                return Some(at as usize);
            }
            at += self.shared[held as usize].length;
        }
        None
    }
}

fn width(program: &Program, id: usize, shape: Shape, earlier: &Earlier) -> u32 {
    match (program.shared[id].kind, program.shared[id].details) {
        (SharedKind::Lock, Details::Lease(_)) | (SharedKind::RwLock, _) => 2,
        (SharedKind::Condition, _) => 0,
        (SharedKind::Database, Details::Database(at)) => {
            let (records, copies) = program.database_words(at, shape.bounded);
            records + copies
        }
        (SharedKind::Table, Details::Table(at)) => {
            let rows = program.tables[at as usize].rows.len() as u32;
            let more = match shape.bounded {
                true => VERSIONS_SEARCHED + earlier.keys.get(id).copied().unwrap_or(0),
                false => VERSIONS,
            };
            1 + (1 + value_words(program, id)) * (rows + more)
        }
        (SharedKind::Database | SharedKind::Table, _) => 0,
        (SharedKind::Service, _) => REPLICA,
        (SharedKind::Wire, _) => 1,
        (SharedKind::Breaker, _) => program.breaker(id as SharedId).map_or(0, Breaker::words),
        // How many tokens it has, only time knows.
        (SharedKind::Limiter, _) => 0,
        (SharedKind::Map, _) if shape.bounded => {
            let keys = KEYS_SEARCHED + earlier.keys.get(id).copied().unwrap_or(0);
            1 + (1 + value_words(program, id)) * keys
        }
        (SharedKind::Cache, _) => {
            let Some(cache) = program.cache(id as SharedId) else { return 1 };
            let fills = if shape.bounded { super::FILLS_SEARCHED } else { super::FILLS };
            let entry = 1 + value_words(program, id);
            let kept = 1 + entry * cache_keys(cache, id, shape, earlier);
            kept + if cache.single { 1 + fills } else { 0 }
        }
        (SharedKind::Map, _) => {
            let keys = if program.saga_log(id as SharedId).is_some() { NOTES } else { KEYS };
            1 + (1 + value_words(program, id)) * keys
        }
        (SharedKind::Var | SharedKind::Lock | SharedKind::Counter | SharedKind::Semaphore, _) => 1,
        (
            SharedKind::Queue
            | SharedKind::Topic
            | SharedKind::Log
            | SharedKind::Group
            | SharedKind::Link,
            _,
        ) => 0,
    }
}

/// For how many keys of a cache there is room.
fn cache_keys(cache: &super::Cache, id: usize, shape: Shape, earlier: &Earlier) -> u32 {
    let keys = if shape.bounded {
        KEYS_SEARCHED + earlier.keys.get(id).copied().unwrap_or(0)
    } else {
        KEYS
    };
    cache.capacity.map_or(keys, |most| most.min(KEYS)).max(1)
}

/// How many words a value of a map has.
fn value_words(program: &Program, id: usize) -> u32 {
    if program.table(id as SharedId).is_some() {
        // When it was committed, and its columns.
        return 1 + u32::from(program.columns(id as SharedId));
    }
    program.form_in(id as SharedId).map_or(1, |form| u32::from(form.width()))
}

/// How many words an instance needs for its locals and transactions, at least.
fn least_words(program: &Program, class: usize) -> u32 {
    let declared = &program.classes[class];
    let rooms = program.transaction_rooms(&declared.code, CHANGES_SEARCHED);
    u32::from(declared.registers) + rooms.iter().map(|room| room.words()).sum::<u32>()
}

/// How many classes there are of which many instances come.
fn coming(program: &Program) -> u32 {
    let comes = |start: &Start| start.is_passing() || matches!(start, Start::Every { .. });
    program.classes.iter().filter(|class| comes(&class.start)).count() as u32
}

/// For how many instances of a class there must be room, so many having come before.
fn room(program: &Program, class: usize, shape: Shape, before: u32) -> u32 {
    let declared = &program.classes[class];
    match declared.start {
        Start::AtOnce | Start::Again { .. } => declared.instances,
        Start::Spawned | Start::Called { .. } | Start::Branch { .. } if shape.bounded => {
            SPAWNED_SEARCHED
        }
        Start::Spawned => SPAWNED,
        Start::Called { .. } | Start::Branch { .. } => {
            let called = |class: &&super::Class| class.start.is_passing();
            let called = program.classes.iter().filter(called).count() as u32;
            let fit = ARRIVING_WORDS / called.max(1) / (least_words(program, class) + 6);
            INSTANCES.min(fit.max(1))
        }
        Start::Every { times, .. } => {
            let most =
                if shape.bounded && times.is_none() { program.bounds.arrivals } else { INSTANCES };
            let arriving = program
                .classes
                .iter()
                .filter(|class| matches!(class.start, Start::Every { .. }))
                .count() as u32;
            let fit = ARRIVING_WORDS / arriving.max(1) / (least_words(program, class) + 4);
            let left =
                |times: u64| times.saturating_sub(u64::from(before)).min(u64::from(most)) as u32;
            times.map_or(most, left).min(fit.max(1))
        }
    }
}

fn counted_holds(program: &Program, class: usize) -> Vec<SharedId> {
    let mut holds = Vec::new();
    for pc in program.classes[class].code.clone() {
        let held = match program.code[pc as usize] {
            Op::Acquire { lock, mode: Mode::Read | Mode::Permit, .. } => lock,
            Op::Admit { breaker, .. } => breaker,
            _ => continue,
        };
        if !holds.contains(&held) {
            holds.push(held);
        }
    }
    holds
}
