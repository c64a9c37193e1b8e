//! Parts with headers: each is a struct of its headers and of what it holds.

use serde_json::{Map, Value};
use specwright_ir::{
    Access, Additional, BodyKind, Docs, Encoding, Example, Extensions, Field, Name, PartHeader, Schema,
    Shape, Struct, TypeId, TypeKind, VALUE, Written,
};

use super::context::Lowering;
use super::place::{Rung, escape};
use super::{Cursor, Place};

impl<'a> Lowering<'a, '_> {
    /// Gives the parts that have headers a type of their own, and the body as well: elsewhere its schema
    /// has no place for headers.
    pub(super) fn parts_with_headers(
        &mut self,
        content: &Cursor<'a>,
        schema: &mut Schema,
        encodings: &mut Vec<Encoding>,
        place: &Place,
    ) {
        for (property, declared) in content.members_of("encoding") {
            let Some(headers) = declared.get("headers") else { continue };
            let Some(value) = self.property(schema, property) else { continue };
            let known = encodings.iter().position(|encoding| encoding.property == property);
            let is_styled = known.is_some_and(|at| matches!(encodings[at].written, Written::Styled { .. }));
            if self.is_file(&value, 0) {
                continue;
            }
            if is_styled {
                self.not_carried(&headers, "the parts of a property with a style have none");
                continue;
            }
            let Some(body) = self.body_of_parts(content, schema, place) else {
                self.not_carried(
                    &headers,
                    "the body's schema has rules that are about its parts as they are",
                );
                continue;
            };
            let Some(headers) = self.struct_of_part(body, property, &declared) else { continue };
            if let Some(at) = known {
                encodings[at].headers = headers;
            } else {
                let property = property.to_owned();
                encodings.push(Encoding { property, written: Written::Plain, headers });
            }
        }
    }

    /// The type of a body, which is this media type's alone.
    fn body_of_parts(&mut self, content: &Cursor<'a>, schema: &mut Schema, place: &Place) -> Option<TypeId> {
        let shared = self.struct_of(schema, 0)?;
        if !self.type_of(shared).rules.is_empty() || !schema.rules.is_empty() {
            return None;
        }
        let at = content.pointer.child("schema");
        if self.origin(shared) != &at {
            let place = Place::inline(format!("{}/schema", place.key), place.ladder.clone());
            let (own, new) = self.reserve("schema", at, place);
            if new {
                let mut ty = self.type_of(shared).clone();
                ty.name = self.type_of(own).name.clone();
                *self.type_mut(own) = ty;
            }
            schema.shape = Shape::Named(own);
        }
        self.struct_of(schema, 0)
    }

    fn struct_of(&self, schema: &Schema, depth: usize) -> Option<TypeId> {
        let Shape::Named(id) = &schema.shape else { return None };
        match &self.type_of(*id).kind {
            TypeKind::Struct(_) => Some(*id),
            TypeKind::Alias(alias) if depth < 8 => self.struct_of(&alias.schema, depth + 1),
            _ => None,
        }
    }

    /// Makes a struct of what a part holds and its headers; `None` where it has none.
    fn struct_of_part(
        &mut self,
        body: TypeId,
        property: &str,
        declared: &Cursor<'a>,
    ) -> Option<Vec<PartHeader>> {
        let whole = self.place(body);
        let key = format!("{}/encoding/{}", whole.members(), escape(property));
        let ladder = vec![vec![Rung::Of(whole.key), Rung::Words(format!("{property} Part"))]];
        let fields = self.header_fields(declared, &key);
        if fields.is_empty() {
            return None;
        }
        let headers = fields.iter().map(|(_, header)| header.clone()).collect();
        let (id, new) = self.reserve(property, declared.pointer.clone(), Place::inline(key, ladder));
        let TypeKind::Struct(mut object) = self.type_of(body).kind.clone() else { return None };
        let field = object.fields.iter_mut().find(|field| field.name.wire == property)?;
        if !new {
            // Another operation has the same body.
            return Some(headers);
        }
        let part = |held: &Schema| Schema { nullable: held.nullable, ..named(id, declared) };
        let list = self.list_of(&field.schema, 0);
        let held = if let Some((mut list, items)) = list {
            if let Shape::Array(array) = &mut list.shape {
                array.items = part(&items);
            }
            list.nullable |= field.schema.nullable;
            field.schema = list;
            items
        } else {
            let part = part(&field.schema);
            std::mem::replace(&mut field.schema, part)
        };
        let mut value = made(Name::unallocated(VALUE, held.origin.clone()), held);
        "What the part holds.".clone_into(&mut value.docs.description);
        value.schema.nullable = false;
        value.required = true;
        // They are about the value.
        value.examples = std::mem::take(&mut field.examples);
        value.default = field.default.take();
        let fields = std::iter::once(value).chain(fields.into_iter().map(|(field, _)| field));
        let part = Struct {
            fields: fields.collect(),
            ignored: Vec::new(),
            conditional: Vec::new(),
            additional: Additional::Ignored,
            min_properties: None,
            max_properties: None,
            groups: Vec::new(),
        };
        let made = self.type_mut(id);
        made.kind = TypeKind::Struct(part);
        made.docs.description = format!("A part `{property}`, with its headers.");
        let ty = self.type_mut(body);
        ty.kind = TypeKind::Struct(object);
        // They are of the schema, and the body is something else.
        ty.examples.clear();
        Some(headers)
    }

    fn header_fields(&mut self, declared: &Cursor<'a>, key: &str) -> Vec<(Field, PartHeader)> {
        let mut fields = Vec::new();
        for header in self.headers(declared, key, &Rung::Of(key.to_owned())) {
            let taken = match header.name.wire.to_ascii_lowercase().as_str() {
                "content-disposition" => Some("it follows from the names of the part and of its file"),
                VALUE => Some("what the part holds has this name"),
                _ => None,
            };
            if let Some(why) = taken {
                let at = declared.get("headers").and_then(|headers| headers.get(&header.name.wire));
                self.not_carried(&at.unwrap_or_else(|| declared.clone()), why);
                continue;
            }
            let how =
                PartHeader { wire: header.name.wire.clone(), style: header.style, explode: header.explode };
            let mut field = made(header.name, header.schema);
            field.schema.nullable = false;
            field.docs = header.docs;
            field.deprecated = header.deprecated;
            field.required = header.required;
            field.examples = header.examples;
            fields.push((field, how));
        }
        fields
    }

    /// A list's schema and that of its items, aliases followed.
    fn list_of(&self, schema: &Schema, depth: usize) -> Option<(Schema, Schema)> {
        match &schema.shape {
            Shape::Array(array) => Some((schema.clone(), array.items.clone())),
            Shape::Named(id) if depth < 8 => match &self.type_of(*id).kind {
                TypeKind::Alias(alias) => self.list_of(&alias.schema, depth + 1),
                _ => None,
            },
            _ => None,
        }
    }

    /// Examples of a body whose parts may have headers, which examples have no place for.
    pub(super) fn examples_of_parts(
        &mut self,
        kind: &BodyKind,
        content: &Cursor<'a>,
        mut examples: Vec<Example>,
    ) -> Vec<Example> {
        let BodyKind::Multipart(form) = kind else { return examples };
        for encoding in form.encodings.iter().filter(|encoding| !encoding.headers.is_empty()) {
            let needed = self.property(&form.schema, &encoding.property).is_some_and(|schema| {
                let part = self.list_of(&schema, 0).map_or(schema, |(_, items)| items);
                let part = self.struct_of(&part, 0).map(|id| &self.type_of(id).kind);
                matches!(part, Some(TypeKind::Struct(part)) if part.fields.iter().filter(|field| field.required).count() > 1)
            });
            let (kept, without): (Vec<_>, Vec<_>) = examples.into_iter().partition(|example| {
                !needed || example.value.get(&encoding.property).is_none_or(Value::is_null)
            });
            examples = kept;
            if !without.is_empty() {
                self.not_carried(content, "its examples lack the headers of parts");
            }
            for example in &mut examples {
                match example.value.get_mut(&encoding.property) {
                    Some(Value::Array(items)) => items.iter_mut().for_each(wrap),
                    Some(value) => wrap(value),
                    None => {}
                }
            }
        }
        examples
    }
}

fn wrap(value: &mut Value) {
    if !value.is_null() {
        *value = Value::Object(Map::from_iter([(VALUE.to_owned(), value.take())]));
    }
}

fn named(id: TypeId, declared: &Cursor<'_>) -> Schema {
    Schema::new(Shape::Named(id), declared.pointer.clone())
}

fn made(name: Name, schema: Schema) -> Field {
    Field {
        name,
        docs: Docs::default(),
        deprecated: false,
        required: false,
        access: Access::ReadWrite,
        schema,
        xml: None,
        default: None,
        examples: Vec::new(),
        extensions: Extensions::new(),
    }
}
