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

/// Octets between two counts of characters. A document may well be one line of megabytes.
const STRIDE: usize = 4096;

/// Line starts of the texts in use, found once for a rendering.
pub(crate) struct Lines<'a> {
    sources: &'a dyn Sources,
    known: RefCell<BTreeMap<String, Rc<Known>>>,
}

/// What is found once of a text.
struct Known {
    /// Where each line starts, in octets.
    starts: Vec<usize>,
    /// The characters that begin before each multiple of [`STRIDE`].
    characters: Vec<usize>,
}

impl Known {
    fn of(text: &str) -> Self {
        let begins = |octet: &&u8| **octet & 0xC0 != 0x80;
        let mut total = 0;
        let characters = text.as_bytes().chunks(STRIDE).map(|chunk| {
            let before = total;
            total += chunk.iter().filter(begins).count();
            before
        });
        let characters = characters.collect();
        let starts =
            std::iter::once(0).chain(text.match_indices('\n').map(|(offset, _)| offset + 1)).collect();
        Self { starts, characters }
    }

    /// The characters that begin before an offset.
    fn characters_before(&self, text: &str, offset: usize) -> usize {
        let offset = offset.min(text.len());
        let Some(at) = self.characters.len().checked_sub(1) else { return 0 };
        let at = at.min(offset / STRIDE);
        let begun =
            text.as_bytes()[at * STRIDE..offset].iter().filter(|octet| **octet & 0xC0 != 0x80).count();
        self.characters[at] + begun
    }
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
        Self { sources, known: RefCell::default() }
    }

    fn of(&self, file: &str) -> Option<(&'a str, Rc<Known>)> {
        let text = self.sources.text(file)?;
        let mut all = self.known.borrow_mut();
        let known = all.entry(file.to_owned()).or_insert_with(|| Rc::new(Known::of(text)));
        Some((text, Rc::clone(known)))
    }

    /// Line and column of a byte.
    pub fn position(&self, file: &str, offset: usize) -> Option<LineColumn> {
        let (text, known) = self.of(file)?;
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = known.starts.partition_point(|start| *start <= offset).max(1);
        let before = known.characters_before(text, known.starts[line - 1]);
        Some(LineColumn { line, column: known.characters_before(text, offset) - before + 1 })
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
        let (text, known) = self.of(file)?;
        let starts = &known.starts;
        let first = starts.partition_point(|start| *start <= span.start).max(1) - 1;
        let after = starts.partition_point(|start| *start < span.end).max(first + 1);
        let start = starts[first];
        let end = starts.get(after).map_or(text.len(), |next| next - 1);
        let ends = starts[first + 1..].iter().map(|next| next - 1).chain([text.len()]);
        let lengths = starts[first..after].iter().zip(ends).map(|(start, end)| end - start);
        let longest = lengths.max().unwrap_or(0);
        Some(Window { text: text.get(start..end)?, start, line: first + 1, longest })
    }
}

#[cfg(test)]
mod tests {
    use super::{LineColumn, Lines, STRIDE, Texts, span_of};

    #[test]
    fn lines_find_what_counting_finds() {
        let mut texts = Texts::default();
        let long = "é𝒳 ab".repeat(STRIDE);
        let text = format!("a: 1\n{long}\nß: é\n\n{long}");
        texts.insert("a", text.clone());
        let lines = Lines::new(&texts);
        let edges = [0, 4, 5, STRIDE - 1, STRIDE, STRIDE + 1, 3 * STRIDE + 2, text.len() - 1, text.len()];
        for offset in edges.into_iter().chain((0..text.len()).step_by(977)).chain([text.len() + 9]) {
            assert_eq!(lines.position("a", offset), Some(LineColumn::of(&text, offset)), "{offset}");
        }
        let window = lines.window("a", 0..7).map(|window| (window.line, window.longest));
        assert_eq!(window, Some((1, long.len())));
        let window = lines.window("a", 2..3).map(|window| (window.text, window.longest));
        assert_eq!(window, Some(("a: 1", 4)));
    }

    #[test]
    fn columns_count_characters() {
        let text = "a: 1\nß: é\n";
        assert_eq!(LineColumn::of(text, 9), LineColumn { line: 2, column: 4 });
        assert_eq!(span_of(text, 2, 4, 1), 9..11);
        assert_eq!(LineColumn::of(text, 99), LineColumn { line: 3, column: 1 });
        assert_eq!(span_of(text, 7, 4, 1), 12..12);
    }
}
