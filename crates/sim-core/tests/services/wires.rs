//! Which wire a request goes over when its caller has given up, and a limit that strikes in `work`.

use super::calls::agrees;
use super::measured::{Run, count, spread};

/// Callers that give up long before their requests arrive, beside others whose link loses all.
const TWO_LINKS: &str = "counter done\nservice bank { on pay(a) { done += 1 } }\n";

#[test]
fn a_request_of_who_gave_up_keeps_to_its_own_link() {
    for links in [
        "link a -> bank (latency: 1ms, loss: 100%)\nlink b -> bank (latency: 100ms)\n",
        "link b -> bank (latency: 100ms)\nlink a -> bank (latency: 1ms, loss: 100%)\n",
    ] {
        let text = format!(
            "{TWO_LINKS}{links}process a {{ try {{ call bank.pay(1) within 1ms }} catch timeout {{ }} }}\nprocess b * 100 {{ try {{ call bank.pay(2) within 50ms }} catch timeout {{ }} }}\nfinally done == 100"
        );
        let run = Run::to_the_end(&text, 1);
        let view = run.view();
        assert_eq!(count(&view, "a.link.bank.lost"), 1, "{links}");
        assert_eq!(count(&view, "b.link.bank.lost"), 0, "{links}");
        assert_eq!(count(&view, "bank.pay.calls"), 100, "{links}");
    }
}

#[test]
fn links_of_several_callers_agree_with_walking_every_schedule() {
    agrees(
        "service s { on h(a) { n += a } }\nlink p -> s (latency: 1ms, loss: 10%)\nlink q -> s (latency: 1ms)\ncounter n\nprocess p { try { call s.h(1) within 1s } catch timeout { } }\nprocess q { try { call s.h(2) within 1s } catch timeout { } }",
    );
}

#[test]
fn a_limit_strikes_during_work_and_gives_the_core_back() {
    let text = "service s (cores: 1) { on f(a) { try { within 5ms { work 20ms } } catch timeout { } }; on g(a) { work 1ms } }\n";
    let run = Run::to_the_end(
        &format!(
            "{text}process a * 2 {{ call s.f(1) }}\nprocess later {{ sleep 6ms; call s.g(1) }}"
        ),
        1,
    );
    let view = run.view();
    assert_eq!(spread(&view, "a.latency").max, 5_000_000);
    assert_eq!(spread(&view, "later.latency").max, 7_000_000);
    agrees(&format!("{text}process a {{ call s.f(1) }}"));
}
