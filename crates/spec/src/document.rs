//! The effective document: what the files say once overlays are applied.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value;
use specwright_diagnostics::{Code, Diagnostic, Diagnostics, Place, Pointer, Sources};

use crate::load::{self, Source};
use crate::locate::Files;
use crate::overlay::{self, Overlay, Provenance};
use crate::reference;
use crate::structure::{Check, canonical, kind_at};
use crate::version;

/// A document that was read, amended and checked.
#[derive(Clone, Debug)]
pub struct Document {
    root: Value,
    typed: openapiv3::OpenAPI,
    files: Arc<Files>,
}

/// What a pointer leads to once references are followed.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolved<'a> {
    /// Where the value itself stands.
    pub pointer: Pointer,
    /// The value; never a Reference Object.
    pub value: &'a Value,
}

impl Document {
    /// Reads a document, applies overlays in order, and checks version, structure and references.
    ///
    /// Everything found is in the sink, and so are the positions of what was found. `None` when
    /// something stops the run: then the sink has errors.
    pub fn load(source: Source, overlays: Vec<Source>, sink: &mut Diagnostics) -> Option<Self> {
        let files = Files::new(std::iter::once(source).chain(overlays).collect());
        let mut found = Diagnostics::new();
        let (files, document) = read(files, &mut found);
        let files = Arc::new(files);
        sink.attach(files.clone());
        let failed = found.has_errors();
        sink.extend(found.into_vec());
        let (root, typed) = document.filter(|_| !failed)?;
        Some(Self { root, typed, files })
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
        let (pointer, value) = reference::resolve(&self.root, pointer)?;
        Some(Resolved { pointer, value })
    }

    /// Where the places of this document are, through overlays.
    pub fn sources(&self) -> Arc<dyn Sources + Send + Sync> {
        self.files.clone()
    }

    /// The effective document as JSON: the fields of known objects in the specification's order, all
    /// else in document order.
    pub fn to_canonical_json(&self) -> String {
        // Invariant: a tree of strings and finite numbers has a JSON form.
        let mut text = serde_json::to_string_pretty(&self.canonical()).unwrap_or_default();
        text.push('\n');
        text
    }

    /// The effective document as YAML, in the same order.
    pub fn to_canonical_yaml(&self) -> String {
        serde_yaml::to_string(&self.canonical()).unwrap_or_default()
    }

    fn canonical(&self) -> Value {
        canonical(kind_at(&Pointer::root()), &self.root)
    }
}

/// The gates, in order; each stops what could only repeat its findings.
fn read(files: Files, sink: &mut Diagnostics) -> (Files, Option<(Value, openapiv3::OpenAPI)>) {
    let Some(mut root) = tree(&files, 0, sink) else { return (files, None) };
    if !version::supported(&root, sink) {
        return (files, None);
    }
    let mut provenance = Provenance::default();
    let mut index = 1;
    while let Some(source) = files.source(index) {
        if let Some(amendments) = tree(&files, index, sink) {
            let overlay = Overlay { root: &amendments, file: &source.name, index };
            if !overlay::apply(&mut root, &mut provenance, &overlay, sink) {
                return (files, None);
            }
        }
        index += 1;
    }
    let files = files.with_provenance(provenance);
    let mut check = Check::new(&root, sink);
    check.document();
    reference::check(&mut check);
    let typed = if sink.has_errors() { None } else { typed(&root, sink) };
    (files, typed.map(|typed| (root, typed)))
}

/// One file as a tree; keys that stand twice are reported and the first of each is kept.
fn tree(files: &Files, index: usize, sink: &mut Diagnostics) -> Option<Value> {
    let source = files.source(index)?;
    let read = load::read(source).map_err(|diagnostic| sink.push(*diagnostic)).ok()?;
    if let Some(pointer) = load::beyond_depth(&read.value) {
        sink.push(load::too_deep(files.place(index, &pointer)));
        return None;
    }
    if read.duplicates {
        sink.extend(files.duplicate_keys(index));
    }
    Some(read.value)
}

/// Stack for the typed view: `openapiv3` reads schemas by buffering them, in very large frames.
const STACK: usize = 256 << 20;

fn typed(root: &Value, sink: &mut Diagnostics) -> Option<openapiv3::OpenAPI> {
    let read = || openapiv3::OpenAPI::deserialize(root).map_err(|_| Box::new(unreadable(root)));
    let outcome = std::thread::scope(|scope| {
        let reader = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, read);
        reader.ok().and_then(|reader| reader.join().ok())
    });
    match outcome {
        Some(Ok(typed)) => Some(typed),
        Some(Err(diagnostic)) => {
            sink.push(*diagnostic);
            None
        }
        None => {
            let place = Place::key(&Pointer::root());
            sink.push(Diagnostic::new(
                Code::Unreadable,
                "there is no memory to read the document",
                place,
                "",
            ));
            None
        }
    }
}

/// Reads once more to say where it fails, as near as can be told.
fn unreadable(root: &Value) -> Diagnostic {
    let read: Result<openapiv3::OpenAPI, _> = serde_path_to_error::deserialize(root);
    let (path, message) = match &read {
        Ok(_) => (None, String::new()),
        Err(error) => (Some(error.path()), error.inner().to_string()),
    };
    let segments = path.into_iter().flat_map(|path| path.iter());
    let pointer = segments.fold(Pointer::root(), |pointer, segment| match segment {
        serde_path_to_error::Segment::Seq { index } => pointer.index(*index),
        serde_path_to_error::Segment::Map { key } => pointer.child(key),
        _ => pointer,
    });
    let message = format!("this cannot be represented: {message}");
    Diagnostic::new(Code::Unreadable, message, Place::value(&pointer), "")
}
