//! Request bodies and media types.

use specwright_ir::{
    BodyKind, Content, Example, Name, RequestBody, Schema, Shape, StringFormat, StringShape, TypeId, TypeKind,
};

use super::annotations::{docs, extensions};
use super::context::Lowering;
use super::place::{Rung, escape};
use super::{Cursor, Place};

/// How a media type is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    Json,
    Form,
    /// `multipart/form-data`, whose parts have names.
    Multipart,
    /// Other multipart types, whose parts have names where an object has them.
    Parts,
    Text,
    /// `text/event-stream`
    Events,
    /// JSON, value after value.
    Items,
    Xml,
    Octets,
    /// A type or a range that does not say how values are written, but may be JSON.
    Unsaid,
}

impl<'a> Lowering<'a, '_> {
    pub(super) fn request_body(&mut self, operation: &Cursor<'a>, key: &str) -> Option<RequestBody> {
        let declared = operation.get("requestBody")?;
        let body = self.follow(&declared);
        let key = if declared.reference().is_some() {
            body.pointer.to_string()
        } else {
            format!("{key}/requestBody")
        };
        let words = if declared.reference().is_some() {
            Rung::Words(body.pointer.last().unwrap_or_default())
        } else {
            Rung::Of(key.trim_end_matches("/requestBody").to_owned())
        };
        let ladder = [vec![words.clone(), Rung::Words("RequestBody".to_owned())]];
        let contents = self.contents(&body, &key, &ladder);
        if contents.is_empty() {
            if body.members_of("content").is_empty() {
                self.not_carried(&declared, "it has no media type");
            }
            return None;
        }
        Some(RequestBody {
            name: Name::unallocated("body", declared.pointer),
            docs: docs(&body, "summary"),
            required: body.flag("required"),
            contents,
            extensions: extensions(&body),
        })
    }

    /// The media types under `content`. `ladder` holds what an inline schema is called, best first.
    pub(super) fn contents(&mut self, holder: &Cursor<'a>, key: &str, ladder: &[Vec<Rung>]) -> Vec<Content> {
        let mut contents: Vec<Content> = Vec::new();
        for (media, content) in holder.members_of("content") {
            let same = |other: &&Content| normal(&other.name.wire) == normal(media);
            if let Some(other) = contents.iter().find(same) {
                self.equivalent_media_type(&content, media, &other.name);
                continue;
            }
            let mut rungs = ladder.to_vec();
            if let Some(last) = rungs.last().cloned() {
                let mut longer = vec![last[0].clone(), Rung::Words(media.to_owned())];
                longer.extend(last[1..].iter().cloned());
                rungs.push(longer);
            }
            let place = Place::inline(format!("{key}/content/{}", escape(media)), rungs);
            let kind = self.body_kind(media, &content, &place);
            let examples = self.examples_of_body(&kind, &content);
            let examples = self.examples_of_parts(&kind, &content, examples);
            contents.push(Content {
                name: Name::unallocated(media, content.pointer.clone()),
                kind,
                examples,
            });
        }
        contents
    }

    /// The examples of a body, and those of its schema where no type keeps them.
    fn examples_of_body(&mut self, kind: &BodyKind, content: &Cursor<'a>) -> Vec<Example> {
        let mut examples = self.examples(content);
        let Some(site) = content.get("schema").filter(|site| site.reference().is_none()) else {
            return examples;
        };
        if kind.schema().is_some_and(|schema| self.is_named_at(schema, &site)) {
            return examples;
        }
        let others = self.examples(&site);
        if !matches!(kind, BodyKind::Events(_) | BodyKind::Items(_)) {
            examples.extend(others);
        } else if !others.is_empty() {
            self.not_carried(&site, "the examples of a list are none of its items");
        }
        examples
    }

    fn body_kind(&mut self, media: &str, content: &Cursor<'a>, place: &Place) -> BodyKind {
        let family = family(media);
        if let Some(encoding) = content.get("encoding")
            && !matches!(family, Family::Form | Family::Multipart | Family::Parts)
        {
            self.not_carried(&encoding, "it means something for forms and for parts only");
        }
        if let Some(item) = content.get("itemSchema")
            && !matches!(family, Family::Events | Family::Items)
        {
            self.not_carried(&item, "a body of this media type is not a sequence of values");
        }
        match family {
            Family::Json => BodyKind::Json(Box::new(self.content_schema(content, place))),
            Family::Form => match self.form(content, place) {
                Some(form) => BodyKind::Form(Box::new(form)),
                None => BodyKind::Text,
            },
            Family::Multipart | Family::Parts => match self.multipart(family, content, place) {
                Some(form) => BodyKind::Multipart(Box::new(form)),
                None => BodyKind::Bytes,
            },
            Family::Text => self.text(content, place),
            Family::Events | Family::Items => self.stream(family, content, place),
            Family::Xml => self.xml_body(content, place),
            Family::Octets | Family::Unsaid => self.octets(media, content, place),
        }
    }

    /// Text: of any kind, or a value that is written as text.
    fn text(&mut self, content: &Cursor<'a>, place: &Place) -> BodyKind {
        let Some(schema) = content.get("schema") else { return BodyKind::Text };
        let mut lowered = self.content_schema(content, place);
        lowered.nullable = false;
        if lowered.shape == Shape::Any || is_free(&lowered.shape) {
            BodyKind::Text
        } else if self.is_scalar(&lowered, 0) {
            BodyKind::Scalar(Box::new(lowered))
        } else {
            self.opaque_body(&schema, "text", "text has no place for the members of an object or a list");
            BodyKind::Text
        }
    }

    /// Values that come one after another.
    fn stream(&mut self, family: Family, content: &Cursor<'a>, place: &Place) -> BodyKind {
        let schema = match content.get("schema") {
            _ if content.has("itemSchema") => self.item_schema(family, content, place),
            Some(_) => self.content_schema(content, place),
            None => any(content),
        };
        let Schema { nullable, shape, boxed, rules, origin } = schema;
        match (shape, family) {
            // A list is what its items make together.
            (Shape::Array(array), _) => values(family, array.items),
            (Shape::Named(id), _) if self.items_of(id, 0).is_some() => {
                values(family, self.items_of(id, 0).unwrap_or_else(|| any(content)))
            }
            (Shape::String(text), Family::Items) if text.format == StringFormat::Binary => BodyKind::Bytes,
            // The data of an event are text, unless something else is said.
            (Shape::Any, Family::Events) if !content.has("itemSchema") && !content.has("schema") => {
                let text = Shape::String(StringShape::default());
                values(family, Schema::new(text, origin))
            }
            (shape, _) => values(family, Schema { nullable, shape, boxed, rules, origin }),
        }
    }

    /// `itemSchema`: of events, that of their `data`.
    fn item_schema(&mut self, family: Family, content: &Cursor<'a>, place: &Place) -> Schema {
        let Some(item) = content.get("itemSchema") else { return any(content) };
        let item = if family == Family::Events {
            let event = self.follow(&item);
            let data = event.get("properties").and_then(|properties| properties.get("data"));
            let Some(data) = data.map(|data| self.follow(&data)) else {
                self.not_carried(&item, "it does not say what the `data` of an event are: any text");
                return Schema::new(Shape::String(StringShape::default()), item.pointer.clone());
            };
            data.get("contentSchema").unwrap_or(data)
        } else {
            item
        };
        self.schema(&item, place)
    }

    /// Octets; but what is neither octets by its schema nor of a type that says how it is written is JSON.
    fn octets(&mut self, media: &str, content: &Cursor<'a>, place: &Place) -> BodyKind {
        let Some(schema) = content.get("schema") else { return BodyKind::Bytes };
        let lowered = self.content_schema(content, place);
        match (&lowered.shape, family(media)) {
            (Shape::Any, _) => {}
            (Shape::String(_), _) => {
                if !is_free(&lowered.shape) {
                    self.not_carried(&schema, "a body of octets is any octets");
                }
            }
            (_, Family::Unsaid) => {
                self.guessed_media_type(&schema, media);
                return BodyKind::Json(Box::new(lowered));
            }
            _ => {
                let why = format!("how `{media}` writes values is not known here");
                self.opaque_body(&schema, "octets", &why);
            }
        }
        BodyKind::Bytes
    }

    /// Whether values of a schema are written as one text.
    fn is_scalar(&self, schema: &Schema, depth: usize) -> bool {
        match &schema.shape {
            Shape::Named(id) if depth < 8 => match &self.type_of(*id).kind {
                TypeKind::Enum(_) => true,
                TypeKind::Alias(alias) => self.is_scalar(&alias.schema, depth + 1),
                TypeKind::Struct(_) | TypeKind::Union(_) => false,
            },
            Shape::Named(_) | Shape::Any | Shape::Array(_) | Shape::Map(_) => false,
            _ => true,
        }
    }

    /// The schema of a list's items, where a type is one.
    fn items_of(&self, id: TypeId, depth: usize) -> Option<Schema> {
        let TypeKind::Alias(alias) = &self.type_of(id).kind else { return None };
        match &alias.schema.shape {
            Shape::Array(array) => Some(array.items.clone()),
            Shape::Named(id) if depth < 8 => self.items_of(*id, depth + 1),
            _ => None,
        }
    }

    /// The schema of a body that has one, and else of any value.
    pub(super) fn content_schema(&mut self, content: &Cursor<'a>, place: &Place) -> Schema {
        let Some(schema) = content.get("schema") else { return any(content) };
        let lowered = self.schema(&schema, place);
        self.leftovers(&schema, &lowered, &["example", "examples"]);
        lowered
    }
}

