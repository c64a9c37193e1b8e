//! What a diagnostic points at.

use crate::Pointer;

/// Whether a member's name or its value is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The member's name.
    Key,
    /// The member's value.
    Value,
}

/// A place that a diagnostic is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// In the effective document.
    Document {
        /// Which value.
        pointer: Pointer,
        /// The value or its name.
        part: Part,
    },
    /// In one file by pointer, such as an overlay.
    InFile {
        /// The file's name as shown to the user.
        file: String,
        /// Which value.
        pointer: Pointer,
        /// The value or its name.
        part: Part,
    },
    /// In one file by position, where there are no pointers (yet).
    Position {
        /// The file's name as shown to the user.
        file: String,
        /// From 1.
        line: usize,
        /// In characters, from 1.
        column: usize,
        /// In characters; at least one is underlined.
        length: usize,
    },
    /// A file as a whole.
    File {
        /// The file's name as shown to the user.
        file: String,
    },
}

impl Place {
    /// A value of the effective document.
    pub fn value(pointer: &Pointer) -> Self {
        Self::Document { pointer: pointer.clone(), part: Part::Value }
    }

    /// The name of a member of the effective document.
    pub fn key(pointer: &Pointer) -> Self {
        Self::Document { pointer: pointer.clone(), part: Part::Key }
    }

    /// One character of a file; line and column count from 1.
    pub fn at(file: impl Into<String>, line: usize, column: usize) -> Self {
        Self::Position { file: file.into(), line, column, length: 1 }
    }

    /// A file as a whole.
    pub fn file(file: impl Into<String>) -> Self {
        Self::File { file: file.into() }
    }

    /// The pointer, where the place has one.
    pub fn pointer(&self) -> Option<&Pointer> {
        match self {
            Self::Document { pointer, .. } | Self::InFile { pointer, .. } => Some(pointer),
            Self::Position { .. } | Self::File { .. } => None,
        }
    }
}

/// A place and what is said about it; the text may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub place: Place,
    /// What stands beside the underline.
    pub text: String,
}

impl Label {
    /// A place with a remark.
    pub fn new(place: Place, text: impl Into<String>) -> Self {
        Self { place, text: text.into() }
    }
}
