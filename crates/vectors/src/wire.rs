//! Values as parameters and forms have them: the specification's table of styles, from its text.

use std::fmt::Write as _;

use serde_json::Value;
use specwright_ir::Style;

/// A value that a parameter can hold.
pub(crate) enum Parts {
    One(String),
    Items(Vec<String>),
    Members(Vec<(String, String)>),
}

impl Parts {
    /// `None` where the value has no place in a parameter, or leaves none of itself there.
    pub(crate) fn of(value: &Value) -> Option<Self> {
        match value {
            Value::Array(items) => {
                let items: Option<Vec<_>> = items.iter().map(primitive).collect();
                items.filter(|items| !items.is_empty()).map(Self::Items)
            }
            Value::Object(members) => {
                let members: Option<Vec<_>> =
                    members.iter().map(|(name, value)| Some((name.clone(), primitive(value)?))).collect();
                members.filter(|members| !members.is_empty()).map(Self::Members)
            }
            value => primitive(value).map(Self::One),
        }
    }
}

fn primitive(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => (!text.is_empty()).then(|| text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Percent-encodes all but the unreserved characters.
pub(crate) fn encode(text: &str) -> String {
    encode_but(text, b"-._~")
}

/// Percent-encodes as much of a path's literal as a path cannot hold.
pub(crate) fn encode_literal(text: &str) -> String {
    encode_but(text, b"-._~!$&'()*+,;=:@%")
}

fn encode_but(text: &str, kept: &[u8]) -> String {
    let mut encoded = String::new();
    for octet in text.bytes() {
        if octet.is_ascii_alphanumeric() || kept.contains(&octet) {
            encoded.push(char::from(octet));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(encoded, "%{octet:02X}");
        }
    }
    encoded
}

/// What stands between the parts of a value, where that is its style's own.
pub(crate) fn delimiter(style: Style) -> Option<&'static str> {
    match style {
        Style::SpaceDelimited => Some(" "),
        Style::PipeDelimited => Some("|"),
        Style::TabDelimited => Some("\t"),
        _ => None,
    }
}

/// Items and members one after the other.
fn listed(parts: &Parts, explode: bool, encode: impl Fn(&str) -> String) -> Vec<String> {
    match parts {
        Parts::One(text) => vec![encode(text)],
        Parts::Items(items) => items.iter().map(|item| encode(item)).collect(),
        Parts::Members(members) if explode => {
            members.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect()
        }
        Parts::Members(members) => {
            members.iter().flat_map(|(name, value)| [encode(name), encode(value)]).collect()
        }
    }
}

/// What takes the place of a path parameter.
pub(crate) fn path(name: &str, style: Style, explode: bool, parts: &Parts) -> String {
    let list = listed(parts, explode, encode);
    match (style, parts) {
        (Style::Label, _) => format!(".{}", list.join(if explode { "." } else { "," })),
        (Style::Matrix, Parts::Items(_)) if explode => {
            list.iter().fold(String::new(), |text, item| text + ";" + &encode(name) + "=" + item)
        }
        (Style::Matrix, Parts::Members(_)) if explode => {
            list.iter().fold(String::new(), |text, pair| text + ";" + pair)
        }
        (Style::Matrix, _) => format!(";{}={}", encode(name), list.join(",")),
        _ => match delimiter(style) {
            Some(delimiter) => list.join(&encode(delimiter)),
            None => list.join(","),
        },
    }
}

/// The pairs of a query or form that a parameter makes.
pub(crate) fn pairs(name: &str, style: Style, explode: bool, parts: &Parts) -> Vec<String> {
    let key = encode(name);
    let pair = |(name, value): &(String, String)| format!("{}={}", encode(name), encode(value));
    let separator = delimiter(style).map_or_else(|| ",".to_owned(), encode);
    match (style, parts) {
        (Style::DeepObject, Parts::Members(members)) => {
            let pair =
                |(name, value): &(String, String)| format!("{key}%5B{}%5D={}", encode(name), encode(value));
            members.iter().map(pair).collect()
        }
        (_, Parts::Items(items)) if explode => {
            items.iter().map(|item| format!("{key}={}", encode(item))).collect()
        }
        (_, Parts::Members(members)) if explode => members.iter().map(pair).collect(),
        (_, parts) => vec![format!("{key}={}", listed(parts, false, encode).join(&separator))],
    }
}

/// The same where nothing is percent-encoded; `None` where what stands between texts is in one of them.
pub(crate) fn unencoded_pairs(
    name: &str,
    style: Style,
    explode: bool,
    parts: &Parts,
) -> Option<Vec<(String, String)>> {
    let named = |text: &String| (name.to_owned(), text.clone());
    let separator = delimiter(style).unwrap_or(",");
    Some(match (style, parts) {
        (Style::DeepObject, Parts::Members(members)) => {
            members.iter().map(|(member, text)| (format!("{name}[{member}]"), text.clone())).collect()
        }
        (_, Parts::Items(items)) if explode => items.iter().map(named).collect(),
        (_, Parts::Members(members)) if explode => members.clone(),
        (_, Parts::One(text)) => vec![named(text)],
        (_, parts) => {
            let texts = listed(parts, false, str::to_owned);
            let is_plain = !texts.iter().any(|text| text.contains(separator));
            is_plain.then(|| vec![named(&texts.join(separator))])?
        }
    })
}

/// The value of a header; `None` where no header can hold it.
pub(crate) fn header(style: Style, explode: bool, parts: &Parts) -> Option<String> {
    let separator = delimiter(style).unwrap_or(",");
    let is_plain = |text: &str| {
        text.bytes().all(|octet| octet.is_ascii_graphic() || octet == b' ') && text.trim() == text
    };
    let list = listed(parts, explode, str::to_owned);
    let is_whole = matches!(parts, Parts::One(_)) || !list.iter().any(|text| text.contains(separator));
    (is_whole && list.iter().all(|text| is_plain(text))).then(|| list.join(separator))
}

/// The same of a value; without it, why.
pub(crate) fn header_of(style: Style, explode: bool, value: &Value) -> Result<String, String> {
    let parts = if style == Style::Json { Some(Parts::One(value.to_string())) } else { Parts::of(value) };
    let parts = parts.ok_or_else(|| "its value has no place there".to_owned())?;
    header(style, explode, &parts).ok_or_else(|| "no header holds it".to_owned())
}

/// The pairs of the `Cookie` header that a parameter makes; `None` where no cookie can hold them.
pub(crate) fn cookies(name: &str, style: Style, explode: bool, parts: &Parts) -> Option<Vec<String>> {
    // What is not encoded has to be legal as it is.
    let is_whole = listed(parts, false, str::to_owned).iter().all(|text| encode(text) == *text);
    if style == Style::Cookie && !is_whole {
        return None;
    }
    let is_token = |octet: u8| octet.is_ascii_alphanumeric() || b"-_.!#$%&'*+^`|~".contains(&octet);
    name.bytes().all(is_token).then(|| pairs(name, Style::Form, explode, parts))
}
