//! Operations as static data: what both sides know of them.

use std::fmt;

use http::Method;

use crate::Location;
use crate::content::{Body, Produces};
use crate::parameter::Parameter;
use crate::span::Callsite;

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
