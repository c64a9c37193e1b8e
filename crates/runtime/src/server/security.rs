//! Credentials: where they stand in a request, and what authenticators make of them.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{AUTHORIZATION, AsHeaderName, COOKIE, HeaderMap, HeaderValue, WWW_AUTHENTICATE};
use http::request::Parts;
use http::{Extensions, Method, StatusCode, Uri};

use super::path::Captures;
use crate::{Operation, Rejection, SchemeKind, Secret, percent};

/// What an authenticator makes of a credential.
#[derive(Debug)]
pub enum Authentication<P> {
    /// The credential is good, and this is who sent it.
    Principal(P),
    /// There is no credential of this scheme, or it is another's: the next alternative is tried.
    NotMine,
    /// The request is rejected.
    Reject(Rejection),
}

impl<P> Authentication<P> {
    /// The principal; `None` where the next alternative is to be tried.
    pub fn claimed(self) -> Result<Option<P>, Rejection> {
        match self {
            Self::Principal(principal) => Ok(Some(principal)),
            Self::NotMine => Ok(None),
            Self::Reject(rejection) => Err(rejection),
        }
    }
}

/// What an authenticator sees of a request, before any of it is decoded.
#[derive(Clone, Copy)]
pub struct SecurityRequest<'a> {
    pub(super) operation: &'static Operation,
    pub(super) scopes: &'static [&'static str],
    pub(super) parts: &'a Parts,
    pub(super) captures: &'a Captures,
}

impl<'a> SecurityRequest<'a> {
    /// The operation that is asked for.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The scopes that the operation asks of this scheme.
    pub fn scopes(&self) -> &'static [&'static str] {
        self.scopes
    }

    /// The method.
    pub fn method(&self) -> &'a Method {
        &self.parts.method
    }

    /// The URI.
    pub fn uri(&self) -> &'a Uri {
        &self.parts.uri
    }

    /// The headers.
    pub fn headers(&self) -> &'a HeaderMap {
        &self.parts.headers
    }

    /// What layers in front of the router left: connection data, client certificates.
    pub fn extensions(&self) -> &'a Extensions {
        &self.parts.extensions
    }

    /// A path parameter, decoded; `None` where there is none or its encoding is broken.
    pub fn path(&self, name: &str) -> Option<String> {
        percent::decode(self.raw_path(name)?)
    }

    /// A path parameter as it stands in the path.
    pub fn raw_path(&self, name: &str) -> Option<&'a str> {
        self.captures.get(name)
    }
}

// What a request holds may be secret.
impl fmt::Debug for SecurityRequest<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("SecurityRequest")
            .field("operation", &self.operation.id)
            .finish_non_exhaustive()
    }
}

/// The credential of `Authorization: Basic`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Basic {
    /// The user-id.
    pub user: String,
    /// The password.
    pub password: Secret,
}

/// The certificate of a connection: put into a request's extensions by whoever terminates TLS, a layer
/// or the host's acceptor.
///
/// ```text
/// request.extensions_mut().insert(ClientCertificate::new(connection.peer_certificates()));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClientCertificate {
    /// The chain in DER, the client's own certificate first.
    pub chain: Vec<Bytes>,
}

impl ClientCertificate {
    /// A chain in DER, the client's own certificate first.
    pub fn new<C: Into<Bytes>>(chain: impl IntoIterator<Item = C>) -> Self {
        Self { chain: chain.into_iter().map(Into::into).collect() }
    }
}

/// What follows the scheme in the `Authorization` header, of which there must be exactly one.
pub(super) fn authorization<'a>(headers: &'a HeaderMap, scheme: &str) -> Option<&'a str> {
    let text = only(headers, AUTHORIZATION)?;
    let (found, credential) = text.split_once(' ').unwrap_or((text, ""));
    found.eq_ignore_ascii_case(scheme).then(|| credential.trim_matches(' '))
}

/// What a bearer token consists of, but for the `=` at its end.
const IN_TOKEN: [bool; 256] = {
    let mut legal = [false; 256];
    let mut octet = 0_u8;
    while octet < 128 {
        legal[octet as usize] =
            octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'.' | b'_' | b'~' | b'+' | b'/');
        octet += 1;
    }
    legal
};

/// A bearer token. Text that RFC 6750 does not allow as one counts as none.
pub(super) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let token = authorization(headers, "bearer")?;
    let core = token.trim_end_matches('=');
    (!core.is_empty() && core.bytes().all(|octet| IN_TOKEN[usize::from(octet)])).then_some(token)
}

/// A user and password.
pub(super) fn basic(headers: &HeaderMap) -> Option<Basic> {
    let decoded = STANDARD.decode(authorization(headers, "basic")?).ok()?;
    let text = String::from_utf8(decoded).ok()?;
    let (user, password) = text.split_once(':')?;
    Some(Basic { user: user.to_owned(), password: Secret::new(password) })
}

/// The text of a header that is there once.
pub(super) fn only<K: AsHeaderName>(headers: &HeaderMap, name: K) -> Option<&str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?;
    if values.next().is_some() {
        return None;
    }
    std::str::from_utf8(value.as_bytes()).ok()
}

/// The value of a query parameter that is there once.
pub(super) fn query(uri: &Uri, name: &str) -> Option<String> {
    let mut found = None;
    for pair in uri.query()?.split('&') {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        if percent::decode_query(key).as_deref() == Some(name) {
            if found.is_some() {
                return None;
            }
            found = Some(percent::decode_query(value)?);
        }
    }
    found
}

/// The value of a cookie, as it stands in the header.
pub(super) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|value| std::str::from_utf8(value.as_bytes()).ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// Adds the challenges that a 401 must carry: one a scheme of `Authorization` that the operation asks
/// for.
pub(super) fn with_challenges(mut rejection: Rejection, operation: &Operation) -> Rejection {
    if rejection.status() != StatusCode::UNAUTHORIZED || rejection.headers().contains_key(WWW_AUTHENTICATE) {
        return rejection;
    }
    let mut challenges: Vec<String> = Vec::new();
    for used in operation.security.iter().flat_map(|alternative| alternative.iter()) {
        let challenge = match used.scheme.kind {
            SchemeKind::Bearer => "Bearer".to_owned(),
            SchemeKind::Basic => format!("Basic realm={:?}, charset=\"UTF-8\"", used.scheme.name),
            SchemeKind::Http(scheme) => scheme.to_owned(),
            _ => continue,
        };
        if !challenges.contains(&challenge) {
            challenges.push(challenge);
        }
    }
    for challenge in challenges {
        if let Ok(value) = HeaderValue::from_str(&challenge) {
            rejection = rejection.with_header(WWW_AUTHENTICATE, value);
        }
    }
    rejection
}
