//! Formatted text brought from prettyplease's narrow layout to lines of [`WIDTH`] columns.
//!
//! Only layout changes: what stood on several lines between two brackets stands on one where it fits,
//! and a bracket that holds a single long thing opens and closes with it.

/// The columns of a line, as the workspace's own code has them.
pub const WIDTH: usize = 110;

/// Joins what fits on a line.
pub fn tighten(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut out = String::new();
    for line in block(&lines) {
        out.push_str(&line);
        out.push('\n');
    }
    out
}

/// Lines of the same depth or deeper, with the brackets that open in them tightened.
fn block(lines: &[&str]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut index = 0;
    while index < lines.len() {
        let (tight, length) = group(&lines[index..]);
        for line in tight {
            push_chained(&mut out, line);
        }
        index += length;
    }
    out
}

/// The first line, with all that its bracket holds, and how many lines that were. A line that closes
/// a bracket may open the next: `) -> impl Future<`.
fn group(lines: &[&str]) -> (Vec<String>, usize) {
    let Some((line, length)) = lines.first().zip(closing(lines)) else {
        return (lines.first().map(|line| (*line).to_owned()).into_iter().collect(), 1);
    };
    let (mut close, taken) = group(&lines[length..]);
    let rest = close.split_off(1);
    let mut tight = bracket(line, &lines[1..length], &close.concat()).0;
    tight.extend(rest);
    (tight, length + taken)
}

/// Adds a line; a call that goes on with the line before joins it where it fits.
fn push_chained(out: &mut Vec<String>, line: String) {
    if line.trim_start().starts_with('.')
        && !line.trim_start().starts_with("..")
        && let Some(last) = out.last_mut()
        && is_code(last)
        && last.len() + line.trim_start().len() <= WIDTH
    {
        last.push_str(line.trim_start());
    } else {
        out.push(line);
    }
}

/// A bracket with its contents: on one line, closed up around a single thing, or as it was. The contents
/// go with it, so that who closes up around it has them without another look.
fn bracket(open: &str, contents: &[&str], close: &str) -> (Vec<String>, Vec<String>) {
    let depth = depth(open) + 4;
    let single = match contents {
        [first, between @ .., last] if opens(first) && closing(contents) == Some(between.len() + 1) => {
            Some((first, bracket(first, between, last), last))
        }
        _ => None,
    };
    let inner = match &single {
        Some((_, (lines, _), _)) => {
            let mut inner = Vec::new();
            for line in lines {
                push_chained(&mut inner, line.clone());
            }
            inner
        }
        None => block(contents),
    };
    if let Some(arm) = arm(open, &inner, close) {
        return (vec![arm], inner);
    }
    if inner.iter().all(|line| is_code(line) && self::depth(line) == depth && is_element(open, line)) {
        let joined = one_line(open, &inner, close);
        if joined.chars().count() <= WIDTH {
            return (vec![joined], inner);
        }
    }
    if let Some((first, (_, between), last)) = single
        && !open.ends_with('{')
    {
        return (closed_up([open, first], &between, [last, close]), inner);
    }
    let mut lines = vec![open.to_owned()];
    lines.extend(inner.iter().cloned());
    lines.push(close.to_owned());
    (lines, inner)
}

fn one_line(open: &str, inner: &[String], close: &str) -> String {
    let elements: Vec<&str> = inner.iter().map(|line| line.trim()).collect();
    let elements = elements.join(" ");
    let elements = elements.strip_suffix(',').unwrap_or(&elements);
    let pad = if open.ends_with(" {") { " " } else { "" };
    format!("{open}{pad}{elements}{pad}{}", close.trim_start())
}

/// The arm of a `match` without the braces around its only expression, where it fits.
fn arm(open: &str, inner: &[String], close: &str) -> Option<String> {
    let pattern = open.strip_suffix(" => {").filter(|_| close.trim() == "}")?;
    let [value] = inner else { return None };
    let arm = format!("{pattern} => {},", value.trim());
    (is_code(value) && !value.ends_with([';', '}']) && arm.chars().count() <= WIDTH).then_some(arm)
}

/// `f(` and `&[` as `f(&[`, what they hold one step to the left.
fn closed_up(open: [&str; 2], between: &[String], close: [&str; 2]) -> Vec<String> {
    let dedented = |line: &str| line.get(4..).unwrap_or(line).to_owned();
    let mut lines = vec![format!("{}{}", open[0], open[1].trim_start())];
    lines.extend(between.iter().map(|line| dedented(line)));
    let end = dedented(close[0].trim_end().trim_end_matches(','));
    lines.push(format!("{end}{}", close[1].trim_start()));
    lines
}

/// Whether a line begins a list that the lines below go on with.
fn opens(line: &str) -> bool {
    (is_code(line) || line.trim_start().starts_with("#[")) && line.ends_with(['(', '[', '{', '<'])
}

