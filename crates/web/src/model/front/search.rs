//! Finding lessons by what somebody types: accents and case do not matter.

use lessons::Listed;
use sim_core::say::Lang;

/// Longer than anything one looks for.
pub const LETTERS: usize = 60;

/// Whether a lesson has all words of what was typed: in its title, its summary, its theme, its
/// number as a kata, the terms it leads to or the products it speaks of, in either language.
#[must_use]
pub fn fits(lesson: &Listed, typed: &str) -> bool {
    let words = folded(typed);
    let mut words = words.split_whitespace().peekable();
    if words.peek().is_none() {
        return true;
    }
    let hay = haystack(lesson);
    words.all(|word| hay.contains(word))
}

fn haystack(lesson: &Listed) -> String {
    let mut hay = String::new();
    for lang in Lang::ALL {
        let text = lesson.text(lang);
        for part in [text.title, text.summary, text.theme, text.terms] {
            hay.push_str(&folded(part));
            hay.push('\n');
        }
    }
    if let Some(kata) = lesson.kata {
        hay.push_str("kata ");
        hay.push_str(&kata.to_string());
    }
    hay
}

/// Small letters without accents, as English and Spanish have them.
fn folded(text: &str) -> String {
    let fold = |letter: char| match letter {
        'á' | 'Á' => 'a',
        'é' | 'É' => 'e',
        'í' | 'Í' => 'i',
        'ó' | 'Ó' => 'o',
        'ú' | 'Ú' | 'ü' | 'Ü' => 'u',
        'ñ' | 'Ñ' => 'n',
        '-' | '‑' | '/' => ' ',
        other => other.to_ascii_lowercase(),
    };
    text.chars().map(fold).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(typed: &str) -> Vec<&'static str> {
        lessons::listed().iter().filter(|one| fits(one, typed)).map(|one| one.id).collect()
    }

    #[test]
    fn lessons_are_found_by_their_words_in_any_order() {
        assert!(found("saga").contains(&"saga"));
        assert_eq!(found("balance race"), found("RACE bálance"));
        assert!(found("race balance").contains(&"race-on-a-balance"));
        assert!(found("kata 5").contains(&"pay-once"));
        assert_eq!(found("two-phase"), found("two phase"));
        assert!(found("two phase").contains(&"two-phase-commit"));
    }

    #[test]
    fn accents_do_not_matter_and_either_language_will_do() {
        assert_eq!(found("consistencia distribuida"), found("distributed consistency"));
        assert_eq!(found("mensajería"), found("MENSAJERIA"));
        assert!(!found("mensajeria").is_empty());
    }

    #[test]
    fn what_lessons_speak_of_by_its_name_is_found() {
        assert!(found("kafka").contains(&"order-by-key"));
        assert!(found("RabbitMQ").contains(&"poison-message"));
        assert!(found("2pc").contains(&"two-phase-commit"));
        assert!(found("mutex lock").contains(&"two-locks"));
    }

    #[test]
    fn nothing_typed_is_everything_and_nonsense_is_nothing() {
        assert_eq!(found("").len(), lessons::listed().len());
        assert_eq!(found("  ").len(), lessons::listed().len());
        assert!(found("xyzzy").is_empty());
    }
}
