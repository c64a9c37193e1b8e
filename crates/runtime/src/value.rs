//! The JSON value that a type makes of its own.

use serde::Serialize;
use serde_json::{Result, Value};

/// By way of text, where a `f32` has no more digits than it was given. What lies too deeply for a reader
/// of text is taken as it is.
pub(crate) fn of<T: Serialize + ?Sized>(value: &T) -> Result<Value> {
    serde_json::from_str(&serde_json::to_string(value)?).or_else(|_| serde_json::to_value(value))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn a_float_has_the_digits_it_was_given() {
        assert_eq!(super::of(&0.1_f32).ok(), Some(json!(0.1)));
        assert_eq!(super::of(&[Some(0.1_f64), None]).ok(), Some(json!([0.1, null])));
    }
}
