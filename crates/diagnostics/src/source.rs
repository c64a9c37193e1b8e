//! Where places are in the files that the user wrote.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::Place;

/// Where a place is: a file, and the bytes in it where they are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The file's name as shown to the user.
    pub file: String,
    /// Byte offsets in its text.
    pub span: Option<Range<usize>>,
}

/// Line and column, both from 1; the column counts characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// The line.
    pub line: usize,
    /// The character in it.
    pub column: usize,
}

impl LineColumn {
    /// The position of a byte; the end of the text where there is no such byte.
    pub fn of(text: &str, offset: usize) -> Self {
        let mut end = offset.min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let before = &text[..end];
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self { line: before.matches('\n').count() + 1, column: before[start..].chars().count() + 1 }
    }
}

/// Turns places into spots, and has the texts to show.
pub trait Sources {
    /// Where a place is.
    fn spot(&self, place: &Place) -> Spot;

    /// Where the document's own file holds what was amended, if the place came from an overlay.
    fn merged_into(&self, _place: &Place) -> Option<Spot> {
        None
    }

    /// The text of a file.
    fn text(&self, file: &str) -> Option<&str>;
}

/// Texts by file name; knows positions but no pointers.
#[derive(Clone, Debug, Default)]
pub struct Texts(BTreeMap<String, String>);

impl Texts {
    /// Keeps a text for excerpts.
    pub fn insert(&mut self, file: impl Into<String>, text: impl Into<String>) {
        self.0.insert(file.into(), text.into());
    }
}

impl Sources for Texts {
    fn spot(&self, place: &Place) -> Spot {
        match place {
            Place::Document { .. } => Spot { file: String::new(), span: None },
            Place::InFile { file, .. } | Place::File { file } => Spot { file: file.clone(), span: None },
            Place::Position { file, line, column, length } => Spot {
                file: file.clone(),
                span: self.text(file).map(|text| span_of(text, *line, *column, *length)),
            },
        }
    }

    fn text(&self, file: &str) -> Option<&str> {
        self.0.get(file).map(String::as_str)
    }
}

fn span_of(text: &str, line: usize, column: usize, length: usize) -> Range<usize> {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = text.get(start..).unwrap_or_default();
    let rest = rest.lines().next().unwrap_or_default();
    let byte = |count: usize| rest.char_indices().nth(count).map_or(rest.len(), |(offset, _)| offset);
    let first = column.saturating_sub(1);
    start + byte(first)..start + byte(first + length.max(1))
}

#[cfg(test)]
mod tests {
    use super::{LineColumn, span_of};

    #[test]
    fn columns_count_characters() {
        let text = "a: 1\nß: é\n";
        assert_eq!(LineColumn::of(text, 9), LineColumn { line: 2, column: 4 });
        assert_eq!(span_of(text, 2, 4, 1), 9..11);
        assert_eq!(LineColumn::of(text, 99), LineColumn { line: 3, column: 1 });
        assert_eq!(span_of(text, 7, 4, 1), 12..12);
    }
}
