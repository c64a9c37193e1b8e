//! From values to text.

use serde_json::Value;

use crate::percent;
use crate::{Parameter, Style};

/// A value that is to be written: `None` where there is nothing to write.
enum Parts {
    One(String),
    Items(Vec<String>),
    Members(Vec<(String, String)>),
}

impl Parts {
    /// `null` is nothing, at any depth: RFC 6570 has no other word for it.
    fn of(value: &Value) -> Option<Self> {
        Some(match value {
            Value::Null => return None,
            Value::Array(items) => Self::Items(items.iter().filter_map(text).collect()),
            Value::Object(members) => Self::Members(
                members.iter().filter_map(|(name, value)| Some((name.clone(), text(value)?))).collect(),
            ),
            value => Self::One(text(value)?),
        })
    }

    /// Names and values that are written one after the other, each passed through `encode`.
    fn flat(self, encode: impl Fn(&str) -> String) -> Vec<String> {
        match self {
            Self::One(text) => vec![encode(&text)],
            Self::Items(items) => items.iter().map(|item| encode(item)).collect(),
            Self::Members(members) => {
                members.iter().flat_map(|(name, value)| [encode(name), encode(value)]).collect()
            }
        }
    }

    /// As `flat`, with `name=value` for members.
    fn paired(self, encode: impl Fn(&str) -> String) -> Vec<String> {
        match self {
            Self::Members(members) => {
                members.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect()
            }
            other => other.flat(encode),
        }
    }

    fn listed(self, explode: bool, encode: impl Fn(&str) -> String) -> Vec<String> {
        if explode { self.paired(encode) } else { self.flat(encode) }
    }
}

/// A value that stands alone: a primitive as its text, anything else as JSON.
#[cfg(any(feature = "client", feature = "server"))]
pub fn bare(value: &Value) -> String {
    text(value).unwrap_or_default()
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

/// The members of an object each on its own; a list's items share the name.
fn exploded(value: &Value) -> Vec<(&str, String)> {
    let members = value.as_object().into_iter().flatten();
    let pairs = members.flat_map(|(name, value)| {
        let values = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        values.iter().filter_map(move |value| Some((name.as_str(), text(value)?)))
    });
    pairs.collect()
}

/// The text that takes the place of `{name}` in a path.
pub fn path(parameter: &Parameter, value: &Value) -> String {
    let Some(parts) = Parts::of(value) else { return String::new() };
    let name = percent::encode(parameter.name);
    let encode = |text: &str| {
        if parameter.allow_reserved { percent::encode_path(text) } else { percent::encode(text) }
    };
    match (parameter.style, parts) {
        (Style::Matrix, Parts::One(text)) if text.is_empty() => format!(";{name}"),
        (Style::Matrix, Parts::Items(items)) if parameter.explode => {
            let items = items.iter().map(|item| format!("{name}={}", encode(item)));
            behind_semicolons(items)
        }
        (Style::Matrix, parts @ Parts::Members(_)) if parameter.explode => {
            behind_semicolons(parts.paired(encode))
        }
        (Style::Matrix, parts) => format!(";{name}={}", parts.flat(encode).join(",")),
        (Style::Label, parts) => {
            let separator = if parameter.explode { "." } else { "," };
            format!(".{}", parts.listed(parameter.explode, encode).join(separator))
        }
        (_, parts) => parts.listed(parameter.explode, encode).join(","),
    }
}

fn behind_semicolons(pairs: impl IntoIterator<Item = String>) -> String {
    pairs.into_iter().fold(String::new(), |text, pair| text + ";" + &pair)
}

/// The part of a query, such as `color=blue`; `None` where nothing is to be written.
pub fn query(parameter: &Parameter, value: &Value) -> Option<String> {
    let parts = Parts::of(value)?;
    let name = percent::encode(parameter.name);
    let encode = |text: &str| {
        if parameter.allow_reserved { percent::encode_reserved(text) } else { percent::encode(text) }
    };
    let pairs = match (parameter.style, parts) {
        (Style::DeepObject, Parts::Members(_)) => exploded(value)
            .iter()
            .map(|(member, value)| format!("{name}%5B{}%5D={}", percent::encode(member), encode(value)))
            .collect(),
        (_, Parts::Items(items)) if parameter.explode => {
            items.iter().map(|item| format!("{name}={}", encode(item))).collect()
        }
        (_, Parts::Members(_)) if parameter.explode => exploded(value)
            .iter()
            .map(|(member, value)| format!("{}={}", percent::encode(member), encode(value)))
            .collect(),
        (style, parts) => {
            let separator = match style {
                Style::SpaceDelimited => "%20",
                Style::PipeDelimited => "%7C",
                _ => ",",
            };
            vec![format!("{name}={}", parts.flat(encode).join(separator))]
        }
    };
    (!pairs.is_empty()).then(|| pairs.join("&"))
}

/// The value of a header; `None` where nothing is to be written. Headers are not percent-encoded.
pub fn header(value: &Value, explode: bool) -> Option<String> {
    Some(Parts::of(value)?.listed(explode, str::to_owned).join(","))
}

/// The part of the `Cookie` header; `None` where nothing is to be written.
pub fn cookie(parameter: &Parameter, value: &Value) -> Option<String> {
    let parts = Parts::of(value)?;
    let name = parameter.name;
    let pairs = match parts {
        Parts::Items(items) if parameter.explode => {
            items.iter().map(|item| format!("{name}={}", percent::encode(item))).collect()
        }
        Parts::Members(_) if parameter.explode => exploded(value)
            .iter()
            .map(|(member, value)| format!("{member}={}", percent::encode(value)))
            .collect(),
        parts => vec![format!("{name}={}", parts.flat(percent::encode).join(","))],
    };
    (!pairs.is_empty()).then(|| pairs.join("; "))
}
