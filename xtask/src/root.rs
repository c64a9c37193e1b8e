//! Where the project is.

use std::env;
use std::path::Path;

use anyhow::Context as _;

/// Makes the project's root the working folder: the one above this package's, or the one that holds the
/// configuration if the project was moved since this was built.
pub(crate) fn enter() -> anyhow::Result<()> {
    let built = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask stands in no folder")?;
    let manifest = env::var_os("CARGO_MANIFEST_DIR").map(std::path::PathBuf::from);
    let root = manifest.as_deref().and_then(Path::parent).unwrap_or(built);
    env::set_current_dir(root).with_context(|| format!("cannot enter `{}`", root.display()))
}
