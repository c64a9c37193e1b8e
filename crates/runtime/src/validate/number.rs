//! The keywords of numbers.

use std::fmt::Display;

use serde_json::Number;

use super::Check;
use crate::Constraint;
use crate::schema::{Exclusive, Fraction, IntegerRules, NumberRules};
use crate::whole::whole;

impl Check<'_> {
    pub(super) fn integer(&mut self, number: &Number, rules: &IntegerRules) {
        let exact = number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from));
        let float = number.as_f64().filter(|float| float.fract() == 0.0);
        let value = match (exact, rules.fraction, float) {
            (Some(value), _, _) => value,
            (None, Fraction::Zero, Some(float)) => whole(float).unwrap_or(saturated(float)),
            // JSON's reader makes a float of an integer that no 64 bits hold.
            (None, Fraction::None, Some(float)) if float.abs() >= TWO_POW_63 => saturated(float),
            (None, Fraction::Zero, None) => return self.note(Constraint::Type, "must be a whole number"),
            _ => return self.note(Constraint::Type, "must be an integer"),
        };
        if let Some(values) = rules.values {
            let is_listed = values.iter().any(|listed| i128::from(*listed) == value);
            self.note_unless(is_listed, Constraint::Enum, || format!("must be one of {values:?}"));
        }
        let (least, greatest) = rules.width.bounds();
        self.note_unless((least..=greatest).contains(&value), Constraint::Format, || {
            format!("must be between {least} and {greatest}")
        });
        self.range(value, rules.minimum, rules.maximum, rules.exclusive);
        if let Some(divisor) = rules.multiple_of {
            let is_multiple = divisor == 0 || value % divisor == 0;
            self.note_unless(is_multiple, Constraint::MultipleOf, || {
                format!("must be a multiple of {divisor}")
            });
        }
    }

    pub(super) fn number(&mut self, number: &Number, rules: &NumberRules) {
        let Some(value) = number.as_f64() else { return };
        let fits = !rules.single || value.abs() <= f64::from(f32::MAX);
        self.note_unless(fits, Constraint::Format, || {
            format!("must be between {:e} and {:e}", f32::MIN, f32::MAX)
        });
        self.range(value, rules.minimum, rules.maximum, rules.exclusive);
        if let Some(divisor) = rules.multiple_of {
            let kept = is_multiple(&number.to_string(), value, divisor);
            self.note_unless(kept, Constraint::MultipleOf, || format!("must be a multiple of {divisor}"));
        }
    }

    fn range<T: PartialOrd + Display + Copy>(
        &mut self,
        value: T,
        minimum: Option<T>,
        maximum: Option<T>,
        exclusive: Exclusive,
    ) {
        if let Some(minimum) = minimum {
            if exclusive.minimum {
                self.note_unless(value > minimum, Constraint::ExclusiveMinimum, || {
                    format!("must be greater than {minimum}")
                });
            } else {
                self.note_unless(value >= minimum, Constraint::Minimum, || {
                    format!("must be at least {minimum}")
                });
            }
        }
        if let Some(maximum) = maximum {
            if exclusive.maximum {
                self.note_unless(value < maximum, Constraint::ExclusiveMaximum, || {
                    format!("must be less than {maximum}")
                });
            } else {
                self.note_unless(value <= maximum, Constraint::Maximum, || {
                    format!("must be at most {maximum}")
                });
            }
        }
    }
}

const TWO_POW_63: f64 = 9_223_372_036_854_775_808.0;

/// A value beyond every width.
fn saturated(float: f64) -> i128 {
    if float < 0.0 { i128::MIN } else { i128::MAX }
}

/// Whether a decimal is a multiple of another: 0.3 is one of 0.1, which floats would deny.
fn is_multiple(text: &str, value: f64, divisor: f64) -> bool {
    let (Some(left), Some(right)) = (Decimal::parse(text), Decimal::parse(&divisor.to_string())) else {
        return divisor == 0.0 || value % divisor == 0.0;
    };
    let exponent = left.exponent.min(right.exponent);
    match (left.scaled(exponent), right.scaled(exponent)) {
        (Some(left), Some(right)) => right == 0 || left % right == 0,
        // Digits so far apart that 128 bits do not hold them.
        _ => divisor == 0.0 || value % divisor == 0.0,
    }
}

/// `digits * 10^exponent`
struct Decimal {
    digits: i128,
    exponent: i32,
}

impl Decimal {
    /// Reads a number as JSON and Rust write it.
    fn parse(text: &str) -> Option<Self> {
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse().ok()?),
            None => (text, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = format!("{whole}{fraction}").parse().ok()?;
        let places = i32::try_from(fraction.len()).ok()?;
        Some(Self { digits, exponent: exponent - places })
    }

    /// The digits for a smaller exponent.
    fn scaled(&self, exponent: i32) -> Option<i128> {
        let zeros = u32::try_from(self.exponent.checked_sub(exponent)?).ok()?;
        self.digits.checked_mul(10_i128.checked_pow(zeros)?)
    }
}

#[cfg(test)]
mod tests {
    use super::is_multiple;

    #[test]
    fn multiples_are_decimal() {
        for (text, divisor, expected) in [
            ("0.3", 0.1, true),
            ("0.30", 0.1, true),
            ("0.35", 0.1, false),
            ("19.99", 0.01, true),
            ("19.999", 0.01, false),
            ("1e-7", 1e-7, true),
            ("1.5e2", 50.0, true),
            ("-4.5", 1.5, true),
            ("7", 2.0, false),
            ("0", 0.01, true),
        ] {
            let value = text.parse().unwrap_or(f64::NAN);
            assert_eq!(is_multiple(text, value, divisor), expected, "{text} {divisor}");
        }
    }
}
