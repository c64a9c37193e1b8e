//! Paths: which of them reach which operation.

use std::collections::BTreeMap;

use specwright_diagnostics::Pointer;
use specwright_ir::{Ir, Location, Operation, PathPiece, TagId};

/// The operations that no request can reach, and why: of two with one method and path, the router takes
/// the one that it gets first.
pub(crate) fn unservable(ir: &Ir) -> BTreeMap<Pointer, &'static str> {
    let mut served: Vec<&Operation> = Vec::new();
    let mut unservable = BTreeMap::new();
    for tag in 0..ir.tags.len() {
        let mut operations: Vec<&Operation> = ir.operations_of(TagId(tag)).collect();
        operations.sort_by(|one, other| one.name.snake.cmp(&other.name.snake));
        for operation in operations {
            let is_taken = |other: &&&Operation| {
                other.method == operation.method
                    && is_beside(other, operation)
                    && has_same_shape(other, operation)
            };
            let why = if served.iter().any(|other| is_taken(&other)) {
                "another operation has the same method and path"
            } else {
                served.push(operation);
                continue;
            };
            unservable.insert(operation.name.origin.clone(), why);
        }
    }
    unservable
}

/// Whether both are answered by one router: those of `paths`, or webhooks and callbacks.
fn is_beside(one: &Operation, other: &Operation) -> bool {
    one.event.is_some() == other.event.is_some()
}

/// Whether two templates differ in the names of their parameters at most.
fn has_same_shape(one: &Operation, other: &Operation) -> bool {
    let (one, other) = (Served::of(one), Served::of(other));
    one.asked == other.asked && one.query == other.query && has_same_path(&one, &other)
}

fn has_same_path(one: &Served, other: &Served) -> bool {
    let is_same = |one: &PathPiece, other: &PathPiece| match (one, other) {
        (PathPiece::Parameter(_), PathPiece::Parameter(_)) => true,
        (one, other) => one == other,
    };
    one.segments.len() == other.segments.len()
        && one.segments.iter().zip(&other.segments).all(|(one, other)| {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_same(one, other))
        })
}

/// What a template asks of a request.
pub(crate) struct Served<'a> {
    /// The segments of the path.
    pub(crate) segments: Vec<Vec<PathPiece>>,
    /// What stands behind a `?`, pair by pair: the name, and what stands behind the `=`. A parameter there is
    /// one of the path.
    pub(crate) query: Vec<(&'a str, Option<PathPiece>)>,
    /// What stands behind a `#` and names parameters, with their values; no request says the rest.
    pub(crate) asked: Vec<(&'a str, &'a str)>,
}

impl<'a> Served<'a> {
    pub(crate) fn of(operation: &'a Operation) -> Self {
        let mut segments = operation.path.segments.clone();
        let raw = operation.path.raw.as_str();
        let has = |location, name: &str| {
            operation.parameters.iter().any(|one| one.location == location && one.name.wire == name)
        };
        let (path, query) = raw.split_once('?').map_or((raw, None), |(path, query)| (path, Some(query)));
        if query.is_some() {
            cut(&mut segments, '?');
        }
        let query = query.unwrap_or_default().split('#').next().unwrap_or_default();
        let query = pairs(query).filter_map(|(name, value)| {
            let named = in_braces(name);
            let (name, parameter) = (named.unwrap_or(name), named.or_else(|| in_braces(value?)));
            let value = match (parameter, value) {
                // A query parameter that the template shows is one all the same.
                (Some(parameter), _)
                    if !has(Location::Path, parameter) && has(Location::Query, parameter) =>
                {
                    return None;
                }
                (Some(parameter), _) => Some(PathPiece::Parameter(parameter.to_owned())),
                (None, Some(value)) => Some(PathPiece::Literal(value.to_owned())),
                (None, None) => None,
            };
            Some((name, value))
        });
        let query = query.collect();
        // With a slash or a parameter in it, it is a path that has a `#`.
        let fragment = path.split_once('#').map(|(_, fragment)| fragment);
        let fragment = fragment.filter(|fragment| !fragment.contains(['/', '{']));
        if fragment.is_some() {
            cut(&mut segments, '#');
        }
        let is_parameter = |name: &str| {
            operation.parameters.iter().any(|parameter| match parameter.location {
                Location::Query => parameter.name.wire == name,
                Location::Header => parameter.name.wire.eq_ignore_ascii_case(name),
                _ => false,
            })
        };
        let asked = pairs(fragment.unwrap_or_default());
        let asked = asked.filter(|(name, _)| is_parameter(name));
        let asked = asked.map(|(name, value)| (name, value.unwrap_or_default())).collect();
        Self { segments, query, asked }
    }
}

fn in_braces(text: &str) -> Option<&str> {
    text.strip_prefix('{')?.strip_suffix('}')
}

fn pairs(text: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| pair.split_once('=').map_or((pair, None), |(name, value)| (name, Some(value))))
}

/// Takes off what begins with this character.
fn cut(segments: &mut Vec<Vec<PathPiece>>, character: char) {
    for (at, pieces) in segments.iter_mut().enumerate() {
        let begins =
            |piece: &PathPiece| matches!(piece, PathPiece::Literal(text) if text.contains(character));
        let Some(first) = pieces.iter().position(begins) else { continue };
        pieces.truncate(first + 1);
        if let Some(PathPiece::Literal(text)) = pieces.last_mut() {
            text.truncate(text.find(character).unwrap_or_default());
            if text.is_empty() {
                pieces.pop();
            }
        }
        segments.truncate(at + 1);
        return;
    }
}

/// Whether a path may be meant for another operation than the one it is made for.
pub(crate) fn is_anothers(ir: &Ir, operation: &Operation, path: &str) -> bool {
    let own = Served::of(operation);
    let is_before = |other: &Served| !has_same_path(other, &own) && ranks(other) <= ranks(&own);
    let others = ir.operations.iter().filter(|other| is_beside(other, operation)).map(Served::of);
    others.filter(is_before).any(|other| may_match(&other, path))
}

/// Of two templates that a path matches, the one with the lesser ranks is meant.
fn ranks(served: &Served) -> Vec<u8> {
    let rank = |pieces: &Vec<PathPiece>| match pieces.as_slice() {
        [] | [PathPiece::Literal(_)] => 0,
        [PathPiece::Parameter(_)] => 2,
        _ => 1,
    };
    served.segments.iter().map(rank).collect()
}

fn may_match(served: &Served, path: &str) -> bool {
    let segments: Vec<&str> = path.split('/').skip(1).collect();
    let templates = &served.segments;
    segments.len() == templates.len()
        && segments.iter().zip(templates).all(|(segment, pieces)| match pieces.as_slice() {
            [] => segment.is_empty(),
            [PathPiece::Literal(text)] => text == segment || text.contains('%') || segment.contains('%'),
            // Fixed text around a parameter.
            pieces => pieces.iter().all(|piece| match piece {
                PathPiece::Literal(text) => segment.contains(text.as_str()),
                PathPiece::Parameter(_) => true,
            }),
        })
}
