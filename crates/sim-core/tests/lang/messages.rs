//! Messages: what becomes of sending, receiving and answering, and what is set for queues.

use crate::{
    corpus::said,
    listings::{becomes, program},
};
use sim_core::{
    lang::parse_picks,
    program::{
        Channel, FaultKind, Formula, Gap, Pick, PickTarget, PickVerb, Quantity, Statistic, Subject,
        Type, WhenFull,
    },
};

#[test]
fn the_end_of_the_block_answers_whatever_way_it_ends() {
    becomes(
        "process r receive q as m {\n if m.a == 1 { return }\n if m.a == 2 { stop }\n fail bad\n}\nqueue q\nprocess s { send { a: 1 } to q }",
        &[
            "* receive q to r0 and 1",
            "r6 = 1",
            "r6 = r5 == r6",
            "if r6 go 4 else 5",
            "go 11",
            "r6 = 2",
            "r6 = r5 == r6",
            "if r6 go 8 else 9",
            "go 15",
            "r6 = 18",
            "raise r6 | error: r7, 17",
            "* ack q r0",
            "go 19",
            "* ack q r0",
            "go 19",
            "* ack q r0",
            "go 23",
            "* nack q r0",
            "go 21",
            "end of pass",
            "go 0",
            "pass failed r7",
            "go 0",
            "end",
        ],
    );
}

#[test]
fn fields_stand_in_the_order_of_the_first_message() {
    becomes(
        "process s { send { a: 1, b: self } to q; send { b: 3, a: 2 } to q }\nqueue q",
        &[
            "r0 = 1",
            "r1 = self",
            "* send 2 from r0 to q",
            "r1 = 3",
            "r0 = 2",
            "* send 2 from r0 to q",
            "end",
        ],
    );
}

#[test]
fn a_message_by_hand_and_in_time() {
    becomes(
        "process r { let m = receive q within 1s; x = m + attempt(m); ack m }\nqueue q\nvar x = 1\nprocess s { send 5 to q key self after 2s }",
        &[
            "r6 = 1000000000",
            "within 0: r6",
            "* receive q to r0 and 1, by hand | timer 0: r7, 4",
            "go 5",
            "pass on r7",
            "r6 = r5 + r1",
            "* x = r6",
            "* ack q r0",
            "end",
        ],
    );
}

#[test]
fn a_block_that_runs_out_of_time_gives_its_message_back() {
    becomes(
        "process w { within 1s { receive q as m { sleep 5ms } } }\nqueue q\nprocess s { send 1 to q }",
        &[
            "r0 = 1000000000",
            "within 0: r0",
            "* receive q to r0 and 1 | timer 0: r7, 12",
            "r6 = 5000000",
            "* sleep r6 | error: r7, 9 | timer 0: r7, 7",
            "* ack q r0",
            "go 11",
            "* nack q r0",
            "go 12",
            "* nack q r0",
            "go 14",
            "go 13",
            "pass on r7",
            "end",
            "fail r7",
            "end",
        ],
    );
}

#[test]
fn following_is_a_loop() {
    becomes(
        "process r { follow l from 1 as e { if e.a == 2 { break }; if e.a == 3 { continue }; x = offset(e) } }\nlog l\nvar x = 1\nprocess s { let at = send { a: 1 } to l; x = at }",
        &[
            "r0 = 1",
            "* follow l at r0 to r1 and 1",
            "r7 = 2",
            "r7 = r6 == r7",
            "if r7 go 5 else 6",
            "go 14",
            "r7 = 3",
            "r7 = r6 == r7",
            "if r7 go 9 else 10",
            "go 11",
            "* x = r4",
            "r7 = 1",
            "r0 = r0 + r7",
            "go 1",
            "end",
        ],
    );
}

#[test]
fn a_message_goes_on_and_into_a_routine_as_it_is() {
    becomes(
        "process r receive q as e { send e to other; done(e) }\nqueue q\nqueue other\nvar x = 1\nroutine done(m) { x = m.a + id(m) }\nprocess s { send { a: 1 } to q }\nprocess z receive other as m { x = m.a }",
        &[
            "* receive q to r0 and 1",
            "r6 = r5",
            "* send 1 from r6 to other | error: r13, 13",
            "r6 = r0",
            "r7 = r1",
            "r8 = r2",
            "r9 = r3",
            "r10 = r4",
            "r11 = r5",
            "r12 = r11 + r10 | error: r13, 13",
            "* x = r12",
            "* ack q r0",
            "go 15",
            "* nack q r0",
            "go 17",
            "end of pass",
            "go 0",
            "pass failed r13",
            "go 0",
            "end",
        ],
    );
}

