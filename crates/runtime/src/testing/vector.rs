//! Vectors, as the generator writes them.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

/// The vectors of one tag's operations.
#[derive(Clone, Debug)]
pub struct Vectors(pub(super) Result<File, String>);

impl Vectors {
    /// Reads vectors; where that fails, each test says so.
    pub fn read(text: &str) -> Self {
        Self(serde_json::from_str(text).map_err(|error| format!("the vectors cannot be read: {error}")))
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub schemes: BTreeMap<String, Credential>,
    pub operations: BTreeMap<String, Operation>,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Credential {
    pub token: String,
    #[serde(flatten)]
    pub place: Place,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Place {
    Header(String, String),
    Query(String, String),
    Cookie(String, String),
    Connection,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Operation {
    pub id: String,
    pub method: String,
    pub unservable: Option<String>,
    #[serde(default)]
    pub security: Vec<Vec<String>>,
    #[serde(default)]
    pub styles: BTreeMap<String, String>,
    pub accepted: Vec<Request>,
    #[serde(default)]
    pub refused: Vec<Request>,
    pub answers: Vec<Answer>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Request {
    pub what: String,
    pub target: Option<String>,
    #[serde(default)]
    pub headers: BTreeMap<String, Option<String>>,
    pub body: Option<Body>,
    pub edit: Option<Edit>,
    pub violation: Option<Violation>,
    #[serde(default)]
    pub example: bool,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Edit {
    Set(String, Value),
    Repeat(String, String, usize),
    Remove(String),
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Violation {
    pub location: String,
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub pointer: String,
    pub constraint: String,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Body {
    #[serde(rename = "type")]
    pub media_type: String,
    #[serde(flatten)]
    pub content: Content,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Content {
    Json(Value),
    Form(String),
    Parts(Vec<Part>),
    Xml(String),
    Text(String),
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Part {
    pub name: String,
    pub file: Option<String>,
    #[serde(rename = "type")]
    pub media_type: Option<String>,
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    pub text: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Answer {
    pub what: String,
    pub status: u16,
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    pub body: Option<Body>,
    #[serde(default)]
    pub example: bool,
}
