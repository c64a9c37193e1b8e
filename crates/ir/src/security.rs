//! Security schemes and what an operation asks of them.

use serde::Serialize;

use crate::{Docs, Extensions, Name};

/// Index of a scheme in [`crate::Ir::schemes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct SchemeId(pub usize);

/// A Security Scheme Object.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Scheme {
    /// `pascal` names the principal's type, `snake` the method that makes one.
    pub name: Name,
    /// Texts for people.
    pub docs: Docs,
    /// Where the credential stands in a request.
    pub kind: SchemeKind,
    /// Where its tokens come from; `None` where the document does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tokens: Option<Tokens>,
    /// `x-` members.
    pub extensions: Extensions,
}

/// Where tokens come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Tokens {
    /// `oauth2`, by these flows.
    OAuth2(Vec<Flow>),
    /// `openIdConnect`, with what stands at this URL.
    OpenIdConnect(String),
}

impl Tokens {
    /// Where clients get tokens for their own credentials.
    pub fn client_credentials(&self) -> Option<&str> {
        let Self::OAuth2(flows) = self else { return None };
        let flow = flows.iter().find(|flow| flow.name == "clientCredentials")?;
        Some(flow.token_url.as_str()).filter(|url| !url.is_empty())
    }

    /// Where OpenID Connect says where clients get tokens.
    pub fn discovery(&self) -> Option<&str> {
        let Self::OpenIdConnect(url) = self else { return None };
        Some(url.as_str()).filter(|url| !url.is_empty())
    }
}

/// An OAuth Flow Object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Flow {
    /// The key under `flows`.
    pub name: String,
    /// `authorizationUrl`; empty where the flow has none.
    pub authorization_url: String,
    /// `deviceAuthorizationUrl`; empty where the flow has none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub device_authorization_url: String,
    /// `tokenUrl`; empty where the flow has none.
    pub token_url: String,
    /// `refreshUrl`; empty where there is none.
    pub refresh_url: String,
    /// Scopes and what each is for, in document order.
    pub scopes: Vec<(String, String)>,
}

/// Where a credential stands in a request.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub enum SchemeKind {
    /// `http`, `bearer`; `oauth2` and `openIdConnect` send their access token so too.
    Bearer {
        /// `bearerFormat`
        format: Option<String>,
    },
    /// `http`, `basic`
    Basic,
    /// `http` with another scheme of the `Authorization` header.
    Http {
        /// The scheme's name, lower case.
        scheme: String,
    },
    /// `apiKey` in a header.
    HeaderKey {
        /// The header's name.
        header: String,
    },
    /// `apiKey` in the query.
    QueryKey {
        /// The query parameter's name.
        parameter: String,
    },
    /// `apiKey` in a cookie.
    CookieKey {
        /// The cookie's name.
        cookie: String,
    },
    /// `mutualTLS`: the connection is the credential.
    MutualTls,
}

/// One way to satisfy an operation's `security`: all of its schemes at once. An alternative without
/// schemes is anonymous access.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Alternative {
    /// The schemes, in document order.
    pub schemes: Vec<SchemeUse>,
}

/// A scheme that an alternative asks for.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SchemeUse {
    /// The scheme.
    pub scheme: SchemeId,
    /// The scopes asked for, in document order.
    pub scopes: Vec<String>,
}
