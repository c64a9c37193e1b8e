//! Positions in YAML, from the events of its parser.

use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use super::Builder;

/// Nesting of collections in keys, which have no pointer.
#[derive(Default)]
struct Skip(usize);

pub(super) fn read(text: &str, builder: &mut Builder) {
    let bytes = Bytes::of(text);
    let mut skip = Skip::default();
    let mut parser = Parser::new_from_str(text);
    while let Some(Ok((event, span))) = parser.next_event() {
        if matches!(event, Event::DocumentEnd) {
            return;
        }
        let span = bytes.range(span);
        if builder.wants_key() || skip.0 > 0 {
            key(builder, &mut skip, event, span);
        } else {
            value(builder, &event, span, text);
        }
    }
}

fn key(builder: &mut Builder, skip: &mut Skip, event: Event<'_>, span: Range<usize>) {
    match event {
        Event::Scalar(text, ..) if skip.0 == 0 => builder.key(text.into_owned(), span),
        Event::MappingEnd if skip.0 == 0 => builder.end(span.end),
        Event::Alias(_) if skip.0 == 0 => builder.key(String::new(), span),
        Event::MappingStart(..) | Event::SequenceStart(..) => skip.0 += 1,
        Event::MappingEnd | Event::SequenceEnd => {
            skip.0 -= 1;
            if skip.0 == 0 {
                builder.key(String::new(), span);
            }
        }
        _ => {}
    }
}

fn value(builder: &mut Builder, event: &Event<'_>, span: Range<usize>, text: &str) {
    match event {
        Event::Scalar(_, ScalarStyle::Literal | ScalarStyle::Folded, ..) => {
            builder.scalar(block(text, span));
        }
        Event::Scalar(..) | Event::Alias(_) => builder.scalar(span),
        Event::MappingStart(..) => builder.begin(span.start, true),
        Event::SequenceStart(..) => builder.begin(span.start, false),
        Event::MappingEnd | Event::SequenceEnd => builder.end(span.end),
        _ => {}
    }
}

/// A block scalar from its `|` or `>` on.
fn block(text: &str, span: Range<usize>) -> Range<usize> {
    let before = text.get(..span.start).unwrap_or_default();
    let indicator = before.rfind(['|', '>']).filter(|at| !before[*at..].trim_end().contains('\n'));
    indicator.unwrap_or(span.start)..span.end
}

/// Character offsets to byte offsets.
struct Bytes {
    /// One a character, and the end; empty where both are the same.
    offsets: Vec<usize>,
    length: usize,
}

impl Bytes {
    fn of(text: &str) -> Self {
        let mut offsets = Vec::new();
        if !text.is_ascii() {
            offsets.extend(text.char_indices().map(|(offset, _)| offset));
        }
        Self { offsets, length: text.len() }
    }

    fn range(&self, span: Span) -> Range<usize> {
        let start = self.byte(span.start.index());
        start..self.byte(span.end.index()).max(start)
    }

    fn byte(&self, character: usize) -> usize {
        if self.offsets.is_empty() {
            character.min(self.length)
        } else {
            self.offsets.get(character).copied().unwrap_or(self.length)
        }
    }
}
