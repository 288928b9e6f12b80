//! Measures Lockstep's engine beside its peers and prints tables: `cargo xtask bench`.
//!
//! Tables go to standard output as Markdown, what is going on to standard error.

mod aims;
mod measure;
mod node;
mod peers;
mod results;
mod tables;

use std::{env, process::Command, thread};

use lockstep_bench::rows::{Engine, Row, Work};
use node::Node;
use results::Results;

/// What the command line asks for.
#[derive(Default)]
struct Options {
    quick: bool,
    only: Option<String>,
    /// The script that measures in Node, and the module.
    node: Option<(String, String)>,
}

fn main() {
    let options = options();
    let is_asked = |table: &str| options.only.as_ref().is_none_or(|only| only == table);
    let (search, simulation, aims) = (is_asked("search"), is_asked("simulation"), is_asked("aims"));
    let is_wanted = |row: Row| {
        let in_aims = aims::AIMS.iter().any(|aim| (aim.engine, aim.work) == (row.engine, row.work));
        let simulated = matches!(row.work, Work::OneServer | Work::Closed);
        let of_tables = matches!(row.engine, Engine::ByHand | Engine::Lindley | Engine::Ours);
        aims && in_aims || of_tables && if simulated { simulation } else { search }
    };
    let mut node =
        options.node.as_ref().map(|(script, module)| Node::start(script, module, options.quick));

    let mut results = Results::default();
    results.measure_ours(options.quick, node.as_mut(), is_wanted);
    results.measure_peers(options.quick, search, simulation);

    println!("{}\n", machine(&options, node.as_ref()));
    if aims {
        println!("### What we aim at\n\n{}", tables::aims(&results));
    }
    if search {
        println!("### Searching\n\n{}", tables::searches(&results));
    }
    if simulation {
        println!("### Running by the clock\n\n{}", tables::simulations(&results));
    }
}

fn options() -> Options {
    let mut options = Options::default();
    let mut words = env::args().skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--quick" => options.quick = true,
            "--only" => options.only = words.next(),
            "--node" => options.node = words.next().zip(words.next()),
            other => panic!("unknown option {other}; use `cargo xtask bench`"),
        }
    }
    options
}

/// What the figures depend on besides the programs.
fn machine(options: &Options, node: Option<&Node>) -> String {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let rustc = Command::new("rustc").arg("--version").output().map(|said| said.stdout);
    let rustc = String::from_utf8_lossy(&rustc.unwrap_or_default()).trim().to_owned();
    let rustc: Vec<&str> = rustc.split_whitespace().take(2).collect();
    let node = node.map(|node| format!(", Node {}", node.version));
    let runs = if options.quick { "one run each" } else { "medians of 3 to 7 runs" };
    let peers = ["stateright", "nexosim"].map(|name| format!("{name} {}", version(name)));
    format!(
        "{} cores, {}, {}{}; {}; {runs}.",
        cores,
        env::consts::ARCH,
        rustc.join(" "),
        node.unwrap_or_default(),
        peers.join(", "),
    )
}

/// The version of a package that was built into this program.
fn version(package: &str) -> &'static str {
    let lock = include_str!("../Cargo.lock");
    let head = format!("name = \"{package}\"\nversion = \"");
    let found = lock.split_once(head.as_str()).and_then(|(_, rest)| rest.split('"').next());
    found.unwrap_or("of unknown version")
}
