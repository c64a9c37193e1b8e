//! The façade: configuration, generation, and the folder on disk.
//!
//! [`generate::generate`] is pure: texts in, files out. [`run::Job`] reads the texts and hands the files
//! to [`folder`], which writes them as one or compares them, and plants the crate that implements them
//! where there is none yet.

pub mod config;
pub mod folder;
pub mod generate;
pub mod inspect;
pub mod listing;
pub mod manifest;
pub mod present;
pub mod problem;
pub mod run;
mod scaffold;
pub mod service;
mod shells;

use std::collections::BTreeMap;

pub use specwright_diagnostics as diagnostics;
pub use specwright_ir as ir;

/// The files of a run: path inside of the folder, with `/`, to text.
pub type Files = BTreeMap<String, String>;
