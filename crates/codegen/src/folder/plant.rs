//! A crate that is written once: where there is none yet, and never over what somebody keeps there.

use std::fs;
use std::path::Path;

use super::plan::Plan;
use super::stage::{Stage, Staging};
use super::{FolderError, lock, look, parent_of, recovery};
use crate::Files;

/// What makes a folder a crate that is somebody's already.
const MANIFEST: &str = "Cargo.toml";

/// Whether somebody's crate stands there.
pub fn is_planted(out: &Path) -> bool {
    out.join(MANIFEST).exists()
}

/// Whether the files could be added to the folder: nothing stands where one of them belongs.
pub fn survey(out: &Path, files: &Files) -> Result<(), FolderError> {
    Plan::planting(out, files).map(drop)
}

/// Adds the files to a folder in which none of them is, all in one step, once `finish` has been over
/// them. What strangers keep there stays. If somebody was faster, nothing is done.
pub fn plant(out: &Path, files: &Files, finish: impl FnOnce(&Path)) -> Result<(), FolderError> {
    if let Some(path) = files.keys().find(|path| !crate::manifest::is_inside(path)) {
        return Err(FolderError::Outside { path: path.clone() });
    }
    let parent = parent_of(out);
    fs::create_dir_all(parent).map_err(|source| FolderError::io("create", parent, source))?;
    let _lock = lock(parent)?;
    recovery::recover(out)?;
    if is_planted(out) {
        return Ok(());
    }
    let plan = Plan::planting(out, files)?;
    Stage::build(out, files, &plan)?.finish(files, finish)?.commit()
}

/// Clears away what a run left that was killed after it had planted the crate.
pub fn clear_leftovers(out: &Path) -> Result<(), FolderError> {
    if look(&Staging::of(out).root)?.is_none() {
        return Ok(());
    }
    let _lock = lock(parent_of(out))?;
    recovery::recover(out)
}
