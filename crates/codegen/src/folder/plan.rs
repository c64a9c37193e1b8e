//! What a run would do to a folder.

use std::collections::BTreeSet;
use std::path::Path;

use super::scan::{Scan, Step, folders_of, walk};
use super::{Edits, FolderError, INPUTS, look};
use crate::Files;
use crate::manifest::{self, hash};

/// What a run does to a folder.
#[derive(Debug)]
pub(super) struct Plan {
    /// Whether the folder is there.
    pub exists: bool,
    /// Paths whose file stays as it is.
    pub unchanged: BTreeSet<String>,
    /// Every path that is ours, before or after.
    pub ours: BTreeSet<String>,
    report: Report,
}

/// What a run did to a folder, or would do. Paths are sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Files that were not there.
    pub created: Vec<String>,
    /// Files that were there with other bytes.
    pub changed: Vec<String>,
    /// Our files that left the contract.
    pub removed: Vec<String>,
    /// How many files were not touched.
    pub unchanged: usize,
    /// What strangers keep in the folder; folders with a slash at the end.
    pub strangers: Vec<String>,
}

impl Report {
    /// Whether the folder was, or would be, left as it is.
    pub fn is_clean(&self) -> bool {
        self.created.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }
}

impl Plan {
    /// Compares a folder with the files of a run. Nothing is written; a refusal names all its reasons of
    /// one kind.
    pub fn make(out: &Path, files: &Files, edits: Edits) -> Result<Self, FolderError> {
        let scan = Scan::of(out, files)?;
        if let Some(line) = scan.bad_line.filter(|_| edits == Edits::Refuse) {
            return Err(FolderError::Manifest { manifest: out.join(manifest::NAME), line });
        }
        let (mut edited, mut in_the_way) = (Vec::new(), blocked_folders(&scan, files));
        let mut report = Report::default();
        let mut unchanged = BTreeSet::new();
        for (path, text) in files {
            match scan.found.get(path) {
                None => report.created.push(path.clone()),
                Some(Some(bytes)) if bytes == text.as_bytes() => {
                    unchanged.insert(path.clone());
                }
                Some(bytes) => match standing(&scan, path, bytes.as_deref()) {
                    Standing::AsWritten => report.changed.push(path.clone()),
                    Standing::Edited => edited.push(path.clone()),
                    Standing::Stranger => in_the_way.push(path.clone()),
                },
            }
        }
        for (path, bytes) in scan.found.iter().filter(|(path, _)| !files.contains_key(*path)) {
            match standing(&scan, path, bytes.as_deref()) {
                Standing::Edited => edited.push(path.clone()),
                _ => report.removed.push(path.clone()),
            }
        }
        if !in_the_way.is_empty() {
            return Err(FolderError::InTheWay { out: out.to_owned(), paths: in_the_way });
        }
        if !edited.is_empty() && edits == Edits::Refuse {
            edited.sort();
            return Err(FolderError::Edited { out: out.to_owned(), paths: edited });
        }
        for path in edited {
            let list = if files.contains_key(&path) { &mut report.changed } else { &mut report.removed };
            list.push(path);
        }
        report.changed.sort();
        report.removed.sort();
        report.unchanged = unchanged.len();
        let ours = scan.manifest.paths().chain(files.keys().map(String::as_str)).chain([manifest::NAME]);
        let ours = ours.map(str::to_owned).collect();
        report.strangers = scan.strangers;
        Ok(Self { exists: scan.exists, unchanged, ours, report })
    }

    /// What it takes to add files to a folder in which none of them is. Nothing is written; a refusal
    /// names all that is in the way.
    pub fn planting(out: &Path, files: &Files) -> Result<Self, FolderError> {
        let ours: BTreeSet<String> = files.keys().cloned().collect();
        let mut plan = Self { exists: false, unchanged: BTreeSet::new(), ours, report: Report::default() };
        let Some(metadata) = look(out)? else { return Ok(plan) };
        if !metadata.is_dir() {
            let what = if metadata.is_symlink() { "a symbolic link" } else { "a file" };
            return Err(FolderError::NotAFolder { out: out.to_owned(), what });
        }
        plan.exists = true;
        let folders: BTreeSet<&str> = files.keys().flat_map(|path| folders_of(path)).collect();
        let (mut strangers, mut in_the_way) = (Vec::new(), Vec::new());
        walk(out, "", &mut |path, kind| {
            if kind.is_dir() && folders.contains(path) {
                return Ok(Step::Enter);
            }
            let is_in_the_way = plan.ours.contains(path) || folders.contains(path);
            let list = if is_in_the_way { &mut in_the_way } else { &mut strangers };
            list.push(if kind.is_dir() { format!("{path}/") } else { path.to_owned() });
            Ok(Step::Over)
        })?;
        if !in_the_way.is_empty() {
            return Err(FolderError::InTheWay { out: out.to_owned(), paths: in_the_way });
        }
        plan.report.strangers = strangers;
        Ok(plan)
    }

    /// Whether the folder has to change at all.
    pub fn is_needed(&self) -> bool {
        !self.exists || !self.report.is_clean()
    }

    /// What strangers keep in the folder.
    pub fn strangers(&self) -> &[String] {
        &self.report.strangers
    }

    /// What the run does.
    pub fn report(self) -> Report {
        self.report
    }
}

/// How a file that stands at one of our paths came there.
pub(super) enum Standing {
    /// The last run wrote it.
    AsWritten,
    /// The last run wrote it, and someone changed it since.
    Edited,
    /// No run wrote it.
    Stranger,
}

/// How a file that stands at one of our paths came there.
pub(super) fn standing(scan: &Scan, path: &str, bytes: Option<&[u8]>) -> Standing {
    if path == manifest::NAME || (INPUTS.contains(&path) && bytes.is_some()) {
        return Standing::AsWritten;
    }
    match (scan.manifest.hash_of(path), bytes) {
        (Some(written), Some(bytes)) if hash(bytes) == written => Standing::AsWritten,
        (Some(_), _) => Standing::Edited,
        (None, _) => Standing::Stranger,
    }
}

/// Strangers' files and links where a folder of ours belongs.
fn blocked_folders(scan: &Scan, files: &Files) -> Vec<String> {
    let folders: BTreeSet<&str> = files.keys().flat_map(|path| folders_of(path)).collect();
    scan.strangers.iter().filter(|path| folders.contains(path.as_str())).cloned().collect()
}
