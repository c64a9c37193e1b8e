//! Schema Objects: what kind of type each makes, and whether it needs a name.

use serde_json::Value;
use specwright_ir::{Alias, Array, Map, Rule, Schema, Shape, TypeId, TypeKind};

use super::annotations::{docs, extensions, is_deprecated};
use super::context::Lowering;
use super::facts::Facts;
use super::rules::{Patterned, is_tuple};
use super::{Cursor, Place};

/// A type of its own, as far as it is known while lowering.
pub(super) struct Lowered {
    pub(super) kind: TypeKind,
    pub(super) rules: Vec<Rule>,
}

/// What a schema becomes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Struct,
    Enum,
    Union,
    Plain,
}

pub(super) const OBJECT: &[&str] =
    &["properties", "required", "additionalProperties", "minProperties", "maxProperties"];
const ARRAY: &[&str] = &["items", "minItems", "maxItems", "uniqueItems"];
const NUMERIC: &[&str] = &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"];
pub(super) const STRING: &[&str] = &["minLength", "maxLength", "pattern"];

impl<'a> Lowering<'a, '_> {
    /// Fills in the type that an id was reserved for.
    pub(super) fn define(&mut self, id: TypeId, schema: &Cursor<'a>) {
        let place = self.place(id);
        let kind = if let Some(target) = self.alias_of(schema) {
            let shape = Shape::Named(self.referenced(&target, &place));
            let schema = Schema::new(shape, schema.pointer.clone());
            Lowered { kind: TypeKind::Alias(Alias { schema, newtype: false }), rules: Vec::new() }
        } else {
            let facts = self.flatten(schema);
            if let Some(family) = self.family(schema, &facts, &place) {
                Lowered { kind: TypeKind::Union(family), rules: Vec::new() }
            } else {
                let lowered = self.kind(&facts, &place);
                if !matches!(lowered.kind, TypeKind::Union(_)) {
                    self.component_told_nothing(schema, &facts);
                }
                lowered
            }
        };
        self.describe(id, schema, kind);
    }

    pub(super) fn describe(&mut self, id: TypeId, schema: &Cursor<'a>, lowered: Lowered) {
        self.has_access(schema);
        let examples = self.examples(schema);
        let ty = self.type_mut(id);
        ty.docs = docs(schema, "title");
        ty.deprecated = is_deprecated(schema);
        ty.examples = examples;
        ty.extensions = extensions(schema);
        ty.kind = lowered.kind;
        ty.rules = lowered.rules;
    }

    /// A schema in use: of a field, an item, a parameter, a header or a body.
    pub(super) fn schema(&mut self, schema: &Cursor<'a>, place: &Place) -> Schema {
        self.has_access(schema);
        let nullable = self.accepts_null(schema);
        if let Some(target) = self.alias_of(schema) {
            let shape = Shape::Named(self.referenced(&target, place));
            return Schema { nullable, ..Schema::new(shape, schema.pointer.clone()) };
        }
        // What holds its own schema has a name, by which it is held: there is no end to it otherwise.
        let outer = self.within.iter().find(|(pointer, _)| *pointer == schema.pointer);
        if let Some((_, place)) = outer.cloned() {
            let shape = Shape::Named(self.referenced(schema, &place));
            return Schema { nullable, ..Schema::new(shape, schema.pointer.clone()) };
        }
        let facts = self.flatten(schema);
        self.within.push((schema.pointer.clone(), place.clone()));
        let lowered = self.shape(&facts, place, schema);
        self.within.pop();
        if let Some(id) = self.known(&schema.pointer) {
            return Schema { nullable, ..Schema::new(Shape::Named(id), schema.pointer.clone()) };
        }
        Schema { nullable, origin: schema.pointer.clone(), ..lowered }
    }

    /// A schema that has no docs, default or example of its own in the Ir.
    fn inner(&mut self, schema: &Cursor<'a>, place: &Place) -> Schema {
        let mut lowered = self.schema(schema, place);
        // Any value may be `null` already.
        lowered.nullable &= lowered.shape != Shape::Any;
        self.leftovers(schema, &lowered, &[]);
        lowered
    }

    /// Several schemas that hold at once for a property, merged.
    pub(super) fn merged(&mut self, schemas: &[Cursor<'a>], place: &Place) -> Schema {
        let facts = self.flatten_all(schemas);
        self.merged_facts(facts, &schemas[schemas.len() - 1], place)
    }

    /// The same where what holds is known; `last` has the texts.
    pub(super) fn merged_facts(&mut self, facts: Facts<'a>, last: &Cursor<'a>, place: &Place) -> Schema {
        let (class, stated) = self.class(&facts);
        let nullable = facts.nullable;
        let shape = if self.merging > super::all_of::DEPTH {
            // Lists of lists that refer to themselves have no end to merge towards.
            self.circular_all_of(last);
            Shape::Any
        } else if class == Class::Plain {
            self.merging += 1;
            let schema = self.plain(&facts, stated, place);
            self.merging -= 1;
            return Schema { nullable, ..schema };
        } else {
            let place = Place { key: format!("{}/schema", place.key), ..place.clone() };
            let (id, new) = self.reserve_merged(&facts, place.clone());
            if new {
                self.merging += 1;
                let kind = self.kind(&facts, &place);
                self.merging -= 1;
                self.describe(id, last, kind);
            }
            Shape::Named(id)
        };
        Schema { nullable, ..Schema::new(shape, facts.origin) }
    }

    /// What stands at a place; types of their own are set apart and named.
    fn shape(&mut self, facts: &Facts<'a>, place: &Place, schema: &Cursor<'a>) -> Schema {
        let (class, stated) = self.class(facts);
        if class == Class::Plain {
            return self.plain(facts, stated, place);
        }
        let wire = facts.origin.last().unwrap_or_default();
        let place = Place { key: format!("{}/schema", place.key), ..place.clone() };
        let (id, new) = self.reserve(&wire, facts.origin.clone(), place.clone());
        if new {
            let kind = self.kind(facts, &place);
            self.describe(id, schema, kind);
        }
        Schema::new(Shape::Named(id), facts.origin.clone())
    }

    pub(super) fn kind(&mut self, facts: &Facts<'a>, place: &Place) -> Lowered {
        let (class, stated) = self.class(facts);
        if class == Class::Union
            && let Some(schema) = self.uncombined(facts, place)
        {
            let kind = TypeKind::Alias(Alias { schema, newtype: false });
            return Lowered { kind, rules: Vec::new() };
        }
        let mut rules = if class == Class::Plain { Vec::new() } else { self.rules(facts, place) };
        if matches!(class, Class::Struct | Class::Enum) {
            self.nothing_told(facts);
        }
        let kind = match class {
            Class::Struct => {
                self.irrelevant(facts, stated);
                rules.extend(self.listed_values(facts, stated));
                TypeKind::Struct(self.object(facts, place))
            }
            Class::Enum => TypeKind::Enum(match self.strings(facts) {
                Some(values) => values,
                None => self.enumeration(facts, stated),
            }),
            Class::Union => TypeKind::Union(self.union(facts, place)),
            Class::Plain => {
                let schema = self.plain(facts, stated, place);
                TypeKind::Alias(Alias { schema, newtype: false })
            }
        };
        Lowered { kind, rules }
    }

    fn class(&mut self, facts: &Facts<'a>) -> (Class, Option<&'a str>) {
        if !facts.choices.is_empty() {
            let class = if self.strings(facts).is_some() { Class::Enum } else { Class::Union };
            return (class, Some("string").filter(|_| class == Class::Enum));
        }
        let stated = self.stated_type(facts);
        // Members that patterns are about make a map.
        let closed = facts.values("additionalProperties").any(|value| *value == Value::Bool(false))
            && !facts.has("patternProperties");
        let members =
            ["properties", "required"].iter().any(|key| facts.values(key).any(|value| !is_empty(value)));
        let class = match stated {
            Some("object") if members || closed || !facts.groups.is_empty() => Class::Struct,
            _ if facts.has("enum") && Self::is_enumerable(facts, stated) => Class::Enum,
            _ => Class::Plain,
        };
        (class, stated)
    }

    /// The type that all schemas of a place agree on. Where none states one, keywords may tell.
    fn stated_type(&mut self, facts: &Facts<'a>) -> Option<&'a str> {
        let names = facts.values("type").filter_map(Value::as_str);
        // An integer is a number as well; other types do not meet.
        let stated = names.reduce(|all, name| if name == "integer" { name } else { all });
        stated.or_else(|| self.inferred_type(facts))
    }

    fn inferred_type(&mut self, facts: &Facts<'a>) -> Option<&'a str> {
        let (inferred, by) = if facts.any_of(OBJECT) || !facts.groups.is_empty() {
            ("object", OBJECT)
        } else if facts.any_of(ARRAY) {
            ("array", ARRAY)
        } else if facts.has("patternProperties") {
            ("object", ["patternProperties"].as_slice())
        } else if facts.has("prefixItems") {
            ("array", ["prefixItems"].as_slice())
        } else if let Some(values) = facts.all("enum").first() {
            let values = values.value.as_array()?;
            let fitting = ["string", "integer", "number", "boolean"].into_iter().find(|ty| {
                let fits = |value: &Value| value.is_null() || super::enumeration::is_of(value, ty);
                values.iter().all(fits) && !values.iter().all(Value::is_null)
            });
            (fitting?, ["enum"].as_slice())
        } else {
            return None;
        };
        let keyword = by.iter().find(|key| facts.has(key)).copied().unwrap_or_default();
        self.untyped(facts, inferred, keyword);
        Some(inferred)
    }

    fn plain(&mut self, facts: &Facts<'a>, stated: Option<&'a str>, place: &Place) -> Schema {
        self.irrelevant(facts, stated);
        self.nothing_told(facts);
        let mut rules = self.rules(facts, place);
        rules.extend(self.listed_values(facts, stated));
        let shape = match stated {
            Some("boolean") => Shape::Boolean,
            Some("integer") => self.integer(facts, false),
            Some("number") => self.number(facts),
            Some("string") => self.string(facts),
            Some("array") => self.list(facts, place),
            Some("object") => Shape::Map(Box::new(self.map(facts, place))),
            _ => Shape::Any,
        };
        Schema { rules, ..Schema::new(shape, facts.origin.clone()) }
    }

    /// A list, or a tuple where it says what each of its items is.
    fn list(&mut self, facts: &Facts<'a>, place: &Place) -> Shape {
        let mut described = facts.leaves.iter().filter(|leaf| leaf.has("prefixItems"));
        if let (Some(leaf), None) = (described.next(), described.next())
            && is_tuple(leaf)
            && !facts.has("uniqueItems")
            && facts
                .leaves
                .iter()
                .all(|other| other.pointer == leaf.pointer || !ARRAY.iter().any(|key| other.has(key)))
        {
            let items = leaf.items_of("prefixItems");
            let items = items.iter().enumerate().map(|(index, item)| {
                let number = (index + 1).to_string();
                self.inner(item, &place.inner(&format!("prefixItems/{index}"), &number))
            });
            return Shape::Tuple(items.collect());
        }
        Shape::Array(Box::new(self.array(facts, place)))
    }

    fn array(&mut self, facts: &Facts<'a>, place: &Place) -> Array {
        let place = place.inner("items", "Item");
        let any = Schema::new(Shape::Any, facts.origin.clone());
        let items = match facts.all("items").as_slice() {
            // Items that are described one by one are not of one type.
            _ if facts.has("prefixItems") => any,
            [] if !Self::lists_items(facts) => any,
            [items] if !Self::lists_items(facts) => self.inner(items, &place),
            several if Self::lists_items(facts) => self.listed_items(facts, several, &place),
            several => self.unified(several, &place),
        };
        let xml = facts.all("items").iter().rev().find_map(|items| self.xml(items));
        let (min_items, max_items) = self.counts(facts, "minItems", "maxItems");
        let delimiter =
            facts.values("collectionFormat").find_map(|format| super::style::delimiter(format.as_str()?));
        Array { items, min_items, max_items, unique_items: facts.flag("uniqueItems"), xml, delimiter }
    }

    fn map(&mut self, facts: &Facts<'a>, place: &Place) -> Map {
        let place = place.inner("additionalProperties", "Value");
        let schemas: Vec<_> =
            facts.all("additionalProperties").into_iter().filter(|value| value.value.is_object()).collect();
        let values = match schemas.as_slice() {
            [] => match facts.patterned().and_then(Patterned::only) {
                Some(values) => self.inner(&values, &place),
                None => Schema::new(Shape::Any, facts.origin.clone()),
            },
            // Members that patterns are about are not of one type.
            _ if facts.has("patternProperties") => Schema::new(Shape::Any, facts.origin.clone()),
            [values] => self.inner(values, &place),
            several => self.unified(several, &place),
        };
        let (min_properties, max_properties) = self.counts(facts, "minProperties", "maxProperties");
        Map { values, min_properties, max_properties }
    }

    /// The tightest limits of a count; neither where they cross.
    pub(super) fn counts(
        &mut self,
        facts: &Facts<'a>,
        least: &str,
        most: &str,
    ) -> (Option<u64>, Option<u64>) {
        let (low, high) = (facts.at_least(least), facts.at_most(most));
        if low.zip(high).is_some_and(|(low, high)| low > high) {
            self.empty_range(facts, least, most);
            return (None, None);
        }
        (low, high)
    }

    /// Keywords of another type than the one stated never apply, so they are said and left out.
    fn irrelevant(&mut self, facts: &Facts<'a>, stated: Option<&str>) {
        let groups = [("object", OBJECT), ("array", ARRAY), ("string", STRING), ("number", NUMERIC)];
        for (ty, keywords) in groups {
            if stated == Some(ty) || (stated == Some("integer") && ty == "number") {
                continue;
            }
            for leaf in &facts.leaves {
                for keyword in keywords.iter().filter(|keyword| leaf.has(keyword)) {
                    self.irrelevant_keyword(leaf, keyword, ty, stated);
                }
            }
        }
    }

    /// Whether `null` is a legal value at a place.
    pub(super) fn accepts_null(&mut self, schema: &Cursor<'a>) -> bool {
        self.null_within(schema, 0)
    }

    fn null_within(&mut self, schema: &Cursor<'a>, depth: usize) -> bool {
        let schema = self.follow(schema);
        if schema.flag("nullable") {
            return true;
        }
        if super::choice::is_null(&schema) {
            return true;
        }
        let members = schema.items_of("allOf");
        let choices: Vec<_> = ["oneOf", "anyOf"].into_iter().filter(|key| schema.has(key)).collect();
        if members.is_empty() && choices.is_empty() {
            // A schema that states nothing accepts everything.
            let listed = schema.value.get("enum").and_then(Value::as_array);
            return match listed {
                Some(values) => !schema.has("type") && values.contains(&Value::Null),
                None => Self::is_any(&schema),
            };
        }
        // Choices branch, so that less deep is deep enough for them.
        let deepest = if choices.is_empty() { super::all_of::DEPTH } else { super::choice::DEPTH };
        depth < deepest
            && !schema.has("type")
            && members.iter().all(|member| self.null_within(member, depth + 1))
            && choices
                .iter()
                .all(|key| schema.items_of(key).iter().any(|member| self.null_within(member, depth + 1)))
    }

    fn is_any(schema: &Cursor<'a>) -> bool {
        const SHAPING: &[&str] =
            &["type", "properties", "items", "enum", "allOf", "oneOf", "anyOf", "not", "if"];
        !SHAPING.iter().any(|key| schema.has(key))
            && !schema.has("nullable")
            && !schema.has("additionalProperties")
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Object(members) => members.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}
