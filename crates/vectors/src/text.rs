//! Strings: of a format, a pattern, a length.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE, URL_SAFE_NO_PAD};
use serde_json::Value;
use specwright_ir::{StringFormat, StringShape};
use specwright_pattern::{Error, Pattern, format};

use crate::edge::Edge;
use crate::pattern::{LONGEST, of_length, shortest, unlike};
use crate::value::Extent;

/// What is written where nothing else is asked for.
const WORD: &str = "text";

thread_local! {
    /// Patterns that have been compiled: of one that counts far, that takes longer than all else about a test.
    static COMPILED: RefCell<HashMap<String, Result<Rc<Pattern>, Error>>> = RefCell::default();
}

fn pattern(rules: &StringShape) -> Result<Option<Rc<Pattern>>, Error> {
    let compiled = |source: &String| {
        COMPILED.with_borrow_mut(|known| {
            known.entry(source.clone()).or_insert_with(|| Pattern::new(source).map(Rc::new)).clone()
        })
    };
    rules.pattern.as_ref().map(compiled).transpose()
}

fn bounds(rules: &StringShape) -> (usize, usize) {
    let bound = |bound: u64| usize::try_from(bound).unwrap_or(usize::MAX);
    (rules.min_length.map_or(0, bound), rules.max_length.map_or(usize::MAX, bound))
}

/// Texts of a format, the plainest first; nothing where any text is of it.
fn of_format(format: &StringFormat) -> &'static [&'static str] {
    match format {
        StringFormat::DateTime => &["2000-01-01T00:00:00Z", "9999-12-31T23:59:59.5+01:00"],
        StringFormat::Date => &["2000-02-29", "1999-12-31"],
        StringFormat::Uuid => {
            &["00000000-0000-4000-8000-000000000000", "ffffffff-ffff-4fff-bfff-ffffffffffff"]
        }
        StringFormat::Byte => &["dGV4dA==", "AAAA", ""],
        StringFormat::Base64Url => &["-_-_", "dGV4dA==", ""],
        StringFormat::Other(name) if name == "time" => &["12:30:00Z", "23:59:59.5+01:00"],
        StringFormat::Other(name) if name == "duration" => &["P1DT12H", "PT1S"],
        StringFormat::Plain
        | StringFormat::Password
        | StringFormat::Binary
        | StringFormat::File
        | StringFormat::Custom { .. }
        | StringFormat::Other(_) => &[],
    }
}

/// A text that is not of a format.
fn not_of_format(format: &StringFormat) -> Option<&'static str> {
    match format {
        StringFormat::DateTime => Some("2000-01-01 00:00"),
        StringFormat::Date => Some("2000-02-30"),
        StringFormat::Uuid => Some("00000000-0000-4000-8000-00000000000"),
        StringFormat::Byte => Some("dGV4d"),
        StringFormat::Base64Url => Some("+/+/"),
        StringFormat::Other(name) if name == "time" => Some("25:00:00Z"),
        StringFormat::Other(name) if name == "duration" => Some("1 day"),
        _ => None,
    }
}

/// Whether a text is what is asked for, as far as is known of its format.
pub(crate) fn fits(rules: &StringShape, text: &str) -> bool {
    let (least, greatest) = bounds(rules);
    let is_of_format = match rules.format {
        StringFormat::Byte => STANDARD.decode(text).is_ok(),
        StringFormat::DateTime => format::is_date_time(text),
        StringFormat::Date => format::is_date(text),
        StringFormat::Uuid => format::is_uuid(text),
        StringFormat::Base64Url => URL_SAFE.decode(text).is_ok() || URL_SAFE_NO_PAD.decode(text).is_ok(),
        _ => not_of_format(&rules.format) != Some(text),
    };
    is_of_format
        && (least..=greatest).contains(&text.chars().count())
        && pattern(rules).is_ok_and(|pattern| pattern.is_none_or(|pattern| pattern.matches(text)))
}

/// A string. An empty one is avoided: a path has no place for it.
pub(crate) fn string(rules: &StringShape, extent: Extent) -> Option<String> {
    if matches!(rules.format, StringFormat::Custom { .. }) {
        return None;
    }
    let texts = of_format(&rules.format);
    if !texts.is_empty() {
        let mut texts: Vec<_> = texts.iter().filter(|text| fits(rules, text)).collect();
        if extent == Extent::Full {
            texts.reverse();
        }
        return texts.into_iter().find(|text| !text.is_empty()).map(|text| (*text).to_owned());
    }
    let (least, greatest) = bounds(rules);
    let pattern = pattern(rules).ok()?;
    let length = match &pattern {
        Some(pattern) if extent == Extent::Least => shortest(pattern).max(least).max(1),
        _ => least.max(WORD.len()),
    };
    let length = length.min(greatest);
    [length, length + 1, least, least + 1, length * 2].into_iter().find_map(|length| {
        let text = of_exactly(pattern.as_deref(), length)?;
        fits(rules, &text).then_some(text)
    })
}

fn of_exactly(pattern: Option<&Pattern>, length: usize) -> Option<String> {
    match pattern {
        Some(pattern) => of_length(pattern, length),
        None => (length <= LONGEST).then(|| WORD.chars().cycle().take(length).collect()),
    }
}

/// The shortest and the longest string, and what is neither that nor of the pattern or format.
pub(crate) fn edges(rules: &StringShape, edges: &mut Vec<Edge>) {
    edges.push(Edge::refused("type", Value::Bool(true)));
    if matches!(rules.format, StringFormat::Custom { .. }) {
        return;
    }
    if let Some(text) = not_of_format(&rules.format) {
        edges.push(Edge::refused("format", text.into()));
        return;
    }
    let Ok(pattern) = pattern(rules) else { return };
    let (least, greatest) = bounds(rules);
    let exactly = |length: usize| of_exactly(pattern.as_deref(), length);
    if rules.min_length.is_some() {
        edges.extend(exactly(least).map(|text| Edge::accepted("the shortest", text.into())));
        let shorter = least.checked_sub(1).map(|length| "a".repeat(length.min(LONGEST)));
        edges.extend(shorter.map(|text| Edge::refused("minLength", text.into())));
    }
    if rules.max_length.is_some() && greatest < LONGEST {
        edges.extend(exactly(greatest).map(|text| Edge::accepted("the longest", text.into())));
        edges.push(Edge::refused("maxLength", "a".repeat(greatest + 1).into()));
    }
    if let Some(pattern) = &pattern {
        let unlike = unlike(pattern, least..=greatest.min(LONGEST));
        edges.extend(unlike.map(|text| Edge::refused("pattern", text.into())));
    }
}
