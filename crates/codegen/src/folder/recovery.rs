//! Clearing away what is left of an old tree, after this run or after one that was killed.
//!
//! // Invariant: what is not listed in the journal is never deleted. It has a link in the folder
//! // already, or is moved there, or stays where it is and is reported.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use super::scan::{Step, folders_of, walk};
use super::stage::Staging;
use super::{FolderError, look};

/// Refuses to go on beside the leftovers of a run that was killed; for runs that write nothing.
pub(super) fn refuse_leftovers(out: &Path) -> Result<(), FolderError> {
    let staging = Staging::of(out);
    match look(&staging.old)? {
        Some(_) if look(out)?.is_none() => Err(FolderError::Leftover { leftover: staging.root }),
        _ => Ok(()),
    }
}

/// Brings the folder to the old tree or the new one and clears the staging folder away.
pub(super) fn recover(out: &Path) -> Result<(), FolderError> {
    let staging = Staging::of(out);
    if look(&staging.root)?.is_none() {
        return Ok(());
    }
    if look(out)?.is_none() && look(&staging.old)?.is_some() {
        fs::rename(&staging.old, out).map_err(|source| FolderError::io("restore", out, source))?;
    }
    let ours: BTreeSet<String> = match fs::read_to_string(&staging.journal) {
        Ok(text) => text.lines().map(str::to_owned).collect(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => BTreeSet::new(),
        Err(source) => return Err(FolderError::io("read", &staging.journal, source)),
    };
    for tree in [&staging.tree, &staging.old] {
        if look(tree)?.is_some() {
            retire(tree, out, &ours)?;
        }
    }
    let leftover = || FolderError::Leftover { leftover: staging.root.clone() };
    if look(&staging.tree)?.is_some() || look(&staging.old)?.is_some() {
        return Err(leftover());
    }
    for file in [&staging.root.join("journal.part"), &staging.journal] {
        remove(fs::remove_file(file), file)?;
    }
    fs::remove_dir(&staging.root).map_err(|_| leftover())
}

/// Deletes our files from a tree, moves to the folder what only the tree has, and deletes what is then empty.
fn retire(tree: &Path, out: &Path, ours: &BTreeSet<String>) -> Result<(), FolderError> {
    let folders: BTreeSet<&str> = ours.iter().flat_map(|path| folders_of(path)).collect();
    let mut entered = vec![String::new()];
    walk(tree, "", &mut |path, kind| {
        let (from, to) = (tree.join(path), out.join(path));
        if kind.is_dir() {
            if folders.contains(path) || look(&to)?.is_some() {
                entered.push(path.to_owned());
                return Ok(Step::Enter);
            }
            rescue(&from, &to);
        } else if ours.contains(path) || is_same(&from, &to) {
            remove(fs::remove_file(&from), &from)?;
        } else if look(&to)?.is_none() {
            rescue(&from, &to);
        }
        Ok(Step::Over)
    })?;
    for path in entered.iter().rev() {
        // A folder that still holds something stays, and with it the staging folder, which is reported.
        let _ = fs::remove_dir(tree.join(path));
    }
    Ok(())
}

/// Moves what only the old tree has into the folder; what cannot be moved stays and is reported.
fn rescue(from: &Path, to: &Path) {
    let folder = to.parent().map_or(Ok(()), fs::create_dir_all);
    let _ = folder.and_then(|()| fs::rename(from, to));
}

#[cfg(unix)]
fn is_same(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    match (fs::symlink_metadata(one), fs::symlink_metadata(other)) {
        (Ok(one), Ok(other)) => (one.dev(), one.ino()) == (other.dev(), other.ino()),
        _ => false,
    }
}

/// Without file numbers, equal bytes stand for the same file.
#[cfg(not(unix))]
fn is_same(one: &Path, other: &Path) -> bool {
    matches!((fs::read(one), fs::read(other)), (Ok(one), Ok(other)) if one == other)
}

fn remove(result: io::Result<()>, path: &Path) -> Result<(), FolderError> {
    match result {
        Err(source) if source.kind() != io::ErrorKind::NotFound => {
            Err(FolderError::io("remove", path, source))
        }
        _ => Ok(()),
    }
}