#[test]
fn a_record_is_copied_whole() {
    becomes(
        "process p { let r = { a: 1, b: 2 }; r = { a: r.b, b: r.a }; send r to q; x = r.a }\nqueue q\nvar x = 1",
        &[
            // The third register tells that there is a record.
            "r0 = 1",
            "r1 = 2",
            "r2 = 1",
            "r3 = r1",
            "r4 = r0",
            "r5 = 1",
            "r0 = r3",
            "r1 = r4",
            "r2 = r5",
            "r3 = r0",
            "r4 = r1",
            "* send 2 from r3 to q",
            "* x = r0",
            "end",
        ],
    );
}

#[test]
fn options_are_decided_by_the_parameters() {
    let program = program(
        "param tries: int = 3 in 1..9\nparam way: choice = block of block, reject\nparam aside: choice = dead of none, dead\nqueue dead\nqueue q (capacity: tries * 2, when_full: way, max_attempts: if tries > 2 then tries else unlimited, dead_letter: aside, visibility: none, backoff: fixed, delay: 5ms, factor: 150%)\nprocess s { send { a: 1 } to q }\nprocess r receive dead as m { note \"{m.a}\" }",
    );
    let Some(Channel::Queue(queue)) = program.channel(1) else { panic!("a queue") };
    assert_eq!((queue.capacity, queue.when_full), (Some(6), WhenFull::Block));
    assert_eq!((queue.max_attempts, queue.dead_letter), (Some(3), Some(0)));
    assert_eq!((queue.visibility, queue.backoff.delay), (None, 5_000_000));
    assert!(queue.delays && queue.counts_attempts && !queue.keyed && !queue.numbered);
    // What reaches the dead letters is what was sent to the queue.
    assert_eq!(program.shape(0).fields, [("a".to_owned(), Type::Int)]);
}

#[test]
fn a_link_belongs_to_one_process_and_what_it_sends_to() {
    let text = "topic t\nqueue a (from: t)\nqueue b[2] (from: t)\nlink p -> t (latency: exp(5ms), loss: 1%)\nprocess p { send 1 to t }\nprocess other { send 2 to t }\nprocess w * 2 receive b[self] as m { }\nfault partition p t from 1s to 2s\nfault fail t 5%\nalways p.link.t.lost == 0 and a.accepted <= t.sent and b[1].dropped == 0";
    let program = program(text);
    let Some(Channel::Topic(topic)) = program.channel(0) else { panic!("a topic") };
    assert_eq!(topic.subscribers, [1, 2]);
    let link = program.shared.iter().position(|shared| shared.name == "p -> t").expect("a link");
    let Some(Channel::Link(found)) = program.channel(link as u32) else { panic!("a link") };
    assert_eq!((found.from, found.to, found.loss), (0, 0, 10_000));
    assert!(found.fifo && matches!(found.latency, Gap::Drawn(..)));
    let names: Vec<&str> = program.shared.iter().map(|shared| shared.name.as_str()).collect();
    let counters = ["p.link.t.lost", "a.accepted", "t.sent", "b.dropped"];
    assert_eq!(names, [&["t", "a", "b", "p -> t"][..], &counters[..]].concat());
    assert_eq!(program.shared[7].initial, [0, 0], "one for each queue");
    let kinds: Vec<FaultKind> = program.faults.iter().map(|fault| fault.kind).collect();
    assert_eq!(kinds, [FaultKind::Partition, FaultKind::Fail { of: 0, share: 50_000 }]);
    assert_eq!(program.faults[0].links, [link as u32]);
    let listing = sim_core::program::listing(&program);
    assert!(listing.contains("* send 1 from r0 to t over p -> t"), "{listing}");
    assert!(listing.contains("* send 1 from r0 to t\n"), "only p has the link:\n{listing}");
}

#[test]
fn picks_name_messages_by_their_ends() {
    let program = program(
        "queue q (duplicates: 1%)\nqueue many[2]\nlink p -> q (loss: 1%)\nprocess p { send 1 to q; send 2 to many[1] }\nprocess w receive q as m { }\nschedule \"a\" { p deliver p -> q lose p -> q * 2 double q expire many[2] }",
    );
    let link = program.shared.iter().position(|shared| shared.name == "p -> q").expect("a link");
    let on_link = PickTarget::Shared(link as u32, 0);
    let pick = |verb, target, times| Pick { verb, target, outcome: 1, times };
    let expected = vec![
        pick(PickVerb::Step, PickTarget::Process(0, 1), 1),
        pick(PickVerb::Deliver, on_link, 1),
        pick(PickVerb::Lose, on_link, 2),
        pick(PickVerb::Double, PickTarget::Shared(0, 0), 1),
        pick(PickVerb::Expire, PickTarget::Shared(1, 1), 1),
    ];
    assert_eq!(program.schedules[0].picks, Ok(expected));
    assert!(parse_picks(&program, "deliver p -> many").is_err());
    assert!(parse_picks(&program, "double p -> q ready q cut p -> q").is_ok());
}

