//! A schema with a discriminator, and the schemas that derive from it.

use std::collections::BTreeMap;

use specwright_diagnostics::Pointer;
use specwright_ir::{Docs, Name, Union, UnionRule, Variant};

use super::context::Lowering;
use super::facts::Facts;
use super::union::{Label, named, place_of};
use super::{Cursor, Place};

impl<'a> Lowering<'a, '_> {
    /// The union that a component with a discriminator is: the schemas that derive from it through
    /// `allOf`, and itself where nothing says that it is not meant.
    pub(super) fn family(&mut self, base: &Cursor<'a>, facts: &Facts<'a>, place: &Place) -> Option<Union> {
        let discriminator = base.get("discriminator")?;
        if !facts.choices.is_empty() || base.has("oneOf") || base.has("anyOf") {
            return None;
        }
        let children = self.children(&base.pointer);
        if !place.component || children.is_empty() {
            return None;
        }
        let property = discriminator.text("propertyName").to_owned();
        let mut members = children;
        members.push(base.clone());
        let targets: Vec<Option<Cursor<'a>>> = members.iter().cloned().map(Some).collect();
        let mut values = self.values_of(&discriminator, &property, &members, &targets);
        // Where a mapping lists what there is, the base is listed too, or is no value's own schema.
        let own = values.pop().unwrap_or_default();
        members.pop();
        let mut variants: Vec<Variant> = Vec::new();
        for (child, values) in members.iter().zip(values) {
            let name = child.pointer.last().unwrap_or_default();
            let id = self.referenced(child, place);
            variants.push(variant(name, named(id, &child.pointer), values));
        }
        if !discriminator.has("mapping") || own.iter().any(|value| Self::is_mapped(&discriminator, value)) {
            let name = base.pointer.last().unwrap_or_default();
            let label = Label { key: name.clone(), word: "Base".to_owned() };
            let inner = place_of(place, &label);
            let inner = Place { key: format!("{}/schema", inner.key), ..inner };
            let (id, new) = self.reserve_merged(facts, inner.clone());
            if new {
                let kind = self.kind(facts, &inner);
                self.describe(id, base, kind);
                // Its examples are those of the whole.
                self.type_mut(id).examples.clear();
            }
            variants.push(variant(name, named(id, &base.pointer), own));
        }
        Some(Union { variants, rule: UnionRule::AtLeastOne, discriminator: Some(property), overlaps: false })
    }

    /// Whether a schema derives from one with a discriminator: it is a variant of that union, and no other name
    /// for it.
    pub(super) fn is_variant_of(&self, schema: &Cursor<'a>, base: &Cursor<'a>) -> bool {
        let mut heirs = self.heirs.get(&base.pointer).into_iter().flatten();
        base.has("discriminator") && heirs.any(|(_, heir)| heir.pointer == schema.pointer)
    }

    fn is_mapped(discriminator: &Cursor<'a>, value: &str) -> bool {
        discriminator.get("mapping").is_some_and(|mapping| mapping.has(value))
    }

    /// Every component that derives from one, in document order.
    fn children(&self, base: &Pointer) -> Vec<Cursor<'a>> {
        let mut found: BTreeMap<usize, &Cursor<'a>> = BTreeMap::new();
        let mut bases = vec![base];
        while let Some(base) = bases.pop() {
            for (index, heir) in self.heirs.get(base).into_iter().flatten() {
                if found.insert(*index, heir).is_none() {
                    bases.push(&heir.pointer);
                }
            }
        }
        found.into_values().filter(|heir| heir.pointer != *base).cloned().collect()
    }
}

/// The components that derive from others through `allOf`, each with its position, by what they derive from.
pub(super) type Heirs<'a> = BTreeMap<Pointer, Vec<(usize, Cursor<'a>)>>;

/// Finds the components that derive from others.
pub(super) fn heirs<'a>(root: &Cursor<'a>) -> Heirs<'a> {
    let mut heirs = Heirs::new();
    let Some(schemas) = root.get("components").and_then(|all| all.get("schemas")) else { return heirs };
    for (index, (_, schema)) in schemas.members().enumerate() {
        if !schema.has("allOf") || is_alias(&schemas, &schema) {
            continue;
        }
        let parts = schema.items_of("allOf");
        for base in parts.iter().filter_map(|part| part.reference().and_then(Pointer::parse)) {
            heirs.entry(base).or_default().push((index, schema.clone()));
        }
    }
    heirs
}

/// Whether a schema is but another name for what it derives from, and no discriminator's value its own.
fn is_alias(schemas: &Cursor<'_>, schema: &Cursor<'_>) -> bool {
    let parts = schema.items_of("allOf");
    let [base] = parts.as_slice() else { return false };
    if !schema.members().all(|(key, _)| key == "allOf" || super::all_of::is_annotation(key)) {
        return false;
    }
    let base = base.reference().and_then(Pointer::parse).and_then(|base| schemas.get(&base.last()?));
    let mapping = base.and_then(|base| base.get("discriminator")).map(|told| told.members_of("mapping"));
    let own = schema.pointer.to_string();
    let is_mapped = mapping
        .into_iter()
        .flatten()
        .any(|(_, to)| to.value.as_str().is_some_and(|to| own == to || own.rsplit('/').next() == Some(to)));
    schema.text("x-ms-discriminator-value").is_empty() && !is_mapped
}

fn variant(name: String, schema: specwright_ir::Schema, values: Vec<String>) -> Variant {
    Variant {
        name: Name::unallocated(name.clone(), schema.origin.clone()),
        key: name,
        docs: Docs::default(),
        schema,
        xml: None,
        values,
        tagged: false,
    }
}
