//! Documents in several files: what other files hold is brought into the one tree.
//!
//! A reference to another file becomes one to a component, or the content itself where there are no
//! components of its kind. Where each value was written is recorded, so that what is said names the
//! file. Everything after this works on one tree and knows nothing of files.

mod diagnose;
mod home;
pub(crate) mod target;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use specwright_diagnostics::{Diagnostic, Diagnostics, Place, Pointer};

use crate::load::{self, Library, Unread};
use crate::locate::Files;
use crate::overlay::{Origin, Provenance};
use crate::structure::{Check, Reference};
use crate::version::Version;
use crate::{reference, upgrade};
use target::Target;

/// Brings what other files hold into the tree. What cannot be brought is in the sink; the references
/// to it are the answer.
pub(crate) fn bundle(
    root: &mut Value,
    version: Version,
    provenance: &mut Provenance,
    files: &mut Files,
    library: &Library,
    sink: &mut Diagnostics,
) -> BTreeSet<Pointer> {
    if !refers_elsewhere(root) {
        return BTreeSet::new();
    }
    let mut bundle = Bundle {
        root,
        version,
        provenance,
        files,
        library,
        sink,
        trees: BTreeMap::new(),
        homes: BTreeMap::new(),
        settled: BTreeSet::new(),
        inlined: BTreeSet::new(),
        astray: BTreeSet::new(),
    };
    // What is brought in has references of its own.
    while bundle.round(false) || bundle.round(true) {}
    if let Some(pointer) = load::beyond_depth(bundle.root) {
        bundle.sink.push(load::too_deep(Place::key(&pointer)));
    }
    bundle.astray
}

fn refers_elsewhere(value: &Value) -> bool {
    match value {
        Value::Object(members) => members.iter().any(|(key, value)| match (key.as_str(), value) {
            ("$ref", Value::String(text)) => !text.starts_with('#'),
            ("mapping", Value::Object(mapping)) => {
                let mut texts = mapping.values().filter_map(Value::as_str);
                texts.any(|text| target::is_reference(text) && !text.starts_with('#'))
            }
            (_, value) => refers_elsewhere(value),
        }),
        Value::Array(items) => items.iter().any(refers_elsewhere),
        _ => false,
    }
}

/// A value of a file.
type Address = (String, Pointer);

/// A file that was read.
struct Tree {
    /// Which of the document's files it is.
    index: usize,
    value: Value,
}

struct Bundle<'a> {
    root: &'a mut Value,
    version: Version,
    provenance: &'a mut Provenance,
    files: &'a mut Files,
    library: &'a Library,
    sink: &'a mut Diagnostics,
    /// By path from the root document's folder; `None` where a file cannot be read, which was said.
    trees: BTreeMap<String, Option<Tree>>,
    /// Where values of other files stand now.
    homes: BTreeMap<Address, Pointer>,
    /// References that are done with.
    settled: BTreeSet<Pointer>,
    /// What took the place of a reference, by the place.
    inlined: BTreeSet<(Pointer, Address)>,
    /// References that lead nowhere, of which it was said.
    astray: BTreeSet<Pointer>,
}

