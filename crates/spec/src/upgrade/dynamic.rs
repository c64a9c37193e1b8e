//! `$dynamicRef`: what leads to another schema for each way that leads there becomes a schema for each way.
//!
//! A dynamic reference leads to the `$dynamicAnchor` of the outermost resource that was entered on the way
//! to it. So what it leads to is known once the resources are that bind its anchor: a schema that is
//! reached with other [`Bindings`] than its own resource would give is copied for them, as a component.

use std::cell::RefCell;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use specwright_diagnostics::Pointer;

use super::identifiers::{Names, Resource, gather};
use crate::overlay::{Origin, Provenance};
use crate::reference;

/// Copies beyond these are refused, since no document is meant to have as many.
const MAX_COPIES: usize = 200;

/// What only names or annotates a schema; what else stands beside a `$ref` narrows it.
const ANNOTATIONS: [&str; 8] =
    ["$id", "$anchor", "$dynamicAnchor", "$defs", "$schema", "$comment", "title", "description"];

/// Members that hold values, or schemas that are reached by references only.
const VALUES: [&str; 6] = ["enum", "const", "default", "example", "examples", "mapping"];

/// Where each dynamic anchor is that matters.
type Bindings = BTreeMap<String, Pointer>;

/// Lets every dynamic reference be one to where it leads. One that is left has no such place.
pub(crate) fn resolve(root: &mut Value, provenance: &mut Provenance) {
    if !mentions(root) {
        return;
    }
    let mut names = Names::default();
    gather(root, &Pointer::root(), &Resource::default(), &mut names);
    let given = root.clone();
    let mut dynamic = Dynamic::new(&given);
    dynamic.find(&given, &Pointer::root(), &Resource::default(), &names);
    dynamic.wrappers();
    dynamic.rewrite(root, &Pointer::root(), None);
    while let Some(copy) = dynamic.pending.pop() {
        if dynamic.homes.len() > MAX_COPIES {
            // Those that are left are refused.
            *root = given;
            return;
        }
        dynamic.put(root, &copy, provenance);
    }
}

fn mentions(value: &Value) -> bool {
    match value {
        Value::Object(members) => members.contains_key("$dynamicRef") || members.values().any(mentions),
        Value::Array(items) => items.iter().any(mentions),
        _ => false,
    }
}

/// A schema that takes its place among the components, with what it is bound to.
struct Copy {
    home: Pointer,
    target: Pointer,
    bindings: Bindings,
}

struct Dynamic<'g> {
    given: &'g Value,
    /// The dynamic anchors, by name and resource.
    anchors: BTreeMap<String, BTreeMap<Pointer, Pointer>>,
    /// The dynamic references: the name that is bound, or where it leads from everywhere.
    sites: BTreeMap<Pointer, Site>,
    /// The names that a schema asks for, once that was looked up.
    needs: RefCell<BTreeMap<Pointer, BTreeSet<String>>>,
    homes: BTreeMap<(Pointer, Bindings), Pointer>,
    pending: Vec<Copy>,
}

enum Site {
    Bound(String),
    Fixed(Pointer),
}

impl<'g> Dynamic<'g> {
    fn new(given: &'g Value) -> Self {
        Self {
            given,
            anchors: BTreeMap::new(),
            sites: BTreeMap::new(),
            needs: RefCell::default(),
            homes: BTreeMap::new(),
            pending: Vec::new(),
        }
    }

    /// The dynamic references, and the anchors that they may lead to.
    fn find(&mut self, value: &Value, pointer: &Pointer, around: &Resource, names: &Names) {
        match value {
            Value::Object(members) => {
                let resource = around.within(members, pointer);
                if let (Some(Value::String(target)), false) =
                    (members.get("$dynamicRef"), members.contains_key("$ref"))
                    && let Some(found) =
                        names.find(target, &resource, self.given).or_else(|| reference::local(target))
                {
                    let name = target.rsplit_once('#').map_or("", |(_, anchor)| anchor);
                    let anchor = self.at(&found).and_then(|found| found.get("$dynamicAnchor")?.as_str());
                    match (anchor == Some(name), names.dynamic.get(name)) {
                        // Of two in one resource neither is meant more than the other.
                        (true, Some(anchors)) if anchors.iter().any(|(_, found)| found.len() > 1) => {}
                        (true, Some(anchors)) if anchors.len() > 1 => {
                            let first = |(resource, found): (&Pointer, &Vec<Pointer>)| {
                                Some((resource.clone(), found.first()?.clone()))
                            };
                            self.anchors.insert(name.to_owned(), anchors.iter().filter_map(first).collect());
                            self.sites.insert(pointer.clone(), Site::Bound(name.to_owned()));
                        }
                        _ => {
                            self.sites.insert(pointer.clone(), Site::Fixed(found));
                        }
                    }
                }
                for (key, value) in members {
                    self.find(value, &pointer.child(key), &resource, names);
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.find(item, &pointer.index(index), around, names);
                }
            }
            _ => {}
        }
    }

