//! The files that a document refers to, read ahead: those of its folder, and no others.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{Source, read};
use crate::bundle::target::{self, Target};

/// Files by their path from the folder of the root document, `/` between names.
#[derive(Clone, Debug, Default)]
pub struct Library {
    /// The root document's own path.
    root: String,
    files: BTreeMap<String, Result<Source, Unread>>,
    /// Where copies of what is on the network are.
    copies: BTreeMap<String, String>,
}

/// Why a file that something refers to is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unread {
    /// It cannot be read: why.
    Failed(String),
    /// It lies outside of the root document's folder.
    Outside,
}

impl Library {
    /// Reads what the root document at a path, and what amends it, refers to, and what that refers to.
    /// Problems are kept: whether they matter is seen when a reference is followed.
    ///
    /// `copies` says what is read instead of a URL: a file, or for one that ends in `/` a folder, by its
    /// path from the root document's folder. Nothing is read over the network.
    pub fn read(path: &Path, root: &Source, overlays: &[Source], copies: &BTreeMap<String, String>) -> Self {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let mut library = Self { root: name, files: BTreeMap::new(), copies: copies.clone() };
        let mut next: Vec<String> = Vec::new();
        for source in std::iter::once(root).chain(overlays) {
            next.extend(library.mentioned(&library.root, source));
        }
        if next.is_empty() {
            return library;
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let Ok(folder) = folder.unwrap_or(Path::new(".")).canonicalize() else { return library };
        let shown = root.name.rfind('/').map_or("", |slash| &root.name[..=slash]);
        while let Some(key) = next.pop() {
            if key == library.root || library.files.contains_key(&key) {
                continue;
            }
            let source = source(&folder, &key, format!("{shown}{key}"));
            if let Ok(source) = &source {
                next.extend(library.mentioned(&key, source));
            }
            library.files.insert(key, source);
        }
        library
    }

    /// The root document's path.
    pub(crate) fn root(&self) -> &str {
        &self.root
    }

    /// What a reference names that stands in the file `from`.
    pub(crate) fn target(&self, from: &str, text: &str) -> Target {
        match target::parse(from, text) {
            Target::Remote => self.copied(text).unwrap_or(Target::Remote),
            target => target,
        }
    }

    /// The copy of what a URL names; of two folders that hold it the narrower one's.
    fn copied(&self, text: &str) -> Option<Target> {
        let (url, fragment) = text.split_once('#').unwrap_or((text, ""));
        if let Some(file) = self.copies.get(url).filter(|_| !url.ends_with('/')) {
            return Some(target::parse("", &format!("./{file}#{fragment}")));
        }
        let folders = self.copies.iter().filter(|(folder, _)| folder.ends_with('/'));
        let held = folders.filter_map(|(folder, copy)| Some((copy, url.strip_prefix(folder.as_str())?)));
        let (copy, rest) = held.min_by_key(|(_, rest)| rest.len())?;
        Some(target::parse("", &format!("./{copy}/{rest}#{fragment}")))
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Result<Source, Unread>> {
        self.files.get(key)
    }

    /// The files that a text may refer to: more of them than it does, where it holds data.
    fn mentioned(&self, from: &str, source: &Source) -> Vec<String> {
        if !may_refer(&source.text) {
            return Vec::new();
        }
        let Ok(tree) = read(source) else { return Vec::new() };
        let mut texts = Vec::new();
        references(&tree.value, &mut texts);
        let targets = texts.iter().filter_map(|text| match self.target(from, text) {
            Target::File { key, .. } if key != self.root => Some(key),
            _ => None,
        });
        targets.collect()
    }
}

/// A file of the folder, links followed.
fn source(folder: &Path, key: &str, name: String) -> Result<Source, Unread> {
    let failed = |error: &std::io::Error| {
        let missing = error.kind() == std::io::ErrorKind::NotFound;
        Unread::Failed(if missing { "there is no such file".to_owned() } else { error.to_string() })
    };
    let path: PathBuf = folder.join(key).canonicalize().map_err(|error| failed(&error))?;
    if !path.starts_with(folder) {
        return Err(Unread::Outside);
    }
    if !path.is_file() {
        return Err(Unread::Failed("it is not a file".to_owned()));
    }
    let octets = fs::read(&path).map_err(|error| failed(&error))?;
    let text = String::from_utf8(octets).map_err(|_| Unread::Failed("it is not UTF-8".to_owned()))?;
    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
    Ok(Source { name, text })
}

/// Whether a text has a reference that is not to itself; asked before it is read a second time.
fn may_refer(text: &str) -> bool {
    // A key stands in quotes or by itself; `/$ref` ends a path.
    let is_key = |before: &str| {
        before.chars().next_back().is_none_or(|last| last.is_whitespace() || "\"'{,".contains(last))
    };
    let is_foreign = |(at, key): (usize, &str)| {
        let (before, rest) = (&text[..at], &text[at + key.len()..]);
        let target = rest.trim_start_matches(|character: char| {
            character.is_whitespace() || matches!(character, '"' | '\'' | ':' | '>' | '|' | '-')
        });
        is_key(before) && !target.starts_with('#')
    };
    text.match_indices("$ref").any(is_foreign)
}

/// Every text that may be a reference, wherever it stands.
fn references<'a>(value: &'a Value, texts: &mut Vec<&'a str>) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                match (key.as_str(), value) {
                    ("$ref", Value::String(text)) => texts.push(text),
                    ("mapping", Value::Object(mapping)) => {
                        let values = mapping.values().filter_map(Value::as_str);
                        texts.extend(values.filter(|text| target::is_reference(text)));
                    }
                    _ => {}
                }
                references(value, texts);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, texts)),
        _ => {}
    }
}
