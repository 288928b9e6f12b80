//! Goals: what a formula over measures comes to.

use super::fraction::Fraction;
use super::view::{Comparison, Figure, GoalState, GoalView, Unit};
use crate::program::{
    Binary, Formula, Goal, GoalWords, Measure, NONE, Program, Quantity, RATE_HOUR, Statistic,
    Subject, Type, WHOLE, spell_duration, spell_percent, spell_rate,
};
use std::cmp::Ordering;

/// Who knows what measures come to.
pub(super) type Measured<'a> = dyn Fn(&Measure) -> Option<Fraction> + 'a;

/// The value of a formula; `None` where something in it was never measured, or a divisor is 0. What
/// decides alone decides: `false and x` is false whatever x is.
pub(super) fn value(formula: &Formula, measured: &Measured<'_>) -> Option<Fraction> {
    let truth = |so: bool| Some(Fraction::from(i64::from(so)));
    let is_true = |value: Fraction| value != Fraction::from(0);
    match formula {
        Formula::Number(number, _) => Some((*number).into()),
        Formula::Measure(measure) => measured(measure),
        Formula::Negate(inner) => Some(value(inner, measured)?.negative()),
        Formula::Not(inner) => truth(!is_true(value(inner, measured)?)),
        Formula::And(left, right) | Formula::Or(left, right) => {
            let decides = matches!(formula, Formula::Or(..));
            let sides = [left, right].map(|side| value(side, measured).map(is_true));
            match sides {
                _ if sides.contains(&Some(decides)) => truth(decides),
                [Some(_), Some(_)] => truth(!decides),
                _ => None,
            }
        }
        Formula::Compute(what, left, right) => {
            compute(*what, value(left, measured)?, value(right, measured)?, is_whole(left))
        }
    }
}

/// True for what is counted in whole numbers, of which a quotient is rounded down.
fn is_whole(formula: &Formula) -> bool {
    match formula {
        Formula::Number(_, kind) => *kind == Type::Int,
        Formula::Measure(measure) => {
            measure.value == Type::Int && measure.statistic != Some(Statistic::Mean)
        }
        Formula::Negate(inner) => is_whole(inner),
        Formula::Not(_) | Formula::And(..) | Formula::Or(..) => false,
        Formula::Compute(_, left, right) => is_whole(left) && is_whole(right),
    }
}

fn compute(what: Binary, left: Fraction, right: Fraction, whole: bool) -> Option<Fraction> {
    let order = left.compare(right);
    let so = |so: bool| Some(Fraction::from(i64::from(so)));
    let per = |value: Fraction, by: i64| value.divided_by(by.into());
    match what {
        Binary::Add => left.plus(right),
        Binary::Subtract => left.plus(right.negative()),
        Binary::Multiply => left.times(right),
        Binary::Divide => {
            let quotient = left.divided_by(right)?;
            Some(if whole { quotient.floor() } else { quotient })
        }
        Binary::Modulo => {
            let times = left.divided_by(right)?.floor();
            left.plus(times.times(right)?.negative())
        }
        Binary::Equal => so(order == Ordering::Equal),
        Binary::Differ => so(order != Ordering::Equal),
        Binary::Less => so(order == Ordering::Less),
        Binary::AtMost => so(order != Ordering::Greater),
        Binary::Least => Some(if order == Ordering::Greater { right } else { left }),
        Binary::Greatest => Some(if order == Ordering::Less { right } else { left }),
        Binary::TimesPercent => per(left.times(right)?, WHOLE),
        Binary::Share => left.divided_by(right)?.times(WHOLE.into()),
        Binary::Inverse => left.times(RATE_HOUR.into())?.divided_by(right),
        Binary::RateTimes => per(left.times(right)?, RATE_HOUR),
    }
}

