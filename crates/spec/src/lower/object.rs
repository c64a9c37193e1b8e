//! Objects with named properties.

use std::collections::VecDeque;

use foldhash::HashSet;
use indexmap::{IndexMap, IndexSet};
use serde_json::Value;
use specwright_diagnostics::{Code, Pointer};
use specwright_ir::{Access, Additional, Docs, Field, Name, Schema, Shape, Struct};

use super::annotations::{docs, extensions, is_deprecated, said};
use super::context::Lowering;
use super::facts::Facts;
use super::rules::Patterned;
use super::{Cursor, Place};

impl<'a> Lowering<'a, '_> {
    pub(super) fn object(&mut self, facts: &Facts<'a>, place: &Place) -> Struct {
        let mut properties: IndexMap<&'a str, Vec<Cursor<'a>>> = IndexMap::new();
        for cursor in facts.all("properties") {
            for (wire, property) in cursor.members() {
                properties.entry(wire).or_default().push(property);
            }
        }
        let mut required = IndexSet::new();
        for list in facts.leaves.iter().flat_map(|leaf| leaf.items_of("required")) {
            if let Some(wire) = list.value.as_str() {
                if !properties.contains_key(wire) {
                    self.undeclared_property(&list, wire);
                }
                required.insert((wire, list.pointer));
            }
        }
        let is_required = |name: &str| required.iter().any(|(wire, _)| *wire == name);
        let mut fields: Vec<Field> = properties
            .iter()
            .map(|(wire, declared)| self.field(wire, declared, is_required(wire), place))
            .collect();
        for (wire, origin) in &required {
            if !fields.iter().any(|field| field.name.wire == *wire) {
                fields.push(free_field(Name::unallocated(*wire, origin.clone())));
            }
        }
        // A member that only a choice asks for is there to be read as well.
        for wire in facts.groups.iter().flat_map(|groups| &groups.groups).flatten() {
            if !fields.iter().any(|field| field.name.wire == *wire) {
                let field = free_field(Name::unallocated(wire, facts.origin.clone()));
                fields.push(Field { required: false, ..field });
            }
        }
        let additional = self.additional(facts, place);
        let mut conditional = Vec::new();
        if additional == Additional::Ignored {
            for (wire, (origin, access)) in self.conditional_members(facts) {
                if !fields.iter().any(|field| field.name.wire == wire) {
                    let field = free_field(Name::unallocated(wire, origin));
                    fields.push(Field { required: false, access, ..field });
                    conditional.push(wire.to_owned());
                }
            }
        }
        let (min_properties, max_properties) = self.counts(facts, "minProperties", "maxProperties");
        Struct {
            fields,
            ignored: Vec::new(),
            conditional,
            additional,
            min_properties,
            max_properties,
            groups: facts.groups.clone(),
        }
    }

    /// Members that only schemas under a condition speak of. What they are depends on it, so that rules
    /// say it and no type does.
    fn conditional_members(&mut self, facts: &Facts<'a>) -> IndexMap<&'a str, (Pointer, Access)> {
        let mut found = IndexMap::new();
        let mut add = |wire: &'a str, at: &Pointer, access: Access| {
            let (_, known) = found.entry(wire).or_insert_with(|| (at.clone(), access));
            if *known == Access::ReadWrite {
                *known = access;
            }
        };
        let mut schemas: VecDeque<(Cursor<'a>, bool)> =
            facts.leaves.iter().map(|leaf| (leaf.clone(), false)).collect();
        let mut met = HashSet::default();
        while let Some((schema, is_conditional)) = schemas.pop_front() {
            let schema = self.follow(&schema);
            if !met.insert(schema.pointer.clone()) {
                continue;
            }
            for (name, names) in schema.members_of("dependentRequired") {
                add(name, &names.pointer, Access::ReadWrite);
                for other in names.value.as_array().into_iter().flatten().filter_map(Value::as_str) {
                    add(other, &names.pointer, Access::ReadWrite);
                }
            }
            for (name, dependent) in schema.members_of("dependentSchemas") {
                add(name, &dependent.pointer, Access::ReadWrite);
                schemas.push_back((dependent, true));
            }
            schemas.extend(["if", "then", "else"].iter().filter_map(|key| Some((schema.get(key)?, true))));
            if !is_conditional {
                continue;
            }
            for (name, property) in schema.members_of("properties") {
                add(name, &property.pointer, self.access(std::slice::from_ref(&property)));
            }
            for name in schema.items_of("required") {
                if let Some(wire) = name.value.as_str() {
                    add(wire, &name.pointer, Access::ReadWrite);
                }
            }
            for key in ["allOf", "anyOf", "oneOf"] {
                schemas.extend(schema.items_of(key).into_iter().map(|member| (member, true)));
            }
        }
        found
    }

    fn field(&mut self, wire: &str, declared: &[Cursor<'a>], required: bool, place: &Place) -> Field {
        let narrowest = self.narrowest(declared);
        let place = match narrowest.as_slice() {
            [one] => place.property_at(wire, &one.pointer),
            _ => place.property(wire),
        };
        let schema = match narrowest.as_slice() {
            [one] => self.schema(one, &place),
            several => self.merged(several, &place),
        };
        let origin = schema.origin.clone();
        let sites: Vec<Cursor<'a>> = narrowest.iter().rev().chain(declared.iter().rev()).cloned().collect();
        let access = self.access(&sites);
        let mut examples = Vec::new();
        for site in &narrowest {
            examples.extend(self.examples_of_site(site, &schema));
        }
        let targets: Vec<Cursor<'a>> = sites.iter().map(|site| self.follow(site)).collect();
        let default = targets
            .iter()
            .flat_map(said)
            .find_map(|site| site.get("default"))
            .map(|default| default.value.clone());
        let xml = sites.iter().find_map(|site| self.xml(site));
        let mut own = extensions(&sites[0]);
        own.retain(|key, _| key != crate::names::PIN);
        Field {
            name: Name::unallocated(wire, origin),
            docs: field_docs(&sites, &targets),
            deprecated: sites.iter().any(is_deprecated),
            required,
            access,
            schema,
            xml,
            default,
            examples,
            extensions: own,
        }
    }

    fn access(&mut self, sites: &[Cursor<'a>]) -> Access {
        let mut own: Vec<_> = sites.iter().map(|site| self.follow(site)).collect();
        // What holds besides says it as well.
        let mut at = 0;
        while let Some(site) = own.get(at).cloned() {
            for part in self.parts(&site) {
                if own.iter().all(|known| known.pointer != part.pointer) {
                    own.push(part);
                }
            }
            at += 1;
        }
        let mut found = Access::ReadWrite;
        for site in own {
            let stated = match (site.flag("readOnly"), site.flag("writeOnly")) {
                (true, _) => Access::ReadOnly,
                (false, true) => Access::WriteOnly,
                (false, false) => continue,
            };
            self.is_of_property(&site);
            if found == Access::ReadWrite {
                found = stated;
            }
        }
        found
    }

    /// The schemas that hold wherever one does: those of its `allOf`, and the only one of a choice.
    fn parts(&mut self, site: &Cursor<'a>) -> Vec<Cursor<'a>> {
        let mut parts = site.items_of("allOf");
        for keyword in ["oneOf", "anyOf"] {
            let mut members = site.items_of(keyword);
            members.retain(|member| !super::choice::is_null(member));
            if members.len() == 1 {
                parts.append(&mut members);
            }
        }
        parts.iter().map(|part| self.follow(part)).collect()
    }

    fn additional(&mut self, facts: &Facts<'a>, place: &Place) -> Additional {
        let stated = facts.all("additionalProperties");
        if let Some(patterned) = facts.patterned() {
            return self.patterned_members(facts, patterned, place);
        }
        if let Some(denied) = stated.iter().find(|value| *value.value == Value::Bool(false)) {
            // `unevaluatedProperties` closes the merged object by its own meaning.
            let written = self.document.authored(&denied.pointer);
            if written.last().as_deref() != Some("unevaluatedProperties") {
                self.closed_member(facts, denied);
            }
            return Additional::Denied;
        }
        let schemas: Vec<_> = stated.iter().filter(|value| value.value.is_object()).cloned().collect();
        // Rules hold members against it, those left that no schema speaks of.
        let unevaluated = facts.all("unevaluatedProperties");
        let open = unevaluated.last().filter(|rest| !super::rules::is_nothing(rest));
        let Some(last) = stated.last().or(open) else { return Additional::Ignored };
        for xml in schemas.iter().filter_map(|schema| schema.get("xml")) {
            self.nameless_xml(&xml);
        }
        let place = place.inner("additionalProperties", "Value");
        let values = match schemas.as_slice() {
            [] => Schema::new(Shape::Any, last.pointer.clone()),
            several => self.unified(several, &place),
        };
        for site in &schemas {
            self.leftovers(site, &values, &[]);
        }
        let name = Box::new(Name::unallocated("", last.pointer.clone()));
        Additional::Kept { name, values: Box::new(values) }
    }

    /// Members that patterns are about, kept whatever the patterns say: rules hold them against those.
    fn patterned_members(
        &mut self,
        facts: &Facts<'a>,
        patterned: Patterned<'a>,
        place: &Place,
    ) -> Additional {
        let place = place.inner("patternProperties", "Value");
        let values = match patterned.only() {
            Some(only) => {
                let values = self.unified(std::slice::from_ref(&only), &place);
                self.leftovers(&only, &values, &[]);
                values
            }
            None => Schema::new(Shape::Any, facts.origin.clone()),
        };
        let name = Box::new(Name::unallocated("", values.origin.clone()));
        Additional::Kept { name, values: Box::new(values) }
    }

    /// `additionalProperties: false` in a member of an `allOf` is read as closing the merged object:
    /// taken by the letter it would forbid what the other members declare.
    fn closed_member(&mut self, facts: &Facts<'a>, denied: &Cursor<'a>) {
        let properties = facts.all("properties");
        let elsewhere = properties.iter().find(|other| other.pointer.parent() != denied.pointer.parent());
        if let Some(elsewhere) = elsewhere {
            self.say(
                specwright_diagnostics::Diagnostic::new(
                    Code::ClosedMember,
                    "`additionalProperties: false` in one schema of an `allOf` forbids the properties of the others",
                    denied.place(),
                    "taken as closing the merged object",
                )
                .with_secondary(elsewhere.place(), "these would be forbidden")
                .with_help("move `additionalProperties: false` to where no other schema adds properties"),
            );
        }
    }
}

/// A required member that no schema describes: any value.
fn free_field(name: Name) -> Field {
    let schema = Schema { nullable: true, ..Schema::new(Shape::Any, name.origin.clone()) };
    Field {
        name,
        docs: Docs::default(),
        deprecated: false,
        required: true,
        access: Access::ReadWrite,
        schema,
        xml: None,
        default: None,
        examples: Vec::new(),
        extensions: specwright_ir::Extensions::new(),
    }
}

/// Texts of the property itself, else of what it refers to.
fn field_docs(sites: &[Cursor<'_>], targets: &[Cursor<'_>]) -> Docs {
    let mut found = Docs::default();
    for site in sites.iter().chain(targets) {
        let texts = docs(site, "title");
        if found.description.is_empty() {
            found.description = texts.description;
        }
        if found.summary.is_empty()
            && site.reference().is_none()
            && sites.iter().any(|own| own.pointer == site.pointer)
        {
            found.summary = texts.summary;
        }
    }
    found
}
