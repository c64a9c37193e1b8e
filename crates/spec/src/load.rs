//! Bytes to a tree: YAML or JSON, one value, each key once.

mod json;
mod library;
mod tree;
mod yaml;

use std::path::Path;

use serde_json::Value;
use specwright_diagnostics::{Code, Diagnostic, Diagnostics, LineColumn, Place, Pointer};

pub use library::Library;
pub(crate) use library::Unread;

/// How deep values may nest, in every parser and after every overlay.
pub(crate) const MAX_DEPTH: usize = 100;

/// One file's text, under the name that the user knows it by.
#[derive(Clone, Debug)]
pub struct Source {
    /// As shown to the user, such as `spec/customer-service.yaml`.
    pub name: String,
    /// The whole text, without a byte order mark.
    pub text: String,
}

impl Source {
    /// A text that is at hand.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into() }
    }

    /// Reads a file. `None` when that fails; why is in the sink.
    pub fn read(path: &Path, name: impl Into<String>, sink: &mut Diagnostics) -> Option<Self> {
        let name = name.into();
        match std::fs::read(path) {
            Ok(bytes) => Self::from_bytes(name, bytes, sink),
            Err(error) => {
                sink.push(unreadable(&name, &error));
                None
            }
        }
    }

    /// Takes bytes as UTF-8. `None` when they are not; where is in the sink.
    pub fn from_bytes(name: impl Into<String>, bytes: Vec<u8>, sink: &mut Diagnostics) -> Option<Self> {
        let name = name.into();
        match String::from_utf8(bytes) {
            Ok(text) => {
                let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
                Some(Self { name, text })
            }
            Err(error) => {
                sink.push(not_utf8(&name, error.as_bytes(), error.utf8_error().valid_up_to()));
                sink.keep_text(name, String::from_utf8_lossy(error.as_bytes()));
                None
            }
        }
    }

    /// Which of the two notations the text is in: by the file's name, else by its first character.
    pub(crate) fn notation(&self) -> Notation {
        let extension = Path::new(&self.name).extension().and_then(|extension| extension.to_str());
        match extension.map(str::to_ascii_lowercase).as_deref() {
            Some("json") => Notation::Json,
            Some("yaml" | "yml") => Notation::Yaml,
            _ if self.text.trim_start().starts_with('{') => Notation::Json,
            _ => Notation::Yaml,
        }
    }
}

/// How a tree is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Notation {
    /// JSON (RFC 8259).
    Json,
    /// YAML 1.2.
    Yaml,
}

/// What was read, and whether keys stood twice (the first of each was kept).
pub(crate) struct Read {
    pub value: Value,
    pub duplicates: bool,
}

/// Reads a text as one value.
pub(crate) fn read(source: &Source) -> Result<Read, Box<Diagnostic>> {
    match source.notation() {
        Notation::Json => json::read(source),
        Notation::Yaml => yaml::read(source),
    }
}

/// More nesting than any parser or pass here is asked to go into.
pub(crate) fn too_deep(place: Place) -> Diagnostic {
    Diagnostic::new(Code::TooDeep, format!("values nest more than {MAX_DEPTH} deep"), place, "")
}

fn unreadable(name: &str, error: &std::io::Error) -> Diagnostic {
    Diagnostic::new(Code::FileUnreadable, format!("cannot read {name}: {error}"), Place::file(name), "")
}

fn not_utf8(name: &str, bytes: &[u8], offset: usize) -> Diagnostic {
    let before = String::from_utf8_lossy(bytes.get(..offset).unwrap_or_default());
    let position = LineColumn::of(&before, before.len());
    let place = Place::at(name, position.line, position.column);
    let diagnostic = Diagnostic::new(Code::NotUtf8, format!("{name} is not UTF-8"), place, "this byte");
    match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => diagnostic.with_note("it begins as UTF-16 does"),
        _ => diagnostic,
    }
}

/// Whether collections nest deeper than that; asked after each action of an overlay, so it keeps no path.
fn nests_beyond(value: &Value, left: usize) -> bool {
    let inside = |value: &Value| {
        (value.is_object() || value.is_array()) && (left == 0 || nests_beyond(value, left - 1))
    };
    match value {
        Value::Object(members) => members.values().any(inside),
        Value::Array(items) => items.iter().any(inside),
        _ => false,
    }
}

/// The first value that nests deeper than we go.
pub(crate) fn beyond_depth(root: &Value) -> Option<Pointer> {
    fn search(value: &Value, pointer: &mut Vec<String>) -> bool {
        if pointer.len() > MAX_DEPTH {
            return true;
        }
        match value {
            Value::Object(members) => members.iter().any(|(key, value)| inside(key.clone(), value, pointer)),
            Value::Array(items) => {
                items.iter().enumerate().any(|(index, value)| inside(index.to_string(), value, pointer))
            }
            _ => false,
        }
    }
    fn inside(token: String, value: &Value, pointer: &mut Vec<String>) -> bool {
        if !value.is_object() && !value.is_array() {
            return false;
        }
        pointer.push(token);
        let found = search(value, pointer);
        if !found {
            pointer.pop();
        }
        found
    }
    if !nests_beyond(root, MAX_DEPTH) {
        return None;
    }
    let mut tokens = Vec::new();
    search(root, &mut tokens)
        .then(|| tokens.iter().fold(Pointer::root(), |pointer, token| pointer.child(token)))
}
