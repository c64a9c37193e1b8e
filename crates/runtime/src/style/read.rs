//! From text to values.

use http::HeaderMap;
use serde_json::Value;

use crate::{Operation, Parameter, Violation};

/// The value of a path parameter, from the text that stands in its place.
pub fn path(_parameter: &Parameter, _raw: &str) -> Result<Value, Violation> {
    Ok(Value::Null)
}

/// The value of a query parameter; `None` where it is absent.
pub fn query(
    _operation: &Operation,
    _parameter: &Parameter,
    _query: &str,
) -> Result<Option<Value>, Violation> {
    Ok(None)
}

/// The value of a header parameter; `None` where it is absent.
pub fn header(_parameter: &Parameter, _headers: &HeaderMap) -> Result<Option<Value>, Violation> {
    Ok(None)
}

/// The value of a cookie parameter; `None` where it is absent.
pub fn cookie(_parameter: &Parameter, _headers: &HeaderMap) -> Result<Option<Value>, Violation> {
    Ok(None)
}
