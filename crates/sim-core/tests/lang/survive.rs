//! Reading a text in every way there is: what the tests and the fuzz target in `fuzz` both do.

use sim_core::{
    lang::{
        Values, check, complete, folds, format, highlight, hover, limits, line_column, parse_picks,
    },
    program::Program,
    say::Lang,
};

/// Reads a text. Whatever it is, each answer stays within its bounds; gives the program of one
/// that makes sense.
pub(crate) fn survive(text: &str) -> Option<Program> {
    let checked = check(text);
    assert!(checked.diagnostics.len() <= limits::DIAGNOSTICS + 1);
    for diagnostic in &checked.diagnostics {
        for lang in Lang::ALL {
            assert!(!diagnostic.say(lang).message.is_empty());
        }
        assert!(diagnostic.span.start <= diagnostic.span.end);
        assert!(diagnostic.span.end as usize <= text.len());
        let (line, column) = line_column(text, diagnostic.span.start);
        assert!(line >= 1 && column >= 1);
    }
    let mut end = 0;
    for (span, _) in highlight(text) {
        assert!(end <= span.start && span.start < span.end);
        assert!(text.get(span.start as usize..span.end as usize).is_some());
        end = span.end;
    }
    lay_out(text);
    assist(text);
    let program = checked.scenario?.bind(&Values::default()).expect("checked with its defaults");
    assert!(program.code.len() <= limits::INSTRUCTIONS);
    let _ = parse_picks(&program, text);
    Some(program)
}

fn lay_out(text: &str) {
    match format(text) {
        Ok(out) => {
            // Deeper blocks only add indentation, and how deep they are is bounded.
            assert!(out.len() <= 200 + text.len() * 150, "{} became {}", text.len(), out.len());
            if out.len() <= limits::TEXT_BYTES {
                assert_eq!(format(&out).as_ref(), Ok(&out), "laid out twice\n{text}");
            }
        }
        Err(wrong) => assert!(!wrong.is_empty() && wrong.len() <= limits::DIAGNOSTICS),
    }
}

fn assist(text: &str) {
    let length = text.len() as u32;
    let lines = text.matches('\n').count() as u32 + 1;
    for (first, last) in folds(text) {
        assert!(1 <= first && first < last && last <= lines);
    }
    let inside = |span: &sim_core::program::Span| {
        assert!(text.get(span.start as usize..span.end as usize).is_some());
    };
    // Also inside characters, and behind the end; a long text is the same in many places.
    let places = [length, length / 3, u32::MAX, 0, length / 7, length / 2, length.wrapping_sub(1)];
    let few = if length > 4_000 { 2 } else { places.len() };
    for &at in &places[..few] {
        let offered = complete(text, at);
        assert!(offered.len() <= 30);
        offered.iter().for_each(|one| inside(&one.replaces));
        if let Some(hover) = hover(text, at) {
            inside(&hover.span);
        }
    }
}
