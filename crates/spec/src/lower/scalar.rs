//! Integers, numbers and strings.

use serde_json::Value;
use specwright_diagnostics::{Code, Diagnostic, Place};
use specwright_ir::{Bound, Integer, IntegerFormat, Number, NumberFormat, Shape, StringFormat, StringShape};

use super::Cursor;
use super::context::Lowering;
use super::facts::Facts;

/// A format of the document, and the Rust type that the configuration gives it.
struct Format<'a> {
    name: &'a str,
    rust: Option<String>,
}

impl<'a> Lowering<'a, '_> {
    fn format(&mut self, facts: &Facts<'a>) -> Format<'a> {
        let mut chosen: Option<Cursor<'a>> = None;
        for cursor in facts.all("format") {
            match &chosen {
                Some(first) if first.value != cursor.value => {
                    let first = first.clone();
                    self.conflict(&first, "left out", &cursor, "the formats differ");
                    chosen = Some(cursor);
                }
                _ => chosen = Some(cursor),
            }
        }
        let name = chosen.and_then(|cursor| cursor.value.as_str()).unwrap_or_default();
        let pointer = facts.origin.to_string();
        let by_pointer = self.settings.types.get(&pointer).cloned();
        if by_pointer.is_some() {
            self.retyped.insert(pointer);
        }
        let rust = by_pointer.or_else(|| self.settings.types.get(name).cloned());
        Format { name, rust }
    }

    pub(super) fn integer(&mut self, facts: &Facts<'a>, is_number: bool) -> Shape {
        let format = self.format(facts);
        let width = match format.name {
            "" => IntegerFormat::Unspecified,
            "int32" => IntegerFormat::Int32,
            "int64" => IntegerFormat::Int64,
            "uint32" => IntegerFormat::Uint32,
            "uint64" => IntegerFormat::Uint64,
            other => {
                self.unknown_format(facts, other, "an integer of 64 bits");
                IntegerFormat::Unspecified
            }
        };
        let (minimum, maximum) = bounds(facts);
        let minimum = minimum.map(|bound| whole(&bound, f64::ceil));
        let maximum = maximum.map(|bound| whole(&bound, f64::floor));
        let (minimum, maximum) = self.range(facts, minimum, maximum);
        let width = self.wide_enough(facts, width, minimum, maximum);
        // What lies beyond 64 bits bounds nothing more.
        let minimum = minimum.filter(|bound| bound.value >= i128::from(i64::MIN));
        let maximum = maximum.filter(|bound| bound.value <= i128::from(u64::MAX));
        // A step that is not whole is a rule.
        let multiple_of =
            facts.all("multipleOf").last().and_then(|value| value.value.as_i64()).map(i128::from);
        let zero_fraction = is_number || self.document.has_zero_fractions();
        Shape::Integer(Integer { format: width, is_number, zero_fraction, minimum, maximum, multiple_of })
    }

    pub(super) fn number(&mut self, facts: &Facts<'a>) -> Shape {
        let format = self.format(facts);
        if matches!(format.name, "int32" | "int64" | "uint32" | "uint64") {
            self.integral_number(facts, format.name);
            return self.integer(facts, true);
        }
        let number = match (format.rust, format.name) {
            (Some(rust), name) => NumberFormat::Custom { format: name.to_owned(), rust },
            (None, "") => NumberFormat::Unspecified,
            (None, "float") => NumberFormat::Float,
            (None, "double") => NumberFormat::Double,
            (None, other) => {
                self.unknown_format(facts, other, "a double");
                NumberFormat::Unspecified
            }
        };
        let (minimum, maximum) = bounds(facts);
        let minimum = minimum.map(|bound| bound.real());
        let maximum = maximum.map(|bound| bound.real());
        let (minimum, maximum) = self.range(facts, minimum, maximum);
        let multiple_of = facts.all("multipleOf").last().and_then(|value| value.value.as_f64());
        Shape::Number(Number { format: number, minimum, maximum, multiple_of })
    }

    /// The width that holds a range where no format states one: 64 bits, without a sign where the range has
    /// none and needs them all.
    fn wide_enough(
        &mut self,
        facts: &Facts<'a>,
        width: IntegerFormat,
        minimum: Option<Bound<i128>>,
        maximum: Option<Bound<i128>>,
    ) -> IntegerFormat {
        let (Some(maximum), IntegerFormat::Unspecified) = (maximum, width) else { return width };
        if maximum.value <= i128::from(i64::MAX) {
            return width;
        }
        let is_natural = minimum.is_some_and(|minimum| minimum.value >= 0);
        if maximum.value > i128::from(u64::MAX) || !is_natural {
            let place =
                facts.all("maximum").last().map_or_else(|| Place::value(&facts.origin), Cursor::place);
            self.say(
                Diagnostic::new(
                    Code::WideInteger,
                    "an integer of more than 64 bits",
                    place,
                    "taken as 64 bits: what is beyond them is a violation",
                )
                .with_help("a `type: string` with a `pattern` holds any number of digits"),
            );
        }
        if is_natural { IntegerFormat::Uint64 } else { width }
    }

    /// Both ends of a range; neither where no value lies between them.
    fn range<T: PartialOrd + Copy>(
        &mut self,
        facts: &Facts<'a>,
        minimum: Option<Bound<T>>,
        maximum: Option<Bound<T>>,
    ) -> (Option<Bound<T>>, Option<Bound<T>>) {
        let is_empty = |(low, high): (Bound<T>, Bound<T>)| {
            low.value > high.value || (low.value == high.value && (low.exclusive || high.exclusive))
        };
        if minimum.zip(maximum).is_some_and(is_empty) {
            self.empty_range(facts, "minimum", "maximum");
            return (None, None);
        }
        (minimum, maximum)
    }

    pub(super) fn string(&mut self, facts: &Facts<'a>) -> Shape {
        let Format { name, rust } = self.format(facts);
        let format = match (rust, name) {
            (Some(rust), name) => StringFormat::Custom { format: name.to_owned(), rust },
            (None, "") => StringFormat::Plain,
            (None, "date-time") => StringFormat::DateTime,
            (None, "date") => StringFormat::Date,
            (None, "uuid") => StringFormat::Uuid,
            (None, "byte") => StringFormat::Byte,
            (None, "base64url") => StringFormat::Base64Url,
            (None, "password") => StringFormat::Password,
            (None, "binary") => StringFormat::Binary,
            (None, other) => StringFormat::Other(other.to_owned()),
        };
        let (min_length, max_length) = self.counts(facts, "minLength", "maxLength");
        Shape::String(StringShape { format, min_length, max_length, pattern: Self::pattern(facts) })
    }

    /// The pattern of the schema itself; those that hold besides are rules.
    fn pattern(facts: &Facts<'a>) -> Option<String> {
        facts.values("pattern").filter_map(Value::as_str).last().map(str::to_owned)
    }
}

