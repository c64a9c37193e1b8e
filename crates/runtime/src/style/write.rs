//! From values to text.

use serde_json::Value;

use super::HeaderForm;
use super::read::{has_empty_text, item_schema};
use crate::percent;
use crate::schema::{ArrayRules, Shape};
use crate::{Parameter, Schema, Style};

/// A value that is to be written: `None` where there is nothing to write.
enum Parts {
    One(String),
    Items(Vec<String>),
    Members(Vec<(String, String)>),
}

impl Parts {
    /// `null` is nothing: RFC 6570 has no other word for it. In a list it keeps its place, as a text that is
    /// empty.
    fn of(value: &Value) -> Option<Self> {
        Some(match value {
            Value::Null => return None,
            Value::Array(items) => {
                Self::Items(items.iter().map(|item| text(item).unwrap_or_default()).collect())
            }
            Value::Object(members) => Self::Members(
                members.iter().filter_map(|(name, value)| Some((name.clone(), text(value)?))).collect(),
            ),
            value => Self::One(text(value)?),
        })
    }

    /// As the parameter has it: all of it where its text is JSON, or where nothing says that an object
    /// is one.
    fn of_parameter(parameter: &Parameter, value: &Value) -> Option<Self> {
        let is_whole = parameter.style == Style::Json
            || value.is_object() && parameter.style != Style::DeepObject && is_any(parameter.schema);
        match (value, parameter.schema.resolved().shape) {
            _ if is_whole => Some(Self::One(value.to_string())),
            (Value::Array(items), Shape::Array(rules)) => {
                Some(Self::Items(items.iter().map(|item| inner(item, rules.items)).collect()))
            }
            _ => Self::of(value),
        }
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

fn is_any(schema: &Schema) -> bool {
    matches!(schema.resolved().shape, Shape::Any)
}

pub(crate) fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

/// The text of a list's item: of one that is a list itself, its items with what stands between them.
fn inner(value: &Value, schema: &Schema) -> String {
    match (value, schema.resolved().shape) {
        (Value::Array(items), Shape::Array(ArrayRules { items: schema, delimiter: Some(delimiter), .. })) => {
            let texts: Vec<String> = items.iter().map(|item| inner(item, schema)).collect();
            texts.join(delimiter.encode_utf8(&mut [0; 4]))
        }
        _ => text(value).unwrap_or_default(),
    }
}

/// What would be read as another list, if a list inside of a list is written so.
#[cfg(feature = "client")]
fn is_confusing(value: &Value, schema: &Schema) -> Option<char> {
    let Shape::Array(rules) = schema.resolved().shape else { return None };
    let items = value.as_array()?;
    let found = items.iter().find_map(|item| is_confusing(item, rules.items));
    let delimiter = rules.delimiter?;
    let is_read_otherwise = || match items.as_slice() {
        [only] => inner(only, rules.items).is_empty(),
        _ => false,
    };
    let is_split = items.iter().any(|item| inner(item, rules.items).contains(delimiter));
    found.or_else(|| (is_split || is_read_otherwise()).then_some(delimiter))
}

/// The members of an object each on its own; a list's items share the name.
fn exploded(value: &Value) -> Vec<(&str, String)> {
    let members = value.as_object().into_iter().flatten();
    let pairs = members.filter(|(_, value)| !value.is_null()).flat_map(|(name, value)| {
        let values = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        values.iter().map(move |value| (name.as_str(), text(value).unwrap_or_default()))
    });
    pairs.collect()
}

/// The position of an item that is `null` where an empty text, which would be its own, is another value.
pub(crate) fn unsaid(schema: &Schema, value: &Value) -> Option<usize> {
    let is_unsaid = |(at, item): &(usize, &Value)| item.is_null() && has_empty_text(item_schema(schema, *at));
    Some(value.as_array()?.iter().enumerate().find(is_unsaid)?.0)
}

/// Why the parts of a value could not be told apart by whoever reads them; `None` where they can.
#[cfg(feature = "client")]
pub(crate) fn confusing(parameter: &Parameter, value: &Value) -> Option<String> {
    let parts = Parts::of_parameter(parameter, value)?;
    if let (Value::Array(items), Shape::Array(rules)) = (value, parameter.schema.resolved().shape)
        && let Some(delimiter) = items.iter().find_map(|item| is_confusing(item, rules.items))
    {
        return Some(format!("has a list with `{delimiter}` in an item, or of one empty text"));
    }
    if let (Parts::Items(_), Value::Array(items)) = (&parts, value) {
        if unsaid(parameter.schema, value).is_some() {
            return Some("has `null` where an empty text is a value of its own".to_owned());
        }
        let is_listed = !parameter.explode && parameter.style != Style::DeepObject;
        if is_listed && items.len() == 1 && matches!(&parts, Parts::Items(items) if items[0].is_empty()) {
            return Some("is a list of one empty text, which is that of an empty list".to_owned());
        }
    }
    if parameter.style == Style::Cookie && !parts.flat(str::to_owned).iter().all(|text| is_in_cookie(text)) {
        return Some("has a character that no cookie can hold".to_owned());
    }
    let parts = Parts::of_parameter(parameter, value)?;
    let separator = match (parameter.location, parameter.style.delimiter()) {
        (_, Some(delimiter)) if !parameter.explode => delimiter,
        (crate::Location::Header, _) => ',',
        // Of parts, which are not percent-encoded.
        (crate::Location::Body, None) if parameter.style == Style::Form && !parameter.explode => ',',
        _ => return None,
    };
    let is_confusing = match parts {
        Parts::One(_) => false,
        Parts::Items(items) => items.iter().any(|item| item.contains(separator)),
        Parts::Members(members) => {
            members.iter().any(|(name, value)| name.contains(separator) || value.contains(separator))
        }
    };
    is_confusing.then(|| format!("has an item or member with `{separator}`, which stands between them"))
}

/// Whether a cookie holds a text as it is: section 4.1.1 of RFC 6265.
#[cfg(feature = "client")]
fn is_in_cookie(text: &str) -> bool {
    text.bytes().all(|octet| octet.is_ascii_graphic() && !matches!(octet, b'"' | b',' | b';' | b'\\'))
}

/// The text that takes the place of `{name}` in a path.
pub fn path(parameter: &Parameter, value: &Value) -> String {
    let Some(parts) = Parts::of_parameter(parameter, value) else { return String::new() };
    let name = percent::encode(parameter.name);
    let is_one = matches!(parts, Parts::One(_));
    // What separates parts is reserved as well, or a dot, which is not.
    let separators: &[&str] = match parameter.style {
        _ if is_one || parameter.style.delimiter().is_some() => &[],
        Style::Label if parameter.explode => &["=", ",", "."],
        _ => &["=", ",", ";"],
    };
    let encode = |text: &str| {
        let text = if parameter.allow_reserved { percent::encode_path(text) } else { percent::encode(text) };
        separators.iter().fold(text, |text, separator| {
            text.replace(separator, &format!("%{:02X}", separator.as_bytes()[0]))
        })
    };
    match (parameter.style, parts) {
        (Style::Matrix, Parts::One(text)) if text.is_empty() => format!(";{name}"),
        (Style::Matrix, Parts::Items(items)) if parameter.explode && !items.is_empty() => {
            let items = items.iter().map(|item| format!("{name}={}", encode(item)));
            behind_semicolons(items)
        }
        (Style::Matrix, Parts::Members(members)) if parameter.explode && !members.is_empty() => {
            behind_semicolons(Parts::Members(members).paired(encode))
        }
        (Style::Matrix, parts) => match parts.flat(encode).join(",") {
            text if text.is_empty() => format!(";{name}"),
            text => format!(";{name}={text}"),
        },
        (Style::Label, parts) => {
            let separator = if parameter.explode { "." } else { "," };
            format!(".{}", parts.listed(parameter.explode, encode).join(separator))
        }
        (style, parts) => parts.listed(parameter.explode, encode).join(&separator(style)),
    }
}

/// What stands between the parts of a value in a path or query.
fn separator(style: Style) -> String {
    style
        .delimiter()
        .map_or_else(|| ",".to_owned(), |delimiter| percent::encode(delimiter.encode_utf8(&mut [0; 4])))
}

fn behind_semicolons(pairs: impl IntoIterator<Item = String>) -> String {
    pairs.into_iter().fold(String::new(), |text, pair| text + ";" + &pair)
}

/// The part of a query, such as `color=blue`; `None` where nothing is to be written.
pub fn query(parameter: &Parameter, value: &Value) -> Option<String> {
    let parts = Parts::of_parameter(parameter, value)?;
    let name = percent::encode(parameter.name);
    let encode = |text: &str| {
        if parameter.allow_reserved { percent::encode_reserved(text) } else { percent::encode(text) }
    };
    let pairs = match (parameter.style, parts) {
        (Style::DeepObject, Parts::Members(_) | Parts::Items(_)) => {
            let mut pairs = Vec::new();
            deep(&name, value, &encode, &mut pairs);
            pairs
        }
        (_, Parts::Items(items)) if parameter.explode => {
            items.iter().map(|item| format!("{name}={}", encode(item))).collect()
        }
        (_, Parts::Members(_)) if parameter.explode => exploded(value)
            .iter()
            .map(|(member, value)| format!("{}={}", percent::encode(member), encode(value)))
            .collect(),
        (_, Parts::One(text)) => vec![format!("{name}={}", encode(&text))],
        (style, parts) => {
            let encode = |text: &str| encode(text).replace(',', "%2C");
            vec![format!("{name}={}", parts.flat(encode).join(&separator(style)))]
        }
    };
    (!pairs.is_empty()).then(|| pairs.join("&"))
}

/// `color[R]=100`, in further brackets what is inside of that: names, nothing for the items of a
/// list, positions for items that have brackets of their own.
fn deep(name: &str, value: &Value, encode: &impl Fn(&str) -> String, pairs: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (member, value) in members {
                deep(&format!("{name}%5B{}%5D", percent::encode(member)), value, encode, pairs);
            }
        }
        Value::Array(items) => {
            let is_flat = items.iter().all(|item| !item.is_object() && !item.is_array());
            for (index, item) in items.iter().enumerate() {
                let index = if is_flat { String::new() } else { index.to_string() };
                let name = format!("{name}%5B{index}%5D");
                if item.is_null() {
                    pairs.push(format!("{name}="));
                } else {
                    deep(&name, item, encode, pairs);
                }
            }
        }
        value => pairs.extend(text(value).map(|text| format!("{name}={}", encode(&text)))),
    }
}

