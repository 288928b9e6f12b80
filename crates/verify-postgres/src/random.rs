//! Small programs nobody thought of: always the same ones for a seed.

use crate::program::{Expr, Fold, Level, Program, Sign, Statement, Transaction};

/// A row that nobody has at the start.
const NEW_KEY: i64 = 3;

/// The `nth` program of a seed. At one level all its transactions are at that one; without, each
/// is at one of its own.
pub(crate) fn program(seed: u64, nth: u64) -> Program {
    let mut dice =
        Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ nth.wrapping_mul(0xD1B5_4A32_D192_ED03));
    let rows = if dice.of(4) == 0 { 3 } else { 2 };
    let rows = (1..=rows).map(|key| (key, vec![10 * key])).collect();
    let number = 2 + dice.of(2);
    // Some look and then write what nobody else writes: they meet only in what they have read.
    let skewed = dice.of(3) == 0;
    let transactions: Vec<Transaction> = (1..=number)
        .map(|own| {
            let level = Level::ALL[dice.of(3) as usize];
            let mut maker = Maker { dice: &mut dice, own, statements: Vec::new() };
            if skewed {
                maker.fill_skewed()
            } else {
                maker.fill()
            }
            let statements = maker.statements;
            Transaction { name: format!("T{own}"), level, statements }
        })
        .collect();
    // As many picks as steps, in any order; behind a wait one more is needed, which the rest in
    // turn gives.
    let mut schedule: Vec<usize> = Vec::new();
    for (who, transaction) in transactions.iter().enumerate() {
        schedule.extend((0..=transaction.statements.len()).map(|_| who));
    }
    for at in (1..schedule.len()).rev() {
        schedule.swap(at, dice.of(at as u64 + 1) as usize);
    }
    let title = format!("random {seed}/{nth}");
    Program { title, fields: vec!["value".to_owned()], rows, transactions, schedule }
}

struct Maker<'a> {
    dice: &'a mut Dice,
    own: u64,
    statements: Vec<Statement>,
}

impl Maker<'_> {
    fn fill(&mut self) {
        for _ in 0..=self.dice.of(4) {
            let statement = self.statement();
            self.statements.push(statement);
        }
        if self.dice.of(8) == 0 {
            self.statements.push(Statement::Abort);
        }
    }

    fn fill_skewed(&mut self) {
        for _ in 0..=self.dice.of(2) {
            let into = format!("v{}", self.statements.len() + 1);
            let field = "value".to_owned();
            let look = match self.dice.of(3) {
                0 => {
                    let predicate = (self.dice.of(2) > 0).then(|| self.predicate());
                    Statement::Fold { into, fold: Fold::Sum, field, predicate }
                }
                _ => Statement::Read { into, key: Expr::Number(self.dice.of(3) as i64 + 1), field },
            };
            self.statements.push(look);
        }
        let own = self.own as i64;
        // Mostly behind what it has read; what comes then it does not know yet.
        let place = self.dice.of(self.statements.len() as u64 + 1) as usize;
        let place = if self.dice.of(3) == 0 { place } else { self.statements.len() };
        let rest = self.statements.split_off(place);
        let write = match self.dice.of(4) {
            0 => Statement::Insert { key: Expr::Number(NEW_KEY + own), values: vec![self.value()] },
            _ => Statement::Update {
                into: format!("w{own}"),
                key: Some(Expr::Number(own)),
                sets: vec![("value".to_owned(), self.change())],
                predicate: None,
            },
        };
        self.statements.push(write);
        self.statements.extend(rest);
    }

    fn statement(&mut self) -> Statement {
        let into = format!("v{}", self.statements.len() + 1);
        let field = "value".to_owned();
        let key = Expr::Number(1 + self.dice.of(3) as i64);
        match self.dice.of(20) {
            0..4 => Statement::Read { into, key, field },
            4..7 => {
                let fold = match self.dice.of(6) {
                    0..3 => Fold::Sum,
                    3..5 => Fold::Count,
                    _ => Fold::Max,
                };
                let predicate = (self.dice.of(3) > 0).then(|| self.predicate());
                Statement::Fold { into, fold, field, predicate }
            }
            7..9 => Statement::Set { key, field, value: self.value() },
            9..12 => {
                let sets = vec![(field, self.change())];
                Statement::Update { into, key: Some(key), sets, predicate: None }
            }
            12..14 => {
                let sets = vec![(field, self.change())];
                Statement::Update { into, key: None, sets, predicate: Some(self.predicate()) }
            }
            14..16 => {
                let key = if self.dice.of(3) > 0 { Expr::Number(NEW_KEY) } else { key };
                Statement::Insert { key, values: vec![self.value()] }
            }
            16 => Statement::Delete { into, key: Some(key), predicate: None },
            17 => Statement::Delete { into, key: None, predicate: Some(self.predicate()) },
            _ => Statement::Lock { into, key },
        }
    }

    /// A value that tells who wrote it, or a sum seen before.
    fn value(&mut self) -> Expr {
        let mut sums = self.statements.iter().filter_map(|statement| match statement {
            Statement::Fold { into, fold: Fold::Sum | Fold::Count, .. } => Some(into.clone()),
            _ => None,
        });
        match sums.next_back() {
            Some(sum) if self.dice.of(2) == 0 => {
                Expr::binary(Expr::Name(sum), Sign::Plus, Expr::Number(self.own as i64))
            }
            _ => {
                let place = self.statements.len() as i64 + 1;
                Expr::Number(100 * self.own as i64 + 5 * place)
            }
        }
    }

    fn change(&mut self) -> Expr {
        match self.dice.of(3) {
            0 => self.value(),
            _ => Expr::binary(
                Expr::Name("value".to_owned()),
                Sign::Plus,
                Expr::Number([1, 5, 10][self.dice.of(3) as usize]),
            ),
        }
    }

    fn predicate(&mut self) -> Expr {
        let value = || Expr::Name("value".to_owned());
        let rest = |of: i64| {
            let rest = Expr::binary(value(), Sign::Mod, Expr::Number(of));
            Expr::binary(rest, Sign::Equal, Expr::Number(0))
        };
        match self.dice.of(6) {
            0 => rest(3),
            1 => rest(5),
            2 => Expr::binary(value(), Sign::AtLeast, Expr::Number(20)),
            3 => Expr::binary(value(), Sign::Less, Expr::Number(100)),
            4 => Expr::binary(value(), Sign::Equal, Expr::Number(10)),
            _ => Expr::binary(value(), Sign::Greater, Expr::Number(0)),
        }
    }
}

/// splitmix64.
struct Dice(u64);

impl Dice {
    /// A number below that.
    fn of(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (word ^ (word >> 31)) % sides
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_programs_and_another_gives_others() {
        let some = |seed| (0..20).map(|nth| program(seed, nth)).collect::<Vec<_>>();
        assert_eq!(some(1), some(1));
        assert_ne!(some(1), some(2));
    }

    #[test]
    fn each_has_picks_for_all_its_steps() {
        for nth in 0..200 {
            let program = program(7, nth);
            for (who, transaction) in program.transactions.iter().enumerate() {
                let picks = program.schedule.iter().filter(|pick| **pick == who).count();
                assert_eq!(picks, transaction.statements.len() + 1, "{}", program.title);
            }
        }
    }
}
