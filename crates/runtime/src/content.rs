//! Bodies as static data: media types, and how each is written.

use crate::parameter::{Parameter, Style};
use crate::schema::{Additional, ObjectRules, Shape};
use crate::style::HeaderForm;
use crate::{Location, Root, Schema};

/// A request body.
#[derive(Clone, Copy, Debug)]
pub struct Body {
    /// Whether it must be there.
    pub required: bool,
    /// Its media types, in document order.
    pub contents: &'static [Content],
}

impl Body {
    /// A body that must be there.
    pub const fn required(contents: &'static [Content]) -> Self {
        Self { required: true, contents }
    }

    /// A body that may be left out.
    pub const fn optional(contents: &'static [Content]) -> Self {
        Self { required: false, contents }
    }
}

/// The media types of what an operation answers.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Produces {
    /// Those of its successes, in document order.
    pub successes: &'static [&'static str],
    /// Those of its errors that no success has.
    pub errors: &'static [&'static str],
    /// Those of its successes that a client reads piece by piece.
    pub streamed: &'static [&'static str],
    /// Whether a success may have no body.
    pub or_nothing: bool,
}

impl Produces {
    /// No bodies.
    pub const NONE: Self = Self::new(&[], &[]).or_nothing();

    /// The media types of the successes, and those of the errors that no success has.
    pub const fn new(successes: &'static [&'static str], errors: &'static [&'static str]) -> Self {
        Self { successes, errors, streamed: &[], or_nothing: false }
    }

    /// These of the successes are read piece by piece.
    #[must_use]
    pub const fn streamed(mut self, media_types: &'static [&'static str]) -> Self {
        self.streamed = media_types;
        self
    }

    /// A success may have no body.
    #[must_use]
    pub const fn or_nothing(mut self) -> Self {
        self.or_nothing = true;
        self
    }
}

/// A body in one media type.
#[derive(Clone, Copy, Debug)]
pub struct Content {
    /// The media type, or a range such as `text/*`.
    pub media_type: &'static str,
    /// How it is written.
    pub kind: ContentKind,
}

