//! Header Objects.

use specwright_diagnostics::{Code, Diagnostic, Place as Spot};
use specwright_ir::{Header, Name, Schema, Shape, StringShape};

use super::annotations::docs;
use super::context::Lowering;
use super::place::{Rung, escape};
use super::{Cursor, Place};

impl<'a> Lowering<'a, '_> {
    /// The headers of a response.
    pub(super) fn headers(&mut self, response: &Cursor<'a>, key: &str, owner: &Rung) -> Vec<Header> {
        let mut headers = Vec::new();
        for (wire, declared) in response.members_of("headers") {
            if wire.eq_ignore_ascii_case("content-type") {
                self.say(
                    Diagnostic::new(
                        Code::IgnoredHeader,
                        "a response header named `Content-Type` is not a header of its own",
                        Spot::key(&declared.pointer),
                        "left out: it follows from the media type",
                    )
                    .with_note("OpenAPI says that such a definition shall be ignored"),
                );
                continue;
            }
            let place = Place::inline(
                format!("{key}/headers/{}", escape(wire)),
                vec![vec![owner.clone(), Rung::Words(wire.to_owned())]],
            );
            headers.push(self.header(wire, &declared, &place));
        }
        headers
    }

    fn header(&mut self, wire: &str, declared: &Cursor<'a>, place: &Place) -> Header {
        let header = self.follow(declared);
        let mut texts = docs(&header, "summary");
        let schema = if let Some(schema) = header.get("schema") {
            let inner = docs(&schema, "title");
            if texts.description.is_empty() {
                texts.description = inner.description;
            }
            self.schema(&schema, place)
        } else {
            if header.has("content") {
                self.say(Diagnostic::new(
                    Code::UnsupportedParameter,
                    format!("the header `{wire}` has a media type, which is not supported yet"),
                    header.key("content"),
                    "",
                ));
            }
            Schema {
                nullable: false,
                shape: Shape::String(StringShape::default()),
                origin: header.pointer.clone(),
            }
        };
        for key in ["example", "examples"] {
            if let Some(example) = header.get(key) {
                self.not_carried(&example, "examples of a response's headers are not kept");
            }
        }
        Header {
            name: Name::unallocated(wire, declared.pointer.clone()),
            docs: texts,
            deprecated: header.flag("deprecated"),
            required: header.flag("required"),
            explode: header.flag("explode"),
            schema,
        }
    }
}
