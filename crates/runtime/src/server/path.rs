//! Path templates: their shape, what a path has in the place of their parameters.

use crate::percent;

/// The path parameters of a request, as they stand in its path.
pub(super) struct Captures(pub(super) Vec<(&'static str, String)>);

impl Captures {
    /// Texts by name; `None` where a name stands for two different ones.
    pub(super) fn new(names: &[&'static str], texts: &[&str]) -> Option<Self> {
        let mut captures = Self(Vec::with_capacity(names.len()));
        for (name, text) in names.iter().zip(texts) {
            match captures.get(name) {
                None => captures.0.push((name, (*text).to_owned())),
                Some(first) if is_same(first, text) => {}
                Some(_) => return None,
            }
        }
        Some(captures)
    }

    /// The text in the place of a parameter.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(found, _)| *found == name).map(|(_, text)| text.as_str())
    }
}

/// A path template.
#[derive(Clone, Debug)]
pub(super) struct Template(Vec<Vec<Piece>>);

/// A part of a segment. A segment without pieces is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Literal(&'static str),
    Parameter(&'static str),
}

use Piece::{Literal, Parameter};

impl Template {
    /// Reads a template, or tells why no path can match it.
    pub(super) fn parse(path: &'static str) -> Result<Self, &'static str> {
        let path = path.strip_prefix('/').ok_or("the path does not begin with a slash")?;
        if path.contains(['?', '#']) {
            return Err("the path holds a `?` or `#`, which no request's path does");
        }
        path.split('/').map(pieces).collect::<Result<_, _>>().map(Self)
    }

    /// The names of its parameters, in order.
    pub(super) fn names(&self) -> Vec<&'static str> {
        let pieces = self.0.iter().flatten();
        pieces.filter_map(|piece| if let Parameter(name) = piece { Some(*name) } else { None }).collect()
    }

    /// Whether both match the same paths: they differ in the names of parameters at most.
    pub(super) fn same_shape(&self, other: &Self) -> bool {
        let same = |left: &Piece, right: &Piece| match (left, right) {
            (Parameter(_), Parameter(_)) => true,
            (left, right) => left == right,
        };
        self.0.len() == other.0.len()
            && self.0.iter().zip(&other.0).all(|(left, right)| {
                left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same(left, right))
            })
    }

    /// Ranks of its segments: of two templates that match a path, the one with the lesser ranks is
    /// meant. Fixed text goes before a mixture, and a mixture before a parameter.
    pub(super) fn ranks(&self) -> Vec<u8> {
        let rank = |pieces: &Vec<Piece>| match pieces.as_slice() {
            [] | [Literal(_)] => 0,
            [Parameter(_)] => 2,
            _ => 1,
        };
        self.0.iter().map(rank).collect()
    }

    /// The template as axum's router writes it, parameters named by position; `None` where that
    /// router cannot hold it.
    pub(super) fn axum_path(&self) -> Option<String> {
        let mut path = String::new();
        for (at, pieces) in self.0.iter().enumerate() {
            path.push('/');
            match pieces.as_slice() {
                [] => {}
                [Literal(text)] if is_plain(text) => path.push_str(text),
                [Parameter(_)] => path.extend(["{p", &at.to_string(), "}"]),
                _ => return None,
            }
        }
        Some(path)
    }

    /// What a path has in the place of the parameters; `None` where it does not match.
    pub(super) fn captures<'a>(&self, path: &'a str) -> Option<Vec<&'a str>> {
        let mut rest = Some(path.strip_prefix('/')?);
        let mut captured = Vec::new();
        for pieces in &self.0 {
            let segment;
            (segment, rest) = cut(rest?);
            match pieces.as_slice() {
                [] if segment.is_empty() => {}
                [Literal(text)] if is_same(text, segment) => {}
                [] | [Literal(_)] => return None,
                mixture => capture(mixture, segment, &mut captured)?,
            }
        }
        rest.is_none().then_some(captured)
    }
}

/// The first segment, and what is behind the slash that ends it.
fn cut(path: &str) -> (&str, Option<&str>) {
    // Segments are short: a search made for long texts takes longer to begin.
    match path.bytes().position(|octet| octet == b'/') {
        Some(end) => (&path[..end], Some(&path[end + 1..])),
        None => (path, None),
    }
}