fn any(content: &Cursor<'_>) -> Schema {
    Schema { nullable: true, ..Schema::new(Shape::Any, content.pointer.clone()) }
}

/// Any text, or any octets.
pub(super) fn is_free(shape: &Shape) -> bool {
    let plain = StringShape::default();
    let binary = StringShape { format: StringFormat::Binary, ..StringShape::default() };
    matches!(shape, Shape::String(text) if *text == plain || *text == binary)
}

fn values(family: Family, schema: Schema) -> BodyKind {
    let schema = Box::new(schema);
    if family == Family::Events { BodyKind::Events(schema) } else { BodyKind::Items(schema) }
}

/// A media type as all of its spellings: lower case, parameters sorted, without the one that changes
/// nothing.
fn normal(media: &str) -> (String, Vec<String>) {
    let mut pieces = media.split(';').map(|piece| piece.trim().to_ascii_lowercase().replace('"', ""));
    let essence = pieces.next().unwrap_or_default();
    let mut parameters: Vec<String> =
        pieces.filter(|piece| !piece.is_empty() && !piece.starts_with("charset=")).collect();
    parameters.sort();
    (essence, parameters)
}

pub(super) fn family(media: &str) -> Family {
    let essence = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let (ty, subtype) = essence.split_once('/').unwrap_or((&essence, ""));
    match (ty, subtype) {
        (_, "x-www-form-urlencoded") => Family::Form,
        ("multipart", "form-data") => Family::Multipart,
        ("multipart", _) => Family::Parts,
        ("text", "event-stream") => Family::Events,
        (
            _,
            "x-ndjson" | "ndjson" | "jsonl" | "x-jsonl" | "jsonlines" | "x-jsonlines" | "json-seq"
            | "stream+json" | "x-json-stream",
        ) => Family::Items,
        (_, suffixed) if suffixed.ends_with("+json-seq") => Family::Items,
        (_, "xml") => Family::Xml,
        (_, suffixed) if suffixed.ends_with("+xml") && ty != "image" => Family::Xml,
        (_, "json" | "x-json") => Family::Json,
        (_, suffixed) if suffixed.ends_with("+json") => Family::Json,
        ("text", _) => Family::Text,
        ("*", _) | ("application", "*") => Family::Unsaid,
        ("application", vendor) if vendor.starts_with("vnd.") && !vendor.contains('+') => Family::Unsaid,
        _ => Family::Octets,
    }
}
