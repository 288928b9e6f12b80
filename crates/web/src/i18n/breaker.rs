//! The words of the breaker view.

use sim_core::{program::Guarding, say::Lang};

/// The words of a language.
pub struct BreakerTexts {
    /// A state.
    pub state: fn(Guarding) -> &'static str,
    /// What the window holds: the last so many calls, or seconds.
    pub window: fn(u32, bool) -> String,
    /// So many of so many failed, a share, and the share at which it opens.
    pub failed: fn(u32, u32, &str) -> String,
    /// The same of slow calls.
    pub slow: fn(u32, u32, &str, &str) -> String,
    /// It judges only from so many results on.
    pub too_few: fn(u32, u32) -> String,
    /// It tries again then.
    pub tries_in: fn(&str) -> String,
    /// It may be tried again.
    pub tries_now: &'static str,
    /// It lets nobody through.
    pub keeps_away: &'static str,
    /// So many of so many probes have been let in.
    pub probes: fn(u32, u32) -> String,
    /// So many of them are under way, so many went well, so many failed.
    pub tried: fn(u32, u32, u32) -> String,
    /// Along the run so many came, so many of them were turned away, and so often it opened.
    pub so_far: fn(&str, &str, u64) -> String,
    /// One request became so many tries on average, and at most so many.
    pub became: fn(&str, &str) -> String,
    /// A result, for who cannot see its cell.
    pub result: [&'static str; 4],
    /// What leads from state to state: to open, to half open, back to open, to closed.
    pub ways: fn(&str, &str) -> [String; 4],
}

/// The words of a language.
#[must_use]
pub fn breaker(lang: Lang) -> &'static BreakerTexts {
    match lang {
        Lang::En => &EN,
        Lang::Es => &ES,
    }
}

static EN: BreakerTexts = BreakerTexts {
    state: |state| match state {
        Guarding::Closed => "closed",
        Guarding::Open => "open",
        Guarding::HalfOpen => "half open",
    },
    window: |count, seconds| match (count, seconds) {
        (1, false) => "the last call".to_owned(),
        (count, false) => format!("the last {count} calls"),
        (1, true) => "the last second".to_owned(),
        (count, true) => format!("the last {count} seconds"),
    },
    failed: |failed, all, at| format!("{failed} of {all} failed; opens at {at}"),
    slow: |slow, all, at, after| format!("{slow} of {all} slow (over {after}); opens at {at}"),
    too_few: |have, enough| format!("judges from {enough} results on, has {have}"),
    tries_in: |time| format!("lets a call try in {time}"),
    tries_now: "the next call may try",
    keeps_away: "every call is turned away",
    probes: |in_use, all| format!("{in_use} of {all} tries let in, the rest is turned away"),
    tried: |under_way, ok, failed| format!("{under_way} under way, {ok} ok, {failed} failed"),
    so_far: |calls, refused, opened| {
        let times = if opened == 1 { "once".to_owned() } else { format!("{opened} times") };
        format!("In the whole run: opened {times}, {refused} of {calls} calls turned away.")
    },
    became: |mean, most| format!("One request became {mean} tries on average, at most {most}."),
    result: ["ok", "failed", "ok, but slow", "failed and slow"],
    ways: |share, time| {
        [
            format!("{share} fail"),
            format!("after {time}"),
            "a try fails".to_owned(),
            "tries succeed".to_owned(),
        ]
    },
};

static ES: BreakerTexts = BreakerTexts {
    state: |state| match state {
        Guarding::Closed => "cerrado",
        Guarding::Open => "abierto",
        Guarding::HalfOpen => "semiabierto",
    },
    window: |count, seconds| match (count, seconds) {
        (1, false) => "la última llamada".to_owned(),
        (count, false) => format!("las últimas {count} llamadas"),
        (1, true) => "el último segundo".to_owned(),
        (count, true) => format!("los últimos {count} segundos"),
    },
    failed: |failed, all, at| format!("fallaron {failed} de {all}; abre con {at}"),
    slow: |slow, all, at, after| format!("{slow} de {all} lentas (más de {after}); abre con {at}"),
    too_few: |have, enough| format!("juzga desde {enough} resultados, tiene {have}"),
    tries_in: |time| format!("deja probar en {time}"),
    tries_now: "la próxima llamada puede probar",
    keeps_away: "rechaza todas las llamadas",
    probes: |in_use, all| format!("dejó pasar {in_use} de {all} pruebas; rechaza el resto"),
    tried: |under_way, ok, failed| format!("{under_way} en curso, {ok} bien, {failed} con fallo"),
    so_far: |calls, refused, opened| {
        let times = if opened == 1 { "1 vez".to_owned() } else { format!("{opened} veces") };
        format!("En toda la ejecución: abrió {times}, rechazó {refused} de {calls} llamadas.")
    },
    became: |mean, most| {
        format!("Una petición se volvió {mean} intentos en promedio, a lo más {most}.")
    },
    result: ["bien", "falló", "bien, pero lenta", "falló y fue lenta"],
    ways: |share, time| {
        [
            format!("falla el {share}"),
            format!("tras {time}"),
            "una prueba falla".to_owned(),
            "las pruebas salen bien".to_owned(),
        ]
    },
};