fn pieces(segment: &'static str) -> Result<Vec<Piece>, &'static str> {
    const UNBALANCED: &str = "the path's braces do not match";
    let mut pieces = Vec::new();
    let mut rest = segment;
    while let Some(open) = rest.find('{') {
        let (literal, name) = (&rest[..open], &rest[open + 1..]);
        let close = name.find('}').ok_or(UNBALANCED)?;
        if !literal.is_empty() {
            pieces.push(Literal(literal));
        }
        pieces.push(Parameter(&name[..close]));
        rest = &name[close + 1..];
    }
    if !rest.is_empty() {
        pieces.push(Literal(rest));
    }
    let stray = |piece: &Piece| matches!(piece, Literal(text) if text.contains(['{', '}']));
    if pieces.iter().any(stray) { Err(UNBALANCED) } else { Ok(pieces) }
}

/// Whether axum's router takes this text for what it is.
fn is_plain(text: &str) -> bool {
    let legal = |octet: u8| octet.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@".contains(&octet);
    text.bytes().all(legal) && !text.starts_with([':', '*'])
}

/// Whether a segment says a text, in whatever encoding.
fn is_same(text: &str, segment: &str) -> bool {
    text == segment
        || percent::decode(segment).is_some_and(|segment| {
            segment == text || percent::decode(text).is_some_and(|text| text == segment)
        })
}

/// Captures each parameter's text up to where the literal behind it first begins. None is empty.
fn capture<'a>(pieces: &[Piece], segment: &'a str, captured: &mut Vec<&'a str>) -> Option<()> {
    match pieces {
        [] => segment.is_empty().then_some(()),
        [Literal(text), rest @ ..] => capture(rest, segment.strip_prefix(text)?, captured),
        [Parameter(_)] => {
            captured.push((!segment.is_empty()).then_some(segment)?);
            Some(())
        }
        [Parameter(_), Literal(text)] => {
            let value = segment.strip_suffix(text)?;
            captured.push((!value.is_empty()).then_some(value)?);
            Some(())
        }
        [Parameter(_), rest @ ..] => {
            let first = segment.chars().next()?.len_utf8();
            let end = match rest {
                [Literal(text), ..] => first + segment[first..].find(text)?,
                _ => first,
            };
            captured.push(&segment[..end]);
            capture(rest, &segment[end..], captured)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Captures, Template};

    fn captured(template: &'static str, path: &str) -> Option<String> {
        let template = Template::parse(template).ok()?;
        template.captures(path).map(|texts| texts.join("|"))
    }

    #[test]
    fn templates_capture_what_stands_in_place_of_their_parameters() {
        for (template, path, expected) in [
            ("/", "/", Some("")),
            ("/", "/a", None),
            ("/pets/{id}", "/pets/a%2Fb", Some("a%2Fb")),
            ("/pets/{id}", "/pets/", None),
            ("/pets/{id}", "/pets/a/", None),
            ("/{id}.{ext}", "/a.tar.gz", Some("a|tar.gz")),
            ("/{id}.{ext}", "/.gz", None),
            ("/{id}.{ext}", "/a.", None),
            ("/{base}...{head}", "/a.b...c", Some("a.b|c")),
            ("/{name}:cancel", "/a:b:cancel", Some("a:b")),
            ("/{name}:cancel", "/:cancel", None),
            ("/v{major}.{minor}x", "/v1.2x", Some("1|2")),
            ("/{a}{b}", "/xyz", Some("x|yz")),
            ("/:literal", "/:literal", Some("")),
            ("/a b", "/a%20b", Some("")),
            ("/me", "/%6De", Some("")),
        ] {
            assert_eq!(captured(template, path).as_deref(), expected, "{template} {path}");
        }
    }

    #[test]
    fn a_name_that_stands_twice_has_one_text() {
        for (texts, expected) in
            [(["a", "b", "a"], Some("a")), (["a%2Fb", "b", "a%2fb"], Some("a%2Fb")), (["a", "b", "c"], None)]
        {
            let captures = Captures::new(&["id", "other", "id"], &texts);
            assert_eq!(captures.as_ref().and_then(|captures| captures.get("id")), expected, "{texts:?}");
        }
    }

    #[test]
    fn axum_holds_whole_segments_only() {
        for (template, expected) in [
            ("/", Some("/")),
            ("/pets/{id}/", Some("/pets/{p1}/")),
            ("/{id}.{ext}", None),
            ("/:a", None),
            ("/*", None),
            ("/a b", None),
        ] {
            let held = Template::parse(template).ok().and_then(|template| template.axum_path());
            assert_eq!(held.as_deref(), expected, "{template}");
        }
    }

    #[test]
    fn what_no_path_can_match_is_refused() {
        for template in ["pets", "/a?b", "/a#b", "/{a", "/a}", "/{a}}"] {
            assert!(Template::parse(template).is_err(), "{template}");
        }
    }
}
