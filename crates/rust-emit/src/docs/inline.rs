//! What stands inside of a line: code, links, and text that must not become either.

/// A line with everything escaped that rustdoc would take for a link, a tag or open code.
pub fn escape(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        let (text, taken) = next(rest, first, &out);
        out.push_str(&text);
        rest = &rest[taken..];
    }
    // A backslash before the end of a line would be a line break.
    if out.ends_with('\\') && !out.ends_with("\\\\") {
        out.push('\\');
    }
    out
}

/// The escaped form of what a text begins with, and its length in the text.
fn next(rest: &str, first: char, before: &str) -> (String, usize) {
    match first {
        '\\' => escaped(rest),
        '`' => code(rest),
        '[' => link(rest).unwrap_or_else(|| ("\\[".to_owned(), 1)),
        '<' => autolink(rest).unwrap_or_else(|| ("\\<".to_owned(), 1)),
        ']' | '>' => (format!("\\{first}"), 1),
        'h' | 'H' if !before.ends_with(|c: char| c.is_alphanumeric()) => {
            url(rest).map_or_else(|| (first.to_string(), 1), |url| (format!("<{url}>"), url.len()))
        }
        _ => (first.to_string(), first.len_utf8()),
    }
}

/// A backslash and what it escapes, or itself.
fn escaped(rest: &str) -> (String, usize) {
    match rest[1..].chars().next() {
        Some(next) if next.is_ascii_punctuation() => (rest[..2].to_owned(), 2),
        _ => ("\\\\".to_owned(), 1),
    }
}

/// A code span as it is; a run of backticks that nothing closes, escaped.
fn code(rest: &str) -> (String, usize) {
    let run = rest.len() - rest.trim_start_matches('`').len();
    let mut position = run;
    while let Some(found) = rest[position..].find('`') {
        let start = position + found;
        let length = rest[start..].len() - rest[start..].trim_start_matches('`').len();
        position = start + length;
        if length == run {
            return (rest[..position].to_owned(), position);
        }
    }
    ("\\`".repeat(run), run)
}

/// `[text](https://…)`, with its text escaped.
fn link(rest: &str) -> Option<(String, usize)> {
    let close = rest.find(']')?;
    let text = &rest[1..close];
    let target = rest[close + 1..].strip_prefix('(')?;
    let end = target.find(')')?;
    let address = url(&target[..end]).filter(|url| url.len() == end)?;
    if text.is_empty() || text.contains(['[', '`', '<', '\\']) || text.contains("http") {
        return Some((format!("<{address}>"), close + 2 + end + 1));
    }
    Some((format!("[{text}](<{address}>)"), close + 2 + end + 1))
}

/// `<https://…>` as it is.
fn autolink(rest: &str) -> Option<(String, usize)> {
    let end = rest.find('>')?;
    let address = url(&rest[1..end]).filter(|url| url.len() + 1 == end)?;
    Some((format!("<{address}>"), end + 1))
}

/// The URL that a text begins with, without the punctuation of the sentence around it.
fn url(rest: &str) -> Option<&str> {
    let scheme =
        ["https://", "http://", "HTTPS://", "HTTP://"].into_iter().find(|scheme| rest.starts_with(scheme))?;
    let is_end = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '`' | '"' | '[' | ']' | '\\' | '|');
    let end = rest.find(is_end).unwrap_or(rest.len());
    let mut url = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_']);
    if url.ends_with(')') && !url.contains('(') {
        url = url.trim_end_matches(')');
    }
    (url.len() > scheme.len()).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn only_code_and_absolute_links_stay_markup() {
        for (line, expected) in [
            ("a `b` c", "a `b` c"),
            ("see [Address]", "see \\[Address\\]"),
            ("see [`Address`]", "see \\[`Address`\\]"),
            ("see `[Address]`", "see `[Address]`"),
            ("[docs](https://a.b/c)", "[docs](<https://a.b/c>)"),
            ("[docs](/c)", "\\[docs\\](/c)"),
            ("[](https://a.b)", "<https://a.b>"),
            ("[x]: https://a.b \"t\"", "\\[x\\]: <https://a.b> \"t\""),
            ("at https://a.b/{c}.", "at <https://a.b/{c}>."),
            ("<https://a.b>", "<https://a.b>"),
            ("(http://a.b)", "(<http://a.b>)"),
            ("http:// is", "http:// is"),
            ("a <tag attr=\"1\"> -> b", "a \\<tag attr=\"1\"\\> -\\> b"),
            ("open ` code", "open \\` code"),
            ("``a`b`` `c", "``a`b`` \\`c"),
            ("\\[a] C:\\dir\\", "\\[a\\] C:\\\\dir\\\\"),
            ("*/ {} \"\"\" #![x]", "*/ {} \"\"\" #!\\[x\\]"),
        ] {
            assert_eq!(escape(line), expected, "{line}");
        }
    }
}
