//! A published document.

use std::path::PathBuf;

/// A published document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Document {
    /// Package, provider and file: what the report calls it.
    pub(crate) name: String,
    /// Whose it is; a sample holds one document of each.
    pub(crate) provider: String,
    /// Where it lies in the cache.
    pub(crate) path: PathBuf,
}