/// How a body is written.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum ContentKind {
    /// JSON with this schema.
    Json(&'static Schema),
    /// XML whose root element is this.
    Xml(Root),
    /// Pairs of names and values, percent-encoded.
    Form(Form),
    /// Parts with names.
    Multipart(Form),
    /// UTF-8 text.
    Text,
    /// UTF-8 text that is a value of this schema: a number, a date, a word of an enum.
    Scalar(&'static Schema),
    /// Octets.
    Bytes,
    /// `text/event-stream`: events whose data are JSON, or text, of this schema.
    Events(&'static Schema),
    /// JSON of this schema, value after value.
    Items(&'static Schema),
}

impl Content {
    /// JSON.
    pub const fn json(media_type: &'static str, schema: &'static Schema) -> Self {
        Self { media_type, kind: ContentKind::Json(schema) }
    }

    /// XML.
    pub const fn xml(media_type: &'static str, root: Root) -> Self {
        Self { media_type, kind: ContentKind::Xml(root) }
    }

    /// A form; every property is written as its schema has it, but for those of `encodings`.
    pub const fn form(
        media_type: &'static str,
        schema: &'static Schema,
        encodings: &'static [Encoding],
    ) -> Self {
        Self { media_type, kind: ContentKind::Form(Form { schema, encodings }) }
    }

    /// A multipart body; every property is a part as its schema has it, or a part an item, but for those
    /// of `encodings`.
    pub const fn multipart(
        media_type: &'static str,
        schema: &'static Schema,
        encodings: &'static [Encoding],
    ) -> Self {
        Self { media_type, kind: ContentKind::Multipart(Form { schema, encodings }) }
    }

    /// Text.
    pub const fn text(media_type: &'static str) -> Self {
        Self { media_type, kind: ContentKind::Text }
    }

    /// Text that is a value of this schema.
    pub const fn scalar(media_type: &'static str, schema: &'static Schema) -> Self {
        Self { media_type, kind: ContentKind::Scalar(schema) }
    }

    /// Octets.
    pub const fn bytes(media_type: &'static str) -> Self {
        Self { media_type, kind: ContentKind::Bytes }
    }

    /// A stream of events.
    pub const fn events(media_type: &'static str, schema: &'static Schema) -> Self {
        Self { media_type, kind: ContentKind::Events(schema) }
    }

    /// JSON, value after value.
    pub const fn items(media_type: &'static str, schema: &'static Schema) -> Self {
        Self { media_type, kind: ContentKind::Items(schema) }
    }
}

/// A body that is made of named values.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// Its schema, that of an object.
    pub schema: &'static Schema,
    /// The properties that are not written as their schemas have it.
    pub encodings: &'static [Encoding],
}

impl Form {
    fn encoding(&self, property: &str) -> Option<&'static Encoding> {
        self.encodings.iter().find(|encoding| encoding.property == property)
    }

    /// How a property is written.
    pub(crate) fn written(&self, property: &str) -> Written {
        self.encoding(property).map_or(Written::Plain, |encoding| encoding.written)
    }

    /// The headers of a property's parts, and how each is written.
    #[cfg(any(feature = "client", feature = "server"))]
    pub(crate) fn headers(&self, property: &str) -> &'static [(&'static str, HeaderForm)] {
        self.encoding(property).map_or(&[], |encoding| encoding.headers)
    }

    /// A property that is written as a query parameter would be.
    pub(crate) fn parameter(&self, property: &str) -> Option<Parameter> {
        let Encoding { property, written, .. } = *self.encoding(property)?;
        let Written::Styled { style, explode, allow_reserved } = written else { return None };
        let declared = self.rules().properties.iter().find(|declared| declared.name == property)?;
        let parameter = Parameter::new(property, Location::Body, declared.schema, style);
        Some(Parameter { explode, allow_reserved, ..parameter })
    }

    /// What its schema says of its properties; one that is no object's takes any.
    pub(crate) fn rules(&self) -> ObjectRules {
        const ANY: &Schema = &Schema::any();
        match self.schema.resolved().shape {
            Shape::Object(rules) => rules,
            _ => ObjectRules {
                properties: &[],
                additional: Additional::Checked(ANY),
                min: None,
                max: None,
                groups: &[],
            },
        }
    }
}

/// How a property of a form is written.
#[derive(Clone, Copy, Debug)]
pub struct Encoding {
    property: &'static str,
    written: Written,
    headers: &'static [(&'static str, HeaderForm)],
}

/// How the value of a property is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Written {
    /// A primitive as its text, an object as JSON, each item of an array so.
    Plain,
    /// As JSON; the items of an array one by one.
    Json,
    /// As a part of one of these media types, separated by commas.
    Part(&'static str),
    /// As a query parameter.
    Styled { style: Style, explode: bool, allow_reserved: bool },
}

impl Encoding {
    const fn new(property: &'static str, written: Written) -> Self {
        Self { property, written, headers: &[] }
    }

    /// As its schema has it.
    pub const fn plain(property: &'static str) -> Self {
        Self::new(property, Written::Plain)
    }

    /// As JSON; the items of an array one by one.
    pub const fn json(property: &'static str) -> Self {
        Self::new(property, Written::Json)
    }

    /// As parts of one of these media types, separated by commas; ranges are among them.
    pub const fn part(property: &'static str, media_types: &'static str) -> Self {
        Self::new(property, Written::Part(media_types))
    }

    /// As a query parameter of this style.
    pub const fn style(property: &'static str, style: Style, explode: bool) -> Self {
        Self::new(property, Written::Styled { style, explode, allow_reserved: false })
    }

    /// `allowReserved: true`
    #[must_use]
    pub const fn allow_reserved(mut self) -> Self {
        if let Written::Styled { allow_reserved, .. } = &mut self.written {
            *allow_reserved = true;
        }
        self
    }

    /// A part has these headers: it is an object of them and of what it holds, which is its `value`.
    #[must_use]
    pub const fn headers(mut self, headers: &'static [(&'static str, HeaderForm)]) -> Self {
        self.headers = headers;
        self
    }
}
