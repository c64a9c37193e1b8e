//! Header Objects.

use specwright_diagnostics::{Code, Diagnostic, Place as Spot};
use specwright_ir::{Header, Location, Name, Schema, Shape, StringShape, Style};

use super::annotations::{docs, is_deprecated, said};
use super::context::Lowering;
use super::parameter::style;
use super::place::{Rung, escape};
use super::style::Writing;
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
                        "a header named `Content-Type` is not a header of its own",
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
        let mut asked = Writing { style: style(&header, Location::Header), explode: header.flag("explode") };
        let mut deprecated = header.flag("deprecated");
        let mut examples = self.examples(&header);
        let schema = if let Some(site) = header.get("schema") {
            let inner = docs(&site, "title");
            if texts.description.is_empty() {
                texts.description = inner.description;
            }
            let schema = self.schema(&site, place);
            examples.extend(self.examples_of_site(&site, &schema));
            for default in said(&site).iter().filter_map(|site| site.get("default")) {
                self.not_carried(&default, "what is received is what was sent");
            }
            deprecated |= is_deprecated(&site);
            schema
        } else if let Some((media, content)) = header.members_of("content").into_iter().next() {
            let (schema, style) = self.text_of_media_type(wire, media, &content, Style::Simple, place);
            asked.style = style;
            examples.extend(self.examples(&content));
            if let Some(site) = content.get("schema").filter(|_| style == Style::Json) {
                examples.extend(self.examples_of_site(&site, &schema));
            }
            schema
        } else {
            Schema::new(Shape::String(StringShape::default()), header.pointer.clone())
        };
        let writing = self.settle_style(&header, wire, asked, &schema);
        Header {
            name: Name::unallocated(wire, declared.pointer.clone()),
            docs: texts,
            deprecated,
            required: header.flag("required"),
            style: writing.style,
            explode: writing.explode,
            schema,
            examples,
        }
    }
}