/// The distance of the line that closes what the first one opens.
fn closing(lines: &[&str]) -> Option<usize> {
    let open = lines.first().filter(|line| opens(line))?;
    let closer = match open.chars().last()? {
        '(' => ')',
        '[' => ']',
        '<' => '>',
        _ => '}',
    };
    let length = lines.iter().skip(1).position(|line| !line.is_empty() && depth(line) <= depth(open))? + 1;
    lines[length].trim_start().starts_with(closer).then_some(length)
}

/// Whether a line is one element of a list: an argument, an item, or a field of a struct's value.
fn is_element(open: &str, line: &str) -> bool {
    let text = line.trim();
    if !open.ends_with('{') {
        return !text.ends_with(';');
    }
    if open.starts_with("use ") {
        return true;
    }
    let names_a_field = text
        .split_once([':', ','])
        .is_some_and(|(name, _)| name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '#'));
    let is_value = open.trim_end_matches('{').ends_with(' ') && !is_definition(open);
    is_value && text.ends_with(',') && !text.contains("=>") && (names_a_field || text.starts_with(".."))
}

/// Whether a line begins an item or a control structure, whose braces hold no value.
fn is_definition(line: &str) -> bool {
    const WORDS: [&str; 10] =
        ["struct", "enum", "union", "impl", "trait", "fn", "match", "mod", "if", "else"];
    line.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| WORDS.contains(&word))
}

/// Whether a line is neither a comment nor an attribute.
fn is_code(line: &str) -> bool {
    let text = line.trim_start();
    !text.is_empty() && !text.starts_with("//") && !text.starts_with('#')
}

fn depth(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

#[cfg(test)]
mod tests {
    use super::tighten;

    #[test]
    fn what_fits_stands_on_one_line() {
        for (text, expected) in [
            ("f(\n    a,\n    b,\n)\n", "f(a, b)\n"),
            ("    Self {\n        a: 1,\n        b,\n    }\n", "    Self { a: 1, b }\n"),
            ("x = f(\n    &[\n        a,\n        b,\n    ],\n);\n", "x = f(&[a, b]);\n"),
            ("a\n    .b()\n    .c()\n", "a.b().c()\n"),
            ("pub fn f(\n    a: A,\n) -> B {\n    a\n}\n", "pub fn f(a: A) -> B {\n    a\n}\n"),
            ("pub struct A {\n    pub a: B,\n}\n", "pub struct A {\n    pub a: B,\n}\n"),
            ("enum A {\n    a,\n}\n", "enum A {\n    a,\n}\n"),
            ("-> impl F<\n    O = A<B>,\n> + Send;\n", "-> impl F<O = A<B>> + Send;\n"),
            (
                "fn f(\n    a: A,\n) -> impl F<\n    O = A<B>,\n> + Send;\n",
                "fn f(a: A) -> impl F<O = A<B>> + Send;\n",
            ),
            ("match a {\n    a => {\n        f(b)\n    }\n}\n", "match a {\n    a => f(b),\n}\n"),
            (
                "match a {\n    a => {\n        f(b);\n    }\n}\n",
                "match a {\n    a => {\n        f(b);\n    }\n}\n",
            ),
            ("match a {\n    a => b,\n}\n", "match a {\n    a => b,\n}\n"),
            (
                "    #[allow(\n        a::b,\n        reason = \"c\",\n    )]\n    fn f();\n",
                "    #[allow(a::b, reason = \"c\")]\n    fn f();\n",
            ),
            ("f(\n    // why\n    a,\n)\n", "f(\n    // why\n    a,\n)\n"),
            ("/// (\n/// )\nf()\n", "/// (\n/// )\nf()\n"),
        ] {
            assert_eq!(tighten(text), expected);
        }
    }

    /// Each bracket is laid out once, however many hold it.
    #[test]
    fn depth_costs_no_more_than_lines() {
        let depth = 64;
        let pad = |level: usize| "    ".repeat(level);
        let mut lines: Vec<String> = (0..depth).map(|level| pad(level) + "f(").collect();
        lines.push(format!("{}\"{}\",", pad(depth), "a".repeat(100)));
        lines.extend((0..depth).rev().map(|level| pad(level) + if level == 0 { ")" } else { ")," }));
        let text = lines.join("\n");
        assert!(tighten(&text).starts_with(&"f(".repeat(2)));
    }

    #[test]
    fn what_does_not_fit_is_closed_up() {
        let long = "a".repeat(60);
        let text = format!("f(\n    &[\n        \"{long}\",\n        \"{long}\",\n    ],\n)\n");
        assert_eq!(tighten(&text), format!("f(&[\n    \"{long}\",\n    \"{long}\",\n])\n"));
    }
}
