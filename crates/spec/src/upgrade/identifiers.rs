//! `$id` and `$anchor`: references by name become references by pointer.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use specwright_diagnostics::Pointer;

/// Where what has a name of its own stands.
#[derive(Default)]
pub(super) struct Names {
    /// By `$id`, as it reads against the one around it.
    resources: BTreeMap<String, Pointer>,
    /// By the resource and `$anchor`.
    anchors: BTreeMap<(Pointer, String), Pointer>,
    /// By `$dynamicAnchor` and the resource.
    pub dynamic: BTreeMap<String, BTreeMap<Pointer, Vec<Pointer>>>,
}

/// Lets every `$ref` that names an `$id` or an `$anchor` of this document name a pointer.
pub(crate) fn resolve(root: &mut Value) {
    let mut names = Names::default();
    gather(root, &Pointer::root(), &Resource::default(), &mut names);
    if !names.resources.is_empty() || !names.anchors.is_empty() {
        let given = root.clone();
        rewrite(root, &Pointer::root(), &Resource::default(), &given, &names);
    }
}

/// The same of another file. In one that has no `$id`, and so is no resource that could be told from
/// others, a dynamic reference to the only anchor of its name is a reference like any other.
pub(crate) fn resolve_file(root: &mut Value) {
    if root.get("$id").is_none() {
        let mut names = Names::default();
        gather(root, &Pointer::root(), &Resource::default(), &mut names);
        names.fix(root);
    }
    resolve(root);
}

/// Where the value with an anchor stands.
pub(crate) fn anchor(root: &Value, name: &str) -> Option<Pointer> {
    let mut names = Names::default();
    gather(root, &Pointer::root(), &Resource::default(), &mut names);
    names.anchors.into_iter().find(|((_, anchor), _)| anchor == name).map(|(_, pointer)| pointer)
}

/// Where the value with an `$id` stands.
pub(crate) fn resource(root: &Value, uri: &str) -> Option<Pointer> {
    let mut names = Names::default();
    gather(root, &Pointer::root(), &Resource::default(), &mut names);
    names.resources.get(uri).cloned()
}

/// The nearest schema around a place that has an `$id`, or the document.
#[derive(Clone, Default)]
pub(super) struct Resource {
    uri: String,
    pointer: Pointer,
}

impl Resource {
    /// The resource that an object is, or lies in.
    pub fn within(&self, members: &Map<String, Value>, pointer: &Pointer) -> Self {
        match members.get("$id").and_then(Value::as_str) {
            Some(id) => Self { uri: joined(&self.uri, id), pointer: pointer.clone() },
            None => self.clone(),
        }
    }
}

/// A URI read against another, as far as documents use it: the last segment is replaced.
pub(crate) fn joined(base: &str, uri: &str) -> String {
    let uri = uri.trim_end_matches('#');
    if uri.contains(':') || base.is_empty() {
        return uri.to_owned();
    }
    let origin = base.find("://").and_then(|at| base[at + 3..].find('/').map(|slash| at + 3 + slash));
    let kept = match (uri.starts_with('/'), origin) {
        (true, Some(end)) => &base[..end],
        (true, None) => "",
        (false, _) => base.rfind('/').map_or("", |slash| &base[..=slash]),
    };
    format!("{kept}{uri}")
}

pub(super) fn gather(value: &Value, pointer: &Pointer, around: &Resource, names: &mut Names) {
    match value {
        Value::Object(members) => {
            let resource = around.within(members, pointer);
            if resource.pointer == *pointer && members.contains_key("$id") {
                names.resources.entry(resource.uri.clone()).or_insert_with(|| pointer.clone());
            }
            for key in ["$anchor", "$dynamicAnchor"] {
                if let Some(anchor) = members.get(key).and_then(Value::as_str) {
                    let key = (resource.pointer.clone(), anchor.to_owned());
                    names.anchors.entry(key).or_insert_with(|| pointer.clone());
                }
            }
            if let Some(anchor) = members.get("$dynamicAnchor").and_then(Value::as_str) {
                let anchors = names.dynamic.entry(anchor.to_owned()).or_default();
                anchors.entry(resource.pointer.clone()).or_default().push(pointer.clone());
            }
            for (key, value) in members {
                gather(value, &pointer.child(key), &resource, names);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                gather(item, &pointer.index(index), around, names);
            }
        }
        _ => {}
    }
}