    fn at(&self, pointer: &Pointer) -> Option<&'g Value> {
        self.given.pointer(pointer.as_str())
    }

    /// The nearest schema around a place that has an `$id`, or the document.
    fn resource(&self, pointer: &Pointer) -> Pointer {
        let mut at = Some(pointer.clone());
        while let Some(pointer) = at {
            if self.at(&pointer).is_some_and(|value| value.get("$id").is_some_and(Value::is_string)) {
                return pointer;
            }
            at = pointer.parent();
        }
        Pointer::root()
    }

    /// What is bound once a resource is entered: what was bound before it stays.
    fn enter(&self, mut bindings: Bindings, resource: &Pointer) -> Bindings {
        for (name, anchors) in &self.anchors {
            if let Some(found) = anchors.get(resource) {
                bindings.entry(name.clone()).or_insert_with(|| found.clone());
            }
        }
        bindings
    }

    /// What a schema's own resource binds.
    fn own(&self, pointer: &Pointer) -> Bindings {
        self.enter(Bindings::new(), &self.resource(pointer))
    }

    /// The names that a schema asks for, itself or by what it leads to.
    fn needs(&self, target: &Pointer) -> BTreeSet<String> {
        if let Some(needs) = self.needs.borrow().get(target) {
            return needs.clone();
        }
        let (mut needs, mut seen) = (BTreeSet::new(), BTreeSet::from([target.clone()]));
        let mut pending = vec![target.clone()];
        while let Some(pointer) = pending.pop() {
            let mut led = Vec::new();
            if let Some(value) = self.at(&pointer) {
                self.leads(value, &pointer, &mut needs, &mut led);
            }
            pending.extend(led.into_iter().filter(|pointer| seen.insert(pointer.clone())));
        }
        self.needs.borrow_mut().insert(target.clone(), needs.clone());
        needs
    }

    fn leads(&self, value: &Value, pointer: &Pointer, needs: &mut BTreeSet<String>, led: &mut Vec<Pointer>) {
        match value {
            Value::Object(members) => {
                led.extend(members.get("$ref").and_then(Value::as_str).and_then(reference::local));
                match self.sites.get(pointer) {
                    Some(Site::Bound(name)) => {
                        needs.insert(name.clone());
                        led.extend(self.anchors.get(name).into_iter().flat_map(BTreeMap::values).cloned());
                    }
                    Some(Site::Fixed(found)) => led.push(found.clone()),
                    None => {}
                }
                for (key, value) in members {
                    if key != "$defs" && !VALUES.contains(&key.as_str()) {
                        self.leads(value, &pointer.child(key), needs, led);
                    }
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.leads(item, &pointer.index(index), needs, led);
                }
            }
            _ => {}
        }
    }

    /// Where a reference leads that is reached with these bindings: to the schema, and what is bound
    /// there, if that is not what its own resource binds.
    fn followed(&self, target: &Pointer, bindings: &Bindings) -> (Pointer, Option<Bindings>) {
        let (mut target, mut bindings) = (target.clone(), bindings.clone());
        for _ in 0..8 {
            bindings = self.enter(bindings, &self.resource(&target));
            let members = self.at(&target).and_then(Value::as_object);
            let is_name =
                |key: &String| ["$ref", "$anchor", "$dynamicAnchor", "$comment"].contains(&key.as_str());
            let next = members.filter(|members| members.keys().all(is_name));
            let next = next.and_then(|members| reference::local(members.get("$ref")?.as_str()?));
            match next {
                Some(next) => target = next,
                None => break,
            }
        }
        let needs = self.needs(&target);
        let mut own = self.own(&target);
        own.retain(|name, _| needs.contains(name));
        bindings.retain(|name, _| needs.contains(name));
        let differs = bindings != own;
        (target, differs.then_some(bindings))
    }

    /// Components that are but another schema with anchors of their own take the place of its copies.
    fn wrappers(&mut self) {
        let schemas = self.given.pointer("/components/schemas").and_then(Value::as_object);
        let section = Pointer::root().child("components").child("schemas");
        for (name, schema) in schemas.into_iter().flatten() {
            let home = section.child(name);
            let Some(members) = schema.as_object() else { continue };
            let Some(target) = members.get("$ref").and_then(Value::as_str).and_then(reference::local) else {
                continue;
            };
            let annotates =
                |key: &String| key == "$ref" || key.starts_with("x-") || ANNOTATIONS.contains(&key.as_str());
            if !members.keys().all(annotates) {
                continue;
            }
            let (target, bindings) = self.followed(&target, &self.own(&home));
            let Some(bindings) = bindings else { continue };
            if let Entry::Vacant(vacant) = self.homes.entry((target.clone(), bindings.clone())) {
                vacant.insert(home.clone());
                self.pending.push(Copy { home, target, bindings });
            }
        }
    }

    /// Where a reference leads in what is rewritten.
    fn lead(&mut self, target: &Pointer, bindings: &Bindings) -> Pointer {
        let (found, bindings) = self.followed(target, bindings);
        let Some(bindings) = bindings else {
            // An anchor that does nothing but lead on is no type of its own.
            let is_anchor = self.at(target).is_some_and(|schema| schema.get("$dynamicAnchor").is_some());
            return if is_anchor { found } else { target.clone() };
        };
        let address = (found, bindings);
        if let Some(home) = self.homes.get(&address) {
            return home.clone();
        }
        let home = self.free(&address);
        self.homes.insert(address.clone(), home.clone());
        let (target, bindings) = address;
        self.pending.push(Copy { home: home.clone(), target, bindings });
        home
    }

    /// A component that is not there yet, named by the schema that binds an anchor and the one that is copied.
    fn free(&self, (target, bindings): &(Pointer, Bindings)) -> Pointer {
        let name = |pointer: &Pointer| {
            let tokens: Vec<String> = pointer.tokens().collect();
            let name = match tokens.as_slice() {
                [components, schemas, name, ..] if components == "components" && schemas == "schemas" => name,
                [.., last] => last,
                [] => "",
            };
            name.replace(|character: char| !character.is_ascii_alphanumeric() && character != '-', "_")
        };
        let own = self.own(target);
        let by = bindings.iter().find(|(anchor, found)| own.get(*anchor) != Some(*found));
        let name = format!("{}_{}", by.map(|(_, found)| name(found)).unwrap_or_default(), name(target));
        let section = Pointer::root().child("components").child("schemas");
        let is_free =
            |home: &Pointer| self.at(home).is_none() && !self.homes.values().any(|taken| taken == home);
        let numbered = (2..=MAX_COPIES + 1).map(|number| section.child(format!("{name}_{number}")));
        let first = section.child(&name);
        std::iter::once(first.clone()).chain(numbered).find(is_free).unwrap_or(first)
    }

    /// Rewrites what stands at a place of the given document; outside of schemas nothing is bound yet.
    fn rewrite(&mut self, value: &mut Value, pointer: &Pointer, bindings: Option<&Bindings>) {
        match value {
            Value::Object(members) => {
                let is_resource = members.get("$id").is_some_and(Value::is_string);
                let bindings = match bindings {
                    Some(bindings) if is_resource => Some(self.enter(bindings.clone(), pointer)),
                    None if is_resource => Some(self.own(pointer)),
                    bindings => bindings.cloned(),
                };
                let target = members.get("$ref").and_then(Value::as_str).and_then(reference::local);
                let target = match self.sites.get(pointer) {
                    Some(Site::Fixed(found)) => Some(found.clone()),
                    Some(Site::Bound(name)) => {
                        let bound = bindings.clone().unwrap_or_else(|| self.own(pointer));
                        bound.get(name).cloned()
                    }
                    None => target.filter(|_| !self.anchors.is_empty()),
                };
                if let Some(target) = target {
                    let bound = bindings.clone().unwrap_or_else(|| self.own(pointer));
                    let found = self.lead(&target, &bound);
                    if found != target || members.shift_remove("$dynamicRef").is_some() {
                        members.insert("$ref".to_owned(), found.to_string().replace('%', "%25").into());
                    }
                    members.shift_remove("$dynamicRef");
                }
                for (key, value) in members {
                    if key == "$defs" {
                        self.rewrite(value, &pointer.child(key), None);
                    } else if !VALUES.contains(&key.as_str()) {
                        self.rewrite(value, &pointer.child(key), bindings.as_ref());
                    }
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter_mut().enumerate() {
                    self.rewrite(item, &pointer.index(index), bindings);
                }
            }
            _ => {}
        }
    }

    /// Puts a copy where it belongs. What a component says of itself there stays.
    fn put(&mut self, root: &mut Value, copy: &Copy, provenance: &mut Provenance) {
        let Some(Value::Object(mut members)) = self.at(&copy.target).cloned() else { return };
        for key in ["$id", "$anchor", "$dynamicAnchor", "$defs", "$schema"] {
            members.shift_remove(key);
        }
        let mut value = Value::Object(members);
        self.rewrite(&mut value, &copy.target, Some(&copy.bindings));
        let own = root.pointer(copy.home.as_str()).and_then(Value::as_object).cloned();
        if let (Some(own), Value::Object(members)) = (own, &mut value) {
            for key in members.keys().filter(|key| !own.contains_key(*key) || *key == "$ref") {
                provenance.record(&copy.home.child(key), provenance.of(&copy.target.child(key)));
            }
            members.extend(own.into_iter().filter(|(key, _)| key != "$ref"));
        } else {
            let origin: Origin = provenance.of(&copy.target);
            provenance.record(&copy.home, origin);
        }
        let Some(section) = copy.home.parent() else { return };
        if let Some(Value::Object(schemas)) = root.pointer_mut(section.as_str()) {
            schemas.insert(copy.home.last().unwrap_or_default(), value);
        }
    }
}
