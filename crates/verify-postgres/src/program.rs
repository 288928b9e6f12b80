//! What runs on both sides: transactions of a few statements on one table, and an interleaving.
//! It is written down once; [`crate::scenario`] says it in Lockstep's language, [`crate::sql`] in SQL.

/// A program whose transactions meet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Program {
    pub(crate) title: String,
    /// The fields of a row; a plain table has only `value`.
    pub(crate) fields: Vec<String>,
    /// The rows at the start: keys, and a value for each field.
    pub(crate) rows: Vec<(i64, Vec<i64>)>,
    pub(crate) transactions: Vec<Transaction>,
    /// Whose step is next, by its place among the transactions. A pick of one that waits or is over
    /// does nothing; the first one behind a wait's end is the end itself, as Lockstep counts.
    pub(crate) schedule: Vec<usize>,
}

/// One transaction; each runs once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Transaction {
    pub(crate) name: String,
    pub(crate) level: Level,
    pub(crate) statements: Vec<Statement>,
}

/// An isolation level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    ReadCommitted,
    RepeatableRead,
    Serializable,
}

/// A statement, and under which name its result is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Statement {
    /// `let into = test[key].field`
    Read { into: String, key: Expr, field: String },
    /// `let into = test[key] for update`
    Lock { into: String, key: Expr },
    /// `let into = sum(test.field where predicate)`
    Fold { into: String, fold: Fold, field: String, predicate: Option<Expr> },
    /// `test[key].field = value`: an error if the row is missing
    Set { key: Expr, field: String, value: Expr },
    /// `let into = update test[key] set … where predicate`
    Update { into: String, key: Option<Expr>, sets: Vec<(String, Expr)>, predicate: Option<Expr> },
    /// `insert test[key] = …`, a value for each field
    Insert { key: Expr, values: Vec<Expr> },
    /// `let into = delete test[key] where predicate`
    Delete { into: String, key: Option<Expr>, predicate: Option<Expr> },
    /// `let into = value`: the program's own work
    Let { into: String, value: Expr },
    /// `if condition { fail error }`: the program's own work
    FailIf { condition: Expr, error: String },
    /// `abort`, the last statement
    Abort,
}

/// What becomes of many rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fold {
    Count,
    Sum,
    Min,
    Max,
}

/// An expression over whole numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Expr {
    Number(i64),
    /// A field of the row, or a name that a statement has set.
    Name(String),
    Binary(Box<Expr>, Sign, Box<Expr>),
}

/// What joins two expressions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    Or,
    And,
    Equal,
    Unequal,
    Less,
    AtMost,
    Greater,
    AtLeast,
    Plus,
    Minus,
    Times,
    Mod,
}

impl Level {
    pub(crate) const ALL: [Level; 3] =
        [Level::ReadCommitted, Level::RepeatableRead, Level::Serializable];

    /// As Lockstep's language has it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Level::ReadCommitted => "read_committed",
            Level::RepeatableRead => "repeatable_read",
            Level::Serializable => "serializable",
        }
    }

    /// As SQL and people have it.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Level::ReadCommitted => "read committed",
            Level::RepeatableRead => "repeatable read",
            Level::Serializable => "serializable",
        }
    }
}

impl Fold {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Fold::Count => "count",
            Fold::Sum => "sum",
            Fold::Min => "min",
            Fold::Max => "max",
        }
    }
}

impl Sign {
    pub(crate) const ALL: [Sign; 12] = [
        Sign::Or,
        Sign::And,
        Sign::Equal,
        Sign::Unequal,
        Sign::Less,
        Sign::AtMost,
        Sign::Greater,
        Sign::AtLeast,
        Sign::Plus,
        Sign::Minus,
        Sign::Times,
        Sign::Mod,
    ];

