//! What an overlay says, checked.

use serde_json::{Map, Value};
use serde_json_path::JsonPath;
use specwright_diagnostics::{Code, Diagnostic, Diagnostics, Part, Place, Pointer};

use super::Overlay;
use crate::structure::near_miss;

/// A target longer or more nested than this is not a target; its parser is recursive.
const LONGEST_TARGET: usize = 4_096;
const DEEPEST_TARGET: usize = 32;

/// One action that can be applied.
pub(super) struct Action<'a> {
    /// Where it stands in the overlay.
    pub pointer: Pointer,
    pub target: JsonPath,
    pub change: Change<'a>,
}

/// What an action does to what its target selects.
pub(super) enum Change<'a> {
    Remove,
    Update(&'a Value),
}

/// The actions of an overlay, those left out that cannot be applied.
pub(super) fn actions<'a>(overlay: &Overlay<'a>, sink: &mut Diagnostics) -> Vec<Action<'a>> {
    let mut check = Check { file: overlay.file, sink };
    let root = Pointer::root();
    let Some(members) = overlay.root.as_object().filter(|members| members.contains_key("overlay")) else {
        check.say(Code::NotOverlay, "not an overlay: `overlay: 1.0.0` is missing", &root, Part::Key);
        return Vec::new();
    };
    if !check.version(members) {
        return Vec::new();
    }
    check.keys(members, &root, &["overlay", "info", "extends", "actions"]);
    check.info(members);
    check.text(members, &root, "extends", false);
    match members.get("actions") {
        Some(Value::Array(actions)) if !actions.is_empty() => {
            let pointer = root.child("actions");
            let each = actions.iter().enumerate();
            each.filter_map(|(index, action)| check.action(action, &pointer.index(index))).collect()
        }
        Some(_) => {
            let pointer = root.child("actions");
            check.say(
                Code::OverlayField,
                "`actions` must be a list of at least one action",
                &pointer,
                Part::Value,
            );
            Vec::new()
        }
        None => {
            check.say(Code::OverlayField, "`actions` is missing", &root, Part::Key);
            Vec::new()
        }
    }
}

struct Check<'a> {
    file: &'a str,
    sink: &'a mut Diagnostics,
}

impl Check<'_> {
    fn say(&mut self, code: Code, message: impl Into<String>, pointer: &Pointer, part: Part) {
        let place = Place::InFile { file: self.file.to_owned(), pointer: pointer.clone(), part };
        self.sink.push(Diagnostic::new(code, message, place, ""));
    }

    fn version(&mut self, members: &Map<String, Value>) -> bool {
        let version = members.get("overlay").and_then(Value::as_str).unwrap_or_default();
        let fits = version == "1.0" || version.strip_prefix("1.0.").is_some_and(|patch| !patch.is_empty());
        if !fits {
            let pointer = Pointer::root().child("overlay");
            self.say(Code::NotOverlay, "only Overlay 1.0 is supported", &pointer, Part::Value);
        }
        fits
    }

    fn keys(&mut self, members: &Map<String, Value>, pointer: &Pointer, known: &[&str]) {
        for key in members.keys().filter(|key| !known.contains(&key.as_str()) && !key.starts_with("x-")) {
            let message = format!("Overlay 1.0 does not know the key `{key}` here");
            let place =
                Place::InFile { file: self.file.to_owned(), pointer: pointer.child(key), part: Part::Key };
            let mut diagnostic = Diagnostic::new(Code::OverlayKey, message, place, "");
            if let Some(meant) = near_miss(key, known.iter().copied()) {
                diagnostic = diagnostic.with_help(format!("did you mean `{meant}`?"));
            }
            self.sink.push(diagnostic);
        }
    }

    fn info(&mut self, members: &Map<String, Value>) {
        let pointer = Pointer::root().child("info");
        match members.get("info") {
            Some(Value::Object(info)) => {
                self.keys(info, &pointer, &["title", "version"]);
                self.text(info, &pointer, "title", true);
                self.text(info, &pointer, "version", true);
            }
            Some(_) => self.say(Code::OverlayField, "`info` must be an object", &pointer, Part::Value),
            None => self.say(Code::OverlayField, "`info` is missing", &Pointer::root(), Part::Key),
        }
    }

    fn text<'v>(
        &mut self,
        members: &'v Map<String, Value>,
        pointer: &Pointer,
        key: &str,
        required: bool,
    ) -> Option<&'v str> {
        match members.get(key) {
            Some(Value::String(text)) => return Some(text),
            Some(_) => {
                let message = format!("`{key}` must be a string");
                self.say(Code::OverlayField, message, &pointer.child(key), Part::Value);
            }
            None if required => {
                self.say(Code::OverlayField, format!("`{key}` is missing"), pointer, Part::Key);
            }
            None => {}
        }
        None
    }

    fn action<'v>(&mut self, action: &'v Value, pointer: &Pointer) -> Option<Action<'v>> {
        let Some(members) = action.as_object() else {
            self.say(Code::OverlayField, "an action must be an object", pointer, Part::Value);
            return None;
        };
        self.keys(members, pointer, &["target", "description", "update", "remove"]);
        self.text(members, pointer, "description", false);
        let change = self.change(members, pointer);
        let text = self.text(members, pointer, "target", true)?;
        let target = self.target(text, &pointer.child("target"));
        Some(Action { pointer: pointer.clone(), target: target?, change: change? })
    }

    fn change<'v>(&mut self, members: &'v Map<String, Value>, pointer: &Pointer) -> Option<Change<'v>> {
        let remove = match members.get("remove") {
            Some(Value::Bool(remove)) => *remove,
            None => false,
            Some(_) => {
                let pointer = pointer.child("remove");
                self.say(Code::OverlayField, "`remove` must be `true` or `false`", &pointer, Part::Value);
                return None;
            }
        };
        match members.get("update") {
            Some(_) if remove => {
                let message = "`update` has no effect beside `remove: true`";
                self.say(Code::OverlayField, message, &pointer.child("update"), Part::Key);
                None
            }
            Some(update) => Some(Change::Update(update)),
            None if remove => Some(Change::Remove),
            None => {
                let message = "the action has neither `update` nor `remove: true`";
                self.say(Code::OverlayIdle, message, pointer, Part::Value);
                None
            }
        }
    }

    fn target(&mut self, text: &str, pointer: &Pointer) -> Option<JsonPath> {
        let nesting = text.bytes().filter(|byte| matches!(byte, b'(' | b'[')).count();
        if text.len() > LONGEST_TARGET || nesting > DEEPEST_TARGET {
            self.say(Code::OverlayTarget, "the target is too long", pointer, Part::Value);
            return None;
        }
        let path = JsonPath::parse(text).ok();
        if path.is_none() {
            let message = "the target is not a JSONPath (RFC 9535)";
            let place =
                Place::InFile { file: self.file.to_owned(), pointer: pointer.clone(), part: Part::Value };
            let help = "it begins with `$`; a name with other characters stands in brackets, as in \
                        `$.paths['/pets'].get`";
            self.sink.push(Diagnostic::new(Code::OverlayTarget, message, place, "").with_help(help));
        }
        path
    }
}
