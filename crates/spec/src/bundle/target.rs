//! What the text of a reference names: a file of the document's folder, or something beyond.

/// What a reference names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// A file, by its path from the root document's folder, and what is behind the `#`.
    File { key: String, fragment: String },
    /// A file above the root document's folder, or one by an absolute path.
    Outside,
    /// Something with a scheme or a host.
    Remote,
}

/// Reads a reference that stands in the file `from`.
pub(crate) fn parse(from: &str, text: &str) -> Target {
    let (path, fragment) = text.split_once('#').unwrap_or((text, ""));
    if path.is_empty() {
        return Target::File { key: from.to_owned(), fragment: fragment.to_owned() };
    }
    if is_remote(path) {
        return Target::Remote;
    }
    let path = crate::reference::decoded(path).unwrap_or_else(|| path.to_owned());
    if path.starts_with(['/', '\\']) {
        return Target::Outside;
    }
    let mut names: Vec<&str> = from.split('/').collect();
    names.pop();
    for name in path.split('/') {
        match name {
            "" | "." => {}
            ".." => {
                if names.pop().is_none() {
                    return Target::Outside;
                }
            }
            name => names.push(name),
        }
    }
    Target::File { key: names.join("/"), fragment: fragment.to_owned() }
}

fn is_remote(path: &str) -> bool {
    let scheme = path.split_once(':').map(|(scheme, _)| scheme).filter(|scheme| !scheme.is_empty());
    let legal =
        |scheme: &str| scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    path.starts_with("//") || scheme.is_some_and(legal)
}

/// Whether a value of a discriminator's mapping is a reference, not the name of a schema.
pub(crate) fn is_reference(text: &str) -> bool {
    text.contains(['#', '/']) || [".yaml", ".yml", ".json"].iter().any(|suffix| text.ends_with(suffix))
}

#[cfg(test)]
mod tests {
    use super::{Target, parse};

    #[test]
    fn paths_are_worked_in_and_stay_within_the_folder() {
        let file = |key: &str, fragment: &str| Target::File { key: key.into(), fragment: fragment.into() };
        for (from, text, expected) in [
            ("api.yaml", "#/a", file("api.yaml", "/a")),
            ("api.yaml", "b.yaml", file("b.yaml", "")),
            ("a/b.yaml", "./c.yaml#/d", file("a/c.yaml", "/d")),
            ("a/b.yaml", "../c%20d.yaml#", file("c d.yaml", "")),
            ("a/b.yaml", "../../c.yaml", Target::Outside),
            ("api.yaml", "x/../../c.yaml", Target::Outside),
            ("api.yaml", "/etc/passwd", Target::Outside),
            ("api.yaml", "file:///etc/passwd", Target::Remote),
            ("api.yaml", "https://a.example/b.yaml#/c", Target::Remote),
            ("api.yaml", "//a.example/b.yaml", Target::Remote),
        ] {
            assert_eq!(parse(from, text), expected, "{from} {text}");
        }
    }
}