#[test]
fn goals_become_formulas() {
    let program = program(
        "param n: int = 2 in 1..4\nparam all: bool = true\nqueue q[2]\nqueue gone\nprocess p every 1s times 2 { record size = 5; if self == 1 { fail poison }; send 1 to q[self] }\nprocess never if not all { send 1 to gone }\ngoal all i in 1..n: q[i].sent <= 5% * q[1].accepted \"few\" if all\ngoal p.poison <= n and p.latency.over(300ms) < 1%\ngoal q.sent > 3 if not all\nchart \"x\" size.p99_9, p[2].latency.mean, q.length, never.ok.rate",
    );
    assert_eq!(program.goals.len(), 2, "one does not exist under these parameters");
    let Formula::And(first, _) = &program.goals[0].formula else { panic!("written out") };
    let Formula::Compute(_, sent, share) = &**first else { panic!("a comparison") };
    let Formula::Measure(sent) = &**sent else { panic!("a measure") };
    assert_eq!(sent.subject, Subject::Shared(0, Some(0)));
    assert_eq!(sent.quantity, Quantity::Count("sent"));
    assert!(matches!(**share, Formula::Compute(sim_core::program::Binary::TimesPercent, ..)));
    let mut seen = Vec::new();
    program.goals[1].formula.visit_measures(&mut |measure| seen.push(measure.clone()));
    assert_eq!(seen[0].quantity, Quantity::Outcome("poison".to_owned()));
    assert_eq!(seen[1].statistic, Some(Statistic::Over(300_000_000)));
    assert_eq!(seen[1].value, Type::Percent);
    let lines = &program.charts[0].lines;
    let values: Vec<Type> = lines.iter().map(|line| line.value).collect();
    assert_eq!(values, [Type::Int, Type::Duration, Type::Int, Type::Rate]);
    let subject = |at: usize| match &lines[at].formula {
        Formula::Measure(measure) => measure.subject.clone(),
        other => panic!("a measure, not {other:?}"),
    };
    assert_eq!(subject(0), Subject::Recorded("size".to_owned()));
    assert_eq!(subject(1), Subject::Process(0, Some(2)));
    assert_eq!(subject(2), Subject::Shared(0, None));
    assert_eq!(subject(3), Subject::Nobody("never".to_owned()));
}

#[test]
fn what_only_parameters_show_is_told_where_it_stands() {
    let told = said(
        "scenario \"x\"\nparam n: int = 2 in 1..4\nlog l (partitions: n)\nlink s -> l\nprocess s { let at = send 1 to l; note \"{at}\" }\nprocess r { follow l from 1 as e { note \"{e}\" } }\nqueue q (duplicates: 150%, capacity: n - 2)\nprocess t { send 1 to q }",
    );
    assert_eq!(
        told,
        [
            "5:22: no offset comes back over the link `s -> l` (the sender goes on at once; take out the link, or the `let`)",
            "6:20: `follow` reads a log of one partition, and `l` has 2 (read it by a group: `group readers (from: l)`, or set `partitions: 1`)",
            "7:22: expected `duplicates` in 0%..100%, found 150%",
            "7:38: expected at least 1, found 0",
        ]
    );
}

#[test]
fn too_many_fields_are_refused() {
    let field = |at: u32| format!("f{at}: {at}");
    let fields: Vec<String> = (1..=9).map(field).collect();
    let text =
        format!("scenario \"x\"\nqueue q\nprocess s {{ send {{ {} }} to q }}", fields.join(", "));
    assert_eq!(
        said(&text),
        ["3:18: a message may have 8 fields at most (send what belongs together as two messages)"]
    );
    assert_eq!(said(&text.replace(", f9: 9", "")), [""; 0]);
}

#[test]
fn a_chain_of_forwards_gives_its_shape_from_end_to_end() {
    let mut text = "scenario \"x\"\nvar x = 0ms\n".to_owned();
    for at in 1..=12 {
        // Declared backwards, so that each round of checking learns one more.
        let (to, from) = (13 - at, 12 - at);
        text += &format!("queue q{to}\nprocess p{to} receive q{from} as m {{ send m to q{to} }}\n");
    }
    text +=
        "queue q0\nprocess last receive q12 as m { x = m.d }\nprocess s { send { d: 5ms } to q0 }";
    assert_eq!(said(&text), [""; 0]);
}
