//! A folder of generated files on disk: written as one, checked, never clobbered.
//!
//! [`sync`] makes the folder hold the files of a run. The new tree is built beside the old one, of
//! hard links where a file is unchanged, and takes its place in one step; a run that is killed leaves
//! the old tree or the new one, and the next run clears away what it left (`recovery`). [`check`]
//! compares and writes nothing. [`plant`] writes what from then on belongs to people, and only where
//! there is nothing yet.

mod drift;
mod error;
mod plan;
mod plant;
mod recovery;
mod scan;
mod stage;

use std::fs;
use std::io;
use std::path::Path;

pub use drift::{Drift, DriftKind, check};
pub use error::FolderError;
pub use plan::Report;
pub use plant::{clear_leftovers, is_planted, plant, survey};

use crate::Files;
use plan::Plan;
use stage::Stage;

/// Files that are read by the next run and may be edited between two runs.
const INPUTS: [&str; 1] = ["names.lock"];

/// How a folder is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sync {
    /// What happens to machine-owned files that were edited by hand.
    pub edits: Edits,
    /// Whether anything is written.
    pub mode: Mode,
}

/// What happens to machine-owned files that were edited by hand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Edits {
    /// The run is refused.
    #[default]
    Refuse,
    /// They are overwritten: `--force`.
    Overwrite,
}

/// Whether anything is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// The folder is brought up to date.
    #[default]
    Write,
    /// The report says what a run would do: `--dry-run`.
    DryRun,
}

/// Makes `out` hold `files`, beside what strangers keep there.
pub fn sync(out: &Path, files: &Files, options: Sync) -> Result<Report, FolderError> {
    if let Some(path) = files.keys().find(|path| !crate::manifest::is_inside(path)) {
        return Err(FolderError::Outside { path: path.clone() });
    }
    if options.mode == Mode::DryRun {
        recovery::refuse_leftovers(out)?;
        return Ok(Plan::make(out, files, options.edits)?.report());
    }
    let parent = parent_of(out);
    fs::create_dir_all(parent).map_err(|source| FolderError::io("create", parent, source))?;
    let _lock = lock(parent)?;
    recovery::recover(out)?;
    let plan = Plan::make(out, files, options.edits)?;
    if plan.is_needed() {
        Stage::build(out, files, &plan)?.commit()?;
    }
    Ok(plan.report())
}

/// The folder that `out` stands in.
fn parent_of(out: &Path) -> &Path {
    match out.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// Holds off other runs beside this one until the handle is dropped.
#[cfg(unix)]
fn lock(parent: &Path) -> Result<fs::File, FolderError> {
    use rustix::fs::{FlockOperation, flock};
    let locked = fs::File::open(parent).and_then(|folder| {
        flock(&folder, FlockOperation::LockExclusive).map(|()| folder).map_err(io::Error::from)
    });
    locked.map_err(|source| FolderError::io("lock", parent, source))
}

/// Other systems lock files only; two runs at once are refused by the staging folder's existence.
#[cfg(not(unix))]
fn lock(_parent: &Path) -> Result<(), FolderError> {
    Ok(())
}

/// What stands at a path, links not followed; `None` for nothing.
fn look(path: &Path) -> Result<Option<fs::Metadata>, FolderError> {
    match fs::symlink_metadata(path) {
        Ok(metadata) => Ok(Some(metadata)),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            Ok(None)
        }
        Err(source) => Err(FolderError::io("look at", path, source)),
    }
}
