//! The façade: configuration, generation, and the folder on disk.

pub mod config;
pub mod folder;
pub mod manifest;

use std::collections::BTreeMap;

/// The files of a run: path inside of the folder, with `/`, to text.
pub type Files = BTreeMap<String, String>;