/// A limit as the document writes it.
struct Limit<'a> {
    value: &'a Value,
    exclusive: bool,
}

impl Limit<'_> {
    fn real(&self) -> Bound<f64> {
        Bound { value: self.value.as_f64().unwrap_or_default(), exclusive: self.exclusive }
    }
}

/// The tightest limits of all schemas that hold.
fn bounds<'a>(facts: &Facts<'a>) -> (Option<Limit<'a>>, Option<Limit<'a>>) {
    let limits = |key: &'static str, exclusive: &'static str| {
        facts.leaves.iter().filter_map(move |leaf| {
            let value = leaf.value.get(key)?;
            Some(Limit { value, exclusive: leaf.flag(exclusive) })
        })
    };
    let tighter = |left: &Limit<'_>, right: &Limit<'_>| {
        let values = (left.value.as_f64().unwrap_or_default(), right.value.as_f64().unwrap_or_default());
        (values.0.total_cmp(&values.1), left.exclusive, right.exclusive)
    };
    let minimum = limits("minimum", "exclusiveMinimum").reduce(|best, next| match tighter(&next, &best) {
        (order, exclusive, _) if order.is_gt() || (order.is_eq() && exclusive) => next,
        _ => best,
    });
    let maximum = limits("maximum", "exclusiveMaximum").reduce(|best, next| match tighter(&next, &best) {
        (order, exclusive, _) if order.is_lt() || (order.is_eq() && exclusive) => next,
        _ => best,
    });
    (minimum, maximum)
}

/// A limit of an integer. A fraction is as good as the next whole number inside of the range.
fn whole(limit: &Limit<'_>, inwards: fn(f64) -> f64) -> Bound<i128> {
    if let Some(value) = limit.value.as_i64() {
        return Bound { value: i128::from(value), exclusive: limit.exclusive };
    }
    if let Some(value) = limit.value.as_u64() {
        return Bound { value: i128::from(value), exclusive: limit.exclusive };
    }
    let value = limit.value.as_f64().unwrap_or_default();
    let inside = inwards(value);
    #[expect(clippy::cast_possible_truncation, reason = "the cast saturates, which is the limit's meaning")]
    let whole = inside as i128;
    #[expect(clippy::float_cmp, reason = "whole numbers are exact")]
    let exclusive = limit.exclusive && inside == value;
    Bound { value: whole, exclusive }
}
