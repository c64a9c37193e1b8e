//! Forms: bodies of named values, and the Encoding Objects that say how each is written.

use serde_json::Value;
use specwright_diagnostics::{Code, Diagnostic, Place as Spot};
use specwright_ir::{
    Additional, Encoding, Form, Map, Schema, Shape, StringFormat, StringShape, Style, TypeKind, Written,
};

use super::body::{Family, family, is_free};
use super::context::Lowering;
use super::style::Writing;
use super::{Cursor, Place};

impl<'a> Lowering<'a, '_> {
    /// A body of pairs. `None` where its schema is not that of an object.
    pub(super) fn form(&mut self, content: &Cursor<'a>, place: &Place) -> Option<Form> {
        let schema = self.content_schema(content, place);
        let schema = self.form_schema(content, schema, Family::Form)?;
        let encodings = self.encodings(content, &schema, Self::written);
        Some(Form { schema, encodings })
    }

    /// A body of parts. `None` where its schema is not that of an object.
    pub(super) fn multipart(&mut self, family: Family, content: &Cursor<'a>, place: &Place) -> Option<Form> {
        let schema = self.content_schema(content, place);
        if family == Family::Parts && !self.is_object(&schema, 0) {
            self.nameless_parts(content, &schema);
            return None;
        }
        let mut schema = self.form_schema(content, schema, Family::Multipart)?;
        self.mark_files(&mut schema, 0);
        let part = if family == Family::Parts { Self::nameable_part } else { Self::part };
        let mut encodings = self.encodings(content, &schema, part);
        self.parts_with_headers(content, &mut schema, &mut encodings, place);
        Some(Form { schema, encodings })
    }

    /// Parts that no object names are octets: forms alone give names to all of theirs.
    fn nameless_parts(&mut self, content: &Cursor<'a>, schema: &Schema) {
        let is_octets = schema.shape == Shape::Any || is_free(&schema.shape);
        if let Some(schema) = content.get("schema").filter(|_| !is_octets) {
            self.opaque_body(&schema, "octets", "parts are told apart by the names that only an object has");
        }
        if let Some(encoding) = content.get("encoding") {
            self.not_carried(&encoding, "parts without names are octets");
        }
    }

    fn encodings(
        &mut self,
        content: &Cursor<'a>,
        schema: &Schema,
        written: fn(&mut Self, &str, &Cursor<'a>, &Schema) -> Option<Written>,
    ) -> Vec<Encoding> {
        let mut encodings = Vec::new();
        for (property, encoding) in content.members_of("encoding") {
            let Some(value) = self.property(schema, property) else {
                self.not_carried(&encoding, "the schema has no property of this name");
                continue;
            };
            if let Some(written) = written(self, property, &encoding, &value) {
                let (property, headers) = (property.to_owned(), Vec::new());
                encodings.push(Encoding { property, written, headers });
            }
        }
        encodings
    }

    fn form_schema(&mut self, content: &Cursor<'a>, mut schema: Schema, family: Family) -> Option<Schema> {
        if schema.shape == Shape::Any {
            let values = Schema { nullable: true, ..schema.clone() };
            let map = Map { values, min_properties: None, max_properties: None };
            schema.shape = Shape::Map(Box::new(map));
        }
        schema.nullable = false;
        if self.is_object(&schema, 0) {
            return Some(schema);
        }
        if let Some(schema) = content.get("schema") {
            let carried = if family == Family::Form { "text" } else { "octets" };
            self.opaque_body(&schema, carried, "a form is made of named values, which only an object has");
        }
        None
    }

    pub(super) fn is_object(&self, schema: &Schema, depth: usize) -> bool {
        match &schema.shape {
            Shape::Map(_) => true,
            Shape::Named(id) if depth < 8 => match &self.type_of(*id).kind {
                TypeKind::Struct(_) => true,
                TypeKind::Alias(alias) => self.is_object(&alias.schema, depth + 1),
                TypeKind::Enum(_) | TypeKind::Union(_) => false,
            },
            _ => false,
        }
    }

    /// The schema of a form's property.
    pub(super) fn property(&self, schema: &Schema, name: &str) -> Option<Schema> {
        let Shape::Named(id) = &schema.shape else { return None };
        match &self.type_of(*id).kind {
            TypeKind::Struct(object) => {
                let field = object.fields.iter().find(|field| field.name.wire == name)?;
                Some(field.schema.clone())
            }
            TypeKind::Alias(alias) => self.property(&alias.schema, name),
            TypeKind::Enum(_) | TypeKind::Union(_) => None,
        }
    }

    /// What an Encoding Object of `multipart/form-data` changes: the style of a property, or the media
    /// type of its parts.
    fn part(&mut self, property: &str, encoding: &Cursor<'a>, value: &Schema) -> Option<Written> {
        let is_file = self.is_file(value, 0);
        let ignored = if !self.document.has_styled_parts() {
            Some("OpenAPI 3.0 ignores it outside of `application/x-www-form-urlencoded`")
        } else if is_file {
            Some("a file is octets")
        } else {
            None
        };
        let is_styled = ["style", "explode", "allowReserved"].iter().any(|key| encoding.has(key));
        if let Some(why) = ignored.filter(|_| is_styled) {
            self.unstyled(encoding, why);
        } else if is_styled {
            if let Some(member) = encoding.get("allowReserved").filter(|_| encoding.flag("allowReserved")) {
                self.not_carried(&member, "nothing of a part is percent-encoded");
            }
            let Written::Styled { style, explode, .. } = self.styled(property, encoding, value) else {
                return None;
            };
            return Some(Written::Styled { style, explode, allow_reserved: false });
        }
        self.part_type(encoding, value)
    }

    /// The same of other multipart types, for which styles mean nothing.
    fn nameable_part(&mut self, _property: &str, encoding: &Cursor<'a>, value: &Schema) -> Option<Written> {
        self.unstyled(encoding, "OpenAPI ignores it but in forms");
        self.part_type(encoding, value)
    }

    /// `contentType` of a part. What holds members is JSON in it, and says no other thing.
    fn part_type(&mut self, encoding: &Cursor<'a>, value: &Schema) -> Option<Written> {
        let media = encoding.text("contentType").trim();
        if media.split(',').all(|media| family(media) == Family::Xml) && self.has_members(value, 0) {
            if let Some(member) = encoding.get("contentType") {
                self.not_carried(&member, "what has members is JSON in a part");
            }
            return None;
        }
        (!media.is_empty()).then(|| Written::Part(media.to_owned()))
    }

    fn has_members(&self, schema: &Schema, depth: usize) -> bool {
        match &schema.shape {
            Shape::Map(_) => true,
            Shape::Array(array) => self.has_members(&array.items, depth),
            Shape::Named(id) if depth < 8 => match &self.type_of(*id).kind {
                TypeKind::Struct(_) | TypeKind::Union(_) => true,
                TypeKind::Alias(alias) => self.has_members(&alias.schema, depth + 1),
                TypeKind::Enum(_) => false,
            },
            _ => false,
        }
    }

    fn unstyled(&mut self, encoding: &Cursor<'a>, why: &str) {
        for key in ["style", "explode", "allowReserved"] {
            if let Some(member) = encoding.get(key) {
                self.not_carried(&member, why);
            }
        }
    }

    pub(super) fn is_file(&self, schema: &Schema, depth: usize) -> bool {
        match &schema.shape {
            Shape::String(text) => text.format == StringFormat::File,
            Shape::Array(array) => self.is_file(&array.items, depth),
            Shape::Named(id) if depth < 8 => match &self.type_of(*id).kind {
                TypeKind::Alias(alias) => self.is_file(&alias.schema, depth + 1),
                _ => false,
            },
            _ => false,
        }
    }

    /// Makes files of the properties that are octets.
    fn mark_files(&mut self, schema: &mut Schema, depth: usize) {
        match &mut schema.shape {
            Shape::Map(map) => self.mark_file(&mut map.values, depth),
            Shape::Named(id) if depth < 8 => {
                let mut kind = self.type_of(*id).kind.clone();
                match &mut kind {
                    TypeKind::Struct(object) => {
                        for field in &mut object.fields {
                            self.mark_file(&mut field.schema, depth);
                        }
                        if let Additional::Kept { values, .. } = &mut object.additional {
                            self.mark_file(values, depth);
                        }
                    }
                    TypeKind::Alias(alias) => self.mark_files(&mut alias.schema, depth + 1),
                    TypeKind::Enum(_) | TypeKind::Union(_) => {}
                }
                self.type_mut(*id).kind = kind;
            }
            _ => {}
        }
    }

    fn mark_file(&mut self, schema: &mut Schema, depth: usize) {
        match &mut schema.shape {
            Shape::String(text) if text.format == StringFormat::Binary => {
                let file = StringShape { format: StringFormat::File, ..StringShape::default() };
                let binary = StringShape { format: StringFormat::Binary, ..StringShape::default() };
                if std::mem::replace(text, file) != binary {
                    self.say(Diagnostic::new(
                        Code::NotCarried,
                        "the constraints of a file are not carried over: octets have no characters",
                        Spot::key(&schema.origin),
                        "left out",
                    ));
                }
            }
            Shape::Array(array) => self.mark_file(&mut array.items, depth),
            Shape::Named(id) if depth < 8 => {
                let TypeKind::Alias(mut alias) = self.type_of(*id).kind.clone() else { return };
                self.mark_file(&mut alias.schema, depth + 1);
                self.type_mut(*id).kind = TypeKind::Alias(alias);
            }
            _ => {}
        }
    }

    /// A property with a style, which holds whatever its media type would be.
    fn styled(&mut self, property: &str, encoding: &Cursor<'a>, value: &Schema) -> Written {
        if let Some(media) = encoding.get("contentType") {
            self.not_carried(&media, "beside `style`, `explode` or `allowReserved` it means nothing");
        }
        let style = style(encoding);
        let explode = encoding.value.get("explode").and_then(Value::as_bool);
        let asked = Writing { style, explode: explode.unwrap_or(style == Style::Form) };
        let Writing { style, explode } = self.settle_style(encoding, property, asked, value);
        let allow_reserved = encoding.flag("allowReserved");
        Written::Styled { style, explode, allow_reserved }
    }

    /// What an Encoding Object changes; `None` where a value is written as it would be without.
    fn written(&mut self, property: &str, encoding: &Cursor<'a>, value: &Schema) -> Option<Written> {
        if let Some(headers) = encoding.get("headers") {
            self.not_carried(&headers, "headers mean something for multipart bodies only");
        }
        let media = encoding.get("contentType");
        if ["style", "explode", "allowReserved"].iter().any(|key| encoding.has(key)) {
            return Some(self.styled(property, encoding, value));
        }
        let media = media?;
        match family(media.value.as_str().unwrap_or_default()) {
            Family::Json => return Some(Written::Json),
            Family::Text => {}
            _ => self
                .not_carried(&media, "a form has no place for it: the value is written as its type has it"),
        }
        None
    }
}

fn style(encoding: &Cursor<'_>) -> Style {
    match encoding.text("style") {
        "spaceDelimited" => Style::SpaceDelimited,
        "pipeDelimited" => Style::PipeDelimited,
        "tabDelimited" => Style::TabDelimited,
        "deepObject" => Style::DeepObject,
        _ => Style::Form,
    }
}
