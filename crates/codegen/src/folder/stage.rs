//! The new tree, built beside the old one, and the step in which it takes its place.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};

use super::plan::Plan;
use super::scan::{Step, folders_of, walk};
use super::{FolderError, parent_of, recovery};
use crate::Files;

/// Where a run keeps what is not yet, or no longer, the folder.
#[derive(Debug)]
pub(super) struct Staging {
    /// `.NAME.specwright`, beside the folder.
    pub root: PathBuf,
    /// The paths that are ours, before and after; written before `tree` is.
    pub journal: PathBuf,
    /// The new tree; after the exchange, the old one.
    pub tree: PathBuf,
    /// The old tree, where the two cannot be exchanged in one step.
    pub old: PathBuf,
}

impl Staging {
    pub fn of(out: &Path) -> Self {
        let name = out.file_name().unwrap_or_default().to_string_lossy();
        let root = parent_of(out).join(format!(".{name}.specwright"));
        Self { journal: root.join("journal"), tree: root.join("tree"), old: root.join("old"), root }
    }
}

/// Files that wait for the disk at once: a file system commits together what waits together. Systems allow
/// some hundreds of open files.
const WAITING: usize = 64;

/// A new tree that is complete and not yet in place.
pub(super) struct Stage<'a> {
    out: &'a Path,
    staging: Staging,
    replaces: bool,
}

impl<'a> Stage<'a> {
    /// Builds the new tree: links to what stays, files of this run, links to what strangers keep.
    pub fn build(out: &'a Path, files: &Files, plan: &Plan) -> Result<Self, FolderError> {
        let staging = Staging::of(out);
        let at = |action, path: &Path| {
            let path = path.to_owned();
            move |source| FolderError::io(action, &path, source)
        };
        fs::create_dir(&staging.root).map_err(at("create", &staging.root))?;
        write_journal(&staging, plan).map_err(at("write", &staging.journal))?;
        fs::create_dir(&staging.tree).map_err(at("create", &staging.tree))?;
        let folders: BTreeSet<&str> = files.keys().flat_map(|path| folders_of(path)).collect();
        for folder in folders.into_iter().map(|folder| staging.tree.join(folder)) {
            fs::create_dir(&folder).map_err(at("create", &folder))?;
        }
        at_once(&files.iter().collect::<Vec<_>>(), |(path, text)| {
            let (from, to) = (out.join(path), staging.tree.join(path));
            let is_unchanged = plan.unchanged.contains(*path);
            if is_unchanged && fs::hard_link(&from, &to).is_ok() {
                return Ok(());
            }
            let file = write(&to, text).map_err(at("write", &to))?;
            if is_unchanged {
                copy_times(&from, &to).map_err(at("write", &to))?;
            }
            file.sync_data().map_err(at("write", &to))
        })?;
        for path in plan.strangers() {
            carry(out, &staging.tree, path.trim_end_matches('/'))?;
        }
        if plan.exists {
            let permissions = fs::metadata(out).map(|metadata| metadata.permissions());
            permissions
                .and_then(|kept| fs::set_permissions(&staging.tree, kept))
                .map_err(at("write", &staging.tree))?;
        }
        Ok(Self { out, staging, replaces: plan.exists })
    }

    /// Has the new tree changed before it takes its place: `finish` may rewrite the files, and neither
    /// add nor remove any.
    pub fn finish(self, files: &Files, finish: impl FnOnce(&Path)) -> Result<Self, FolderError> {
        let tree = &self.staging.tree;
        finish(tree);
        at_once(&files.keys().collect::<Vec<_>>(), |path| {
            let path = tree.join(path);
            let synced = File::options().write(true).open(&path).and_then(|file| file.sync_data());
            synced.map_err(|source| FolderError::io("write", &path, source))
        })?;
        Ok(self)
    }

    /// Puts the new tree in the old one's place and clears the old one away.
    pub fn commit(self) -> Result<(), FolderError> {
        let Self { out, staging, replaces } = self;
        let place = |source| FolderError::io("replace", out, source);
        if !replaces {
            fs::rename(&staging.tree, out).map_err(place)?;
        } else if !exchange(&staging.tree, out).map_err(place)? {
            // Not one step: a run that is killed in between is put right by the next one.
            fs::rename(out, &staging.old).map_err(place)?;
            fs::rename(&staging.tree, out).map_err(place)?;
        }
        recovery::recover(out)
    }
}

/// Exchanges two folders in one step; `false` where the system or the file system cannot.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_one: &Path, _other: &Path) -> io::Result<bool> {
    Ok(false)
}

fn write_journal(staging: &Staging, plan: &Plan) -> io::Result<()> {
    let text = plan.ours.iter().fold(String::new(), |text, path| text + path + "\n");
    let unfinished = staging.root.join("journal.part");
    write(&unfinished, &text)?.sync_all()?;
    fs::rename(&unfinished, &staging.journal)
}

fn write(path: &Path, text: &str) -> io::Result<File> {
    let mut file = File::create_new(path)?;
    file.write_all(text.as_bytes())?;
    Ok(file)
}

/// Does something with each of many files, so many at once.
fn at_once<T: Sync>(
    files: &[T],
    act: impl Fn(&T) -> Result<(), FolderError> + Sync,
) -> Result<(), FolderError> {
    let share = files.len().div_ceil(WAITING).max(1);
    let act = &|files: &[T]| files.iter().try_for_each(&act);
    std::thread::scope(|scope| {
        let running: Vec<_> = files.chunks(share).map(|chunk| scope.spawn(move || act(chunk))).collect();
        let ended =
            running.into_iter().map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic)));
        ended.collect()
    })
}

fn copy_times(from: &Path, to: &Path) -> io::Result<()> {
    let metadata = fs::metadata(from)?;
    let times = fs::FileTimes::new().set_accessed(metadata.accessed()?).set_modified(metadata.modified()?);
    File::options().write(true).open(to)?.set_times(times)
}

/// Links what a stranger keeps into the new tree, so that it is in the folder at every moment. What
/// cannot be linked is moved when the old tree is cleared away.
fn carry(out: &Path, tree: &Path, path: &str) -> Result<(), FolderError> {
    let (from, to) = (out.join(path), tree.join(path));
    let Ok(metadata) = fs::symlink_metadata(&from) else { return Ok(()) };
    if !metadata.is_dir() {
        let folder = to.parent().unwrap_or(tree);
        if fs::create_dir_all(folder).is_ok() {
            let _ = fs::hard_link(&from, &to);
        }
        return Ok(());
    }
    fs::create_dir_all(&to).map_err(|source| FolderError::io("create", &to, source))?;
    let _ = fs::set_permissions(&to, metadata.permissions());
    let mut inner = Vec::new();
    walk(&from, "", &mut |name, _| {
        inner.push(format!("{path}/{name}"));
        Ok(Step::Over)
    })?;
    inner.iter().try_for_each(|path| carry(out, tree, path))
}
