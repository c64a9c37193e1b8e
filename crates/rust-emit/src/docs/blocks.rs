//! What lines are made of: paragraphs, lists, headings, tables, code blocks.

use super::{WIDTH, inline};

/// A text as lines, each block brought to the one form that rustdoc and clippy do not object to.
pub fn lines(text: &str) -> Vec<String> {
    let mut writer = Writer::default();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        match fence(line) {
            Some(fence) => writer.code(&fence, &mut lines),
            None => writer.line(line),
        }
    }
    while writer.out.last().is_some_and(String::is_empty) {
        writer.out.pop();
    }
    writer.out
}

/// The start of a code block: its mark, and the language it names.
struct Fence {
    mark: String,
    language: String,
}

fn fence(line: &str) -> Option<Fence> {
    let line = line.trim();
    let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let after = line.trim_start_matches(mark);
    let mark = line[..line.len() - after.len()].to_owned();
    let is_fence = mark.len() >= 3 && !after.contains('`');
    let language = after.trim().to_ascii_lowercase();
    is_fence.then_some(Fence { mark, language })
}

/// A list that is open: how far its items are indented in the source, and their content in the output.
struct List {
    source: usize,
    content: usize,
}

#[derive(Default)]
struct Writer {
    out: Vec<String>,
    lists: Vec<List>,
}

impl Writer {
    /// A line outside of code blocks.
    fn line(&mut self, line: &str) {
        let text = line.trim();
        let indent = line.len() - line.trim_start().len();
        if text.is_empty() {
            self.blank();
        } else if is_rule(text) {
            self.lists.clear();
            self.blank();
            self.out.push("---".to_owned());
            self.blank();
        } else if let Some(title) = heading(text) {
            self.lists.clear();
            self.blank();
            self.out.push(format!("#### {}", inline::escape(title)));
            self.blank();
        } else if text.starts_with('|') {
            let margin = self.margin_of(indent);
            self.out.push(format!("{margin}{}", inline::escape(text)));
        } else if let Some((marker, rest)) = marker(text) {
            self.item(indent, marker, rest);
        } else {
            let margin = self.margin_of(indent);
            self.fold(&margin, &margin, &lead(text));
        }
    }

    /// A list item; one that is indented further than the list before it begins a list inside of that.
    fn item(&mut self, indent: usize, marker: &str, rest: &str) {
        while self.lists.last().is_some_and(|list| list.source > indent) {
            self.lists.pop();
        }
        let is_inner = self.lists.last().is_some_and(|list| indent >= list.source + 2);
        if !is_inner {
            self.lists.pop();
        }
        let outer = self.lists.last().map_or(0, |list| list.content);
        if self.lists.is_empty() && !self.follows_a_blank() && !self.follows_an_item() {
            self.blank();
        }
        let content = outer + marker.len() + 1;
        self.lists.push(List { source: indent, content });
        let first = format!("{}{marker} ", " ".repeat(outer));
        self.fold(&first, &" ".repeat(content), rest);
    }

    /// A code block, up to the line that closes it or the end of the text.
    fn code<'a>(&mut self, fence: &Fence, lines: &mut impl Iterator<Item = &'a str>) {
        let body: Vec<&str> = lines.take_while(|line| !closes(line, fence)).collect();
        let longest =
            body.iter().map(|line| line.trim_start().len() - line.trim_start().trim_start_matches('`').len());
        let mark = "`".repeat(longest.max().unwrap_or_default().max(2) + 1);
        let margin = self.margin();
        let language = match fence.language.as_str() {
            known @ ("json" | "yaml" | "xml" | "http" | "html" | "javascript" | "bash" | "sql") => known,
            _ => "text",
        };
        let indent = body
            .iter()
            .filter(|line| !line.trim().is_empty())
            .map(|line| line.len() - line.trim_start().len());
        let indent = indent.min().unwrap_or_default();
        self.out.push(format!("{margin}{mark}{language}"));
        for line in body {
            self.out
                .push(format!("{margin}{}", line.get(indent..).unwrap_or_default()).trim_end().to_owned());
        }
        self.out.push(format!("{margin}{mark}"));
    }

    /// Text of a paragraph, folded at spaces where it is long.
    fn fold(&mut self, first: &str, margin: &str, text: &str) {
        let mut line = first.to_owned();
        let mut is_start = true;
        for word in inline::escape(text).split(' ').filter(|word| !word.is_empty()) {
            if !is_start && line.chars().count() + 1 + word.chars().count() > WIDTH && !begins_a_block(word) {
                self.out.push(std::mem::replace(&mut line, margin.to_owned()));
                is_start = true;
            }
            if !is_start {
                line.push(' ');
            }
            line.push_str(word);
            is_start = false;
        }
        self.out.push(line.trim_end().to_owned());
    }

    /// An empty line, unless there is nothing to part from.
    fn blank(&mut self) {
        if !self.follows_a_blank() {
            self.out.push(String::new());
        }
    }

    fn follows_a_blank(&self) -> bool {
        self.out.last().is_none_or(String::is_empty)
    }

    fn follows_an_item(&self) -> bool {
        self.out.last().is_some_and(|line| marker(line.trim_start()).is_some())
    }

    /// The margin of a line that is no item: that of the item it goes on with.
    fn margin_of(&mut self, indent: usize) -> String {
        if self.follows_a_blank() {
            while self.lists.last().is_some_and(|list| indent <= list.source) {
                self.lists.pop();
            }
        }
        self.margin()
    }

    fn margin(&self) -> String {
        " ".repeat(self.lists.last().map_or(0, |list| list.content))
    }
}

fn closes(line: &str, fence: &Fence) -> bool {
    let line = line.trim();
    line.starts_with(&fence.mark) && line.chars().all(|c| fence.mark.starts_with(c))
}

fn is_rule(text: &str) -> bool {
    let marks: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    marks.len() >= 3
        && marks
            .first()
            .is_some_and(|first| matches!(first, '*' | '-' | '_' | '=') && marks.iter().all(|c| c == first))
}

fn heading(text: &str) -> Option<&str> {
    let title = text.trim_start_matches('#');
    let level = text.len() - title.len();
    (1..=6).contains(&level).then_some(title.strip_prefix(' ')?.trim_end_matches('#').trim())
}

/// The marker of a list item, and its text.
fn marker(text: &str) -> Option<(&str, &str)> {
    let (marker, rest) = text.split_once(' ')?;
    let is_bullet = matches!(marker, "-" | "*" | "+");
    let is_number = marker.len() <= 4
        && marker
            .strip_suffix(['.', ')'])
            .is_some_and(|number| !number.is_empty() && number.chars().all(|digit| digit.is_ascii_digit()));
    ((is_bullet || is_number) && !rest.trim().is_empty()).then_some((marker, rest.trim()))
}

/// A paragraph's line whose beginning means nothing to Markdown.
fn lead(text: &str) -> String {
    match text.chars().next() {
        Some(first @ ('>' | '#' | '+' | '-' | '~' | '=' | ':')) => format!("\\{first}{}", &text[1..]),
        _ => text.to_owned(),
    }
}

/// Whether a word at the beginning of a line would not be text.
fn begins_a_block(word: &str) -> bool {
    let is_number = || word.ends_with(['.', ')']) && word.starts_with(|c: char| c.is_ascii_digit());
    word.starts_with(['>', '#', '+', '-', '=', '~', '|', ':'])
        || word.starts_with("\\>")
        || word == "*"
        || is_number()
}