/// What a goal comes to. `line` is where it stands.
pub(super) fn judge(
    program: &Program,
    goal: &Goal,
    line: u32,
    measured: &Measured<'_>,
) -> GoalView {
    let state = match value(&goal.formula, measured) {
        None => GoalState::Undecided,
        Some(found) if found == Fraction::from(0) => GoalState::Missed,
        Some(_) => GoalState::Held,
    };
    let (mut sides, mut unmeasured) = (Vec::new(), Vec::new());
    compare(program, &goal.formula, measured, &mut sides);
    goal.formula.visit_measures(&mut |measure| {
        let name = name(program, measure);
        if measured(measure).is_none() && !unmeasured.contains(&name) {
            unmeasured.push(name);
        }
    });
    GoalView {
        words: goal.words.clone(),
        why: goal.plain_words(),
        now: if goal.why.iter().any(|piece| matches!(piece, GoalWords::Value(_))) {
            goal.words_with(&|formula| spelled(program, formula, measured))
        } else {
            None
        },
        line,
        state,
        sides,
        unmeasured,
    }
}

/// What a formula comes to, as it is told.
fn spelled(program: &Program, formula: &Formula, measured: &Measured<'_>) -> Option<String> {
    let found = value(formula, measured)?;
    let kind = kind(formula);
    let is_number = matches!(kind, Type::Int | Type::Duration | Type::Rate | Type::Percent);
    if !is_number || found == Fraction::from(NONE) {
        return Some(program.spell(found.rounded(), kind));
    }
    let (unit, scale) = unit(formula);
    Some(Figure { value: found.times(scale)?.rounded(), unit }.spell())
}

/// The comparisons in a formula, from left to right.
fn compare(
    program: &Program,
    formula: &Formula,
    measured: &Measured<'_>,
    sides: &mut Vec<Comparison>,
) {
    match formula {
        Formula::Number(..) | Formula::Measure(_) => {}
        Formula::Negate(inner) | Formula::Not(inner) => compare(program, inner, measured, sides),
        Formula::And(left, right) | Formula::Or(left, right) => {
            compare(program, left, measured, sides);
            compare(program, right, measured, sides);
        }
        Formula::Compute(what, left, right) => {
            let sign = match what {
                Binary::Equal => "==",
                Binary::Differ => "!=",
                Binary::Less => "<",
                Binary::AtMost => "<=",
                _ => {
                    compare(program, left, measured, sides);
                    compare(program, right, measured, sides);
                    return;
                }
            };
            // `a > b` is compiled as `b < a`: what is measured is told first.
            let turned = !has_measures(left) && has_measures(right);
            let (first, second) = if turned { (right, left) } else { (left, right) };
            let sign = match sign {
                "<" if turned => ">",
                "<=" if turned => ">=",
                sign => sign,
            };
            let figure = |side: &Formula| {
                let (unit, scale) = unit(side);
                let scaled = value(side, measured)?.times(scale)?;
                Some(Figure { value: scaled.rounded(), unit })
            };
            let holds = value(formula, measured).map(|found| found != Fraction::from(0));
            sides.push(Comparison {
                left: words(program, first),
                left_value: figure(first),
                sign: sign.to_owned(),
                right: words(program, second),
                right_value: figure(second),
                holds,
            });
        }
    }
}

fn has_measures(formula: &Formula) -> bool {
    let mut has = false;
    formula.visit_measures(&mut |_| has = true);
    has
}

/// What the values of a formula mean.
fn kind(formula: &Formula) -> Type {
    match formula {
        Formula::Number(_, kind) => *kind,
        Formula::Measure(measure) => measure.value,
        Formula::Negate(inner) => kind(inner),
        Formula::Not(_) | Formula::And(..) | Formula::Or(..) => Type::Bool,
        Formula::Compute(what, left, right) => match what {
            Binary::Share if kind(right) == Type::Percent => kind(left),
            Binary::Share => Type::Percent,
            Binary::Inverse if kind(right) == Type::Rate => Type::Duration,
            Binary::Inverse => Type::Rate,
            Binary::RateTimes => Type::Int,
            Binary::Equal | Binary::Differ | Binary::Less | Binary::AtMost => Type::Bool,
            Binary::Multiply if kind(left) == Type::Int => kind(right),
            _ => kind(left),
        },
    }
}

