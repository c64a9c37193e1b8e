//! Text of elements and attributes: to values as their schemas have it, and back.

use serde_json::{Number, Value};

use super::choice;
use super::name::is_char;
use super::read::Reader;
use super::tree::is_space;
use crate::Schema;
use crate::schema::{Fraction, Shape};

impl Reader {
    /// The value that a text is, and the text itself where it is none of its schema's type: validation
    /// says so.
    pub(super) fn text(&mut self, text: &str, schema: &Schema) -> Value {
        let schema = schema.resolved();
        let trimmed = text.trim_matches(is_space);
        let read = match schema.shape {
            Shape::Boolean => match trimmed {
                "true" | "1" => Some(Value::Bool(true)),
                "false" | "0" => Some(Value::Bool(false)),
                _ => None,
            },
            Shape::Integer(rules) => {
                integer(trimmed).or_else(|| number(trimmed).filter(|_| rules.fraction == Fraction::Zero))
            }
            Shape::Number(_) => number(trimmed),
            Shape::String(rules) => {
                let is_trimmed = rules.format.is_some()
                    || rules
                        .values
                        .is_some_and(|values| !values.contains(&text) && values.contains(&trimmed));
                return Value::String(if is_trimmed { trimmed } else { text }.to_owned());
            }
            // A list in one text: `xs:list`.
            Shape::Array(rules) => {
                let items = trimmed.split(is_space).filter(|item| !item.is_empty());
                Some(items.map(|item| self.text(item, rules.items)).collect())
            }
            Shape::Union(rules) => return choice::of_text(self, &rules, text),
            Shape::Any | Shape::Object(_) | Shape::Named(_) => None,
        };
        match read {
            Some(value) => value,
            None if trimmed.is_empty() && schema.nullable && !matches!(schema.shape, Shape::Any) => {
                Value::Null
            }
            None => Value::String(text.to_owned()),
        }
    }
}

/// A whole number; zeros and a plus may come first, which JSON does not have.
fn integer(text: &str) -> Option<Value> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|octet| octet.is_ascii_digit()) {
        return None;
    }
    let digits = digits.trim_start_matches('0');
    let digits = if digits.is_empty() { "0" } else { digits };
    let sign = if text.starts_with('-') && digits != "0" { "-" } else { "" };
    format!("{sign}{digits}").parse::<Number>().ok().map(Value::Number)
}

/// A number; what JSON would not write so is read as a float.
fn number(text: &str) -> Option<Value> {
    let is_digit = |character: char| character.is_ascii_digit() || "+-.eE".contains(character);
    if let Ok(number) = text.parse::<Number>() {
        return Some(Value::Number(number));
    }
    let float = text.parse::<f64>().ok().filter(|_| text.chars().all(is_digit))?;
    Number::from_f64(float).map(Value::Number)
}

/// Appends text as an element holds it. `false` where XML cannot hold it.
pub(super) fn escape(text: &str, out: &mut String) -> bool {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // A reader would make a line feed of it.
            '\r' => out.push_str("&#13;"),
            other => out.push(other),
        }
    }
    text.chars().all(is_char)
}

/// Appends text as an attribute holds it. `false` where XML cannot hold it.
pub(super) fn escape_attribute(text: &str, out: &mut String) -> bool {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '"' => out.push_str("&quot;"),
            // A reader would make spaces of them.
            '\t' => out.push_str("&#9;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            other => out.push(other),
        }
    }
    text.chars().all(is_char)
}

/// Appends a CDATA section. `false` where XML cannot hold it.
pub(super) fn cdata(text: &str, out: &mut String) -> bool {
    out.push_str("<![CDATA[");
    // The end of a section within one is divided among two.
    let text = text.replace("]]>", "]]]]><![CDATA[>");
    out.push_str(&text.replace('\r', "]]>&#13;<![CDATA["));
    out.push_str("]]>");
    text.chars().all(is_char)
}
