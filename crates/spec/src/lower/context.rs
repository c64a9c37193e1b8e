//! What lowering carries along: the document, what was found, and the types so far.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use specwright_diagnostics::{Code, Diagnostic, Diagnostics, Pointer};
use specwright_ir::{
    Alias, Docs, Extensions, LinkTarget, Name, Schema, Shape, Type, TypeId, TypeKind, Usage,
};

use crate::Document;
use crate::lower::facts::Facts;
use crate::lower::family::{Heirs, heirs};
use crate::lower::{Cursor, Place};
use crate::settings::Settings;

/// The state of lowering one document.
pub(crate) struct Lowering<'a, 's> {
    pub(super) document: &'a Document,
    pub(super) settings: &'a Settings,
    sink: &'s mut Diagnostics,
    said: BTreeSet<(Code, Pointer, String)>,
    types: Vec<Type>,
    places: Vec<Place>,
    ids: BTreeMap<Pointer, TypeId>,
    /// Types merged from several schemas, by where those stand.
    merged: BTreeMap<Vec<Pointer>, TypeId>,
    /// How many merges are under way.
    pub(super) merging: usize,
    /// The schemas in use that are being lowered, one inside of the other.
    pub(super) within: Vec<(Pointer, Place)>,
    queue: VecDeque<(TypeId, Pointer)>,
    reached: BTreeSet<Pointer>,
    pub(super) retyped: BTreeSet<String>,
    /// Schemas with `readOnly` or `writeOnly`, and whether they are those of a property.
    access: BTreeMap<Pointer, bool>,
    /// Where links say which operation follows, and what they say.
    pub(super) link_targets: BTreeMap<Pointer, LinkTarget>,
    pub(super) heirs: Heirs<'a>,
}

impl<'a, 's> Lowering<'a, 's> {
    pub(super) fn new(document: &'a Document, settings: &'a Settings, sink: &'s mut Diagnostics) -> Self {
        Self {
            document,
            settings,
            sink,
            said: BTreeSet::new(),
            types: Vec::new(),
            places: Vec::new(),
            ids: BTreeMap::new(),
            merged: BTreeMap::new(),
            merging: 0,
            within: Vec::new(),
            queue: VecDeque::new(),
            reached: BTreeSet::new(),
            retyped: BTreeSet::new(),
            access: BTreeMap::new(),
            link_targets: BTreeMap::new(),
            heirs: heirs(&Cursor::new(document.root(), Pointer::root())),
        }
    }

    /// Says something, once: a schema that is merged into three others is read four times.
    pub(super) fn say(&mut self, diagnostic: Diagnostic) {
        let pointer = diagnostic.primary.place.pointer().cloned().unwrap_or_default();
        if self.said.insert((diagnostic.code, pointer, diagnostic.message.clone())) {
            self.sink.push(diagnostic);
        }
    }

    /// Follows references.
    pub(super) fn follow(&mut self, cursor: &Cursor<'a>) -> Cursor<'a> {
        if cursor.reference().is_none() {
            return cursor.clone();
        }
        // Invariant: references were checked on loading, so that each leads somewhere.
        match self.document.resolve(&cursor.pointer) {
            Some(resolved) => {
                self.reached.insert(resolved.pointer.clone());
                Cursor::new(resolved.value, resolved.pointer)
            }
            None => cursor.clone(),
        }
    }

    /// What one reference names, the target's own references not followed.
    pub(super) fn target(&mut self, reference: &str) -> Option<Cursor<'a>> {
        let pointer = Pointer::parse(reference)?;
        self.reached.insert(pointer.clone());
        Some(Cursor::new(self.document.get(&pointer)?, pointer))
    }

    /// Reserves an id for every component schema, then defines each.
    pub(super) fn component_schemas(&mut self, root: &Cursor<'a>) {
        let schemas =
            root.get("components").map(|components| components.members_of("schemas")).unwrap_or_default();
        for (name, schema) in &schemas {
            self.reserve(name, schema.pointer.clone(), Place::component(name));
        }
        for (_, schema) in &schemas {
            let id = self.ids[&schema.pointer];
            self.define(id, schema);
        }
    }

    /// The id of the type at a pointer, a new one if nothing asked for it yet.
    pub(super) fn reserve(&mut self, wire: &str, pointer: Pointer, place: Place) -> (TypeId, bool) {
        if let Some(id) = self.ids.get(&pointer) {
            return (*id, false);
        }
        let id = TypeId(self.types.len());
        self.types.push(undefined(wire, &pointer));
        self.places.push(place);
        self.ids.insert(pointer, id);
        (id, true)
    }

    /// The id of the type at a pointer, if something asked for it.
    pub(super) fn known(&self, pointer: &Pointer) -> Option<TypeId> {
        self.ids.get(pointer).copied()
    }

