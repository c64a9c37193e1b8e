//! What a test reads: requests and responses as they stand on the wire.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

/// The vectors of one tag's operations.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Vectors {
    /// A credential for each scheme, by the scheme's name.
    pub schemes: BTreeMap<String, Credential>,
    /// The operations, by the name of the test.
    pub operations: BTreeMap<String, Operation>,
}

/// A credential of a scheme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Credential {
    /// The token, the key, or both user and password.
    pub token: String,
    /// Where it stands in a request.
    #[serde(flatten)]
    pub place: CredentialPlace,
}

/// Where a credential stands in a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CredentialPlace {
    /// A header's name and value.
    Header(String, String),
    /// A query parameter's name and value.
    Query(String, String),
    /// A cookie's name and value.
    Cookie(String, String),
    /// The connection itself.
    Connection,
}

/// The vectors of one operation.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Operation {
    /// Its name on the wire.
    pub id: String,
    /// The HTTP method.
    pub method: String,
    /// Why no request can reach it, if that is so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unservable: Option<String>,
    /// The alternatives of its `security`: names of schemes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub security: Vec<Vec<String>>,
    /// The styles of query parameters whose separators cannot be told from what they separate, as the
    /// runtime calls them.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub styles: BTreeMap<String, &'static str>,
    /// Legal requests. The first is the one that others differ from, and that is answered.
    pub accepted: Vec<Request>,
    /// Requests that break one constraint.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub refused: Vec<Request>,
    /// Its answers.
    pub answers: Vec<Answer>,
    /// What is not tested, and why.
    #[serde(skip)]
    pub untested: Vec<String>,
}

/// A request. What it does not say is as in the first.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Request {
    /// What is special about it.
    pub what: String,
    /// Path and query.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// Headers by name; `null` where there is to be none. The length of a body is not said: it is measured.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, Option<String>>,
    /// The body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Body>,
    /// A change of the first request's JSON: a pointer, and the new value, if any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edit: Option<Edit>,
    /// The violation that it is refused for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub violation: Option<Violation>,
    /// Whether it is an example of the document's, of which no more is known than that it fits.
    #[serde(skip_serializing_if = "is_false")]
    pub example: bool,
}

/// A change of a JSON value.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Edit {
    /// The value at a pointer is this one.
    Set(String, Value),
    /// The value at a pointer is this text over and over again, of so many characters.
    Repeat(String, String, usize),
    /// There is nothing at a pointer.
    Remove(String),
}

impl Edit {
    /// The value at a pointer is this one; a long text is said in few words.
    pub(crate) fn set(at: String, value: Value) -> Self {
        /// A text of fewer characters says itself best.
        const LONG: usize = 40;
        let text = value.as_str().filter(|text| text.chars().count() > LONG);
        let unit = text.and_then(|text| {
            let characters: Vec<char> = text.chars().collect();
            let repeats = |length: &usize| {
                characters.iter().zip(&characters[*length..]).all(|(one, other)| one == other)
            };
            (1..=8).find(repeats).map(|length| (characters[..length].iter().collect(), characters.len()))
        });
        match unit {
            Some((unit, length)) => Self::Repeat(at, unit, length),
            None => Self::Set(at, value),
        }
    }
}

/// What a rejection has to name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Violation {
    /// The part of the request.
    pub location: &'static str,
    /// The parameter's name; empty for the body.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Where it is inside of the parameter or body.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub pointer: String,
    /// The constraint.
    pub constraint: &'static str,
}

/// A body.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Body {
    /// Its media type.
    #[serde(rename = "type")]
    pub media_type: String,
    /// What it holds.
    #[serde(flatten)]
    pub content: Content,
}

/// What a body holds.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Content {
    /// JSON.
    Json(Value),
    /// Pairs of names and values, percent-encoded.
    Form(String),
    /// Parts.
    Parts(Vec<Part>),
    /// XML.
    Xml(String),
    /// Text, or octets that are text.
    Text(String),
}

/// A part of a multipart body.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// The name of its file, if it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Its media type.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// Its other headers by name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
    /// What it holds.
    pub text: String,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// What is special about it.
    pub what: String,
    /// The status.
    pub status: u16,
    /// Headers by name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
    /// The body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Body>,
    /// Whether it is an example of the document's.
    #[serde(skip_serializing_if = "is_false")]
    pub example: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
fn is_false(flag: &bool) -> bool {
    !*flag
}

impl Vectors {
    /// The vectors as JSON, a line for each request and answer.
    pub fn to_text(&self) -> String {
        let value = serde_json::to_value(self).unwrap_or_default();
        let mut text = String::new();
        write(&value, 0, &mut text);
        text.push('\n');
        text
    }
}

/// Values inside of so many others stand on one line.
const LINES: usize = 4;

fn write(value: &Value, depth: usize, text: &mut String) {
    let mut lines = |open: char, close: char, lines: &mut dyn Iterator<Item = (String, &Value)>| {
        text.push(open);
        let mut is_first = true;
        for (name, value) in lines {
            text.push_str(if is_first { "\n" } else { ",\n" });
            is_first = false;
            text.push_str(&"  ".repeat(depth + 1));
            text.push_str(&name);
            write(value, depth + 1, text);
        }
        text.push('\n');
        text.push_str(&"  ".repeat(depth));
        text.push(close);
    };
    match value {
        Value::Object(members) if depth < LINES && !members.is_empty() => {
            let mut members =
                members.iter().map(|(name, value)| (format!("{}: ", Value::from(name.as_str())), value));
            lines('{', '}', &mut members);
        }
        Value::Array(items) if depth < LINES && !items.is_empty() => {
            lines('[', ']', &mut items.iter().map(|item| (String::new(), item)));
        }
        value => text.push_str(&value.to_string()),
    }
}
