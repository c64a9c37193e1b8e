//! One thing said about a document.

use crate::{Code, Label, Place, Pointer, Severity};

/// One thing said about a document: what, where, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its kind.
    pub code: Code,
    /// The sentence of this occurrence; lower case, no full stop.
    pub message: String,
    /// Where it is.
    pub primary: Label,
    /// Other places that it takes to understand it.
    pub secondary: Vec<Label>,
    /// What to do.
    pub help: Vec<String>,
    /// What else to know.
    pub notes: Vec<String>,
}

impl Diagnostic {
    /// A diagnostic about one place; `label` stands beside the underline and may be empty.
    pub fn new(code: Code, message: impl Into<String>, place: Place, label: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            primary: Label::new(place, label),
            secondary: Vec::new(),
            help: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Adds a second place.
    #[must_use]
    pub fn with_secondary(mut self, place: Place, label: impl Into<String>) -> Self {
        self.secondary.push(Label::new(place, label));
        self
    }

    /// Adds what to do.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Adds what else to know.
    #[must_use]
    pub fn with_note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// The same, with every pointer into the document as `to` has it.
    #[must_use]
    pub fn relocated(mut self, to: impl Fn(&Pointer) -> Pointer) -> Self {
        for label in std::iter::once(&mut self.primary).chain(&mut self.secondary) {
            if let Place::Document { pointer, .. } = &mut label.place {
                *pointer = to(pointer);
            }
        }
        self
    }

    /// The code's severity.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}
