//! YAML to a tree.

use saphyr_parser::Event;
use serde::de::DeserializeSeed;
use specwright_diagnostics::{Code, Diagnostic, Place};

use super::tree::{Reading, Trouble};
use super::{MAX_DEPTH, Read, Source, too_deep};

/// Brackets open at once from which a text is looked at before it is parsed.
const SUSPICIOUS: usize = 500;

pub(super) fn read(source: &Source) -> Result<Read, Box<Diagnostic>> {
    if let Some(place) = flow_too_deep(source) {
        return Err(Box::new(too_deep(place)));
    }
    let reading = Reading::new(&source.text, true);
    match (&reading).deserialize(serde_yaml::Deserializer::from_str(&source.text)) {
        Ok(value) => Ok(Read { value, duplicates: reading.duplicates.get() }),
        Err(error) => Err(Box::new(refused(source, reading.trouble.take().as_ref(), &error))),
    }
}

/// The parser takes quadratic time for nested brackets before it refuses them. The one for positions
/// does not, but is asked only where brackets (or quoted ones, which are harmless) give reason to.
fn flow_too_deep(source: &Source) -> Option<Place> {
    let (mut open, mut most) = (0_usize, 0);
    for byte in source.text.bytes() {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        most = most.max(open);
    }
    if most < SUSPICIOUS {
        return None;
    }
    let mut depth = 0_usize;
    let mut parser = saphyr_parser::Parser::new_from_str(&source.text);
    loop {
        match parser.next_event()? {
            Ok((Event::SequenceStart(..) | Event::MappingStart(..), span)) => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Some(Place::at(&source.name, span.start.line(), span.start.col() + 1));
                }
            }
            Ok((Event::SequenceEnd | Event::MappingEnd, _)) => depth = depth.saturating_sub(1),
            Ok(_) => {}
            // Nested further ahead than it looks, even.
            Err(error) if error.info().contains("recursion limit") => {
                return Some(Place::at(&source.name, error.marker().line(), error.marker().col() + 1));
            }
            Err(_) => return None,
        }
    }
}

fn refused(source: &Source, trouble: Option<&Trouble>, error: &serde_yaml::Error) -> Diagnostic {
    let place = match error.location() {
        Some(location) => Place::at(&source.name, location.line(), location.column()),
        None => Place::file(&source.name),
    };
    let not_json = |message: &str| Diagnostic::new(Code::NotJson, message, place.clone(), "");
    match trouble {
        Some(Trouble::Tag) => {
            not_json("a YAML tag").with_help("write the value out: an OpenAPI document is JSON data")
        }
        Some(Trouble::Key) => not_json("a key that is not a string").with_help("put it in quotes"),
        Some(Trouble::Number) => not_json("not a number that JSON has"),
        Some(Trouble::Size) => not_json("aliases make the document many times larger than its text"),
        None => broken(source, place.clone(), error),
    }
}

fn broken(source: &Source, place: Place, error: &serde_yaml::Error) -> Diagnostic {
    let text = error.to_string();
    if text.contains("recursion limit") {
        return too_deep(place);
    }
    if text.contains("repetition limit") {
        let message = "aliases make the document many times larger than its text";
        return Diagnostic::new(Code::NotJson, message, place, "");
    }
    if text.contains("more than one document") {
        let diagnostic = Diagnostic::new(Code::Syntax, "more than one YAML document in the file", place, "");
        return diagnostic.with_help("`---` begins another document: keep one");
    }
    if source.text.trim().is_empty() {
        return Diagnostic::new(Code::NotOpenApi, "the file is empty", place, "");
    }
    let tab =
        error.location().and_then(|at| source.text.lines().nth(at.line() - 1)?.chars().nth(at.column() - 1));
    let diagnostic =
        Diagnostic::new(Code::Syntax, format!("broken YAML: {}", without_position(&text)), place, "");
    if tab == Some('\t') {
        diagnostic.with_help("YAML is indented with spaces, not with tabs")
    } else {
        diagnostic
    }
}

/// The parser's sentence; its position is shown by the excerpt.
fn without_position(text: &str) -> String {
    let mut said = String::with_capacity(text.len());
    for (index, part) in text.split(" at line ").enumerate() {
        let rest = match index {
            0 => part,
            _ => part
                .find(|c: char| !(c.is_ascii_digit() || " column".contains(c)))
                .map_or("", |at| &part[at..]),
        };
        said.push_str(rest);
    }
    said.trim_end().trim_end_matches(',').to_owned()
}
