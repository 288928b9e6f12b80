//! Why theory says nothing of a service, in words.

use super::Lang;
use crate::theory::WhyNot;

/// The reason, as it follows a colon.
#[must_use]
pub fn why_not(why: WhyNot, lang: Lang) -> &'static str {
    let [english, spanish] = match why {
        WhyNot::Replicas => [
            "it has several replicas, each with a line of its own",
            "tiene varias réplicas, cada una con su propia cola",
        ],
        WhyNot::Unlimited => [
            "its workers are without a limit, so nobody waits",
            "no tiene límite de trabajadores, así que nadie espera",
        ],
        WhyNot::Cores => [
            "its workers share fewer cores than there are of them",
            "sus trabajadores comparten menos núcleos de los que ellos son",
        ],
        WhyNot::Order => [
            "it serves the newest first; theory assumes the order of coming",
            "atiende primero al último que llega; la teoría supone el orden de llegada",
        ],
        WhyNot::GivesUp => [
            "somebody may give up waiting; theory assumes that everybody stays",
            "alguien puede dejar de esperar; la teoría supone que todos se quedan",
        ],
        WhyNot::Faults => [
            "faults may happen; theory assumes that nothing goes wrong",
            "puede haber fallos; la teoría supone que nada sale mal",
        ],
        WhyNot::Handlers => [
            "it has several handlers; theory assumes one kind of work",
            "tiene varios manejadores; la teoría supone un solo tipo de trabajo",
        ],
        WhyNot::Work => [
            "its work is not one time that is exponential or always the same",
            "su trabajo no es un solo tiempo, exponencial o siempre igual",
        ],
        WhyNot::Callers => [
            "theory assumes one place that calls it",
            "la teoría supone un solo lugar que lo llama",
        ],
        WhyNot::Arrivals => [
            "calls do not come by chance, each independent of the others (`every exp(…)`)",
            "las llamadas no llegan al azar, cada una independiente de las demás (`every exp(…)`)",
        ],
        WhyNot::ComesAgain => [
            "who was served or refused may call again; theory assumes that each comes once",
            "quien fue atendido o rechazado puede volver a llamar; la teoría supone que cada quien llega una vez",
        ],
        WhyNot::Wire => [
            "calls may be lost or doubled on the way",
            "las llamadas pueden perderse o duplicarse en el camino",
        ],
        WhyNot::Overload => [
            "more comes than can be served, so the line grows for ever",
            "llega más de lo que se puede atender, así que la cola crece sin fin",
        ],
        WhyNot::NoFormula => ["there is no formula for this case", "no hay fórmula para este caso"],
    };
    if lang == Lang::Es { spanish } else { english }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_reason_has_words_of_its_own_in_each_language() {
        let all: Vec<&str> = WhyNot::ALL
            .iter()
            .flat_map(|why| [Lang::En, Lang::Es].map(|lang| why_not(*why, lang)))
            .collect();
        for (at, words) in all.iter().enumerate() {
            assert!(!all[..at].contains(words), "{words}");
        }
    }
}