    /// The id of the type that several schemas make together.
    pub(super) fn reserve_merged(&mut self, facts: &Facts<'a>, place: Place) -> (TypeId, bool) {
        let leaves = facts.leaves.iter().map(|leaf| leaf.pointer.clone());
        let leaves: Vec<Pointer> = leaves
            .chain(facts.choices.iter().map(|choice| choice.site.pointer.child(choice.keyword)))
            .collect();
        // Neither is a variant, whose union holds some of the rules, nor what a list elsewhere narrows, the same.
        let mut leaves = leaves;
        leaves.extend(facts.listed.iter().map(|list| list.pointer.clone()));
        if facts.ruled > 0 && facts.leaves[..facts.ruled.min(facts.leaves.len())].iter().any(has_rules) {
            leaves.push(Pointer::root());
        }
        if let Some(id) = self.merged.get(&leaves) {
            return (*id, false);
        }
        let id = TypeId(self.types.len());
        self.types.push(undefined(&facts.origin.last().unwrap_or_default(), &facts.origin));
        self.places.push(place);
        self.merged.insert(leaves, id);
        (id, true)
    }

    /// The id of the type that a reference names. Anything but a component is defined later, so that
    /// following references never recurses.
    pub(super) fn referenced(&mut self, target: &Cursor<'a>, user: &Place) -> TypeId {
        let place = Place::inline(format!("{}/schema", target.pointer), user.ladder.clone());
        let wire = target.pointer.last().unwrap_or_default();
        let (id, new) = self.reserve(&wire, target.pointer.clone(), place);
        if new {
            self.queue.push_back((id, target.pointer.clone()));
        }
        id
    }

    /// Where a component response stands among its siblings.
    pub(super) fn response_index(&self, name: &str) -> Option<usize> {
        let components = self.document.root().get("components")?;
        components.get("responses")?.as_object()?.keys().position(|key| key == name)
    }

    /// Where a type stands in the document.
    pub(super) fn origin(&self, id: TypeId) -> &Pointer {
        &self.types[id.0].name.origin
    }

    pub(super) fn place(&self, id: TypeId) -> Place {
        self.places[id.0].clone()
    }

    pub(super) fn type_of(&self, id: TypeId) -> &Type {
        &self.types[id.0]
    }

    pub(super) fn type_mut(&mut self, id: TypeId) -> &mut Type {
        &mut self.types[id.0]
    }

    /// Defines what references asked for, and hands over the types with their places.
    pub(super) fn finish(mut self) -> (Vec<Type>, Vec<Place>) {
        while let Some((id, pointer)) = self.queue.pop_front() {
            if let Some(value) = self.document.get(&pointer) {
                self.define(id, &Cursor::new(value, pointer));
            }
        }
        self.unused_types();
        self.misplaced_access();
        (self.types, self.places)
    }

    /// Remembers a schema that exists in one direction only, where it is a property's.
    pub(super) fn has_access(&mut self, schema: &Cursor<'a>) {
        // Beside a reference nothing is read, which is said already.
        let is_meant = schema.reference().is_none();
        if is_meant && (schema.flag("readOnly") || schema.flag("writeOnly")) {
            self.access.entry(schema.pointer.clone()).or_insert(false);
        }
    }

    /// That such a schema is a property's.
    pub(super) fn is_of_property(&mut self, schema: &Cursor<'a>) {
        self.access.insert(schema.pointer.clone(), true);
    }

    /// Says which of them are the schemas of no property.
    fn misplaced_access(&mut self) {
        let access = std::mem::take(&mut self.access);
        for (pointer, _) in access.into_iter().filter(|(_, is_of_property)| !is_of_property) {
            let Some(value) = self.document.get(&pointer) else { continue };
            let schema = Cursor::new(value, pointer);
            let keyword = if schema.flag("readOnly") { "readOnly" } else { "writeOnly" };
            self.say(
                Diagnostic::new(
                    Code::MisplacedAccess,
                    format!("`{keyword}` means nothing here: it is about properties of objects"),
                    schema.key(keyword),
                    "left out",
                )
                .with_note("a schema that a property refers to, or is made of, may have it as well"),
            );
        }
    }

    /// Says which components nothing refers to, where that means they are not carried.
    pub(super) fn unused_components(&mut self, root: &Cursor<'a>) {
        let Some(components) = root.get("components") else { return };
        for section in ["parameters", "requestBodies", "headers", "examples", "links", "callbacks"] {
            for (_, component) in components.members_of(section) {
                if !self.reached.contains(&component.pointer) {
                    self.not_carried(&component, "nothing refers to this component");
                }
            }
        }
    }
}

fn has_rules(leaf: &Cursor<'_>) -> bool {
    super::rules::RULES.iter().any(|key| leaf.has(key))
}

fn undefined(wire: &str, pointer: &Pointer) -> Type {
    let schema = Schema::new(Shape::Any, pointer.clone());
    Type {
        name: Name::unallocated(wire, pointer.clone()),
        docs: Docs::default(),
        deprecated: false,
        usage: Usage::default(),
        view: None,
        kind: TypeKind::Alias(Alias { schema, newtype: false }),
        rules: Vec::new(),
        examples: Vec::new(),
        extensions: Extensions::new(),
    }
}
