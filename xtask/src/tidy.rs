//! `cargo xtask tidy`: what the compiler does not check.

mod edges;
mod files;

/// Reports every breach; long files are listed and no breach.
pub(crate) fn run() -> anyhow::Result<u8> {
    let mut breaches = edges::breaches()?;
    let files = files::read()?;
    breaches.extend(files::breaches(&files));
    for (path, lines) in files::long(&files) {
        eprintln!("note: {path} has {lines} lines; a second look is due above {}", files::LONG);
    }
    for breach in &breaches {
        eprintln!("error: {breach}");
    }
    eprintln!("tidy: {} files, {} breaches", files.len(), breaches.len());
    Ok(u8::from(!breaches.is_empty()))
}
