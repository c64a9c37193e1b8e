//! Operations as static data: what both sides know of them.

use std::fmt;

use http::Method;

use crate::schema::{Additional, ObjectRules, Shape};
use crate::span::Callsite;
use crate::{Location, Root, Schema};

/// An operation of the contract. `Debug` shows which one it is, and no more.
pub struct Operation {
    /// The operationId, or `GET /path` where there is none.
    pub id: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path template as the document writes it.
    pub path: &'static str,
    /// Its parameters.
    pub parameters: &'static [Parameter],
    /// Its request body.
    pub body: Option<&'static Body>,
    /// The keys under `responses`.
    pub statuses: &'static [&'static str],
    /// The media types of its responses.
    pub produces: Produces,
    /// Alternatives, each a list of schemes that are all asked for. Empty: no credential is asked for.
    pub security: &'static [&'static [SchemeUse]],
    /// Servers of its own; empty where the document's hold.
    pub servers: &'static [Server],
    /// The span that is named after it, by [`operation_span!`](crate::operation_span!).
    pub span: &'static Callsite,
}

impl Operation {
    /// The parameter of this name at this place.
    pub fn parameter(&self, location: Location, name: &str) -> Option<&'static Parameter> {
        let matches = |parameter: &&Parameter| {
            parameter.location == location
                && (parameter.name == name
                    || location == Location::Header && parameter.name.eq_ignore_ascii_case(name))
        };
        self.parameters.iter().find(matches)
    }
}

impl fmt::Debug for Operation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Operation({:?}, {} {})", self.id, self.method, self.path)
    }
}

/// A parameter of a request.
#[expect(clippy::struct_excessive_bools, reason = "each is a field of the Parameter Object")]
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// Its name on the wire.
    pub name: &'static str,
    /// Where it stands.
    pub location: Location,
    /// Its schema.
    pub schema: &'static Schema,
    /// Whether it must be there.
    pub required: bool,
    /// How its value is written.
    pub style: Style,
    /// Whether items and members are written each on its own.
    pub explode: bool,
    /// Whether reserved characters stay as they are.
    pub allow_reserved: bool,
    /// Whether a text that is empty stands for no value, where it is no value of its own.
    pub allow_empty: bool,
    /// The JSON text of its default.
    pub default: Option<&'static str>,
    /// The texts that tell it from the path parameters right beside it; empty where nothing does.
    pub one_of: &'static [&'static str],
}

/// How a parameter's value is written: in a style of the specification's table, or as JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the specification's own words")]
pub enum Style {
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    PipeDelimited,
    /// Tabs between the parts, as `collectionFormat: tsv` of 2.0 has it.
    TabDelimited,
    /// As `Form`, and nothing is percent-encoded.
    Cookie,
    DeepObject,
    /// No style: the text is JSON.
    Json,
}

impl Style {
    /// What stands between the parts of a value, where that is the style's own.
    pub(crate) const fn delimiter(self) -> Option<char> {
        match self {
            Self::SpaceDelimited => Some(' '),
            Self::PipeDelimited => Some('|'),
            Self::TabDelimited => Some('\t'),
            _ => None,
        }
    }
}

impl Parameter {
    const fn new(name: &'static str, location: Location, schema: &'static Schema, style: Style) -> Self {
        let explode = matches!(style, Style::Form);
        Self {
            name,
            location,
            schema,
            required: false,
            style,
            explode,
            allow_reserved: false,
            allow_empty: false,
            default: None,
            one_of: &[],
        }
    }

    /// A path parameter: required, `simple`, not exploded.
    pub const fn path(name: &'static str, schema: &'static Schema) -> Self {
        Self::new(name, Location::Path, schema, Style::Simple).required()
    }

    /// A query parameter: optional, `form`, exploded.
    pub const fn query(name: &'static str, schema: &'static Schema) -> Self {
        Self::new(name, Location::Query, schema, Style::Form)
    }

    /// A header parameter: optional, `simple`, not exploded.
    pub const fn header(name: &'static str, schema: &'static Schema) -> Self {
        Self::new(name, Location::Header, schema, Style::Simple)
    }

    /// A cookie parameter: optional, `form`, exploded.
    pub const fn cookie(name: &'static str, schema: &'static Schema) -> Self {
        Self::new(name, Location::Cookie, schema, Style::Form)
    }

    /// It must be there.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// With another style. `explode` stays as it was.
    #[must_use]
    pub const fn style(mut self, style: Style) -> Self {
        self.style = style;
        self
    }

    /// Exploded or not.
    #[must_use]
    pub const fn explode(mut self, explode: bool) -> Self {
        self.explode = explode;
        self
    }

