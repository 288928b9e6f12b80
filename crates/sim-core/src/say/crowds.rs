//! Ceilings that a run met, and what to do.

use super::Lang;
use crate::trace::{Crowd, CrowdKind};

/// What was met, what follows for the numbers, and what helps.
#[must_use]
pub fn crowd(crowd: &Crowd, lang: Lang) -> String {
    let Crowd { kind, name, most } = crowd;
    let service = name.split('.').next().unwrap_or(name);
    match (kind, lang) {
        (CrowdKind::Arrivals, Lang::En) => format!(
            "{most} of `{name}` were there at once, and there is no room for more: who came next had to wait outside, so the numbers look better than they are. Let fewer come, give them a `within`, or let what they wait for refuse (`workers` and `backlog` of a service)."
        ),
        (CrowdKind::Arrivals, Lang::Es) => format!(
            "Había {most} de `{name}` a la vez y no caben más: los siguientes tuvieron que esperar fuera, así que los números parecen mejores de lo que son. Haz que lleguen menos, ponles un `within`, o que rechace lo que esperan (`workers` y `backlog` de un servicio)."
        ),
        (CrowdKind::Requests, Lang::En) => format!(
            "{most} requests of `{name}` were open at once, and there is no room for more: who called then was stopped, so the numbers look better than they are. Give `{service}` a `backlog` (with `workers`), so that it refuses what it cannot take, or a `patience`, or let fewer calls come."
        ),
        (CrowdKind::Requests, Lang::Es) => format!(
            "Había {most} peticiones de `{name}` abiertas a la vez y no caben más: quien llamó entonces quedó detenido, así que los números parecen mejores de lo que son. Pon a `{service}` un `backlog` (con `workers`) para que rechace lo que no puede atender, o un `patience`, o haz que lleguen menos llamadas."
        ),
        (CrowdKind::Tasks, Lang::En) => format!(
            "{most} tasks of `{name}` ran at once, and there is no room for more: who started one more was stopped. Let fewer be started, or let them end sooner."
        ),
        (CrowdKind::Tasks, Lang::Es) => format!(
            "Había {most} tareas de `{name}` a la vez y no caben más: quien inició otra quedó detenido. Inicia menos, o haz que terminen antes."
        ),
        (CrowdKind::Other, Lang::En) => format!(
            "`{name}` was stopped: there was no room for what it wanted to keep, start or draw."
        ),
        (CrowdKind::Other, Lang::Es) => format!(
            "`{name}` quedó detenido: no había lugar para lo que quería guardar, iniciar o sortear."
        ),
    }
}
