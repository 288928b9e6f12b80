//! What an editor asks: places as people count them, and colours.

use sim_core::{
    lang::{Tag, check, highlight, line_column},
    say::Lang,
};

#[test]
fn lines_and_columns_count_characters_from_one() {
    let text = "añb\nc";
    assert_eq!(line_column(text, 0), (1, 1));
    assert_eq!(line_column(text, 3), (1, 3));
    assert_eq!(line_column(text, 2), (1, 2), "inside a character");
    assert_eq!(line_column(text, 5), (2, 1));
    assert_eq!(line_column(text, 99), (2, 2));
}

#[test]
fn a_word_is_a_keyword_only_in_its_place() {
    let text = "lock log // log\nprocess p { work 5ms; log = 1 } \"";
    let tagged: Vec<(&str, Tag)> = highlight(text)
        .into_iter()
        .map(|(span, tag)| (&text[span.start as usize..span.end as usize], tag))
        .collect();
    let expected = [
        ("lock", Tag::Keyword),
        ("log", Tag::Name),
        ("// log", Tag::Remark),
        ("process", Tag::Keyword),
        ("p", Tag::Name),
        ("{", Tag::Sign),
        ("work", Tag::Keyword),
        ("5ms", Tag::Number),
        ("log", Tag::Name),
        ("=", Tag::Sign),
        ("1", Tag::Number),
        ("}", Tag::Sign),
        ("\"", Tag::Error),
    ];
    assert_eq!(tagged, expected);
}

#[test]
fn a_mistake_is_told_in_spanish_too() {
    let text = "scenario \"x\"\nvar balance = 1\nprocess p { let x = balence }";
    let said = check(text).diagnostics[0].say(Lang::Es);
    assert_eq!(said.message, "aquí nada se llama `balence`");
    assert_eq!(said.help.as_deref(), Some("¿quisiste decir `balance`?"));
    assert_eq!(Lang::parse("es-MX"), Some(Lang::Es));
    assert_eq!(Lang::parse("fr"), None);
}
