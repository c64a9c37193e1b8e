//! Numbers: within their range, at its ends, and just beyond.

use serde_json::{Number as Json, Value};
use specwright_ir::{Bound, Integer, IntegerFormat, Number, NumberFormat};

use crate::edge::Edge;
use crate::value::Extent;

/// The least and the greatest value of an integer's format.
fn width(format: IntegerFormat) -> (i128, i128) {
    match format {
        IntegerFormat::Int32 => (i128::from(i32::MIN), i128::from(i32::MAX)),
        IntegerFormat::Unspecified | IntegerFormat::Int64 => (i128::from(i64::MIN), i128::from(i64::MAX)),
        IntegerFormat::Uint32 => (0, i128::from(u32::MAX)),
        IntegerFormat::Uint64 => (0, i128::from(u64::MAX)),
    }
}

/// The least and the greatest value of all that bounds an integer.
fn range(rules: &Integer) -> (i128, i128) {
    let (least, greatest) = width(rules.format);
    let from = rules.minimum.map_or(least, |bound| bound.value.saturating_add(i128::from(bound.exclusive)));
    let to = rules.maximum.map_or(greatest, |bound| bound.value.saturating_sub(i128::from(bound.exclusive)));
    (from.max(least), to.min(greatest))
}

fn step(rules: &Integer) -> i128 {
    rules.multiple_of.map_or(1, i128::abs).max(1)
}

fn up(value: i128, step: i128) -> i128 {
    value.saturating_add((step - value.rem_euclid(step)) % step)
}

fn down(value: i128, step: i128) -> i128 {
    value - value.rem_euclid(step)
}

fn json(value: i128) -> Option<Value> {
    let signed = i64::try_from(value).map(Json::from).ok();
    signed.or_else(|| u64::try_from(value).map(Json::from).ok()).map(Value::Number)
}

/// Whether an integer is in range.
pub(crate) fn integer_fits(rules: &Integer, number: &Json) -> bool {
    let exact = number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from));
    let whole = number.as_f64().filter(|float| float.fract() == 0.0 && float.abs() < 9e15);
    #[expect(clippy::cast_possible_truncation, reason = "a float without a fraction that 53 bits hold")]
    let whole = whole.filter(|_| rules.zero_fraction).map(|float| float as i128);
    let (least, greatest) = range(rules);
    exact
        .or(whole)
        .is_some_and(|value| (least..=greatest).contains(&value) && value.rem_euclid(step(rules)) == 0)
}

/// The integer that is nearest to nothing, or the greatest that the contract names.
pub(crate) fn integer(rules: &Integer, extent: Extent) -> Option<Value> {
    let (least, greatest) = range(rules);
    let step = step(rules);
    let near = if least > 0 {
        up(least, step)
    } else if greatest < 0 {
        down(greatest, step)
    } else {
        0
    };
    let value = match extent {
        Extent::Least => near,
        Extent::Full if rules.maximum.is_some() => down(greatest, step),
        Extent::Full => {
            if near.saturating_add(step) <= greatest {
                near + step
            } else {
                near
            }
        }
    };
    let value = json(value)?;
    matches!(&value, Value::Number(number) if integer_fits(rules, number)).then_some(value)
}

/// The ends of an integer's range and what is beyond them.
pub(crate) fn integer_edges(rules: &Integer, edges: &mut Vec<Edge>) {
    let ((narrowest, widest), (least, greatest)) = (width(rules.format), range(rules));
    let step = step(rules);
    let named = |bound: Option<Bound<i128>>, inclusive, exclusive| {
        bound.map(|bound| if bound.exclusive { exclusive } else { inclusive })
    };
    let low = named(rules.minimum, "minimum", "exclusiveMinimum").filter(|_| least > narrowest);
    let high = named(rules.maximum, "maximum", "exclusiveMaximum").filter(|_| greatest < widest);
    if least <= greatest {
        edges.extend(json(up(least, step)).map(|value| Edge::accepted("the least", value)));
        edges.extend(json(down(greatest, step)).map(|value| Edge::accepted("the greatest", value)));
    }
    edges.extend(json(down(least - 1, step)).map(|value| Edge::refused(low.unwrap_or("format"), value)));
    edges.extend(json(up(greatest + 1, step)).map(|value| Edge::refused(high.unwrap_or("format"), value)));
    if step > 1 {
        let off = [up(least, step).saturating_add(1), down(greatest, step).saturating_sub(1)];
        let off = off.into_iter().find(|value| (least..=greatest).contains(value));
        edges.extend(off.and_then(json).map(|value| Edge::refused("multipleOf", value)));
    }
    if rules.zero_fraction {
        let float = integer(rules, Extent::Least).and_then(|value| value.as_f64());
        let float = float.filter(|float| float.abs() < 9e15).and_then(Json::from_f64);
        edges.extend(float.map(|float| Edge::accepted("a zero fraction", Value::Number(float))));
    }
    edges.extend(Json::from_f64(1.5).map(|half| Edge::refused("type", Value::Number(half))));
}

