//! A document's texts as Rust documentation: Markdown that rustdoc takes without a warning.
//!
//! A text is data. Whatever it says, what comes out are lines of prose, lists, tables and closed code
//! blocks that are never run as tests: no links but to absolute URLs, no HTML, no other Markdown that
//! reaches beyond its paragraph.

mod blocks;
mod inline;

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;
use specwright_ir::Example;

/// Texts longer than this many columns are folded.
const WIDTH: usize = 100;

/// A text as lines of documentation, sanitised and folded.
pub fn doc_lines(text: &str) -> Vec<String> {
    blocks::lines(&plain(text))
}

/// A text as `#[doc]` attributes, one a line.
pub fn docs(text: &str) -> TokenStream {
    attributes(&doc_lines(text))
}

/// Lines of ours, or lines that were sanitised before, as `#[doc]` attributes.
pub fn attributes(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    quote!(#(#[doc = #lines])*)
}

/// The first line that says something, sanitised and not folded; for lists and module docs.
pub fn one_line(text: &str) -> String {
    let text = plain(text);
    let line =
        text.lines().map(|line| line.trim().trim_start_matches('#').trim()).find(|line| !line.is_empty());
    inline::escape(line.unwrap_or_default())
}

/// A text of the document as code: between backticks, whatever it holds.
pub fn code(text: &str) -> String {
    let text = plain(text).split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return String::new();
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let pad = if longest > 0 { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// What is said of examples: the first, where it is no list and no object.
pub(crate) fn example(examples: &[Example]) -> Option<String> {
    let text = match &examples.first()?.value {
        Value::String(text) if !text.trim().is_empty() => text.clone(),
        value @ (Value::Bool(_) | Value::Number(_)) => value.to_string(),
        _ => return None,
    };
    Some(format!("Example: {}.", code(&text)))
}

/// Lines, and notes of ours in a paragraph below them.
pub(crate) fn with_notes(mut lines: Vec<String>, notes: impl IntoIterator<Item = String>) -> Vec<String> {
    let notes: Vec<_> = notes.into_iter().collect();
    if !notes.is_empty() {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push(notes.join(" "));
    }
    lines
}

/// Line feeds alone between lines; no tabs, no other control characters, none that change the
/// direction of what follows.
fn plain(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\t', "    ");
    let is_inert = |c: &char| {
        *c == '\n'
            || !(c.is_control()
                || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'))
    };
    let text: String = text.chars().filter(is_inert).collect();
    without_breaks(&text)
}

/// `<br>` as the line break that it is.
fn without_breaks(text: &str) -> String {
    ["<br/>", "<br />", "<br>", "<BR>"].iter().fold(text.to_owned(), |text, tag| text.replace(tag, "\n"))
}
