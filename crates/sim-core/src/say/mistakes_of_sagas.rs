//! What can be wrong with sagas, in both languages.

use super::{
    Lang,
    diagnostics::{Code, Said},
};

/// One mistake, with what its text needs to know.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are the arguments of the texts beside them")]
pub enum SagaMistake {
    /// A `step` outside of a saga.
    StepAlone,
    /// Two steps with one name.
    StepTwice { name: String },
    /// A word that leaves a step without an error, perhaps in a routine.
    Leaves { word: &'static str, through: Option<String> },
    /// A saga in a transaction, perhaps through a routine.
    InTransaction { through: Option<String> },
    /// A durable saga of which one process begins several.
    NeedsId,
}

impl SagaMistake {
    /// Its stable name.
    #[must_use]
    pub fn code(&self) -> Code {
        Code(match self {
            SagaMistake::StepAlone => "E0780",
            SagaMistake::StepTwice { .. } => "E0781",
            SagaMistake::Leaves { .. } => "E0782",
            SagaMistake::InTransaction { .. } => "E0783",
            SagaMistake::NeedsId => "E0784",
        })
    }

    /// The mistake in words.
    #[must_use]
    pub fn say(&self, lang: Lang) -> Said {
        let (message, help) = match lang {
            Lang::En => (self.message_en(), self.help_en()),
            Lang::Es => (self.message_es(), self.help_es()),
        };
        Said { message, help: Some(help) }
    }

    fn message_en(&self) -> String {
        match self {
            SagaMistake::StepAlone => "`step` stands only in a `saga`".to_owned(),
            SagaMistake::StepTwice { name } => format!("two steps are called \"{name}\""),
            SagaMistake::Leaves { word, through: None } => format!("`{word}` cannot leave a saga"),
            SagaMistake::Leaves { word, through: Some(routine) } => {
                format!("`{routine}` has `{word}`, which cannot leave a saga")
            }
            SagaMistake::InTransaction { through: None } => {
                "a saga cannot stand in a transaction".to_owned()
            }
            SagaMistake::InTransaction { through: Some(routine) } => {
                format!("`{routine}` has a saga, and this stands in a transaction")
            }
            SagaMistake::NeedsId => {
                "after a restart nobody could tell which of several sagas this is".to_owned()
            }
        }
    }

    fn help_en(&self) -> String {
        match self {
            SagaMistake::StepAlone => {
                "write `saga { step \"NAME\" { … } undo { … } }` around it".to_owned()
            }
            SagaMistake::StepTwice { .. } => {
                "give each step a name of its own: its log speaks of them by name".to_owned()
            }
            SagaMistake::Leaves { .. } => {
                "a saga ends with its last step, or by an error, which undoes it: use `fail NAME`"
                    .to_owned()
            }
            SagaMistake::InTransaction { .. } => {
                "turn it round: each step may be a transaction, the saga is made of them".to_owned()
            }
            SagaMistake::NeedsId => {
                "say whose saga it is, as in `saga (durable: true, id: order)`: a process that comes \
                 once goes by its own number, one that begins several needs a name for each"
                    .to_owned()
            }
        }
    }

    fn message_es(&self) -> String {
        match self {
            SagaMistake::StepAlone => "`step` solo puede estar en una `saga`".to_owned(),
            SagaMistake::StepTwice { name } => format!("dos pasos se llaman \"{name}\""),
            SagaMistake::Leaves { word, through: None } => {
                format!("`{word}` no puede salir de una saga")
            }
            SagaMistake::Leaves { word, through: Some(routine) } => {
                format!("`{routine}` tiene `{word}`, que no puede salir de una saga")
            }
            SagaMistake::InTransaction { through: None } => {
                "una saga no puede estar dentro de una transacción".to_owned()
            }
            SagaMistake::InTransaction { through: Some(routine) } => {
                format!("`{routine}` tiene una saga, y esto está dentro de una transacción")
            }
            SagaMistake::NeedsId => {
                "tras un reinicio nadie sabría cuál de varias sagas es esta".to_owned()
            }
        }
    }

    fn help_es(&self) -> String {
        match self {
            SagaMistake::StepAlone => {
                "rodéalo con `saga { step \"NOMBRE\" { … } undo { … } }`".to_owned()
            }
            SagaMistake::StepTwice { .. } => {
                "dale a cada paso un nombre propio: su registro los llama por el nombre".to_owned()
            }
            SagaMistake::Leaves { .. } => {
                "una saga termina con su último paso, o con un error, que la deshace: usa `fail \
                 NOMBRE`"
                    .to_owned()
            }
            SagaMistake::InTransaction { .. } => {
                "dale la vuelta: cada paso puede ser una transacción, y la saga se hace con ellas"
                    .to_owned()
            }
            SagaMistake::NeedsId => {
                "di de quién es la saga, como en `saga (durable: true, id: order)`: un proceso que \
                 llega una vez se guía por su número, uno que empieza varias necesita un nombre \
                 para cada una"
                    .to_owned()
            }
        }
    }
}