fn multiple(value: f64, step: f64) -> bool {
    let times = value / step;
    (times - times.round()).abs() < 1e-9 * times.abs().max(1.0)
}

/// Whether a number is in range.
pub(crate) fn number_fits(rules: &Number, number: &Json) -> bool {
    let Some(value) = number.as_f64() else { return false };
    rules.minimum.is_none_or(|low| value > low.value || !low.exclusive && value >= low.value)
        && rules.maximum.is_none_or(|high| value < high.value || !high.exclusive && value <= high.value)
        && rules.multiple_of.is_none_or(|step| step == 0.0 || multiple(value, step))
}

/// A number: half of one where that is in range, which no integer is, or an end of the range.
pub(crate) fn number(rules: &Number, extent: Extent) -> Option<Value> {
    let low = rules.minimum.map(|bound| bound.value);
    let high = rules.maximum.map(|bound| bound.value);
    let step = rules.multiple_of.filter(|step| *step > 0.0);
    let snapped = |value: f64| step.map_or(value, |step| (value / step).ceil() * step);
    let middle = low.zip(high).map(|(low, high)| f64::midpoint(low, high));
    let mut tried = vec![0.5, 1.0, 0.0, 1.5];
    tried.extend(step);
    tried.extend(low.into_iter().flat_map(|low| [snapped(low), low + 1.0, snapped(low + 0.5)]));
    tried.extend(high.map(|high| high - 1.0));
    tried.extend(middle.into_iter().flat_map(|middle| [middle, snapped(middle)]));
    if extent == Extent::Full {
        tried.splice(0..0, high);
    }
    let tried = tried.into_iter().filter_map(Json::from_f64);
    tried.map(in_format).find(|number| number_fits(rules, number)).map(Value::Number)
}

/// A number as JSON writes it: without a fraction where there is none.
fn in_format(number: Json) -> Json {
    #[expect(clippy::cast_possible_truncation, reason = "a float without a fraction that 53 bits hold")]
    let whole =
        number.as_f64().filter(|float| float.fract() == 0.0 && float.abs() < 9e15).map(|it| it as i64);
    whole.map_or(number, Json::from)
}

/// The ends of a number's range and what is beyond them.
pub(crate) fn number_edges(rules: &Number, edges: &mut Vec<Edge>) {
    let value = |float: f64| Json::from_f64(float).map(|number| Value::Number(in_format(number)));
    // A float of 32 bits holds few ends exactly.
    let is_exact = |float: &f64| {
        #[expect(clippy::cast_possible_truncation, reason = "what is lost is what is asked for")]
        let short = f64::from(*float as f32).to_bits() == float.to_bits();
        short || rules.format != NumberFormat::Float
    };
    let ends = [
        (rules.minimum, -1.0, "the least", ["minimum", "exclusiveMinimum"]),
        (rules.maximum, 1.0, "the greatest", ["maximum", "exclusiveMaximum"]),
    ];
    for (bound, outwards, what, names) in ends {
        let Some(bound) = bound.filter(|bound| is_exact(&bound.value)) else { continue };
        let name = names[usize::from(bound.exclusive)];
        let beyond = if bound.exclusive { bound.value } else { bound.value + outwards };
        if !bound.exclusive {
            edges.extend(value(bound.value).map(|value| Edge::accepted(what, value)));
        }
        edges.extend(value(beyond).map(|value| Edge::refused(name, value)));
    }
    if let Some(step) = rules.multiple_of.filter(|step| *step > 0.0) {
        let start = rules.minimum.map_or(0.0, |bound| (bound.value / step).ceil() * step);
        edges.extend(value(start + step / 2.0).map(|value| Edge::refused("multipleOf", value)));
    }
    edges.push(Edge::refused("type", Value::from("text")));
}