impl Bundle<'_> {
    /// Follows each reference of the tree once; whether there was one to follow. One with a scheme may
    /// be the name of what another brings in, so that it is followed when nothing else is left.
    fn round(&mut self, by_name: bool) -> bool {
        let mut references = self.references();
        // What is a component already keeps its name.
        references.sort_by_key(|reference| home::slot(self.version, &reference.pointer).is_none());
        let mut followed = false;
        for reference in references {
            if self.settled.contains(&reference.pointer) {
                continue;
            }
            let file = self.provenance.of(&reference.pointer).file;
            let from = self.key_of(file);
            if from == self.library.root() && reference.target.starts_with('#') {
                continue;
            }
            let target = self.library.target(&from, &reference.target);
            if self.is_name(&target) == by_name {
                self.settled.insert(reference.pointer.clone());
                self.follow(&reference, &from, target);
                followed = true;
            }
        }
        followed
    }

    /// Whether it is no file, so that it may only be the name that a schema gives itself.
    fn is_name(&self, target: &Target) -> bool {
        match target {
            Target::File { key, .. } => {
                key != self.library.root() && !matches!(self.library.get(key), Some(Ok(_)))
            }
            Target::Outside => false,
            Target::Remote => true,
        }
    }

    fn references(&self) -> Vec<Reference> {
        // What is wrong with the tree is said once it is whole.
        let mut unsaid = Diagnostics::new();
        let mut check = Check::new(self.root, self.version, &mut unsaid);
        check.document();
        reference::check(&mut check);
        std::mem::take(&mut check.references)
    }

    /// The path of a file of the document; an overlay's references are the root document's.
    fn key_of(&self, file: usize) -> String {
        let found = self.trees.iter().find(|(_, tree)| tree.as_ref().is_some_and(|tree| tree.index == file));
        found.map_or_else(|| self.library.root().to_owned(), |(key, _)| key.clone())
    }

    fn follow(&mut self, reference: &Reference, from: &str, target: Target) {
        if self.is_name(&target)
            && let Some((key, pointer)) = self.named(from, &reference.target)
        {
            return self.settle(reference, key, pointer);
        }
        let (key, fragment) = match target {
            Target::File { key, fragment } => (key, fragment),
            Target::Outside => return self.refuse(reference, diagnose::outside(self.root, reference)),
            Target::Remote => return self.refuse(reference, diagnose::remote(self.root, reference)),
        };
        if key == self.library.root() {
            if let Some(pointer) = self.pointer(reference, &key, &fragment) {
                self.rewrite(&reference.pointer, &pointer);
            }
            return;
        }
        if self.tree(reference, &key).is_none() {
            self.astray.insert(reference.pointer.clone());
            return;
        }
        if let Some(pointer) = self.pointer(reference, &key, &fragment) {
            self.settle(reference, key, pointer);
        }
    }

    /// What a fragment names in a file; `None`, and why in the sink, where it names nothing.
    fn pointer(&mut self, reference: &Reference, key: &str, fragment: &str) -> Option<Pointer> {
        let tree = match self.trees.get(key) {
            Some(Some(tree)) => &tree.value,
            _ => &*self.root,
        };
        let found = if fragment.is_empty() || fragment.starts_with('/') {
            reference::local(&format!("#{fragment}"))
        } else {
            upgrade::anchor(tree, fragment)
        };
        let diagnostic = match found {
            Some(pointer) if tree.pointer(pointer.as_str()).is_some() => return Some(pointer),
            // In the root document it is found by what checks its own references.
            Some(pointer) if key == self.library.root() => return Some(pointer),
            Some(pointer) => diagnose::dangling(self.root, reference, tree, key, &pointer),
            None => diagnose::no_pointer(self.root, reference),
        };
        self.refuse(reference, diagnostic);
        None
    }

    /// Says of a reference why it is not followed.
    fn refuse(&mut self, reference: &Reference, diagnostic: Diagnostic) {
        self.astray.insert(reference.pointer.clone());
        self.sink.push(diagnostic);
    }

    /// A file as a tree; `None`, and why in the sink, where it cannot be read.
    fn tree(&mut self, reference: &Reference, key: &str) -> Option<&Tree> {
        if !self.trees.contains_key(key) {
            let tree = self.read(reference, key);
            self.trees.insert(key.to_owned(), tree);
        }
        self.trees.get(key)?.as_ref()
    }

    fn read(&mut self, reference: &Reference, key: &str) -> Option<Tree> {
        let source = match self.library.get(key) {
            Some(Ok(source)) => source.clone(),
            Some(Err(Unread::Outside)) => {
                self.refuse(reference, diagnose::outside(self.root, reference));
                return None;
            }
            Some(Err(Unread::Failed(why))) => {
                self.refuse(reference, diagnose::unreadable(self.root, reference, why));
                return None;
            }
            None => {
                let why = "there is no folder to look in";
                self.refuse(reference, diagnose::unreadable(self.root, reference, why));
                return None;
            }
        };
        let index = self.files.add(source);
        let mut value = crate::document::tree(self.files, index, self.sink)?;
        if self.version >= Version::V3_1 {
            upgrade::resolve_file(&mut value);
        }
        Some(Tree { index, value })
    }

    /// What has this name by its `$id` in one of the files, read against that of the file it stands in.
    fn named(&self, from: &str, target: &str) -> Option<Address> {
        let (uri, fragment) = target.split_once('#').unwrap_or((target, ""));
        let here = self.trees.get(from).and_then(|tree| tree.as_ref()?.value.get("$id")?.as_str());
        let uri = &upgrade::joined(here.unwrap_or_default(), uri);
        let trees = self.trees.iter().filter_map(|(key, tree)| Some((key, &tree.as_ref()?.value)));
        for (key, tree) in trees {
            let Some(resource) = upgrade::resource(tree, uri) else { continue };
            let inner = reference::local(&format!("#{fragment}"))?;
            let pointer = inner.moved(&Pointer::root(), &resource);
            if tree.pointer(pointer.as_str()).is_some() {
                return Some((key.clone(), pointer));
            }
        }
        None
    }

    /// Lets a reference lead to where a value of another file stands, once that stands somewhere.
    fn settle(&mut self, reference: &Reference, key: String, pointer: Pointer) {
        let address = (key, pointer);
        if let Some(home) = self.homes.get(&address).cloned() {
            return self.rewrite(&reference.pointer, &home);
        }
        let is_bare = self
            .root
            .pointer(reference.pointer.as_str())
            .and_then(Value::as_object)
            .is_some_and(|members| members.len() == 1);
        let Some(section) = home::section(self.version, reference.expected) else {
            return self.replace(reference, &address);
        };
        let slot = home::slot(self.version, &reference.pointer);
        let home = if is_bare && slot.as_ref() == Some(&section) {
            reference.pointer.clone()
        } else {
            home::free(self.root, &section, &address)
        };
        self.homes.insert(address.clone(), home.clone());
        if home == reference.pointer {
            self.settled.remove(&home);
        } else {
            self.rewrite(&reference.pointer, &home);
        }
        self.bring(&home, &address, reference);
    }

    /// Puts a value of another file where a reference to it stands.
    fn replace(&mut self, reference: &Reference, address: &Address) {
        if self.inlined.insert((reference.pointer.clone(), address.clone())) {
            self.settled.remove(&reference.pointer);
            self.bring(&reference.pointer, address, reference);
        } else {
            self.refuse(reference, diagnose::circular(self.root, reference));
        }
    }

    /// Puts a value of another file somewhere. What stands beside a reference that it replaces stays,
    /// where the value has none of its own.
    fn bring(&mut self, home: &Pointer, address: &Address, reference: &Reference) {
        let Some(Some(tree)) = self.trees.get(&address.0) else { return };
        let Some(mut value) = tree.value.pointer(address.1.as_str()).cloned() else { return };
        if let (Some(members), true, true) =
            (value.as_object_mut(), address.1 == Pointer::root(), home::is_schema(reference.expected))
        {
            // Each that something refers to is brought in on its own.
            members.shift_remove("definitions");
        }
        let origin = Origin { file: tree.index, pointer: address.1.clone() };
        let beside = match self.root.pointer(home.as_str()).and_then(Value::as_object) {
            Some(members) => members.clone(),
            None => serde_json::Map::new(),
        };
        let was = self.provenance.of(home);
        self.provenance.record(home, origin);
        if let Some(members) = value.as_object_mut() {
            for (key, value) in beside.into_iter().filter(|(key, _)| key != "$ref") {
                if !members.contains_key(&key) {
                    self.provenance.record(&home.child(&key), was.child(&key));
                    members.insert(key, value);
                }
            }
        }
        home::put(self.root, home, value);
    }

    /// Lets a reference, or a value of a mapping, name a place of the tree.
    fn rewrite(&mut self, at: &Pointer, to: &Pointer) {
        let text = to.to_string().replace('%', "%25");
        match self.root.pointer_mut(at.as_str()) {
            Some(Value::Object(members)) => {
                members.insert("$ref".to_owned(), text.into());
            }
            Some(value) => *value = text.into(),
            None => {}
        }
    }
}
