//! Path templates that hold more than a path: what is behind a `?` or `#` of theirs.

use crate::{Location, Operation};

/// A path template in its parts.
pub(crate) struct Target {
    /// What a request's path is held against.
    pub path: &'static str,
    /// What the query has to have, too.
    pub query: Vec<Pair>,
    /// What stands behind a `#`, which no request has: it tells apart operations of one path by
    /// parameters of theirs.
    #[cfg(feature = "server")]
    pub fragment: Vec<Pair>,
}

/// `name=value`, or a name alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pair {
    pub name: &'static str,
    pub value: Option<Part>,
}

/// What stands behind the `=`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Literal(&'static str),
    /// A path parameter.
    Parameter(&'static str),
}

impl Target {
    /// The parts of a path at which an operation is mounted, or called.
    pub(crate) fn of(operation: &Operation, path: &'static str) -> Self {
        let (path, query) = match path.split_once('?') {
            Some((path, query)) => (path, query.split('#').next().unwrap_or_default()),
            None => (path, ""),
        };
        let query = pairs(query).filter(|pair| match pair.value {
            // A query parameter that the template shows is one all the same.
            Some(Part::Parameter(name)) => {
                let has = |location| operation.parameter(location, name).is_some();
                has(Location::Path) || !has(Location::Query)
            }
            _ => true,
        });
        let query = query.collect();
        let (path, fragment) = match path.split_once('#') {
            // With a slash or a parameter in it, it is a path that has a `#`.
            Some((path, fragment)) if !fragment.contains(['/', '{']) => (path, fragment),
            _ => (path, ""),
        };
        #[cfg(not(feature = "server"))]
        let _ = fragment;
        Self {
            path,
            query,
            #[cfg(feature = "server")]
            fragment: declared(operation, fragment),
        }
    }
}

/// Of what stands behind a `#`, what names parameters.
#[cfg(feature = "server")]
fn declared(operation: &Operation, fragment: &'static str) -> Vec<Pair> {
    let is_declared = |pair: &Pair| {
        let is_parameter = |location| operation.parameter(location, pair.name).is_some();
        is_parameter(Location::Query) || is_parameter(Location::Header)
    };
    pairs(fragment).filter(is_declared).collect()
}

fn pairs(text: &'static str) -> impl Iterator<Item = Pair> {
    text.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (name, value) = pair.split_once('=').map_or((pair, None), |(name, value)| (name, Some(value)));
        if let Some(name) = in_braces(name) {
            // A name that varies is no name: this is the parameter of that name, with a value of it or without.
            return Pair { name, value: Some(Part::Parameter(name)) };
        }
        let part = |value| in_braces(value).map_or(Part::Literal(value), Part::Parameter);
        Pair { name, value: value.map(part) }
    })
}

fn in_braces(text: &str) -> Option<&str> {
    text.strip_prefix('{')?.strip_suffix('}')
}