/// The value of a header; `None` where nothing is to be written. Headers are not percent-encoded.
pub fn header(value: &Value, form: HeaderForm) -> Option<String> {
    let parts = Parts::of(value)?;
    if form == HeaderForm::Json {
        return Some(value.to_string());
    }
    let parts = parts.listed(form == HeaderForm::Exploded, str::to_owned);
    Some(parts.join(form.separator().encode_utf8(&mut [0; 4])))
}

/// The text of a value that nothing encodes: a header parameter.
#[cfg(feature = "client")]
pub(crate) fn plain(parameter: &Parameter, value: &Value) -> Option<String> {
    let parts = Parts::of_parameter(parameter, value)?;
    let separator = parameter.style.delimiter().unwrap_or(',');
    Some(parts.listed(parameter.explode, str::to_owned).join(separator.encode_utf8(&mut [0; 4])))
}

/// The part of the `Cookie` header; `None` where nothing is to be written.
pub fn cookie(parameter: &Parameter, value: &Value) -> Option<String> {
    let parts = Parts::of_parameter(parameter, value)?;
    let name = parameter.name;
    let encode =
        |text: &str| if parameter.style == Style::Cookie { text.to_owned() } else { percent::encode(text) };
    let pairs = match parts {
        Parts::Items(items) if parameter.explode => {
            items.iter().map(|item| format!("{name}={}", encode(item))).collect()
        }
        Parts::Members(_) if parameter.explode => {
            exploded(value).iter().map(|(member, value)| format!("{member}={}", encode(value))).collect()
        }
        parts => vec![format!("{name}={}", parts.flat(encode).join(","))],
    };
    (!pairs.is_empty()).then(|| pairs.join("; "))
}
