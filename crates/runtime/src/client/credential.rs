//! Credentials, and the requests they go into.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::{AUTHORIZATION, COOKIE, HeaderMap, HeaderName, HeaderValue};

use super::provider::AnyProvider;
use crate::{Operation, Scheme, SchemeKind, SchemeUse, Secret, percent};

/// What proves who calls. `Debug` does not show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential(Kind);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    Token(Secret),
    Basic { user: String, password: Secret },
}

impl Credential {
    /// A bearer token, an API key, or what follows another scheme in the `Authorization` header.
    pub fn token(token: impl Into<Secret>) -> Self {
        Self(Kind::Token(token.into()))
    }

    /// A user and password.
    pub fn basic(user: impl Into<String>, password: impl Into<Secret>) -> Self {
        Self(Kind::Basic { user: user.into(), password: password.into() })
    }

    fn text(&self) -> String {
        match &self.0 {
            Kind::Token(token) => token.expose().to_owned(),
            Kind::Basic { user, password } => STANDARD.encode(format!("{user}:{}", password.expose())),
        }
    }
}

/// The credentials of a client, by the scheme's name.
pub(super) type Credentials = BTreeMap<&'static str, Given>;

/// How a client comes by a credential.
#[derive(Clone)]
pub(super) enum Given {
    /// It has it.
    Fixed(Credential),
    /// It asks for it.
    Provided(Arc<dyn AnyProvider>),
    /// Its connections are the credential.
    Connection,
}

// A credential is secret.
impl fmt::Debug for Given {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Fixed(_) => "Fixed(..)",
            Self::Provided(_) => "Provided(..)",
            Self::Connection => "Connection",
        })
    }
}

/// The alternative that a client uses: the first whose credentials it has all of. Anonymous access
/// comes last wherever the document lists it, because a credential is configured to be sent.
pub(super) fn alternative(operation: &Operation, credentials: &Credentials) -> Option<&'static [SchemeUse]> {
    if operation.security.is_empty() {
        return Some(&[]);
    }
    let has = |used: &SchemeUse| credentials.contains_key(used.scheme.name);
    let mut alternatives = operation.security.iter();
    let named = alternatives.clone().find(|schemes| !schemes.is_empty() && schemes.iter().all(has));
    named.or_else(|| alternatives.find(|schemes| schemes.is_empty())).copied()
}

/// Writes the credentials of an alternative. The name of the scheme whose credential cannot be sent
/// is the error.
pub(super) fn write(
    credentials: &[(&'static Scheme, Credential)],
    headers: &mut HeaderMap,
    query: &mut Vec<String>,
) -> Result<(), &'static str> {
    let mut written = HeaderMap::new();
    for (scheme, credential) in credentials {
        let text = credential.text();
        let refused = |()| scheme.name;
        match scheme.kind {
            SchemeKind::Bearer => {
                put(&mut written, AUTHORIZATION, &format!("Bearer {text}")).map_err(refused)?;
            }
            SchemeKind::Basic => {
                put(&mut written, AUTHORIZATION, &format!("Basic {text}")).map_err(refused)?;
            }
            SchemeKind::Http(name) => {
                put(&mut written, AUTHORIZATION, &format!("{name} {text}")).map_err(refused)?;
            }
            SchemeKind::HeaderKey(name) => {
                let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| scheme.name)?;
                put(&mut written, name, &text).map_err(refused)?;
            }
            SchemeKind::QueryKey(name) => {
                // A parameter may be the credential: there is one text for both.
                query.retain(|pair| {
                    let key = pair.split_once('=').map_or(pair.as_str(), |(key, _)| key);
                    percent::decode_query(key).as_deref() != Some(name)
                });
                query.push(format!("{}={}", percent::encode(name), percent::encode(&text)));
            }
            SchemeKind::CookieKey(name) => {
                put_cookie(headers, name, &text).map_err(refused)?;
            }
            SchemeKind::MutualTls => {}
        }
    }
    // In place of what parameters say.
    for (name, value) in &written {
        headers.insert(name, value.clone());
    }
    Ok(())
}

/// Adds a cookie to those that are there, which all stand in one line: RFC 6265, section 5.4.
fn put_cookie(headers: &mut HeaderMap, name: &str, text: &str) -> Result<(), ()> {
    let lines: Vec<HeaderValue> = headers.get_all(COOKIE).iter().cloned().collect();
    let is_it = |pair: &&[u8]| pair.strip_prefix(name.as_bytes()).is_some_and(|rest| rest.starts_with(b"="));
    let pairs = lines.iter().flat_map(|line| line.as_bytes().split(|octet| *octet == b';'));
    let others = pairs.map(<[u8]>::trim_ascii).filter(|pair| !pair.is_empty() && !is_it(pair));
    let own = format!("{name}={text}");
    let all: Vec<&[u8]> = others.chain([own.as_bytes()]).collect();
    headers.insert(COOKIE, secret(all.join(&b"; "[..]))?);
    Ok(())
}

/// Two credentials in one header have to be the same text.
fn put(headers: &mut HeaderMap, name: HeaderName, text: &str) -> Result<(), ()> {
    let value = secret(text)?;
    if headers.get(&name).is_some_and(|other| *other != value) {
        return Err(());
    }
    headers.insert(name, value);
    Ok(())
}

fn secret(text: impl AsRef<[u8]>) -> Result<HeaderValue, ()> {
    let mut value = HeaderValue::from_bytes(text.as_ref()).map_err(|_| ())?;
    value.set_sensitive(true);
    Ok(value)
}