/// The unit in which a formula's value is told, and what to multiply it with for that.
pub(super) fn unit(formula: &Formula) -> (Unit, Fraction) {
    let plain = Fraction::from(1);
    match kind(formula) {
        Type::Duration => (Unit::Time, plain),
        Type::Percent => (Unit::Share, plain),
        Type::Rate => (Unit::Rate, rate_scale()),
        _ if is_whole(formula) => (Unit::Number, plain),
        _ => (Unit::Fraction, WHOLE.into()),
    }
}

/// From events in a thousand hours to millionths of one a second.
pub(super) fn rate_scale() -> Fraction {
    let over = i128::from(WHOLE) * 1_000_000_000;
    Fraction::new(over, i128::from(RATE_HOUR)).expect("a thousand hours are not 0")
}

/// The dotted name of a measure.
pub(super) fn name(program: &Program, measure: &Measure) -> String {
    let subject = match &measure.subject {
        Subject::Process(class, number) => {
            let name = &program.classes[*class as usize].name;
            number.map_or_else(|| name.clone(), |number| format!("{name}[{number}]"))
        }
        Subject::Shared(shared, element) => super::key::shared_name(program, *shared, *element),
        Subject::Handler(service, handler) => super::key::handler_name(program, *service, *handler),
        Subject::Caller(party, service) => super::key::caller_name(program, *party, *service),
        Subject::Nobody(name) | Subject::Routine(name) | Subject::Recorded(name) => name.clone(),
    };
    let quantity = match &measure.quantity {
        Quantity::Count(word) | Quantity::Gauge(word) | Quantity::Spread(word) => {
            format!(".{word}")
        }
        Quantity::Outcome(word) => format!(".{word}"),
        Quantity::Values | Quantity::Value => String::new(),
    };
    let statistic = match measure.statistic {
        None => String::new(),
        Some(Statistic::Over(bound)) => {
            let bound = if measure.quantity == Quantity::Spread("attempts") {
                bound.to_string()
            } else {
                spell_duration(bound)
            };
            format!(".over({bound})")
        }
        Some(found) => {
            let known = Statistic::ALL.iter().find(|(_, statistic)| *statistic == found);
            known.map_or_else(String::new, |(word, _)| format!(".{word}"))
        }
    };
    format!("{subject}{quantity}{statistic}")
}

/// A formula as one would write it.
fn words(program: &Program, formula: &Formula) -> String {
    let inner = |formula: &Formula| {
        let told = words(program, formula);
        let simple = match formula {
            Formula::Number(..) | Formula::Measure(_) => true,
            Formula::Compute(what, ..) => {
                matches!(what, Binary::Multiply | Binary::TimesPercent | Binary::RateTimes)
            }
            _ => false,
        };
        if simple { told } else { format!("({told})") }
    };
    match formula {
        Formula::Number(number, kind) => match kind {
            Type::Duration => spell_duration(*number),
            Type::Percent => spell_percent(*number),
            Type::Rate => spell_rate(*number),
            kind => program.spell(*number, *kind),
        },
        Formula::Measure(measure) => name(program, measure),
        Formula::Negate(one) => format!("-{}", inner(one)),
        Formula::Not(one) => format!("not {}", inner(one)),
        Formula::And(left, right) => format!("{} and {}", inner(left), inner(right)),
        Formula::Or(left, right) => format!("{} or {}", inner(left), inner(right)),
        Formula::Compute(what, left, right) => {
            let sign = match what {
                Binary::Add => "+",
                Binary::Subtract => "-",
                Binary::Multiply | Binary::TimesPercent | Binary::RateTimes => "*",
                Binary::Divide | Binary::Share | Binary::Inverse => "/",
                Binary::Modulo => "mod",
                Binary::Equal => "==",
                Binary::Differ => "!=",
                Binary::Less => "<",
                Binary::AtMost => "<=",
                Binary::Least | Binary::Greatest => {
                    let name = if *what == Binary::Least { "min" } else { "max" };
                    let (left, right) = (words(program, left), words(program, right));
                    return format!("{name}({left}, {right})");
                }
            };
            format!("{} {sign} {}", inner(left), inner(right))
        }
    }
}
