//! Base URLs: from the caller, or from the document's servers and their variables.

use std::collections::BTreeMap;
use std::fmt;

use url::Url;

use crate::Server;

/// Why a client cannot be built.
#[derive(Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// No base URL is given, and the document names no server with a host.
    NoBaseUrl,
    /// The base URL is none for HTTP, or has a query or fragment.
    BaseUrl(String),
    /// The URL of a receiver is none for HTTP, or has a fragment.
    Target(String),
    /// The document has no server of this index.
    Server(usize),
    /// No server has a variable of this name.
    Variable(String),
    /// The document does not list this value for a variable.
    Value {
        /// The variable.
        variable: String,
        /// The legal values.
        legal: &'static [&'static str],
    },
    /// The user agent is not a header's value.
    UserAgent,
    /// The HTTP client cannot be made.
    Http(reqwest::Error),
}

impl fmt::Display for BuildError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoBaseUrl => formatter.write_str("no base URL is given, and the contract names none"),
            Self::BaseUrl(url) => write!(formatter, "`{url}` is not a base URL"),
            Self::Target(url) => write!(formatter, "`{url}` is not a URL that requests can be sent to"),
            Self::Server(index) => write!(formatter, "the contract has no server {index}"),
            Self::Variable(name) => write!(formatter, "no server has a variable `{name}`"),
            Self::Value { variable, legal } => {
                write!(formatter, "the variable `{variable}` must be one of {}", legal.join(", "))
            }
            Self::UserAgent => formatter.write_str("the user agent is not a header's value"),
            Self::Http(error) => write!(formatter, "the HTTP client cannot be made: {error}"),
        }
    }
}

impl std::error::Error for BuildError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Http(error) => Some(error),
            _ => None,
        }
    }
}

/// Reads a base URL; it ends without a slash, so that paths can be appended.
pub(super) fn parse(text: &str) -> Result<String, BuildError> {
    let refused = || BuildError::BaseUrl(text.to_owned());
    let url = Url::parse(text).map_err(|_| refused())?;
    let is_base = matches!(url.scheme(), "http" | "https")
        && url.has_host()
        && url.query().is_none()
        && url.fragment().is_none();
    if is_base { Ok(url.as_str().trim_end_matches('/').to_owned()) } else { Err(refused()) }
}

/// Reads the whole URL that requests are sent to.
pub(super) fn target(text: &str) -> Result<Url, BuildError> {
    let refused = || BuildError::Target(text.to_owned());
    let url = Url::parse(text).map_err(|_| refused())?;
    let is_target = matches!(url.scheme(), "http" | "https") && url.has_host() && url.fragment().is_none();
    if is_target { Ok(url) } else { Err(refused()) }
}

/// A server's URL with its variables filled in.
pub(super) fn filled(server: &Server, variables: &BTreeMap<String, String>) -> Result<String, BuildError> {
    let mut url = server.url.to_owned();
    for variable in server.variables {
        let value = variables.get(variable.name).map_or(variable.default, String::as_str);
        if variables.contains_key(variable.name)
            && !variable.values.is_empty()
            && !variable.values.contains(&value)
        {
            return Err(BuildError::Value { variable: variable.name.to_owned(), legal: variable.values });
        }
        url = url.replace(&format!("{{{}}}", variable.name), value);
    }
    Ok(url)
}

/// The base URL of an operation that has servers of its own: the first, relative to the document's.
pub(super) fn of_operation(
    server: &Server,
    variables: &BTreeMap<String, String>,
    document: Option<&str>,
) -> Result<String, BuildError> {
    let url = filled(server, variables)?;
    match document {
        Some(document) if Url::parse(&url).is_err() => {
            let joined = Url::parse(document).and_then(|base| base.join(&url));
            parse(joined.map_err(|_| BuildError::BaseUrl(url))?.as_str())
        }
        None if url.starts_with('/') => Err(BuildError::NoBaseUrl),
        _ => parse(&url),
    }
}