fn rewrite(value: &mut Value, pointer: &Pointer, around: &Resource, root: &Value, names: &Names) {
    match value {
        Value::Object(members) => {
            let resource = around.within(members, pointer);
            if let Some(Value::String(target)) = members.get_mut("$ref")
                && let Some(found) = names.find(target, &resource, root)
            {
                *target = found.to_string().replace('%', "%25");
            }
            for (key, value) in members {
                rewrite(value, &pointer.child(key), &resource, root, names);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                rewrite(item, &pointer.index(index), around, root, names);
            }
        }
        _ => {}
    }
}

impl Names {
    /// Lets dynamic references that lead to the same place from everywhere be references like others.
    fn fix(&self, value: &mut Value) {
        match value {
            Value::Object(members) => {
                if let (Some(Value::String(target)), false) =
                    (members.get("$dynamicRef"), members.contains_key("$ref"))
                    && self.is_fixed(target)
                {
                    let target = members.remove("$dynamicRef").unwrap_or_default();
                    members.insert("$ref".to_owned(), target);
                }
                members.values_mut().for_each(|value| self.fix(value));
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.fix(item)),
            _ => {}
        }
    }

    fn is_fixed(&self, target: &str) -> bool {
        let anchor = target.rsplit_once('#').map_or("", |(_, anchor)| anchor);
        anchor.is_empty()
            || anchor.starts_with('/')
            || self.anchors.keys().filter(|(_, name)| name == anchor).count() == 1
    }

    /// Where a reference leads, if by pointer from the root it would not.
    pub fn find(&self, target: &str, here: &Resource, root: &Value) -> Option<Pointer> {
        let (uri, fragment) = target.split_once('#').unwrap_or((target, ""));
        let resource = if uri.is_empty() {
            here.pointer.clone()
        } else {
            self.resources.get(&joined(&here.uri, uri)).or_else(|| self.resources.get(uri))?.clone()
        };
        if fragment.is_empty() {
            return Some(resource).filter(|_| !uri.is_empty() || !here.uri.is_empty());
        }
        if !fragment.starts_with('/') {
            return self.anchors.get(&(resource, fragment.to_owned())).cloned();
        }
        let inner = crate::reference::local(&format!("#{fragment}"))?;
        let found = inner.moved(&Pointer::root(), &resource);
        // An `$id` is often a mere label, and references below it are meant from the document's root.
        (found != inner && root.pointer(found.as_str()).is_some()).then_some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::{joined, resolve};
    use serde_json::json;

    #[test]
    fn uris_are_read_against_one_another() {
        assert_eq!(joined("https://a.example/x/tree", "leaf"), "https://a.example/x/leaf");
        assert_eq!(joined("https://a.example/x/tree", "/leaf"), "https://a.example/leaf");
        assert_eq!(joined("https://a.example/x", "urn:b"), "urn:b");
        assert_eq!(joined("", "tree#"), "tree");
    }

    #[test]
    fn names_become_pointers() {
        let mut root = json!({
            "a": {"$id": "https://a.example/tree", "$anchor": "here", "$defs": {"b": {}}, "c": {"$ref": "#/$defs/b"}},
            "d": [{"$ref": "https://a.example/tree#here"}, {"$ref": "https://a.example/tree"}, {"$ref": "#/a"}]
        });
        resolve(&mut root);
        assert_eq!(root["a"]["c"]["$ref"], "#/a/$defs/b");
        assert_eq!(root["d"], json!([{"$ref": "#/a"}, {"$ref": "#/a"}, {"$ref": "#/a"}]));
    }
}
