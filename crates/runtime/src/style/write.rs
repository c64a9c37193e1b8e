//! From values to text.

use serde_json::Value;

use crate::Parameter;

/// The text that takes the place of `{name}` in a path.
pub fn path(_parameter: &Parameter, _value: &Value) -> String {
    String::new()
}

/// The part of a query, such as `color=blue`; `None` where nothing is to be written.
pub fn query(_parameter: &Parameter, _value: &Value) -> Option<String> {
    None
}

/// The value of a header; `None` where nothing is to be written.
pub fn header(_value: &Value, _explode: bool) -> Option<String> {
    None
}

/// The part of the `Cookie` header; `None` where nothing is to be written.
pub fn cookie(_parameter: &Parameter, _value: &Value) -> Option<String> {
    None
}
