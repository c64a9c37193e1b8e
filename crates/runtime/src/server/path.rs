//! Path templates: their shape, what a path has in the place of their parameters.

use std::borrow::Cow;

use http::HeaderMap;

use crate::percent;
use crate::target::{Pair, Part, Target};

/// The path parameters of a request, as they stand in its path.
pub(super) struct Captures(Vec<(&'static str, String)>);

impl Captures {
    /// Texts by name; `None` where a name stands for two different ones.
    pub(super) fn new<'a>(named: impl Iterator<Item = (&'static str, Cow<'a, str>)>) -> Option<Self> {
        let mut captures = Self(Vec::with_capacity(named.size_hint().0));
        for (name, text) in named {
            match captures.get(name) {
                None => captures.0.push((name, text.into_owned())),
                Some(first) if is_same(first, &text) => {}
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
    /// By its name, with the texts that tell it from the parameters right beside it.
    Parameter(&'static str, &'static [&'static str]),
}

use Piece::{Literal, Parameter};

impl Template {
    /// Reads a template, or tells why no path can match it.
    ///
    /// Some parameters are known to be one of a few texts.
    pub(super) fn parse(
        path: &'static str,
        texts: impl Fn(&str) -> &'static [&'static str],
    ) -> Result<Self, &'static str> {
        let path = path.strip_prefix('/').ok_or("the path does not begin with a slash")?;
        path.split('/').map(|segment| pieces(segment, &texts)).collect::<Result<_, _>>().map(Self)
    }

    /// The names of its parameters, in order.
    pub(super) fn names(&self) -> Vec<&'static str> {
        let pieces = self.0.iter().flatten();
        pieces.filter_map(|piece| if let Parameter(name, _) = piece { Some(*name) } else { None }).collect()
    }

    /// What templates have in common that match the same paths: they differ in the names of parameters at most.
    pub(super) fn shape(&self) -> String {
        let mut shape = String::new();
        for pieces in &self.0 {
            shape.push('/');
            for piece in pieces {
                // No path has this character.
                shape.push_str(if let Literal(text) = piece { text } else { "\0" });
            }
        }
        shape
    }

    /// Ranks of its segments: of two templates that match a path, the one with the lesser ranks is
    /// meant. Fixed text goes before a mixture, and a mixture before a parameter.
    pub(super) fn ranks(&self) -> Vec<u8> {
        let rank = |pieces: &Vec<Piece>| match pieces.as_slice() {
            [] | [Literal(_)] => 0,
            [Parameter(..)] => 2,
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
                [Parameter(..)] => path.extend(["{p", &at.to_string(), "}"]),
                _ => return None,
            }
        }
        Some(path)
    }

    /// What a path has in the place of the parameters; `None` where it does not match.
    pub(super) fn captures<'a>(&self, path: &'a str) -> Option<Vec<Cow<'a, str>>> {
        let mut rest = Some(path.strip_prefix('/')?);
        let mut captured = Vec::new();
        for pieces in &self.0 {
            let segment;
            (segment, rest) = cut(rest?);
            match pieces.as_slice() {
                [] if segment.is_empty() => {}
                [Literal(text)] if is_same(text, segment) => {}
                [] | [Literal(_)] => return None,
                mixture => captured.extend(split(mixture, segment)?),
            }
        }
        rest.is_none().then_some(captured)
    }
}

/// What a request has to have beside its method and path, so that it is an operation's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Conditions {
    query: Vec<Pair>,
    fragment: Vec<Pair>,
}

impl Conditions {
    pub(super) fn of(target: &Target) -> Self {
        Self { query: target.query.clone(), fragment: target.fragment.clone() }
    }

    /// How many values they ask for, and how many names: of two operations whose conditions hold, the one that
    /// asks for more is meant.
    pub(super) fn weight(&self) -> (usize, usize) {
        let pairs = || self.query.iter().chain(&self.fragment);
        let values = pairs().filter(|pair| matches!(pair.value, Some(Part::Literal(_))));
        (values.count(), pairs().count())
    }

    /// What the query has in the place of path parameters; `None` where the conditions do not hold.
    pub(super) fn captures(&self, query: &str, headers: &HeaderMap) -> Option<Vec<(&'static str, String)>> {
        let mut captured = Vec::new();
        for pair in &self.query {
            let value = in_query(pair.name, query)?;
            match pair.value {
                Some(Part::Parameter(name)) => captured.push((name, value.replace('+', "%20"))),
                Some(Part::Literal(text)) => is_said(text, value).then_some(())?,
                None => {}
            }
        }
        for pair in &self.fragment {
            let header = || headers.get(pair.name).and_then(|value| value.to_str().ok());
            let value = in_query(pair.name, query).or_else(header)?;
            if let Some(Part::Literal(text)) = pair.value {
                is_said(text, value).then_some(())?;
            }
        }
        Some(captured)
    }
}

/// The first value that a query has for a name, as it stands there.
fn in_query<'a>(name: &str, query: &'a str) -> Option<&'a str> {
    let mut pairs = query.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    pairs.find(|(found, _)| is_said(name, found)).map(|(_, value)| value)
}

/// Whether a part of a query says a text, in whatever encoding.
fn is_said(text: &str, raw: &str) -> bool {
    text == raw
        || percent::decode_query(raw)
            .is_some_and(|raw| raw == text || percent::decode_query(text).is_some_and(|text| text == raw))
}

