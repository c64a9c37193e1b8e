//! What emitting produces: files by path, in memory.

use std::collections::BTreeMap;
use std::collections::btree_map::IntoIter;

/// How to emit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The text of the comment that begins each file; names the command and the document.
    pub header: String,
}

/// Contents by path, below the crate's folder and with `/` between segments.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileSet(BTreeMap<String, String>);

impl FileSet {
    /// Adds a file; one of the same path is replaced.
    pub fn insert(&mut self, path: impl Into<String>, contents: impl Into<String>) {
        self.0.insert(path.into(), contents.into());
    }

    /// The contents of a file.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(String::as_str)
    }

    /// Paths and contents, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(path, contents)| (path.as_str(), contents.as_str()))
    }

    /// The number of files.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are no files.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Extend<(String, String)> for FileSet {
    fn extend<I: IntoIterator<Item = (String, String)>>(&mut self, files: I) {
        self.0.extend(files);
    }
}

impl IntoIterator for FileSet {
    type Item = (String, String);
    type IntoIter = IntoIter<String, String>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