    /// As Lockstep's language has it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Sign::Or => "or",
            Sign::And => "and",
            Sign::Equal => "==",
            Sign::Unequal => "!=",
            Sign::Less => "<",
            Sign::AtMost => "<=",
            Sign::Greater => ">",
            Sign::AtLeast => ">=",
            Sign::Plus => "+",
            Sign::Minus => "-",
            Sign::Times => "*",
            Sign::Mod => "mod",
        }
    }

    /// As SQL has it.
    pub(crate) fn sql(self) -> &'static str {
        match self {
            Sign::Equal => "=",
            Sign::Unequal => "<>",
            Sign::Mod => "%",
            other => other.word(),
        }
    }

    /// The greater, the tighter it binds.
    pub(crate) fn rank(self) -> u8 {
        match self {
            Sign::Or => 0,
            Sign::And => 1,
            Sign::Plus | Sign::Minus => 3,
            Sign::Times | Sign::Mod => 4,
            _ => 2,
        }
    }
}

impl Statement {
    /// Whether it is a step; the rest is own work of the step before.
    pub(crate) fn is_step(&self) -> bool {
        !matches!(self, Statement::Let { .. } | Statement::FailIf { .. })
    }
}

impl Program {
    /// The same program, all its transactions at this level.
    pub(crate) fn at(&self, level: Level) -> Program {
        let mut program = self.clone();
        for transaction in &mut program.transactions {
            transaction.level = level;
        }
        program
    }

    /// All keys that occur, in order.
    pub(crate) fn keys(&self) -> Vec<i64> {
        let mut keys: Vec<i64> = self.rows.iter().map(|(key, _)| *key).collect();
        for transaction in &self.transactions {
            for statement in &transaction.statements {
                if let Statement::Insert { key: Expr::Number(key), .. } = statement {
                    keys.push(*key);
                }
            }
        }
        keys.sort_unstable();
        keys.dedup();
        keys
    }
}

impl Expr {
    pub(crate) fn binary(left: Expr, sign: Sign, right: Expr) -> Expr {
        Expr::Binary(Box::new(left), sign, Box::new(right))
    }

    /// Its value, with the names that statements have set; truth is 1 or 0.
    pub(crate) fn value(&self, names: &dyn Fn(&str) -> Option<i64>) -> Option<i64> {
        let (left, sign, right) = match self {
            Expr::Number(number) => return Some(*number),
            Expr::Name(name) => return names(name),
            Expr::Binary(left, sign, right) => (left.value(names)?, sign, right.value(names)?),
        };
        Some(match sign {
            Sign::Or => i64::from(left != 0 || right != 0),
            Sign::And => i64::from(left != 0 && right != 0),
            Sign::Equal => i64::from(left == right),
            Sign::Unequal => i64::from(left != right),
            Sign::Less => i64::from(left < right),
            Sign::AtMost => i64::from(left <= right),
            Sign::Greater => i64::from(left > right),
            Sign::AtLeast => i64::from(left >= right),
            Sign::Plus => left.checked_add(right)?,
            Sign::Minus => left.checked_sub(right)?,
            Sign::Times => left.checked_mul(right)?,
            Sign::Mod => left.checked_rem_euclid(right)?,
        })
    }

    /// In words, with the signs and names of a language.
    pub(crate) fn say(
        &self,
        sign: &dyn Fn(Sign) -> &'static str,
        name: &dyn Fn(&str) -> String,
    ) -> String {
        let (left, own, right) = match self {
            Expr::Number(number) => return number.to_string(),
            Expr::Name(word) => return name(word),
            Expr::Binary(left, own, right) => (left, own, right),
        };
        let part = |inner: &Expr, least: u8| match inner {
            Expr::Binary(_, below, _) if below.rank() < least => {
                format!("({})", inner.say(sign, name))
            }
            _ => inner.say(sign, name),
        };
        let tighter = own.rank() + 1;
        format!("{} {} {}", part(left, own.rank()), sign(*own), part(right, tighter))
    }
}