/// The first segment, and what is behind the slash that ends it.
fn cut(path: &str) -> (&str, Option<&str>) {
    // Segments are short: a search made for long texts takes longer to begin.
    match path.bytes().position(|octet| octet == b'/') {
        Some(end) => (&path[..end], Some(&path[end + 1..])),
        None => (path, None),
    }
}

fn pieces(
    segment: &'static str,
    texts: &impl Fn(&str) -> &'static [&'static str],
) -> Result<Vec<Piece>, &'static str> {
    const UNBALANCED: &str = "the path's braces do not match";
    let mut pieces = Vec::new();
    let mut rest = segment;
    while let Some(open) = rest.find('{') {
        let (literal, name) = (&rest[..open], &rest[open + 1..]);
        let close = name.find('}').ok_or(UNBALANCED)?;
        if !literal.is_empty() {
            pieces.push(Literal(literal));
        }
        pieces.push(Parameter(&name[..close], texts(&name[..close])));
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

/// What a segment has in the place of parameters.
fn split<'a>(pieces: &[Piece], segment: &'a str) -> Option<Vec<Cow<'a, str>>> {
    let mut captured = Vec::new();
    if capture(pieces, segment, &mut captured).is_some() {
        return Some(captured.into_iter().map(Cow::Borrowed).collect());
    }
    let mut plain = segment.to_owned();
    if !plain.contains('%') {
        return None;
    }
    // The text between parameters may be encoded.
    for character in pieces.iter().flat_map(|piece| match piece {
        Literal(text) => text.chars(),
        Parameter(..) => "".chars(),
    }) {
        let encoded = percent::encode(&character.to_string());
        plain = plain.replace(&encoded, &character.to_string());
        plain = plain.replace(&encoded.to_lowercase(), &character.to_string());
    }
    let mut captured = Vec::new();
    capture(pieces, &plain, &mut captured)?;
    Some(captured.into_iter().map(|text| Cow::Owned(text.to_owned())).collect())
}

/// Captures each parameter's text up to where the literal behind it first begins. None is empty. Of two
/// parameters without a literal between them, a text that either is known by divides them; else the first
/// one has a character.
fn capture<'a>(pieces: &[Piece], segment: &'a str, captured: &mut Vec<&'a str>) -> Option<()> {
    match pieces {
        [] => segment.is_empty().then_some(()),
        [Literal(text), rest @ ..] => capture(rest, segment.strip_prefix(text)?, captured),
        [Parameter(..)] => {
            captured.push((!segment.is_empty()).then_some(segment)?);
            Some(())
        }
        [Parameter(..), Literal(text)] => {
            let value = segment.strip_suffix(text)?;
            captured.push((!value.is_empty()).then_some(value)?);
            Some(())
        }
        [Parameter(_, own), rest @ ..] => {
            let first = segment.chars().next()?.len_utf8();
            let end = match rest {
                [Literal(text), ..] => first + segment[first..].find(text)?,
                [Parameter(_, next), behind @ ..] => {
                    let of_own =
                        || own.iter().filter(|text| segment.starts_with(**text)).map(|text| text.len()).max();
                    let begins = |at: &usize| {
                        let rest = segment.get(*at..).unwrap_or_default();
                        let is_next = |text: &&str| {
                            if behind.is_empty() { rest == *text } else { rest.starts_with(*text) }
                        };
                        next.iter().any(is_next)
                    };
                    of_own().or_else(|| (first..segment.len()).find(begins)).unwrap_or(first)
                }
                [] => first,
            };
            captured.push(&segment[..end]);
            capture(rest, &segment[end..], captured)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::{Captures, Template};

    fn captured(template: &'static str, path: &str) -> Option<String> {
        let texts = |name: &str| if name == "ext" { [".json", ".tar.gz", ".gz"].as_slice() } else { &[] };
        let template = Template::parse(template, texts).ok()?;
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
            ("/{a}{ext}", "/a.json", Some("a|.json")),
            ("/{a}{ext}", "/a.json.json", Some("a.json|.json")),
            ("/{a}{ext}", "/a.tar.gz", Some("a|.tar.gz")),
            ("/{a}{ext}", "/.gz", Some(".|gz")),
            ("/{a}{ext}", "/é.xml", Some("é|.xml")),
            ("/{ext}{a}", "/.jsonb", Some(".json|b")),
            ("/{a}{ext}.{b}", "/x.json.y", Some("x|.json|y")),
            ("/:literal", "/:literal", Some("")),
            ("/a b", "/a%20b", Some("")),
            ("/me", "/%6De", Some("")),
            ("/{name}:cancel", "/a%3Acancel", Some("a")),
            ("/{name}:cancel", "/a%2Fb%3acancel", Some("a%2Fb")),
        ] {
            assert_eq!(captured(template, path).as_deref(), expected, "{template} {path}");
        }
    }

    #[test]
    fn a_name_that_stands_twice_has_one_text() {
        for (texts, expected) in
            [(["a", "b", "a"], Some("a")), (["a%2Fb", "b", "a%2fb"], Some("a%2Fb")), (["a", "b", "c"], None)]
        {
            let texts_by_name = ["id", "other", "id"].into_iter().zip(texts.map(Cow::Borrowed));
            let captures = Captures::new(texts_by_name);
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
            let held = Template::parse(template, |_| &[]).ok().and_then(|template| template.axum_path());
            assert_eq!(held.as_deref(), expected, "{template}");
        }
    }

    #[test]
    fn what_no_path_can_match_is_refused() {
        for template in ["pets", "/{a", "/a}", "/{a}}"] {
            assert!(Template::parse(template, |_| &[]).is_err(), "{template}");
        }
    }
}
