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
    /// `x-` members.
    pub extensions: Extensions,
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
