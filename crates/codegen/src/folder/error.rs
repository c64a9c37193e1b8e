//! Why a folder was left as it was.

use std::io;
use std::path::{Path, PathBuf};

/// Why a folder was left as it was.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// A file would land outside of the folder.
    #[error("`{path}` is not a path inside of the folder")]
    Outside {
        /// The path.
        path: String,
    },
    /// The folder is a file or a link.
    #[error("`{}` is {what}, not a folder", out.display())]
    NotAFolder {
        /// The path that was to be the folder.
        out: PathBuf,
        /// What stands there.
        what: &'static str,
    },
    /// The folder holds something and no manifest.
    #[error("`{}` is not empty and was not generated", out.display())]
    NotOurs {
        /// The folder.
        out: PathBuf,
        /// Some of what it holds.
        holds: Vec<String>,
    },
    /// The manifest cannot be read.
    #[error("line {line} of `{}` cannot be read", manifest.display())]
    Manifest {
        /// The manifest.
        manifest: PathBuf,
        /// The line's number, from one.
        line: usize,
    },
    /// Machine-owned files were edited by hand.
    #[error("machine-owned files in `{}` were edited by hand", out.display())]
    Edited {
        /// The folder.
        out: PathBuf,
        /// The files.
        paths: Vec<String>,
    },
    /// Strangers' files stand where generated ones belong.
    #[error("files in `{}` that were not generated stand where generated ones belong", out.display())]
    InTheWay {
        /// The folder.
        out: PathBuf,
        /// The files.
        paths: Vec<String>,
    },
    /// What an earlier run left cannot be cleared away.
    #[error("`{}` was left by a run that did not end, and cannot be cleared away", leftover.display())]
    Leftover {
        /// The staging folder.
        leftover: PathBuf,
    },
    /// The system said no.
    #[error("cannot {action} `{}`: {source}", path.display())]
    Io {
        /// What was tried.
        action: &'static str,
        /// Where.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl FolderError {
    pub(super) fn io(action: &'static str, path: &Path, source: io::Error) -> Self {
        Self::Io { action, path: path.to_owned(), source }
    }
}
