//! Paths: which of them reach which operation.

use std::collections::{BTreeSet, HashMap};

use specwright_ir::{Ir, Location, Operation, PathPiece};

use crate::wire::encode;

/// What the templates of a contract ask of requests, and for which of them a request is meant.
pub(crate) struct Routes<'a> {
    ir: &'a Ir,
    /// By the index of their operation.
    served: Vec<Served<'a>>,
    /// The operations in the order in which a router gets them.
    order: Vec<usize>,
    /// The operations that may answer a path, by what is seen of it at once.
    nearby: HashMap<Sight<'a>, Vec<usize>>,
    /// The operations of one method and one path shape, in the router's order.
    beside: HashMap<String, Vec<usize>>,
}

/// Whether it is a webhook's or a callback's, the number of segments, and the first where that is fixed.
type Sight<'a> = (bool, usize, Option<&'a str>);

impl<'a> Routes<'a> {
    pub(crate) fn new(ir: &'a Ir) -> Self {
        let served: Vec<_> = ir.operations.iter().map(Served::of).collect();
        let mut order: Vec<_> = (0..served.len()).collect();
        order.sort_by_key(|at| (ir.operations[*at].tag.0, &ir.operations[*at].name.snake));
        let (mut nearby, mut beside) = (HashMap::<_, Vec<_>>::new(), HashMap::<_, Vec<_>>::new());
        for at in &order {
            let segments = &ir.operations[*at].path.segments;
            let first = match segments.first().map(Vec::as_slice) {
                Some([PathPiece::Literal(text)]) if !text.contains(['%', '?', '#']) => Some(text.as_str()),
                _ => None,
            };
            let is_event = ir.operations[*at].event.is_some();
            nearby.entry((is_event, served[*at].segments.len(), first)).or_default().push(*at);
            beside.entry(shape(&ir.operations[*at], &served[*at])).or_default().push(*at);
        }
        Self { ir, served, order, nearby, beside }
    }

    /// What an operation's template asks.
    pub(crate) fn of(&self, at: usize) -> &Served<'a> {
        &self.served[at]
    }

    /// The operations that no request can reach: of two that ask the same, the router takes the one that it gets
    /// first.
    pub(crate) fn unservable(&self) -> BTreeSet<usize> {
        let mut known = BTreeSet::new();
        let is_taken = |at: &&usize| {
            let served = &self.served[**at];
            let shape = shape(&self.ir.operations[**at], served);
            !known.insert((shape, &served.query, &served.asked))
        };
        self.order.iter().filter(is_taken).copied().collect()
    }

    /// Whether a path may be meant for another operation than the one it is made for.
    pub(crate) fn is_anothers_path(&self, at: usize, path: &str) -> bool {
        let own = &self.served[at];
        let is_event = self.ir.operations[at].event.is_some();
        let is_before = |other: &&Served| !has_same_path(other, own) && ranks(other) <= ranks(own);
        let is_meant = |others: &Vec<usize>| {
            let mut others = others.iter().map(|other| &self.served[*other]);
            others.any(|other| may_match(other, path) && is_before(&other))
        };
        let first = path.split('/').nth(1).unwrap_or_default();
        let count = path.split('/').count() - 1;
        if first.contains('%') {
            return self.nearby.values().any(is_meant);
        }
        [Some(first), None].iter().any(|first| {
            let sight: &Sight = &(is_event, count, *first);
            self.nearby.get(sight).is_some_and(is_meant)
        })
    }

    /// Whether a request may be meant for another operation of its method and path: what the templates of both
    /// ask is there, and the other asks more, or as much and comes first. One that asks the same is
    /// [unservable](Self::unservable).
    pub(crate) fn is_anothers(
        &self,
        at: usize,
        query: &str,
        has_header: impl Fn(&str, Option<&str>) -> bool,
    ) -> bool {
        let own = &self.served[at];
        let beside = &self.beside[&shape(&self.ir.operations[at], own)];
        let place = beside.iter().position(|other| *other == at).unwrap_or(beside.len());
        beside.iter().enumerate().any(|(before, other)| {
            let other = &self.served[*other];
            let asks_more = (other.weight(), place) > (own.weight(), before);
            let asks_the_same = (&other.query, &other.asked) == (&own.query, &own.asked);
            asks_more && !asks_the_same && other.is_met(query, &has_header)
        })
    }
}

/// What the operations of one method and one path shape have in common.
fn shape(operation: &Operation, served: &Served) -> String {
    let mut shape = format!("{} {}", operation.event.is_some(), operation.method);
    for pieces in &served.segments {
        shape.push('/');
        for piece in pieces {
            match piece {
                PathPiece::Parameter(_) => shape.push_str("{}"),
                PathPiece::Literal(text) => shape.push_str(text),
            }
        }
    }
    shape
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
    pub(crate) asked: Vec<(&'a str, Option<&'a str>)>,
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
        let asked = pairs(fragment.unwrap_or_default()).filter(|(name, _)| is_parameter(name)).collect();
        Self { segments, query, asked }
    }

    /// How much a template asks: values before names.
    fn weight(&self) -> (usize, usize) {
        let values = self.query.iter().filter(|(_, value)| matches!(value, Some(PathPiece::Literal(_))));
        let asked = self.asked.iter().filter(|(_, value)| value.is_some());
        (values.count() + asked.count(), self.query.len() + self.asked.len())
    }

    /// Whether a request has what its template asks of queries and headers.
    fn is_met(&self, query: &str, has_header: impl Fn(&str, Option<&str>) -> bool) -> bool {
        let in_query = |name: &str, value: Option<&str>| {
            let is_it = |text: &str, said: &str| text == said || encode(text) == said;
            let mut found = pairs(query).filter(|(said, _)| is_it(name, said));
            found.any(|(_, said)| value.is_none_or(|value| is_it(value, said.unwrap_or_default())))
        };
        let in_query_alone = self.query.iter().all(|(name, value)| match value {
            Some(PathPiece::Literal(text)) => in_query(name, Some(text)),
            _ => in_query(name, None),
        });
        in_query_alone
            && self.asked.iter().all(|(name, value)| in_query(name, *value) || has_header(name, *value))
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
