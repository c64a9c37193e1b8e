//! Where places are in the files that the user wrote.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

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

/// Line starts of the texts in use, found once for a rendering.
pub(crate) struct Lines<'a> {
    sources: &'a dyn Sources,
    starts: RefCell<BTreeMap<String, Rc<[usize]>>>,
}

/// Whole lines of a text.
pub(crate) struct Window<'a> {
    pub text: &'a str,
    /// Byte offset of the first.
    pub start: usize,
    /// Number of the first, from 1.
    pub line: usize,
    /// Bytes of the longest.
    pub longest: usize,
}

impl<'a> Lines<'a> {
    pub fn new(sources: &'a dyn Sources) -> Self {
        Self { sources, starts: RefCell::default() }
    }

    fn of(&self, file: &str) -> Option<(&'a str, Rc<[usize]>)> {
        let text = self.sources.text(file)?;
        let mut all = self.starts.borrow_mut();
        let starts = all.entry(file.to_owned()).or_insert_with(|| {
            std::iter::once(0).chain(text.match_indices('\n').map(|(offset, _)| offset + 1)).collect()
        });
        Some((text, Rc::clone(starts)))
    }

    /// Line and column of a byte.
    pub fn position(&self, file: &str, offset: usize) -> Option<LineColumn> {
        let (text, starts) = self.of(file)?;
        let line = starts.partition_point(|start| *start <= offset).max(1);
        let column = LineColumn::of(&text[starts[line - 1]..], offset - starts[line - 1]).column;
        Some(LineColumn { line, column })
    }

    /// How many lines lie between two spots of one file.
    pub fn distance(&self, left: &Spot, right: &Spot) -> Option<usize> {
        if left.file != right.file {
            return None;
        }
        let left = self.position(&left.file, left.span.as_ref()?.start)?.line;
        let right = self.position(&right.file, right.span.as_ref()?.start)?.line;
        Some(left.abs_diff(right))
    }

    /// The lines that hold a span.
    pub fn window(&self, file: &str, span: Range<usize>) -> Option<Window<'a>> {
        let (text, starts) = self.of(file)?;
        let first = starts.partition_point(|start| *start <= span.start).max(1) - 1;
        let after = starts.partition_point(|start| *start < span.end).max(first + 1);
        let start = starts[first];
        let end = starts.get(after).map_or(text.len(), |next| next - 1);
        let text = text.get(start..end)?;
        let longest = text.lines().map(str::len).max().unwrap_or(0);
        Some(Window { text, start, line: first + 1, longest })
    }
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
