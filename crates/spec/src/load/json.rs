//! JSON to a tree.

use serde::de::DeserializeSeed;
use specwright_diagnostics::{Code, Diagnostic, LineColumn, Place};

use super::tree::Reading;
use super::{Read, Source, too_deep};

pub(super) fn read(source: &Source) -> Result<Read, Box<Diagnostic>> {
    let reading = Reading::new(&source.text, false);
    let mut parser = serde_json::Deserializer::from_str(&source.text);
    let value = (&reading).deserialize(&mut parser).and_then(|value| parser.end().map(|()| value));
    match value {
        Ok(value) => Ok(Read { value, duplicates: reading.duplicates.get() }),
        Err(error) => Err(Box::new(refused(source, &error))),
    }
}

fn refused(source: &Source, error: &serde_json::Error) -> Diagnostic {
    let place = position(source, error);
    let text = error.to_string();
    let said = text.split(" at line ").next().unwrap_or(&text);
    if said.starts_with("recursion limit") {
        return too_deep(place);
    }
    Diagnostic::new(Code::Syntax, format!("broken JSON: {said}"), place, "")
}

/// The parser counts bytes; people count characters.
fn position(source: &Source, error: &serde_json::Error) -> Place {
    let start: usize =
        source.text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let position = LineColumn::of(&source.text, start + error.column().saturating_sub(1));
    Place::at(&source.name, position.line, position.column)
}
