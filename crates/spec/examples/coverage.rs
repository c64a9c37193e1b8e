//! Prints `docs/coverage.md`; `cargo xtask coverage` runs it.

use std::error::Error;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use specwright_spec::coverage::{Case, report};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    let mut cases = Vec::new();
    for area in ["accept", "twins", "refused"] {
        for entry in fs::read_dir(folder.join(area))? {
            let entry = entry?;
            let path = format!("{area}/{}", entry.file_name().to_string_lossy());
            cases.push(Case { path, text: fs::read_to_string(entry.path())? });
        }
    }
    // The first case that shows an outcome is named: those that are accepted, by name.
    let rank = |case: &Case| (!case.path.starts_with("accept/"), case.path.clone());
    cases.sort_by_key(rank);
    std::io::stdout().write_all(report(&cases).as_bytes())?;
    Ok(())
}
