//! The list of the files that a run wrote into its folder, with their hashes.
//!
//! `sha256sum --check specwright.manifest` understands it. The manifest tells our files from a
//! stranger's, and a file that was edited by hand from one that is merely out of date.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::Files;

/// The manifest's name in the folder; it does not list itself.
pub const NAME: &str = "specwright.manifest";

const FIRST_LINE: &str = "# The files of this folder that are generated, with their SHA-256.";

/// Path to hash.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    hashes: BTreeMap<String, String>,
}

/// A line that is neither a comment nor `<sha256>  <path>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadLine {
    /// Its number, from one.
    pub line: usize,
}

impl Manifest {
    /// The manifest of files that are about to be written.
    pub fn of(files: &Files) -> Self {
        let listed = files.iter().filter(|(path, _)| *path != NAME);
        Self { hashes: listed.map(|(path, text)| (path.clone(), hash(text.as_bytes()))).collect() }
    }

    /// Reads a manifest; what could be read comes back beside the first line that could not.
    pub fn parse(text: &str) -> (Self, Option<BadLine>) {
        let mut manifest = Self::default();
        let mut bad = None;
        for (index, line) in text.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            match line.split_once("  ").filter(|(hash, path)| is_hash(hash) && is_inside(path)) {
                Some((hash, path)) => {
                    manifest.hashes.insert(path.to_owned(), hash.to_owned());
                }
                None => {
                    bad.get_or_insert(BadLine { line: index + 1 });
                }
            }
        }
        (manifest, bad)
    }

    /// The hash that a file had when it was written; `None` where the file is not ours.
    pub fn hash_of(&self, path: &str) -> Option<&str> {
        self.hashes.get(path).map(String::as_str)
    }

    /// The paths, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.hashes.keys().map(String::as_str)
    }

    /// The manifest as it is written.
    pub fn to_text(&self) -> String {
        let mut text = format!("{FIRST_LINE}\n");
        for (path, hash) in &self.hashes {
            // Writing to a `String` cannot fail.
            let _ = writeln!(text, "{hash}  {path}");
        }
        text
    }
}

/// The hash of a file's bytes, as the manifest writes it.
pub fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Whether a path can only mean a file inside of the folder: relative, plain components, `/` between them.
pub fn is_inside(path: &str) -> bool {
    !path.contains(['\\', ':', '\0', '\n', '\r'])
        && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::{BadLine, Manifest, is_inside};
    use crate::Files;

    #[test]
    fn what_is_written_is_read_back() {
        let files =
            Files::from([("src/lib.rs".to_owned(), "x".to_owned()), (super::NAME.to_owned(), String::new())]);
        let manifest = Manifest::of(&files);
        assert_eq!(manifest.paths().collect::<Vec<_>>(), ["src/lib.rs"]);
        assert_eq!(Manifest::parse(&manifest.to_text()), (manifest, None));
    }

    #[test]
    fn a_bad_line_is_named_and_the_rest_is_read() {
        let good = format!("{}  a.rs\n", "0".repeat(64));
        let (manifest, bad) = Manifest::parse(&format!("# x\n<<<<<<< ours\n{good}"));
        assert_eq!(bad, Some(BadLine { line: 2 }));
        assert_eq!(manifest.paths().collect::<Vec<_>>(), ["a.rs"]);
    }

    #[test]
    fn paths_that_leave_the_folder_are_no_paths() {
        for path in ["/etc/passwd", "../x", "a/../b", "a//b", "", "a\\b", "C:x", "./a"] {
            assert!(!is_inside(path), "{path}");
        }
        assert!(is_inside("src/types/address.rs"));
    }
}
