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
    let is_same = |one: &PathPiece, other: &PathPiece| match (one, other) {
        (PathPiece::Parameter(_), PathPiece::Parameter(_)) => true,
        (one, other) => one == other,
    };
    let ((one, asked), (other, asked_of_other)) = (served(one), served(other));
    asked == asked_of_other
        && one.len() == other.len()
        && one.iter().zip(&other).all(|(one, other)| {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_same(one, other))
        })
}

/// The segments of a path, and what a request has to have beside them. Of a fragment that is what names
/// parameters; the rest of it no request says.
fn served(operation: &Operation) -> (Vec<Vec<PathPiece>>, Vec<&str>) {
    let mut segments = operation.path.segments.clone();
    let Some((_, fragment)) = operation.path.raw.split_once('#') else { return (segments, Vec::new()) };
    if fragment.contains(['/', '{']) {
        return (segments, Vec::new());
    }
    if let Some(PathPiece::Literal(text)) = segments.last_mut().and_then(|pieces| pieces.last_mut())
        && let Some(at) = text.find('#')
    {
        text.truncate(at);
        let is_empty = text.is_empty();
        segments.last_mut().filter(|_| is_empty).map(Vec::pop);
    }
    let is_parameter = |pair: &&str| {
        let name = pair.split_once('=').map_or(*pair, |(name, _)| name);
        operation.parameters.iter().any(|parameter| match parameter.location {
            Location::Query => parameter.name.wire == name,
            Location::Header => parameter.name.wire.eq_ignore_ascii_case(name),
            _ => false,
        })
    };
    (segments, fragment.split('&').filter(is_parameter).collect())
}

/// Whether a path may be meant for another operation than the one it is made for.
pub(crate) fn is_anothers(ir: &Ir, operation: &Operation, path: &str) -> bool {
    let is_before = |other: &&Operation| {
        is_beside(other, operation) && !has_same_shape(other, operation) && ranks(other) <= ranks(operation)
    };
    ir.operations.iter().filter(is_before).any(|other| may_match(other, path))
}

/// Of two templates that a path matches, the one with the lesser ranks is meant.
fn ranks(operation: &Operation) -> Vec<u8> {
    let rank = |pieces: &Vec<PathPiece>| match pieces.as_slice() {
        [] | [PathPiece::Literal(_)] => 0,
        [PathPiece::Parameter(_)] => 2,
        _ => 1,
    };
    operation.path.segments.iter().map(rank).collect()
}

fn may_match(operation: &Operation, path: &str) -> bool {
    let segments: Vec<&str> = path.split('/').skip(1).collect();
    let templates = &operation.path.segments;
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
