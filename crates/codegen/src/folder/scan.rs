//! What a folder holds, told apart: ours, and strangers'.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::{FolderError, look};
use crate::Files;
use crate::manifest::{self, Manifest};

/// What a folder holds.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// What the last run wrote.
    pub manifest: Manifest,
    /// The manifest's first line that cannot be read.
    pub bad_line: Option<usize>,
    /// Whether the folder is there at all.
    pub exists: bool,
    /// Bytes of what stands at the paths of the manifest and of this run; `None` where it is not a
    /// regular file.
    pub found: BTreeMap<String, Option<Vec<u8>>>,
    /// Everything else, folders with a slash at the end and not entered.
    pub strangers: Vec<String>,
}

impl Scan {
    /// Looks into a folder. It is refused if it holds something and no manifest.
    pub fn of(out: &Path, files: &Files) -> Result<Self, FolderError> {
        let Some(metadata) = look(out)? else { return Ok(Self::default()) };
        if !metadata.is_dir() {
            let what = if metadata.is_symlink() { "a symbolic link" } else { "a file" };
            return Err(FolderError::NotAFolder { out: out.to_owned(), what });
        }
        let mut scan = Self { exists: true, ..Self::default() };
        let manifest = out.join(manifest::NAME);
        match look(&manifest)? {
            Some(metadata) if metadata.is_file() => {
                let bytes = read(&manifest)?;
                let (parsed, bad) = Manifest::parse(&String::from_utf8_lossy(&bytes));
                scan.manifest = parsed;
                scan.bad_line = bad.map(|bad| bad.line);
            }
            _ => Self::refuse_unless_empty(out)?,
        }
        let ours: BTreeSet<&str> =
            scan.manifest.paths().chain(files.keys().map(String::as_str)).chain([manifest::NAME]).collect();
        let folders: BTreeSet<&str> = ours.iter().flat_map(|path| folders_of(path)).collect();
        let (mut found, mut strangers) = (BTreeMap::new(), Vec::new());
        walk(out, "", &mut |path, kind| {
            if kind.is_dir() && folders.contains(path) {
                return Ok(Step::Enter);
            }
            if ours.contains(path) {
                let bytes = if kind.is_file() { Some(read(&out.join(path))?) } else { None };
                found.insert(path.to_owned(), bytes);
            } else {
                strangers.push(if kind.is_dir() { format!("{path}/") } else { path.to_owned() });
            }
            Ok(Step::Over)
        })?;
        (scan.found, scan.strangers) = (found, strangers);
        Ok(scan)
    }

    fn refuse_unless_empty(out: &Path) -> Result<(), FolderError> {
        let mut holds = Vec::new();
        walk(out, "", &mut |path, _| {
            holds.push(path.to_owned());
            Ok(Step::Over)
        })?;
        if holds.is_empty() { Ok(()) } else { Err(FolderError::NotOurs { out: out.to_owned(), holds }) }
    }
}

/// The folders that a path lies in: `a` and `a/b` of `a/b/c`.
pub(super) fn folders_of(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(slash, _)| &path[..slash])
}

/// Whether a walk goes into a folder.
#[derive(PartialEq, Eq)]
pub(super) enum Step {
    Enter,
    Over,
}

/// Calls `visit` with all that a folder holds, sorted, links not followed. A name that is not Unicode is
/// shown with replacement characters; it is a stranger's, since none of ours is.
pub(super) fn walk(
    folder: &Path,
    prefix: &str,
    visit: &mut dyn FnMut(&str, fs::FileType) -> Result<Step, FolderError>,
) -> Result<(), FolderError> {
    let fail = |source| FolderError::io("read", folder, source);
    let mut entries = fs::read_dir(folder).map_err(fail)?.collect::<Result<Vec<_>, _>>().map_err(fail)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type().map_err(fail)?;
        if visit(&path, kind)? == Step::Enter && kind.is_dir() {
            walk(&entry.path(), &format!("{path}/"), visit)?;
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<Vec<u8>, FolderError> {
    fs::read(path).map_err(|source| FolderError::io("read", path, source))
}
