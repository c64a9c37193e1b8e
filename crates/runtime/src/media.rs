//! Media types: which one is meant by which.

use std::cmp::Reverse;

#[cfg(feature = "server")]
use http::header::HeaderMap;

/// A media type, or a range of them, as a header or a contract writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MediaType {
    /// What stands before the slash, in lower case.
    pub(crate) ty: String,
    /// What stands behind the slash, in lower case.
    pub(crate) subtype: String,
    /// Names in lower case, and values without their quotes.
    pub(crate) parameters: Vec<(String, String)>,
}

impl MediaType {
    /// Reads it. Words that are none have neither slash nor subtype, and are equal to themselves only; but
    /// for `*`, as which contracts and clients write `*/*`.
    pub(crate) fn parse(text: &str) -> Self {
        let mut pieces = split(text, ';').into_iter();
        let essence = pieces.next().unwrap_or_default().trim().to_ascii_lowercase();
        let otherwise = if essence == "*" { "*" } else { "" };
        let (ty, subtype) = essence.split_once('/').unwrap_or((&essence, otherwise));
        let parameter = |piece: &str| {
            let (name, value) = piece.split_once('=')?;
            Some((name.trim().to_ascii_lowercase(), unquoted(value.trim())))
        };
        let parameters = pieces.filter_map(parameter).collect();
        Self { ty: ty.trim().to_owned(), subtype: subtype.trim().to_owned(), parameters }
    }

    fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    /// How well this, which may be a range, says what `other` is: 1 for `*/*`, 2 for `text/*`, 3 for
    /// `application/*+json`, more for the type itself, the most where its parameters are the same. `None`
    /// where it does not.
    fn fits(&self, other: &Self) -> Option<usize> {
        let is_same_type = self.ty == other.ty;
        let rank = match (self.ty.as_str(), self.subtype.as_str()) {
            ("*", "*") => return Some(1),
            (_, "*") if is_same_type => return Some(2),
            (_, subtype) if is_same_type && subtype == other.subtype => 4,
            (_, subtype) if is_same_type && is_suffix(subtype, &other.subtype) => return Some(3),
            _ => return None,
        };
        // UTF-8 is what text is in, said or not.
        let said = self.parameters.iter().filter(|(name, value)| {
            name != "q" && !(name == "charset" && value.eq_ignore_ascii_case("utf-8"))
        });
        let same = said.clone().filter(|(name, value)| other.parameter(name) == Some(value)).count();
        (same == said.count()).then_some(rank + same)
    }

    /// The same without what tells versions of a media type apart.
    fn essence(&self) -> Self {
        Self { parameters: Vec::new(), ..self.clone() }
    }
}

/// Whether a subtype such as `*+json` is about another: one with that suffix, or the suffix itself.
fn is_suffix(range: &str, subtype: &str) -> bool {
    range
        .strip_prefix('*')
        .filter(|suffix| suffix.starts_with('+'))
        .is_some_and(|suffix| subtype.ends_with(suffix) || subtype == &suffix[1..])
}

/// Whether what is said of a body is the declared media type with all of its parameters, or within the
/// declared range.
pub(crate) fn says(declared: &str, said: &str) -> bool {
    let (declared, said) = (MediaType::parse(declared), MediaType::parse(said));
    let mut parameters = declared.parameters.iter();
    declared.essence().fits(&said).is_some()
        && parameters.all(|(name, value)| {
            said.parameter(name)
                .is_some_and(|found| found == value || name == "charset" && found.eq_ignore_ascii_case(value))
        })
}

/// The declared media type that a body has: the one whose parameters are the body's, else the one of
/// its name, else the range that holds it.
pub(crate) fn find<'d>(declared: impl IntoIterator<Item = &'d str>, sent: &str) -> Option<usize> {
    let sent = MediaType::parse(sent);
    let rank = |declared: &str| {
        let declared = MediaType::parse(declared);
        let whole = declared.fits(&sent).map(|rank| rank * 2 + 1);
        whole.or_else(|| declared.essence().fits(&sent).map(|rank| rank * 2))
    };
    let ranked = declared.into_iter().enumerate().filter_map(|(at, text)| Some((rank(text)?, Reverse(at))));
    ranked.max().map(|(_, Reverse(at))| at)
}

/// What a client takes as an answer: its `Accept` header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg(feature = "server")]
pub(crate) struct Accept(Vec<(MediaType, u16)>);

#[cfg(feature = "server")]
impl Accept {
    /// What the headers say; who says nothing takes anything.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let lines = headers.get_all(http::header::ACCEPT).into_iter();
        let lines = lines.filter_map(|value| value.to_str().ok());
        let ranges = lines.flat_map(|line| split(line, ','));
        let ranges = ranges.filter(|range| !range.trim().is_empty()).map(|range| {
            let range = MediaType::parse(range);
            let quality = range.parameter("q").map_or(1000, thousandths);
            (range, quality)
        });
        Self(ranges.collect())
    }

    /// How much a media type is wanted, in thousandths. What is offered may be a range.
    fn quality(&self, offer: &MediaType) -> u16 {
        if self.0.is_empty() {
            return 1000;
        }
        let is_range = offer.subtype.starts_with('*');
        let fitting = self.0.iter().filter_map(|(range, quality)| {
            let wider = || offer.fits(range).filter(|_| is_range);
            Some((range.fits(offer).or_else(wider)?, *quality))
        });
        fitting.max_by_key(|(rank, _)| *rank).map_or(0, |(_, quality)| quality)
    }

    /// Which of the offered media types is wanted most, the first of several; `None` where none is.
    pub(crate) fn best<'o>(&self, offers: impl IntoIterator<Item = &'o str>) -> Option<usize> {
        let offers = offers.into_iter().enumerate();
        let wanted = offers.map(|(at, offer)| (self.quality(&MediaType::parse(offer)), Reverse(at)));
        wanted.filter(|(quality, _)| *quality > 0).max().map(|(_, Reverse(at))| at)
    }
}

