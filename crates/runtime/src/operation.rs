//! Operations as static data: what both sides know of them.

use std::fmt;

use http::Method;
use tracing::Span;

use crate::{Location, Schema};

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
    /// Alternatives, each a list of schemes that are all asked for. Empty: no credential is asked for.
    pub security: &'static [&'static [SchemeUse]],
    /// Servers of its own; empty where the document's hold.
    pub servers: &'static [Server],
    /// Opens the span that is named after it.
    pub span: fn() -> Span,
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

/// A function that opens a span with this literal name: `operation_span!("add-address")`.
#[macro_export]
macro_rules! operation_span {
    ($name:literal) => {
        || {
            $crate::private::tracing::info_span!(
                $name,
                http.request.method = $crate::private::tracing::field::Empty,
                http.route = $crate::private::tracing::field::Empty,
                http.response.status_code = $crate::private::tracing::field::Empty,
            )
        }
    };
}

/// A parameter of a request.
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
    /// The JSON text of its default.
    pub default: Option<&'static str>,
}

/// How a parameter's value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the variants are the specification's own words")]
pub enum Style {
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
}

impl Parameter {
    const fn new(name: &'static str, location: Location, schema: &'static Schema, style: Style) -> Self {
        let explode = matches!(style, Style::Form);
        Self { name, location, schema, required: false, style, explode, allow_reserved: false, default: None }
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

    /// With a default, as JSON text.
    #[must_use]
    pub const fn default(mut self, json: &'static str) -> Self {
        self.default = Some(json);
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
pub enum ContentKind {
    /// JSON with this schema.
    Json(&'static Schema),
    /// UTF-8 text.
    Text,
    /// Octets.
    Bytes,
}

impl Content {
    /// JSON.
    pub const fn json(media_type: &'static str, schema: &'static Schema) -> Self {
        Self { media_type, kind: ContentKind::Json(schema) }
    }

    /// Text.
    pub const fn text(media_type: &'static str) -> Self {
        Self { media_type, kind: ContentKind::Text }
    }

    /// Octets.
    pub const fn bytes(media_type: &'static str) -> Self {
        Self { media_type, kind: ContentKind::Bytes }
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
        Self { name, kind }
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
