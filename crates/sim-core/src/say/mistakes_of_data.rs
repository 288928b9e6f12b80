//! What can be wrong with databases, tables and transactions, in both languages.

use super::{
    Lang,
    diagnostics::{Code, Said},
};

/// One mistake, with what its text needs to know.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are the arguments of the texts beside them")]
pub enum DataMistake {
    /// A transaction in another one, perhaps through a routine.
    Nested { through: Option<String> },
    /// `abort` or `for update` where no transaction is, perhaps in a routine.
    OutsideTransaction { word: &'static str, through: Option<String> },
    /// Something in `where` or `set` that is neither fixed nor the row's.
    NotOfRow { found: String },
    /// A column that a table does not have.
    NoColumn { table: String, columns: Vec<String>, found: String, nearest: Option<String> },
    /// A name in `where` or `set` that a column hides.
    Hidden { name: String, table: String },
    /// `none` where a row must be.
    RowIsNone { table: String },
    /// A change in a transaction that reads a replica.
    ReplicaWrites { database: String, word: String },
    /// `on: replica` without any.
    NoReplicas { database: String },
    /// `on: replica` at an isolation that replicas do not have.
    ReplicaSerializable { database: String },
    /// A key that stands twice among the rows at the start.
    RowTwice { table: String, key: String },
    /// A branch that uses a table, in a transaction.
    BranchUses { table: String, through: Option<String> },
    /// `set key = …`
    SetsKey { table: String },
    /// All of a row where one column is needed.
    WholeRow { table: String, columns: Vec<String>, function: &'static str },
    /// `insert t = …` and the like, without a key.
    NeedsKey { table: String, word: &'static str },
    /// `where` with what is no table.
    WhereOfCache { cache: String },
}

impl DataMistake {
    /// Its stable name.
    #[must_use]
    pub fn code(&self) -> Code {
        Code(match self {
            DataMistake::Nested { .. } => "E0760",
            DataMistake::OutsideTransaction { .. } => "E0761",
            DataMistake::NotOfRow { .. } => "E0762",
            DataMistake::NoColumn { .. } => "E0763",
            DataMistake::Hidden { .. } => "E0764",
            DataMistake::RowIsNone { .. } => "E0765",
            DataMistake::ReplicaWrites { .. } => "E0766",
            DataMistake::NoReplicas { .. } => "E0767",
            DataMistake::ReplicaSerializable { .. } => "E0768",
            DataMistake::RowTwice { .. } => "E0769",
            DataMistake::BranchUses { .. } => "E0770",
            DataMistake::SetsKey { .. } => "E0771",
            DataMistake::WholeRow { .. } => "E0772",
            DataMistake::NeedsKey { .. } => "E0773",
            DataMistake::WhereOfCache { .. } => "E0774",
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
            DataMistake::Nested { through: None } => {
                "a transaction cannot stand in another one".to_owned()
            }
            DataMistake::Nested { through: Some(routine) } => {
                format!("`{routine}` begins a transaction, and this stands in one already")
            }
            DataMistake::OutsideTransaction { word, through: None } => {
                format!("`{word}` stands only in a `transaction`")
            }
            DataMistake::OutsideTransaction { word, through: Some(routine) } => {
                format!("`{routine}` has `{word}`, which stands only in a `transaction`")
            }
            DataMistake::NotOfRow { found } => {
                format!("`where` and `set` look only at their row, and `{found}` is not in it")
            }
            DataMistake::NoColumn { table, columns, found, .. } => {
                let columns = columns.join(", ");
                format!("the rows of `{table}` have {columns}, but no `{found}`")
            }
            DataMistake::Hidden { name, table } => {
                format!("`{name}` is a column of `{table}` here, and also another name")
            }
            DataMistake::RowIsNone { table } => {
                format!("a row of `{table}` cannot be `none`")
            }
            DataMistake::ReplicaWrites { database, word } => {
                format!("`{word}` cannot stand here: a replica of `{database}` only answers reads")
            }
            DataMistake::NoReplicas { database } => format!("`{database}` has no replicas"),
            DataMistake::ReplicaSerializable { database } => {
                format!("a replica of `{database}` cannot be read at `serializable`")
            }
            DataMistake::RowTwice { table, key } => {
                format!("`{table}` has two rows with the key `{key}`")
            }
            DataMistake::BranchUses { table, through: None } => {
                format!("a branch is no part of the transaction, and uses `{table}`")
            }
            DataMistake::BranchUses { table, through: Some(routine) } => {
                format!("a branch in `{routine}` is no part of the transaction, and uses `{table}`")
            }
            DataMistake::SetsKey { table } => {
                format!("the key of a row of `{table}` does not change")
            }
            DataMistake::WholeRow { table, function, .. } => {
                format!("`{function}` needs one column of `{table}`")
            }
            DataMistake::NeedsKey { table, word } => {
                format!("`{word}` needs the key of a row of `{table}`")
            }
            DataMistake::WhereOfCache { cache } => {
                format!("`where` stands behind a table, and `{cache}` is a cache")
            }
        }
    }

    fn help_en(&self) -> String {
        match self {
            DataMistake::Nested { .. } => {
                "leave the inner one out: what it does belongs to the outer one anyway".to_owned()
            }
            DataMistake::OutsideTransaction { word, through: None } => {
                format!(
                    "put it into `transaction DATABASE {{ … }}`; alone `{word}` would do nothing"
                )
            }
            DataMistake::OutsideTransaction { .. } => {
                "call it in `transaction DATABASE { … }`".to_owned()
            }
            DataMistake::NotOfRow { .. } => {
                "read it before, as in `let least = …`, and use the local here".to_owned()
            }
            DataMistake::NoColumn { nearest: Some(name), .. } => format!("did you mean `{name}`?"),
            DataMistake::NoColumn { table, .. } => {
                format!("all rows of `{table}` have the same columns: those of its first row")
            }
            DataMistake::Hidden { name, .. } => {
                format!("the column would hide it: give the other `{name}` another name")
            }
            DataMistake::RowIsNone { table } => format!("`delete {table}[…]` takes a row away"),
            DataMistake::ReplicaWrites { .. } => {
                "write in a transaction of its own, `on: leader`".to_owned()
            }
            DataMistake::NoReplicas { database } => {
                format!("declare `database {database} (replicas: 1)`")
            }
            DataMistake::ReplicaSerializable { .. } => {
                "read it at `repeatable_read`, or `on: leader`".to_owned()
            }
            DataMistake::RowTwice { .. } => "leave one of them out".to_owned(),
            DataMistake::BranchUses { .. } => {
                "put the `together` around or behind the transaction".to_owned()
            }
            DataMistake::SetsKey { .. } => {
                "`delete` the row and `insert` one with the other key".to_owned()
            }
            DataMistake::WholeRow { table, columns, function } => {
                let column = columns.first().map_or("key", String::as_str);
                format!("write `{function}({table}.{column})`")
            }
            DataMistake::NeedsKey { table, .. } => format!("write `{table}[KEY]`"),
            DataMistake::WhereOfCache { cache } => format!("`delete {cache}[KEY]` drops one value"),
        }
    }

    fn message_es(&self) -> String {
        match self {
            DataMistake::Nested { through: None } => {
                "una transacción no puede ir dentro de otra".to_owned()
            }
            DataMistake::Nested { through: Some(routine) } => {
                format!("`{routine}` empieza una transacción, y aquí ya hay una")
            }
            DataMistake::OutsideTransaction { word, through: None } => {
                format!("`{word}` solo va dentro de una `transaction`")
            }
            DataMistake::OutsideTransaction { word, through: Some(routine) } => {
                format!("`{routine}` usa `{word}`, que solo va dentro de una `transaction`")
            }
            DataMistake::NotOfRow { found } => {
                format!("`where` y `set` solo miran su fila, y `{found}` no está en ella")
            }
            DataMistake::NoColumn { table, columns, found, .. } => {
                let columns = columns.join(", ");
                format!("las filas de `{table}` tienen {columns}, pero no `{found}`")
            }
            DataMistake::Hidden { name, table } => {
                format!("aquí `{name}` es una columna de `{table}`, y también otro nombre")
            }
            DataMistake::RowIsNone { table } => {
                format!("una fila de `{table}` no puede ser `none`")
            }
            DataMistake::ReplicaWrites { database, word } => {
                format!("`{word}` no puede ir aquí: una réplica de `{database}` solo se lee")
            }
            DataMistake::NoReplicas { database } => format!("`{database}` no tiene réplicas"),
            DataMistake::ReplicaSerializable { database } => {
                format!("una réplica de `{database}` no se puede leer en `serializable`")
            }
            DataMistake::RowTwice { table, key } => {
                format!("`{table}` tiene dos filas con la clave `{key}`")
            }
            DataMistake::BranchUses { table, through: None } => {
                format!("una rama no es parte de la transacción, y usa `{table}`")
            }
            DataMistake::BranchUses { table, through: Some(routine) } => {
                format!("una rama de `{routine}` no es parte de la transacción, y usa `{table}`")
            }
            DataMistake::SetsKey { table } => {
                format!("la clave de una fila de `{table}` no cambia")
            }
            DataMistake::WholeRow { table, function, .. } => {
                format!("`{function}` necesita una columna de `{table}`")
            }
            DataMistake::NeedsKey { table, word } => {
                format!("`{word}` necesita la clave de una fila de `{table}`")
            }
            DataMistake::WhereOfCache { cache } => {
                format!("`where` va detrás de una tabla, y `{cache}` es una caché")
            }
        }
    }

    fn help_es(&self) -> String {
        match self {
            DataMistake::Nested { .. } => {
                "quita la de dentro: lo que hace ya es parte de la de fuera".to_owned()
            }
            DataMistake::OutsideTransaction { word, through: None } => {
                format!("ponlo en `transaction BASE {{ … }}`; solo, `{word}` no haría nada")
            }
            DataMistake::OutsideTransaction { .. } => {
                "llámala dentro de `transaction BASE { … }`".to_owned()
            }
            DataMistake::NotOfRow { .. } => {
                "léelo antes, como en `let least = …`, y usa aquí esa variable".to_owned()
            }
            DataMistake::NoColumn { nearest: Some(name), .. } => {
                format!("¿querías decir `{name}`?")
            }
            DataMistake::NoColumn { table, .. } => {
                format!("todas las filas de `{table}` tienen las columnas de la primera")
            }
            DataMistake::Hidden { name, .. } => {
                format!("la columna lo taparía: ponle otro nombre al otro `{name}`")
            }
            DataMistake::RowIsNone { table } => format!("`delete {table}[…]` quita una fila"),
            DataMistake::ReplicaWrites { .. } => {
                "escribe en otra transacción, con `on: leader`".to_owned()
            }
            DataMistake::NoReplicas { database } => {
                format!("declara `database {database} (replicas: 1)`")
            }
            DataMistake::ReplicaSerializable { .. } => {
                "léela en `repeatable_read`, o con `on: leader`".to_owned()
            }
            DataMistake::RowTwice { .. } => "quita una de las dos".to_owned(),
            DataMistake::BranchUses { .. } => {
                "pon el `together` alrededor o detrás de la transacción".to_owned()
            }
            DataMistake::SetsKey { .. } => {
                "borra la fila con `delete` e inserta otra con la otra clave".to_owned()
            }
            DataMistake::WholeRow { table, columns, function } => {
                let column = columns.first().map_or("key", String::as_str);
                format!("escribe `{function}({table}.{column})`")
            }
            DataMistake::NeedsKey { table, .. } => format!("escribe `{table}[CLAVE]`"),
            DataMistake::WhereOfCache { cache } => {
                format!("`delete {cache}[CLAVE]` tira un valor")
            }
        }
    }
}
