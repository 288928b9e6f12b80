//! Ceilings in Spanish.

use super::diagnostics::Ceiling;

pub(super) fn too_much(what: Ceiling, most: u64) -> String {
    match what {
        Ceiling::TextBytes => format!("un texto puede tener como máximo {most} bytes"),
        Ceiling::Nesting => {
            format!("los paréntesis y bloques pueden anidarse como máximo {most} veces")
        }
        Ceiling::ExpressionDepth => format!("una expresión puede tener como máximo {most} niveles"),
        Ceiling::Replicas => format!("un servicio puede tener como máximo {most} réplicas"),
        Ceiling::CallDepth => {
            format!("los bloques y llamadas pueden anidarse como máximo {most} veces")
        }
        Ceiling::RoutineKinds => {
            format!("las rutinas pueden llamarse como máximo con {most} combinaciones de tipos")
        }
        Ceiling::Instructions => {
            format!("un programa puede tener como máximo {most} instrucciones")
        }
        Ceiling::Registers => {
            format!(
                "un proceso puede tener como máximo {most} variables locales y valores intermedios"
            )
        }
        Ceiling::Processes => format!("puede haber como máximo {most} procesos"),
        Ceiling::ArrayLength => format!("un arreglo puede tener como máximo {most} elementos"),
        Ceiling::SharedWords => format!("puede haber como máximo {most} valores compartidos"),
        Ceiling::StateWords => {
            format!("todos los procesos juntos pueden guardar como máximo {most} valores")
        }
        Ceiling::Promises => format!("puede haber como máximo {most} promesas"),
        Ceiling::MessageFields => format!("un mensaje puede tener como máximo {most} campos"),
        Ceiling::Picks => format!("un `schedule` puede tener como máximo {most} elecciones"),
    }
}

pub(super) fn too_much_help(what: Ceiling) -> &'static str {
    match what {
        Ceiling::TextBytes => "deja una sola idea por escenario",
        Ceiling::Nesting => "lleva la parte interior a una rutina",
        Ceiling::ExpressionDepth => "divídela con `let`",
        Ceiling::Replicas => "da más trabajadores a cada una de menos réplicas",
        Ceiling::CallDepth => "encadena menos llamadas entre rutinas",
        Ceiling::RoutineKinds => "llama a cada rutina siempre con los mismos tipos",
        Ceiling::Instructions => {
            "cada llamada es una copia de su rutina: llámala en un bucle, o menos veces"
        }
        Ceiling::Registers => "comparte variables locales entre las partes de un proceso",
        Ceiling::StateWords => "reduce los números tras `*`, o guarda menos en cada proceso",
        Ceiling::Processes => {
            "reduce los números tras `*`: una carrera también se ve con pocos procesos"
        }
        Ceiling::ArrayLength | Ceiling::SharedWords => "reduce los números entre `[ ]`",
        Ceiling::Promises => "une algunas con `and`",
        Ceiling::MessageFields => "envía lo que va junto en dos mensajes",
        Ceiling::Picks => "reduce los números tras `*`",
    }
}