#[cfg(feature = "server")]
fn thousandths(quality: &str) -> u16 {
    let quality: f32 = quality.parse().unwrap_or(1.0);
    // Invariant: between 0 and 1000, which any `u16` holds.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
    let thousandths = (quality.clamp(0.0, 1.0) * 1000.0).round() as u16;
    thousandths
}

/// The pieces between separators that stand outside of quotes.
fn split(text: &str, separator: char) -> Vec<&str> {
    let (mut pieces, mut start, mut quoted, mut escaped) = (Vec::new(), 0, false, false);
    for (at, character) in text.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ if character == separator && !quoted => {
                pieces.push(&text[start..at]);
                start = at + separator.len_utf8();
            }
            _ => {}
        }
    }
    pieces.push(&text[start..]);
    pieces
}

fn unquoted(value: &str) -> String {
    match value.strip_prefix('"').and_then(|value| value.strip_suffix('"')) {
        Some(value) => value.replace("\\\"", "\"").replace("\\\\", "\\"),
        None => value.to_owned(),
    }
}

#[cfg(all(test, feature = "server"))]
mod tests {
    use http::header::{ACCEPT, HeaderValue};

    use super::*;

    fn best(accept: &[&'static str], offers: &[&'static str]) -> &'static str {
        let mut headers = HeaderMap::new();
        for line in accept {
            headers.append(ACCEPT, HeaderValue::from_static(line));
        }
        Accept::of(&headers).best(offers.iter().copied()).map_or("-", |at| offers[at])
    }

    #[test]
    fn accept_is_read_as_rfc_9110_has_it() {
        let offers = &["application/json", "text/csv", "text/plain;format=flowed"];
        for (accept, wanted) in [
            (&[][..], "application/json"),
            (&[""], "application/json"),
            (&["*/*"], "application/json"),
            (&["text/csv;q=0.1, *"], "application/json"),
            (&["text/csv"], "text/csv"),
            (&["TEXT/CSV"], "text/csv"),
            (&["text/*"], "text/csv"),
            (&["text/csv;q=0.5, application/json;q=0.4"], "text/csv"),
            (&["text/csv;q=0.5", "application/json;q=0.6"], "application/json"),
            (&["text/*;q=0.3, text/csv;q=0.1, text/plain;format=flowed;q=0.2"], "text/plain;format=flowed"),
            (&["*/*, application/json;q=0"], "text/csv"),
            (&["text/plain"], "text/plain;format=flowed"),
            (&["text/plain;format=fixed"], "-"),
            (&["text/plain; format=\"flowed\"; Q=1"], "text/plain;format=flowed"),
            (&["application/json; charset=utf-8"], "application/json"),
            (&["image/png"], "-"),
            (&["application/json;q=0"], "-"),
        ] {
            assert_eq!(best(accept, offers), wanted, "{accept:?}");
        }
        assert_eq!(best(&["image/png"], &["image/*"]), "image/*");
        assert_eq!(best(&["text/csv"], &["image/*", "*/*"]), "*/*");
        assert_eq!(best(&["text/csv"], &["*"]), "*");
        assert_eq!(
            best(&["application/hal+json"], &["text/csv", "application/*+json"]),
            "application/*+json"
        );
    }

    #[test]
    fn a_body_has_the_declared_media_type_that_says_most_of_it() {
        let declared = ["*/*", "text/*", "application/json", "application/json;version=2", "Text/CSV"];
        for (sent, found) in [
            ("application/json", Some(2)),
            ("Application/JSON ; charset=UTF-8", Some(2)),
            ("application/json; version=\"2\"; charset=utf-8", Some(3)),
            ("text/csv; header=present", Some(4)),
            ("text/html", Some(1)),
            ("image/png", Some(0)),
        ] {
            assert_eq!(find(declared, sent), found, "{sent}");
        }
        assert_eq!(find(["application/json;version=2"], "application/json;version=3"), Some(0));
        assert_eq!(find(["application/json"], "text/json"), None);
        assert_eq!(find(["text/*", "*"], "image/png"), Some(1));
        let declared = ["*/*", "application/*", "application/*+json", "application/json"];
        for (sent, found) in
            [("application/hal+json; a=b", 2), ("application/json", 3), ("application/jsonx", 1)]
        {
            assert_eq!(find(declared, sent), Some(found), "{sent}");
        }
        assert_eq!(find(["application/*+json"], "application/json"), Some(0));
        assert_eq!(find(["application/*+json"], "text/hal+json"), None);
    }
}
