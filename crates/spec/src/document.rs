//! The effective document: what the files say once overlays are applied.

use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde_json::Value;
use specwright_diagnostics::{Diagnostic, Diagnostics, Pointer, Sources};

use crate::load::{self, Library, Source};
use crate::locate::Files;
use crate::overlay::{self, Overlay, Provenance};
use crate::reference;
use crate::structure::{Check, canonical, root_kind};
use crate::upgrade::{self, Moves, Upgraded};
use crate::version::Version;
use crate::{bundle, typed, version};

/// A document that was read, amended, checked and brought to the form of OpenAPI 3.0.
#[derive(Clone, Debug)]
pub struct Document {
    version: Version,
    /// As its author wrote it, amended.
    authored: Value,
    /// As lowering reads it, where that is another tree.
    upgraded: Option<Upgraded>,
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
        Self::load_with(source, overlays, &Library::default(), sink)
    }

    /// The same for a document that refers to other files. Overlays amend the root document only.
    pub fn load_with(
        source: Source,
        overlays: Vec<Source>,
        library: &Library,
        sink: &mut Diagnostics,
    ) -> Option<Self> {
        let files = Files::new(std::iter::once(source).chain(overlays).collect());
        let mut found = Diagnostics::new();
        let (files, document) = read(files, library, &mut found);
        let files = Arc::new(files);
        sink.attach(files.clone());
        let failed = found.has_errors();
        sink.extend(found.into_vec());
        let Read { version, authored, upgraded } = document.filter(|_| !failed)?;
        Some(Self { version, authored, upgraded, files })
    }

    /// The effective tree in the form of OpenAPI 3.0, members in document order.
    pub fn root(&self) -> &Value {
        self.upgraded.as_ref().map_or(&self.authored, |upgraded| &upgraded.root)
    }

    /// Where the author wrote what stands at a place of [`Document::root`].
    pub fn authored(&self, pointer: &Pointer) -> Pointer {
        self.moves().map_or_else(|| pointer.clone(), |moves| moves.authored(pointer))
    }

    /// Whether the parts of a multipart body have styles.
    pub(crate) fn has_styled_parts(&self) -> bool {
        self.version != Version::V3_0
    }

    /// Whether `4.0` is of `type: integer`: the JSON Schema of OpenAPI 3.1 goes by the value, the one before
    /// by how it is written.
    pub(crate) fn has_zero_fractions(&self) -> bool {
        self.version >= Version::V3_1
    }

    /// The version, and the tree as it stands in the file.
    pub(crate) fn written(&self) -> (Version, Option<Value>) {
        (self.version, tree(&self.files, 0, &mut Diagnostics::new()))
    }

    /// What was found when the document was brought to the form of OpenAPI 3.0.
    pub(crate) fn found(&self) -> &[Diagnostic] {
        self.upgraded.as_ref().map_or(&[], |upgraded| &upgraded.found)
    }

    /// Where the values of [`Document::root`] stand in what the author wrote; `None` where they are.
    pub(crate) fn moves(&self) -> Option<&Moves> {
        self.upgraded.as_ref().map(|upgraded| &upgraded.moves)
    }

    /// The value that a pointer names, references not followed.
    pub fn get(&self, pointer: &Pointer) -> Option<&Value> {
        self.root().pointer(pointer.as_str())
    }

    /// The object that a pointer names as a type of `openapiv3`, such as `openapiv3::Info`.
    ///
    /// Made for objects without schemas; those are read from the tree.
    ///
    /// # Errors
    ///
    /// What stands there, or nothing, is no such object.
    pub fn typed<T: DeserializeOwned>(&self, pointer: &Pointer) -> Result<T, Box<Diagnostic>> {
        typed::read(self.get(pointer).unwrap_or(&Value::Null), pointer)
    }

    /// Follows `$ref` from a pointer until something else stands there.
    ///
    /// `None` only where the pointer itself names nothing: references were checked on loading.
    pub fn resolve(&self, pointer: &Pointer) -> Option<Resolved<'_>> {
        let (pointer, value) = reference::resolve(self.root(), pointer)?;
        Some(Resolved { pointer, value })
    }

    /// Where the places of this document are, through overlays.
    pub fn sources(&self) -> Arc<dyn Sources + Send + Sync> {
        self.files.clone()
    }

    /// The effective document as JSON, in the version that its author wrote: the fields of known objects in the specification's order, all
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
        canonical(self.version, root_kind(self.version), &self.authored)
    }
}

/// The gates, in order; each stops what could only repeat its findings.
fn read(mut files: Files, library: &Library, sink: &mut Diagnostics) -> (Files, Option<Read>) {
    let Some(mut root) = tree(&files, 0, sink) else { return (files, None) };
    let Some(version) = version::stated(&root, sink) else { return (files, None) };
    let mut provenance = Provenance::default();
    for index in files.overlays() {
        let Some(source) = files.source(index) else { break };
        if let Some(amendments) = tree(&files, index, sink) {
            let overlay = Overlay { root: &amendments, file: &source.name, index };
            if !overlay::apply(&mut root, &mut provenance, &overlay, sink) {
                return (files, None);
            }
        }
    }
    if version >= Version::V3_1 {
        upgrade::resolve_identifiers(&mut root);
    }
    let astray = bundle::bundle(&mut root, version, &mut provenance, &mut files, library, sink);
    if version >= Version::V3_1 {
        upgrade::resolve_dynamic(&mut root, &mut provenance);
    }
    let files = files.with_provenance(provenance);
    let mut found = Diagnostics::new();
    let mut check = Check::new(&root, version, &mut found);
    check.document();
    let opaque = reference::check(&mut check);
    // Of what could not be brought in, it was said already.
    let is_said = |found: &Diagnostic| {
        let at = found.primary.place.pointer();
        at.is_some_and(|at| astray.contains(at) || at.parent().is_some_and(|holder| astray.contains(&holder)))
    };
    sink.extend(found.into_vec().into_iter().filter(|found| !is_said(found)));
    // A tree that breaks its grammar is not rewritten: what would come of it is not known.
    let upgraded = if sink.has_errors() { None } else { upgrade::upgrade(version, &root, &opaque) };
    (files, Some(Read { version, authored: root, upgraded }))
}

/// A tree that passed the gates.
struct Read {
    version: Version,
    authored: Value,
    upgraded: Option<Upgraded>,
}

/// One file as a tree; keys that stand twice are reported and the first of each is kept.
pub(crate) fn tree(files: &Files, index: usize, sink: &mut Diagnostics) -> Option<Value> {
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
