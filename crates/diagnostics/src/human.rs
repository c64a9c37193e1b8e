//! Diagnostics for people, laid out as rustc does.

use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use crate::source::Lines;
use crate::{Diagnostic, Diagnostics, Severity, Sources, Spot};

/// Places this many lines apart share an excerpt.
const NEAR: usize = 8;
/// A line longer than this is not shown: it is data, or the whole file on one line.
const LONG: usize = 2_000;

pub(crate) fn render(all: &Diagnostics, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let lines = Lines::new(all);
    let texts: Vec<_> =
        all.sorted().into_iter().map(|diagnostic| one(&renderer, all, &lines, diagnostic)).collect();
    texts.join("\n\n") + if texts.is_empty() { "" } else { "\n" }
}

fn one(renderer: &Renderer, all: &Diagnostics, lines: &Lines<'_>, diagnostic: &Diagnostic) -> String {
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR,
        Severity::Unsupported => Level::ERROR.with_name("unsupported"),
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level.primary_title(shown(&diagnostic.message)).id(diagnostic.code.as_str());
    let mut group = Group::with_title(title).elements(excerpts(lines, &marks(all, diagnostic)));
    for help in &diagnostic.help {
        group = group.element(Level::HELP.message(shown(help)));
    }
    for note in &diagnostic.notes {
        group = group.element(Level::NOTE.message(shown(note)));
    }
    renderer.render(&[group])
}

/// Text of the document may stand in a message; its control characters do not reach a terminal.
fn shown(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { '\u{fffd}' } else { c }).collect()
}

struct Mark {
    spot: Spot,
    text: String,
    primary: bool,
}

fn marks(all: &Diagnostics, diagnostic: &Diagnostic) -> Vec<Mark> {
    let mut marks = vec![Mark {
        spot: all.spot(&diagnostic.primary.place),
        text: shown(&diagnostic.primary.text),
        primary: true,
    }];
    marks.extend(diagnostic.secondary.iter().map(|label| Mark {
        spot: all.spot(&label.place),
        text: shown(&label.text),
        primary: false,
    }));
    if let Some(spot) = all.merged_into(&diagnostic.primary.place) {
        marks.push(Mark { spot, text: "the overlay was merged in here".to_owned(), primary: false });
    }
    marks
}

/// One excerpt for each cluster of marks, the primary's first.
fn excerpts<'a>(lines: &Lines<'a>, marks: &[Mark]) -> Vec<Element<'a>> {
    let mut clusters: Vec<Vec<&Mark>> = Vec::new();
    for mark in marks {
        let near = clusters.iter_mut().find(|cluster| {
            cluster.iter().any(|other| lines.distance(&mark.spot, &other.spot).is_some_and(|by| by <= NEAR))
        });
        match near {
            Some(cluster) => cluster.push(mark),
            None => clusters.push(vec![mark]),
        }
    }
    clusters.iter().map(|cluster| excerpt(lines, cluster)).collect()
}

fn excerpt<'a>(lines: &Lines<'a>, cluster: &[&Mark]) -> Element<'a> {
    let file = cluster.first().map(|mark| mark.spot.file.clone()).unwrap_or_default();
    let spans: Vec<&Range<usize>> = cluster.iter().filter_map(|mark| mark.spot.span.as_ref()).collect();
    let first = spans.iter().map(|span| span.start).min();
    let window = first.and_then(|first| {
        let last = spans.iter().map(|span| span.end).max()?;
        lines.window(&file, first..last).filter(|window| window.longest <= LONG)
    });
    let Some(window) = window else {
        let position = first.and_then(|first| lines.position(&file, first));
        let origin = Origin::path(if file.is_empty() { "document".to_owned() } else { file });
        return match position {
            Some(position) => origin.line(position.line).char_column(position.column).into(),
            None => origin.into(),
        };
    };
    let annotations = cluster.iter().filter_map(|mark| annotation(mark, window.start, window.text.len()));
    Snippet::source(window.text).path(file).line_start(window.line).annotations(annotations).into()
}

fn annotation(mark: &Mark, start: usize, length: usize) -> Option<Annotation<'static>> {
    let span = mark.spot.span.as_ref()?;
    let kind = if mark.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
    let from = span.start.saturating_sub(start).min(length);
    let to = span.end.saturating_sub(start).clamp(from, length);
    let label = (!mark.text.is_empty()).then(|| mark.text.clone());
    Some(kind.span(from..to).label(label))
}

#[cfg(test)]
mod tests {
    use crate::{Code, Diagnostic, Diagnostics, Place, Pointer};

    fn found() -> Diagnostics {
        let mut sink = Diagnostics::new();
        sink.keep_text("a.toml", "name = 1\n");
        let place = Place::Position { file: "a.toml".to_owned(), line: 1, column: 8, length: 1 };
        sink.push(Diagnostic::new(Code::WrongType, "`name` must be a string", place, "this is a number"));
        sink
    }

    #[test]
    fn a_text_that_was_kept_is_shown() {
        let expected = "error[SW0113]: `name` must be a string\n --> a.toml:1:8\n  |\n1 | name = 1\n  \
                        |        ^ this is a number\n";
        assert_eq!(found().render(false), expected);
    }

    #[test]
    fn colour_is_the_callers_choice() {
        assert!(found().render(true).contains('\u{1b}'));
        assert!(!found().render(false).contains('\u{1b}'));
        assert_eq!(Diagnostics::new().render(true), "");
    }

    #[test]
    fn a_place_without_a_text_is_still_named() {
        let mut sink = Diagnostics::new();
        sink.push(Diagnostic::new(Code::FileUnreadable, "cannot read b", Place::file("b"), ""));
        sink.push(Diagnostic::new(Code::UnknownKey, "unknown", Place::key(&Pointer::root().child("x")), ""));
        let text = sink.render(false);
        assert!(text.contains("--> b") && text.contains("--> document"), "{text}");
    }
}
