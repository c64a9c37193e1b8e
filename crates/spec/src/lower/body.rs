//! Request bodies and media types.

use specwright_diagnostics::{Code, Diagnostic, Place as Spot};
use specwright_ir::{BodyKind, Content, Name, RequestBody, Schema, Shape, StringFormat, StringShape};

use super::annotations::{docs, extensions};
use super::context::Lowering;
use super::place::{Rung, escape};
use super::{Cursor, Place};

/// How a media type is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    Json,
    Form,
    Multipart,
    Text,
    Xml,
    Octets,
    Unsupported,
}

/// Whose body it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Request,
    Response,
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
        let contents = self.contents(&body, Side::Request, &key, &ladder);
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
    pub(super) fn contents(
        &mut self,
        holder: &Cursor<'a>,
        side: Side,
        key: &str,
        ladder: &[Vec<Rung>],
    ) -> Vec<Content> {
        let mut contents = Vec::new();
        for (media, content) in holder.members_of("content") {
            let mut rungs = ladder.to_vec();
            if let Some(last) = rungs.last().cloned() {
                let mut longer = vec![last[0].clone(), Rung::Words(media.to_owned())];
                longer.extend(last[1..].iter().cloned());
                rungs.push(longer);
            }
            let place = Place::inline(format!("{key}/content/{}", escape(media)), rungs);
            if let Some(kind) = self.body_kind(media, side, &content, &place) {
                let examples = self.examples(&content);
                contents.push(Content {
                    name: Name::unallocated(media, content.pointer.clone()),
                    kind,
                    examples,
                });
            }
        }
        contents
    }

    fn body_kind(
        &mut self,
        media: &str,
        side: Side,
        content: &Cursor<'a>,
        place: &Place,
    ) -> Option<BodyKind> {
        let family = family(media);
        if let Some(encoding) = content.get("encoding")
            && !(matches!(family, Family::Form | Family::Multipart) && side == Side::Request)
        {
            self.not_carried(&encoding, "it means something for forms only");
        }
        let schema = content.get("schema");
        match family {
            Family::Json => Some(BodyKind::Json(Box::new(self.content_schema(content, place)))),
            Family::Form if side == Side::Request => {
                self.form(content, place).map(Box::new).map(BodyKind::Form)
            }
            Family::Multipart if side == Side::Request => {
                self.multipart(content, place).map(Box::new).map(BodyKind::Multipart)
            }
            Family::Text => {
                self.opaque(schema, place, "a body of text is any text");
                Some(BodyKind::Text)
            }
            Family::Xml => {
                self.opaque(schema, place, "a body of XML is carried as the octets that it is made of");
                Some(BodyKind::Bytes)
            }
            Family::Octets => {
                self.opaque(schema, place, "a body of octets is any octets");
                Some(BodyKind::Bytes)
            }
            Family::Form | Family::Multipart | Family::Unsupported => {
                let whose = if family == Family::Unsupported { "bodies" } else { "responses" };
                self.say(
                    Diagnostic::new(
                        Code::UnsupportedMediaType,
                        format!("{whose} of type `{media}` are not supported yet"),
                        Spot::key(&content.pointer),
                        "",
                    )
                    .with_help("an allowance for this place generates the rest without it"),
                );
                None
            }
        }
    }

    /// The schema of a body that has one, and else of any value.
    pub(super) fn content_schema(&mut self, content: &Cursor<'a>, place: &Place) -> Schema {
        let Some(schema) = content.get("schema") else {
            return Schema { nullable: true, shape: Shape::Any, origin: content.pointer.clone() };
        };
        let lowered = self.schema(&schema, place);
        if !matches!(lowered.shape, Shape::Named(_)) {
            self.unnamed_leftovers(&schema);
        }
        lowered
    }

    /// Says what a schema of a body that is not JSON asks for in vain.
    fn opaque(&mut self, schema: Option<Cursor<'a>>, place: &Place, why: &str) {
        let Some(schema) = schema else { return };
        let lowered = self.schema(&schema, place);
        let free = StringShape { format: StringFormat::Plain, ..StringShape::default() };
        let binary = StringShape { format: StringFormat::Binary, ..StringShape::default() };
        let plain = matches!(&lowered.shape, Shape::String(text) if *text == free || *text == binary);
        if !plain && lowered.shape != Shape::Any {
            self.not_carried(&schema, why);
        }
    }
}

pub(super) fn family(media: &str) -> Family {
    let essence = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let (ty, subtype) = essence.split_once('/').unwrap_or((&essence, ""));
    match (ty, subtype) {
        ("application", "x-www-form-urlencoded") => Family::Form,
        ("multipart", "form-data") => Family::Multipart,
        ("multipart", _)
        | (_, "x-www-form-urlencoded" | "event-stream" | "x-ndjson" | "jsonl" | "json-seq") => {
            Family::Unsupported
        }
        (_, "xml") => Family::Xml,
        (_, suffixed) if suffixed.ends_with("+xml") && ty != "image" => Family::Xml,
        (_, "json") => Family::Json,
        (_, suffixed) if suffixed.ends_with("+json") => Family::Json,
        ("text", _) => Family::Text,
        _ => Family::Octets,
    }
}
