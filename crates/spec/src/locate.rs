//! Pointers to positions, read only when something is to be said.

mod files;
mod json;
mod yaml;

use std::collections::BTreeMap;
use std::ops::Range;

use specwright_diagnostics::{Part, Pointer};

use crate::load::Notation;

pub(crate) use files::Files;

/// Bytes of a value and of the key before it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Spans {
    key: Option<Range<usize>>,
    value: Range<usize>,
    collection: bool,
}

/// A key that stands twice in one mapping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Duplicate {
    pub pointer: Pointer,
    pub first: Range<usize>,
    pub second: Range<usize>,
}

/// Where every value of one text is.
#[derive(Debug, Default)]
pub(crate) struct Index {
    spans: BTreeMap<Pointer, Spans>,
    pub duplicates: Vec<Duplicate>,
}

impl Index {
    pub fn of(text: &str, notation: Notation) -> Self {
        let mut builder = Builder::default();
        match notation {
            Notation::Json => json::read(text, &mut builder),
            Notation::Yaml => yaml::read(text, &mut builder),
        }
        builder.index
    }

    /// The bytes to underline for a value or its key; for what is not there, those of what would hold it.
    pub fn span(&self, text: &str, pointer: &Pointer, part: Part) -> Option<Range<usize>> {
        let mut pointer = pointer.clone();
        let mut part = part;
        loop {
            if let Some(spans) = self.spans.get(&pointer) {
                return Some(spans.underlined(text, part));
            }
            pointer = pointer.parent()?;
            part = Part::Key;
        }
    }
}

impl Spans {
    /// One line at most: a collection that goes on is shown by its key.
    fn underlined(&self, text: &str, part: Part) -> Range<usize> {
        let value = text.get(self.value.clone()).unwrap_or_default().trim_end();
        let one_line = !value.contains('\n');
        match (&self.key, part) {
            (Some(key), Part::Key) => key.clone(),
            (Some(key), Part::Value) if self.collection && !one_line => key.clone(),
            _ => {
                let shown = value.lines().next().unwrap_or_default().trim_end();
                self.value.start..self.value.start + shown.len()
            }
        }
    }
}

/// Takes what a reader of either notation meets, in order; keeps pointers.
#[derive(Default)]
struct Builder {
    index: Index,
    open: Vec<Open>,
}

struct Open {
    pointer: Pointer,
    slot: Slot,
    /// Whether this is a repeated member, whose inside is not indexed.
    shadowed: bool,
}

enum Slot {
    Item(usize),
    Key,
    Value { key: String, span: Range<usize> },
}

impl Builder {
    /// Whether a key comes next.
    fn wants_key(&self) -> bool {
        matches!(self.open.last(), Some(Open { slot: Slot::Key, .. }))
    }

    fn key(&mut self, key: String, span: Range<usize>) {
        if let Some(open) = self.open.last_mut() {
            open.slot = Slot::Value { key, span };
        }
    }

    /// A value begins; answers its pointer and whether it is to be indexed.
    fn place(&mut self) -> (Pointer, Option<Range<usize>>, bool) {
        let Some(open) = self.open.last_mut() else {
            return (Pointer::root(), None, false);
        };
        match std::mem::replace(&mut open.slot, Slot::Key) {
            Slot::Item(index) => {
                open.slot = Slot::Item(index + 1);
                (open.pointer.index(index), None, open.shadowed)
            }
            Slot::Value { key, span } => {
                let pointer = open.pointer.child(&key);
                let shadowed = open.shadowed;
                let earlier = self.index.spans.get(&pointer).filter(|_| !shadowed);
                if let Some(first) = earlier.and_then(|spans| spans.key.clone()) {
                    let second = span.clone();
                    self.index.duplicates.push(Duplicate { pointer: pointer.clone(), first, second });
                    return (pointer, Some(span), true);
                }
                (pointer, Some(span), shadowed)
            }
            Slot::Key => (open.pointer.clone(), None, true),
        }
    }

    fn scalar(&mut self, value: Range<usize>) {
        let (pointer, key, shadowed) = self.place();
        if !shadowed {
            self.index.spans.insert(pointer, Spans { key, value, collection: false });
        }
    }

    fn begin(&mut self, start: usize, mapping: bool) {
        let (pointer, key, shadowed) = self.place();
        if !shadowed {
            let spans = Spans { key, value: start..start, collection: true };
            self.index.spans.insert(pointer.clone(), spans);
        }
        let slot = if mapping { Slot::Key } else { Slot::Item(0) };
        self.open.push(Open { pointer, slot, shadowed });
    }

    fn end(&mut self, end: usize) {
        let Some(open) = self.open.pop() else { return };
        if open.shadowed {
            return;
        }
        if let Some(spans) = self.index.spans.get_mut(&open.pointer) {
            spans.value.end = end.max(spans.value.start);
        }
    }
}
