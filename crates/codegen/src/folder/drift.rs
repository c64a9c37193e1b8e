//! How a folder differs from what a run would write.

use std::path::Path;

use super::plan::{Standing, standing};
use super::scan::Scan;
use super::{FolderError, recovery};
use crate::Files;
use crate::manifest;

/// What cargo and git keep in any folder; no drift.
const TOLERATED: [&str; 4] = ["target/", "Cargo.lock", ".git", ".git/"];

/// A file that is not what a run would write.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Drift {
    /// How it differs.
    pub kind: DriftKind,
    /// The file, inside of the folder.
    pub path: String,
}

/// How a file differs from what a run would write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DriftKind {
    /// It is not there.
    Missing,
    /// It is as an earlier run wrote it.
    Stale,
    /// It was edited by hand.
    Edited,
    /// An earlier run wrote it, and this one would not.
    Extra,
    /// No run wrote it.
    Stranger,
}

impl DriftKind {
    /// Every kind, in the order in which they are reported.
    pub const ALL: [Self; 5] = [Self::Missing, Self::Stale, Self::Edited, Self::Extra, Self::Stranger];
}

/// Compares a folder with the files of a run and writes nothing. Sorted by kind, then by path.
pub fn check(out: &Path, files: &Files) -> Result<Vec<Drift>, FolderError> {
    recovery::refuse_leftovers(out)?;
    let scan = Scan::of(out, files)?;
    let mut drift = Vec::new();
    let mut found = |kind, path: &str| drift.push(Drift { kind, path: path.to_owned() });
    for (path, text) in files {
        match scan.found.get(path) {
            None => found(DriftKind::Missing, path),
            Some(Some(bytes)) if bytes == text.as_bytes() => {}
            Some(_) if path == manifest::NAME && scan.bad_line.is_some() => found(DriftKind::Edited, path),
            Some(bytes) => found(
                match standing(&scan, path, bytes.as_deref()) {
                    Standing::AsWritten => DriftKind::Stale,
                    Standing::Edited | Standing::Stranger => DriftKind::Edited,
                },
                path,
            ),
        }
    }
    for (path, bytes) in scan.found.iter().filter(|(path, _)| !files.contains_key(*path)) {
        match standing(&scan, path, bytes.as_deref()) {
            Standing::Edited => found(DriftKind::Edited, path),
            _ => found(DriftKind::Extra, path),
        }
    }
    for path in scan.strangers.iter().filter(|path| !TOLERATED.contains(&path.as_str())) {
        found(DriftKind::Stranger, path);
    }
    drift.sort();
    Ok(drift)
}