    /// `allowReserved: true`
    #[must_use]
    pub const fn allow_reserved(mut self) -> Self {
        self.allow_reserved = true;
        self
    }

    /// `allowEmptyValue: true`, or `null`, for which text has no other word.
    #[must_use]
    pub const fn allow_empty(mut self) -> Self {
        self.allow_empty = true;
        self
    }

    /// With a default, as JSON text.
    #[must_use]
    pub const fn default(mut self, json: &'static str) -> Self {
        self.default = Some(json);
        self
    }

    /// With the texts that tell it from the path parameters right beside it.
    #[must_use]
    pub const fn one_of(mut self, texts: &'static [&'static str]) -> Self {
        self.one_of = texts;
        self
    }
}

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

    /// A property that is written as a query parameter would be.
    pub(crate) fn parameter(&self, property: &str) -> Option<Parameter> {
        let Encoding { property, written } = *self.encoding(property)?;
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
}

/// How the value of a property is written.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Written {
    /// A primitive as its text, an object as JSON, each item of an array so.
    Plain,
    /// As JSON; the items of an array one by one.
    Json,
    /// As a part of one of these media types, separated by commas.
    #[cfg_attr(
        not(any(feature = "client", feature = "server")),
        expect(dead_code, reason = "parts are read and written by the sides")
    )]
    Part(&'static str),
    /// As a query parameter.
    Styled { style: Style, explode: bool, allow_reserved: bool },
}

impl Encoding {
    /// As JSON; the items of an array one by one.
    pub const fn json(property: &'static str) -> Self {
        Self { property, written: Written::Json }
    }

    /// As parts of one of these media types, separated by commas; ranges are among them.
    pub const fn part(property: &'static str, media_types: &'static str) -> Self {
        Self { property, written: Written::Part(media_types) }
    }

    /// As a query parameter of this style.
    pub const fn style(property: &'static str, style: Style, explode: bool) -> Self {
        Self { property, written: Written::Styled { style, explode, allow_reserved: false } }
    }

    /// `allowReserved: true`
    #[must_use]
    pub const fn allow_reserved(mut self) -> Self {
        if let Written::Styled { allow_reserved, .. } = &mut self.written {
            *allow_reserved = true;
        }
        self
    }
}

/// A scheme that an alternative of `security` asks for.
#[derive(Clone, Copy, Debug)]
pub struct SchemeUse {
    /// The scheme.
    pub scheme: &'static Scheme,
    /// The scopes asked for.
    pub scopes: &'static [&'static str],
}

impl SchemeUse {
    /// A scheme with the scopes asked for.
    pub const fn new(scheme: &'static Scheme, scopes: &'static [&'static str]) -> Self {
        Self { scheme, scopes }
    }
}

/// A security scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scheme {
    /// Its key under `securitySchemes`.
    pub name: &'static str,
    /// Where the credential stands.
    pub kind: SchemeKind,
    /// `tokenUrl` of the OAuth flow `clientCredentials`.
    pub token_url: Option<&'static str>,
    /// `openIdConnectUrl`
    pub discovery_url: Option<&'static str>,
}

/// Where a credential stands in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemeKind {
    /// `Authorization: Bearer`, with which `oauth2` and `openIdConnect` travel too.
    Bearer,
    /// `Authorization: Basic`
    Basic,
    /// Another scheme of `Authorization`.
    Http(&'static str),
    /// A header of this name.
    HeaderKey(&'static str),
    /// A query parameter of this name.
    QueryKey(&'static str),
    /// A cookie of this name.
    CookieKey(&'static str),
    /// The connection itself.
    MutualTls,
}

impl Scheme {
    /// A scheme.
    pub const fn new(name: &'static str, kind: SchemeKind) -> Self {
        Self { name, kind, token_url: None, discovery_url: None }
    }

    /// With where clients get tokens for their own credentials.
    #[must_use]
    pub const fn token_url(mut self, url: &'static str) -> Self {
        self.token_url = Some(url);
        self
    }

    /// With where OpenID Connect says where tokens come from.
    #[must_use]
    pub const fn discovery_url(mut self, url: &'static str) -> Self {
        self.discovery_url = Some(url);
        self
    }
}

/// A server of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Server {
    /// The URL template, such as `https://{region}.example.com`.
    pub url: &'static str,
    /// The template's variables.
    pub variables: &'static [ServerVariable],
}

/// A variable of a server's URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServerVariable {
    /// The name between the braces.
    pub name: &'static str,
    /// What is used where the caller sets nothing.
    pub default: &'static str,
    /// The legal values; empty where any is.
    pub values: &'static [&'static str],
}
