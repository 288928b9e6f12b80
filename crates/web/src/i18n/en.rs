//! The texts of the page in English.

use super::{Texts, views};

pub(super) static TEXTS: Texts = Texts {
    a_promise_is_broken: "A promise is broken",
    all_schedules: "All schedules",
    as_before: "as before",
    at_the_end: "at the end",
    branches: "Kept futures",
    cancel: "Cancel",
    challenge_done: "Challenge done",
    challenge_by_clock: "Challenge done: the clock found it. Can you, by hand?",
    challenge_rule: "A failure counts when you bring it about: with picks of your own, or with those of the clock.",
    challenge_given: "This run shows it, but it was given to you. Make it happen with picks of your own, or let the clock pick.",
    challenges: "Challenges",
    checking: "Checking…",
    close: "Close",
    conflict: "Another tab has changed this draft.",
    copy_link: "Copy link",
    debrief: "Looking back",
    defaults: "Reset",
    done: "✓ done",
    draft_kept: "draft",
    draft_pending: "saving draft…",
    draft_refused: "this browser keeps no drafts",
    draft_saved: "draft saved",
    edit: "Edit",
    editor: "Scenario",
    editor_name: "Text of the scenario",
    ended_broken: "The run has ended, and a promise is broken.",
    ended_complete: "The run has ended. Every promise was kept.",
    ended_deadlock: "Deadlock: each waits for what another holds.",
    ended_idle: "The run has ended: whoever is left has nothing to do.",
    crashed: "crashed",
    ended_full: "Stopped: there was no room for what a process wanted to keep, start or draw.",
    ended_endless: "A process never comes to its next step.",
    ended_stuck: "Stuck: somebody waits for what nobody will give.",
    endless: "never ends",
    example: "Example",
    explore_again: "Explore",
    fault_link: "This link reproduces it:",
    fault_title: "The simulator stumbled",
    fault_words: "This is our mistake, not yours. Your text is safe. It said:",
    find_a_bug: "Find a bug",
    finished: "finished",
    free: "free",
    go_on: "Go on",
    grade_mistakes: "The text has mistakes, so it cannot be judged.",
    holds: "holds",
    how_many: "schedules",
    keep_mine: "Keep mine",
    key_arrows_do: "One step back or on",
    key_digits_do: "Let that choice happen",
    key_escape_does: "Closes what is open",
    key_home_end: "Home · End",
    key_home_end_does: "To the start, to the end",
    key_question_does: "Shows these keys",
    key_space: "Space",
    key_space_does: "Plays and pauses: the clock picks",
    keys: "Keys",
    keys_note: "They work while the stage has the focus: the middle, the right and the bar below. In the story and while you write they rest; arrows work at any button.",
    lack_undecided: "Too many schedules to look at all of them, so nothing is proved.",
    language: "Language",
    learn: "Learn",
    lessons: "Lessons",
    licences: "Licences",
    link_copied: "Link copied",
    link_garbled: "This link is damaged, so the lesson opens at its start.",
    link_newer: "This link was made by a newer Lockstep. The lesson opens at its start.",
    link_too_long: "This link is longer than Lockstep accepts, so the lesson opens at its start.",
    linked_text: "The text comes from a link. Change it, and your own draft is kept among “Your scenarios” first.",
    max: "max",
    mode: "Mode",
    moment_too_long: "This moment does not fit into a link (8 KB at most). Shorten the text or the run.",
    more: "How it is judged",
    no: "no",
    no_clipboard: "The browser does not allow copying. The link is in the address bar.",
    no_problems: "No mistakes.",
    again: "Try again",
    lesson_coming: "The lesson is coming…",
    lesson_gone: "This page is older than what the host has now: its lessons have gone. Load it again, and the lesson opens.",
    reload: "Load the page again",
    lesson_unreadable: "What came is not this lesson. Load the page again: it may be of an older build than its lessons.",
    no_such_lesson: "There is no such lesson. Here are those there are.",
    no_such_page: "There is no such page. Here are the lessons.",
    not_explored: "Not looked at yet.",
    not_proved: "Not yet: some schedule breaks a promise.",
    not_quite: "Not quite.",
    open: "○ open",
    opening: "Opening…",
    outcomes: "How they end",
    own_story: "Write what exists (`var`, `lock`, `queue`, `topic`), what each `process` does, and what must stay true (`always`, `finally`). Each read and each write of a `var` is one step. Messages go by `send { number: 1 } to jobs`; who gets them is written `process worker receive jobs as job { }`.",
    own_story_more: "In the text, F1 explains the word at the cursor and Ctrl+Space offers what may stand there. The draft is kept on this device. The link holds the text and the moment.",
    own_theme: "Workshop",
    own_title: "Your own scenario",
    parameters: "Parameters",
    pause: "Pause",
    play: "Play",
    predict: "Predict",
    promises: "Promises",
    prove: "Prove it",
    proved: "Proved: no schedule breaks a promise.",
    region_now: "Now",
    region_what: "What happens",
    region_why: "Why",
    reset: "Reset to the lesson’s text",
    reset_own: "Start over",
    scrubber: "Step shown",
    see_it_happen: "See it happen",
    seed: "seed",
    seed_help: "What the clock draws from: the same seed picks the same steps.",
    share: "Share",
    share_help: "Link, code, file: to show this moment to somebody",
    shared_state: "Shared state",
    shortest: "Show the shortest failure",
    show: "Show",
    show_it: "Show it",
    skip: "To the content",
    space: "Space",
    speed: "Speed",
    stale_run: "The text has mistakes. Below is the last run that worked.",
    step_back: "Step back",
    step_on: "Step on",
    of_them_fail: |failing| format!("{failing} fail"),
    tab_code: "Code",
    tab_timeline: "Timeline",
    tab_state: "State",
    tab_story: "Story",
    tabs: "What to show",
    take_theirs: "Take the other",
    theme_dark: "Theme: dark",
    theme_light: "Theme: light",
    theme_system: "Theme: as the system",
    timeline: "Timeline",
    timeline_help: "Timeline; scrolls sideways",
    to_end: "To the end",
    to_lessons: "Lockstep: to the lessons",
    to_start: "To the start",
    transport: "Playback",
    understood: "Got it",
    what_next: "What happens next?",
    yes: "yes",
    you_are_the_scheduler: "You are the scheduler. Pick with a click or a number key, or let the clock pick with",
    branch: |number, length, bad| {
        format!("Future {number}: {length} steps{}", if bad { ", ends badly" } else { "" })
    },
    broken_at: |step| {
        if step == 0 { "broken at the start".to_owned() } else { format!("broken at step {step}") }
    },
    code_of: |name| format!("Code of {name}"),
    failed: |error| format!("failed: {error}"),
    go_to_step: |step, line| format!("Step {step}: {line}"),
    grade_promise_gone: |condition| {
        format!("The text no longer promises `{condition}`. A fix keeps its promises.")
    },
    hint: |number, all| format!("Hint {number} of {all}"),
    lack_ends: |name, value| {
        format!("No promise breaks, but not every schedule ends with `{name} = {value}`.")
    },
    lack_at_most: |word, most| match most {
        0 => format!("This challenge asks for a fix without `{word}`."),
        most => format!("This challenge allows no more than {most} of `{word}`."),
    },
    lack_is: |setting| format!("This challenge asks for “{setting}”."),
    lack_reaches: |name, value| {
        format!(
            "Nothing breaks, but no schedule ends with `{name} = {value}`, and that should stay possible."
        )
    },
    lack_is_not: |setting| format!("This challenge asks for something other than “{setting}”."),
    lesson_number: |_, minutes| format!("about {minutes} min"),
    misfit: |word| format!("needs {word}"),
    more_outcomes: |more| format!("and {more} more"),
    picks_do_not_fit: |fitted| {
        format!("The steps in this link no longer fit the scenario. Shown are the first {fitted}.")
    },
    place: |line, column| format!("{line}:{column}"),
    proving: |case, of| format!("Trying case {case} of {of}…"),
    schedules_before: |all, within| {
        let within = if within { " within the bounds" } else { "" };
        if all == "1" {
            format!("There is just one way to take these steps{within}, and ")
        } else {
            format!("Of the {all} ways to interleave these steps{within}, ")
        }
    },
    schedules_fail: |failing, none| {
        if none {
            "0 break a promise".to_owned()
        } else if failing == "1" {
            "1 breaks a promise".to_owned()
        } else {
            format!("{failing} break a promise")
        }
    },
    settings_dropped: |names| {
        format!(
            "The scenario does not take these settings of the link: {names}. They have their defaults."
        )
    },
    show_outcome: |values| format!("a run that ends with {values}"),
    skipped: |words| {
        format!("Left out, because they could not take a step when their turn came: {words}")
    },
    stale: |place, now| format!("stale: {place} is now {now}"),
    edited: "edited text",
    edited_help: "This is not the lesson’s own text. Edit shows it, and can bring the lesson’s back.",
    stale_word: "stale",
    stale_band: |name| format!("{name} believes an old value"),
    stale_short: |name| format!("stale for {name}"),
    step_of: |step, of| format!("step {step} of {of}"),
    very_many: |exponent, lower| match lower {
        Some(name) => format!("About 10^{exponent} schedules: lower {name}."),
        None => format!("About 10^{exponent} schedules."),
    },
    looked_at_with: |told| format!("Looked at with {told}, as the text’s explore says."),
    views: &views::EN,
    lesson_lost: |why| {
        format!("The lesson could not be fetched. Is there a network? The browser says: {why}")
    },
    study_fault: |text| format!("Exploring failed, stepping goes on. It said: {text}"),
};
