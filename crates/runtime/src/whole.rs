//! `4.0` where an integer is read. From OpenAPI 3.1 on the two are one value, and whether it is legal is for
//! the schema to say. serde reads no integer from it: what cannot be read is read once more, with `4`.

use serde_json::{Number, Value};

/// The integer that a float is, if it is one.
pub(crate) fn whole(value: f64) -> Option<i128> {
    // Beyond this every double is whole, but none is within the range of any format.
    const LIMIT: f64 = 1e30;
    #[expect(clippy::cast_possible_truncation, reason = "checked to be whole and within the range")]
    (value.fract() == 0.0 && value.abs() < LIMIT).then_some(value as i128)
}

/// Reads a value, the second time with integers for all floats that are whole.
pub(crate) fn read<T, E>(value: Value, reader: impl Fn(Value) -> Result<T, E>) -> Result<T, E> {
    let integral = has_whole_floats(&value).then(|| integral(value.clone()));
    match (reader(value), integral) {
        (Err(_), Some(integral)) => reader(integral),
        (read, _) => read,
    }
}

/// The same for JSON as text.
#[cfg(any(feature = "client", feature = "server"))]
pub(crate) fn read_json<T, E>(octets: &[u8], reader: impl Fn(&[u8]) -> Result<T, E>) -> Result<T, E> {
    let error = match reader(octets) {
        Ok(read) => return Ok(read),
        Err(error) => error,
    };
    let value: Option<Value> = serde_json::from_slice(octets).ok();
    let again = value.filter(has_whole_floats).and_then(|value| serde_json::to_vec(&integral(value)).ok());
    again.map_or(Err(error), |again| reader(&again))
}

/// The integer that a number is, where it is written as a float.
fn integer(number: &Number) -> Option<Number> {
    number.as_f64().filter(|_| number.is_f64()).and_then(whole).and_then(Number::from_i128)
}

fn has_whole_floats(value: &Value) -> bool {
    match value {
        Value::Number(number) => integer(number).is_some(),
        Value::Array(items) => items.iter().any(has_whole_floats),
        Value::Object(members) => members.values().any(has_whole_floats),
        Value::Null | Value::Bool(_) | Value::String(_) => false,
    }
}

fn integral(value: Value) -> Value {
    match value {
        Value::Number(number) => Value::Number(integer(&number).unwrap_or(number)),
        Value::Array(items) => items.into_iter().map(integral).collect(),
        Value::Object(members) => {
            members.into_iter().map(|(name, member)| (name, integral(member))).collect()
        }
        other => other,
    }
}
