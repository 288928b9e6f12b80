//! Node, which measures a row in WebAssembly whenever it is asked: right after the same row
//! natively, so that what else the machine does at that time is the same for both.

use std::{
    io::{BufRead, BufReader, Lines, Write},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

/// A Node that waits for the number of a row.
pub(crate) struct Node {
    /// Which Node it is.
    pub(crate) version: String,
    child: Child,
    asked: Option<ChildStdin>,
    answers: Lines<BufReader<ChildStdout>>,
}

impl Node {
    /// Starts it on a script and the module it is to run.
    pub(crate) fn start(script: &str, module: &str, quick: bool) -> Node {
        let mut child = Command::new("node")
            .args([script, module])
            .args(quick.then_some("--quick"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Node starts");
        let asked = child.stdin.take();
        let mut answers = BufReader::new(child.stdout.take().expect("it is piped")).lines();
        let version = answers.next().expect("Node says its version").expect("Node writes text");
        Node { version, child, asked, answers }
    }

    /// CPU seconds of a row, and how many states or events there were.
    pub(crate) fn measure(&mut self, row: usize) -> (f64, u64) {
        let asked = self.asked.as_mut().expect("it is open until the end");
        writeln!(asked, "{row}").expect("Node reads");
        let line = self.answers.next().expect("Node answers").expect("Node writes text");
        let words: Vec<f64> = line.split('\t').filter_map(|word| word.parse().ok()).collect();
        let [seconds, amount] = words[..] else { panic!("not an answer of Node's: {line}") };
        (seconds, amount as u64)
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        // Without anything more to read it ends.
        self.asked = None;
        let _ = self.child.wait();
    }
}
